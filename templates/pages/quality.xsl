<?xml version="1.0" encoding="UTF-8"?>
<!-- What was read, what is wrong with it and whether the totals close. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:quality">
    <p class="state {@status}"><xsl:apply-templates select="@status"/><xsl:value-of select="concat(' ', s:finding)"/></p>
    <dl class="keys">
      <div class="key"><dt><xsl:value-of select="$m/level/error"/></dt><dd class="now"><b><xsl:value-of select="@errors"/></b></dd></div>
      <div class="key"><dt><xsl:value-of select="$m/level/warning"/></dt><dd class="now"><b><xsl:value-of select="@warnings"/></b></dd></div>
      <div class="key"><dt><xsl:value-of select="$m/level/note"/></dt><dd class="now"><b><xsl:value-of select="@notes"/></b></dd></div>
    </dl>
    <xsl:if test="s:problem"><section class="problems"><h2><xsl:value-of select="$m/problems"/></h2><xsl:apply-templates select="s:problem"/></section></xsl:if>
    <xsl:if test="s:speaking-check"><xsl:call-template name="speaking-checks"/></xsl:if>
    <xsl:if test="s:control"><section class="controls"><h2><xsl:value-of select="$m/controls"/></h2><xsl:apply-templates select="s:control"/></section></xsl:if>
    <xsl:if test="s:file"><section class="files"><h2><xsl:value-of select="$m/files"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/files}"><table>
        <caption><xsl:value-of select="$m/files-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/file"/></th><th scope="col"><xsl:value-of select="$m/encoding"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-read"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-used"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-ignored"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-rejected"/></th><th scope="col"><xsl:value-of select="$m/dates"/></th><th scope="col">SHA-256</th></tr></thead>
        <tbody><xsl:apply-templates select="s:file"/></tbody>
      </table></div></section></xsl:if>
    <xsl:apply-templates select="s:absences"/>
    <xsl:if test="s:outlier"><xsl:call-template name="outliers"/></xsl:if>
  </xsl:template>

  <xsl:template match="s:file">
    <tr>
      <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@table"><small><xsl:value-of select="@table"/></small></xsl:if></th>
      <td><xsl:value-of select="concat(@encoding, ' · ')"/><xsl:call-template name="word"><xsl:with-param name="of" select="$m/delimiter"/><xsl:with-param name="id" select="@delimiter"/></xsl:call-template></td>
      <td class="number"><xsl:value-of select="@rows"/></td><td class="number"><xsl:value-of select="@used"/></td>
      <td class="number"><xsl:value-of select="@ignored"/><xsl:for-each select="s:because"><small><xsl:value-of select="concat(., ' ', @count)"/></small></xsl:for-each></td>
      <td class="number"><xsl:value-of select="@rejected"/></td>
      <td><xsl:if test="@first"><xsl:value-of select="concat(@first, ' – ', @last)"/></xsl:if></td>
      <td><code><xsl:value-of select="substring(@sha256, 1, 12)"/></code></td>
    </tr>
  </xsl:template>

  <xsl:template match="s:problem">
    <div class="problem {@level}" id="{@code}">
      <h3><span class="level"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level"/><xsl:with-param name="id" select="@level"/></xsl:call-template></span><code><xsl:value-of select="@code"/></code><xsl:value-of select="concat(' ', @title)"/><span class="count"><xsl:value-of select="concat(' × ', @count)"/></span></h3>
      <xsl:if test="s:instance"><ul><xsl:for-each select="s:instance"><li>
        <xsl:if test="@file"><code class="place"><xsl:value-of select="@file"/><xsl:if test="@line"><xsl:value-of select="concat(':', @line)"/></xsl:if><xsl:if test="@column"><xsl:value-of select="concat(':', @column)"/></xsl:if></code></xsl:if>
        <xsl:value-of select="concat(' ', s:text)"/>
        <xsl:if test="s:source-line"><code class="source-line"><xsl:value-of select="s:source-line"/></code></xsl:if>
        <xsl:if test="s:mend"><span class="mend"><xsl:value-of select="concat('→ ', s:mend)"/></span></xsl:if></li></xsl:for-each></ul></xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="s:control">
    <div class="control holds-{@holds}">
      <h3><xsl:value-of select="@label"/><span class="verdict"><span aria-hidden="true"><xsl:choose><xsl:when test="@holds = 'yes'"> ✓ </xsl:when><xsl:otherwise> ✗ </xsl:otherwise></xsl:choose></span><xsl:call-template name="word"><xsl:with-param name="of" select="$m/closes"/><xsl:with-param name="id" select="@holds"/></xsl:call-template></span></h3>
      <dl><xsl:for-each select="s:side"><div><dt><xsl:value-of select="@label"/></dt><dd><xsl:value-of select="."/></dd></div></xsl:for-each></dl>
    </div>
  </xsl:template>

  <xsl:template name="speaking-checks">
    <section class="checks"><h2><xsl:value-of select="$m/checks"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/checks}"><table>
        <caption><xsl:value-of select="$m/checks-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/check"/></th><th scope="col"><xsl:value-of select="$m/state"/></th><th scope="col"><xsl:value-of select="$m/says"/></th></tr></thead>
        <tbody><xsl:for-each select="s:speaking-check"><tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="@name"/></td><td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level"/><xsl:with-param name="id" select="@level"/></xsl:call-template></td><td class="wide"><xsl:value-of select="s:text"/></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>
  <xsl:template name="outliers">
    <section class="outliers"><h2><xsl:value-of select="$m/outliers"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/outliers}"><table>
        <caption><xsl:value-of select="$m/outliers-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/last-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/year-to-date"/></th><th scope="col" class="number"><xsl:value-of select="$m/change"/></th></tr></thead>
        <tbody><xsl:for-each select="s:outlier"><tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="@label"/></td><xsl:apply-templates select="." mode="amounts"/><td class="number"><xsl:apply-templates select="s:move"/></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>
</xsl:stylesheet>
