#!/usr/bin/env python3
"""What reading and typing an orders file of 100 MB in GB18030 costs beside libcsv alone over it in UTF-8.

    tests/bench/reading.py build/release/tests/reading [rows]

Both are run in turn; the least CPU time of each counts, since everything else is the machine's noise. A third of what is
left is page faults: Debian's kernels give large pages to large arrays by default (transparent_hugepage=always); where the
kernel at hand does so on request only, both are also measured with glibc asking for them.
"""
import os
import subprocess
import sys
import tempfile

ROUNDS = 5


def measure(program, way, path, **environment):
    done = subprocess.run([program, way, path], capture_output=True, text=True, check=False, env=dict(os.environ, **environment))
    if done.returncode:
        sys.exit(f"{program} {way} failed")
    cpu, memory, rows, fields = done.stdout.split()
    return float(cpu), int(memory) * 1024, int(rows), int(fields)


def rounds(program, utf8, gb18030, **environment):
    """The cheapest round of libcsv and of salespay."""
    both = [[measure(program, *what, **environment) for what in (("libcsv", utf8), ("salespay", gb18030))] for _ in range(ROUNDS)]
    return [min(round[side] for round in both) for side in (0, 1)]


def on_request_only():
    try:
        with open("/sys/kernel/mm/transparent_hugepage/enabled", encoding="ascii") as file:
            return "[madvise]" in file.read()
    except OSError:
        return False


def main():
    program = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    with tempfile.TemporaryDirectory(prefix="salespay-bench-") as folder:
        utf8, gb18030 = f"{folder}/utf8.csv", f"{folder}/gb18030.csv"
        subprocess.run([program, "make", str(rows), utf8, gb18030], check=True)
        size = os.path.getsize(gb18030)
        alone, ours = rounds(program, utf8, gb18030)
        if ours[2] != rows or alone[2] != rows + 1:
            sys.exit(f"{ours[2]} and {alone[2]} rows read of {rows}")
        print(f"orders: {rows} rows, {ours[3]} cells, {size / 1e6:.1f} MB in GB18030, {os.path.getsize(utf8) / 1e6:.1f} MB in UTF-8")
        print(f"libcsv alone, UTF-8:               {alone[0]:.3f} s CPU")
        print(f"salespay reads and types, GB18030: {ours[0]:.3f} s CPU, peak memory {ours[1] / size:.1f} times the file")
        print(f"ratio {ours[0] / alone[0]:.2f} (3 wanted)")
        if not on_request_only():
            return
        alone, ours = rounds(program, utf8, gb18030, GLIBC_TUNABLES="glibc.malloc.hugetlb=1")
        print(f"ratio {ours[0] / alone[0]:.2f} with large pages, as Debian's kernels give them unasked ({ours[0]:.3f} s and {alone[0]:.3f} s)")


main()
