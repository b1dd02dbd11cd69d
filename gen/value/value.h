#ifndef SALESPAY_VALUE_VALUE_H
#define SALESPAY_VALUE_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

/*
 * One typed value. Missing is a state of any type: a blank cell, no row, no
 * history, division by zero. Texts and grade ids are interned in the run's
 * pool, so equal texts have equal pointers (text_intern).
 */
enum value_type {
	VALUE_MONEY,
	VALUE_NUMBER,
	VALUE_PERCENT, /* a number; 5% is 0.05 */
	VALUE_YESNO,
	VALUE_TEXT, /* also ids and choices */
	VALUE_DATE, /* also months: their first day */
	VALUE_GRADE, /* the grade's id */
	VALUE_NONE /* none/空: missing of any type, in formulas only */
};

struct value {
	enum value_type type;
	bool missing;
	bool told; /* of a figure or line that is missing: an error says why already */
	union {
		struct decimal number; /* money, number, percent */
		bool yes;
		int32_t day;
		const char *text; /* text, grade */
	};
};

struct value value_missing(enum value_type type);
struct value value_number(enum value_type type, struct decimal number);
struct value value_yesno(bool yes);
struct value value_text(const char *interned);
struct value value_grade(const char *interned);
struct value value_date(int32_t day);

bool value_type_is_numeric(enum value_type type); /* money, number, percent */
const char *value_type_name(enum value_type type); /* "money" … as in policies */
/* Same type, both missing or both equal. */
bool value_equal(const struct value *a, const struct value *b);

#define VALUE_TEXT_SIZE DECIMAL_TEXT
/*
 * As ledgers write it: money with two decimals, other numbers shortest,
 * yes/no, ISO dates, missing empty, text as it is (then the return value is
 * the text itself, not out).
 */
const char *value_format(const struct value *value, char out[VALUE_TEXT_SIZE]);

#endif
