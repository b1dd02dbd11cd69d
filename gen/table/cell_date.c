#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "table/cell_form.h"
#include "value/date.h"

/* Days that Excel counts from 1899-12-30, over the years a payroll meets (2000-01-01 to 2099-12-31). */
#define SERIAL_FIRST 36526
#define SERIAL_LAST 73050
#define SERIAL_EPOCH 25569 /* 1970-01-01 */

static const char *const weekdays[] = { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" };

/* Up to three numbers with what stands between and behind them. */
struct date_parts {
	int number[3];
	int digits[3];
	size_t count;
	const char *rest; /* behind the date: weekday, time of day */
};

struct date_marks {
	const char *after[3]; /* behind year, month and day; NULL: nothing */
};
static const struct date_marks mark_sets[] = {
	{ { "-", "-", NULL } }, { { "/", "/", NULL } }, { { ".", ".", NULL } },
	{ { "年", "月", "日" } }, { { "年", "月", "号" } },
};

static bool take(const char **at, const char *mark)
{
	size_t size = strlen(mark);

	if (strncmp(*at, mark, size) != 0)
		return false;
	*at += size;
	return true;
}

static const char *skip_spaces(const char *at)
{
	return at + strspn(at, " ");
}

static bool take_number(const char **at, struct date_parts *parts)
{
	size_t digits = strspn(*at, "0123456789");
	int number = 0;

	if (!digits || digits > 8)
		return false;
	for (size_t i = 0; i < digits; i++)
		number = number * 10 + ((*at)[i] - '0');
	parts->number[parts->count] = number;
	parts->digits[parts->count] = (int)digits;
	parts->count++;
	*at += digits;
	return true;
}

/* Numbers parted by one set of marks; a set that does not fit leaves fewer than two. */
static void split_by(const struct date_marks *marks, const char *text, struct date_parts *parts)
{
	bool words = marks->after[2] != NULL;

	parts->count = 0;
	parts->rest = text;
	while (parts->count < 3) {
		const char *at = parts->count && words ? skip_spaces(parts->rest) : parts->rest, *mark;

		if (!take_number(&at, parts))
			return;
		mark = marks->after[parts->count - 1];
		parts->rest = at;
		if (!mark)
			return;
		at = words ? skip_spaces(at) : at;
		if (!take(&at, mark) || (!words && !strspn(at, "0123456789")))
			return;
		parts->rest = at;
	}
}

static struct date_parts split(const char *text)
{
	struct date_parts best = { .rest = text }, parts;

	for (size_t i = 0; i < sizeof(mark_sets) / sizeof(*mark_sets); i++) {
		split_by(&mark_sets[i], text, &parts);
		if (parts.count > best.count || (parts.count == best.count && parts.rest > best.rest))
			best = parts;
	}
	return best;
}

/* "10:30", "10:30:00.000": what systems add to a day. */
static bool take_time(const char **at)
{
	size_t hour = strspn(*at, "0123456789"), minute;

	if (hour < 1 || hour > 2 || (*at)[hour] != ':')
		return false;
	minute = strspn(*at + hour + 1, "0123456789");
	if (minute != 2)
		return false;
	*at += hour + 1 + minute;
	if (take(at, ":"))
		*at += strspn(*at, "0123456789.");
	take(at, "Z");
	return true;
}

/* 星期日, 周日, 星期天, also in brackets. */
static bool take_weekday(const char **at, int *weekday)
{
	static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日", "天" };
	const char *next = *at;
	bool bracket = take(&next, "(");

	if (!take(&next, "星期") && !take(&next, "周") && !take(&next, "礼拜"))
		return false;
	for (int i = 0; i < 8; i++)
		if (take(&next, days[i])) {
			*weekday = i < 7 ? i : 6;
			if (bracket && !take(&next, ")"))
				return false;
			*at = next;
			return true;
		}
	return false;
}

/* What may stand behind a day. *weekday is -1 if none is named. */
static bool read_rest(const char *rest, int *weekday)
{
	bool time = false;

	*weekday = -1;
	for (rest = skip_spaces(rest); *rest; rest = skip_spaces(rest)) {
		if (*weekday < 0 && take_weekday(&rest, weekday))
			continue;
		take(&rest, "T");
		if (time || !take_time(&rest))
			return false;
		time = true;
	}
	return true;
}

static bool reject_day(struct cell_form *form, int year, int month)
{
	char last[11];

	if (month < 1 || month > 12) {
		snprintf(last, sizeof(last), "%d", month % 10000);
		return cell_reject(form, MSG_DATE_NO_SUCH_MONTH, last, NULL);
	}
	if (year < 1900 || year > 9999)
		return cell_reject(form, MSG_BAD_DATE, NULL, NULL);
	date_format(month_last_day(month_from_ym(year, month)), last);
	return cell_reject(form, MSG_DATE_IMPOSSIBLE, last, NULL);
}

static bool accept_day(struct cell_form *form, const int ymd[3], int weekday, struct value *out)
{
	int32_t day;

	if (!date_from_ymd(ymd[0], ymd[1], ymd[2], &day))
		return reject_day(form, ymd[0], ymd[1]);
	if (weekday >= 0 && weekday != date_weekday(day))
		return cell_reject(form, MSG_DATE_WEEKDAY, weekdays[date_weekday(day)], NULL);
	*out = value_date(day);
	return true;
}

/* 10/8/26: every order of its numbers that gives a day. */
static bool reject_ambiguous(struct cell_form *form, const struct date_parts *parts)
{
	static const int orders[][3] = { { 0, 1, 2 }, { 2, 0, 1 }, { 2, 1, 0 } };
	char readings[64] = "", day_text[11];
	size_t length = 0;
	int32_t day;

	for (size_t i = 0; i < 3; i++) {
		int year = parts->number[orders[i][0]];

		if (year < 100)
			year += 2000;
		if (!date_from_ymd(year, parts->number[orders[i][1]], parts->number[orders[i][2]], &day))
			continue;
		date_format(day, day_text);
		if (strstr(readings, day_text))
			continue;
		length += (size_t)snprintf(readings + length, sizeof(readings) - length, "%s%s", length ? " / " : "", day_text);
	}
	return *readings ? cell_reject(form, MSG_DATE_AMBIGUOUS, readings, NULL) :
			   cell_reject(form, MSG_BAD_DATE, NULL, NULL);
}

static bool accept_serial(struct cell_form *form, int serial, struct value *out)
{
	char text[11];

	*out = value_date(serial - SERIAL_EPOCH);
	date_format(out->day, text);
	cell_reject(form, MSG_DATE_SERIAL, text, NULL);
	return true;
}

static bool reject_date(struct cell_form *form, enum message otherwise)
{
	char letters[CELL_PLAIN];

	if (cell_mend_letters(form, letters) && split(letters).count == 3)
		return cell_reject(form, MSG_LETTER_FOR_DIGIT, letters, NULL);
	return cell_reject(form, otherwise, NULL, NULL);
}

/* Is the text "10月8日" or "10月"? Then split() finds no year in it. */
static bool lacks_year(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return digits >= 1 && digits <= 2 && !strncmp(skip_spaces(text + digits), "月", strlen("月"));
}

static bool is_serial(const struct date_parts *parts)
{
	return parts->count == 1 && parts->digits[0] == 5 && parts->number[0] >= SERIAL_FIRST &&
	       parts->number[0] <= SERIAL_LAST && !*parts->rest;
}

/* 20261008 as year, month and day. */
static bool is_compact(const struct date_parts *parts, int ymd[3])
{
	if (parts->count != 1 || parts->digits[0] != 8)
		return false;
	ymd[0] = parts->number[0] / 10000;
	ymd[1] = parts->number[0] / 100 % 100;
	ymd[2] = parts->number[0] % 100;
	return true;
}

bool cell_date(struct cell_form *form, struct value *out)
{
	struct date_parts parts = split(form->text);
	int weekday, compact[3];

	if (lacks_year(form->text))
		return cell_reject(form, MSG_DATE_WITHOUT_YEAR, NULL, NULL);
	if (!parts.count || !read_rest(parts.rest, &weekday))
		return reject_date(form, MSG_BAD_DATE);
	if (is_compact(&parts, compact))
		return accept_day(form, compact, weekday, out);
	if (is_serial(&parts))
		return accept_serial(form, parts.number[0], out);
	if (parts.count == 3 && parts.digits[1] <= 2 && parts.digits[2] <= 2 && parts.digits[0] == 4)
		return accept_day(form, parts.number, weekday, out);
	if (parts.count == 3 && parts.digits[0] <= 2 && parts.digits[1] <= 2)
		return reject_ambiguous(form, &parts);
	if (parts.count == 2 && parts.digits[0] == 4)
		return cell_reject(form, MSG_DATE_WITHOUT_DAY, NULL, NULL);
	if (parts.count == 2 && parts.digits[0] <= 2 && parts.digits[1] <= 2)
		return cell_reject(form, MSG_DATE_WITHOUT_YEAR, NULL, NULL);
	return reject_date(form, MSG_BAD_DATE);
}

static bool accept_month(struct cell_form *form, int year, int month, struct value *out)
{
	int32_t day;

	if (!date_from_ymd(year, month, 1, &day))
		return year >= 1900 && year <= 9999 ? reject_day(form, year, month) :
						      cell_reject(form, MSG_BAD_MONTH, NULL, NULL);
	*out = value_date(day);
	return true;
}

/* A day where a month is wanted: Excel turns 2026-10 into 2026/10/1, which is meant as the month. */
static bool month_from_day(struct cell_form *form, struct value *out)
{
	char first[11];

	if (!cell_date(form, out))
		return false;
	date_format(out->day, first);
	if (first[8] == '0' && first[9] == '1')
		return true;
	first[7] = '\0';
	return cell_reject(form, MSG_MONTH_WITH_DAY, first, NULL);
}

bool cell_month(struct cell_form *form, struct value *out)
{
	struct date_parts parts = split(form->text);
	bool ends = !*skip_spaces(parts.rest);

	if (ends && parts.count == 1 && parts.digits[0] == 6)
		return accept_month(form, parts.number[0] / 100, parts.number[0] % 100, out);
	if (ends && parts.count == 2 && parts.digits[0] == 4 && parts.digits[1] <= 2)
		return accept_month(form, parts.number[0], parts.number[1], out);
	if (parts.count == 3 || (parts.count == 1 && parts.digits[0] == 8) || is_serial(&parts))
		return month_from_day(form, out);
	if (lacks_year(form->text) || (ends && parts.count == 1 && parts.digits[0] <= 2))
		return cell_reject(form, MSG_MONTH_WITHOUT_YEAR, NULL, NULL);
	return reject_date(form, MSG_BAD_MONTH);
}
