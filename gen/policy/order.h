#ifndef SALESPAY_POLICY_ORDER_H
#define SALESPAY_POLICY_ORDER_H

#include <stdbool.h>

#include "policy/company.h"

/*
 * The order of evaluation: every item of every scheme behind all it reads of
 * this month, otherwise as the policies are written; checks last. Needs the
 * rulebook's columns and lines. False after a circle was reported, with its
 * members and their places.
 */
bool order_build(struct rulebook *rulebook, struct arena *arena, struct diag *diag);

#endif
