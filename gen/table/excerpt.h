#ifndef SALESPAY_TABLE_EXCERPT_H
#define SALESPAY_TABLE_EXCERPT_H

#include <stddef.h>

#include "base/diag.h"

struct arena;

/*
 * The place of field `number` (from 1; 0: the whole row) of a CSV row that
 * starts on `line`, for a message. name is the column's as the file writes it,
 * or NULL. The excerpt is copied into the arena, long lines cut around the mark.
 */
struct excerpt_row {
	const char *path;
	long line;
	const char *bytes;
	size_t size;
	char delimiter;
};
struct place excerpt_place(const struct excerpt_row *row, size_t number, const char *name, struct arena *arena);
/* A cell's text for a message: at most 40 characters. */
const char *excerpt_value(const char *text, size_t length, struct arena *arena);

#endif
