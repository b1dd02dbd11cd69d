#!/usr/bin/env python3
"""Payslips and strips of a made-up company, held against its ledgers and an arithmetic of their own. TAP; $SALESPAY is the program.

Two hundred people have amounts of all sizes, for the capitals; one has forty earnings, one two hundred orders, one a name of
twenty-five characters and amounts of twelve digits, one owes money, one changed to another scheme.
"""
import csv
import os
import pathlib
import re
import stat
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Decimal

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/render"))
from boxes import clipped, overlapping, words  # noqa: E402  beside drawings.py

import tap
from tap import ok

PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ENV = dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8")
NS = "{urn:salespay:model:1}"
LONG_NAME = "阿卜杜热西提·买买提依明·吐尔逊江·艾合买提·努尔麦"
MANY, ORDERS, HUGE, DEBT, CHANGED, FIRST = "P001", "P002", "P003", "P004", "P005", 6
PEOPLE = 200


def money(value):
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def shown(value):
    return f"{value:,.2f}".replace("-", "−")


# ---- the company ----
def policy(title, extra):
    bonuses = "".join(f'<figure name="第{i}项补贴" type="money" section="earnings" when="多项">{100 + i}.0{i % 10}元</figure>' for i in range(1, 40))
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="p{len(extra)}" title="{title}" version="1" currency="CNY">
<include href="lib/tables.xml"/>
<article number="1" title="工资"><p>按表发放。</p>
<figure name="底薪" type="money" section="earnings">若(加倍, 若(缺失(金额), 0元, 金额) ＋ 1元, 金额) × 1</figure>{bonuses if "佣金" in extra else ""}{extra}
<figure name="代扣" type="money" section="deductions">扣减</figure>
<total name="应发合计" section="earnings"/><total name="扣款合计" section="deductions"/>
<figure name="实发" type="money" section="net">应发合计 － 扣款合计</figure></article></policy>'''


TABLES = '''<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="t" title="表" version="1" currency="CNY">
<table name="花名册" file="花名册.csv" rows="one" role="staff" required="yes"><column name="工号" type="id" role="id" required="yes"/>
<column name="姓名" type="text" role="name" required="yes"/><column name="部门" type="text" role="unit"/><column name="账号" type="text" role="account"/>
<column name="方案" type="text"/><column name="金额" type="money"/><column name="扣减" type="money"/><column name="多项" type="yesno"/><column name="加倍" type="yesno"/></table>
<table name="客户" file="客户.csv" rows="one"><column name="编号" type="id" role="id" required="yes"/><column name="名称" type="text"/></table>
<table name="机构" file="机构.csv" rows="one" role="units"><column name="编码" type="id" role="id" required="yes"/><column name="机构名" type="text" role="name"/></table>
<table name="订单" file="订单.csv" rows="many"><column name="谁" type="id" role="person" required="yes"/><column name="单号" type="id" required="yes"/>
<column name="客户号" type="id" ref="客户"/><column name="种类" type="choice" values="收款|退款"/><column name="收款额" type="money"/></table>
</policy>'''
COMMISSION = ('<line name="佣金" table="订单" key="单号" type="money">若(种类 ＝ “收款”, 收款额 × 3.125%, 0)</line>'
              '<figure name="提成" type="money" section="earnings">合计(订单, 佣金)</figure>')


def amount_of(number, month):
    """Amounts of every length, with zeros at all places."""
    sizes = ["0.05", "0.50", "7.00", "10.08", "100.10", "1000.01", "10000.00", "10203.04", "100500.00", "1000000.30", "10005000.00",
             "100000001.01", "9876543210.98", "200030004000.50"]
    value = Decimal(sizes[number % len(sizes)]) if number < 60 else Decimal(number * number * 7919 % 10 ** (number % 9 + 2)) / 100
    return value + (Decimal("12.34") if month == 10 and number % 3 else 0)


def make_company(folder):
    inputs = folder / "input"
    (inputs / "policies/lib").mkdir(parents=True)
    (inputs / "company.xml").write_text('''<?xml version="1.0" encoding="UTF-8"?>
<company xmlns="urn:salespay:company:1" name="试印公司" short="试印" lang="zh-CN">
<policy scheme="甲" href="policies/a.xml" from="2026-09" when="方案 = “甲”"/><policy scheme="乙" href="policies/b.xml" from="2026-09" when="方案 = “乙”"/>
<pay day="10" month="next"/><payslip layout="strips"/></company>''')
    (inputs / "policies/lib/tables.xml").write_text(TABLES)
    (inputs / "policies/a.xml").write_text(policy("甲方案", COMMISSION))
    (inputs / "policies/b.xml").write_text(policy("乙方案", '<figure name="项目奖" type="money" section="earnings">88.88元</figure>'))
    for month in (9, 10):
        at = inputs / f"2026-{month:02}"
        at.mkdir()
        people = [(MANY, "多项", "D1", "甲", "5000", "0.00", "是", "是"), (ORDERS, "多单", "D1", "甲", "5000", "12.30" if month == 9 else "15.30", "否", "否"),
                  (HUGE, LONG_NAME, "D1", "甲", "123456789012.34", "-98765432109.87", "否", "否"),
                  (DEBT, "欠款", "D2", "甲", "100", "123456.78", "否", "否"),
                  (CHANGED, "转岗", "D2", "甲" if month == 9 else "乙", "4000", "1.00", "否", "否")]
        people += [(f"P{n:03}", f"员工{n}", "D3", "甲", str(amount_of(n, month)), "0", "否", "否") for n in range(FIRST, PEOPLE)]
        with open(at / "花名册.csv", "w", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow("工号 姓名 部门 账号 方案 金额 扣减 多项 加倍".split())
            rows.writerows([p[0], p[1], p[2], "622202000000" + p[0][1:].zfill(4), *p[3:]] for p in people)
        (at / "机构.csv").write_text("编码,机构名\nD1,三个人的部门\nD2,二部\nD3,三部\n", encoding="utf-8")
        (at / "客户.csv").write_text("编号,名称\nC1,青浦中科医疗器械有限公司\n", encoding="utf-8")
        orders = [f"{ORDERS},SO-{month}-{i:03},C1,收款,{1000 + i * 37}.{i % 100:02}" for i in range(200)]
        orders += [f"{CHANGED},SO-{month}-X,C1,收款,3200.00"] if month == 9 else []
        (at / "订单.csv").write_text("谁,单号,客户号,种类,收款额\n" + "\n".join(orders) + "\n", encoding="utf-8")


# ---- what is found ----
def capitals(amount):
    """By the rules for bills: groups of four, one 零 for a gap, 整 where there is no 分."""
    digits, units, groups = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], ["", "万", "亿", "万亿"]
    cents = int(abs(amount) * 100)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text, gap, rest = "", False, []
    while yuan:
        yuan, part = divmod(yuan, 10000)
        rest.append(part)
    for place in reversed(range(len(rest))):
        part = rest[place]
        if not part:
            gap = True
            continue
        word, inner = "", gap or part < 1000
        for power in (3, 2, 1, 0):
            digit = part // 10 ** power % 10
            if digit:
                word += ("零" if inner and (word or text) else "") + digits[digit] + units[power]
                inner = False
            else:
                inner = True
        text, gap = text + word + groups[place], False
    text += "元" if text else "" if cents else "零元"
    text += digits[jiao] + "角" if jiao else "零" if fen and text else ""
    return ("负" if amount < 0 else "") + text + (digits[fen] + "分" if fen else "整")


def text_of(pdf, *options):
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=False).stdout


def number(text):
    return Decimal(text.replace(",", "").replace("−", "-"))


AMOUNT = r"−?[\d,]+\.\d\d"


def statement(pdf):
    """From the text of the slip: per section the lines and the total, each this month and this year."""
    sections, present = {}, None
    for line in text_of(pdf, "-layout").splitlines():
        if "如何计算" in line:
            break
        head = re.match(r"\s*(应发|扣款)\s+计算依据", line)
        if head:
            present = sections.setdefault(head[1], {"lines": [], "total": None})
        found = re.match(rf"\s*(\S+)\s.*?({AMOUNT})\s+({AMOUNT})\s*$", line)
        if present is None or not found:
            continue
        if "合计" in found[1]:
            present["total"], present = (number(found[2]), number(found[3])), None
        else:
            present["lines"].append((found[1], number(found[2]), number(found[3])))
    return sections


def ledger(output, month):
    with open(output / month / "ledger.csv", encoding="utf-8") as file:
        return {row["工号"]: row for row in csv.DictReader(file)}


def check_sums(output, now, before):
    bad, words_bad = [], []
    for who, row in now.items():
        pdf = output / "2026-10/payslips" / f"{who}.pdf"
        sections, net = statement(pdf), Decimal(row["实发"])
        flat = text_of(pdf, "-l", "1", "-raw")
        sums = [sections.get(s, {"lines": [], "total": (0, 0)}) for s in ("应发", "扣款")]
        for part in sums:
            for k in (0, 1):
                if part["total"] is None or sum(line[k + 1] for line in part["lines"]) != part["total"][k]:
                    bad.append(f"{who}: {part}")
        if sums[0]["total"] and sums[1]["total"]:
            year = net + Decimal(before[who]["实发"])
            if sums[0]["total"][0] - sums[1]["total"][0] != net or sums[0]["total"][1] - sums[1]["total"][1] != year:
                bad.append(f"{who}: earnings less deductions are not net {net}, or not that of the year {year}")
        if f"¥ {shown(net)}" not in flat:
            bad.append(f"{who}: net {shown(net)} is not printed")
        if capitals(net) not in "".join(flat.split()):
            words_bad.append(f"{who}: {net} wants {capitals(net)}")
    ok(not bad, f"on {len(now)} slips the lines printed add up to the totals, and these to net, of month and year", *bad)
    ok(not words_bad, "net stands in capitals as worked out here", *words_bad)


def check_causes(output, now, before):
    bad = []
    for who in now:
        changes = {}
        for name in now[who]:
            if name in ("底薪", "提成", "代扣", "项目奖") or name.endswith("补贴"):
                difference = Decimal(now[who][name] or 0) - Decimal(before[who][name] or 0)
                if difference:
                    changes[name] = -difference if name == "代扣" else difference
        total = Decimal(now[who]["实发"]) - Decimal(before[who]["实发"])
        if sum(changes.values()) != total:
            bad.append(f"{who}: the ledgers' own change {total} is not {changes}")
        text = "".join(text_of(output / "2026-10/payslips" / f"{who}.pdf", "-raw").split()).replace("\u00a0", "")
        said = re.search(r"与上月相比实发([+−]?[\d,.]+\d)(?:（(.*?)）)?", text)
        listed = dict(re.findall(r"([^，+−]+)([+−][\d,]+\.\d\d)", said[2] or "")) if said else {}
        if not said or number(said[1]) != total or {k: number(v) for k, v in listed.items()} != changes:
            bad.append(f"{who}: {said and said[0]} for {changes}")
    ok(not bad, "the change from last month and its causes are those of the two ledgers", *bad)
    changed = text_of(output / "2026-10/payslips" / f"{CHANGED}.pdf", "-l", "1", "-layout")
    ok(re.search(r"提成\s+现行方案没有此项.*\s0\.00\s+100\.00", changed), "a line that only the former scheme had stays for its year to date", changed)


def check_layout(output):
    slips = output / "2026-10/payslips"
    for who, name in ((MANY, "forty earnings"), (ORDERS, "two hundred orders"), (HUGE, "twelve digits and a long name"), (DEBT, "a debt")):
        pages = words(str(slips / f"{who}.pdf"))
        ok(pages and not clipped(pages) and not overlapping(pages), f"a slip with {name}: no word clipped or over another",
           *clipped(pages), *overlapping(pages))
    many = text_of(slips / f"{MANY}.pdf", "-layout").split("\f")
    ok(all(re.search(rf"第{i}项补贴\s", many[0]) for i in range(1, 40)) and re.search(r"扣款\s+计算依据", many[1]) and "实发" in many[0],
       "forty earnings stand on the first page, what follows on the second", many[1][:900])
    text = text_of(slips / f"{ORDERS}.pdf", "-layout")
    wanted = [(f"SO-10-{i:03}", money(Decimal(f"{1000 + i * 37}.{i % 100:02}") * Decimal("0.03125"))) for i in range(200)]
    rows = dict(re.findall(rf"(SO-10-\d+)\s.*\s({AMOUNT})\s*$", text, re.M))
    ok(all(rows.get(key) == shown(value) for key, value in wanted), "each of two hundred orders stands with its commission",
       *[f"{k}: {rows.get(k)} for {v}" for k, v in wanted if rows.get(k) != shown(v)])
    pages = [page for page in text.split("\f") if "SO-10-" in page]
    ok(len(pages) > 4 and all(re.search(r"单号\s+客户号\s.*佣金", page) for page in pages), "each page of orders repeats the heads", len(pages))
    ok("SO-10-007" in text and "C1 青浦" in text and re.search(r"1,259\.07 × 3\.125%", text), "with its customer's name and the rate, without the condition",
       text[:3000])
    ok(re.search(r"若\(种类 ＝ “收款”, 收款额 × 3\.125%, 0\)", text), "the formula as written stands above the orders")
    many = text_of(slips / f"{MANY}.pdf")
    ok("(5,000.00 ＋ 1元) × 1" in many, "of an if in a product the side that counted stands in parentheses", many[-900:])
    ok("**** 0003" in text_of(slips / f"{HUGE}.pdf") and "6222" not in text_of(slips / f"{HUGE}.pdf"), "of the account the last four digits are printed, no more")
    outline = subprocess.run(["qpdf", "--json", "--json-key=outlines", str(slips / f"{ORDERS}.pdf")], capture_output=True, text=True, check=False).stdout
    titles = re.findall(r'"title": "(.*)"', outline)
    ok({"工资条", "如何计算", "逐项计算", "佣金"} <= set(titles), "bookmarks lead to the parts", titles)


def check_strips(output, now):
    strips = output / "2026-10/strips"
    names = sorted(p.name for p in strips.iterdir())
    ok(names == ["D1.pdf", "D2.pdf", "D3.pdf"], "one file of strips a unit", names)
    ok(stat.S_IMODE(strips.stat().st_mode) == 0o700 and all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in strips.iterdir()),
       "strips are their owner's alone")
    ok(len(list((output / "2026-10/payslips").iterdir())) == PEOPLE - 1, "everyone has a slip besides")
    for name in names:
        pages = words(str(strips / name))
        ok(pages and not clipped(pages) and not overlapping(pages), f"{name}: no word clipped or over another",
           *clipped(pages), *overlapping(pages))
    flat = "".join("".join(text_of(strips / name, "-raw").split()) for name in names)
    bad = [who for who, row in now.items() if who not in flat or shown(Decimal(row["实发"])) not in flat or row["姓名"] not in flat]
    ok(not bad, "everyone's name, number and net stand on a strip", *bad)
    tags = subprocess.run(["pdfinfo", "-struct", str(strips / "D1.pdf")], capture_output=True, text=True, check=False).stdout
    ok(tags.startswith("Document") and tags.count("Table") == 3 and "TH" in tags, "each strip is a table of its own", tags[:300])
    d3 = len(words(str(strips / "D3.pdf")))
    ok(d3 < (PEOPLE - FIRST) / 8, f"strips of {PEOPLE - FIRST} people take {d3} sheets")
    sums = (output / "2026-10/SHA256SUMS").read_text()
    ok(all(f"strips/{name}" in sums for name in names), "the strips are in the month's checksums")


def main():
    with tempfile.TemporaryDirectory(prefix="slips-") as name:
        folder = pathlib.Path(name)
        make_company(folder)
        done = subprocess.run([PROGRAM, "run", "-q"], cwd=folder, env=ENV, capture_output=True, text=True, check=False)
        ok(done.returncode == 0, "two months of the company are published", done.returncode, *done.stderr.splitlines())
        output = folder / "output"
        if not done.returncode:
            now, before = ledger(output, "2026-10"), ledger(output, "2026-09")
            check_sums(output, now, before)
            check_causes(output, now, before)
            check_layout(output)
            check_strips(output, now)
        company = folder / "input/company.xml"
        company.write_text(company.read_text().replace('"strips"', '"stripes"'))
        done = subprocess.run([PROGRAM, "check", "2026-10", "--lang", "en"], cwd=folder, env=ENV, capture_output=True, text=True, check=False)
        ok(done.returncode == 1 and re.search(r"company\.xml:\d+:\d+: error.*stripes", done.stderr) and "strips" in done.stderr,
           "a layout that is none is an error that names those there are", done.stderr)
    return tap.plan()


raise SystemExit(main())
