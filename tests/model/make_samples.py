#!/usr/bin/env python3
"""Writes the example documents of the model beside this script: a made-up company's October, every page kind in both
trees.  The numbers agree with each other (slips add up, ranks follow scores) but come from no policy: they are for
trying templates, charts and slips without the calculator.  Usage: make_samples.py [FOLDER [PEOPLE]]"""
import hashlib
import random
import sys
import xml.etree.ElementTree as ET
from decimal import Decimal as D, ROUND_HALF_UP
from pathlib import Path

NS = "urn:salespay:model:1"
OUT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
PEOPLE = int(sys.argv[2]) if len(sys.argv) > 2 else 64
CENT = D("0.01")
MONTHS = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08",
          "2026-09", "2026-10"]
rnd = random.Random(20261031)

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = ["伟", "芳", "娜", "敏", "静", "磊", "洋", "艳", "勇", "杰", "秀英", "建国", "晓东", "雨桐", "子涵", "思远", "文博", "欣怡", "佳宁",
         "浩然", "志强", "海燕", "梦洁", "俊熙", "国庆", "春梅", "立新", "若曦", "明轩", "玉兰"]
RARE = ["阿卜杜热西提·买买提依明·吐尔逊江·艾合买提·努尔麦麦提", "𠮷田文", "欧阳震华", "李雷", "李雷"]
UNITS = [("D1", "销售支持中心", None, 0), ("D11", "华东支持部", "D1", 1), ("D12", "华南支持部", "D1", 1), ("D2", "客户成功中心", None, 0),
         ("D21", "续费与回款组", "D2", 1), ("D22", "大客户交付与培训服务联合保障小组(上海、苏州、无锡)", "D2", 1)]
LEAVES = ["D11", "D12", "D21", "D22"]
GRADES = [("S1", "助理", 3200, 200, 1000), ("S2", "专员", 3800, 300, 1200), ("S3", "高级专员", 4500, 500, 1500),
          ("S4", "主管", 5400, 800, 2000), ("S5", "经理", 6800, 1200, 2600)]
KPIS = [("工作质量", 40), ("响应及时", 30), ("客户满意", 20), ("制度执行", 10)]


def cent(x):
    return D(x).quantize(CENT, ROUND_HALF_UP)


def money(x):
    return f"{cent(x):,.2f}".replace("-", "−")


def plain(x):
    return str(x)


def signed(x):
    return ("+" if x > 0 else "") + money(x) if x else "0.00"


def month_text(m):
    return f"{m[:4]}年{int(m[5:])}月"


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def capitals(amount):
    digits, units, groups = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"], ["", "万", "亿"]
    fen = int(amount * 100)
    whole, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    text, zero, n = "", False, str(whole)
    for i, c in enumerate(n):
        place = len(n) - 1 - i
        if c == "0":
            zero = True
        else:
            text += ("零" if zero and text else "") + digits[int(c)] + units[place % 4]
            zero = False
        if place % 4 == 0 and place and int(n[max(0, i - 3):i + 1]):
            text += groups[place // 4]
            zero = False
    text = (text + "元") if whole else ""
    if not jiao and not rest:
        return (text or "零元") + "整"
    text += digits[jiao] + "角" if jiao else ("零" if whole else "")
    return text + (digits[rest] + "分" if rest else "整" if False else "")


def el(parent, tag, text=None, **attributes):
    node = ET.SubElement(parent, f"{{{NS}}}{tag}")
    for key, value in attributes.items():
        if value is not None:
            node.set(key.rstrip("_").replace("_", "-"), str(value))
    if text is not None:
        node.text = str(text)
    return node


def note(parent, text):
    parent.append(ET.Comment(" " + text + " "))


def percent(value, low, high):
    mille = max(0, min(1000, int((D(value) - D(low)) * 1000 / (D(high) - D(low)) + D("0.5"))))
    return D(mille) / 10 if mille % 10 else D(mille // 10)


# ---- the people ---------------------------------------------------------------------------------------------------
class Person:
    def __init__(self, i):
        self.id = f"E{1001 + i}" if i else "00017"
        self.name = RARE[i] if i < len(RARE) else rnd.choice(SURNAMES) + rnd.choice(GIVEN)
        self.unit = LEAVES[i % len(LEAVES)]
        self.grade = GRADES[min(4, int(rnd.triangular(0, 5, 1)))]
        self.parts = [D(rnd.randint(6200, 10000)) / 100 for _ in KPIS]
        self.complaints = rnd.choice([0, 0, 0, 1, 2])
        base = sum(p * w for p, (_, w) in zip(self.parts, KPIS)) / 100
        self.score = max(D(0), (base - 2 * self.complaints).quantize(CENT, ROUND_HALF_UP))
        if i == 6:
            self.score = prev_score
        self.history = [None if i % 7 == 3 and k < 6 else max(D(30), min(D(100), (self.score + D(rnd.randint(-900, 900)) / 100)
                        .quantize(CENT))) for k in range(11)] + [self.score]
        self.orders = [(f"SO-{7000 + i * 9 + k}", f"2026-10-{rnd.randint(8, 31):02d}", rnd.choice(["自主开发", "公司线索", "转介绍", "续单"]),
                        cent(D(rnd.randint(300000, 9000000)) / 100)) for k in range(rnd.randint(0, 5))]
        rates = {"自主开发": D("0.05"), "公司线索": D("0.02"), "转介绍": D("0.03"), "续单": D("0.01")}
        self.commissions = [cent(o[3] * rates[o[2]]) for o in self.orders]
        self.rates = rates
        g = self.grade
        days = D(18) if i % 16 == 5 else D(19)
        self.earn = [("基本工资", cent(D(g[2]) * days / 19), f"{g[2]:,} × {days} ÷ 19", "基本工资标准 × 出勤天数 ÷ 应计天数", "1"),
                     ("岗位津贴", cent(g[3]), f"{g[3]:,}", "岗位津贴标准", "1"),
                     ("全勤奖", cent(160 if days == 19 else 0), "满勤" if days == 19 else "缺勤 1 天", "全勤奖标准", "2"),
                     ("绩效工资", cent(D(g[4]) * self.score / 100), f"{g[4]:,} × {self.score} ÷ 100", "绩效工资基数 × 当月绩效得分 ÷ 100", "3"),
                     ("提成", sum(self.commissions, D("0.00")), f"{len(self.orders)} 笔订单,见提成明细", "合计(订单, 收款提成)", "4")]
        self.gross = sum(e[1] for e in self.earn)
        self.deduct = [("养老保险(个人)", cent(D(5000) * D("0.08")), "5,000.00 × 8%", "社保基数 × 8%", "6.1"),
                       ("医疗保险(个人)", cent(D(5000) * D("0.02")), "5,000.00 × 2%", "社保基数 × 2%", "6.1"),
                       ("失业保险(个人)", cent(D(5000) * D("0.005")), "5,000.00 × 0.5%", "社保基数 × 0.5%", "6.1"),
                       ("住房公积金(个人)", cent(D(5000) * D("0.07")), "5,000.00 × 7%", "公积金基数 × 7%", "6.2"),
                       ("个人所得税", cent(max(D(0), (self.gross - 875 - 5000) * D("0.03"))),
                        f"({money(self.gross)} − 875.00 − 5,000.00) × 3%", "本期应预扣税额", "7")]
        self.employer = [("养老保险(单位)", cent(800), "5,000.00 × 16%", "社保基数 × 16%", "6.1"),
                         ("住房公积金(单位)", cent(350), "5,000.00 × 7%", "公积金基数 × 7%", "6.2")]
        self.deducted = sum(e[1] for e in self.deduct)
        self.net = self.gross - self.deducted
        self.last = {e[0]: max(D("0.00"), cent(e[1] * (D(100 + rnd.randint(-12, 9)) / 100))) for e in self.earn + self.deduct + self.employer}
        self.held = i == 9


prev_score = D("0")
people = []
for i in range(PEOPLE):
    people.append(Person(i))
    prev_score = people[-1].score


def ranks(group, month=-1):
    having = [p for p in group if p.history[month] is not None]
    return {p.id: 1 + sum(q.history[month] > p.history[month] for q in having) for p in having}


RANK, RANK_LAST = ranks(people), ranks(people, -2)
UNIT_RANK = {}
for u in LEAVES:
    UNIT_RANK.update(ranks([p for p in people if p.unit == u]))
UNIT_NAME = {u[0]: u[1] for u in UNITS}


def members(unit):
    return [p for p in people if p.unit == unit or dict((u[0], u[2]) for u in UNITS)[p.unit] == unit]


def mean(values):
    values = list(values)
    return (sum(values) / len(values)).quantize(CENT, ROUND_HALF_UP) if values else None


# ---- shared pieces ------------------------------------------------------------------------------------------------
def document(audience, kind, path, title, heading, crumbs=(), kicker=None, sheets=(), related=()):
    root = ET.Element(f"{{{NS}}}model", {"audience": audience, "lang": "zh-CN"})
    page(root, audience, kind, path, title, heading, crumbs, kicker, sheets, related)
    company = el(root, "company", name="晨星信息技术有限公司", short="晨星")
    if audience == "managers":
        for key, value in (("code", "91310000MA1EXAMPLE"), ("currency", "CNY"), ("symbol", "¥"), ("pay-date", "2026-11-10"),
                           ("pay-date-text", "2026年11月10日")):
            company.set(key, value)
        el(company, "slip-note", "如有疑问,请于收到后十日内联系人力资源部(分机 8012)。")
    prov = el(root, "provenance", tool="salespay 0.1", how=("company/" if audience == "managers" else "") + "policy.html")
    el(prov, "version", "销售支持人员管理办法", id="support", version="2026.2")
    for name in ("花名册.csv", "考勤.csv", "绩效评分.csv", "订单.csv"):
        el(prov, "source", "2026-10/" + name, sha256=sha(name))
    return root


def page(parent, audience, kind, path, title, heading, crumbs=(), kicker=None, sheets=(), related=()):
    up = "../" * path.count("/")
    top = kind == "months"
    node = el(parent, "page", kind=kind, path=path, root="2026-10/site/" if top else up, title=title, heading=heading, kicker=kicker)
    if not top:
        node.set("month", "2026-10")
        node.set("month-text", "2026年10月")
        node.set("period", "2026-10-01 至 2026-10-31")
    for href, text in crumbs:
        el(node, "crumb", text, href=href)
    own = "company/" if audience == "managers" else ""
    menu = [("overview", own + "index.html"), ("ranking", own + "ranking.html"), ("promotion", own + "promotion.html"),
            ("policy", own + "policy.html"), ("quality", own + "quality.html"), ("downloads", own + "downloads.html")]
    if audience == "managers":
        menu.insert(0, ("units", "index.html"))
    for k, href in menu if not top else []:
        el(node, "menu", kind=k, href=up + href, current="yes" if k == kind else None)
    if not top:
        el(node, "previous", "2026年9月", month="2026-09", href="../" * (path.count("/") + 2) + f"2026-09/{'managers' if audience == 'managers' else 'site'}/{path}")
        el(node, "all-months", href="../" * (path.count("/") + 2) + "index.html")
    if sheets:
        holder = el(node, "sheets")
        for number, href, text, current in sheets:
            el(holder, "sheet", text, number=number, href=href, current="yes" if current else None)
    for k, href, text in related:
        el(node, "related", text, kind=k, href=href)
    return node


def quantity(parent, tag, value, text=None, at=None, **more):
    if value is None:
        return el(parent, tag, "无数据", missing="yes", **more)
    return el(parent, tag, text if text is not None else str(value), value=value, at=at, **more)


def who(parent, p, audience, up="", unit=True):
    href = f"{up}{p.unit}/p/{p.id}.html" if audience == "managers" else None
    el(parent, "who", id=p.id, name=p.name, href=href, unit=UNIT_NAME[p.unit] if unit else None, grade=p.grade[1])


def move(parent, now, before):
    if before is None:
        el(parent, "move", "新", direction="new")
    elif before == now:
        el(parent, "move", "0", direction="same", value=0)
    else:
        el(parent, "move", abs(before - now), direction="up" if before > now else "down", value=abs(before - now))


def trend(parent, values, label="绩效得分", low=40, high=100, points=True):
    node = el(parent, "trend", label=label, low=low, high=high)
    path, gap = "", True
    for k, (m, v) in enumerate(zip(MONTHS, values)):
        x, y = percent(k, 0, 11), None if v is None else 100 - percent(v, low, high)
        if points:
            point = quantity(node, "point", v, month=m, month_text=month_text(m), x=x)
            if y is not None:
                point.set("y", str(y))
        if y is not None:
            path += f"{'M' if gap else 'L'}{x} {y}"
        gap = y is None
    node.set("path", path)
    if not gap:
        node.set("x", "100")
        node.set("y", str(y))


def scale(parent, low=0, high=100, step=20, unit="分"):
    node = el(parent, "scale", from_=low, to=high, unit=unit)
    for t in range(low, high + 1, step):
        el(node, "tick", t, value=t, at=percent(t, low, high))


def mark(parent, kind, value, low=0):
    el(parent, "mark", value, kind=kind, value=value, at=percent(value, low, 100))


def quartile(values, q):
    values = sorted(values)
    return values[int(q * (len(values) - 1) + 0.5)]


def distribution(parent, group, label):
    scores = [p.score for p in group]
    node = el(parent, "distribution", label=label, count=len(scores))
    middle = quartile(scores, .5)
    el(node, "finding", f"一半的人在 {quartile(scores, .25)} 至 {quartile(scores, .75)} 分之间,中位数 {middle} 分")
    low = min(60, int(min(scores)) // 5 * 5)
    scale_low = low
    s = el(node, "scale", from_=low, to=100, unit="分")
    for t in range(low, 101, 10):
        el(s, "tick", t, value=t, at=percent(t, low, 100))
    for kind, value in (("minimum", min(scores)), ("lower-quartile", quartile(scores, .25)), ("median", middle),
                        ("upper-quartile", quartile(scores, .75)), ("maximum", max(scores)), ("pass", 70)):
        el(node, "mark", value, kind=kind, value=value, at=percent(value, scale_low, 100))
    counts = [(t, sum(t <= v < t + 5 or (v == 100 and t == 95) for v in scores)) for t in range(low, 100, 5)]
    top = max(c for _, c in counts)
    for t, c in counts:
        el(node, "bin", f"{t}–{t + 5}", from_=t, to=t + 5, left=percent(t, low, 100), width=percent(t + 5, low, 100) - percent(t, low, 100),
           middle=percent(t + D("2.5"), low, 100),
           count=c, at=percent(c, 0, top), top=100 - percent(c, 0, top))


def key(parent, id_, label, value, text, unit=None, versus=(), series=None):
    node = el(parent, "key", id=id_, label=label, unit=unit)
    quantity(node, "now", value, text)
    for vlabel, direction, number, vtext in versus:
        el(node, "versus", vtext, label=vlabel, direction=direction, value=number)
    if series:
        trend(node, series, label, points=False)


def unit_rows(parent, audience, ids, up, current=None, public_folder="units/"):
    units = el(parent, "units", label="平均绩效得分")
    best = max((u for u in ids if members(u)), key=lambda u: mean(p.score for p in members(u)))
    el(units, "finding", f"{UNIT_NAME[best]}平均 {mean(p.score for p in members(best))} 分,各部门最高")
    scale(units, 60, 100, 10)
    mark(units, "pass", 70, 60)
    mark(units, "mean", mean(p.score for p in people), 60)
    for uid, name, _, level in UNITS:
        if uid in ids:
            unit_row(units, audience, uid, name, level, up, current, public_folder)


def unit_row(parent, audience, uid, name, level, up, current=None, folder="units/", cost=True):
    group = members(uid)
    row = el(parent, "unit-row", id=uid, name=name, level=level, people=len(group),
             href=f"{up}{uid}/index.html" if audience == "managers" else f"{up}{folder}{uid}.html", current="yes" if uid == current else None)
    if not group:
        return
    now, last = mean(p.score for p in group), mean(p.history[-2] for p in group if p.history[-2] is not None)
    low = 60 if cost else 0
    quantity(row, "score", now, at=percent(now, low, 100))
    quantity(row, "last", last, at=percent(last, low, 100))
    el(row, "move", abs(now - last), direction="up" if now > last else "down" if now < last else "same", value=abs(now - last))
    if audience == "managers" and cost:
        quantity(row, "cost", sum(p.gross for p in group), money(sum(p.gross for p in group)))


def rank_text(p, table, group):
    return ("=" if sum(table[q.id] == table[p.id] for q in group if q.id in table) > 1 else "") + str(table[p.id])


def ranking(parent, audience, group, table, scope, up, rows=None):
    node = el(parent, "ranking", figure="当月绩效得分", label="绩效得分", article="3", scope=scope, count=len(group), unranked=2)
    ordered = sorted(group, key=lambda p: (table[p.id], p.id))
    first = ordered[0]
    el(node, "finding", f"{first.name}以 {first.score} 分居首,{sum(p.score < 70 for p in group)} 人未达 70 分")
    el(node, "subtitle", f"当月绩效得分(分),2026年10月,{len(group)} 人")
    el(node, "footnote", "来源:2026-10/绩效评分.csv;制度:销售支持人员管理办法 2026.2;2 人未参加排名,见数据质量页")
    scale(node)
    mark(node, "pass", 70)
    mark(node, "median", quartile([p.score for p in group], .5))
    for name, weight in KPIS:
        el(node, "part-head", f"{weight}%", name=name, label=name, weight=weight)
    for p in ordered[rows[0]:rows[1]] if rows else ordered:
        row = el(node, "row", rank=table[p.id], rank_text=rank_text(p, table, group), company_rank=RANK[p.id] if scope == "unit" else None,
                 below="yes" if p.score < 70 else None)
        who(row, p, audience, up, unit=scope == "company" or len({q.unit for q in group}) > 1)
        quantity(row, "score", p.score, at=percent(p.score, 0, 100))
        move(row, RANK[p.id], RANK_LAST.get(p.id))
        for (name, _), value in zip(KPIS, p.parts):
            quantity(row, "part", value, at=percent(value, 0, 100), name=name, step=max(1, min(5, int((value - 50) // 10) + 1)))
        trend(row, p.history, points=False)
        if audience == "managers":
            quantity(row, "gross", p.gross, money(p.gross))
            quantity(row, "net", p.net, money(p.net))


def amounts(parent, now, last, year, type_=None):
    quantity(parent, "now", now, money(now))
    quantity(parent, "last", last, money(last))
    quantity(parent, "year", year, money(year))


SECTIONS = [("earnings", "earn"), ("deductions", "deduct"), ("employer", "employer")]
LABEL = {"earnings": "应发合计", "deductions": "扣款合计", "employer": "单位缴纳合计"}


def payroll(parent, group):
    node = el(parent, "payroll", paid=sum(not p.held for p in group), held=sum(p.held for p in group), excluded=2)
    for kind, attribute in SECTIONS:
        section = el(node, "section", kind=kind)
        total = [D(0), D(0)]
        for k, line in enumerate(getattr(people[0], attribute)):
            now, last = sum(getattr(p, attribute)[k][1] for p in group), sum(p.last[line[0]] for p in group)
            figure = el(section, "figure", name=line[0], label=line[0], people=sum(getattr(p, attribute)[k][1] > 0 for p in group))
            amounts(figure, now, last, now * 10)
            total = [total[0] + now, total[1] + last]
        amounts(el(section, "total"), total[0], total[1], total[0] * 10)
    section = el(node, "section", kind="net")
    last = sum(sum(p.last[e[0]] for e in p.earn) - sum(p.last[e[0]] for e in p.deduct) for p in group)
    amounts(el(section, "total"), sum(p.net for p in group), last, sum(p.net for p in group) * 10)


def absences(parent, group):
    node = el(parent, "absences")
    for id_, name, reason in (("E0988", "周国庆", "2026-09-30 离职,早于本月"), ("E1999", "冯若曦", "2026-11-03 入职,晚于本月")):
        absent = el(node, "absent", state="excluded")
        el(absent, "who", id=id_, name=name, unit=UNIT_NAME["D12"])
        el(absent, "reason", reason)
    for p in group:
        if p.held:
            absent = el(node, "absent", state="held")
            who(absent, p, "staff")
            el(absent, "reason", "收款账号待核实(hold.csv)")


RULES = [("连续三月不低于 90 分", "连续优秀月数 ≥ 3", D(3)), ("任现职级满六个月", "任职级月数() ≥ 6", D(6)), ("年度培训合格", "培训合格", None)]


def results(p):
    streak = 0
    for v in reversed(p.history):
        if v is None or v < 90:
            break
        streak += 1
    months = 4 + int(p.id[-2:]) % 9
    trained = int(p.id[-1]) % 4 != 1
    return [(streak, streak >= 3), (months, months >= 6), (trained, trained)]


def candidate_body(node, p, audience):
    for (name, formula, required), (value, holds) in zip(RULES, results(p)):
        result = el(node, "result", name=name, holds="yes" if holds else "no")
        if required is None:
            el(result, "value", "是" if value else "否", value="yes" if value else "no")
        else:
            el(result, "value", value, value=value)
            el(result, "required", str(required), sign="≥", value=required)
            if not holds:
                el(result, "gap", required - value, value=required - value)
        if audience == "managers":
            el(result, "basis", f"{value} ≥ {required}" if required is not None else ("是" if value else "否"))


def verdict(p):
    missed = sum(not r[1] for r in results(p))
    grade = GRADES.index(p.grade)
    return dict(verdict="not-eligible" if missed else "eligible", from_=p.grade[1], to=GRADES[grade + 1][1], date="2026-11-01",
                date_text="2026年11月1日", missed=missed)


def person(parent, p, audience="managers"):
    node = el(parent, "person", id=p.id, name=p.name, unit=UNIT_NAME[p.unit],
              unit_path=" / ".join([UNIT_NAME[dict((u[0], u[2]) for u in UNITS)[p.unit]], UNIT_NAME[p.unit]]),
              grade=f"{p.grade[0]} {p.grade[1]}", hired="2024-03-11", hired_text="2024年3月11日", account_tail=f"{1000 + int(p.id[-3:]):04d}"[-4:],
              state="held" if p.held else "paid", hold_reason="收款账号待核实" if p.held else None,
              slip=None if p.held else f"../../../payslips/{p.id}.pdf")
    page(node, audience, "person", f"{p.unit}/p/{p.id}.html", f"{p.name} · {p.id} · 2026年10月", p.name,
         [("../../index.html", "部门"), ("../index.html", UNIT_NAME[p.unit]), (None, p.name)], kicker=f"{p.id} · {p.grade[1]}")
    el(node, "finding", f"得分 {p.score},公司第 {rank_text(p, RANK, people)} 名;实发 {money(p.net)},比上月"
       + ("多" if p.net > sum(p.last[e[0]] for e in p.earn) - sum(p.last[e[0]] for e in p.deduct) else "少") + "发,主要由于提成")
    for scope, label, table, group in (("company", "全公司", RANK, people), ("unit", UNIT_NAME[p.unit], UNIT_RANK, [q for q in people if q.unit == p.unit])):
        r = el(node, "rank", scope=scope, label=label, value=table[p.id], of=len(group),
               tied="yes" if rank_text(p, table, group).startswith("=") else None)
        if scope == "company":
            move(r, RANK[p.id], RANK_LAST.get(p.id))
    card = el(node, "scorecard", name="当月绩效得分", label="绩效得分", article="3")
    quantity(card, "now", p.score, at=percent(p.score, 0, 100))
    quantity(card, "last", p.history[-2], at=percent(p.history[-2], 0, 100) if p.history[-2] is not None else None)
    el(card, "basis", " + ".join(f"{v} × {w}%" for v, (_, w) in zip(p.parts, KPIS)) + f" − {2 * p.complaints}")
    for value, (name, weight) in zip(p.parts, KPIS):
        item = el(card, "item", kind="kpi", name=name, weight=weight, weight_text=f"{weight}%")
        quantity(item, "value", value, at=percent(value, 0, 100))
        if name == "响应及时":
            quantity(item, "target", 95, "95.00%")
            quantity(item, "actual", value, f"{value}%")
            quantity(item, "attainment", (value / 95).quantize(D("0.0001")), f"{(value / D('0.95')).quantize(CENT)}%")
        points = value * weight / 100
        quantity(item, "points", points, points)
        el(item, "formula", name + ("率 × 100" if name == "响应及时" else "评分"))
        el(item, "basis", value)
    item = el(card, "item", kind="adjust", name="投诉扣分")
    quantity(item, "value", -2 * p.complaints, str(-2 * p.complaints).replace("-", "−"))
    quantity(item, "points", -2 * p.complaints, str(-2 * p.complaints).replace("-", "−"))
    el(item, "formula", "-2 × 投诉次数")
    el(item, "basis", f"-2 × {p.complaints}")
    pay = el(node, "pay")
    last_net = sum(p.last[e[0]] for e in p.earn) - sum(p.last[e[0]] for e in p.deduct)
    net = el(pay, "net")
    amounts(net, p.net, last_net, p.net * 10)
    el(net, "capitals", capitals(p.net))
    for kind, attribute in SECTIONS:
        section = el(pay, "section", kind=kind)
        for name, value, basis, formula, article in getattr(p, attribute):
            figure = el(section, "figure", name=name, label=name, type="money", article=article,
                        article_href=f"../../company/policy.html#support-{article}", slip="yes" if value or p.last[name] else None)
            amounts(figure, value, p.last[name], value * 10)
            el(figure, "formula", formula)
            el(figure, "basis", basis)
            if name == "绩效工资" and cent(value) != D(p.grade[4]) * p.score / 100:
                el(figure, "rounding", f"由 {(D(p.grade[4]) * p.score / 100).normalize()} 舍入")
        total = sum(e[1] for e in getattr(p, attribute))
        last = sum(p.last[e[0]] for e in getattr(p, attribute))
        amounts(el(section, "total", name=LABEL[kind]), total, last, total * 10)
    section = el(pay, "section", kind="net")
    figure = el(section, "figure", name="实发工资", label="实发工资", type="money", article="8", slip="yes")
    amounts(figure, p.net, last_net, p.net * 10)
    el(figure, "formula", "应发合计 - 扣款合计")
    el(figure, "basis", f"{money(p.gross)} − {money(p.deducted)}")
    amounts(el(section, "total", name="实发工资"), p.net, last_net, p.net * 10)
    change = el(pay, "change")
    quantity(change, "total", p.net - last_net, signed(p.net - last_net))
    causes = [(e[0], e[1] - p.last[e[0]]) for e in p.earn] + [(e[0], p.last[e[0]] - e[1]) for e in p.deduct]
    for name, difference in sorted((c for c in causes if c[1]), key=lambda c: (-abs(c[1]), c[0])):
        quantity(change, "cause", difference, signed(difference), name=name)
    fall = el(pay, "waterfall")
    name, most = max(((e[0], e[1]) for e in p.deduct), key=lambda e: e[1])
    el(fall, "finding", f"应发 {money(p.gross)},扣 {money(p.deducted)},实发 {money(p.net)};扣得最多的是{name}({money(most)})"
       if most else f"应发 {money(p.gross)},没有扣款,实发 {money(p.net)}")
    top = int(p.gross // 2000 + 1) * 2000
    s = el(fall, "scale", from_=0, to=top, unit="元")
    for t in range(0, top + 1, 2000):
        el(s, "tick", f"{t:,}", value=t, at=percent(t, 0, top))
    level = D(0)
    for name, value, *_ in p.earn:
        if value:
            quantity(fall, "step", value, signed(value), kind="up", label=name, left=percent(level, 0, top), width=percent(value, 0, top))
            level += value
    quantity(fall, "step", level, money(level), kind="total", label="应发合计", left=0, width=percent(level, 0, top))
    for name, value, *_ in p.deduct:
        if value:
            level -= value
            quantity(fall, "step", -value, signed(-value), kind="down", label=name, left=percent(level, 0, top), width=percent(value, 0, top))
    quantity(fall, "step", level, money(level), kind="total", label="实发工资", left=0, width=percent(level, 0, top))
    facts = el(node, "facts")
    for name, type_, value, text, formula in (("应计天数", "number", 19, "19", "工作日数(月初(), 月末()) + 法定假日数(月初(), 月末())"),
                                              ("满月", "yesno", "yes", "是", "在岗天数 = 应计天数"),
                                              ("连续优秀月数", "number", results(p)[0][0], results(p)[0][0], "连续月数(当月绩效得分 ≥ 90)")):
        figure = el(facts, "figure", name=name, label=name, type=type_, article="1")
        el(figure, "now", text, value=value)
        el(figure, "formula", formula)
    if p.orders:
        statement = el(node, "statement", name="收款提成", label="收款提成", file="2026-10/订单.csv", article="4")
        for name, kind in (("订单号", "text"), ("日期", "text"), ("业务来源", "text"), ("金额", "number")):
            el(statement, "column", name, kind=kind)
        for k, (order, value) in enumerate(zip(p.orders, p.commissions)):
            entry = el(statement, "entry", line=k + 2, key=order[0])
            for cell, kind in ((order[0], "text"), (order[1], "text"), (order[2], "text"), (money(order[3]), "number")):
                el(entry, "cell", cell, kind=kind)
            el(entry, "basis", f"{money(order[3])} × {p.rates[order[2]] * 100:.0f}%")
            quantity(entry, "amount", value, money(value))
        quantity(statement, "sum", sum(p.commissions), money(sum(p.commissions)))
    if p.id == "00017":
        correction = el(node, "correction", month="2026-09", month_text="2026年9月", name="提成")
        quantity(correction, "due", D("812.50"), "812.50")
        quantity(correction, "paid", D("712.50"), "712.50")
        quantity(correction, "difference", D("100.00"), "+100.00")
        el(correction, "reason", "订单 SO-6990 业务来源由公司线索更正为自主开发")
    if p.grade != GRADES[4]:
        movement = el(node, "movement", kind="promotion", title="晋升", article="9", **verdict(p))
        candidate_body(movement, p, "managers")
    if p.net < 3000:
        el(node, "check", f"实发 {money(p.net)} 接近当地最低工资 2,690.00", name="最低工资提示", level="warning", slip=None)
    trend(node, p.history)


# ---- pages --------------------------------------------------------------------------------------------------------
def save(root, name):
    ET.indent(root, " ")
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8") + b"\n")


def own(audience):
    return "company/" if audience == "managers" else ""


def home(audience, path, *rest):
    up = "../" * path.count("/")
    return [(up + own(audience) + "index.html", "2026年10月"), *rest]


def overview(audience):
    path = own(audience) + "index.html"
    root = document(audience, "overview", path, "2026年10月绩效与晋升总览 · 晨星", "平均得分与上月持平,晋升候选人增加", home(audience, path, (None, "总览")), "2026年10月 · 月度报告",
                    related=[("pdf", ("../../" if own(audience) else "../") + "charts/ranking.pdf", "排名图 PDF")])
    note(root, "one document, one page: head first (page, company, provenance), then the page's own element")
    up = "../" * path.count("/")
    node = el(root, "overview")
    now, last = mean(p.score for p in people), mean(p.history[-2] for p in people if p.history[-2] is not None)
    el(node, "finding", f"本月 {len(people)} 人参加考核,平均 {now} 分,上月 {last} 分;{sum(p.score < 70 for p in people)} 人未达 70 分;符合晋升条件 "
       f"{sum(not any(not r[1] for r in results(p)) for p in people)} 人。")
    key(node, "people", "参加考核人数", len(people), str(len(people)), "人", [("比上月", "up", 2, "+2"), ("比去年同月", "up", 7, "+7")])
    key(node, "score", "平均得分", now, str(now), "分", [("比上月", "up" if now > last else "down", now - last, f"{now - last:+}".replace("-", "−")),
        ("比去年同月", "up", 1, "+1.37")], [mean(p.history[k] for p in people if p.history[k] is not None) for k in range(12)])
    key(node, "below", "未达 70 分", 5, str(sum(p.score < 70 for p in people)), "人", [("比上月", "down", 2, "−2")])
    key(node, "promotion", "符合晋升条件", 4, "4", "人", [("比上月", "same", 0, "0")])
    if audience == "managers":
        gross = sum(p.gross for p in people)
        key(node, "gross", "应发总额", gross, money(gross), "元", [("比上月", "up", 21734, "+21,734.18")])
    el(node, "state", "4 个文件已读入,312 行全部采用;有 3 条提醒", status="warning", href="quality.html")
    unit_rows(node, audience, [u[0] for u in UNITS], up)
    distribution(node, people, "绩效得分")
    moved = sorted((p for p in people if p.id in RANK_LAST), key=lambda p: (RANK[p.id] - RANK_LAST[p.id], p.id))
    for direction, chosen in (("up", moved[:10]), ("down", list(reversed(moved[-10:])))):
        movers = el(node, "movers", direction=direction)
        for p in chosen:
            mover = el(movers, "mover", rank=RANK[p.id], previous=RANK_LAST[p.id])
            who(mover, p, audience, up)
            move(mover, RANK[p.id], RANK_LAST[p.id])
    trend(node, [mean(p.history[k] for p in people if p.history[k] is not None) for k in range(12)])
    if audience == "managers":
        payroll(node, people)
        absences(node, people)
    return root


def ranking_pages(audience, per_page=500):
    path = own(audience) + "ranking.html"
    ordered = sorted(people, key=lambda p: (RANK[p.id], p.id))
    count = (len(people) + per_page - 1) // per_page
    for k in range(count):
        part = ordered[k * per_page:(k + 1) * per_page]
        name = "ranking.html" if not k else f"ranking-p{k + 1:02d}.html"
        sheets = [(n + 1, "ranking.html" if not n else f"ranking-p{n + 1:02d}.html",
                   f"{ordered[n * per_page].name}–{ordered[min(len(people), (n + 1) * per_page) - 1].name}", n == k) for n in range(count)] if count > 1 else []
        root = document(audience, "ranking", own(audience) + name, "绩效排名 · 2026年10月" + (f" · 第 {k + 1} 页" if k else ""), "绩效排名",
                        home(audience, path, (None, "排名")), "2026年10月 · 全公司", sheets,
                        [("pdf", ("../../" if own(audience) else "../") + "charts/ranking.pdf", "排名图 PDF"), ("csv", "../" * path.count("/") + "../movements.csv", "CSV")])
        ranking(root, audience, people, RANK, "company", "../" * path.count("/"), (k * per_page, (k + 1) * per_page))
        yield name[:-5], root


def unit_page(audience, uid):
    path = f"{uid}/index.html" if audience == "managers" else f"units/{uid}.html"
    group = members(uid)
    root = document(audience, "unit", path, f"{UNIT_NAME[uid]} · 2026年10月", UNIT_NAME[uid], home(audience, path, (None, UNIT_NAME[uid])), f"2026年10月 · {uid}",
                    related=[("pdf", f"../../charts/ranking-{uid}.pdf", "排名图 PDF")])
    note(root, "one document holds one unit with all its people: it makes the unit's page, each person's page (person/page) and each payslip")
    node = el(root, "unit", id=uid, name=UNIT_NAME[uid])
    head = el(node, "head")
    who(head, group[0], audience, "../", unit=False)
    el(node, "finding", f"{len(group)} 人平均 {mean(p.score for p in group)} 分;{sum(p.score < 70 for p in group)} 人未达 70 分")
    now, last = mean(p.score for p in group), mean(p.history[-2] for p in group if p.history[-2] is not None)
    key(node, "people", "人数", len(group), len(group), "人", [("比上月", "same", 0, "0")])
    key(node, "score", "平均得分", now, now, "分", [("比上月", "up" if now > last else "down", abs(now - last), f"{now - last:+}".replace("-", "−"))])
    unit_rows(node, audience, [u[0] for u in UNITS], "../", uid)
    ranking(node, audience, group, {p.id: 1 + sum(q.score > p.score for q in group) for p in group}, "unit", "../")
    if len(group) > 3:
        distribution(node, group, "绩效得分")
    trend(node, [mean(p.history[k] for p in group if p.history[k] is not None) for k in range(12)])
    if audience == "managers":
        distribution(el(node, "company-scores"), people, "绩效得分")
        payroll(node, group)
        absences(node, group)
        holder = el(node, "people")
        for p in group:
            person(holder, p)
    return root


def promotion(audience):
    path = own(audience) + "promotion.html"
    root = document(audience, "promotion", path, "晋升与定级 · 2026年10月", "谁可以晋升,还差什么", home(audience, path, (None, "晋升")), "2026年10月 · 晋升与定级")
    node = el(root, "promotion")
    el(node, "finding", "工具按制度给出建议,从次月 1 日起生效;职级只在花名册中变更。")
    listing = el(node, "list", kind="promotion", title="晋升", article="9", policy="销售支持人员管理办法", version="2026.2", article_href="policy.html#support-9")
    el(listing, "p", "连续三个月得分不低于九十分、任现职级满六个月、近三月净回款达到本职级标准的,可晋升一级。")
    for name, formula, _ in RULES:
        el(el(listing, "criterion", name=name), "formula", formula)
    groups = {"eligible": [], "one-missing": [], "not-eligible": []}
    for p in people:
        if p.grade != GRADES[4]:
            missed = verdict(p)["missed"]
            groups["eligible" if not missed else "one-missing" if missed == 1 else "not-eligible"].append(p)
    for outcome, chosen in groups.items():
        group = el(listing, "group", outcome=outcome, count=len(chosen))
        for p in sorted(chosen, key=lambda p: (RANK[p.id], p.id)):
            candidate = el(group, "candidate", **verdict(p))
            who(candidate, p, audience, "../")
            candidate_body(candidate, p, audience)
    return root


def policy(audience):
    path = own(audience) + "policy.html"
    root = document(audience, "policy", path, "制度与算法 · 2026年10月", "制度与算法", home(audience, path, (None, "制度")), "2026年10月 · 现行制度")
    node = el(el(root, "policies"), "policy", id="support", title="销售支持人员管理办法", version="2026.2", scheme="", from_="2026-05", people=len(people))

    def article(parent, number, title, text, depth=1):
        a = el(parent, "article", number=number, title=title, id=f"support-{number}", depth=depth)
        el(a, "p", text)
        return a

    def rule(parent, kind, name, formula, money_type=True, **more):
        if audience == "managers" or not money_type:
            r = el(parent, "rule", kind=kind, name=name, **more)
            el(r, "formula", formula)
            return r

    def table(parent, kind, name, heads, rows, mode=None):
        if audience == "managers":
            t = el(parent, "table", kind=kind, name=name, mode=mode)
            for head, cell in heads:
                el(t, "column", head, kind=cell)
            for row in rows:
                entry = el(t, "entry")
                for (_, cell), value in zip(heads, row):
                    el(entry, "cell", value, kind=cell)

    a = article(node, "1", "固定工资", "基本工资、岗位津贴和劳保福利按职级发放;当月未满勤的,基本工资按出勤天数(含在岗期间的法定假日)占应计天数的比例计发。")
    rule(a, "figure", "基本工资", "基本工资标准 × (在岗天数 - 事假天数 - 旷工天数) ÷ 应计天数", type="money", section="earnings")
    rule(a, "figure", "满月", "在岗天数 = 应计天数", False, type="yesno")
    table(a, "grades", "职级标准", [("职级", "text"), ("名称", "text"), ("基本工资标准", "number"), ("岗位津贴标准", "number"), ("绩效工资基数", "number")],
          [(g[0], g[1], money(g[2]), money(g[3]), money(g[4])) for g in GRADES])
    if audience == "managers":
        e = el(a, "example", title="十月十五日入职", grade="S1", month_text="2026年10月")
        el(e, "given", "2026-10-15", name="入职日期")
        el(e, "expect", "12", name="在岗天数")
        el(e, "expect", "1,828.57", name="基本工资")
    a = article(node, "2", "全勤奖与月勤工奖", "满月且无缺勤、无迟到的发全勤奖。晨会、档案、培训三项各自达标各自发奖。")
    b = article(a, "2.1", "月勤工奖分项", "以下各项分别判断:", 2)
    ul = el(b, "ul")
    for text in ("晨会无缺席;", "客户档案完整;", "培训出勤率不低于 90%。"):
        el(ul, "li", text)
    rule(b, "figure", "月勤工奖", "晨会奖 + 档案奖 + 培训奖", type="money", section="earnings")
    a = article(node, "3", "绩效工资", "绩效工资按当月绩效得分计发;缺评分项的,由其余各项按权重折算。")
    card = el(a, "rule", kind="scorecard", name="当月绩效得分", type="number", limits="0 至 100")
    for name, weight in KPIS:
        rule(card, "kpi", name, name + "评分", False, weight=f"{weight}%")
    rule(card, "adjust", "投诉扣分", "-2 × 投诉次数", False)
    rule(a, "figure", "绩效工资", "绩效工资基数 × 当月绩效得分 ÷ 100", type="money", section="earnings")
    if audience == "managers":
        e = el(a, "example", title="得分 92.5", grade="S3")
        el(e, "given", "1,500.00", name="绩效工资基数")
        el(e, "given", "92.5", name="当月绩效得分")
        el(e, "expect", "1,387.50", name="绩效工资")
    a = article(node, "4", "提成", "提成按业务来源和职级的比例计发;退款按原订单已计提成的同等比例扣回。")
    table(a, "rates", "提成比例", [("业务来源", "text"), ("职级", "text"), ("值", "number")],
          [("自主开发", "S1", "4%"), ("自主开发", "*", "5%"), ("公司线索", "*", "2%"), ("转介绍", "*", "3%"), ("续单", "*", "1%"), ("其余", "", "0.5%")])
    rule(a, "line", "收款提成", "若(类型 = \"收款\", 金额 × 提成比例(业务来源, 职级), 0)", type="money")
    a = article(node, "9", "晋升与降级", "连续三个月得分不低于 90 分、任现职级满六个月且培训合格的,可晋升一级。")
    r = rule(a, "movement", "晋升", "非 试用期", False)
    r.remove(r[0])
    for name, formula, _ in RULES:
        rule(r, "criterion", name, formula, False)
    return root


def quality(audience):
    path = own(audience) + "quality.html"
    root = document(audience, "quality", path, "数据质量 · 2026年10月", "数据质量", home(audience, path, (None, "数据质量")), "2026年10月 · 输入与核对")
    node = el(root, "quality", status="warning", errors=0, warnings=3, notes=1)
    el(node, "finding", "4 个文件全部读入,没有错误;3 条提醒不影响发放,请在封账前核对。")
    if audience == "managers":
        el(node, "next-step", "复核无误后封账：", command="salespay seal 2026-10 --by 经办人 --approved-by 批准人")
    el(node, "effect", f"发放 {PEOPLE - 1} 人，暂缓 1 人，不计 2 人。")
    for name, table, rows, ignored, encoding, delimiter in (("花名册.csv", "员工", PEOPLE + 2, 0, "GB18030", "comma"), ("考勤.csv", "考勤", PEOPLE, 0, "UTF-8 (BOM)", "comma"),
                                                 ("绩效评分.csv", "评分", PEOPLE, 0, "UTF-16 LE (BOM)", "tab"), ("订单.csv", "订单", 118, 3, "UTF-8", "comma")):
        f = el(node, "file", name="2026-10/" + name, table=table, encoding=encoding, delimiter=delimiter, header=1, rows=rows, used=rows - ignored, ignored=ignored,
               rejected=0, sha256=sha(name), **(dict(first="2026-10-08", last="2026-10-31") if name == "订单.csv" else {}))
        if ignored:
            el(f, "because", "空行", count=2)
            el(f, "because", "合计行,与各行之和相符", count=1)
    problems = (("E0214", "warning", 2, "数值异常大,超过本人近六个月最大值的三倍", [(118, 6), (97, 6)]),
                ("E0307", "warning", 1, "本月没有考勤行", [(23, 1)]), ("E0108", "note", 1, "编码按 GB18030 读取", [(None, None)]))
    for number, (code, level, count, title, _) in enumerate(problems):
        problem = el(node, "problem", code=code, level=level, count=count, title=title)
        if audience == "managers":
            problem.set("href", f"#problem-{number + 1}")
    for number, (code, level, count, title, lines) in enumerate(problems if audience == "managers" else ()):
        file = "2026-10/订单.csv" if code == "E0214" else "2026-10/花名册.csv"
        to_mend = el(node, "to-mend", file=file, level=level, errors=0, warnings=count if level == "warning" else 0, notes=count if level == "note" else 0)
        mending = el(to_mend, "mending", id=f"problem-{number + 1}", code=code, level=level, count=count, shown=len(lines), title=title)
        for line, column in lines:
            instance = el(mending, "instance", file=file, line=line, column=column)
            el(instance, "text", title)
            if line:
                source = el(instance, "source-line")
                el(source, "before", "E1001,2026-10-08,SO-7731,自主开发,终端,")
                el(source, "mark", "1234567.00")
                el(source, "behind", ",已回款")
                el(instance, "mend", "核对金额;如属实,无需处理")
    control = el(node, "control", name="people", label="人数", holds="yes")
    for sign, label, value in ((None, "花名册", PEOPLE + 2), ("equals", "发放", PEOPLE - 1), ("plus", "暂缓", 1), ("plus", "不计(附原因)", 2)):
        quantity(control, "side", value, sign=sign, label=label)
    control = el(node, "control", name="slips", label="工资条", holds="yes")
    for sign, label, value in ((None, "工资条文件", PEOPLE), ("equals", "账册的行", PEOPLE), ("equals", "发放", PEOPLE - 1), ("plus", "暂缓", 1)):
        quantity(control, "side", value, sign=sign, label=label)
    if audience == "managers":
        control = el(node, "control", name="net", label="实发合计", holds="yes")
        total = sum(p.net for p in people)
        for sign, label in ((None, "账册"), ("equals", "工资条"), ("equals", "各部门"), ("equals", "银行文件")):
            quantity(control, "side", total, money(total), sign=sign, label=label)
        el(control, "remark", "没有实发项目的制度：考核；其人员按 0 计")
        absences(node, people)
        outlier = el(node, "outlier", label="提成")
        who(outlier, people[0], audience, "../")
        amounts(outlier, D("9120.40"), D("1033.20"), D("21338.00"))
        el(outlier, "move", "+783%", direction="up", value=783)
        check = el(node, "speaking-check", name="最低工资提示", level="warning")
        who(check, people[1], audience, "../")
        el(check, "text", "实发 2,801.33 接近当地最低工资 2,690.00")
    return root


def downloads(audience):
    path = own(audience) + "downloads.html"
    root = document(audience, "downloads", path, "下载 · 2026年10月", "下载", home(audience, path, (None, "下载")), "2026年10月")
    node = el(root, "downloads")
    up = "../../" if audience == "managers" else "../"
    el(node, "download", href=up + "charts/ranking.pdf", kind="pdf", title="绩效排名图")
    if audience == "managers":
        d = el(node, "download", href=up + "ledger.csv", kind="csv", title="账册", rows=PEOPLE)
        for name, text in (("工号", "花名册"), ("当月绩效得分", "第 3 条"), ("实发工资", "第 8 条")):
            el(d, "column", text, name=name)
    return root


def months():
    root = document("staff", "months", "index.html", "月度报告 · 晨星", "月度报告", kicker="晨星信息技术有限公司")
    node = el(root, "months")
    for k, m in enumerate(reversed(MONTHS)):
        month = el(node, "month", id=m, text_=month_text(m), href=f"{m}/site/index.html", managers=f"{m}/managers/index.html", people=len(people) - k,
                   status=["warning", "good", "good", "bad"][k % 4], sealed="yes" if k else None)
        value = mean(p.history[11 - k] for p in people if p.history[11 - k] is not None)
        quantity(month, "score", value, at=percent(value, 0, 100))
        if not k:
            el(month, "finding", f"{len(people)} 人平均 {value} 分,4 人符合晋升条件")
            trend(month, [mean(p.history[j] for p in people if p.history[j] is not None) for j in range(12)])
    return root


def directory():
    root = document("managers", "units", "index.html", "部门 · 2026年10月(管理)", "按部门查看", [(None, "部门")], "2026年10月 · 管理视图")
    node = el(root, "directory")
    for uid, name, _, level in UNITS:
        unit_row(node, "managers", uid, name, level, "", cost=False)
    return root


def help_page(audience):
    path = own(audience) + "help.html"
    root = document(audience, "help", path, "使用帮助 · 2026年10月", "使用帮助", home(audience, path, (None, "帮助")), "2026年10月")
    el(root, "help")
    return root


def main():
    for audience, folder in (("staff", "site"), ("managers", "managers")):
        save(overview(audience), f"{folder}/overview.xml")
        for name, root in ranking_pages(audience):
            save(root, f"{folder}/{name}.xml")
        save(promotion(audience), f"{folder}/promotion.xml")
        save(policy(audience), f"{folder}/policy.xml")
        save(quality(audience), f"{folder}/quality.xml")
        save(downloads(audience), f"{folder}/downloads.xml")
        save(help_page(audience), f"{folder}/help.xml")
        for unit in ("D11",) if PEOPLE == 64 else LEAVES:
            save(unit_page(audience, unit), f"{folder}/unit-{unit}.xml")
    save(months(), "site/months.xml")
    save(directory(), "managers/directory.xml")


ET.register_namespace("", NS)
main()
