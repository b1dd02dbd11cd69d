#!/usr/bin/env python3
"""The report that the sample company's months make: models against their schemas, pages against UX.md's rules,
links, and that the intranet tree says nothing of pay. TAP.

Runs $SALESPAY (default build/release/salespay) on a copy of input/. Nothing here is compared with an earlier output.
"""
import collections
import csv
import html.parser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree as ET

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-report-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"
NS = "{urn:salespay:model:1}"
LANGUAGE = "zh-CN"


class Page(html.parser.HTMLParser):
    """What the rules look at: links, ids, attributes, tables, headings."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.path, self.faults, self.links, self.ids = path, [], [], collections.Counter()
        self.title, self.h1, self.headings, self.tables, self.stack = "", 0, [], [], []
        self.lang = self.main = self.skip = None
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def fault(self, what):
        self.faults.append(f"{self.path}: {what}")

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.stack.append(tag)
        for name in a:
            if name == "style" or name.startswith("on"):
                self.fault(f"attribute {name}")
        if tag == "style" or (tag == "script" and not a.get("src")):
            self.fault(f"inline {tag}")
        if "id" in a:
            self.ids[a["id"]] += 1
        for name in ("href", "src"):
            if name in a:
                self.links.append(a[name])
        if tag == "html":
            self.lang = a.get("lang")
        if tag == "main":
            self.main = a.get("id")
        if tag == "a" and "skip" in a.get("class", "").split():
            self.skip = a.get("href")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": False, "rows": 0, "bare": 0})
        if tag == "caption":
            self.tables[-1]["caption"] = True
        if tag == "tr" and "tbody" in self.stack:
            self.tables[-1]["rows"] += 1
        if tag == "th" and "scope" not in a:
            self.tables[-1]["bare"] += 1

    def handle_endtag(self, tag):
        while tag in self.stack and self.stack.pop() != tag:
            pass

    def handle_data(self, data):
        if self.stack and self.stack[-1] == "title" and "svg" not in self.stack:
            self.title += data

    def check(self):
        if self.lang != LANGUAGE:
            self.fault("no language")
        if self.skip != "#" + str(self.main) and self.path.name != "404.html":  # that one has nothing to skip
            self.fault("the skip link does not lead to main")
        if self.headings.count(1) != 1:
            self.fault(f"{self.headings.count(1)} h1")
        for before, after in zip([1] + self.headings, self.headings):
            if after > before + 1:
                self.fault(f"h{after} after h{before}")
        for table in self.tables:
            if not table["caption"] or table["bare"] or table["rows"] > 500:
                self.fault(f"table {table}")
        for name, times in self.ids.items():
            if times > 1:
                self.fault(f"id {name} {times} times")
        if len(self.text.encode()) > 1 << 20:
            self.fault("over 1 MB")
        return self.faults


def run():
    shutil.copytree(TOP / "input", WORK / "input", ignore=shutil.ignore_patterns("records"))
    result = subprocess.run([PROGRAM, "run", "-q"], cwd=WORK, capture_output=True, text=True)
    ok(result.returncode == 0, "the sample company's months are published", result.stderr[-2000:])
    return result.returncode == 0


def schemas(month):
    for tree, schema in (("site", "public.rng"), ("managers", "model.rng")):
        files = sorted(str(f) for f in (month / "model" / tree).glob("*.xml"))
        result = subprocess.run(["xmllint", "--noout", "--relaxng", TOP / "templates" / schema, *files], capture_output=True, text=True)
        ok(files and result.returncode == 0, f"{month.name}: every document of {tree} fits {schema}", "\n".join(
            line for line in result.stderr.splitlines() if not line.endswith("validates")))
    managers = sorted(str(f) for f in (month / "model/managers").glob("*.xml"))
    fitting = [f for f in managers if subprocess.run(["xmllint", "--noout", "--relaxng", TOP / "templates/public.rng", f],
               capture_output=True).returncode == 0]
    ok(not fitting, f"{month.name}: no managers' document fits the public schema", fitting)


def sums_of_slips(month):
    """Printed lines add up to the total printed below them, and earnings less deductions to net (UX.md P2)."""
    from decimal import Decimal
    wrong, people = [], 0
    for file in sorted((month / "model/managers").glob("unit-*.xml")):
        for person in ET.parse(file).getroot().iter(NS + "person"):
            people += 1
            total = {}
            for section in person.find(NS + "pay").findall(NS + "section"):
                lines = sum((Decimal(f.find(NS + "now").text.replace(",", "").replace("−", "-")) for f in section.findall(NS + "figure")), Decimal(0))
                shown = Decimal(section.find(NS + "total").find(NS + "now").text.replace(",", "").replace("−", "-"))
                total[section.get("kind")] = shown
                if lines != shown:
                    wrong.append(f"{person.get('id')} {section.get('kind')}: {lines} is not {shown}")
            if total.get("earnings", 0) - total.get("deductions", 0) != total.get("net"):
                wrong.append(f"{person.get('id')}: {total}")
    ok(people > 60 and not wrong, f"{month.name}: the printed lines of {people} people add up", "\n".join(wrong))


def pages(month, tree, all_pages):
    faults = [fault for path, page in all_pages.items() for fault in page.check()]
    ok(not faults, f"{month.name}/{tree}: pages keep the rules of markup, tables and headings", "\n".join(faults))
    titles = collections.Counter(page.title for page in all_pages.values())
    ok(max(titles.values()) == 1, f"{month.name}/{tree}: every page has a title of its own", [t for t, n in titles.items() if n > 1])
    broken = []
    for path, page in all_pages.items():
        if path.name == "404.html":  # a server answers with it at any address: its way back begins at the root
            if page.links != [f"/{month.name}/{tree}/index.html"] or not (month.parent / page.links[0][1:]).exists():
                broken.append(f"{path}: {page.links}")
            continue
        for link in page.links:
            if "//" in link or link.startswith("/") or ":" in link:
                broken.append(f"{path}: {link} is not relative")
                continue
            name, _, anchor = link.partition("#")
            target = (path.parent / urllib.parse.unquote(name)).resolve() if name else path
            if not target.exists():
                broken.append(f"{path}: {link}")
            elif anchor and target in all_pages and anchor not in all_pages[target].ids:
                broken.append(f"{path}: {link}: no such anchor")
    ok(not broken, f"{month.name}/{tree}: every link leads somewhere", "\n".join(broken[:40]))


def open_site():
    """A small company that opens everything it can, in English: the same rules hold, and pay stays out."""
    global LANGUAGE
    LANGUAGE = "en"
    folder = WORK / "small"
    shutil.copytree(TOP / "tests/small", folder / "input", ignore=shutil.ignore_patterns("records"))
    company = folder / "input/company.xml"
    company.write_text(company.read_text(encoding="utf-8").replace("<pay ", '<site policy="full" movements="all"/>\n  <pay '), encoding="utf-8")
    result = subprocess.run([PROGRAM, "run", "-q", "--lang", "en"], cwd=folder, capture_output=True, text=True)
    ok(result.returncode == 0, "a company with an open site is published in English", result.stderr[-2000:])
    if result.returncode:
        return
    month = folder / "output/2026-10"
    schemas(month)
    for tree in ("site", "managers"):
        pages(month, tree, {p.resolve(): Page(p.resolve()) for p in sorted((month / tree).rglob("*.html"))})
    silence(month, 10)
    policy = (month / "site/policy.html").read_text(encoding="utf-8")
    ok("工作质量" in policy and "<td" not in policy and "基本工资标准 ×" not in policy and "3,200" not in policy,
       "an open policy page has the formulas of scores and none of pay, no tables and no grade sets")
    promotion = (month / "site/promotion.html").read_text(encoding="utf-8")
    ok("not met" in promotion and "met" in promotion, "an open promotion page says in words what is met")


def secrets(month):
    """Amounts of this month's pay, and identity and account numbers of the staff table, as plain text and as shown."""
    words = set()
    with open(month / "ledger.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name, value in row.items():
                if re.fullmatch(r"-?\d+\.\d\d", value or "") and abs(float(value)) >= 1000:
                    words.add(value)
                    words.add(f"{float(value):,.2f}")
    for file in month.parent.parent.glob(f"input/{month.name}/花名册*.csv"):
        data = file.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        words.update(re.findall(r"(?<![\dA-Za-z])\d{15,19}[Xx]?(?![\dA-Za-z])", text))
    return words


def silence(month, least=500):
    words = secrets(month)
    leaks = []
    for folder in (month / "site", month / "model/site"):
        for path in sorted(f for f in folder.rglob("*") if f.is_file()):
            text = path.read_text(encoding="utf-8", errors="replace")
            numbers = set(re.findall(r"-?[\d,]+\.\d\d|\d{15,19}[Xx]?", text))
            leaks += [f"{path}: {word}" for word in numbers & words]
            leaks += [f"{path}: {mark}" for mark in ("¥", "实发", "应发") if mark in text and path.suffix != ".css"
                      and not path.name.startswith("policy")]
    ok(len(words) > least and not leaks, f"{month.name}: no amount of pay and no number of a person is in site/ ({len(words)} looked for)", "\n".join(leaks))


def allowed(month):
    """{file: the users whom both servers let in}, by their rules: nginx takes the first location that fits, Apache the last section."""
    nginx, apache = ((month / f"managers/access.{server}.conf").read_text(encoding="utf-8") for server in ("nginx", "apache"))
    places = [(re.compile(pattern), set(re.sub(r"[()]", "", users).split("|")) if users else {"everyone"}) for pattern, users in re.findall(
        r"location ~ (\S+) \{(?:\n\tif \(\$remote_user (?:!~ \^|!= )(\([^)]*\)|hr))?", nginx)]
    sections = [(re.compile(pattern), set(re.findall(r'Require (?:user|group) "?([^"\n]+?)"?\n', body)))
                for pattern, body in re.findall(r'<LocationMatch "([^"]*)">\n(.*?)</LocationMatch>', apache, re.S) if "Require" in body]
    found, differ = {}, []
    for path in sorted(p for p in month.rglob("*") if p.is_file() and p.relative_to(month).parts[0] != "site"):
        address = f"/{path.relative_to(month.parent)}"
        if "/managers/assets/" in address or path.name == "404.html":
            continue
        first = next((users for pattern, users in places if pattern.search(address)), None)
        last = [users for pattern, users in sections if pattern.search(address)]
        if not last or first != last[-1]:
            differ.append(f"{address}: nginx {first}, Apache {last[-1:]}")
        found[path] = first or {"everyone"}
    return found, differ


def access(month):
    """Charts show pay, as the managers' pages do: the unit's heads and HR, nobody else."""
    found, differ = allowed(month)
    heads = {}
    with open(month / "managers/ACCESS.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            heads.setdefault(row["folder"], {"hr"}).add(row["id"])
    wrong = []
    for path, users in found.items():
        parts = path.relative_to(month).parts
        unit = parts[1] if parts[0] == "managers" else path.stem.partition("-")[2] if parts[0] == "charts" else ""
        if users != heads.get(unit, {"hr"}):
            wrong.append(f"{path}: {sorted(users)}")
    charts = [path for path in found if path.parent.name == "charts"]
    ok(not wrong and not differ and len(heads) > 5 and len(charts) > 50, f"{month.name}: a unit's pages and charts are for its heads and HR, all else for HR",
       "\n".join(wrong + differ))


def main():
    if not run():
        return
    output = WORK / "output"
    months = sorted(p for p in output.iterdir() if p.is_dir() and not p.is_symlink())
    ok(len(months) == 6, "there are six months")
    index = Page(output / "index.html")
    broken = [link for link in index.links if link != "#content" and not (output / link).exists()]
    ok(not index.check() and not broken, "the list of months keeps the rules and its links lead somewhere", index.faults + broken)
    broken = []
    for path in sorted(f for month in months for f in month.rglob("*.html")):
        for link in re.findall(r'\s(?:href|src)="([^"#]+)', path.read_text(encoding="utf-8")):
            if not ((output if path.name == "404.html" else path.parent) / urllib.parse.unquote(link.replace("&amp;", "&")).lstrip("/")).exists():
                broken.append(f"{path}: {link}")
    ok(not broken, "no link of any month leads nowhere, whoever joins, leaves or changes units", "\n".join(broken))
    for month in (months[0], months[-1]):
        schemas(month)
        sums_of_slips(month)
        access(month)
        for tree in ("site", "managers"):
            pages(month, tree, {p.resolve(): Page(p.resolve()) for p in sorted((month / tree).rglob("*.html"))})
        silence(month)
    open_site()


try:
    main()
finally:
    shutil.rmtree(WORK, ignore_errors=True)
    tap.plan()
sys.exit(tap.failures() > 0)
