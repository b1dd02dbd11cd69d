#ifndef SALESPAY_TABLE_SPEC_H
#define SALESPAY_TABLE_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "value/value.h"

/*
 * What a CSV table is declared to be: filled by the policy reader from
 * <table> and <column>, used by the CSV reader to type cells. All strings live
 * in the run's arena; names are interned.
 */
enum column_type {
	COLUMN_ID, COLUMN_TEXT, COLUMN_NUMBER, COLUMN_MONEY, COLUMN_PERCENT, COLUMN_DATE, COLUMN_MONTH,
	COLUMN_GRADE, COLUMN_YESNO, COLUMN_CHOICE
};

/* Which roles fit depends on the table's (contract, 5.1). */
enum column_role {
	ROLE_NONE, ROLE_ID, ROLE_NAME, ROLE_UNIT, ROLE_GRADE, ROLE_EMAIL, ROLE_HIRED, ROLE_LEFT, ROLE_IDENTITY,
	ROLE_ACCOUNT, ROLE_PARENT, ROLE_HEAD, ROLE_PERSON, ROLE_MONTH, ROLE_FIGURE, ROLE_AMOUNT
};

enum table_role { TABLE_PLAIN, TABLE_STAFF, TABLE_UNITS, TABLE_CORRECTIONS };

struct column {
	const char *name;
	enum column_type type;
	enum column_role role;
	const char **aliases; /* as written in the policy */
	size_t alias_count;
	const char **choices; /* COLUMN_CHOICE */
	size_t choice_count;
	bool required; /* no blank cell */
	bool sensitive;
	bool has_fallback; /* default="": stands for a blank cell or an absent column */
	struct value fallback;
	bool has_min, has_max;
	struct value min, max;
	int percent_unit; /* 0: only with %; 1: a bare 0.05 is 5%; 100: a bare 5 is 5% */
	const char *ref; /* name of the table whose key this is, or NULL */
	struct place place;
	size_t index; /* in its table */
};

struct table_spec {
	const char *name;
	const char *file; /* pattern with * and ?, e.g. "花名册*.csv" */
	bool one_row; /* rows="one": at most one row a key (the person, or the id of a reference table) */
	bool required;
	enum table_role role;
	struct column *columns;
	size_t column_count;
	struct place place;
	/* Columns by role, NULL if none. key: ROLE_ID of a reference, staff or units table. */
	const struct column *person, *unit, *key;
	size_t index; /* among the rulebook's tables, set by rulebook_build */
};

const struct column *table_spec_column(const struct table_spec *spec, const char *name);
const struct column *table_spec_role(const struct table_spec *spec, enum column_role role);
/* The type a cell of it has in formulas. */
enum value_type column_value_type(const struct column *column);

#endif
