#ifndef SALESPAY_FACTS_HISTORY_READ_H
#define SALESPAY_FACTS_HISTORY_READ_H

#include "facts/facts.h"
#include "facts/history.h"

/* From records/MONTH/ledger.csv and lines-NAME.csv, opening.csv and opening-lines-NAME.csv. Nothing is read where no formula looks back. */
struct history *history_read(const struct facts *facts, const char *input, const char *records, struct diag *diag);

/* An empty one of the months of an example, to be filled row by row. */
struct history *history_new(const struct facts *facts, int32_t first, int32_t end);
struct history_row *history_add(struct history *history, size_t person, int32_t month, const char *path, long line);
/* Which field of its line is what: history_store.h. */
void history_fields(struct history *history, size_t person, int32_t month, const int *fields);

#endif
