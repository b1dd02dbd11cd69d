#ifndef SALESPAY_PIPELINE_TOTALS_H
#define SALESPAY_PIPELINE_TOTALS_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "books/control.h"

/*
 * What one managers' unit document says, counted in the document itself, from
 * which its slips are drawn. topmost: the first sheet of a unit that is below
 * no other, whose payroll counts for all below it.
 */
void totals_read(const xmlNode *root, bool topmost, struct control_documents *out);

#endif
