#ifndef SALESPAY_TABLE_CELL_FORM_H
#define SALESPAY_TABLE_CELL_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "table/cell.h"

/*
 * Inside of cell_parse, shared by cell.c and cell_*.c only:
 * a cell's text in half-width form, so that １，２３４．５ is read as 1,234.5.
 */
#define CELL_PLAIN 128 /* longer texts are no number, date or word */

struct cell_form {
	const char *raw; /* trimmed; what text columns keep */
	size_t raw_length;
	char text[CELL_PLAIN]; /* half-width and trimmed; "" if it is longer than fits */
	size_t length;
	struct text_pool *pool; /* for what problems quote */
	struct cell_problem *problem;
};

/* Fills text and length from raw. */
void cell_form_plain(struct cell_form *form);
/* False, with the problem noted; strings are interned. */
bool cell_reject(struct cell_form *form, enum message message, const char *expected, const char *suggestion);
/* Do O, o, l, I or 〇 stand among digits? The mended text goes into out, which has room for CELL_PLAIN. */
bool cell_mend_letters(const struct cell_form *form, char out[CELL_PLAIN]);

/* cell_plain.c: the plainest form of a text that is not blank; false: some other form. */
bool cell_plain(const struct column *column, const char *text, size_t length, struct text_pool *pool,
	struct value *out);
bool cell_number(struct cell_form *form, enum value_type type, struct value *out);
bool cell_percent(struct cell_form *form, int percent_unit, struct value *out);
/* 0.05 as "5%", interned. */
const char *cell_percent_text(struct cell_form *form, struct decimal number);
bool cell_date(struct cell_form *form, struct value *out);
bool cell_month(struct cell_form *form, struct value *out);

#endif
