#include "value/calendar.h"

#include <string.h>

#include "base/arena.h"
#include "value/date.h"

struct exception {
	int32_t day;
	enum day_kind kind;
};

struct calendar {
	struct arena *arena;
	struct exception *days; /* ascending */
	size_t count;
	size_t room;
};

struct calendar *calendar_new(struct arena *arena)
{
	struct calendar *calendar = arena_alloc(arena, sizeof(*calendar));

	calendar->arena = arena;
	return calendar;
}

/* The first exception that is not before day. */
static size_t find(const struct calendar *calendar, int32_t day)
{
	size_t low = 0, high = calendar->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (calendar->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool calendar_add(struct calendar *calendar, int32_t day, enum day_kind kind)
{
	size_t at = find(calendar, day);

	if (at < calendar->count && calendar->days[at].day == day)
		return false;
	if (calendar->count == calendar->room) {
		calendar->room = calendar->room ? calendar->room * 2 : 64;
		calendar->days = arena_grow(
			calendar->arena, calendar->days, calendar->count, calendar->room, sizeof(*calendar->days));
	}
	memmove(&calendar->days[at + 1], &calendar->days[at], (calendar->count - at) * sizeof(*calendar->days));
	calendar->days[at] = (struct exception){ day, kind };
	calendar->count++;
	return true;
}

bool calendar_has_year(const struct calendar *calendar, int year)
{
	int32_t first = month_first_day(month_from_ym(year, 1));
	size_t at = find(calendar, first);

	return at < calendar->count && calendar->days[at].day < month_first_day(month_from_ym(year + 1, 1));
}

static bool is_weekday(int32_t day)
{
	return date_weekday(day) < 5;
}

static int32_t weekdays(int32_t from, int32_t to)
{
	int32_t count = (to - from + 1) / 7 * 5;

	for (int32_t rest = (to - from + 1) % 7; rest; rest--)
		count += is_weekday(to - rest + 1);
	return count;
}

int32_t calendar_workdays(const struct calendar *calendar, int32_t from, int32_t to)
{
	int32_t count;

	if (to < from)
		return 0;
	count = weekdays(from, to);
	for (size_t i = find(calendar, from); i < calendar->count && calendar->days[i].day <= to; i++) {
		const struct exception *exception = &calendar->days[i];

		if (exception->kind == DAY_WORK)
			count += !is_weekday(exception->day);
		else
			count -= is_weekday(exception->day);
	}
	return count;
}

int32_t calendar_holidays(const struct calendar *calendar, int32_t from, int32_t to)
{
	int32_t count = 0;

	for (size_t i = find(calendar, from); i < calendar->count && calendar->days[i].day <= to; i++)
		count += calendar->days[i].kind == DAY_STATUTORY;
	return count;
}
