#ifndef SALESPAY_CALC_SCORECARD_H
#define SALESPAY_CALC_SCORECARD_H

#include "calc/eval.h"

/*
 * Σ weight × kpi ÷ 100 over the kpis that apply, then the adjustments, then
 * floor and cap (contract, 5.1). The weights that apply must add up to 100.
 */
struct value scorecard_value(struct eval *eval, const struct item *scorecard);

/* Does the kpi's weight count for the eval's person? It applies, and if it has no value the card takes that for 0. */
bool scorecard_counts(struct eval *eval, const struct item *kpi);
/* Σ of the weights that count: what Σ weight × kpi is divided by. */
struct decimal scorecard_weights(struct eval *eval, const struct item *scorecard);

/* A kpi within its own floor and cap. */
struct value kpi_bound(const struct item *kpi, struct value value);

#endif
