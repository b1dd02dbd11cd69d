#!/bin/sh
# The pages as people meet them, in headless Chromium (tests/browser/). TAP; from the top folder.
cd "$(dirname "$0")/.." || exit 1
NODE_PATH=${NODE_PATH:-$PWD/build/browser/node_modules} exec node tests/browser/main.js
