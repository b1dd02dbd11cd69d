"use strict";
/* What the script adds to a ranking: order, filter, and their place in the address. Scores and units are the ledger's and
 * the staff table's, not the page's. And the sheets of a ranking too long for one. */
const fs = require("fs"), path = require("path");
const { pathToFileURL } = require("url");
const { ok } = require("./tap");
const { MONTH } = require("./companies");

function ledger(output, column) {
	const [head, ...rows] = fs.readFileSync(path.join(output, MONTH, "ledger.csv"), "utf8").trim().split("\n").map((line) => line.split(","));
	const at = head.indexOf(column);
	return new Map(rows.map((row) => [row[0], row[at]]));
}

/* Ids of the rows that are seen, from the top; the state that is announced. */
function look(page) {
	return page.evaluate(() => ({
		ids: [...document.querySelectorAll("table.sortable tbody tr")].filter((row) => row.offsetParent).map((row) => row.id.slice(2)),
		sorts: [...document.querySelectorAll("table.sortable th[aria-sort]")].map((head) => `${head.dataset.name} ${head.getAttribute("aria-sort")}`),
		status: document.querySelector("[role=status]").textContent, hash: decodeURIComponent(location.hash),
	}));
}

function falls(ids, scores) {
	const known = ids.filter((id) => scores.get(id) !== "");
	return known.length > 50 && known.every((id, i) => !i || +scores.get(known[i - 1]) >= +scores.get(id)) &&
		ids.slice(0, known.length).every((id) => scores.get(id) !== "");
}

async function ordered(page, scores) {
	const before = await look(page), column = page.locator("th button", { hasText: "当月绩效得分" });
	await column.focus();
	await page.keyboard.press("Enter");
	const down = await look(page);
	await page.keyboard.press("Enter");
	const up = await look(page);
	ok(falls(down.ids, scores) && down.sorts.join() === "当月绩效得分 descending" && down.status.includes("从大到小"),
		"a column of numbers begins with the greatest, by keyboard, and says so", JSON.stringify(down));
	ok(falls([...up.ids].reverse(), scores) && up.sorts.join() === "当月绩效得分 ascending" && up.status.includes("从小到大"),
		"pressed again it begins with the least", JSON.stringify(up));
	ok([...up.ids].sort().join() === [...before.ids].sort().join() && new Set(up.ids).size === up.ids.length, "nobody is lost by sorting");
	await page.locator("th button", { hasText: "姓名" }).click();
	const names = await page.$$eval("table.sortable tbody .who", (all) => all.map((one) => one.firstChild.textContent.trim() || one.textContent));
	const expected = [...names].sort(new Intl.Collator("zh-CN").compare);
	ok(names.join() === expected.join() && (await look(page)).sorts.join() === "姓名 ascending", "names begin with the first of the alphabet", names.slice(0, 8));
}

async function filtered(page, address, units) {
	const all = (await look(page)).ids.length, box = page.locator("input[type=search]");
	const wanted = [...units].filter(([, unit]) => unit === "D110").map(([id]) => id).sort();
	await box.fill("订单支持部");
	const some = await look(page);
	ok(wanted.length > 5 && [...some.ids].sort().join() === wanted.join() && some.status.includes(`显示 ${wanted.length} 行，共 ${all} 行`),
		"the filter leaves the people of a unit, and says how many", JSON.stringify(some));
	ok(some.hash.includes("q=订单支持部") && /sort=\d+-asc/.test(some.hash), "order and filter stand in the address", some.hash);
	const again = await page.context().newPage();
	await again.goto(address + some.hash);
	const same = await look(again);
	ok(same.ids.join() === some.ids.join() && same.status === some.status, "whoever opens that address sees the same", JSON.stringify(same));
	await again.close();
	await box.fill("没有这个人");
	ok((await look(page)).ids.length === 0, "what nobody has leaves nobody");
	await box.fill("");
	const back = await look(page);
	ok(back.ids.length === all && !back.hash.includes("q="), "emptied, all are back", JSON.stringify(back));
}

function sheets(output) {
	const folder = path.join(output, MONTH, "site"), people = [...ledger(output, "工号").keys()];
	const files = fs.readdirSync(folder).filter((name) => /^ranking(-p\d+)?\.html$/.test(name)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
	const parts = files.map((name) => [...fs.readFileSync(path.join(folder, name), "utf8").matchAll(/<tr id="r-([^"]*)"/g)].map((hit) => hit[1]));
	ok(files.length === 3 && parts.every((ids) => ids.length <= 500) && parts.flat().sort().join() === people.sort().join(),
		"a ranking of 1,030 people has three sheets, and everyone once", [files.join(), parts.map((ids) => ids.length).join()]);
	const linked = files.every((name) => files.every((other) => other === name || fs.readFileSync(path.join(folder, name), "utf8").includes(`href="${other}"`)));
	ok(linked, "every sheet leads to the others");
}

async function check(browser, folders) {
	const address = pathToFileURL(path.join(folders.zh, MONTH, "site/ranking.html")).href;
	const context = await browser.newContext(), page = await context.newPage();
	await page.goto(address);
	await ordered(page, ledger(folders.zh, "当月绩效得分"));
	await filtered(page, address, ledger(folders.zh, "部门"));
	await context.close();
	sheets(folders.big);
}

module.exports = { check };
