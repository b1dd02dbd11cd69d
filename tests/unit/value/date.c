#include "value/date.h"

#include "unit.h"

static int32_t day(const char *text)
{
	int32_t out = 0;

	if (!date_parse(text, strlen(text), &out))
		g_error("'%s' is no date", text);
	return out;
}

static void check(int32_t date, const char *expected)
{
	char out[11];

	g_assert_cmpstr(date_format(date, out), ==, expected);
}

static void test_against_glib(void)
{
	GDate date;
	int32_t first = day("1900-01-01");

	/* GLib counts from 0001-01-01 = 1; it is a program of its own. */
	for (int32_t d = first; d <= day("2400-12-31"); d++) {
		int year, month, day_of_month;
		int32_t back;

		g_date_clear(&date, 1);
		g_date_set_julian(&date, (guint32)(d + 719163));
		date_to_ymd(d, &year, &month, &day_of_month);
		if (year != g_date_get_year(&date) || month != (int)g_date_get_month(&date) ||
			day_of_month != g_date_get_day(&date) || date_weekday(d) != (int)g_date_get_weekday(&date) - 1 ||
			!date_from_ymd(year, month, day_of_month, &back) || back != d)
			g_error("day %d is %d-%d-%d", (int)d, year, month, day_of_month);
	}
}

static void test_known(void)
{
	g_assert_cmpint(day("1970-01-01"), ==, 0);
	g_assert_cmpint(day("2000-03-01"), ==, 11017);
	/* 2026-10-01 is a Thursday, 2026-02-28 a Saturday. */
	g_assert_cmpint(date_weekday(day("2026-10-01")), ==, 3);
	g_assert_cmpint(date_weekday(day("2026-02-28")), ==, 5);
	check(day("9999-12-31"), "9999-12-31");
	check(day("1900-01-01"), "1900-01-01");
	check(day("2024-02-29"), "2024-02-29");
}

static void test_parse_wrong(void)
{
	static const char *const rows[] = { "", "2026-2-01", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00",
		"2025-02-29", "1900-02-29", "2026/10/08", "20261008", " 2026-10-8", "2026-10-081", "1899-12-31",
		"+026-10-08", "2026-10-0x" };
	int32_t out;

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (date_parse(rows[i], strlen(rows[i]), &out))
			g_test_message("'%s' was taken for a date", rows[i]);
		g_assert_false(date_parse(rows[i], strlen(rows[i]), &out));
	}
	g_assert_false(month_parse("2026-13", 7, &out));
	g_assert_false(month_parse("2026-00", 7, &out));
	g_assert_false(month_parse("2026-1", 6, &out));
	g_assert_false(month_parse("2026-10-", 8, &out));
	g_assert_false(month_parse("1899-12", 7, &out));
}

static void test_months(void)
{
	char out[8];
	int32_t month;

	g_assert_true(month_parse("2026-10", 7, &month));
	g_assert_cmpint(month, ==, 2026 * 12 + 9);
	g_assert_cmpint(month_year(month), ==, 2026);
	g_assert_cmpint(month_number(month), ==, 10);
	g_assert_cmpstr(month_format(month, out), ==, "2026-10");
	g_assert_cmpstr(month_format(month + 3, out), ==, "2027-01");
	check(month_first_day(month), "2026-10-01");
	check(month_last_day(month), "2026-10-31");
	check(month_last_day(month_from_ym(2024, 2)), "2024-02-29");
	check(month_last_day(month_from_ym(2100, 2)), "2100-02-28");
	check(month_last_day(month_from_ym(2026, 12)), "2026-12-31");
	g_assert_cmpint(month_of_date(day("2026-10-31")), ==, month);
}

static void test_add_months(void)
{
	check(date_add_months(day("2026-01-31"), 1), "2026-02-28");
	check(date_add_months(day("2024-01-31"), 1), "2024-02-29");
	check(date_add_months(day("2024-02-29"), 12), "2025-02-28");
	check(date_add_months(day("2026-03-31"), -1), "2026-02-28");
	check(date_add_months(day("2026-11-15"), 3), "2027-02-15");
	check(date_add_months(day("2026-01-15"), -1), "2025-12-15");
	check(date_add_months(day("2026-01-15"), 0), "2026-01-15");
}

static void test_months_between(void)
{
	g_assert_cmpint(date_months_between(day("2026-01-31"), day("2026-02-28")), ==, 1);
	g_assert_cmpint(date_months_between(day("2026-01-31"), day("2026-02-27")), ==, 0);
	g_assert_cmpint(date_months_between(day("2026-01-15"), day("2026-04-14")), ==, 2);
	g_assert_cmpint(date_months_between(day("2026-01-15"), day("2026-04-15")), ==, 3);
	g_assert_cmpint(date_months_between(day("2024-02-29"), day("2025-02-28")), ==, 12);
	g_assert_cmpint(date_months_between(day("2026-04-15"), day("2026-01-15")), ==, 0);
	g_assert_cmpint(date_months_between(day("2026-04-15"), day("2026-04-15")), ==, 0);
}

static void test_months_between_is_largest(void)
{
	/* The contract's definition, word for word, for a year of starts and three years of ends. */
	for (int32_t a = day("2024-01-01"); a <= day("2024-12-31"); a += 5) {
		for (int32_t b = a; b <= day("2026-12-31"); b += 7) {
			int32_t k = 0;

			while (date_add_months(a, k + 1) <= b)
				k++;
			if (date_months_between(a, b) != k)
				g_error("from %d to %d there are %d months", (int)a, (int)b, (int)k);
		}
	}
}

static void test_range(void)
{
	g_assert_true(date_in_range(day("1900-01-01")));
	g_assert_true(date_in_range(day("9999-12-31")));
	g_assert_false(date_in_range(day("1900-01-01") - 1));
	g_assert_false(date_in_range(day("9999-12-31") + 1));
	g_assert_false(date_in_range(INT64_MAX));
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/value/date/five centuries of days agree with GLib", test_against_glib);
	g_test_add_func("/value/date/known days and weekdays", test_known);
	g_test_add_func("/value/date/impossible and unclear dates are none", test_parse_wrong);
	g_test_add_func("/value/date/months have first and last days", test_months);
	g_test_add_func("/value/date/adding months clamps to the month's end", test_add_months);
	g_test_add_func("/value/date/months between are whole ones", test_months_between);
	g_test_add_func("/value/date/months between are the largest k", test_months_between_is_largest);
	g_test_add_func("/value/date/the range is 1900 to 9999", test_range);
	return g_test_run();
}
