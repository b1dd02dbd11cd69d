<?xml version="1.0" encoding="UTF-8"?>
<!-- A month at a glance, and the managers' first page with the units. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:overview">
    <xsl:apply-templates select="s:finding"/>
    <xsl:call-template name="keys"/>
    <p class="state {s:state/@status}"><xsl:apply-templates select="s:state/@status"/><xsl:text> </xsl:text><a href="{s:state/@href}"><xsl:value-of select="s:state"/></a></p>
    <div class="desk">
      <xsl:apply-templates select="s:units"/>
      <xsl:apply-templates select="s:distribution"/>
    </div>
    <xsl:if test="s:movers/s:mover">
      <section class="moved">
        <h2><xsl:value-of select="$m/rank-changes"/></h2>
        <div class="desk"><xsl:apply-templates select="s:movers[s:mover]"/></div>
      </section>
    </xsl:if>
    <xsl:apply-templates select="s:targets"/>
    <xsl:apply-templates select="s:trend"/>
    <xsl:apply-templates select="s:payroll"/>
    <xsl:apply-templates select="s:absences"/>
  </xsl:template>

  <xsl:template match="s:movers">
    <xsl:variable name="caption"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/movers"/><xsl:with-param name="id" select="@direction"/></xsl:call-template></xsl:variable>
    <div class="table movers {@direction}" role="group" tabindex="0" aria-label="{$caption}">
      <table>
        <caption><xsl:value-of select="$caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/unit"/></th>
          <th scope="col" class="number"><xsl:value-of select="$m/last-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/change"/></th></tr></thead>
        <tbody><xsl:for-each select="s:mover">
          <tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="s:who/@unit"/></td>
            <td class="number"><xsl:value-of select="@previous"/></td><td class="number"><xsl:value-of select="@rank"/></td><td class="number"><xsl:apply-templates select="s:move"/></td></tr>
        </xsl:for-each></tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="s:directory">
    <p class="finding"><xsl:value-of select="$m/directory-note"/></p>
    <div class="table" role="group" tabindex="0" aria-label="{$m/units}">
      <table>
        <caption><xsl:value-of select="$m/units"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/unit"/></th><th scope="col"><xsl:value-of select="$m/unit-number"/></th><th scope="col" class="number"><xsl:value-of select="$m/headcount"/></th>
          <th scope="col" class="number"><xsl:value-of select="$m/mean-score"/></th><th scope="col" class="plot"><span class="unseen"><xsl:value-of select="$m/as-bar"/></span></th><th scope="col" class="number"><xsl:value-of select="$m/change"/></th></tr></thead>
        <tbody><xsl:for-each select="s:unit-row">
          <tr class="unit-row level-{@level}"><th scope="row"><a href="{@href}"><xsl:value-of select="@name"/></a></th><td class="id"><xsl:value-of select="@id"/></td><td class="number"><xsl:value-of select="@people"/></td>
            <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:score"/></xsl:call-template></td><td class="plot"><xsl:apply-templates select="s:score" mode="meter"/></td>
            <td class="number"><xsl:apply-templates select="s:move"/></td></tr>
        </xsl:for-each></tbody>
      </table>
    </div>
  </xsl:template>
</xsl:stylesheet>
