#!/usr/bin/env python3
"""The page of salespay check: there for every month, also one that cannot be computed; it lists what the terminal says,
place by place, and says what to type next. TAP.

Runs $SALESPAY (default build/release/salespay) on copies of tests/small with planted defects.
"""
import collections
import html
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-check-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"
MONTH = "2026-09"
count = failed = 0


def ok(holds, name, detail=""):
    global count, failed
    count += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {count} - {name}", flush=True)
    if not holds:
        for line in str(detail)[:3000].splitlines():
            print("# " + line)


class Page(html.parser.HTMLParser):
    """Texts by class, the ids, the links within the page, and what a page must not have."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.raw, self.ids, self.links, self.faults = text, [], [], []
        self.texts, self.open = collections.defaultdict(list), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if "style" in a or tag in ("style", "details") or (tag == "script" and not a.get("src")):
            self.faults.append(tag)
        if "id" in a:
            self.ids.append(a["id"])
        if a.get("href", "").startswith("#"):
            self.links.append(a["href"][1:])
        if tag in ("meta", "link", "br", "input"):
            return
        names = (tag + " " + a.get("class", "")).split()
        self.open.append(names)
        for name in names:
            self.texts[name].append("")

    def handle_endtag(self, _tag):
        if self.open:
            self.open.pop()

    def handle_data(self, data):
        for names in self.open:
            for name in names:
                self.texts[name][-1] += data


class Company:
    def __init__(self, name):
        self.input, self.output = WORK / name / "in", WORK / name / "out"
        shutil.copytree(TOP / "tests/small", self.input)

    def edit(self, path, *pairs):
        file = self.input / path
        text = file.read_text(encoding="utf-8")
        for old, new in pairs:
            if old not in text:
                raise ValueError(f"{path} has no {old}")
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")

    def run(self, *arguments):
        done = subprocess.run([PROGRAM, *arguments, "-i", str(self.input), "-o", str(self.output), "-j", "1"],
                              capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def check(self, *more):
        status, out, err = self.run("check", MONTH, *more)
        file = self.output / f"check/{MONTH}.html"
        return status, out, err, Page(file.read_text(encoding="utf-8")) if file.exists() else None

    def messages(self):
        _, _, err = self.run("check", MONTH, "--format", "json")
        return [json.loads(line) for line in err.splitlines() if line.startswith("{")]


def sound(page, name):
    missing = [link for link in page.links if link not in page.ids]
    twice = [i for i in set(page.ids) if page.ids.count(i) > 1]
    ok(not page.faults and not missing and not twice, f"{name}: nothing inline or folded, every link has its goal",
       (page.faults, missing, twice))


def test_clean():
    c = Company("clean")
    status, out, err, page = c.check()
    ok(status == 0 and page, "a sound month has its page", err)
    ok(page.texts["command"] == [f"salespay run {MONTH}"], "and the page says what to run", page.texts["command"])
    ok(not page.texts["problem"] and not page.texts["to-do"], "and has nothing to mend")
    lines = out.splitlines()
    ok(f"{c.output}/check/{MONTH}.html" in out and f"salespay run {MONTH}" in lines[-1],
       "the terminal ends with the page and the next command", out)
    sound(page, "a sound month")


def test_defects():
    c = Company("defects")
    staff, orders = f"{MONTH}/花名册.csv", f"{MONTH}/订单.csv"
    with open(c.input / orders, "a", encoding="utf-8") as out:
        out.write(f"SO-91,E1001,{MONTH}-20,自主开发,收款,1.2.3,,\n")
    os.remove(c.input / f"{MONTH}/考勤.csv")
    c.edit(staff, ("2026-", "2026-13-"))
    messages = c.messages()
    errors = [m for m in messages if m["level"] == "error"]
    ok(len(errors) >= 3 and len({m["file"] for m in errors}) >= 3, "three files are broken", errors)
    for language in ("zh-CN", "en"):
        status, out, err, page = c.check("--lang", language)
        ok(status == 1 and page, f"{language}: a broken month has its page", err)
        shown = sum(int(n) for n in re.findall(r'<div class="error"><dt>[^<]*</dt><dd>(\d+)', page.raw))
        ok(shown == len(errors), f"{language}: as many errors as the terminal has", (shown, len(errors)))
        piles = collections.Counter()
        for row in re.findall(r'<tr><th scope="row"><span class="box".*?</tr>', page.raw, re.S):
            piles[re.search(r"<code>(\w+)</code>", row).group(1)] += int(re.search(r'class="number">(\d+)<', row).group(1))
        ok(piles == collections.Counter(m["code"] for m in messages), f"{language}: each code with its count",
           (piles, [m["code"] for m in messages]))
        places = {f"{m['file'].replace(str(c.input) + '/', '')}:{m['line']}:{m['column']}" for m in messages if m["line"] and m["column"]}
        ok(places and places <= set(page.texts["place"]), f"{language}: each place by file, line and column",
           (places, page.texts["place"]))
        ok("1.2.3" in page.texts["mark"], f"{language}: the wrong part of a line is marked", page.texts["mark"])
        ok(page.texts["command"] == [f"salespay check {MONTH}"] and f"salespay check {MONTH}" in out.splitlines()[-1],
           f"{language}: the next command is to check again", (page.texts["command"], out))
        sound(page, language)


def test_what_cannot_be_read():
    for name, path, old, new in (("company.xml", "company.xml", "<company", "<compny"),
                                 ("a policy", "policies/support.xml", "<article ", "<articel ")):
        c = Company(name.replace(" ", ""))
        c.edit(path, (old, new))
        codes = {m["code"] for m in c.messages()}
        status, _, err, page = c.check()
        ok(status == 1 and page and codes <= set(page.texts["code"]), f"{name} that cannot be read has its page", (err, codes))
        sound(page, name)


def test_many():
    c = Company("many")
    orders = c.input / f"{MONTH}/订单.csv"
    with open(orders, "a", encoding="utf-8") as out:
        out.writelines(f"SO-{i + 1000},E9999,{MONTH}-20,自主开发,收款,100,,\n" for i in range(2500))
    status, _, err, page = c.check()
    total = int(re.search(r"\d+", err.splitlines()[-1]).group()) # "2500 个错误", the summary
    shown = sum(int(n) for n in re.findall(r'<div class="error"><dt>[^<]*</dt><dd>(\d+)', page.raw))
    rows = [int(n) for n in re.findall(r'<td class="number">(\d+)</td><td class="level-word error"', page.raw)]
    ok(status == 1 and shown == total == sum(rows) == 2500, "what was not kept is counted all the same", (shown, rows, total))
    c.edit(f"{MONTH}/订单.csv", *[(f"SO-{i + 1000},E9999,{MONTH}-20", f"SO-{i + 1000},E1001,{MONTH}-31") for i in range(2500)])
    _, _, _, dates = c.check()
    heads = re.findall(r'<tr class="file-head">', dates.raw)
    rows = [int(n) for n in re.findall(r'<td class="number">(\d+)</td><td class="level-word error"', dates.raw)]
    ok(len(heads) == 1 and rows == [2500], "and under its file", (heads, rows))
    strangers = [row for row in re.findall(r"<tr>.*?</tr>", page.raw, re.S) if "E9999" in row and ">2500<" in row]
    ok(len(strangers) == 1, "an id that nobody bears stands once, with its rows")
    ok(len(page.raw) < 200_000 and len(page.texts["says"]) <= 10 * len(rows), "and the page stays short", len(page.raw))


def test_site():
    c = Company("site")
    status, _, err = c.run("run", MONTH)
    ok(status == 0, "the month is published", err)
    public = Page((c.output / f"{MONTH}/site/quality.html").read_text(encoding="utf-8"))
    ok(not public.texts["source-line"] and not public.texts["place"] and not public.texts["command"] and not public.texts["who"],
       "the staff's page has no place, line, name or command")


def main():
    try:
        test_clean()
        test_defects()
        test_what_cannot_be_read()
        test_many()
        test_site()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    print(f"1..{count}")
    sys.exit(failed > 0)


main()
