#ifndef SALESPAY_TABLE_TABLE_H
#define SALESPAY_TABLE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "table/spec.h"

struct arena;
struct text_pool;
struct diag;

/*
 * CSV exports as typed rows (contract, section 4). Everything wrong in a file
 * is reported in one pass; rows with an error are left out of `rows` and
 * counted as rejected, so every row read = used + ignored + rejected.
 */

/* What one file was and what became of its rows; the data-quality page shows it. */
struct table_file {
	const char *path; /* for messages: as the user would type it */
	const char *encoding; /* "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "GB18030" */
	char delimiter; /* ',' '\t' ';' */
	long header_line, header_end; /* its first line and its last */
	size_t rows_read; /* behind the header, blank lines not counted */
	size_t rows_used;
	size_t rows_ignored; /* total rows and the like */
	size_t rows_rejected;
	struct table_ignored {
		long line;
		const char *reason; /* a word of the messages: "total", "note" */
	} *ignored;
	size_t ignored_count;
	const char **unknown_columns; /* headers that no column of the table claims */
	size_t unknown_count;
	int *field_of_column; /* spec column index -> field number from 1, 0 if absent */
	const char **column_names; /* spec column index -> the header as written, NULL if absent */
	struct table_text *text; /* for table_place alone */
};

struct table {
	const struct table_spec *spec;
	struct arena *arena;
	size_t row_count;
	struct value *cells; /* row_count x spec->column_count */
	uint32_t *line; /* physical line where the row starts */
	uint16_t *file; /* index into files */
	struct table_file *files;
	size_t file_count;
	struct table_lost *lost; /* for table_may_hold alone */
	/*
	 * Rows rejected for some of their cells, which are missing here: only for
	 * checking the other cells, after table_check_keys. NULL in itself.
	 */
	struct table *rejected;
};

static inline const struct value *table_cell(const struct table *table, size_t row, size_t column)
{
	return &table->cells[row * table->spec->column_count + column];
}
/* The place of a cell for a message; column 0 for the whole row. Reads the file again for the excerpt. */
struct place table_place(const struct table *table, size_t row, const struct column *column, struct arena *arena);

struct table_reader {
	struct arena *arena;
	struct text_pool *pool; /* ids, texts and grades are interned here */
	struct diag *diag;
	/* Rows that hold these bytes alone ("": all), and no SHA-256: to look again at what was read in full before. NULL: everything. */
	const char *only;
};

struct table *table_new(const struct table_spec *spec, struct arena *arena); /* no rows, no files */
/* Appends the rows of one file. False if the file as a whole could not be read (the reason is in diag). */
bool table_read_file(struct table *table, const char *path, const struct table_reader *reader);
/* The rows of a copy of a file that was read, counted anew as rows_read was. 0 with an error if it cannot be read. */
size_t table_count_rows(const struct table_file *file, const char *copy, struct diag *diag);
/* As table_read_file from memory: <rows> of an example. The path is for messages; person column may be absent when person is given. */
bool table_read_text(struct table *table, const char *path, const char *text, size_t size, const char *person,
	const struct table_reader *reader);
/* Doubled keys (rows="one", and every key of a reference table) are errors at the second row, naming the first. After all files. */
void table_check_keys(struct table *table, const struct table_reader *reader);
/*
 * Could the key (a person's, a unit's id or name, that of a reference table)
 * stand in a row that was rejected, or in a part that could not be read? Then
 * what points to it is no further error. After table_check_keys.
 */
bool table_may_hold(const struct table *table, const char *key);

/* The two files the tool itself knows: calendar.csv is read with this spec (日期, 类型, 名称), hold.csv with (id, reason). */
const struct table_spec *table_spec_calendar(void);
const struct table_spec *table_spec_hold(void);

#endif
