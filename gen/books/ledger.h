#ifndef SALESPAY_BOOKS_LEDGER_H
#define SALESPAY_BOOKS_LEDGER_H

#include <stdbool.h>

#include "calc/results.h"

struct diag;

/*
 * The month's books as CSV (contract, section 7): UTF-8, LF, RFC 4180 with
 * quotes only where needed, one row a person sorted by id, grades as ids,
 * missing empty. People who are excluded have no row.
 */
bool ledger_write(const struct results *results, const char *path, struct diag *diag);
/* lines-NAME.csv: id,key,file line,value, by id, then as the file has the rows. */
bool lines_write(const struct results *results, size_t line, const char *path, struct diag *diag);
bool movements_write(const struct results *results, const char *path, struct diag *diag);

/* The line's name, the same in all schemes. */
const char *line_name(const struct rulebook *rulebook, size_t line);

#endif
