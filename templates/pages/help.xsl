<?xml version="1.0" encoding="UTF-8"?>
<!-- Help: nothing but fixed words; a message help-… may hold several paragraphs. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:help">
    <xsl:for-each select="$m/help/topic">
      <section class="topic"><h2><xsl:value-of select="@title"/></h2><xsl:for-each select="p"><p><xsl:value-of select="."/></p></xsl:for-each></section>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
