#ifndef SALESPAY_TABLE_LOST_H
#define SALESPAY_TABLE_LOST_H

#include "table/table.h"

struct csv_row;
struct header;

/*
 * The keys of rejected rows, so that one wrong cell in the staff table is one
 * message and not one more for every row elsewhere that names the person.
 */
struct table_lost *lost_new(struct arena *arena);
/* The row's key cells are read as far as they can be; if they cannot, the table may hold any key. */
void lost_add_row(struct table *table, const struct csv_row *row, const struct header *header,
	const struct table_reader *reader);
void lost_add_all(struct table *table); /* a file could not be read */
void lost_sort(struct table *table);

#endif
