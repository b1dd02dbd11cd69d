#!/usr/bin/env python3
"""Charts of people that policies declare, rank change, heat map, composition, waterfall and sparklines, for 1, 3, 45, 500
and 3,000 people: what they say is recomputed here from the ledgers, the drawings are looked at as in tests/charts.py,
whose helpers these are. Names of up to 25 characters, one with a character beyond the basic plane, amounts of twelve
digits. TAP; $SALESPAY is the program.
"""
import collections
import pathlib
import re
import shutil
import sys
import tempfile
from decimal import Decimal, ROUND_HALF_UP

import charts
import tap
from charts import Chart, MONTHS, UNITS, LONG_UNIT, check_drawing, number, plain, read, salespay, write
from tap import ok

RARE = "𠮷田·如意"
STEMS = ("change", "heatmap", "composition", "waterfall", "sparklines", "base")
POLICY = """<policy xmlns="urn:salespay:policy:1" id="p" title="薪酬办法" version="1">
<table name="花名册" file="staff.csv" rows="one" role="staff" required="yes">
  <column name="工号" type="id" role="id" required="yes"/><column name="姓名" type="text" role="name" required="yes"/>
  <column name="部门" type="text" role="unit" required="yes"/><column name="职级" type="grade" role="grade" required="yes"/>
  <column name="底" type="money"/><column name="提" type="money"/><column name="质" type="number"/><column name="速" type="number"/></table>
<grades><grade id="S1" order="1"/></grades>
<article number="1" title="工资">
  <scorecard name="总分" missing="zero" round="0.01"><kpi name="速度" weight="40">速</kpi><kpi name="质量" weight="60">质</kpi></scorecard>
  <figure name="底薪" type="money" section="earnings">底</figure><figure name="提成" type="money" section="earnings">提</figure>
  <figure name="餐补" type="money" section="earnings">300元</figure><figure name="车补" type="money" section="earnings">200元</figure>
  <figure name="话补" type="money" section="earnings">100元</figure>
  <figure name="社保" type="money" section="deductions">底 × 10%</figure><figure name="个税" type="money" section="deductions">提 × 3%</figure>
  <total name="应发" section="earnings"/><total name="扣款合计" section="deductions"/>
  <figure name="实发" type="money" section="net">应发 - 扣款合计</figure></article>
<chart kind="change" title="名次变化" figure="总分"/>
<chart kind="heatmap" title="热图"/>
<chart kind="composition" title="收入构成"/>
<chart kind="waterfall" title="从应发到实发"/>
<chart kind="sparklines" title="走势" figure="总分"/>
<chart kind="sparklines" id="base" title="底薪走势" figure="底薪"/>
</policy>"""
PARTS = ("底薪", "提成", "餐补", "车补", "话补")


def make_company(folder, n):
    (folder / "policies").mkdir(parents=True)
    (folder / "policies/p.xml").write_text(POLICY, encoding="utf-8")
    (folder / "company.xml").write_text('<company xmlns="urn:salespay:company:1" name="样例" lang="zh-CN">'
                                        '<policy href="policies/p.xml" from="2026-09"/></company>', encoding="utf-8")
    huge = 10 ** 8 if n == 45 else 1
    for month in MONTHS:
        rows = [["工号", "姓名", "部门", "职级", "底", "提", "质", "速"]]
        for i in range(n):
            if month == MONTHS[0] and i == 1:
                continue # joined this month
            rows.append([f"E{i:05d}", RARE if i == 2 else charts.person_name(i), UNITS[i % len(UNITS)] if n > 3 else UNITS[1], "S1",
                         (3000 + 500 * (i % 5)) * huge, f"{number(0, 900000, month, 'paid', i) * huge / 100:.2f}",
                         "" if i % 13 == 12 else f"{number(3000, 10000, month, 'good', i) / 100:.2f}",
                         f"{number(3000, 10000, month, 'fast', i) / 100:.2f}"])
        write(folder / month / "staff.csv", rows)


# ---------------------------------------------------------------- what it should say
def money(value):
    return f"{value:,.2f}".replace("-", "−")


def cents(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def labels(rows):
    """Name, and the number where two bear it."""
    names = collections.Counter(row["姓名"] for row in rows)
    return {row["工号"]: row["姓名"] if names[row["姓名"]] == 1 else f'{row["姓名"]} {row["工号"]}' for row in rows}


def ranks(scores):
    return {key: 1 + sum(other > score for other in scores.values()) for key, score in scores.items()}


def by_unit(rows):
    units = collections.defaultdict(list)
    for row in rows:
        units[row["部门"]].append(row)
    return units


def scores_of(ledger):
    return {row["工号"]: Decimal(row["总分"]) for row in ledger if row["总分"]}


def check_change(month, ledgers, n):
    scores = [scores_of(ledger) for ledger in ledgers]
    was, now = ranks(scores[0]), ranks(scores[1])
    rise = {key: was[key] - now[key] for key in now if key in was}
    chart, table = Chart(month, "change"), Chart(month, "change").tables()[0]
    wrong = []
    for row in table:
        key, ties = row[1], [list(r.values()) for r in (was, now)]
        move = "新" if key not in was else f"▲{rise[key]}" if rise[key] > 0 else f"▼{-rise[key]}" if rise[key] < 0 else "＝"
        then = "–" if key not in was else ("=" if ties[0].count(was[key]) > 1 else "") + str(was[key])
        # a tie of last month is seen among those drawn
        if row[2].lstrip("=") != then.lstrip("=") or row[3] != ("=" if ties[1].count(now[key]) > 1 else "") + str(now[key]) or row[4] != move:
            wrong.append(f"{row} instead of {then}, {now[key]}, {move}")
    ok(not wrong, f"{n} people: ranks of both months and moves are the ledgers'", *wrong)
    panels = chart.node.findall(charts.NS + "panel")
    drawn = {row.get("id"): row for row in chart.node.iter(charts.NS + "row")}
    ok(bool(panels) == (n > 30), f"{n} people: lines up to thirty, lists beyond")
    if panels:
        best = sorted(rise.values(), reverse=True)[:10], sorted(rise.values())[:10]
        got = [[rise[row.get("id")] for row in panel] for panel in panels]
        ok(got == [list(b) for b in best], f"{n} people: the ten who rose and the ten who fell most", got, best)
    else:
        least = 5 if n >= 15 else 2 if n >= 6 else 1
        tone = {key: "up" if r >= least else "down" if r <= -least else None for key, r in rise.items()}
        ok({key: row.get("tone") for key, row in drawn.items()} == {**dict.fromkeys(now), **tone}, f"{n} people: who moved has a colour")


def mean(values):
    return None if not values else values[0] if len(values) == 1 else cents(sum(values) / len(values))


def shown(value):
    return "无数据" if value is None else f"{value:,.2f}"


def check_heatmap(month, ledger, n):
    chart, names = Chart(month, "heatmap"), labels(ledger)
    heads = [kpi.get("label") for kpi in chart.node.findall(charts.NS + "kpi")]
    ok(heads == ["质量", "速度"] and "质量 60%、速度 40%" in chart.node.find(charts.NS + "subtitle").text, f"{n} people: columns by weight", heads)
    groups = {f"{unit}（{len(rows)} 人）": rows for unit, rows in by_unit(ledger).items()} if n > 200 else {names[r["工号"]]: [r] for r in ledger}
    wrong = []
    table = chart.tables()[0]
    for row in table:
        want = [mean([Decimal(r[k]) for r in groups.get(row[1], []) if r[k]]) for k in ("质量", "速度", "总分")]
        got = [None if cell in ("无数据", "") else plain(cell) for cell in row[2:]]
        if got != want:
            wrong.append(f"{row[1]}: {got} instead of {want}")
    ok(not wrong and len(table) == len(groups), f"{n} people: every number of the heat map is the ledger's", *wrong, sorted(set(groups) - {r[1] for r in table})[:5])
    steps = [(Decimal(c.get("value")), int(c.get("step"))) for c in chart.node.iter(charts.NS + "cell") if c.get("step")]
    ok(all(step == 1 + sum(value >= bound for bound in (60, 70, 80, 90)) for value, step in steps), f"{n} people: shades change at 60, 70, 80, 90")
    totals = [plain(row[-1]) for row in table if row[-1]]
    ok(totals == sorted(totals, reverse=True), f"{n} people: rows by total")


def check_composition(month, ledger, n):
    chart, names = Chart(month, "composition"), labels(ledger)
    sums = {part: sum(Decimal(row[part]) for row in ledger) for part in PARTS}
    top = sorted(sorted(PARTS, key=lambda p: -sums[p])[:3], key=PARTS.index)
    groups = {f"{unit}（{len(rows)} 人）": rows for unit, rows in by_unit(ledger).items()} if n > 45 else {names[r["工号"]]: [r] for r in ledger}
    wrong = []
    table = chart.tables()[0]
    for row in table:
        rows = groups.get(row[0], [])
        total = lambda *keys: cents(sum(Decimal(r[k]) for r in rows for k in keys) / max(1, len(rows)))
        want = [total(p) for p in top] + [total(*[p for p in PARTS if p not in top]), total("应发"), total("扣款合计"), total("实发")]
        if [money(w) for w in want] != row[1:]:
            wrong.append(f"{row} instead of {want}")
    ok(not wrong and len(table) == len(groups), f"{n} people: parts, deductions and net add up from the ledger", *wrong)
    first, second = sorted((p for p in top), key=lambda p: -sums[p])[:2]
    share = lambda p: f"{(100 * sums[p] / sum(sums.values())).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"
    ok(chart.finding == f"{first}占应发 {share(first)}，{second}占 {share(second)}", f"{n} people: the title names the two greatest parts", chart.finding)
    shares = chart.node.findall(charts.NS + "panel")[1]
    ends = [sum(plain(s.text) for s in row if s.get("part")) for row in shares.findall(charts.NS + "row")]
    ok(ends and all(abs(end - 100) <= Decimal("0.3") for end in ends), f"{n} people: the shares of a bar make a hundred", ends[:5])


def check_waterfall(month, ledger, n):
    chart = Chart(month, "waterfall")
    groups = {f"{unit}（{len(rows)} 人）": rows for unit, rows in by_unit(ledger).items()} if n > 30 else {labels(ledger)[r["工号"]]: [r] for r in ledger}
    if n > 30:
        groups[f"全公司（{n} 人）"] = ledger
    want = []
    for name, rows in groups.items():
        for key, sign in [(p, 1) for p in PARTS] + [("应发", 0)] + [("社保", -1), ("个税", -1)] + [("实发", 0)]:
            value = sum(Decimal(r[key]) for r in rows) * (sign or 1)
            if value:
                label = {"应发": "应发合计"}.get(key, key) if not sign else key
                want.append((name, label, ("+" if sign and value > 0 else "") + money(value)))
    got = [tuple(row) for row in chart.tables()[0]]
    ok(sorted(got) == sorted(want), f"{n} people: every step of every waterfall is the ledger's", *sorted(set(got) ^ set(want))[:6])


def check_sparklines(month, ledgers, n):
    chart = Chart(month, "sparklines")
    scores = [scores_of(ledger) for ledger in ledgers]
    if n <= 500:
        names = labels(ledgers[1])
        want = {names[key]: ["–" if key not in scores[0] else shown(scores[0][key]), shown(score)] for key, score in scores[1].items()}
        got = {row[0]: row[1:] for row in chart.tables()[0]}
        if n == 1:
            want = {key: row for key, row in want.items()}
        same = {key: [cell if cell == "–" else plain(cell) for cell in row] for key, row in got.items()} == \
            {key: [cell if cell == "–" else plain(cell) for cell in row] for key, row in want.items()}
        ok(same, f"{n} people: everybody's score of both months is the ledgers'", *sorted(set(map(str, got.items())) ^ set(map(str, want.items())))[:6])
    got = {row[0]: [None if cell == "–" else plain(cell) for cell in row[1:]] for row in Chart(month, "base").tables()[0]}
    units = [{unit: sum(Decimal(r["底薪"]) for r in rows) for unit, rows in by_unit(ledger).items()} for ledger in ledgers]
    want = {f"{unit}（{len(rows)} 人）": [units[0].get(unit), units[1][unit]] for unit, rows in by_unit(ledgers[1]).items()}
    ok(got == want, f"{n} people: money of each unit adds up month by month", got, want)


def check_chart_pages(month):
    for stem in STEMS[:5]:
        page = (month / f"managers/company/chart-{stem}.html").read_text(encoding="utf-8")
        ok('<svg class="drawn"' in page and "style=" not in page and "<table" in page, f"chart-{stem}.html: the drawing inside, its data below")


def check_person_pages(month, ledger, n):
    """How net pay is reached stands on everybody's page for managers, drawn, every amount of it in words of the ledger."""
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (month / "managers").glob("*/p/*.html")}
    wrong = []
    for row in ledger:
        page = pages.get(row["工号"], "")
        drawn = re.search(r'<figure class="waterfall".*?</figure>', page, re.S)
        wanted = ["+" + money(Decimal(row["底薪"])), "−" + money(Decimal(row["社保"])), money(Decimal(row["应发"])), money(Decimal(row["实发"]))]
        if not drawn or not all(f">{w}</text>" in drawn[0] for w in wanted) or "<desc>" not in drawn[0] or "style=" in page:
            wrong.append(f'{row["工号"]} {wanted}')
    ok(not wrong, f"{n} people: every managers' page of a person has the waterfall drawn in it", *wrong)
    ok(not list(month.rglob("*.part")), f"{n} people: nothing is left of drawings on their way")


def check_size(n, work):
    folder, output = work / f"in{n}", work / f"out{n}"
    make_company(folder, n)
    if not all(salespay(folder, output, month) for month in MONTHS):
        return ok(False, f"{n} people: the months run")
    month = output / MONTHS[1]
    ledgers = [read(output / m / "ledger.csv") for m in MONTHS]
    check_change(month, ledgers, n)
    check_heatmap(month, ledgers[1], n)
    check_composition(month, ledgers[1], n)
    check_waterfall(month, ledgers[1], n)
    check_sparklines(month, ledgers, n)
    check_person_pages(month, ledgers[1], n)
    for stem in STEMS:
        check_drawing(month, stem, n)
    if n == 45:
        charts.check_structure(month, STEMS[:5])
        check_chart_pages(month)
    found = [str(p) for p in (month / "site").rglob("*") if re.search("composition|waterfall|heatmap", p.name)]
    ok(not found, f"{n} people: none of them is in the public tree", *found)
    shutil.rmtree(output)


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="salespay-pay-charts-"))
    try:
        for n in [int(size) for size in sys.argv[1:]] or (1, 3, 30, 45, 500, 3000):
            check_size(n, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tap.plan()


if __name__ == "__main__":
    sys.exit(main())
