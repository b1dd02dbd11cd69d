#ifndef SALESPAY_CALC_GAINS_H
#define SALESPAY_CALC_GAINS_H

#include "calc/results.h"

/*
 * One month by two sets of rules: who gains and who loses, through which
 * figures. Net is the sum of a person's figures of section net; someone whom
 * one side does not compute has 0 there. Text and numbers belong to the two
 * results, which must outlive this.
 */
struct gain_sum { /* of everyone, a unit, a grade, a figure */
	const char *name;
	enum section section; /* of a figure */
	size_t people, gaining, losing; /* of those: more, less than before */
	struct decimal before, after, gains, losses; /* gains and losses: sums of the differences of each sign */
};
struct gain_sums {
	struct gain_sum *rows;
	size_t count;
};
struct gain_cell { /* a figure of a person that is not what it was */
	size_t person; /* index into people */
	const char *figure;
	enum section section; /* a total: what it adds up */
	bool is_part; /* money that pays by itself: no total, not net */
	struct value before, after;
	struct value difference; /* after less before; money that is not there counts 0, other numbers have none then */
};
struct gain_person {
	const char *id, *name, *unit, *grade; /* unit and grade "" without one */
	struct decimal before, after, change;
	bool was, is; /* computed on that side */
	size_t first, end; /* cells */
};
struct gain_crossing {
	size_t person;
	const char *movement, *to; /* to: the grade's title, "" if none */
	bool had, has; /* is the movement there on that side? */
	enum verdict before, after;
};
struct gains {
	struct gain_person *people; size_t person_count; /* by id */
	size_t *order; /* by change, the greatest gain first, then by id */
	size_t *losers; /* all.losing of them: the greatest loss first, then by id */
	struct gain_cell *cells; size_t cell_count; /* by person, then as the ledger has the figures */
	struct gain_crossing *crossings; size_t crossing_count; /* whose verdict is another one */
	struct gain_sum all;
	struct gain_sums units, grades; /* in order of the tree; as the policies have the grades */
	struct gain_sums figures; /* money that differs for somebody */
};

void gains_compute(const struct results *before, const struct results *after, struct gains *out, struct arena *arena);

#endif
