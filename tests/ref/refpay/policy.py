"""A policy read from XML: declarations only; formulas are compiled by compile.py."""
import os
from decimal import Decimal

from . import csvread
from .values import (NUMERIC, RefError, half_width, month_index, read_literal, read_number,
                     read_percent)
from .xmlread import read

NAMESPACE = 'urn:salespay:policy:1'
LIBRARY = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'templates', 'policies')


def located(document, name):
    """The file that a document names relative to itself: below the company's policies/, else in the program's library."""
    path = os.path.normpath(os.path.join(os.path.dirname(document), name))
    parts = path.split(os.sep)
    if os.path.exists(path) or 'policies' not in parts:
        return path
    last = len(parts) - 1 - parts[::-1].index('policies')
    return os.path.join(LIBRARY, *parts[last + 1:])


class Column:
    def __init__(self, e, table):
        self.name = e.need('name')
        self.type = e.need('type')
        self.role = e.get('role')
        self.aliases = [a.strip() for a in e.get('aliases', '').split('|') if a.strip()]
        self.required = e.get('required') == 'yes'
        self.values = [v.strip() for v in e.get('values', '').split('|') if v.strip()]
        self.unit = e.get('unit')
        self.sensitive = e.get('sensitive') == 'yes'
        self.ref = e.get('ref')
        self.where = e.where
        self.table = table
        self.min, self.max = self.bound(e.get('min')), self.bound(e.get('max'))
        self.default_text = e.get('default')
        self.default = None
        if self.default_text is not None and self.type != 'grade':
            self.default = read_literal(self.default_text, self.type)

    def bound(self, text):
        if text is None:
            return None
        x = read_percent(text) if half_width(text).endswith('%') else read_number(text)
        if x is None:
            raise RefError(f"{self.where}: bound '{text}' is not a number")
        return x


class Table:
    def __init__(self, e):
        self.name = e.need('name')
        self.file = e.get('file') or self.name + '.csv'
        self.role = e.get('role')
        self.rows = e.get('rows', 'many')
        self.required = e.get('required') == 'yes'
        self.where = e.where
        self.columns = {}
        for c in e.all('column'):
            column = Column(c, self)
            if column.name in self.columns:
                raise RefError(f'{c.where}: column {column.name} twice')
            self.columns[column.name] = column
        self.by_role = {c.role: c.name for c in self.columns.values() if c.role}
        self.one = self.rows == 'one' or self.role in ('staff', 'units')
        self.key = self.by_role.get('person') or self.by_role.get('unit') if self.role not in ('staff', 'units') else None
        self.key = self.key or self.by_role.get('id')


class Grade:
    def __init__(self, id, title, track, order, sets):
        self.id, self.title, self.track, self.order, self.sets = id, title, track, order, sets

    def __eq__(self, other):
        return isinstance(other, Grade) and other.id == self.id

    def __hash__(self):
        return hash(self.id)

    def __str__(self):
        return self.id


class Named:
    """A parameter, rates or tiers element with its values."""

    def __init__(self, e, kind):
        self.name, self.kind, self.where = e.need('name'), kind, e.where


class Figure:
    """figure, line, total, scorecard, kpi, adjust: whatever has a value of its own."""

    def __init__(self, e, kind, type):
        self.name, self.kind, self.type = e.need('name'), kind, type
        self.where, self.element = e.where, e
        self.section = e.get('section', 'facts' if kind == 'figure' else None)
        self.rounding = e.get('rounding')
        step = e.get('round')
        self.step = read_number(step) if step else Decimal('0.01') if type == 'money' else None
        if step and self.step is None:
            raise RefError(f"{e.where}: round '{step}'")
        self.formula = e.text.strip()
        self.when = self.value = None       # compiled
        self.needs = set()
        self.scorecard = None

    def section_of(self):
        return self.element.need('section')


class Policy:
    def __init__(self, path):
        self.path = path
        self.tables, self.parameters, self.sets, self.grades = {}, {}, {}, {}
        self.rates, self.tiers, self.figures, self.lines = {}, {}, {}, {}
        self.movements, self.checks, self.examples, self.exports = [], [], [], []
        self.staff = self.units = None
        self.first_from = None
        root = read(path, NAMESPACE)
        if root.tag != 'policy':
            raise RefError(f'{root.where}: <policy> expected')
        self.id, self.title = root.get('id'), root.get('title')
        elements = self.flatten(root, {os.path.realpath(path)})
        elements = self.replace(elements)
        self.names = {}
        for e in elements:
            handler = getattr(self, 'read_' + e.tag, None)
            if handler is None:
                if e.tag not in ('p', 'ul', 'ol', 'li', 'chart', 'replace'):
                    raise RefError(f'{e.where}: <{e.tag}> is unknown')
                continue
            handler(e)
        for c in self.columns():
            if c.name in self.names:
                raise RefError(f'{c.where}: column {c.name} bears the name of {self.names[c.name]}')
            if c.type == 'grade' and c.default_text:
                c.default = self.grade_by(c.default_text)
        self.total_types()

    def flatten(self, root, seen):
        out = []
        for e in root.children:
            if e.tag == 'include':
                path = located(root.path, e.need('href'))
                real = os.path.realpath(path)
                if real not in seen:
                    seen.add(real)
                    out += self.flatten(read(path, NAMESPACE), seen)
            elif e.tag == 'article':
                out += self.flatten(e, seen)
            else:
                out.append(e)
        return out

    def replace(self, elements):
        for r in [e for e in elements if e.tag == 'replace']:
            new = r.children[0]
            places = [(lst, i) for lst in [elements] + [e.children for e in elements if e.tag == 'scorecard']
                      for i, e in enumerate(lst) if e.tag != 'replace' and e.get('name') == r.need('name')]
            if not places:
                raise RefError(f"{r.where}: nothing of name {r.need('name')} to replace")
            lst, i = places[0]
            lst[i] = new
        return [e for e in elements if e.tag != 'replace']

    def claim(self, name, where):
        if name in self.names:
            raise RefError(f'{where}: {name} is already declared at {self.names[name]}')
        self.names[name] = where

    def columns(self):
        return [c for t in self.tables.values() for c in t.columns.values()]

    def grade_by(self, text):
        for g in self.grades.values():
            if text in (g.id, g.title):
                return g
        return None

    # ---- elements ------------------------------------------------------------------------

    def read_table(self, e):
        t = Table(e)
        self.claim(t.name, e.where)
        self.tables[t.name] = t
        if t.role == 'staff':
            self.staff = t
        if t.role == 'units':
            self.units = t

    def rows_of(self, e, wanted=None):
        path = located(e.path, e.get('file'))
        return csvread.simple(path)

    def read_parameter(self, e):
        p = Named(e, 'parameter')
        p.type = e.get('type', 'number')
        self.claim(p.name, e.where)
        if e.get('file'):
            pairs = [(r['from'], r['值']) for r in self.rows_of(e)]
        else:
            pairs = [(v.need('from'), v.text) for v in e.all('value')]
        p.values = sorted((month_index(m), read_literal(v, p.type)) for m, v in pairs)
        if p.values:
            first = p.values[0][0]
            self.first_from = first if self.first_from is None else min(first, self.first_from)
        self.parameters[p.name] = p

    def read_grades(self, e):
        found = []
        if e.get('file'):
            for r in self.rows_of(e):
                sets = {k: (v, None) for k, v in r.items() if k not in ('id', 'title', 'track', 'order', '#') and k}
                found.append((r['id'], r.get('title', ''), r.get('track', ''), r.get('order', '0'), sets))
        for g in e.all('grade'):
            sets = {s.need('name'): (s.text, s.get('type')) for s in g.all('set')}
            found.append((g.need('id'), g.get('title', ''), g.get('track', ''), g.get('order', '0'), sets))
        for _, _, _, _, sets in found:
            for name, (_, kind) in sets.items():
                if name not in self.sets:
                    self.claim(name, e.where)
                    self.sets[name] = None
                self.sets[name] = self.sets[name] or kind
        for name in self.sets:
            self.sets[name] = self.sets[name] or 'money'
        for id, title, track, order, sets in found:
            if id in self.grades:
                raise RefError(f'{e.where}: grade {id} twice')
            values = {n: read_literal(v, self.sets[n]) for n, (v, _) in sets.items()}
            self.grades[id] = Grade(id, title, track, Decimal(order), values)

    def read_rates(self, e):
        r = Named(e, 'rates')
        r.type = e.get('type', 'percent')
        self.claim(r.name, e.where)
        r.keys = [k.strip() for k in e.need('keys').replace('，', ',').split(',')]
        if e.get('file'):
            pairs = [([row[k] for k in r.keys], row['值']) for row in self.rows_of(e)]
        else:
            pairs = [([k.strip() for k in v.need('for').replace('，', ',').split(',')], v.text) for v in e.all('rate')]
        r.entries = []
        for keys, value in pairs:
            if len(keys) != len(r.keys):
                raise RefError(f'{e.where}: {keys} has not {len(r.keys)} keys')
            r.entries.append((keys, read_literal(value, r.type)))
        other = e.all('otherwise')
        r.has_otherwise = bool(other)
        r.otherwise = read_literal(other[0].text, r.type) if other else None
        self.rates[r.name] = r

    def read_tiers(self, e):
        t = Named(e, 'tiers')
        t.type = e.get('type', 'percent')
        t.mode = e.need('mode')
        t.negative = e.get('negative', 'error')
        self.claim(t.name, e.where)
        if e.get('file'):
            rows = [({k: r[k] for k in ('from', 'over') if r.get(k)}, r['值'], e) for r in self.rows_of(e)]
        else:
            rows = [(v.attrs, v.text, v) for v in e.all('tier')]
        t.entries = []              # (bound, strict, entry)
        for attrs, value, at in rows:
            strict = 'over' in attrs
            text = attrs['over'] if strict else attrs['from']
            bound = read_percent(text) if half_width(text).endswith('%') else read_number(text)
            if bound is None:
                raise RefError(f"{at.where}: bound '{text}'")
            if t.entries and bound <= t.entries[-1][0]:
                raise RefError(f'{at.where}: bounds must ascend')
            t.entries.append((bound, strict, read_literal(value, t.type)))
        if t.mode not in ('marginal', 'whole', 'value', 'linear') or not t.entries:
            raise RefError(f'{e.where}: tiers of mode {t.mode}')
        self.tiers[t.name] = t

    def add_figure(self, f):
        self.claim(f.name, f.where)
        self.figures[f.name] = f
        return f

    def read_figure(self, e):
        kind = e.need('type')
        if kind not in NUMERIC + ('yesno', 'text', 'date'):
            raise RefError(f'{e.where}: type {kind}')
        self.add_figure(Figure(e, 'figure', kind))

    def read_total(self, e):
        self.add_figure(Figure(e, 'total', 'money'))

    def read_scorecard(self, e):
        parts = []
        for k in e.all('kpi', 'adjust'):
            f = self.add_figure(Figure(k, k.tag, 'number'))
            f.step = None
            parts.append(f)
        s = Figure(e, 'scorecard', 'number')
        s.missing = e.get('missing', 'error')
        s.kpis = [f for f in parts if f.kind == 'kpi']
        s.adjusts = [f for f in parts if f.kind == 'adjust']
        for f in s.kpis:
            f.weight = read_number(f.element.need('weight').rstrip('%'))
        for f in parts:
            f.scorecard = s
        self.add_figure(s)

    def read_line(self, e):
        f = Figure(e, 'line', e.get('type', 'money'))
        f.table_name = e.need('table')
        f.key = e.get('key')
        f.split, f.weight_text = e.get('split'), e.get('weight')
        self.claim(f.name, e.where)
        self.lines[f.name] = f

    def read_check(self, e):
        self.claim(e.need('name'), e.where)
        self.checks.append(e)

    def read_movement(self, e):
        self.movements.append(e)

    def read_example(self, e):
        self.examples.append(e)

    def read_export(self, e):
        self.exports.append(e)

    def total_types(self):
        for f in self.figures.values():
            if f.kind != 'total':
                continue
            f.parts = [g for g in self.figures.values() if g.kind == 'figure' and g.section == f.section_of()]
            types = {g.type for g in f.parts}
            if types - set(NUMERIC) or len(types) > 1:
                raise RefError(f'{f.where}: section {f.section_of()} has figures of types {sorted(types)}')
            f.type = types.pop() if types else 'money'
            f.step = None

