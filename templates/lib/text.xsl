<?xml version="1.0" encoding="UTF-8"?>
<!-- Fixed words: $m/NAME is the message of that name in messages.LANG.xml; "word" chooses one of a group by what the
     document says. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:variable name="language" select="/s:model/@lang"/>
  <xsl:variable name="m" select="document(concat('../messages.', $language, '.xml'))/messages"/>
  <xsl:variable name="article-before" select="string($m/article-before)"/>
  <xsl:variable name="article-after" select="string($m/article-after)"/>
  <xsl:variable name="managers" select="/s:model/@audience = 'managers'"/>

  <xsl:template name="word">
    <xsl:param name="of"/>
    <xsl:param name="id"/>
    <xsl:variable name="text" select="$of/*[local-name() = $id]"/>
    <xsl:if test="not($text)"><xsl:message terminate="yes">no message <xsl:value-of select="concat(name($of), '/', $id)"/> in messages.<xsl:value-of select="$language"/>.xml</xsl:message></xsl:if>
    <xsl:value-of select="$text"/>
  </xsl:template>

  <!-- a quantity as it reads; what is missing is a word, never a zero -->
  <xsl:template name="quantity">
    <xsl:param name="of" select="."/>
    <xsl:choose>
      <xsl:when test="not($of)"><span class="none">–</span></xsl:when>
      <xsl:when test="$of/@missing"><span class="missing"><xsl:value-of select="$of"/></span></xsl:when>
      <xsl:otherwise><xsl:value-of select="$of"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
