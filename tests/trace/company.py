"""A company made by chance whose schemes are the policies of tests/manual: each has some people, told by their unit."""
import csv
import pathlib
import shutil

MANUAL = pathlib.Path(__file__).resolve().parent.parent / "manual"
SCHEMES = sorted(path.stem for path in MANUAL.glob("policies/*.xml"))
UNITS = {"texts": ("华东部", "华南部", "总部", "华东部")}  # else a scheme's people are in a unit of its name
MONTHS = ("2026-08", "2026-09", "2026-10")
EARLIER = ("2026-04", "2026-05", "2026-06", "2026-07")
EACH = 4


def write(path, rows, encoding="utf-8", delimiter=","):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding=encoding, newline="") as out:
        csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)


def money(rng, most):
    return f"{rng.randint(1, most * 100) / 100:,.2f}"


def staff(rng):
    """[(id, scheme, grade, hired, unit)], by scheme"""
    return [(f"E{100 + i}", SCHEMES[i // EACH], rng.choice(("S1", "高级专员", "S3")),
             f"20{rng.randint(19, 25)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
             UNITS.get(SCHEMES[i // EACH], [SCHEMES[i // EACH]] * EACH)[i % EACH]) for i in range(EACH * len(SCHEMES))]


def orders(rng, month, people, paid):
    """paid: orders that may be taken back, of this month and those before."""
    rows = []
    for id_, scheme, _, _, _ in people:
        for k in range(rng.randint(1, 3)):
            number, whole = f"{month[-2:]}{id_}{k}", money(rng, 60000)
            row = [f"{month}-{3 * k + rng.randint(1, 3):02}", rng.choice(("自主开发", "公司线索", "转介绍", "续单")), "收款", whole]
            mates = [p[0] for p in people if p[1] == scheme]
            if scheme in ("lines", "team") and rng.random() < 0.5:
                row[1] = "公司线索"  # at one rate for all grades
                for mate, share in zip(rng.sample(mates, 3), rng.choice((("33%", "33%", "34%"), ("50%", "25%", "25%")))):
                    rows.append([number, mate, *row, share, "", "", "C1"])
            else:
                rows.append([number, id_, *row, rng.choice(("", "100%", "40%")), "", "", rng.choice(("C1", "C2", ""))])
                paid.append((number, id_, whole))
        own = [order for order in paid if order[1] == id_ and (scheme != "numbers" or order[0].startswith(month[-2:]))]
        if own and rng.random() < 0.6:
            number, _, whole = rng.choice(own)
            paid.remove((number, id_, whole))
            back = f"{float(whole.replace(',', '')) / 3:.2f}"
            rows.append([f"R{number}", id_, f"{month}-20", "", "退款", back, "", number, whole, ""])
    return rows


def month_files(rng, folder, month, people, paid):
    write(folder / month / "花名册.csv", [["员工编号", "姓名", "部门", "职级", "入职时间", "离职日期", "试用期", "邮箱"],
          *([id_, f"员工{id_[1:]}", unit, grade, hired, "", rng.choice(("是", "否", "")), rng.choice(("Wang@example.cn", "李@x.com", ""))]
            for id_, _, grade, hired, unit in people)],
          "gb18030")
    write(folder / month / "考勤.csv", [["工号", "应出勤天数", "出勤天数", "事假天数", "迟到次数"],
          *([p[0], 21, rng.randint(10, 21), rng.choice(("", 0, 3, 16)), rng.choice(("", 0, 1, 4))] for p in people if rng.random() < 0.9 or p[1] in ("figures", "local"))])
    write(folder / month / "评分.csv", [["考核评分", "", "", "", "", ""], ["工号", "工作质量", "及时率", "满意度", "投诉次数", "培训合格"],
          *([p[0], rng.randint(400, 1200) / 10, f"{rng.randint(500, 1000) / 10}%",
             rng.choice(("", 85)) if p[1] != "scorecard" else rng.choice(("", 70, 95)), rng.choice(("", 1, 2)), rng.choice(("是", "否", ""))]
            for p in people if rng.random() < 0.9 or p[1] == "scorecard")], delimiter=";")
    write(folder / month / "订单.csv", [["订单号", "工号", "日期", "业务来源", "类型", "金额(元)", "份额", "原订单号", "原金额", "客户编号"],
          *orders(rng, month, people, paid)])
    write(folder / month / "拜访记录一.csv", [["业务员", "拜访日期", "拜访分钟", "成功率", "拜访客户"],
          *([p[0], f"{month}-{rng.randint(1, 28):02}", rng.choice(("", 45)), rng.randint(1, 100), rng.choice(("C1", "C2", ""))]
            for p in people for _ in range(rng.randint(0, 3)) if p[1] == "tables")])
    write(folder / month / "调岗.csv", [["工号", "原职级"], *([p[0], rng.choice(("S2", "主管", ""))] for p in people[::2])])
    write(folder / month / "机构目标.csv", [["目标机构", "目标额"], *([unit, money(rng, 90000)] for unit in ("tables", "tables", "team"))])
    write(folder / month / "证书.csv", [["工号", "证书名称", "生效日", "失效日"],
          *(row for p in people for row in ([p[0], "主证书", f"2025/{rng.randint(1, 12)}/5", f"2026年{rng.randint(7, 12)}月4日"],
                                            [p[0], "进修", f"2026-{rng.randint(1, 9):02}-06", ""])[:rng.randint(0, 2)])])


def build(rng, folder):
    """The company in folder; its people's ids."""
    shutil.copytree(MANUAL / "policies", folder / "policies")
    shutil.copy(MANUAL / "calendar.csv", folder)
    policies = "".join(f'<policy scheme="{s}" href="policies/{s}.xml" from="2026-04" when="部门 属于 ({units})"/>' for s in SCHEMES
                       for units in [", ".join(f"“{unit}”" for unit in sorted(set(UNITS.get(s, [s]))))])
    (folder / "company.xml").write_text('<company xmlns="urn:salespay:company:1" name="追溯公司" lang="zh-CN">' + policies + "</company>",
                                       encoding="utf-8")
    people = staff(rng)
    heads = {scheme: next(p[0] for p in people if p[1] == scheme) for scheme in SCHEMES}
    write(folder / "common/机构.csv", [["机构编码", "机构名称", "上级机构", "负责人"], ["Z", "总部", "", heads["team"]],
          *([f"D{i}", unit, rng.choice(("Z", "D0")) if i else "Z", heads[scheme]] for i, (unit, scheme) in enumerate(
              (unit, scheme) for scheme in SCHEMES for unit in sorted(set(UNITS.get(scheme, [scheme])) - {"总部"})))])
    write(folder / "common/客户.csv", [["编号", "客户等级"], ["C1", "甲"], ["C2", ""]])
    earlier = [[month, p[0], f"员工{p[0][1:]}", p[4], rng.choice(("S1", "S2")), money(rng, 9000).replace(",", ""), rng.choice(("yes", "no"))]
               for month in EARLIER for p in people if p[1] in ("history", "team", "examples") and rng.random() < 0.9]
    write(folder / "opening.csv", [["月份", "工号", "姓名", "部门", "职级", "业绩", "长假"], *earlier])
    paid = []
    for month in MONTHS:
        month_files(rng, folder, month, people, paid)
    return [p[0] for p in people]
