#ifndef SALESPAY_CALC_LINT_PARTS_H
#define SALESPAY_CALC_LINT_PARTS_H

#include "calc/example.h"
#include "calc/lint.h"

/* The parts of calc_lint, called after each example. */
struct cover;
struct cover *cover_new(struct arena *arena);
void cover_example(struct cover *cover, struct calculation *run, const struct policy *policy, const bool *needed);
/* What the policy has, and whether an example came by. */
void cover_note(struct cover *cover, struct lint *lint, const struct policy *policy);

void jumps_example(struct jumps *jumps, struct calculation *run, const struct policy *policy, const struct example *example,
	const bool *needed);

#endif
