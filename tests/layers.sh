#!/bin/sh
# The house's order, held: which layer may include which, which file is the
# door to which library, headers that stand alone. TAP; from the top folder:
#     tests/layers.sh [TREE]      TREE is checked in place of the sources
# Each check prints what breaks the rule, one a line; nothing is good.
set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")/.." && pwd)
tree=${1:-$here}
cc=${CC:-cc}

# layer: the layers it may include beside itself
layers='base:
value: base
xml: base value
table: base value
policy: base value xml table
facts: base value table policy
calc: base value policy facts
model: base value xml policy facts calc
render: base value xml
books: base value table facts calc
publish: base value xml books
mail: base value xml table books'

# header (extended regular expression): files that may include it. What no line knows must be of the C library.
doors='glib(/.*)?\.h|gio/.*\.h: gen/.*\.c
libxml/tree\.h: gen/(xml|policy|model|render|publish|mail)/.*|gen/(main|pipeline|options)[^/]*
libxml/.*: gen/xml/.*\.c|gen/render/pages[^/]*\.c
lib(xslt|exslt)/.*: gen/render/pages[^/]*\.c
zlib\.h: gen/render/pdf_file\.c
csv\.h: gen/table/csv\.c
bid_.*\.h: gen/value/decimal\.c
(cairo|pango|hb|fontconfig|ft2build|freetype).*: gen/render/.*
qpdf/.*: gen/(render|mail)/.*\.c
(gmime|curl)/.*: gen/mail/.*\.c
(assert|ctype|dirent|endian|errno|fcntl|fnmatch|ftw|getopt|glob|iconv|inttypes|langinfo|limits|locale|math|poll|pthread|regex|sched|signal|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|string|strings|termios|threads|time|unistd|wchar)\.h: gen/.*
(sys|linux)/[a-z_]*\.h: gen/.*'

sources() {
	(cd "$tree" && find gen -name '*.[ch]' | sort)
}

# file:line:kind:header of every #include
includes() {
	sources | while read -r file; do
		sed -n "s|^[[:space:]]*#[[:space:]]*include[[:space:]]*\([<\"]\)\([^>\"]*\)[>\"].*|$file:\1:\2|p" "$tree/$file"
	done
}

check_layers() {
	includes | awk -F: -v layers="$layers" '
		BEGIN {
			count = split(layers, row, "\n")
			for (i = 1; i <= count; i++) {
				split(row[i], part, ":")
				known[part[1]] = 1
				may[part[1], part[1]] = 1
				n = split(part[2], name, " ")
				for (j = 1; j <= n; j++)
					may[part[1], name[j]] = 1
			}
		}
		$2 == "\"" {
			depth = split($1, path, "/")
			split($3, to, "/")
			if ($3 !~ /\//) {
				if (depth > 2)
					print $1 " includes \"" $3 "\" without its layer"
			} else if (!(to[1] in known))
				print $1 " includes \"" $3 "\", which is no layer"
			else if (depth > 2 && !((path[2], to[1]) in may))
				print $1 " may not see \"" $3 "\""
		}'
	sources | awk -F/ -v layers="$layers" 'NF > 2 && ("\n" layers) !~ ("\n" $2 ":") { print $0 " is in no layer" }'
}

check_doors() {
	includes | awk -F: -v doors="$doors" '
		BEGIN {
			count = split(doors, row, "\n")
			for (i = 1; i <= count; i++) {
				at = index(row[i], ": ")
				header[i] = "^(" substr(row[i], 1, at - 1) ")$"
				files[i] = "^(" substr(row[i], at + 2) ")$"
			}
		}
		$2 == "<" {
			for (i = 1; i <= count && $3 !~ header[i]; i++)
				;
			if (i > count)
				print $1 " includes <" $3 ">, which no rule knows"
			else if ($1 !~ files[i])
				print $1 " may not include <" $3 ">"
		}'
}

check_alone() {
	flags=$(pkg-config --cflags libxml-2.0 cairo cairo-ft harfbuzz harfbuzz-subset pango fontconfig 2>/dev/null | sed 's/-I/-isystem /g')
	sources | grep '\.h$' | while read -r file; do
		# shellcheck disable=SC2086
		(cd "$tree" && $cc -std=c17 -D_GNU_SOURCE -Igen $flags -Wall -Wextra -Werror -fsyntax-only -x c "$file" 2>&1) |
			sed -n "s|.*error: |$file does not stand alone: |p" | head -n 1
	done
}

check_guards() {
	sources | grep '\.h$' | while read -r file; do
		guard=SALESPAY_$(echo "${file#gen/}" | tr 'a-z/.-' 'A-Z___')
		grep -q "^#ifndef $guard\$" "$tree/$file" && grep -q "^#define $guard\$" "$tree/$file" ||
			echo "$file has not the guard $guard"
	done
}

check_size() {
	sources | while read -r file; do
		lines=$(wc -l <"$tree/$file")
		[ "$lines" -le 500 ] || echo "$file has $lines lines: it is two nouns"
	done
}

# Code without comments and texts, made once a tree: file:line:code.
strip() {
	sources | while read -r file; do
		(cd "$tree" && $cc -fpreprocessed -dD -E "$file" 2>/dev/null) |
			awk -v file="$file" '/^# [0-9]/ { line = $2 - 1; next } { line++; print file ":" line ":" $0 }'
	done | sed 's/"\(\\.\|[^"\\]\)*"/""/g' >"$stripped"
}

# Of files that match $1 and not $2.
code() {
	awk -F: -v yes="$1" -v no="$2" '$1 ~ yes && $1 !~ no' "$stripped"
}

check_floats() {
	code '^gen/(base|value|table|policy|facts|calc|books)/' '^$' | grep -E '[^a-z_0-9](double|float)[^a-z_0-9]' |
		grep -v 'decimal_to_double' | sed 's/$/ (no binary floating point here)/'
}

check_exits() {
	code '.' '^gen/(main\.c|base/bug\.c|base/work\.c)$' | grep -E '[^a-z_0-9](exit|_exit|abort|quick_exit|g_error)[[:space:]]*\(' |
		sed 's/$/ (only main.c exits)/'
}

check_clock() {
	code '.' '^gen/(mail/|main\.c|pipeline|options)' |
		grep -E '[^a-z_0-9.>](time|clock|clock_gettime|gettimeofday|localtime(_r)?|gmtime(_r)?|strftime|setlocale|getcwd|rand|random)[[:space:]]*\(' |
		sed 's/$/ (no clock, locale, folder or chance in any output)/'
}

number=0
failed=0
try() {
	number=$((number + 1))
	found=$("$1")
	if [ -z "$found" ]; then
		echo "ok $number - $2"
	else
		echo "not ok $number - $2"
		echo "$found" | sed 's/^/# /'
		failed=1
	fi
}

all() {
	strip
	try check_layers "each layer includes only the layers below it"
	try check_doors "each library has its door"
	try check_alone "each header stands alone"
	try check_guards "each header has its guard"
	try check_size "no source is longer than 500 lines"
	try check_floats "no binary floating point touches an amount"
	try check_exits "only main exits"
	try check_clock "no clock, locale or chance reaches an output"
}

# A tree that breaks each rule: a check that finds nothing in it would find nothing anywhere.
bad_tree() {
	mkdir -p "$1/gen/base" "$1/gen/render" "$1/gen/calc" "$1/gen/misc"
	printf '#include "calc/x.h"\n' >"$1/gen/render/chart.c"
	printf '#include "x.h"\n#include "nowhere/y.h"\n#include <bid_conf.h>\n#include <ncurses.h>\n' >"$1/gen/base/a.c"
	printf '#include <glib.h>\n' >"$1/gen/base/a.h"
	printf 'struct b { size_t c; };\n' >"$1/gen/base/b.h"
	printf '/* double */ double rate; const char *t = "float x";\nvoid f(void) { exit(1); }\nlong g(void) { return time(0); }\n' \
		>"$1/gen/calc/x.c"
	awk 'BEGIN { for (i = 0; i < 501; i++) print "" }' >"$1/gen/misc/long.c"
}

expect() {
	number=$((number + 1))
	found=$("$1" | wc -l)
	if [ "$found" -eq "$2" ]; then
		echo "ok $number - $1 finds its $2 faults in a bad tree"
	else
		echo "not ok $number - $1 finds $found faults in a bad tree, not $2"
		"$1" | sed 's/^/# /'
		failed=1
	fi
}

scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
stripped=$scratch/stripped
all
tree=$scratch/bad
bad_tree "$tree"
strip
expect check_layers 4
expect check_doors 3
expect check_alone 1
expect check_guards 2
expect check_size 1
expect check_floats 1
expect check_exits 1
expect check_clock 1
echo "1..$number"
exit $failed
