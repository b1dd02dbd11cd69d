#ifndef SALESPAY_BOOKS_OWN_PAST_H
#define SALESPAY_BOOKS_OWN_PAST_H

#include <stdbool.h>

#include "calc/results.h"

/*
 * What each person's amounts were in the twelve months before: the money
 * figures of facts, earnings, deductions and net, the totals over them, and
 * the sum of each line. For telling what is far from a person's own past
 * (books/outlier.h), and as short-lived as that: twelve decimals a person and
 * amount, given back by own_past_free.
 */
#define PAST_MONTHS 12

struct own_past_amount {
	const char *name;
	size_t column; /* of the ledger; SIZE_MAX: a line's sum */
	size_t line; /* among the rulebook's lines; SIZE_MAX: a figure */
};
struct own_past_values {
	const struct decimal *values; /* those that are not 0, in no order */
	size_t count;
	size_t zeros; /* months in which it was 0 */
};
struct own_past;

struct own_past *own_past_new(const struct results *results);
void own_past_free(struct own_past *past); /* NULL is fine */

/* The ledger value of an earlier month. Other columns and what is missing are passed over. */
void own_past_add(struct own_past *past, size_t person, size_t column, const struct value *value);
/* Lines of a month in the books. What cannot be read is left out: the report does without. */
void own_past_read_lines(struct own_past *past, const char *records, int32_t month);
/* opening.csv, for the months that have no ledger in the books; left out likewise. Its lines are not: they may be only the open orders. */
void own_past_read_opening(struct own_past *past, const char *input, const char *records);

size_t own_past_count(const struct own_past *past);
const struct own_past_amount *own_past_amount(const struct own_past *past, size_t index);
struct own_past_values own_past_values(const struct own_past *past, size_t person, size_t index);

#endif
