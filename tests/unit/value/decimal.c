#include "value/decimal.h"

#include "unit.h"

static struct decimal number(const char *text)
{
	struct decimal a = decimal_zero();

	if (!decimal_parse(text, strlen(text), &a))
		g_error("'%s' is no number", text);
	return a;
}

static void check(struct decimal a, const char *expected)
{
	char out[DECIMAL_TEXT];

	g_assert_cmpstr(decimal_format(a, out), ==, expected);
}

static void test_parse(void)
{
	static const char *const rows[][2] = {
		{ "0", "0" }, { "-0", "0" }, { "+5", "5" }, { "1234.50", "1234.5" }, { "-0.010", "-0.01" },
		{ ".5", "0.5" }, { "000123", "123" }, { "100", "100" }, { "0.00", "0" }, { "-.000", "0" },
		{ "9999999999999999999999999999999999", "9999999999999999999999999999999999" },
		{ "-0.9999999999999999999999999999999999", "-0.9999999999999999999999999999999999" },
		{ "00009999999999999999999999999999999999", "9999999999999999999999999999999999" },
		{ "12345678901234567.1234567890123456", "12345678901234567.1234567890123456" },
		{ "100000000000000000", "100000000000000000" }, { "10000000000000000000000", "10000000000000000000000" },
		{ "0.0000000000000000000000000000000000000000000000000000000000000000000001",
			"0.0000000000000000000000000000000000000000000000000000000000000000000001" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		check(number(rows[i][0]), rows[i][1]);
}

static void test_parse_wrong(void)
{
	static const char *const rows[] = { "", "-", "+", ".", "-.", "5.", "1.2.3", "1e5", "1E-2", " 1", "1 ", "1,000",
		"--1", "+-1", "1-", "inf", "NaN", "0x10", "１", "12345678901234567890123456789012345",
		"0.12345678901234567890123456789012345", "1.00000000000000000000000000000000000",
		"0.00000000000000000000000000000000000000000000000000000000000000000000001" };

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct decimal a;

		if (decimal_parse(rows[i], strlen(rows[i]), &a))
			g_test_message("'%s' was taken for a number", rows[i]);
		g_assert_false(decimal_parse(rows[i], strlen(rows[i]), &a));
	}
	g_assert_false(decimal_parse("1\0002", 3, &(struct decimal){ 0 }));
}

static void test_arithmetic(void)
{
	struct decimal third;

	check(decimal_add(number("0.1"), number("0.2")), "0.3");
	check(decimal_subtract(number("1"), number("1.00")), "0");
	check(decimal_subtract(number("0"), number("0.01")), "-0.01");
	check(decimal_multiply(number("1500"), number("92.5")), "138750");
	check(decimal_multiply(number("-0.03"), number("0")), "0");
	g_assert_true(decimal_divide(number("1"), number("3"), &third));
	check(third, "0.3333333333333333333333333333333333");
	check(decimal_multiply(third, number("3")), "0.9999999999999999999999999999999999");
	g_assert_false(decimal_divide(number("1"), number("0.00"), &third));
	check(decimal_negate(number("2.50")), "-2.5");
	check(decimal_negate(number("0")), "0");
	check(decimal_abs(number("-7")), "7");
	check(decimal_from_int(INT64_MIN), "-9223372036854775808");
	check(decimal_from_int(INT64_MAX), "9223372036854775807");
}

static void test_half_even(void)
{
	/* 34 digits hold 9999999999999999999999999999999999; what lies between goes to the even neighbour. */
	check(decimal_add(number("1000000000000000000000000000000000"), number("0.5")), "1000000000000000000000000000000000");
	check(decimal_add(number("1000000000000000000000000000000001"), number("0.5")), "1000000000000000000000000000000002");
	check(decimal_add(number("1000000000000000000000000000000000"), number("0.51")), "1000000000000000000000000000000001");
}

static void test_cut(void)
{
	struct decimal quotient, product, rounded;

	/* The contract's own example: 1111.10 / 22 x 16.5 is 833.325 and pays 833.33. */
	g_assert_true(decimal_divide(number("1111.10"), number("22"), &quotient));
	product = decimal_multiply(quotient, number("16.5"));
	g_assert_cmpint(decimal_compare(product, number("833.325")), !=, 0);
	g_assert_cmpint(decimal_compare(decimal_cut(product), number("833.325")), ==, 0);
	g_assert_true(decimal_round(decimal_cut(product), number("0.01"), ROUND_HALF_UP, &rounded));
	check(rounded, "833.33");
	check(decimal_cut(number("1.234567890123456789012345678905")), "1.2345678901234567890123456789");
	check(decimal_cut(number("1.234567890123456789012345678915")), "1.23456789012345678901234567892");
	check(decimal_cut(number("1.2345678901234567890123456789051")), "1.23456789012345678901234567891");
	check(decimal_cut(number("-9999999999999999999999999999999999")), "-10000000000000000000000000000000000");
	check(decimal_cut(number("123456789012345678901234567890")), "123456789012345678901234567890");
	check(decimal_cut(number("0.5")), "0.5");
}

static void test_compare(void)
{
	g_assert_cmpint(decimal_compare(number("1.0"), number("1.000")), ==, 0);
	g_assert_cmpint(decimal_compare(number("-0"), number("0")), ==, 0);
	g_assert_cmpint(decimal_compare(number("-2"), number("1")), <, 0);
	g_assert_cmpint(decimal_compare(number("36000.01"), number("36000")), >, 0);
	g_assert_cmpint(decimal_sign(number("-0.00")), ==, 0);
	g_assert_cmpint(decimal_sign(number("-0.01")), ==, -1);
	g_assert_cmpint(decimal_sign(number("9")), ==, 1);
	g_assert_cmpint(decimal_sign(decimal_multiply(number("-1"), number("0"))), ==, 0);
}

static void test_integers(void)
{
	int64_t out = 42;

	g_assert_true(decimal_is_integer(number("12.00")));
	g_assert_false(decimal_is_integer(number("12.5")));
	g_assert_true(decimal_is_integer(number("0.000")));
	g_assert_false(decimal_is_integer(number("0.0000000000000000000000000000000000000001")));
	g_assert_true(decimal_is_integer(decimal_multiply(number("9999999999999999999999999999999999"), number("10"))));
	g_assert_true(decimal_to_int(number("-12.99"), &out));
	g_assert_cmpint(out, ==, -12);
	g_assert_true(decimal_to_int(number("9223372036854775807"), &out));
	g_assert_true(out == INT64_MAX);
	g_assert_false(decimal_to_int(number("9223372036854775808"), &out));
	g_assert_true(decimal_to_double(number("-0.125")) == -0.125);
	g_assert_true(decimal_to_double(number("0.1")) == 0.1);
}

static void test_round(void)
{
	static const enum rounding modes[] = { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP, ROUND_FLOOR, ROUND_CEIL };
	/* value, step, then as the modes stand above */
	static const char *const rows[][8] = {
		{ "2.345", "0.01", "2.35", "2.34", "2.34", "2.35", "2.34", "2.35" },
		{ "-2.345", "0.01", "-2.35", "-2.34", "-2.34", "-2.35", "-2.35", "-2.34" },
		{ "2.355", "0.01", "2.36", "2.36", "2.35", "2.36", "2.35", "2.36" },
		{ "2.3449", "0.01", "2.34", "2.34", "2.34", "2.35", "2.34", "2.35" },
		{ "2.3451", "0.01", "2.35", "2.35", "2.34", "2.35", "2.34", "2.35" },
		{ "2.34", "0.01", "2.34", "2.34", "2.34", "2.34", "2.34", "2.34" },
		{ "0", "0.01", "0", "0", "0", "0", "0", "0" },
		{ "0.004", "0.01", "0", "0", "0", "0.01", "0", "0.01" },
		{ "-0.004", "0.01", "0", "0", "0", "-0.01", "-0.01", "0" },
		{ "7.25", "0.5", "7.5", "7", "7", "7.5", "7", "7.5" },
		{ "7.75", "0.5", "8", "8", "7.5", "8", "7.5", "8" },
		{ "-7.25", "0.5", "-7.5", "-7", "-7", "-7.5", "-7.5", "-7" },
		{ "12.5", "5", "15", "10", "10", "15", "10", "15" },
		{ "17.5", "5", "20", "20", "15", "20", "15", "20" },
		{ "1234.56", "10", "1230", "1230", "1230", "1240", "1230", "1240" },
		{ "45", "100", "0", "0", "0", "100", "0", "100" },
		{ "-50", "100", "-100", "0", "0", "-100", "-100", "0" },
		{ "0.999999999999999999999999999999", "1", "1", "1", "0", "1", "0", "1" },
		{ "9999999999999999999999999999999.999", "0.01", "10000000000000000000000000000000",
			"10000000000000000000000000000000", "9999999999999999999999999999999.99",
			"10000000000000000000000000000000", "9999999999999999999999999999999.99",
			"10000000000000000000000000000000" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (size_t mode = 0; mode < G_N_ELEMENTS(modes); mode++) {
			struct decimal out;

			g_assert_true(decimal_round(number(rows[i][0]), number(rows[i][1]), modes[mode], &out));
			check(out, rows[i][2 + mode]);
		}
	}
	g_assert_false(decimal_round(number("1"), number("0"), ROUND_HALF_UP, &(struct decimal){ { 0, 0 } }));
	g_assert_false(decimal_round(number("1"), number("-0.01"), ROUND_HALF_UP, &(struct decimal){ { 0, 0 } }));
}

static void test_places(void)
{
	char out[DECIMAL_TEXT];

	g_assert_cmpint(decimal_places(number("0.01")), ==, 2);
	g_assert_cmpint(decimal_places(number("1")), ==, 0);
	g_assert_cmpint(decimal_places(number("100")), ==, 0);
	g_assert_cmpint(decimal_places(number("0.50")), ==, 1);
	g_assert_cmpstr(decimal_format_places(number("5"), 2, out), ==, "5.00");
	g_assert_cmpstr(decimal_format_places(number("-0.5"), 2, out), ==, "-0.50");
	g_assert_cmpstr(decimal_format_places(number("1234567.89"), 2, out), ==, "1234567.89");
	g_assert_cmpstr(decimal_format_places(number("0.0"), 2, out), ==, "0.00");
	g_assert_cmpstr(decimal_format_places(number("-0.000"), 0, out), ==, "0");
	g_assert_cmpstr(decimal_format_places(number("7.000"), 0, out), ==, "7");
}

static void test_places_bug(void)
{
	if (g_test_subprocess()) {
		char out[DECIMAL_TEXT];

		decimal_format_places(number("99.96"), 1, out);
		return;
	}
	/* Nothing is rounded a second time on its way to paper. */
	g_test_trap_subprocess(NULL, 0, 0);
	g_test_trap_assert_failed();
	g_test_trap_assert_stderr("*99.96 has more than 1 digits*");
}

static void test_overflow(void)
{
	struct decimal a = number("9999999999999999999999999999999999"), zero = number("0");
	char out[DECIMAL_TEXT];

	g_assert_true(decimal_in_range(a));
	g_assert_true(decimal_in_range(zero));
	for (int i = 0; i < 10; i++)
		a = decimal_multiply(a, a);
	g_assert_false(decimal_in_range(a));
	g_assert_cmpstr(decimal_format(a, out), ==, "overflow");
	g_assert_false(decimal_in_range(decimal_subtract(a, a)));
	g_assert_false(decimal_in_range(decimal_cut(a)));
	check(decimal_multiply(number("1000000000000000000000000000000000"), number("1000000000000000000000000")),
		"1000000000000000000000000000000000000000000000000000000000");
	/* 10^60 and more has no text. */
	a = decimal_multiply(number("1000000000000000000000000000000000"), number("1000000000000000000000000000"));
	g_assert_false(decimal_in_range(a));
	g_assert_cmpstr(decimal_format(a, out), ==, "overflow");
}

static void test_tiny(void)
{
	struct decimal a = number("0.1");

	for (int i = 0; i < 6; i++)
		a = decimal_multiply(a, a);
	check(a, "0.0000000000000000000000000000000000000000000000000000000000000001");
	a = decimal_multiply(a, a);
	check(a, "0");
	check(decimal_negate(a), "0");
	g_assert_true(decimal_in_range(a));
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/value/decimal/digits with sign and point are read exactly", test_parse);
	g_test_add_func("/value/decimal/nothing else is a number", test_parse_wrong);
	g_test_add_func("/value/decimal/arithmetic is decimal", test_arithmetic);
	g_test_add_func("/value/decimal/34 digits are kept, half-even", test_half_even);
	g_test_add_func("/value/decimal/a quotient multiplied back meets its tie after the cut", test_cut);
	g_test_add_func("/value/decimal/comparison is by value", test_compare);
	g_test_add_func("/value/decimal/integers are told and converted", test_integers);
	g_test_add_func("/value/decimal/rounding is to the step as the mode says", test_round);
	g_test_add_func("/value/decimal/places are those of the step", test_places);
	g_test_add_func("/value/decimal/a value with more places than asked is a bug", test_places_bug);
	g_test_add_func("/value/decimal/an overflow is told and stays one", test_overflow);
	g_test_add_func("/value/decimal/what no text can hold is cut off", test_tiny);
	return g_test_run();
}
