#include "value/calendar.h"

#include "base/arena.h"
#include "unit.h"
#include "value/date.h"

static int32_t day(int year, int month, int day_of_month)
{
	int32_t out = 0;

	g_assert_true(date_from_ymd(year, month, day_of_month, &out));
	return out;
}

/* October 2026: the 1st (Thursday) to the 3rd are statutory, to the 7th off; the 10th (Saturday) is worked. */
static struct calendar *october(struct arena *arena)
{
	struct calendar *calendar = calendar_new(arena);

	/* Not in order: exports need not be. */
	g_assert_true(calendar_add(calendar, day(2026, 10, 10), DAY_WORK));
	for (int d = 7; d >= 4; d--)
		g_assert_true(calendar_add(calendar, day(2026, 10, d), DAY_OFF));
	for (int d = 1; d <= 3; d++)
		g_assert_true(calendar_add(calendar, day(2026, 10, d), DAY_STATUTORY));
	return calendar;
}

static void test_workdays(void)
{
	struct arena *arena = arena_new();
	struct calendar *calendar = october(arena);

	/* 22 weekdays, without the 1st, 2nd, 5th, 6th and 7th, with the 10th. */
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 1), day(2026, 10, 31)), ==, 18);
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 8), day(2026, 10, 10)), ==, 3);
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 1), day(2026, 10, 7)), ==, 0);
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 11), day(2026, 10, 11)), ==, 0);
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 9), day(2026, 10, 8)), ==, 0);
	/* September 2026 has no exception: 22 weekdays. */
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 9, 1), day(2026, 9, 30)), ==, 22);
	arena_free(arena);
}

static void test_holidays(void)
{
	struct arena *arena = arena_new();
	struct calendar *calendar = october(arena);

	g_assert_cmpint(calendar_holidays(calendar, day(2026, 10, 1), day(2026, 10, 31)), ==, 3);
	g_assert_cmpint(calendar_holidays(calendar, day(2026, 10, 3), day(2026, 10, 3)), ==, 1);
	g_assert_cmpint(calendar_holidays(calendar, day(2026, 10, 4), day(2026, 10, 31)), ==, 0);
	g_assert_cmpint(calendar_holidays(calendar, day(2026, 10, 31), day(2026, 10, 1)), ==, 0);
	arena_free(arena);
}

static void test_years(void)
{
	struct arena *arena = arena_new();
	struct calendar *calendar = october(arena);

	g_assert_true(calendar_has_year(calendar, 2026));
	g_assert_false(calendar_has_year(calendar, 2025));
	g_assert_false(calendar_has_year(calendar, 2027));
	g_assert_false(calendar_has_year(calendar_new(arena), 2026));
	arena_free(arena);
}

static void test_doubled(void)
{
	struct arena *arena = arena_new();
	struct calendar *calendar = october(arena);

	g_assert_false(calendar_add(calendar, day(2026, 10, 4), DAY_WORK));
	g_assert_cmpint(calendar_workdays(calendar, day(2026, 10, 1), day(2026, 10, 31)), ==, 18);
	arena_free(arena);
}

static void test_by_counting(void)
{
	struct arena *arena = arena_new();
	struct calendar *calendar = calendar_new(arena);
	enum day_kind kinds[800];
	bool has[800] = { false };
	int32_t first = day(2026, 1, 1);
	unsigned seed = 7;

	for (int i = 0; i < 300; i++) {
		int32_t at;

		seed = seed * 1103515245u + 12345u;
		at = (int32_t)(seed >> 16) % 800;
		g_assert_cmpint(calendar_add(calendar, first + at, (enum day_kind)(i % 3)), ==, !has[at]);
		if (!has[at])
			kinds[at] = (enum day_kind)(i % 3);
		has[at] = true;
	}
	for (int32_t from = 0; from < 800; from += 13) {
		int32_t count = 0;

		for (int32_t to = from; to < 800; to++) {
			count += has[to] ? kinds[to] == DAY_WORK : date_weekday(first + to) < 5;
			if (calendar_workdays(calendar, first + from, first + to) != count)
				g_error("from %d to %d there are %d working days", (int)from, (int)to, (int)count);
		}
	}
	arena_free(arena);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/value/calendar/working days follow weekdays and exceptions", test_workdays);
	g_test_add_func("/value/calendar/holidays are the statutory days only", test_holidays);
	g_test_add_func("/value/calendar/a year without any row is known as such", test_years);
	g_test_add_func("/value/calendar/a day has one kind", test_doubled);
	g_test_add_func("/value/calendar/working days equal a count day by day", test_by_counting);
	return g_test_run();
}
