#include <stdio.h>

#include "unit.h"
#include "value/decimal.h"

/*
 * Twenty thousand operations against Python's decimal and fractions modules
 * (tests/ref/decimal_check.py), from a fixed seed. Run from the top folder.
 */
#define COUNT 20000
#define SEED 20261101

static struct decimal number(const char *text)
{
	struct decimal a = decimal_zero();

	if (!decimal_parse(text, strlen(text), &a))
		g_error("'%s' is no number", text);
	return a;
}

/* a / days x worked, cut, rounded to the fen; b is "days/worked". */
static struct decimal prorate(const char *a, const char *b)
{
	const char *slash = strchr(b, '/');
	char *days = g_strndup(b, (gsize)(slash - b));
	struct decimal out = decimal_zero();

	if (!decimal_divide(number(a), number(days), &out))
		g_error("no days in '%s'", b);
	out = decimal_cut(decimal_multiply(out, number(slash + 1)));
	if (!decimal_round(out, number("0.01"), ROUND_HALF_UP, &out))
		g_error("no rounding of '%s'", a);
	g_free(days);
	return out;
}

static bool round_as(const char *mode, const char *a, const char *step, struct decimal *out)
{
	static const char *const names[] = {
		[ROUND_HALF_UP] = "half-up", [ROUND_HALF_EVEN] = "half-even", [ROUND_DOWN] = "down",
		[ROUND_UP] = "up", [ROUND_FLOOR] = "floor", [ROUND_CEIL] = "ceil",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(names[i], mode))
			return decimal_round(number(a), number(step), (enum rounding)i, out);
	g_error("no operation '%s'", mode);
}

static const char *compute(char **field, char out[DECIMAL_TEXT])
{
	const char *name = field[0], *a = field[1], *b = field[2];
	struct decimal result = decimal_zero();
	int64_t whole;

	if (!strcmp(name, "whole")) {
		if (!decimal_to_int(number(a), &whole))
			return "none";
		g_snprintf(out, DECIMAL_TEXT, "%" G_GINT64_FORMAT, (gint64)whole);
		return out;
	}
	if (!strcmp(name, "compare")) {
		g_snprintf(out, DECIMAL_TEXT, "%d", decimal_compare(number(a), number(b)));
		return out;
	}
	if (!strcmp(name, "add"))
		result = decimal_add(number(a), number(b));
	else if (!strcmp(name, "subtract"))
		result = decimal_subtract(number(a), number(b));
	else if (!strcmp(name, "multiply"))
		result = decimal_multiply(number(a), number(b));
	else if (!strcmp(name, "cut"))
		result = decimal_cut(number(a));
	else if (!strcmp(name, "prorate"))
		result = prorate(a, b);
	else if (!strcmp(name, "divide") ? !decimal_divide(number(a), number(b), &result) : !round_as(name, a, b, &result))
		return "none";
	return decimal_format(result, out);
}

static char *ask_python(void)
{
	char count[16], seed[16], *out = NULL;
	const char *const command[] = { "python3", "tests/ref/decimal_check.py", count, seed, NULL };
	char **copy;
	GError *error = NULL;
	int status = -1;

	g_snprintf(count, sizeof(count), "%d", COUNT);
	g_snprintf(seed, sizeof(seed), "%d", SEED);
	copy = g_strdupv((char **)(guintptr)command);
	if (!g_spawn_sync(NULL, copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error) || status)
		g_error("cannot run %s: %s", command[1], error ? error->message : "it failed");
	g_strfreev(copy);
	return out;
}

static void test_reference(void)
{
	char *text = ask_python(), **lines = g_strsplit(text, "\n", -1);
	int done = 0, wrong = 0;

	for (char **line = lines; *line && **line; line++, done++) {
		char **field = g_strsplit(*line, "\t", 4), out[DECIMAL_TEXT];
		const char *got = compute(field, out);

		if (strcmp(got, field[3])) {
			wrong++;
			if (wrong <= 10)
				g_test_message("%s %s %s: %s, but Python has %s", field[0], field[1], field[2], got, field[3]);
		}
		g_strfreev(field);
	}
	g_assert_cmpint(done, ==, COUNT);
	g_assert_cmpint(wrong, ==, 0);
	g_strfreev(lines);
	g_free(text);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/value/decimal/20,000 operations agree with Python", test_reference);
	return g_test_run();
}
