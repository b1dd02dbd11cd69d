<?xml version="1.0" encoding="UTF-8"?>
<!-- What to do next; what is wrong, where, and how to mend it; what was read and whether the totals close. The first page a clerk opens. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:s="urn:salespay:model:1" exclude-result-prefixes="s">
  <xsl:template match="s:quality">
    <div class="decision-card {@status}">
      <p class="verdict-line"><span class="sign" aria-hidden="true"><xsl:choose><xsl:when test="@status = 'bad'">✗</xsl:when><xsl:when test="@status = 'warning'">!</xsl:when><xsl:otherwise>✓</xsl:otherwise></xsl:choose></span><xsl:value-of select="s:finding"/></p>
      <xsl:if test="s:next-step"><p class="next-step"><xsl:value-of select="s:next-step"/><code class="command"><xsl:value-of select="s:next-step/@command"/></code></p></xsl:if>
      <xsl:if test="s:effect"><ul class="effects"><xsl:for-each select="s:effect"><li><xsl:value-of select="."/></li></xsl:for-each></ul></xsl:if>
      <dl class="tally">
        <div class="error"><dt><xsl:value-of select="$m/level/error"/></dt><dd><xsl:value-of select="@errors"/></dd></div>
        <div class="warning"><dt><xsl:value-of select="$m/level/warning"/></dt><dd><xsl:value-of select="@warnings"/></dd></div>
        <div class="note"><dt><xsl:value-of select="$m/level/note"/></dt><dd><xsl:value-of select="@notes"/></dd></div>
      </dl>
    </div>
    <xsl:if test="s:to-mend/s:mending[@level != 'note']">
      <xsl:call-template name="to-do"/>
      <section class="examples"><h2><xsl:value-of select="$m/examples"/></h2><xsl:apply-templates select="s:to-mend[s:mending/@level != 'note']" mode="serious"/></section>
    </xsl:if>
    <xsl:if test="s:problem and not(count(s:problem) = count(s:to-mend/s:mending))"><xsl:call-template name="codes"/></xsl:if>
    <xsl:if test="s:unread"><xsl:call-template name="unread"/></xsl:if>
    <xsl:if test="s:stranger"><xsl:call-template name="strangers"/></xsl:if>
    <xsl:apply-templates select="s:outliers"/>
    <xsl:if test="s:speaking-check"><xsl:call-template name="speaking-checks"/></xsl:if>
    <xsl:apply-templates select="s:absences"/>
    <xsl:if test="s:control"><section class="controls"><h2><xsl:value-of select="$m/controls"/></h2><p class="finding"><xsl:choose><xsl:when test="s:control[@name = 'slips']"><xsl:value-of select="$m/controls-finding"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/controls-foreseen"/></xsl:otherwise></xsl:choose></p><xsl:apply-templates select="s:control"/></section></xsl:if>
    <xsl:if test="s:file"><section class="files"><h2><xsl:value-of select="$m/files"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/files}"><table>
        <caption><xsl:value-of select="$m/files-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/file"/></th><th scope="col"><xsl:value-of select="$m/encoding"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-read"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-used"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-ignored"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows-rejected"/></th><th scope="col"><xsl:value-of select="$m/dates"/></th><th scope="col">SHA-256</th></tr></thead>
        <tbody><xsl:apply-templates select="s:file"/></tbody>
      </table></div></section></xsl:if>
    <xsl:if test="s:to-mend/s:mending[@level = 'note']"><section class="notes"><h2><xsl:value-of select="$m/level/note"/></h2><xsl:apply-templates select="s:to-mend[s:mending/@level = 'note']" mode="notes"/></section></xsl:if>
  </xsl:template>

  <!-- what the clerk has to do, file by file: boxes to tick on paper, links to the first examples on the screen -->
  <xsl:template name="to-do">
    <section class="to-do"><h2><xsl:value-of select="$m/to-do"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/to-do}"><table>
        <caption><xsl:value-of select="$m/to-do-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/problem"/></th><th scope="col" class="number"><xsl:value-of select="$m/places"/></th><th scope="col"><xsl:value-of select="$m/level-head"/></th></tr></thead>
        <xsl:for-each select="s:to-mend[s:mending/@level != 'note']"><tbody class="{@level}">
          <tr class="file-head"><th scope="rowgroup" colspan="3"><xsl:call-template name="place-name"/></th></tr>
          <xsl:for-each select="s:mending[@level != 'note']"><tr>
            <th scope="row"><span class="box" aria-hidden="true">☐</span><a href="#{@id}"><xsl:value-of select="@title"/></a><code><xsl:value-of select="@code"/></code></th>
            <td class="number"><xsl:value-of select="@count"/></td>
            <td class="level-word {@level}"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level-of-one"/><xsl:with-param name="id" select="@level"/></xsl:call-template></td></tr></xsl:for-each>
        </tbody></xsl:for-each>
      </table></div></section>
  </xsl:template>
  <xsl:template name="place-name">
    <xsl:choose><xsl:when test="@file"><xsl:value-of select="@file"/></xsl:when><xsl:otherwise><xsl:value-of select="$m/no-file"/></xsl:otherwise></xsl:choose>
  </xsl:template>

  <xsl:template match="s:to-mend" mode="serious">
    <h3 class="file-name"><xsl:call-template name="place-name"/></h3>
    <xsl:apply-templates select="s:mending[@level != 'note']"/>
  </xsl:template>
  <!-- nothing to do about these: they stand last -->
  <xsl:template match="s:to-mend" mode="notes">
    <h3 class="file-name"><xsl:call-template name="place-name"/></h3>
    <xsl:apply-templates select="s:mending[@level = 'note']"/>
  </xsl:template>
  <xsl:template match="s:mending">
    <div class="problem {@level}" id="{@id}" tabindex="-1">
      <h4><span class="level"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level-of-one"/><xsl:with-param name="id" select="@level"/></xsl:call-template></span><xsl:value-of select="@title"/><code><xsl:value-of select="@code"/></code></h4>
      <xsl:if test="@shown &lt; @count"><p class="shown"><xsl:value-of select="concat($m/first-before, @shown, $m/first-between, @count, $m/first-after)"/></p></xsl:if>
      <xsl:if test="s:instance"><ol><xsl:apply-templates select="s:instance"/></ol></xsl:if>
      <p class="explain"><xsl:value-of select="$m/explain-before"/><code><xsl:value-of select="concat('salespay explain ', @code)"/></code></p>
    </div>
  </xsl:template>
  <xsl:template match="s:instance">
    <li>
      <p class="says"><xsl:if test="@line"><code class="place"><xsl:value-of select="concat(@file, ':', @line)"/><xsl:if test="@column"><xsl:value-of select="concat(':', @column)"/></xsl:if></code><xsl:text> </xsl:text></xsl:if><xsl:if test="s:text != ../@title"><xsl:value-of select="s:text"/></xsl:if></p>
      <xsl:if test="s:source-line"><code class="source-line"><xsl:value-of select="s:source-line/s:before"/><xsl:if test="s:source-line/s:mark"><mark><xsl:value-of select="s:source-line/s:mark"/></mark></xsl:if><xsl:value-of select="s:source-line/s:behind"/></code></xsl:if>
      <!-- the same advice under each of ten examples would hide what differs -->
      <xsl:variable name="above" select="preceding-sibling::s:instance[1]/s:mend"/>
      <xsl:for-each select="s:mend"><xsl:if test="not(. = $above)"><p class="mend"><xsl:value-of select="concat('→ ', .)"/></p></xsl:if></xsl:for-each>
    </li>
  </xsl:template>

  <xsl:template name="codes">
    <section class="codes"><h2><xsl:value-of select="$m/problems"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/problems}"><table>
        <caption><xsl:value-of select="$m/problems-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/problem"/></th><th scope="col"><xsl:value-of select="$m/code"/></th><th scope="col" class="number"><xsl:value-of select="$m/places"/></th><th scope="col"><xsl:value-of select="$m/level-head"/></th></tr></thead>
        <tbody><xsl:for-each select="s:problem"><tr id="{@code}">
          <th scope="row"><xsl:choose><xsl:when test="@href"><a href="{@href}"><xsl:value-of select="@title"/></a></xsl:when><xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise></xsl:choose></th>
          <td><code><xsl:value-of select="@code"/></code></td><td class="number"><xsl:value-of select="@count"/></td>
          <td class="level-word {@level}"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level-of-one"/><xsl:with-param name="id" select="@level"/></xsl:call-template></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>

  <xsl:template name="strangers">
    <section class="strangers"><h2><xsl:value-of select="$m/strangers"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/strangers}"><table>
        <caption><xsl:value-of select="$m/strangers-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/id"/></th><th scope="col"><xsl:value-of select="$m/table-name"/></th><th scope="col" class="number"><xsl:value-of select="$m/rows"/></th><th scope="col"><xsl:value-of select="$m/first-place"/></th><th scope="col"><xsl:value-of select="$m/nearest"/></th></tr></thead>
        <tbody><xsl:for-each select="s:stranger"><tr><th scope="row"><xsl:value-of select="@id"/></th><td><xsl:value-of select="@table"/></td><td class="number"><xsl:value-of select="@count"/></td><td><code class="place"><xsl:value-of select="concat(@file, ':', @line)"/></code></td><td><xsl:choose><xsl:when test="@nearest"><xsl:value-of select="@nearest"/></xsl:when><xsl:otherwise><span class="none">–</span></xsl:otherwise></xsl:choose></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>

  <xsl:template match="s:file">
    <tr>
      <th scope="row"><xsl:value-of select="@name"/><xsl:if test="@table"><small><xsl:value-of select="@table"/></small></xsl:if>
        <xsl:if test="s:unknown-column"><small class="unknown"><xsl:value-of select="$m/unknown-columns"/><xsl:for-each select="s:unknown-column"><xsl:if test="position() &gt; 1"><xsl:value-of select="$m/list-separator"/></xsl:if><xsl:value-of select="."/></xsl:for-each></small></xsl:if></th>
      <td class="form"><xsl:value-of select="concat(@encoding, ' · ')"/><xsl:call-template name="word"><xsl:with-param name="of" select="$m/delimiter"/><xsl:with-param name="id" select="@delimiter"/></xsl:call-template>
        <xsl:if test="@header != '0'"><small><xsl:value-of select="concat($m/header-before, @header, $m/header-after)"/></small></xsl:if></td>
      <td class="number"><xsl:value-of select="@rows"/></td><td class="number"><xsl:value-of select="@used"/></td>
      <td class="number"><xsl:value-of select="@ignored"/><xsl:for-each select="s:because"><small><xsl:value-of select="concat(., ' ', @count)"/></small></xsl:for-each></td>
      <td class="number"><xsl:if test="@rejected != '0'"><xsl:attribute name="class">number rejected</xsl:attribute></xsl:if><xsl:value-of select="@rejected"/></td>
      <td class="dates"><xsl:if test="@first"><xsl:value-of select="concat(@first, ' – ', @last)"/></xsl:if></td>
      <td><code><xsl:value-of select="substring(@sha256, 1, 12)"/></code></td>
    </tr>
  </xsl:template>

  <xsl:template match="s:control">
    <div class="control holds-{@holds}">
      <h3><xsl:value-of select="@label"/><span class="verdict"><span aria-hidden="true"><xsl:choose><xsl:when test="@holds = 'yes'"> ✓ </xsl:when><xsl:otherwise> ✗ </xsl:otherwise></xsl:choose></span><xsl:call-template name="word"><xsl:with-param name="of" select="$m/closes"/><xsl:with-param name="id" select="@holds"/></xsl:call-template></span></h3>
      <p class="equation"><xsl:for-each select="s:side"><span class="term"><xsl:if test="@sign"><span class="sign"><xsl:choose><xsl:when test="@sign = 'plus'">+</xsl:when><xsl:when test="@sign = 'minus'">−</xsl:when><xsl:otherwise>=</xsl:otherwise></xsl:choose></span></xsl:if>
        <span class="side"><b><xsl:value-of select="."/></b><xsl:text> </xsl:text><small><xsl:value-of select="@label"/></small></span></span></xsl:for-each></p>
      <xsl:if test="../s:control[@name = 'slips']"><p class="about"><xsl:call-template name="word"><xsl:with-param name="of" select="$m/control-about"/><xsl:with-param name="id" select="@name"/></xsl:call-template></p></xsl:if>
      <xsl:for-each select="s:remark"><p class="remark"><xsl:value-of select="."/></p></xsl:for-each>
    </div>
  </xsl:template>

  <xsl:template name="speaking-checks">
    <section class="checks"><h2><xsl:value-of select="$m/checks"/></h2>
      <div class="table" role="group" tabindex="0" aria-label="{$m/checks}"><table>
        <caption><xsl:value-of select="$m/checks-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/check"/></th><th scope="col"><xsl:value-of select="$m/state"/></th><th scope="col"><xsl:value-of select="$m/says"/></th></tr></thead>
        <tbody><xsl:for-each select="s:speaking-check"><tr><th scope="row"><xsl:apply-templates select="s:who"/></th><td><xsl:value-of select="@name"/></td><td><xsl:call-template name="word"><xsl:with-param name="of" select="$m/level-of-one"/><xsl:with-param name="id" select="@level"/></xsl:call-template></td><td class="wide"><xsl:value-of select="s:text"/></td></tr></xsl:for-each></tbody>
      </table></div></section>
  </xsl:template>
  <xsl:template match="s:outliers">
    <section class="outliers"><h2><xsl:value-of select="$m/outliers"/></h2>
      <p class="finding"><xsl:value-of select="$m/outliers-finding"/></p>
      <div class="table" role="group" tabindex="0" aria-label="{$m/outliers}"><table>
        <caption><xsl:if test="@shown &lt; @count"><xsl:value-of select="concat($m/first-people-before, @shown, $m/first-people-between, @count, $m/first-people-after)"/></xsl:if><xsl:value-of select="$m/outliers-caption"/></caption>
        <thead><tr><th scope="col"><xsl:value-of select="$m/name"/></th><th scope="col"><xsl:value-of select="$m/item"/></th><th scope="col" class="number"><xsl:value-of select="$m/this-month"/></th><th scope="col"><xsl:value-of select="$m/compared"/></th><th scope="col" class="number"><xsl:value-of select="$m/usual"/></th><th scope="col" class="number"><xsl:value-of select="$m/earlier-range"/></th></tr></thead>
        <tbody><xsl:for-each select="s:outlier"><tr><th scope="row"><xsl:apply-templates select="s:who"/><xsl:if test="s:who/@unit"><small><xsl:value-of select="s:who/@unit"/></small></xsl:if></th><td class="item"><xsl:value-of select="@label"/></td>
          <td class="number"><b><xsl:value-of select="s:now"/></b></td>
          <td class="compared"><span class="{@direction}" aria-hidden="true"><xsl:choose><xsl:when test="@direction = 'up'">▲</xsl:when><xsl:otherwise>▼</xsl:otherwise></xsl:choose></span><xsl:value-of select="s:ratio"/></td>
          <td class="number"><xsl:value-of select="s:usual"/></td>
          <td class="number"><xsl:choose><xsl:when test="s:least = s:most"><xsl:value-of select="s:least"/></xsl:when><xsl:otherwise><xsl:value-of select="concat(s:least, ' – ', s:most)"/></xsl:otherwise></xsl:choose><small><xsl:value-of select="concat($m/months-before, @months, $m/months-after)"/></small></td></tr></xsl:for-each></tbody>
      </table></div>
      <p class="footnote"><xsl:value-of select="$m/outliers-rule"/></p></section>
  </xsl:template>

  <!-- a file under a wrong name is a mistake that nothing else would show -->
  <xsl:template name="unread">
    <section class="unread"><h2><xsl:value-of select="$m/unread"/></h2>
      <p><xsl:value-of select="$m/unread-caption"/></p>
      <ul><xsl:for-each select="s:unread"><li><code class="place"><xsl:value-of select="@file"/></code>
        <xsl:choose><xsl:when test="@pattern"><span class="mend"><xsl:value-of select="concat($m/unread-near-before, @table, $m/unread-near-between)"/><code><xsl:value-of select="@pattern"/></code></span></xsl:when>
          <xsl:otherwise><span class="mend"><xsl:value-of select="$m/unread-far"/></span></xsl:otherwise></xsl:choose></li></xsl:for-each></ul></section>
  </xsl:template>
</xsl:stylesheet>
