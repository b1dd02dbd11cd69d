#ifndef SALESPAY_MODEL_EXPLAIN_H
#define SALESPAY_MODEL_EXPLAIN_H

#include <stdbool.h>
#include <stdio.h>

#include "calc/trace.h"

struct text_buffer;
struct arena;

/*
 * A trace as people and as programs read it. Texts are of the books as they
 * were computed: what files say is read from the copies kept with them, and
 * shown under the name of today's file where that still is the same.
 */
struct explain {
	const struct results *results; /* results_of_books */
	size_t person;
	struct trace *trace; /* followed */
	struct arena *arena;
	bool chinese;
	bool unfold; /* long lists in full */
	const char *input, *copies; /* INPUT; where its copies are, whose paths the facts have */
	const char **changed; size_t changed_count; /* below both: files that differ by now or are gone */
	/* Everyone's figures of this month: the ledger, its line by person (0 unknown), its field by column from 0. */
	const char *ledger;
	const long *ledger_line;
	const int *ledger_field;
};

/* What is asked for. */
struct explained {
	const size_t *items; size_t item_count; /* of the trace: a figure, a check, or a line's rows */
	const struct trace_movement *movement; /* or NULL */
	const struct item *line; /* the items are rows of it; or NULL */
};
/* The tree of one figure on a terminal. */
void explain_text(const struct explain *explain, const struct explained *asked, struct text_buffer *out);
/* All of the person's figures, each on a line. again: the command to ask further, up to the figure. */
void explain_overview(const struct explain *explain, const char *again, struct text_buffer *out);
/* The same for programs: one object. asked NULL: everything of the person. The form is in salespay(1). */
void explain_json(const struct explain *explain, const struct explained *asked, FILE *out);

#endif
