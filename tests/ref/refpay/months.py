"""The input folder: company.xml, the months, their tables, people and schemes."""
import os
import re

from . import csvread
from .calendars import Calendar
from .compile import Env, Scope
from .engine import Person, Run, TableData, prepare, run_checks
from .groups import Units
from .history import History, Past
from .policy import Policy
from .values import (RefError, month_first, month_index, month_last, month_of, month_text, pay_rule, read_literal,
                     read_number, read_percent)
from .xmlread import read

NAMESPACE = 'urn:salespay:company:1'


class Entry:
    """One <policy> of company.xml."""

    def __init__(self, e, folder):
        self.scheme, self.href, self.when = e.get('scheme', ''), e.need('href'), e.get('when')
        self.start = month_index(e.get('from')) if e.get('from') else 0
        self.path = os.path.join(folder, self.href)
        self.where = e.where


class Company:
    def __init__(self, folder):
        self.folder = folder
        root = read(os.path.join(folder, 'company.xml'), NAMESPACE)
        self.entries = [Entry(e, folder) for e in root.all('policy')]
        pay = (root.all('pay') or [None])[0]
        self.pay_day = int(pay.get('day', '31')) if pay else 31
        self.pay_next = pay is not None and pay.get('month') == 'next'
        self.loaded = {}
        path = os.path.join(folder, 'calendar.csv')
        self.calendar = Calendar.read(path) if os.path.exists(path) else Calendar()

    def pay_date(self, month):
        return pay_rule(self.pay_day, self.pay_next)(month)

    def policy(self, path):
        if path not in self.loaded:
            self.loaded[path] = prepare(Policy(path))
        return self.loaded[path]

    def in_force(self, month):
        """[(entry, policy)] in company.xml's order."""
        latest = {}
        for e in self.entries:
            if e.start <= month and (e.scheme not in latest or latest[e.scheme].start < e.start):
                latest[e.scheme] = e
        chosen = [e for e in self.entries if e in latest.values()]
        return [(e, self.policy(e.path)) for e in chosen]

    def months(self):
        return sorted(month_index(n) for n in os.listdir(self.folder) if re.match(r'\d{4}-\d\d$', n) and
                      os.path.isdir(os.path.join(self.folder, n)))


def default_pay_date(month):
    return month_last(month)


def load_tables(company, month, policies):
    """policy -> {name: TableData}; the staff table is read once and shared."""
    folders = [os.path.join(company.folder, month_text(month)), os.path.join(company.folder, 'common')]
    grades = {}
    for p in policies:
        for g in p.grades.values():
            grades.setdefault(g.title, g)
    for p in policies:
        for g in p.grades.values():
            grades[g.id] = g
    grades.pop('', None)

    def rows(table, staff):
        files = csvread.files_for(table.file, folders)
        if not files and table.required:
            raise RefError(f'{folders[0]}: no file {table.file}')
        out = []
        for path in files:
            out += csvread.read_rows(path, table, grades, staff, len(out))
        return out

    first = policies[0]
    if first.staff is None:
        raise RefError(f'{first.path}: no staff table')
    staff_rows = rows(first.staff, None)
    ids = {r.values[first.staff.by_role['id']] for r in staff_rows}
    tables = {}
    for p in policies:
        tables[p] = {}
        for t in p.tables.values():
            same = staff_rows if t.role == 'staff' else rows(t, ids)
            tables[p][t.name] = TableData(t, same)
        for data in tables[p].values():
            check_references(data, tables[p])
    return tables, staff_rows


def check_references(data, tables):
    for c in data.table.columns.values():
        for row in data.rows if c.ref else []:
            key = row.values[c.name]
            if key is not None and key not in tables[c.ref].by_key:
                raise RefError(f"{row.file}:{row.line}: table {c.ref} has no '{key}'")


def compute_month(company, month, history, hold=False):
    pairs = company.in_force(month)
    if not pairs:
        raise RefError(f'{month_text(month)}: no policy in force')
    policies = [p for _, p in pairs]
    tables, staff_rows = load_tables(company, month, policies)
    run = Run(month, policies, company.calendar, history, company.pay_date, tables)
    for p in policies:
        if p.units:
            run.units = Units(tables[p][p.units.name].rows, p.units)
            break
    chosen = [(e.when and p.compiler.condition(e.when, Scope()), e, p) for e, p in pairs]
    for row in staff_rows:
        person = Person(policies[0].staff, row)
        if person.left is not None and person.left < month_first(month):
            run.excluded.append((person.id, person.name, f'离职日期 {person.left} 在本月之前'))
            continue
        if person.hired is not None and person.hired > month_last(month):
            run.excluded.append((person.id, person.name, f'入职日期 {person.hired} 在本月之后'))
            continue
        fitting = [p for when, _, p in chosen if not when or when(Env(run, person))]
        if len(fitting) > 1:
            raise RefError(f'{row.file}:{row.line}: {person.id} fits several schemes')
        if not fitting:
            run.excluded.append((person.id, person.name, '不适用任何方案'))
            continue
        person.policy = fitting[0]
        run.people.append(person)
    run.people.sort(key=lambda p: p.id.encode())
    for person in run.people:
        for name in person.policy.figures:
            run.figure(person, name)
        for line in person.policy.lines.values():
            for row in run.rows(person.policy, person.policy.tables[line.table_name], person):
                run.line(person, line, row)
        if not hold:
            run_checks(run, person)
    return run


def remember(run, history):
    """This month's results become the books of the months to come."""
    for person in run.people:
        values = {n: v for n, v in person.values.items()}
        history.add(Past(run.month, values, person.grade, person.unit), person.id)
        for line, row, value in lines_of(run, person):
            if line.key:
                from .values import show
                key = show(row.values.get(line.key), row.table.columns[line.key].type)
                history.add_line(run.month, person.id, line.name, key, value)


def lines_of(run, person):
    """(line, row, value) of a person, line by line in policy order, rows in file order."""
    for line in person.policy.lines.values():
        for row in run.rows(person.policy, person.policy.tables[line.table_name], person):
            yield line, row, run.line(person, line, row)


# ---- books from before: opening.csv, or ledgers of another run -------------------------------

def ledger_value(text, kind):
    """A cell as ledger.csv writes it, a percent therefore without sign."""
    if text.strip() == '':
        return None
    if kind == 'percent':
        return read_percent(text, bare=True)
    if kind in ('money', 'number'):
        x = read_number(text)
        if x is None:
            raise RefError(f"'{text}' in the books is no number")
        return x
    return read_literal(text, kind)


def read_ledger(path, history, policies, month=None, before=None):
    """month None: the month stands in each row.  Rows of months that are computed anyway (not < before) are left out."""
    staff = policies[0].staff.by_role
    kinds = {}
    for p in policies:
        for f in p.figures.values():
            kinds.setdefault(f.name, f.type)
    grades = {}
    for p in policies:
        for g in p.grades.values():
            grades.setdefault(g.title, g)
            grades[g.id] = g
    for r in csvread.simple(path):
        m = month if month is not None else month_of_cell(r)
        if before is not None and m in before:
            continue
        values = {n: ledger_value(r[n], k) for n, k in kinds.items() if n in r}
        grade = grades.get(r.get(staff.get('grade'), ''))
        history.add(Past(m, values, grade, r.get(staff.get('unit')) or None), r[staff['id']])


def month_of_cell(r):
    from .values import read_month
    d = read_month(r['月份'])
    if d is None:
        raise RefError(f"'{r['月份']}' is no month")
    return month_of(d)


def read_lines(path, history, name, month=None, before=None):
    for r in csvread.simple(path):
        m = month if month is not None else month_of_cell(r)
        if before is None or m not in before:
            history.add_line(m, r['id'], name, r.get('key', ''), read_number(r['value']) if r['value'] else None)


def opening(company, history, policies, months, records=None):
    path = os.path.join(company.folder, 'opening.csv')
    if os.path.exists(path):
        read_ledger(path, history, policies, before=months)
    for name in sorted(os.listdir(company.folder)):
        m = re.match(r'opening-lines-(.*)\.csv$', name)
        if m:
            read_lines(os.path.join(company.folder, name), history, m[1], before=months)
    for name in sorted(os.listdir(records)) if records and os.path.isdir(records) else []:
        folder = os.path.join(records, name)
        if not re.match(r'\d{4}-\d\d$', name) or month_index(name) in months:
            continue
        month = month_index(name)
        read_ledger(os.path.join(folder, 'ledger.csv'), history, policies, month)
        for file in sorted(os.listdir(folder)):
            m = re.match(r'lines-(.*)\.csv$', file)
            if m:
                read_lines(os.path.join(folder, file), history, m[1], month)


def compute(folder, last=None, records=None, hold=False):
    """Every month with a folder up to last, oldest first; yields its Run."""
    company = Company(folder)
    months = [m for m in company.months() if last is None or m <= last]
    history = History()
    policies = [company.policy(e.path) for e in company.entries]
    opening(company, history, policies, months, records)
    known = sorted(set(months) | set(history.ledgers))
    for a, b in zip(known, known[1:]):
        if b != a + 1:
            raise RefError(f'{month_text(a + 1)} is a hole in the books')
    for month in months:
        run = compute_month(company, month, history, hold)
        remember(run, history)
        yield run
