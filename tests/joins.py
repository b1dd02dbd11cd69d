#!/usr/bin/env python3
"""Checks across rows and tables: what is said of rows that fit badly to one another, and what is not. TAP.

Each case changes files of the small company below; $SALESPAY check (default build/release/salespay) must then say just
the messages written beside it, at these places. Cases with an empty list are near misses: nothing may be said.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-joins-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"

STAFF, DAYS, MARKS, DEALS, EXTRA = (f"2026-10/{n}.csv" for n in ("花名册", "考勤", "评分", "订单", "补贴"))
FIX, UNITS, CERTS = "2026-10/更正.csv", "common/机构.csv", "common/证书.csv"

COMPANY = {
    "company.xml": '''<company xmlns="urn:salespay:company:1" name="试用公司" lang="zh-CN">
  <policy scheme="业务" href="policies/sales.xml" from="2026-01" when="岗位 = “业务”"/>
  <policy scheme="内勤" href="policies/office.xml" from="2026-01" when="岗位 = “内勤”"/>
</company>
''',
    "policies/tables.xml": '''<policy xmlns="urn:salespay:policy:1" id="tables" title="表" version="1">
  <table name="员工" file="花名册.csv" role="staff" rows="one" required="yes">
    <column name="工号" type="id" role="id" required="yes"/><column name="姓名" type="text" role="name" required="yes"/>
    <column name="部门" type="text" role="unit" required="yes"/><column name="岗位" type="choice" values="业务|内勤"/>
    <column name="入职日期" type="date" role="hired"/><column name="离职日期" type="date" role="left"/>
  </table>
  <table name="机构" file="机构.csv" role="units" rows="one" required="yes">
    <column name="编码" type="id" role="id" required="yes"/><column name="名称" type="text" role="name" required="yes"/>
    <column name="上级" type="id" role="parent"/><column name="负责人" type="id" role="head"/>
  </table>
  <table name="考勤" file="考勤.csv" rows="one" required="yes">
    <column name="工号" type="id" role="person" required="yes"/><column name="事假" type="number" required="yes"/>
  </table>
  <table name="评分" file="评分.csv" rows="one" required="yes">
    <column name="工号" type="id" role="person" required="yes"/><column name="得分" type="number" required="yes"/>
  </table>
  <figure name="底薪" type="money" section="earnings">5000元 - 事假 × 100元</figure>
  <total name="应发" section="earnings"/>
  <figure name="实发" type="money" section="net">应发</figure>
</policy>
''',
    "policies/sales.xml": '''<policy xmlns="urn:salespay:policy:1" id="sales" title="业务" version="1">
  <include href="tables.xml"/>
  <table name="订单" file="订单.csv">
    <column name="订单号" type="id" required="yes"/><column name="工号" type="id" role="person" required="yes"/>
    <column name="回款日" type="date" required="yes"/><column name="金额" type="money" required="yes"/>
    <column name="合作单号" type="id"/><column name="份额" type="number"/>
  </table>
  <table name="补贴" file="补贴.csv">
    <column name="工号" type="id" role="person" required="yes"/><column name="补贴日" type="date" required="yes"/>
    <column name="补贴额" type="money" required="yes"/><column name="截止日" type="date"/>
  </table>
  <table name="证书" file="证书.csv">
    <column name="工号" type="id" role="person" required="yes"/><column name="取得日" type="date" required="yes"/>
  </table>
  <table name="更正" file="更正.csv" role="corrections">
    <column name="工号" type="id" role="person" required="yes"/><column name="月份" type="month" role="month" required="yes"/>
    <column name="项目" type="text" role="figure" required="yes"/><column name="差额" type="money" role="amount" required="yes"/>
  </table>
  <line name="提成" table="订单" key="订单号" type="money">若(缺失(合作单号), 金额 × 5%, 0)</line>
  <line name="合作提成" table="订单" key="订单号" type="money" split="合作单号" weight="份额">若(缺失(合作单号), 0, 金额 × 5%)</line>
  <figure name="提成额" type="money" section="earnings">合计(订单, 提成) + 合计(订单, 合作提成)</figure>
  <figure name="补贴合计" type="money" section="earnings">合计(补贴, 补贴额) + 合计(更正, 差额)</figure>
  <figure name="绩效" type="money" section="earnings">缺省(得分, 0) × 10元</figure>
  <figure name="证书数" type="number">计数(证书)</figure>
</policy>
''',
    "policies/office.xml": '''<policy xmlns="urn:salespay:policy:1" id="office" title="内勤" version="1">
  <include href="tables.xml"/>
</policy>
''',
    STAFF: '''工号,姓名,部门,岗位,入职日期,离职日期
01,陈晨,X1,业务,2020-01-06,
02,李伟,X1,业务,2026-10-12,
03,王芳,X2,业务,2021-03-01,2026-10-23
04,赵敏,Z,内勤,2022-05-05,
05,孙磊,X2,业务,2019-07-01,2026-09-15
06,周凯,X1,业务,2026-11-02,
''',
    DAYS: "工号,事假\n01,0\n02,1\n03,0\n04,0\n",
    MARKS: "工号,得分\n01,90\n02,85\n03,70\n",
    DEALS: '''订单号,工号,回款日,金额,合作单号,份额
A1,01,2026-10-08,1000.00,,
A2,02,2026-10-14,2000.00,,
A3,03,2026-10-20,3000.00,H1,1
''',
    EXTRA: "工号,补贴日,补贴额,截止日\n01,2026-10-09,50.00,\n03,2026-10-09,60.00,\n",
    UNITS: "编码,名称,上级,负责人\nZ,总部,,04\nX1,一部,Z,01\nX2,二部,Z,03\n",
    CERTS: "工号,取得日\n01,2018-06-01\n05,2017-06-01\n",
}


class More(str):
    """Lines to stand behind the file's own."""


def doubled(where):
    return ("E0341", "warning", where, None, f"2026-10/{pathlib.PurePath(where[0]).name}:2")


def shared(line, first, who, before, column=1):
    return ("E0342", "warning", (DEALS, line), column, f"counts for {who}, and in ", f"订单.csv:{first} for {before} already")


def outside(code, below, line, column, *words):
    return (code, "warning", (below, line), column, *words)


A, B, C = "陈晨 (01)", "李伟 (02)", "王芳 (03)"

# title, {file: lines more, or all of it, or (old, new)}, messages: code, level, (file, line), column, words of the English text
CASES = [
    ("a sound company", {}, []),
    # the same row twice
    ("an order twice", {DEALS: More("A1,01,2026-10-08,1000.00,,\n")}, [doubled((DEALS, 5))]),
    ("an order three times, each against the first", {DEALS: More("A1,01,2026/10/8,\"1,000\",,\nA1,01,20261008,¥1000.00,,\n")},
     [doubled((DEALS, 5)), doubled((DEALS, 6))]),
    ("an allowance twice", {EXTRA: More("03,2026-10-10,60.00,\n01,2026-10-09,50.00,\n")}, [doubled((EXTRA, 5))]),
    ("a correction twice", {FIX: "工号,月份,项目,差额\n01,2026-09,底薪,5\n01,2026-09,底薪,5.00\n"}, [doubled((FIX, 3))]),
    ("rows that differ in a single column",
     {DEALS: More("A1,01,2026-10-08,1000.01,,\nA1,01,2026-10-09,1000.00,,\n"),
      EXTRA: More("01,2026-10-09,50.00,2026-10-31\n02,2026-10-12,50.00,\n")}, []),
    # one order, two people
    ("an order of two people", {DEALS: More("A1,02,2026-10-12,500.00,,\n")}, [shared(5, 2, B, A)]),
    ("an order of three people", {DEALS: More("A1,02,2026-10-12,500.00,,\nA1,03,2026-10-12,10.00,,\nA1,02,2026-10-13,1.00,,\n")},
     [shared(5, 2, B, A), shared(6, 2, C, A)]),
    ("an order handed over with a share in one row only", {DEALS: More("A3,01,2026-10-20,3000.00,,\n")}, [shared(5, 4, A, C)]),
    ("a share in the second row only", {DEALS: More("A1,02,2026-10-12,1000.00,H2,1\n")}, [shared(5, 2, B, A)]),
    ("an order handed over with shares in both rows", {DEALS: More("A3,01,2026-10-20,3000.00,H1,1\n")}, []),
    ("a refund of which both rows say their part", {DEALS: More("R1,01,2026-10-20,-50.00,,2\nR1,03,2026-10-20,-50.00,,1\n")}, []),
    ("instalments of one person", {DEALS: More("A1,01,2026-10-20,300.00,,\nA1,01,2026-10-21,300.00,,\n")}, []),
    # rows and employment
    ("an order after its seller left", {DEALS: More("A4,03,2026-10-24,10.00,,\n")},
     [outside("E0343", DEALS, 5, 3, "2026-10-24 is after 王芳 (03) left on 2026-10-23")]),
    ("an order before its seller was hired", {DEALS: More("A4,02,2026-10-11,10.00,,\n")},
     [outside("E0344", DEALS, 5, 3, "2026-10-11 is before 李伟 (02) was hired on 2026-10-12")]),
    ("an allowance after leaving: the first date decides", {EXTRA: More("03,2026-10-31,1.00,2026-10-01\n")},
     [outside("E0343", EXTRA, 4, 2)]),
    ("rows on the day of hiring and of leaving, and a later second date",
     {DEALS: More("A4,03,2026-10-23,10.00,,\nA5,02,2026-10-12,10.00,,\n"), EXTRA: More("03,2026-10-01,1.00,2026-12-31\n")}, []),
    ("a certificate older than the employment", {CERTS: More("02,2020-01-01\n")}, []),
    ("orders of somebody who left before the month, told once", {DEALS: More("A4,05,2026-09-14,1.00,,\nA5,05,2026-10-14,1.00,,\n")},
     [outside("E0345", DEALS, 5, 2, "孙磊 (05) left on 2026-09-15")]),
    ("the same in two tables", {DEALS: More("A4,05,2026-09-14,1.00,,\n"), DAYS: More("05,0\n")},
     [outside("E0345", DEALS, 5, 2), outside("E0345", DAYS, 6, 1)]),
    ("a correction for somebody who left", {FIX: "工号,月份,项目,差额\n05,2026-09,底薪,5\n"}, [outside("E0345", FIX, 2, 1)]),
    ("attendance of somebody not yet hired", {DAYS: More("06,0\n")},
     [outside("E0346", DAYS, 6, 1, "周凯 (06) is hired on 2026-11-02")]),
    ("somebody who left on the month's first day is computed", {STAFF: ("2026-09-15", "2026-10-01"), DEALS: More("A4,05,2026-10-01,1.00,,\n"),
     DAYS: More("05,0\n"), MARKS: More("05,0\n")}, []),
    ("left before hired is said alone", {STAFF: ("2020-01-06,", "2020-01-06,2019-12-31")},
     [outside("E0336", STAFF, 2, 6)[:1] + ("error",) + outside("E0336", STAFF, 2, 6)[2:]]),
    # units
    ("a unit with two heads", {UNITS: More("X1,一部,Z,02\n")}, [("E0338", "error", (UNITS, 5), 4, "unit 'X1' has two heads: '02', and '01' in ",
                                                                "机构.csv:3")]),
    ("a unit twice with the same head, or with one head less", {UNITS: More("X1,一部,Z,01\nX2,二部,Z,\n")},
     [("E0301", "error", (UNITS, 5), 1), ("E0301", "error", (UNITS, 6), 1)]),
    ("one head of two units", {UNITS: ("X2,二部,Z,03", "X2,二部,Z,01")}, []),
    ("a head who left before the month", {UNITS: ("X2,二部,Z,03", "X2,二部,Z,05")},
     [outside("E0339", UNITS, 4, 4, "unit '二部' is headed by 孙磊 (05), who left on 2026-09-15")]),
    ("units without people are one note", {UNITS: More("X3,三部,Z,\nX4,四部,X3,\n")},
     [("E0340", "note", (UNITS, 5), 1, "2 in all: 三部, 四部")]),
    ("eleven units without people", {UNITS: More("".join(f"Y{n:02},组{n},Z,\n" for n in range(1, 12)))},
     [("E0340", "note", (UNITS, 5), 1, "11 in all: 组1, 组2,", ", 组10, …")]),
    ("a unit that has people only below", {UNITS: More("X3,三部,Z,\nX4,四部,X3,\n"), STAFF: ("04,赵敏,Z", "04,赵敏,X4")}, []),
    ("people of a unit who are all excluded", {UNITS: More("X3,三部,Z,\n"), STAFF: ("05,孙磊,X2", "05,孙磊,X3")},
     [("E0340", "note", (UNITS, 5), 1, "1 in all: 三部")]),
    ("not where rows of the staff table are rejected", {UNITS: More("X3,三部,Z,\n"), STAFF: ("04,赵敏,Z,内勤", "04,赵敏,X3,内务")},
     [("E0216", "error", (STAFF, 5), 4)]),
    # people without a row
    ("somebody without scores", {MARKS: ("02,85\n", "")}, [outside("E0347", STAFF, 3, None, "'评分.csv' has no row of 李伟 (02)")]),
    ("somebody without attendance is an error, and scores are missed beside it", {DAYS: ("02,1\n", ""), MARKS: ("02,85\n", "")},
     [("E0399", "error", (STAFF, 3), None, "考勤.csv"), outside("E0347", STAFF, 3, None, "评分.csv")]),
    ("an order of somebody whose policy has no orders", {DEALS: More("A1,04,2026-10-08,1000.00,,\n")}, []),
]


def company_with(changes):
    files = dict(COMPANY)
    for below, change in changes.items():
        if isinstance(change, More):
            files[below] += change
        elif isinstance(change, tuple):
            assert change[0] in files[below], (below, change)
            files[below] = files[below].replace(*change)
        else:
            files[below] = change
    folder = WORK / "input"
    shutil.rmtree(folder, ignore_errors=True)
    for below, text in files.items():
        path = folder / below
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def check(folder, *arguments):
    return subprocess.run([PROGRAM, "check", "2026-10", "-i", str(folder), "-o", str(WORK / "out"), "-j", "1", *arguments],
                          capture_output=True, text=True, check=False)


def messages(done):
    return [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]


def compare(folder, expected, done):
    wrong, left = [], messages(done)
    for code, level, (below, line), column, *words in expected:
        place = (code, level, str(folder / below), line, column)
        found = [m for m in left if (m["code"], m["level"], m["file"], m["line"], m["column"]) == place]
        if not found:
            wrong.append(f"missing: {place}")
            continue
        left.remove(found[0])
        wrong += [f"{code} does not say {w!r}: {found[0]['message']}" for w in words if w not in found[0]["message"]]
    wrong += [f"surplus: {m['code']} {m['level']} {m['file']}:{m['line']}:{m['column']} {m['message']}" for m in left]
    if done.returncode != int(any(e[1] == "error" for e in expected)):
        wrong.append(f"status {done.returncode}")
    return wrong


def main():
    failed = 0
    print(f"1..{len(CASES)}")
    for number, (title, changes, expected) in enumerate(CASES, 1):
        folder = company_with(changes)
        wrong = compare(folder, expected, check(folder, "--format", "json", "--lang", "en"))
        failed += bool(wrong)
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}: {'said' if expected else 'nothing is said'}", flush=True)
        for line in wrong:
            print("# " + line)
    shutil.rmtree(WORK)
    return failed > 0


sys.exit(main())
