#!/usr/bin/env python3
"""How messages look: the mark stands under what is wrong, however wide the characters before it are. TAP.

Widths are computed here by unicodedata: wide and full width characters two columns, combining marks and invisible format
characters none. $SALESPAY is the program.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unicodedata

import tap
from tap import ok

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
ENV = dict(os.environ, SALESPAY_DATA=str(TOP), LC_ALL="C.UTF-8")
# What stands before the wrong amount in the line, the amount, and what stands behind it.
LINES = {
    "plain letters": ("abc", "1.2.3", "x"),
    "Chinese": ("华东组的订单，已回款", "1.2.3", "备注"),
    "full width letters": ("ＡＢＣ１２３", "1.2.3", "Ｘ"),
    "an emoji": ("成交🎉🎉", "1.2.3", "🙂"),
    "combining marks": ("cafe\u0301 re\u0301sume\u0301", "1.2.3", "e\u0301"),
    "invisible characters": ("甲\u200b乙\u200d丙\ufe0f", "1.2.3", "x"),
    "tabs": ("a\tb\t甲", "1.2.3", "c\td"),
    "a long line before": ("甲乙丙丁戊己庚辛" * 60, "1.2.3", "x"),
    "a long line behind": ("x", "1.2.3", "甲乙丙丁戊己庚辛" * 60),
    "a long line around": ("ab甲" * 300, "1.2.3", "乙cd" * 300),
    "long emoji and marks around": ("🎉e\u0301" * 200, "1.2.3", "e\u0301🎉" * 200),
    "Chinese in the mark": ("甲", "一千二百", "乙"),
    "a combining mark in the mark": ("甲", "12e\u0301x", "乙"),
}


def width(text):
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def check(rows, *options):
    """(stdout, stderr) of a check of the company of the explanations with these orders"""
    with tempfile.TemporaryDirectory(prefix="printing-") as folder:
        shutil.copytree(TOP / "templates/explain/company", pathlib.Path(folder) / "input")
        text = "备注,工号,单号,日期,来源,金额,尾注\n" + "".join(
            f"{before},E1002,SO-{i},2026-10-08,自主开发,{wrong},{behind}\n" for i, (before, wrong, behind) in enumerate(rows))
        (pathlib.Path(folder) / "input/2026-10/orders.csv").write_text(text, encoding="utf-8")
        done = subprocess.run([PROGRAM, "check", "2026-10", "--lang", "en", *options], cwd=folder, env=ENV, capture_output=True, check=False)
        return done.stderr.decode("utf-8")


def main():
    for name, (before, wrong, behind) in LINES.items():
        said = check([(before, wrong, behind)])
        lines = said.splitlines()
        at = next((i for i, line in enumerate(lines) if re.match(r" +\| +\^", line)), 0)
        excerpt, caret = lines[at - 1], lines[at]
        start = excerpt.find(wrong)
        ok(at and start > 0 and width(excerpt[:start]) == caret.index("^") and caret.count("^") == width(wrong) and
           re.fullmatch(r" +\| +\^+ column 金额", caret), f"the mark stands under the amount behind {name}", said)
        ok(width(excerpt) < 140 and ("…" in excerpt) == (len(before + behind) > 100), f"and a line with {name} is cut only where it is long", said)
    many = check([("甲", f"{i}.2.3", "x") for i in range(12)])
    ok(many.count("error[E0203]: amount") == 10 and "... and 2 more of error[E0203]\n" in many, "after ten of one code stands a count", many)
    ok(many.endswith("\n12 errors\n"), "the summary of all stands last", many)
    color = check([LINES["an emoji"]], "--color", "always")
    plain = check([LINES["an emoji"]], "--color", "never")
    ok("\033[" in color and "\033" not in plain and re.sub(r"\033\[[0-9;]*m", "", color) == plain,
       "colour changes nothing but the colour", color + plain)
    objects = [json.loads(line) for line in check([(b, w, x) for b, w, x in LINES.values()], "--format", "json").splitlines()]
    wrong = [o for o in objects if o["file"] and o["file"].endswith("orders.csv")]
    ok(len(wrong) == len(LINES) and all(o["column"] == 6 for o in wrong) and
       all(o["text"][:o["end"] - 1].endswith(w) for o, (_, w, _) in zip(wrong, LINES.values())),
       "as JSON each message is one object, its end counted in characters", "\n".join(map(str, objects)))
    return tap.plan()


raise SystemExit(main())
