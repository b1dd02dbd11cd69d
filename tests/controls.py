#!/usr/bin/env python3
"""Control totals close, or nothing is published. TAP.

First every side of every control is broken by itself: $SALESPAY (default build/release/salespay) runs on tests/small, to which a
bank file and somebody who is held are added, with tests/controls/tamper.c preloaded, which lets one file come back other
than it was written. E0510 must name that control with these sides, and no month may appear. Then the sample company is
run, and each equation is set up again from what was published and from the inputs alone: payslips through pdftotext,
ledger, bank file, unit documents, CSV files read with Python's csv.
"""
import csv
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from decimal import Decimal

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-controls-")).resolve()
LIBRARY = WORK / "tamper.so"
M = "{urn:salespay:model:1}"
os.environ.update(SALESPAY_DATA=os.environ.get("SALESPAY_DATA", str(TOP)), LC_ALL="C.UTF-8")


def run(home, *arguments, tamper=None, lang="en"):
    env = dict(os.environ)
    if tamper:
        env.update(LD_PRELOAD=str(LIBRARY), TAMPER_FILE=tamper[0])
        if len(tamper) > 1:
            env.update(TAMPER_FROM=tamper[1], TAMPER_TO=tamper[2])
    done = subprocess.run([PROGRAM, *arguments, "-i", str(home / "in"), "-o", str(home / "out"), "-j", "2", "--lang", lang, "--progress", "never"],
                          env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def controls_of(folder):
    """{control: (its attributes, [(sign, side, value)])} of run.xml"""
    return {node.get("name"): (node.attrib, [(side.get("sign"), side.get("name"), Decimal(side.text)) for side in node])
            for node in ET.parse(folder / "run.xml").getroot().findall("control")}


def closes(sides):
    """As a reader would add it up: every sum between two equals signs is the same."""
    sums = []
    for sign, _, value in sides:
        if sign in (None, "equals"):
            sums.append(value)
        else:
            sums[-1] += value if sign == "plus" else -value
    return len(sums) > 1 and len(set(sums)) == 1


def value(controls, control, side):
    return next(v for _, name, v in controls[control][1] if name == side)


# ---- a small company, one side after the other broken ----

BANK = '''<export file="bank.csv" title="银行"><column title="账号">员工.工号</column><column title="金额">%s</column></export>
</policy>'''


EAST, WEST = "unit-ub3de38162b97.xml", "unit-u703d3d8d40e4.xml"  # E1001 and E1002; E1003, who is held, and E1004
CLOSED = {
    "People": "staff table 5 = paid 3 + held 1 + excluded, with reason 1",
    "Payslips": "files of payslips 4 = rows of the ledger 4 = paid 3 + held 1",
    "Net pay": "ledger 20427.28 = payslips 20427.28 = units 20427.28 = bank file 15708.39 + held back 4718.89",
    "Sums of units": "unit documents 2 = equal to the sum of their slips 2",
    "Rows": "read 17 = used 16 + ignored, with reason 1 + rejected 0",
    "Joiners and leavers": "this month 4 = last month 3 + joined 1 − left 0",
}


def small_company(name, bank="实发工资"):
    home = WORK / name
    shutil.copytree(TOP / "tests/small", home / "in")
    policy = home / "in/policies/support.xml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("</policy>", BANK % bank), encoding="utf-8")
    (home / "in/2026-10/hold.csv").write_text("id,reason\nE1003,卡号有误\n", encoding="utf-8")
    status, said = run(home, "run", "2026-09")
    assert status == 0, said
    return home


def as_text(sides):
    """run.xml's sides in the words of the message"""
    words = {"staff": "staff table", "excluded": "excluded, with reason", "slip-files": "files of payslips", "ledger-rows": "rows of the ledger",
             "slip-sum": "payslips", "unit-sum": "units", "sums": "unit documents", "sums-right": "equal to the sum of their slips", "bank": "bank file", "held-back": "held back", "ignored": "ignored, with reason",
             "this-month": "this month", "last-month": "last month", "joiners": "joined", "leavers": "left"}
    signs = {None: "", "equals": " = ", "plus": " + ", "minus": " − "}
    return "".join(f"{signs[sign]}{words.get(name, name)} {value}" for sign, name, value in sides)


def exact(document, pattern):
    """What the document says there, letter by letter: elements of a unit document stand on lines of their own."""
    return re.search(pattern, document, re.S).group(0)


def broken_sides():
    home, sound = small_company("small"), WORK / "sound"
    shutil.copytree(home, sound, symlinks=True)
    status, said = run(sound, "run", "2026-10")
    assert status == 0, said
    controls = controls_of(sound / "out/2026-10")
    ok([as_text(s) for _, s in controls.values()] == list(CLOSED.values()) and
       all(closes(s) and a["holds"] == "yes" for a, s in controls.values()), "undisturbed, all six close and count what is there", controls)
    west = (sound / "out/2026-10/model/managers" / WEST).read_text(encoding="utf-8")
    at = "out/.2026-10.new/"
    unit_sum = exact(west, '<section kind="net">.{0,300}<total>\\s*<now value="11737.78"')
    slip = exact(west, '<net>\\s*<now value="7018.89"')
    row = exact((sound / "out/2026-10/ledger.csv").read_text(encoding="utf-8"), "E1004,.*?\n")
    cases = [  # what comes back other than it was written; the controls that must be open, each with what it says instead
        ("the ledger's amount", (at + "ledger.csv", ",5651.64,2,", ",5651.65,2,"), {"Net pay": ("ledger 20427.28", "ledger 20427.29")}),
        ("what a slip's document pays", (at + "model/managers/" + WEST, slip, slip.replace("7018.89", "7018.88")), {"Net pay": ("payslips 20427.28", "payslips 20427.27"), "Sums of units": ("slips 2", "slips 1")}),
        ("a unit's sum", (at + "model/managers/" + WEST, unit_sum, unit_sum[:-3] + '79"'),
         {"Net pay": ("units 20427.28", "units 20427.29"), "Sums of units": ("slips 2", "slips 1")}),
        ("the bank file's amount", (at + "export/bank.csv", "3037.86", "3037.80"), {"Net pay": ("bank file 15708.39", "bank file 15708.33")}),
        ("who is held", (at + "model/managers/" + WEST, 'state="held" hold-reason', 'state="paid" hold-reason'),
         {"People": ("held 1", "held 0"), "Payslips": ("held 1", "held 0"), "Net pay": ("held back 4718.89", "held back 0.00")}),
        ("who is paid", (at + "model/managers/" + EAST, ' slip="../../../payslips/E1002.pdf"', ""),
         {"People": ("paid 3", "paid 2"), "Payslips": ("paid 3", "paid 2")}),
        ("a slip", (at + "payslips/E1004.pdf",), {"Payslips": ("files of payslips 4", "files of payslips 3")}),
        ("a row of the ledger", (at + "ledger.csv", row, ""),
         {"Payslips": ("rows of the ledger 4", "rows of the ledger 3"), "Net pay": ("ledger 20427.28", "ledger 13408.39"),
          "Joiners and leavers": ("this month 4", "this month 3")}),
        ("an input's copy", (".2026-10.new/input/2026-10/订单.csv", "\nSO-5,", "\nSO-4b,E1001,,,,,,\nSO-5,"), {"Rows": ("read 17", "read 18")}),
        ("an input's copy", (".2026-10.new/input/2026-10/考勤.csv", "\nE1004,", " "), {"Rows": ("read 17", "read 16")}),
    ]
    for what, tamper, open_ones in cases:
        status, said = run(home, "run", "2026-10", tamper=tamper)
        wanted = {f"control total '{name}' does not close: " + CLOSED[name].replace(*sides) for name, sides in open_ones.items()}
        told = set(re.findall(r"error\[E0510\]: (.*)", said))
        there = [root for root in ("out/2026-10", "in/records/2026-10", "out/.2026-10.new", "in/records/.2026-10.new") if (home / root).exists()]
        ok((status, told, there, os.readlink(home / "out/latest")) == (3, wanted, [], "2026-09"),
           f"{what} changed behind the program's back ({tamper[0].split('/')[-1]}): {', '.join(open_ones)} open, nothing published", f"{status} {there}\n{said}")
    status, said = run(home, "run", "2026-10")
    same = subprocess.run(["diff", "-r", home / "out/2026-10", sound / "out/2026-10"], capture_output=True, text=True, check=False)
    ok(status == 0 and same.returncode == 0, "left alone, the next run publishes what an undisturbed one does", f"{status}\n{said}{same.stdout}")


def wrong_formula():
    home = small_company("wrong")
    policy = home / "in/policies/support.xml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace('section="net">应发合计 - 扣款合计<', 'section="net">应发合计<'), encoding="utf-8")
    for command in ("check", "run"):
        status, said = run(home, command, "2026-10")
        ok(status == 1 and "E0517" in said and "E0510" not in said and "E1003" in said and not (home / "out/2026-10").exists(),
           f"a net that is not earnings less deductions is the policy's fault, not the controls': {command}", f"{status}\n{said}")


def shown():
    """The page has each equation; a check's page those it can foresee; both in both languages."""
    home = WORK / "sound"
    page = (home / "out/2026-10/managers/company/quality.html").read_text(encoding="utf-8")
    wanted = {"People": "5 staff table = 3 paid + 1 held + 1 excluded, with reason", "Net pay": "20,427.28 ledger = 20,427.28 payslips = 20,427.28 units = "
              "15,708.39 bank file + 4,718.89 held back", "Joiners and leavers": "4 this month = 3 last month + 1 joined − 0 left"}

    def equations(text):
        found = {}
        for part in re.findall(r'<div class="control holds-yes">(.*?)</div>', text, re.S):
            words = [" ".join(re.sub(r"<[^>]*>", " ", x).split()) for x in re.split(r"</h3>|</p>", part)]
            found[words[0].split(" ✓")[0]] = words[1]
        return found
    found = equations(page)
    ok(all(found.get(k) == v for k, v in wanted.items()) and len(found) == 6, "the managers' page has each as an equation", found)
    public = equations((home / "out/2026-10/site/quality.html").read_text(encoding="utf-8"))
    ok(set(public) == {"People", "Payslips", "Sums of units", "Rows", "Joiners and leavers"}, "the intranet's page has those without amounts", public)
    for lang, name in (("en", "People"), ("zh-CN", "人数")):
        status, said = run(home, "check", "2026-10", lang=lang)
        checked = equations((home / "out/check/2026-10.html").read_text(encoding="utf-8"))
        ok(status == 0 and len(checked) == 4 and name in checked and (lang != "en" or all(checked[k] == v for k, v in wanted.items())),
           f"a check foresees the same, but for the slips ({lang})", f"{status} {checked}\n{said}")
    home = small_company("bankless", "实发工资 × 1")
    status, said = run(home, "run", "2026-10", lang="zh-CN")
    page = (home / "out/2026-10/managers/company/quality.html").read_text(encoding="utf-8")
    ok(status == 0 and controls_of(home / "out/2026-10")["net"][0].get("bank-file") == "no" and "没有银行文件可核对" in page,
       "where no export is the net figure itself, page and run.xml say that there is no bank file", f"{status}\n{said}")


# ---- the sample company, every side taken anew ----

def money(text):
    return Decimal(text.replace(",", "").replace("−", "-"))


def input_rows(path):
    """The rows of an export as Python reads them, title lines and all."""
    data = path.read_bytes()
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def slip_net(path):
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    return money(re.search(r"实发工资.*?¥\s*([−\d,]+\.\d\d)", text, re.S).group(1))


def recomputed(folder, inputs, month, last):
    """{control: sides as run.xml should have them} from inputs and published files alone."""
    ledger = list(csv.DictReader((folder / "ledger.csv").read_text(encoding="utf-8").splitlines()))
    key = next(iter(ledger[0]))
    hold = inputs / month / "hold.csv"
    held = {row[0] for row in csv.reader(hold.read_text(encoding="utf-8").splitlines()[1:])} if hold.exists() else set()
    staff = [row for row in input_rows(inputs / month / "花名册.csv")[1:] if any(row)]
    bank = list(csv.DictReader((folder / "export/银行代发.csv").read_text(encoding="gb18030").splitlines()))
    slips = {path.stem: slip_net(path) for path in (folder / "payslips").glob("*.pdf")}
    quality = ET.parse(folder / "model/managers/quality.xml").getroot()
    absent = [a for a in quality.iter(M + "absent") if a.get("state") == "excluded" and a.findtext(M + "reason").strip()]
    units = {row[0]: row[2] for row in input_rows(next(p for p in (inputs / month / "机构.csv", inputs / "common/机构.csv") if p.exists()))[1:] if row}
    unit_sum, documents = Decimal(0), 0
    for path in (folder / "model/managers").glob("unit-*.xml"):
        unit = ET.parse(path).getroot().find(M + "unit")
        documents += 1
        if not units.get(unit.get("id")):
            unit_sum += next(Decimal(s.find(f"{M}total/{M}now").get("value")) for s in unit.find(M + "payroll") if s.get("kind") == "net")
    read = ignored = used = rejected = 0
    ids = {row[key] for row in ledger}
    earlier = {row[key] for row in last}
    for file in quality.iter(M + "file"):
        rows = [r for r in input_rows(inputs / file.get("name"))[int(file.get("header")):] if any(c.strip() for c in r)]
        if rows and file.get("table") == "考勤":
            rows = rows[1:]  # its header has two lines
        totals = [r for r in rows if any(c.strip() in ("合计", "总计", "小计") for c in r[:2])]
        read, ignored, used = read + len(rows), ignored + len(totals), used + len(rows) - len(totals)
    sides = {
        "people": [len(staff), len(bank), len(held & ids), len(absent)],
        "slips": [len(slips), len(ledger), len(bank), len(held & ids)],
        "net": [sum(money(r["实发工资"]) for r in ledger), sum(slips.values()), unit_sum, sum(money(r["金额"]) for r in bank),
                sum(money(r["实发工资"]) for r in ledger if r[key] in held)],
        "units": [documents, documents],
        "rows": [read, used, ignored, rejected],
    }
    if last:
        sides["change"] = [len(ids), len(last), len(ids - earlier), len(earlier - ids)]
    return sides, ledger


def sample():
    home = WORK / "sample"
    shutil.copytree(TOP / "input", home / "in", ignore=shutil.ignore_patterns("records"))
    status, said = run(home, "run", lang="zh-CN")
    ok(status == 0, "the sample company runs", said)
    # A unit that is below another shows a wrong sum: the company's sums do not notice.
    document = home / "out/2026-10/model/managers/unit-D110.xml"
    wrong = exact(document.read_text(encoding="utf-8"), '<section kind="net">.{0,300}<total>\s*<now value="[0-9.]+"')
    before = (home / "out/2026-10/SHA256SUMS").read_bytes()
    status, said = run(home, "run", "2026-10", tamper=(".2026-10.new/model/managers/unit-D110.xml", wrong, wrong[:-2] + 'x"'), lang="zh-CN")
    ok(status == 3 and len(re.findall(r"错误\[E0510\]", said)) == 1 and re.search(r"“部门合计”不平：部门文件 (\d+) = 与所属工资条之和相等 ", said) and
       (home / "out/2026-10/SHA256SUMS").read_bytes() == before, "the sum of a unit below another is held against its own slips; the month stays as it was", said)
    last = []
    for folder in sorted(path for path in (home / "out").glob("20*") if path.is_dir()):
        sides, last = recomputed(folder, home / "in", folder.name, last)
        controls = controls_of(folder)
        found = {name: [v for _, _, v in s] for name, (_, s) in controls.items()}
        ok(found == {name: [Decimal(v) for v in values] for name, values in sides.items()} and all(closes(s) for _, s in controls.values()),
           f"{folder.name}: every side is what slips, ledger, bank file, unit documents and inputs say", f"{found}\n{sides}")


def main():
    subprocess.run([os.environ.get("CC", "cc").split()[-1], "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o", str(LIBRARY),
                    str(TOP / "tests/controls/tamper.c"), "-ldl"], check=True)
    try:
        broken_sides()
        wrong_formula()
        shown()
        sample()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
    return tap.plan()


sys.exit(main())
