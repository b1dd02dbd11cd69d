#ifndef SALESPAY_CALC_TRACER_H
#define SALESPAY_CALC_TRACER_H

#include "calc/eval.h"
#include "calc/trace.h"

/*
 * The evaluator's side of a trace. An eval with a tracer records what it
 * evaluates; without one these do nothing. A shallow tracer is put away while
 * an aggregate is evaluated, so caches over other people stay in use.
 */
struct tracer {
	struct trace *trace;
	struct arena *arena;
	struct trace_node *current; /* whose children are being recorded */
	const struct formula *formula;
	size_t person; /* asked about */
	bool deep;
};

/* NULL without tracer; else must be ended. */
struct trace_node *tracer_begin(const struct eval *eval, enum trace_kind kind);
void tracer_end(const struct eval *eval, struct trace_node *begun, struct value value);
struct value tracer_node(struct eval *eval, const struct node *node);

/* What the node under way was read from. */
void tracer_cell(const struct eval *eval, const struct table *table, size_t row, const struct column *column);
/* The node under way is this row of a line: traced as an item of its own. */
void tracer_line(const struct eval *eval, const struct item *line, size_t row);
void tracer_place(const struct eval *eval, struct place place, const struct grade *grade, size_t index);

#endif
