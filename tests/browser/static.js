"use strict";
/* What can be seen without a browser: links, sizes, no inline script or style, months that lead to each other. */
const fs = require("fs"), path = require("path");
const { none, ok } = require("./tap");
const { MONTH, BEFORE } = require("./companies");

function attributes(text, name) {
	return [...text.matchAll(new RegExp(`\\s${name}="([^"]*)"`, "g"))].map((match) => match[1].replace(/&amp;/g, "&"));
}

function brokenLinks(pages, top) {
	const ids = new Map(pages.map((page) => [page.file, new Set(attributes(page.text, "id"))])), broken = [];
	pages.forEach((page) => attributes(page.text, "(?:href|src)").forEach((link) => {
		/* A server answers with this one at any address: its way back begins at the root. */
		if (page.kind === "missing" && fs.existsSync(path.join(top, link)) && link.startsWith(`/${page.month}/`)) return;
		const [name, anchor] = link.split("#"), target = name ? path.resolve(path.dirname(page.file), decodeURIComponent(name)) : page.file;
		if (/^[a-z]+:|^\//i.test(link)) broken.push(`${page.name}: ${link} is not relative`);
		else if (!target.startsWith(top)) broken.push(`${page.name}: ${link} leads out of the folder`);
		else if (!fs.existsSync(target) || fs.statSync(target).isDirectory()) broken.push(`${page.name}: ${link} leads nowhere`);
		else if (anchor && ids.has(target) && !ids.get(target).has(anchor)) broken.push(`${page.name}: no ${link}`);
	}));
	return broken;
}

/* A month's page leads back to the same page wherever the month before has that, and forward to the company's pages, which
 * each month has; who will be there next month it cannot know (site.js looks). */
function lostMonths(pages, top) {
	const lost = [];
	[[MONTH, BEFORE, "prev"], [BEFORE, MONTH, "next"]].forEach(([month, other, rel]) => pages.filter((page) => page.month === month && page.kind !== "missing").forEach((page) => {
		const match = new RegExp(`<a rel="${rel}" href="([^"]*)"`).exec(page.text), same = path.join(top, page.name.replace(month, other));
		const target = match && path.resolve(path.dirname(page.file), decodeURIComponent(match[1].replace(/&amp;/g, "&")));
		if (!target) lost.push(`${page.name}: no ${rel}`);
		else if (fs.existsSync(same) && target !== same && (rel === "prev" || !/^(unit|person)$/.test(page.kind) && !/\/managers\/(?!company\/)[^/]+\/|\/cycles\//.test(page.name))) lost.push(`${page.name}: ${rel} is ${match[1]}, not the same page`);
	}));
	return lost;
}

function inline(pages) {
	return pages.flatMap((page) => ["<style", /\sstyle="/, /\son[a-z]+="/, /javascript:/i, /<script(?![^>]*\ssrc=)/, /<script[^>]*>[^<]/, /https?:\/\/(?!www\.w3\.org)/]
		.filter((pattern) => page.text.search(pattern) >= 0).map((pattern) => `${page.name}: ${pattern}`));
}

function titles(pages) {
	const seen = new Map();
	return pages.flatMap((page) => {
		const title = (/<title>([^<]*)</.exec(page.text) || [])[1], key = `${page.month}/${page.audience}/${title}`, other = seen.get(key);
		seen.set(key, page.name);
		return title && !other ? [] : [`${page.name}: ${title} is ${other || "nobody"}'s too`];
	});
}

function sizes(pages, top) {
	const large = [];
	pages.forEach((page) => {
		const size = Buffer.byteLength(page.text);
		if (size > 1 << 20) large.push(`${page.name}: ${size} bytes`);
		page.text.split("<tbody").slice(1).forEach((body) => {
			const rows = body.split("</tbody>")[0].split("<tr").length - 1;
			if (rows > 500) large.push(`${page.name}: a table of ${rows} rows`);
		});
		if (!/(^|\/)index\.html$/.test(page.name)) return;
		const assets = attributes(page.text, "(?:href|src)").filter((link) => /assets\/.*\.(css|js|svg)$/.test(link) && !/people-index/.test(link))
			.map((link) => fs.statSync(path.resolve(path.dirname(page.file), link)).size);
		const whole = size + assets.reduce((a, b) => a + b, 0);
		if (/^(index|[^/]*\/(site|managers)\/index|[^/]*\/managers\/company\/index)\.html$/.test(page.name) && whole > 150 * 1024) large.push(`${page.name}: ${whole} bytes with styles and script`);
	});
	return large;
}

function check(name, pages, top) {
	none(brokenLinks(pages, top), `${name}: every link leads to a file or a place below the folder`);
	none(lostMonths(pages, top), `${name}: months lead to the same page of the month beside them`);
	none(inline(pages), `${name}: no inline script, style or handler, no other host`);
	none(titles(pages), `${name}: every page has a title of its own`);
	none(sizes(pages, top), `${name}: no page over 1 MB or 500 rows, no index over 150 KB with styles and script`);
	ok(pages.length > 30, `${name}: ${pages.length} pages were read`);
}

module.exports = { check };
