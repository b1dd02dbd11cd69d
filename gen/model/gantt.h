#ifndef SALESPAY_MODEL_GANTT_H
#define SALESPAY_MODEL_GANTT_H

#include "model/chart.h"

/*
 * The rows of a gantt's table as cycles, as they stood at the month's end: what
 * begins later is not there, what ends later is open. Those that ended before
 * the twelve months shown are passed over.
 */
#define GANTT_STAGES 4

struct gantt_cycle {
	const char *customer;
	size_t region; /* of the plan's; 0 if the chart has none */
	size_t stage; /* place among gantt.stages; GANTT_STAGES: another or none */
	int32_t from, to; /* to: the month's end where it is open */
	int32_t order, payment; /* GANTT_NEVER: not yet */
	bool open, lost;
	/* sums by month: what was sold from … to */
	struct decimal amount;
};
#define GANTT_NEVER INT32_MIN

struct gantt {
	bool by_month; /* a cycle is one customer's month with its amount */
	int32_t first, last; /* days shown: the first of a quarter, the month's end */
	struct gantt_cycle *cycles; /* by region, then from (by_month: customer, month), then customer */
	size_t count;
	size_t left_out; /* rows without customer or date */
	const char *stages[GANTT_STAGES];
	size_t stage_count;
	bool has_others; /* some have a stage beyond those */
};
struct gantt gantt_read(struct pen *pen, const struct chart_scope *scope);
/* Has the region a row from before this month, which last month's table had, too? */
bool gantt_region_is_old(const struct model *model, const struct chart_plan *plan, size_t region);
void gantt_list_regions(struct model *model, struct chart_plan *plan);

#endif
