#!/usr/bin/env python3
"""Books: sealed, chained, verified, restated. TAP.

Runs $SALESPAY (default build/release/salespay) on copies of tests/small. The seals are read and their sums taken again
here, by hashlib; expected amounts are worked by hand: see the comment at each.
"""
import csv
import decimal
import hashlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-books-"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ.pop("LANG", None)
os.environ["LC_ALL"] = "C.UTF-8"
BY = ("--by", "张三", "--approved-by", "李四", "--date", "2026-11-05")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


class Company:
    def __init__(self, name, source=None):
        self.folder = WORK / name
        self.input, self.output = self.folder / "in", self.folder / "out"
        self.records = self.input / "records"
        shutil.copytree(source.folder if source else TOP / "tests/small", self.folder if source else self.input, symlinks=True)

    def call(self, *arguments, program=PROGRAM, env=None):
        """(status, stdout, stderr)"""
        done = subprocess.run([program, *arguments, "-i", str(self.input), "-o", str(self.output)],
                              env=dict(os.environ, **(env or {})), capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def edit(self, below, old, new, root=None):
        path = (root or self.input) / below
        text = path.read_text(encoding="utf-8")
        assert old in text, (below, old)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def state(self, *roots):
        found = {}
        for root in roots or (self.output, self.records):
            for path in sorted(root.rglob("*")):
                if path.is_symlink():
                    found[str(path.relative_to(self.folder))] = os.readlink(path)
                elif path.is_file():
                    found[str(path.relative_to(self.folder))] = path.read_bytes()
        return found


class Seal:
    """seal.txt as the manual describes it, read without the program."""

    def __init__(self, company, month):
        self.path = company.records / month / "seal.txt"
        self.bytes = self.path.read_bytes()
        lines = self.bytes.decode("utf-8").split("\n")
        self.fields = {}
        self.files = {"books": {}, "output": {}}
        part = None
        for line in lines[1:]:
            if re.match(r"[0-9a-f]{64}  ", line):
                self.files[part][line[66:]] = line[:64]
            elif line:
                name, _, text = line.partition(": ")
                if name in self.files:
                    part = name
                    self.fields[name] = int(text.removesuffix(" files"))
                else:
                    self.fields[name] = text

    def faults(self, company, month):
        found = []
        head, _, last = self.bytes.rpartition(b"sum: ")
        if sha256(head) != last.decode().strip():
            found.append("its own sum")
        for part, folder in (("books", company.records / month), ("output", company.output / month)):
            there = {str(p.relative_to(folder)): sha256(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}
            there.pop("seal.txt", None)
            if there != self.files[part] or len(there) != self.fields[part]:
                found.append(f"{part}: {sorted(set(there.items()) ^ set(self.files[part].items()))[:5]}")
        for path, digest in self.files["books"].items():
            if path.startswith("input/") and sha256((company.input / path[6:]).read_bytes()) != digest:
                found.append(f"{path} is no copy of the input")
        return found


def sealed_pair():
    """Both months of the small company computed and sealed."""
    c = Company("sealed")
    status, _, err = c.call("run")
    assert status == 0, err
    return c


def test_seal(c):
    before = c.state()
    status, out, err = c.call("seal", "2026-10", *BY)
    ok(status == 4 and "E0574" in err and "salespay seal 2026-09" in err, "the earlier month comes first, and the message says how", err)
    for one, other in (("张三", "张 三"), ("Ann Lee", " ann  LEE "), ("Ａｎｎ", "ann"), ("É.B.", "é.b."), ("张三\u200b", "张三")):
        status, _, err = c.call("seal", "2026-09", "--by", one, "--approved-by", other)
        ok(status == 4 and "E0570" in err, f"'{one}' and '{other}' are one person", err)
    for arguments in (("2026-09", "--by", "张三"), ("2026-09", "--approved-by", "李四"), ("--by", "张三", "--approved-by", "李四"),
                      ("2026-09", "--by", " ", "--approved-by", "李四"), ("2026-09", "--by", "张\n三", "--approved-by", "李四"),
                      ("2026-09", *BY[:4], "--date", "2026-02-30")):
        status, _, err = c.call("seal", *arguments)
        ok(status == 2, f"seal {' '.join(arguments)!r} is no usage", err)
    ok(c.state() == before, "a refusal writes nothing")
    status, out, err = c.call("seal", "2026-09", *BY)
    ok(status == 0, "a month that was computed is sealed", err)
    after = c.state()
    new = {k for k in after if after[k] != before.get(k)}
    ok(new == {"in/records/2026-09/seal.txt", "in/records/SEALS"} and not set(before) - set(after),
       "sealing writes the seal and its line in SEALS, and nothing else", new)
    seal = Seal(c, "2026-09")
    ok(not seal.faults(c, "2026-09"), "the seal holds every file of inputs, policies, books and output with its sum", seal.faults(c, "2026-09"))
    # net of September, by hand from the ledger: earnings less deductions of the three people
    with open(c.records / "2026-09/ledger.csv", encoding="utf-8", newline="") as lines:
        net = sum(round(float(row["实发工资"]) * 100) for row in csv.DictReader(lines))
    wanted = {"month": "2026-09", "made by": "张三", "approved by": "李四", "date": "2026-11-05", "people paid": "3",
              "people held": "0", "people excluded": "2", "net": f"{net // 100}.{net % 100:02}", "tool": "salespay 0.1",
              "previous month": "none", "previous seal": "none"}
    ok({k: seal.fields[k] for k in wanted} == wanted, "the seal says who, when, how many and how much", seal.fields)
    ok(sha256(seal.bytes) in out, "the seal's own sum is told, to be written down elsewhere", out)
    status, _, err = c.call("seal", "2026-10", *BY)
    second = Seal(c, "2026-10")
    ok(status == 0 and second.fields["previous month"] == "2026-09" and second.fields["previous seal"] == sha256(seal.bytes) and
       not second.faults(c, "2026-10"), "the next seal holds the sum of the one before", err)
    done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "SEALS"], cwd=c.records, capture_output=True, text=True, check=False)
    ok(done.returncode == 0 and (c.records / "SEALS").read_text().count("\n") == 2, "sha256sum -c SEALS checks all seals", done.stdout)
    status, _, err = c.call("seal", "2026-09", *BY)
    ok(status == 4 and "E0571" in err and "2026-11-05" in err and "李四" in err, "a sealed month is not sealed twice", err)
    modes = {oct(p.stat().st_mode)[-3:] for p in (c.records / "2026-09/seal.txt", c.records / "SEALS")}
    ok(modes == {"600"}, "seals are their owner's alone", modes)


def test_seal_refuses_changes(fresh):
    def refuse(name, change, code, names, back):
        saved = c.state(c.input, c.output)
        change()
        before = c.state(c.records)
        status, _, err = c.call("seal", "2026-09", *BY)
        ok(status == 4 and code in err and names in err and "salespay run 2026-09" in err and c.state(c.records) == before,
           f"seal refuses when {name}", f"{status}\n{err}")
        back()
        assert c.state(c.input, c.output) == saved, name

    c = Company("refuses", fresh)
    orders = (c.input / "2026-09/订单.csv").read_text(encoding="utf-8")
    refuse("an input changed", lambda: c.edit("2026-09/订单.csv", "10,000.00", "20,000.00"), "E0577", "2026-09/订单.csv",
           lambda: c.edit("2026-09/订单.csv", "20,000.00", "10,000.00"))
    refuse("an input is gone", (c.input / "2026-09/订单.csv").unlink, "E0578", "2026-09/订单.csv",
           lambda: (c.input / "2026-09/订单.csv").write_text(orders, encoding="utf-8"))
    refuse("an input is new", lambda: (c.input / "2026-09/hold.csv").write_text("id,reason\n"), "E0579", "2026-09/hold.csv",
           (c.input / "2026-09/hold.csv").unlink)
    refuse("a policy changed", lambda: c.edit("policies/lib/staff.xml", ">3200<", ">3300<"), "E0577", "policies/lib/staff.xml",
           lambda: c.edit("policies/lib/staff.xml", ">3300<", ">3200<"))
    ledger = (c.output / "2026-09/ledger.csv").read_text(encoding="utf-8")
    refuse("a published file changed", lambda: c.edit("2026-09/ledger.csv", "E1001", "E1009", c.output), "E0583", "ledger.csv",
           lambda: (c.output / "2026-09/ledger.csv").write_text(ledger, encoding="utf-8"))
    slip = (c.output / "2026-09/payslips/E1001.pdf").read_bytes()
    refuse("a slip is gone", (c.output / "2026-09/payslips/E1001.pdf").unlink, "E0584", "E1001.pdf",
           lambda: (c.output / "2026-09/payslips/E1001.pdf").write_bytes(slip))
    refuse("a file was put beside the slips", lambda: (c.output / "2026-09/payslips/x.pdf").write_bytes(b"x"), "E0585", "x.pdf",
           (c.output / "2026-09/payslips/x.pdf").unlink)
    shutil.copytree(TOP / "templates", c.folder / "own/templates")
    shutil.copytree(TOP / "styles", c.folder / "own/styles")
    with open(sorted((c.folder / "own/styles").glob("*.css"))[0], "a", encoding="utf-8") as css:
        css.write("\n/* other */\n")
    status, _, err = c.call("seal", "2026-09", *BY, env={"SALESPAY_DATA": str(c.folder / "own")})
    ok(status == 4 and "E0573" in err, "seal refuses when the tool's own styles are others", err)
    # books: the same bytes in output and SHA256SUMS, but not in the ledger that later months read
    saved = (c.records / "2026-09/ledger.csv").read_bytes()
    (c.records / "2026-09/ledger.csv").write_bytes(saved.replace(b"E1001", b"E1009", 1))
    status, _, err = c.call("seal", "2026-09", *BY)
    ok(status == 4 and "E0580" in err and "records/2026-09/ledger.csv" in err, "seal refuses when a book was tampered with", err)
    (c.records / "2026-09/ledger.csv").write_bytes(saved)
    copy = c.records / "2026-09/input/2026-09/订单.csv"
    copy.write_text(orders.replace("10,000.00", "10,000.01"), encoding="utf-8")
    status, _, err = c.call("seal", "2026-09", *BY)
    ok(status == 4 and "E0580" in err and "input/2026-09" in err, "seal refuses when the copy of an input was tampered with", err)
    copy.write_text(orders, encoding="utf-8")
    status, _, err = c.call("seal", "2026-08", *BY)
    ok(status == 4 and "E0572" in err, "a month without books cannot be sealed", err)
    (c.input / "2026-11").mkdir()
    status, _, err = c.call("seal", "2026-09", *BY)
    ok(status == 0, "a later month's folder is no change", err)
    shutil.move(c.records / "2026-10", c.records / "2026-11")
    status, _, err = c.call("seal", "2026-11", *BY)
    ok(status == 4 and "E0576" in err and "2026-10" in err, "a hole between sealed months is refused", err)


def test_verify(sealed):
    status, out, err = sealed.call("verify")
    ok(status == 0 and out.count("一致") == 2 and "不一致" not in out and not err, "verify finds sealed months as they were", out + err)
    status, out, _ = sealed.call("verify", "--format", "json")
    objects = [json.loads(line) for line in out.splitlines()]
    ok(status == 0 and [(o["month"], o["sealed"], o["holds"], o["made_by"], o["approved_by"], o["date"]) for o in objects] ==
       [(m, True, True, "张三", "李四", "2026-11-05") for m in ("2026-09", "2026-10")] and
       objects[1]["seal"] == sha256(Seal(sealed, "2026-10").bytes), "verify as JSON", out)

    def found(name, change, code, where, *arguments):
        c = Company("verify", sealed)
        change(c)
        before = c.state()
        status, _, text = c.call("verify", *arguments)
        json_status, _, err = c.call("verify", "--format", "json")
        told = [json.loads(line) for line in err.splitlines()]
        ok(status == json_status == 4 and code in text and where in text and c.state() == before and
           any(o["code"] == code and where in f"{o['file']} {o['message']}" for o in told), f"verify finds {name}", f"{status}\n{text}{err}")
        shutil.rmtree(c.folder)

    def flip(path, old, new):
        data = path.read_bytes()
        assert old in data, path
        path.write_bytes(data.replace(old, new, 1))

    def forge(c, *months):
        """Seals that hold in themselves, as somebody who knows the form would write them."""
        for month in months:
            path = c.records / month / "seal.txt"
            head = path.read_bytes().rpartition(b"sum: ")[0].replace("李四".encode(), "王五".encode())
            path.write_bytes(head + b"sum: " + sha256(head).encode() + b"\n")

    def forge_all(c):
        forge(c, "2026-09")
        path = c.records / "SEALS"
        lines = path.read_text().splitlines()
        lines[0] = sha256((c.records / "2026-09/seal.txt").read_bytes()) + lines[0][64:]
        path.write_text("\n".join(lines) + "\n")

    found("a byte of a sealed ledger", lambda c: flip(c.records / "2026-09/ledger.csv", b"E1001", b"E1007"), "E0580", "2026-09/ledger.csv")
    found("a changed copy of an input", lambda c: flip(c.records / "2026-10/input/calendar.csv", b"2026", b"2027"), "E0580", "input/calendar.csv")
    found("a copy of a policy that is gone", lambda c: (c.records / "2026-10/input/policies/support.xml").unlink(), "E0581", "support.xml")
    found("a file put into the books", lambda c: (c.records / "2026-10/ledger2.csv").write_text("x"), "E0582", "ledger2.csv")
    found("a published slip that was changed", lambda c: flip(c.output / "2026-09/payslips/E1001.pdf", b"%PDF", b"%PDf"), "E0583", "E1001.pdf", "2026-09")
    found("a published slip that is gone", lambda c: (c.output / "2026-10/payslips/E1001.pdf").unlink(), "E0584", "E1001.pdf")
    found("a page that was added", lambda c: (c.output / "2026-10/site/extra.html").write_text("x"), "E0585", "extra.html")
    found("published sums made to fit a changed slip", lambda c: (
        flip(c.output / "2026-09/payslips/E1001.pdf", b"%PDF", b"%PDf"),
        flip(c.output / "2026-09/SHA256SUMS", [line for line in (c.output / "2026-09/SHA256SUMS").read_bytes().split(b"\n")
             if line.endswith(b"payslips/E1001.pdf")][0][:64], sha256((c.output / "2026-09/payslips/E1001.pdf").read_bytes()).encode())),
        "E0583", "SHA256SUMS")
    found("a changed byte of a seal", lambda c: flip(c.records / "2026-09/seal.txt", "李四".encode(), "王五".encode()), "E0588", "2026-09/seal.txt")
    found("a cut seal", lambda c: (c.records / "2026-10/seal.txt").write_bytes((c.records / "2026-10/seal.txt").read_bytes()[:-70]), "E0588", "2026-10/seal.txt")
    found("a replaced seal", lambda c: forge(c, "2026-09"), "E0592", "2026-09")
    found("a replaced seal at the end of the chain", lambda c: forge(c, "2026-10"), "E0594", "2026-10")
    found("a seal replaced together with its line in SEALS", forge_all, "E0592", "2026-09")
    found("another month's seal", lambda c: shutil.copy(c.records / "2026-09/seal.txt", c.records / "2026-10/seal.txt"), "E0589", "2026-10")
    found("a removed month", lambda c: shutil.rmtree(c.records / "2026-09"), "E0591", "2026-09")
    found("a removed last month", lambda c: shutil.rmtree(c.records / "2026-10"), "E0593", "2026-10")
    found("a removed seal", lambda c: (c.records / "2026-09/seal.txt").unlink(), "E0591", "2026-09")
    found("a removed line of SEALS", lambda c: (c.records / "SEALS").write_text(
        (c.records / "SEALS").read_text().splitlines()[1] + "\n"), "E0595", "2026-09")
    c = Company("verify-published", sealed)
    shutil.rmtree(c.records)
    status, _, err = c.call("verify")
    ok(status == 4 and err.count("E0586") == 2, "verify finds months that are published and in no book", err)
    c = Company("verify-kept", sealed)
    shutil.rmtree(c.output)
    status, out, err = c.call("verify")
    ok(status == 0 and out.count("没有发布") == 2, "books alone hold: output can be made again", out + err)
    (c.records / "SEALS").unlink()  # as if killed between the seal and its line
    (c.records / "SEALS").write_text((sealed.records / "SEALS").read_text().splitlines()[0] + "\n")
    status, _, err = c.call("run")
    ok(status == 0 and c.state() == sealed.state(), "a line of SEALS that a killed seal left out is written by the next run", err)


def test_run_leaves_sealed_alone(sealed):
    before = sealed.state()
    status, out, err = sealed.call("run")
    ok(status == 0 and out.count("已封账") == 2 and sealed.state() == before, "run passes sealed months over", out + err)
    status, _, err = sealed.call("run", "2026-09")
    ok(status == 4 and "E0515" in err and sealed.state() == before, "run of a sealed month is refused", err)
    c = Company("again", sealed)
    shutil.rmtree(c.output)
    c.edit("policies/lib/staff.xml", ">3200<", ">3300<")
    c.edit("2026-09/订单.csv", "10,000.00", "20,000.00")
    status, out, err = c.call("run")
    ok(status == 0 and c.state() == before, "deleted output comes back byte for byte from the books, whatever became of the inputs",
       f"{status}{out}{err}" + "\n".join(k for k in before if c.state().get(k) != before[k]))
    ok("E0596" in err and "2026-09/订单.csv" in err and "salespay restate 2026-09" in err and "E0597" in err and
       "policies/lib/staff.xml" in err, "run names the inputs of sealed months that changed", err)
    for command in (("check", "2026-10"),):
        status, out, err = c.call(*command)
        ok("E0596" in err and "2026-09/订单.csv" in err, f"{command[0]} names them too", out + err)
    shutil.rmtree(c.output / "check")  # check's page is no part of a month
    (c.output / "2026-09/payslips/E1001.pdf").write_bytes(b"x")
    status, out, err = c.call("run", "2026-09")
    ok(status == 0 and c.state() == before, "a changed slip of a sealed month is made again when asked", out + err)
    shutil.rmtree(c.output)
    shutil.copytree(TOP / "templates", c.folder / "own/templates")
    shutil.copytree(TOP / "styles", c.folder / "own/styles")
    for css in (c.folder / "own/styles").glob("*.css"):
        css.write_text(css.read_text(encoding="utf-8") + "\n/* other */\n", encoding="utf-8")
    status, out, err = c.call("run", env={"SALESPAY_DATA": str(c.folder / "own")})
    ok(status == 4 and err.count("E0598") >= 1 and ".css" in err and not (c.output / "2026-09").exists() and
       c.state(c.records) == {k: v for k, v in before.items() if k.startswith("in/")},
       "what another tool would make of sealed books is not published under their name, and that is said", err)
    shutil.rmtree(c.input / "2026-09")
    status, out, err = c.call("run")
    ok(status == 0 and c.state() == before, "a sealed month whose exports are in an archive is still there", out + err)
    (c.records / "2026-09/ledger.csv").write_bytes(before["in/records/2026-09/ledger.csv"].replace(b"E1001", b"E1009"))
    shutil.rmtree(c.output / "2026-09")
    status, out, err = c.call("run")
    ok(status == 4 and "E0580" in err and not (c.output / "2026-09").exists(), "nothing is published from tampered books", err)
    c = Company("gone", sealed)
    shutil.rmtree(c.records / "2026-10")
    before = c.state()
    status, _, err = c.call("run")
    ok(status == 4 and "E0593" in err and c.state() == before, "run does not compute a sealed month anew because its books are gone", err)
    c = Company("before", sealed)
    shutil.copytree(c.input / "2026-09", c.input / "2026-08")
    status, _, err = c.call("run")
    ok(status == 0 and "E0599" in err and not (c.records / "2026-08").exists(), "a month before the sealed ones is passed over with a warning", err)
    done = subprocess.run(["make", "-n", "clean"], cwd=TOP, capture_output=True, text=True, check=False)
    ok(done.returncode == 0 and "records" not in done.stdout and "input" not in done.stdout, "make clean names neither books nor inputs", done.stdout)


CORRECTIONS = """  <table name="更正" file="更正*.csv" role="corrections">
    <column name="工号" type="id" role="person" required="yes"/>
    <column name="更正月份" type="month" role="month" required="yes"/>
    <column name="更正项目" type="text" role="figure" required="yes"/>
    <column name="更正金额" type="money" role="amount" required="yes"/>
  </table>
"""
PAID_BY = """    <figure name="以前月份补发" type="money" section="earnings">合计(更正 其中 更正项目 = “实发工资”, 更正金额)</figure>
"""


def restated(company, month, *arguments):
    """(rows as tuples of strings, stderr)"""
    status, out, err = company.call("restate", month, *arguments)
    assert status == 0, (status, out, err)
    return [tuple(row) for row in csv.reader(io.StringIO(out))], err


def ledger(company, month):
    with open(company.records / month / "ledger.csv", encoding="utf-8", newline="") as lines:
        return {row["工号"]: row for row in csv.DictReader(lines)}


def corrected_in(company, month):
    """(id, month corrected, figure, due, paid, difference) of everyone's slip, by id and as the table has them"""
    name = "{urn:salespay:model:1}"
    people = [p for f in (company.output / month / "model/managers").glob("unit-*.xml") for p in ET.parse(f).getroot().iter(name + "person")]
    return [(p.get("id"), c.get("month"), c.get("name"), *(c.find(name + part).get("value") for part in ("due", "paid", "difference")))
            for p in sorted(people, key=lambda p: p.get("id")) for c in p.findall(name + "correction")]


def test_restate():
    c = Company("restate")
    c.edit("policies/support.xml", '  <table name="考勤"', CORRECTIONS + '  <table name="考勤"')
    c.edit("policies/support.xml", '    <total name="应发合计"', PAID_BY + '    <total name="应发合计"')
    (c.input / "2026-09/hold.csv").write_text("id,reason\nE1004,银行账户待核\n", encoding="utf-8")
    c.call("run")
    plain = {k: v["实发工资"] for k, v in ledger(c, "2026-10").items()}
    status, _, err = c.call("restate", "2026-09")
    ok(status == 4 and "E0540" in err, "a month that is not sealed is not restated", err)
    status, _, err = c.call("seal", "2026-09", *BY)
    assert status == 0, err
    ok((Seal(c, "2026-09").fields["people paid"], Seal(c, "2026-09").fields["people held"]) == ("2", "1"), "the seal counts the held")
    header = ("工号", "更正月份", "更正项目", "更正金额", "姓名", "应计", "已付", "已更正", "原因")
    rows, err = restated(c, "2026-09")
    ok(rows == [header] and "没有应补发" in err, "where nothing changed, nothing remains; the held stay held", rows)
    # SO-1 was 12,000, not 10,000: 5% of 2,000 more. E1003 was not late: 2 x 10.00 deducted for nothing.
    c.edit("2026-09/订单.csv", "10,000.00", "12,000.00")
    c.edit("2026-09/考勤.csv", "E1003,1.5,0,2,", "E1003,1.5,0,0,")
    c.edit("2026-09/考勤.csv", "合计,1.5,0,2,", "合计,1.5,0,0,")
    # E1002 was hired on 2026-09-16: working days 16-18, 20 (made up), 21-24, 28-30 and the holiday 25th: 12 of 23.
    # 3200 x 12 / 23 = 1669.565..., 200 x 12 / 23 = 104.347..., 100 + 80 + 60 = 240,
    # score 32 + 25.5 + 16 + 9 = 82.5 of 1000 = 825; together 2838.92, no deductions
    c.edit("2026-09/花名册.csv", "2026-10-15", "2026-09-16")
    c.edit("2026-10/花名册.csv", "2026-10-15", "2026-09-16")
    # E1004 is held no longer: 4500 + 500 + 80 + 160 + 240 + 1500 + 2% of 3333.33 = 7046.67
    (c.input / "2026-09/hold.csv").write_text("id,reason\n", encoding="utf-8")
    c.call("run")
    plain = {k: v["实发工资"] for k, v in ledger(c, "2026-10").items()}
    before = c.state()
    wanted = [("E1001", "提成", "100.00", "600.00", "500.00", "重算"), ("E1001", "应发合计", "100.00", "6309.60", "6209.60", "重算"),
              ("E1001", "实发工资", "100.00", "6309.60", "6209.60", "重算")]
    wanted += [("E1002", f, a, a, "0.00", "新增") for f, a in (("基本工资", "1669.57"), ("岗位津贴", "104.35"), ("月勤工奖", "240.00"),
               ("绩效工资", "825.00"), ("应发合计", "2838.92"), ("实发工资", "2838.92"))]
    wanted += [("E1003", "迟到扣款", "-20.00", "0.00", "20.00", "重算"), ("E1003", "扣款合计", "-20.00", "0.00", "20.00", "重算"),
               ("E1003", "实发工资", "20.00", "4762.49", "4742.49", "重算"),
               ("E1004", "实发工资", "7046.67", "7046.67", "0.00", "暂缓解除")]
    status, text, err = c.call("restate", "2026-09")
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    got = [(r[0], r[2], r[3], r[5], r[6], r[8]) for r in rows[1:]]
    ok(status == 0 and rows[0] == header and got == wanted and all(r[1] == "2026-09" and r[7] == "0.00" for r in rows[1:]),
       "restate prints per person and figure what was due, paid and remains", f"{text}\n{err}")
    ok("4 人" in err and "10005.59" in err and "2026-10/更正*.csv" in err,  # 100.00 + 2838.92 + 20.00 + 7046.67
       "its summary says how many, how much, and where it is to go", err)
    ok(c.state() == before, "restate changes nothing")
    (c.input / "2026-10/更正-2026-09.csv").write_text(text, encoding="utf-8")
    rows, err = restated(c, "2026-09")
    ok(rows == [header] and "已由以后月份更正" in err, "once they stand in the open month, nothing remains", f"{rows}{err}")
    status, _, err = c.call("run")
    paid = {k: v["实发工资"] for k, v in ledger(c, "2026-10").items()}
    more = {k: round(float(paid[k]) * 100) - round(float(plain[k]) * 100) for k in plain}
    ok(status == 0 and more == {"E1001": 10000, "E1002": 283892, "E1003": 2000, "E1004": 704667},
       "the open month pays them through the policy's corrections table, to the fen", f"{more}{err}")
    slip = subprocess.run(["pdftotext", "-layout", str(c.output / "2026-10/payslips/E1001.pdf"), "-"], capture_output=True, text=True,
                          check=False).stdout
    ok(re.search(r"以前月份补发.*?2026年9月 实发工资：应付 6,309\.60，已付\s+100\.00\s.*?6,209\.60，差额 \+100\.00", slip, re.S) and
       re.search(r"2026年9月\s+提成\s+600\.00\s+500\.00\s+\+100\.00", slip),
       "the slip shows each correction with the month it corrects, what was due, what was paid and the difference", slip)
    ok(corrected_in(c, "2026-10") == [(r[0], r[1], r[2], r[5], r[6], r[3]) for r in csv.reader(io.StringIO(text)) if r[0] != "工号"],
       "its due and paid are those that restate printed, of who was held or not there as well", corrected_in(c, "2026-10"))
    rows, _ = restated(c, "2026-09")
    ok(rows == [header], "restated again, nothing remains")
    status, out, _ = c.call("restate", "2026-09", "--format", "json")
    objects = [json.loads(line) for line in out.splitlines()]
    ok(status == 0 and len(objects) == len(wanted) and {o["remains"] for o in objects} == {"0.00"} and
       [(o["id"], o["figure"], o["corrected"]) for o in objects] == [w[:3] for w in wanted], "as JSON also what is settled", out)
    status, _, err = c.call("seal", "2026-10", *BY)
    assert status == 0, err
    (c.input / "2026-10/更正-2026-09.csv").unlink()
    rows, _ = restated(c, "2026-09")
    ok(rows == [header], "what a sealed month corrected counts by its books, whatever its folder has now")
    # E1001 had left by then: nothing was due. 6209.60 were paid and 100.00 corrected.
    c.edit("2026-09/花名册.csv", "E1001,张伟,华东支持部,S2,男,2024-03-01,,", "E1001,张伟,华东支持部,S2,男,2024-03-01,2026-08-20,")
    rows, err = restated(c, "2026-09", "--lang", "en")
    net = [r for r in rows if r[0] == "E1001" and r[2] == "实发工资"]
    ok(net == [("E1001", "2026-09", "实发工资", "-6309.60", "张伟", "0.00", "6209.60", "100.00", "gone")] and "to recover 6309.60" in err,
       "who ought not to have been paid owes what was paid and corrected", f"{net}{err}")
    ok({r[0] for r in rows[1:]} == {"E1001"}, "nobody else is touched by that", rows)
    # A second correction of the same figures: what the first one paid is paid.
    shutil.copytree(c.input / "2026-10", c.input / "2026-11")
    with open(c.input / "2026-11/更正-2026-09.csv", "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    status, _, err = c.call("run", "2026-11")
    due = [(r[0], r[1], r[2], r[5], str(decimal.Decimal(r[6]) + decimal.Decimal(r[7])), r[3]) for r in rows[1:]]
    ok(status == 0 and corrected_in(c, "2026-11") == due and ("E1001", "2026-09", "实发工资", "0.00", "6309.60", "-6309.60") in due,
       "a later correction counts what an earlier one paid", f"{status} {corrected_in(c, '2026-11')}\n{err}")
    shutil.rmtree(c.input / "2026-11")
    shutil.rmtree(c.records / "2026-11")
    shutil.rmtree(c.output / "2026-11")
    # a figure that the rules no longer have, and one in its place: 60 of S2, 80 of S3
    c.edit("policies/support.xml", 'name="劳保福利" type', 'name="劳保补贴" type')
    c.edit("policies/support.xml", '<expect name="劳保福利">', '<expect name="劳保补贴">')
    rows, _ = restated(c, "2026-09")
    moved = [(r[0], r[2], r[3]) for r in rows[1:] if "劳保" in r[2]]
    ok(("E1003", "劳保福利", "-60.00") in moved and ("E1003", "劳保补贴", "60.00") in moved, "a figure that was renamed is recovered and paid", moved)
    c.edit("2026-09/订单.csv", "12,000.00", "abc")
    status, out, err = c.call("restate", "2026-09")
    ok(status == 1 and "E0203" in err and not out, "wrong inputs are told, and nothing is restated", f"{out}{err}")


def test_restate_without_table(sealed):
    c = Company("untabled", sealed)
    c.edit("2026-09/订单.csv", "10,000.00", "12,000.00")
    rows, err = restated(c, "2026-09", "--lang", "en")
    ok(rows[0][:4] == ("id", "month", "figure", "amount") and rows[1][:4] == ("E1001", "2026-09", "提成", "100.00") and "E0542" in err,
       "without a corrections table restate says that nothing would pay its rows", f"{rows}{err}")
    c.edit("2026-09/评分.csv", "E1001,95", "E1001,")
    c.edit("policies/support.xml", 'missing="renormalise"', 'missing="error"')
    status, out, err = c.call("restate", "2026-09", "--hold")
    ok(status == 0 and "E0541" in err and "E1001," not in out, "whom today's inputs do not suffice for is told and left out", f"{status}{out}{err}")


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def net_of(company, month):
    """What the ledger pays, added up here."""
    with open(company.output / month / "ledger.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return str(sum(decimal.Decimal(row["实发工资"]) for row in rows if row["实发工资"]))


def test_status(sealed):
    def states(c):
        status, out, err = c.call("status", "--format", "json")
        return status, {row["month"]: row for row in map(json.loads, out.splitlines())}, err

    c = Company("new")
    _, rows, _ = states(c)
    _, out, _ = c.call("status")
    ok([r["state"] for r in rows.values()] == ["new", "new"] and "salespay run 2026-09" in out, "months without books are new, the first is next", out)
    c.call("run", "2026-09")
    _, rows, _ = states(c)
    ok((rows["2026-09"]["state"], rows["2026-09"]["net"], rows["2026-10"]["state"]) == ("computed", net_of(c, "2026-09"), "new"),
       "a computed month tells what its ledger pays", rows)
    c.call("run")
    _, out, _ = c.call("status")
    ok("salespay seal 2026-09" in out and "2026-09/managers/company/quality.html" in out, "when all is computed the first open month is to be reviewed and sealed", out)
    c.edit("2026-10/订单.csv", "\n", "\n\n")
    _, rows, _ = states(c)
    _, out, _ = c.call("status")
    ok(rows["2026-10"]["state"] == "changed" and "salespay run 2026-10" in out, "a month whose inputs changed is to be run again", out)

    status, rows, err = states(sealed)
    row = rows["2026-10"]
    ok(status == 0 and (row["state"], row["made_by"], row["approved_by"], row["sealed_on"]) == ("sealed", "张三", "李四", "2026-11-05"),
       "a sealed month tells who made and who approved it, and when", rows)
    _, out, _ = sealed.call("status")
    ok("salespay check 2026-11" in out, "when all is sealed the next month's exports are", out)
    c = Company("later", sealed)
    before = c.state()
    c.edit("2026-09/订单.csv", "10,000.00", "20,000.00")
    shutil.rmtree(c.output / "2026-10")
    shutil.rmtree(c.input / "2026-10")
    _, rows, err = states(c)
    ok(rows["2026-09"]["state"] == "sealed-changed" and "E0596" in err, "an input of a sealed month that changed is told, and restate with it", err)
    ok(rows["2026-10"]["state"] == "sealed-unpublished", "a sealed month in the archive whose output is gone still has its line", rows)
    _, out, _ = c.call("status")
    ok("salespay run 2026-10" in out, "and run makes it again", out)
    ok({k: v for k, v in c.state(c.records).items()} == {k: v for k, v in before.items() if k.startswith("in/records")}, "status writes nothing into the books")
    lines = out.splitlines()
    column = [width(line[:line.index(cell)]) for line, cell in zip(lines[:3], ("状态", "已封账", "已封账"))]
    ok(len(set(column)) == 1, "the columns stand straight under Chinese", out)


def main():
    try:
        c = sealed_pair()
        fresh = Company("fresh", c)
        test_seal(c)
        test_seal_refuses_changes(fresh)
        test_verify(c)
        test_run_leaves_sealed_alone(c)
        test_restate()
        test_restate_without_table(c)
        test_status(c)
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(tap.plan())


main()
