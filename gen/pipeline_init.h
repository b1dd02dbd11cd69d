#ifndef SALESPAY_PIPELINE_INIT_H
#define SALESPAY_PIPELINE_INIT_H

#include <stdbool.h>

struct workplace;
struct diag;

/*
 * Copies templates/starter, a company that runs as it is, into the folder
 * options->operands[0], which must be new or empty, and says what to type
 * next. False with an error in diag; what was copied by then is removed.
 */
bool init_company(const struct workplace *place, struct diag *diag);

#endif
