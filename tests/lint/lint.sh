#!/bin/sh
# What a second compiler and clang-tidy say of the sources. From the top folder, with what the Makefile compiles with:
#     CPPFLAGS='…' WARN='…' tests/lint.sh [clang|tidy|format] [FILE…]
# Without a word: clang and tidy. Status 1 if anything was found.
set -u
what=all
case ${1:-} in
clang | tidy | format) what=$1 && shift ;;
esac
files=${*:-$(find gen tests/unit -name '*.c' | sort)}
: "${CPPFLAGS:=-Igen -D_GNU_SOURCE $(pkg-config --cflags libxml-2.0 libxslt libexslt glib-2.0 cairo cairo-pdf cairo-ft pango pangocairo \
	harfbuzz harfbuzz-subset fontconfig freetype2 libqpdf | sed 's/-I/-isystem /g')}"
: "${WARN:=-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Wcast-qual \
	-Wswitch-enum -Wundef -Wpointer-arith -Wwrite-strings -Wold-style-definition -Werror}"
export CPPFLAGS WARN
status=0

if [ $what = all ] || [ $what = clang ]; then
	echo "$files" | tr ' ' '\n' | xargs -P 2 -n 8 sh -c '
		clang -std=c17 -Itests/unit $CPPFLAGS $WARN -fsyntax-only "$@"' lint || status=1
fi
if [ $what = all ] || [ $what = tidy ]; then
	# The tests are GLib macros for the most part: only the program is tidied. One file a run: clang-tidy 14 takes
	# every va_list of the second file of a run for uninitialised.
	echo "$files" | tr ' ' '\n' | grep '^gen/' | xargs -P 2 -n 1 sh -c '
		found=$(clang-tidy --quiet "$@" -- -std=c17 $CPPFLAGS 2>/dev/null) || { echo "$found"; exit 1; }' lint || status=1
fi
if [ $what = format ]; then
	echo "$files" | tr ' ' '\n' | xargs clang-format --dry-run -Werror || status=1
fi
exit $status
