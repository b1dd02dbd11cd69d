#!/usr/bin/env python3
"""What reading and typing an orders file of 100 MB in GB18030 costs beside libcsv alone over it in UTF-8.

    tests/bench/reading.py build/release/tests/reading [rows]

Both are run in turn; the least CPU time of each counts, since everything else is the machine's noise.
"""
import os
import subprocess
import sys
import tempfile

ROUNDS = 5


def measure(program, way, path):
    done = subprocess.run([program, way, path], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{program} {way} failed")
    cpu, memory, rows, fields = done.stdout.split()
    return float(cpu), int(memory) * 1024, int(rows), int(fields)


def main():
    program = sys.argv[1]
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
    with tempfile.TemporaryDirectory(prefix="salespay-bench-") as folder:
        utf8, gb18030 = f"{folder}/utf8.csv", f"{folder}/gb18030.csv"
        subprocess.run([program, "make", str(rows), utf8, gb18030], check=True)
        size = os.path.getsize(gb18030)
        alone, ours = [], []
        for _ in range(ROUNDS):
            alone.append(measure(program, "libcsv", utf8))
            ours.append(measure(program, "salespay", gb18030))
        if ours[0][2] != rows or alone[0][2] != rows + 1:
            sys.exit(f"{ours[0][2]} and {alone[0][2]} rows read of {rows}")
        libcsv, typed = (min(m[0] for m in rounds) for rounds in (alone, ours))
        print(f"orders: {rows} rows, {ours[0][3]} cells, {size / 1e6:.1f} MB in GB18030, "
              f"{os.path.getsize(utf8) / 1e6:.1f} MB in UTF-8")
        print(f"libcsv alone, UTF-8:               {libcsv:.3f} s CPU")
        print(f"salespay reads and types, GB18030: {typed:.3f} s CPU, peak memory {ours[0][1] / size:.1f} times the file")
        print(f"ratio {typed / libcsv:.2f} (3 wanted)")


main()
