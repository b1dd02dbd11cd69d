#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "calc/lint_parts.h"
#include "calc/trace.h"

/* Tiers and rates with the entry taken; nodes of an if and formulas of a when with the outcome; items computed. */
struct hit {
	const void *object;
	size_t index;
};

struct cover {
	struct arena *arena;
	struct hit *hits;
	size_t count, room, sorted;
};

struct cover *cover_new(struct arena *arena)
{
	struct cover *cover = arena_alloc(arena, sizeof(*cover));

	cover->arena = arena;
	return cover;
}

static void hit(struct cover *cover, const void *object, size_t index)
{
	if (cover->count == cover->room) {
		cover->room = cover->room ? cover->room * 2 : 4096;
		cover->hits = arena_grow(cover->arena, cover->hits, cover->count, cover->room, sizeof(*cover->hits));
	}
	cover->hits[cover->count++] = (struct hit){ object, index };
}

static int by_object(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	uintptr_t first = (uintptr_t)x->object, second = (uintptr_t)y->object;

	if (first != second)
		return first < second ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static bool is_hit(struct cover *cover, const void *object, size_t index)
{
	struct hit sought = { object, index };

	if (cover->sorted != cover->count) {
		qsort(cover->hits, cover->count, sizeof(*cover->hits), by_object);
		cover->sorted = cover->count;
	}
	return cover->count && bsearch(&sought, cover->hits, cover->count, sizeof(*cover->hits), by_object);
}

static bool holds(const struct trace_node *node)
{
	return !node->value.missing && node->value.yes;
}

static void cover_trace(struct cover *cover, const struct trace_node *trace)
{
	const struct node *node = trace->node;

	if (node && node->kind == NODE_TIERS)
		hit(cover, node->tiers, trace->index);
	else if (node && node->kind == NODE_RATES)
		hit(cover, node->rates, trace->index);
	else if (node && node->kind == NODE_CALL && node->function == FN_IF && trace->first)
		hit(cover, node, holds(trace->first));
	for (const struct trace_node *child = trace->first; child; child = child->next)
		cover_trace(cover, child);
}

static void cover_when(struct cover *cover, const struct trace_node *when, const struct formula *formula)
{
	if (!when)
		return;
	hit(cover, formula, holds(when));
	cover_trace(cover, when);
}

static void cover_item(struct cover *cover, const struct trace_item *traced)
{
	const struct item *item = traced->item;

	hit(cover, item, 0);
	cover_when(cover, traced->when, item->when);
	if (traced->card_when)
		cover_when(cover, traced->card_when, item->parent->when);
	if (traced->root)
		cover_trace(cover, traced->root);
}

static void need_rows(struct trace *trace, const struct calculation *run, const struct item *line)
{
	struct row_span span = facts_rows(run->facts, line->table->index, 0);

	for (size_t i = 0; i < span.count; i++)
		trace_need(trace, line, span.rows[i]);
}

void cover_example(struct cover *cover, struct calculation *run, const struct policy *policy, const bool *needed)
{
	struct arena *scratch = arena_new();
	struct trace *trace = trace_new(run->results, 0, scratch);
	size_t count;

	for (size_t i = 0; i < policy->item_count; i++) {
		if (!needed[i] || calculation_preset(run, SYMBOL_ITEM, policy->items[i], 0))
			continue;
		if (policy->items[i]->kind == ITEM_LINE)
			need_rows(trace, run, policy->items[i]);
		else
			trace_need(trace, policy->items[i], SIZE_MAX);
	}
	count = trace_count(trace); /* what these refer to is given, or among them */
	trace_follow(trace);
	for (size_t i = 0; i < count; i++)
		cover_item(cover, trace_item(trace, i));
	arena_free(scratch);
}

/* ---- what there is to cover ---- */
struct noting {
	struct cover *cover;
	struct lint *lint;
	const struct formula *formula;
	const char *name;
};

static void note_sides(struct noting *noting, const void *object, struct place place)
{
	struct lint_thing no = { LINT_BRANCH, MSG_LINT_NO_UNTRIED, place, 0, noting->name, NULL };
	struct lint_thing yes = { LINT_BRANCH, MSG_LINT_YES_UNTRIED, place, 1, noting->name, NULL };

	lint_note(noting->lint, &no, is_hit(noting->cover, object, 0));
	lint_note(noting->lint, &yes, is_hit(noting->cover, object, 1));
}

static void note_if(const struct node *node, void *context)
{
	struct noting *noting = context;

	if (node->kind == NODE_CALL && node->function == FN_IF)
		note_sides(noting, node, xml_text_place(&noting->formula->text, node->args[0]->start, node->args[0]->end));
}

/* Movements and exports are no part of an example. */
static void note_item(struct noting *noting, const struct item *item)
{
	struct lint_thing thing = { LINT_ITEM, MSG_LINT_ITEM_UNTRIED, item->place, 0, item->name, NULL };

	if (item->kind == ITEM_CHECK || item->kind == ITEM_TOTAL)
		return;
	lint_note(noting->lint, &thing, is_hit(noting->cover, item, 0));
	noting->name = item->name;
	if (item->when)
		note_sides(noting, item->when, xml_text_place(&item->when->text, 0, item->when->text.length));
	if (item->formula) {
		noting->formula = item->formula;
		node_walk(item->formula->root, note_if, noting);
	}
}

static void note_numbers(struct noting *noting, const struct policy *policy)
{
	for (size_t i = 0; i < policy->tiers_count; i++)
		for (size_t k = 0; k < policy->tiers[i]->row_count; k++) {
			struct lint_thing thing = { LINT_TIER, MSG_LINT_TIER_UNTRIED, policy->tiers[i]->rows[k].place, k,
				policy->tiers[i]->name, NULL };

			lint_note(noting->lint, &thing, is_hit(noting->cover, policy->tiers[i], k));
		}
	for (size_t i = 0; i < policy->rates_count; i++)
		for (size_t k = 0; k < policy->rates[i]->row_count; k++) {
			struct lint_thing thing = { LINT_RATE, MSG_LINT_RATE_UNTRIED, policy->rates[i]->rows[k].place, k,
				policy->rates[i]->name, NULL };

			lint_note(noting->lint, &thing, is_hit(noting->cover, policy->rates[i], k));
		}
}

void cover_note(struct cover *cover, struct lint *lint, const struct policy *policy)
{
	struct noting noting = { .cover = cover, .lint = lint };

	for (size_t i = 0; i < policy->item_count; i++)
		note_item(&noting, policy->items[i]);
	note_numbers(&noting, policy);
}
