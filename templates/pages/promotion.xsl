<?xml version="1.0" encoding="UTF-8"?>
<!-- Who may move up, and what is missing: one table an outcome, each criterion a column with value, threshold, word and months. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:promotion">
    <xsl:apply-templates select="s:finding"/>
    <xsl:if test="s:list[2]"><nav class="contents" aria-label="{$m/contents}"><ul><xsl:for-each select="s:list"><li><a href="#list-{position()}"><xsl:value-of select="@title"/></a><span class="policy-name"><xsl:value-of select="concat(' ', @policy)"/></span>
      <span class="note"><xsl:for-each select="s:group"><xsl:value-of select="$m/space"/><xsl:call-template name="outcome"/><xsl:value-of select="concat(' ', @count)"/></xsl:for-each></span></li></xsl:for-each></ul></nav></xsl:if>
    <xsl:apply-templates select="s:list"/>
    <xsl:if test="not(s:list)"><p><xsl:value-of select="$m/no-movements"/></p></xsl:if>
  </xsl:template>

  <xsl:template name="outcome"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/outcome"/><xsl:with-param name="id" select="@outcome"/></xsl:call-template></xsl:template>

  <!-- the rule first: its words, the policy's version, the criteria with their formulas -->
  <xsl:template match="s:list">
    <section class="movement {@kind}" id="list-{count(preceding-sibling::s:list) + 1}">
      <h2><xsl:value-of select="@title"/><span class="policy-name"><xsl:value-of select="concat(' ', @policy)"/></span></h2>
      <div class="rule-text">
        <xsl:apply-templates select="s:p | s:ul | s:ol"/>
        <p class="note"><xsl:choose><xsl:when test="@article-href"><a href="{@article-href}"><xsl:call-template name="source"/></a></xsl:when><xsl:otherwise><xsl:call-template name="source"/></xsl:otherwise></xsl:choose></p>
      </div>
      <ul class="criteria"><xsl:for-each select="s:criterion"><li><b><xsl:value-of select="@name"/></b><xsl:if test="s:formula"><code><xsl:value-of select="s:formula"/></code></xsl:if></li></xsl:for-each></ul>
      <xsl:apply-templates select="s:group"/>
    </section>
  </xsl:template>
  <xsl:template name="source"><xsl:value-of select="@policy"/><xsl:if test="@article"><xsl:value-of select="concat(' ', $article-before, @article, $article-after)"/></xsl:if><xsl:value-of select="concat($m/comma, $m/version, ' ', @version)"/></xsl:template>

  <xsl:template match="s:group">
    <xsl:variable name="caption"><xsl:call-template name="outcome"/></xsl:variable>
    <h3 class="{@outcome}"><xsl:value-of select="$caption"/><span class="count"><xsl:value-of select="concat(' ', @count, ' ', $m/persons)"/></span></h3>
    <xsl:if test="s:candidate">
      <div class="table" role="group" tabindex="0" aria-label="{../@title} {$caption}"><table class="candidates">
        <caption><xsl:value-of select="concat(../@title, ' · ', $caption)"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/from-to"/></th>
          <xsl:if test="s:candidate/@missed > 0"><th scope="col"><xsl:value-of select="$m/what-is-missing"/></th></xsl:if>
          <xsl:for-each select="s:candidate[1]/s:result"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each>
          <xsl:if test="$managers and @outcome != 'not-eligible'"><th scope="col"><xsl:value-of select="$m/decision"/></th></xsl:if></tr></thead>
        <tbody><xsl:apply-templates select="s:candidate"/></tbody>
      </table></div>
    </xsl:if>
  </xsl:template>

  <xsl:template match="s:candidate">
    <tr>
      <th scope="row"><xsl:apply-templates select="s:who"/><small class="unit-name"><xsl:value-of select="s:who/@unit"/></small></th>
      <td class="from-to"><xsl:value-of select="@from"/><xsl:if test="@to"><xsl:value-of select="concat(' → ', @to)"/></xsl:if><xsl:if test="@verdict != 'not-eligible'"><small><xsl:value-of select="concat(@date-text, $m/from-date)"/></small></xsl:if></td>
      <xsl:if test="../s:candidate/@missed > 0"><td class="missing-list"><xsl:for-each select="s:result[@holds = 'no']"><span><b><xsl:value-of select="@name"/></b><xsl:call-template name="gap"/></span></xsl:for-each></td></xsl:if>
      <xsl:apply-templates select="s:result"/>
      <xsl:if test="$managers and ../@outcome != 'not-eligible'"><td class="decision"></td></xsl:if>
    </tr>
  </xsl:template>

  <xsl:template match="s:result">
    <td class="result holds-{@holds}">
      <span class="verdict"><span aria-hidden="true"><xsl:choose><xsl:when test="@holds = 'yes'">✓ </xsl:when><xsl:otherwise>✗ </xsl:otherwise></xsl:choose></span><xsl:call-template name="word"><xsl:with-param name="of" select="$m/holds"/><xsl:with-param name="id" select="@holds"/></xsl:call-template></span>
      <xsl:if test="s:value"><span class="measure"><xsl:value-of select="s:value"/><xsl:if test="s:required"><span class="required"><xsl:value-of select="concat(' / ', s:required/@sign, ' ', s:required)"/></span></xsl:if></span></xsl:if>
      <xsl:call-template name="gap"/>
      <xsl:apply-templates select="s:evidence"/>
    </td>
  </xsl:template>
  <xsl:template name="gap"><xsl:if test="s:gap and not(s:gap/@missing)"><span class="gap"><xsl:value-of select="concat($m/gap, ' ', s:gap)"/></span></xsl:if></xsl:template>

  <xsl:template match="s:evidence">
    <span class="evidence"><xsl:if test="@of"><span class="unseen"><xsl:value-of select="@of"/></span></xsl:if><xsl:value-of select="@since"/>
      <xsl:for-each select="s:month"><span class="month"><xsl:value-of select="concat(@month, ' ')"/><b><xsl:value-of select="."/></b></span></xsl:for-each>
      <xsl:if test="@more"><span class="month"><xsl:value-of select="concat($m/and-more, ' ', @more, ' ', $m/months-more)"/></span></xsl:if></span>
  </xsl:template>

  <!-- on a person's page: the same criteria, one a row -->
  <xsl:template match="s:movement">
    <section class="movement {@kind}">
      <h2><xsl:value-of select="@title"/><xsl:apply-templates select="@article"/></h2>
      <p class="verdict {@verdict}"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/verdict"/><xsl:with-param name="id" select="@verdict"/></xsl:call-template><xsl:value-of select="concat($m/space, @from)"/><xsl:if test="@to"><xsl:value-of select="concat(' → ', @to)"/></xsl:if></p>
      <div class="table" role="group" tabindex="0" aria-label="{@title}"><table>
        <caption><xsl:value-of select="$m/criteria"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/criterion"/></th><th scope="col"><xsl:value-of select="$m/met"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th></tr></thead>
        <tbody><xsl:for-each select="s:result"><tr><th scope="row"><xsl:value-of select="@name"/></th><xsl:apply-templates select="."/><td class="formula"><span class="basis"><xsl:value-of select="s:basis"/></span></td></tr></xsl:for-each></tbody>
      </table></div>
    </section>
  </xsl:template>
</xsl:stylesheet>
