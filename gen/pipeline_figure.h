#ifndef SALESPAY_PIPELINE_FIGURE_H
#define SALESPAY_PIPELINE_FIGURE_H

struct workplace;

/* salespay explain MONTH PERSON [FIGURE [KEY]]: how a figure of the books came about. The exit status. */
int explain_figure(const struct workplace *place);

#endif
