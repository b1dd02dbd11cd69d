#!/bin/sh
# libFuzzer on exports, policies and formulas: no input crashes the program, hangs it, leaks, or makes it hold more
# than 64 times its size and 64 MiB.  TAP, from anywhere; `make VARIANT=fuzz CC=clang fuzz-programs` builds the targets.
#
#     tests/fuzz.sh         the same mutations each time, some seconds
#     tests/fuzz.sh long    FUZZ_SECONDS (1800) each; what is learnt stays in build/fuzz/corpus. `make fuzz` is this
#
# An input that breaks a promise is kept as build/fuzz/TARGET-*: mend the program, then put it into tests/fuzz/found/
# as TARGET-WHAT-IT-SHOWS, where it is tried from then on.
set -u
cd "$(dirname "$0")/.." || exit 1
fuzz=${FUZZ:-build/fuzz}
how=${1:-brief}
number=0 failed=0

say() { # status, what, log
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - $2"
	else
		failed=1
		echo "not ok $number - $2"
		grep -v '^#[0-9]' "$3" | tail -60 | sed 's/^/# /'
	fi
}

run() { # target, then libFuzzer's arguments
	target=$1
	shift
	FUZZ_COMPANY=$fuzz/seeds/company "$fuzz/fuzz-$target" -timeout=20 -rss_limit_mb=2048 -max_len=16384 \
		-artifact_prefix="$fuzz/$target-" -print_final_stats=1 "$@" >"$log" 2>&1
}

for target in csv policy formula; do
	[ -x "$fuzz/fuzz-$target" ] || { echo "Bail out! $fuzz/fuzz-$target is not built"; exit 1; }
done
python3 -B tests/fuzz/seeds.py "$fuzz/seeds" || { echo "Bail out! no seeds"; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
log=$scratch/log
echo 1..6
for part in csv:12000:files policy:6000:policies formula:15000:formulas; do
	target=${part%%:*} noun=${part##*:} runs=${part#*:}
	run "$target" $(ls tests/fuzz/found/"$target"-* 2>/dev/null) "$fuzz/seeds/large/$target"/*
	say $? "$noun that were too much once, and large ones" "$log"
	if [ "$how" = long ]; then
		mkdir -p "$fuzz/corpus/$target"
		run "$target" -max_total_time="${FUZZ_SECONDS:-1800}" -dict="$fuzz/seeds/$target.dict" "$fuzz/corpus/$target" "$fuzz/seeds/$target"
	else
		mkdir "$scratch/$target"
		run "$target" -runs="${runs%%:*}" -seed=20261008 -dict="$fuzz/seeds/$target.dict" "$scratch/$target" "$fuzz/seeds/$target"
	fi
	say $? "$noun in disorder: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs, $(sed -n 's/.*\(cov: [0-9]* ft: [0-9]*\).*/\1/p' "$log" | tail -1)" "$log"
done
exit $failed
