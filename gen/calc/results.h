#ifndef SALESPAY_CALC_RESULTS_H
#define SALESPAY_CALC_RESULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"

/*
 * A month computed: pure function of the facts. Values of excluded people and
 * of columns that a person's policy does not have are missing.
 */
struct line_values { /* one a rulebook line */
	struct value *values; /* one a row of the line's table; missing where nobody computed it */
	struct value *wholes; /* of a split line: the whole order's value before sharing; else NULL */
	const struct table *table;
};

struct check_result {
	size_t person;
	const struct item *check;
	const char *text; /* with its figures put in */
	size_t order; /* of the check in the policy */
};

enum verdict { VERDICT_ELIGIBLE, VERDICT_NOT_ELIGIBLE, VERDICT_CONFLICT };
struct criterion_result {
	bool holds;
	bool is_comparison; /* value, required and gap are set only then */
	struct value value, required, gap; /* gap missing where it holds or the two have no distance */
};
struct movement_result {
	size_t person;
	const struct movement *movement;
	const struct grade *from, *to; /* to NULL: to nothing */
	enum verdict verdict;
	struct criterion_result *criteria; /* movement->criterion_count */
};

/*
 * One of the rulebook's courses over earlier months' ledgers: [month × (unit_count + 1) + unit], the units' own
 * people, those of no unit known now last. A row counts that has the figure and, where that is a figure, a target above zero.
 */
struct course {
	struct decimal *sums, *targets;
	size_t *counts;
};

struct calculation;

struct results {
	const struct facts *facts;
	struct value *values; /* person_count x rulebook->column_count */
	struct line_values *lines; /* rulebook->line_count */
	struct check_result *checks; size_t check_count, check_room; /* by person, then policy order */
	struct movement_result *movements; size_t movement_count; /* by person, then policy order */
	bool *failed; /* one a person: an error was reported for them (held by --hold) */
	struct calculation *run; /* calc's own */
	struct arena *arena;
};

static inline const struct value *results_value(const struct results *results, size_t person, size_t column)
{
	return &results->values[person * results->facts->rulebook->column_count + column];
}
/* The person's item at a ledger column; NULL if their policy has none (or they are excluded). */
const struct item *results_item(const struct results *results, size_t person, size_t column);

/*
 * Computes everyone. Errors of single people (missing earnings, no rate, two
 * rows for only()) go to diag and mark them failed; with hold those become
 * warnings and the people are held. NULL only if nothing could be computed.
 */
struct results *calc_run(struct facts *facts, bool hold, struct arena *arena, struct diag *diag);

/* To be filled from a month's books instead of computed: everything is missing at first. */
struct results *results_of_books(const struct facts *facts, struct arena *arena);
/* A line's values, made with its first use. */
struct line_values *results_line(struct results *results, const struct item *line);

/* For facts_input.fits. */
bool calc_staff_fits(const struct formula *when, const struct rulebook *rulebook, const struct table *staff, size_t row,
	struct text_pool *pool);

/* Runs all examples of a policy; each that fails is an error at its <expect>. company decides pay dates; NULL: the month's last day. */
bool calc_examples(struct policy *policy, const struct company *company, const struct calendar *calendar, struct text_pool *pool, struct diag *diag);

/* A formula of an export or company.xml for one person, and one row of table if that is not NULL. */
struct value calc_formula(const struct results *results, const struct formula *formula, size_t person,
	const struct table *table, size_t row);

#endif
