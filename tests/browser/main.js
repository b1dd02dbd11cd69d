"use strict";
/* Pages in headless Chromium, from disk. TAP. See ../browser.sh. */
const fs = require("fs"), os = require("os"), path = require("path");
const { none, ok, close } = require("./tap");
const companies = require("./companies"), browsing = require("./browsing"), statics = require("./static"), reading = require("./reading"), tables = require("./tables");

function emptyFaults() {
	return { light: [], dark: [], narrow: [], paper: [], script: [], heard: { requests: [], console: [] } };
}

async function readAll(browser, name, pages, top) {
	const faults = emptyFaults(), kinds = companies.kinds(pages), waiting = [...kinds];
	const contexts = { full: await browser.newContext({ reducedMotion: "reduce" }), plain: await browser.newContext({ javaScriptEnabled: false }) };
	const one = async () => {
		for (let entry = waiting.shift(); entry; entry = waiting.shift()) await reading.readPage(contexts, entry, top, faults);
	};
	await Promise.all([one(), one()]);
	await contexts.full.close();
	await contexts.plain.close();
	none(faults.light, `${name}: axe finds nothing on ${kinds.length} kinds of page`);
	none(faults.dark, `${name}: axe finds no weak colours in the dark theme`);
	none(faults.narrow, `${name}: nothing is wider than 360 px, scrolling parts are reached by keyboard`);
	none(faults.paper, `${name}: paper has the line of period and audience, no navigation, and all that is essential`);
	none(faults.script, `${name}: without script everything is readable and no control is dead`);
	none(faults.heard.requests, `${name}: no request leaves the folder or fails`);
	none(faults.heard.console, `${name}: nothing is said on the console`);
}

async function main() {
	const work = fs.mkdtempSync(path.join(os.tmpdir(), "salespay-browser-"));
	let browser;
	try {
		const folders = await companies.make(work);
		browser = await browsing.launch();
		for (const name of ["zh", "en"]) {
			const pages = companies.pagesBelow(folders[name]);
			statics.check(name, pages, folders[name]);
			await readAll(browser, name, pages, folders[name]);
		}
		await tables.check(browser, folders);
	} catch (error) {
		ok(false, "the tests ran to their end", error.stack);
	} finally {
		if (browser) await browser.close();
		fs.rmSync(work, { recursive: true, force: true });
	}
	process.exit(close());
}

main();
