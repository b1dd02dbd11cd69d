<?xml version="1.0" encoding="UTF-8"?>
<!-- The ranking: one row a person with bar, kpis and twelve months; a unit's page shows the same. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:ranking">
    <section class="ranking">
      <xsl:if test="s:part-head"><xsl:attribute name="class">ranking broad</xsl:attribute></xsl:if>
      <h2><xsl:value-of select="s:finding"/></h2>
      <p class="subtitle"><xsl:value-of select="s:subtitle"/></p>
      <div class="table" role="group" tabindex="0" aria-label="{s:subtitle}">
        <table class="sortable">
          <caption><span class="legend"><xsl:apply-templates select="s:mark" mode="legend"/>
            <xsl:if test="s:row/@below"><span class="key-line outline"><xsl:value-of select="$m/below-pass"/></span></xsl:if>
            <xsl:if test="s:part-head"><span><xsl:value-of select="$m/heat-note"/></span></xsl:if></span></caption>
          <thead><tr>
            <th scope="col" class="number"><xsl:value-of select="$m/rank"/></th>
            <th scope="col" class="number"><xsl:value-of select="$m/rank-change"/></th>
            <th scope="col"><xsl:value-of select="$m/name"/></th>
            <th scope="col" class="number"><xsl:value-of select="@label"/></th>
            <th scope="col" class="plot"><xsl:apply-templates select="s:scale" mode="axis"/></th>
            <xsl:if test="s:row/s:who/@unit"><th scope="col"><xsl:value-of select="$m/unit"/></th></xsl:if>
            <th scope="col"><xsl:value-of select="$m/grade"/></th>
            <xsl:for-each select="s:part-head"><th scope="col" class="number part"><xsl:value-of select="@label"/><xsl:if test="@weight"><small><xsl:value-of select="."/></small></xsl:if></th></xsl:for-each>
            <th scope="col"><xsl:value-of select="$m/twelve-months"/></th>
            <xsl:if test="s:row/@company-rank"><th scope="col" class="number"><xsl:value-of select="$m/company-rank"/></th></xsl:if>
            <xsl:if test="s:row/s:gross"><th scope="col" class="number"><xsl:value-of select="$m/gross"/></th><th scope="col" class="number"><xsl:value-of select="$m/net"/></th></xsl:if>
          </tr></thead>
          <tbody>
            <xsl:apply-templates select="s:row">
              <xsl:with-param name="unit" select="boolean(s:row/s:who/@unit)"/><xsl:with-param name="company" select="boolean(s:row/@company-rank)"/><xsl:with-param name="pay" select="boolean(s:row/s:gross)"/>
            </xsl:apply-templates>
          </tbody>
        </table>
      </div>
      <p class="footnote"><xsl:value-of select="s:footnote"/></p>
    </section>
  </xsl:template>

  <xsl:template match="s:row">
    <xsl:param name="unit"/><xsl:param name="company"/><xsl:param name="pay"/>
    <tr id="r-{s:who/@id}">
      <td class="number rank"><xsl:value-of select="@rank-text"/></td>
      <td class="number"><xsl:apply-templates select="s:move"/></td>
      <th scope="row"><xsl:apply-templates select="s:who"/></th>
      <td class="number score"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:score"/></xsl:call-template>
        <xsl:if test="@below"><span class="unseen"><xsl:value-of select="concat(' ', $m/below-pass)"/></span></xsl:if></td>
      <td class="plot"><xsl:apply-templates select="." mode="bar"/></td>
      <xsl:if test="$unit"><td class="unit-name"><xsl:value-of select="s:who/@unit"/></td></xsl:if>
      <td class="grade"><xsl:value-of select="s:who/@grade"/></td>
      <xsl:for-each select="s:part"><td class="number heat step-{@step}"><xsl:value-of select="."/></td></xsl:for-each>
      <td class="spark"><xsl:apply-templates select="s:trend" mode="sparkline"/></td>
      <xsl:if test="$company"><td class="number"><xsl:value-of select="@company-rank"/></td></xsl:if>
      <xsl:if test="$pay"><td class="number"><xsl:value-of select="s:gross"/></td><td class="number"><xsl:value-of select="s:net"/></td></xsl:if>
    </tr>
  </xsl:template>
</xsl:stylesheet>
