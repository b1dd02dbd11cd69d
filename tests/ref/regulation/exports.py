"""The clerk's exports, as they are: a file is a list of rows, a row is read by the column titles of the export."""
import datetime
import os
import sys
import unicodedata
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from refpay.csvread import decode, records      # noqa: E402  (bytes to cells; nothing more is shared)

YES = ('是', 'yes', 'Y', '1', '√')
NO = ('否', 'no', 'N', '0', '×')


def half(text):
    return unicodedata.normalize('NFKC', text).strip()


class Row:
    def __init__(self, cells, line):
        self.cells, self.line = cells, line

    def text(self, title):
        return self.cells[title].strip().lstrip("'").strip() or None

    def number(self, title, blank=None):
        text = half(self.text(title) or '')
        if text in ('', '-', '--'):
            return blank
        percent = text.endswith('%')
        text = text.rstrip('%元').lstrip('¥¥').replace(',', '')
        return Decimal(text) / 100 if percent else Decimal(text)

    def yes(self, title, blank=None):
        text = half(self.text(title) or '')
        if not text:
            return blank
        if text not in YES + NO:
            raise ValueError(f'line {self.line}, {title}: {text}')
        return text in YES

    def date(self, title):
        text = half(self.text(title) or '')
        if text in ('', '-', '--'):
            return None
        for mark in '年月/':
            text = text.replace(mark, '-')
        parts = text.rstrip('日').rstrip('-').split('-')
        if len(parts) == 1:
            parts = [text[:4], text[4:6], text[6:8]]
        return datetime.date(*(int(p) for p in (parts + ['1'])[:3]))


def sheet(path, first):
    """The rows under the header that has the title `first`; a second header row names the columns of a group; ends at total rows."""
    with open(path, 'rb') as f:
        text = decode(f.read(), path)
    delimiter = max('\t,;', key=text[:2000].count)
    lines = [(n, c) for n, c in records(text, delimiter) if any(x.strip() for x in c)]
    at = next(i for i, (_, c) in enumerate(lines) if first in [x.strip().lstrip('*') for x in c])
    titles = [half(t).lstrip('*') for t in lines[at][1]]
    if at + 1 < len(lines) and not lines[at + 1][1][titles.index(half(first))].strip():
        for i, sub in enumerate(lines[at + 1][1]):
            titles[i] = half(sub) or titles[i]
        at += 1
    rows = []
    for line, cells in lines[at + 1:]:
        if cells[0].strip() in ('合计', '总计', '小计'):
            continue
        rows.append(Row(dict(zip(titles, cells)), line))
    return rows


class Folder:
    """One month's exports, over common/ where the month has no file of its own."""

    def __init__(self, top, month):
        self.top, self.month = top, month

    def path(self, name):
        for place in (self.month, 'common'):
            path = os.path.join(self.top, place, name + '.csv')
            if os.path.exists(path):
                return path
        return None

    def rows(self, name, first):
        path = self.path(name)
        return sheet(path, first) if path else []

    def by_person(self, name, first):
        return {r.text(first): r for r in self.rows(name, first)}
