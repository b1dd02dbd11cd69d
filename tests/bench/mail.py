#!/usr/bin/env python3
"""What building and encrypting 1,000 messages costs beside qpdf's own encryption of the same slips, both on all cores.

    SALESPAY=build/release/salespay tests/bench/mail.py build/release/tests/encrypt [people]

The two are measured in turn, three times each, and the fastest of each counts; at most 1.3 is wanted.
"""
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "mail"))
from company import Company  # noqa: E402


def main():
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    folder = pathlib.Path(tempfile.mkdtemp(prefix="salespay-bench-mail-"))
    rows = [(f"E{i:05d}", f"员工{i}", f"person{i}@example.com", f"{i:018d}") for i in range(people)]
    company = Company(folder / "c", {"2026-09": rows}).seal("2026-09")
    shutil.rmtree(company.input / "2026-10")
    company.must("mail", "2026-09", "--make-secrets")
    slips = sorted(str(path) for path in (company.output / "2026-09/payslips").iterdir())
    building, alone, cpu = [], [], ([], [])

    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    for _ in range(3):
        before = spent()
        alone.append(float(subprocess.run([sys.argv[1], *slips], capture_output=True, text=True, check=True).stdout))
        between, start = spent(), time.monotonic()
        company.must("mail", "2026-09")
        building.append(time.monotonic() - start)
        cpu[0].append(between - before)
        cpu[1].append(spent() - between)
    print(f"mail: {len(slips)} messages built and encrypted in {min(building):.2f} s; qpdf alone encrypts the slips in {min(alone):.2f} s "
          f"({min(alone) / len(slips) * 1000:.2f} ms a slip); ratio {min(building) / min(alone):.2f}, "
          f"of CPU time {min(cpu[1]) / min(cpu[0]):.2f} (at most 1.3 is wanted)")
    shutil.rmtree(folder)


main()
