#!/usr/bin/env python3
"""What a user may rely on at the command line: statuses, messages, same bytes, all or nothing. TAP.

Runs $SALESPAY (default build/release/salespay) on copies of tests/small. Expected amounts are worked by hand:
see the comment at each.
"""
import csv
import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-cli-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ.pop("LANG", None)
os.environ["LC_ALL"] = "C.UTF-8"


class Company:
    """A copy of the small company with output and books of its own."""

    def __init__(self, name):
        self.folder = WORK / name
        self.input = self.folder / "in"
        self.output = self.folder / "out"
        shutil.copytree(TOP / "tests/small", self.input)

    def call(self, *arguments, **options):
        """(status, stdout, stderr)"""
        env = dict(os.environ, **options.pop("env", {}))
        done = subprocess.run([PROGRAM, *arguments, "-i", str(self.input), "-o", str(self.output)], env=env,
                              capture_output=True, text=True, check=False, **options)
        return done.returncode, done.stdout, done.stderr

    def ledger(self, month):
        with open(self.output / month / "ledger.csv", encoding="utf-8", newline="") as lines:
            return {row["工号"]: row for row in csv.DictReader(lines)}

    def edit(self, below, old, new):
        path = self.input / below
        text = path.read_text(encoding="utf-8")
        assert old in text, (below, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def state(self):
        """Every byte that is published or booked."""
        found = {}
        for root in (self.output, self.input / "records"):
            for path in sorted(root.rglob("*")):
                if path.is_symlink():
                    found[str(path)] = os.readlink(path)
                elif path.is_file():
                    found[str(path)] = path.read_bytes()
        return found


def sums_hold(company, month):
    folder = company.output / month
    done = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True,
                          check=False)
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    return done.returncode == 0 and listed == there


def test_numbers():
    c = Company("numbers")
    status, out, err = c.call("run")
    ok(status == 0, "run computes every month and ends with 0", err)
    ok("2026-09" in out and "2026-10" in out, "run tells each month", out)
    oct_ = c.ledger("2026-10")
    # joined 2026-10-15: 12 of 21 days (10-15 is a working day, no holiday later): 3200 x 12 / 21 = 1828.571...
    ok(oct_["E1002"]["基本工资"] == "1828.57", "a joiner's pay is cut by days", oct_["E1002"])
    # 1.5 days of leave: 3800 x (21 - 1.5) / 21 = 3528.571...
    ok(oct_["E1003"]["基本工资"] == "3528.57", "leave of a day and a half is deducted")
    # (40 x 70 + 20 x 75 + 10 x 80) / 70 - 2 = 70.857...
    ok(oct_["E1003"]["当月绩效得分"] == "70.86", "a score without one part renormalises")
    # 1234.50 x 3% = 37.035 -> 37.04 (half away from zero); refund 500.00 x 2500 / 10000 = 125.00
    ok(oct_["E1001"]["提成"] == "-87.96", "a refund takes back last month's commission at the rate then paid")
    ok("0007" not in oct_ and "0007" not in c.ledger("2026-09"), "who left before the month has no row")
    ok(oct_["E1004"]["质量得分"] == "104.5" and oct_["E1004"]["当月绩效得分"] == "100",
       "a kpi may pass 100 where the score may not")
    # both months at 90 or more: September 95.8 and October 95.8
    ok(oct_["E1001"]["连续优秀月数"] == "2", "a streak counts last month's book")
    movements = list(csv.DictReader(open(c.output / "2026-10/movements.csv", encoding="utf-8")))
    row = [m for m in movements if m["id"] == "E1001" and m["criterion"] == "连续三月九十分"][0]
    ok((row["verdict"], row["holds"], row["value"], row["required"], row["gap"]) == ("not-eligible", "no", "2", "3", "1"),
       "a criterion that fails shows value, required and gap", row)
    ok(all(sums_hold(c, m) for m in ("2026-09", "2026-10")), "SHA256SUMS lists every file and holds")
    ok(os.readlink(c.output / "latest") == "2026-10" and (c.output / "index.html").exists(), "latest and index.html stand")
    before = c.state()
    status, out, err = c.call("run")
    ok(status == 0 and "无须重算" in out and c.state() == before, "a second run changes nothing and says so", out + err)
    os.unlink(c.output / "latest")
    (c.output / "index.html").unlink()
    c.call("run")
    ok(c.state() == before, "latest and index.html are repaired by the next run")
    shutil.rmtree(c.output)
    c.call("run")
    ok(c.state() == before, "a deleted output folder comes back byte for byte")
    return before, c


def test_same_bytes(reference):
    wanted = {k.replace(str(reference[1].folder), "X"): v for k, v in reference[0].items()}
    for name, env, extra in (
            ("one worker", {}, ["-j", "1"]),
            ("eight workers", {}, ["-j", "8"]),
            ("another time zone", {"TZ": "Pacific/Kiritimati"}, []),
            ("another locale", {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, []),
            ("another user", {"USER": "clerk", "HOME": "/nonexistent"}, [])):
        c = Company("same-" + name.replace(" ", "-"))
        status, _, err = c.call("run", *extra, env=env)
        got = {k.replace(str(c.folder), "X"): v for k, v in c.state().items()}
        differs = [k for k in wanted if got.get(k) != wanted[k]] + [k for k in got if k not in wanted]
        ok(status == 0 and not differs, f"the same bytes with {name}", err + "\n".join(differs))
    if shutil.which("faketime"):
        c = Company("same-clock")
        subprocess.run(["faketime", "2031-03-04 05:06:07", PROGRAM, "run", "-j", "1", "-i", str(c.input), "-o", str(c.output)],
                       capture_output=True, check=False)
        got = {k.replace(str(c.folder), "X"): v for k, v in c.state().items()}
        differs = [k for k in wanted if got.get(k) != wanted[k]]
        ok(not differs, "the same bytes in another year", "\n".join(differs))


def refused(company, before, name, wanted_status, *patterns, arguments=("run",), env=None):
    status, out, err = company.call(*arguments, env=env or {})
    missing = [p for p in patterns if not re.search(p, err)]
    ok(status == wanted_status and not missing, f"{name}: status {wanted_status} and a message", f"{status}\n{missing}\n{err}")
    ok(company.state() == before, f"{name}: no change anywhere")


def test_refusals():
    cases = (
        ("a wrong amount", "2026-10/订单.csv", "¥1234.50", "1.2.3", 1, [r"订单\.csv:2:6: .*E02\d\d", r"\^"]),
        ("a ragged row", "2026-10/考勤.csv", "E1001,0,0,0,0,是,95%", "E1001,0,0,0,0,是,95%,9,9", 1, [r"考勤\.csv:2:"]),
        ("an unknown person", "2026-10/评分.csv", "E1004,104.5", "E1044,104.5", 1, [r"评分\.csv:5:1: .*E0324"]),
        ("who left before being hired", "2026-10/花名册.csv", "2020-06-01,2026-08-31", "2020-06-01,2019-08-31", 1,
         [r"花名册\.csv:6:7: .*E0336", "2019-08-31"]),
        ("an unknown grade", "2026-10/花名册.csv", "华北支持部,专员", "华北支持部,专貝", 1, [r"花名册\.csv:4:4: .*E0321"]),
        ("a doubled person", "2026-10/考勤.csv", "E1002,0", "E1001,0", 1, [r"考勤\.csv:3:1: "]),
        ("a missing header", "2026-10/考勤.csv", "工号,", "职工,", 1, [r"考勤\.csv"]),
        ("a policy that is no XML", "policies/support.xml", "</article>", "</articel>", 1, [r"support\.xml:\d+:\d+: "]),
        ("a formula with an unknown name", "policies/support.xml", "基本工资标准 ×", "基本工资标淮 ×", 1,
         [r"support\.xml:\d+:\d+: .*E04", "基本工资标准"]),
        ("an example that fails", "policies/support.xml", "1387.50", "1387.51", 1, [r"support\.xml:\d+:\d+: .*E0440", "1387.50"]),
        ("a company without policy", "company.xml", '<policy href="policies/support.xml" from="2026-09"/>', "", 1, [r"company\.xml"]),
    )
    c = Company("refusals")
    c.call("run")
    before = c.state()
    for name, below, old, new, status, patterns in cases:
        original = (c.input / below).read_bytes()
        c.edit(below, old, new)
        refused(c, before, name, status, *patterns)
        (c.input / below).write_bytes(original)
    os.rename(c.input / "2026-10/考勤.csv", c.folder / "考勤.csv")
    refused(c, before, "a missing table", 1, r"E0320", "考勤")
    os.rename(c.folder / "考勤.csv", c.input / "2026-10/考勤.csv")
    os.rename(c.input / "calendar.csv", c.folder / "calendar")
    refused(c, before, "a calendar without the year", 1, r"E0392", "2026")
    os.rename(c.folder / "calendar", c.input / "calendar.csv")
    (c.input / "records/2026-08").mkdir()
    (c.input / "records/2026-08/ledger.csv").write_text("工号,姓名,部门,职级\n", encoding="utf-8")
    shutil.rmtree(c.input / "2026-09")
    shutil.move(c.input / "records/2026-09", c.folder / "sep")
    refused(c, c.state(), "a hole in the books", 1, r"E0330", "2026-09")
    for name, arguments, pattern in (
            ("a month without folder", ("run", "2026-12"), "E0512"), ("an unknown command", ("rnu",), "run"),
            ("an unknown option", ("run", "--outptu", "x"), "output"), ("a month that is none", ("run", "2026-13"), "2026-13")):
        status, _, err = c.call(*arguments)
        ok(status == (1 if "E05" in pattern else 2) and re.search(pattern, err), f"{name} is told", f"{status} {err}")


def test_system_failures():
    c = Company("system")
    c.call("run", "2026-09")
    before = c.state()
    fonts = c.folder / "fonts.conf"
    fonts.write_text('<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
                     f'<cachedir>{c.folder}/cache</cachedir></fontconfig>', encoding="utf-8")
    refused(c, before, "a missing font", 3, "fonts-noto-cjk", env={"FONTCONFIG_FILE": str(fonts)})
    limited = subprocess.run(["bash", "-c", f"trap '' XFSZ; ulimit -f 30; exec {PROGRAM} run -i {c.input} -o {c.output}"],
                             capture_output=True, text=True, check=False)
    ok(limited.returncode == 3, "a file that cannot grow: status 3", limited.stderr)
    ok(c.state() == before, "a file that cannot grow: no change anywhere")
    tmpfs = c.folder / "tiny"
    tmpfs.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmpfs)], capture_output=True, check=False).returncode == 0:
        done = subprocess.run([PROGRAM, "run", "-i", str(c.input), "-o", str(tmpfs / "out"), "--records", str(tmpfs / "rec")],
                              capture_output=True, text=True, check=False)
        visible = [p for p in tmpfs.rglob("*") if p.is_file() and not any(q.startswith(".") for q in p.relative_to(tmpfs).parts)]
        ok(done.returncode == 3 and re.search("E0502|E0507", done.stderr) and not visible,
           "a full disk: status 3, said so, nothing visible", f"{done.returncode} {done.stderr} {visible}")
        subprocess.run(["umount", str(tmpfs)], check=False)
    else:
        ok(True, "a full disk # SKIP no right to mount here")
    shutil.rmtree(c.output)
    c.output.write_text("in the way", encoding="utf-8")
    status, _, err = c.call("run")
    ok(status == 3 and "out" in err, "an output folder that cannot be made: status 3", f"{status} {err}")
    c.output.unlink()


def test_killed():
    c = Company("killed")
    c.call("run")
    old = c.state()
    c.edit("2026-10/考勤.csv", "E1003,1.5,0,2", "E1003,0,0,2")
    c.edit("2026-10/考勤.csv", "合计,1.5", "合计,0")
    fresh = Company("killed-not")
    shutil.rmtree(fresh.input)
    shutil.copytree(c.input, fresh.input, ignore=shutil.ignore_patterns("records"))
    fresh.call("run")
    new = {k.replace(str(fresh.folder), str(c.folder)): v for k, v in fresh.state().items()}
    whole = True
    for tenths in range(1, 24):
        try:
            subprocess.run([PROGRAM, "run", "2026-10", "-i", str(c.input), "-o", str(c.output)], timeout=tenths * 0.06,
                           capture_output=True, check=False)
        except subprocess.TimeoutExpired:
            pass
        now = {k: v for k, v in c.state().items() if "/.20" not in k}
        for root in (c.output / "2026-10", c.input / "records/2026-10"):
            mine = {k: v for k, v in now.items() if k.startswith(str(root) + "/")}
            if mine not in ({k: v for k, v in old.items() if k.startswith(str(root) + "/")},
                            {k: v for k, v in new.items() if k.startswith(str(root) + "/")}):
                whole = False
    ok(whole, "killed at 23 instants, a month is the whole old or the whole new one")
    status, _, err = c.call("run", "2026-10")
    ok(status == 0 and c.state() == new, "the run after a kill repairs everything", err)


def test_later_scheme():
    c = Company("later")
    c.edit("company.xml", '<policy href="policies/support.xml" from="2026-09"/>',
           '<policy scheme="甲" href="policies/support.xml" from="2026-09" when="试用期"/>'
           '<policy scheme="乙" href="policies/support.xml" from="2026-11" when="非 试用期"/>')
    status, _, err = c.call("check", "2026-09")
    ok(status == 0 and "E0437" in err and "乙" in err, "a scheme that is not yet in force is told", err)


def test_hold():
    c = Company("hold")
    (c.input / "2026-10/hold.csv").write_text("id,reason\nE1004,银行账户待核\n", encoding="utf-8")
    status, out, err = c.call("run")
    ok(status == 0 and "暂缓 1" in out and "E1004" in c.ledger("2026-10"), "who is in hold.csv is computed and held", out + err)
    c = Company("hold-errors")
    c.edit("2026-10/订单.csv", "SO-5,E1004,2026-10-21,续单,收款,888.88,,", "SO-5,E1004,2026-10-21,续单,退款,888.88,SO-2,0")
    status, _, err = c.call("run")
    ok(status == 1 and "E0380" in err and "提成" in err, "a figure without value is an error with its chain", err)
    ok(not (c.output / "2026-10").exists() and (c.output / "2026-09").exists(), "the month with an error is not published")
    status, out, err = c.call("run", "--hold")
    ok(status == 4 and "暂缓 1" in out and "E0394" in err, "--hold publishes the others and ends with 4", f"{status}{out}{err}")


def test_check_and_json():
    c = Company("totals")
    c.edit("2026-10/考勤.csv", "合计,1.5", "合计,2.5")
    status, _, err = c.call("check", "2026-10")
    ok(re.search(r"考勤\.csv:6:2: .*E0150.*2\.5.*1\.5", err), "a total row that does not add up is warned of, with both sums", err)
    c = Company("check")
    status, out, err = c.call("check", "2026-09")
    ok(status == 0 and (c.output / "check/2026-09.html").exists(), "check writes the data-quality page", err)
    ok(not (c.output / "2026-09").exists() and not (c.input / "records").exists() or
       not list((c.input / "records").glob("2026*")), "check publishes and books nothing")
    c.edit("2026-10/订单.csv", "¥1234.50", "abc")
    status, out, err = c.call("run", "2026-10", "--format", "json")
    objects = [json.loads(line) for line in err.splitlines()]
    hit = [o for o in objects if o["line"] == 2 and o["file"].endswith("订单.csv")]
    ok(status == 1 and len(hit) == 1 and hit[0]["level"] == "error" and hit[0]["column"] == 6, "--format json is one object a line", err)
    status, _, err = c.call("run", "2026-10", "--lang", "en")
    ok("error[" in err and "= help: " in err, "messages in English", err)
    status, out, _ = c.call("status")
    ok(status == 0 and "salespay run 2026-10" in out, "status names the next command", out)
    status, out, err = c.call("lint")
    ok(status == 0 and "3 个示例成立" in out, "lint runs the examples", out + err)


def test_books_inside_input():
    c = Company("inside")
    done = subprocess.run([PROGRAM, "run", "-i", str(c.input), "-o", str(c.input / "out"), "--records", str(c.input / "books")],
                          capture_output=True, text=True, check=False)
    copied = {p.relative_to(c.input / "books/2026-10/input").parts[0] for p in (c.input / "books/2026-10/input").rglob("*") if p.is_file()}
    ok(done.returncode == 0 and copied == {"company.xml", "calendar.csv", "policies", "2026-10"},
       "books and output inside the input folder are no input", f"{done.stderr} {copied}")


def test_leak():
    c = Company("leak")
    c.edit("policies/lib/staff.xml", '<column name="试用期"', '<column name="邮箱" type="text" role="email"/><column name="试用期"')
    for month in ("09", "10"):
        c.edit(f"2026-{month}/花名册.csv", "离职日期,试用期", "离职日期,邮箱,试用期")
        path = c.input / f"2026-{month}/花名册.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[1:] = [",".join(f[:7] + [f"p{i}canary@example.com"] + f[7:]) for i, f in
                     enumerate(line.split(",") for line in lines[1:])]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    status, _, err = c.call("run", "2026-09")
    ok(status == 0, "addresses in the staff table are fine", err)
    site = b"".join(p.read_bytes() for p in (c.output / "2026-09/site").rglob("*") if p.is_file())
    ok(b"canary" not in site, "no address stands in the intranet pages")
    c.edit("policies/support.xml", "<p>缺评分项" if "<p>缺评分项" in (c.input / "policies/support.xml").read_text(encoding="utf-8")
           else "<p>基本工资", "<p>p0canary@example.com 基本工资")
    status, _, err = c.call("run", "2026-10")
    ok(status == 1 and "E0511" in err and "canary" not in err and not (c.output / "2026-10").exists(),
       "a page that holds an address is not published, and the message does not repeat it", f"{status}{err}")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.titles, self.h1, self.bad, self.ids = [], [], 0, [], set()
        self.in_title = False

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if "id" in names:
            if names["id"] in self.ids:
                self.bad.append(f"id {names['id']} twice")
            self.ids.add(names["id"])
        for name, value in attributes:
            if name == "style" or name.startswith("on") or (value or "").startswith("javascript:"):
                self.bad.append(f"{tag} {name}")
            if name in ("href", "src") and value:
                self.links.append(value)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.bad.append("inline " + tag)
        self.h1 += tag == "h1"
        self.in_title = tag == "title" and not self.titles

    def handle_data(self, data):
        if self.in_title:
            self.titles.append(data)
            self.in_title = False


def test_pages():
    import urllib.parse
    c = Company("pages")
    c.call("run")
    broken, bad, titles = [], [], {}
    for tree in ("site", "managers"):
        for path in sorted((c.output / "2026-10" / tree).rglob("*.html")):
            page = Page()
            page.feed(path.read_text(encoding="utf-8"))
            where = str(path.relative_to(c.output))
            bad += [f"{where}: {b}" for b in page.bad]
            if page.h1 != 1 or not page.titles:
                bad.append(f"{where}: {page.h1} h1, title {page.titles}")
            titles.setdefault((tree, "".join(page.titles)), []).append(where)
            for link in page.links:
                if path.name == "404.html" and link == f"/2026-10/{tree}/index.html":  # a server answers with it at any address
                    continue
                if re.match(r"[a-z]+:|//|/", link) and not link.startswith("mailto:"):
                    broken.append(f"{where} -> {link}")
                    continue
                target = urllib.parse.unquote(link.split("#")[0])
                if target and not link.startswith("mailto:") and not (path.parent / target).resolve().exists():
                    broken.append(f"{where} -> {link}")
    ok(not bad, "pages hold no inline style or script, one h1, a title, no id twice", "\n".join(bad[:20]))
    ok(not broken, "every link is relative and leads to a file", "\n".join(broken[:20]))
    twice = [f"{k}: {v}" for k, v in titles.items() if len(v) > 1]
    ok(not twice, "titles are unique in their tree", "\n".join(twice[:10]))
    modes = {oct((c.output / "2026-10/payslips").stat().st_mode)[-3:]} | {
        "f" + oct(p.stat().st_mode)[-3:] for p in (c.output / "2026-10/payslips").iterdir()}
    ok(modes == {"700", "f600"}, "payslips are for their owner alone", modes)
    slips = {p.stem for p in (c.output / "2026-10/payslips").iterdir()}
    ok(slips == {"E1001", "E1002", "E1003", "E1004"}, "a payslip for every person paid", slips)
    if shutil.which("xmllint"):
        for tree, schema in (("managers", "model.rng"), ("site", "public.rng")):
            docs = sorted(str(p) for p in (c.output / "2026-10/model" / tree).rglob("*.xml"))
            done = subprocess.run(["xmllint", "--noout", "--relaxng", str(TOP / "templates" / schema), *docs],
                                  capture_output=True, text=True, check=False)
            ok(docs and done.returncode == 0, f"the documents of {tree}/ fit {schema}", done.stderr[-2000:])


def main():
    try:
        reference = test_numbers()
        test_same_bytes(reference)
        test_refusals()
        test_system_failures()
        test_killed()
        test_later_scheme()
        test_hold()
        test_check_and_json()
        test_books_inside_input()
        test_leak()
        test_pages()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(tap.plan())


main()
