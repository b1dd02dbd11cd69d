"""CSV exports as they come: encodings, delimiters, title lines, two-row headers, total rows."""
import fnmatch
import os
import re
import unicodedata
from decimal import Decimal

from .values import (RefError, half_width, read_date, read_month, read_number, read_percent,
                     read_yesno)

TOTALS = ('合计', '总计', '小计')
ERRORS = ('#N/A', '#REF!', '#VALUE!', '#DIV/0!', '#NAME?', '#NULL!', '#NUM!')


def decode(data, where):
    if data.startswith(b'\xef\xbb\xbf'):
        return data[3:].decode('utf-8')
    if data[:2] in (b'\xff\xfe', b'\xfe\xff'):
        return data.decode('utf-16')
    for name in ('utf-8', 'gb18030'):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    raise RefError(f'{where}: in no known encoding')


def records(text, delimiter):
    """[(physical line, cells)], quoted fields with newlines included."""
    out, cells, field, line, start = [], [], [], 1, 1
    i, n, quoted = 0, len(text), False
    while i < n:
        c = text[i]
        if quoted:
            if c == '"' and text[i + 1:i + 2] == '"':
                field.append('"')
                i += 1
            elif c == '"':
                quoted = False
            else:
                if c == '\n' or (c == '\r' and text[i + 1:i + 2] != '\n'):
                    line += 1
                field.append(c)
        elif c == '"' and not ''.join(field).strip():
            field, quoted = [], True
        elif c == delimiter:
            cells.append(''.join(field))
            field = []
        elif c in '\r\n':
            if c == '\r' and text[i + 1:i + 2] == '\n':
                i += 1
            cells.append(''.join(field))
            out.append((start, cells))
            cells, field, line = [], [], line + 1
            start = line
        else:
            field.append(c)
        i += 1
    if quoted:
        raise RefError(f'line {start}: a quote is never closed')
    if field or cells:
        cells.append(''.join(field))
        out.append((start, cells))
    return out


def header_key(text):
    t = ''.join(c for c in unicodedata.normalize('NFKC', text) if not c.isspace() and c not in '\ufeff\0')
    return t.lstrip('*').lower()


class Sheet:
    """A file with its header found: .columns index of each wanted name, .rows data records."""

    def __init__(self, path, wanted, required, shown=None):
        """wanted: {header key: name}; required: names that must be there."""
        self.path = path
        self.where = shown or path
        with open(path, 'rb') as f:
            text = decode(f.read(), self.where)
        self.find(text, wanted, required)

    def find(self, text, wanted, required):
        best = None
        for delimiter in ',\t;':
            rows = records(text, delimiter)
            for i in range(min(len(rows), 20)):
                for depth in (1, 2):
                    names = self.header(rows, i, depth, wanted)
                    if names is None:
                        continue
                    missing = [n for n in required if n not in names]
                    score = (-len(missing), len(names), -depth, -i)
                    if best is None or score > best[0]:
                        best = (score, missing, names, rows, i + depth)
        if best is None or best[1]:
            lacks = ', '.join(best[1]) if best else 'header'
            raise RefError(f'{self.where}: column missing: {lacks}')
        self.columns, self.width = best[2], None
        rows, first = best[3], best[4]
        self.width = len(rows[first - 1][1])
        self.rows = rows[first:]

    @staticmethod
    def header(rows, i, depth, wanted):
        names, main = {}, ''
        if depth == 2 and i + 1 >= len(rows):
            return None
        upper = rows[i][1]
        lower = rows[i + 1][1] if depth == 2 else []
        for j in range(max(len(upper), len(lower))):
            top = upper[j] if j < len(upper) else ''
            sub = lower[j] if j < len(lower) else ''
            main = top if top.strip() else main
            for label in (sub, top) if depth == 2 else (top,):
                name = wanted.get(header_key(label)) if label.strip() else None
                if name:
                    break
            else:
                name = next((wanted[k] for k in (header_key(main + s + sub) for s in ('', '-', '/', '_', '.', '·'))
                             if k in wanted), None) if depth == 2 else None
            if name:
                if name in names:
                    return None
                names[name] = j
        if depth == 2 and not any(header_key(c) in wanted for c in lower if c.strip()):
            return None
        return names or None


def clean(cell):
    """Without the apostrophe, tab or ="…" that keep Excel from spoiling an id."""
    t = cell.strip().strip('\ufeff').strip()
    m = re.match(r'="(.*)"$', t)
    if m:
        t = m[1].strip()
    if t[:1] in ("'", '’', '‘'):
        t = t[1:].strip()
    return t


def cell_value(cell, column, grades, where):
    """One cell as the column's type; None for a blank."""
    t = clean(cell)
    kind = column.type
    if t == '' or (kind != 'text' and half_width(t) in ('-', '--')):
        return None
    if t.upper() in ERRORS or re.match(r'#+$', t):
        raise RefError(f"{where}: Excel error value '{t}'")
    if kind in ('money', 'number'):
        x = read_number(t)
    elif kind == 'percent':
        x = read_percent(t, column.unit)
    elif kind == 'date':
        x = read_date(t)
    elif kind == 'month':
        x = read_month(t)
    elif kind == 'yesno':
        x = read_yesno(t)
    elif kind == 'grade':
        x = grades.get(t) or grades.get(half_width(t))
    elif kind == 'choice':
        x = t if t in column.values else {half_width(v): v for v in column.values}.get(half_width(t))
    elif kind == 'id':
        x = half_width(t)
        if re.match(r'\d(\.\d+)?E\+\d+$', x, re.I):
            raise RefError(f"{where}: '{t}' has lost its digits")
    else:
        x = t
    if x is None:
        raise RefError(f"{where}: '{cell}' is not of type {kind}")
    if isinstance(x, Decimal):
        if column.min is not None and x < column.min or column.max is not None and x > column.max:
            raise RefError(f'{where}: {x} is outside {column.min} to {column.max}')
    return x


class Row:
    __slots__ = ('table', 'file', 'line', 'values', 'lines', 'order')

    def __init__(self, table, file, line, values, order):
        self.table, self.file, self.line, self.values, self.order = table, file, line, values, order
        self.lines = {}


def read_rows(path, table, grades, staff=None, first=0):
    """All rows of one file of a table; staff: the known ids, or None."""
    wanted, required = {}, []
    for c in table.columns.values():
        for label in [c.name] + c.aliases:
            wanted[header_key(label)] = c.name
        if c.required or c.role in ('person', 'id'):
            required.append(c.name)
    sheet = Sheet(path, wanted, required)
    rows, since = [], 0
    for line, cells in sheet.rows:
        where = f'{path}:{line}'
        texts = [c for c in cells if clean(c)]
        if not texts:
            continue
        word = half_width(clean(texts[0])).rstrip(':：').replace(' ', '')
        if word in TOTALS:
            check_total(rows[since:] if word == '小计' else rows, sheet, table, cells, where)
            since = len(rows)
            continue
        if len(cells) < sheet.width or any(clean(c) for c in cells[sheet.width:]):
            raise RefError(f'{where}: {len(cells)} cells, the header has {sheet.width}')
        values, raw = {}, {}
        for name, c in table.columns.items():
            v = None
            if name in sheet.columns:
                v = cell_value(cells[sheet.columns[name]], c, grades, f'{where}: {name}')
            raw[name] = v
            if v is None:
                v = c.default
            if v is None and c.required:
                raise RefError(f'{where}: {name} is blank')
            values[name] = v
        person = table.by_role.get('person')
        if person and staff is not None and values[person] not in staff:
            raise RefError(f"{where}: {person} '{values[person]}' is unknown")
        rows.append(Row(table, path, line, values, first + len(rows)))
        rows[-1].lines['raw'] = raw
    for r in rows:
        r.lines.clear()
    return rows


def check_total(rows, sheet, table, cells, where):
    for name, c in table.columns.items():
        if c.type not in ('money', 'number') or name not in sheet.columns:
            continue
        j = sheet.columns[name]
        said = read_number(clean(cells[j])) if j < len(cells) and clean(cells[j]) else None
        if said is None:
            continue
        found = sum((r.lines['raw'][name] or 0 for r in rows), Decimal(0))
        if said != found:
            raise RefError(f'{where}: {name}: total {said}, but the rows make {found}')


def files_for(pattern, folders):
    """The files of the first folder that has any, by name."""
    for folder in folders:
        if os.path.isdir(folder):
            names = sorted(n for n in os.listdir(folder) if fnmatch.fnmatchcase(n, pattern))
            if names:
                return [os.path.join(folder, n) for n in names]
    return []


def simple(path):
    """A file of headers and cells without a declared table: [{header: cell}] with '#' the line."""
    with open(path, 'rb') as f:
        text = decode(f.read(), path)
    head = text.split('\n', 1)[0]
    delimiter = max(',\t;', key=head.count)
    rows = [(line, [clean(c) for c in cells]) for line, cells in records(text, delimiter)]
    rows = [(line, cells) for line, cells in rows if any(cells)]
    if not rows:
        return []
    names = [c.lstrip('*') for c in rows[0][1]]
    return [dict(zip(names, cells + [''] * len(names)), **{'#': line}) for line, cells in rows[1:]]
