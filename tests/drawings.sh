#!/bin/sh
# Payslips and charts looked at as drawings: see tests/render/drawings.py.
cd "$(dirname "$0")/.." || exit 1
exec python3 tests/render/drawings.py "$(dirname "${SALESPAY:-build/release/salespay}")/tests/draw"
