#include "value/date.h"

#include "base/bug.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 9999

/* Days before a year's 1 March since 0000-03-01: leap days then come last in their year. */
static int32_t days_before_march(int32_t year)
{
	return year * 365 + year / 4 - year / 100 + year / 400;
}

/* 0000-03-01 lies that many days before 1970-01-01. */
#define EPOCH 719468

static int32_t day_of(int year, int month, int day)
{
	int32_t march_year = month <= 2 ? year - 1 : year;
	int32_t march_month = month <= 2 ? month + 9 : month - 3;

	/* 153 days are five months of 31, 30, 31, 30, 31 days. */
	return days_before_march(march_year) + (153 * march_month + 2) / 5 + day - 1 - EPOCH;
}

bool date_from_ymd(int year, int month, int day, int32_t *out)
{
	if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1)
		return false;
	if (day > month_last_day(month_from_ym(year, month)) - day_of(year, month, 1) + 1)
		return false;
	*out = day_of(year, month, day);
	return true;
}

void date_to_ymd(int32_t day, int *year, int *month, int *day_of_month)
{
	int32_t since = day + EPOCH;
	int32_t march_year = (int32_t)(((int64_t)since * 400 + 146096) / 146097);
	int32_t day_of_year, march_month;

	while (days_before_march(march_year) > since)
		march_year--;
	day_of_year = since - days_before_march(march_year);
	march_month = (5 * day_of_year + 2) / 153;
	*day_of_month = day_of_year - (153 * march_month + 2) / 5 + 1;
	*month = march_month < 10 ? march_month + 3 : march_month - 9;
	*year = march_year + (*month <= 2);
}

bool date_in_range(int64_t day)
{
	return day >= day_of(FIRST_YEAR, 1, 1) && day <= day_of(LAST_YEAR, 12, 31);
}

int date_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday. */
	int32_t weekday = (day + 3) % 7;

	return weekday < 0 ? weekday + 7 : weekday;
}

int32_t month_from_ym(int year, int month)
{
	return year * 12 + month - 1;
}

int32_t month_of_date(int32_t day)
{
	int year, month, day_of_month;

	date_to_ymd(day, &year, &month, &day_of_month);
	return month_from_ym(year, month);
}

int32_t month_first_day(int32_t month)
{
	return day_of(month_year(month), month_number(month), 1);
}

int32_t month_last_day(int32_t month)
{
	return month_first_day(month + 1) - 1;
}

int month_year(int32_t month)
{
	return month / 12;
}

int month_number(int32_t month)
{
	return month % 12 + 1;
}

int32_t date_add_months(int32_t day, int32_t months)
{
	int year, month, day_of_month;
	int32_t to, first, last;

	date_to_ymd(day, &year, &month, &day_of_month);
	to = month_from_ym(year, month) + months;
	first = month_first_day(to);
	last = month_last_day(to);
	return first + day_of_month - 1 < last ? first + day_of_month - 1 : last;
}

int32_t date_months_between(int32_t a, int32_t b)
{
	int32_t months;

	if (b < a)
		return 0;
	months = month_of_date(b) - month_of_date(a);
	return date_add_months(a, months) > b ? months - 1 : months;
}

/* Exactly `count` digits. */
static bool parse_digits(const char *text, int count, int *out)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*out = value;
	return true;
}

bool month_parse(const char *text, size_t length, int32_t *out)
{
	int year, month;

	if (length != 7 || text[4] != '-' || !parse_digits(text, 4, &year) || !parse_digits(text + 5, 2, &month))
		return false;
	if (year < FIRST_YEAR || month < 1 || month > 12)
		return false;
	*out = month_from_ym(year, month);
	return true;
}

bool date_parse(const char *text, size_t length, int32_t *out)
{
	int year, month, day;

	return length == 10 && text[4] == '-' && text[7] == '-' && parse_digits(text, 4, &year) &&
	       parse_digits(text + 5, 2, &month) && parse_digits(text + 8, 2, &day) &&
	       date_from_ymd(year, month, day, out);
}

static char *write_digits(char *out, int count, int value)
{
	for (int i = count - 1; i >= 0; i--) {
		out[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + count;
}

char *month_format(int32_t month, char out[8])
{
	char *to = out;

	if (month < 0 || month_year(month) > LAST_YEAR)
		bug("month %d is out of range", (int)month);
	to = write_digits(to, 4, month_year(month));
	*to++ = '-';
	to = write_digits(to, 2, month_number(month));
	*to = '\0';
	return out;
}

char *date_format(int32_t day, char out[11])
{
	int year, month, day_of_month;
	char *to = out;

	date_to_ymd(day, &year, &month, &day_of_month);
	if (year < 0 || year > LAST_YEAR)
		bug("day %d is out of range", (int)day);
	to = write_digits(to, 4, year);
	*to++ = '-';
	to = write_digits(to, 2, month);
	*to++ = '-';
	to = write_digits(to, 2, day_of_month);
	*to = '\0';
	return out;
}
