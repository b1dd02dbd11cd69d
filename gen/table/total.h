#ifndef SALESPAY_TABLE_TOTAL_H
#define SALESPAY_TABLE_TOTAL_H

#include <stdbool.h>
#include <stddef.h>

#include "table/header.h"
#include "table/spec.h"

struct csv_row;

/*
 * Rows that are no data: totals, whose sums are checked against the rows
 * above (小计 against those since the total row before it, 合计 and 总计
 * against all), and the signature lines at a table's foot.
 */
enum total_kind { TOTAL_NONE, TOTAL_PART, TOTAL_ALL, TOTAL_FOOT };

/* By the text of the first field that holds any. *label is that text, within the row. */
enum total_kind total_kind(const struct csv_row *row, const struct table_spec *spec, const struct header *header,
	const char **label);

/* Sums of one column's cells; a cell in error makes them unknown. */
struct total_sum {
	struct decimal part, before; /* since the last total row, and up to it */
	bool part_unknown, all_unknown;
};
static inline bool total_adds(const struct column *column)
{
	return column->type == COLUMN_MONEY || column->type == COLUMN_NUMBER;
}
void total_add(struct total_sum *sum, const struct value *value);
void total_spoil(struct total_sum *sum);
void total_close(struct total_sum *sum); /* behind a total row a new part begins */

#endif
