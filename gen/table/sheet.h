#ifndef SALESPAY_TABLE_SHEET_H
#define SALESPAY_TABLE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;
struct file_writer;

/*
 * Plain RFC 4180 CSV that the tool itself wrote or that follows that form
 * (ledgers, lines, opening.csv, tables of numbers beside a policy): encoding
 * detected as for exports, a header row, rows of untyped fields.
 */
struct csv_sheet {
	const char *path;
	const char **header;
	size_t column_count;
	const char **fields; /* row_count x column_count */
	long *line; /* of each row */
	size_t row_count;
};
/* NULL with errors in diag (ragged rows, doubled headers, bad bytes). */
struct csv_sheet *csv_sheet_read(const char *path, struct arena *arena, struct diag *diag);
/* The same with only those rows that hold `needle` somewhere; NULL: all. */
struct csv_sheet *csv_sheet_read_only(const char *path, const char *needle, struct arena *arena, struct diag *diag);
static inline const char *csv_sheet_field(const struct csv_sheet *sheet, size_t row, size_t column)
{
	return sheet->fields[row * sheet->column_count + column];
}
int csv_sheet_column(const struct csv_sheet *sheet, const char *name); /* -1 if none */
/* Writing: quotes only where needed, LF. */
void csv_write_field(struct file_writer *writer, const char *text, bool first);
/* The same into a text, for standard output. */
struct text_buffer;
void csv_put_field(struct text_buffer *out, const char *text, bool first);
void csv_write_end(struct file_writer *writer);
/* Text from outside, defused against formula injection (CWE-1236): a leading = + - @ tab CR LF gets a ' before it. */
void csv_write_defused(struct file_writer *writer, const char *text, bool first);
void csv_put_defused(struct text_buffer *out, const char *text, bool first);

#endif
