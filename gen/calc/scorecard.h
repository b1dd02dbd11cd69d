#ifndef SALESPAY_CALC_SCORECARD_H
#define SALESPAY_CALC_SCORECARD_H

#include "calc/eval.h"

/*
 * Σ weight × kpi ÷ 100 over the kpis that apply, then the adjustments, then
 * floor and cap (contract, 5.1). The weights that apply must add up to 100.
 */
struct value scorecard_value(struct eval *eval, const struct item *scorecard);

/* A kpi within its own floor and cap. */
struct value kpi_bound(const struct item *kpi, struct value value);

#endif
