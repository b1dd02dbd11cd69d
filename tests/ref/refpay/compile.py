"""Formulas to closures, with the static types that the contract asks for.

compile gives (function of Env, type); types: money number yesno text date grade,
bare (a formula of bare literals, which fits any numeric type) and none.
"""
import datetime
from decimal import Decimal

from . import formula, history, groups
from .policy import Grade
from .values import (NUMERIC, RefError, make_date, month_first, month_last, month_of, read_date,
                     read_number, read_percent, read_yesno, round_step, show, whole)

COLUMN_TYPES = {'id': 'text', 'text': 'text', 'choice': 'text', 'number': 'number', 'percent': 'number',
                'money': 'money', 'date': 'date', 'month': 'date', 'yesno': 'yesno', 'grade': 'grade'}
FIGURE_TYPES = {'percent': 'number'}
NUMBERS = ('money', 'number', 'bare')

CHINESE = {
    '若': 'if', '最小': 'min', '最大': 'max', '绝对值': 'abs', '四舍五入': 'round', '下舍入': 'floor', '上舍入': 'ceil',
    '合计': 'sum', '平均': 'average', '计数': 'count', '存在': 'any', '全部': 'all', '唯一': 'only', '最近': 'latest',
    '缺省': 'default', '缺失': 'missing', '已计': 'paid', '计至本月': 'earned', '分摊': 'share', '上月': 'previous', '前月': 'ago',
    '本年累计': 'ytd', '本年前月累计': 'ytd_before', '本季累计': 'qtd', '税年累计': 'tax_ytd', '税年前月累计': 'tax_ytd_before',
    '近月合计': 'last_sum', '近月平均': 'last_average', '已知合计': 'known_sum', '近月计数': 'last_count',
    '上季合计': 'last_quarter_sum', '连续月数': 'streak', '任职级月数': 'months_in_grade', '月初': 'month_start',
    '月末': 'month_end', '月份': 'month', '发薪日': 'pay_date', '天数': 'days', '工作日数': 'workdays',
    '法定假日数': 'holidays', '相隔月数': 'months', '日期': 'date', '年': 'year', '季': 'quarter', '月': 'month_of', '日': 'day',
    '左取': 'left', '右取': 'right', '长度': 'length', '属于机构': 'within', '部门合计': 'unit_sum', '部门平均': 'unit_average',
    '部门计数': 'unit_count', '下属合计': 'led_sum', '下属平均': 'led_average', '下属计数': 'led_count',
    '公司合计': 'company_sum', '公司平均': 'company_average', '公司计数': 'company_count', '排名': 'rank',
    '部门排名': 'unit_rank', '职级排名': 'grade_rank',
}
ROWS = {'sum', 'average', 'min', 'max', 'count', 'any', 'all', 'only', 'latest'}
OF_THE_MONTH = {'month_start', 'month_end', 'month', 'pay_date'}
NAMES = set(CHINESE.values())


class Env:
    """Where a formula is evaluated: person, rows in scope by table, or a past month."""
    __slots__ = ('run', 'person', 'rows', 'past')

    def __init__(self, run, person, rows=None, past=None):
        self.run, self.person, self.rows, self.past = run, person, rows or {}, past

    def at(self, table, row):
        rows = dict(self.rows)
        rows[table] = row
        return Env(self.run, self.person, rows, self.past)

    @property
    def month(self):
        return self.past.month if self.past else self.run.month

    @property
    def grade(self):
        return self.past.grade if self.past else self.person.grade

    @property
    def unit(self):
        return self.past.unit if self.past else self.person.unit


class Scope:
    def __init__(self, tables=(), limited=None, used=None):
        self.tables, self.limited, self.used = tables, limited, used if used is not None else set()

    def inside(self, table):
        return Scope((table,) + self.tables, self.limited, self.used)


def compare(op, a, b):
    if a is None or b is None:
        return False
    if isinstance(a, str) and isinstance(b, str):
        a, b = a.strip(), b.strip()
    if isinstance(a, Grade) and isinstance(b, Grade) and op not in ('=', '<>') and a.track != b.track:
        return False
    if isinstance(a, Grade) and isinstance(b, Grade):
        a, b = (a.id, b.id) if op in ('=', '<>') else (a.order, b.order)
    return {'=': a == b, '<>': a != b}[op] if op in ('=', '<>') else \
        a < b if op == '<' else a <= b if op == '<=' else a > b if op == '>' else a >= b


def add(a, b, sign):
    if a is None or b is None:
        return None
    if isinstance(a, datetime.date):
        if isinstance(b, datetime.date):
            return Decimal((a - b).days)
        try:
            return a + datetime.timedelta(days=sign * whole(b))
        except OverflowError:
            return None
    return a + b if sign > 0 else a - b


def months_between(a, b):
    """The largest k >= 0 with a + k months <= b, days clamped to the month's end."""
    k = month_of(b) - month_of(a)
    while k > 0:
        day = min(a.day, month_last(month_of(a) + k).day)
        if month_first(month_of(a) + k).replace(day=day) <= b:
            return Decimal(k)
        k -= 1
    return Decimal(0)


class Compiler:
    def __init__(self, policy):
        self.policy = policy
        self.alone = {}
        for c in policy.columns():
            self.alone.setdefault(c.name, []).append(c)
        self.text = ''

    def fail(self, what):
        raise RefError(f'{what} in formula: {self.text}')

    # ---- entries -------------------------------------------------------------------------

    def formula(self, text, scope=None):
        self.text = ' '.join(text.split())
        return self.node(formula.parse(text), scope or Scope())

    def typed(self, text, kind, scope=None):
        """A formula that must give a value of a declared type."""
        fn, found = self.formula(text, scope)
        self.text = ' '.join(text.split())
        wanted = FIGURE_TYPES.get(kind, kind)
        if found in (wanted, 'none') or found == 'bare' and kind in NUMERIC:
            return fn
        if kind == 'text' and found == 'grade':
            return lambda env: None if fn(env) is None else fn(env).id
        self.fail(f'{kind} wanted, {found} found')

    def condition(self, text, scope=None):
        fn = self.typed(text, 'yesno', scope)
        return lambda env: fn(env) is True

    # ---- the tree ------------------------------------------------------------------------

    def node(self, n, scope):
        return getattr(self, 'node_' + {'+': 'add', '-': 'add', '*': 'mul', '/': 'div'}.get(n[0], n[0]))(n, scope)

    def node_num(self, n, scope):
        value = n[1]
        return (lambda env: value), n[2]

    def node_text(self, n, scope):
        value = n[1] or None
        return (lambda env: value), 'text'

    def node_yesno(self, n, scope):
        value = n[1]
        return (lambda env: value), 'yesno'

    def node_none(self, n, scope):
        return (lambda env: None), 'none'

    def node_where(self, n, scope):
        self.fail('where belongs to the table of an aggregate')

    def truth(self, n, scope):
        fn, kind = self.node(n, scope)
        if kind not in ('yesno', 'none'):
            self.fail(f'yes or no wanted, {kind} found')
        return lambda env: fn(env) is True

    def node_not(self, n, scope):
        a = self.truth(n[1], scope)
        return (lambda env: not a(env)), 'yesno'

    def node_and(self, n, scope):
        a, b = self.truth(n[1], scope), self.truth(n[2], scope)
        return (lambda env: a(env) and b(env)), 'yesno'

    def node_or(self, n, scope):
        a, b = self.truth(n[1], scope), self.truth(n[2], scope)
        return (lambda env: a(env) or b(env)), 'yesno'

    def sides(self, op, left, right, scope):
        """Both sides of a comparison, texts beside grades turned into grades."""
        (a, s), (b, t) = self.node(left, scope), self.node(right, scope)
        if s == 'grade' and t == 'text':
            b, t = self.as_grade(b, right), 'grade'
        elif s == 'text' and t == 'grade':
            a, s = self.as_grade(a, left), 'grade'
        kind = self.unify(s, t, 'comparison')
        if op not in ('=', '<>') and kind in ('text', 'yesno'):
            self.fail(f'{kind} has no order')
        return a, b, kind

    def as_grade(self, fn, tree):
        policy = self.policy
        if tree[0] == 'text' and policy.grade_by(tree[1]) is None:
            self.fail(f"no grade '{tree[1]}'")
        return lambda env: None if fn(env) is None else policy.grade_by(fn(env)) or Grade(fn(env), '', None, None, {})

    def node_cmp(self, n, scope):
        op = n[1]
        a, b, _ = self.sides(op, n[2], n[3], scope)
        return (lambda env: compare(op, a(env), b(env))), 'yesno'

    def node_in(self, n, scope):
        pairs = [self.sides('=', n[1], item, scope)[:2] for item in n[2]]
        a = self.node(n[1], scope)[0]
        if n[3]:
            return (lambda env: a(env) is not None and all(compare('<>', x(env), y(env)) for x, y in pairs)), 'yesno'
        return (lambda env: any(compare('=', x(env), y(env)) for x, y in pairs)), 'yesno'

    def unify(self, s, t, what):
        if s == t or t == 'none':
            return s
        if s == 'none':
            return t
        if 'bare' in (s, t) and s in NUMBERS and t in NUMBERS:
            return t if s == 'bare' else s
        self.fail(f'{s} and {t} do not go together in {what}')

    def node_neg(self, n, scope):
        a, kind = self.node(n[1], scope)
        if kind not in NUMBERS + ('none',):
            self.fail(f'minus before {kind}')
        return (lambda env: None if a(env) is None else -a(env)), kind

    def node_add(self, n, scope):
        (a, s), (b, t) = self.node(n[1], scope), self.node(n[2], scope)
        sign = 1 if n[0] == '+' else -1
        if s == 'date' and t == 'date' and sign < 0:
            kind = 'number'
        elif s == 'date' and t in ('number', 'bare', 'none'):
            kind = 'date'
        elif s in NUMBERS + ('none',) and t in NUMBERS + ('none',):
            kind = self.unify(s, t, n[0])
        else:
            self.fail(f'{s} {n[0]} {t}')
        return (lambda env: add(a(env), b(env), sign)), kind

    def node_mul(self, n, scope):
        (a, s), (b, t) = self.node(n[1], scope), self.node(n[2], scope)
        if s not in NUMBERS + ('none',) or t not in NUMBERS + ('none',) or s == t == 'money':
            self.fail(f'{s} × {t}')
        kind = 'money' if 'money' in (s, t) else self.unify(s, t, '×')

        def mul(env):
            x, y = a(env), b(env)
            return None if x is None or y is None else x * y
        return mul, kind

    def node_div(self, n, scope):
        (a, s), (b, t) = self.node(n[1], scope), self.node(n[2], scope)
        if s == t == 'money':
            kind = 'number'
        elif t == 'money' or s not in NUMBERS + ('none',) or t not in NUMBERS + ('none',):
            self.fail(f'{s} ÷ {t}')
        else:
            kind = 'money' if s == 'money' else self.unify(s, t, '÷')

        def div(env):
            x, y = a(env), b(env)
            return None if x is None or y is None or y == 0 else x / y
        return div, kind

    # ---- names ---------------------------------------------------------------------------

    def node_path(self, n, scope):
        path, p = n[1], self.policy
        if path[0] in p.tables and len(path) > 1:
            table = p.tables[path[0]]
            if path[1] in p.lines and p.lines[path[1]].table_name == table.name:
                return self.line_value(p.lines[path[1]], scope)
            if path[1] not in table.columns:
                self.fail(f'table {table.name} has no column {path[1]}')
            return self.follow(self.column(table.columns[path[1]], scope), path[2:])
        for table in scope.tables:
            if path[0] in table.columns:
                return self.follow(self.column(table.columns[path[0]], scope), path[1:])
        columns = self.alone.get(path[0], [])
        if len(columns) > 1:
            self.fail(f'{path[0]} is in several tables')
        if columns:
            return self.follow(self.column(columns[0], scope), path[1:])
        if len(path) > 1:
            self.fail(f"unknown name {'.'.join(path)}")
        return self.single(path[0], scope)

    def single(self, name, scope):
        p = self.policy
        if name in p.figures:
            scope.used.add(name)
            kind = p.figures[name].type
            return (lambda env: env.past.values.get(name) if env.past else env.run.figure(env.person, name)), \
                FIGURE_TYPES.get(kind, kind)
        if name in p.parameters:
            parameter = p.parameters[name]

            def value(env):
                if name in env.run.given and not env.past:
                    return env.run.given[name]
                month, found = env.month, None
                for first, v in parameter.values:
                    if first <= month:
                        found = v
                return found
            return value, COLUMN_TYPES.get(parameter.type, parameter.type)
        if name in p.sets:
            def grade_set(env):
                if name in env.run.given and not env.past:
                    return env.run.given[name]
                return self.of_grade(env.grade, name)
            return grade_set, COLUMN_TYPES.get(p.sets[name], p.sets[name])
        if name in p.lines:
            return self.line_value(p.lines[name], scope)
        self.fail(f'unknown name {name}')

    def of_grade(self, grade, name):
        own = self.policy.grades.get(grade.id) if grade else None
        return own.sets.get(name) if own else None

    def line_value(self, line, scope):
        table = line.table_name
        if all(t.name != table for t in scope.tables):
            self.fail(f'line {line.name} outside its table')
        return (lambda env: env.run.line(env.person, line, env.rows[table])), FIGURE_TYPES.get(line.type, line.type)

    def column(self, c, scope):
        """-> function, type, column, ready to be followed."""
        name, table, kind = c.name, c.table, COLUMN_TYPES[c.type]
        if c.sensitive:
            self.fail(f'{name} is sensitive')
        if table in scope.tables:
            return (lambda env: env.rows[table.name].values.get(name)), kind, c
        if table.role == 'staff' and c.role == 'grade':
            return (lambda env: env.grade), kind, c
        if table.role == 'staff' and c.role == 'unit':
            return (lambda env: env.unit), kind, c
        if scope.limited:
            self.fail(f'{name} is no figure, and no grade or unit')
        if not table.one:
            self.fail(f'{table.name}.{name} is a column of many rows')
        policy = self.policy

        def value(env):
            row = env.run.single_row(policy, table, env.person)
            return row.values.get(name) if row else None
        return value, kind, c

    def follow(self, start, rest):
        fn, kind, column = start
        if not rest:
            return fn, kind
        if kind == 'grade':
            name, policy = rest[0], self.policy
            if name not in policy.sets or rest[1:]:
                self.fail(f'{name} is no set of a grade')
            return (lambda env: self.of_grade(fn(env), name)), COLUMN_TYPES.get(policy.sets[name], policy.sets[name])
        table = self.policy.tables.get(column.ref) if column.ref else None
        if column.table.role == 'staff' and column.role == 'unit' and not table:
            table = self.policy.units
        if table is None or rest[0] not in table.columns:
            self.fail(f'{column.name}.{rest[0]} leads nowhere')
        target, policy = table.columns[rest[0]], self.policy
        if target.sensitive:
            self.fail(f'{target.name} is sensitive')

        def value(env):
            key = fn(env)
            row = env.run.by_key(policy, table, key) if key is not None else None
            return row.values.get(target.name) if row else None
        return self.follow((value, COLUMN_TYPES[target.type], target), rest[1:])

    # ---- calls ---------------------------------------------------------------------------

    def node_call(self, n, scope):
        name, args = n[1], n[2]
        if name in self.policy.rates:
            return self.rates_call(self.policy.rates[name], args, scope)
        if name in self.policy.tiers:
            return self.tiers_call(self.policy.tiers[name], args, scope)
        name = CHINESE.get(name, name)
        if name not in NAMES:
            self.fail(f'unknown function {n[1]}')
        first = args[0] if args else None
        of_table = first and (first[0] == 'where' or first[0] == 'path' and len(first[1]) == 1 and
                              first[1][0] in self.policy.tables)
        if scope.limited and (of_table or name in ROWS - {'min', 'max'} or name in OF_THE_MONTH or
                              name in history.FUNCTIONS or name in groups.FUNCTIONS or
                              name in ('paid', 'earned', 'share')):
            self.fail(f'{n[1]} inside history or group functions')
        if of_table:
            if name not in ROWS:
                self.fail(f'{n[1]} takes no table')
            return self.aggregate(name, args, scope)
        if name in history.FUNCTIONS:
            return history.compile_call(self, name, args, scope)
        if name in groups.FUNCTIONS:
            return groups.compile_call(self, name, args, scope)
        method = getattr(self, 'call_' + {'if': 'choose', 'floor': 'round', 'ceil': 'round', 'max': 'min',
                                          'workdays': 'days', 'holidays': 'days', 'earned': 'paid',
                                          'right': 'left', 'quarter': 'year', 'month_of': 'year', 'day': 'year',
                                          'month_start': 'of_month', 'month_end': 'of_month', 'month': 'of_month',
                                          'pay_date': 'of_month'}.get(name, name), None)
        if method is None:
            self.fail(f'{n[1]} needs a table')
        return method(name, args, scope)

    def args(self, args, scope, *kinds):
        """Compile arguments of fixed types: 'number' takes bare too, 'any' numbers of all kinds."""
        if len(args) != len(kinds):
            self.fail(f'{len(kinds)} arguments wanted')
        out = []
        for a, wanted in zip(args, kinds):
            fn, kind = self.node(a, scope)
            good = kind in ('none', wanted) or wanted == 'number' and kind == 'bare' or wanted == 'any' and kind in NUMBERS
            if not good:
                self.fail(f'{wanted} wanted, {kind} found')
            out.append((fn, kind))
        return out

    def aggregate(self, name, args, scope):
        head, condition = (args[0][1], args[0][2]) if args[0][0] == 'where' else (args[0], None)
        if head[0] != 'path' or len(head[1]) != 1 or head[1][0] not in self.policy.tables:
            self.fail('a table wanted before where')
        table, policy = self.policy.tables[head[1][0]], self.policy
        inner = scope.inside(table)
        holds = self.truth(condition, inner) if condition else None
        values = [self.node(a, inner) for a in args[1:]]
        wanted = {'count': 0, 'any': 0, 'all': 0, 'latest': 2}.get(name, 1)
        if len(values) != wanted:
            self.fail(f'{name} of {table.name} wants {wanted} values')

        def scopes(env):
            return (env.at(table.name, row) for row in env.run.rows(policy, table, env.person))

        def fitting(env):
            return [e for e in scopes(env) if holds is None or holds(e)]

        if name == 'count':
            return (lambda env: Decimal(len(fitting(env)))), 'number'
        if name == 'any':
            return (lambda env: bool(fitting(env))), 'yesno'
        if name == 'all':
            return (lambda env: all(holds is None or holds(e) for e in scopes(env))), 'yesno'
        fn, kind = values[-1]
        if name == 'only':
            def only(env):
                found = fitting(env)
                if len(found) > 1:
                    raise RefError(f'{env.person.id}: several rows of {table.name} fit: {self.policy.path}')
                return fn(found[0]) if found else None
            return only, kind
        if name == 'latest':
            by = values[0][0]

            def latest(env):
                found = [(by(e), e) for e in fitting(env)]
                found = [(b, e) for b, e in found if b is not None]
                if not found:
                    return None
                top = max(b for b, _ in found)
                best = [e for b, e in found if b == top]
                if len(best) > 1:
                    raise RefError(f'{env.person.id}: several latest rows of {table.name}')
                return fn(best[0])
            return latest, kind
        if name in ('sum', 'average') and kind not in NUMBERS + ('none',) or kind in ('text', 'yesno', 'grade'):
            self.fail(f'{name} of {kind}')

        def over(env):
            found = [fn(e) for e in fitting(env)]
            if any(v is None for v in found):
                return None
            if name == 'sum':
                return sum(found, Decimal(0))
            if not found:
                return None
            return sum(found, Decimal(0)) / len(found) if name == 'average' else min(found) if name == 'min' else max(found)
        return over, kind

    def rates_call(self, rates, args, scope):
        if len(args) != len(rates.keys):
            self.fail(f'{rates.name} has {len(rates.keys)} keys')
        fns = [self.node(a, scope)[0] for a in args]

        def look_up(env):
            values = [f(env) for f in fns]
            if any(v is None for v in values):
                return None
            for keys, value in rates.entries:
                if all(fits(k, v) for k, v in zip(keys, values)):
                    return value
            if rates.has_otherwise:
                return rates.otherwise
            raise RefError(f'{env.person.id}: {rates.name} has nothing for {[str(v) for v in values]}')
        return look_up, COLUMN_TYPES.get(rates.type, rates.type)

    def tiers_call(self, tiers, args, scope):
        (fn, kind), = self.args(args, scope, 'any')

        def look_up(env):
            x = fn(env)
            if x is None:
                return None
            return tier_value(tiers, x, env.person)
        if tiers.mode in ('marginal', 'whole'):
            return look_up, kind
        return look_up, COLUMN_TYPES.get(tiers.type, tiers.type)

    def call_choose(self, name, args, scope):
        if len(args) != 3:
            self.fail('if wants condition and two values')
        c = self.truth(args[0], scope)
        (a, s), (b, t) = self.node(args[1], scope), self.node(args[2], scope)
        return (lambda env: a(env) if c(env) else b(env)), self.unify(s, t, 'if')

    def call_min(self, name, args, scope):
        if not args:
            self.fail(f'{name} of nothing')
        nodes = [self.node(a, scope) for a in args]
        kind = nodes[0][1]
        for _, t in nodes[1:]:
            kind = self.unify(kind, t, name)
        if kind in ('text', 'yesno', 'grade'):
            self.fail(f'{name} of {kind}')
        pick = min if name == 'min' else max

        def extreme(env):
            values = [f(env) for f, _ in nodes]
            return None if any(v is None for v in values) else pick(values)
        return extreme, kind

    def call_abs(self, name, args, scope):
        (a, kind), = self.args(args, scope, 'any')
        return (lambda env: None if a(env) is None else abs(a(env))), kind

    def call_round(self, name, args, scope):
        if len(args) != 2:
            self.fail(f'{name} wants value and step')
        (a, kind), (b, _) = self.args(args, scope, 'any', 'any')
        mode = {'round': None, 'floor': 'floor', 'ceil': 'ceil'}[name]
        return (lambda env: round_step(a(env), b(env), mode)), kind

    def call_default(self, name, args, scope):
        if len(args) != 2:
            self.fail('default wants two values')
        (a, s), (b, t) = self.node(args[0], scope), self.node(args[1], scope)

        def default(env):
            x = a(env)
            return b(env) if x is None else x
        return default, self.unify(s, t, 'default')

    def call_missing(self, name, args, scope):
        if len(args) != 1:
            self.fail('missing wants one value')
        a, _ = self.node(args[0], scope)
        return (lambda env: a(env) is None), 'yesno'

    def call_paid(self, name, args, scope):
        lines = self.policy.lines
        if len(args) != 2 or args[0][0] != 'path' or len(args[0][1]) != 1 or args[0][1][0] not in lines:
            self.fail(f'{name} wants a line and a key')
        line, policy = lines[args[0][1][0]], self.policy
        key, kind = self.node(args[1], scope)

        def total(env):
            k = key(env)
            if k is None:
                return None
            k = show(k, kind)
            # what an earlier month could not compute was not paid then
            values = [v for v in env.run.history.paid(env.person.id, line.name, k) if v is not None]
            if name == 'earned':
                values += env.run.line_values(policy, env.person, line, k)
            return None if any(v is None for v in values) else sum(values, Decimal(0))
        return total, FIGURE_TYPES.get(line.type, line.type)

    def call_share(self, name, args, scope):
        return groups.compile_share(self, args, scope)

    def call_of_month(self, name, args, scope):
        self.args(args, scope)
        if name == 'month_end':
            return (lambda env: month_last(env.run.month)), 'date'
        if name == 'pay_date':
            return (lambda env: env.run.pay_date(env.run.month)), 'date'
        return (lambda env: month_first(env.run.month)), 'date'

    def call_days(self, name, args, scope):
        (a, _), (b, _) = self.args(args, scope, 'date', 'date')

        def days(env):
            x, y = a(env), b(env)
            if x is None or y is None:
                return None
            if name == 'days':
                return Decimal(max((y - x).days + 1, 0))
            return Decimal(env.run.calendar.count(name, x, y))
        return days, 'number'

    def call_months(self, name, args, scope):
        (a, _), (b, _) = self.args(args, scope, 'date', 'date')

        def months(env):
            x, y = a(env), b(env)
            return None if x is None or y is None else months_between(x, y)
        return months, 'number'

    def call_date(self, name, args, scope):
        fns = [f for f, _ in self.args(args, scope, 'number', 'number', 'number')]

        def date(env):
            parts = [f(env) for f in fns]
            return None if any(p is None for p in parts) else make_date(*[whole(p) for p in parts])
        return date, 'date'

    def call_year(self, name, args, scope):
        (a, _), = self.args(args, scope, 'date')
        part = {'year': lambda d: d.year, 'quarter': lambda d: (d.month + 2) // 3,
                'month_of': lambda d: d.month, 'day': lambda d: d.day}[name]
        return (lambda env: None if a(env) is None else Decimal(part(a(env)))), 'number'

    def call_left(self, name, args, scope):
        (a, _), (b, _) = self.args(args, scope, 'text', 'number')

        def cut(env):
            t, n = a(env), b(env)
            if t is None or n is None or whole(n) < 1:
                return None
            t = t[:whole(n)] if name == 'left' else t[-whole(n):]
            return t if t.strip() else None
        return cut, 'text'

    def call_length(self, name, args, scope):
        (a, _), = self.args(args, scope, 'text')
        return (lambda env: None if a(env) is None else Decimal(len(a(env)))), 'number'

    def call_within(self, name, args, scope):
        (a, _), = self.args(args, scope, 'text')

        def within(env):
            u = a(env)
            return u is not None and env.unit is not None and env.run.units.below(env.unit, u)
        return within, 'yesno'


def fits(key, value):
    if key == '*':
        return True
    if isinstance(value, Grade):
        return key in (value.id, value.title)
    if isinstance(value, bool):
        return read_yesno(key) is value
    if isinstance(value, Decimal):
        return (read_percent(key) if key.endswith(('%', '％')) else read_number(key)) == value
    if isinstance(value, datetime.date):
        return read_date(key) == value
    return key == value.strip()


def tier_value(tiers, x, person):
    entries = tiers.entries
    if tiers.mode == 'linear':
        if x <= entries[0][0]:
            return entries[0][2]
        for (b0, _, e0), (b1, _, e1) in zip(entries, entries[1:]):
            if x <= b1:
                return e0 + (e1 - e0) * (x - b0) / (b1 - b0)
        return entries[-1][2]
    if tiers.mode != 'value' and x < 0:
        if tiers.negative == 'zero':
            return Decimal(0)
        if tiers.negative == 'first':
            return x * entries[0][2]
        raise RefError(f'{person.id}: {tiers.name} of {x}')
    if tiers.mode == 'marginal':
        total = Decimal(0)
        for i, (bound, _, rate) in enumerate(entries):
            upper = entries[i + 1][0] if i + 1 < len(entries) else None
            if x > bound:
                total += ((x if upper is None or x < upper else upper) - bound) * rate
        return total
    found = None
    for bound, strict, entry in entries:
        if x > bound or x == bound and not strict:
            found = entry
    if tiers.mode == 'value':
        return found
    return Decimal(0) if found is None else x * found
