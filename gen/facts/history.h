#ifndef SALESPAY_FACTS_HISTORY_H
#define SALESPAY_FACTS_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/company.h"

/*
 * Earlier months' ledger rows of the people of this month: only the columns
 * that some formula looks back to, and unit and grade. Months come from
 * records/MONTH/ledger.csv, else from opening.csv; a month before the first of
 * either is simply no row, a hole after it is an error.
 */
struct history;

struct history_row {
	const char *grade; /* id or NULL */
	const char *unit; /* as the ledger has it, or NULL */
	const struct value *values; /* rulebook->history_count of them, by ledger_column.history */
};
/* NULL if the person has no row in that month. */
const struct history_row *history_row(const struct history *history, size_t person, int32_t month);
/* The first month of which there is any ledger; INT32_MAX if none. */
int32_t history_first_month(const struct history *history);
/* One value of an earlier month's line, with the file and line it stands on. */
struct history_line {
	size_t person;
	const char *key;
	struct decimal value;
	const char *path;
	long at;
};
/* A line's values for this person and key (interned) in all earlier months, next to one another; how many. */
size_t history_line_entries(const struct history *history, size_t line, size_t person, const char *key,
	const struct history_line **first);
/* Where a month's row came from, for explanations: file, line and field. column: of the ledger, or one of these. */
#define HISTORY_UNIT (SIZE_MAX - 1)
#define HISTORY_GRADE (SIZE_MAX - 2)
struct place history_place(const struct history *history, size_t person, int32_t month, size_t column);

#endif
