"""The made-up company of tests/disguises.py and tests/defects.py: its columns as the policy declares them, its files as rows.

tests/company/input holds one plain copy: UTF-8, commas, LF, plain numbers and ISO dates. The tests change copies of it.
"""
import csv
import io
import pathlib
import re
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
INPUT = TOP / "tests/company/input"
POLICY = "{urn:salespay:policy:1}"
MONTH = "2026-10"


class Column:
    def __init__(self, name, kind, aliases=(), required=False):
        self.name, self.kind, self.aliases, self.required = name, kind, tuple(aliases), required


def declared(document="policies/lib/tables.xml"):
    """File below input -> its columns, for every table of the policy and the two files that have no table."""
    found = {
        "calendar.csv": [Column("日期", "date", ("date",), True), Column("类型", "choice", ("type",), True),
                         Column("名称", "text", ("name",))],
        f"{MONTH}/hold.csv": [Column("id", "id", ("工号", "员工编号", "编号"), True),
                              Column("reason", "text", ("原因", "事由"))],
    }
    for table in ElementTree.parse(INPUT / document).getroot().iter(POLICY + "table"):
        pattern = table.get("file").replace("*", "订单")
        below = next(f for f in (f"{MONTH}/{pattern}", f"common/{pattern}") if (INPUT / f).exists())
        found[below] = [Column(c.get("name"), c.get("type"), filter(None, (c.get("aliases") or "").split("|")),
                               c.get("required") == "yes") for c in table.iter(POLICY + "column")]
    return found


def rows_of(below):
    """Header and rows of a plain file."""
    with open(INPUT / below, encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def quote(text, delimiter=",", always=False):
    """One field; quoted where it must be."""
    if always or text != text.strip(" \t") or any(c in text for c in '"\r\n' + delimiter):
        return '"' + text.replace('"', '""') + '"'
    return text


def line_end_count(text):
    return len(re.findall(r"\r\n|\r|\n", text))


def write_rows(rows):
    out = io.StringIO()
    for row in rows:
        out.write(",".join(quote(cell) for cell in row) + "\n")
    return out.getvalue()
