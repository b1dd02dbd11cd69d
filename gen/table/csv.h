#ifndef SALESPAY_TABLE_CSV_H
#define SALESPAY_TABLE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/*
 * CSV text to rows of fields: the only door to libcsv. libcsv keeps no
 * positions and goes astray on a stray quote, so this module finds each row's
 * bytes itself (counting physical lines: LF, CRLF or CR), hands libcsv one
 * whole row a call, and after a broken row goes on at the next line. A row
 * without any quote needs no parser: it is parted at its delimiters.
 */
#define CSV_LARGEST_FIELD ((size_t)1024 * 1024)
#define CSV_MOST_COLUMNS ((size_t)4096)
#define CSV_MOST_ROWS ((size_t)10000000)

enum csv_problem {
	CSV_FINE,
	CSV_QUOTE_OPEN, /* a quoted field that never ends (or swallows lines until another one begins) */
	CSV_QUOTE_STRAY, /* text behind a closing quote */
	CSV_FIELD_LARGE, /* over CSV_LARGEST_FIELD bytes */
	CSV_COLUMNS_MANY /* over CSV_MOST_COLUMNS fields */
};

struct csv_field {
	const char *text; /* NUL-terminated; blanks around unquoted fields are gone */
	size_t length;
};

/* Valid until the next csv_reader_next. */
struct csv_row {
	long line; /* physical line it starts on, from 1 */
	const char *bytes; /* where it starts in the reader's text */
	size_t size; /* without the line end */
	struct csv_field *fields;
	size_t count;
	bool blank; /* no field holds anything */
	enum csv_problem problem; /* then fields are not to be used */
	size_t problem_field; /* from 1, where the problem is */
};

struct csv_reader;
/* text must be NUL-terminated one past size and outlive the reader. */
struct csv_reader *csv_reader_new(const char *text, size_t size, char delimiter);
void csv_reader_free(struct csv_reader *reader); /* NULL is fine */
/* False at the end. */
bool csv_reader_next(struct csv_reader *reader, struct csv_row *row);
/*
 * The next row that holds these bytes somewhere, as quickly as memory is
 * searched: lines before it are counted, not read. "" is in every row.
 */
bool csv_reader_seek(struct csv_reader *reader, const char *needle, struct csv_row *row);

enum message csv_problem_message(enum csv_problem problem);

/* Where field `number` (from 1) of a row's bytes stands, quotes included. */
struct csv_span {
	long line; /* physical lines below the row's first */
	const char *text; /* the physical line it starts on */
	size_t length; /* of that line */
	size_t start, end; /* in that line; end at most length */
};
struct csv_span csv_field_span(const char *bytes, size_t size, char delimiter, size_t number);

/* The physical line that starts at `at`: its length without and (if wanted) with the line end. */
size_t csv_line_length(const char *at, const char *end, size_t *with_end);

#endif
