<?xml version="1.0" encoding="UTF-8"?>
<!-- A month under another policy: who gains and who loses, through which figures. Stands alone in output/compare/, for managers. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:compare">
    <section class="gains">
      <xsl:apply-templates select="s:finding"/>
      <p class="subtitle"><xsl:for-each select="s:effect"><xsl:if test="position() > 1"> · </xsl:if><xsl:value-of select="."/></xsl:for-each></p>
      <xsl:apply-templates select="s:gain-chart"/>
    </section>
    <xsl:if test="s:gain-sums"><section class="gain-sums"><h2><xsl:value-of select="$m/gain-sums"/></h2><xsl:apply-templates select="s:gain-sums"/></section></xsl:if>
    <xsl:apply-templates select="s:gain-people"/>
    <xsl:if test="s:crossing">
      <section class="crossings"><h2><xsl:value-of select="$m/crossings"/></h2>
        <div class="table" role="group" tabindex="0" aria-label="{$m/crossings}"><table>
          <caption><xsl:value-of select="$m/crossings-caption"/></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/rule/movement"/></th><th scope="col"><xsl:value-of select="$m/gain-before"/></th><th scope="col"><xsl:value-of select="$m/gain-after"/></th></tr></thead>
          <tbody><xsl:for-each select="s:crossing"><tr>
            <th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="@movement"/><xsl:if test="@to"><xsl:value-of select="concat(' → ', @to)"/></xsl:if></td>
            <td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/verdict"/><xsl:with-param name="id" select="@before"/></xsl:call-template></td>
            <td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/verdict"/><xsl:with-param name="id" select="@after"/></xsl:call-template></td></tr></xsl:for-each></tbody>
        </table></div></section>
    </xsl:if>
  </xsl:template>

  <!-- sorted bars from the zero line, gains above losses; names left, amounts right -->
  <xsl:template match="s:gain-chart">
    <figure>
      <svg class="gain-chart" width="100%" height="{@height}" role="img" aria-labelledby="gain-chart-title">
        <title id="gain-chart-title"><xsl:value-of select="@title"/></title>
        <desc><xsl:for-each select="s:bar"><xsl:value-of select="concat(@name, ' ', ., '; ')"/></xsl:for-each></desc>
        <svg x="24%" width="56%" height="{@plot}" overflow="visible">
          <xsl:apply-templates select="s:scale/s:tick" mode="grid"/>
          <xsl:for-each select="s:bar"><svg y="{@y}" height="18" width="100%" overflow="visible"><rect class="{@direction}" x="{@left}%" width="{@width}%" y="3" height="12"/></svg></xsl:for-each>
          <line class="zero" x1="{@zero}%" x2="{@zero}%" y1="0" y2="100%"/>
          <xsl:for-each select="s:scale/s:tick"><text x="{@at}%" y="100%" dy="13" text-anchor="middle"><xsl:value-of select="."/></text></xsl:for-each>
        </svg>
        <xsl:for-each select="s:bar"><svg y="{@y}" height="18" width="100%" overflow="visible">
          <text x="0" y="13"><xsl:value-of select="@name"/></text><text x="100%" y="13" text-anchor="end"><xsl:value-of select="."/></text></svg></xsl:for-each>
      </svg>
      <figcaption><xsl:value-of select="@title"/></figcaption>
    </figure>
  </xsl:template>

  <xsl:template match="s:gain-sums">
    <xsl:variable name="caption"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/gain-by"/><xsl:with-param name="id" select="@kind"/></xsl:call-template></xsl:variable>
    <div class="table" role="group" tabindex="0" aria-label="{$caption}"><table>
      <caption><xsl:value-of select="$caption"/></caption>
      <thead><tr><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/gain-before"/></th><th scope="col" class="number"><xsl:value-of select="$m/gain-after"/></th><th scope="col" class="number"><xsl:value-of select="$m/difference"/></th><th scope="col" class="number"><xsl:value-of select="$m/gaining"/></th><th scope="col" class="number"><xsl:value-of select="$m/gains"/></th><th scope="col" class="number"><xsl:value-of select="$m/losing"/></th><th scope="col" class="number"><xsl:value-of select="$m/losses"/></th></tr></thead>
      <tbody><xsl:for-each select="s:gain-sum"><tr><th scope="row"><xsl:value-of select="@name"/></th><td class="number"><xsl:value-of select="s:before"/></td><td class="number"><xsl:value-of select="s:after"/></td>
        <td class="number"><b><xsl:value-of select="s:difference"/></b></td><td class="number"><xsl:value-of select="@gaining"/></td><td class="number"><xsl:value-of select="s:gains"/></td><td class="number"><xsl:value-of select="@losing"/></td><td class="number"><xsl:value-of select="s:losses"/></td></tr></xsl:for-each></tbody>
    </table></div>
  </xsl:template>

  <xsl:template match="s:gain-people">
    <section class="gain-people"><h2><xsl:value-of select="$m/gain-people"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/gain-people}"><table>
        <caption><xsl:value-of select="$m/gain-people-caption"/><xsl:if test="@more"><xsl:value-of select="concat($m/space, @more)"/></xsl:if></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/unit"/></th><th scope="col"><xsl:value-of select="$m/grade"/></th><th scope="col" class="number"><xsl:value-of select="$m/gain-before"/></th><th scope="col" class="number"><xsl:value-of select="$m/gain-after"/></th><th scope="col" class="number"><xsl:value-of select="$m/difference"/></th><th scope="col"><xsl:value-of select="$m/through"/></th></tr></thead>
        <tbody><xsl:for-each select="s:gain"><tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="@unit"/></td><td><xsl:value-of select="@grade"/></td>
          <td class="number"><xsl:value-of select="s:before"/></td><td class="number"><xsl:value-of select="s:after"/></td><td class="number"><b><xsl:value-of select="s:difference"/></b></td><td class="wide"><xsl:value-of select="s:through"/></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>
</xsl:stylesheet>
