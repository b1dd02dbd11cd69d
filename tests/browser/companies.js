"use strict";
/* The companies whose pages are looked at: the sample in Chinese, the sample in English with all that a site may open,
 * and a made-up one with more people than fit on a page. */
const fs = require("fs"), path = require("path");
const { execFile } = require("child_process");

const TOP = path.resolve(__dirname, "../..");
const PROGRAM = path.resolve(process.env.SALESPAY || path.join(TOP, "build/release/salespay"));
const LATER = /^(records|2026-(0[7-9]|1.))$/;
const MONTH = "2026-06", BEFORE = "2026-05";

function salespay(folder, ...words) {
	const args = [...words, "-q", "--progress", "never", "-i", path.join(folder, "input"), "-o", path.join(folder, "output")];
	return new Promise((done, fail) => execFile(PROGRAM, args, { env: { ...process.env, SALESPAY_DATA: TOP, LC_ALL: "C.UTF-8" } },
		(error, out, err) => error && error.code !== 4 ? fail(new Error(`salespay ${words.join(" ")}: ${error.message}\n${err}`)) : done(out)));
}

async function sample(folder, language, open) {
	const company = path.join(folder, "input/company.xml"), draft = path.join(folder, "draft.xml");
	fs.cpSync(path.join(TOP, "input"), path.join(folder, "input"), { recursive: true, filter: (from) => !LATER.test(path.basename(from)) });
	if (open)
		fs.writeFileSync(company, fs.readFileSync(company, "utf8").replace(/<site [^>]*>/, '<site policy="full" people="all" movements="all"/>'));
	await salespay(folder, "run", MONTH, "--lang", language);
	await salespay(folder, "check", MONTH, "--lang", language);
	fs.writeFileSync(path.join(folder, "input/policies/draft.xml"),
		fs.readFileSync(path.join(folder, "input/policies/sales-support.xml"), "utf8").replace(/÷ 100<\/figure>/, "÷ 90</figure>"));
	await salespay(folder, "compare", MONTH, "--policy", path.join(folder, "input/policies/draft.xml"), "--lang", language);
	fs.rmSync(draft, { force: true });
	return path.join(folder, "output");
}

const LARGE_POLICY = `<?xml version="1.0" encoding="UTF-8"?>
<policy xmlns="urn:salespay:policy:1" id="large" title="大公司办法" version="1" currency="CNY">
<table name="员工" file="花名册.csv" rows="one" role="staff" required="yes">
<column name="工号" type="id" role="id" required="yes"/><column name="姓名" type="text" role="name" required="yes"/>
<column name="部门" type="text" role="unit" required="yes"/><column name="职级" type="grade" role="grade" required="yes"/>
<column name="得分" type="number"/></table>
<grades><grade id="S1" title="一级" track="支持" order="1"><set name="标准">4000</set></grade></grades>
<scorecard name="综合得分" round="0.01"><kpi name="质量" weight="100">得分</kpi></scorecard>
<figure name="基本工资" type="money" section="earnings">标准</figure>
<total name="应发合计" section="earnings"/><figure name="实发" type="money" section="net">应发合计</figure>
</policy>
`;
const SURNAMES = ["王", "李", "张", "单", "曾", "解", "仇", "区", "查", "欧阳", "赵", "钱", "孙", "重", "朴"];
const GIVEN = ["伟", "芳", "长乐", "重阳", "子轩", "静", "行之", "乐", "华", "明"];

/* 1,030 people, 560 of them in one unit: rankings of three sheets, a unit of two. */
async function large(folder) {
	const input = path.join(folder, "input"), rows = ["工号,姓名,部门,职级,得分"];
	for (let i = 0; i < 1030; i++) {
		const name = i === 7 ? "阿卜杜热合曼·买买提江·阿不都热依木江·库尔班" : SURNAMES[i % SURNAMES.length] + GIVEN[(i * 7) % GIVEN.length] + (i % 3 ? "" : "儿");
		rows.push(`E${String(i).padStart(5, "0")},${name},${i < 560 ? "大部" : "分部" + (i % 40)},S1,${(50 + (i * 37 % 5000) / 100).toFixed(2)}`);
	}
	fs.mkdirSync(path.join(input, MONTH), { recursive: true });
	fs.mkdirSync(path.join(input, "policies"));
	fs.writeFileSync(path.join(input, "policies/large.xml"), LARGE_POLICY);
	fs.writeFileSync(path.join(input, "company.xml"), `<company xmlns="urn:salespay:company:1" name="大公司" short="大" lang="zh-CN"><policy href="policies/large.xml" from="${MONTH}"/></company>\n`);
	fs.writeFileSync(path.join(input, MONTH, "花名册.csv"), rows.join("\n") + "\n");
	await salespay(folder, "run", MONTH);
	return path.join(folder, "output");
}

async function make(folder) {
	const [zh, en, big] = await Promise.all([sample(path.join(folder, "zh"), "zh-CN", false),
		sample(path.join(folder, "en"), "en", true), large(path.join(folder, "large"))]);
	return { zh, en, big };
}

/* Every page of a folder: path, kind and audience as its body says, the month it is of. */
function pagesBelow(folder) {
	return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html") && !name.startsWith("latest")).sort()
		.map((name) => {
			const file = path.join(folder, name), text = fs.readFileSync(file, "utf8");
			const [kind, audience] = (/<body class="([^"]*)"/.exec(text) || ["", ""])[1].split(" ");
			return { name, file, text, kind, audience, month: (/^\d{4}-\d\d/.exec(name) || [""])[0] };
		});
}

/* One page of each kind and audience, the largest of the last month: where something goes wrong it does so there. */
function kinds(pages) {
	const chosen = new Map();
	pages.forEach((page) => {
		const key = `${page.audience} ${page.kind}`, before = chosen.get(key);
		if (page.month !== BEFORE && (!before || before.text.length < page.text.length)) chosen.set(key, page);
	});
	return [...chosen.values()];
}

module.exports = { make, pagesBelow, kinds, MONTH, BEFORE };
