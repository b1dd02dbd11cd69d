#include "value/value.h"

#include <stddef.h>

#include "value/date.h"

struct value value_missing(enum value_type type)
{
	return (struct value){ .type = type, .missing = true };
}

struct value value_number(enum value_type type, struct decimal number)
{
	return (struct value){ .type = type, .number = number };
}

struct value value_yesno(bool yes)
{
	return (struct value){ .type = VALUE_YESNO, .yes = yes };
}

struct value value_text(const char *interned)
{
	return (struct value){ .type = VALUE_TEXT, .text = interned };
}

struct value value_grade(const char *interned)
{
	return (struct value){ .type = VALUE_GRADE, .text = interned };
}

struct value value_date(int32_t day)
{
	return (struct value){ .type = VALUE_DATE, .day = day };
}

bool value_type_is_numeric(enum value_type type)
{
	return type == VALUE_MONEY || type == VALUE_NUMBER || type == VALUE_PERCENT;
}

const char *value_type_name(enum value_type type)
{
	static const char *const names[] = {
		[VALUE_MONEY] = "money", [VALUE_NUMBER] = "number", [VALUE_PERCENT] = "percent",
		[VALUE_YESNO] = "yesno", [VALUE_TEXT] = "text", [VALUE_DATE] = "date",
		[VALUE_GRADE] = "grade", [VALUE_NONE] = "none",
	};

	return names[type];
}

bool value_equal(const struct value *a, const struct value *b)
{
	if (a->type != b->type || a->missing != b->missing)
		return false;
	if (a->missing)
		return true;
	switch (a->type) {
	case VALUE_MONEY:
	case VALUE_NUMBER:
	case VALUE_PERCENT:
		return decimal_compare(a->number, b->number) == 0;
	case VALUE_YESNO:
		return a->yes == b->yes;
	case VALUE_DATE:
		return a->day == b->day;
	case VALUE_TEXT:
	case VALUE_GRADE:
		return a->text == b->text;
	case VALUE_NONE:
		break;
	}
	return true;
}

const char *value_format(const struct value *value, char out[VALUE_TEXT_SIZE])
{
	out[0] = '\0';
	if (value->missing)
		return out;
	switch (value->type) {
	case VALUE_MONEY:
		/* A unit price may have more than two: then all of them. */
		if (decimal_places(value->number) <= 2 && decimal_in_range(value->number))
			return decimal_format_places(value->number, 2, out);
		return decimal_format(value->number, out);
	case VALUE_NUMBER:
	case VALUE_PERCENT:
		return decimal_format(value->number, out);
	case VALUE_YESNO:
		return value->yes ? "yes" : "no";
	case VALUE_DATE:
		return date_format(value->day, out);
	case VALUE_TEXT:
	case VALUE_GRADE:
		return value->text;
	case VALUE_NONE:
		break;
	}
	return out;
}
