#ifndef SALESPAY_PIPELINE_EXPLAIN_H
#define SALESPAY_PIPELINE_EXPLAIN_H

struct workplace;

/* The messages whose codes are the operands, at length; without operands the list of all. The exit status. */
int explain_codes(const struct workplace *place);

#endif
