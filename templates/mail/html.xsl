<?xml version="1.0" encoding="UTF-8"?>
<!-- The same as text.xsl, for mail programs that show HTML. Nothing is fetched from anywhere. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>
  <xsl:include href="../lib/text.xsl"/>
  <xsl:template match="/"><xsl:apply-templates select="s:model/s:letter"/></xsl:template>
  <xsl:template match="s:letter">
    <html lang="{$language}">
      <head><title><xsl:value-of select="@subject"/></title></head>
      <body>
        <xsl:if test="@test"><p><b><xsl:value-of select="$m/letter/test"/></b></p></xsl:if>
        <p><xsl:value-of select="s:greeting"/></p>
        <p><xsl:value-of select="s:attached"/></p>
        <p><xsl:value-of select="$m/letter/open"/></p>
        <xsl:if test="s:confirm">
          <p><xsl:value-of select="$m/letter/ask"/></p>
          <ul><li><a href="{s:confirm/@href}"><xsl:value-of select="$m/letter/confirm"/></a></li><li><a href="{s:object/@href}"><xsl:value-of select="$m/letter/object"/></a></li></ul>
        </xsl:if>
        <p><small><xsl:value-of select="$m/letter/private"/></small></p>
        <p><xsl:value-of select="@company"/></p>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
