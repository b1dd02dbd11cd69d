#include "table/cell.h"

#include "base/arena.h"
#include "base/text.h"
#include "unit.h"

struct cell_case {
	enum column_type type;
	const char *text;
	const char *expect; /* as ledgers write it, or the message's name */
	const char *said; /* the message's second argument, or NULL */
};

static struct text_pool *pool;

static void check_case(const struct cell_case *c, struct column column)
{
	struct cell_problem problem;
	struct value value;
	char buffer[VALUE_TEXT_SIZE];
	const char *got;

	column.type = c->type;
	if (cell_parse(&column, c->text, strlen(c->text), pool, &value, &problem)) {
		got = value_format(&value, buffer);
		g_assert_cmpint(value.type, ==, column_value_type(&column));
	} else {
		got = message_entry(problem.message)->name;
	}
	if (g_strcmp0(got, c->expect) != 0 || g_strcmp0(problem.expected, c->said) != 0) {
		g_test_message("'%s': %s, said %s; expected %s, %s", c->text, got, problem.expected, c->expect, c->said);
		g_test_fail();
	}
}

static void check_cases(const struct cell_case *cases, size_t count, struct column column)
{
	for (size_t i = 0; i < count; i++)
		check_case(&cases[i], column);
}
#define CHECK(cases, ...) check_cases(cases, G_N_ELEMENTS(cases), (struct column){ .name = "列", __VA_ARGS__ })

static void test_numbers(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_NUMBER, "3", "3", NULL },
		{ COLUMN_NUMBER, "1234.50", "1234.5", NULL },
		{ COLUMN_NUMBER, "1,234.50", "1234.5", NULL },
		{ COLUMN_NUMBER, "1,234,567", "1234567", NULL },
		{ COLUMN_NUMBER, "12,345", "12345", NULL },
		{ COLUMN_NUMBER, "１，２３４．５", "1234.5", NULL },
		{ COLUMN_NUMBER, " 7\t", "7", NULL },
		{ COLUMN_NUMBER, "　７　", "7", NULL },
		{ COLUMN_NUMBER, "-5", "-5", NULL },
		{ COLUMN_NUMBER, "−5", "-5", NULL },
		{ COLUMN_NUMBER, "－５", "-5", NULL },
		{ COLUMN_NUMBER, "+5", "5", NULL },
		{ COLUMN_NUMBER, "(5.25)", "-5.25", NULL },
		{ COLUMN_NUMBER, "（5.25）", "-5.25", NULL },
		{ COLUMN_NUMBER, "0.5", "0.5", NULL },
		{ COLUMN_NUMBER, "=\"12\"", "12", NULL },
		{ COLUMN_MONEY, "¥1,234.50", "1234.50", NULL },
		{ COLUMN_MONEY, "￥1234.5", "1234.50", NULL },
		{ COLUMN_MONEY, "1234元", "1234.00", NULL },
		{ COLUMN_MONEY, "1,234.50 元", "1234.50", NULL },
		{ COLUMN_MONEY, "-¥5", "-5.00", NULL },
		{ COLUMN_MONEY, "¥-5", "-5.00", NULL },
		{ COLUMN_MONEY, "￥ 20", "20.00", NULL },
		{ COLUMN_MONEY, "１２３４元", "1234.00", NULL },
	};

	CHECK(cases, .index = 0);
}

static void test_bad_numbers(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_MONEY, "1.2.3", "BAD_AMOUNT", NULL },
		{ COLUMN_NUMBER, "三次", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "3次", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "--5", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "(-5)", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, ".", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "12 34", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "1,23,4", "BAD_GROUPING", "1234" },
		{ COLUMN_NUMBER, "1234,567", "BAD_GROUPING", "1234567" },
		{ COLUMN_NUMBER, ",123", "BAD_GROUPING", "123" },
		{ COLUMN_MONEY, "1.234,56", "DECIMAL_COMMA", "1234.56" },
		{ COLUMN_MONEY, "1234,56", "DECIMAL_COMMA", "1234.56" },
		{ COLUMN_MONEY, "-12,5", "DECIMAL_COMMA", "-12.5" },
		{ COLUMN_MONEY, "1e3", "NUMBER_SCIENTIFIC", NULL },
		{ COLUMN_MONEY, "1.23E+17", "NUMBER_SCIENTIFIC", NULL },
		{ COLUMN_MONEY, "12万", "NUMBER_IN_WAN", "120000" },
		{ COLUMN_MONEY, "1.5亿元", "NUMBER_IN_WAN", "150000000" },
		{ COLUMN_MONEY, "1O0", "LETTER_FOR_DIGIT", "100" },
		{ COLUMN_MONEY, "2０Ｏ", "LETTER_FOR_DIGIT", "200" },
		{ COLUMN_NUMBER, "l2", "LETTER_FOR_DIGIT", "12" },
		{ COLUMN_NUMBER, "2〇", "LETTER_FOR_DIGIT", "20" },
		{ COLUMN_NUMBER, "O", "BAD_NUMBER", NULL },
		{ COLUMN_NUMBER, "95%", "PERCENT_IN_NUMBER", NULL },
		{ COLUMN_NUMBER, "95％", "PERCENT_IN_NUMBER", NULL },
		{ COLUMN_NUMBER, "12345678901234567890123456789012345", "NUMBER_LONG", NULL },
		{ COLUMN_MONEY, "#REF!", "EXCEL_ERROR", NULL },
		{ COLUMN_MONEY, "#N/A", "EXCEL_ERROR", NULL },
		{ COLUMN_DATE, "#VALUE!", "EXCEL_ERROR", NULL },
		{ COLUMN_TEXT, "#DIV/0!", "EXCEL_ERROR", NULL },
		{ COLUMN_ID, "#NAME?", "EXCEL_ERROR", NULL },
		{ COLUMN_DATE, "########", "EXCEL_HASHES", NULL },
	};

	CHECK(cases, .index = 0);
}

static void test_percents(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_PERCENT, "92.5%", "0.925", NULL }, { COLUMN_PERCENT, "９２．５％", "0.925", NULL },
		{ COLUMN_PERCENT, "-3 %", "-0.03", NULL }, { COLUMN_PERCENT, "3‰", "0.003", NULL },
		{ COLUMN_PERCENT, "0.925", "BARE_PERCENT", "92.5%" }, { COLUMN_PERCENT, "92.5", "BARE_PERCENT", "9250%" },
		{ COLUMN_PERCENT, "9O%", "LETTER_FOR_DIGIT", "90" }, { COLUMN_PERCENT, "高", "BAD_PERCENT", NULL },
		{ COLUMN_PERCENT, "%", "BAD_PERCENT", NULL },
	};
	static const struct cell_case of_one[] = { { COLUMN_PERCENT, "0.05", "0.05", NULL }, { COLUMN_PERCENT, "5%", "0.05", NULL } };
	static const struct cell_case of_hundred[] = { { COLUMN_PERCENT, "5", "0.05", NULL }, { COLUMN_PERCENT, "5%", "0.05", NULL } };

	CHECK(cases, .percent_unit = 0);
	CHECK(of_one, .percent_unit = 1);
	CHECK(of_hundred, .percent_unit = 100);
}

static void test_dates(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_DATE, "2026-10-08", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026/10/8", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026.10.8", "2026-10-08", NULL },
		{ COLUMN_DATE, "20261008", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026年10月8日", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026 年 10 月 8 日", "2026-10-08", NULL },
		{ COLUMN_DATE, "２０２６－１０－０８", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026/06/07 星期日", "2026-06-07", NULL },
		{ COLUMN_DATE, "2026-06-07（周日）", "2026-06-07", NULL },
		{ COLUMN_DATE, "2026-06-07 星期天 09:30", "2026-06-07", NULL },
		{ COLUMN_DATE, "2026-10-08 00:00:00", "2026-10-08", NULL },
		{ COLUMN_DATE, "2026-10-08T18:30:00.000", "2026-10-08", NULL },
		{ COLUMN_DATE, "46303", "2026-10-08", "2026-10-08" }, /* 2026-10-08 is 20734 + 25569 */
		{ COLUMN_DATE, "2024-02-29", "2024-02-29", NULL },
		{ COLUMN_DATE, "2026-02-30", "DATE_IMPOSSIBLE", "2026-02-28" },
		{ COLUMN_DATE, "20260431", "DATE_IMPOSSIBLE", "2026-04-30" },
		{ COLUMN_DATE, "2026-10-0", "DATE_IMPOSSIBLE", "2026-10-31" },
		{ COLUMN_DATE, "2026-13-01", "DATE_NO_SUCH_MONTH", "13" },
		{ COLUMN_DATE, "2026/06/07 星期一", "DATE_WEEKDAY", "星期日" },
		{ COLUMN_DATE, "10/8/26", "DATE_AMBIGUOUS", "2010-08-26 / 2026-10-08 / 2026-08-10" },
		{ COLUMN_DATE, "26-10-8", "DATE_AMBIGUOUS", "2026-10-08 / 2008-10-26" },
		{ COLUMN_DATE, "10/8/2026", "DATE_AMBIGUOUS", "2026-10-08 / 2026-08-10" },
		{ COLUMN_DATE, "25/10/2026", "DATE_AMBIGUOUS", "2026-10-25" },
		{ COLUMN_DATE, "10月8日", "DATE_WITHOUT_YEAR", NULL },
		{ COLUMN_DATE, "10-08", "DATE_WITHOUT_YEAR", NULL },
		{ COLUMN_DATE, "2026-10", "DATE_WITHOUT_DAY", NULL },
		{ COLUMN_DATE, "2026年10月", "DATE_WITHOUT_DAY", NULL },
		{ COLUMN_DATE, "2O26-10-08", "LETTER_FOR_DIGIT", "2026-10-08" },
		{ COLUMN_DATE, "2026-10/08", "BAD_DATE", NULL },
		{ COLUMN_DATE, "2026-10-08 下午", "BAD_DATE", NULL },
		{ COLUMN_DATE, "昨天", "BAD_DATE", NULL },
		{ COLUMN_DATE, "0026-10-08", "BAD_DATE", NULL },
		{ COLUMN_DATE, "1759881600000", "BAD_DATE", NULL },
		{ COLUMN_DATE, "2026-10-08-", "BAD_DATE", NULL },
	};

	CHECK(cases, .index = 0);
}

static void test_months(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_MONTH, "2026-10", "2026-10-01", NULL }, { COLUMN_MONTH, "2026/10", "2026-10-01", NULL },
		{ COLUMN_MONTH, "202610", "2026-10-01", NULL }, { COLUMN_MONTH, "2026年10月", "2026-10-01", NULL },
		{ COLUMN_MONTH, "2026年9月份", "BAD_MONTH", NULL }, { COLUMN_MONTH, "2026/10/1", "2026-10-01", NULL },
		{ COLUMN_MONTH, "20261001", "2026-10-01", NULL },
		{ COLUMN_MONTH, "2026-10-15", "MONTH_WITH_DAY", "2026-10" },
		{ COLUMN_MONTH, "10月", "MONTH_WITHOUT_YEAR", NULL }, { COLUMN_MONTH, "10", "MONTH_WITHOUT_YEAR", NULL },
		{ COLUMN_MONTH, "2026-13", "DATE_NO_SUCH_MONTH", "13" }, { COLUMN_MONTH, "Oct-26", "BAD_MONTH", NULL },
		{ COLUMN_MONTH, "2026-10-", "BAD_MONTH", NULL },
	};

	CHECK(cases, .index = 0);
}

static void test_ids(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_ID, "0012", "0012", NULL }, { COLUMN_ID, "'0012", "0012", NULL },
		{ COLUMN_ID, "\t0012", "0012", NULL }, { COLUMN_ID, "0012\t", "0012", NULL },
		{ COLUMN_ID, "=\"0012\"", "0012", NULL }, { COLUMN_ID, "Ｅ１００１", "E1001", NULL },
		{ COLUMN_ID, "1E05", "1E05", NULL }, { COLUMN_ID, "--", "", NULL }, { COLUMN_ID, "无", "", NULL },
		{ COLUMN_ID, "1.23E+17", "ID_SCIENTIFIC", NULL }, { COLUMN_ID, "5.10322E+17", "ID_SCIENTIFIC", NULL },
		{ COLUMN_ID, "5.10322E17", "ID_SCIENTIFIC", NULL }, { COLUMN_ID, "1e05", "1e05", NULL },
		{ COLUMN_ID, "1E+05", "ID_SCIENTIFIC", NULL },
		/* Weights of GB 11643 over the first 17 digits ask for another check character than 0. */
		{ COLUMN_ID, "110105194912310000", "ID_DIGITS_LOST", NULL },
		{ COLUMN_ID, "6222021234567890000", "6222021234567890000", NULL },
		{ COLUMN_ID, "11010519491231002X", "11010519491231002X", NULL },
		{ COLUMN_ID, "张\xEF\xBF\xBD", "CHARACTER_LOST", NULL }, { COLUMN_TEXT, "锟斤拷", "CHARACTER_LOST", NULL },
		{ COLUMN_GRADE, "Ｓ２", "S2", NULL },
	};
	struct cell_problem problem;
	struct column column = { .name = "卡号", .type = COLUMN_ID };
	struct value value;

	CHECK(cases, .index = 0);
	g_assert_true(cell_parse(&column, "6222021234567890000", 19, pool, &value, &problem));
	g_assert_cmpint(problem.message, ==, MSG_ID_DIGITS_DOUBTFUL);
	g_assert_true(cell_parse(&column, "0012", 4, pool, &value, &problem));
	g_assert_true(value.text == text_intern(pool, "0012", 4));
	g_assert_cmpint(problem.message, ==, MSG_COUNT);
}

static void test_texts(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_TEXT, " 张 三 ", "张 三", NULL }, { COLUMN_TEXT, "-", "-", NULL }, { COLUMN_TEXT, "--", "--", NULL },
		{ COLUMN_TEXT, "ＡＢ", "ＡＢ", NULL }, { COLUMN_TEXT, "'=1+1", "=1+1", NULL }, { COLUMN_TEXT, "'quoted'", "'quoted'", NULL },
		{ COLUMN_TEXT, "#1 店", "#1 店", NULL }, { COLUMN_TEXT, "　", "", NULL },
		{ COLUMN_YESNO, "是", "yes", NULL }, { COLUMN_YESNO, "否", "no", NULL }, { COLUMN_YESNO, "YES", "yes", NULL },
		{ COLUMN_YESNO, "n", "no", NULL }, { COLUMN_YESNO, "Ｙ", "yes", NULL }, { COLUMN_YESNO, "1", "yes", NULL },
		{ COLUMN_YESNO, "０", "no", NULL }, { COLUMN_YESNO, "√", "yes", NULL }, { COLUMN_YESNO, "×", "no", NULL },
		{ COLUMN_YESNO, "TRUE", "yes", NULL }, { COLUMN_YESNO, "--", "", NULL }, { COLUMN_YESNO, "无", "BAD_YESNO", NULL },
		{ COLUMN_YESNO, "2", "BAD_YESNO", NULL },
		{ COLUMN_NUMBER, "--", "", NULL }, { COLUMN_NUMBER, "-", "", NULL }, { COLUMN_MONEY, "—", "", NULL },
		{ COLUMN_DATE, "/", "", NULL }, { COLUMN_PERCENT, "无", "", NULL },
	};

	CHECK(cases, .index = 0);
}

static void test_choices(void)
{
	static const char *choices[] = { "自主开发", "公司线索", "Web (A)" };
	static const struct cell_case cases[] = {
		{ COLUMN_CHOICE, "自主开发", "自主开发", NULL }, { COLUMN_CHOICE, " 自主 开发", "自主开发", NULL },
		{ COLUMN_CHOICE, "ＷＥＢ（ａ）", "Web (A)", NULL }, { COLUMN_CHOICE, "--", "", NULL },
		{ COLUMN_CHOICE, "自主开法", "BAD_CHOICE", "自主开发、公司线索、Web (A)" },
	};
	struct column column = { .name = "来源", .type = COLUMN_CHOICE, .choices = choices, .choice_count = 3 };
	struct cell_problem problem;
	struct value value;

	CHECK(cases, .choices = choices, .choice_count = 3);
	g_assert_false(cell_parse(&column, "自主开法", strlen("自主开法"), pool, &value, &problem));
	g_assert_cmpstr(problem.suggestion, ==, "自主开发");
}

static struct decimal number(const char *text)
{
	struct decimal d;

	g_assert_true(decimal_parse(text, strlen(text), &d));
	return d;
}

static void test_bounds(void)
{
	static const struct cell_case cases[] = {
		{ COLUMN_NUMBER, "0", "0", NULL }, { COLUMN_NUMBER, "120", "120", NULL },
		{ COLUMN_NUMBER, "-0.01", "BELOW_MIN", "0" }, { COLUMN_NUMBER, "120.01", "ABOVE_MAX", "120" },
		{ COLUMN_NUMBER, "", "", NULL },
	};
	static const struct cell_case percents[] = {
		{ COLUMN_PERCENT, "100%", "1", NULL }, { COLUMN_PERCENT, "100.1%", "ABOVE_MAX", "100%" } };

	CHECK(cases, .has_min = true, .min = value_number(VALUE_NUMBER, number("0")), .has_max = true,
		.max = value_number(VALUE_NUMBER, number("120")));
	CHECK(percents, .has_max = true, .max = value_number(VALUE_PERCENT, number("1")));
}

static void test_literals(void)
{
	static const struct {
		enum value_type type;
		const char *text, *expect;
	} cases[] = {
		{ VALUE_MONEY, "3200", "3200.00" }, { VALUE_PERCENT, "5%", "0.05" }, { VALUE_PERCENT, "5", "BARE_PERCENT" },
		{ VALUE_DATE, "2026-10-08", "2026-10-08" }, { VALUE_DATE, "2026-10", "2026-10-01" },
		{ VALUE_DATE, "2026/10/8", "BAD_DATE" }, { VALUE_DATE, "2026-02-30", "DATE_IMPOSSIBLE" },
		{ VALUE_YESNO, "是", "yes" }, { VALUE_YESNO, "no", "no" }, { VALUE_YESNO, "1", "BAD_YESNO" },
		{ VALUE_TEXT, "华东", "华东" }, { VALUE_GRADE, "S2", "S2" }, { VALUE_NUMBER, "", "" },
		{ VALUE_NUMBER, "x", "BAD_NUMBER" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cell_problem problem;
		struct value value;
		char buffer[VALUE_TEXT_SIZE];
		const char *text = cases[i].text;

		if (cell_parse_literal(cases[i].type, text, strlen(text), pool, &value, &problem))
			g_assert_cmpstr(value_format(&value, buffer), ==, cases[i].expect);
		else
			g_assert_cmpstr(message_entry(problem.message)->name, ==, cases[i].expect);
	}
}

int main(int argc, char **argv)
{
	int status;

	unit_init(&argc, &argv);
	g_test_add_func("/table/cell/numbers in all their forms are read", test_numbers);
	g_test_add_func("/table/cell/what is no number is told apart", test_bad_numbers);
	g_test_add_func("/table/cell/a percent needs its sign or the column's unit", test_percents);
	g_test_add_func("/table/cell/dates in all their forms are read and near misses named", test_dates);
	g_test_add_func("/table/cell/months in all their forms are read and near misses named", test_months);
	g_test_add_func("/table/cell/ids keep their zeros and lost digits are noticed", test_ids);
	g_test_add_func("/table/cell/texts stay and words for yes, no and nothing are known", test_texts);
	g_test_add_func("/table/cell/a choice is found whatever its width and case", test_choices);
	g_test_add_func("/table/cell/least and greatest values are kept", test_bounds);
	g_test_add_func("/table/cell/literals of policies are stricter", test_literals);
	pool = text_pool_new();
	status = g_test_run();
	text_pool_free(pool);
	return status;
}
