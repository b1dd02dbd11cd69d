<?xml version="1.0" encoding="UTF-8"?>
<!-- The text of the mail that a payslip is attached to. It travels unencrypted: no amount, no password. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1">
  <xsl:output method="text" encoding="UTF-8"/>
  <xsl:include href="../lib/text.xsl"/>
  <xsl:template match="/"><xsl:apply-templates select="s:model/s:letter"/></xsl:template>
  <xsl:template match="s:letter">
    <xsl:if test="@test"><xsl:value-of select="concat($m/letter/test, '&#10;&#10;')"/></xsl:if>
    <xsl:value-of select="concat(s:greeting, '&#10;&#10;', s:attached, '&#10;&#10;', $m/letter/open, '&#10;&#10;')"/>
    <xsl:if test="s:confirm"><xsl:value-of select="concat($m/letter/ask, '&#10;  ', $m/letter/confirm, $m/letter/colon, s:confirm/@href, '&#10;  ', $m/letter/object, $m/letter/colon, s:object/@href, '&#10;&#10;')"/></xsl:if>
    <xsl:value-of select="concat($m/letter/private, '&#10;&#10;', @company, '&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
