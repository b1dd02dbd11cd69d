#!/usr/bin/env python3
"""What `salespay lint` finds in a policy that is right and yet worth a look. Each smell is planted in a small policy; what is at
stake at a jump was worked out by hand. TAP; $SALESPAY is the program."""
import json
import os
import pathlib
import subprocess
import tempfile

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
SALESPAY = pathlib.Path(os.environ.get("SALESPAY", TOP / "build/release/salespay")).resolve()

POLICY = """<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="p" title="示例" version="1">
  <table name="花名册" file="staff.csv" role="staff" rows="one" required="yes">
    <column name="工号" type="id" role="id"/>
    <column name="职级" type="grade" role="grade"/>
    <column name="性格" type="text"/>
  </table>
  <table name="业绩" file="sales.csv" rows="one">
    <column name="业绩工号" type="id" role="person"/>
    <column name="销售额" type="money" min="0"/>
    <column name="得分" type="number" min="0" max="100"/>
    <column name="来源" type="choice" values="自主开发|公司资源"/>
    <column name="迟到" type="number" min="0"/>
    <column name="备注" type="text"/>
  </table>
  <parameter name="没人用的参数" type="money"><value from="2026-01">10</value></parameter>
  <grades><grade id="S1" title="一级" track="支持" order="1"><set name="基数">1000</set><set name="闲置标准">1</set></grade></grades>
  <rates name="比例" keys="来源, 职级">
    <rate for="自主开发, *">5%</rate>
    <rate for="自主开发, S1">6%</rate>
    <rate for="自主开拓, *">7%</rate>
    <otherwise>1%</otherwise>
  </rates>
  <tiers name="系数" mode="value" type="percent"><tier from="0">50%</tier><tier from="90">100%</tier><tier from="110">120%</tier></tiers>
  <tiers name="提成档" mode="whole"><tier from="0">5%</tier><tier from="10000">3%</tier></tiers>
  <tiers name="全勤" mode="value" type="money"><tier from="0">300</tier><tier over="3">0</tier></tiers>
  <tiers name="税率" mode="value" type="percent"><tier from="0">3%</tier><tier over="36000">10%</tier></tiers>
  <tiers name="速算" mode="value" type="money"><tier from="0">0</tier><tier over="36000">2520</tier></tiers>
  <article number="1" title="绩效">
    <figure name="没人读的数" type="number">得分 + 1</figure>
    <figure name="绩效" type="money" section="earnings">基数 × 系数(得分)</figure>
    <figure name="全勤奖" type="money" section="earnings">全勤(迟到)</figure>
    <figure name="总成立" type="money" section="earnings">若(得分 ≤ 100, 1元, 2元)</figure>
    <figure name="永不" type="money" section="earnings">若(得分 ＞ 200, 1元, 2元)</figure>
    <example title="满分" grade="S1"><given name="得分">95</given><given name="迟到">0</given><expect name="绩效">1000.00</expect>
      <expect name="全勤奖">300.00</expect></example>
  </article>
  <article number="2" title="提成">
    <figure name="提成" type="money" section="earnings" when="销售额 ＞ 0">提成档(销售额)</figure>
    <example title="九千" grade="S1"><given name="销售额">9000</given><expect name="提成">450.00</expect></example>
  </article>
  <article number="3" title="税">
    <figure name="个税" type="money" section="deductions">销售额 × 税率(销售额) − 速算(销售额)</figure>
    <example title="税" grade="S1"><given name="销售额">40000</given><expect name="个税">1480.00</expect></example>
  </article>
  <article number="4" title="没有示例">
    <figure name="来源奖" type="money" section="earnings">销售额 × 比例(来源, 职级)</figure>
  </article>
</policy>
"""


def lint(folder, *arguments):
    done = subprocess.run([SALESPAY, "lint", "-i", folder, "--lang", "zh-CN", "--format", "json", *arguments],
                          capture_output=True, text=True)
    found = [json.loads(line) for line in done.stderr.splitlines()]
    return done.returncode, found


def line_of(text, needle):
    return next(i for i, line in enumerate(text.splitlines(), 1) if needle in line)


def main():
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        path = folder / "p.xml"
        path.write_text(POLICY, encoding="utf-8")
        status, found = lint(folder, str(path))
        ok(status == 0, "what lint finds is no error", found)

        def at(code, needle, *words):
            line = line_of(POLICY, needle)
            return [f for f in found if f["code"] == code and f["line"] == line and all(w in f["message"] for w in words)]

        def all_of(code):
            return [f for f in found if f["code"] == code]

        for needle, name in (('name="没人用的参数"', "没人用的参数"), ('name="没人读的数"', "没人读的数")):
            ok(at("E0701", needle, name), f"{name} is used by nothing", found)
        ok(any("闲置标准" in f["message"] for f in all_of("E0701")), "a grade's value that no formula reads")
        ok(len(all_of("E0701")) == 3, "and nothing else is idle", all_of("E0701"))
        ok([f["line"] for f in all_of("E0702")] == [line_of(POLICY, 'name="备注"')],
           "a column no formula reads; of the staff table nothing is said where company.xml is unknown", all_of("E0702"))
        ok(len(at("E0703", 'name="系数"', "系数", "100")) == 1 == len(all_of("E0703")), "the tier from 110 is never reached: the score is 100 at most")
        ok(at("E0705", '自主开发, S1', "比例", str(line_of(POLICY, '自主开发, *'))), "a rate behind one that takes all it would")
        ok(at("E0706", '自主开拓', "自主开拓") and "自主开发" in (at("E0706", '自主开拓')[0]["help"] or ""),
           "a rate whose key the column never has, with what was probably meant", all_of("E0706"))
        ok(at("E0707", '总成立', "得分 ≤ 100") and len(all_of("E0707")) == 1, "a comparison that always holds")
        ok(at("E0708", 'name="永不"', "得分 ＞ 200") and len(all_of("E0708")) == 1, "a comparison that never holds")
        # 1000 × 50% = 500 below 90, 1000 × 100% = 1000 from there on
        ok(at("E0710", 'name="系数"', "90", "500.00", "1,000.00"), "a jump with the sum at stake: 500", all_of("E0710"))
        # 10000 × 5% = 500 just below 10000, 10000 × 3% = 300 at it
        ok(at("E0711", 'name="提成档"', "10,000.00", "500.00", "300.00", "200.00"), "more earns less: 200 are lost at 10000", all_of("E0711"))
        ok(at("E0710", 'name="全勤"', "300.00") and not at("E0711", 'name="全勤"'), "who is late more is not someone who earns more")
        # 36000 × 3% = 1080 = 36000 × 10% - 2520
        ok(not at("E0710", 'name="税率"') and not at("E0710", 'name="速算"') and not at("E0711", 'name="税率"'),
           "a rate and a quick deduction that meet are no jump")
        ok([f["line"] for f in all_of("E0720")] == [line_of(POLICY, 'number="4"')], "the article without example", all_of("E0720"))
        tiers = {f["line"] for f in all_of("E0721")}
        ok(line_of(POLICY, 'name="系数"') in tiers and line_of(POLICY, 'name="全勤"') in tiers, "tiers no example reaches", tiers)
        ok({f["line"] for f in all_of("E0722")} == {line_of(POLICY, t) for t in ('自主开发, *', '自主开发, S1', '自主开拓')}, "rates no example takes")
        ok(at("E0724", 'name="提成"', "提成") and not at("E0723", 'name="提成"'), "the condition that holds in the example and never fails to")
        ok({f["line"] for f in all_of("E0725")} == {line_of(POLICY, n) for n in ('name="没人读的数"', 'name="总成立"', 'name="永不"', 'name="来源奖"')},
           "figures no example computes", all_of("E0725"))

        text = subprocess.run([SALESPAY, "lint", "-i", folder, "--lang", "en", str(path)], capture_output=True, text=True).stdout
        # tiers reached: 系数 from 90, 提成档 from 0, 全勤 from 0, 税率 and 速算 over 36000; of 11
        ok("tiers 5 of 11" in text and "rates 0 of 3" in text and "articles 3 of 4" in text, "the summary counts what the examples try", text)

        company = folder / "company"
        (company / "policies").mkdir(parents=True)
        (company / "policies/p.xml").write_text(POLICY, encoding="utf-8")
        (company / "company.xml").write_text('<company xmlns="urn:salespay:company:1" name="示例"><policy href="policies/p.xml" from="2026-01" '
                                             'when="性格 = “好”"/></company>', encoding="utf-8")
        status, found = lint(company)
        ok(status == 0 and not any("性格" in f["message"] for f in found), "a column that company.xml's when reads is used", found)
    raise SystemExit(tap.plan())


main()
