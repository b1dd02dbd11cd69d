#!/usr/bin/env python3
"""What the pages say, against the books: a small company of its own, whose people are awkward on purpose (a joiner, a
leaver, one without score, a name of 25 characters, a unit without people, one of three). Numbers on pages are computed
again here from the CSV files and the ledgers, in both languages. TAP.
"""
import csv
import decimal
import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import Decimal as D

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ENV = {**os.environ, "SALESPAY_DATA": str(TOP), "LC_ALL": "C.UTF-8"}
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-pages-"))
MONTHS = ("2026-07", "2026-08", "2026-09")
LONG = "阿卜杜热西提·阿卜杜克里木·麦麦提图尔荪·艾尔肯江吐"

COMPANY = """<company xmlns="urn:salespay:company:1" name="试办公司" short="试办" lang="zh-CN">
  <policy href="policies/p.xml" from="2026-08"/><policy href="policies/alt.xml" from="2026-07"/><policy href="policies/p.xml" from="2026-12"/>
  <policy href="policies/ancient.xml" from="2025-11"/><site policy="full" people="none" movements="none"/></company>"""
POLICY = """<policy xmlns="urn:salespay:policy:1" id="p" title="试办制度" version="7.3">
  <table name="花名册" file="花名册.csv" rows="one" role="staff" required="yes"><column name="工号" type="id" role="id"/><column name="姓名" type="text" role="name"/>
    <column name="部门" type="text" role="unit"/><column name="职级" type="grade" role="grade"/><column name="入职" type="date" role="hired"/><column name="离职" type="date" role="left"/></table>
  <table name="机构" file="机构.csv" rows="one" role="units"><column name="编号" type="id" role="id"/><column name="名称" type="text" role="name"/><column name="上级" type="text" role="parent"/></table>
  <table name="成绩" file="成绩.csv" rows="one"><column name="工号" type="id" role="person"/><column name="回款" type="money"/><column name="目标" type="money"/><column name="满意" type="number"/></table>
  <grades><grade id="A1" title="专员" track="A" order="1"><set name="标准">3000</set></grade><grade id="A2" title="主管" track="A" order="2"><set name="标准">5000</set></grade></grades>
  <article number="3" title="考核"><p>回款六成,满意四成。</p>
    <parameter name="奖金比例" type="percent"><value from="2026-07">1%</value><value from="2026-09">2%</value></parameter>
    <scorecard name="得分" round="0.01" missing="renormalise"><kpi name="回款得分" weight="60" cap="120" actual="回款" target="目标">回款 ÷ 目标 × 100</kpi>
      <kpi name="满意得分" weight="40" actual="满意">满意</kpi></scorecard></article>
  <article number="4" title="工资"><figure name="基本工资" type="money" section="earnings">标准</figure>
    <figure name="奖金" type="money" section="earnings">缺省(回款, 0元) × 奖金比例</figure>
    <total name="应发" section="earnings"/><figure name="实发" type="money" section="net">应发</figure></article>
  <article number="5" title="晋升"><p>三个月回款满三万元,连续两月满八十分。</p>
    <figure name="近三月回款" type="money">已知合计(3, 本月回款)</figure><figure name="本月回款" type="money">缺省(回款, 0元)</figure>
    <figure name="月目标" type="money">缺省(目标, 0元)</figure><chart kind="bullets" title="目标完成" figure="本月回款" target="月目标" bands="50%, 100%"/>
    <figure name="连续达标" type="number" section="score">连续月数(得分 ≥ 80)</figure>
    <movement kind="promotion" title="晋升" from="A1" to="next"><criterion name="回款达标">近三月回款 ≥ 30000元</criterion><criterion name="连续两月">连续达标 ≥ 2</criterion></movement></article>
</policy>"""
UNITS = "编号,名称,上级\nD1,总部,\nD11,东组,D1\nD12,空组,D1\nD13,西组,D1\n"
STAFF = [("E01", LONG, "D11", "A1", "2020-01-01", ""), ("E02", "新来者", "D11", "A1", "2026-09-10", ""), ("E03", "离去者", "D13", "A1", "2020-01-01", "2026-08-15"),
         ("E04", "无分者", "D11", "A1", "2020-01-01", ""), ("E05", "甲", "D13", "A1", "2020-01-01", ""), ("E06", "乙", "D13", "A2", "2020-01-01", ""),
         ("E07", "丙", "D13", "A1", "2020-01-01", ""), ("E08", "丁", "D13", "A1", "2020-01-01", "")]
SALES = {"2026-07": {"E01": (9000, 10000, 90), "E03": (5000, 10000, 60), "E05": (8000, 9000, 85), "E06": (12000, 10000, 95), "E07": (3000, 7000, 70), "E08": (4000, 8000, 88)},
         "2026-08": {"E01": (11000, 12000, 92), "E03": (2000, 10000, 75), "E05": (7000, 9000, 85), "E06": (9000, 10000, 91), "E07": (6000, 7000, 77), "E08": (9000, 8000, 80)},
         "2026-09": {"E01": (10500, 11000, 93), "E02": (999, 3000, 88), "E05": (9000, 9000, 85), "E06": (13000, 10000, 60), "E07": (6999.3, 7000, 71), "E08": (9000, 8000, 80)}}


class Page(html.parser.HTMLParser):
    """Title, the text without tags, and tables: rows of cells, blanks as one."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.title, self.tables, self.words, self.keys, self.inside = "", [], [], [], []
        self.feed(path.read_text(encoding="utf-8"))
        self.tables = [[[" ".join(cell.split()) for cell in row] for row in table] for table in self.tables]
        self.text = " ".join(" ".join(self.words).split())
        self.keys = [" ".join(key.split()) for key in self.keys]

    def handle_starttag(self, tag, attributes):
        self.inside.append(tag)
        if tag == "table":
            self.tables.append([])
        if tag == "tr" and self.tables:
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag == "div" and dict(attributes).get("class", "").startswith("key"):
            self.keys.append("")

    def handle_endtag(self, tag):
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "title" in self.inside and "svg" not in self.inside:
            self.title += data
            return
        self.words.append(data)
        if ("td" in self.inside or "th" in self.inside) and "svg" not in self.inside:
            self.tables[-1][-1][-1] += " " + data
        if "dl" in self.inside and self.keys and "svg" not in self.inside:
            self.keys[-1] += " " + data

    def row(self, start, but=0):
        """The rows whose first cell begins so."""
        return [row for table in self.tables for row in table if row and row[0].startswith(start)]


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(language):
    shutil.rmtree(WORK / "in", ignore_errors=True)
    shutil.rmtree(WORK / "out", ignore_errors=True)
    (WORK / "in/policies").mkdir(parents=True)
    (WORK / "in/company.xml").write_text(COMPANY, encoding="utf-8")
    for name in ("p", "alt", "ancient"):
        (WORK / f"in/policies/{name}.xml").write_text(POLICY if name == "p" else POLICY.replace('version="7.3"', f'version="{name}"'), encoding="utf-8")
    for month in MONTHS:
        folder = WORK / "in" / month
        folder.mkdir()
        (folder / "机构.csv").write_text(UNITS, encoding="utf-8")
        (folder / "花名册.csv").write_text("工号,姓名,部门,职级,入职,离职\n" + "".join(",".join(person) + "\n" for person in STAFF
                                        if not (person[5] and person[5][:7] < MONTHS[0])), encoding="utf-8")
        (folder / "成绩.csv").write_text("工号,回款,目标,满意\n" + "".join(f"{who},{a},{b},{c}\n" for who, (a, b, c) in SALES[month].items()), encoding="utf-8")
    done = subprocess.run([PROGRAM, "run", "-q", "-i", "in", "-o", "out", "--lang", language], cwd=WORK, env=ENV, capture_output=True, text=True, check=False)
    ok(done.returncode == 0, f"{language}: three months of a company of eight are published", done.stdout + done.stderr)
    return done.returncode == 0


def money(number):
    return f"{D(number):,.2f}".replace("-", "−")


def plain(number):
    text = f"{D(number).normalize():,f}"
    return text.replace("-", "−")


def scores(month):
    return {row["工号"]: D(row["得分"]) for row in rows_of(WORK / f"out/{month}/ledger.csv") if row["得分"]}


def page(month, below):
    return Page(WORK / "out" / month / below)


def person(words):
    """Items, ranks, percentiles and months of each person, from the inputs and the ledgers."""
    wrong, now = [], scores("2026-09")
    for who, (actual, target, satisfied) in SALES["2026-09"].items():
        unit = next(p[2] for p in STAFF if p[0] == who)
        shown = page("2026-09", f"managers/{unit}/p/{who}.html")
        attained = (D(str(actual)) / D(target) * 100).quantize(D("0.01"), decimal.ROUND_DOWN)
        score = min(D(120), D(str(actual)) / D(target) * 100)
        first, second = shown.row("回款得分")[0], shown.row("满意得分")[0]
        if first[1:4] != [money(target), money(str(actual)), plain(attained) + "%"]:
            wrong.append(f"{who} {first[:5]}: {target} {actual} {attained}")
        if first[6] != "60%" or not first[7].rstrip("…").startswith(plain((score * D("0.6")).quantize(D("0.01"), decimal.ROUND_DOWN))[:5]):
            wrong.append(f"{who} points {first}")
        if second[2] != plain(satisfied) or second[7] != plain(D(satisfied) * D("0.4")):
            wrong.append(f"{who} {second}")
        if len(now) > 3:
            below = sum(score < now[who] for score in now.values()) * 100 // len(now)
            if not any(f"{words['ahead']} {below}%" in key for key in shown.keys):
                wrong.append(f"{who} percentile {below}: {shown.keys}")
        ranks = shown.row(words["rank"])
        past = [m for m in MONTHS if who in scores(m)]
        if len(past) > 1:
            want = [str(1 + sum(other > scores(m)[who] for other in scores(m).values())) for m in past]
            if not ranks or ranks[-1][1:] != want:
                wrong.append(f"{who} ranks {ranks}, not {want}")
    ok(not wrong, f"{words['lang']}: target, actual, attainment, points, percentile and monthly ranks of each person", "\n".join(wrong))
    no_score = page("2026-09", "managers/D11/p/E04.html")
    ok(words["no-data"] in no_score.text and not no_score.row(words["rank"]), f"{words['lang']}: a person without score has a page that says so, without rank", no_score.text[:600])
    ok(not (WORK / "out/2026-09/managers/D13/p/E03.html").exists() and "离去者" in page("2026-09", "managers/company/index.html").text,
       f"{words['lang']}: who has left has no page, but a line that says why")
    ok(not page("2026-09", "managers/D11/p/E02.html").row(words["rank"]), f"{words['lang']}: who joined this month has no course of ranks")


def promotion(words):
    wrong, shown = [], page("2026-09", "managers/company/promotion.html")
    candidates = {}
    for row in rows_of(WORK / "out/2026-09/movements.csv"):
        candidates.setdefault(row["id"], []).append(row)
    for who, criteria in candidates.items():
        line = next((row for row in shown.row("") if row[0].split()[1:2] == [who]), None)
        cells = line[-3:-1] if line and len(line) > 4 and not line[-1] else line[-2:] if line else []
        for row, cell in zip(criteria, cells):
            number = money if "." in row["value"] and row["criterion"] == "回款达标" else plain
            wanted = [words["met"] if row["holds"] == "yes" else words["unmet"], number(row["value"]) + " / ≥ " + number(row["required"])]
            wanted += [f"{words['gap']} {number(row['gap'])}"] if row["holds"] == "no" else []
            for part in wanted:
                if part not in cell:
                    wrong.append(f"{who} {row['criterion']}: no '{part}' in '{cell}'")
        if not line:
            wrong.append(f"{who} is not listed")
            continue
        ledgers = {m: {row["工号"]: row for row in rows_of(WORK / f"out/{m}/ledger.csv")} for m in MONTHS}
        for month in MONTHS:
            if who in ledgers[month] and f"{month} {money(ledgers[month][who]['本月回款'])}" not in cells[0]:
                wrong.append(f"{who}: {month} is not among the months of '{cells[0]}'")
        if who in scores("2026-09") and f"2026-09 {plain(scores('2026-09')[who])}" not in cells[1]:
            wrong.append(f"{who}: the score is not in '{cells[1]}'")
    ok(candidates and not wrong, f"{words['lang']}: each criterion with value, threshold, word, gap and months as movements.csv and the ledgers have them", "\n".join(wrong))
    ok("三个月回款满三万元" in shown.text and "7.3" in shown.text, f"{words['lang']}: with the rule's words and version")


def overview(words):
    now, last = scores("2026-09"), scores("2026-08")
    cent = D("0.01")
    mean = [(sum(s.values()) / len(s)).quantize(cent, decimal.ROUND_HALF_UP) for s in (now, last)]
    heads = [len(rows_of(WORK / f"out/{m}/ledger.csv")) for m in ("2026-09", "2026-08")]
    shown = page("2026-09", "site/index.html")

    def signed(number, form):
        return ("+" if number > 0 else "") + form(number)
    ok(any(plain(heads[0]) in key and f"{words['versus']} {signed(heads[0] - heads[1], plain)}" in key for key in shown.keys) and
       any(f"{mean[0]}" in key and f"{words['versus']} {signed(mean[0] - mean[1], money)}" in key for key in shown.keys),
       f"{words['lang']}: key figures and their change against last month", f"{heads} {mean} {shown.keys}")
    gross = [sum(D(row["应发"]) for row in rows_of(WORK / f"out/{m}/ledger.csv")) for m in ("2026-09", "2026-08")]
    keys = page("2026-09", "managers/company/index.html").keys
    ok(any(money(gross[0]) in key and f"{words['versus']} {signed(gross[0] - gross[1], money)}" in key for key in keys),
       f"{words['lang']}: what is paid and its change, for managers", f"{gross} {keys}")
    three = page("2026-09", "site/units/D11.html")
    linked = [path for path in (WORK / "out/2026-09").rglob("*.html") if re.search(r'href="[^"]*D12[./]', path.read_text(encoding="utf-8"))]
    ok(not linked and not list((WORK / "out/2026-09").rglob("*D12*")), f"{words['lang']}: a unit without people has no page, and no link leads to one", linked)
    ok("histogram" not in (WORK / "out/2026-09/site/units/D11.html").read_text(encoding="utf-8") and LONG in three.text,
       f"{words['lang']}: of three people no distribution is drawn, and the long name stands whole")


def reached(unit):
    """What a table of targets must say of a unit's people (all: None) who have one: share, actual and target."""
    both = [SALES["2026-09"][p[0]] for p in STAFF if p[0] in SALES["2026-09"] and unit in (None, p[2])]
    actual, target = sum(D(str(a)) for a, _, _ in both), sum(D(b) for _, b, _ in both)
    share = (actual / target * 100).quantize(D("0.01"), decimal.ROUND_HALF_UP).quantize(D("0.1"), decimal.ROUND_HALF_UP)
    return [plain(share) + "%", f"{money(actual)} / {money(target)}"]


def targets(words):
    """Units against their targets: the whole first, then the units by what they reached; a unit alone has its own."""
    file = WORK / "out/2026-09/managers/company/index.html"
    text = file.read_text(encoding="utf-8")
    table = [row for table in Page(file).tables for row in table if len(row) == 4 and "/" in row[3]]
    ok(table[-3:] == [[words["whole"], ""] + reached(None), ["西组", ""] + reached("D13"), ["东组", ""] + reached("D11")],
       f"{words['lang']}: the overview sets the company and its units against their targets", table)
    ends = re.findall(r'<tick value="([^"]*)"', (WORK / "out/2026-09/model/managers/overview.xml").read_text(encoding="utf-8").split("<targets")[1])
    bars = [D(x) for x in re.findall(r'class="reached" x="0" y="6" width="([\d.]+)%"', text)]
    want = [(D(reached(unit)[0].rstrip("%")) / D(ends[-1].split("%")[0]) * 100) for unit in (None, "D13", "D11")]
    ok(len(bars) == 3 and all(abs(a - b) <= D("0.1") for a, b in zip(bars, want)), f"{words['lang']}: the bars are as long as the shares say", (bars, want))
    own = [row for table in page("2026-09", "managers/D13/index.html").tables for row in table if len(row) == 4 and "/" in row[3]]
    ok(own[-1:] == [["西组", ""] + reached("D13")], f"{words['lang']}: a unit's page has its own", own)
    shown = [path for path in (WORK / "out/2026-09/site").rglob("*.html") if 'class="targets"' in path.read_text(encoding="utf-8")]
    ok(not shown, f"{words['lang']}: what only managers' charts draw is not in site/", shown)


def policy(words):
    shown, open_to_all = page("2026-09", "managers/company/policy.html"), page("2026-09", "site/policy.html")
    ok(["2026-09", "奖金比例", "1%", "2%"] in [row for table in shown.tables for row in table], f"{words['lang']}: the policy page tells which number has changed, since when", shown.tables[:3])
    for text, tree in ((shown, "managers"), (open_to_all, "site")):
        log = [row for table in text.tables for row in table if len(row) == 4 and row[2].startswith("policies/")]
        ok(log == [["2026-08", words["in-force"], "policies/p.xml", "7.3"], ["2026-07", "2026-07", "policies/alt.xml", words["past"]], ["2025-11", "2026-06", "policies/ancient.xml", words["past"]]],
           f"{words['lang']}: the policy page of {tree} logs which policy was in force when, none that is to come", log)
    first = [row for table in page("2026-07", "site/policy.html").tables for row in table if len(row) == 4 and row[2].startswith("policies/")]
    ok([row[:3] for row in first] == [["2026-07", words["in-force"], "policies/alt.xml"], ["2025-11", "2026-06", "policies/ancient.xml"]], f"{words['lang']}: an old month's log ends with that month's policy", first)
    ok("奖金比例" not in open_to_all.text and words["rules"] in open_to_all.text and words["rules"] in shown.text,
       f"{words['lang']}: numbers stay with the managers; the rules on rounding and ties are told to all")


def fixed(words):
    """The statement on accessibility is a click from everywhere; the page for what is not there leans on nothing."""
    without, access = [], (WORK / "out/2026-09/managers/access.nginx.conf").read_text() + (WORK / "out/2026-09/managers/access.apache.conf").read_text()
    for tree, own in (("site", ""), ("managers", "company/")):
        top = WORK / "out/2026-09" / tree
        without += [path for path in top.rglob("*.html") if path.name != "404.html" and not any(
            (path.parent / link).resolve() == (top / own / "accessibility.html").resolve() for link in re.findall('href="([^"#]*)"', path.read_text(encoding="utf-8")))]
        text = (top / "404.html").read_text(encoding="utf-8")
        ok(re.findall(r'\s(?:href|src|style)="([^"]*)"', text) == [f"/2026-09/{tree}/index.html"] and words["missing"] in text and "<script" not in text,
           f"{words['lang']}: 404.html of {tree} needs no other file and leads to the tree's first page from any address", text)
        ok(f"error_page 404 /2026-09/{tree}/404.html;" in access and f"ErrorDocument 404 /2026-09/{tree}/404.html" in access, f"{words['lang']}: servers are told to answer with 404.html of {tree}")
        ok(words["reach"] in page("2026-09", f"{tree}/{own}accessibility.html").text, f"{words['lang']}: accessibility.html of {tree} says what to do if a page cannot be used")
    ok(not without, f"{words['lang']}: every page links to accessibility.html", without[:5])


def titles(words):
    for tree in ("site", "managers"):
        seen = {}
        for path in sorted((WORK / "out/2026-09" / tree).rglob("*.html")):
            seen.setdefault(Page(path).title, []).append(path.name)
        doubled = {title: names for title, names in seen.items() if len(names) > 1}
        ok(len(seen) > 8 and not doubled, f"{words['lang']}: every page of {tree} has a title of its own", doubled)


ZH = {"lang": "zh-CN", "ahead": "高于", "rank": "名次", "no-data": "无数据", "met": "达到", "unmet": "未达", "gap": "还差", "versus": "比上月", "rules": "四舍五入到分", "in-force": "现行", "past": "见该文件", "whole": "全公司", "missing": "没有这一页", "reach": "告诉人力资源部"}
EN = {"lang": "en", "ahead": "ahead of", "rank": "Rank", "no-data": "no data", "met": "met", "unmet": "not met", "gap": "short by", "versus": "on last month", "rules": "half away from zero", "in-force": "still in force", "past": "as that file says", "whole": "Company", "missing": "There is no such page", "reach": "Tell the personnel department"}


def main():
    for words in (ZH, EN):
        if write(words["lang"]):
            person(words)
            promotion(words)
            overview(words)
            targets(words)
            policy(words)
            fixed(words)
            titles(words)
    shutil.rmtree(WORK)
    return tap.plan()


sys.exit(main())
