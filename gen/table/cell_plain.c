#include <string.h>

#include "base/text.h"
#include "table/cell_form.h"
#include "value/date.h"

/*
 * The plainest form of each type, which nearly all cells of a large file have,
 * read without looking at every other form first. What these do not know is
 * left to cell.c; what they read, cell.c would read the same.
 */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c)
{
	return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Up to 15 characters: longer digits may have been cut by Excel. */
static bool is_plain_id(const char *text, size_t length)
{
	if (length > 15 || !is_alphanumeric(text[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (!is_alphanumeric(text[i]) && text[i] != '-' && text[i] != '_')
			return false;
	return true;
}

/* Hanzi of U+4000 to U+9FFF have these lead bytes; no white space does. */
static bool is_hanzi_lead(char c)
{
	return (unsigned char)c >= 0xE4 && (unsigned char)c <= 0xE9;
}

/* Begins and ends with a letter, digit or hanzi, and lost no character. */
static bool is_plain_text(const char *text, size_t length)
{
	bool starts = is_alphanumeric(text[0]) || is_hanzi_lead(text[0]);
	bool ends = is_alphanumeric(text[length - 1]) || (length >= 3 && is_hanzi_lead(text[length - 3]));

	/* U+FFFD is EF BF BD, 锟斤拷 holds 9F. */
	return starts && ends && !memchr(text, 0xEF, length) && !memchr(text, 0x9F, length);
}

/* One or two digits at *at. */
static bool take_two(const char **at, const char *end, int *number)
{
	const char *start = *at;

	*number = 0;
	while (*at < end && *at - start < 2 && is_digit(**at))
		*number = *number * 10 + (*(*at)++ - '0');
	return *at > start;
}

/* 2026-10-08, 2026/10/8, 2026.10.8 */
static bool read_plain_date(const char *text, size_t length, int32_t *out)
{
	const char *at = text + 5, *end = text + length;
	int year, month, day;

	if (length < 8 || length > 10 || !strchr("-/.", text[4]))
		return false;
	for (int i = 0; i < 4; i++)
		if (!is_digit(text[i]))
			return false;
	year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
	if (!take_two(&at, end, &month) || at == end || *at++ != text[4] || !take_two(&at, end, &day) || at != end)
		return false;
	return date_from_ymd(year, month, day, out);
}

static const char *find_choice(const struct column *column, const char *text, size_t length)
{
	for (size_t i = 0; i < column->choice_count; i++)
		if (!strncmp(column->choices[i], text, length) && !column->choices[i][length])
			return column->choices[i];
	return NULL;
}

bool cell_plain(const struct column *column, const char *text, size_t length, struct text_pool *pool,
	struct value *out)
{
	enum value_type type = column_value_type(column);
	struct decimal number;
	const char *choice;
	int32_t day;

	switch (column->type) {
	case COLUMN_ID:
	case COLUMN_GRADE:
		if (!is_plain_id(text, length))
			return false;
		*out = value_text(text_intern(pool, text, length));
		out->type = type;
		return true;
	case COLUMN_TEXT:
		if (!is_plain_text(text, length))
			return false;
		*out = value_text(text_intern(pool, text, length));
		return true;
	case COLUMN_NUMBER:
	case COLUMN_MONEY:
		if (!decimal_parse(text, length, &number))
			return false;
		*out = value_number(type, number);
		return true;
	case COLUMN_DATE:
		if (!read_plain_date(text, length, &day))
			return false;
		*out = value_date(day);
		return true;
	case COLUMN_CHOICE:
		choice = find_choice(column, text, length);
		if (choice)
			*out = value_text(text_intern(pool, choice, length));
		return choice != NULL;
	case COLUMN_PERCENT:
	case COLUMN_MONTH:
	case COLUMN_YESNO:
		return false;
	}
	return false;
}
