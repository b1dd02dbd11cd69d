#include "calculated.h"

/* Lines, splits, totals, scorecards, checks and movements, each in a company of a few rows; values worked by hand. */
#define STAFF \
	"<table name='员工' file='员工.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='姓名' type='text' role='name'/>" \
	"<column name='职级' type='grade' role='grade'/><column name='离职日期' type='date' role='left'/><column name='岗位' type='text'/></table>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'/><grade id='S2' title='专员' track='支持' order='2'/>" \
	"<grade id='S3' title='主管' track='支持' order='3'/><grade id='M1' title='经理' track='管理' order='1'/></grades>"
#define ORDERS \
	"<table name='单' file='单.csv'><column name='单号' type='id'/><column name='谁' type='id' role='person' required='yes'/>" \
	"<column name='款' type='money'/><column name='份' type='number'/></table>"
#define NUMBERS \
	"<table name='月报' file='月报.csv' rows='one'><column name='人' type='id' role='person' required='yes'/>" \
	"<column name='甲' type='number'/><column name='乙' type='number'/><column name='丙' type='number'/><column name='丁' type='yesno'/></table>"

static const char staff[] = "工号,姓名,职级,离职日期,岗位\nA,甲一,S1,,x\nB,乙二,S2,,x\nC,丙三,S3,,y\nF,去者,S1,2026-09-30,x\n";

/* The values of a line in the order of the file; - for a row nobody computed. */
static void check_line(const struct calculated *c, const char *table, const char *text)
{
	GString *found = g_string_new(NULL);
	char room[VALUE_TEXT_SIZE];

	g_assert_cmpuint(c->month.rulebook->line_count, ==, 1);
	for (size_t t = 0; t < c->month.rulebook->table_count; t++)
		for (size_t row = 0; !strcmp(c->month.rulebook->tables[t]->name, table) && row < c->month.facts->tables[t]->row_count; row++) {
			const struct value *value = &c->results->lines[0].values[row];

			g_string_append_printf(found, "%s%s", row ? " " : "", value->missing ? "-" : value_format(value, room));
		}
	g_assert_cmpstr(found->str, ==, text);
	g_string_free(found, TRUE);
}

struct line_case {
	const char *line, *rows, *values, *codes;
};

static void test_lines(void)
{
	static const struct line_case cases[] = {
		{ "<line name='提' table='单' key='单号'>款 × 10%</line>", "X1,A,100.05,\nX2,B,-0.05,\nX3,A,,\n", "10.01 -0.01 -", "" }, /* ±0.005 away from zero */
		{ "<line name='提' table='单' key='单号' rounding='down'>款 × 10%</line>", "X1,A,100.09,\nX1,A,-100.09,\n", "10.00 -10.00", "" },
		{ "<line name='提' table='单' key='单号' round='1'>款</line>", "X1,A,2.50,\nX1,A,0.49,\n", "3.00 0.00", "" },
		{ "<line name='提' table='单' key='单号' type='number'>款 ÷ 3元</line>", "X1,A,1,\n", "0.333333333333333333333333333333", "" },
		{ "<line name='提' table='单' key='单号' when='款 &gt; 0'>款</line>", "X1,A,5,\nX2,A,-5,\nX3,A,,\n", "5.00 0.00 0.00", "" },
		/* who left before the month is not computed */
		{ "<line name='提' table='单' key='单号'>款</line>", "X1,F,5,\nX1,A,5,\n", "- 5.00", "" },
	};
	static const struct line_case splits[] = {
		/* 100 over 1 1 1: one fen is left, remainders tie, so it goes to the smallest id, wherever its row stands */
		{ "", "X1,C,100,1\nX1,A,100,1\nX1,B,100,1\n", "33.33 33.34 33.33", "" },
		{ "", "X1,A,100,60\nX1,B,100,40\nX2,A,7,1\n", "60.00 40.00 7.00", "" },
		/* 0.10 over 1 2: 0.0333…, 0.0666…: the fen that is left goes to the larger remainder */
		{ "", "X1,A,0.10,1\nX1,B,0.10,2\n", "0.03 0.07", "" }, { "", "X1,A,-0.10,1\nX1,B,-0.10,2\n", "-0.03 -0.07", "" },
		/* one person twice: ties as the file has the rows */
		{ "", "X1,B,0.01,1\nX1,B,0.01,1\n", "0.01 0.00", "" },
		/* F left: the weight counts, the part is nobody's */
		{ "", "X1,A,100,1\nX1,F,100,1\n", "50.00 -", "" }, { "", "X1,F,100,3\nX1,B,999,1\n", "- 249.75", "" },
		/* a row without key keeps its whole; a missing weight has a missing part and the others share all */
		{ "", ",A,8,1\n,B,9,1\n", "8.00 9.00", "" }, { "", "X1,A,10,\nX1,B,10,3\n", "- 10.00", "" },
		{ "", "X1,A,10,0\nX1,B,10,0\n", "- -", "" }, { "", "X1,A,10,0\nX1,B,10,5\n", "0.00 10.00", "" },
		/* the whole is rounded first: 10.015 is 10.02, halves 5.01 */
		{ "", "X1,A,10.02,1\nX1,B,10.02,1\n", "5.01 5.01", "" },
		{ "", "X1,A,,1\nX1,B,,1\n", "- -", "" },
	};
	static const struct line_case errors[] = {
		{ "", "X1,A,10,1\nX1,B,11,1\n", NULL, "E0387" }, { "", "X1,A,10,-1\nX1,B,10,2\n", NULL, "E0388" },
		{ "", "X1,A,10,1\nX1,B,,1\n", NULL, "E0387" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases) + G_N_ELEMENTS(splits) + G_N_ELEMENTS(errors); i++) {
		const struct line_case *one = i < G_N_ELEMENTS(cases) ? &cases[i] :
			i < G_N_ELEMENTS(cases) + G_N_ELEMENTS(splits) ? &splits[i - G_N_ELEMENTS(cases)] :
			&errors[i - G_N_ELEMENTS(cases) - G_N_ELEMENTS(splits)];
		char *policy = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" STAFF ORDERS,
			*one->line ? one->line : "<line name='分' table='单' key='单号' split='单号' weight='份'>款</line>", "</policy>", NULL);
		char *rows = g_strconcat("单号,谁,款,份\n", one->rows, NULL);
		struct calculated c;

		month_begin(&c.month, policy);
		month_file(&c.month, "2026-10/员工.csv", staff);
		month_file(&c.month, "2026-10/单.csv", rows);
		calculated_run(&c, "2026-10", false);
		g_test_message("%s %s", one->line, one->rows);
		g_assert_cmpstr(month_codes(&c.month), ==, one->codes);
		if (c.results && one->values)
			check_line(&c, "单", one->values);
		month_end(&c.month);
		g_free(rows);
		g_free(policy);
	}
}

/* An order shared by people of two schemes, whose policies both have the line. */
static void test_split_over_schemes(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY("<include href='lib.xml'/><figure name='独' type='money'>1</figure>"));
	month_file(&c.month, "policies/lib.xml", MONTH_POLICY(STAFF ORDERS
		"<line name='分' table='单' key='单号' split='单号' weight='份'>款</line><figure name='得' type='money'>sum(单, 分)</figure>"));
	month_file(&c.month, "policies/q.xml", MONTH_POLICY("<include href='lib.xml'/>"));
	month_file(&c.month, "company.xml", MONTH_COMPANY("<policy scheme='一' href='policies/p.xml' from='2020-01' when='岗位 = “x”'/>"
		"<policy scheme='二' href='policies/q.xml' from='2020-01' when='岗位 = “y”'/>"));
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/单.csv", "单号,谁,款,份\nX1,C,100,1\nX1,B,100,1\nX1,A,100,1\n");
	if (calculated_good(&c, "2026-10")) {
		check_line(&c, "单", "33.33 33.33 33.34");
		CALCULATED_CHECK(&c, { "A", "得", "33.34" }, { "B", "得", "33.33" }, { "C", "得", "33.33" }, { "C", "独", "" });
	}
	month_end(&c.month);
}

static void test_totals(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(STAFF NUMBERS
		"<figure name='一' type='money' section='earnings'>甲 × 1元 ÷ 3</figure><figure name='二' type='money' section='earnings'>甲 × 1元 ÷ 3</figure>"
		"<figure name='不计' type='money'>1000</figure><total name='应发' section='earnings'/><total name='扣款' section='deductions'/>"
		"<figure name='实发' type='money' section='net'>应发 - 扣款</figure>"));
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,2,,,\nB,1,,,\nC,0,,,\n");
	if (calculated_good(&c, "2026-10"))
		/* rounded parts are added: 0.67 + 0.67 = 1.34, not 1.33 */
		CALCULATED_CHECK(&c, { "A", "应发", "1.34" }, { "B", "应发", "0.66" }, { "C", "应发", "0.00" }, { "A", "扣款", "0.00" },
			{ "A", "实发", "1.34" });
	month_end(&c.month);
}

/* One cause is told once: not again by the total and what is built on it. */
static void test_missing_pay(void)
{
	struct calculated c;
	static const char policy[] = MONTH_POLICY(STAFF NUMBERS
		"<figure name='底' type='number'>甲</figure><figure name='一' type='money' section='earnings'>底 × 1元</figure>"
		"<total name='应发' section='earnings'/><figure name='实发' type='money' section='net'>应发</figure>");

	month_begin(&c.month, policy);
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,2,,,\nB,,,,\n");
	g_assert_false(calculated_run(&c, "2026-10", false));
	g_assert_cmpstr(month_codes(&c.month), ==, "E0380 E0399"); /* B's blank cell, C has no row */
	g_assert_nonnull(strstr(diag_item(c.month.diag, 0)->text, "一 ← 底 ← 月报.甲 (月报.csv:3)"));
	g_assert_nonnull(strstr(diag_item(c.month.diag, 1)->text, "丙三 (C)"));
	month_end(&c.month);

	/* With --hold the others go on and these two are held. */
	month_begin(&c.month, policy);
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,2,,,\nB,,,,\n");
	g_assert_true(calculated_run(&c, "2026-10", true));
	g_assert_cmpuint(diag_warnings(c.month.diag), ==, 2);
	g_assert_cmpint(c.month.facts->people[month_person(&c.month, "A")].state, ==, PERSON_PAID);
	g_assert_cmpint(c.month.facts->people[month_person(&c.month, "B")].state, ==, PERSON_HELD);
	g_assert_cmpint(c.month.facts->people[month_person(&c.month, "C")].state, ==, PERSON_HELD);
	g_assert_cmpint(c.month.facts->people[month_person(&c.month, "F")].state, ==, PERSON_EXCLUDED);
	CALCULATED_CHECK(&c, { "A", "应发", "2.00" }, { "B", "应发", "" });
	month_end(&c.month);
}

struct score_case {
	const char *card, *row, *score, *codes;
};

static void test_scorecards(void)
{
	static const struct score_case cases[] = {
		{ "<scorecard name='分'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", "90,80,,", "86", "" },
		{ "<scorecard name='分'><kpi name='一' weight='33.3'>甲</kpi><kpi name='二' weight='66.7'>乙</kpi></scorecard>", "90.5,81.25,,", "84.33025", "" },
		{ "<scorecard name='分' round='0.1'><kpi name='一' weight='33.3'>甲</kpi><kpi name='二' weight='66.7'>乙</kpi></scorecard>", "90.5,81.25,,", "84.3", "" },
		/* kpi caps and floors before weighing: 110 and 0 */
		{ "<scorecard name='分'><kpi name='一' weight='50' cap='110'>甲</kpi><kpi name='二' weight='50' floor='0'>乙</kpi></scorecard>", "150,-20,,", "55", "" },
		/* adjustments, then floor and cap, then one rounding: 100 + 30 = 130 → 120 */
		{ "<scorecard name='分' cap='120' floor='0'><kpi name='一' weight='100'>甲</kpi><adjust name='加'>乙</adjust></scorecard>", "100,30,,", "120", "" },
		{ "<scorecard name='分' cap='120' floor='0'><kpi name='一' weight='100'>甲</kpi><adjust name='加'>乙</adjust></scorecard>", "10,-30,,", "0", "" },
		{ "<scorecard name='分' cap='99.96' round='0.1' rounding='down'><kpi name='一' weight='100'>甲</kpi></scorecard>", "100,,,", "99.9", "" },
		/* kpis that apply by condition; the other is 0 in the ledger */
		{ "<scorecard name='分'><kpi name='一' weight='100' when='丁'>甲</kpi><kpi name='二' weight='100' when='非 丁'>乙</kpi></scorecard>", "90,80,,是", "90", "" },
		{ "<scorecard name='分'><kpi name='一' weight='100' when='丁'>甲</kpi><kpi name='二' weight='100' when='非 丁'>乙</kpi></scorecard>", "90,80,,", "80", "" },
		{ "<scorecard name='分'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40' when='丁'>乙</kpi></scorecard>", "90,80,,否", "", "E0389" },
		{ "<scorecard name='分' when='丁'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", ",,,否", "0", "" },
		/* missing */
		{ "<scorecard name='分'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", "90,,,", "", "E0390" },
		{ "<scorecard name='分' missing='zero'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", "90,,,", "54", "" },
		{ "<scorecard name='分' missing='renormalise'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", "90,,,", "90", "" },
		{ "<scorecard name='分' missing='renormalise'><kpi name='一' weight='50'>甲</kpi><kpi name='二' weight='20'>乙</kpi>"
			"<kpi name='三' weight='30'>丙</kpi></scorecard>", "90,,60,", "78.75", "" }, /* (4500 + 1800) ÷ 80 */
		{ "<scorecard name='分' missing='renormalise'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", ",,,", "", "" },
		{ "<scorecard name='分' missing='zero'><kpi name='一' weight='60'>甲</kpi><kpi name='二' weight='40'>乙</kpi></scorecard>", ",,,", "0", "" },
		{ "<scorecard name='分'><kpi name='一' weight='100'>甲</kpi><adjust name='加'>乙</adjust></scorecard>", "90,,,", "", "E0390" },
		{ "<scorecard name='分' missing='zero'><kpi name='一' weight='100'>甲</kpi><adjust name='加'>乙</adjust></scorecard>", "90,,,", "90", "" },
		{ "<scorecard name='分' missing='renormalise'><kpi name='一' weight='100'>甲</kpi><adjust name='加'>乙</adjust><adjust name='减'>-丙</adjust></scorecard>",
			"90,,2.5,", "87.5", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *policy = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" STAFF NUMBERS,
			cases[i].card, "</policy>", NULL);
		char *rows = g_strconcat("人,甲,乙,丙,丁\nA,", cases[i].row, "\n", NULL);
		struct calculated c;

		month_begin(&c.month, policy);
		month_file(&c.month, "2026-10/员工.csv", "工号,姓名,职级,离职日期,岗位\nA,甲一,S1,,x\n");
		month_file(&c.month, "2026-10/月报.csv", rows);
		calculated_run(&c, "2026-10", false);
		g_test_message("%s %s", cases[i].card, cases[i].row);
		g_assert_cmpstr(month_codes(&c.month), ==, cases[i].codes);
		if (c.results)
			CALCULATED_CHECK(&c, { "A", "分", cases[i].score });
		month_end(&c.month);
		g_free(rows);
		g_free(policy);
	}
}

static void test_parts_of_a_score(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(STAFF NUMBERS "<scorecard name='分' missing='zero'><kpi name='一' weight='100' when='丁' cap='100'>甲</kpi>"
		"<kpi name='二' weight='100' when='非 丁'>乙</kpi><adjust name='加'>丙 ÷ 3</adjust></scorecard>"));
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,120.5,,1,是\nB,,70.25,,否\nC,1,,,否\n");
	if (calculated_good(&c, "2026-10"))
		CALCULATED_CHECK(&c, { "A", "一", "100" }, { "A", "二", "0" }, { "A", "加", "0.333333333333333333333333333333" },
			{ "A", "分", "100.333333333333333333333333333" }, /* 30 digits again */
			{ "B", "一", "0" }, { "B", "二", "70.25" }, { "B", "加", "" }, { "B", "分", "70.25" }, { "C", "二", "" }, { "C", "分", "0" });
	g_assert_cmpuint(c.month.rulebook->column_count, ==, 4);
	g_assert_cmpstr(c.month.rulebook->columns[0].name, ==, "一");
	g_assert_cmpstr(c.month.rulebook->columns[3].name, ==, "分"); /* kpis and adjustments before it */
	month_end(&c.month);
}

static void test_checks(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(STAFF NUMBERS "<figure name='额' type='money'>甲 × 1元</figure>"
		"<check name='低' level='warning' when='额 &lt; 100'>只有 {额} 元</check><check name='错' level='error' when='乙 &gt; 0'>乙不该有</check>"));
	month_file(&c.month, "2026-10/员工.csv", staff);
	month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,99.994,,,\nB,100,1,,\nC,,,,\n");
	g_assert_false(calculated_run(&c, "2026-10", false));
	g_assert_cmpstr(month_codes(&c.month), ==, "E0391");
	g_assert_cmpuint(c.results->check_count, ==, 2); /* C's missing sum is no */
	g_assert_cmpuint(c.results->checks[0].person, ==, month_person(&c.month, "A"));
	g_assert_cmpstr(c.results->checks[0].text, ==, "只有 99.99 元");
	g_assert_cmpuint(c.results->checks[1].person, ==, month_person(&c.month, "B"));
	month_end(&c.month);
}

/* All of movements as one line a criterion: person title from>to verdict name holds value required gap. */
static char *moves(const struct calculated *c)
{
	static const char *const verdicts[] = { "eligible", "not", "conflict" };
	GString *text = g_string_new(NULL);
	char room[3][VALUE_TEXT_SIZE];

	for (size_t i = 0; i < c->results->movement_count; i++) {
		const struct movement_result *m = &c->results->movements[i];

		for (size_t k = 0; k < m->movement->criterion_count; k++) {
			const struct criterion_result *r = &m->criteria[k];

			g_string_append_printf(text, "%s %s %s>%s %s %s %s", c->month.facts->people[m->person].id, m->movement->title,
				m->from ? m->from->id : "", m->to ? m->to->id : "", verdicts[m->verdict], m->movement->criteria[k].name,
				r->holds ? "yes" : "no");
			if (r->is_comparison)
				g_string_append_printf(text, " %s %s %s", r->value.missing ? "-" : value_format(&r->value, room[0]),
					r->required.missing ? "-" : value_format(&r->required, room[1]),
					r->gap.missing ? "-" : value_format(&r->gap, room[2]));
			g_string_append_c(text, '\n');
		}
	}
	return g_string_free(text, FALSE);
}

static void test_movements(void)
{
	static const struct {
		const char *movements, *wanted;
	} rows[] = {
		/* S3 is the last of its track: nothing above */
		{ "<movement kind='promotion' title='升' from='*' to='next'><criterion name='分够'>甲 ≥ 90</criterion></movement>",
			"A 升 S1>S2 eligible 分够 yes 95 90 -\nB 升 S2>S3 not 分够 no 80.5 90 9.5\n" },
		{ "<movement kind='demotion' title='降' from='S2, 主管' to='previous'><criterion name='分低'>甲 ＜ 90</criterion>"
			"<criterion name='丁'>丁</criterion></movement>",
			"B 降 S2>S1 not 分低 yes 80.5 90 -\nB 降 S2>S1 not 丁 no\nC 降 S3>S2 not 分低 no - 90 -\nC 降 S3>S2 not 丁 yes\n" },
		{ "<movement kind='removal' title='调离' from='*'><criterion name='低'>甲 ＜ 90</criterion></movement>",
			"A 调离 S1> not 低 no 95 90 5\nB 调离 S2> eligible 低 yes 80.5 90 -\nC 调离 S3> not 低 no - 90 -\n" },
		/* a side too large to be written is no value */
		{ "<movement kind='removal' title='大' from='S1'><criterion name='一'>甲 × 1000000000000000000000000000000 × 1000000000000000000000000000000 &gt; 1</criterion></movement>",
			"A 大 S1> not 一 no - 1 -\n" },
		/* to a named grade: not for who has it already */
		{ "<movement kind='certification' title='认定' from='*' to='S2'><criterion name='一'>甲 = 95</criterion></movement>",
			"A 认定 S1>S2 eligible 一 yes 95 95 -\nC 认定 S3>S2 not 一 no - 95 -\n" },
		{ "<movement kind='confirmation' title='转正' from='S1' when='丁'><criterion name='一'>是</criterion></movement>", "" },
		{ "<movement kind='confirmation' title='转正' from='S3' when='丁'><criterion name='一'>丁 或 甲 &gt; 1</criterion></movement>",
			"C 转正 S3> eligible 一 yes\n" },
		{ "<movement kind='promotion' title='按日' from='S1' to='next'><criterion name='日'>月初() ≥ 日期(2026, 10, 11)</criterion></movement>",
			"A 按日 S1>S2 not 日 no 2026-10-01 2026-10-11 10\n" },
		/* both at once: a conflict, the confirmation beside them is none */
		{ "<movement kind='promotion' title='升' from='S2' to='next'><criterion name='一'>甲 &gt; 80</criterion></movement>"
			"<movement kind='removal' title='调离' from='S2'><criterion name='二'>甲 &lt; 81</criterion></movement>"
			"<movement kind='confirmation' title='转正' from='S2'><criterion name='三'>是</criterion></movement>",
			"B 升 S2>S3 conflict 一 yes 80.5 80 -\nB 调离 S2> conflict 二 yes 80.5 81 -\nB 转正 S2> eligible 三 yes\n" },
		{ "<movement kind='promotion' title='升' from='S2' to='next'><criterion name='一'>甲 &gt; 80</criterion></movement>"
			"<movement kind='demotion' title='降' from='S2' to='previous'><criterion name='二'>甲 &lt; 80</criterion></movement>",
			"B 升 S2>S3 eligible 一 yes 80.5 80 -\nB 降 S2>S1 not 二 no 80.5 80 0.5\n" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *policy = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" STAFF NUMBERS,
			rows[i].movements, "</policy>", NULL), *found;
		struct calculated c;

		month_begin(&c.month, policy);
		month_file(&c.month, "2026-10/员工.csv", staff);
		month_file(&c.month, "2026-10/月报.csv", "人,甲,乙,丙,丁\nA,95,,,否\nB,80.5,,,否\nC,,,,是\n");
		if (calculated_good(&c, "2026-10")) {
			found = moves(&c);
			g_assert_cmpstr(found, ==, rows[i].wanted);
			g_free(found);
		}
		month_end(&c.month);
		g_free(policy);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/items/lines are rounded per row, split ones to the fen", test_lines);
	g_test_add_func("/calc/items/an order is shared over schemes", test_split_over_schemes);
	g_test_add_func("/calc/items/totals add rounded figures", test_totals);
	g_test_add_func("/calc/items/missing pay is told once with its cause, or held", test_missing_pay);
	g_test_add_func("/calc/items/scorecards", test_scorecards);
	g_test_add_func("/calc/items/parts of a score stand in the ledger before it", test_parts_of_a_score);
	g_test_add_func("/calc/items/checks speak", test_checks);
	g_test_add_func("/calc/items/movements", test_movements);
	return g_test_run();
}
