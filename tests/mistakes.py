#!/usr/bin/env python3
"""Typical mistakes of someone who sets up a company: one message each, at the place of the mistake. TAP.

Each case edits a copy of templates/starter, runs $SALESPAY check (default build/release/salespay) and compares code, file
and line of all messages with what is written here; the line is that of a text which the case names, looked up in the
edited file. Where the case says so, the help must offer the right word.
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
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-mistakes-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"
WAGES, STAFF, COMPANY = "policies/wages.xml", "policies/lib/staff.xml", "company.xml"
PEOPLE, DAYS, SCORES, ORDERS = "2026-10/花名册.csv", "2026-10/考勤.csv", "2026-10/考核评分.csv", "2026-10/订单.csv"
UNITS, WITHHELD = "common/机构.csv", "2026-10/代扣.csv"
GONE = None

# title, file, old (GONE: the file is removed), new, code, (file, text in the line; None: no line), a word of the help
CASES = [
    ("a column misspelt", PEOPLE, "职级", "职极", "E0142", (PEOPLE, "职极"), "职极"),
    ("the staff list missing", PEOPLE, GONE, "", "E0320", ("2026-10", None), ""),
    ("an export missing", DAYS, GONE, "", "E0320", ("2026-10", None), ""),
    ("month 13", PEOPLE, "2023-05-08", "2023-13-08", "E0222", (PEOPLE, "2023-13-08"), ""),
    ("letters for digits", ORDERS, "15,600.00", "15,6OO.00", "E0205", (ORDERS, "15,6OO.00"), ""),
    ("an id nobody has", ORDERS, ",0006,", ",0066,", "E0324", (ORDERS, ",0066,"), "0006"),
    ("a choice misspelt", ORDERS, "续单", "续但", "E0216", (ORDERS, "续但"), "续单"),
    ("a grade misspelt", PEOPLE, "高级专员", "高级专家", "E0321", (PEOPLE, "高级专家"), "高级专员"),
    ("a blank in a required column", DAYS, "0003,马俊,16.5", "0003,马俊,", "E0201", (DAYS, "0003"), ""),
    ("a person without attendance", DAYS, "0003,马俊,16.5,\n", "", "E0399", (PEOPLE, "0003"), "缺省"),
    ("a person without scores", SCORES, "0003,马俊,95,93\n", "", "E0399", (PEOPLE, "0003"), ""),
    ("a person twice", PEOPLE, "0006,罗威", "0005,罗某,销售二部,专员,2025-02-17,,\n0006,罗威", "E0301", (PEOPLE, "0005,罗某"), ""),
    ("a digit of an id lost", ORDERS, "D2610-003", "1.23E+17", "E0231", (ORDERS, "1.23E+17"), ""),
    ("a row with a cell too many", ORDERS, "0003,自主开发", "0003,x,自主开发", "E0136", (ORDERS, ",x,"), ""),
    ("a unit above that is not there", UNITS, "销售一部,Z", "销售一部,Y", "E0322", (UNITS, "销售一部"), ""),
    ("units in a circle", UNITS, "总部,,", "总部,X2,", "E0323", (UNITS, "总部"), ""),
    ("a head who is not there", UNITS, "Z,0005", "Z,0055", "E0324", (UNITS, "0055"), "0005"),
    ("a day of the calendar misspelt", "calendar.csv", "2026-10-02,法定", "2026-10-02,法休", "E0216",
     ("calendar.csv", "2026-10-02"), ""),
    ("no calendar", "calendar.csv", GONE, "", "E0392", (None, None), ""),
    ("a function misspelt", WAGES, "提成比例(业务来源)", "提成比列(业务来源)", "E0472", (WAGES, "提成比列(业务来源)"), "提成比例"),
    ("a name misspelt", WAGES, "× 当月绩效得分 ÷ 100</figure>", "× 当月绩效分 ÷ 100</figure>", "E0467",
     (WAGES, "当月绩效分 ÷"), "当月绩效得分"),
    ("a parenthesis left open", WAGES, "合计(订单, 订单提成)", "合计(订单, 订单提成", "E0460", (WAGES, "合计(订单, 订单提成<"), ""),
    ("money times money", WAGES, ">绩效工资基数 × 当月", ">绩效工资基数 × 基本工资标准 × 当月", "E0489", (WAGES, "× 基本工资标准 ×"), ""),
    ("an example off by a fen", WAGES, '"基本工资">4333.33<', '"基本工资">4333.34<', "E0440", (WAGES, "4333.34"), ""),
    ("an end tag forgotten", WAGES, "全勤奖标准</figure>", "全勤奖标准", "E0165", (WAGES, "  </article>"), "</figure>"),
    ("a quote forgotten before the formula", WAGES, 'section="deductions">迟到每次', 'section="deductions>迟到每次', "E0180",
     (WAGES, "deductions>迟到每次"), ""),
    ("Chinese quotes around an attribute", WAGES, 'name="提成" type', 'name=“提成” type', "E0168", (WAGES, "“提成”"), ""),
    ("a plain less-than", WAGES, "实发工资 ＜ 最低", "实发工资 < 最低", "E0170", (WAGES, "实发工资 < 最低"), "＜"),
    ("an attribute misspelt", WAGES, 'name="提成" type=', 'name="提成" typ=', "E0403", (WAGES, 'typ='), "type"),
    ("an element misspelt", WAGES, '<total name="扣款合计" section="deductions"/>', '<totl name="扣款合计" section="deductions"/>',
     "E0402", (WAGES, "<totl"), "total"),
    ("an include that is not there", WAGES, "lib/staff.xml", "lib/stuff.xml", "E0101", (WAGES, "lib/stuff.xml"), ""),
    ("weights of 90", WAGES, 'weight="40"', 'weight="30"', "E0361", (WAGES, "<scorecard"), ""),
    ("a percent without its sign", WAGES, '"自主开发">5%', '"自主开发">5', "E0417", (WAGES, '"自主开发">5<'), "%"),
    ("a net that forgets the deductions", WAGES, "应发合计 - 扣款合计<", "应发合计<", "E0440", (WAGES, "5157.98"), ""),
    ("and its example, too", WAGES, ["应发合计 - 扣款合计<", "5157.98"], ["应发合计<", "5678.33"], "E0517", (WAGES, ">应发合计<"), ""),
    ("a policy that is not there", COMPANY, "policies/wages.xml", "policies/wage.xml", "E0101", (COMPANY, "wage.xml"), ""),
    ("a month without its zero", COMPANY, 'from="2026-10"', 'from="2026-1"', "E0409", (COMPANY, 'from="2026-1"'), ""),
    ("pay on the 35th", COMPANY, 'day="10"', 'day="35"', "E0410", (COMPANY, 'day="35"'), ""),
    ("company.xml not closed", COMPANY, "</company>", "", "E0166", (COMPANY, "end"), "</company>"),
    ("no company.xml", COMPANY, GONE, "", "E0101", (COMPANY, None), ""),
    ("an amount in a table of numbers", "policies/tables/职级.csv", "S2,高级专员,销售,2,5200", "S2,高级专员,销售,2,五千", "E0417",
     ("policies/tables/职级.csv", "五千"), ""),
]


def edit(folder, file, old, new):
    path = folder / file
    if old is GONE:
        path.unlink()
        return
    text = path.read_text(encoding="utf-8")
    for one, other in zip([old], [new]) if isinstance(old, str) else zip(old, new):
        assert one in text, (file, one)
        text = text.replace(one, other, 1)
    path.write_text(text, encoding="utf-8")


def line_of(folder, file, needle):
    lines = (folder / file).read_text(encoding="utf-8").split("\n")
    if needle == "end":
        return len(lines)
    if needle == "  </article>":  # the first one: the article with the mistake
        return lines.index(needle) + 1
    return next(number for number, line in enumerate(lines, 1) if needle in line)


def main():
    failed = 0
    print(f"1..{len(CASES)}")
    for number, (title, file, old, new, code, (where, needle), word) in enumerate(CASES, 1):
        folder = WORK / str(number)
        shutil.copytree(TOP / "templates/starter", folder)
        edit(folder, file, old, new)
        wanted = [(code, str(folder / where) if where else None, line_of(folder, where, needle) if needle else None)]
        done = subprocess.run([PROGRAM, "check", "-i", str(folder), "-o", str(WORK / "out"), "--format", "json", "--lang", "zh-CN"],
                              capture_output=True, text=True, check=False)
        said = [json.loads(line) for line in done.stderr.splitlines()]
        told = [(m["code"], m["file"] or (where and str(folder / where)), m["line"]) for m in said if m["level"] == "error"]
        good = done.returncode == 1 and told == wanted and word in (said[0]["help"] or "")
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        if not good:
            print(f"# status {done.returncode}, wanted {wanted} with {word!r}, told:")
            for line in done.stderr.splitlines()[:6]:
                print("# " + line)
    shutil.rmtree(WORK)
    return failed > 0


sys.exit(main())
