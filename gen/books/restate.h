#ifndef SALESPAY_BOOKS_RESTATE_H
#define SALESPAY_BOOKS_RESTATE_H

#include "calc/results.h"

struct csv_sheet;

/*
 * A sealed month computed again from today's inputs, against what was booked
 * then and what later months have corrected: per person and figure that pays
 * (sections earnings, deductions, employer and net, and their totals)
 *     remains = due - paid - corrected
 * Someone who was held was paid no net; once they are held no longer, the net
 * that was booked is due. Someone who is computed no longer is due nothing.
 */
struct correction { /* one row of a later month's corrections */
	const char *id, *figure;
	struct decimal amount;
};

enum restated_why { RESTATED_CHANGED, RESTATED_RELEASED, RESTATED_ADDED, RESTATED_GONE };
struct restated {
	const char *id, *name, *figure;
	enum restated_why why;
	bool is_net; /* a figure of section net */
	struct decimal due, paid, corrected, remains;
};
struct restatement {
	struct restated *rows; size_t count, room; /* all that differ or were corrected; by id, then as the ledger has the figures */
	size_t remaining; /* rows of them where something remains */
	const char **failed; size_t failed_count; /* ids of people who cannot be computed today: nothing is said of them */
};

struct restate_input {
	const struct results *results; /* today's */
	const struct csv_sheet *ledger; /* as sealed */
	const struct rulebook *sealed; /* the rules it was sealed by: figures that there are no longer */
	const char *const *held; size_t held_count; /* ids of those held then */
	const struct correction *corrections; size_t correction_count;
};
void restate(const struct restate_input *input, struct restatement *out, struct arena *arena);

#endif
