#ifndef SALESPAY_MODEL_PAY_H
#define SALESPAY_MODEL_PAY_H

#include "model/build.h"

/* What a person's pay is written from: shared by pay.c and pay_change.c alone. */
struct totals {
	struct decimal now, last, year;
	bool has_last;
};

/* Last month's value of a ledger column; NULL if the person was not there. */
const struct value *pay_last(const struct model *model, size_t person, size_t column);
/* The person's figure of that section; NULL if their regulation has none in the column. */
const struct item *pay_item(const struct model *model, size_t person, size_t column, enum section section);
/*
 * A line of another scheme's regulation that this person had earlier in the
 * year: nothing this month, but the year to date is not complete without it.
 */
const struct item *pay_former(const struct model *model, size_t person, size_t column, enum section section);
struct totals pay_totals(const struct model *model, size_t person, enum section section);
void pay_add_change(struct pen *pen, xmlNode *pay, size_t person);

#endif
