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
      <xsl:if test="s:column"><div class="table dictionary" role="group" tabindex="0" aria-label="{@title} {$m/dictionary}"><table>
        <caption><xsl:value-of select="$m/dictionary"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/dictionary-column"/></th><th scope="col"><xsl:value-of select="$m/dictionary-type"/></th><th scope="col"><xsl:value-of select="$m/menu/policy"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th></tr></thead>
        <tbody><xsl:for-each select="s:column"><tr><th scope="row"><xsl:value-of select="@name"/></th><td><xsl:if test="@type"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/type"/><xsl:with-param name="id" select="@type"/></xsl:call-template></xsl:if></td>
          <td><xsl:if test="@article"><xsl:value-of select="concat($article-before, @article, $article-after)"/></xsl:if></td><td class="formula"><xsl:value-of select="."/></td></tr></xsl:for-each></tbody>
      </table></div></xsl:if>
    </li>
  </xsl:template>
</xsl:stylesheet>
