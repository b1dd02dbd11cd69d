<?xml version="1.0" encoding="UTF-8"?>
<!-- What became of the month's mail: managers/mail.html, written by salespay mail after the seal. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:mailing">
    <section class="mailing">
      <dl class="keys"><xsl:for-each select="s:mail-count"><div class="key"><dt><xsl:call-template name="word"><xsl:with-param name="of" select="$m/mail-state"/><xsl:with-param name="id" select="@state"/></xsl:call-template></dt><dd class="now"><b><xsl:value-of select="@count"/></b></dd></div></xsl:for-each></dl>
      <xsl:if test="@next"><p class="next"><xsl:value-of select="$m/mail-next"/><xsl:text> </xsl:text><code><xsl:value-of select="@next"/></code></p></xsl:if>
      <div class="table" role="group" tabindex="0" aria-label="{$m/mail-caption}"><table>
        <caption><xsl:value-of select="$m/mail-caption"/><xsl:if test="@more"><xsl:value-of select="concat($m/space, @more)"/></xsl:if></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/state"/></th><th scope="col"><xsl:value-of select="$m/mail-address"/></th><th scope="col"><xsl:value-of select="$m/mail-when"/></th><th scope="col" class="number"><xsl:value-of select="$m/mail-attempts"/></th><th scope="col"><xsl:value-of select="$m/mail-reply"/></th><th scope="col"><xsl:value-of select="$m/mail-receipt"/></th></tr></thead>
        <tbody><xsl:for-each select="s:mail-row"><tr>
          <th scope="row"><xsl:apply-templates select="s:who"/></th>
          <td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/mail-state"/><xsl:with-param name="id" select="@state"/></xsl:call-template></td>
          <td><xsl:value-of select="@address"/></td><td><xsl:value-of select="@when"/></td><td class="number"><xsl:value-of select="@attempts"/></td>
          <td class="wide"><xsl:value-of select="s:reply"/></td>
          <td><xsl:if test="@receipt"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/mail-receipts"/><xsl:with-param name="id" select="@receipt"/></xsl:call-template></xsl:if><xsl:if test="s:note"><xsl:value-of select="concat($m/space, s:note)"/></xsl:if></td>
        </tr></xsl:for-each></tbody>
      </table></div>
    </section>
  </xsl:template>
</xsl:stylesheet>
