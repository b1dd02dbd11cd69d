#ifndef SALESPAY_CALC_CALCULATION_H
#define SALESPAY_CALC_CALCULATION_H

#include "calc/results.h"
#include "policy/names.h"

/* A name whose value an example gives instead of letting it be computed. */
struct preset {
	enum symbol_kind kind; /* SYMBOL_ITEM, SYMBOL_PARAMETER, SYMBOL_GRADE_SET */
	const void *object; /* the item or parameter */
	size_t index; /* of the grade set */
	struct value value;
};

struct group_cache;
struct probe;

/* What all evaluations of a run share. */
struct calculation {
	struct results *results;
	const struct facts *facts;
	const struct rulebook *rulebook;
	struct group_cache *groups;
	bool *absent_told; /* calc/absent.h: person_count x table_count; NULL: nobody */
	const struct preset *presets;
	size_t preset_count;
	const struct probe *probe; /* lint's; NULL in every computation of a month */
	const struct place *place; /* of every error: an example's; NULL: the CSV row concerned */
	struct arena *arena;
	struct diag *diag;
	struct diag *errors; /* of single people: diag, or kept apart when they are to be held for them; NULL: not said */
};

/* With empty results, kept in results->run. */
struct calculation *calculation_new(const struct facts *facts, struct arena *arena, struct diag *diag);
/* NULL if the name is computed as usual. */
const struct preset *calculation_preset(const struct calculation *run, enum symbol_kind kind, const void *object,
	size_t index);

#endif
