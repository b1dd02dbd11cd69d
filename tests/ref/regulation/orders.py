"""Articles 8 to 10: commission of own and joint orders, refunds, what came in, monthly prizes, the support pool."""
from amounts import D, ZERO, fen, largest_remainder, points
from dates import month_before
from standards import reached, slices

STRATEGIC = 200
POOL = D('0.005')


class Order:
    """one row of the order file"""

    def __init__(self, row):
        self.line, self.who = row.line, row.text('经办人工号')
        self.number, self.source = row.text('合同编号'), row.text('来源')
        self.customer, self.original = row.text('客户代码'), row.text('原订单号')
        self.refund = row.text('款项类型') == '退款'
        self.amount, self.original_amount = row.number('金额(元)'), row.number('原订单金额(元)')
        self.paid = row.yes('是否到账', True)
        self.joint = row.text('合作单号')
        self.share = row.number('分成份额', D(1))

    def income(self):
        return self.paid and not self.refund


def came_in(p):
    """8.4: this month's receipts, and of three months and of the calendar year"""
    p['本月收款'] = fen(sum((o.amount * o.share for o in p.orders if o.income()), ZERO))
    p['本月退款'] = fen(sum((o.amount * o.share for o in p.orders if o.paid and o.refund), ZERO))
    p['本月净回款'] = p['本月收款'] - p['本月退款']
    before = [p.past(month_before(p.month, n), '本月净回款') for n in (1, 2)]
    p['近三月净回款'] = None if None in before else sum(before, p['本月净回款'])
    p['本年净回款'] = p['本月净回款'] + sum((v for m, v in p.history('本月净回款') if m[:4] == p.month[:4]), ZERO)


def joint_parts(everyones_orders, std):
    """8.2: {(file line): the part of the whole order's commission}, each order shared over all its rows"""
    orders = {}
    for o in everyones_orders:
        if o.joint and o.income():
            orders.setdefault(o.joint, []).append(o)
    parts = {}
    for rows in orders.values():
        whole = {fen(o.amount * std.joint_rate(o.source)) for o in rows}
        if len(whole) != 1:
            raise ValueError(f'{rows[0].joint}: its rows disagree')
        divided = largest_remainder(whole.pop(), [((o.who, o.line), o.share) for o in rows])
        parts.update((line, part) for (_, line), part in divided.items())
    return parts


def commission(p, std, parts, customers, book):
    """8.1 to 8.4; book holds the lines of all months: {(who, order): what was reckoned}"""
    for o in p.orders:
        own = o.amount * std.own_rate(o.source, p.grade) * p['提成系数'] if o.income() and not o.joint else ZERO
        p.line('个人提成', o, fen(own))
        p.line('合作提成', o, parts[o.line] if o.income() and o.joint else fen(ZERO))
        key = (p.id, o.number)
        book[key] = book.get(key, ZERO) + p.lines['个人提成'][-1][1] + p.lines['合作提成'][-1][1]
    lost = False
    for o in p.orders:
        known = book.get((p.id, o.original), ZERO) if o.refund and o.paid and o.original else ZERO
        p.line('原单已计', o, fen(known))
        p.line('退回提成', o, fen(-(known * (o.amount / o.original_amount))) if known else fen(ZERO))
        lost = lost or (o.refund and o.paid and known == 0)
    p['有无原单退款'] = lost
    for figure, line in (('独立提成', '个人提成'), ('合作分成', '合作提成'), ('退款扣回', '退回提成')):
        p[figure] = fen(sum((v for _, v in p.lines[line]), ZERO))
    p['提成'] = p['独立提成'] + p['合作分成'] + p['退款扣回']
    p['战略客户奖'] = fen(STRATEGIC * sum(o.income() and customers.get(o.customer) == 'A' for o in p.orders))


def monthly_prizes(p, std):
    """9"""
    received = [o for o in p.orders if o.income()]
    p['本月单数'] = D(len(received))
    p['本月续单额'] = fen(sum((o.amount * o.share for o in received if o.source == '续单'), ZERO))
    p['超额奖'] = fen(slices(std.steps['超额奖比例'], max(p['本月净回款'], ZERO)))
    p['续单奖'] = fen(p['本月续单额'] * (reached(std.steps['续单奖比例'], p['本月续单额']) or 0))
    p['单量奖'] = fen(reached(std.steps['单量奖标准'], p['本月单数']) or ZERO)
    p['月度业绩奖'] = p['超额奖'] + p['续单奖'] + p['单量奖']


def pool(everyone, support):
    """10"""
    whole = fen(sum((p['本月净回款'] for p in everyone), ZERO) * POOL)
    for p in support:
        p['支持奖池'] = whole
        p['奖池权重'] = points(p['有效得分'] * p['在岗天数'] / p['应计天数'])
    parts = largest_remainder(whole, [(p.id, p['奖池权重']) for p in support])
    for p in support:
        p['奖池分配'] = parts[p.id]
