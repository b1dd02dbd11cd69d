#ifndef SALESPAY_BOOKS_EARLIER_H
#define SALESPAY_BOOKS_EARLIER_H

#include <stdbool.h>

#include "calc/results.h"

struct diag;
struct own_past;

/*
 * Whole ledgers of earlier months, for what reports show of the past: last
 * month's figures, this year's sums, a year of scores. (What formulas look
 * back to is facts/history.) The arrays are as model.h's model_history has them.
 */
struct earlier {
	struct value *last; /* person_count x column_count; missing where there is none */
	bool *had_last;
	size_t *last_unit; /* by person: the unit of last month's row as an index into today's; SIZE_MAX: no row, or no such unit today */
	bool *unit_before; /* by today's unit: last month's ledger has people of it or below it */
	/* money: sums over this calendar year's earlier months in the books; missing without any. opening.csv may have only
	 * some of the columns, so it does not count: a slip's year to date must add up. */
	struct value *year;
	int32_t *months; /* at most twelve, ascending */
	size_t month_count;
	struct value *scores; /* month_count x person_count, of score_column */
	/* Of everyone in those ledgers, those who have left since among them, by month: rows, and scores one by one. */
	size_t *people, *score_counts;
	struct decimal **everyone;
	/* By column, money: everyone's sum of last month, of the month a year ago and of this calendar year's earlier months; missing without any. */
	struct value *last_sums, *year_ago_sums, *year_sums;
	struct course *courses; /* one for each of the rulebook's; months as above */
	/* People of last month's ledger, for the control of joiners and leavers. */
	size_t last_people, last_leavers;
	bool has_last_ledger;
};
/*
 * score_column SIZE_MAX: no scores. past: gets what the same ledgers say of people's amounts; may be NULL. A ledger
 * that cannot be read is left out with its error in diag.
 */
struct earlier *earlier_read(const struct results *results, const char *records, size_t score_column, struct own_past *past,
	struct arena *arena, struct diag *diag);

#endif
