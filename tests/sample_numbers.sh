#!/bin/sh
# The sample company's numbers, three times: the program, the second interpreter
# of policies, and the articles computed by hand (tests/ref/regulation, which
# reads no formula) agree in every cell of every ledger, line and movement; so
# do they where the exports are disturbed; published numbers hold. TAP; from anywhere.
#     tests/sample_numbers.sh          $SALESPAY is the program (default build/release/salespay)
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here" || exit 1
SALESPAY=${SALESPAY:-$here/build/release/salespay}
SALESPAY_DATA=${SALESPAY_DATA:-$here}
PYTHONDONTWRITEBYTECODE=1
export SALESPAY_DATA PYTHONDONTWRITEBYTECODE
seed=${SEED:-7}
months=6
files=$((months * 6))
top=$(mktemp -d) || exit 1
trap 'rm -rf "$top"' EXIT
count=0
status=0

told() { # STATUS NAME; what there is to say is in $top/said
	count=$((count + 1))
	if [ "$1" = 0 ]; then
		echo "ok $count - $2"
	else
		echo "not ok $count - $2"
		sed -n '1,25s/^/# /p' "$top/said"
		status=1
	fi
}

program() { # INPUT NAME: the books go to $top/NAME
	"$SALESPAY" run -i "$1" -o "$top/$2-output" --records "$top/$2" --lang en --color never --progress never -q >"$top/said" 2>&1
}

by_hand() { # INPUT NAME
	python3 tests/ref/regulation/recompute.py "$1" "$top/$2" >"$top/said" 2>&1
}

interpreted() { # INPUT NAME
	python3 tests/ref/salespay_ref.py run "$1" --out "$top/$2" >"$top/said" 2>&1
}

same() { # OURS THEIRS: every cell of every file of the six months, byte for byte
	python3 tests/ref/salespay_ref.py compare "$top/$1" "$top/$2" >"$top/said" 2>&1 && grep -qx "$files files compared, 0 differences" "$top/said"
}

mkdir "$top/input" && (cd input && tar cf - --exclude=./records .) | tar xf - -C "$top/input" || exit 1

echo 1..13
program "$top/input" program &
by_hand "$top/input" hand
told $? "the articles by hand carry out the sample"
wait $!
told $? "the program runs the sample's $months months"
same hand program
told $? "by hand and by the program: every ledger cell, line and movement"
interpreted "$top/input" interpreted
told $? "the second interpreter runs the sample"
same hand interpreted
told $? "by hand and by the second interpreter: the same"

# a comparison that cannot fail proves nothing
cp -R "$top/hand" "$top/wrong"
python3 - "$top/wrong/2026-08/ledger.csv" <<'EOF'
import csv, sys
from decimal import Decimal
with open(sys.argv[1], encoding='utf-8', newline='') as f:
    rows = list(csv.reader(f))
at = rows[0].index('本月个税')
rows[9][at] = str(Decimal(rows[9][at]) + Decimal('0.01'))
with open(sys.argv[1], 'w', encoding='utf-8', newline='') as f:
    csv.writer(f, lineterminator='\n').writerows(rows)
EOF
python3 tests/ref/salespay_ref.py compare "$top/wrong" "$top/program" >"$top/said" 2>&1
[ "$(grep -c '2026-08/ledger.csv: [0-9]* 本月个税: ours' "$top/said")" = 1 ] && grep -qx "$files files compared, 1 differences" "$top/said"
told $? "a fen more of tax for one person is told by person, month and figure"

python3 tests/ref/regulation/disturb.py "$top/input" "$top/disturbed" "$seed" >"$top/said" 2>&1
told $? "the sample's exports disturbed, seed $seed"
program "$top/disturbed" d-program &
by_hand "$top/disturbed" d-hand
wait $!
told $? "the program runs the disturbed company"
same d-hand d-program
told $? "by hand and by the program: the disturbed company too"
same hand d-hand
test $? != 0 && [ "$(sed -n 's/^.* files compared, \([0-9]*\) differences$/\1/p' "$top/said")" -gt 1000 ]
told $? "it was disturbed indeed: more than a thousand cells are others"

for kind in tax pay; do
	python3 tests/ref/regulation/vectors.py $kind "$SALESPAY" "$top/input" >"$top/said" 2>&1
	good=$?
	told $good "published numbers of $kind: $(tail -1 "$top/said")"
done

# the words say every number: a regulation carried out by hand reads no parameter
! grep -lE 'policies.{0,12}lib|<parameter|\.xml' tests/ref/regulation/recompute.py tests/ref/regulation/fixed_pay.py tests/ref/regulation/orders.py \
	tests/ref/regulation/appraisal.py tests/ref/regulation/statutory.py tests/ref/regulation/career.py tests/ref/regulation/standards.py \
	tests/ref/regulation/exports.py >"$top/said"
told $? "the articles by hand read no policy document"
exit $status
