#include "calculated.h"

/*
 * Formulas with hand-worked values, all in one policy: each row is a figure of
 * its own, computed for the one person 007 of October 2026. Values without a
 * comment are read off the data below.
 */
#define TABLES \
	"<table name='员工' file='员工.csv' rows='one' role='staff' required='yes'>" \
	"<column name='工号' type='id' role='id' required='yes'/><column name='姓名' type='text' role='name'/>" \
	"<column name='部门' type='text' role='unit'/><column name='职级' type='grade' role='grade'/>" \
	"<column name='入职日期' type='date' role='hired'/><column name='离职日期' type='date' role='left'/></table>" \
	"<table name='月报' file='月报.csv' rows='one'><column name='员工号' type='id' role='person' required='yes'/>" \
	"<column name='甲' type='money'/><column name='乙' type='number'/><column name='丙' type='percent'/>" \
	"<column name='丁' type='yesno'/><column name='戊' type='date'/><column name='己' type='text'/>" \
	"<column name='空金' type='money'/><column name='空数' type='number'/><column name='空否' type='yesno'/>" \
	"<column name='空日' type='date'/><column name='空文' type='text'/><column name='默认' type='number' default='8'/></table>" \
	"<table name='订单' file='订单.csv'><column name='单号' type='id' required='yes'/>" \
	"<column name='人' type='id' role='person' required='yes'/><column name='日期' type='date'/>" \
	"<column name='来源' type='choice' values='自主开发|公司线索|续单'/><column name='金额' type='money'/>" \
	"<column name='客户' type='id' ref='客户表'/></table>" \
	"<table name='资格' file='资格.csv'><column name='持有人' type='id' role='person' required='yes'/>" \
	"<column name='生效日' type='date'/><column name='失效日' type='date'/></table>" \
	"<table name='客户表' file='客户.csv' rows='one'><column name='客户号' type='id' role='id' required='yes'/>" \
	"<column name='等级' type='text'/><column name='区' type='id' ref='区域'/></table>" \
	"<table name='区域' file='区域.csv' rows='one'><column name='区号' type='id' role='id' required='yes'/>" \
	"<column name='系数' type='number'/></table>" \
	"<table name='目标' file='目标.csv'><column name='机构' type='text' role='unit'/><column name='月目标' type='money'/></table>" \
	"<parameter name='标准' type='money'><value from='2026-01'>160</value><value from='2026-10'>180</value>" \
	"<value from='2026-11'>999</value></parameter>" \
	"<parameter name='未到'><value from='2026-11'>1</value></parameter>" \
	"<grades><grade id='S1' title='助理' track='支持' order='1'><set name='底薪'>3000</set></grade>" \
	"<grade id='S2' title='专员' track='支持' order='2'><set name='底薪'>3801.01</set></grade>" \
	"<grade id='M1' title='经理' track='管理' order='1'><set name='底薪'>9000</set><set name='特数' type='number'>7</set></grade></grades>" \
	"<rates name='费率' keys='来源, 职级'><rate for='自主开发, S2'>5%</rate><rate for='自主开发, *'>4%</rate>" \
	"<rate for='*, 助理'>3%</rate><otherwise>1%</otherwise></rates>" \
	"<rates name='按次' keys='次' type='money'><rate for='1'>10</rate><rate for='2.0'>20</rate><rate for='*'>50</rate></rates>" \
	"<rates name='按否' keys='是否' type='text'><rate for='是'>甲等</rate><rate for='否'>乙等</rate></rates>" \
	"<tiers name='分段' mode='marginal' negative='first'><tier from='0'>3%</tier><tier over='36000'>10%</tier>" \
	"<tier over='144000'>20%</tier></tiers>" \
	"<tiers name='分段零' mode='marginal' negative='zero'><tier from='1000'>10%</tier></tiers>" \
	"<tiers name='整段' mode='whole' negative='first'><tier from='0'>1%</tier><tier over='1000'>2%</tier><tier from='5000'>3%</tier></tiers>" \
	"<tiers name='档额' mode='value' type='money'><tier from='1'>50</tier><tier over='5'>75.5</tier><tier from='10'>200</tier></tiers>" \
	"<tiers name='档名' mode='value' type='text'><tier from='0'>差</tier><tier from='60'>可</tier><tier from='90'>优</tier></tiers>" \
	"<tiers name='折线' mode='linear' type='number'><tier from='60'>0</tier><tier from='90'>1</tier><tier from='120'>1.5</tier></tiers>"

static const struct {
	const char *name, *text;
} files[] = {
	{ "2026-10/员工.csv", "工号,姓名,部门,职级,入职日期,离职日期\n007,王五,一部,专员,2024-02-29,\n" },
	{ "2026-10/月报.csv", "员工号,甲,乙,丙,丁,戊,己,空金,空数,空否,空日,空文,默认\n007,\"1,234.50\",-2.5,12.5%,是,2026-10-08,中·文ab,,,,,,\n" },
	{ "2026-10/订单.csv",
		"单号,人,日期,来源,金额,客户\nA1,007,2026-10-03,自主开发,100,K1\nA2,007,2026-10-20,续单,250.50,K2\n"
		"A3,007,,公司线索,-50,\nA4,007,2026-10-12,,1000,K1\n" },
	{ "2026-10/资格.csv", "持有人,生效日,失效日\n007,2026-10-01,2026-10-05\n007,2026-10-10,2026-10-15\n" },
	{ "common/客户.csv", "客户号,等级,区\nK1,A,Q1\nK2,B,\n" },
	{ "common/区域.csv", "区号,系数\nQ1,1.25\n" },
	{ "common/目标.csv", "机构,月目标\n一部,1000\n一部,500.5\n二部,7\n" },
	/* October 2026 as made up here: the 1st to the 3rd are paid holidays, the 10th (a Saturday) is worked, the 26th is off. */
	{ "calendar.csv", "日期,类型,名称\n2026-10-01,法定,国庆\n2026-10-02,法定,国庆\n2026-10-03,法定,国庆\n2026-10-10,班,\n2026-10-26,休,\n" },
};

struct formula_case {
	const char *type, *formula, *text;
};

static void check_all(const struct formula_case *cases, size_t count)
{
	GString *policy = g_string_new("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" TABLES);
	struct calculated c;

	for (size_t i = 0; i < count; i++) {
		char *text = g_markup_escape_text(cases[i].formula, -1);

		g_string_append_printf(policy, "<figure name='f%zu_' type='%s'>%s</figure>\n", i, cases[i].type, text);
		g_free(text);
	}
	g_string_append(policy, "</policy>");
	month_begin(&c.month, policy->str);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		month_file(&c.month, files[i].name, files[i].text);
	if (calculated_good(&c, "2026-10"))
		for (size_t i = 0; i < count; i++) {
			char name[24];
			const char *found;

			g_snprintf(name, sizeof(name), "f%zu_", i);
			found = calculated_cell(&c, "007", name);
			if (strcmp(found, cases[i].text) != 0)
				g_test_message("%s: '%s', wanted '%s'", cases[i].formula, found, cases[i].text);
			g_assert_cmpstr(found, ==, cases[i].text);
		}
	month_end(&c.month);
	g_string_free(policy, TRUE);
}
#define CHECK_ALL(...) do { \
	static const struct formula_case cases_[] = { __VA_ARGS__ }; \
	check_all(cases_, G_N_ELEMENTS(cases_)); \
} while (0)

static void test_arithmetic(void)
{
	CHECK_ALL(
		{ "money", "甲", "1234.50" }, { "number", "乙", "-2.5" }, { "percent", "丙", "0.125" },
		{ "money", "甲 + 0.5", "1235.00" }, { "money", "甲 － 1234.5", "0.00" },
		{ "money", "甲 × 丙", "154.31" }, /* 154.3125 */
		{ "money", "-甲 × 丙", "-154.31" }, { "money", "甲 × 1.00001", "1234.51" }, /* 1234.512345 */
		{ "number", "甲 ÷ 10元", "123.45" }, { "money", "甲 / 4", "308.63" }, /* 308.625 up */
		{ "money", "-甲 ÷ 4", "-308.63" }, /* away from zero */
		{ "number", "1 + 2 × 3", "7" }, { "number", "(1 + 2) × 3", "9" }, { "number", "10 - 4 - 3", "3" },
		{ "number", "100 ÷ 10 ÷ 5", "2" }, { "number", "2 × -3", "-6" }, { "number", "-乙", "2.5" },
		{ "number", "1 ÷ 3", "0.333333333333333333333333333333" }, /* cut to 30 digits */
		{ "number", "2 ÷ 3", "0.666666666666666666666666666667" },
		/* 1111.10 ÷ 22 = 50.50454545…; × 16.5 is 833.325 exactly: the tie goes up, though the quotient was cut to 34 digits */
		{ "money", "1111.10元 ÷ 22 × 16.5", "833.33" },
		{ "number", "1 ÷ 3 × 3 - 1", "-0.0000000000000000000000000000000001" }, /* 34 digits inside a formula */
		{ "money", "0.005元", "0.01" }, { "money", "-0.005元", "-0.01" }, { "money", "0.0049999元", "0.00" },
		{ "money", "1 ÷ 0 × 甲", "" }, { "number", "0 ÷ 0", "" }, { "number", "甲 ÷ 0元", "" },
		{ "number", "50%", "0.5" }, { "number", "5％ ＋ １", "1.05" }, { "money", "¥20 + 20元", "40.00" },
		{ "number", "abs(乙)", "2.5" }, { "number", "绝对值(乙 + 5)", "2.5" }, { "money", "abs(-甲)", "1234.50" },
		{ "number", "最小(3, 乙, 2)", "-2.5" }, { "number", "max(3, 乙, 2)", "3" }, { "money", "最大(甲, 2000)", "2000.00" },
		{ "money", "min(甲, 标准)", "180.00" }, { "number", "min(3, 空数)", "" }, { "number", "max(空数, 3)", "" },
		{ "date", "最小(戊, 月末())", "2026-10-08" }, { "date", "max(戊, 月末(), 入职日期)", "2026-10-31" });
}

static void test_rounding(void)
{
	CHECK_ALL(
		{ "number", "round(2.345, 0.01)", "2.35" }, { "number", "round(-2.345, 0.01)", "-2.35" },
		{ "number", "四舍五入(乙, 1)", "-3" }, { "number", "round(2.5, 1)", "3" }, { "number", "round(1250, 100)", "1300" },
		{ "number", "round(7.4, 0.05)", "7.4" }, { "number", "round(7.43, 0.05)", "7.45" }, { "number", "round(7.42, 0.05)", "7.4" },
		{ "number", "下舍入(乙, 1)", "-3" }, { "number", "floor(2.99, 1)", "2" }, { "number", "floor(-2.01, 1)", "-3" },
		{ "number", "上舍入(乙, 1)", "-2" }, { "number", "ceil(2.01, 1)", "3" }, { "number", "ceil(-2.99, 1)", "-2" },
		{ "number", "floor(159, 10)", "150" }, { "number", "ceil(151, 10)", "160" }, { "number", "round(5, 0)", "" },
		{ "number", "round(5, -1)", "" }, { "number", "floor(空数, 1)", "" }, { "money", "round(甲, 10)", "1230.00" },
		{ "number", "round(1 ÷ 3 × 3, 1)", "1" },
		/* 2.4999…(34 digits) is 2.5 when cut to 30 */
		{ "number", "round(7.5 ÷ 3 , 1)", "3" }, { "number", "floor(1 ÷ 3 × 3, 1)", "1" }, { "number", "ceil(3, 1)", "3" },
		{ "money", "floor(甲, 0.1)", "1234.50" }, { "number", "round(0.5, 1)", "1" }, { "number", "round(-0.5, 1)", "-1" });
}

static void test_conditions(void)
{
	CHECK_ALL(
		{ "yesno", "甲 > 1000", "yes" }, { "yesno", "甲 ≤ 1234.5", "yes" }, { "yesno", "甲 <> 1234.50元", "no" },
		{ "yesno", "甲 ≠ 1", "yes" }, { "yesno", "乙 = -2.50", "yes" }, { "yesno", "丙 ＝ 12.5%", "yes" },
		{ "yesno", "丙 = 0.125", "yes" }, { "yesno", "丁", "yes" }, { "yesno", "非 丁", "no" }, { "yesno", "not 丁 或 丁", "yes" },
		{ "yesno", "丁 且 否", "no" }, { "yesno", "是 或 否 且 否", "yes" }, /* and binds tighter */
		{ "yesno", "(是 或 否) 且 否", "no" },
		{ "yesno", "空金 > 0", "no" }, { "yesno", "空金 ≤ 0", "no" }, { "yesno", "空金 = 空金", "no" }, { "yesno", "空金 <> 0", "no" },
		{ "yesno", "非 (空金 > 0)", "yes" }, /* the comparison is no, so its opposite holds */
		{ "yesno", "空否", "" }, /* a missing yesno stays missing in the ledger */
		{ "yesno", "空否 或 否", "no" }, { "yesno", "非 空否", "yes" }, { "yesno", "缺失(空否)", "yes" },
		{ "yesno", "missing(甲)", "no" }, { "yesno", "missing(空)", "yes" }, { "yesno", "missing(1 ÷ 0)", "yes" },
		{ "yesno", "己 = \"中·文ab\"", "yes" }, { "yesno", "己 = “中·文AB”", "no" }, { "yesno", "己 <> \"x\"", "yes" },
		{ "yesno", "己 属于 (\"x\", \"中·文ab\")", "yes" }, { "yesno", "己 不属于 (\"x\", \"y\")", "yes" },
		{ "yesno", "空文 属于 (\"x\")", "no" }, { "yesno", "空文 不属于 (\"x\")", "no" }, /* both have a missing side */
		{ "yesno", "己 属于 (空文, \"中·文ab\")", "yes" }, /* one of the comparisons holds */
		{ "yesno", "己 不属于 (空文, \"x\")", "no" }, { "yesno", "己 not in (\"中·文ab\", 空文)", "no" },
		{ "yesno", "乙 in (1, -2.5)", "yes" }, { "yesno", "职级 = “S2”", "yes" }, { "yesno", "职级 = “专员”", "yes" },
		{ "yesno", "职级 ≥ “S1”", "yes" }, { "yesno", "职级 > “专员”", "no" }, { "yesno", "职级 < “M1”", "no" },
		{ "yesno", "职级 > “M1”", "no" }, { "yesno", "职级 ≤ “M1”", "no" }, { "yesno", "职级 <> “M1”", "yes" }, /* across tracks */
		{ "yesno", "职级 属于 (“助理”, “S2”)", "yes" }, { "yesno", "戊 ≥ 日期(2026, 10, 8)", "yes" },
		{ "yesno", "戊 < date(2026, 10, 8)", "no" },
		{ "money", "若(丁, 甲, 空金)", "1234.50" }, { "money", "if(空否, 甲, 5)", "5.00" }, /* missing counts as no */
		{ "number", "若(甲 > 0, 1, 1 ÷ 0)", "1" }, { "money", "缺省(空金, 甲)", "1234.50" }, { "money", "default(甲, 0)", "1234.50" },
		{ "money", "缺省(空金, 7)", "7.00" }, { "text", "default(空文, “无”)", "无" }, { "number", "默认", "8" },
		{ "text", "缺省(空, 己)", "中·文ab" }, { "number", "空数 + 1", "" }, { "number", "空数 × 0", "" });
}

static void test_dates_and_texts(void)
{
	CHECK_ALL(
		{ "date", "月初()", "2026-10-01" }, { "date", "month_end()", "2026-10-31" }, { "date", "发薪日()", "2026-10-31" },
		{ "date", "月份()", "2026-10-01" }, { "date", "日期(2026, 2, 30)", "" }, { "date", "date(2024, 2, 29)", "2024-02-29" },
		{ "date", "date(2026, 13, 1)", "" }, { "date", "date(0, 1, 1)", "" }, { "date", "date(2026.9, 1.5, 1.9)", "2026-01-01" },
		{ "date", "戊 + 30", "2026-11-07" }, { "date", "戊 - 8", "2026-09-30" }, { "date", "戊 + 1.9", "2026-10-09" },
		{ "date", "戊 + 空数", "" }, { "date", "戊 + 9223372036854775807", "" }, { "date", "戊 - -9223372036854775807", "" },
		{ "date", "戊 - 99999999", "" }, { "date", "空日 + 1", "" },
		{ "number", "月末() - 戊", "23" }, { "number", "戊 - 月末()", "-23" },
		{ "number", "天数(戊, 月末())", "24" }, { "number", "days(月末(), 戊)", "0" }, { "number", "days(戊, 戊)", "1" },
		/* October 2026 has 22 days from Monday to Friday; the 1st and 2nd are holidays, the 26th is off, Saturday the 10th is worked: 20 */
		{ "number", "工作日数(月初(), 月末())", "20" }, { "number", "workdays(date(2026, 10, 3), date(2026, 10, 4))", "0" },
		{ "number", "workdays(date(2026, 10, 10), date(2026, 10, 11))", "1" }, { "number", "workdays(月末(), 月初())", "0" },
		{ "number", "法定假日数(月初(), 月末())", "3" }, { "number", "holidays(date(2026, 10, 3), 月末())", "1" },
		{ "number", "holidays(月末(), 月初())", "0" },
		/* from 29 February 2024: 31 whole months end on 29 September 2026, the 32nd on 29 October */
		{ "number", "相隔月数(入职日期, 月初())", "31" }, { "number", "months(入职日期, 月末())", "32" },
		{ "number", "months(date(2026, 1, 31), date(2026, 2, 28))", "1" }, /* clamped to the month's end */
		{ "number", "months(date(2026, 1, 31), date(2026, 2, 27))", "0" }, { "number", "months(月末(), 月初())", "0" },
		{ "number", "months(date(2026, 2, 28), date(2026, 3, 31))", "1" }, { "number", "天数(空日, 月末())", "" },
		{ "number", "年(戊)", "2026" }, { "number", "quarter(戊)", "4" }, { "number", "季(date(2026, 9, 30))", "3" },
		{ "number", "月(戊)", "10" }, { "number", "日(戊)", "8" }, { "number", "day(空日)", "" }, { "number", "quarter(date(2026, 1, 1))", "1" },
		{ "text", "左取(己, 2)", "中·" }, { "text", "right(己, 2)", "ab" }, { "text", "left(己, 99)", "中·文ab" },
		{ "text", "right(己, 3.9)", "文ab" }, { "text", "left(己, 0)", "" }, { "text", "left(己, -1)", "" }, { "text", "left(空文, 1)", "" },
		{ "number", "长度(己)", "5" }, { "number", "length(空文)", "" }, { "text", "姓名", "王五" }, { "text", "员工.工号", "007" },
		{ "yesno", "属于机构(\"一部\")", "yes" }, { "yesno", "within(“二部”)", "no" }, { "yesno", "within(空文)", "no" });
}

static void test_rows(void)
{
	CHECK_ALL(
		{ "money", "合计(订单, 金额)", "1300.50" }, /* 100 + 250.50 − 50 + 1000 */
		{ "money", "sum(订单 其中 金额 > 0, 金额)", "1350.50" }, { "money", "sum(订单 where 否, 金额)", "0.00" },
		{ "money", "平均(订单, 金额)", "325.13" }, /* 325.125 */
		{ "money", "average(订单 where 金额 > 2000, 金额)", "" }, { "money", "最小(订单, 金额)", "-50.00" },
		{ "money", "max(订单, 金额)", "1000.00" }, { "money", "max(订单 where 否, 金额)", "" },
		{ "date", "最大(订单 其中 金额 > 0, 日期)", "2026-10-20" }, { "date", "min(订单, 日期)", "" }, /* A3 has none */
		{ "number", "计数(订单)", "4" }, { "number", "count(订单 where 来源 = “自主开发”)", "1" },
		{ "number", "count(订单 where 来源 <> “自主开发”)", "2" }, /* a blank one is neither */
		{ "number", "count(订单 where 非 (来源 = “自主开发”))", "3" }, { "number", "count(订单 where 缺失(来源))", "1" },
		{ "yesno", "存在(订单 其中 金额 < 0)", "yes" }, { "yesno", "any(订单 where 金额 > 5000)", "no" },
		{ "yesno", "全部(订单 其中 金额 > -100)", "yes" }, { "yesno", "all(订单 where 金额 > 0)", "no" }, { "yesno", "any(订单)", "yes" },
		{ "money", "唯一(订单 其中 单号 = “A2”, 金额)", "250.50" }, { "money", "only(订单 where 单号 = “zz”, 金额)", "" },
		{ "money", "最近(订单, 日期, 金额)", "250.50" }, /* the 20th; A3 without date is passed over */
		{ "money", "latest(订单 where 金额 > 500, 日期, 金额)", "1000.00" }, { "money", "latest(订单 where 否, 日期, 金额)", "" },
		{ "text", "latest(订单, 日期, 来源)", "续单" }, { "money", "sum(订单, 金额 × 空数)", "" },
		{ "money", "sum(订单 where 金额 > 0 且 非 缺失(客户), 金额 × 缺省(客户.区.系数, 2))", "1876.00" }, /* 125 + 501 + 1250 */
		{ "number", "count(订单 where 客户.等级 = “A”)", "2" }, { "number", "sum(订单 where 单号 = “A3”, 客户.区.系数)", "" },
		/* orders of a day on which a certificate held: A1 on the 3rd and A4 on the 12th */
		{ "number", "count(订单 where any(资格 where 生效日 ≤ 订单.日期 且 失效日 ≥ 订单.日期))", "2" },
		{ "money", "sum(目标, 月目标)", "1500.50" }, /* the person's unit's alone */
		{ "number", "sum(区域, 系数)", "1.25" }, { "number", "count(客户表)", "2" }, { "number", "count(员工)", "1" },
		{ "number", "sum(订单, 1)", "4" }, { "number", "average(订单, 乙)", "-2.5" });
}

static void test_tables_of_numbers(void)
{
	CHECK_ALL(
		{ "money", "标准", "180.00" }, { "number", "未到", "" }, { "money", "底薪", "3801.01" }, { "number", "特数", "" },
		{ "number", "费率(“自主开发”, 职级)", "0.05" }, { "number", "费率(“自主开发”, “S1”)", "0.04" },
		{ "number", "费率(“续单”, “助理”)", "0.03" }, { "number", "费率(“续单”, 职级)", "0.01" }, { "number", "费率(空文, 职级)", "" },
		{ "money", "按次(1.0)", "10.00" }, { "money", "按次(2)", "20.00" }, { "money", "按次(3)", "50.00" }, { "money", "按次(空数)", "" },
		{ "text", "按否(丁)", "甲等" }, { "text", "按否(甲 < 0)", "乙等" }, { "text", "按否(空否)", "" },
		/* the annual tax table of three brackets: 36000 × 3% = 1080; 40000: + 4000 × 10% = 1480; 150000: 1080 + 10800 + 1200 = 13080 */
		{ "number", "分段(36000)", "1080" }, { "number", "分段(40000)", "1480" }, { "number", "分段(150000)", "13080" },
		{ "number", "分段(0)", "0" }, { "number", "分段(-100)", "-3" }, { "money", "分段(甲)", "37.04" }, /* 37.035 */
		{ "number", "分段(空数)", "" }, { "number", "分段零(-5)", "0" }, { "number", "分段零(999)", "0" }, { "number", "分段零(1500)", "50" },
		{ "number", "整段(0)", "0" }, { "number", "整段(1000)", "10" }, { "number", "整段(1000.01)", "20.0002" },
		{ "number", "整段(4999)", "99.98" }, { "number", "整段(5000)", "150" }, { "number", "整段(-10)", "-0.1" },
		{ "money", "档额(0.99)", "" }, { "money", "档额(1)", "50.00" }, { "money", "档额(5)", "50.00" }, { "money", "档额(5.01)", "75.50" },
		{ "money", "档额(10)", "200.00" }, { "money", "档额(-1)", "" }, { "text", "档名(59.99)", "差" }, { "text", "档名(60)", "可" },
		{ "text", "档名(90)", "优" }, { "text", "档名(-1)", "" },
		{ "number", "折线(50)", "0" }, { "number", "折线(60)", "0" }, { "number", "折线(75)", "0.5" }, { "number", "折线(90)", "1" },
		{ "number", "折线(105)", "1.25" }, { "number", "折线(120)", "1.5" }, { "number", "折线(500)", "1.5" },
		{ "number", "折线(70) × 3", "1" }, /* a third three times, cut to 30 digits */
		{ "number", "折线(空数)", "" });
}

/* Ways of rounding a figure: name, formula and attributes of the figure, what the ledger says. */
static void test_figures(void)
{
	static const struct {
		const char *attributes, *formula, *text;
	} rows[] = {
		{ "type='money'", "2.345元", "2.35" }, { "type='money' rounding='half-even'", "2.345元", "2.34" },
		{ "type='money' rounding='half-even'", "2.355元", "2.36" }, { "type='money' rounding='down'", "2.349元", "2.34" },
		{ "type='money' rounding='down'", "-2.349元", "-2.34" }, { "type='money' rounding='up'", "2.341元", "2.35" },
		{ "type='money' rounding='up'", "-2.341元", "-2.35" }, { "type='money' rounding='up'", "2.34元", "2.34" },
		{ "type='money' round='1'", "2.5元", "3.00" }, { "type='money' round='0.1' rounding='up'", "2.31元", "2.40" },
		{ "type='money' round='10' rounding='half-even'", "25元", "20.00" }, { "type='number' round='0.1'", "2.25", "2.3" },
		{ "type='number'", "2.25", "2.25" }, { "type='percent' round='0.001'", "0.12345", "0.123" },
		{ "type='money' when='否'", "5元", "0.00" }, { "type='number' when='空数 &gt; 1'", "5", "0" },
		{ "type='yesno' when='否'", "是", "no" }, { "type='text' when='否'", "“x”", "" }, { "type='date' when='否'", "月初()", "" },
		{ "type='percent' when='空否'", "1", "0" }, { "type='money' when='丁'", "5元", "5.00" },
		/* Too large to be written and read back: no value. */
		{ "type='number'", "1000000000000000000000000000000 × 1000000000000000000000000000000 × 10", "" },
	};
	GString *policy = g_string_new("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" TABLES);
	struct calculated c;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_string_append_printf(policy, "<figure name='f%zu_' %s>%s</figure>\n", i, rows[i].attributes, rows[i].formula);
	g_string_append(policy, "</policy>");
	month_begin(&c.month, policy->str);
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
		month_file(&c.month, files[i].name, files[i].text);
	if (calculated_good(&c, "2026-10"))
		for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
			char name[24];

			g_snprintf(name, sizeof(name), "f%zu_", i);
			CALCULATED_CHECK(&c, { "007", name, rows[i].text });
		}
	month_end(&c.month);
	g_string_free(policy, TRUE);
}

/* Errors of a person: the formula as earnings, the codes it leads to. */
static void test_errors(void)
{
	static const struct {
		const char *formula, *codes;
	} rows[] = {
		{ "空金", "E0380" }, { "1 ÷ 0 × 甲", "E0380" }, { "only(订单, 金额)", "E0383" },
		{ "latest(资格 where 失效日 > 日期(2026,1,1), 月初(), 5元)", "E0384" },
		{ "甲 × 单费(“续单”)", "E0381" }, { "限段(-5元)", "E0382" },
		{ "工作日数(date(2025, 12, 31), 月初()) × 1元", "E0392" },
		{ "甲", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char *escaped = g_markup_escape_text(rows[i].formula, -1);
		char *policy = g_strconcat("<policy xmlns='urn:salespay:policy:1' id='p' title='t' version='1' currency='CNY'>" TABLES
			"<rates name='单费' keys='来源'><rate for='自主开发'>5%</rate></rates>"
			"<tiers name='限段' mode='marginal'><tier from='0'>3%</tier></tiers>"
			"<figure name='应发' type='money' section='earnings'>", escaped, "</figure></policy>", NULL);
		struct calculated c;

		month_begin(&c.month, policy);
		for (size_t f = 0; f < G_N_ELEMENTS(files); f++)
			month_file(&c.month, files[f].name, files[f].text);
		calculated_run(&c, "2026-10", false);
		if (strcmp(month_codes(&c.month), rows[i].codes) != 0) {
			g_test_message("%s", rows[i].formula);
			month_print(&c.month);
		}
		g_assert_cmpstr(month_codes(&c.month), ==, rows[i].codes);
		month_end(&c.month);
		g_free(policy);
		g_free(escaped);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/formulas/arithmetic is exact and money rounds half away from zero", test_arithmetic);
	g_test_add_func("/calc/formulas/round, floor and ceil", test_rounding);
	g_test_add_func("/calc/formulas/conditions and missing values", test_conditions);
	g_test_add_func("/calc/formulas/dates and texts", test_dates_and_texts);
	g_test_add_func("/calc/formulas/rows, references and nested aggregates", test_rows);
	g_test_add_func("/calc/formulas/parameters, grade sets, rates and tiers", test_tables_of_numbers);
	g_test_add_func("/calc/formulas/a figure's rounding and condition", test_figures);
	g_test_add_func("/calc/formulas/what a formula cannot answer is told", test_errors);
	return g_test_run();
}
