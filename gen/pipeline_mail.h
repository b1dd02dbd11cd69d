#ifndef SALESPAY_PIPELINE_MAIL_H
#define SALESPAY_PIPELINE_MAIL_H

struct workplace;

/* salespay mail: a sealed month's slips to their people. The exit status. */
int mail_month(const struct workplace *place);

#endif
