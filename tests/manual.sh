#!/bin/sh
# The manual of the policy language, held: every display stands in a file of
# tests/manual/, every element and function is shown, every example and every
# mistake is executed, the months come out as worked by hand. TAP; from anywhere:
#     tests/manual.sh          $SALESPAY is the program (default build/release/salespay)
set -u
cd "$(dirname "$0")/.." || exit 1
SALESPAY=${SALESPAY:-$PWD/build/release/salespay}
SALESPAY_DATA=${SALESPAY_DATA:-$PWD}
export SALESPAY SALESPAY_DATA
exec python3 -B tests/manual/manual.py
