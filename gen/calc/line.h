#ifndef SALESPAY_CALC_LINE_H
#define SALESPAY_CALC_LINE_H

#include "calc/eval.h"

/*
 * A figure per row of a table, rounded per row; with split= the whole order's
 * value shared over all rows of its key.
 */
void line_compute(struct calculation *run, const struct step *step);

#endif
