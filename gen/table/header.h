#ifndef SALESPAY_TABLE_HEADER_H
#define SALESPAY_TABLE_HEADER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;
struct table_spec;
struct encoding_text;

/*
 * The line (or the two lines) of an export that name its columns, found below
 * title lines by what the table's columns and their aliases are called; the
 * delimiter is the one under which most of them are found.
 *
 * Names compare by text_fold_header. A unit in brackets behind a name is
 * passed over where it cannot change the value: 元 on money, % on percent,
 * 次 个 单 … on numbers, any unit that the column's own name contains. Others
 * (a column 事假 in days, a header 事假(小时)) stay unmatched.
 */
struct header {
	char delimiter;
	long line; /* its first physical line */
	long last_line; /* its last one; rows begin below */
	size_t fields_needed; /* a row with fewer is ragged: up to the last field with a name */
	size_t fields_known; /* what stands beyond must be empty */
	size_t fields_allowed; /* more than known only where every row ends with needless delimiters */
	int *field_of_column; /* spec column index -> field number from 1, 0 if absent */
	const char **names; /* as written, of each known field; "" where the header is blank */
	const char **unknown; /* names that no column claims, in the file's order */
	size_t unknown_count;
	bool usable; /* no required column is missing and none is doubled */
};
/*
 * False if no line names any column. `absent` is a column that need not stand
 * in the file (an example's person column) or NULL. Missing and doubled
 * columns and near misses are reported. All results live in the arena.
 */
struct header_request {
	const struct table_spec *spec;
	const struct column *absent;
	const char *path; /* for messages */
	struct arena *arena;
	struct diag *diag;
};
bool header_find(struct header *header, const struct header_request *request, const struct encoding_text *text);

#endif
