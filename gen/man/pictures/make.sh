#!/bin/sh
# Makes the README's pictures from the sample company's October, as published
# in output/ by `make run`. Needs chromium and pdftoppm.
set -eu
cd "$(dirname "$0")/../../.."
here=gen/man/pictures
month=${1:-output/2026-10}
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1.25 \
	--window-size=1180,900 --screenshot="$here/page.png" "file://$(realpath "$month")/managers/company/index.html" 2>/dev/null >&2
pdftoppm -r 96 -f 1 -l 1 -singlefile -png "$month/payslips/00112.pdf" "$here/slip"
pdftoppm -r 96 -f 1 -l 1 -W 794 -H 360 -singlefile -png "$month/charts/ranking-D110.pdf" "$here/chart"
