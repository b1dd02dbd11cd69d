#ifndef SALESPAY_BOOKS_AGAINST_COLUMNS_H
#define SALESPAY_BOOKS_AGAINST_COLUMNS_H

#include "books/against.h"
#include "table/table.h"

struct csv_sheet;

/* What a spreadsheet may call its columns: id and name of the staff table, and the ledger's figures. */
struct against_columns {
	const struct against_input *input;
	const struct csv_sheet *ledger;
	struct table_spec spec; /* first the id, then the name if has_name, then figures */
	size_t *fields; /* of the ledger, by column of the spec */
	bool has_name;
	const struct table *map; /* NULL: none */
};
bool against_columns_build(struct against_columns *columns, const struct against_input *input,
	const struct csv_sheet *ledger);
/* Leaves only those that the file has, so that nothing is said of the others. */
void against_columns_keep(struct against_columns *columns, const struct table_file *file);
/* Rows of the map that the file gives no use. */
void against_columns_check(const struct against_columns *columns, const struct table_file *file);

#endif
