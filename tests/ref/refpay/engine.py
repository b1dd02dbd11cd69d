"""A month computed: figures ask for each other, each value once."""
from decimal import Decimal

from .compile import Compiler, Env, Scope
from .groups import Units, divide
from .values import RefError, cut30, round_step, show

BUSY = object()
STRICT_SECTIONS = ('earnings', 'deductions', 'net')


class Person:
    def __init__(self, staff, row):
        role = staff.by_role
        self.staff = row
        self.id = row.values.get(role['id'])
        self.name = row.values.get(role.get('name'))
        self.unit = row.values.get(role.get('unit'))
        self.staff_grade = row.values.get(role.get('grade'))
        self.hired = row.values.get(role.get('hired'))
        self.left = row.values.get(role.get('left'))
        self.policy = None
        self.values = {}

    @property
    def grade(self):
        g = self.staff_grade
        return self.policy.grades.get(g.id, g) if g is not None and self.policy else g


class TableData:
    """The rows of a table in one month, findable by person, unit and key."""

    def __init__(self, table, rows, units=None):
        self.table, self.rows = table, rows
        self.by_person, self.by_unit, self.by_key = {}, {}, {}
        person, unit = table.by_role.get('person'), table.by_role.get('unit')
        key = table.by_role.get('id')
        seen = {}
        for r in rows:
            if person:
                self.by_person.setdefault(r.values[person], []).append(r)
            if unit and table.role not in ('staff', 'units'):
                self.by_unit.setdefault(r.values[unit], []).append(r)
            if key and r.values[key] is not None:
                self.by_key.setdefault(r.values[key], r)
            if table.one and table.key and r.values[table.key] is not None:
                k = r.values[table.key]
                if k in seen:
                    raise RefError(f'{r.file}:{r.line}: {table.name}: {k} already in line {seen[k]}')
                seen[k] = r.line


class Run:
    def __init__(self, month, policies, calendar, history, pay_date, tables=None, given=None):
        self.month, self.policies = month, policies
        self.calendar, self.history, self.pay_date = calendar, history, pay_date
        self.tables = tables or {}          # policy -> {name: TableData}
        self.given = given or {}
        self.people, self.excluded, self.cache = [], [], {}
        self.units = Units()

    # ---- rows ----------------------------------------------------------------------------

    def rows(self, policy, table, person):
        data = self.tables[policy].get(table.name)
        if table.role == 'staff':
            return [person.staff]
        if data is None:
            return []
        if table.by_role.get('person'):
            return data.by_person.get(person.id, [])
        if table.role != 'units' and table.by_role.get('unit'):
            own = self.units.key(person.unit)
            return [r for u, rows in data.by_unit.items() if self.units.key(u) == own for r in rows]
        return data.rows

    def single_row(self, policy, table, person):
        if table.role == 'staff':
            return person.staff
        if table.role == 'units':
            return self.by_key(policy, table, person.unit)
        rows = self.rows(policy, table, person)
        if len(rows) > 1:
            raise RefError(f'{person.id}: several rows in {table.name}')
        return rows[0] if rows else None

    def by_key(self, policy, table, key):
        data = self.tables[policy].get(table.name)
        if data is None or key is None:
            return None
        key = key.id if hasattr(key, 'id') else key
        return data.by_key.get(self.units.key(key) if table.role == 'units' else key)

    # ---- figures -------------------------------------------------------------------------

    def figure(self, person, name):
        value = person.values.get(name, BUSY)
        if value is BUSY:
            if name in person.values:
                raise RefError(f'{person.id}: {name} depends on itself')
            person.values[name] = BUSY
            f = person.policy.figures.get(name)
            if f is None:
                raise RefError(f'{person.id}: the policy has no figure {name}')
            try:
                value = self.compute(person, f)
            except RefError as e:
                if not getattr(e, 'chained', False):
                    e.chained = True
                    e.args = (f'{e.args[0]} [{person.id} {name}, {f.where}]',)
                raise
            person.values[name] = value
        return value

    def compute(self, person, f):
        env = Env(self, person)
        if f.kind == 'total':
            parts = [self.figure(person, g.name) for g in f.parts]
            return None if any(v is None for v in parts) else cut30(sum(parts, Decimal(0)))
        if f.kind in ('kpi', 'adjust'):
            return self.score_part(env, f)
        if f.when and not f.when(env):
            value = {'yesno': False, 'text': None, 'date': None}.get(f.type, Decimal(0))
        elif f.kind == 'scorecard':
            value = self.score(env, f)
        else:
            value = finish(f.value(env), f)
        if value is None and f.section in STRICT_SECTIONS:
            raise RefError(f'{person.id}: {f.name} is missing')
        return value

    def applies(self, env, f):
        return (f.scorecard.when is None or f.scorecard.when(env)) and (f.when is None or f.when(env))

    def score_part(self, env, f):
        if not self.applies(env, f):
            return Decimal(0)
        value = f.value(env)
        if value is None:
            return None
        return cut30(clamp(value, f.floor, f.cap, env))

    def score(self, env, s):
        kpis = [(k.weight, self.figure(env.person, k.name), k) for k in s.kpis if self.applies(env, k)]
        if sum(w for w, _, _ in kpis) != 100:
            raise RefError(f'{env.person.id}: the weights of {s.name} make {sum(w for w, _, _ in kpis)}')
        adjusts = [self.figure(env.person, a.name) for a in s.adjusts]
        if s.missing == 'error':
            for _, v, k in kpis:
                if v is None:
                    raise RefError(f'{env.person.id}: {k.name} is missing')
            if None in adjusts:
                raise RefError(f'{env.person.id}: an adjustment of {s.name} is missing')
        if s.missing == 'renormalise':
            kpis = [k for k in kpis if k[1] is not None]
            if not kpis:
                return None
        whole = sum(w for w, _, _ in kpis) if s.missing == 'renormalise' else 100
        score = sum((w * (v or 0) for w, v, _ in kpis), Decimal(0)) / whole
        score += sum((a or 0 for a in adjusts), Decimal(0))
        return finish(clamp(score, s.floor, s.cap, env), s)

    # ---- lines ---------------------------------------------------------------------------

    def line(self, person, line, row):
        cache = row.lines
        key = (line.name, person.id)
        if cache.get(key) is BUSY:
            raise RefError(f'{person.id}: {line.name} depends on itself')
        if key not in cache:
            cache[key] = BUSY
            group = line.split and row.values.get(line.split)
            if group:
                self.split(person.policy, line, group)
            else:
                cache[key] = self.whole_line(person, line, row)
        return cache[key]

    def whole_line(self, person, line, row):
        env = Env(self, person, {line.table_name: row})
        if line.when and not line.when(env):
            return Decimal(0)
        return finish(line.value(env), line)

    def split(self, policy, line, group):
        """One order's value over all people's rows of it; rows of people not computed keep their weight."""
        data = self.tables[policy][line.table_name]
        rows = [r for r in data.rows if r.values.get(line.split) == group]
        column = data.table.by_role['person']
        mine = {p.id: p for p in self.people if p.policy is policy}
        wholes, weights = [], []
        for r in rows:
            person = mine.get(r.values[column])
            if person:
                r.lines[line.name, person.id] = BUSY
                wholes.append((self.whole_line(person, line, r), r))
            # a weight may be any formula over the row, so a stranger's row is read with his own id only
            weights.append((r.values[column], line.weight(Env(self, person or Outsider(r.values[column]),
                                                              {line.table_name: r}))))
        if any(w != wholes[0][0] for w, _ in wholes):
            raise RefError(f'{wholes[0][1].file}: {line.name}: {group} has not one value: '
                           f'{[(str(w), r.line) for w, r in wholes]}')
        for r, part in zip(rows, divide(wholes[0][0], weights, line.step or Decimal('0.01'))):
            r.lines[line.name, r.values[column]] = part

    def line_values(self, policy, person, line, key):
        table = policy.tables[line.table_name]
        column = table.columns[line.key]
        rows = self.rows(policy, table, person)
        return [self.line(person, line, r) for r in rows
                if r.values.get(line.key) is not None and show(r.values[line.key], column.type) == key]

    # ---- movements -----------------------------------------------------------------------

    def movements(self, person):
        out = []
        for m in person.policy.movements:
            env, grade = Env(self, person), person.grade
            if grade is None or m.origins != ['*'] and not {grade.id, grade.title} & set(m.origins):
                continue
            target = self.target(person.policy, grade, m.target)
            if m.target and target is None or m.when and not m.when(env):
                continue
            rows = [criterion(c, env) for c in m.criteria]
            out.append([m, grade, target, all(r[1] for r in rows), rows])
        met = {m.kind for m, _, _, eligible, _ in out if eligible}
        clash = 'promotion' in met and met & {'demotion', 'removal'}
        for entry in out:
            m, eligible = entry[0], entry[3]
            in_clash = clash and eligible and m.kind in ('promotion', 'demotion', 'removal')
            entry[3] = 'conflict' if in_clash else 'eligible' if eligible else 'not-eligible'
        return out

    @staticmethod
    def target(policy, grade, to):
        if not to:
            return None
        if to in ('next', 'previous'):
            track = [g for g in policy.grades.values() if g.track == grade.track]
            above = [g for g in track if (g.order > grade.order if to == 'next' else g.order < grade.order)]
            if not above:
                return None
            return (min if to == 'next' else max)(above, key=lambda g: g.order)
        return policy.grade_by(to)


class Outsider:
    """Somebody who is not computed this month: his rows count, he does not."""

    def __init__(self, id):
        self.id, self.grade, self.unit, self.values, self.staff, self.policy = id, None, None, {}, None, None


def clamp(value, floor, cap, env):
    low, high = floor and floor(env), cap and cap(env)
    if low is not None and value < low:
        value = low
    if high is not None and value > high:
        value = high
    return value


def finish(value, f):
    """What happens where a figure or line ends: the cut, then its own rounding."""
    if not isinstance(value, Decimal):
        return value
    value = cut30(value)
    return round_step(value, f.step, f.rounding) if f.step else value


def criterion(c, env):
    """-> criterion, holds, value, required, gap"""
    holds = c.holds(env)
    if c.sides is None:
        return c, holds, None, None, None
    a, b, _ = c.sides
    value, required = a(env), b(env)
    gap = None
    if not holds and value is not None and required is not None:
        if isinstance(value, Decimal):
            gap = abs(required - value)
        elif hasattr(value, 'toordinal'):
            gap = Decimal(abs((required - value).days))
    return c, holds, value, required, gap


# ---- a policy's formulas made ready ---------------------------------------------------------

class Movement:
    pass


class Criterion:
    pass


def prepare(policy):
    """Compile every formula of a policy, so that any mistake shows at once."""
    from .formula import parse
    c = policy.compiler = Compiler(policy)

    def at(e, work):
        try:
            return work()
        except RefError as error:
            raise RefError(f'{e.where}: {error}') from None

    def limit(e, name):
        text = e.get(name)
        if text is None:
            return None
        return at(e, lambda: c.typed(text, 'number'))

    for f in policy.figures.values():
        e = f.element
        if e.get('when'):
            f.when = at(e, lambda: c.condition(e.get('when')))
        if f.kind in ('kpi', 'adjust', 'scorecard'):
            f.floor, f.cap = limit(e, 'floor'), limit(e, 'cap')
        if f.kind in ('figure', 'kpi', 'adjust'):
            f.value = at(e, lambda: c.typed(f.formula, f.type))
    for f in policy.lines.values():
        e = f.element
        table = policy.tables.get(f.table_name)
        if table is None:
            raise RefError(f'{e.where}: no table {f.table_name}')
        scope = Scope((table,))
        f.value = at(e, lambda: c.typed(f.formula, f.type, scope))
        f.when = at(e, lambda: c.condition(e.get('when'), scope)) if e.get('when') else None
        f.weight = at(e, lambda: c.formula(f.weight_text, scope)[0]) if f.weight_text else None
        for name in (f.key, f.split):
            if name and name not in table.columns:
                raise RefError(f'{e.where}: {table.name} has no column {name}')
    movements = []
    for e in policy.movements:
        m = Movement()
        m.kind, m.title, m.target = e.need('kind'), e.get('title', ''), e.get('to')
        m.origins = [g.strip() for g in e.get('from', '*').replace('，', ',').split(',')]
        m.when = at(e, lambda: c.condition(e.get('when'))) if e.get('when') else None
        m.criteria = []
        for k in e.all('criterion'):
            r = Criterion()
            r.name = k.need('name')
            r.holds = at(k, lambda: c.condition(k.text))
            tree = parse(k.text)
            r.sides = at(k, lambda: c.sides(tree[1], tree[2], tree[3], Scope())) if tree[0] == 'cmp' else None
            m.criteria.append(r)
        movements.append(m)
    policy.movements = movements
    for e in policy.checks:
        e.holds = at(e, lambda: c.condition(e.get('when'))) if e.get('when') else None
    return policy


def run_checks(run, person):
    for e in person.policy.checks:
        if e.get('level') == 'error' and (e.holds is None or e.holds(Env(run, person))):
            raise RefError(f"{person.id}: check {e.get('name')}: {e.text.strip()} [{e.where}]")


