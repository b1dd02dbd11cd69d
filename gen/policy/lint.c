#include "policy/lint.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "policy/formula.h"

struct mark {
	struct lint_thing thing;
	bool met;
};

struct lint {
	struct arena *arena;
	struct diag *diag;
	struct map *by_key;
	struct mark **marks;
	size_t count, room;
};

struct lint *lint_new(struct arena *arena, struct diag *diag)
{
	struct lint *lint = arena_alloc(arena, sizeof(*lint));

	lint->arena = arena;
	lint->diag = diag;
	lint->by_key = map_new();
	return lint;
}

void lint_free(struct lint *lint)
{
	if (lint)
		map_free(lint->by_key);
}

void lint_note(struct lint *lint, const struct lint_thing *thing, bool met)
{
	const struct place *at = &thing->place;
	const char *key = arena_printf(lint->arena, "%d %zu %ld %ld %s %s", (int)thing->message, thing->index, at->line,
		at->column, at->file ? at->file : "", thing->name ? thing->name : "");
	struct mark *mark = map_get(lint->by_key, key);

	if (!mark) {
		mark = arena_alloc(lint->arena, sizeof(*mark));
		mark->thing = *thing;
		map_put(lint->by_key, key, mark);
		if (lint->count == lint->room) {
			lint->room = lint->room ? lint->room * 2 : 256;
			lint->marks = arena_grow(lint->arena, lint->marks, lint->count, lint->room, sizeof(*lint->marks));
		}
		lint->marks[lint->count++] = mark;
	}
	mark->met = mark->met || met;
}

void lint_report(struct lint *lint, struct lint_count counts[LINT_KINDS])
{
	memset(counts, 0, LINT_KINDS * sizeof(*counts));
	for (size_t i = 0; i < lint->count; i++) {
		const struct mark *mark = lint->marks[i];

		counts[mark->thing.kind].all++;
		counts[mark->thing.kind].met += mark->met;
		if (!mark->met)
			diag_add(lint->diag, mark->thing.message, mark->thing.place, mark->thing.name, mark->thing.what, NULL);
	}
}

static void visit(const struct formula *formula, const struct item *item, formula_fn *fn, void *context)
{
	if (formula && formula->root)
		fn(formula, item, context);
}

void policy_formulas(const struct policy *policy, formula_fn *fn, void *context)
{
	for (size_t i = 0; i < policy->item_count; i++) {
		visit(policy->items[i]->when, policy->items[i], fn, context);
		visit(policy->items[i]->formula, policy->items[i], fn, context);
		visit(policy->items[i]->actual, NULL, fn, context);
		visit(policy->items[i]->target, NULL, fn, context);
	}
	for (size_t i = 0; i < policy->movement_count; i++) {
		visit(policy->movements[i]->when, NULL, fn, context);
		for (size_t j = 0; j < policy->movements[i]->criterion_count; j++)
			visit(policy->movements[i]->criteria[j].formula, NULL, fn, context);
	}
	for (size_t i = 0; i < policy->export_count; i++)
		for (size_t j = 0; j < policy->exports[i]->column_count; j++)
			visit(policy->exports[i]->columns[j].formula, NULL, fn, context);
	for (size_t i = 0; i < policy->chart_count; i++)
		visit(policy->charts[i]->when, NULL, fn, context);
}
