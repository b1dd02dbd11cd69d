<?xml version="1.0" encoding="UTF-8"?>
<!-- Help and its like: nothing but fixed words; a message help-… may hold several paragraphs. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:help">
    <xsl:call-template name="topics"><xsl:with-param name="topics" select="$m/help/topic"/></xsl:call-template>
    <p><a href="accessibility.html"><xsl:value-of select="$m/menu/accessibility"/></a></p>
  </xsl:template>
  <xsl:template match="s:accessibility">
    <xsl:call-template name="topics"><xsl:with-param name="topics" select="$m/accessibility/topic"/></xsl:call-template>
  </xsl:template>
  <xsl:template name="topics">
    <xsl:param name="topics"/>
    <xsl:for-each select="$topics">
      <section class="topic"><h2><xsl:value-of select="@title"/></h2><xsl:for-each select="p"><p><xsl:value-of select="."/></p></xsl:for-each></section>
    </xsl:for-each>
  </xsl:template>

  <!-- What a server answers at an address that is not there, below any folder: so it loads nothing, and is whole without styles. -->
  <xsl:template name="missing">
    <html lang="{$language}">
      <head>
        <title><xsl:value-of select="s:model/s:page/@title"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="robots" content="noindex, nofollow"/>
      </head>
      <body class="missing {s:model/@audience}">
        <main>
          <h1><xsl:value-of select="s:model/s:page/@heading"/></h1>
          <xsl:for-each select="$m/missing/p"><p><xsl:value-of select="."/></p></xsl:for-each>
          <p><a href="{s:model/s:missing/@href}"><xsl:value-of select="concat(s:model/s:company/@short, ' · ', s:model/s:page/@month-text)"/></a></p>
        </main>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
