#ifndef SALESPAY_BOOKS_OUTLIER_H
#define SALESPAY_BOOKS_OUTLIER_H

#include <stdbool.h>

#include "books/own_past.h"

/*
 * Who earns, sells or is charged something far from their own past. An amount
 * stands out if at least 3 of the last 12 months have a value (0 is none,
 * unless this month is 0 too), this month's is outside all of them, and it
 * differs from their median by more than 5 times the median of their own
 * distances from it, by at least half of the median, and by at least 100.
 * Sales, which go up and down, must also be more than twice the greatest or
 * less than half of the least.
 * Spoken of are people whose pay (totals, net) or sales (facts summed over
 * rows, a line's sum) stand out; figures that look back (a year to date) and
 * a single allowance say nothing alone. One amount a person: the one that
 * differs most, net and the totals only where no other does, so that the cause
 * is named and not what follows from it.
 */
struct outlier {
	size_t person;
	const char *label;
	struct decimal value, usual, low, high; /* usual: the median; low and high: the least and the greatest; two decimals */
	size_t months; /* how many it was held against */
};
struct outliers {
	struct outlier *rows; /* what differs most first, then by id */
	size_t count;
	size_t compared; /* people with at least one amount that has enough of a past */
};
struct outliers outliers_find(const struct own_past *past, const struct results *results, struct arena *arena);

/* The test alone: values: of earlier months, sorted here. out: usual, low, high and months. */
bool outlier_is_far(struct decimal value, struct decimal *values, size_t count, struct outlier *out);

#endif
