#!/usr/bin/env python3
"""Writes the CSV exports of the sample company into input/ (policies, company.xml and calendar are written by hand).

    python3 tests/sample/make_sample.py [INPUT_DIR]

Every value comes from the tables below or from a SHA-256 of a key, never from a clock or a random
source, so that a second run gives the same bytes. The people and what happens to them is in people.py;
what each export looks like (encoding, header, forms of dates and numbers) is in the write_* functions.
"""
import csv
import datetime
import hashlib
import io
import os
import sys
from decimal import Decimal, ROUND_HALF_UP, ROUND_UP

import cycles
from people import (AGENTS, BONUSES, CORRECTIONS, DEDUCTIONS, DUES, HEADS_BEFORE, HEADS_FROM_SEPTEMBER, HOLD, LEAVE, MONTHS,
                    OFF_MESSAGE, PEOPLE, SCORES, STORY_ORDERS, UNITS, completion, grade_in, on_list, quality)

FEN = Decimal("0.01")
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
DAY = datetime.timedelta(days=1)
NAME = {p["id"]: p["name"] for p in PEOPLE + AGENTS}
BY_ID = {p["id"]: p for p in PEOPLE + AGENTS}


def number(low, high, *key):
    """A whole number from low to high that depends on the key only."""
    text = "/".join(str(part) for part in key)
    return low + int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % (high - low + 1)


def choose(items, *key):
    return items[number(0, len(items) - 1, *key)]


def weighted(items, *key):
    """items: (thing, weight)"""
    at = number(0, sum(weight for _, weight in items) - 1, *key)
    for thing, weight in items:
        if at < weight:
            return thing
        at -= weight
    raise AssertionError


def month_days(month):
    year, number_ = map(int, month.split("-"))
    first = datetime.date(year, number_, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first, last


def date(text):
    return datetime.date.fromisoformat(text) if text else None


class Calendar:
    def __init__(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            self.kind = {date(row["日期"]): row["类型"] for row in csv.DictReader(file)}

    def is_workday(self, day):
        kind = self.kind.get(day)
        return kind == "班" or kind is None and day.weekday() < 5

    def workdays(self, first, last):
        day, found = first, []
        while day <= last:
            if self.is_workday(day):
                found.append(day)
            day += DAY
        return found


def present(month):
    """People of the month's list that are paid: hired by its end, not left before its start."""
    first, last = month_days(month)
    return [p for p in PEOPLE if date(p["hired"]) <= last and (not p["left"] or date(p["left"]) >= first)]


def money(value):
    return f"{value:,.2f}"


def render(rows, delimiter=",", end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def save(folder, name, text, encoding):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(text.encode(encoding))


def write_cycles(folder, month):
    agents = [p["name"] for p in AGENTS if on_list(p, month)] or [p["name"] for p in AGENTS]
    save(folder, "销售周期.csv", render(cycles.rows(month_days(month)[1], CUSTOMERS, number, choose, agents)), "utf-8-sig")


# ---------------------------------------------------------------- the staff and unit lists

def identity(person):
    """GB 11643 with a region code that does not exist."""
    key = person["id"]
    year = int(person["hired"][:4]) - number(22, 34, key, "age")
    digits = f"999999{year}{number(1, 12, key, 'birth month'):02d}{number(1, 28, key, 'birth day'):02d}"
    sequence = number(10, 498, key, "sequence") * 2 + (person["sex"] == "男")
    digits += f"{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def account(person):
    return f"6229999999{number(0, 9999, person['id'], 'bank'):04d}{person['id']}"


def write_staff(folder, month):
    rows = [["序号", "人员编码", "人员姓名", "部门编码", "部门名称", "岗位名称", "薪级", "性别", "到岗日期", "试用期截止日", "最后工作日",
             "证件号码", "工资卡号", "电子邮箱", "社保缴费基数(元)", "公积金缴存基数(元)", "公积金缴存比例", "首次就业", "减除费用口径"]]
    for p in sorted((p for p in PEOPLE + AGENTS if on_list(p, month)), key=lambda p: (p["unit"], p["id"])):
        left = p["left"] if p["left"] and p["left"][:7] <= month else ""
        rows.append([len(rows), p["id"], p["name"], p["unit"], UNITS[p["unit"]][0], p["post"], grade_in(p, month), p["sex"], p["hired"],
                     p["probation"], left, "'" + identity(p), "\t" + account(p), f"cx{p['id']}@example.com",
                     p["si_base"], p["hf_base"], p["hf_rate"], "是" if p["first_job"] else "否", p["tax_mode"]])
    save(folder, "花名册.csv", render(rows), "gb18030")


def write_units(folder, heads):
    rows = [["机构编码", "机构名称", "上级编码", "负责人工号"]]
    rows += [[code, name, parent, heads[code]] for code, (name, parent) in UNITS.items()]
    save(folder, "机构.csv", render(rows), "utf-8-sig")


# ---------------------------------------------------------------- attendance: DingTalk's monthly form

def attendance(person, month, calendar):
    first, last = month_days(month)
    start = max(first, date(person["hired"]))
    end = min(last, date(person["left"])) if person["left"] else last
    days = len(calendar.workdays(start, end))
    own = LEAVE.get((person["id"], month), {})
    annual = own.get("annual", number(1, 3, person["id"], month, "annual") if number(0, 11, person["id"], month, "takes leave") == 0 else 0)
    annual = min(annual, days)
    hours = Decimal(own.get("hours", 0))
    sick, absent = Decimal(own.get("sick", 0)), Decimal(own.get("absent", 0))
    steady = own.get("steady", quality(person, month) >= 90)
    late = own.get("late", 0 if steady else weighted([(0, 7), (1, 3), (2, 1)], person["id"], month, "late"))
    missed = own.get("missed", 0 if steady else weighted([(0, 8), (1, 2)], person["id"], month, "missed"))
    early = own.get("early", weighted([(0, 17), (1, 1)], person["id"], month, "early") if not steady else 0)
    attended = days - annual - sick - absent - int(hours / 8)
    return {"attended": attended, "rest": (last - first).days + 1 - days, "late": late, "late_minutes": sum(number(3, 28, person["id"], month, i) for i in range(late)),
            "early": early, "missed_on": missed // 2, "missed_off": missed - missed // 2, "absent": absent, "hours": hours, "sick": sick,
            "annual": annual, "days": days}


def plain(value):
    """A number as people type it; nothing is shown as --."""
    value = Decimal(value)
    return "--" if value == 0 else f"{value.normalize():f}"


def write_attendance(folder, month, calendar):
    first, last = month_days(month)
    header = ["姓名", "考勤组", "部门", "工号", "职位", "UserId", "出勤天数", "休息天数", "工作时长(分钟)", "迟到次数", "迟到时长(分钟)",
              "严重迟到次数", "早退次数", "早退时长(分钟)", "上班缺卡次数", "下班缺卡次数", "旷工天数", "出差时长", "外出时长", "请假", "", "", "", "加班总时长"]
    under = [""] * 19 + ["事假(小时)", "病假(天)", "年假(天)", "婚假(天)", ""]
    blank = [""] * (len(header) - 1)
    printed = last + number(1, 3, month, "printed") * DAY
    rows = [[f"月度汇总 统计日期:{first} 至 {last}"] + blank, [f"报表生成时间:{printed} 09:{number(10, 59, month, 'minute')}"] + blank, header, under]
    for p in sorted(present(month), key=lambda p: (p["unit"], number(0, 10 ** 9, p["id"], "order"))):
        a = attendance(p, month, calendar)
        rows.append([p["name"], "上海固定班制", UNITS[p["unit"]][0], p["id"], p["post"], f"manager{number(1000, 9999, p['id'], 'user')}",
                     f"{Decimal(a['attended']).normalize():f}" if a["attended"] else "0", a["rest"], int(a["attended"]) * 480 + number(0, 300, p["id"], month, "minutes"),
                     plain(a["late"]), plain(a["late_minutes"]), "--", plain(a["early"]), plain(a["early"] * 7), plain(a["missed_on"]), plain(a["missed_off"]),
                     plain(a["absent"]), "--", plain(number(0, 3, p["id"], month, "out")), plain(a["hours"]), plain(a["sick"]), plain(a["annual"]), "--",
                     plain(number(0, 5, p["id"], month, "overtime"))])
    save(folder, "考勤.csv", render(rows), "utf-8-sig")


# ---------------------------------------------------------------- diligence and scores

def write_diligence(folder, month):
    rows = [["员工编号", "姓名", "晨会缺席(次)", "日报及时率", "客户档案", "培训出勤率"]]
    for p in sorted(present(month), key=lambda p: p["id"]):
        if p["post"] != "销售支持":
            continue
        key, q = p["id"], quality(p, month)
        if (p["id"], month) in OFF_MESSAGE:
            rows.append([p["id"], p["name"], 3, "40%", "×", ""])
            continue
        daily = Decimal(min(1000, number(880, 1000, key, month, "daily") + (q - 80) * 2)) / 10
        training = weighted([("100%", 6), ("90%", 2), ("85.5%", 1), ("75%", 1)], key, month, "training") if q < 90 else "100%"
        # One clerk types with the Chinese input method on.
        written = f"{daily}%".translate(FULL_WIDTH) if p["unit"] == "D130" else f"{daily}%"
        rows.append([p["id"], p["name"], weighted([("0", 6), ("1", 2), ("2", 1)], key, month, "meeting") if q < 90 else "0", written,
                     "√" if q >= 88 or number(0, 3, key, month, "files") else "×", training])
    save(folder, "勤工考核.csv", render(rows, end="\n"), "utf-8")


def score_row(person, month):
    """Late rate, errors, satisfaction, cooperation, report rate, test, complaints, praises; None where not graded."""
    own = SCORES.get((person["id"], month))
    if own:
        return own
    key, q = person["id"], quality(person, month)
    if person["post"] == "客户经理":
        return (None, None, min(100, q + number(-4, 6, key, month, "satisfaction")), None,
                f"{min(100, q + number(0, 12, key, month, 'reports'))}%", None, weighted([(0, 8), (1, 1)], key, month, "complaints"), number(0, 1, key, month, "praise"))
    timely = Decimal(min(1000, int((q + number(-2, 4, key, month, "timely")) * Decimal("9.5")) + number(0, 9, key, month, "tenth"))) / 10
    errors = max(0, (100 - q) // 5 + number(-1, 1, key, month, "errors"))
    complaints = weighted([(0, 8), (1, 2)], key, month, "complaints") if q < 88 else 0
    praise = weighted([(0, 5), (1, 2), (2, 1)], key, month, "praise") if q >= 80 else 0
    graded = number(0, 9, key, month, "test taken") > 0
    return (f"{timely}%", errors, min(100, q + number(-5, 5, key, month, "satisfaction")), min(100, q + number(-4, 6, key, month, "cooperation")),
            f"{min(100, q + number(-3, 8, key, month, 'reports'))}%", min(100, q + number(-8, 8, key, month, "test")) if graded else None, complaints, praise)


def write_scores(folder, month):
    rows = [["员工编号", "姓名", "部门", "订单及时率", "单据差错(次)", "客户满意度", "协作评分", "报表按时率", "测验成绩", "投诉(次)", "表扬(次)"]]
    for p in sorted(present(month), key=lambda p: (p["unit"], p["id"])):
        if (p["id"], month) in OFF_MESSAGE:
            continue
        values = score_row(p, month)
        values = [("" if p["post"] == "销售支持" else "--") if value is None else value for value in values]
        if p["grade"] in ("ZC4", "ZC5"):
            values[3] = ""
        rows.append([p["id"], p["name"], UNITS[p["unit"]][0]] + values)
    save(folder, "考核评分.csv", render(rows, end="\n"), "utf-8")


# ---------------------------------------------------------------- customers and orders

CITY = ["沪东", "闵行", "昆仑", "苏城", "杭湾", "锡山", "浦江", "临港", "嘉禾", "松江", "虹桥", "青浦"]
WORD = ["远景", "恒达", "瑞丰", "博雅", "中科", "汇智", "同创", "安泰", "华宇", "凌云", "百川", "金石", "新元", "德信"]
TRADE = ["机电设备", "医疗器械", "教育科技", "食品", "物流", "精密制造", "商贸", "建材", "信息技术", "文化传播"]
NOTES = ["", "", "", "", "", "客户要求开专票", "分两次验收,\n第二次已签收", "加急", "电子合同", "尾款已结清"]


def customers():
    found, used = [], set()
    for i in range(96):
        name = choose(CITY, "city", i) + choose(WORD, "word", i) + choose(TRADE, "trade", i) + "有限公司"
        if name not in used:
            used.add(name)
            found.append((f"C{1001 + i}", name, weighted([("A", 2), ("B", 5), ("C", 4)], "level", i)))
    return found


def write_customers(folder):
    rows = [["客户编号", "客户名称", "客户等级"]] + [list(c) for c in CUSTOMERS]
    save(folder, "客户.csv", render(rows), "utf-8-sig")


def amount(low, high, *key):
    """A plausible price: most end in 00 or 80, some in fen."""
    yuan = number(low, high, *key)
    tail = number(0, 9, *key, "tail")
    if tail < 5:
        return Decimal(yuan // 100 * 100)
    if tail < 8:
        return Decimal(yuan // 100 * 100 + 80)
    return Decimal(yuan) + Decimal(number(1, 99, *key, "fen")) / 100


SOURCES_SUPPORT = [("自主开发", 5), ("公司线索", 3), ("转介绍", 3), ("续单", 5), ("团队支持", 4)]
SOURCES_ACCOUNT = [("自主开发", 6), ("公司线索", 6), ("转介绍", 2), ("续单", 3)]
TARGET = {"KH1": 80000, "KH2": 110000, "KH3": 150000}
SEASON = {"2026-05": 95, "2026-06": 110, "2026-07": 92, "2026-08": 98, "2026-09": 112, "2026-10": 90}


def target(person, month):
    return Decimal(TARGET[grade_in(person, month)] * SEASON[month] // 100 // 1000 * 1000)


def own_orders(person, month):
    """(source, amount) of what one person alone closed."""
    key = person["id"]
    if person["post"] == "客户经理":
        count = number(4, 7, key, month, "count")
        weights = [number(60, 180, key, month, "weight", i) for i in range(count)]
        # Joint orders add a little on top, so aim slightly below the completion wanted.
        whole = target(person, month) * completion(person, month) / 100
        amounts = [(whole * w / sum(weights)).quantize(Decimal(10)) for w in weights]
        return [(weighted(SOURCES_ACCOUNT, key, month, "source", i), a) for i, a in enumerate(amounts)]
    own = STORY_ORDERS.get((key, month))
    if own is not None:
        return [(source, Decimal(a)) for source, a in own]
    grade = grade_in(person, month)
    count = weighted([(0, 3), (1, 5), (2, 5), (3, 3), (4, 1)], key, month, "count")
    if quality(person, month) >= 92:
        count = max(2, count)
    high = {"ZC1": 9000, "ZC2": 14000, "ZC3": 19000, "ZC4": 26000, "ZC5": 40000}[grade]
    return [(weighted(SOURCES_SUPPORT, key, month, "source", i), amount(1500, high, key, month, "amount", i)) for i in range(count)]


SPLITS = [("50%", "50%"), ("60%", "40%"), ("50%", "30%", "20%"), ("33.34%", "33.33%", "33.33%")]


def orders_of(month, calendar, history):
    """Rows of the month's export. history: what earlier months collected, for refunds; it grows."""
    first, last = month_days(month)
    short = month[2:4] + month[5:7]
    rows, drafts = [], []
    for p in present(month):
        start = max(first, date(p["hired"]))
        end = min(last, date(p["left"])) if p["left"] else last
        days = calendar.workdays(start, end)
        if (p["id"], month) in OFF_MESSAGE:
            continue
        for i, (source, value) in enumerate(own_orders(p, month)):
            drafts.append((choose(days, p["id"], month, "day", i), [(p["id"], "")], source, value, ""))
    for p in AGENTS:
        drafts.append((choose(calendar.workdays(first, last), p["id"], month), [(p["id"], "")], "转介绍", amount(2000, 9000, p["id"], month), "代理人单,不计提成"))
    whole = [p for p in present(month) if date(p["hired"]) <= first and not p["left"] and (p["id"], month) not in OFF_MESSAGE]
    for i in range(number(4, 6, month, "joint")):
        split = choose(SPLITS, month, "split", i)
        partners, step = [], 0
        while len(partners) < len(split):
            candidate = choose(whole, month, "partner", i, step)["id"]
            step += 1
            if candidate not in partners:
                partners.append(candidate)
        drafts.append((choose(calendar.workdays(first, last), month, "joint day", i), list(zip(partners, split)),
                       choose(["自主开发", "公司线索", "转介绍", "续单"], month, "joint source", i), amount(9000, 48000, month, "joint amount", i), ""))
    drafts.sort(key=lambda d: (d[0], d[1][0][0], d[3]))
    for i, (day, partners, source, value, note) in enumerate(drafts):
        code, joint = f"CX{short}-{i + 1:04d}", f"HZ{short}-{i + 1:04d}" if len(partners) > 1 else ""
        customer = choose(CUSTOMERS, code)
        # The last ones of a month are often not yet paid; they come again in the next month's export.
        waiting = (last - day).days < 6 and len(partners) == 1 and number(0, 4, code, "waiting") == 0 and BY_ID[partners[0][0]] in whole
        note = note or choose(NOTES, code, "note")
        for who, share in partners:
            rows.append({"code": code, "day": day, "customer": customer, "source": source, "who": who, "kind": "收款", "amount": value,
                         "paid": not waiting, "original": "", "original_amount": None, "joint": joint, "share": share, "note": note})
        if waiting:
            history["waiting"].append((month, rows[-1]))
        elif all(who in {p["id"] for p in PEOPLE} for who, _ in partners):
            history["collected"].append((month, code, value, customer, source, partners))
    for earlier, row in [w for w in history["waiting"] if w[0] < month]:
        again = dict(row, paid=True, note="上月未到账,本月到账")
        rows.append(again)
        history["waiting"].remove((earlier, row))
        history["collected"].append((month, row["code"], row["amount"], row["customer"], row["source"], [(row["who"], "")]))
    rows += refunds(month, calendar, history)
    return rows


def refunds(month, calendar, history):
    first, last = month_days(month)
    here = {p["id"] for p in present(month) if not p["left"] and (p["id"], month) not in OFF_MESSAGE}
    rows, short = [], month[2:4] + month[5:7]

    def add(code, value, customer, source, partners, part, note):
        day = choose(calendar.workdays(first, last), month, "refund day", code)
        name = f"TK{short}-{len({r['code'] for r in rows}) + 1:03d}"
        for who, share in partners:
            rows.append({"code": name, "day": day, "customer": customer, "source": source, "who": who, "kind": "退款", "amount": part, "paid": True,
                         "original": code, "original_amount": value, "joint": "", "share": share, "note": note})

    if month == "2026-05":
        add("CX2604-0107", Decimal(40000), CUSTOMERS[7], "自主开发", [("00212", "")], Decimal("12500"), "四月订单部分退货")
    if month == "2026-08":
        add("CX2511-0033", Decimal(6800), CUSTOMERS[11], "转介绍", [("00132", "")], Decimal("6800"), "去年老订单,系统无提成记录")
    old = [c for c in history["collected"] if c[0] < month and all(who in here for who, _ in c[5])]
    joint = [c for c in old if len(c[5]) > 1]
    same = [c for c in history["collected"] if c[0] == month and all(who in here for who, _ in c[5])]
    picks = [choose(old, month, "refund", i) for i in range(number(2, 4, month, "refunds"))] if old else []
    if joint and month in ("2026-07", "2026-09"):
        picks.append(choose(joint, month, "joint refund"))
    if month in ("2026-06", "2026-10"):
        picks.append(choose(same, month, "same month"))
    for i, (_, code, value, customer, source, partners) in enumerate(picks):
        if code in history["refunded"]:
            continue
        history["refunded"].add(code)
        fraction = choose([100, 100, 50, 30, 25], month, "fraction", i)
        part = (value * fraction / 100).quantize(FEN, ROUND_HALF_UP)
        add(code, value, customer, source, partners, part, "全额退款" if fraction == 100 else "部分退款")
    return rows


def write_orders(folder, rows):
    out = [["序号", "合同编号", "签约日期", "客户代码", "客户名称", "来源", "经办人工号", "经办人", "款项类型", "金额(元)", "是否到账",
            "原订单号", "原订单金额(元)", "合作单号", "分成份额", "备注"]]
    for i, r in enumerate(rows):
        out.append([i + 1, r["code"], f"{r['day'].year}/{r['day'].month}/{r['day'].day}", r["customer"][0], r["customer"][1], r["source"], r["who"], NAME[r["who"]],
                    r["kind"], money(r["amount"]), "是" if r["paid"] else "否", r["original"], money(r["original_amount"]) if r["original"] else "", r["joint"], r["share"], r["note"]])
    total = sum((r["amount"] for r in rows), Decimal(0))
    originals = sum((r["original_amount"] for r in rows if r["original"]), Decimal(0))
    out.append([])
    out.append(["合计"] + [""] * 8 + [money(total), "", "", money(originals), "", "", ""])
    save(folder, "订单.csv", render(out), "gb18030")


def net_of(month, orders, people):
    """Net collected by these people, as article 8.4 says; only to set plausible unit targets."""
    total = Decimal(0)
    for r in orders[month]:
        if r["who"] in people and r["paid"]:
            part = r["amount"] * Decimal(r["share"].rstrip("%")) / 100 if r["share"] else r["amount"]
            total += part if r["kind"] == "收款" else -part
    return total


def write_targets(folder, orders):
    rows = [["月份", "部门编码", "部门", "回款目标(元)"]]
    for unit, (name, _) in UNITS.items():
        below = {u for u, (_, parent) in UNITS.items() if parent == unit} | {unit}
        people = {p["id"] for p in PEOPLE if p["unit"] in below}
        mean = sum(net_of(m, orders, people) for m in MONTHS) / len(MONTHS)
        for month in MONTHS:
            goal = (mean * SEASON[month] / 100 * number(98, 112, unit, "goal") / 100 / 5000).quantize(Decimal(1)) * 5000
            rows.append([month, unit, name, f"{goal:.0f}"])
    save(folder, "部门目标.csv", render(rows), "utf-8-sig")
    rows = [["月份", "工号", "姓名", "回款目标(元)"]]
    for month in MONTHS:
        for p in present(month):
            if p["post"] == "客户经理":
                rows.append([month.replace("-", "年") + "月", p["id"], p["name"], f"{target(p, month):,.0f}"])
    save(folder, "个人目标.csv", render(rows), "gb18030")


# ---------------------------------------------------------------- certificates, rewards, bonuses, holds, corrections

def write_certificates(folder):
    rows = [["工号", "姓名", "证书名称", "有效期至"]]
    for p in PEOPLE:
        if p["post"] == "销售支持" and p["certificate"]:
            end = date(p["certificate"])
            rows.append([p["id"], p["name"], "销售支持" + {"ZC1": "初级", "ZC2": "中级"}.get(p["grade"], "高级"), f"{end.year}年{end.month}月{end.day}日"])
    save(folder, "培训证书.csv", render(rows), "utf-8-sig")


def write_dues(folder, month):
    rows = [["员工编号", "姓名", "类别", "金额(元)", "事由"]]
    rows += [[who, NAME[who], kind, money(Decimal(value)) + "元", why] for at, who, kind, value, why in DUES if at == month]
    save(folder, "奖惩.csv", "\ufeff" + render(rows, delimiter="\t"), "utf-16-le")


def write_occasional(folder, month):
    if month in BONUSES:
        rows = [["工号", "姓名", "奖金金额(元)", "计税办法"]] + [[who, NAME[who], "￥" + money(Decimal(value)), how] for who, value, how in BONUSES[month]]
        rows.append(["合计", "", money(sum(Decimal(value) for _, value, _ in BONUSES[month])), ""])
        save(folder, "年度奖金.csv", render(rows), "gb18030")
    if month in CORRECTIONS:
        rows = [["工号", "月份", "项目", "金额"]] + [list(c) for c in CORRECTIONS[month]]
        save(folder, "更正.csv", render(rows), "utf-8")
    if month in HOLD:
        save(folder, "hold.csv", render([["id", "reason"]] + [list(h) for h in HOLD[month]], end="\n"), "utf-8")


# ---------------------------------------------------------------- tax: the client's cumulative deductions, and the months before May

KINDS = ["累计子女教育", "累计继续教育", "累计住房贷款利息", "累计住房租金", "累计赡养老人", "累计3岁以下婴幼儿照护", "累计个人养老金"]
WAGE_MONTHS = ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04"]


def pay_month(month):
    """Month number of the pay date: wages are paid on the 10th of the next month."""
    return int(month[5:]) % 12 + 1


def deductions(person, month):
    """Cumulative by kind in the month of payment."""
    first_month = int(person["hired"][5:7]) if person["hired"] >= "2026-01-01" else 1
    found = dict.fromkeys(KINDS, Decimal(0))
    for kind, monthly, start in DEDUCTIONS.get(person["id"], []):
        # A late report back-fills all months at this payer in the month it is made.
        if month >= start:
            found[kind] += Decimal(monthly) * (pay_month(month) - first_month + 1)
    return found


def write_deductions(folder, month):
    rows = [["工号", "*姓名", "*证件类型", "*证件号码"] + KINDS + ["备注"]]
    for p in sorted(present(month), key=lambda p: p["id"]):
        found = deductions(p, month)
        if any(found.values()):
            rows.append([p["id"], p["name"], "居民身份证", "\t" + identity(p)] + [f"{found[k]:.2f}" if found[k] else "" for k in KINDS] + [""])
    save(folder, "专项附加扣除.csv", render(rows), "utf-8-sig")


def insurance(person):
    """Social insurance and housing fund of one person before July, by articles 15 and 16."""
    base = max(Decimal(7460), min(Decimal(37302), Decimal(person["si_base"])))
    fund = max(Decimal(2740), min(Decimal(37302), Decimal(person["hf_base"])))
    total = sum((base * Decimal(rate)).quantize(Decimal("0.1"), ROUND_UP) for rate in ("0.08", "0.02", "0.005"))
    return total + (fund * Decimal(person["hf_rate"].rstrip("%")) / 100).quantize(Decimal(1), ROUND_HALF_UP)


def opening_income(person, month):
    base = {"ZC1": 6600, "ZC2": 7900, "ZC3": 9800, "ZC4": 12600, "ZC5": 17500, "KH1": 10400, "KH2": 15300, "KH3": 21800}[person["grade"]]
    value = Decimal(base * number(88, 114, person["id"], month, "opening")) / 100 + Decimal(number(0, 9999, person["id"], month, "opening fen")) / 100
    if person["hired"][:7] == month:
        value = (value * 11 / 21).quantize(FEN, ROUND_HALF_UP)
    return value


RATES = [(36000, "0.03", 0), (144000, "0.10", 2520), (300000, "0.20", 16920)]


def write_opening(folder):
    rows = [["月份", "工号", "姓名", "部门", "职级", "计税收入", "三险一金", "本月个税"]]
    for p in sorted(PEOPLE, key=lambda p: p["id"]):
        income, special, paid = Decimal(0), Decimal(0), Decimal(0)
        for month in WAGE_MONTHS:
            if p["hired"][:7] > month:
                continue
            own, part = opening_income(p, month), insurance(p) if p["hired"][:7] < month or p["hired"][8:] <= "15" else Decimal(0)
            income, special = income + own, special + part
            months = pay_month(month) - (int(p["hired"][5:7]) - 1 if p["hired"] >= "2026-01-01" else 0)
            free = Decimal(60000) if p["tax_mode"] == "一次扣除六万" else Decimal(5000) * months
            base = max(Decimal(0), income - special - free - sum(deductions(p, month).values()))
            rate, quick = next((Decimal(r), q) for top, r, q in RATES if base <= top)
            tax = max(Decimal(0), (base * rate - quick - paid).quantize(FEN, ROUND_HALF_UP))
            paid += tax
            rows.append([month, p["id"], p["name"], p["unit"], p["grade"], f"{own:.2f}", f"{part:.2f}", f"{tax:.2f}"])
    rows[1:] = sorted(rows[1:], key=lambda r: (r[0], r[1]))
    save(folder, "opening.csv", render(rows, end="\n"), "utf-8")
    lines = [["月份", "id", "key", "file line", "value"], ["2026-04", "00212", "CX2604-0107", "31", "2400.00"], ["2026-04", "00233", "CX2604-0112", "36", "900.00"]]
    save(folder, "opening-lines-个人提成.csv", render(lines, end="\n"), "utf-8")


CUSTOMERS = customers()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..", "input")
    # The calendar is written by hand and lies in the project's own input, wherever the rest goes.
    calendar = Calendar(os.path.join(here, "..", "..", "input", "calendar.csv"))
    common = os.path.join(folder, "common")
    history = {"collected": [], "waiting": [], "refunded": set()}
    orders = {month: orders_of(month, calendar, history) for month in MONTHS}
    write_customers(common)
    write_targets(common, orders)
    write_certificates(common)
    write_units(common, HEADS_BEFORE)
    for month in MONTHS:
        into = os.path.join(folder, month)
        write_staff(into, month)
        write_attendance(into, month, calendar)
        write_diligence(into, month)
        write_scores(into, month)
        write_orders(into, orders[month])
        write_dues(into, month)
        write_deductions(into, month)
        write_occasional(into, month)
        write_cycles(into, month)
        if month >= "2026-09":
            write_units(into, HEADS_FROM_SEPTEMBER)
    write_opening(folder)


if __name__ == "__main__":
    main()
