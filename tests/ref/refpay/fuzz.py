"""Random, well-typed policies: the same seed always writes the same company.

The company is small: seven people in two schemes, three units, five months across a year's end, one table of orders
with blanks, a customer table behind a reference.  Every figure is a random
formula, in Chinese and English words mixed, over columns, parameters, grade sets,
rates, tiers, aggregates, history, groups and the figures before it.  Section
facts everywhere, so that a missing value is a result like any other.
"""
import csv
import io
import os
import random
from decimal import Decimal
from xml.sax.saxutils import escape

from .compile import CHINESE

ENGLISH = {e: c for c, e in CHINESE.items()}
PEOPLE = [('0012', '甲一', '一部', 'S1'), ('007', '乙·二', '二部', 'S2'), ('A3', '丙三', '总部', 'M1'),
          ('A20', '丁四', '一部', 'S2'), ('b5', '戊五', '二部', 'S1'), ('C7', '己六', 'U2', 'M1'), ('C07', '己六', '总部', '助理')]
UNITS = [('U0', '总部', '', 'A3'), ('U1', '一部', 'U0', '0012'), ('U2', '二部', 'U1', '007')]
HIRED = ('2019/3/5', '20240229', '2025年11月30日', '2024-07-31', '2025-11-15', '2026/1/8')
MONTHS = ('2025-11', '2025-12', '2026-01', '2026-02', '2026-03')

HEAD = '''  <table name="员工" file="员工.csv" rows="one" role="staff" required="yes">
    <column name="工号" type="id" role="id" required="yes"/>
    <column name="姓名" type="text" role="name"/>
    <column name="部门" type="text" role="unit"/>
    <column name="职级" type="grade" role="grade"/>
    <column name="入职日期" type="date" role="hired"/>
    <column name="原职级" type="grade"/>
  </table>
  <table name="机构" file="机构.csv" rows="one" role="units">
    <column name="机构号" type="id" role="id" required="yes"/>
    <column name="机构名" type="text" role="name"/>
    <column name="上级" type="id" role="parent"/>
    <column name="负责人" type="id" role="head"/>
  </table>
  <table name="月报" file="月报*.csv" rows="one">
    <column name="工号" type="id" role="person" required="yes"/>
    <column name="甲金" type="money" aliases="甲金(元)"/>
    <column name="乙金" type="money" default="0"/>
    <column name="丙数" type="number"/>
    <column name="丁率" type="percent"/>
    <column name="戊否" type="yesno"/>
    <column name="己日" type="date"/>
    <column name="庚文" type="text"/>
    <column name="辛选" type="choice" values="高|中|低"/>
    <column name="壬月" type="month"/>
  </table>
  <table name="流水" file="流水.csv">
    <column name="序号" type="number" required="yes"/>
    <column name="单号" type="id" required="yes"/>
    <column name="工号" type="id" role="person" required="yes"/>
    <column name="发生日" type="date" required="yes"/>
    <column name="类别" type="choice" values="甲|乙|丙"/>
    <column name="额" type="money"/>
    <column name="量" type="number" required="yes"/>
    <column name="份额" type="number" required="yes"/>
    <column name="客户编号" type="id" ref="客户"/>
    <column name="是新" type="yesno"/>
  </table>
  <table name="客户" file="客户.csv" rows="one">
    <column name="客户号" type="id" role="id" required="yes"/>
    <column name="系数" type="number"/>
    <column name="开户日" type="date"/>
  </table>
  <table name="指标" file="指标.csv">
    <column name="所属" type="text" role="unit" required="yes"/>
    <column name="目标" type="money" required="yes"/>
  </table>
  <parameter name="参金" type="money"><value from="2025-01">1234.56</value><value from="2026-02">2000</value></parameter>
  <parameter name="参数值" type="number"><value from="2025-01">3</value><value from="2026-01">-2.5</value></parameter>
  <parameter name="参率" type="percent"><value from="2025-10">12.5%</value></parameter>
  <grades>
    <grade id="S1" title="助理" track="支持" order="1"><set name="级金">3200</set><set name="级数" type="number">1.5</set></grade>
    <grade id="S2" title="专员" track="支持" order="2"><set name="级金">3801.01</set><set name="级数" type="number">7</set></grade>
    <grade id="M1" title="经理" track="管理" order="1"><set name="级金">9000</set></grade>
  </grades>
  <rates name="费率" keys="类别, 职级" type="percent">
    <rate for="甲, S1">4%</rate><rate for="甲, *">5.5%</rate><rate for="乙, 专员">2%</rate><otherwise>0.5%</otherwise>
  </rates>
  <tiers name="超额" mode="marginal" negative="zero"><tier from="0">3%</tier><tier over="1000">10%</tier><tier over="30000.5">20%</tier></tiers>
  <tiers name="超额二" mode="marginal" negative="first"><tier from="10">3%</tier><tier from="100">7%</tier></tiers>
  <tiers name="全额" mode="whole" negative="first"><tier from="0">1%</tier><tier over="1000">2%</tier><tier from="5000">3.3%</tier></tiers>
  <tiers name="定额" mode="value" type="money"><tier from="0">50</tier><tier over="1">75.5</tier><tier from="100">200</tier></tiers>
  <tiers name="折线" mode="linear" type="number"><tier from="-10">0</tier><tier from="0">0.3</tier><tier from="70">1</tier><tier from="1000">1.7</tier></tiers>
  <line name="单提" table="流水" key="单号" type="money">额 × 费率(类别, 职级) × 缺省(客户编号.系数, 1)</line>
  <line name="分单" table="流水" key="单号" type="money" split="单号" weight="份额">长度(单号) × 100元 ÷ 7</line>
'''


class Writer:
    def __init__(self, r, prefix, figures=None):
        self.r, self.prefix = r, prefix
        self.figures = {k: list(v) for k, v in (figures or dict.fromkeys(('money', 'number', 'yesno', 'date', 'text'), [])).items()}
        self.limited = False        # inside history or groups: figures and constants only
        self.rows = False           # inside an aggregate over 流水

    def fn(self, name, *args):
        name = self.r.choice([name, ENGLISH[name]])
        comma = self.r.choice([', ', '，', ','])
        if self.r.random() < 0.1:
            return f'{name}（{comma.join(args)}）'
        return f'{name}({comma.join(args)})'

    def word(self, *choices):
        return f' {self.r.choice(choices)} '

    def number_text(self):
        r = self.r
        return r.choice([str(r.randint(0, 20)), f'{r.randint(0, 9999) / 100}', f'{r.randint(1, 99)}%',
                         '0', '1', '３．５', '100', f'{r.randint(1, 10**6)}'])

    def step(self):
        return self.r.choice(['0.01', '0.1', '1', '10', '0.05', '100', '0', '3'])

    def generate(self, kind, depth):
        """A formula of a type, in parentheses where an operator is outermost."""
        return getattr(self, kind)(depth)

    # ---- leaves --------------------------------------------------------------------------

    def leaf(self, kind):
        r = self.r
        out = list(self.figures[kind]) * 2
        if kind == 'money':
            out += ['参金', '级金', f'{r.randint(0, 5000)}元', f'¥{r.randint(0, 500000) / 100}', '20元']
            out += [] if self.limited else ['甲金', '月报.乙金', '甲金', '员工.原职级.级金', '原职级.级金']
            out += ['额', '流水.额', '单提'] if self.rows else []
        elif kind == 'number':
            out += ['参数值', '参率', '级数', self.number_text(), self.number_text(), self.number_text()]
            out += [] if self.limited else ['丙数', '丁率', '月报.丙数', self.fn('months_in_grade')]
            out += ['量', '份额', '客户编号.系数'] if self.rows else []
        elif kind == 'yesno':
            out += ['是', 'no', '否', 'yes'] + ([] if self.limited else ['戊否', '戊否'])
            out += ['是新'] if self.rows else []
        elif kind == 'date':
            day = [str(r.randint(2025, 2026)), str(r.randint(1, 13)), str(r.randint(1, 31))]
            out += [self.fn('date', *day)]
            if not self.limited:
                out += ['己日', '入职日期', '壬月', self.fn('month_start'), self.fn('month_end'), self.fn('month'), self.fn('pay_date')]
            out += ['发生日', '客户编号.开户日'] if self.rows else []
        else:
            out += ['"甲"', '“中·文”', '"ab1"', '部门']
            out += [] if self.limited else ['庚文', self.fn('left', '辛选', '5'), '姓名', '员工.工号']
            out += [self.fn('right', '类别', '9'), '单号'] if self.rows else []
        if r.random() < 0.04:
            return self.fn('default', self.r.choice(['空', 'none']), r.choice(out))
        return r.choice(out)

    # ---- what every type has --------------------------------------------------------------

    def common(self, kind, depth):
        r, d = self.r, depth - 1
        pick = r.randrange(4)
        if pick == 0:
            return self.fn('if', self.yesno(d), self.generate(kind, d), self.generate(kind, d))
        if pick == 1:
            return self.fn('default', self.generate(kind, d), self.generate(kind, d))
        if pick == 2 and kind in ('money', 'number', 'date'):
            args = [self.generate(kind, d) for _ in range(r.randint(1, 3))]
            return self.fn(r.choice(['min', 'max']), *args)
        if pick == 3 and not self.limited and not self.rows:
            return self.latest(kind, d)
        return self.leaf(kind)

    def inside_rows(self, work):
        self.rows = True
        try:
            return work()
        finally:
            self.rows = False

    def table(self, depth):
        if self.r.random() < 0.35:
            return '流水'
        return '流水' + self.word('where', '其中') + self.inside_rows(lambda: self.yesno(min(depth, 2)))

    def latest(self, kind, depth):
        if self.r.random() < 0.7:
            by = self.r.choice(['发生日', '流水.发生日'])
            return self.fn('latest', self.table(depth), by, self.inside_rows(lambda: self.generate(kind, min(depth, 1))))
        return self.fn('only', f'流水 其中 序号 = {self.r.randint(0, 9)}', self.inside_rows(lambda: self.generate(kind, min(depth, 1))))

    def looking_away(self, work):
        """Inside history and group functions: no rows, no columns."""
        if self.limited:
            return None
        self.limited = True
        rows, self.rows = self.rows, False
        try:
            return work()
        finally:
            self.limited, self.rows = False, rows

    def history(self, kind, depth):
        r = self.r
        plain = ['previous', 'ytd', 'ytd_before', 'qtd', 'tax_ytd', 'tax_ytd_before', 'last_quarter_sum']
        name = r.choice(plain + ['ago', 'last_sum', 'last_average', 'known_sum'] * 2)
        n = [r.choice(['1', '2', '3', '1.7', '0', '参数值'])] if name not in plain else []
        e = self.looking_away(lambda: self.generate(kind, min(depth, 2)))
        return self.fn(name, *n, e)

    def counted(self, depth):
        name = self.r.choice(['last_count', 'streak', 'streak2', 'unit_count', 'led_count', 'company_count'])
        c = self.looking_away(lambda: self.yesno(min(depth, 2)))
        if name == 'last_count':
            return self.fn(name, self.r.choice(['1', '2', '4']), c)
        if name == 'streak2':
            return self.fn('streak', c, self.looking_away(lambda: self.yesno(1)))
        return self.fn(name, c)

    def group(self, kind, depth):
        name = self.r.choice(['unit', 'led', 'company']) + self.r.choice(['_sum', '_average'])
        return self.fn(name, self.looking_away(lambda: self.generate(kind, min(depth, 2))))

    # ---- types ---------------------------------------------------------------------------

    def numeric(self, kind, depth):
        r, d = self.r, depth - 1
        free = not self.limited and not self.rows
        pick = r.randrange(12 if not free else 20)
        if pick < 2:
            return self.common(kind, depth)
        if pick < 4:
            return f'({self.generate(kind, d)}{self.word("+", "-", "＋", "－")}{self.generate(kind, d)})'
        if pick < 6:
            return f'({self.generate(kind, d)}{self.word("×", "*", "÷", "/", "／")}{self.number(d)})'
        if pick == 6:
            return f'-{self.leaf(kind)}'
        if pick == 7:
            return self.fn('abs', self.generate(kind, d))
        if pick == 8:
            return self.fn(r.choice(['round', 'floor', 'ceil']), self.generate(kind, d), self.step())
        if pick == 9:
            return f'{r.choice(["超额", "超额二", "全额"])}({self.generate(kind, d)})'
        if pick == 10:
            return self.leaf(kind)
        if pick == 11:
            return self.special(kind, d)
        if pick < 16:
            name = r.choice(['sum', 'average', 'min', 'max'])
            inner = self.inside_rows(lambda: self.generate(kind, min(d, 2)))
            return self.fn(name, self.table(d), inner)
        if pick < 18:
            return self.history(kind, d)
        return self.group(kind, d)

    def money(self, depth):
        return self.leaf('money') if depth <= 0 else self.numeric('money', depth)

    def number(self, depth):
        return self.leaf('number') if depth <= 0 else self.numeric('number', depth)

    def special(self, kind, d):
        """What only money or only number has."""
        r = self.r
        free = not self.limited and not self.rows
        if kind == 'money':
            options = [lambda: f'定额({self.number(d)})', lambda: self.leaf('money')]
            if free:
                options += [lambda: self.fn('sum', self.table(d), r.choice(['单提', '分单', '流水.单提'])),
                            lambda: self.fn(r.choice(['paid', 'earned']), r.choice(['单提', '分单']),
                                            r.choice(['"SO1"', '"SO2"', '庚文'])),
                            lambda: self.fn('share', r.choice(['参金', '100元', '1元']),
                                            self.looking_away(lambda: self.fn('abs', self.number(2)))),
                            lambda: self.fn('sum', '指标', '目标')]
            return r.choice(options)()
        options = [lambda: f'({self.money(d)}{self.word("÷", "/")}{self.money(d)})',
                   lambda: f'({self.date(d)} - {self.date(d)})',
                   lambda: f'折线({self.number(d)})',
                   lambda: f'费率({r.choice([chr(34) + "甲" + chr(34), self.text(0)])}, {r.choice(["职级", "“S2”"])})',
                   lambda: self.fn('length', self.text(d)),
                   lambda: self.fn(r.choice(['days', 'workdays', 'holidays', 'months']), self.date(0), self.date(0)),
                   lambda: self.fn(r.choice(['year', 'quarter', 'month_of', 'day']), self.date(d))]
        if free:
            options += [lambda: self.fn('count', self.table(d)), lambda: self.counted(d),
                        lambda: self.fn(r.choice(['rank', 'unit_rank', 'grade_rank']),
                                        self.looking_away(lambda: self.number(2)))]
        return r.choice(options)()

    def yesno(self, depth):
        r, d = self.r, depth - 1
        if depth <= 0:
            return self.leaf('yesno')
        pick = r.randrange(12)
        if pick < 4:
            kind = r.choice(['money', 'number', 'number', 'date'])
            op = self.word('=', '<>', '≠', '<', '≤', '>=', '＞', '＜＝')
            return f'({self.generate(kind, d)}{op}{self.generate(kind, d)})'
        if pick == 4:
            return f'({self.text(d)}{self.word("=", "<>", "＝")}{self.text(d)})'
        if pick == 5:
            return f'({self.yesno(d)}{self.word("and", "且", "or", "或")}{self.yesno(d)})'
        if pick == 6:
            return f'({self.r.choice(["not", "非"])} {self.yesno(d)})'
        if pick == 7:
            return self.fn('missing', self.generate(r.choice(['money', 'number', 'date', 'text', 'yesno']), d))
        if pick == 8:
            return f'({self.text(d)}{self.word("in", "属于", "not in", "不属于")}("甲", "中·文", “S2”))'
        if pick == 9:
            return f'(职级{self.word("=", "≥", "<", "<>")}{r.choice(["“S2”", "“专员”", "“M1”"])})'
        if pick == 10:
            return self.fn('within', r.choice(['"U1"', '“一部”', '"总部"', '"无"']))
        if not self.limited and not self.rows:
            return self.fn(r.choice(['any', 'all']), self.table(d))
        return self.common('yesno', depth)

    def date(self, depth):
        if depth <= 0:
            return self.leaf('date')
        if self.r.random() < 0.3:
            days = self.r.choice(['1', '30', '7.9', '100'] + ([] if self.limited else ['丙数']))
            return f'({self.date(0)}{self.word("+", "-")}{days})'
        return self.common('date', depth)

    def text(self, depth):
        if depth <= 0:
            return self.leaf('text')
        if self.r.random() < 0.4:
            n = self.r.choice(['1', '2', '3', '2.6', '0'])
            return self.fn(self.r.choice(['left', 'right']), self.text(depth - 1), n)
        return self.common('text', depth)

    # ---- the policy ----------------------------------------------------------------------

    def figure(self, i):
        r = self.r
        kind = r.choice(['money'] * 4 + ['number'] * 4 + ['percent', 'yesno', 'yesno', 'date', 'text'])
        formula_kind = 'number' if kind == 'percent' else kind
        formula = self.generate(formula_kind, r.randint(1, 4))
        if r.random() < 0.5:
            # else the missing values of the inputs swallow everything that is built upon them
            formula = self.fn('default', formula, self.settled(formula_kind))
        attrs = f'name="{self.prefix}{i}" type="{kind}"'
        if kind in ('money', 'number', 'percent') and r.random() < 0.3:
            attrs += f' round="{r.choice(["0.01", "0.1", "1", "10"])}"'
            if r.random() < 0.7:
                attrs += f' rounding="{r.choice(["half-even", "down", "up"])}"'
        elif kind == 'money' and r.random() < 0.2:
            attrs += f' rounding="{r.choice(["half-even", "down", "up"])}"'
        if r.random() < 0.2:
            attrs += f' when="{escape(self.yesno(2), {chr(34): "&quot;"})}"'
        self.figures[formula_kind].append(f'{self.prefix}{i}')
        return f'  <figure {attrs}>{escape(formula)}</figure>\n'

    def settled(self, kind):
        return {'money': '12.34', 'number': '7', 'yesno': '是', 'date': self.fn('date', '2026', '2', '28'), 'text': '“甲”'}[kind]

    def scorecard(self):
        """Weights that make 100 whoever applies: one kpi of two, by a condition and its opposite."""
        r = self.r
        condition = self.yesno(2)
        quoted = {chr(34): '&quot;'}
        a, b = r.randint(1, 60), r.randint(1, 39)
        parts = [(a, ''), (b, f' when="{escape(condition, quoted)}"'), (b, f' when="{escape("非 (" + condition + ")", quoted)}"'), (100 - a - b, ' cap="110" floor="-20.5"')]
        out = f'  <scorecard name="{self.prefix}分" missing="{r.choice(["zero", "renormalise"])}" cap="1000"' + \
            r.choice(['', ' round="0.01"', ' round="1" rounding="half-even"']) + '>\n'
        for i, (weight, more) in enumerate(parts):
            out += f'    <kpi name="{self.prefix}指标{i}" weight="{weight}"{more}>{escape(self.number(2))}</kpi>\n'
        out += f'    <adjust name="{self.prefix}加减">{escape(self.number(1))}</adjust>\n  </scorecard>\n'
        self.figures['number'].append(f'{self.prefix}分')
        return out

    def movement(self, kind, to):
        r = self.r
        out = f'  <movement kind="{kind}" title="{self.prefix}{kind}" from="{r.choice(["*", "S1, 专员", "S2"])}" to="{to}" when="{r.choice(["是", "非 职级 = “M1”"])}">\n'
        out = out.replace(' to=""', '')
        for i in range(r.randint(1, 3)):
            kind = r.choice(['money', 'number'])
            name = r.choice(self.figures[kind] or ['参金' if kind == 'money' else '参数值'])
            op = r.choice(['≥', '＜', '<>', '≤', '='])
            limit = r.choice(['0', '100', '2500.5', '2500元' if kind == 'money' else '50%', f'-{r.randint(1, 100)}'])
            formula = r.choice([f'{name} {op} {limit}', f'{name} {op} {limit}', self.yesno(0)])
            out += f'    <criterion name="条{i}">{escape(formula)}</criterion>\n'
        return out + '  </movement>\n'


def csv_files(r, month):
    staff = ['工号,姓名,部门,职级,入职日期,原职级']
    for id, name, unit, grade in PEOPLE:
        old = r.choice(['', 'S1', 'S2', 'M1', '助理'])
        now = r.choice(['S1', 'S2']) if id == 'b5' else grade
        staff.append(f"'{id},{name},{unit},{now},{r.choice(HIRED)},{old}")

    def blank(x):
        return '' if r.random() < 0.08 else x
    report = ['*工号,甲金(元),乙金,丙 数,丁率,戊否,己日,庚文,辛选,壬月']
    for id, *_ in PEOPLE[:r.randint(5, 7)]:
        report.append(','.join([id, blank(f'"{r.randint(1000, 99999)}.{r.randint(0, 99):02d}"'),
                                blank(f'¥{r.randint(-500, 5000)}'), blank(f'{r.randint(-50, 90)}.{r.randint(0, 9)}'),
                                blank(f'{r.randint(0, 110)}.5%'), blank(r.choice('是否YN√×')),
                                blank(f'2026年{r.randint(1, 12)}月{r.randint(1, 28)}日'),
                                blank(r.choice(['甲', '中·文', 'ab1', 'SO1', '一部'])), blank(r.choice('高中低')),
                                blank(f'2026-{r.randint(1, 12):02d}')]))
    orders = ['序号,单号,工号,发生日,类别,额,量,份额,客户编号,是新']
    for i in range(r.randint(6, 14)):
        orders.append(','.join([str(i), f'SO{r.randint(1, 5)}', r.choice(PEOPLE)[0], f'{month}-{i + 1:02d}', blank(r.choice('甲乙丙')),
                                blank(f'{r.randint(-300, 9000)}.{r.randint(0, 99):02d}'), str(r.randint(-3, 40)),
                                str(r.randint(0, 5)), blank(r.choice(['K1', 'K2', 'K3'])), blank(r.choice(['yes', '0']))]))
    return {'员工.csv': staff, '月报_导出.csv': report, '流水.csv': orders}


def total_row(rows, word, summed):
    """合计 or 小计 under the rows of a table of numbers."""
    def amount(text):
        return Decimal(text) if text else Decimal(0)
    cells = ['' for _ in rows[0]]
    cells[0] = word
    for name in summed:
        j = rows[0].index(name)
        cells[j] = f'{sum(amount(row[j]) for row in rows[1:]):,f}'
    return cells


def export(r, lines, summed=()):
    """The same table as some program or other would have exported it."""
    rows = list(csv.reader(lines))
    width = len(rows[0])
    total = total_row(rows, r.choice(['合计', '总计', ' 小 计']), summed) if summed and r.random() < 0.5 else None
    if r.random() < 0.2:
        rows.insert(r.randrange(2, len(rows)), [''] * width)
    if total:
        rows.append(total)
    if r.random() < 0.3:
        # a two-row header: some names under a merged cell
        upper, lower = list(rows[0]), [''] * width
        start = r.randrange(1, width)
        for j in range(start, min(start + 2, width)):
            upper[j], lower[j] = ('明细' if j == start else ''), rows[0][j]
        rows[0:1] = [upper, lower]
    if r.random() < 0.4:
        rows[0:0] = [['月度汇总 统计日期:2026-01-01 至 2026-01-31'] + [''] * (width - 1)] * r.choice([1, 2])
    order = list(range(width))
    if not total and not any('明细' in row or '月度汇总' in row[0] for row in rows):
        r.shuffle(order)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=r.choice(',,\t;'), lineterminator=r.choice(['\n', '\r\n']),
                        quoting=r.choice([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    for row in rows:
        writer.writerow([row[j] for j in order])
    return out.getvalue().encode(r.choice(['utf-8', 'utf-8-sig', 'gb18030', 'utf-16', 'gb18030']))


def write_policy(path, seed, count):
    """The policy at DIR/policies/NAME.xml, and the company around it in DIR."""
    policies = os.path.dirname(os.path.abspath(path))
    folder = os.path.dirname(policies)
    os.makedirs(policies, exist_ok=True)

    def write(name, lines):
        full = os.path.join(folder, name)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'wb') as f:
            f.write(lines if isinstance(lines, bytes) else ('\n'.join(lines) + '\n').encode())

    def policy(id, body):
        return ['<?xml version="1.0" encoding="UTF-8"?>',
                f'<policy xmlns="urn:salespay:policy:1" id="{id}" title="随机公式" version="1" currency="CNY">', body + '</policy>']

    r = random.Random(seed)
    shared = Writer(r, '共')
    base = HEAD + ''.join(shared.figure(i) for i in range(1, 7))
    write('policies/lib/base.xml', policy('base', base))
    include = '  <include href="lib/base.xml"/>\n'
    main, other = Writer(r, '项', shared.figures), Writer(r, '别', shared.figures)
    body = include + ''.join(main.figure(i) for i in range(1, count // 2)) + main.scorecard()
    body += ''.join(main.figure(i) for i in range(count // 2, count + 1))
    body += main.movement('promotion', 'next') + main.movement('demotion', 'previous') + main.movement('removal', '')
    write(os.path.relpath(path, folder), policy('fuzz', body))
    body = include + ''.join(other.figure(i) for i in range(1, count // 4 + 1)) + other.scorecard() + other.movement('promotion', 'S1')
    write('policies/other.xml', policy('other', body))
    write('company.xml', ['<company xmlns="urn:salespay:company:1" name="随机公司">',
                          f'  <policy scheme="一" href="{os.path.relpath(path, folder)}" from="2025-01" when="职级 属于 (“S1”, “S2”)"/>',
                          '  <policy scheme="二" href="policies/other.xml" from="2025-01" when="职级 ＝ “经理”"/>',
                          f'  <pay day="{r.choice([5, 15, 31])}" month="{r.choice(["same", "next"])}"/>', '</company>'])
    write('calendar.csv', ['日期,类型,名称'] + [f'{y}-01-01,法定,元旦' for y in range(2018, 2029)] +
          ['2026-02-16,法定,春节', '2026-02-17,法定,春节', '2026-02-28,班,春节', '2026-02-14,班,春节', '2026-02-20,休,春节'])
    write('common/机构.csv', ['机构号,机构名,上级,负责人'] + [','.join(u) for u in UNITS])
    write('common/客户.csv', ['客户号,系数,开户日', 'K1,1.25,2025-03-04', 'K2,,2026-01-31', 'K3,-0.5,'])
    write('common/指标.csv', ['所属,目标', 'U1,1000.50', '一部,20', '二部,7', '总部,3'])
    for month in MONTHS:
        for name, lines in csv_files(r, month).items():
            write(f'{month}/{name}', export(r, lines, ('额', '量', '份额') if name == '流水.csv' else ()))
