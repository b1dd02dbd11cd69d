"""The bank of input/examples/bank, worked out from its CSV exports alone, in exact fractions."""
import calendar
import csv
import datetime
import pathlib
from fractions import Fraction as F

RATE = {"现金管理": F(5, 10000), "固定收益": F(3, 1000), "混合": F(5, 1000), "权益": F(8, 1000)}
GRADE = {"GY1": (4200, 1200), "LC1": (5000, 2000), "LC2": (6500, 3000), "LC3": (9000, 4000)}  # base pay, performance base
FOREVER = datetime.date.max
BRACKETS = ((36000, 3, 0), (144000, 10, 2520), (300000, 20, 16920), (420000, 25, 31920))


def rows(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def number(text):
    text = text.replace(",", "")
    return F(text[:-1]) / 100 if text.endswith("%") else F(text or 0)


def cents(x):
    """To the fen, half away from zero."""
    return F(int(abs(x) * 100 + F(1, 2)), 100) * (1 if x >= 0 else -1)


def money(x):
    return f"{'-' if x < 0 else ''}{abs(x).numerator * 100 // abs(x).denominator // 100}.{int(abs(x) * 100) % 100:02}"


def plain(x):
    return f"{float(x):.2f}".rstrip("0").rstrip(".")


def day(text):
    return datetime.date.fromisoformat(text) if text else FOREVER


def qualified(who, on, certificates, actions):
    """Whether a person may sell on that day: a certificate covers it, and no suspension or termination does."""
    held = any(c["工号"] == who and day(c["生效日"]) <= on <= day(c["有效期至"]) for c in certificates)
    barred = any(a["工号"] == who and day(a["处理起日"]) <= on and (a["处理"] == "终止" or on <= day(a["处理止日"])) for a in actions)
    return held and not barred


def standing(who, end, certificates, actions):
    mine = [a for a in actions if a["工号"] == who and day(a["处理起日"]) <= end]
    if any(a["处理"] == "终止" for a in mine):
        return "终止"
    if any(day(a["处理止日"]) >= end for a in mine):
        return "暂停"
    since = [c for c in certificates if c["工号"] == who and day(c["生效日"]) <= end]
    return "有效" if any(day(c["有效期至"]) >= end for c in since) else "过期" if since else "未取得"


def working(first, last, kinds):
    span = (first + datetime.timedelta(n) for n in range((last - first).days + 1))
    return sum(kinds.get(d, "班" if d.weekday() < 5 else "休") == "班" for d in span)


def contributions(person, first, end):
    """Social insurance and housing fund of the employee: whole months, in from the month of hiring if hired by the 15th."""
    hired, left = day(person["入职日期"]), day(person["离职日期"])
    base = max(F(4800), min(F(25000), number(person["社保缴费基数(元)"])))
    insured = (hired < first or hired.day <= 15) and not (left < first or left <= end and left.day <= 15)
    social = sum(cents(base * r / 1000) for r in (80, 20, 5)) if insured else F(0)
    fund = max(F(2500), min(F(25000), number(person["公积金缴存基数(元)"]))) * number(person["公积金比例"])
    return social + int(fund + F(1, 2))


def tax_due(taxable):
    taxable = max(F(0), taxable)
    for upper, percent, quick in BRACKETS:
        if taxable <= upper:
            return taxable * percent / 100 - quick
    raise ValueError("income beyond this test's brackets")


def figures(company, months):
    common = company / "common"
    certificates, actions = rows(common / "上岗资格.csv"), rows(common / "资格处理.csv")
    training, exams = rows(common / "培训.csv"), rows(common / "考试.csv")
    kinds = {day(r["日期"]): "班" if r["类型"] == "班" else "休" for r in rows(company / "calendar.csv")}
    past = {r["工号"]: [number(r["计税收入"]), number(r["三险一金"]), number(r["本月个税"])] for r in rows(company / "opening.csv")}
    result = {}
    for month in months:
        first = datetime.date.fromisoformat(month + "-01")
        end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        folder = company / month
        scores = {r["工号"]: r for r in rows(folder / "评分.csv")}
        sales, relief = rows(folder / "理财销售.csv"), {r["工号"]: r for r in rows(folder / "专项附加扣除.csv")}
        result[month] = {}
        for person in rows(folder / "花名册.csv"):
            who, hired, left = person["工号"], day(person["入职日期"]), day(person["离职日期"])
            if person["岗位"] == "劳务派遣" or hired > end or left < first:
                continue
            mine = [(number(s["金额(元)"]), RATE[s["产品类别"]], day(s["销售日期"])) for s in sales if s["销售人员工号"] == who]
            good = [(a, r) for a, r, on in mine if qualified(who, on, certificates, actions)]
            sold, commission = sum((a for a, _ in good), F(0)), sum((cents(a * r) for a, r in good), F(0))
            wage, performance = GRADE[person["职级"]]
            base = cents(F(wage * working(max(first, hired), min(end, left), kinds), working(first, end, kinds)))
            s = scores[who]
            score = (min(F(120), sold / number(s["目标(元)"]) * 100) * 60 + number(s["客户满意度"]) * 20 + number(s["双录合格率"]) * 2000) / 100
            score = cents(max(F(0), min(F(100), score - 5 * number(s["投诉(次)"]))))
            merit = cents(performance * score / 100)
            gross, kept = base + commission + merit, contributions(person, first, end)
            total = past.setdefault(who, [F(0), F(0), F(0)])
            total[0], total[1] = total[0] + gross, total[1] + kept
            begin = hired.month if hired.year == first.year else 1
            until = left if left < end else end
            free = 5000 * (until.month - begin + 1) + sum(number(v) for k, v in relief.get(who, {}).items() if k != "工号")
            tax = cents(max(F(0), tax_due(total[0] - total[1] - free) - total[2]))
            total[2] += tax
            hours = sum(number(t["学时"]) for t in training if t["工号"] == who and t["培训日期"][:4] == month[:4] and day(t["培训日期"]) <= end)
            best = max((number(e["成绩"]) for e in exams if e["工号"] == who and e["考试日期"][:4] == month[:4] and day(e["考试日期"]) <= end), default=F(0))
            result[month][who] = {
                "资格状态": standing(who, end, certificates, actions), "合资格销售额": money(sold),
                "资格外销售额": money(sum((a for a, _, _ in mine), F(0)) - sold), "理财提成": money(commission), "基本工资": money(base),
                "当月绩效得分": plain(score), "绩效工资": money(merit), "应发合计": money(gross), "三险一金": money(kept),
                "本月个税": money(tax), "实发工资": money(gross - kept - tax), "本年学时": plain(hours), "本年成绩": plain(best)}
    return result


def facts(company, output):
    """The year's lists: who meets the conditions for next year, and whose qualification is suspended or ended."""
    found = []
    months = sorted(p.name for p in company.iterdir() if p.name[:2] == "20")
    for month, people in figures(company, months).items():
        wanted = {w for w, f in people.items() if F(f["本年学时"]) >= 20 and F(f["本年成绩"]) >= 70 and f["资格状态"] not in ("暂停", "终止")}
        moves = rows(output / month / "movements.csv")
        listed = {kind: {m["id"] for m in moves if m["movement"] == kind and m["verdict"] == "eligible"}
                  for kind in ("下年度上岗资格", "暂停上岗资格", "终止上岗资格")}
        found.append((listed["下年度上岗资格"] == wanted, f"{month}: {len(wanted)} people meet next year's conditions", (listed, wanted)))
        barred = {k: {w for w, f in people.items() if f["资格状态"] == k} for k in ("暂停", "终止")}
        found.append((all(listed[k + "上岗资格"] == barred[k] for k in barred), f"{month}: {sum(map(len, barred.values()))} suspended or ended", listed))
        page = pathlib.Path(output / month / "site/promotion.html").read_text(encoding="utf-8")
        names = {p["工号"]: p["姓名"] for p in rows(company / month / "花名册.csv")}
        shown = wanted | barred["暂停"] | barred["终止"]
        found.append((all(names[w] in page for w in shown), f"{month}: the public page names them", sorted(shown)))
    last = output / months[-1] / "export"
    found.append(([r["文号"] for r in rows(last / "暂停终止名单.csv")] == ["云银处〔2026〕7号", "云银处〔2026〕9号"], "the list of suspended and ended is exported", last))
    found.append((len(rows(last / "上岗资格名单.csv")) == 13, "the list of certificates is exported", last))
    return found
