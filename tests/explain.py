#!/usr/bin/env python3
"""`salespay explain MONTH WHO [FIGURE [KEY]]` as a person reads it. TAP.

On copies of tests/manual, whose numbers are worked out by hand in tests/manual/expected and in the comments here.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ENV = {**os.environ, "SALESPAY_DATA": str(TOP), "LC_ALL": "C.UTF-8"}
ENV.pop("LANG", None)
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-explain-"))
NS = "{urn:salespay:model:1}"


def call(*arguments, language="zh-CN"):
    done = subprocess.run([PROGRAM, *arguments, "-i", "in", "-o", "out", "--lang", language], cwd=WORK, env=ENV,
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def says(name, words, *parts, absent=(), language="zh-CN"):
    """explain 2026-10 WORDS prints every part, in this order, and nothing of `absent`; blanks are one blank."""
    status, out, err = call("explain", "2026-10", *words, language=language)
    text, at, lost = re.sub(r"[ │├└]+", " ", out), 0, []
    for part in parts:
        found = text.find(part, at)
        lost += [part] if found < 0 else []
        at = max(at, found)
    ok(status == 0 and not lost and not any(part in text for part in absent), name, f"exit {status}, without {lost}\n{out}{err}")


def refuses(name, words, code, *parts, month="2026-10", language="zh-CN"):
    status, out, err = call("explain", month, *words, language=language)
    ok(status == 1 and not out and f"[{code}]" in err and all(part in err for part in parts), name, f"exit {status}\n{out}{err}")


def edit(below, old, new):
    path = WORK / "in" / below
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (below, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def person(number):
    """The person as pages and slips are drawn from them."""
    for file in sorted((WORK / "out/2026-10/model/managers").glob("unit-*.xml")):
        for found in ET.parse(file).getroot().iter(NS + "person"):
            if found.get("id") == number:
                return found


def texts(node):
    return {child.tag[len(NS):]: child.text for child in node}


def on_pages(name, number, figure, **expected):
    """What the person's page says of a figure, and `explain` says the same formula with values and the same rounding."""
    node = next((n for n in person(number).iter() if figure in (n.get("key"), n.get("name")) and n.tag[len(NS):] in ("figure", "item", "scorecard", "entry")), None)
    said = texts(node) if node is not None else {}
    out = re.sub(r"\s+", " ", call("explain", "2026-10", number, figure)[1]) if node is not None and node.get("key") is None else None
    apart = [part for part in (said.get("basis"), said.get("rounding")) if part and out is not None and re.sub(r"\s+", " ", part) not in out]
    ok(all(said.get(key) == text for key, text in expected.items()) and not apart, name, f"{said}, apart {apart}")


def whom():
    says("an id", ("E003", "提成"), "E003 王芳 高级专员 华东部")
    says("a name that only one person has", ("王芳", "提成"), "E003 王芳 高级专员 华东部")
    refuses("an unknown id, with the nearest", ("E03",), "E0520", "“E03”", "E003")
    refuses("an unknown id in English", ("E03",), "E0520", "the books of 2026-10 have nobody 'E03'", "did you mean", language="en")
    refuses("a mistyped name, with the nearest", ("王方",), "E0520", "王芳")
    refuses("an unknown figure, with the nearest", ("E003", "提城"), "E0523", "“提城”", "提成")
    refuses("an unknown figure in English", ("E003", "提城"), "E0523", "did you mean", "提成", language="en")
    refuses("an unknown row of a line, with the nearest", ("E003", "收款提成", "B0l"), "E0524", "收款提成", "B01")
    refuses("a month without books, with the command to type", ("E003",), "E0526", "salespay run 2026-12", month="2026-12")


def everything():
    # 20,000 × 5% = 1,000 lies in September; October: 1,500 − 1,200 × 5,000 ÷ 20,000 = 1,200
    says("without a figure every figure stands on a line, by sections", ("E003",), "事实", "应发", "提成 1,200.00", "逐单", "收款提成 1,500.00 2 行",
         "晋升 2 项条件达到 1 项", "salespay explain -i in -o out 2026-10 E003")
    says("the same in English", ("E003",), "提成 1,200.00", "salespay explain", language="en")


def lines():
    # 10,000.50 × 2% = 200.01, halves 100.005: 100.00 each, the fen left over goes to the smaller id
    says("a shared order tells the whole and each part, the odd fen with the smaller id", ("E004", "收款提成", "B02"),
         "= 10,000.50 × 2%", "整单 200.01，由 2 行按份额分", "E004 张伟 100.01 份额 50%", "in/2026-10/订单.csv:3",
         "E006 周杰 100.00 份额 50%", "in/2026-10/订单.csv:4")
    says("the other half of it", ("周杰", "收款提成", "B02"), "整单 200.01", "E004 张伟 100.01", "E006 周杰 100.00")
    says("a shared order in English", ("E004", "收款提成", "B02"), "the whole order is 200.01, shared over 2 rows", language="en")
    says("a line without key lists its rows", ("E003", "收款提成"), "2 行", "收款提成 B01 1,500.00", "收款提成 A01R 0.00",
         "不适用，计为 0，因为 类型 = “收款” 不成立：“退款” = “收款”")
    # once paid 1,200 for A01 in September: taken back −1,200 × 5,000 ÷ 20,000
    says("what was paid in an earlier month is named by its row in those books", ("E003", "退回提成", "A01R"),
         "= -1,200.00 × (5,000.00 ÷ 20,000.00)", "A01 1,200.00 in/records/2026-09/lines-收款提成.csv:2", "in/2026-10/订单.csv:6:9 “20,000.00”")
    on_pages("the page tells a shared order's whole and the person's share of it", "E004", "B02", basis="10,000.50 × 2% = 200.01，整单按份额 50% 分", amount="100.01")
    says("rates that fall back to the rest", ("E004", "收款提成", "B02"), "提成比例(业务来源, 职级) 2%")


def folding():
    says("rows that do not fit are counted", ("E003", "业绩"), "订单 2 行，符合条件 1 行", "不符合条件的 1 行 -v 全部列出", absent=("= “收款” = “退款”",))
    says("-v lists them", ("E003", "业绩", "-v"), "in/2026-10/订单.csv:2", absent=("不符合条件的 1 行",))
    says("in English", ("E003", "业绩"), "1 rows that do not fit", "-v lists them", language="en")


def others():
    says("a check that speaks, with the figures in it", ("王芳", "提成偏高"), "提成偏高 提醒", "提成 1200.00 超过一千元,业绩为 25000.00",
         "= 1,200.00 > 1000元")
    says("a check that does not speak tells why", ("E004", "提成偏高"), "提成 > 1000元", "不成立")
    says("a movement's criteria, each with its months", ("张伟", "晋升"), "2 项条件全部达到", "S2 → S3", "连续两月五千 达到",
         "2026-10 是", "2026-09 是", "任职满两月 达到")
    says("a criterion by its own name", ("张伟", "任职满两月"), "任职满两月 达到")
    says("a movement in English", ("张伟", "晋升"), "all 2 criteria are met", "there is no ledger row of 2026-08", language="en")
    says("a rank lists who is ranked", ("E006", "名次"), "= 排名(业绩)", "6 人", "E003 王芳 25,000.00 in/records/2026-10/ledger.csv:4")
    says("why a figure is missing: she leads nobody", ("E003", "下属均绩"), "(空)", "下属平均(业绩)", "0 人")
    says("a total adds its parts", ("E003", "应发合计"), "提成 1,200.00", "奖池分配", "基本工资")


def scorecard():
    """A company of one person whose policy is tests/manual's scorecard.xml."""
    shutil.rmtree(WORK / "in")
    shutil.copytree(TOP / "tests/manual", WORK / "in", ignore=shutil.ignore_patterns("tutorial", "expected", "2026-09"))
    edit("company.xml", "policies/team.xml", "policies/scorecard.xml")
    (WORK / "in/2026-10/评分.csv").write_text("工号,工作质量,及时率,满意度,投诉次数\nE003,118,92%,85,1\nE004,90,95%,,\nE005,80,100%,,\nE001,80,90%,,0\n"
                                             "E002,,90%,70,0\nE006,80,90%,70,0\n", encoding="utf-8")
    (WORK / "in/2026-10/订单.csv").unlink()
    status, out, err = call("run", "-q", "2026-10")
    ok(status == 0, "the company with a scorecard is computed", out + err)
    # 110 × 40% + 92 × 40% + 85 × 20% − 2 = 95.8; E004: (90 × 40 + 95 × 40) ÷ 80 = 92.5
    says("a scorecard shows weights, kpis and adjustments", ("E003", "当月绩效得分"), "95.8", "= 110 × 40% + 92 × 40% + 85 × 20% − 2", "质量得分", "投诉扣分")
    on_pages("the person's page weighs the scorecard in the same words", "E003", "当月绩效得分", basis="110 × 40% + 92 × 40% + 85 × 20% − 2", now="95.80")
    on_pages("and tells a kpi's points and its cap", "E003", "质量得分", value="110", points="44", rounding="118 不高于 110", reason=None)
    on_pages("an adjustment's points are its value", "E003", "投诉扣分", points="−2", basis="-2 × 1")
    on_pages("a kpi that does not apply says why and has no points", "E003", "主管质量得分", value="不适用", points=None,
             reason="不适用，计为 0，因为 职级 = “主管” 不成立：“S2” = “主管”")
    on_pages("weights that count are what the sum is divided by", "E004", "当月绩效得分", basis="(90 × 40 + 95 × 40) ÷ 80", now="92.50")
    on_pages("and the points too: 95 × 40 ÷ 80", "E004", "及时得分", value="95", points="47.5")
    on_pages("a kpi without value says where it is missing", "E004", "满意得分", points=None, reason="没有值，因为：满意得分 ← 评分.满意度 (评分.csv:3)")
    says("a kpi shows its cap", ("E003", "质量得分"), "质量得分 110", "118")
    says("why a kpi does not apply", ("E003", "主管质量得分"), "因为 职级 = “主管” 不成立")
    says("a kpi without value leaves its weight to the others", ("E004", "当月绩效得分"), "92.5", "= (90 × 40 + 95 × 40) ÷ 80", "满意得分")
    says("why something is missing, down to the blank cell", ("E004", "满意得分"), "满意度", "in/2026-10/评分.csv:3:4", "是空格")


def changed():
    edit("2026-10/评分.csv", "118", "119")
    status, out, err = call("explain", "2026-10", "E003", "质量得分")
    ok(status == 0 and "[E0525]" in err and "2026-10/评分.csv" in err and "in/records/2026-10/input" in err,
       "inputs that changed since are warned of, with the copies' folder", out + err)
    ok("118" in out and "119" not in out and "in/records/2026-10/input/2026-10/评分.csv:2:2" in out,
       "and the books are explained by the copy, which is named", out)


def main():
    shutil.copytree(TOP / "tests/manual", WORK / "in", ignore=shutil.ignore_patterns("tutorial", "expected"))
    status, out, err = call("run", "-q")
    ok(status == 0, "the manual's company is computed", out + err)
    for part in (whom, everything, lines, folding, others, scorecard, changed):
        part()
    shutil.rmtree(WORK)
    return tap.plan()


sys.exit(main())
