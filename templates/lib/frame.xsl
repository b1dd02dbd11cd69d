<?xml version="1.0" encoding="UTF-8"?>
<!-- What every page has around it: head, masthead, months, breadcrumbs, footer. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template name="frame">
    <xsl:param name="page"/>
    <xsl:param name="body"/>
    <xsl:variable name="audience"><xsl:choose><xsl:when test="$managers"><xsl:value-of select="$m/managers-only"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/staff-edition"/></xsl:otherwise></xsl:choose></xsl:variable>
    <html lang="{$language}">
      <xsl:if test="$page/@month"><xsl:attribute name="data-sheet"><xsl:value-of select="concat(/s:model/s:company/@short, ' · ', $page/@period, ' · ', $audience)"/></xsl:attribute></xsl:if>
      <head>
        <title><xsl:value-of select="$page/@title"/></title>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="robots" content="noindex, nofollow"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="stylesheet" href="{$page/@root}assets/site.css"/>
        <link rel="icon" href="{$page/@root}assets/icon.svg" type="image/svg+xml"/>
        <script src="{$page/@root}assets/site.js" defer="defer"></script>
      </head>
      <body class="{$page/@kind} {/s:model/@audience}">
        <a class="skip" href="#content"><xsl:value-of select="$m/skip"/></a>
        <xsl:apply-templates select="$page" mode="masthead"/>
        <main id="content" tabindex="-1">
          <xsl:apply-templates select="$page" mode="headline"/>
          <xsl:apply-templates select="$body"/>
          <xsl:call-template name="figures"><xsl:with-param name="page" select="$page"/></xsl:call-template>
          <xsl:apply-templates select="$page/s:sheets"/>
        </main>
        <xsl:apply-templates select="/s:model/s:provenance" mode="footer"><xsl:with-param name="page" select="$page"/></xsl:apply-templates>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="s:page" mode="masthead">
    <header class="masthead">
      <div class="brand">
        <span class="name"><xsl:value-of select="/s:model/s:company/@short"/></span>
        <span class="product"><xsl:value-of select="$m/product"/></span>
        <xsl:if test="$managers"><span class="audience"><xsl:value-of select="$m/managers-only"/></span></xsl:if>
        <xsl:if test="@month"><span class="sheet-head"><xsl:value-of select="concat(@period, ' · ')"/>
          <xsl:choose><xsl:when test="$managers"><xsl:value-of select="$m/managers-only"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/staff-edition"/></xsl:otherwise></xsl:choose></span></xsl:if>
      </div>
      <xsl:if test="@month">
        <nav class="months" aria-label="{$m/months-navigation}">
          <xsl:apply-templates select="s:previous" mode="turn"/>
          <strong><xsl:value-of select="@month-text"/></strong>
          <xsl:apply-templates select="s:next" mode="turn"/>
          <xsl:if test="s:all-months"><a href="{s:all-months/@href}"><xsl:value-of select="$m/all-months"/></a></xsl:if>
        </nav>
      </xsl:if>
      <xsl:if test="s:menu">
        <nav class="menu" aria-label="{$m/pages-navigation}"><ul>
          <xsl:for-each select="s:menu"><li><a href="{@href}">
            <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
            <xsl:call-template name="word"><xsl:with-param name="of" select="$m/menu"/><xsl:with-param name="id" select="@kind"/></xsl:call-template></a></li></xsl:for-each>
        </ul></nav>
      </xsl:if>
    </header>
  </xsl:template>

  <xsl:template match="s:previous" mode="turn"><a rel="prev" href="{@href}"><span aria-hidden="true">◀ </span><xsl:value-of select="."/></a></xsl:template>
  <xsl:template match="s:next" mode="turn"><a rel="next" href="{@href}"><xsl:value-of select="."/><span aria-hidden="true"> ▶</span></a></xsl:template>

  <xsl:template match="s:page" mode="headline">
    <xsl:if test="s:crumb">
      <nav class="crumbs" aria-label="{$m/breadcrumbs}"><ol>
        <xsl:for-each select="s:crumb"><li>
          <xsl:choose>
            <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
            <xsl:otherwise><span aria-current="page"><xsl:value-of select="."/></span></xsl:otherwise>
          </xsl:choose></li></xsl:for-each>
      </ol></nav>
    </xsl:if>
    <div class="headline">
      <xsl:if test="@kicker"><p class="kicker"><xsl:value-of select="@kicker"/></p></xsl:if>
      <h1><xsl:value-of select="@heading"/></h1>
      <xsl:if test="s:related">
        <p class="related"><xsl:for-each select="s:related"><a class="{@kind}" href="{@href}"><xsl:value-of select="."/></a></xsl:for-each></p>
      </xsl:if>
    </div>
  </xsl:template>

  <xsl:template match="s:sheets">
    <nav class="sheets" aria-label="{$m/sheets-navigation}"><ol>
      <xsl:for-each select="s:sheet"><li><a href="{@href}">
        <xsl:if test="@current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
        <b><xsl:value-of select="@number"/></b><xsl:value-of select="concat(' ', .)"/></a></li></xsl:for-each>
    </ol></nav>
  </xsl:template>

  <xsl:template match="s:provenance" mode="footer">
    <xsl:param name="page"/>
    <footer class="provenance">
      <h2><xsl:value-of select="$m/provenance"/></h2>
      <dl>
        <xsl:if test="$page/@month"><div><dt><xsl:value-of select="$m/period"/></dt><dd><xsl:value-of select="$page/@period"/></dd></div></xsl:if>
        <xsl:if test="s:version"><div><dt><xsl:value-of select="$m/policies-in-force"/></dt>
          <xsl:for-each select="s:version"><dd><xsl:value-of select="concat(., ' ', @version)"/></dd></xsl:for-each></div></xsl:if>
        <xsl:if test="s:source"><div class="sources"><dt><xsl:value-of select="$m/sources"/></dt>
          <xsl:for-each select="s:source"><dd><xsl:value-of select="concat(., ' ')"/><code><xsl:value-of select="substring(@sha256, 1, 12)"/></code></dd></xsl:for-each></div></xsl:if>
        <div><dt><xsl:value-of select="$m/made-by"/></dt><dd><xsl:value-of select="@tool"/></dd></div>
      </dl>
      <xsl:if test="@how"><p><a href="{$page/@root}{@how}"><xsl:value-of select="$m/how-computed"/></a></p></xsl:if>
      <xsl:if test="@accessibility"><p><a href="{$page/@root}{@accessibility}"><xsl:value-of select="$m/menu/accessibility"/></a></p></xsl:if>
    </footer>
  </xsl:template>
</xsl:stylesheet>
