#ifndef SALESPAY_CALC_EXAMPLE_H
#define SALESPAY_CALC_EXAMPLE_H

#include "calc/calculation.h"

/*
 * A policy's examples, run one by one. seen (may be NULL) is called after
 * each: what it needed is marked by place in the policy, and all it was
 * computed from is gone when seen returns.
 */
typedef void example_fn(struct calculation *run, const struct example *example, const bool *needed, void *context);
struct examples_input {
	const struct company *company; /* decides pay dates; NULL: the month's last day */
	const struct calendar *calendar;
	example_fn *seen;
	void *context;
};
bool examples_run(struct policy *policy, const struct examples_input *input, struct text_pool *pool, struct diag *diag);

#endif
