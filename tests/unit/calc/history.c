#include "calculated.h"

/*
 * Looking back, over ledgers written by hand. 甲 is in every month from
 * November 2025 on; 乙 was hired in January 2026; 丙 has no row before this
 * month. Pay is on the 10th of the next month, so that the tax year 2026
 * begins with December 2025's pay.
 */
#define POLICY_HEAD \
	"<table name='员工' file='员工.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='部门' type='text' role='unit'/>" \
	"<column name='职级' type='grade' role='grade'/></table>" \
	"<table name='月报' file='月报.csv' rows='one'><column name='人' type='id' role='person' required='yes'/>" \
	"<column name='额' type='money'/><column name='分' type='number'/><column name='假' type='yesno'/></table>" \
	"<parameter name='价' type='money'><value from='2025-11'>10</value><value from='2026-02'>20</value></parameter>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'><set name='底薪'>3000</set></grade>" \
	"<grade id='S2' title='专员' track='支持' order='2'><set name='底薪'>4000</set></grade></grades>" \
	"<figure name='业绩' type='money'>额</figure><figure name='得分' type='number'>分</figure>" \
	"<figure name='休假' type='yesno'>假</figure>"

static void write_books(struct month *m)
{
	month_file(m, "company.xml", MONTH_COMPANY("<policy href=\"policies/p.xml\" from=\"2020-01\"/><pay day=\"10\" month=\"next\"/>"));
	month_file(m, "opening.csv", "月份,工号,部门,职级,业绩,得分\n2025-11,A,一部,助理,100,90\n2025-12,A,一部,S1,200,80\n");
	month_file(m, "records/2026-01/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,一部,S1,300.00,95,no\nB,二部,S2,5.00,70,no\n");
	month_file(m, "records/2026-02/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,一部,S2,,60,yes\nB,二部,S2,7.00,,no\n");
	month_file(m, "records/2026-03/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,二部,S2,500.00,91,no\nB,二部,S2,9.50,99,no\n");
	month_file(m, "2026-04/员工.csv", "工号,部门,职级\nA,二部,S2\nB,二部,S2\nC,一部,助理\n");
	month_file(m, "2026-04/月报.csv", "人,额,分,假\nA,600,92,否\nB,,85,否\nC,1,50,是\n");
}

struct back_case {
	const char *type, *formula;
	const char *of_a, *of_b, *of_c;
};

static void check_all(const struct back_case *cases, size_t count)
{
	GString *policy = g_string_new("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" POLICY_HEAD);
	struct calculated c;

	for (size_t i = 0; i < count; i++) {
		char *text = g_markup_escape_text(cases[i].formula, -1);

		g_string_append_printf(policy, "<figure name='f%zu_' type='%s'>%s</figure>\n", i, cases[i].type, text);
		g_free(text);
	}
	g_string_append(policy, "</policy>");
	month_begin(&c.month, policy->str);
	write_books(&c.month);
	if (calculated_good(&c, "2026-04"))
		for (size_t i = 0; i < count; i++) {
			char name[24];

			g_snprintf(name, sizeof(name), "f%zu_", i);
			g_test_message("%s", cases[i].formula);
			CALCULATED_CHECK(&c, { "A", name, cases[i].of_a }, { "B", name, cases[i].of_b }, { "C", name, cases[i].of_c });
		}
	month_end(&c.month);
	g_string_free(policy, TRUE);
}

static void test_functions(void)
{
	static const struct back_case cases[] = {
		{ "money", "上月(业绩)", "500.00", "9.50", "" }, { "money", "previous(业绩 + 1)", "501.00", "10.50", "" },
		{ "money", "前月(2, 业绩)", "", "7.00", "" }, { "money", "ago(3, 业绩)", "300.00", "5.00", "" },
		{ "money", "ago(4, 业绩)", "200.00", "", "" }, { "money", "ago(6, 业绩)", "", "", "" }, { "money", "ago(0, 业绩)", "", "", "" },
		{ "money", "ago(1.9, 业绩)", "500.00", "9.50", "" }, { "number", "ago(1, 得分)", "91", "99", "" },
		/* 2026: 300 + (none) + 500 + 600; 5 + 7 + 9.5 + (none) */
		{ "money", "本年累计(业绩)", "1400.00", "21.50", "1.00" }, { "money", "本年前月累计(业绩)", "800.00", "21.50", "0.00" },
		{ "money", "ytd(缺省(业绩, 1000))", "2400.00", "1021.50", "1.00" }, /* the months there are */
		{ "money", "qtd(业绩)", "600.00", "0.00", "1.00" }, /* the quarter began with April */
		{ "money", "税年累计(业绩)", "1600.00", "21.50", "1.00" }, /* December 2025 was paid in 2026 */
		{ "money", "tax_ytd_before(业绩)", "1000.00", "21.50", "0.00" },
		{ "money", "近月合计(2, 业绩)", "1100.00", "", "" }, { "money", "last_sum(1, 业绩)", "600.00", "", "1.00" },
		{ "money", "last_sum(3, 业绩)", "", "", "" }, { "number", "近月平均(4, 得分)", "84.5", "", "" }, /* (95 + 60 + 91 + 92) ÷ 4 */
		{ "number", "last_average(7, 得分)", "", "", "" }, { "number", "last_sum(6, 得分)", "508", "", "" },
		{ "money", "已知合计(3, 业绩)", "1100.00", "16.50", "1.00" }, { "money", "known_sum(100, 业绩)", "1700.00", "21.50", "1.00" },
		{ "number", "近月计数(3, 得分 ≥ 90)", "2", "1", "0" }, { "number", "last_count(100, 得分 ≥ 90)", "4", "1", "0" },
		{ "number", "last_count(2, 缺失(业绩))", "0", "1", "0" },
		{ "money", "上季合计(业绩)", "", "21.50", "" }, { "number", "last_quarter_sum(得分)", "246", "", "" }, /* 95 + 60 + 91 */
		{ "number", "连续月数(得分 ≥ 90)", "2", "0", "0" },
		{ "number", "streak(得分 ≥ 80)", "2", "2", "0" }, /* A had 60 in February, B none */
		{ "number", "streak(得分 ≥ 80, 休假)", "5", "2", "0" }, /* February is passed over: April, March, January, December, November */
		{ "number", "streak(得分 ≥ 90, 休假)", "3", "0", "0" }, { "number", "streak(是)", "6", "4", "1" },
		{ "number", "任职级月数()", "3", "4", "1" }, /* A is S2 since February */
		{ "money", "previous(价)", "20.00", "20.00", "" }, { "money", "ago(3, 价)", "10.00", "10.00", "" },
		{ "money", "ytd(价)", "70.00", "70.00", "20.00" }, /* 10 + 20 + 20 + 20 */
		{ "money", "ago(3, 底薪)", "3000.00", "4000.00", "" }, { "money", "last_sum(4, 底薪)", "15000.00", "16000.00", "" },
		{ "number", "last_count(6, 部门 = “一部”)", "4", "0", "1" }, { "number", "last_count(6, 职级 = “助理”)", "3", "0", "1" },
		{ "number", "last_count(6, 职级 ≥ “专员”)", "3", "4", "0" }, { "yesno", "previous(休假)", "no", "no", "" },
		{ "money", "ytd(业绩 × 2)", "2800.00", "43.00", "2.00" },
		{ "money", "ytd(if(休假, 1000, 业绩))", "2400.00", "21.50", "1000.00" }, /* A in February */
		{ "number", "known_sum(6, if(within(“一部”), 1, 0))", "4", "0", "1" },
	};

	check_all(cases, G_N_ELEMENTS(cases));
}

static void test_own_past(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(POLICY_HEAD
		"<figure name='余额' type='money'>缺省(上月(余额), 0) + 额</figure>"
		"<figure name='已扣' type='money'>累 - tax_ytd_before(已扣)</figure><figure name='累' type='money'>tax_ytd(业绩) × 10%</figure>"));
	write_books(&c.month);
	month_file(&c.month, "records/2026-03/ledger.csv", "工号,部门,职级,业绩,余额,已扣\nA,二部,S2,500.00,77.05,3.00\n");
	if (calculated_good(&c, "2026-04"))
		/* A: 77.05 + 600; the tax year's sum is 200 + 300 + 500 + 600 = 1600, 160 less 3.00 */
		CALCULATED_CHECK(&c, { "A", "余额", "677.05" }, { "C", "余额", "1.00" }, { "A", "累", "160.00" }, { "A", "已扣", "157.00" });
	month_end(&c.month);
}

/* Pay on the last day of the same month: the tax year is the calendar year. */
static void test_pay_date(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(POLICY_HEAD "<figure name='税年' type='money'>税年累计(业绩)</figure>"
		"<figure name='发薪' type='date'>发薪日()</figure>"));
	write_books(&c.month);
	month_file(&c.month, "company.xml", MONTH_COMPANY("<policy href=\"policies/p.xml\" from=\"2020-01\"/><pay day=\"31\"/>"));
	if (calculated_good(&c, "2026-04"))
		CALCULATED_CHECK(&c, { "A", "税年", "1400.00" }, { "A", "发薪", "2026-04-30" });
	month_end(&c.month);
}

#define LINE_POLICY POLICY_HEAD \
	"<table name='单' file='单.csv'><column name='单号' type='id' required='yes'/><column name='谁' type='id' role='person' required='yes'/>" \
	"<column name='款' type='money'/><column name='原单' type='id'/></table>" \
	"<line name='提成' table='单' key='单号' when='缺失(原单)'>款 × 10%</line>" \
	"<line name='退回' table='单' key='单号' when='非 缺失(原单)'>-earned(提成, 原单) × 0.5</line>" \
	"<figure name='已' type='money'>paid(提成, “X1”)</figure><figure name='至今' type='money'>earned(提成, “X1”)</figure>" \
	"<figure name='无' type='money'>earned(提成, “Z”)</figure><figure name='退' type='money'>sum(单, 退回)</figure>" \
	"<figure name='提' type='money'>sum(单, 单.提成)</figure>"

static void test_lines_of_earlier_months(void)
{
	struct calculated c;

	month_begin(&c.month, MONTH_POLICY(LINE_POLICY));
	write_books(&c.month);
	/* Opening lines count for months that no ledger holds: not January's, not this month's. */
	month_file(&c.month, "opening-lines-提成.csv", "月份,id,key,file line,value\n2025-12,A,X1,2,1.11\n2026-01,A,X1,3,1000\n"
		"2026-04,A,X1,4,5000\n2025-12,B,X1,5,3.00\n2025-12,gone,X1,6,9\n");
	month_file(&c.month, "records/2026-02/lines-提成.csv", "id,key,file line,value\nA,X1,2,20.00\nA,X1,7,-0.50\nA,X2,3,4.00\nA,X1,9,\n");
	month_file(&c.month, "2026-04/单.csv", "单号,谁,款,原单\nX1,A,300,\nR1,A,,X1\nX9,A,55.55,\nX1,B,1,\nR2,B,,X9\n");
	if (calculated_good(&c, "2026-04"))
		/*
		 * A: 1.11 + 20 − 0.50 = 20.61 over earlier months, 30.00 more this month: 50.61; half of it taken back: −25.305, −25.31.
		 * B: 3.00, with 0.10 of this month 3.10; X9 is A's order: nothing to take back.
		 */
		CALCULATED_CHECK(&c, { "A", "已", "20.61" }, { "A", "至今", "50.61" }, { "A", "退", "-25.31" }, { "A", "无", "0.00" },
			{ "A", "提", "35.56" }, { "B", "已", "3.00" }, { "B", "至今", "3.10" }, { "B", "退", "0.00" }, { "C", "至今", "0.00" });
	month_end(&c.month);
}

/* What is wrong with the books: one file written anew, the errors it leads to. */
static void test_bad_books(void)
{
	static const struct {
		const char *file, *text, *codes;
	} rows[] = {
		{ "records/2026-02/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,一部,S2,zwölf,60,yes\n", "E0328" },
		{ "records/2026-02/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,一部,S2,1,60,maybe\n", "E0328" },
		{ "records/2026-02/ledger.csv", "工号,部门,职级,业绩,得分,休假\nA,一部,S2,1,60,yes\nA,一部,S2,1,60,yes\n", "E0334" },
		{ "records/2026-02/ledger.csv", "号,部门,职级,业绩,得分,休假\nA,一部,S2,1,60,yes\n", "E0331" },
		{ "opening.csv", "月份,工号,业绩\n2025-11,A,1\n2025-11,A,2\n2025-12,A,2\n", "E0334" },
		{ "opening.csv", "月份,工号,业绩\n2025-13,A,1\n2025-12,A,2\n", "E0329" },
		{ "opening.csv", "工号,业绩\nA,1\n", "E0331" }, { "opening.csv", "月份,员工,业绩\n2025-12,A,1\n", "E0331" },
		{ "opening.csv", "月份,工号,业绩\n2025-09,A,1\n2025-12,A,1\n", "E0330 E0330" }, /* October and November */
		{ "opening-lines-提成.csv", "月份,id,key,value\n2025-12,A,X1,1.1.1\n", "E0328" },
		{ "opening-lines-提成.csv", "id,key,value\nA,X1,1\n", "E0331" }, { "opening-lines-提成.csv", "月份,id,key,value\nx,A,X1,1\n", "E0329" },
		{ "opening.csv", "月份,工号,业绩\n2025-12,A,1\n", "" },
		{ "opening.csv", "月份,工号,业绩\n2025-12,A,1\n2026-01,A,1000\n2027-01,A,1000\n", "" }, /* the ledger counts; later ones do not */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct calculated c;

		month_begin(&c.month, MONTH_POLICY(LINE_POLICY "<figure name='累' type='money'>ytd(业绩)</figure><figure name='累二' type='number'>ytd(得分)</figure>"
			"<figure name='上' type='yesno'>previous(休假)</figure>"));
		write_books(&c.month);
		month_file(&c.month, rows[i].file, rows[i].text);
		calculated_run(&c, "2026-04", false);
		if (strcmp(month_codes(&c.month), rows[i].codes) != 0) {
			g_test_message("%s: %s", rows[i].file, rows[i].text);
			month_print(&c.month);
		}
		g_assert_cmpstr(month_codes(&c.month), ==, rows[i].codes);
		month_end(&c.month);
	}
}

/* A missing ledger between others is an error only where something looks back. */
static void test_hole(void)
{
	static const struct {
		const char *policy, *codes;
	} rows[] = {
		{ MONTH_POLICY(POLICY_HEAD "<figure name='上' type='money'>previous(业绩)</figure>"), "E0330" },
		{ MONTH_POLICY(POLICY_HEAD), "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct calculated c;
		char *path;

		month_begin(&c.month, rows[i].policy);
		write_books(&c.month);
		path = g_build_filename(c.month.folder, "records/2026-02/ledger.csv", NULL);
		g_assert_cmpint(g_remove(path), ==, 0);
		g_free(path);
		calculated_run(&c, "2026-04", false);
		g_assert_cmpstr(month_codes(&c.month), ==, rows[i].codes);
		month_end(&c.month);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/history/each function over ledgers written by hand", test_functions);
	g_test_add_func("/calc/history/a figure may look at its own past", test_own_past);
	g_test_add_func("/calc/history/the pay date decides the tax year", test_pay_date);
	g_test_add_func("/calc/history/lines of earlier months count once", test_lines_of_earlier_months);
	g_test_add_func("/calc/history/bad books are told", test_bad_books);
	g_test_add_func("/calc/history/a hole stops only who looks back", test_hole);
	return g_test_run();
}
