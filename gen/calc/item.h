#ifndef SALESPAY_CALC_ITEM_H
#define SALESPAY_CALC_ITEM_H

#include "calc/eval.h"

/* One step of the order of evaluation over all people it concerns. */
void item_compute(struct calculation *run, const struct step *step);

/* The value of a figure, total, scorecard, kpi or adjustment for the eval's person, rounded. */
struct value item_value(struct eval *eval, const struct item *item);

/* Value to the item's type, cut to 30 digits and rounded as the item says. */
struct value item_round(const struct item *item, struct value value);
/* What a figure is when it does not apply: 0, no, else missing. */
struct value item_without(const struct item *item);

/*
 * Why a value is missing, as a chain a clerk can follow: "应发合计 ← 基本工资 ←
 * 考勤.出勤天数". In the arena. no_row: the table at the chain's end, if the
 * person has no row in it; else NULL.
 */
const char *item_cause(struct eval *eval, const struct item *item, const struct table **no_row);
/* Reports that the person has no row in the table, which their pay or score needs. */
void item_no_row(struct eval *eval, const struct table *table);

#endif
