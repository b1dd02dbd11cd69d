#!/usr/bin/env python3
"""The reference implementation against expectations worked by hand or published.

Published ones: the cumulative withholding tax of vectors_iit.csv (sources in that
file), the proration and insurance examples and the numbers of working days that
the project's domain notes cite.  Everything else was worked out on paper; the
working stands beside the number where it is not obvious.
"""
import csv
import os
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from refpay import csvread, values                     # noqa: E402
from refpay.calendars import Calendar                  # noqa: E402
from refpay.engine import prepare                      # noqa: E402
from refpay.evaluate import evaluate                   # noqa: E402
from refpay.examples import run_examples               # noqa: E402
from refpay.fuzz import write_policy                   # noqa: E402
from refpay.months import compute, default_pay_date    # noqa: E402
from refpay.output import ledger, line_files, movements, write_month  # noqa: E402
from refpay.policy import Policy                       # noqa: E402
from refpay.values import RefError, month_index, month_text  # noqa: E402

CALENDAR_2026 = '''日期,类型,名称
2026-01-01,法定,元旦
2026-01-02,休,元旦
2026-01-03,休,元旦
2026-01-04,班,元旦
2026-02-14,班,春节
2026-02-15,休,春节
2026-02-16,法定,春节
2026-02-17,法定,春节
2026-02-18,法定,春节
2026-02-19,法定,春节
2026-02-20,休,春节
2026-02-21,休,春节
2026-02-22,休,春节
2026-02-23,休,春节
2026-02-28,班,春节
2026-04-04,休,清明节
2026-04-05,法定,清明节
2026-04-06,休,清明节
2026-05-01,法定,劳动节
2026-05-02,法定,劳动节
2026-05-03,休,劳动节
2026-05-04,休,劳动节
2026-05-05,休,劳动节
2026-05-09,班,劳动节
2026-06-19,法定,端午节
2026-06-20,休,端午节
2026-06-21,休,端午节
2026-09-20,班,国庆节
2026-09-25,法定,中秋节
2026-09-26,休,中秋节
2026-09-27,休,中秋节
2026-10-01,法定,国庆节
2026-10-02,法定,国庆节
2026-10-03,法定,国庆节
2026-10-04,休,国庆节
2026-10-05,休,国庆节
2026-10-06,休,国庆节
2026-10-07,休,国庆节
2026-10-10,班,国庆节
'''

STAFF = '''<table name="员工" file="员工*.csv" rows="one" role="staff" required="yes">
  <column name="工号" type="id" role="id" required="yes" aliases="员工编号"/>
  <column name="姓名" type="text" role="name"/>
  <column name="部门" type="text" role="unit"/>
  <column name="职级" type="grade" role="grade"/>
  <column name="入职日期" type="date" role="hired"/>
  <column name="离职日期" type="date" role="left"/>
  <column name="岗位" type="text"/>
</table>
<grades>
  <grade id="S1" title="助理" track="支持" order="1"><set name="底薪">3200</set></grade>
  <grade id="S2" title="专员" track="支持" order="2"><set name="底薪">3800</set></grade>
  <grade id="S3" title="主管" track="支持" order="3"><set name="底薪">4500</set></grade>
  <grade id="M1" title="经理" track="管理" order="1"><set name="底薪">9000</set></grade>
</grades>
'''


def policy_text(body, staff=STAFF):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<policy xmlns="urn:salespay:policy:1" id="t" title="t" version="1" '
            f'currency="CNY">\n{staff}{body}\n</policy>\n')


class Case(unittest.TestCase):
    maxDiff = None

    def write(self, files):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        for name, content in files.items():
            path = os.path.join(self.folder.name, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            with open(path, 'wb') as f:
                f.write(data)
        return self.folder.name

    def company(self, body, months, company='<policy href="policies/p.xml" from="2025-01"/>', **files):
        """months: {'2026-10': {file: text}}; -> {month: Run}"""
        tree = {'company.xml': f'<company xmlns="urn:salespay:company:1" name="试">{company}</company>',
                'calendar.csv': CALENDAR_2026}
        if body is not None:
            tree['policies/p.xml'] = policy_text(body)
        for month, folder in months.items():
            for name, content in folder.items():
                tree[f'{month}/{name}'] = content
        tree.update(files)
        return {month_text(r.month): r for r in compute(self.write(tree))}

    def table(self, run):
        """The ledger as {id: {column: text}}."""
        rows = list(ledger(run))
        return {r[0]: dict(zip(rows[0], r)) for r in rows[1:]}

    def lines(self, run, name):
        return [','.join(r) for r in line_files(run)[name][1:]]


def value(formula, type='number', names=None, **more):
    return evaluate(dict(formula=formula, type=type, names=names or {}, **more))


def money(x):
    return {'type': 'money', 'value': x}


def number(x):
    return {'type': 'number', 'value': x}


class Formulas(unittest.TestCase):
    def check(self, formula, expected, type='number', names=None, **more):
        self.assertEqual(value(formula, type, names, **more), expected, formula)

    def test_a_quotient_multiplied_back_meets_its_tie(self):
        self.check('甲 ÷ 22 × 16.5', '833.33', 'money', {'甲': money('1111.10')})       # 833.325
        self.check('甲 / 3 * 3', '1', 'number', {'甲': number('1')})
        self.check('甲 ÷ 22 × 16.5', '833.32', 'money', {'甲': money('1111.10')}, rounding='half-even')

    def test_money_rounds_half_away_from_zero(self):
        for x, r in (('0.005', '0.01'), ('-0.005', '-0.01'), ('1.005', '1.01'), ('2.0049', '2.00'), ('-2.675', '-2.68'),
                     ('-0.004', '0.00')):
            self.check('甲', r, 'money', {'甲': money(x)})

    def test_other_modes_and_steps(self):
        for x, mode, r in (('2.5', 'half-even', '2.00'), ('3.5', 'half-even', '4.00'), ('-2.9', 'down', '-2.00'),
                           ('-2.1', 'up', '-3.00'), ('2.1', 'up', '3.00')):
            self.check('甲', r, 'money', {'甲': money(x)}, round='1', rounding=mode)
        self.check('甲', '590.80', 'money', {'甲': money('590.748')}, round='0.1', rounding='up')     # 见分进角
        self.check('甲', '517.00', 'money', {'甲': money('516.9045')}, round='1')

    def test_precedence(self):
        self.check('1 + 2 × 3 - 4 ÷ 2', '5')
        self.check('-2 × 3 + 10', '4')
        self.check('非 1 = 2', 'yes', 'yesno')
        self.check('not 1 = 1 或 2 = 2 and 3 = 4', 'no', 'yesno')                  # (not yes) or (yes and no)
        self.check('是 or 否 且 否', 'yes', 'yesno')
        self.check('8 ÷ 2 ÷ 2', '2')
        self.check('１０ － ３．５', '6.5')
        self.check('2 ＜＝ 2 且 2 ≤ 2 and 3 <> 2', 'yes', 'yesno')

    def test_literals_and_names(self):
        self.check('12.5% × 200', '25')
        self.check('20元 + ¥5.5', '25.50', 'money')
        self.check('3月数 + 1', '8', 'number', {'3月数': number('7')})
        self.check('左取(“甲，乙”, 2)', '甲，', 'text')
        self.check('"a" 不属于 ("b", "c")', 'yes', 'yesno')

    def test_missing_spreads_and_compares_to_no(self):
        none = {'甲': number(None), '乙': number('2')}
        self.check('甲 + 乙', '', 'number', none)
        self.check('乙 ÷ 0', '', 'number', none)
        self.check('甲 < 乙 或 甲 ≥ 乙 or 甲 = 甲', 'no', 'yesno', none)
        self.check('甲 不属于 (1, 2)', 'no', 'yesno', none)
        self.check('缺省(甲, 乙) + 1', '3', 'number', none)
        self.check('if(甲 > 1, 1, 2)', '2', 'number', none)
        self.check('最大(甲, 乙)', '', 'number', none)
        self.check('日期(2026, 2, 30)', '', 'date')
        self.check('round(乙, 0)', '', 'number', none)
        self.check('left("abc", 0)', '', 'text')
        self.check('"" = ""', 'no', 'yesno')

    def test_scalar_functions(self):
        self.check('四舍五入(-2.345, 0.01)', '-2.35')
        self.check('floor(-2.341, 0.1)', '-2.4')
        self.check('ceil(2.341, 0.1)', '2.4')
        self.check('绝对值(-3)', '3')
        self.check('round(10 ÷ 3 × 1.5 × 0.5, 1)', '3')            # 2.5 after the cut to 30 digits
        self.check('长度("张·三𠮷")', '4')
        self.check('right("2026-10", 2)', '10', 'text')

    def test_dates(self):
        self.check('天数(日期(2026,10,1), 日期(2026,10,31))', '31')
        self.check('days(date(2026,10,2), date(2026,10,1))', '0')
        self.check('months(date(2026,1,31), date(2026,2,28))', '1')       # clamped to the month's end
        self.check('months(date(2026,1,31), date(2026,2,27))', '0')
        self.check('months(date(2024,2,29), date(2026,2,28))', '24')
        self.check('months(date(2026,5,1), date(2026,1,1))', '0')
        self.check('date(2026,10,31) - date(2026,10,1)', '30')
        self.check('date(2026,10,31) + 1.9', '2026-11-01', 'date')
        self.check('month_end()', '2026-02-28', 'date', month='2026-02')
        self.check('quarter(date(2026,10,8)) × 100 + 日(date(2026,10,8))', '408')

    def test_types_are_checked(self):
        names = {'甲': money('1'), '乙': number('2'), '丙': {'type': 'yesno', 'value': '是'}, '丁': {'type': 'date', 'value': '2026-01-01'}}
        for f in ('甲 × 甲', '甲 + 乙', '甲 = 乙', '丁 + 丁', '丙 + 1', '甲 > "x"', '若(丙, 甲, 乙)', '1 < 乙 < 3', '非 甲', '未知', '未知(1)',
                  '乙 ÷ 甲', '甲 + 5%', '丙 < 是', '长度(甲)', '年(乙)', '甲 ÷ 甲 + 甲'):
            with self.assertRaises(RefError, msg=f):
                value(f, 'money', names)
        self.check('甲 ÷ 甲 + 乙', '3', 'number', names)
        self.check('甲 + 1 + 最小(甲, 5)', '3.00', 'money', names)
        self.check('3 × 4', '12.00', 'money')


class Rules(Case):
    """Proration, insurance, overtime: the published numbers."""

    def test_days_of_2026(self):
        calendar = Calendar((values.read_date(r.split(',')[0]), r.split(',')[1]) for r in CALENDAR_2026.split()[1:])
        work = [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]
        statutory = [1, 4, 0, 1, 2, 1, 0, 0, 1, 3, 0, 0]
        for m in range(12):
            month = month_index('2026-01') + m
            first, last = values.month_first(month), values.month_last(month)
            self.assertEqual(calendar.count('workdays', first, last), work[m])
            self.assertEqual(calendar.count('holidays', first, last), statutory[m])
        with self.assertRaises(RefError):
            calendar.count('workdays', values.read_date('2027-01-01'), values.read_date('2027-01-31'))

    def test_proration_methods(self):
        for s, formula, expected in (
                ('2175', '甲 × 22 ÷ 23', '2080.43'), ('2175', '甲 × 21 ÷ 22', '2076.14'),
                ('6000', '甲 ÷ 21.75 × 12', '3310.34'), ('6000', '甲 × 12 ÷ 18', '4000.00'),
                ('6000', '甲 × 12 ÷ (18 + 3)', '3428.57'), ('6000', '甲 × 17 ÷ 31', '3290.32'),
                ('6000', '甲 - 甲 ÷ 21.75 × 6', '4344.83'), ('6000', '甲 - 甲 ÷ 21.75 × 9', '3517.24'),
                ('6000', '甲 ÷ (21.75 × 8) × 10 × 1.5', '517.24'), ('6000', '甲 ÷ 21.75 ÷ 8 × 8 × 3', '827.59'),
                ('7384.35', '甲 × 8%', '590.75'), ('7384.35', '甲 × 2%', '147.69'), ('7384.35', '甲 × 0.5%', '36.92'),
                ('5000', '最大(0, 最小(1500, 甲 × 20%, 甲 - 2540))', '1000.00'),
                ('2800', '最大(0, 最小(1500, 甲 × 20%, 甲 - 2540))', '260.00'),
                ('2500', '最大(0, 最小(1500, 甲 × 20%, 甲 - 2540))', '0.00')):
            self.assertEqual(value(formula, 'money', {'甲': money(s)}), expected, formula)

    def test_joiner_of_15_october_2026(self):
        body = '''<figure name="在岗" type="number">工作日数(最大(入职日期, 月初()), 月末()) + 法定假日数(最大(入职日期, 月初()), 月末())</figure>
            <figure name="应计" type="number">工作日数(月初(), 月末()) + 法定假日数(月初(), 月末())</figure>
            <figure name="工资" type="money" section="earnings">6000元 × 在岗 ÷ 应计</figure>'''
        run = self.company(body, {'2026-10': {'员工.csv': '工号,姓名,部门,职级,入职日期,离职日期,岗位\n1,甲,a,S1,2026/10/15,,\n'}})['2026-10']
        self.assertEqual(self.table(run)['1']['在岗'], '12')
        self.assertEqual(self.table(run)['1']['工资'], '3428.57')

    def test_cumulative_withholding_tax(self):
        body = '''<table name="收入" file="收入.csv" rows="one"><column name="工号" type="id" role="person"/>
              <column name="本期收入" type="money"/><column name="专项" type="money"/><column name="附加" type="money"/></table>
            <tiers name="预扣率" mode="marginal" negative="zero"><tier from="0">3%</tier><tier over="36000">10%</tier>
              <tier over="144000">20%</tier><tier over="300000">25%</tier><tier over="420000">30%</tier>
              <tier over="660000">35%</tier><tier over="960000">45%</tier></tiers>
            <figure name="收入额" type="money">本期收入 - 专项 - 附加 - 5000</figure>
            <figure name="累计应税" type="money">税年累计(收入额)</figure>
            <figure name="个税" type="money" section="deductions">最大(0, 预扣率(累计应税) - 税年前月累计(个税))</figure>
            <figure name="已扣" type="money">tax_ytd(个税)</figure>'''
        with open(os.path.join(HERE, 'vectors_iit.csv'), encoding='utf-8') as f:
            vectors = list(csv.DictReader(f))
        months = {}
        for v in vectors:
            folder = months.setdefault(f"2026-{int(v['month']):02d}", {'员工.csv': '工号,姓名,部门,职级,入职日期,离职日期,岗位\n',
                                                                       '收入.csv': '工号,本期收入,专项,附加\n'})
            folder['员工.csv'] += f"{v['id']},{v['id']},a,S1,,,\n"
            folder['收入.csv'] += f"{v['id']},{v['income']},{v['special']},{v['additional']}\n"
        runs = self.company(body, months)
        self.assertEqual(len(vectors), 29)
        for v in vectors:
            row = self.table(runs[f"2026-{int(v['month']):02d}"])[v['id']]
            self.assertEqual((float(row['累计应税']), row['个税'], row['已扣']),
                             (float(v['cum_taxable']), v['withhold'], v['cum_withheld']), v)

    def test_tax_year_is_the_pay_dates(self):
        body = '<figure name="金" type="money">100</figure><figure name="税年" type="money">税年累计(金)</figure>' \
               '<figure name="本年" type="money">本年累计(金)</figure><figure name="季" type="money">qtd(金)</figure>'
        staff = {'员工.csv': '工号,姓名,部门,职级,入职日期,离职日期,岗位\n1,甲,a,S1,,,\n'}
        runs = self.company(body, {m: staff for m in ('2025-10', '2025-11', '2025-12', '2026-01', '2026-02')},
                            company='<policy href="policies/p.xml" from="2025-01"/><pay day="10" month="next"/>')
        rows = [self.table(r)['1'] for r in runs.values()]
        self.assertEqual([r['税年'] for r in rows], ['100.00', '200.00', '100.00', '200.00', '300.00'])
        self.assertEqual([r['本年'] for r in rows], ['100.00', '200.00', '300.00', '100.00', '200.00'])
        self.assertEqual([r['季'] for r in rows], ['100.00', '200.00', '300.00', '100.00', '200.00'])


class Tables(Case):
    def names(self, body, formula, type='money', **files):
        """One person's single figure."""
        run = self.company(body + f'<figure name="值" type="{type}">{formula}</figure>',
                           {'2026-10': {'员工.csv': '工号,姓名,部门,职级,入职日期,离职日期,岗位\n1,甲,a,S2,,,\n'}}, **files)['2026-10']
        return self.table(run)['1']['值']

    SALES = '<tier from="0">0.2%</tier><tier over="10000">0.3%</tier><tier over="30000">0.4%</tier><tier over="60000">0.5%</tier>' \
            '<tier over="100000">0.6%</tier></tiers>'

    def test_whole_and_marginal_of_the_telesales_scheme(self):
        for x, whole, marginal in (('10000', '20.00', '20.00'), ('10001', '30.00', '20.00'), ('45000', '180.00', '140.00'),
                                   ('120000', '720.00', '520.00'), ('-5', '0.00', '0.00')):
            for mode, expected in (('whole', whole), ('marginal', marginal)):
                body = f'<tiers name="档" mode="{mode}" negative="zero">' + self.SALES
                self.assertEqual(self.names(body, f'档({x}元)'), expected, (mode, x))

    def test_negative_first_and_error(self):
        body = '<tiers name="档" mode="marginal" negative="first"><tier from="100">2%</tier></tiers>'
        self.assertEqual(self.names(body, '档(-50元)'), '-1.00')
        self.assertEqual(self.names(body, '档(50元)'), '0.00')
        with self.assertRaises(RefError):
            self.names(body.replace(' negative="first"', ''), '档(-50元)')

    def test_bonus_cliffs(self):
        body = '''<tiers name="率" mode="value"><tier from="0">3%</tier><tier over="3000">10%</tier><tier over="12000">20%</tier></tiers>
            <tiers name="速算" mode="value" type="money"><tier from="0">0</tier><tier over="3000">210</tier><tier over="12000">1410</tier></tiers>'''
        for x, tax in (('36000', '1080.00'), ('36001', '3390.10'), ('144000', '14190.00'), ('144001', '27390.20')):
            self.assertEqual(self.names(body, f'{x}元 × 率({x} ÷ 12) - 速算({x} ÷ 12)'), tax)

    def test_value_below_the_first_bound_is_missing(self):
        body = '<tiers name="档" mode="value" type="number"><tier over="10">1</tier></tiers>'
        self.assertEqual(self.names(body, '档(10)', 'number'), '')
        self.assertEqual(self.names(body, '档(10.01)', 'number'), '1')

    def test_linear(self):
        body = '<tiers name="线" mode="linear" type="number"><tier from="60%">0.5</tier><tier from="100%">1</tier><tier from="150%">2</tier></tiers>'
        for x, y in (('50%', '0.5'), ('60%', '0.5'), ('80%', '0.75'), ('125%', '1.5'), ('200%', '2')):
            self.assertEqual(self.names(body, f'线({x})', 'number'), y)

    def test_rates_take_the_first_match(self):
        body = '<rates name="率" keys="来源, 职级"><rate for="自主, 助理">4%</rate><rate for="自主, *">5%</rate><rate for="*, 专员">1%</rate></rates>'
        self.assertEqual(self.names(body, '率("自主", 职级)', 'percent'), '0.05')
        self.assertEqual(self.names(body, '率("线索", 职级)', 'percent'), '0.01')
        self.assertEqual(self.names(body, '率(空, 职级)', 'percent'), '')
        with self.assertRaises(RefError):
            self.names(body, '率("线索", "S1")', 'percent')

    def test_numbers_from_files(self):
        body = '''<rates name="率" keys="来源" file="tables/率.csv"/><tiers name="档" mode="whole" file="tables/档.csv"/>
            <parameter name="标准" type="money" file="tables/标准.csv"/>'''
        files = {'policies/tables/率.csv': '来源,值\n自主,5%\n*,1%\n'.encode('gb18030'), 'policies/tables/档.csv': 'over,值\n0,1%\n1000,2%\n',
                 'policies/tables/标准.csv': '\ufefffrom,值\n2026-01,"1,000"\n2026-11,9\n'}
        self.assertEqual(self.names(body, '标准 × 率("x")', **files), '10.00')
        self.assertEqual(self.names(body, '档(标准) + 档(标准 + 0.01)', **files), '30.00')

    def test_grades_compare_within_a_track(self):
        for f, r in (('职级 ≥ "S1"', 'yes'), ('职级 = “专员”', 'yes'), ('职级 < "S3"', 'yes'), ('职级 < "M1"', 'no'), ('职级 > "M1"', 'no'),
                     ('职级 <> "M1"', 'yes'), ('职级 属于 ("主管", "S2")', 'yes')):
            self.assertEqual(self.names('', f.replace('<', '&lt;'), 'yesno'), r, f)
        self.assertEqual(self.names('', '底薪'), '3800.00')


ORDERS = '''<table name="订单" file="订单.csv"><column name="订单号" type="id"/><column name="工号" type="id" role="person"/>
  <column name="日期" type="date"/><column name="来源" type="choice" values="自主|线索"/><column name="金额" type="money"/>
  <column name="份额" type="number"/><column name="原单" type="id"/></table>
'''
ORDER_HEAD = '订单号,工号,日期,来源,金额,份额,原单\n'
PEOPLE = '工号,姓名,部门,职级,入职日期,离职日期,岗位\n'


class Rows(Case):
    def test_aggregates(self):
        body = ORDERS + '''<figure name="和" type="money">合计(订单 其中 来源 = "自主", 金额)</figure>
            <figure name="空和" type="money">sum(订单 where 金额 > 10000, 金额)</figure><figure name="均" type="money">平均(订单, 金额)</figure>
            <figure name="多" type="money">最大(订单, 金额)</figure><figure name="无" type="money">最大(订单 其中 金额 > 10000, 金额)</figure>
            <figure name="数" type="number">计数(订单)</figure><figure name="全" type="yesno">全部(订单 其中 金额 > 100)</figure>
            <figure name="有" type="yesno">存在(订单 其中 金额 ≤ 100)</figure><figure name="近" type="text">最近(订单, 日期, 订单号)</figure>
            <figure name="唯" type="money">唯一(订单 其中 订单号 = "B", 金额)</figure>
            <figure name="嵌" type="number">计数(订单 其中 存在(人员资格 其中 起 ≤ 订单.日期 且 止 ≥ 订单.日期))</figure>
            <table name="人员资格" file="资格.csv"><column name="工号" type="id" role="person"/><column name="起" type="date"/>
            <column name="止" type="date"/></table>'''.replace('where 金额 >', 'where 金额 &gt;')
        run = self.company(body, {'2026-10': {
            '员工.csv': PEOPLE + '1,甲,a,S1,,,\n2,乙,a,S1,,,\n',
            '资格.csv': '工号,起,止\n1,2026-10-02,2026-10-05\n1,2026-10-08,2026-10-08\n',
            '订单.csv': ORDER_HEAD + 'A,1,2026-10-01,自主,100,,\nB,1,2026-10-03,线索,200.01,,\nC,1,2026-10-08,自主,300,,\n'}})['2026-10']
        one, two = self.table(run)['1'], self.table(run)['2']
        self.assertEqual([one[n] for n in ('和', '空和', '均', '多', '无', '数', '全', '有', '近', '唯', '嵌')],
                         ['400.00', '0.00', '200.00', '300.00', '', '3', 'no', 'yes', 'C', '200.01', '2'])
        self.assertEqual([two[n] for n in ('和', '均', '多', '数', '全', '有', '近', '唯')], ['0.00', '', '', '0', 'yes', 'no', '', ''])

    def test_a_blank_in_a_row_that_counts_makes_the_sum_missing(self):
        body = ORDERS + '<figure name="和" type="money">合计(订单, 金额)</figure>' \
            '<figure name="自" type="money">合计(订单 其中 来源 = "自主", 金额)</figure>'
        run = self.company(body, {'2026-10': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n',
                                              '订单.csv': ORDER_HEAD + 'A,1,2026-10-01,自主,100,,\nB,1,,线索,--,,\n'}})['2026-10']
        self.assertEqual((self.table(run)['1']['和'], self.table(run)['1']['自']), ('', '100.00'))

    def test_a_refund_takes_back_the_rate_once_paid(self):
        body = ORDERS + '''<parameter name="率" type="percent"><value from="2026-09">3%</value><value from="2026-10">9%</value></parameter>
            <line name="提成" table="订单" key="订单号" type="money">若(金额 ＞ 0, 金额 × 率, 0)</line>
            <line name="退回" table="订单" key="订单号" type="money">若(金额 ＜ 0, 计至本月(提成, 原单) × (金额 ÷ 3333.33元), 0)</line>
            <figure name="得" type="money" section="earnings">合计(订单, 提成) + 合计(订单, 退回)</figure>
            <figure name="旧" type="money">已计(提成, "X1")</figure>'''
        months = {'2026-09': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n', '订单.csv': ORDER_HEAD + 'X1,1,2026-09-03,自主,3333.33,,\n'},
                  '2026-10': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n',
                              '订单.csv': ORDER_HEAD + 'X2,1,2026-10-03,自主,-1111.11,,X1\nX3,1,2026-10-04,自主,100,,\n'}}
        runs = self.company(body, months)
        self.assertEqual(self.table(runs['2026-09'])['1']['得'], '100.00')
        # 100.00 x 1111.11/3333.33 = 33.333…, and 9.00 for the new order
        self.assertEqual(self.lines(runs['2026-10'], '退回'), ['1,X2,2,-33.33', '1,X3,3,0.00'])
        self.assertEqual(self.table(runs['2026-10'])['1']['得'], '-24.33')
        self.assertEqual([self.table(r)['1']['旧'] for r in runs.values()], ['0.00', '100.00'])

    def test_split_by_largest_remainder(self):
        body = ORDERS + '<line name="分" table="订单" key="订单号" type="money" split="订单号" weight="份额">金额 × 10%</line>'
        run = self.company(body, {'2026-10': {
            '员工.csv': PEOPLE + '3,丙,a,S1,,,\n1,甲,a,S1,,,\n02,乙,a,S1,,,\n9,离,a,S1,,2026-09-30,\n',
            '订单.csv': ORDER_HEAD +
            'A,3,,,1000,1,\nA,1,,,1000,1,\nA,02,,,1000,1,\n'            # 100.00: the odd fen goes to the smallest id, 02
            'B,3,,,0.5,2,\nB,1,,,0.5,1,\n'                              # 0.05 as 2:1 is 3.33 and 1.67 fen: 3 and 2
            'C,1,,,-1000,1,\nC,3,,,-1000,2,\n'                          # -100.00: 33.33 and 66.67
            'D,1,,,1000,1,\nD,9,,,1000,3,\n'                            # who is not computed keeps his weight
            ',1,,,77.7,5,\n'                                            # without order number: the whole value
            'E,1,,,10,,\nE,3,,,10,4,\n'}})['2026-10']
        self.assertEqual(self.lines(run, '分'), [
            '02,A,4,33.34', '1,A,3,33.33', '1,B,6,0.02', '1,C,7,-33.33', '1,D,9,25.00', '1,,11,7.77', '1,E,12,',
            '3,A,2,33.33', '3,B,5,0.03', '3,C,8,-66.67', '3,E,13,1.00'])

    def test_a_key_leads_to_another_table(self):
        body = '''<table name="订单" file="订单.csv"><column name="工号" type="id" role="person"/><column name="客户编号" type="id" ref="客户"/></table>
            <table name="客户" file="客户.csv" rows="one"><column name="客户号" type="id" role="id"/><column name="区域号" type="id" ref="区域"/></table>
            <table name="区域" file="区域.csv" rows="one"><column name="区号" type="id" role="id"/><column name="系数" type="number"/>
            <column name="级" type="grade"/></table>
            <figure name="系" type="number">合计(订单, 客户编号.区域号.系数)</figure>
            <figure name="薪" type="money">合计(订单, 订单.客户编号.区域号.级.底薪)</figure>'''
        run = self.company(body, {'2026-10': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n', '订单.csv': '工号,客户编号\n1,K1\n1,K2\n'}},
                           **{'common/客户.csv': '客户号,区域号\nK1,Q\nK2,R\n', 'common/区域.csv': '区号,系数,级\nQ,1.5,S1\nR,2,主管\n'})['2026-10']
        self.assertEqual((self.table(run)['1']['系'], self.table(run)['1']['薪']), ('3.5', '7700.00'))


class Score(Case):
    def score(self, attrs, kpis, row):
        body = '''<table name="评" file="评.csv" rows="one"><column name="工号" type="id" role="person"/><column name="质" type="number"/>
            <column name="时" type="percent"/><column name="意" type="number"/><column name="诉" type="number"/></table>''' + \
            f'<scorecard name="分" {attrs}>{kpis}</scorecard>'
        run = self.company(body, {'2026-10': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n', '评.csv': '工号,质,时,意,诉\n1,' + row + '\n'}})['2026-10']
        t = self.table(run)['1']
        return [t[n] for n in t if n not in ('工号', '姓名', '部门', '职级')]

    KPIS = '<kpi name="质分" weight="40" cap="110">质</kpi><kpi name="时分" weight="30">时 × 100</kpi><kpi name="意分" weight="30" floor="20">意</kpi>' \
           '<adjust name="扣">-2 × 诉</adjust>'

    def test_weights_caps_and_adjustments(self):
        # 40% x 110 + 30% x 92.5 + 30% x 20 - 4 = 44 + 27.75 + 6 - 4
        self.assertEqual(self.score('', self.KPIS, '120,92.5%,10,2'), ['110', '92.5', '20', '-4', '73.75'])
        self.assertEqual(self.score('cap="70" floor="0"', self.KPIS, '120,92.5%,10,2')[-1], '70')
        self.assertEqual(self.score('floor="0"', self.KPIS, '0,0%,0,50')[-1], '0')
        self.assertEqual(self.score('round="0.1"', self.KPIS, '120,92.5%,10,2')[-1], '73.8')

    def test_what_is_missing(self):
        with self.assertRaises(RefError):
            self.score('missing="error"', self.KPIS, '100,,90,0')
        self.assertEqual(self.score('missing="zero"', self.KPIS, '100,,90,')[-1], '67')                # 40 + 0 + 27 + 0
        # (40 x 100 + 30 x 90) / 70 = 95.714…
        self.assertEqual(self.score('missing="renormalise" round="0.01"', self.KPIS, '100,,90,')[-1], '95.71')
        self.assertEqual(self.score('missing="renormalise"', '<kpi name="甲" weight="100">质</kpi>', ',,,')[-1], '')

    def test_kpis_that_apply(self):
        kpis = '<kpi name="甲" weight="100" when="意 > 50">质</kpi><kpi name="乙" weight="100" when="意 ≤ 50">时 × 100</kpi>'
        self.assertEqual(self.score('', kpis, '80,70%,50,'), ['0', '70', '70'])
        with self.assertRaises(RefError):
            self.score('', kpis.replace('weight="100" when="意 ≤ 50"', 'weight="90" when="意 ≤ 50"'), '80,70%,50,')


class History(Case):
    BODY = '''<table name="绩" file="绩.csv" rows="one"><column name="工号" type="id" role="person"/><column name="分" type="number"/>
          <column name="假" type="yesno"/></table>
        <parameter name="线" type="number"><value from="2026-05">80</value><value from="2026-08">90</value></parameter>
        <figure name="得分" type="number">分</figure><figure name="请假" type="yesno">假</figure>
        <figure name="连优" type="number">连续月数(得分 ≥ 90)</figure><figure name="连优过" type="number">连续月数(得分 ≥ 90, 请假)</figure>
        <figure name="上" type="number">上月(得分)</figure><figure name="前二" type="number">前月(2, 得分)</figure>
        <figure name="近三" type="number">近月合计(3, 得分)</figure><figure name="均二" type="number">近月平均(2, 得分)</figure>
        <figure name="知四" type="number">已知合计(4, 得分)</figure><figure name="次" type="number">近月计数(4, 得分 ≥ 线)</figure>
        <figure name="上季" type="number">上季合计(得分)</figure><figure name="年前" type="number">本年前月累计(得分)</figure>
        <figure name="任" type="number">任职级月数()</figure><figure name="自" type="number">缺省(上月(自), 0) + 1</figure>
        <figure name="薪前" type="money">上月(底薪)</figure>'''

    def runs(self):
        scores = {'2026-05': '95,', '2026-06': '70,', '2026-07': '92,', '2026-08': '85,是', '2026-09': ',', '2026-10': '93,'}
        grades = {'2026-05': 'S1', '2026-06': 'S1', '2026-07': 'S2', '2026-08': 'S2', '2026-09': 'S2', '2026-10': 'S3'}
        months = {m: {'员工.csv': PEOPLE + f'1,甲,a,{grades[m]},,,\n', '绩.csv': f'工号,分,假\n1,{s}\n'} for m, s in scores.items()}
        return self.company(self.BODY, months)

    def test_looking_back(self):
        rows = {m: self.table(r)['1'] for m, r in self.runs().items()}

        def column(name):
            return [rows[m][name] for m in sorted(rows)]
        # May 95, June 70, July 92, August 85 (leave), September missing, October 93
        self.assertEqual(column('连优'), ['1', '0', '1', '0', '0', '1'])
        self.assertEqual(column('连优过'), ['1', '0', '1', '1', '0', '1'])
        self.assertEqual(column('上'), ['', '95', '70', '92', '85', ''])
        self.assertEqual(column('前二'), ['', '', '95', '70', '92', '85'])
        self.assertEqual(column('近三'), ['', '', '257', '247', '', ''])
        self.assertEqual(column('均二'), ['', '82.5', '81', '88.5', '', ''])
        self.assertEqual(column('知四'), ['95', '165', '257', '342', '247', '270'])
        # 线 is 80 to July and 90 from August: May and July hold by 80; August and later are held against 90
        self.assertEqual(column('次'), ['1', '1', '2', '2', '1', '2'])
        self.assertEqual(column('上季'), ['', '', '', '', '', ''])
        self.assertEqual(column('年前'), ['0', '95', '165', '257', '342', '342'])
        self.assertEqual(column('任'), ['1', '2', '1', '2', '3', '1'])
        self.assertEqual(column('自'), ['1', '2', '3', '4', '5', '6'])
        self.assertEqual(column('薪前'), ['', '3200.00', '3200.00', '3800.00', '3800.00', '3800.00'])

    def test_opening_books(self):
        body = self.BODY + ORDERS + '<line name="提成" table="订单" key="订单号" type="money">金额 × 5%</line>' \
            '<figure name="旧" type="money">已计(提成, "X1")</figure>'
        months = {'2026-07': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n', '绩.csv': '工号,分,假\n1,92,\n'}}
        run = self.company(body, months, **{
            'opening.csv': '月份,工号,姓名,部门,职级,得分,请假\n2026-04,1,甲,a,S1,90,no\n2026-05,1,甲,a,S1,95,\n2026-06,1,甲,a,S1,97.5,yes\n',
            'opening-lines-提成.csv': '月份,id,key,file line,value\n2026-05,1,X1,3,12.34\n2026-06,1,X1,4,-2.00\n2026-06,2,X1,4,7.00\n'})['2026-07']
        t = self.table(run)['1']
        self.assertEqual([t[n] for n in ('连优', '上季', '年前', '任', '自', '旧')], ['4', '282.5', '282.5', '4', '1', '10.34'])

    def test_a_hole_in_the_months_is_an_error(self):
        staff = {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n'}
        with self.assertRaises(RefError):
            self.company('', {'2026-07': staff, '2026-09': staff})


class Groups(Case):
    UNITS = '''<table name="机构" file="机构.csv" rows="one" role="units"><column name="号" type="id" role="id"/><column name="名" type="text" role="name"/>
        <column name="上" type="id" role="parent"/><column name="头" type="id" role="head"/></table>'''
    TABLE = '<table name="绩" file="绩.csv" rows="one"><column name="工号" type="id" role="person"/><column name="额" type="money"/></table>'
    # 总部 U0 (head 1) > 一部 U1 (head 2), 二部 U2 (head 4);  1 总部, 2 and 3 一部, 4 and 5 二部
    COMMON = {'common/机构.csv': '号,名,上,头\nU0,总部,,1\nU1,一部,U0,2\nU2,二部,U0,4\n',
              'common/员工.csv': PEOPLE + '1,甲,总部,S3,,,\n2,乙,U1,S2,,,\n3,丙,一部,S1,,,\n4,丁,二部,S2,,,\n5,戊,U2,S1,,,\n'}

    def rows(self, body, amounts):
        run = self.company(self.UNITS + self.TABLE + '<figure name="业绩" type="money">额</figure>' + body,
                           {'2026-10': {'绩.csv': '工号,额\n' + amounts}}, **self.COMMON)['2026-10']
        return self.table(run)

    def column(self, formula, amounts, type='money'):
        t = self.rows(f'<figure name="值" type="{type}">{formula}</figure>', amounts)
        return [t[i]['值'] for i in '12345']

    ALL = '1,10\n2,20\n3,30\n4,20\n5,50\n'

    def test_sums_along_the_tree(self):
        self.assertEqual(self.column('部门合计(业绩)', self.ALL), ['130.00', '50.00', '50.00', '70.00', '70.00'])
        self.assertEqual(self.column('下属合计(业绩)', self.ALL), ['120.00', '30.00', '0.00', '50.00', '0.00'])
        self.assertEqual(self.column('公司平均(业绩)', self.ALL), ['26.00'] * 5)
        self.assertEqual(self.column('led_average(业绩)', self.ALL), ['30.00', '30.00', '', '50.00', ''])
        self.assertEqual(self.column('led_count(业绩 ≥ 30)', self.ALL, 'number'), ['2', '1', '0', '1', '0'])
        self.assertEqual(self.column('属于机构("U1")', self.ALL, 'yesno'), ['no', 'yes', 'yes', 'no', 'no'])
        self.assertEqual(self.column('within("总部")', self.ALL, 'yesno'), ['yes'] * 5)

    def test_missing_values(self):
        some = '1,10\n2,20\n4,20\n5,50\n'
        self.assertEqual(self.column('unit_sum(业绩)', some), ['', '', '', '70.00', '70.00'])
        self.assertEqual(self.column('rank(业绩)', some, 'number'), ['4', '2', '', '2', '1'])

    def test_ranks(self):
        self.assertEqual(self.column('排名(业绩)', self.ALL, 'number'), ['5', '3', '2', '3', '1'])
        self.assertEqual(self.column('部门排名(业绩)', self.ALL, 'number'), ['5', '2', '1', '2', '1'])
        self.assertEqual(self.column('职级排名(业绩)', self.ALL, 'number'), ['1', '1', '2', '1', '1'])

    def test_share_of_a_pool(self):
        # 100.00 over 130: 7.6923, 15.3846, 23.0769, 15.3846, 38.4615 -> floors 7.69 15.38 23.07 15.38 38.46 leave 2 fen:
        # remainders .23 .46 .69 .46 .15: to 3, then to 2 (smaller id of the tie)
        self.assertEqual(self.column('分摊(100元, 业绩)', self.ALL), ['7.69', '15.39', '23.08', '15.38', '38.46'])
        self.assertEqual(self.column('share(1元, 业绩)', '1,1\n2,1\n3,1\n'), ['0.34', '0.33', '0.33', '', ''])
        self.assertEqual(self.column('share(1元, 业绩)', '1,0\n2,0\n'), ['', '', '', '', ''])
        with self.assertRaises(RefError):
            self.column('share(1元, 业绩)', '1,-1\n2,2\n')
        with self.assertRaises(RefError):
            self.column('share(业绩, 业绩)', self.ALL)

    def test_a_table_of_the_unit(self):
        body = self.UNITS + '<table name="标" file="标.csv"><column name="部" type="text" role="unit"/><column name="额" type="money"/></table>' \
            '<figure name="值" type="money">合计(标, 额)</figure><figure name="头" type="text">部门.名</figure>'.replace('"头"', '"部名"')
        run = self.company(body, {'2026-10': {'标.csv': '部,额\nU1,5\n一部,6\n总部,7\n'}}, **self.COMMON)['2026-10']
        t = self.table(run)
        self.assertEqual([t[i]['值'] for i in '12345'], ['7.00', '11.00', '11.00', '0.00', '0.00'])
        self.assertEqual([t[i]['部名'] for i in '12345'], ['总部', '一部', '一部', '二部', '二部'])


class Company(Case):
    def test_schemes_joiners_and_leavers(self):
        staff = policy_text('', '').replace('</policy>', STAFF + '</policy>')
        one = policy_text('<include href="lib/s.xml"/><figure name="甲" type="money">1</figure><figure name="共" type="money">5</figure>', '')
        two = policy_text('<include href="lib/s.xml"/><figure name="乙" type="number">2</figure><figure name="共" type="money">公司合计(乙甲)</figure>'
                          '<figure name="乙甲" type="money">7</figure>', '')
        runs = self.company(None, {'2026-10': {'员工.csv': PEOPLE + "'02,丁,a,S1,,2026-10-01,销售\n1,甲,a,S1,2026-10-31,,支持\n3,丙,a,S1,2026-11-01,,支持\n"
                                               '4,戊,a,S1,,2026-09-30,支持\n5,己,a,S1,,,门卫\n'}},
                            company='<policy scheme="支持" href="policies/a.xml" from="2026-05" when="岗位 = “支持”"/>'
                                    '<policy scheme="销售" href="policies/x.xml" from="2026-05" when="岗位 = “销售”"/>'
                                    '<policy scheme="销售" href="policies/b.xml" from="2026-10" when="岗位 = “销售”"/>',
                            **{'policies/lib/s.xml': staff, 'policies/a.xml': one, 'policies/b.xml': two, 'policies/x.xml': one})
        run = runs['2026-10']
        self.assertEqual([','.join(r) for r in ledger(run)],
                         ['工号,姓名,部门,职级,甲,共,乙,乙甲', '02,丁,a,S1,,7.00,2,7.00', '1,甲,a,S1,1.00,5.00,,'])
        self.assertEqual(sorted(r[0] for r in run.excluded), ['3', '4', '5'])

    def test_includes_and_replacement(self):
        lib = policy_text('<figure name="甲" type="money">1</figure><figure name="乙" type="money">甲 × 10</figure>', STAFF)
        top = policy_text('<include href="lib/s.xml"/><figure name="丙" type="money">3</figure>'
                          '<replace name="甲" reason="本地"><figure name="甲" type="money">2</figure></replace>', '')
        run = self.company(None, {'2026-10': {'员工.csv': PEOPLE + '1,甲甲,a,S1,,,\n'}},
                           **{'policies/p.xml': top, 'policies/lib/s.xml': lib})['2026-10']
        self.assertEqual([','.join(r) for r in ledger(run)], ['工号,姓名,部门,职级,甲,乙,丙', '1,甲甲,a,S1,2.00,20.00,3.00'])

    def test_totals_when_and_missing_pay(self):
        body = '<figure name="甲" type="money" section="earnings">0.004</figure><figure name="乙" type="money" section="earnings">0.006</figure>' \
               '<figure name="丙" type="money" section="earnings" when="离职日期 > 入职日期">空</figure><total name="应发" section="earnings"/>' \
               '<total name="扣" section="deductions"/><figure name="丁" type="text" when="否">"x"</figure>'
        files = {'2026-10': {'员工.csv': PEOPLE + '1,甲甲,a,S1,,,\n'}}
        t = self.table(self.company(body, files)['2026-10'])['1']
        self.assertEqual([t[n] for n in ('甲', '乙', '丙', '应发', '扣', '丁')], ['0.00', '0.01', '0.00', '0.01', '0.00', ''])
        with self.assertRaisesRegex(RefError, '丙 is missing'):
            self.company(body.replace('离职日期 > 入职日期', '是'), files)

    def test_order_of_writing_is_free_and_cycles_are_errors(self):
        files = {'2026-10': {'员工.csv': PEOPLE + '1,甲甲,a,S1,,,\n'}}
        t = self.table(self.company('<figure name="甲" type="money">乙 + 1</figure><figure name="乙" type="money">2</figure>', files)['2026-10'])
        self.assertEqual(t['1']['甲'], '3.00')
        with self.assertRaisesRegex(RefError, 'itself'):
            self.company('<figure name="甲" type="money">乙 + 1</figure><figure name="乙" type="money">甲</figure>', files)

    def test_movements(self):
        body = '''<table name="绩" file="绩.csv" rows="one"><column name="工号" type="id" role="person"/><column name="分" type="number"/>
            <column name="额" type="money"/><column name="合格" type="yesno"/></table>
            <movement kind="promotion" title="晋升" from="*" to="next" when="非 合格 = 否">
              <criterion name="分数">分 ≥ 90.5</criterion><criterion name="业绩">额 > 50000</criterion><criterion name="培训">合格</criterion></movement>
            <movement kind="demotion" title="降级" from="S2, 主管" to="previous"><criterion name="低分">分 > 80</criterion></movement>'''
        run = self.company(body, {'2026-10': {'员工.csv': PEOPLE + '1,甲,a,S1,,,\n2,乙,a,S2,,,\n3,丙,a,S3,,,\n4,丁,a,S1,,,\n',
                                              '绩.csv': '工号,分,额,合格\n1,88.25,"50,000",是\n2,95,60000.5,是\n3,,,是\n4,90,1,否\n'}})['2026-10']
        self.assertEqual([','.join(r) for r in movements(run)][1:], [
            '1,晋升,S1,S2,not-eligible,分数,no,88.25,90.5,2.25', '1,晋升,S1,S2,not-eligible,业绩,no,50000.00,50000.00,0.00',
            '1,晋升,S1,S2,not-eligible,培训,yes,,,', '2,晋升,S2,S3,conflict,分数,yes,95,90.5,', '2,晋升,S2,S3,conflict,业绩,yes,60000.50,50000.00,',
            '2,晋升,S2,S3,conflict,培训,yes,,,', '2,降级,S2,S1,conflict,低分,yes,95,80,', '3,降级,S3,S2,not-eligible,低分,no,,80,'])

    def test_a_check_of_level_error_stops(self):
        body = '<figure name="甲" type="money">1</figure><check name="查" level="error" when="甲 ＜ {}">{{甲}}太少</check>'
        files = {'2026-10': {'员工.csv': PEOPLE + '1,甲甲,a,S1,,,\n'}}
        self.company(body.format(1), files)
        with self.assertRaises(RefError):
            self.company(body.format(2), files)

    def test_sensitive_columns_and_column_clashes(self):
        files = {'2026-10': {'员工.csv': PEOPLE + '1,甲甲,a,S1,,,\n'}}
        for body in ('<table name="性" file="性.csv" rows="one"><column name="工号" type="id" role="person"/>'
                     '<column name="性别" type="text" sensitive="yes"/></table><figure name="甲" type="yesno">性别 = "男"</figure>',
                     '<figure name="部门" type="money">1</figure>', '<figure name="底薪" type="money">1</figure>'):
            with self.assertRaises(RefError):
                self.company(body, files)


class Csv(Case):
    XML = '''<table name="表" file="表*.csv" rows="one"><column name="工号" type="id" role="person" aliases="人员编码"/>
        <column name="金额" type="money" aliases="金额(元)"/><column name="率" type="percent"/><column name="比" type="percent" unit="100"/>
        <column name="日" type="date"/><column name="月度" type="month"/><column name="是否" type="yesno"/><column name="事假" type="number" aliases="事假(天)"/>
        <column name="注" type="text"/></table>'''
    COLUMNS = ('金额', '率', '比', '日', '月度', '是否', '事假', '注')

    def read(self, data, name='表.csv'):
        body = self.XML + ''.join(f'<figure name="值{c}" type="{t}">{c}</figure>' for c, t in zip(
            self.COLUMNS, ('money', 'percent', 'percent', 'date', 'date', 'yesno', 'number', 'text')))
        run = self.company(body, {'2026-10': {'员工.csv': PEOPLE + "'007,甲,a,S1,,,\nB,乙,a,S1,,,\n", name: data}})['2026-10']
        return [[self.table(run)[i]['值' + c] for c in self.COLUMNS] for i in ('007', 'B')]

    GOOD = [['1234.50', '0.925', '0.5', '2026-10-08', '2026-10-01', 'yes', '1.5', '-'], ['-3.00', '0.01', '', '2026-06-07', '', 'no', '', '']]

    def test_forms_of_cells(self):
        text = "工号,金额,率,比,日,月度,是否,事假,注\n'007,\"1,234.50\",92.5%,50,2026/10/8,2026年10月,√,1.5,-\nB,￥-3元,１％,--,2026/06/07 星期日,--,Ｎ,-,\n"
        for codec in ('utf-8', 'utf-8-sig', 'utf-16', 'gb18030'):
            self.assertEqual(self.read(text.encode(codec)), self.GOOD, codec)
        self.assertEqual(self.read(text.replace('\n', '\r\n').encode()), self.GOOD)
        self.assertEqual(self.read(text.replace('"1,234.50"', '1234.5').replace(',', '\t').encode('utf-16'), '表_导出2026.csv'), self.GOOD)
        self.assertEqual(self.read(text.replace('"1,234.50"', '１２３４．５').replace(',', ';').encode()), self.GOOD)

    def test_titles_two_row_header_blank_and_total_rows(self):
        text = '月度汇总 统计日期:2026-10-01 至 2026-10-31,,,,,,,,\n报表生成时间:2026-11-01,,,,,,,,\n\n' \
               ' * 人员编码 ,金 额（元）,率,比,日,月度,是否,请假,注\n,,,,,,,事假(天),\n' \
               "007,1234.5,92.5%,50,20261008,202610,1,1.5,-\n小计,1234.5,,,,,,1.5,\n,,,,,,,,\n\"B\",-3,1%,,2026年6月7日,,0,,\n小计,-3.00,,,,,,0,\n" \
               '合计,"1,231.50",,,,,,1.5,\n'
        self.assertEqual(self.read(text.encode('gb18030')), self.GOOD)
        with self.assertRaisesRegex(RefError, 'total'):
            self.read(text.replace('1,231.50', '1,231.51').encode())

    def test_quoted_newlines_count_physical_lines(self):
        found = csvread.records('a,"b\nc"\r\n1,"x ""y"""\n', ',')
        self.assertEqual(found, [(1, ['a', 'b\nc']), (3, ['1', 'x "y"'])])

    def test_bad_cells(self):
        head = '工号,金额,率,比,日,月度,是否,事假,注\n'
        for row in ('007,1.2.3,,,,,,,', '007,,0.5,,,,,,', '007,,,,2026-02-30,,,,', '007,#N/A,,,,,,,', '1.23E+17,,,,,,,,', 'X,,,,,,,,',
                    '007,"1,23",,,,,,,', '007,,,,10/8/2026,,,,', '007,,,,,,也许,,', '007,1,2', 'B,1,,,,,,,\nB,2,,,,,,,'):
            with self.assertRaises(RefError, msg=row):
                self.read((head + row + '\n').encode())


class Examples(Case):
    BODY = ORDERS + '''<rates name="率" keys="来源, 职级"><rate for="自主, S1">4%</rate><otherwise>1%</otherwise></rates>
        <table name="勤" file="勤.csv" rows="one"><column name="工号" type="id" role="person"/><column name="缺" type="number" default="0"/>
        <column name="迟" type="number" default="0"/></table>
        <line name="提" table="订单" key="订单号" type="money">金额 × 率(来源, 职级)</line>
        <figure name="提成" type="money" section="earnings">合计(订单, 提)</figure>
        <figure name="得分" type="number">100 - 缺 - 迟</figure><figure name="连" type="number">连续月数(得分 ≥ 90)</figure>
        <figure name="绩效" type="money">底薪 × 得分 ÷ 100</figure>'''

    def examples(self, text):
        path = os.path.join(self.write({'policies/p.xml': policy_text(self.BODY + text)}), 'policies/p.xml')
        return run_examples(prepare(Policy(path)), Calendar(), default_pay_date)

    def test_given_rows_and_past(self):
        count, wrong = self.examples('''<example title="一" grade="S1"><rows table="订单">订单号,来源,金额
              A,自主,100.10
              B,线索,"1,000"</rows><expect name="提成">14.00</expect><expect name="得分"/></example>
            <example title="二" grade="专员" month="2026-10"><given name="缺">2</given><past month="2026-09"><given name="得分">95</given></past>
              <past month="2026-08"><given name="得分">80</given></past><expect name="连">2</expect><expect name="绩效">3724</expect></example>
            <example title="三"><given name="底薪">1500</given><given name="得分">92.5</given><expect name="绩效">1387.50</expect></example>''')
        self.assertEqual((count, wrong), (3, []))

    def test_a_wrong_expectation_is_told(self):
        _, wrong = self.examples('<example title="错"><given name="底薪">1500</given><given name="得分">92.5</given><expect name="绩效">1387.51</expect></example>')
        self.assertEqual([w[2:] for w in wrong], [('绩效', '1387.51', '1387.50')])


class Fuzz(Case):
    def test_the_same_seed_gives_the_same_company_and_it_computes(self):
        ledgers = []
        top = self.write({})
        for folder in ('a', 'b'):
            path = os.path.join(top, folder, 'policies', 'f.xml')
            write_policy(path, 7, 40)
            out = os.path.join(top, folder + '-out')
            for run in compute(os.path.dirname(os.path.dirname(path))):
                write_month(run, os.path.join(out, month_text(run.month)))
            with open(os.path.join(out, '2026-03', 'ledger.csv'), encoding='utf-8') as f:
                ledgers.append(f.read())
        self.assertEqual(ledgers[0], ledgers[1])
        self.assertIn('项40', ledgers[0].splitlines()[0])
        self.assertGreater(len(ledgers[0].splitlines()), 5)


def main():
    values.decimal.setcontext(values.CONTEXT)
    unittest.main(verbosity=1)


if __name__ == '__main__':
    sys.setrecursionlimit(200000)
    threading.stack_size(256 << 20)
    status = []

    def work():
        try:
            main()
        except SystemExit as e:
            status.append(e.code)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    sys.exit(status[0] if status else 2)
