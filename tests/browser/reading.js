"use strict";
/* Each kind of page as different people meet it: axe's rules in light and dark, narrow, on paper, without script. */
const fs = require("fs");
const { pathToFileURL } = require("url");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
/* preload: axe would fetch the style sheet again, which a page from disk may not.
 * What depends on the theme: the other rules would say the same twice. */
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/* Anything a page asks for outside its folder, and anything it says on the console. */
function watch(page, top, heard) {
	page.on("request", (request) => {
		if (!request.url().startsWith(pathToFileURL(top).href) && !request.url().startsWith("data:")) heard.requests.push(`${page.url()}: ${request.url()}`);
	});
	page.on("requestfailed", (request) => heard.requests.push(`${page.url()}: ${request.url()} failed`));
	page.on("console", (message) => heard.console.push(`${page.url()}: ${message.text()}`));
	page.on("pageerror", (error) => heard.console.push(`${page.url()}: ${error.message}`));
}

async function violations(page, name, rules) {
	const found = await page.evaluate((only) => window.axe.run(document, { preload: false, resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) }), rules);
	return found.violations.flatMap((v) => v.nodes.map((node) => `${name}: ${v.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
}

async function accessibility(page, name, faults) {
	await page.emulateMedia({ colorScheme: "light" });
	await page.evaluate(axe);
	faults.light.push(...await violations(page, name));
	await page.emulateMedia({ colorScheme: "dark" });
	faults.dark.push(...await violations(page, name, COLOURS));
	await page.emulateMedia({ colorScheme: "light" });
}

/* Nothing wider than the window, and what scrolls by itself can be reached by keyboard and has a name. */
async function narrow(page, name, faults) {
	await page.setViewportSize({ width: 360, height: 740 });
	const seen = await page.evaluate(() => ({
		width: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
		loose: [...document.querySelectorAll("main *")].filter((node) => node.scrollWidth > node.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(node).overflowX))
			.filter((node) => node.tabIndex !== 0 || !node.getAttribute("aria-label")).map((node) => node.className || node.tagName),
	}));
	if (seen.width > 360) faults.narrow.push(`${name}: ${seen.width} px wide`);
	seen.loose.forEach((node) => faults.narrow.push(`${name}: ${node} scrolls, but not by keyboard`));
	await page.setViewportSize({ width: 1280, height: 900 });
}

/* What of the page's text cannot be seen: text for those who hear the page and notes of graphics are meant so. */
function unseenText(keep) {
	const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true });
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), lost = [];
	for (let node = walker.nextNode(); node; node = walker.nextNode())
		if (node.textContent.trim() && !shown(node.parentElement) && !node.parentElement.closest("script, noscript, title, desc, .unseen, " + keep))
			lost.push(node.textContent.trim().slice(0, 40));
	return lost;
}

async function paper(page, name, faults) {
	await page.setViewportSize({ width: 718, height: 1040 }); /* A4 less the margins of site.css */
	await page.emulateMedia({ media: "print" });
	const seen = await page.evaluate((LANDSCAPE) => ({
		navigation: [...document.querySelectorAll("nav:not(.contents), .tools, .theme, .skip, button, input")].filter((node) => node.checkVisibility() && !node.closest("thead")).map((node) => node.className || node.tagName),
		head: document.querySelector(".sheet-head") ? getComputedStyle(document.querySelector(".sheet-head")).display !== "none" : !document.querySelector("nav.months"),
		wide: [...document.querySelectorAll("table")].filter((table) => table.getBoundingClientRect().right > (table.closest(".broad") ? LANDSCAPE : innerWidth) + 1).map((table) => table.className || table.caption.textContent.slice(0, 30)),
		heads: [...document.querySelectorAll("thead")].filter((head) => getComputedStyle(head).display !== "table-header-group").length,
	}), 1032);
	const lost = await page.evaluate(`(${unseenText})("nav, .tools, .theme, .skip, .related, .onward, .audience")`);
	if (seen.navigation.length) faults.paper.push(`${name}: shows ${seen.navigation.join(", ")}`);
	if (!seen.head) faults.paper.push(`${name}: no line with period and audience`);
	if (seen.wide.length) faults.paper.push(`${name}: wider than the sheet: ${seen.wide.join(", ")}`);
	if (seen.heads) faults.paper.push(`${name}: a table's head is not repeated`);
	if (lost.length) faults.paper.push(`${name}: hides ${lost.join(" | ")}`);
	await page.emulateMedia({ media: "screen" });
}

/* All text is there, and no control that would do nothing. */
async function withoutScript(page, name, faults) {
	const lost = await page.evaluate(`(${unseenText})(".sheet-head, .skip")`);
	const dead = await page.evaluate("document.querySelectorAll('button, input, select, [role=status], [role=alert], details:not([open])').length");
	if (lost.length) faults.script.push(`${name}: hides ${lost.join(" | ")}`);
	if (dead) faults.script.push(`${name}: ${dead} controls that need a script`);
}

/* One page in all ways. faults: lists by name, filled here. */
async function readPage(contexts, entry, top, faults) {
	const page = await contexts.full.newPage(), plain = await contexts.plain.newPage(), url = pathToFileURL(entry.file).href;
	watch(page, top, faults.heard);
	watch(plain, top, faults.heard);
	await page.goto(url);
	await accessibility(page, entry.name, faults);
	await narrow(page, entry.name, faults);
	await paper(page, entry.name, faults);
	await plain.goto(url);
	await withoutScript(plain, entry.name, faults);
	await page.close();
	await plain.close();
}

module.exports = { readPage, watch };
