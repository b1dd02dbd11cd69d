#ifndef SALESPAY_BOOKS_AGAINST_H
#define SALESPAY_BOOKS_AGAINST_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"

/*
 * A parallel run: a month's ledger against a spreadsheet's figures, by person
 * and column. The spreadsheet is read as forgivingly as an export. A column
 * is a figure if it bears its name or label, or if the map says so; the staff
 * table's own columns (unit, grade …) are passed over in silence. A blank
 * cell is missing, also where the other side is 0.
 */
enum against_result { AGAINST_EQUAL, AGAINST_DIFFERENT, AGAINST_MISSING_HERE, AGAINST_MISSING_THERE };

struct against_figure {
	const char *name, *header; /* in the ledger; as the file writes it */
	enum value_type type;
	size_t field, column; /* of the ledger, of the table */
	size_t counts[4]; /* of people on both sides, by against_result */
	struct decimal here, there; /* numeric: the sums of both sides over these people */
};
struct against_cell {
	const char *id, *name;
	const struct against_figure *figure;
	enum against_result result;
	bool whole; /* the person is missing on that side, not this cell alone */
	long line; /* of the file; 0: not in it */
	struct value here, there;
	struct value difference; /* ledger less file; missing where there is none */
};
struct against_stray { /* what the other side does not have, with what may be meant, or NULL */
	const char *text, *name, *nearest; /* an id with its name, or a header */
};
struct against {
	struct against_figure *figures; size_t figure_count; /* as the ledger has them */
	struct against_cell *cells; size_t cell_count; /* by id, then as the ledger has the figures */
	struct against_stray *here, *there; size_t here_count, there_count; /* people on one side only */
	struct against_stray *headers; size_t header_count; /* columns that are no figure, as the file has them */
	size_t both; /* people on both sides */
	size_t counts[4]; /* cells of these */
	const char *encoding;
	size_t rows; /* of the file that were compared */
};

struct against_input {
	const struct rulebook *rulebook; /* by which the ledger was computed */
	const char *month; /* for messages */
	const char *ledger, *file, *map; /* paths; map: NULL or column,figure */
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
};
/* False with errors in diag: a file that cannot be read, a wrong cell, no column that is a figure. */
bool against_compare(const struct against_input *input, struct against *out);
bool against_differs(const struct against *against); /* a cell or a person; columns that are no figure do not count */

#endif
