#ifndef SALESPAY_MODEL_HOW_H
#define SALESPAY_MODEL_HOW_H

#include "calc/trace.h"
#include "model/build.h"

/*
 * A recorded trace in sentences of the document's language: one wording for
 * `explain`, a person's page and the second page of their slip. Texts live in
 * the pen's scratch arena.
 */
const char *how_value(struct pen *pen, const struct value *value);
const char *how_number(struct pen *pen, struct decimal number, bool money); /* long fractions cut with an ellipsis */
/* Why a condition is no: "工龄 ≥ 12 不成立:8 ≥ 12". */
const char *how_not(struct pen *pen, const struct trace_node *condition);

/* Each NULL where there is nothing to say. */
const char *how_rounded(struct pen *pen, const struct trace_item *item); /* "833.325 → 833.33  四舍五入到 0.01,进上 0.005" */
const char *how_bounded(struct pen *pen, const struct trace_item *item); /* a kpi that its cap or floor changed; a scorecard at its */
const char *how_left_out(struct pen *pen, const struct trace_item *item); /* does not apply, and why */
/* Of a scorecard that applies: "94.74 × 30% + 95 × 20% − 5", "(…) ÷ 95" where weights are shared out. */
const char *how_weighed(struct pen *pen, const struct trace_item *card);

/* An item of the pen's person, in the arena of their traces; row: of a line's table, else SIZE_MAX. */
const struct trace_item *how_traced(struct pen *pen, size_t person, const struct item *item, size_t row);
/* formula, basis, rounding and reason below node, as far as there is something to say. */
void add_how(struct pen *pen, xmlNode *node, size_t person, const struct trace_item *how);

#endif
