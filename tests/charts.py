#!/usr/bin/env python3
"""Charts that policies declare, for 1, 3, 45, 500 and 3,000 people: what they say is recomputed here from the ledgers and
the tables, and the drawings are looked at (tests/render/drawings.py). TAP.

Each company is made here: names of up to 25 characters, orders, targets, sales cycles. $SALESPAY is the program.
"""
import collections
import csv
import datetime
import hashlib
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from decimal import Decimal, ROUND_HALF_UP

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/render"))
from boxes import words  # noqa: E402  beside drawings.py

import tap
from tap import ok

PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"
NS = "{urn:salespay:model:1}"
SIZES = (1, 3, 45, 500, 3000)
MONTHS = ("2026-09", "2026-10")
END = datetime.date(2026, 10, 31)
LONG = "阿卜杜热西提·买买提依明·吐尔逊江·艾合买提·努尔"
LONG_UNIT = "大客户交付与培训服务联合保障中心华东及海外第二业务部"
LONG_CUSTOMER = "上海浦东张江高科技园区跨境电子商务供应链管理服务有限公司"


def number(low, high, *key):
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return low + int.from_bytes(digest[:8], "big") % (high - low + 1)


# ---------------------------------------------------------------- companies
POLICY = """<policy xmlns="urn:salespay:policy:1" id="p" title="薪酬办法" version="1">
<table name="花名册" file="staff.csv" rows="one" role="staff" required="yes">
  <column name="工号" type="id" role="id" required="yes"/><column name="姓名" type="text" role="name" required="yes"/>
  <column name="部门" type="text" role="unit" required="yes"/><column name="职级" type="grade" role="grade" required="yes"/>
  <column name="业绩" type="money"/><column name="目标" type="money"/><column name="得分" type="number"/></table>
<table name="周期" file="cycles.csv"><column name="客户" type="text" required="yes"/><column name="区" type="text"/>
  <column name="起" type="date"/><column name="止" type="date"/><column name="单" type="date"/><column name="款" type="date"/>
  <column name="阶段" type="choice" values="接触|报价|签约|到账|其他"/><column name="丢" type="yesno" default="否"/></table>
<table name="月销" file="monthly.csv"><column name="买家" type="text"/><column name="销售月" type="month"/><column name="销售额" type="money"/></table>
<grades><grade id="S1" order="1"><set name="底薪">3000</set></grade></grades>
<article number="1" title="得分"><figure name="净业绩" type="money">业绩</figure><figure name="月目标" type="money">目标</figure>
  <scorecard name="总分" missing="zero" round="0.01"><kpi name="工作" weight="100">得分</kpi></scorecard>
  <figure name="工资" type="money" section="earnings">底薪</figure><figure name="实发" type="money" section="net">工资</figure></article>
<chart kind="distribution" title="得分分布" figure="总分" by="unit" pass="60"/>
<chart kind="distribution" id="sales" title="业绩分布" figure="净业绩" when="得分 ≥ 50"/>
<chart kind="bullets" title="部门达成" figure="净业绩" target="月目标"/>
<chart kind="bullets" id="each" title="个人达成" figure="净业绩" target="月目标" by="person" bands="80%, 100%, 120%"/>
<chart kind="trend" title="走势" figure="净业绩" target="月目标"/>
<chart kind="trend" id="scores" title="得分走势" figure="总分"/>
<chart kind="gantt" title="周期" table="周期" customer="客户" region="区" from="起" to="止" order="单" payment="款" stage="阶段" lost="丢" audience="staff"/>
<chart kind="gantt" id="strips" title="活跃月份" table="月销" customer="买家" month="销售月" amount="销售额"/>
</policy>"""
UNITS = ["华东业务部", LONG_UNIT, "华南业务部", "华北业务部", "西南业务部", "西北业务部", "客户成功部"]


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def person_name(i):
    return LONG if i % 7 == 0 else "王李张刘陈"[i % 5] + "伟芳娜敏静强磊军洋勇"[i % 10] + ("华" if i % 3 else "")


def cycles_of(n):
    rows = [["客户", "区", "起", "止", "单", "款", "阶段", "丢"]]
    for i in range(n):
        start = datetime.date(2025, 9, 1) + datetime.timedelta(number(0, 420, "start", i))
        order = start + datetime.timedelta(number(10, 90, "order", i))
        end = order + datetime.timedelta(number(1, 40, "end", i))
        lost, is_open = i % 6 == 5, i % 9 == 8
        rows.append([LONG_CUSTOMER if i % 8 == 0 else f"客户{i:04d}有限公司", ["东区", "西区", "南区"][i % 3 if n > 3 else 0], start,
                     "" if is_open else end, "" if lost else order, "" if lost or is_open else end,
                     ["接触", "报价", "签约", "到账", "其他"][i % 5], "是" if lost else "否"])
    return rows


def make_company(folder, n):
    (folder / "policies").mkdir(parents=True)
    (folder / "policies/p.xml").write_text(POLICY, encoding="utf-8")
    (folder / "company.xml").write_text('<company xmlns="urn:salespay:company:1" name="样例" lang="zh-CN">'
                                        '<policy href="policies/p.xml" from="2026-09"/></company>', encoding="utf-8")
    for month in MONTHS:
        rows = [["工号", "姓名", "部门", "职级", "业绩", "目标", "得分"]]
        for i in range(n):
            target = 0 if i % 11 == 10 else 50000 + 10000 * (i % 4)
            rows.append([f"E{i:05d}", person_name(i), UNITS[i % len(UNITS)] if n > 3 else UNITS[1], "S1",
                         f"{number(0, 9500000, month, 'sales', i) / 100:.2f}", target,
                         "" if i % 13 == 12 else f"{number(4000, 10000, month, 'score', i) / 100:.2f}"])
        write(folder / month / "staff.csv", rows)
        write(folder / month / "cycles.csv", cycles_of(min(n, 400)))
        write(folder / month / "monthly.csv", [["买家", "销售月", "销售额"]] + [
            [LONG_CUSTOMER if i % 8 == 0 else f"买家{i:03d}", f"2026-{m:02d}", number(1, 90000, "sold", i, m)]
            for i in range(min(n, 60)) for m in range(3, 11) if number(0, 2, "buys", i, m)])


def salespay(folder, output, month):
    done = subprocess.run([PROGRAM, "run", month, "-i", folder, "-o", output, "-q"], capture_output=True, text=True)
    if done.returncode:
        print("#", done.stderr[:1500])
    return done.returncode == 0


# ---------------------------------------------------------------- what it should say
def cents(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def quartile(values, q):
    values, place = sorted(values), Decimal(len(values) - 1) * q / 4
    low = int(place)
    if place == low:
        return values[low]
    return cents(values[low] + (values[low + 1] - values[low]) * (place - low))


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def plain(text):
    return Decimal(text.replace(",", "").replace("−", "-").rstrip("%"))


class Chart:
    def __init__(self, month, stem):
        self.root = ET.parse(month / f"model/managers/chart-{stem}.xml").getroot()
        self.node = self.root.find(NS + "chart")
        self.finding = self.node.find(NS + "finding").text

    def tables(self):
        return [[[c.text or "" for c in entry.findall(NS + "cell")] for entry in data.findall(NS + "entry")]
                for data in self.node.findall(NS + "data")]


def round_width(width):
    power = Decimal(10) ** math.floor(math.log10(width))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= Decimal(width) * (1 - Decimal("1e-9")))


def bins_of(values):
    """Freedman and Diaconis on round edges: 2 × IQR ÷ n^(1/3), up to the next 1, 2 or 5."""
    low, high = min(values), max(values)
    width = 2 * float(quartile(values, 3) - quartile(values, 1)) / len(values) ** (1 / 3)
    width = round_width(max(width, float(high - low) / 60))
    found = collections.Counter(math.floor(v / width) for v in values)
    return [(width * k, width * (k + 1), found[k]) for k in range(min(found), max(found) + 1)]


def check_distribution(month, ledger, n):
    chart = Chart(month, "distribution")
    values = [Decimal(row["总分"]) for row in ledger if row["总分"]]
    groups = collections.defaultdict(list)
    for row in ledger:
        groups[row["部门"]].append(Decimal(row["总分"]))
    groups = {"全公司": values} | (groups if len(groups) > 1 else {})
    rows = {row[0]: row[1:] for row in chart.tables()[0]}
    wrong = [] if set(rows) == set(groups) else [f"rows {sorted(rows)}"]
    for name, group in groups.items():
        want = [Decimal(len(group))] + [quartile(group, q) for q in range(5)] if len(group) > 3 else [Decimal(len(group)), min(group), max(group)]
        got = [plain(cell) for cell in rows.get(name, []) if cell != "–"]
        if want != got:
            wrong.append(f"{name}: {got} instead of {want}")
    ok(not wrong, f"{n} people: quartiles of every unit are those of the ledger", *wrong)
    panel = chart.node.find(NS + "panel")
    ok((panel.get("form") == "bins") == (n > 100) and bool(panel.findall(NS + "mark")) == (n > 3),
       f"{n} people: dots up to a hundred, bins beyond, a box from four", panel.attrib)
    if n > 100:
        got = [(Decimal(b.get("from")), Decimal(b.get("to")), int(b.get("count"))) for b in panel.findall(NS + "bin")]
        ok(got == bins_of(values), f"{n} people: the histogram's bins are Freedman and Diaconis's", got, bins_of(values))
    else:
        got = sorted(Decimal(d.get("value")) for d in panel.findall(NS + "dot"))
        ok(got == sorted(values), f"{n} people: a dot for each", got, values)
    some = [Decimal(row["净业绩"]) for row in ledger if row["工作"] and Decimal(row["工作"]) >= 50]
    ok(int(Chart(month, "sales").node.get("count")) == len(some), f"{n} people: when= leaves out the others", len(some))


def check_bullets(month, ledger, n):
    with_target = [row for row in ledger if Decimal(row["月目标"] or 0) > 0]
    units = collections.defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in with_target:
        for name in {"全公司", row["部门"]}:
            units[name][0] += Decimal(row["净业绩"])
            units[name][1] += Decimal(row["月目标"])
    rows = Chart(month, "bullets").tables()[0]
    wrong = [row for row in rows if (plain(row[2]), plain(row[3])) != tuple(units[row[0]]) or
             abs(plain(row[4]) - 100 * units[row[0]][0] / units[row[0]][1]) > Decimal("0.0501")]
    ok(not wrong and len(rows) == len(units) - (len(units) == 2), f"{n} people: bullets add up money and targets by unit", *wrong)
    each = Chart(month, "each").tables()[0][1:]
    reached = [plain(row[4]) for row in each if row[4] != "无数据"]
    names = {row["工号"]: row for row in ledger}
    wrong = [row for row in each if row[4] != "无数据" and plain(row[2]) != Decimal(names[row[1]]["净业绩"])]
    ok(len(each) == n and reached == sorted(reached, reverse=True) and len(reached) == len(with_target) and not wrong,
       f"{n} people: one bullet a person, best first, without target no data", *wrong)


def check_trend(output, n):
    rows = Chart(output / "2026-10", "trend").tables()[0]
    wrong = []
    for row, month in zip(rows, MONTHS):
        ledger = [r for r in read(output / month / "ledger.csv") if Decimal(r["月目标"] or 0) > 0]
        want = (sum(Decimal(r["净业绩"]) for r in ledger), sum(Decimal(r["月目标"]) for r in ledger))
        if (plain(row[1]), plain(row[2])) != want:
            wrong.append(f"{row} instead of {want}")
    ok(len(rows) == 2 and not wrong, f"{n} people: the trend has each ledger's sums", *wrong)
    rows = Chart(output / "2026-10", "scores").tables()[0]
    for row, month in zip(rows, MONTHS):
        scores = [Decimal(r["总分"]) for r in read(output / month / "ledger.csv") if r["总分"]]
        wrong += [row] if plain(row[1]) != cents(sum(scores) / len(scores)) else []
    ok(len(rows) == 2 and not wrong, f"{n} people: scores are averaged", *wrong)


def day(text):
    return datetime.date(*map(int, re.split(r"[-/]", text))) if text else None


def check_cycles(month, table, columns, name):
    """columns: customer, region, from, to, lost as the table calls them."""
    chart = Chart(month, "gantt")
    customer, region, first, last, lost = columns
    regions = collections.defaultdict(lambda: dict(all=0, open=0, lost=0, won=[]))
    starts = [day(row[first]) for row in table if day(row[first])]
    begin = max(min(starts), datetime.date(2025, 11, 1))
    begin = datetime.date(begin.year, (begin.month - 1) // 3 * 3 + 1, 1)
    for row in table:
        start, end = day(row[first]), day(row[last])
        end = end if end and end <= END else None
        if start > END or (end and end < begin):
            continue
        here = regions[row[region]]
        here["all"] += 1
        here["open"] += not end
        here["lost"] += bool(end and row[lost] == "是")
        if end and row[lost] != "是":
            here["won"].append(Decimal((end - start).days))
    rows = {row[0]: row[1:] for row in chart.tables()[0]}
    wrong = [] if set(rows) == set(regions) else [sorted(rows)]
    for key, here in regions.items():
        want = [str(here["all"]), str(len(here["won"])), str(here["open"]), str(here["lost"])]
        want += [format(quartile(here["won"], q).normalize(), "f") for q in (1, 2, 3, 4)] if here["won"] else ["–"] * 4
        if rows.get(key) != want:
            wrong.append(f"{key}: {rows.get(key)} instead of {want}")
    ok(not wrong, f"{name}: cycles, medians and quartiles of each region are those of the table", *wrong)
    order = [quartile(regions[row][  "won"], 2) for row in rows if regions[row]["won"]]
    ok(order == sorted(order), f"{name}: the shortest median first", order)
    if len(order) > 1 and order[0] != order[-1]:
        ok(f"{format(order[0].normalize(), 'f')} 天" in chart.finding and f"{format(order[-1].normalize(), 'f')} 天" in chart.finding,
           f"{name}: the title says the shortest and the longest", chart.finding)
    details = [e for e in chart.node.findall(NS + "region") for e in e.findall(NS + "row")]
    ok(len(details) == sum(here["all"] for here in regions.values()), f"{name}: every cycle is drawn once")


# ---------------------------------------------------------------- how it looks
def faults(pages):
    bad = []
    for page, (width, height, found) in enumerate(pages, 1):
        bad += [f"page {page}: {text} leaves it" for box, text in found
                if box[0] < 20 or box[2] > width - 20 or box[1] < 15 or box[3] > height - 15]
        cut = sorted((b[0], b[1] + 0.12 * (b[3] - b[1]), b[2], b[3] - 0.12 * (b[3] - b[1]), t) for b, t in found)
        for i, a in enumerate(cut):
            for b in cut[i + 1:]:
                if b[0] > a[2] - 0.6:
                    break
                if min(a[2], b[2]) - b[0] > 0.6 and min(a[3], b[3]) - max(a[1], b[1]) > 0.6:
                    bad.append(f"page {page}: {a[4]} over {b[4]}")
    return bad


def check_drawing(month, stem, n):
    pdf = month / f"charts/{stem}.pdf"
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout
    pages = int(re.search(r"^Pages:\s+(\d+)", info, re.M)[1])
    bad = faults(words(pdf, 1, min(pages, 4))) + (faults(words(pdf, pages, pages)) if pages > 4 else [])
    bad += [] if re.search(r"^Tagged:\s+yes", info, re.M) else ["not tagged"]
    ok(not bad, f"{n} people, {stem}.pdf: nothing clipped, nothing over another ({pages} pages)", *bad)
    svg = (month / f"charts/{stem}.svg").read_text(encoding="utf-8")
    finding = Chart(month, stem).finding
    ok("style=" not in svg and " id=" not in svg and f"<title>{finding}</title>" in svg and "<desc>" in svg,
       f"{n} people, {stem}.svg: no style, no ids, its finding as title, a description")
    return pages


def check_structure(month, stems):
    for stem in stems:
        pdf = month / f"charts/{stem}.pdf"
        structure = subprocess.run(["pdfinfo", "-struct", pdf], capture_output=True, text=True).stdout
        raw = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", pdf, "-"], capture_output=True).stdout
        ok(all(tag in structure for tag in ("Document", "H1", "Figure", "Table", "TH", "TD")) and b"/Lang (zh-CN)" in raw and
           b"/Alt " in raw and b"/Outlines" in raw, f"{stem}.pdf: headings, figure with alternative, table, language, bookmarks")
        text = "".join(subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout.split())
        wanted = [cell for table in Chart(month, stem).tables() for row in table for cell in row]
        ok(not [w for w in wanted if "".join(w.split()) not in text], f"{stem}.pdf: has its whole data table")


def blank_marks(pdf):
    """无数据 stands in words; whether its hatch has ink is the bullets' own path: many short lines."""
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout
    return "无数据" in text


def check_pages(month, n):
    page = (month / "managers/company/cycles.html").read_text(encoding="utf-8")
    ok('<svg class="drawn"' in page and "style=" not in page and page.count("<table") >= 2, f"{n} people: cycles.html has drawing and tables")
    linked = re.findall(r'href="(cycles/[^"]+)"', page)
    ok(linked and all((month / "managers/company" / link).exists() for link in linked), f"{n} people: each region has its page", linked)
    site = (month / "site/cycles.html").read_text(encoding="utf-8")
    ok('<svg class="drawn"' in site and not list((month / "site").rglob("chart-*.html")), f"{n} people: of the charts staff see the cycles alone")
    for path in month.rglob("*.html"):
        if path.stat().st_size > 1_000_000:
            ok(False, f"{path} is above 1 MB")


def check_size(n, work):
    folder, output = work / f"in{n}", work / f"out{n}"
    make_company(folder, n)
    if not all(salespay(folder, output, month) for month in MONTHS):
        return ok(False, f"{n} people: the months run")
    month = output / "2026-10"
    ledger = read(month / "ledger.csv")
    check_distribution(month, ledger, n)
    check_bullets(month, ledger, n)
    check_trend(output, n)
    check_cycles(month, read(folder / "2026-10/cycles.csv"), ("客户", "区", "起", "止", "丢"), f"{n} people")
    stems = ("distribution", "sales", "bullets", "each", "trend", "scores", "gantt", "strips")
    pages = {stem: check_drawing(month, stem, n) for stem in stems}
    ok(pages["trend"] == 1 and (pages["gantt"] <= 2 or n > 3), f"{n} people: small charts stay on a page", pages)
    check_pages(month, n)
    if n == 45:
        check_structure(month, ("distribution", "bullets", "gantt", "trend"))
        ok(blank_marks(month / "charts/each.pdf"), "a person without target is hatched, not a bar of nothing")
    shutil.rmtree(output)


def check_sample(work):
    """The sample company's October, whose cycles its customer system exports."""
    folder, output = work / "sample", work / "sample-out"
    shutil.copytree(TOP / "input", folder, ignore=shutil.ignore_patterns("records"))
    if not salespay(folder, output, "2026-10"):
        return ok(False, "the sample's October runs")
    month = output / "2026-10"
    check_cycles(month, read(folder / "2026-10/销售周期.csv"), ("客户名称", "大区", "首次接触", "结束日期", "是否丢单"), "sample")
    for stem in ("bullets", "distribution", "gantt", "trend"):
        check_drawing(month, stem, "sample")


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="salespay-charts-"))
    try:
        for n in [int(size) for size in sys.argv[1:]] or SIZES:
            check_size(n, work)
        if len(sys.argv) == 1:
            check_sample(work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tap.plan()


if __name__ == "__main__":
    sys.exit(main())
