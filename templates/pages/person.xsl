<?xml version="1.0" encoding="UTF-8"?>
<!-- A person, for managers: standing, score with its items, pay and how each figure came about. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:person">
    <xsl:apply-templates select="s:finding"/>
    <xsl:if test="@state = 'held'"><p class="state warning"><xsl:value-of select="concat($m/states/held, ' ', @hold-reason)"/></p></xsl:if>
    <dl class="keys">
      <div class="key pay"><dt><xsl:value-of select="$m/net"/></dt><dd class="now"><b><xsl:value-of select="s:pay/s:net/s:now"/></b><span class="unit"><xsl:value-of select="concat(' ', /s:model/s:company/@symbol)"/></span></dd>
        <xsl:if test="s:pay/s:change"><dd class="versus"><xsl:value-of select="concat($m/against-last-month, ' ', s:pay/s:change/s:total)"/></dd></xsl:if></div>
      <xsl:for-each select="s:scorecard[1]"><div class="key"><dt><xsl:value-of select="@label"/></dt><dd class="now"><b><xsl:value-of select="s:now"/></b></dd>
        <xsl:if test="s:last"><dd class="versus"><xsl:value-of select="concat($m/last-month, ' ', s:last)"/></dd></xsl:if>
        <dd class="trend"><xsl:apply-templates select="../s:trend[1]" mode="sparkline"/></dd></div></xsl:for-each>
      <xsl:for-each select="s:rank"><div class="key"><dt><xsl:value-of select="concat($m/rank, ' · ', @label)"/></dt>
        <dd class="now"><b><xsl:if test="@tied">=</xsl:if><xsl:value-of select="@value"/></b><span class="unit"><xsl:value-of select="concat(' / ', @of)"/></span></dd>
        <xsl:if test="@percentile"><dd class="versus"><xsl:value-of select="concat($m/ahead-of, ' ', @percentile, $m/percent-of-people)"/></dd></xsl:if>
        <xsl:if test="s:move"><dd class="versus"><xsl:value-of select="concat($m/against-last-month, ' ')"/><xsl:apply-templates select="s:move"/></dd></xsl:if></div></xsl:for-each>
    </dl>
    <dl class="identity">
      <div><dt><xsl:value-of select="$m/number"/></dt><dd><xsl:value-of select="@id"/></dd></div>
      <div><dt><xsl:value-of select="$m/unit"/></dt><dd><xsl:choose><xsl:when test="@unit-path"><xsl:value-of select="@unit-path"/></xsl:when><xsl:otherwise><xsl:value-of select="@unit"/></xsl:otherwise></xsl:choose></dd></div>
      <xsl:if test="@grade"><div><dt><xsl:value-of select="$m/grade"/></dt><dd><xsl:value-of select="@grade"/></dd></div></xsl:if>
      <xsl:if test="@hired"><div><dt><xsl:value-of select="$m/hired"/></dt><dd><xsl:value-of select="@hired-text"/></dd></div></xsl:if>
      <xsl:if test="@left"><div><dt><xsl:value-of select="$m/left"/></dt><dd><xsl:value-of select="@left-text"/></dd></div></xsl:if>
      <xsl:if test="@account-tail"><div><dt><xsl:value-of select="$m/account"/></dt><dd><xsl:value-of select="concat('**** ', @account-tail)"/></dd></div></xsl:if>
      <div><dt><xsl:value-of select="$m/pay-date"/></dt><dd><xsl:value-of select="/s:model/s:company/@pay-date-text"/></dd></div>
      <xsl:if test="@slip"><div><dt><xsl:value-of select="$m/slip"/></dt><dd><a class="pdf" href="{@slip}">PDF</a></dd></div></xsl:if>
    </dl>
    <xsl:if test="s:check or s:notice"><ul class="checks"><xsl:for-each select="s:check"><li class="{@level}"><b><xsl:value-of select="@name"/></b><xsl:value-of select="concat(' ', .)"/></li></xsl:for-each>
      <xsl:for-each select="s:notice"><li class="{@level}"><b><xsl:value-of select="@code"/></b><xsl:value-of select="concat(' ', .)"/><small><xsl:value-of select="concat(' ', @file, ':', @line)"/></small></li></xsl:for-each></ul></xsl:if>
    <xsl:apply-templates select="s:scorecard"/>
    <xsl:if test="s:trend/s:point"><xsl:call-template name="courses"/></xsl:if>
    <xsl:apply-templates select="s:pay"/>
    <xsl:apply-templates select="s:statement"/>
    <xsl:if test="s:correction"><xsl:call-template name="corrections"/></xsl:if>
    <xsl:apply-templates select="s:movement"/>
    <xsl:apply-templates select="s:facts"/>
  </xsl:template>

  <!-- score and rank month by month, the numbers of both below -->
  <xsl:template name="courses">
    <section class="trend">
      <h2><xsl:value-of select="$m/by-month-heading"/></h2>
      <div class="desk"><xsl:for-each select="s:trend"><figure><figcaption><xsl:apply-templates select="." mode="name"/></figcaption><xsl:apply-templates select="." mode="course"/></figure></xsl:for-each></div>
      <div class="table" role="group" tabindex="0" aria-label="{$m/by-month-heading}"><table>
        <caption class="unseen"><xsl:value-of select="$m/by-month-heading"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/month"/></th><xsl:for-each select="s:trend[1]/s:point"><th scope="col" class="number"><xsl:value-of select="@month"/></th></xsl:for-each></tr></thead>
        <tbody><xsl:for-each select="s:trend"><xsl:variable name="line" select="."/><tr><th scope="row"><xsl:apply-templates select="." mode="name"/></th>
          <xsl:for-each select="../s:trend[1]/s:point"><xsl:variable name="month" select="@month"/><td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="$line/s:point[@month = $month]"/></xsl:call-template></td></xsl:for-each></tr></xsl:for-each></tbody>
      </table></div>
    </section>
  </xsl:template>

  <xsl:template match="s:scorecard">
    <section class="scorecard">
      <h2><xsl:value-of select="@label"/><xsl:apply-templates select="@article"/></h2>
      <xsl:if test="s:basis"><p class="formula"><xsl:value-of select="concat(s:basis, ' = ', s:now)"/><xsl:if test="s:rounding"><span class="note"><xsl:value-of select="s:rounding"/></span></xsl:if></p></xsl:if>
      <xsl:if test="s:reason"><p class="note"><xsl:value-of select="s:reason"/></p></xsl:if>
      <div class="table" role="group" tabindex="0" aria-label="{@label}">
        <table>
          <caption><xsl:value-of select="$m/scorecard-caption"/></caption>
          <thead><tr><th scope="col"><xsl:value-of select="$m/item"/></th>
            <xsl:if test="s:item/s:actual"><th scope="col" class="number"><xsl:value-of select="$m/target"/></th><th scope="col" class="number"><xsl:value-of select="$m/actual"/></th><th scope="col" class="number"><xsl:value-of select="$m/attainment"/></th></xsl:if>
            <th scope="col" class="number"><xsl:value-of select="$m/item-score"/></th><th scope="col" class="plot"><span class="unseen"><xsl:value-of select="$m/as-bar"/></span></th><th scope="col" class="number"><xsl:value-of select="$m/weight"/></th>
            <th scope="col" class="number"><xsl:value-of select="$m/points"/></th><th scope="col"><xsl:value-of select="$m/computed-as"/></th></tr></thead>
          <tbody><xsl:apply-templates select="s:item"><xsl:with-param name="targets" select="boolean(s:item/s:actual)"/></xsl:apply-templates></tbody>
          <tfoot><tr><th scope="row"><xsl:value-of select="@label"/></th><xsl:if test="s:item/s:actual"><td></td><td></td><td></td></xsl:if><td></td><td></td><td></td><td class="number"><b><xsl:value-of select="s:now"/></b></td><td></td></tr></tfoot>
        </table>
      </div>
    </section>
  </xsl:template>
  <xsl:template match="s:item">
    <xsl:param name="targets"/>
    <tr class="{@kind}">
      <th scope="row"><xsl:value-of select="@name"/></th>
      <xsl:if test="$targets">
        <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:target"/></xsl:call-template></td>
        <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:actual"/></xsl:call-template></td>
        <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:attainment"/></xsl:call-template></td>
      </xsl:if>
      <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:value"/></xsl:call-template></td>
      <td class="plot"><xsl:if test="@kind = 'kpi'"><xsl:apply-templates select="s:value" mode="meter"/></xsl:if></td>
      <td class="number"><xsl:value-of select="@weight-text"/></td>
      <td class="number"><xsl:call-template name="quantity"><xsl:with-param name="of" select="s:points"/></xsl:call-template></td>
      <td class="formula"><xsl:call-template name="how"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="@article"><span class="article"><xsl:value-of select="concat(' ', $m/article-before, ., $m/article-after)"/></span></xsl:template>
</xsl:stylesheet>
