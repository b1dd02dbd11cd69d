#ifndef SALESPAY_BOOKS_EXPORTS_H
#define SALESPAY_BOOKS_EXPORTS_H

#include <stdbool.h>

#include "calc/results.h"

struct diag;

/*
 * The policy's <export>s as CSV files in `folder`: for the bank, the tax
 * client, finance. Only people who are paid: who is held is in none. An
 * export of one file name in several schemes is one file, so its columns and
 * encoding must be the same in all (an error else). Text cells are
 * defused against formula injection.
 */
bool exports_write(const struct results *results, const char *folder, struct arena *arena, struct diag *diag);

/* The files that exports_write makes, each once, in policy order. */
struct export_file {
	const char *file, *title;
	size_t rows;
	const struct export **parts; /* one a scheme, NULL where that policy has none */
};
const struct export_file *exports_list(const struct results *results, struct arena *arena, size_t *count);

#endif
