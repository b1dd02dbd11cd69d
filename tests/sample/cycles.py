"""The sample company's sales cycles: what the customer system exports each month, as things stood at that month's end."""
import datetime

DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2025, 11, 3)
REGIONS = {"浦东": ("沪东", "临港", "浦江"), "浦西": ("虹桥", "闵行", "青浦", "松江"), "苏南": ("锡山", "苏城", "昆仑"), "浙北": ("嘉禾", "杭湾")}
# region: days from first contact to order, from order to payment, each at least and at most; of a hundred, how many are lost
PACE = {"浦东": ((18, 62), (6, 21), 16), "浦西": ((24, 80), (7, 30), 22), "苏南": ((35, 118), (10, 42), 26), "浙北": ((28, 96), (8, 36), 20)}
HEAD = ["周期编号", "客户名称", "大区", "负责人", "当前阶段", "首次接触", "报价日期", "签约日期", "到账日期", "结束日期", "是否丢单"]
STAGES = ["接触", "报价", "签约", "到账"]


def region_of(name):
    return next(region for region, cities in REGIONS.items() if name.startswith(cities))


def plan(customers, number, choose):
    """All cycles with their dates, whatever month they are looked at from."""
    cycles = []
    for i in range(112):
        _, name, level = customers[number(0, len(customers) - 1, "cycle-customer", i)]
        region = region_of(name)
        (low, high), (pay_low, pay_high), lost_of_hundred = PACE[region]
        start = FIRST + number(0, 352, "cycle-start", i) * DAY
        if level == "A":  # the large ones take longer
            high += 30
        quote = start + number(4, max(5, low // 2), "cycle-quote", i) * DAY
        order = max(quote + 3 * DAY, start + number(low, high, "cycle-order", i) * DAY)
        payment = order + number(pay_low, pay_high, "cycle-pay", i) * DAY
        lost = number(1, 100, "cycle-lost", i) <= lost_of_hundred
        cycles.append((start, name, region, quote, order, payment, lost, i))
    return sorted(cycles)


def rows(last, customers, number, choose, agents):
    """As the export of the month whose last day it is shows them; finished ones are listed for a year."""
    found = []
    for at, (start, name, region, quote, order, payment, lost, i) in enumerate(plan(customers, number, choose)):
        end = order if lost else payment  # a lost one ends where the order would have come
        if start > last:
            continue
        dates = [start, quote, None if lost else order, None if lost else payment]
        reached = [day for day in dates if day and day <= last]
        text = [f"{day:%Y/%m/%d}" if day and day <= last else "" for day in dates]
        found.append([f"XS{at + 1:04d}", name, region, choose(agents, "cycle-agent", i), STAGES[len(reached) - 1],
                      text[0], text[1], text[2], text[3], f"{end:%Y/%m/%d}" if end <= last else "",
                      "是" if lost and end <= last else "否"])
    return [HEAD] + found
