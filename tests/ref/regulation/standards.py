"""The numbers the clerk keeps in policies/tables/, and those that an article states in words (each beside its article's number)."""
import os
from decimal import Decimal

from exports import sheet


def D(text):
    return Decimal(text)


def number(text):
    text = text.strip()
    return Decimal(text[:-1]) / 100 if text.endswith('%') else Decimal(text)


class Standards:
    def __init__(self, top):
        self.top = os.path.join(top, 'policies', 'tables')
        self.grades = {r.text('id'): r for r in self.rows('职级', 'id')}
        self.order = list(self.grades)
        self.own_rates = [(r.text('业务来源'), r.text('职级'), number(r.text('值'))) for r in self.rows('提成比例', '业务来源')]
        self.joint_rates = [(r.text('业务来源'), number(r.text('值'))) for r in self.rows('合作提成比例', '业务来源')]
        steps = ('病假支付比例', '请假扣分', '续单奖比例', '超额奖比例', '单量奖标准', '带队奖标准', '达成系数')
        self.steps = {name: [(number(r.text('from')), number(r.text('值'))) for r in self.rows(name, 'from')] for name in steps}
        self.letters = [(number(r.text('from')), r.text('值')) for r in self.rows('考核等级', 'from')]
        months = ('全勤奖标准', '培训奖标准', '最低工资标准', '高温津贴标准')
        self.months = {name: [(r.text('from'), number(r.text('值'))) for r in self.rows(name, 'from')] for name in months}

    def rows(self, name, first):
        return sheet(os.path.join(self.top, name + '.csv'), first)

    def of_month(self, name, month):
        return dated(self.months[name], month)

    def grade(self, grade, name):
        return self.grades[grade].number(name)

    def neighbour(self, grade, way):
        """the next (+1) or previous (-1) grade of the same track, or None"""
        track = [g for g in self.order if self.grades[g].text('track') == self.grades[grade].text('track')]
        track.sort(key=lambda g: self.grades[g].number('order'))
        at = track.index(grade) + way
        return track[at] if 0 <= at < len(track) else None

    def own_rate(self, source, grade):
        """8.1: from the top, the first that fits"""
        for s, g, rate in self.own_rates:
            if s in ('*', source) and g in ('*', grade):
                return rate
        raise ValueError(f'no commission rate for {source}, {grade}')

    def joint_rate(self, source):
        for s, rate in self.joint_rates:
            if s in ('*', source):
                return rate
        raise ValueError(f'no joint rate for {source}')


def dated(values, month):
    return [v for since, v in values if since <= month][-1]


def reached(steps, x):
    """the entry of the highest bound that x has reached, or None"""
    found = [v for bound, v in steps if x >= bound]
    return found[-1] if found else None


def slices(steps, x):
    """超额累进: every slice of x at its own rate"""
    total = D(0)
    for (low, rate), above in zip(steps, [b for b, _ in steps[1:]] + [None]):
        if x > low:
            total += ((x if above is None else min(x, above)) - low) * rate
    return total


def straight(steps, x):
    """between two bounds in proportion, flat outside"""
    if x <= steps[0][0]:
        return steps[0][1]
    for (x0, y0), (x1, y1) in zip(steps, steps[1:]):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return steps[-1][1]


def bracket(table, x):
    """(rate, quick deduction) of a tax table: up to and with the bound"""
    for bound, rate, quick in table:
        if bound is None or x <= bound:
            return rate, quick
    raise ValueError(x)


# income tax, part 2: cumulative withholding: up to and with (yuan), rate, quick deduction
YEAR_TAX = [(D('36000'), D('0.03'), D(0)), (D('144000'), D('0.10'), D('2520')), (D('300000'), D('0.20'), D('16920')), (D('420000'), D('0.25'), D('31920')),
            (D('660000'), D('0.30'), D('52920')), (D('960000'), D('0.35'), D('85920')), (None, D('0.45'), D('181920'))]
# part 3: by the twelfth part of a yearly bonus
MONTH_TAX = [(D('3000'), D('0.03'), D(0)), (D('12000'), D('0.10'), D('210')), (D('25000'), D('0.20'), D('1410')), (D('35000'), D('0.25'), D('2660')),
             (D('55000'), D('0.30'), D('4410')), (D('80000'), D('0.35'), D('7160')), (None, D('0.45'), D('15160'))]
# 15 and 16: bounds of the contribution bases, set anew each July
SOCIAL_FLOOR = [('2026-05', D(7460)), ('2026-07', D(7600))]
SOCIAL_CEILING = [('2026-05', D(37302)), ('2026-07', D(38000))]
FUND_CEILING = [('2026-05', D(37302)), ('2026-07', D(38000))]
SOCIAL_RATES = {'养老个人': '0.08', '医疗个人': '0.02', '失业个人': '0.005', '养老单位': '0.16', '医疗单位': '0.09', '失业单位': '0.005', '工伤单位': '0.002'}
