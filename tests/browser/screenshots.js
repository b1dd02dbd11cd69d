"use strict";
/* Pictures of each kind of page, for people to look at: wide, narrow, on paper, in the dark.
 *
 *	node tests/browser/screenshots.js FOLDER
 */
const fs = require("fs"), os = require("os"), path = require("path");
const { pathToFileURL } = require("url");
const companies = require("./companies"), browsing = require("./browsing");

const WAYS = [
	{ name: "wide", width: 1280, media: { media: "screen", colorScheme: "light" } },
	{ name: "narrow", width: 360, media: { media: "screen", colorScheme: "light" } },
	{ name: "dark", width: 1280, media: { media: "screen", colorScheme: "dark" } },
];

async function picture(page, entry, stem) {
	await page.goto(pathToFileURL(entry.file).href);
	for (const way of WAYS) {
		await page.emulateMedia(way.media);
		await page.setViewportSize({ width: way.width, height: 900 });
		await page.screenshot({ path: `${stem}-${way.name}.png`, fullPage: true });
	}
	await page.pdf({ path: `${stem}-print.pdf`, preferCSSPageSize: true, printBackground: true });
}

async function main(folder) {
	const work = fs.mkdtempSync(path.join(os.tmpdir(), "salespay-screenshots-"));
	const browser = await browsing.launch();
	try {
		const outputs = await companies.make(work);
		fs.rmSync(folder, { recursive: true, force: true });
		fs.mkdirSync(folder, { recursive: true });
		for (const [name, output] of Object.entries(outputs)) {
			const page = await browser.newPage();
			for (const entry of companies.kinds(companies.pagesBelow(output)))
				await picture(page, entry, path.join(folder, `${name}-${entry.audience}-${entry.kind}`));
			await page.close();
		}
	} finally {
		await browser.close();
		fs.rmSync(work, { recursive: true, force: true });
	}
}

main(process.argv[2]);
