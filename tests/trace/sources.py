"""What a trace's leaves name: cells of CSV files, elements of policies, calendar days, read without the program."""
import csv
import datetime
import decimal
import io
import pathlib
import re
import unicodedata
import xml.parsers.expat

TOP = pathlib.Path(__file__).resolve().parents[2]
NUMERIC = ("money", "number", "percent")
MISSING = None


class Wrong(Exception):
    """A node, a leaf or an item that does not hold."""


def need(holds, what):
    if not holds:
        raise Wrong(what)


def decode(data):
    if data[:3] == b"\xef\xbb\xbf":
        return data[3:].decode("utf-8")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


class Element:
    def __init__(self, name, attributes, parent):
        self.name, self.attributes, self.parent, self.text, self.children = name, attributes, parent, "", []


def elements_of(path):
    """-> {(line, column of the name): Element}"""
    found, open_ = {}, [None]
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")

    def start(name, attributes):
        element = Element(name.split(" ")[-1], attributes, open_[-1])
        if open_[-1]:
            open_[-1].children.append(element)
        found[(parser.CurrentLineNumber, parser.CurrentColumnNumber + 2)] = element
        open_.append(element)

    def text(data):
        if open_[-1]:
            open_[-1].text += data

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda name: open_.pop()
    parser.Parse(path.read_bytes(), True)
    return found


def records_of(path):
    """-> {physical line a record begins on: its fields}"""
    text = decode(path.read_bytes())
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, line = {}, 1
    for fields in reader:
        found[line] = fields
        line = reader.line_num + 1
    return found


def number_of(text):
    text = unicodedata.normalize("NFKC", text).strip().lstrip("'")
    scale = decimal.Decimal(1)
    if text.endswith("%"):
        text, scale = text[:-1], decimal.Decimal("0.01")
    text = re.sub(r"[¥元,\s]", "", text)
    return decimal.Decimal(text) * scale


def date_of(text):
    found = re.match(r"(\d{4})\D?(\d{1,2})(?:\D?(\d{1,2}))?", unicodedata.normalize("NFKC", text).strip())
    return datetime.date(int(found[1]), int(found[2]), int(found[3] or 1))


def typed(type_, text):
    """A value as the trace writes it."""
    if text is None:
        return MISSING
    if type_ in NUMERIC:
        return decimal.Decimal(text)
    if type_ == "yesno":
        need(text in ("yes", "no"), f"a yes/no of '{text}'")
        return text == "yes"
    return datetime.date.fromisoformat(text) if type_ == "date" else text


def told(type_, text):
    """A value as a clerk writes it in a CSV file or a policy."""
    text = text.strip().strip("'\t")
    if text in ("空", "none") or (text in ("", "-", "--") and type_ != "text") or text == "":
        return MISSING
    if type_ in NUMERIC:
        return number_of(text)
    if type_ == "yesno":
        word = text.lower()
        need(word in ("yes", "no", "是", "否", "y", "n", "1", "0", "√", "×"), f"a yes/no of '{text}'")
        return word in ("yes", "是", "y", "1", "√")
    return date_of(text) if type_ == "date" else text


class Sources:
    """Files are named as on the command line; they are read from below `root`."""

    def __init__(self, root, books):
        self.root, self.books = pathlib.Path(root), pathlib.Path(books)
        self.csv, self.xml, self.tables = {}, {}, None

    def rows(self, file):
        """-> {line: fields}, the header first"""
        if file not in self.csv:
            self.csv[file] = records_of(self.root / file)
        return self.csv[file]

    def record(self, place):
        need(place["line"] in self.rows(place["file"]), f"no record begins at {place['file']}:{place['line']}")
        return self.rows(place["file"])[place["line"]]

    def header(self, place):
        return next(iter(self.rows(place["file"]).values()))

    def input_file(self, month, name):
        """The month's own, else that of common/."""
        folder = self.books.parent
        return next(str(path) for path in (folder / month / name, folder / "common" / name) if (self.root / path).exists())

    def cell(self, place):
        fields = self.record(place)
        need(place["column"] <= len(fields), f"no field {place}")
        return fields[place["column"] - 1]

    def by_name(self, place, name):
        """The field of a row under the column of that name."""
        fields, header = self.record(place), [h.strip() for h in self.header(place)]
        need(name in header, f"no column '{name}' in {place['file']}")
        return fields[header.index(name)]

    def element(self, place):
        path = self.root / place["file"]
        if path not in self.xml:
            self.xml[path] = elements_of(path)
        key = (place["line"], place["column"])
        need(key in self.xml[path], f"no element at {place['file']}:{key}")
        return self.xml[path][key]

    def columns(self, table):
        """The policy's columns of a table: their attributes."""
        if self.tables is None:
            self.tables = {}
            own = (self.root / self.books).parent / "policies"
            for path in sorted(own.glob("**/*.xml")) + sorted((TOP / "templates/policies").glob("**/*.xml")):
                for element in elements_of(path).values():
                    if element.name == "table":
                        self.tables.setdefault(element.attributes["name"], element)
        return [child.attributes for child in self.tables[table].children]

    def column(self, table, name):
        return next(column for column in self.columns(table) if column["name"] == name)

    def role(self, table, role):
        """The name and aliases of the table's column with that role; empty without one."""
        return next(([column["name"], *column.get("aliases", "").split("|")] for column in self.columns(table)
                     if column.get("role") == role), [])


class Days:
    """calendar.csv and the pay date of company.xml."""

    def __init__(self, folder):
        self.kinds = {date_of(row[0]): row[1] for line, row in records_of(folder / "calendar.csv").items() if line > 1 and row}
        pay = [e for e in elements_of(folder / "company.xml").values() if e.name == "pay"]
        self.day = int(pay[0].attributes.get("day", 31)) if pay else 31
        self.next = bool(pay) and pay[0].attributes.get("month") == "next"

    def works(self, day):
        return self.kinds[day] == "班" if day in self.kinds else day.weekday() < 5

    def is_holiday(self, day):
        return self.kinds.get(day) == "法定"

    def pay_date(self, month):
        month = month + 1 if self.next else month
        return min(first_day(month) + datetime.timedelta(self.day - 1), first_day(month + 1) - datetime.timedelta(1))


def month_of(text):
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def first_day(month):
    return datetime.date(month // 12, month % 12 + 1, 1)
