<?xml version="1.0" encoding="UTF-8"?>
<!-- Small graphics as inline SVG. All geometry is in the model, in percent; colours come from the style sheet by class,
     so that themes and print have their own. Each graphic stands beside the numbers it draws and is hidden from those
     who hear the page. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:scale" mode="axis">
    <span class="unseen"><xsl:value-of select="$m/as-bar"/></span>
    <svg class="axis" width="100%" height="14" aria-hidden="true">
      <xsl:for-each select="s:tick"><text x="{@at}%" y="11">
        <xsl:attribute name="text-anchor"><xsl:choose><xsl:when test="position() = 1">start</xsl:when><xsl:when test="position() = last()">end</xsl:when><xsl:otherwise>middle</xsl:otherwise></xsl:choose></xsl:attribute>
        <xsl:value-of select="."/></text></xsl:for-each>
    </svg>
  </xsl:template>

  <xsl:template match="s:mark" mode="legend">
    <span class="key-line {@kind}"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/mark"/><xsl:with-param name="id" select="@kind"/></xsl:call-template><xsl:value-of select="concat(' ', .)"/></span>
  </xsl:template>
  <xsl:template match="s:mark" mode="line">
    <line class="mark {@kind}" x1="{@at}%" x2="{@at}%" y1="0" y2="100%"/>
  </xsl:template>

  <!-- one bar of the ranking from the zero line -->
  <xsl:template match="s:row" mode="bar">
    <svg class="bar" width="100%" height="18" aria-hidden="true">
      <xsl:if test="s:score/@at"><rect class="fill" x="0" y="4" width="{s:score/@at}%" height="10"><xsl:if test="@below"><xsl:attribute name="class">fill below</xsl:attribute></xsl:if></rect></xsl:if>
      <xsl:apply-templates select="../s:mark" mode="line"/>
      <line class="zero" x1="0" x2="0" y1="0" y2="100%"/>
    </svg>
  </xsl:template>
  <xsl:template match="s:tick" mode="grid"><line class="grid" x1="{@at}%" x2="{@at}%" y1="0" y2="100%"/></xsl:template>

  <!-- a bar for a quantity of its own on 0 to 100 -->
  <xsl:template match="*" mode="meter">
    <svg class="bar meter" width="100%" height="10" aria-hidden="true">
      <rect class="track" x="0" y="1" width="100%" height="8"/>
      <xsl:if test="@at"><rect class="fill" x="0" y="1" width="{@at}%" height="8"/></xsl:if>
    </svg>
  </xsl:template>

  <xsl:template match="s:unit-row" mode="dumbbell">
    <svg class="dumbbell" width="100%" height="20" aria-hidden="true">
      <xsl:apply-templates select="../s:scale/s:tick" mode="grid"/>
      <xsl:apply-templates select="../s:mark" mode="line"/>
      <xsl:if test="s:score/@at and s:last/@at"><line class="span" x1="{s:last/@at}%" x2="{s:score/@at}%" y1="10" y2="10"/></xsl:if>
      <xsl:if test="s:last/@at"><circle class="then" cx="{s:last/@at}%" cy="10" r="4"/></xsl:if>
      <xsl:if test="s:score/@at"><circle class="today" cx="{s:score/@at}%" cy="10" r="5"/></xsl:if>
    </svg>
  </xsl:template>

  <!-- months as a line; a month without value is a gap, the last month a dot -->
  <xsl:template match="s:trend" mode="line">
    <svg x="2%" width="96%" height="100%" viewBox="0 0 100 100" preserveAspectRatio="none" overflow="visible">
      <path class="line" fill="none" vector-effect="non-scaling-stroke" d="{@path}"/>
      <xsl:if test="@y"><path class="dot" d="M{@x} {@y}h.01" stroke-linecap="round" vector-effect="non-scaling-stroke"/></xsl:if>
    </svg>
  </xsl:template>
  <xsl:template match="s:trend" mode="sparkline">
    <svg class="spark" width="72" height="16" aria-hidden="true"><xsl:apply-templates select="." mode="line"/></svg>
  </xsl:template>
  <xsl:template match="s:trend" mode="name"><xsl:choose><xsl:when test="@kind = 'rank'"><xsl:value-of select="$m/rank"/></xsl:when><xsl:otherwise><xsl:value-of select="@label"/></xsl:otherwise></xsl:choose></xsl:template>
  <xsl:template match="s:trend" mode="course">
    <xsl:variable name="id" select="concat('course-', count(preceding-sibling::s:trend) + 1)"/>
    <xsl:variable name="name"><xsl:apply-templates select="." mode="name"/></xsl:variable>
    <svg class="course" width="100%" height="120" role="img" aria-labelledby="{$id}">
      <title id="{$id}"><xsl:value-of select="concat($name, $m/by-month)"/></title>
      <desc><xsl:for-each select="s:point"><xsl:value-of select="concat(@month-text, ' ', ., '; ')"/></xsl:for-each></desc>
      <line class="grid" x1="0" x2="100%" y1="0" y2="0"/><line class="grid" x1="0" x2="100%" y1="50%" y2="50%"/><line class="zero" x1="0" x2="100%" y1="100%" y2="100%"/>
      <text x="0" y="12"><xsl:value-of select="@high"/></text><text x="0" y="100%" dy="-4"><xsl:value-of select="@low"/></text>
      <xsl:apply-templates select="." mode="line"/>
    </svg>
  </xsl:template>
  <xsl:template match="s:trend">
    <section class="trend">
      <h2><xsl:value-of select="concat(@label, $m/by-month)"/></h2>
      <figure>
        <xsl:apply-templates select="." mode="course"/>
        <div class="table" role="group" tabindex="0" aria-label="{@label}{$m/by-month}"><table>
          <caption class="unseen"><xsl:value-of select="concat(@label, $m/by-month)"/></caption>
          <thead><tr><xsl:for-each select="s:point"><th scope="col"><xsl:value-of select="@month"/></th></xsl:for-each></tr></thead>
          <tbody><tr><xsl:for-each select="s:point"><td><xsl:call-template name="quantity"/></td></xsl:for-each></tr></tbody>
        </table></div>
      </figure>
    </section>
  </xsl:template>

  <!-- what was reached of a target, units on one scale: a bar on bands, the target a line across -->
  <xsl:template match="s:targets">
    <section class="targets">
      <h2><xsl:value-of select="@title"/></h2>
      <xsl:apply-templates select="s:finding"/>
      <div class="table" role="group" tabindex="0" aria-label="{@title}"><table>
        <caption><xsl:value-of select="concat(s:subtitle, $m/space)"/><span class="legend"><xsl:apply-templates select="s:mark" mode="legend"/></span></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/unit"/></th><th scope="col" class="plot"><xsl:apply-templates select="s:scale" mode="axis"/></th>
          <th scope="col" class="number"><xsl:value-of select="$m/reached"/></th><th scope="col" class="number"><xsl:value-of select="$m/actual-target"/></th></tr></thead>
        <tbody><xsl:for-each select="s:row"><tr class="unit-row">
          <xsl:if test="position() = 1"><xsl:attribute name="class">unit-row whole</xsl:attribute></xsl:if>
          <th scope="row"><xsl:value-of select="@label"/></th><td class="plot"><xsl:apply-templates select="." mode="bullet"/></td>
          <td class="number"><xsl:value-of select="s:percent"/></td><td class="number"><xsl:value-of select="s:amounts"/></td></tr></xsl:for-each></tbody>
      </table></div>
      <p class="subtitle"><xsl:value-of select="s:footnote"/></p>
    </section>
  </xsl:template>
  <xsl:template match="s:row" mode="bullet">
    <svg class="bullet" width="100%" height="20" aria-hidden="true">
      <xsl:for-each select="../s:band"><rect class="band" x="{@left}%" width="{@width}%" y="1" height="18"/></xsl:for-each>
      <xsl:if test="@at"><rect class="reached" x="0" y="6" width="{@at}%" height="8"/></xsl:if>
      <xsl:if test="@beyond"><text x="100%" y="14" text-anchor="end">▶</text></xsl:if>
      <xsl:apply-templates select="../s:mark" mode="line"/>
      <line class="zero" x1="0" x2="0" y1="0" y2="100%"/>
    </svg>
  </xsl:template>

  <!-- histogram with the middle half and the pass mark -->
  <xsl:template match="s:distribution">
    <section class="distribution">
      <h2><xsl:value-of select="$m/distribution"/></h2>
      <xsl:apply-templates select="s:finding"/>
      <figure>
        <svg class="histogram" width="100%" height="210" role="img" aria-labelledby="histogram-title">
          <title id="histogram-title"><xsl:value-of select="s:finding"/></title>
          <desc><xsl:for-each select="s:bin"><xsl:value-of select="concat(., ' ', @count)"/><xsl:if test="@whole"><xsl:value-of select="concat(' / ', @whole)"/></xsl:if>; </xsl:for-each></desc>
          <svg y="20" height="130" width="100%" overflow="visible">
            <svg viewBox="0 0 100 100" width="100%" height="100%" preserveAspectRatio="none"><g transform="matrix(1 0 0 -1 0 100)">
              <xsl:for-each select="s:bin"><rect class="fill" x="{@left}" width="{@width}" y="0" height="{@at}" vector-effect="non-scaling-stroke"/></xsl:for-each>
              <xsl:for-each select="s:bin[@whole > 0]"><rect class="whole" x="{@left}" width="{@width}" y="0" height="{@whole-at}" fill="none" vector-effect="non-scaling-stroke"/></xsl:for-each></g></svg>
            <xsl:for-each select="s:bin[@count > 0]"><text class="count" x="{@middle}%" y="{@top}%" dy="-5" text-anchor="middle"><xsl:value-of select="@count"/></text></xsl:for-each>
            <xsl:apply-templates select="s:mark[@kind = 'pass']" mode="line"/>
            <line class="zero" x1="0" x2="100%" y1="100%" y2="100%"/>
          </svg>
          <svg y="152" height="16" width="100%" overflow="visible">
            <xsl:for-each select="s:scale/s:tick"><text x="{@at}%" y="12"><xsl:attribute name="text-anchor"><xsl:choose><xsl:when test="position() = 1">start</xsl:when><xsl:when test="position() = last()">end</xsl:when><xsl:otherwise>middle</xsl:otherwise></xsl:choose></xsl:attribute><xsl:value-of select="."/></text></xsl:for-each>
          </svg>
          <svg y="178" height="30" width="100%" overflow="visible" class="box">
            <line class="whisker" x1="{s:mark[@kind = 'minimum']/@at}%" x2="{s:mark[@kind = 'maximum']/@at}%" y1="8" y2="8"/>
            <line class="half" x1="{s:mark[@kind = 'lower-quartile']/@at}%" x2="{s:mark[@kind = 'upper-quartile']/@at}%" y1="8" y2="8"/>
            <line class="middle" x1="{s:mark[@kind = 'median']/@at}%" x2="{s:mark[@kind = 'median']/@at}%" y1="0" y2="16"/>
            <text x="{s:mark[@kind = 'median']/@at}%" y="29" text-anchor="middle"><xsl:value-of select="concat($m/mark/median, ' ', s:mark[@kind = 'median'])"/></text>
          </svg>
        </svg>
        <figcaption><xsl:value-of select="concat($m/distribution-note, ' n = ', @count)"/><xsl:if test="@whole"><xsl:value-of select="concat($m/distribution-whole, ' n = ', @whole)"/></xsl:if><xsl:apply-templates select="s:mark[@kind = 'pass']" mode="legend"/></figcaption>
      </figure>
    </section>
  </xsl:template>
</xsl:stylesheet>
