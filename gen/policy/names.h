#ifndef SALESPAY_POLICY_NAMES_H
#define SALESPAY_POLICY_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "policy/policy.h"

/*
 * What a name in a formula means. Names of tables, parameters, grade sets,
 * items, rates and tiers are unique, and no column bears one of them; a column
 * alone is known where only one table has it.
 */
enum symbol_kind { SYMBOL_NONE, SYMBOL_TABLE, SYMBOL_PARAMETER, SYMBOL_GRADE_SET, SYMBOL_ITEM, SYMBOL_RATES, SYMBOL_TIERS,
	SYMBOL_COLUMN, SYMBOL_AMBIGUOUS /* a column of several tables */ };
struct symbol {
	enum symbol_kind kind;
	const void *object; /* struct table_spec, parameter, item, rates, tiers, column */
	const struct table_spec *table; /* of a column; the first of several */
	size_t index; /* of a grade set */
	struct place place;
};

/* After all declarations are read; clashes are errors naming both lines. */
struct names *names_build(const struct policy *policy, struct arena *arena, struct diag *diag);
struct symbol names_find(const struct names *names, const char *name);
/* A column by its name, compared as names are: in NFKC. NULL if none. */
const struct column *names_column(const struct table_spec *table, const char *name);
bool names_same(const char *a, const char *b);
/* Whether a formula could say it: one run of letters, digits and _, no keyword and no number. */
bool names_valid(const char *name);
/* Nearest known name for a "did you mean", or NULL. */
const char *names_nearest(const struct names *names, const char *name);

#endif
