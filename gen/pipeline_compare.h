#ifndef SALESPAY_PIPELINE_COMPARE_H
#define SALESPAY_PIPELINE_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

struct against;
struct arena;
struct diag;
struct text_buffer;
struct value;
struct workplace;

/* salespay compare: the exit statuses. */
int compare_against(const struct workplace *place); /* pipeline_against.c: a month's books and a spreadsheet */

int compare_policy(const struct workplace *place); /* pipeline_compare.c: a month under another policy */

/* pipeline_gains.c */
struct gains;
struct gains_paper {
	const struct gains *gains;
	const char *month, *file; /* the policy's */
	const char *was, *is; /* titles and versions of both policies */
	const char *scheme; /* that it stands in for, or "" */
	const char *csv, *page; /* where these are */
	bool chinese;
	struct arena *arena;
};
void gains_csv(const struct gains_paper *paper, struct text_buffer *out);
void gains_json(const struct gains_paper *paper, struct text_buffer *out);
void gains_text(const struct gains_paper *paper, struct text_buffer *out);

/* pipeline_against_print.c */
struct against_paper {
	const struct against *against;
	const char *month, *file;
	const char *csv; /* where all cells stand */
	bool chinese;
	struct arena *arena;
};
void against_csv(const struct against_paper *paper, struct text_buffer *out);
void against_json(const struct against_paper *paper, struct text_buffer *out);
void against_text(const struct against_paper *paper, struct text_buffer *out);

/* pipeline_rows.c: rows of text whose columns stand below one another, by display width. */
struct text_rows;
struct text_rows *text_rows_new(size_t columns, const char *sides, struct arena *arena); /* sides: an l or r a column */
void text_rows_put(struct text_rows *rows, const char *text); /* the next cell, row by row; the text outlives the rows */
void text_rows_print(const struct text_rows *rows, const char *margin, struct text_buffer *out);

/* As a clerk reads it: money with two decimals, in full where it has more. Static, in room, or the value's own. */
#define COMPARED_TEXT 80
const char *compared_text(const struct value *value, char room[COMPARED_TEXT]);
/* As a member of a JSON object, behind another one; a missing value is null. */
void compared_put_member(struct text_buffer *out, const char *name, const struct value *value);
/* The file OUTPUT/compare/NAME, for the owner alone. */
bool compare_write(const struct workplace *place, const char *name, const struct text_buffer *text, struct diag *diag);

#endif
