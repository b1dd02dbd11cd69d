<?xml version="1.0" encoding="UTF-8"?>
<!-- Pieces that several pages share: people, changes, key figures, lists of units, absences. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:finding"><p class="finding"><xsl:value-of select="."/></p></xsl:template>

  <!-- a person in a list: the name leads to their page where there is one, the number stands by it -->
  <xsl:template match="s:who">
    <span class="who">
      <xsl:choose>
        <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text><span class="id"><xsl:value-of select="@id"/></span>
    </span>
  </xsl:template>

  <!-- up and down by arrow, number and a word for those who hear the page; no red or green -->
  <xsl:template match="s:move">
    <span class="move {@direction}">
      <xsl:choose>
        <xsl:when test="@direction = 'up'"><span class="unseen"><xsl:value-of select="$m/move/up"/></span><span aria-hidden="true">▲</span><xsl:value-of select="."/></xsl:when>
        <xsl:when test="@direction = 'down'"><span class="unseen"><xsl:value-of select="$m/move/down"/></span><span aria-hidden="true">▼</span><xsl:value-of select="."/></xsl:when>
        <xsl:when test="@direction = 'same'"><span class="unseen"><xsl:value-of select="$m/move/same"/></span><span aria-hidden="true">＝</span></xsl:when>
        <xsl:otherwise><span class="unseen"><xsl:value-of select="$m/move/new"/></span><span aria-hidden="true"><xsl:value-of select="."/></span></xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:template>

  <xsl:template name="keys">
    <xsl:if test="s:key"><dl class="keys"><xsl:apply-templates select="s:key"/></dl></xsl:if>
  </xsl:template>
  <xsl:template match="s:key">
    <div class="key {@id}">
      <dt><xsl:value-of select="@label"/></dt>
      <dd class="now"><b><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:now"/></xsl:call-template></b>
        <xsl:if test="@unit"><span class="unit"><xsl:value-of select="concat(' ', @unit)"/></span></xsl:if></dd>
      <xsl:apply-templates select="s:versus"/>
      <xsl:if test="s:trend"><dd class="trend"><xsl:apply-templates select="s:trend" mode="sparkline"/></dd></xsl:if>
    </div>
  </xsl:template>
  <xsl:template match="s:versus">
    <dd class="versus"><xsl:value-of select="concat(@label, ' ')"/><span class="{@direction}"><xsl:value-of select="."/></span></dd>
  </xsl:template>

  <!-- how a figure came about: formula, formula with values, what was rounded, why it is nothing -->
  <xsl:template name="how"><xsl:value-of select="s:formula"/>
    <xsl:if test="s:basis"><span class="basis"><xsl:value-of select="concat('= ', s:basis)"/></span></xsl:if>
    <xsl:if test="s:rounding"><span class="note"><xsl:value-of select="s:rounding"/></span></xsl:if>
    <xsl:if test="s:reason"><span class="note"><xsl:value-of select="s:reason"/></span></xsl:if></xsl:template>

  <!-- the units as a dumbbell plot: an open circle last month, a full one now, on one scale -->
  <xsl:template match="s:units">
    <section class="units">
      <h2><xsl:value-of select="$m/units"/></h2>
      <xsl:apply-templates select="s:finding"/>
      <div class="table" role="group" tabindex="0" aria-label="{$m/units}">
        <table>
          <caption><xsl:value-of select="@label"/><xsl:value-of select="$m/space"/>
            <span class="legend"><span><span class="then">○</span><xsl:value-of select="concat(' ', $m/last-month-same)"/></span><span><span class="today">●</span><xsl:value-of select="concat(' ', $m/this-month)"/></span>
            <xsl:apply-templates select="s:mark" mode="legend"/></span></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$m/unit"/></th><th scope="col" class="number"><xsl:value-of select="$m/headcount"/></th>
            <th scope="col" class="plot"><xsl:apply-templates select="s:scale" mode="axis"/></th>
            <th scope="col" class="number"><xsl:value-of select="$m/mean"/></th><th scope="col" class="number"><xsl:value-of select="$m/change"/></th>
            <xsl:if test="s:unit-row/s:cost"><th scope="col" class="number"><xsl:value-of select="$m/payroll-cost"/></th></xsl:if></tr></thead>
          <tbody><xsl:apply-templates select="s:unit-row"/></tbody>
        </table>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="s:unit-row">
    <tr class="unit-row level-{@level}">
      <xsl:if test="@current"><xsl:attribute name="class">unit-row current level-<xsl:value-of select="@level"/></xsl:attribute></xsl:if>
      <th scope="row"><xsl:choose><xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@name"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise></xsl:choose></th>
      <td class="number"><xsl:value-of select="@people"/></td>
      <td class="plot"><xsl:apply-templates select="." mode="dumbbell"/></td>
      <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:score"/></xsl:call-template></td>
      <td class="number"><xsl:apply-templates select="s:move"/></td>
      <xsl:if test="../s:unit-row/s:cost"><td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:cost"/></xsl:call-template></td></xsl:if>
    </tr>
  </xsl:template>

  <xsl:template match="s:absences">
    <xsl:if test="s:absent">
      <section class="absences">
        <h2><xsl:value-of select="$m/absences"/></h2>
        <div class="table" role="group" tabindex="0" aria-label="{$m/absences}">
          <table>
            <caption><xsl:value-of select="$m/absences-caption"/></caption>
            <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/unit"/></th><th scope="col"><xsl:value-of select="$m/state"/></th><th scope="col"><xsl:value-of select="$m/reason"/></th></tr></thead>
            <tbody><xsl:for-each select="s:absent">
              <tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="s:who/@unit"/></td>
                <td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/states"/><xsl:with-param name="id" select="@state"/></xsl:call-template></td><td class="wide"><xsl:value-of select="s:reason"/></td></tr>
            </xsl:for-each></tbody>
          </table>
        </div>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
