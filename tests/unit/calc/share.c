#include "calc/group.h"

#include "unit.h"

/*
 * Shares worked by hand. Each row: the whole, the weights (- is missing), the
 * parts; the order of ties is that of writing.
 */
struct division {
	const char *whole, *weights, *parts;
};

static struct decimal number(const char *text)
{
	struct decimal a = decimal_zero();

	if (!decimal_parse(text, strlen(text), &a))
		g_error("'%s' is no number", text);
	return a;
}

static void check(const struct division *division)
{
	char **weights = g_strsplit(division->weights, " ", -1);
	size_t count = g_strv_length(weights);
	struct value *values = g_new(struct value, count), *parts = g_new(struct value, count);
	size_t *order = g_new(size_t, count);
	GString *found = g_string_new(NULL);
	char room[VALUE_TEXT_SIZE];

	for (size_t i = 0; i < count; i++) {
		order[i] = i;
		values[i] = strcmp(weights[i], "-") ? value_number(VALUE_NUMBER, number(weights[i])) :
			value_missing(VALUE_NUMBER);
	}
	g_assert_true(share_out(number(division->whole), number("0.01"), values, order, count, VALUE_MONEY, parts));
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(found, "%s%s", i ? " " : "", parts[i].missing ? "-" : value_format(&parts[i], room));
	g_assert_cmpstr(found->str, ==, division->parts);
	g_string_free(found, TRUE);
	g_free(order);
	g_free(parts);
	g_free(values);
	g_strfreev(weights);
}

static void test_parts(void)
{
	static const struct division rows[] = {
		{ "100", "1 1 1", "33.34 33.33 33.33" },
		/* 2857.33…, 714.33… and 714.33… fen: thirds of a fen are equal, however many digits stand before them */
		{ "42.86", "4 1 1", "28.58 7.14 7.14" },
		{ "42.86", "1 4 1", "7.15 28.57 7.14" },
		/* 3.33… and 1.66… fen */
		{ "0.05", "2 1", "0.03 0.02" },
		{ "-100", "1 2", "-33.33 -66.67" },
		{ "-0.05", "1 1", "-0.03 -0.02" },
		{ "1", "0 1 2", "0.00 0.33 0.67" },
		{ "1", "- 4", "- 1.00" },
		{ "1", "0 0", "- -" },
		{ "0", "1 1", "0.00 0.00" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		check(&rows[i]);
}

static void test_negative_weight(void)
{
	struct value weights[2] = { value_number(VALUE_NUMBER, number("-1")), value_number(VALUE_NUMBER, number("3")) };
	struct value parts[2];
	size_t order[2] = { 0, 1 };

	g_assert_false(share_out(number("1"), number("0.01"), weights, order, 2, VALUE_MONEY, parts));
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/calc/share/what is left goes to the largest remainders, ties in order", test_parts);
	g_test_add_func("/calc/share/a negative weight is refused", test_negative_weight);
	return g_test_run();
}
