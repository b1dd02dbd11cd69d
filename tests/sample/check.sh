#!/bin/sh
# The sample company's exports are what its generator writes. TAP; from the top folder.
set -u
cd "$(dirname "$0")/../.." || exit 1
new=$(mktemp -d) || exit 1
trap 'rm -rf "$new"' EXIT
status=0

say() { # result, number, sentence
	if [ "$1" -eq 0 ]; then
		echo "ok $2 - $3"
	else
		echo "not ok $2 - $3"
		status=1
	fi
}

echo 1..3
PYTHONDONTWRITEBYTECODE=1 PYTHONHASHSEED=7 TZ=Asia/Kathmandu LC_ALL=C python3 tests/sample/make_sample.py "$new"
say $? 1 "the generator runs in any locale"
different=$(cd "$new" && find . -type f | LC_ALL=C sort | while read -r file; do
	cmp -s "$file" "$OLDPWD/input/$file" || echo "# $file"
done)
[ -n "$different" ] && echo "$different"
[ -z "$different" ]
say $? 2 "the generator gives the bytes that are in input/"
# What a month folder or common/ holds and the generator does not write would be edited by nobody.
strange=$(cd input && find 20* common opening* -type f | LC_ALL=C sort | while read -r file; do
	[ -f "$new/$file" ] || echo "# $file"
done)
[ -n "$strange" ] && echo "$strange"
[ -z "$strange" ]
say $? 3 "nothing else lies among the exports"
exit $status
