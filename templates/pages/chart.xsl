<?xml version="1.0" encoding="UTF-8"?>
<!-- A chart that the policy declares: what it finds, the drawing itself, its data as tables. The drawing was put into the
     document when it was drawn. And the same charts as figures on the pages of the ranking and of units. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="s svg">
  <xsl:template match="s:chart">
    <section class="declared {@kind}">
      <h2><xsl:value-of select="s:finding"/></h2>
      <p class="subtitle"><xsl:value-of select="s:subtitle"/></p>
      <figure class="drawing" role="group" tabindex="0" aria-label="{s:finding}"><xsl:apply-templates select="svg:svg" mode="inline"/></figure>
      <p class="footnote"><xsl:value-of select="s:footnote"/></p>
    </section>
    <xsl:apply-templates select="s:data"/>
  </xsl:template>

  <xsl:template match="s:data">
    <section class="data">
      <h2><xsl:value-of select="@title"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{@title}">
        <table>
          <caption><xsl:value-of select="concat(../@title, ' · ', @title)"/></caption>
          <thead><tr><xsl:for-each select="s:column"><th scope="col">
            <xsl:if test="@number"><xsl:attribute name="class">number</xsl:attribute></xsl:if><xsl:value-of select="."/></th></xsl:for-each></tr></thead>
          <tbody><xsl:for-each select="s:entry[position() &lt;= 500]"><tr><xsl:apply-templates select="s:cell"/></tr></xsl:for-each></tbody>
        </table>
      </div>
      <xsl:if test="count(s:entry) &gt; 500"><p class="note"><xsl:value-of select="$m/rest-in-pdf"/></p></xsl:if>
    </section>
  </xsl:template>
  <xsl:template match="s:cell">
    <xsl:variable name="at" select="position()"/>
    <xsl:choose>
      <xsl:when test="$at = 1"><th scope="row"><xsl:call-template name="cell"/></th></xsl:when>
      <xsl:otherwise><td><xsl:if test="../../s:column[$at]/@number"><xsl:attribute name="class">number</xsl:attribute></xsl:if><xsl:call-template name="cell"/></td></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template name="cell">
    <xsl:choose>
      <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- as wide as its place; the page's own words stand for title and description -->
  <xsl:template match="svg:svg" mode="inline">
    <svg class="drawn" role="img" viewBox="{@viewBox}" font-family="{@font-family}"><xsl:apply-templates mode="inline"/></svg>
  </xsl:template>
  <xsl:template match="svg:*" mode="inline">
    <xsl:element name="{local-name()}"><xsl:copy-of select="@*"/><xsl:apply-templates mode="inline"/></xsl:element>
  </xsl:template>

  <xsl:template name="figures">
    <xsl:param name="page"/>
    <xsl:if test="$page/s:figure">
      <section class="drawings">
        <h2><xsl:value-of select="$m/charts"/></h2>
        <xsl:for-each select="$page/s:figure">
          <figure><a href="{@href}"><img src="{@src}" alt="{.}" loading="lazy"/></a><figcaption><a href="{@href}"><xsl:value-of select="."/></a></figcaption></figure>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
