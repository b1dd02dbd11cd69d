#!/usr/bin/env python3
"""The sample company's pay by hand: the articles of its two regulations in Python, month after month, from the exports alone.

    recompute.py INPUT OUT      writes OUT/MONTH/ledger.csv, lines-NAME.csv and movements.csv for every month of INPUT

Written from the words of the articles, the numbers in policies/tables/ and the opening files. It reads no formula: where it and the
program agree, formula and words say the same.
"""
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import appraisal                                   # noqa: E402
import books                                       # noqa: E402
import career                                      # noqa: E402
import fixed_pay                                   # noqa: E402
import orders                                      # noqa: E402
import statutory                                   # noqa: E402
from amounts import ZERO, fen                      # noqa: E402
from dates import Calendar, last_of, month_first   # noqa: E402
from exports import Folder, sheet                  # noqa: E402
from standards import Standards                    # noqa: E402

SUPPORT, ACCOUNT = '销售支持', '客户经理'


class Person:
    """one person's month"""

    def __init__(self, row, month, past):
        self.month, self._past = month, past
        self.id, self.name, self.unit = row.text('人员编码'), row.text('人员姓名'), row.text('部门编码')
        self.post, self.grade = row.text('岗位名称'), row.text('薪级')
        self.hired, self.probation, self.left = row.date('到岗日期'), row.date('试用期截止日'), row.date('最后工作日')
        self.social_base, self.fund_base = row.number('社保缴费基数(元)'), row.number('公积金缴存基数(元)')
        self.fund_rate, self.first_job = row.number('公积金缴存比例'), row.yes('首次就业', False)
        self.tax_way = row.text('减除费用口径') or '本单位月数'
        self.figures, self.orders = {}, []
        self.lines = {name: [] for name in books.LINES}

    def __getitem__(self, name):
        return self.figures[name]

    def __setitem__(self, name, value):
        self.figures[name] = value

    def line(self, name, order, value):
        self.lines[name].append((order, value))

    def attendance(self, title):
        return self.attendance_row.number(title, ZERO)

    def figures_of(self, month):
        """this month's figures or those of an earlier month's books; None without books"""
        if month == self.month:
            return self.figures
        return self._past.get(month, {}).get(self.id, (None, None))[1]

    def grade_in(self, month):
        return self.grade if month == self.month else self._past.get(month, {}).get(self.id, (None, None))[0]

    def past(self, month, figure):
        return (self.figures_of(month) or {}).get(figure)

    def history(self, figure):
        """[(month, value)] of the earlier months that have one"""
        found = [(m, people[self.id][1].get(figure)) for m, people in self._past.items() if self.id in people]
        return [(m, v) for m, v in found if v is not None]


class Units:
    def __init__(self, rows):
        self.parents = {r.text('机构编码'): r.text('上级编码') for r in rows}
        self.heads = {r.text('机构编码'): r.text('负责人工号') for r in rows}

    def at_and_below(self, unit):
        found = {unit}
        while True:
            more = {u for u, parent in self.parents.items() if parent in found} - found
            if not more:
                return found
            found |= more

    def headed_by(self, person):
        return [u for u, head in self.heads.items() if head == person]


def staff(folder, month, past):
    """those the two regulations are for, and who were employed in the month"""
    first = month_first(month)
    people = [Person(r, month, past) for r in folder.rows('花名册', '人员编码')]
    return [p for p in people if p.post in (SUPPORT, ACCOUNT) and p.hired <= last_of(first) and not (p.left and p.left < first)]


def attach(people, folder):
    attendance = folder.by_person('考勤', '工号')
    appraisals, diligence = folder.by_person('考核评分', '员工编号'), folder.by_person('勤工考核', '员工编号')
    for p in people:
        p.attendance_row = attendance[p.id]
        p.appraisal, p.diligence = appraisals.get(p.id), diligence.get(p.id)


def rewards(p, rows, bonuses, corrections):
    """12, 13"""
    p['奖励'] = fen(sum((r.number('金额(元)') for r in rows if r.text('类别') == '奖励'), ZERO))
    p['年度奖金'] = fen(sum((r.number('奖金金额(元)') for r in bonuses), ZERO))
    p['单独计税奖金'] = fen(sum((r.number('奖金金额(元)') for r in bonuses if r.text('计税办法') == '单独'), ZERO))
    p['以前月份补发'] = fen(sum((r.number('金额') for r in corrections if r.text('项目') == '应发合计'), ZERO))


def of(person, rows, title):
    return [r for r in rows if r.text(title) == person.id]


def score_everyone(people, folder, std, units):
    first = month_first(folder.month)
    unit_goals = {r.text('部门编码'): r.number('回款目标(元)') for r in folder.rows('部门目标', '部门编码') if r.date('月份') == first}
    goals = {r.text('工号'): r.number('回款目标(元)') for r in folder.rows('个人目标', '工号') if r.date('月份') == first}
    for p in people:
        if p.post == SUPPORT:
            below = units.at_and_below(p.unit)
            p['机构月目标'] = fen(unit_goals.get(p.unit, 0))
            p['机构净回款'] = sum((q['本月净回款'] for q in people if q.unit in below), ZERO)
            p['提成系数'] = 1
            appraisal.diligence(p, std)
            appraisal.support_score(p)
        else:
            appraisal.target(p, std, goals.get(p.id, ZERO))
            appraisal.account_score(p)
        appraisal.performance_pay(p, std)
    appraisal.ranks(people, units)


def pay(p, folder, std, tables):
    rewards(p, of(p, tables['奖惩'], '员工编号'), of(p, tables['年度奖金'], '工号'), of(p, tables['更正'], '工号'))
    p['应发合计'] = sum((p[name] for name in books.EARNINGS if name in p.figures), fen(0))
    statutory.insurance(p)
    statutory.housing_fund(p, std)
    statutory.allowance_months(p)
    statutory.income_tax(p, tables['专项附加扣除'].get(p.id))
    statutory.bonus_tax(p)
    statutory.fines(p, of(p, tables['奖惩'], '员工编号'), std)
    statutory.net(p, std)


def month(folder, calendar, std, past, book):
    people = staff(folder, folder.month, past)
    attach(people, folder)
    units = Units(folder.rows('机构', '机构编码'))
    everyones = [orders.Order(r) for r in folder.rows('订单', '合同编号')]
    customers = {r.text('客户编号'): r.text('客户等级') for r in folder.rows('客户', '客户编号')}
    certificates = folder.rows('培训证书', '工号')
    tables = {'奖惩': folder.rows('奖惩', '员工编号'), '年度奖金': folder.rows('年度奖金', '工号'), '更正': folder.rows('更正', '工号'),
              '专项附加扣除': folder.by_person('专项附加扣除', '工号')}
    support = [p for p in people if p.post == SUPPORT]
    for p in people:
        p.orders = [o for o in everyones if o.who == p.id]
        fixed_pay.work_out(p, calendar, std)
        orders.came_in(p)
    score_everyone(people, folder, std, units)
    parts = orders.joint_parts(everyones, std)
    for p in people:
        orders.commission(p, std, parts, customers, book)
        appraisal.heads(p, people, units, std)
    for p in support:
        orders.monthly_prizes(p, std)
    orders.pool(people, support)
    moves = {}
    for p in people:
        pay(p, folder, std, tables)
        if p.post == SUPPORT:
            career.support(p, [r.date('有效期至') for r in certificates if r.text('工号') == p.id], std)
        else:
            career.account(p, std)
        moves[p.id] = career.movements(p, std)
    return people, moves


def opening(top):
    """what was before the tool: {month: {person: (grade, figures)}} and {(person, order): commission}"""
    past, book = {}, {}
    path = os.path.join(top, 'opening.csv')
    for r in sheet(path, '月份') if os.path.exists(path) else []:
        figures = {n: r.number(n) for n in ('计税收入', '三险一金', '本月个税')}
        past.setdefault(r.text('月份'), {})[r.text('工号')] = (r.text('职级'), figures)
    path = os.path.join(top, 'opening-lines-个人提成.csv')
    for r in sheet(path, '月份') if os.path.exists(path) else []:
        key = (r.text('id'), r.text('key'))
        book[key] = book.get(key, ZERO) + r.number('value')
    return past, book


def recompute(top, out):
    calendar, std = Calendar(os.path.join(top, 'calendar.csv')), Standards(top)
    past, book = opening(top)
    for name in sorted(n for n in os.listdir(top) if re.fullmatch(r'\d{4}-\d\d', n)):
        people, moves = month(Folder(top, name), calendar, std, past, book)
        books.write_month(os.path.join(out, name), people, moves)
        past[name] = {p.id: (p.grade, p.figures) for p in people}


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    recompute(sys.argv[1], sys.argv[2])
