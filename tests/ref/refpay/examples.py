"""The examples that stand beside a policy's articles, executed."""

from .compile import Env, Scope
from .csvread import Row, cell_value, clean, header_key, records
from .engine import Person, Run, TableData
from .groups import Units
from .history import History, Past
from .values import RefError, month_index, pay_rule, read_literal, show

SELF = '示例'


def example_rows(e, table, grades):
    """CSV with a header inside an element; the person column may be left out."""
    lines = '\n'.join(line.strip() for line in e.text.strip().splitlines())
    found = [(n, cells) for n, cells in records(lines, ',') if any(clean(c) for c in cells)]
    wanted = {header_key(a): c.name for c in table.columns.values() for a in [c.name] + c.aliases}
    names = [wanted.get(header_key(h)) for h in found[0][1]]
    if None in names:
        raise RefError(f'{e.where}: unknown column {found[0][1][names.index(None)]}')
    out = []
    for n, cells in found[1:]:
        values = {c.name: c.default for c in table.columns.values()}
        for name, cell in zip(names, cells):
            v = cell_value(cell, table.columns[name], grades, f'{e.where}: {name}')
            if v is not None:
                values[name] = v
        person = table.by_role.get('person')
        if person and person not in names:
            values[person] = SELF
        out.append(Row(table, e.path, e.line + n, values, len(out)))
    return out


class Case:
    """One <example>: a company of one person."""

    def __init__(self, policy, e, calendar, pay_date, month):
        self.policy, self.e = policy, e
        month = month_index(e.get('month')) if e.get('month') else month
        if e.get('pay-day') or e.get('pay-month'):
            pay_date = pay_rule(int(e.get('pay-day', '31')), e.get('pay-month') == 'next')
        self.grades = {}
        for g in policy.grades.values():
            self.grades.setdefault(g.title, g)
        self.grades.update(policy.grades)
        self.rows = {t.name: [] for t in policy.tables.values()}
        self.given, self.figures = {}, {}
        staff = self.blank(policy.staff)
        role = policy.staff.by_role
        staff.values[role['id']] = SELF
        if e.get('grade'):
            staff.values[role['grade']] = self.grade(e.get('grade'))
        self.rows[policy.staff.name].append(staff)
        for g in e.all('given'):
            self.give(g)
        me = staff.values[role['id']]
        for r in e.all('rows'):
            table = policy.tables.get(r.need('table'))
            if table is None:
                raise RefError(f"{r.where}: no table {r.get('table')}")
            rows = example_rows(r, table, self.grades)
            if table.role == 'staff':
                raise RefError(f'{r.where}: an example has one person')
            for row in rows:
                person = table.by_role.get('person')
                if person and row.values[person] == SELF:
                    row.values[person] = me
            self.rows[table.name] += rows
        history = History()
        for p in e.all('past'):
            self.past(p, history, staff, me)
        for table in policy.tables.values():
            person = table.by_role.get('person')
            for row in self.rows[table.name]:
                if person and row.values.get(person) is None:
                    row.values[person] = me
        data = {t.name: TableData(t, self.rows[t.name]) for t in policy.tables.values()}
        self.run = Run(month, [policy], calendar, history, pay_date, {policy: data}, self.given)
        if policy.units:
            self.run.units = Units(self.rows[policy.units.name], policy.units)
        self.person = Person(policy.staff, staff)
        self.person.policy = policy
        self.person.values.update(self.figures)
        self.run.people = [self.person]

    def grade(self, text):
        if text not in self.grades:
            raise RefError(f'{self.e.where}: no grade {text}')
        return self.grades[text]

    def blank(self, table):
        return Row(table, self.e.path, self.e.line, {c.name: c.default for c in table.columns.values()}, 0)

    def find(self, name, where):
        """-> ('column', Column) or ('figure' | 'constant', type)"""
        p = self.policy
        if '.' in name or '．' in name:
            table, _, column = name.replace('．', '.').partition('.')
            if table in p.tables and column in p.tables[table].columns:
                return 'column', p.tables[table].columns[column]
        elif name in p.figures:
            return 'figure', p.figures[name].type
        elif name in p.parameters:
            return 'constant', p.parameters[name].type
        elif name in p.sets:
            return 'constant', p.sets[name]
        else:
            found = [c for c in p.columns() if c.name == name]
            staff = [c for c in found if c.table.role == 'staff']
            if len(found) == 1 or staff:
                return 'column', (staff or found)[0]
        raise RefError(f'{where}: unknown name {name}')

    def give(self, g):
        kind, what = self.find(g.need('name').strip(), g.where)
        text, name = g.text.strip(), g.get('name').strip()
        if kind == 'figure':
            self.figures[name] = read_literal(text, what)
        elif kind == 'constant':
            self.given[name] = read_literal(text, what)
        else:
            rows = self.rows[what.table.name]
            if not rows:
                rows.append(self.blank(what.table))
            if text in ('', '空', 'none'):
                rows[0].values[what.name] = None
            elif what.type == 'percent':
                rows[0].values[what.name] = read_literal(text, 'percent') if not what.unit or '%' in text else \
                    cell_value(text, what, self.grades, g.where)
            else:
                rows[0].values[what.name] = cell_value(text, what, self.grades, g.where)

    def past(self, p, history, staff, me):
        role = self.policy.staff.by_role
        values = {}
        grade = self.grade(p.get('grade')) if p.get('grade') else staff.values.get(role.get('grade'))
        unit = staff.values.get(role.get('unit'))
        month = month_index(p.need('month'))
        for g in p.all('given'):
            kind, what = self.find(g.need('name').strip(), g.where)
            text = g.text.strip()
            if kind == 'figure':
                values[g.get('name').strip()] = read_literal(text, what)
            elif kind == 'column' and what.role == 'grade':
                grade = self.grade(text)
            elif kind == 'column' and what.role == 'unit':
                unit = text or None
            else:
                raise RefError(f"{g.where}: {g.get('name')} is in no ledger")
        history.add(Past(month, values, grade, unit), me)

    def check(self):
        """-> [(name, expected text, computed text)] of what fails"""
        wrong = []
        for x in self.e.all('expect'):
            name = x.need('name').strip()
            fn, kind = self.policy.compiler.formula(name, Scope())
            try:
                value = fn(Env(self.run, self.person))
            except RefError as error:
                wrong.append((name, x.text.strip(), f'error: {error}'))
                continue
            declared = self.policy.figures[name].type if name in self.policy.figures else kind
            try:
                expected = read_literal(x.text, {'bare': 'number', 'none': 'text', 'grade': 'grade'}.get(declared, declared),
                                        self.grades)
            except RefError as error:
                wrong.append((name, x.text.strip(), f'error: {error}'))
                continue
            if value != expected:
                wrong.append((name, x.text.strip(), show(value, declared)))
        return wrong


def run_examples(policy, calendar, pay_date, month=None):
    """-> (number of examples, [(place, title, name, expected, computed)])"""
    if month is None:
        month = policy.first_from if policy.first_from is not None else month_index('2026-01')
    wrong = []
    for e in policy.examples:
        try:
            wrong += [(e.where, e.get('title', ''), *w) for w in Case(policy, e, calendar, pay_date, month).check()]
        except RefError as error:
            wrong.append((e.where, e.get('title', ''), '', '', f'error: {error}'))
    return len(policy.examples), wrong
