#!/bin/sh
# Each policy in tests/bad_policies holds one planted mistake; salespay lint
# must say it at its place, in its words, and nothing else. See README there.
exec python3 "$(dirname "$0")/bad_policies/run.py" "$@"
