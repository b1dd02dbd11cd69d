#ifndef SALESPAY_BOOKS_CONTROL_H
#define SALESPAY_BOOKS_CONTROL_H

#include <stdbool.h>

#include "books/earlier.h"

/*
 * Control totals that must close, or nothing is published (contract, section
 * 7). Each sum is taken on a way of its own: the ledger's and the bank file's
 * are read back from what was written.
 */
struct control_side {
	const char *label; /* "ledger" …: a name of the messages */
	struct decimal value;
};
struct control {
	const char *label; /* "people" "net" "rows" "change" */
	bool holds, money;
	struct control_side sides[5];
	size_t side_count;
};
#define CONTROLS_MAX 8
struct controls {
	struct control rows[CONTROLS_MAX];
	size_t count;
};

/* folder: where ledger.csv and export/ stand. Those that do not close are errors in diag. */
void controls_compute(const struct results *results, const struct earlier *earlier, const char *folder,
	struct controls *out, struct arena *arena, struct diag *diag);

#endif
