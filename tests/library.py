#!/usr/bin/env python3
"""The library that comes with the program (templates/policies) is read where the company has no file of that name. TAP.

A copy of the program's data gets a library of two documents and a table; tests/small includes the first.
"""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-library-")).resolve()
DATA, INPUT, OUTPUT = WORK / "data", WORK / "input", WORK / "output"
LIBRARY = DATA / "templates/policies/xx"
os.environ.update(LC_ALL="C.UTF-8", SALESPAY_DATA=str(DATA))

TAX = """<policy xmlns="urn:salespay:policy:1" id="xx-levy" title="levy" version="1" currency="CNY">
  <include href="rates.xml"/>
  <article number="9" title="levy"><p>A tenth of the base pay.</p>
    <figure name="征收" type="money" section="deductions">基本工资 × 征收比例 ＋ 征收定额</figure>
  </article>
</policy>
"""
RATES = """<policy xmlns="urn:salespay:policy:1" id="xx-rates" title="rates" version="1" currency="CNY">
  <parameter name="征收比例" type="percent" file="tables/rates.csv"/>
  <parameter name="征收定额" type="money"><value from="2026-01">5</value></parameter>
</policy>
"""


def salespay(*arguments):
    return subprocess.run([PROGRAM, *arguments, "-i", "input", "-o", "output", "--lang", "en"], cwd=WORK, capture_output=True,
                          text=True, encoding="utf-8")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def inputs(month):
    return re.findall(r'<input path="([^"]*)"', (OUTPUT / month / "run.xml").read_text(encoding="utf-8"))


def column(month, name):
    head, *rows = [line.split(",") for line in (OUTPUT / month / "ledger.csv").read_text(encoding="utf-8").splitlines()]
    return {row[0]: row[head.index(name)] for row in rows}


def bytes_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def levies(month, tenths):
    """What the levy must be: base pay is a whole number of jiao nowhere, so round half up by hand in fen."""
    expected = {}
    for who, pay in column(month, "基本工资").items():
        fen = int(pay.replace(".", ""))
        expected[who] = (fen * tenths + 5) // 10 + 500
    return {who: f"{fen // 100}.{fen % 100:02}" for who, fen in expected.items()}


shutil.copytree(TOP / "templates", DATA / "templates", ignore=shutil.ignore_patterns("explain", "starter"))
shutil.copytree(TOP / "styles", DATA / "styles")
shutil.copytree(TOP / "tests/small", INPUT)
(LIBRARY / "tables").mkdir(parents=True)
(LIBRARY / "levy.xml").write_text(TAX, encoding="utf-8")
(LIBRARY / "rates.xml").write_text(RATES, encoding="utf-8")
(LIBRARY / "tables/rates.csv").write_text("from,值\n2026-01,10%\n", encoding="utf-8")
(LIBRARY / "unused.xml").write_text(RATES.replace("xx-rates", "xx-unused"), encoding="utf-8")
policy = INPUT / "policies/support.xml"
edit(policy, '<include href="lib/staff.xml"/>', '<include href="lib/staff.xml"/>\n  <include href="xx/levy.xml"/>')

run = salespay("run")
ok(run.returncode == 0, "a company includes documents of the program's library", run.stderr)
ok(column("2026-09", "征收") == levies("2026-09", 1), "their formulas are carried out, by the table beside them",
   (column("2026-09", "征收"), levies("2026-09", 1)))
used = ["policies/xx/levy.xml", "policies/xx/rates.xml", "policies/xx/tables/rates.csv"]
listed = inputs("2026-09")
ok([path for path in listed if "/xx/" in path] == used and listed == sorted(listed),
   "what is used of it is listed among the inputs, what is not is not", listed)
copies = INPUT / "records/2026-09/input/policies/xx"
ok(bytes_below(copies) == {path[len("policies/xx/"):]: (DATA / "templates" / path).read_bytes() for path in used},
   "and copied into the books", bytes_below(copies).keys())
ok(not any(str(WORK).encode() in data for data in bytes_below(OUTPUT).values()), "no page says where the program's files lie")
who = sorted(column("2026-09", "征收"))[0]
explained = salespay("explain", "2026-09", who, "征收")
ok("records/2026-09/input/policies/xx/levy.xml:4" in explained.stdout and not explained.stderr,
   "explain leads to the copy in the books", explained.stdout + explained.stderr)
folder = (OUTPUT / "2026-09").stat().st_ino
salespay("run")
ok((OUTPUT / "2026-09").stat().st_ino == folder, "run again has nothing to do")

before = bytes_below(OUTPUT / "2026-09")
sealed = salespay("seal", "2026-09", "--by", "A", "--approved-by", "B", "--date", "2026-10-05")
ok(sealed.returncode == 0, "the month is sealed", sealed.stderr)
(LIBRARY / "tables/rates.csv").write_text("from,值\n2026-01,20%\n", encoding="utf-8")
run = salespay("run")
ok(run.returncode == 0 and "policies/xx/tables/rates.csv" in run.stderr,
   "a sealed month whose library has changed since is warned of by file", run.stderr)
ok(column("2026-10", "征收") == levies("2026-10", 2), "the open month follows the library")
ok(bytes_below(OUTPUT / "2026-09") == before, "the sealed one stays as it is")
shutil.rmtree(OUTPUT)
run = salespay("run")
ok(run.returncode == 0 and bytes_below(OUTPUT / "2026-09") == before, "and is made again from its own copies, byte for byte",
   run.stderr)
due = salespay("restate", "2026-09")
ok(due.returncode in (0, 4) and f"{who}," in due.stdout and "征收" in due.stdout, "restate says what the change comes to",
   due.stdout + due.stderr)

(INPUT / "policies/xx/tables").mkdir(parents=True)
(INPUT / "policies/xx/tables/rates.csv").write_text("from,值\n2026-01,30%\n", encoding="utf-8")
run = salespay("run", "2026-10")
ok(run.returncode == 0 and column("2026-10", "征收") == levies("2026-10", 3),
   "a company's own file of the same name goes before the library's", run.stderr)
ok(inputs("2026-10").count("policies/xx/tables/rates.csv") == 1, "and is listed once")
linted = salespay("lint")
ok(linted.returncode == 0, "lint reads the library, too", linted.stderr)

for name, href, code in (("out of the library", "../../../site.xsl", "E0418"), ("a file that is in neither", "xx/none.xml", "E0101")):
    edit(policy, 'href="xx/levy.xml"', f'href="{href}"')
    checked = salespay("check", "2026-10")
    ok(checked.returncode == 1 and f"error[{code}]" in checked.stderr and "support.xml:4:18" in checked.stderr,
       f"{name}: said at the place that names it", checked.stderr)
    edit(policy, f'href="{href}"', 'href="xx/levy.xml"')
edit(LIBRARY / "rates.xml", "<parameter", '<include href="../../../../../input/policies/lib/staff.xml"/><parameter')
checked = salespay("check", "2026-10")
ok(checked.returncode == 1 and "error[E0418]" in checked.stderr, "a library's document leads out of it no more", checked.stderr)

shutil.rmtree(WORK)
raise SystemExit(tap.plan())
