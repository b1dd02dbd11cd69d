#ifndef SALESPAY_POLICY_RANGE_H
#define SALESPAY_POLICY_RANGE_H

#include <stdbool.h>

#include "policy/formula.h"

/*
 * Between what numbers a part of a formula can lie, from what the policy
 * alone says: min and max of columns, caps and floors, literals, parameters,
 * grade sets, tables of numbers. Never narrower than the truth: where nothing
 * is known there is no bound.
 */
struct range {
	bool has_low, has_high;
	struct decimal low, high;
};
struct range range_of(const struct node *node, const struct policy *policy);

#endif
