#ifndef SALESPAY_CALC_LINT_LEAN_H
#define SALESPAY_CALC_LINT_LEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/formula.h"

/*
 * Which way an item leans: is more of it better for the person (what is paid,
 * scores, and what they are added up and multiplied from) or worse (what is
 * deducted), as far as signs and sections tell.
 */
struct leaning;
struct leaning *leaning_new(const struct policy *policy, struct arena *arena);
/* The item's place in the policy; policy->item_count if it has none there. */
size_t leaning_place(const struct leaning *leaning, const struct item *item);
/* The item changes (up: it grows) where x grows: does more earn less? */
bool leaning_falls(const struct leaning *leaning, const struct item *item, const struct node *x, bool up);

#endif
