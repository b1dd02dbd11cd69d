#ifndef SALESPAY_PIPELINE_TOTALS_H
#define SALESPAY_PIPELINE_TOTALS_H

#include <libxml/tree.h>

#include "books/control.h"

/*
 * What one managers' unit document says, counted in the document itself, from
 * which its slips are drawn. `units` is the net that its payroll shows for the
 * unit and all below it.
 */
void totals_read(const xmlNode *root, struct control_documents *out);

#endif
