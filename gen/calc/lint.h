#ifndef SALESPAY_CALC_LINT_H
#define SALESPAY_CALC_LINT_H

#include "calc/results.h"
#include "policy/lint.h"

/*
 * The part of lint that needs figures: the examples are run, and from them
 * it is told which tiers, rates and conditions none of them tries
 * (lint_cover.c), and what is at stake where a figure jumps (lint_jump.c).
 */
struct jumps;
struct jumps *jumps_new(struct arena *arena);
void jumps_free(struct jumps *jumps); /* NULL is fine */
/* Tells each jump once, with the example in which most is at stake. After all policies. */
void jumps_report(struct jumps *jumps, struct diag *diag);

struct lint_input {
	struct policy *policy;
	const struct company *company; /* or NULL */
	const struct calendar *calendar;
	struct text_pool *pool;
	struct lint *lint;
	struct jumps *jumps;
	struct diag *diag;
};
/* False if an example fails, as calc_examples. */
bool calc_lint(const struct lint_input *input);

#endif
