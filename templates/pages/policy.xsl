<?xml version="1.0" encoding="UTF-8"?>
<!-- The regulation as it is carried out: the articles' own words with the formulas, tables and examples beside them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:policies"><xsl:apply-templates select="s:policy"/>
    <xsl:if test="not(s:policy/s:article)"><p><xsl:value-of select="$m/policy-elsewhere"/></p></xsl:if>
    <section class="policy notes"><xsl:for-each select="$m/policy-notes/topic"><h2><xsl:value-of select="@title"/></h2><xsl:for-each select="p"><p><xsl:value-of select="."/></p></xsl:for-each>
      <xsl:if test="term"><dl class="glossary"><xsl:for-each select="term"><div><dt><xsl:value-of select="@name"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each></dl></xsl:if></xsl:for-each>
      <h2><xsl:value-of select="$m/whom-to-ask"/></h2>
      <p><xsl:choose><xsl:when test="/s:model/s:company/s:slip-note"><xsl:value-of select="/s:model/s:company/s:slip-note"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/whom-to-ask-slip"/></xsl:otherwise></xsl:choose></p></section></xsl:template>
  <xsl:template match="s:policy">
    <section class="policy">
      <h2><xsl:value-of select="@title"/></h2>
      <p class="subtitle"><xsl:value-of select="concat($m/version, ' ', @version, $m/comma, $m/in-force-from, ' ', @from, $m/comma, $m/applies-to, ' ', @people, ' ', $m/persons)"/></p>
      <nav class="contents" aria-label="{$m/contents} {@title}"><ol><xsl:for-each select="s:article"><li><a href="#{@id}"><xsl:value-of select="concat($m/article-before, @number, $m/article-after, ' ', @title)"/></a></li></xsl:for-each></ol></nav>
      <xsl:apply-templates select="s:article"/>
      <xsl:if test="s:table or s:rule"><article class="appendix"><h3><xsl:value-of select="$m/appendix"/></h3><xsl:apply-templates select="s:table | s:rule"/></article></xsl:if>
      <xsl:if test="s:edition"><div class="table" role="group" tabindex="0" aria-label="{@title} {$m/editions}"><table class="editions">
        <caption><xsl:value-of select="$m/editions"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/edition-from"/></th><th scope="col"><xsl:value-of select="$m/edition-until"/></th><th scope="col"><xsl:value-of select="$m/edition-file"/></th><th scope="col"><xsl:value-of select="$m/edition-version"/></th></tr></thead>
        <tbody><xsl:for-each select="s:edition"><tr><xsl:if test="@version"><xsl:attribute name="class">current</xsl:attribute></xsl:if>
          <th scope="row"><xsl:value-of select="@from"/></th><td><xsl:choose><xsl:when test="@until"><xsl:value-of select="@until"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/edition-now"/></xsl:otherwise></xsl:choose></td>
          <td><code><xsl:value-of select="@file"/></code></td><td><xsl:choose><xsl:when test="@version"><xsl:value-of select="@version"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/edition-past"/></xsl:otherwise></xsl:choose></td></tr></xsl:for-each></tbody>
      </table></div></xsl:if>
      <xsl:if test="s:change"><div class="table" role="group" tabindex="0" aria-label="{@title} {$m/changes}"><table class="changes">
        <caption><xsl:value-of select="$m/changes"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/in-force-from"/></th><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/change-before"/></th><th scope="col" class="number"><xsl:value-of select="$m/change-after"/></th></tr></thead>
        <tbody><xsl:for-each select="s:change"><tr><td><xsl:value-of select="@month"/></td><th scope="row"><xsl:value-of select="@name"/></th><td class="number"><xsl:value-of select="s:before"/></td><td class="number"><b><xsl:value-of select="s:after"/></b></td></tr></xsl:for-each></tbody>
      </table></div></xsl:if>
      <xsl:if test="s:replacement"><h3><xsl:value-of select="$m/replacements"/></h3>
        <ul><xsl:for-each select="s:replacement"><li><b><xsl:value-of select="@name"/></b><xsl:value-of select="concat($m/colon, .)"/></li></xsl:for-each></ul></xsl:if>
    </section>
  </xsl:template>

  <xsl:template match="s:article">
    <article id="{@id}" class="depth-{@depth}">
      <xsl:choose>
        <xsl:when test="@depth = 1"><h3><xsl:call-template name="article-head"/></h3></xsl:when>
        <xsl:otherwise><h4><xsl:call-template name="article-head"/></h4></xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="*"/>
    </article>
  </xsl:template>
  <xsl:template name="article-head"><span class="number"><xsl:value-of select="concat($m/article-before, @number, $m/article-after)"/></span><xsl:value-of select="concat(' ', @title)"/></xsl:template>
  <xsl:template match="s:p"><p><xsl:value-of select="."/></p></xsl:template>
  <xsl:template match="s:ul"><ul><xsl:apply-templates select="*"/></ul></xsl:template>
  <xsl:template match="s:ol"><ol><xsl:apply-templates select="*"/></ol></xsl:template>
  <xsl:template match="s:li"><li><xsl:value-of select="."/></li></xsl:template>

  <xsl:template match="s:rule">
    <div class="rule {@kind}">
      <p class="rule-head"><span class="kind"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/rule"/><xsl:with-param name="id" select="@kind"/></xsl:call-template></span><b><xsl:value-of select="@name"/></b>
        <xsl:if test="@weight"><span class="weight"><xsl:value-of select="@weight"/></span></xsl:if>
        <xsl:if test="@section"><span class="section"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/section"/><xsl:with-param name="id" select="@section"/></xsl:call-template></span></xsl:if>
        <xsl:if test="@limits"><span class="limits"><xsl:value-of select="@limits"/></span></xsl:if></p>
      <xsl:if test="s:formula"><p class="formula"><span aria-hidden="true">= </span><code><xsl:value-of select="s:formula"/></code></p></xsl:if>
      <xsl:if test="s:when"><p class="when"><xsl:value-of select="concat($m/when, ' ')"/><code><xsl:value-of select="s:when"/></code></p></xsl:if>
      <xsl:if test="@replaced"><p class="replaced"><xsl:value-of select="@replaced"/></p></xsl:if>
      <xsl:apply-templates select="s:rule"/>
    </div>
  </xsl:template>

  <xsl:template name="rows">
    <thead><tr><xsl:for-each select="s:column"><th scope="col" class="{@kind}"><xsl:value-of select="."/></th></xsl:for-each></tr></thead>
    <tbody><xsl:for-each select="s:entry"><tr><xsl:if test="@current"><xsl:attribute name="class">current</xsl:attribute></xsl:if><xsl:for-each select="s:cell"><td class="{@kind}"><xsl:value-of select="."/></td></xsl:for-each></tr></xsl:for-each></tbody>
  </xsl:template>
  <xsl:template match="s:table">
    <div class="table" role="group" tabindex="0" aria-label="{@name}"><table>
      <caption><xsl:value-of select="@name"/><xsl:if test="@mode"><small><xsl:call-template name="word"><xsl:with-param name="of" select="$m/mode"/><xsl:with-param name="id" select="@mode"/></xsl:call-template></small></xsl:if></caption>
      <xsl:call-template name="rows"/>
    </table></div>
  </xsl:template>

  <xsl:template match="s:example">
    <div class="example">
      <p class="example-title"><xsl:value-of select="concat($m/example, ' · ', @title)"/></p>
      <dl>
        <xsl:if test="@grade"><div><dt><xsl:value-of select="$m/grade"/></dt><dd><xsl:value-of select="@grade"/></dd></div></xsl:if>
        <xsl:if test="@month-text"><div><dt><xsl:value-of select="$m/month"/></dt><dd><xsl:value-of select="@month-text"/></dd></div></xsl:if>
        <xsl:for-each select="s:given"><div><dt><xsl:value-of select="@name"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each>
        <xsl:for-each select="s:past/s:given"><div><dt><xsl:value-of select="concat(../@month-text, ' ', @name)"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each>
      </dl>
      <xsl:for-each select="s:rows"><div class="table" role="group" tabindex="0" aria-label="{@name}"><table><caption><xsl:value-of select="@name"/></caption><xsl:call-template name="rows"/></table></div></xsl:for-each>
      <dl class="expected"><xsl:for-each select="s:expect"><div><dt><xsl:value-of select="@name"/></dt><dd><b><xsl:value-of select="concat('= ', .)"/></b></dd></div></xsl:for-each></dl>
    </div>
  </xsl:template>
</xsl:stylesheet>
