<?xml version="1.0" encoding="UTF-8"?>
<!-- All months, newest first: the page beside the months' folders. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:months">
    <xsl:apply-templates select="s:month[1]" mode="latest"/>
    <section class="all">
      <h2><xsl:value-of select="$m/all-months"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/all-months}">
        <table>
          <caption><xsl:value-of select="$m/months-caption"/></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$m/month"/></th><th scope="col" class="number"><xsl:value-of select="$m/headcount"/></th>
            <th scope="col" class="number"><xsl:value-of select="$m/mean-score"/></th><th scope="col" class="plot"><span class="unseen"><xsl:value-of select="$m/twelve-months"/></span></th>
            <th scope="col"><xsl:value-of select="$m/quality"/></th><th scope="col"><xsl:value-of select="$m/state"/></th><th scope="col"><xsl:value-of select="$m/for-managers"/></th></tr></thead>
          <tbody><xsl:apply-templates select="s:month"/></tbody>
        </table>
      </div>
    </section>
  </xsl:template>

  <xsl:template match="s:month" mode="latest">
    <section class="latest">
      <h2><a href="{@href}"><xsl:value-of select="@text"/></a></h2>
      <xsl:apply-templates select="s:finding"/>
      <dl class="keys">
        <div class="key"><dt><xsl:value-of select="$m/headcount"/></dt><dd class="now"><b><xsl:value-of select="@people"/></b></dd></div>
        <xsl:if test="s:score"><div class="key"><dt><xsl:value-of select="$m/mean-score"/></dt><dd class="now"><b><xsl:value-of select="s:score"/></b></dd>
          <xsl:if test="s:trend"><dd class="trend"><xsl:apply-templates select="s:trend" mode="sparkline"/></dd></xsl:if></div></xsl:if>
        <div class="key"><dt><xsl:value-of select="$m/quality"/></dt><dd class="status"><xsl:apply-templates select="@status"/></dd></div>
      </dl>
      <p class="onward"><a href="{@href}"><xsl:value-of select="$m/open-month"/></a><xsl:if test="@managers"><a href="{@managers}"><xsl:value-of select="$m/managers-edition"/></a></xsl:if><a href="{@id}/site/policy.html"><xsl:value-of select="$m/how-computed"/></a></p>
    </section>
  </xsl:template>

  <xsl:template match="s:month">
    <tr>
      <th scope="row"><a href="{@href}"><xsl:value-of select="@text"/></a></th>
      <td class="number"><xsl:value-of select="@people"/></td>
      <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:score"/></xsl:call-template></td>
      <td class="plot"><xsl:apply-templates select="s:trend" mode="sparkline"/></td>
      <td><xsl:apply-templates select="@status"/></td>
      <td><xsl:choose><xsl:when test="@sealed"><xsl:value-of select="$m/sealed"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/open"/></xsl:otherwise></xsl:choose></td>
      <td><xsl:if test="@managers"><a href="{@managers}"><xsl:value-of select="concat(@text, ' · ', $m/managers-edition)"/></a></xsl:if></td>
    </tr>
  </xsl:template>

  <xsl:template match="@status"><span class="status {.}"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/status"/><xsl:with-param name="id" select="."/></xsl:call-template></span></xsl:template>
</xsl:stylesheet>
