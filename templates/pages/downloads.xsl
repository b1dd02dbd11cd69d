<?xml version="1.0" encoding="UTF-8"?>
<!-- Files to take away, with what their columns mean. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:downloads">
    <xsl:if test="not(s:download)"><p><xsl:value-of select="$m/no-downloads"/></p></xsl:if>
    <xsl:if test="s:download"><ul class="files"><xsl:apply-templates select="s:download"/></ul></xsl:if>
  </xsl:template>
  <xsl:template match="s:download">
    <li class="download">
      <a class="{@kind}" href="{@href}"><xsl:value-of select="@title"/></a>
      <span class="note"><xsl:value-of select="concat(' ', translate(@kind, 'cdfglmpsvx', 'CDFGLMPSVX'))"/></span>
      <xsl:if test="@rows"><span class="note"><xsl:value-of select="concat(' ', @rows, ' ', $m/rows)"/></span></xsl:if>
      <xsl:if test="s:column"><dl class="columns"><xsl:for-each select="s:column"><div><dt><xsl:value-of select="@name"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each></dl></xsl:if>
    </li>
  </xsl:template>
</xsl:stylesheet>
