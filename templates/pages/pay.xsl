<?xml version="1.0" encoding="UTF-8"?>
<!-- Pay: a person's build-up with formula and values, and a unit's or the company's payroll. Managers only. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" xmlns:svg="http://www.w3.org/2000/svg" exclude-result-prefixes="s svg">
  <xsl:template match="s:pay">
    <section class="pay">
      <h2><xsl:value-of select="$m/pay-build-up"/></h2>
      <p class="capitals"><xsl:value-of select="concat($m/net, ' ')"/><b><xsl:value-of select="s:net/s:now"/></b><xsl:value-of select="concat($m/space, s:net/s:capitals)"/></p>
      <xsl:apply-templates select="s:waterfall"/>
      <xsl:if test="s:change/s:cause">
        <p class="change"><xsl:value-of select="concat($m/against-last-month, ' ')"/><b><xsl:value-of select="s:change/s:total"/></b><xsl:value-of select="$m/causes"/>
          <xsl:for-each select="s:change/s:cause"><span class="cause"><xsl:value-of select="concat(@name, ' ', .)"/></span></xsl:for-each></p>
      </xsl:if>
      <xsl:apply-templates select="s:section[s:figure]"/>
    </section>
  </xsl:template>

  <!-- drawn by the program and put into the document for this page; its numbers stand in the tables below -->
  <xsl:template match="s:waterfall">
    <figure class="waterfall">
      <figcaption><xsl:value-of select="s:finding"/></figcaption>
      <div class="drawing" role="group" tabindex="0" aria-label="{$m/waterfall}"><xsl:apply-templates select="svg:svg" mode="inline"/></div>
    </figure>
  </xsl:template>

  <xsl:template match="s:pay/s:section">
    <xsl:variable name="caption"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/section"/><xsl:with-param name="id" select="@kind"/></xsl:call-template></xsl:variable>
    <div class="table" role="group" tabindex="0" aria-label="{$caption}"><table class="figures">
      <caption><xsl:value-of select="$caption"/></caption>
      <thead><tr><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/last-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/year-to-date"/></th></tr></thead>
      <tbody><xsl:apply-templates select="s:figure" mode="line"/></tbody>
      <xsl:if test="@kind != 'net'"><tfoot><tr><th scope="row"><xsl:choose><xsl:when test="s:total/@name"><xsl:value-of select="s:total/@name"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/total"/></xsl:otherwise></xsl:choose></th><td></td>
        <xsl:apply-templates select="s:total" mode="amounts"/></tr></tfoot></xsl:if>
    </table></div>
  </xsl:template>
  <!-- the most frequent row of all, so written for speed: no calls -->
  <xsl:template match="s:figure" mode="line">
    <tr>
      <xsl:if test="s:now/@value = '0.00'"><xsl:attribute name="class">nothing</xsl:attribute></xsl:if>
      <th scope="row"><xsl:choose><xsl:when test="@article-href"><a href="{@article-href}"><xsl:value-of select="@label"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@label"/></xsl:otherwise></xsl:choose><xsl:if test="@article"><span class="article"><xsl:value-of select="concat(' ', $article-before, @article, $article-after)"/></span></xsl:if></th>
      <td class="formula"><xsl:value-of select="s:formula"/><xsl:if test="s:basis"><span class="basis"><xsl:value-of select="concat('= ', s:basis)"/></span></xsl:if>
        <xsl:if test="s:rounding"><span class="note"><xsl:value-of select="s:rounding"/></span></xsl:if><xsl:if test="s:reason"><span class="note"><xsl:value-of select="s:reason"/></span></xsl:if></td>
      <td class="number"><b><xsl:value-of select="s:now"/></b></td>
      <td class="number"><xsl:value-of select="s:last"/></td>
      <td class="number"><xsl:value-of select="s:year"/></td>
    </tr>
  </xsl:template>
  <xsl:template match="*" mode="amounts">
    <td class="number"><b><xsl:value-of select="s:now"/></b></td>
    <td class="number"><xsl:value-of select="s:last"/></td>
    <td class="number"><xsl:value-of select="s:year"/></td>
  </xsl:template>

  <xsl:template match="s:payroll">
    <section class="payroll">
      <h2><xsl:value-of select="$m/payroll"/></h2>
      <p class="subtitle"><xsl:value-of select="concat($m/states/paid, ' ', @paid, $m/comma, $m/states/held, ' ', @held, $m/comma, $m/states/excluded, ' ', @excluded)"/></p>
      <div class="table" role="group" tabindex="0" aria-label="{$m/payroll}"><table>
        <caption><xsl:value-of select="concat($m/payroll-caption, ' ', /s:model/s:company/@currency)"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/headcount"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/last-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/year-to-date"/></th></tr></thead>
        <xsl:for-each select="s:section[s:figure]"><tbody>
          <xsl:for-each select="s:figure"><tr><th scope="row"><xsl:value-of select="@label"/></th><td class="number"><xsl:value-of select="@people"/></td><xsl:apply-templates select="." mode="amounts"/></tr></xsl:for-each>
          <tr class="total"><th scope="row"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/totals"/><xsl:with-param name="id" select="@kind"/></xsl:call-template></th><td></td><xsl:apply-templates select="s:total" mode="amounts"/></tr>
        </tbody></xsl:for-each>
      </table></div>
    </section>
  </xsl:template>

  <xsl:template match="s:statement">
    <section class="statement">
      <h2><xsl:value-of select="@label"/><xsl:apply-templates select="@article"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{@label}"><table>
        <caption><xsl:value-of select="concat($m/statement-caption, ' ', @file)"/></caption>
        <thead><tr><xsl:for-each select="s:column"><th scope="col" class="{@kind}"><xsl:value-of select="."/></th></xsl:for-each><th scope="col" class="number"><xsl:value-of select="$m/file-line"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th><th scope="col" class="number"><xsl:value-of select="../s:statement/@label"/></th></tr></thead>
        <tbody><xsl:for-each select="s:entry"><tr><xsl:for-each select="s:cell"><td class="{@kind}"><xsl:value-of select="."/></td></xsl:for-each><td class="number"><xsl:value-of select="@line"/></td><td class="formula"><span class="basis"><xsl:value-of select="s:basis"/></span></td><td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:amount"/></xsl:call-template></td></tr></xsl:for-each></tbody>
        <tfoot><tr><th scope="row"><xsl:value-of select="$m/total"/></th><xsl:for-each select="s:column"><td></td></xsl:for-each><td></td><td class="number"><b><xsl:value-of select="s:sum"/></b></td></tr></tfoot>
      </table></div>
    </section>
  </xsl:template>

  <xsl:template name="corrections">
    <section class="corrections">
      <h2><xsl:value-of select="$m/corrections"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/corrections}"><table>
        <caption><xsl:value-of select="$m/corrections-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/month"/></th><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/due"/></th><th scope="col" class="number"><xsl:value-of select="$m/paid"/></th><th scope="col" class="number"><xsl:value-of select="$m/difference"/></th><th scope="col"><xsl:value-of select="$m/reason"/></th></tr></thead>
        <tbody><xsl:for-each select="s:correction"><tr><th scope="row"><xsl:value-of select="@month-text"/></th><td><xsl:value-of select="@name"/></td><td class="number"><xsl:value-of select="s:due"/></td><td class="number"><xsl:value-of select="s:paid"/></td><td class="number"><b><xsl:value-of select="s:difference"/></b></td><td class="wide"><xsl:value-of select="s:reason"/></td></tr></xsl:for-each></tbody>
      </table></div>
    </section>
  </xsl:template>

  <xsl:template match="s:facts">
    <xsl:if test="s:figure">
      <section class="facts">
        <h2><xsl:value-of select="$m/facts"/></h2>
        <div class="table" role="group" tabindex="0" aria-label="{$m/facts}"><table class="figures">
          <caption><xsl:value-of select="$m/facts-caption"/></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/last-month"/></th><th scope="col" class="number"><xsl:value-of select="$m/year-to-date"/></th></tr></thead>
          <tbody><xsl:apply-templates select="s:figure" mode="line"/></tbody>
        </table></div>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
