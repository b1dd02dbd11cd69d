#ifndef SALESPAY_FACTS_FACTS_H
#define SALESPAY_FACTS_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/company.h"
#include "table/table.h"
#include "value/calendar.h"

/*
 * One month's facts: the people with their rows joined and checked, the units
 * as a tree, the calendar, and what earlier ledgers say. Immutable when built.
 */

enum person_state {
	PERSON_PAID, /* computed and paid */
	PERSON_HELD, /* computed, listed, not paid out or mailed (hold.csv, --hold) */
	PERSON_EXCLUDED /* no figures; the reason says why */
};
enum exclusion { EXCLUDED_NO, EXCLUDED_LEFT_BEFORE, EXCLUDED_HIRED_AFTER, EXCLUDED_NO_SCHEME };

struct map;

/* A file of the month's folder that no table reads: a name mistyped, or not meant for us. */
struct unread_file {
	const char *path;
	const char *table, *pattern; /* whose files have nearly such a name; NULL if no table's */
};

struct person {
	const char *id, *name; /* name "" if the staff table has none */
	const char *grade; /* id or NULL */
	size_t row; /* in the staff table */
	size_t unit; /* index into units; SIZE_MAX without one */
	size_t scheme; /* index into rulebook->schemes; SIZE_MAX if excluded */
	const struct policy *policy; /* NULL if excluded */
	enum person_state state;
	enum exclusion exclusion;
	const char *hold_reason; /* or NULL */
};

/* Units in tree order: the subtree of unit u is units[u … units[u].end). */
struct unit {
	const char *id, *name;
	size_t parent; /* SIZE_MAX at a root */
	size_t end;
	size_t depth; /* 0 at a root */
	size_t head; /* index into people; SIZE_MAX if none */
	/* People of the subtree: facts->by_unit[first … last); of the unit itself: [first … own_last). */
	size_t first, own_last, last;
	size_t row; /* in the units table; SIZE_MAX if there is none */
};

struct facts {
	const struct rulebook *rulebook;
	int32_t month, pay_date;
	const struct calendar *calendar;
	struct table **tables; /* one for each rulebook->tables, never NULL */
	struct person *people; size_t person_count; /* sorted by id (bytes), the excluded among them */
	struct unit *units; size_t unit_count;
	size_t *headed; size_t headed_count; /* units whose head is among the people, by head, then in tree order */
	size_t *by_unit; /* people not excluded, in tree order of their units, then by id; those without unit last */
	size_t by_unit_count;
	struct row_index *row_index; /* rows.c's own, one a table */
	struct map *people_by_id, *units_by_name;
	struct unread_file *unread; size_t unread_count; /* of the month's folder: what no table reads, by name */
	const struct table *hold; /* hold.csv, or NULL */
	struct history *history; /* facts/history.h */
	const char *only; /* as facts_input has it */
	struct text_pool *pool;
	struct arena *arena;
};

struct facts_input {
	const struct rulebook *rulebook;
	const char *input; /* INPUT */
	const char *records; /* earlier months' ledgers */
	/* Does a scheme's `when` hold for a row of the staff table? calc's evaluator, handed down: there is no second one here. */
	bool (*fits)(const struct formula *when, const struct rulebook *rulebook, const struct table *staff, size_t row,
		struct text_pool *pool);
	/*
	 * To look again at one person of a month that was read in full before: the id. Everyone is there, with unit and
	 * grade, but of tables with a person column and of earlier ledgers only this person's rows. NULL: everyone's.
	 */
	const char *only;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct facts **in_spite; /* where there were errors: what could be read all the same, for the report alone; or NULL */
};
/* Reads the month's folder, common/, calendar, opening and earlier ledgers. NULL if there was any error. */
struct facts *facts_read(const struct facts_input *input);

/* One of the rulebook's tables alone, joined with nothing: the corrections that another month has. Absent files: no rows. */
const struct table *facts_read_table(const struct facts_input *input, const struct table_spec *spec);

/* What stands outside the arena; the rest goes with it. NULL is fine. */
void facts_release(struct facts *facts);

/* The person's rows of a table with a person column, in the order of the file. */
struct row_span {
	const uint32_t *rows;
	size_t count;
};
struct row_span facts_rows(const struct facts *facts, size_t table, size_t person);
/* The person's one row of a rows="one" table: their own, or of a reference table by unit (the units table too) their unit's; SIZE_MAX if none. */
size_t facts_own_row(const struct facts *facts, size_t table, size_t person);
/* What an aggregate over the table runs over for this person: their rows, or a reference table's (all, or their unit's). */
struct row_span facts_aggregate_rows(const struct facts *facts, size_t table, size_t person);
/* The row of a table whose key is `key` (interned); SIZE_MAX if none. */
size_t facts_lookup(const struct facts *facts, size_t table, const char *key);
/* Whose row it is; SIZE_MAX if nobody's. */
size_t facts_row_person(const struct facts *facts, size_t table, size_t row);
size_t facts_person(const struct facts *facts, const char *id); /* SIZE_MAX if none; id interned */
/* Unit by id or name (interned); SIZE_MAX if none. */
size_t facts_unit(const struct facts *facts, const char *id_or_name);

/*
 * For a policy's example: one person, made of given cells and rows, every
 * other cell blank, past months as history. Errors (unknown names, bad cells)
 * go to diag at the example's place.
 */
struct facts *facts_of_example(const struct rulebook *rulebook, const struct example *example,
	const struct calendar *calendar, struct arena *arena, struct text_pool *pool, struct diag *diag);
/* INPUT/calendar.csv; an absent file is an empty calendar. NULL on errors. */
struct calendar *calendar_read(const char *path, struct arena *arena, struct text_pool *pool, struct diag *diag);

#endif
