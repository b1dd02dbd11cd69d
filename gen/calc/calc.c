#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "calc/absent.h"
#include "calc/calculation.h"
#include "calc/group.h"
#include "calc/item.h"
#include "calc/movement.h"

const struct item *results_item(const struct results *results, size_t person, size_t column)
{
	const struct person *p = &results->facts->people[person];

	if (p->state == PERSON_EXCLUDED)
		return NULL;
	return results->facts->rulebook->columns[column].items[p->scheme];
}

static struct results *results_new(const struct facts *facts, struct arena *arena)
{
	const struct rulebook *rulebook = facts->rulebook;
	struct results *results = arena_alloc(arena, sizeof(*results));

	results->facts = facts;
	results->arena = arena;
	results->values = arena_array(arena, facts->person_count * rulebook->column_count + 1, sizeof(*results->values));
	for (size_t column = 0; facts->person_count && column < rulebook->column_count; column++)
		results->values[column] = value_missing(rulebook->columns[column].type);
	for (size_t person = 1; person < facts->person_count; person++)
		memcpy(&results->values[person * rulebook->column_count], results->values,
			rulebook->column_count * sizeof(*results->values));
	results->lines = arena_array(arena, rulebook->line_count + 1, sizeof(*results->lines));
	results->failed = arena_array(arena, facts->person_count + 1, sizeof(*results->failed));
	return results;
}

struct calculation *calculation_new(const struct facts *facts, struct arena *arena, struct diag *diag)
{
	struct calculation *run = arena_alloc(arena, sizeof(*run));

	run->results = results_new(facts, arena);
	run->results->run = run;
	run->facts = facts;
	run->rulebook = facts->rulebook;
	run->groups = group_cache_new(facts->rulebook, arena);
	run->arena = arena;
	run->diag = run->errors = diag;
	return run;
}

struct results *results_of_books(const struct facts *facts, struct arena *arena)
{
	return calculation_new(facts, arena, NULL)->results;
}

const struct preset *calculation_preset(const struct calculation *run, enum symbol_kind kind, const void *object,
	size_t index)
{
	for (size_t i = 0; i < run->preset_count; i++) {
		const struct preset *p = &run->presets[i];

		if (p->kind == kind && (kind == SYMBOL_GRADE_SET ? p->index == index : p->object == object))
			return p;
	}
	return NULL;
}

static int by_person_then_order(const void *a, const void *b)
{
	const struct check_result *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* Errors of single people become warnings, and the people are held. */
static void hold_failed(struct facts *facts, struct calculation *run)
{
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(run->errors, i)); i++)
		diag_add(run->diag, MSG_HELD_FOR_ERROR, item->place, item->text, item->entry->code, NULL);
	for (size_t person = 0; person < facts->person_count; person++) {
		struct person *p = &facts->people[person];

		if (!run->results->failed[person] || p->state != PERSON_PAID)
			continue;
		p->state = PERSON_HELD;
		p->hold_reason = "error";
	}
}

struct results *calc_run(struct facts *facts, bool hold, struct arena *arena, struct diag *diag)
{
	struct calculation *run = calculation_new(facts, arena, diag);

	if (hold)
		run->errors = diag_new_beside(diag, arena);
	for (size_t i = 0; i < facts->rulebook->step_count; i++)
		item_compute(run, &facts->rulebook->order[i]);
	movements_compute(run);
	absent_report(run);
	if (run->results->check_count)
		qsort(run->results->checks, run->results->check_count, sizeof(*run->results->checks), by_person_then_order);
	if (hold) {
		hold_failed(facts, run);
		diag_free(run->errors);
		run->errors = diag;
	}
	return run->results;
}

struct value calc_formula(const struct results *results, const struct formula *formula, size_t person,
	const struct table *table, size_t row)
{
	struct eval eval = eval_start(results->run, formula->policy, person);

	if (table)
		eval_push_row(&eval, table, row);
	return eval_node(&eval, formula->root);
}
