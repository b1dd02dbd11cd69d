#ifndef SALESPAY_FACTS_BUILD_H
#define SALESPAY_FACTS_BUILD_H

#include "facts/facts.h"

/*
 * The stages of facts_read, in this order. Each reports to diag and goes on,
 * so that everything wrong in a month is said in one pass.
 */
struct build {
	struct facts *facts;
	const char *input, *records;
	bool (*fits)(const struct formula *, const struct rulebook *, const struct table *, size_t, struct text_pool *);
	struct diag *diag;
	struct map *people; /* id -> index + 1 */
	struct map *units; /* id or name -> index + 1 */
	size_t people_sought, units_sought, grades_sought, keys_sought; /* near names looked for, see build_may_seek */
};

void tables_read(struct build *build); /* sources.c: month's folder, else common/ */
void grades_resolve(struct build *build); /* grades.c: every grade cell to a grade's id */
void units_build(struct build *build); /* units.c: the tree; heads are set by units_fill */
void people_build(struct build *build); /* people.c: sorted, excluded, with scheme and unit */
void units_fill(struct build *build); /* units.c: by_unit, ranges, heads */
void rows_index(struct build *build); /* rows.c: whose rows, keys, references */
void refs_check(struct build *build); /* refs.c: do people, units, keys and figures that cells name exist? */
void holds_read(struct build *build); /* people.c: hold.csv */

/*
 * How rows fit one another, the staff table and the month: warnings, for the
 * month can be computed all the same. After rows_index.
 */
void joins_rows(struct build *build); /* joins_rows.c: rows twice, orders of two people */
void joins_staff(struct build *build); /* joins_staff.c: rows outside their person's employment, heads who left */
void joins_units(struct build *build); /* joins_units.c: units without people */

/*
 * nearest.c: for "did you mean"; NULL if nobody is near, or if it was asked
 * too often: a file of strangers is not worth a pass over everyone a row.
 */
const char *build_nearest_person(struct build *build, const char *text);
const char *build_nearest_unit(struct build *build, const char *text);
const char *build_nearest_key(struct build *build, const struct table *target, const char *text);
bool build_may_seek(size_t *sought); /* counts */

/* units.c: could the unit stand in a row of the units table that was rejected? */
bool units_may_hold(const struct facts *facts, const char *unit);

/* "张三 (E1001)", or the id alone. */
const char *build_person(struct build *build, const struct person *person);

/* Place of a cell, with its excerpt. */
struct place build_place(struct build *build, const struct table *table, size_t row, const struct column *column);

#endif
