#!/usr/bin/env python3
"""Time and peak memory per stage for made-up companies: 40 figures, 3 orders a person a month.

    SALESPAY=build/release/salespay tests/bench/bench.py [people ...]

1,000 and 10,000 people are published whole; 100,000 are computed and booked (`check`); then one person is explained.
Stages are what `salespay -v` prints: CPU seconds of the process and its workers, peak memory of the largest.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

POLICY_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="bench" title="基准测试" version="1" currency="CNY">
<table name="员工" file="花名册.csv" rows="one" role="staff" required="yes">
<column name="工号" type="id" role="id" required="yes"/><column name="姓名" type="text" role="name" required="yes"/>
<column name="部门" type="text" role="unit" required="yes"/><column name="职级" type="grade" role="grade" required="yes"/>
</table>
<table name="考勤" file="考勤.csv" rows="one" required="yes">
<column name="工号" type="id" role="person" required="yes"/><column name="出勤" type="number"/><column name="得分" type="number"/>
</table>
<table name="订单" file="订单.csv" rows="many" required="yes">
<column name="订单号" type="id" required="yes"/><column name="工号" type="id" role="person" required="yes"/>
<column name="来源" type="choice" values="自主开发|公司线索|转介绍"/><column name="金额" type="money"/>
</table>
<grades><grade id="S1" title="一级" track="支持" order="1"><set name="基本工资标准">4000</set></grade>
<grade id="S2" title="二级" track="支持" order="2"><set name="基本工资标准">5200</set></grade></grades>
<rates name="提成比例" keys="来源"><rate for="自主开发">5%</rate><rate for="公司线索">2%</rate><otherwise>1%</otherwise></rates>
<tiers name="税率" mode="marginal"><tier from="0">3%</tier><tier over="36000">10%</tier><tier over="144000">20%</tier></tiers>
<line name="每单提成" table="订单" key="订单号" type="money">金额 × 提成比例(来源)</line>
<figure name="基本工资" type="money" section="earnings">基本工资标准 × 出勤 ÷ 22</figure>
<scorecard name="综合得分" cap="100" floor="0" round="0.01"><kpi name="质量" weight="60">得分</kpi><kpi name="出勤率" weight="40">出勤 ÷ 22 × 100</kpi></scorecard>
<figure name="绩效工资" type="money" section="earnings">1500元 × 综合得分 ÷ 100</figure>
<figure name="提成" type="money" section="earnings">合计(订单, 每单提成)</figure>
<figure name="业绩" type="money">合计(订单, 金额)</figure>
<figure name="排名数" type="number">排名(综合得分)</figure>
<figure name="部门业绩" type="money">部门合计(业绩)</figure>
<figure name="本年业绩" type="money">本年累计(业绩)</figure>
<total name="应发合计" section="earnings"/>
<figure name="个税" type="money" section="deductions">最大(0元, 税率(税年累计(应发合计)) - 税年前月累计(个税))</figure>
<total name="扣款合计" section="deductions"/>
<figure name="实发" type="money" section="net">应发合计 - 扣款合计</figure>
"""


def company(folder, people, months):
    rng = random.Random(7)
    figures = "".join(
        f'<figure name="补充{i}" type="money">若(综合得分 ≥ {60 + i}, 基本工资 × {i} ÷ 1000 + 绩效工资, 基本工资 - {i})</figure>\n'
        for i in range(27))
    os.makedirs(f"{folder}/policies")
    with open(f"{folder}/policies/bench.xml", "w", encoding="utf-8") as out:
        out.write(POLICY_HEAD + figures + "</policy>\n")
    with open(f"{folder}/company.xml", "w", encoding="utf-8") as out:
        out.write('<company xmlns="urn:salespay:company:1" name="基准公司" short="基准" lang="zh-CN">'
                  '<policy href="policies/bench.xml" from="2026-01"/></company>\n')
    for month in months:
        os.makedirs(f"{folder}/{month}")
        with open(f"{folder}/{month}/花名册.csv", "w", encoding="utf-8") as staff, \
                open(f"{folder}/{month}/考勤.csv", "w", encoding="utf-8") as attendance, \
                open(f"{folder}/{month}/订单.csv", "w", encoding="utf-8") as orders:
            staff.write("工号,姓名,部门,职级\n")
            attendance.write("工号,出勤,得分\n")
            orders.write("订单号,工号,来源,金额\n")
            for i in range(people):
                staff.write(f"E{i:06d},员工{i},部门{i // 40},{'S1' if i % 3 else 'S2'}\n")
                attendance.write(f"E{i:06d},{rng.randint(15, 22)},{rng.randint(5000, 10000) / 100}\n")
                for k in range(3):
                    orders.write(f"D{month[-2:]}{i:06d}{k},E{i:06d},"
                                 f"{rng.choice(['自主开发', '公司线索', '转介绍'])},{rng.randint(100, 2000000) / 100}\n")


def run(program, folder, command, month):
    done = subprocess.run([program, command, month, "-v", "--progress", "never", "-i", folder, "-o", f"{folder}-out"],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command} {month} failed ({done.returncode}):\n{done.stderr}")
    return re.findall(r"^\S+  (\w+) +([\d.]+) s CPU +(\d+) MiB", done.stderr, re.M)


def explain(program, folder, people, *figure):
    """CPU seconds of one question about one person, the best of five; peak MiB."""
    best = (1e9, 0)
    for _ in range(5):
        words = [program, "explain", "2026-10", f"E{people // 2:06d}", *figure, "-i", folder, "--progress", "never"]
        child = os.posix_spawn(program, words, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
        _, status, used = os.wait4(child, 0)
        if status:
            sys.exit("explain failed")
        best = min(best, (used.ru_utime + used.ru_stime, used.ru_maxrss // 1024))
    return best


def main():
    program = os.environ.get("SALESPAY", "build/release/salespay")
    sizes = [int(a) for a in sys.argv[1:]] or [1000, 10000, 100000]
    print(f"{'people':>8}  {'stage':<9} {'CPU s':>8} {'µs/person':>10} {'peak MiB':>9}")
    for people in sizes:
        base = tempfile.mkdtemp(prefix="salespay-bench-")
        try:
            company(f"{base}/in", people, ["2026-09", "2026-10"] if people <= 10000 else ["2026-10"])
            if people <= 10000:
                run(program, f"{base}/in", "run", "2026-09")
            for stage, seconds, memory in run(program, f"{base}/in", "run" if people <= 10000 else "check", "2026-10"):
                print(f"{people:>8}  {stage:<9} {float(seconds):8.2f} {float(seconds) / people * 1e6:10.1f} {memory:>9}")
            for stage, *figure in (("a figure", "绩效工资"), ("a rank", "排名数"), ("all of it",)):
                seconds, memory = explain(program, f"{base}/in", people, *figure)
                print(f"{people:>8}  explain {stage:<9} {seconds * 1000:>7.1f} ms {memory:>13}")
        finally:
            shutil.rmtree(base)


if __name__ == "__main__":
    main()
