"use strict";
/* What every file here says its results with. */
let count = 0, failed = 0;

function ok(holds, name, detail) {
	count++;
	if (!holds) failed++;
	console.log(`${holds ? "ok" : "not ok"} ${count} - ${name}`);
	if (!holds && detail !== undefined)
		[].concat(detail).slice(0, 25).forEach((line) => String(line).slice(0, 600).split("\n").forEach((part) => console.log("# " + part)));
}

/* Name of a check, and the faults that it found: none is fine. */
function none(faults, name) {
	ok(faults.length === 0, name, faults);
}

function close() {
	console.log(`1..${count}`);
	return failed ? 1 : 0;
}

module.exports = { ok, none, close };
