#ifndef SALESPAY_TABLE_READING_H
#define SALESPAY_TABLE_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "table/header.h"
#include "table/table.h"
#include "table/total.h"

struct csv_row;
struct recall;

/* Inside of table_read_file, shared by table.c and reading.c only: one file's rows on their way into the table. */
struct reading {
	struct table *table;
	const struct table_reader *reader;
	struct table_file *file;
	const char *person; /* interned; stands in the person column where the file has none, or NULL */
	struct header header;
	struct total_sum *sums; /* by column */
	struct recall *recall; /* NULL for a small file */
	size_t *reported; /* by message */
	size_t ignored_room;
	const char *label; /* of the row at hand, if it is a total */
};
/* All rows below the header. Every one becomes used, ignored or rejected. */
void reading_rows(struct reading *reading, const char *text, size_t size);

#endif
