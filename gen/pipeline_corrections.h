#ifndef SALESPAY_PIPELINE_CORRECTIONS_H
#define SALESPAY_PIPELINE_CORRECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

struct arena;
struct month_run;
struct table;
struct workplace;

/* One row of a month's corrections: what it pays or recovers for an earlier one. */
struct correction_row {
	const char *id, *figure;
	int32_t month; /* that it corrects */
	struct decimal amount;
};
typedef void correction_fn(void *context, const struct correction_row *row);

/* False if the row of a corrections table names no person, month, figure or amount. */
bool correction_read(const struct table *table, size_t row, struct correction_row *out);
/* A month seen from another input folder: the copies in its books. The place is the arena's. */
struct month_run *month_run_of_books(const struct workplace *place, int32_t month, struct arena *arena);
/*
 * Every row of the month's corrections tables. What a sealed or computed month
 * corrected stands in its books, and only for the people whom it paid anything;
 * an open one pays what its folder has now. False if they cannot be read: the
 * reasons are said, or with quiet not. Texts live for the call.
 */
struct corrections_of {
	const struct workplace *place;
	int32_t month;
	bool books, quiet;
};
bool corrections_visit(const struct corrections_of *of, correction_fn *visit, void *context);

#endif
