<?xml version="1.0" encoding="UTF-8"?>
<!-- A unit: key figures, its people, its place among the others; for managers also its payroll. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:unit">
    <xsl:apply-templates select="s:finding"/>
    <xsl:if test="s:head"><p class="head-of-unit"><xsl:value-of select="concat($m/head-of-unit, ' ')"/><xsl:apply-templates select="s:head/s:who"/></p></xsl:if>
    <xsl:call-template name="keys"/>
    <xsl:apply-templates select="s:ranking"/>
    <div class="desk">
      <xsl:apply-templates select="s:units"/>
      <xsl:apply-templates select="s:distribution"/>
    </div>
    <xsl:apply-templates select="s:targets"/>
    <xsl:apply-templates select="s:trend"/>
    <xsl:apply-templates select="s:payroll"/>
    <xsl:apply-templates select="s:absences"/>
  </xsl:template>
</xsl:stylesheet>
