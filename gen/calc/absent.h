#ifndef SALESPAY_CALC_ABSENT_H
#define SALESPAY_CALC_ABSENT_H

#include "calc/calculation.h"

/*
 * People without a row where their policy wants one: a table that is required,
 * of one row a person, and read by a formula of the person's own policy. A
 * warning at the staff row, but where the error has been reported already
 * (absent_told). After everything is computed.
 */
void absent_told(struct calculation *run, size_t person, const struct table *table);
void absent_report(struct calculation *run);

#endif
