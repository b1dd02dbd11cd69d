"""Planting defects in tests/company: files as rows that know their line once they are written. See tests/defects.py."""
import csv

import sheets

HEADER = "header"
ANY = "any column"


class Row:
    def __init__(self, cells):
        self.cells, self.raw, self.line = list(cells), None, 0

    def text(self):
        return self.raw if self.raw is not None else ",".join(sheets.quote(cell) for cell in self.cells)


class Sheet:
    """One file of the company being edited."""

    def __init__(self, below):
        with open(sheets.INPUT / below, encoding="utf-8", newline="") as lines:
            self.header, *self.rows = [Row(cells) for cells in csv.reader(lines)]
        self.below, self.names, self.whole, self.base = below, list(self.header.cells), None, list(self.rows)

    def row(self, which):
        return self.header if which == HEADER else self.base[which]

    def column(self, name):
        return self.names.index(name)

    def write(self, folder):
        path = folder / self.below
        if callable(self.whole):
            path.unlink()
            self.whole(path, self.text().encode())
            return
        path.write_bytes(self.text().encode() if self.whole is None else self.whole)

    def text(self):
        text = ""
        for row in [self.header] + self.rows:
            row.line = 1 + sheets.line_end_count(text)
            text += row.text() + "\n"
        return text


class Expected:
    """One message: where, which, what it says, what its help offers."""

    def __init__(self, code, below, row=None, column=None, says="", offers="", level="error", shift=0):
        self.code, self.below, self.row, self.column = code, below, row, column
        self.says, self.offers, self.level, self.shift = says, offers, level, shift

    def place(self, folder):
        """File, line and column as the program should name them."""
        line = self.row.line + self.shift if isinstance(self.row, Row) else self.row
        return (str(folder / self.below) if self.below else None, line, self.column)


class Defect:
    """An edit of some sheets and the messages that must come. `touches` are (file, row, column) that it changes: None is all."""

    def __init__(self, title, touches, plant, stage="facts", spoils=(), needs=(), arguments=(), status=None):
        self.title, self.touches, self.plant, self.stage = title, touches, plant, stage
        self.spoils, self.needs, self.arguments, self.status = set(spoils), set(needs), arguments, status

    def fits(self, other):
        """May both be planted at once, without one hiding the other?"""
        if self.stage != other.stage or self.arguments or other.arguments:
            return False
        if self.spoils & other.needs or other.spoils & self.needs:
            return False
        return not any(same_place(a, b) for a in self.touches for b in other.touches)


def same_place(a, b):
    return a[0] == b[0] and all(x is None or y is None or x == y for x, y in zip(a[1:], b[1:]))


def cell(title, below, row, name, new, code, says="", offers="", **more):
    """Another text in one cell; whole: the message is about the row, and what else is wrong there would hide it."""
    level, whole = more.pop("level", "error"), more.pop("whole", False)

    def plant(company):
        sheet = company[below]
        column = sheet.column(name)
        sheet.row(row).cells[column] = new
        return [Expected(code, below, sheet.row(row), None if whole else column + 1, says, offers, level)]
    return Defect(title, [(below, row, None if whole else name)], plant, **more)


def line(title, below, row, change, code, column=None, says="", offers="", **more):
    """Another text in place of a whole line: a function of the line."""
    level, shift = more.pop("level", "error"), more.pop("shift", 0)

    def plant(company):
        at = company[below].row(row)
        at.raw = change(at.text())
        return [Expected(code, below, at, column, says, offers, level, shift)]
    return Defect(title, [(below, None if row == HEADER else row, None)], plant, **more)


def head(title, below, old, new, code, column=None, says="", offers="", **more):
    """Another name in the header; the column's cells stay as they are."""
    level = more.pop("level", "error")

    def plant(company):
        sheet = company[below]
        sheet.header.cells[sheet.column(old)] = new
        return [Expected(code, below, sheet.header, column, says, offers, level)]
    return Defect(title, [(below, HEADER, None), (below, None, old)], plant, **more)


def add(title, below, cells, code, name=None, says="", offers="", **more):
    """One more row at the end."""
    level = more.pop("level", "error")
    touches = more.pop("touches", [(below, "more " + title, None)])

    def plant(company):
        sheet = company[below]
        row = Row(cells)
        sheet.rows.append(row)
        return [Expected(code, below, row, sheet.column(name) + 1 if name else None, says, offers, level)]
    return Defect(title, touches, plant, **more)


def drop(title, below, row, expected, **more):
    """A row taken out; `expected` makes the messages of the company."""
    def plant(company):
        company[below].rows.remove(company[below].base[row])
        return expected(company)
    return Defect(title, [(below, row, None)], plant, **more)


def file(title, below, whole, code, at=None, says="", offers="", **more):
    """Other bytes in place of the whole file, or a function that puts something else at its path."""
    level = more.pop("level", "error")

    def plant(company):
        company[below].whole = whole
        return [Expected(code, below, at, None, says, offers, level)]
    return Defect(title, [(below, None, None)], plant, **more)
