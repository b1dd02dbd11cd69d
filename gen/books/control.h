#ifndef SALESPAY_BOOKS_CONTROL_H
#define SALESPAY_BOOKS_CONTROL_H

#include <stdbool.h>

#include "books/earlier.h"

/*
 * Control totals that must close, or nothing is published (contract, section
 * 7). Each is an equation whose sides are taken on ways of their own: from the
 * files that were written, read back, and from the documents that slips and
 * pages are drawn from; never twice from the results.
 */
enum control_sign { CONTROL_EQUALS, CONTROL_PLUS, CONTROL_MINUS }; /* before a side; the first has none */
const char *control_sign_name(enum control_sign sign); /* "equals" "plus" "minus" */
struct control_side {
	const char *label; /* "ledger" …: see control_word */
	enum control_sign sign;
	struct decimal value;
};
struct control {
	const char *label; /* "people" "slips" "net" "units" "rows" "change" */
	bool holds, money;
	struct control_side sides[6];
	size_t side_count;
	const char *without; /* of net: schemes that have none, whose people count as 0; NULL if there are none */
	bool no_bank; /* of net: no export pays it */
};
#define CONTROLS_MAX 6
struct controls {
	struct control rows[CONTROLS_MAX];
	size_t count;
};

/* What stands in the managers' unit documents: people by their state, their net pay, and that of the topmost units. */
struct control_documents {
	size_t paid, held;
	struct decimal slips, held_back, units; /* held_back: the part of slips whose people are held */
	size_t sums, sums_right; /* units that show a sum of net pay; those where it is that of the slips of the unit and all below it */
};
void control_documents_add(struct control_documents *sum, const struct control_documents *part);
/* What they will say, by the results: for a check, which makes none. */
void control_documents_foresee(const struct results *results, struct control_documents *out);

struct controls_input {
	const struct results *results;
	const struct earlier *earlier;
	const struct control_documents *documents;
	const char *folder; /* where ledger.csv, export/ and payslips/ stand */
	/* For a month that is published; NULL in a check, where the reader's own count must do and no slip is drawn. */
	const char *copies; /* where the books keep the inputs that stand in `inputs` */
	const char *inputs;
};
/* Those that do not close are errors in diag. */
void controls_compute(const struct controls_input *input, struct controls *out, struct arena *arena, struct diag *diag);

#endif
