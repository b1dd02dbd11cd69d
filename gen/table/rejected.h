#ifndef SALESPAY_TABLE_REJECTED_H
#define SALESPAY_TABLE_REJECTED_H

#include "table/table.h"

struct csv_row;

/*
 * Rows that were rejected for one of their cells: what is wrong with the
 * others (an unknown person, a doubled key) is to be said in the same pass.
 * Wrong cells stand in table->rejected as missing. The first 2,000 are kept.
 */
void rejected_add(struct table *table, const struct value *cells, const struct csv_row *row);
/* After all files: the files may have moved meanwhile. */
void rejected_finish(struct table *table);

#endif
