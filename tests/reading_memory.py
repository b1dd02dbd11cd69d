#!/usr/bin/env python3
"""No file takes more memory than 64 times its size and 64 MiB, and none hangs. TAP.

Files of about two megabytes, made of what costs a reader most a byte, stand in turn for the orders or the staff list of the
starter company; `salespay check` must end in time with the status that such a file deserves, and its largest process
is measured.
"""
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("SALESPAY", str(TOP / "build/release/salespay"))
os.environ.setdefault("SALESPAY_DATA", str(TOP))
SIZE = 2 << 20
LIMIT = 64 << 20
SECONDS = 60

ORDERS = "订单号,工号,回款日期,业务来源,回款金额\n"
STAFF = "工号,姓名,部门,职级\n"


def many(text, size=SIZE):
    return text * (size // len(text.encode()) + 1)


def numbered(form, count):
    return "".join(form.format(i) for i in range(count))


# File name, content, exit status. Made when wanted: Linux counts the parent's size at the fork as the program's own.
HOSTILE = {
    "blank lines": ("订单.csv", lambda: ORDERS + many("\n"), 0),
    "carriage returns": ("订单.csv", lambda: ORDERS + many("\r"), 0),
    "rows of 4,096 empty fields": ("订单.csv", lambda: ORDERS + many("," * 4095 + "\n"), 0),
    "rows of 4,096 fields of a byte": ("订单.csv", lambda: ORDERS + many("a," * 4095 + "a\n"), 1),
    "a header of 4,096 names": ("订单.csv", lambda: ORDERS.strip() + "".join(f",c{i}" for i in range(4091)) + "\n"
                                + many("a" + "," * 4095 + "\n"), 1),
    "titles of 4,096 fields": ("订单.csv", lambda: many("," * 4090 + "a\n", SIZE // 16) + ORDERS, 0),
    "long titles": ("订单.csv", lambda: many("x" * 60000 + "\n") + ORDERS, 0),
    "rows of one byte": ("订单.csv", lambda: ORDERS + many("a\n"), 1),
    "rows of nothing but delimiters and a byte": ("订单.csv", lambda: ORDERS + many("a,,,,\n"), 1),
    "short rows with an id of their own": ("订单.csv", lambda: ORDERS + numbered("{:x}\n", 340000), 1),
    "short good rows": ("订单.csv", lambda: ORDERS + numbered("{:x},1001,20261001,续单,1\n", 72000), None),
    "rows of doubled keys": ("花名册.csv", lambda: STAFF + many("a,b,c,P1\n"), 1),
    "rejected people": ("花名册.csv", lambda: STAFF + numbered("{:x},,,\n", 250000), 1),
    "people that no other file knows": ("花名册.csv", lambda: STAFF + numbered("{:x},b,c,P1\n", 150000), 1),
    "people that nobody knows": ("订单.csv", lambda: ORDERS + numbered("{0:x},{0:x},20261001,续单,1\n", 66000), 1),
    "total rows": ("订单.csv", lambda: ORDERS + many("合计\n"), 0),
    "total rows that differ": ("订单.csv", lambda: ORDERS + many("合计,,,,1\n"), 0),
    "notes": ("订单.csv", lambda: ORDERS + many("注\n"), 0),
    "quotes that never end": ("订单.csv", lambda: ORDERS + many('"\n'), 1),
    "text behind quotes": ("订单.csv", lambda: ORDERS + many('"a"b\n'), 1),
    "nothing but quotes": ("订单.csv", lambda: ORDERS + many('"'), 1),
    "nothing but commas": ("订单.csv", lambda: many(","), 1),
    "one field": ("订单.csv", lambda: many("x"), 1),
    "bad amounts": ("订单.csv", lambda: ORDERS + many("a,1001,20261001,续单,x\n"), 1),
    "fields near the largest": ("订单.csv", lambda: ORDERS + many('"' + "字" * 300000 + '",1001,20261001,续单,1\n'), None),
}
ENCODINGS = ["utf-8", "gb18030", "utf-16"]


def run(company, out):
    """Exit status (below 0: a signal, the CPU limit's too) and peak memory of the largest process."""
    process = subprocess.Popen([PROGRAM, "check", "2026-10", "-q", "--lang", "en", "-i", company, "-o", out],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS)))
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss * 1024


def main():
    work = pathlib.Path(tempfile.mkdtemp(prefix="salespay-memory-"))
    failures = number = 0
    subprocess.run([PROGRAM, "init", work / "company"], check=True, stdout=subprocess.DEVNULL)
    print(f"1..{len(HOSTILE)}")
    for name, (file, text, wanted) in HOSTILE.items():
        number += 1
        path = work / "company/2026-10" / file
        kept = path.read_bytes()
        encoding = ENCODINGS[number % len(ENCODINGS)]
        path.write_bytes(text().encode(encoding))
        size = path.stat().st_size
        status, memory = run(work / "company", work / "out")
        good = memory <= 64 * size + LIMIT and (status == wanted if wanted is not None else status in (0, 1))
        path.write_bytes(kept)
        print(f"{'ok' if good else 'not ok'} {number} - {name} ({encoding})")
        if not good or "-v" in sys.argv:
            print(f"# status {status}, {memory / size:.1f} times {size} bytes")
        failures += not good
    shutil.rmtree(work)
    sys.exit(1 if failures else 0)


main()
