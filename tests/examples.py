#!/usr/bin/env python3
"""Every company under input/examples runs as it is, and its main figures are worked out a second time. TAP.

For a company NAME, tests/examples/NAME.py works from the CSV exports alone, never from the policy. It has

    figures(company, months) -> {month: {id: {figure: value}}}      what the ledger must say, for all people paid
    facts(company, output)   -> [(holds, sentence, detail)]         anything else worth checking in the output

A value is written as in ledger.csv. To add a company, put its folder and its module there; nothing is listed here.
"""
import csv
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tap
from tap import ok

sys.dont_write_bytecode = True
TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"


def recomputation(name):
    path = TOP / "tests/examples" / f"{name}.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("example_" + name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ledger(path):
    with open(path, encoding="utf-8", newline="") as file:
        return {row["工号"]: row for row in csv.DictReader(file)}


def differences(wanted, found):
    """One line a person or figure that is not as worked out here."""
    lines = [f"{who}: only in {'the ledger' if who in found else 'the recomputation'}" for who in sorted(set(wanted) ^ set(found))]
    for who in sorted(set(wanted) & set(found)):
        lines += [f"{who} {figure}: ledger {found[who].get(figure)}, worked out {value}"
                  for figure, value in wanted[who].items() if found[who].get(figure) != value]
    return lines


def company(source, work):
    name = source.name
    copy, output = work / name / "input", work / name / "output"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("records"))
    run = subprocess.run([PROGRAM, "-i", str(copy), "-o", str(output), "--color", "never", "--progress", "never", "run"],
                         capture_output=True, text=True)
    ok(run.returncode == 0, f"{name}: every month runs", run.stdout + run.stderr)
    months = sorted(p.name for p in copy.iterdir() if p.is_dir() and p.name[:2] == "20")
    ok(len(months) >= 4, f"{name}: has at least four months", months)
    ok((source / "README.md").exists(), f"{name}: says in README.md what it shows")
    module = recomputation(name)
    ok(module is not None, f"{name}: is worked out a second time in tests/examples/{name}.py")
    if run.returncode != 0 or module is None:
        return
    for month, wanted in module.figures(copy, months).items():
        lines = differences(wanted, ledger(output / month / "ledger.csv"))
        ok(not lines, f"{name} {month}: {len(wanted)} people, {sum(map(len, wanted.values()))} figures as worked out here", "\n".join(lines))
    for holds, sentence, detail in module.facts(copy, output):
        ok(holds, f"{name}: {sentence}", detail)


work = pathlib.Path(tempfile.mkdtemp(prefix="salespay-examples-"))
try:
    sources = sorted(p.parent for p in (TOP / "input/examples").glob("*/company.xml"))
    ok(bool(sources), "there are companies under input/examples")
    for source in sources:
        company(source, work)
finally:
    shutil.rmtree(work)
raise SystemExit(tap.plan())
