#include "calculated.h"

/*
 * Units, ranks and shares. The tree: U0 总部 (head A) over U1 一部 (head B)
 * over U2 二部 (head A again) and U3 (head C); E is in no unit, F left before
 * the month, G is in a scheme of its own that has only some figures.
 */
#define SHARED \
	"<table name='员工' file='员工.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='部门' type='text' role='unit'/>" \
	"<column name='职级' type='grade' role='grade'/><column name='离职日期' type='date' role='left'/>" \
	"<column name='岗位' type='text'/></table>" \
	"<table name='机构' file='机构.csv' rows='one' role='units'><column name='机构号' type='id' role='id' required='yes'/>" \
	"<column name='机构名' type='text' role='name'/><column name='上级' type='id' role='parent'/>" \
	"<column name='负责人' type='id' role='head'/></table>" \
	"<table name='月报' file='月报.csv' rows='one'><column name='人' type='id' role='person' required='yes'/>" \
	"<column name='额' type='money'/><column name='权' type='number'/></table>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'/><grade id='S2' title='专员' track='支持' order='2'/></grades>" \
	"<figure name='业绩' type='money'>额</figure><figure name='权数' type='number'>权</figure>"

static const char units[] = "机构号,机构名,上级,负责人\nU2,二部,一部,A\nU0,总部,,A\nU3,,U0,C\nU1,一部,U0,B\n";
static const char staff[] = "工号,部门,职级,离职日期,岗位\nA,总部,S2,,销售\nB,U1,S2,,销售\nC,U3,S1,,销售\nD,二部,S1,,销售\n"
	"D2,U2,S1,2026-10-15,销售\nE,,,,销售\nF,U2,S1,2026-09-30,销售\n";
/* F left before the month: its rows count nowhere. */
static const char report[] = "人,额,权\nA,100,1\nB,50,0\nC,70,3\nD,50,1\nD2,10,2\nE,1000,\nF,9999,9\n";

struct group_case {
	const char *type, *formula;
	const char *of_a, *of_b, *of_c, *of_d, *of_e;
};

static void files(struct calculated *c)
{
	month_file(&c->month, "2026-10/机构.csv", units);
	month_file(&c->month, "2026-10/员工.csv", staff);
	month_file(&c->month, "2026-10/月报.csv", report);
}

static void check_all(const struct group_case *cases, size_t count)
{
	GString *policy = g_string_new("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" SHARED);
	struct calculated c;

	for (size_t i = 0; i < count; i++) {
		char *text = g_markup_escape_text(cases[i].formula, -1);

		g_string_append_printf(policy, "<figure name='f%zu_' type='%s'>%s</figure>\n", i, cases[i].type, text);
		g_free(text);
	}
	g_string_append(policy, "</policy>");
	month_begin(&c.month, policy->str);
	files(&c);
	if (calculated_good(&c, "2026-10"))
		for (size_t i = 0; i < count; i++) {
			char name[24];

			g_snprintf(name, sizeof(name), "f%zu_", i);
			g_test_message("%s", cases[i].formula);
			CALCULATED_CHECK(&c, { "A", name, cases[i].of_a }, { "B", name, cases[i].of_b }, { "C", name, cases[i].of_c },
				{ "D", name, cases[i].of_d }, { "E", name, cases[i].of_e }, { "F", name, "" });
		}
	month_end(&c.month);
	g_string_free(policy, TRUE);
}

static void test_groups(void)
{
	static const struct group_case cases[] = {
		/* the unit with all below: U0 is A B C D D2, U1 is B D D2, U3 is C, U2 is D D2; E stands alone */
		{ "money", "部门合计(业绩)", "280.00", "110.00", "70.00", "60.00", "1000.00" },
		{ "money", "unit_average(业绩)", "56.00", "36.67", "70.00", "30.00", "1000.00" }, /* 110 ÷ 3 = 36.666… */
		{ "number", "部门计数(业绩 ≥ 50)", "4", "2", "1", "1", "1" },
		{ "number", "unit_sum(权数)", "7", "3", "3", "3", "" }, /* E's weight is missing */
		/* A heads U0, U2 below it counts once; B heads U1; without themselves */
		{ "money", "下属合计(业绩)", "180.00", "60.00", "0.00", "0.00", "0.00" },
		{ "money", "下属平均(业绩)", "45.00", "30.00", "", "", "" }, { "number", "led_count(业绩 < 60)", "3", "2", "0", "0", "0" },
		{ "money", "公司合计(业绩)", "1280.00", "1280.00", "1280.00", "1280.00", "1280.00" },
		{ "number", "company_average(权数)", "", "", "", "", "" },
		{ "money", "company_average(业绩)", "213.33", "213.33", "213.33", "213.33", "213.33" }, /* ÷ 6 */
		{ "number", "公司计数(权数 > 0)", "4", "4", "4", "4", "4" }, { "number", "company_count(缺失(权数))", "1", "1", "1", "1", "1" },
		{ "number", "company_sum(缺省(权数, 10))", "17", "17", "17", "17", "17" },
		/* 1000 100 70 50 50 10 */
		{ "number", "排名(业绩)", "2", "4", "3", "4", "1" }, { "number", "rank(-业绩)", "5", "2", "4", "2", "6" },
		{ "number", "rank(权数)", "3", "5", "1", "3", "" }, /* 3 2 1 1 0 */
		{ "number", "部门排名(业绩)", "1", "1", "1", "1", "1" }, /* A 100 of five, B and D tie at 50 among B D D2, D 50 among D D2 */
		{ "number", "unit_rank(-业绩)", "5", "2", "1", "2", "1" },
		{ "number", "职级排名(业绩)", "1", "2", "1", "2", "" }, /* S2: A B; S1: C D D2; E has no grade */
		{ "yesno", "属于机构(“总部”)", "yes", "yes", "yes", "yes", "no" }, { "yesno", "within(“U1”)", "no", "yes", "no", "yes", "no" },
		{ "yesno", "within(“二部”)", "no", "no", "no", "yes", "no" }, { "text", "部门.负责人", "A", "B", "C", "A", "" },
		{ "text", "部门.机构名", "总部", "一部", "", "二部", "" }, { "number", "count(机构)", "4", "4", "4", "4", "4" },
	};

	check_all(cases, G_N_ELEMENTS(cases));
}

static void test_shares(void)
{
	static const struct group_case cases[] = {
		/* weights 1 0 3 1 (D2: 2), E's missing: 7 in all. 100 ÷ 7 = 14.285714…: 14.28 0 42.85 14.28 28.57 leave two fen: remainders
		 * .571 (A), .714 (C: 42.857142…), .571 (D), .428 (D2): C and, of A and D alike, A */
		{ "money", "分摊(100元, 权数)", "14.29", "0.00", "42.86", "14.28", "" },
		{ "money", "share(100元, 缺省(权数, 0))", "14.29", "0.00", "42.86", "14.28", "0.00" },
		{ "money", "share(-100元, 权数)", "-14.29", "0.00", "-42.86", "-14.28", "" },
		{ "money", "share(1元, 0)", "", "", "", "", "" }, { "money", "share(company_pool, 1)", "213.34", "213.34", "213.33", "213.33", "213.33" },
		{ "money", "share(0.005元, 1)", "0.01", "0.00", "0.00", "0.00", "0.00" }, /* the pool is rounded first: one fen, to the smallest id */
	};
	GString *policy = g_string_new("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" SHARED
		"<figure name='company_pool' type='money'>company_sum(业绩)</figure>");
	struct calculated c;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *text = g_markup_escape_text(cases[i].formula, -1);

		g_string_append_printf(policy, "<figure name='f%zu_' type='money'>%s</figure>\n", i, text);
		g_free(text);
	}
	g_string_append(policy, "</policy>");
	month_begin(&c.month, policy->str);
	files(&c);
	if (calculated_good(&c, "2026-10"))
		for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
			char name[24];

			g_snprintf(name, sizeof(name), "f%zu_", i);
			g_test_message("%s", cases[i].formula);
			CALCULATED_CHECK(&c, { "A", name, cases[i].of_a }, { "B", name, cases[i].of_b }, { "C", name, cases[i].of_c },
				{ "D", name, cases[i].of_d }, { "E", name, cases[i].of_e });
		}
	CALCULATED_CHECK(&c, { "D2", "f0_", "28.57" }, { "D2", "f4_", "213.33" });
	month_end(&c.month);
	g_string_free(policy, TRUE);
}

static void test_share_errors(void)
{
	static const struct {
		const char *formula, *codes;
	} rows[] = {
		{ "share(业绩, 1)", "E0385 E0385 E0385 E0385 E0385" }, /* five of six differ from the first */
		{ "share(100元, 权数 - 1)", "E0386" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *policy = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" SHARED
			"<figure name='分' type='money'>", rows[i].formula, "</figure></policy>", NULL);
		struct calculated c;

		month_begin(&c.month, policy);
		files(&c);
		calculated_run(&c, "2026-10", false);
		g_assert_cmpstr(month_codes(&c.month), ==, rows[i].codes);
		month_end(&c.month);
		g_free(policy);
	}
}

/* Two schemes: a figure of both counts everyone, a figure of one only its people. */
static void test_schemes(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY("<include href='lib.xml'/><figure name='独有' type='money'>额 × 2</figure>"
		"<figure name='全' type='money'>company_sum(业绩)</figure><figure name='我们' type='money'>company_sum(独有)</figure>"
		"<figure name='名次' type='number'>rank(业绩)</figure><figure name='内名次' type='number'>rank(独有)</figure>"
		"<figure name='池' type='money'>share(100元, if(独有 > 0, 1, 0))</figure>"));
	month_file(&c.month, "policies/lib.xml", MONTH_POLICY(SHARED));
	month_file(&c.month, "policies/q.xml", MONTH_POLICY("<include href='lib.xml'/><figure name='另有' type='money'>额 × 3</figure>"
		"<figure name='全' type='money'>company_sum(业绩)</figure>"));
	month_file(&c.month, "company.xml", MONTH_COMPANY("<policy scheme='甲' href='policies/p.xml' from='2020-01' when='岗位 = “销售”'/>"
		"<policy scheme='乙' href='policies/q.xml' from='2020-01' when='岗位 = “支持”'/>"));
	files(&c);
	month_file(&c.month, "2026-10/员工.csv", "工号,部门,职级,离职日期,岗位\nA,总部,S2,,销售\nB,U1,S2,,支持\nC,U3,S1,,销售\nD,二部,S1,,门卫\n"
		"D2,U2,S1,,支持\nE,,,,销售\nF,U2,S1,2026-09-30,销售\n");
	if (calculated_good(&c, "2026-10"))
		/* A 100, C 70, E 1000 in 甲; B 50, D2 10 in 乙; nobody's scheme fits D */
		CALCULATED_CHECK(&c, { "A", "全", "1230.00" }, { "B", "全", "1230.00" }, { "D", "全", "" }, { "A", "我们", "2340.00" },
			{ "B", "我们", "" }, { "B", "另有", "150.00" }, { "A", "另有", "" }, { "C", "名次", "3" }, { "C", "内名次", "3" },
			{ "A", "池", "33.34" }, { "C", "池", "33.33" }, { "E", "池", "33.33" }, { "B", "池", "" });
	g_assert_cmpint(c.month.facts->people[month_person(&c.month, "D")].exclusion, ==, EXCLUDED_NO_SCHEME);
	month_end(&c.month);
}

/* 2,000 people in a chain of 2,000 units: no recursion that ends the stack, no time that grows with the square. */
static void test_deep_tree(void)
{
	GString *tree = g_string_new("机构号,机构名,上级,负责人\n"), *people = g_string_new("工号,部门,职级,离职日期,岗位\n");
	GString *rows = g_string_new("人,额,权\n");
	struct calculated c;

	for (int i = 0; i < 2000; i++) {
		g_string_append_printf(tree, "V%04d,,", i);
		if (i)
			g_string_append_printf(tree, "V%04d", i - 1);
		g_string_append(tree, ",P0000\n");
	}
	for (int i = 0; i < 2000; i++) {
		g_string_append_printf(people, "P%04d,V%04d,S1,,x\n", i, i);
		g_string_append_printf(rows, "P%04d,1,1\n", i);
	}
	month_begin(&c.month, MONTH_POLICY(SHARED "<figure name='合' type='money'>unit_sum(业绩)</figure>"
		"<figure name='带' type='money'>led_sum(业绩)</figure>"));
	month_file(&c.month, "2026-10/机构.csv", tree->str);
	month_file(&c.month, "2026-10/员工.csv", people->str);
	month_file(&c.month, "2026-10/月报.csv", rows->str);
	if (calculated_good(&c, "2026-10"))
		CALCULATED_CHECK(&c, { "P0000", "合", "2000.00" }, { "P1999", "合", "1.00" }, { "P0000", "带", "1999.00" }, { "P0001", "带", "0.00" });
	month_end(&c.month);
	g_string_free(tree, TRUE);
	g_string_free(people, TRUE);
	g_string_free(rows, TRUE);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/groups/over units, what one leads, the company; ranks", test_groups);
	g_test_add_func("/calc/groups/a pool is shared to the fen", test_shares);
	g_test_add_func("/calc/groups/a pool that differs and a negative weight are told", test_share_errors);
	g_test_add_func("/calc/groups/schemes count whose policy has the figure", test_schemes);
	g_test_add_func("/calc/groups/a long chain of units", test_deep_tree);
	return g_test_run();
}
