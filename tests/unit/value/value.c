#include "value/value.h"

#include "base/text.h"
#include "unit.h"
#include "value/date.h"

static struct value number(enum value_type type, const char *text)
{
	struct decimal a;

	g_assert_true(decimal_parse(text, strlen(text), &a));
	return value_number(type, a);
}

static void check(struct value value, const char *expected)
{
	char out[VALUE_TEXT_SIZE];

	g_assert_cmpstr(value_format(&value, out), ==, expected);
}

static void test_format(void)
{
	int32_t day;

	g_assert_true(date_from_ymd(2026, 10, 8, &day));
	check(number(VALUE_MONEY, "1387.5"), "1387.50");
	check(number(VALUE_MONEY, "-0"), "0.00");
	check(number(VALUE_MONEY, "0.005"), "0.005");
	check(number(VALUE_NUMBER, "92.50"), "92.5");
	check(number(VALUE_PERCENT, "0.050"), "0.05");
	check(value_yesno(true), "yes");
	check(value_yesno(false), "no");
	check(value_date(day), "2026-10-08");
	check(value_text("张三"), "张三");
	check(value_grade("S2"), "S2");
	check(value_missing(VALUE_MONEY), "");
	check(value_missing(VALUE_TEXT), "");
	check(value_missing(VALUE_NONE), "");
}

static bool same(struct value a, struct value b)
{
	g_assert_cmpint(value_equal(&a, &b), ==, value_equal(&b, &a));
	return value_equal(&a, &b);
}

static void test_equal(void)
{
	struct text_pool *pool = text_pool_new();

	g_assert_true(same(number(VALUE_MONEY, "5"), number(VALUE_MONEY, "5.00")));
	g_assert_false(same(number(VALUE_MONEY, "5"), number(VALUE_NUMBER, "5")));
	g_assert_false(same(number(VALUE_NUMBER, "5"), value_missing(VALUE_NUMBER)));
	g_assert_true(same(value_missing(VALUE_NUMBER), value_missing(VALUE_NUMBER)));
	g_assert_false(same(value_missing(VALUE_NUMBER), value_missing(VALUE_MONEY)));
	g_assert_true(same(value_text(text_intern(pool, "a", 1)), value_text(text_intern(pool, "ab", 1))));
	g_assert_false(same(value_text(text_intern(pool, "a", 1)), value_grade(text_intern(pool, "a", 1))));
	g_assert_false(same(value_yesno(true), value_yesno(false)));
	g_assert_true(same(value_date(7), value_date(7)));
	g_assert_false(same(value_date(7), value_date(8)));
	text_pool_free(pool);
}

static void test_types(void)
{
	g_assert_true(value_type_is_numeric(VALUE_MONEY));
	g_assert_true(value_type_is_numeric(VALUE_PERCENT));
	g_assert_false(value_type_is_numeric(VALUE_DATE));
	g_assert_cmpstr(value_type_name(VALUE_YESNO), ==, "yesno");
	g_assert_cmpstr(value_type_name(VALUE_GRADE), ==, "grade");
	g_assert_cmpstr(value_type_name(VALUE_NONE), ==, "none");
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/value/value/texts are those of the ledger", test_format);
	g_test_add_func("/value/value/equal means same type and value", test_equal);
	g_test_add_func("/value/value/types have names", test_types);
	return g_test_run();
}
