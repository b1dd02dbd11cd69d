#!/bin/sh
# salespay init: a starter company that runs as it is, the same by both
# programs; what is in the way is left alone. TAP; from anywhere:
#     tests/init.sh            $SALESPAY is the program (default build/release/salespay)
set -u
cd "$(dirname "$0")/.." || exit 1
here=$PWD
SALESPAY=${SALESPAY:-$here/build/release/salespay}
SALESPAY_DATA=${SALESPAY_DATA:-$here}
LC_ALL=C.UTF-8
export SALESPAY SALESPAY_DATA LC_ALL
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
count=0
failed=0

ok() { # STATUS SENTENCE: the status of the command before
	count=$((count + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		failed=1
		sed 's/^/# /' "$work/said" 2>/dev/null
	fi
}

status_is() { # STATUS COMMAND…
	wanted=$1
	shift
	"$@" >"$work/said" 2>&1
	[ $? -eq "$wanted" ]
}

says() {
	grep -qF -- "$1" "$work/said"
}

acme=$work/acme
status_is 0 "$SALESPAY" init "$acme/"
ok $? "init makes a new folder"
diff -r templates/starter "$acme" >"$work/said"
ok $? "everything of the starter is in it"
"$SALESPAY" init "$work/second" >"$work/said" 2>&1
says "salespay run -i $work/second -o $work/second-output"
ok $? "it says what to type next"
$(sed -n 's/^  salespay \(run .*\)/\1/p' "$work/said" | sed "s|^|$SALESPAY |") >"$work/said" 2>&1
[ -s "$work/second-output/latest/ledger.csv" ]
ok $? "what it says to type runs"
status_is 0 "$SALESPAY" init "$work/two words" --lang zh-CN && says "salespay run -i '$work/two words' -o '$work/two words-output'"
ok $? "a name with a space stands in quotes; Chinese where asked"
status_is 0 "$SALESPAY" lint -i "$acme" && says "10 个示例成立"
ok $? "lint: the examples hold"
status_is 0 "$SALESPAY" run -i "$acme" -o "$work/out" && ! says error && ! says 错误
ok $? "run: no errors"
[ "$(wc -l <"$work/out/2026-10/ledger.csv")" -eq 7 ]
ok $? "six people"
# 林国安: 6800 + 200 + 2000 × (92 × 0.6 + 90 × 0.4) ÷ 100 = 8824; less 1520 + 58.20
grep -q '^0001,.*,8824.00,1578.20,7245.80$' "$work/out/2026-10/ledger.csv"
ok $? "a head's pay, worked by hand"
# 马俊: 5200 × 16.5 ÷ 18 + 1500 × 94.2 ÷ 100 + 28000 × 5% + 8800 × 1% = 4766.67 + 1413 + 1400 + 88; less 1190 + 73.10
grep -q '^0003,.*,7667.67,1263.10,6404.57$' "$work/out/2026-10/ledger.csv"
ok $? "a seller's pay, worked by hand"
status_is 0 python3 -B tests/ref/salespay_ref.py examples "$acme" && says "10 examples, 0 wrong"
ok $? "the second implementation: the examples hold"
status_is 0 python3 -B tests/ref/salespay_ref.py run "$acme" --out "$work/ref"
for file in ledger.csv movements.csv lines-订单提成.csv; do
	cmp "$work/ref/2026-10/$file" "$acme/records/2026-10/$file" >"$work/said" 2>&1
	ok $? "the second implementation: the same $file"
done
cmp input/calendar.csv templates/starter/calendar.csv >"$work/said" 2>&1
ok $? "the starter's calendar is the sample's"

mkdir "$work/empty"
status_is 0 "$SALESPAY" init "$work/empty"
ok $? "an empty folder is taken"
mkdir "$work/full"
echo mine >"$work/full/note"
status_is 1 "$SALESPAY" init "$work/full" && says E0516 && [ "$(ls "$work/full")" = note ]
ok $? "a folder with something in it is refused and left alone"
status_is 1 "$SALESPAY" init "$work/full/note" && says E0105 && [ "$(cat "$work/full/note")" = mine ]
ok $? "so is a file"
status_is 2 "$SALESPAY" init && says "init wants" && status_is 2 "$SALESPAY" init "$work/a" "$work/b" && says "one folder" && [ ! -e "$work/a" ]
ok $? "one folder, no more, no fewer"
# A starter of which the last file cannot be copied: a link to nowhere.
mkdir -p "$work/data/templates/starter/policies" "$work/part"
echo x >"$work/data/templates/starter/company.xml"
ln -s nowhere "$work/data/templates/starter/policies/z.xml"
! SALESPAY_DATA=$work/data "$SALESPAY" init "$work/part" >"$work/said" 2>&1 && says z.xml && [ -z "$(ls "$work/part")" ]
ok $? "what was copied before a failure is taken back"
# The starter is no input of a month: a change in it computes nothing again.
rm -rf "$work/data/templates"
cp -R templates styles "$work/data/"
SALESPAY_DATA=$work/data "$SALESPAY" run -i "$acme" -o "$work/out" >/dev/null 2>&1
echo >>"$work/data/templates/starter/README.md"
SALESPAY_DATA=$work/data "$SALESPAY" run -i "$acme" -o "$work/out" >"$work/said" 2>&1 && says 无须重算
ok $? "months do not depend on the starter"
echo "1..$count"
exit $failed
