"""Earlier months: what the books hold, and the functions that look back."""
from decimal import Decimal

from .values import RefError, month_of, whole

# name: number of arguments before the expression
FUNCTIONS = {
    'previous': 0, 'ago': 1, 'ytd': 0, 'ytd_before': 0, 'qtd': 0, 'tax_ytd': 0, 'tax_ytd_before': 0,
    'last_sum': 1, 'last_average': 1, 'known_sum': 1, 'last_count': 1, 'last_quarter_sum': 0,
    'streak': 0, 'months_in_grade': None,
}


class Past:
    """One person's ledger row of an earlier month."""
    __slots__ = ('month', 'values', 'grade', 'unit')

    def __init__(self, month, values, grade, unit):
        self.month, self.values, self.grade, self.unit = month, values, grade, unit


class History:
    def __init__(self):
        self.ledgers = {}       # month -> {id: Past}
        self.lines = {}         # (id, line, key) -> [(month, value)]

    def add(self, past, id):
        self.ledgers.setdefault(past.month, {})[id] = past

    def add_line(self, month, id, line, key, value):
        self.lines.setdefault((id, line, key), []).append((month, value))

    def row(self, id, month):
        return self.ledgers.get(month, {}).get(id)

    def paid(self, id, line, key):
        return [v for _, v in self.lines.get((id, line, key), [])]


def compile_call(compiler, name, args, scope):
    from .compile import NUMBERS, Env, Scope
    before = FUNCTIONS[name]
    if before is None:
        compiler.args(args, scope)
        return months_in_grade, 'number'
    skip = None
    if name == 'streak' and len(args) == 2:
        skip, args = compiler.truth(args[1], Scope(limited='history', used=scope.used)), args[:1]
    if len(args) != before + 1:
        compiler.fail(f'{name} wants {before + 1} arguments')
    n = compiler.args(args[:1], scope, 'number')[0][0] if before else None
    inner = Scope(limited='history', used=scope.used)
    counting = name in ('last_count', 'streak')
    if counting:
        fn, kind = compiler.truth(args[-1], inner), 'number'
    else:
        fn, kind = compiler.node(args[-1], inner)
    if name not in ('previous', 'ago') and kind not in NUMBERS + ('none',):
        compiler.fail(f'{name} of {kind}')

    def month_env(env, month):
        if month == env.run.month:
            return Env(env.run, env.person)
        past = env.run.history.row(env.person.id, month)
        return Env(env.run, env.person, past=past) if past and month < env.run.month else None

    def values(env, months):
        """The expression's value for every month: 'hole' where there is no row."""
        envs = [month_env(env, m) for m in months]
        return ['hole' if e is None else fn(e) for e in envs]

    def known(env, months):
        return sum((v for v in values(env, months) if v is not None and v != 'hole'), Decimal(0))

    def back(env, count):
        return range(env.run.month - count + 1, env.run.month + 1)

    def number(env):
        x = n(env)
        return None if x is None or whole(x) < 1 else whole(x)

    def previous(env):
        count = 1 if n is None else number(env)
        if count is None:
            return None
        e = month_env(env, env.run.month - count)
        return fn(e) if e else None

    def year(env):
        month = env.run.month
        return known(env, range(month - month % 12, month + (name == 'ytd')))

    def quarter(env):
        month = env.run.month
        return known(env, range(month - month % 3, month + 1))

    def tax_year(env):
        run, month = env.run, env.run.month
        this = run.pay_date(month).year
        months = [m for m in range(month - 14, month + (name == 'tax_ytd')) if run.pay_date(m).year == this]
        return known(env, months)

    def last(env):
        count = number(env)
        if count is None:
            return None
        found = values(env, back(env, count))
        if any(v is None or v == 'hole' for v in found):
            return None
        total = sum(found, Decimal(0))
        return total if name == 'last_sum' else total / count

    def known_sum(env):
        count = number(env)
        return None if count is None else known(env, back(env, count))

    def last_count(env):
        count = number(env)
        return None if count is None else Decimal(sum(v is True for v in values(env, back(env, count))))

    def last_quarter(env):
        month = env.run.month
        start = month - month % 3 - 3
        found = values(env, range(start, start + 3))
        return None if any(v is None or v == 'hole' for v in found) else sum(found, Decimal(0))

    def streak(env):
        count, month = 0, env.run.month
        while True:
            e = month_env(env, month)
            if e is None:
                return Decimal(count)
            if not (skip and skip(e)):
                if not fn(e):
                    return Decimal(count)
                count += 1
            month -= 1

    run = {'previous': previous, 'ago': previous, 'ytd': year, 'ytd_before': year, 'qtd': quarter,
           'tax_ytd': tax_year, 'tax_ytd_before': tax_year, 'last_sum': last, 'last_average': last,
           'known_sum': known_sum, 'last_count': last_count, 'last_quarter_sum': last_quarter, 'streak': streak}
    return run[name], kind


def months_in_grade(env):
    grade, count, month = env.person.grade, 1, env.run.month - 1
    if grade is None:
        return None
    while True:
        past = env.run.history.row(env.person.id, month)
        if past is None or past.grade is None or past.grade.id != grade.id:
            return Decimal(count)
        count, month = count + 1, month - 1
