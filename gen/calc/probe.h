#ifndef SALESPAY_CALC_PROBE_H
#define SALESPAY_CALC_PROBE_H

#include <stdbool.h>

#include "policy/formula.h"

/*
 * "What if this part of the formula were that number": lint evaluates an item
 * just below and just above a bound. Wherever a formula says the same as
 * `node`, of this month, it is `value`.
 */
struct probe {
	const struct node *node;
	struct value value;
};

/* Do the two say the same: the same names, literals and functions in the same order? */
bool probe_same(const struct node *a, const struct node *b);

#endif
