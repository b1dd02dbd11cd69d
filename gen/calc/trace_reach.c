#include <stdlib.h>

#include "base/bug.h"
#include "calc/trace.h"
#include "policy/formula.h"

/* What an item depends on, without evaluating anything: does any of it look at other people? */
struct reach {
	const struct rulebook *rulebook;
	const struct policy *policy;
	const struct item **queue;
	bool *column, *line; /* queued already */
	size_t count;
	bool everyone;
	bool *columns; /* of everyone */
};

static void reach_item(struct reach *reach, const struct item *item)
{
	bool *seen = item->kind == ITEM_CHECK ? NULL :
		item->kind == ITEM_LINE ? &reach->line[item->line] : &reach->column[item->column];

	if (seen && *seen)
		return;
	if (seen)
		*seen = true;
	reach->queue[reach->count++] = item;
}

static void mark_column(const struct node *node, void *context)
{
	struct reach *reach = context;

	if (node->kind == NODE_FIGURE)
		reach->columns[node->item->column] = true;
}

static void reach_node(const struct node *node, void *context)
{
	struct reach *reach = context;

	if (node->item)
		reach_item(reach, node->item);
	if (node->kind != NODE_CALL || (function_entry(node->function)->class != CLASS_GROUP && node->function != FN_SHARE))
		return;
	reach->everyone = true;
	node_walk(node, mark_column, reach);
}

static void reach_formula(struct reach *reach, const struct formula *formula)
{
	if (formula && formula->root)
		node_walk(formula->root, reach_node, reach);
}

static void reach_parts(struct reach *reach, const struct item *item)
{
	for (size_t i = 0; i < item->kpi_count; i++)
		reach_item(reach, item->kpis[i]);
	for (size_t i = 0; i < item->adjust_count; i++)
		reach_item(reach, item->adjusts[i]);
	for (size_t i = 0; i < item->piece_count; i++)
		if (item->pieces[i].item)
			reach_item(reach, item->pieces[i].item);
	for (size_t i = 0; item->kind == ITEM_TOTAL && i < reach->policy->item_count; i++)
		if (reach->policy->items[i]->kind == ITEM_FIGURE && reach->policy->items[i]->section == item->total_of)
			reach_item(reach, reach->policy->items[i]);
}

static void reach_all(struct reach *reach)
{
	for (size_t i = 0; i < reach->policy->item_count; i++)
		reach_item(reach, reach->policy->items[i]);
	for (size_t i = 0; i < reach->policy->movement_count; i++) {
		const struct movement *movement = reach->policy->movements[i];

		reach_formula(reach, movement->when);
		for (size_t c = 0; c < movement->criterion_count; c++)
			reach_formula(reach, movement->criteria[c].formula);
	}
}

bool trace_wants_everyone(const struct rulebook *rulebook, const struct policy *policy, const struct item *item, bool *columns)
{
	struct reach reach = { .rulebook = rulebook, .policy = policy, .columns = columns };

	/* A check is queued each time it is met, once only, as nothing refers to it. */
	reach.queue = calloc(rulebook->column_count + rulebook->line_count + policy->item_count + 1, sizeof(*reach.queue));
	reach.column = calloc(rulebook->column_count + 1, sizeof(*reach.column));
	reach.line = calloc(rulebook->line_count + 1, sizeof(*reach.line));
	if (!reach.queue || !reach.column || !reach.line)
		bug("out of memory");
	if (item)
		reach_item(&reach, item);
	else
		reach_all(&reach);
	for (size_t i = 0; i < reach.count; i++) {
		reach_formula(&reach, reach.queue[i]->formula);
		reach_formula(&reach, reach.queue[i]->when);
		if (reach.queue[i]->parent)
			reach_formula(&reach, reach.queue[i]->parent->when);
		reach_parts(&reach, reach.queue[i]);
	}
	free(reach.queue);
	free(reach.column);
	free(reach.line);
	return reach.everyone;
}
