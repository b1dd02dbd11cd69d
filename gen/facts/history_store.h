#ifndef SALESPAY_FACTS_HISTORY_STORE_H
#define SALESPAY_FACTS_HISTORY_STORE_H

#include "facts/facts.h"
#include "facts/history.h"

/* The inside of struct history, shared by history.c and history_read.c only. */
struct history_entry {
	bool present;
	struct history_row row;
	const char *path;
	long line;
	const int *fields; /* from 0, -1 none: by ledger column, then unit and grade; NULL in an example */
};
struct history_month {
	struct history_entry *entries; /* one a person; NULL while the month has none */
	bool known; /* there is a ledger of it */
	bool opening; /* opening.csv has rows of it */
};
struct history_lines {
	struct history_line *rows; /* by person, then key, then as read */
	size_t count, room;
};
struct history {
	const struct facts *facts;
	int32_t first; /* INT32_MAX: none */
	int32_t end; /* the month being computed */
	struct history_month *months;
	size_t month_count;
	struct history_lines *lines; /* one a rulebook line */
};
int history_line_compare(const void *a, const void *b);
int history_line_order(const void *a, const void *b);

#endif
