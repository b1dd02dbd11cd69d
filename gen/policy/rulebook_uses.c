#include "policy/rulebook_parts.h"

#include "base/arena.h"

/* What the formulas of all policies look back to, and a slot for each value over other people. */

static void note_history(struct rulebook *rulebook, const struct node *node)
{
	if (!node)
		return;
	if (node->kind == NODE_FIGURE)
		rulebook->columns[node->item->column].in_history = true;
	note_history(rulebook, node->where);
	for (size_t i = 0; i < node->arg_count; i++)
		note_history(rulebook, node->args[i]);
}

static void note_call(struct rulebook *rulebook, struct node *node)
{
	switch (function_entry(node->function)->class) {
	case CLASS_HISTORY:
		/* n, behind the expression, is of this month */
		note_history(rulebook, node->args[0]);
		note_history(rulebook, node->where);
		rulebook->needs_history = true;
		break;
	case CLASS_LINE:
		rulebook->line_in_history[node->item->line] = true;
		rulebook->needs_history = true;
		break;
	case CLASS_GROUP: case CLASS_SHARE:
		node->slot = rulebook->slot_count++;
		break;
	case CLASS_SCALAR:
		if (node->function == FN_MONTHS_IN_GRADE)
			rulebook->needs_history = true;
		break;
	case CLASS_ROWS:
		break;
	}
}

static void note_node(struct rulebook *rulebook, struct node *node)
{
	if (!node)
		return;
	if (node->kind == NODE_CALL)
		note_call(rulebook, node);
	note_node(rulebook, node->where);
	note_node(rulebook, node->by);
	for (size_t i = 0; i < node->arg_count; i++)
		note_node(rulebook, node->args[i]);
}

static void note_formula(struct rulebook *rulebook, struct formula *formula)
{
	if (formula)
		note_node(rulebook, formula->root);
}

static void note_course(struct rulebook *rulebook, const struct declared_chart *chart)
{
	struct course_spec spec = { chart->figure_count ? chart->figures[0]->column : SIZE_MAX,
		chart->target.item ? chart->target.item->column : SIZE_MAX };

	if (chart->kind->id != CHART_TREND && chart->kind->id != CHART_SPARKLINES)
		return;
	for (size_t i = 0; i < rulebook->course_count; i++)
		if (rulebook->courses[i].figure == spec.figure && rulebook->courses[i].target == spec.target)
			return;
	rulebook->courses[rulebook->course_count++] = spec;
}

static void note_policy(struct rulebook *rulebook, struct policy *policy)
{
	for (size_t i = 0; i < policy->item_count; i++) {
		note_formula(rulebook, policy->items[i]->formula);
		note_formula(rulebook, policy->items[i]->when);
		note_formula(rulebook, policy->items[i]->actual);
		note_formula(rulebook, policy->items[i]->target);
	}
	for (size_t i = 0; i < policy->movement_count; i++) {
		note_formula(rulebook, policy->movements[i]->when);
		for (size_t j = 0; j < policy->movements[i]->criterion_count; j++)
			note_formula(rulebook, policy->movements[i]->criteria[j].formula);
	}
	for (size_t i = 0; i < policy->export_count; i++)
		for (size_t j = 0; j < policy->exports[i]->column_count; j++)
			note_formula(rulebook, policy->exports[i]->columns[j].formula);
	for (size_t i = 0; i < policy->chart_count; i++) {
		note_formula(rulebook, policy->charts[i]->when);
		note_course(rulebook, policy->charts[i]);
	}
}

void rulebook_note_uses(struct rulebook *rulebook, struct arena *arena)
{
	size_t charts = 0;

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		charts += rulebook->schemes[s].policy->chart_count;
	rulebook->courses = arena_array(arena, charts + 1, sizeof(*rulebook->courses));
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		note_policy(rulebook, rulebook->schemes[s].policy);
	for (size_t i = 0; i < rulebook->column_count; i++)
		if (rulebook->columns[i].in_history)
			rulebook->columns[i].history = rulebook->history_count++;
}
