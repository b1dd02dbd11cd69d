#!/bin/sh
# The second implementation holds against published and hand-worked numbers,
# and finds every example of the sample's policies to hold. TAP.
cd "$(dirname "$0")/.." || exit 1
echo 1..2
if python3 tests/ref/selftest.py >/dev/null 2>&1; then echo "ok 1 - the second implementation holds against hand-worked numbers"
else echo "not ok 1 - the second implementation holds against hand-worked numbers"; fi
if python3 tests/ref/salespay_ref.py examples input >/dev/null 2>&1; then echo "ok 2 - every example of the sample holds in it too"
else echo "not ok 2 - every example of the sample holds in it too"; fi
