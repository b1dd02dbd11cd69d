<?xml version="1.0" encoding="UTF-8"?>
<!-- The stylesheet of every page: one model document in, one page out. The page's kind chooses the template in pages/.
     With the parameter person (an id) a unit's document gives that person's page. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:param name="person"/>

  <xsl:include href="lib/text.xsl"/>
  <xsl:include href="lib/frame.xsl"/>
  <xsl:include href="lib/parts.xsl"/>
  <xsl:include href="lib/graphics.xsl"/>
  <xsl:include href="pages/months.xsl"/>
  <xsl:include href="pages/overview.xsl"/>
  <xsl:include href="pages/ranking.xsl"/>
  <xsl:include href="pages/unit.xsl"/>
  <xsl:include href="pages/person.xsl"/>
  <xsl:include href="pages/pay.xsl"/>
  <xsl:include href="pages/promotion.xsl"/>
  <xsl:include href="pages/policy.xsl"/>
  <xsl:include href="pages/quality.xsl"/>
  <xsl:include href="pages/compare.xsl"/>
  <xsl:include href="pages/downloads.xsl"/>
  <xsl:include href="pages/mail.xsl"/>
  <xsl:include href="pages/help.xsl"/>
  <xsl:include href="pages/chart.xsl"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="$person">
        <xsl:variable name="one" select="s:model/s:unit/s:people/s:person[@id = $person]"/>
        <xsl:if test="not($one)"><xsl:message terminate="yes">no person <xsl:value-of select="$person"/> in this document</xsl:message></xsl:if>
        <xsl:call-template name="frame"><xsl:with-param name="page" select="$one/s:page"/><xsl:with-param name="body" select="$one"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="s:model/s:missing"><xsl:call-template name="missing"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="frame"><xsl:with-param name="page" select="s:model/s:page"/><xsl:with-param name="body" select="s:model/*[last()]"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A model element that no template knows is a mistake of ours, never left out in silence. -->
  <xsl:template match="*"><xsl:message terminate="yes">no template for element <xsl:value-of select="name()"/> in <xsl:value-of select="name(..)"/></xsl:message></xsl:template>
</xsl:stylesheet>
