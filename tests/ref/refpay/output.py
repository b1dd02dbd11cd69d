"""ledger.csv, lines-NAME.csv, movements.csv, excluded.csv as the contract writes them."""
import os

from .months import lines_of
from .values import cut30, show


def field(text):
    if any(c in text for c in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write(path, rows):
    with open(path, 'w', encoding='utf-8', newline='') as f:
        for r in rows:
            f.write(','.join(field(c) for c in r) + '\n')


def figure_names(run):
    names = {}
    for p in run.policies:
        for f in p.figures.values():
            names.setdefault(f.name, f.type)
    return names


def ledger(run):
    role = run.policies[0].staff.by_role
    staff = [(r, role[r]) for r in ('id', 'name', 'unit', 'grade') if r in role]
    kinds = figure_names(run)
    yield [c for _, c in staff] + list(kinds)
    for p in run.people:
        fixed = {'id': p.id, 'name': p.name, 'unit': p.unit, 'grade': p.grade and p.grade.id}
        yield [fixed[r] or '' for r, _ in staff] + [show(p.values.get(n), k) for n, k in kinds.items()]


def line_files(run):
    """name -> rows, header first; one file for every line of a policy in force."""
    files = {n: [['id', 'key', 'file line', 'value']] for p in run.policies for n in p.lines}
    for p in run.people:
        for line, row, value in lines_of(run, p):
            key = show(row.values.get(line.key), row.table.columns[line.key].type) if line.key else ''
            files[line.name].append([p.id, key, str(row.line), show(value, line.type)])
    return files


def side(value, kind):
    if hasattr(value, 'as_tuple'):
        value = cut30(value)
    return show(value, kind)


def movements(run):
    yield ['id', 'movement', 'from', 'to', 'verdict', 'criterion', 'holds', 'value', 'required', 'gap']
    for p in run.people:
        for m, grade, target, verdict, rows in run.movements(p):
            for c, holds, value, required, gap in rows:
                kind = c.sides[2] if c.sides else None
                yield [p.id, m.title, grade.id, target.id if target else '', verdict, c.name, show(holds, 'yesno'),
                       side(value, kind), side(required, kind), show(gap, kind)]


def write_month(run, folder):
    os.makedirs(folder, exist_ok=True)
    write(os.path.join(folder, 'ledger.csv'), ledger(run))
    write(os.path.join(folder, 'movements.csv'), movements(run))
    rows = sorted(run.excluded, key=lambda r: r[0].encode())
    write(os.path.join(folder, 'excluded.csv'), [['id', 'name', 'reason']] + [[c or '' for c in r] for r in rows])
    for name, lines in line_files(run).items():
        write(os.path.join(folder, f'lines-{name}.csv'), lines)
