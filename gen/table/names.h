#ifndef SALESPAY_TABLE_NAMES_H
#define SALESPAY_TABLE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "table/spec.h"

struct arena;
struct map;

/* What an export may call the columns of one table: names and aliases, folded. */
struct names {
	const struct table_spec *spec;
	struct map *by_folded;
	struct arena *arena; /* scratch for folding */
};
void names_init(struct names *names, const struct table_spec *spec, struct arena *scratch);
void names_release(struct names *names);

/* The column that a header cell means, or NULL. */
const struct column *names_match(const struct names *names, const char *text);
/* The column it would mean without its unit in brackets, where the unit forbids it; *unit is that unit. */
const struct column *names_match_but_unit(const struct names *names, const char *text, const char **unit);
/* Is the cell nothing but a unit that fits the column (the second line of a two-row header)? */
bool names_is_unit(const struct names *names, const struct column *column, const char *text);
/* All that the column may be called, for a message: "金额 / 金额(元) / 回款". */
const char *names_accepted(const struct column *column, struct arena *arena);
/* The candidate that looks most like one of the column's names, or NULL. */
const char *names_near(const struct column *column, const char *const *candidates, size_t count);

#endif
