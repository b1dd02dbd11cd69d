#!/usr/bin/env python3
"""Traces computed again from their leaves, by a program of its own (tests/trace/). TAP.

Of two companies, the sample one and one made by chance from the policies of tests/manual, some people, months and figures
are chosen by a seed that nobody's eye has chosen; `salespay explain ... --format json` is asked for each, every node of the
answer is computed from its children, every leaf is held against the file, line and column it names, and the root
against the ledger.

    tests/trace.py [SEED [TRACES]]     another choice (default 20261125, 40 of each company); TRACES 0: all there are
"""
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/trace"))
import company  # noqa: E402
from evaluator import Evaluator  # noqa: E402
from sources import Days, Sources, Wrong, month_of, records_of  # noqa: E402

import tap
from tap import ok

PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ENV = dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8")
WORK = pathlib.Path(tempfile.mkdtemp(prefix="salespay-trace-"))
SEED = int(sys.argv[1]) if len(sys.argv) > 1 else 20261125
TRACES = int(sys.argv[2]) if len(sys.argv) > 2 else 40


def call(*arguments):
    done = subprocess.run([PROGRAM, *arguments], cwd=WORK, env=ENV, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def books_of(folder):
    """-> {month: ids}, opening.csv's too"""
    found = {}
    for month in sorted((folder / "records").iterdir()):
        found[month_of(month.name)] = {row[0] for row in list(records_of(month / "ledger.csv").values())[1:]}
    for row in list(records_of(folder / "opening.csv").values())[1:]:
        if row:
            found.setdefault(month_of(row[0]), set()).add(row[1])
    return found


def questions(rng, folder):
    """[(month, id, figure or None)]: everything of a person, or one figure, line or movement; of each unit's one person everything."""
    asked, units = [], {}
    titles = sorted(set(re.findall(r'<movement [^>]*title="([^"]+)"', "".join(
        path.read_text(encoding="utf-8") for path in sorted(folder.glob("policies/**/*.xml"))))))
    for month in sorted(path.name for path in (folder / "records").iterdir()):
        header, *rows = records_of(folder / "records" / month / "ledger.csv").values()
        for row in rows:
            given = [name for name, text in list(zip(header, row))[4:] if text]
            units.setdefault(row[2], []).append((month, row[0], None))
            asked += [(month, row[0], None), (month, row[0], rng.choice(given)), (month, row[0], rng.choice(titles))]
    if TRACES:
        asked = [rng.choice(units[unit]) for unit in sorted(units)] + rng.sample(asked, TRACES)
    return asked


def evaluate(name, months, sources, days, question, seen):
    """The number of leaves and of items; raises Wrong."""
    month, id_, figure = question
    status, out, err = call("explain", month, id_, *([figure] if figure else []), "-i", name, "--format", "json")
    if status == 1 and figure and '"E0523"' in err + out:
        return 0, 0  # another policy's movement
    if status:
        raise Wrong(f"{question}: exit {status}\n{out}{err}")
    trace = json.loads(out)
    evaluator = Evaluator(trace, sources, days, months, seen)
    evaluator.check()
    if figure and "movement" not in trace and trace["items"][0]["kind"] != "line" and trace["items"][0]["name"] != figure:
        raise Wrong(f"{question}: told of {trace['items'][0]['name']}")
    return evaluator.leaves, len(evaluator.items)


def hold(name, seen):
    months, sources, days = books_of(WORK / name), Sources(WORK, pathlib.Path(name) / "records"), Days(WORK / name)
    leaves, items, wrong = 0, 0, []
    asked = questions(random.Random(SEED), WORK / name)
    for question in asked:
        try:
            more = evaluate(name, months, sources, days, question, seen)
            leaves, items = leaves + more[0], items + more[1]
        except Wrong as told:
            wrong.append(str(told))
    print(f"# {name}: {len(asked)} traces, {items} items, {leaves} leaves")
    ok(not wrong and leaves > 20 * len(asked), f"{name}: every node follows from its children, every leaf stands in its file",
       "\n".join(wrong[:10]) or f"{leaves} leaves")


def spoil(name):
    """The same evaluator finds a single spoilt number."""
    month = sorted(path.name for path in (WORK / name / "records").iterdir())[-1]
    id_ = list(records_of(WORK / name / "records" / month / "ledger.csv").values())[1][0]
    _, out, _ = call("explain", month, id_, "-i", name, "--format", "json")
    numbers = [found.span(1) for found in re.finditer(r'"value":"(-?\d[\d.]*)"', out)]
    missed = []
    sources, days, months = Sources(WORK, pathlib.Path(name) / "records"), Days(WORK / name), books_of(WORK / name)
    Evaluator(json.loads(out), sources, days, months, set()).check()
    for start, end in random.Random(SEED).sample(numbers, 15):
        spoilt = out[:start] + str(float(out[start:end]) + 1) + out[end:]
        try:
            Evaluator(json.loads(spoilt), sources, days, months, set()).check()
            missed.append(out[max(0, start - 200):end + 60])
        except Wrong:
            pass
    ok(not missed, f"{name}: a trace with one number changed is found wrong, wherever it stands", "\n".join(missed[:3]))


def functions():
    """The functions' English names, from the manual's tables."""
    text = (TOP / "gen/man/policy.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z_]+\(.*?) \| [\u4e00-\u9fff ]+ \|", text, re.M)
    return {name for row in rows for name in re.findall(r"\b([a-z_]+)\(", row)}


def main():
    print(f"# seed {SEED}")
    shutil.copytree(TOP / "input", WORK / "sample", ignore=shutil.ignore_patterns("records"))
    (WORK / "chance").mkdir()
    company.build(random.Random(SEED), WORK / "chance")
    seen = set()
    for name in ("sample", "chance"):
        status, out, err = call("run", "-q", "-i", name, "-o", name + "-output")
        ok(status == 0, f"{name}: the company is computed", out + err)
        if status == 0:
            hold(name, seen)
    if not tap.failures():
        spoil("sample")
    if TRACES >= 40 or not TRACES:
        wanted = functions() | {"rates", "tiers-marginal", "tiers-whole", "tiers-value", "tiers-linear", "grade-set", "parameter",
                                "ref", "line", "scorecard", "kpi", "adjust", "total", "check", "movement", "grade-order"}
        ok(len(wanted) > 75 and wanted <= seen, "every function of the manual was met", sorted(wanted - seen))
    shutil.rmtree(WORK)
    return tap.plan()


if __name__ == "__main__":
    sys.exit(main())
