#!/usr/bin/env python3
"""Random companies computed by the program and by the second implementation in tests/ref: every cell alike. TAP.

    tests/fuzz_formulas.py [FIRST-LAST [FIGURES]]      seeds (default 1-6), figures a company (default 150)

Runs $SALESPAY (default build/release/salespay).  A seed always gives the same company; one that differs is written
again by  tests/ref/salespay_ref.py fuzz-formulas --seed N --count FIGURES --policy DIR/policies/f.xml
The last check disturbs one formula for the program alone: a comparison that could not fail would prove nothing.
"""
import os
import pathlib
import re
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP / "tests/ref"))
sys.dont_write_bytecode = True

import against                                  # noqa: E402
from refpay.differences import compare          # noqa: E402

PROGRAM = os.path.abspath(os.environ.get("SALESPAY", TOP / "build/release/salespay"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
os.environ["LC_ALL"] = "C.UTF-8"
SHOWN = 12


def write_company(folder, seed, figures):
    status, text = against.call(against.REFERENCE + ["fuzz-formulas", "--seed", str(seed), "--count", str(figures),
                                                     "--policy", str(folder / "policies/f.xml")])
    return [] if status == 0 else ["the company could not be written:"] + text.splitlines()


def disturbed(folder, top):
    """The first figure one more for the program alone; -> does the comparison see it?"""
    base = folder / "policies/f.xml"
    text = base.read_text(encoding="utf-8")
    base.write_text(re.sub(r'(<figure name="项\d+" type="money"[^>]*>)(.*)(</figure>)', r"\1(\2) + 1\3", text, count=1),
                    encoding="utf-8")
    if base.read_text(encoding="utf-8") == text:
        return False
    against.call([PROGRAM, "run", "-i", str(folder), "-o", str(top / "output2"), "--records", str(top / "records2")])
    count, found = compare(str(top / "reference"), str(top / "output2"), str(top / "records2"))
    return count > 0 and any("项" in line for line in found)


def main():
    first, _, last = (sys.argv[1] if len(sys.argv) > 1 else "1-6").partition("-")
    figures = int(sys.argv[2]) if len(sys.argv) > 2 else 150
    seeds = range(int(first), int(last or first) + 1)
    failed = 0
    print(f"1..{len(seeds) + 1}")
    with tempfile.TemporaryDirectory(prefix="salespay-fuzz-") as temporary:
        for number, seed in enumerate(seeds, 1):
            top = pathlib.Path(temporary) / str(seed)
            folder = top / "input"
            wrong = write_company(folder, seed, figures) or against.both(PROGRAM, str(folder), str(top))
            failed += bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - seed {seed}: both compute {figures} random figures alike", flush=True)
            for line in wrong[:SHOWN]:
                print(f"# {line}")
            if len(wrong) > SHOWN:
                print(f"# and {len(wrong) - SHOWN} more")
        seen = disturbed(folder, top)
        failed += not seen
        print(f"{'ok' if seen else 'not ok'} {len(seeds) + 1} - a formula changed for one of the two is seen")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
