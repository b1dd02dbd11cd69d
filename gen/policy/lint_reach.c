#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/formula.h"
#include "policy/lint.h"
#include "policy/range.h"

struct reaching {
	const struct policy *policy;
	const struct formula *formula;
	struct diag *diag;
	/* Of tiers: what reaches them from all places that use them. */
	const struct tiers *tiers;
	struct range range;
	bool any;
};

static const char *number_text(struct reaching *reaching, struct decimal x)
{
	char room[DECIMAL_TEXT];

	return arena_strdup(reaching->policy->arena, decimal_format(x, room));
}

/* ---- tiers ---- */
static void add_argument(const struct node *node, void *context)
{
	struct reaching *reaching = context;
	struct range range, *all = &reaching->range;

	if (node->kind != NODE_TIERS || node->tiers != reaching->tiers)
		return;
	range = range_of(node->args[0], reaching->policy);
	if (!reaching->any) {
		*all = range;
	} else {
		all->has_low = all->has_low && range.has_low;
		all->has_high = all->has_high && range.has_high;
		all->low = decimal_compare(range.low, all->low) < 0 ? range.low : all->low;
		all->high = decimal_compare(range.high, all->high) > 0 ? range.high : all->high;
	}
	reaching->any = true;
}

static void add_arguments(const struct formula *formula, const struct item *item, void *context)
{
	(void)item;
	node_walk(formula->root, add_argument, context);
}

static bool begins(const struct tier *tier, struct decimal x)
{
	int order = decimal_compare(x, tier->bound);

	return order > 0 || (order == 0 && !tier->over);
}

/* Linear entries are points, not tiers: one outside the range still bends the line to it. */
static void reach_tiers(struct reaching *reaching, const struct tiers *tiers)
{
	bool whole_slices = tiers->mode == TIERS_MARGINAL;

	reaching->tiers = tiers;
	reaching->any = false;
	policy_formulas(reaching->policy, add_arguments, reaching);
	for (size_t i = 0; reaching->any && tiers->mode != TIERS_LINEAR && i < tiers->row_count; i++) {
		const struct tier *tier = &tiers->rows[i];

		if (reaching->range.has_high && !begins(tier, reaching->range.high))
			diag_add(reaching->diag, MSG_LINT_TIER_BEYOND, tier->place, tiers->name,
				number_text(reaching, reaching->range.high), NULL);
		else if (!whole_slices && reaching->range.has_low && i + 1 < tiers->row_count && begins(tier + 1, reaching->range.low))
			diag_add(reaching->diag, MSG_LINT_TIER_BELOW, tier->place, tiers->name,
				number_text(reaching, reaching->range.low), NULL);
	}
}

/* ---- rates ---- */
/* Takes everything the later row would take. */
static bool covers(const struct rate *earlier, const struct rate *later, size_t keys)
{
	for (size_t k = 0; k < keys; k++)
		if (earlier->keys[k] && (!later->keys[k] || strcmp(earlier->keys[k], later->keys[k]) != 0))
			return false;
	return true;
}

static void reach_rates(struct reaching *reaching, const struct rates *rates)
{
	for (size_t i = 1; i < rates->row_count; i++)
		for (size_t j = 0; j < i; j++)
			if (covers(&rates->rows[j], &rates->rows[i], rates->key_count)) {
				diag_add(reaching->diag, MSG_LINT_RATE_COVERED, rates->rows[i].place, rates->name,
					arena_printf(reaching->policy->arena, "%ld", rates->rows[j].place.line), NULL);
				break;
			}
}

/* ---- keys of rates that a column of choices, or the grades, cannot have; comparisons that always come out alike ---- */
static const char *unknown_key(const struct node *arg, const char *key, const struct policy *policy, const char **nearest)
{
	const struct column *column = arg->column;

	*nearest = NULL;
	if (!key)
		return NULL;
	if (arg->type == VALUE_GRADE)
		return policy_grade(policy, key) ? NULL : key;
	if ((arg->kind != NODE_COLUMN && arg->kind != NODE_REF) || column->type != COLUMN_CHOICE)
		return NULL;
	for (size_t i = 0; i < column->choice_count; i++)
		if (!strcmp(column->choices[i], key))
			return NULL;
	*nearest = text_nearest(key, column->choices, column->choice_count);
	return key;
}

static void reach_keys(struct reaching *reaching, const struct node *node)
{
	for (size_t k = 0; k < node->arg_count; k++)
		for (size_t i = 0; i < node->rates->row_count; i++) {
			const char *nearest, *key = unknown_key(node->args[k], node->rates->rows[i].keys[k], reaching->policy, &nearest);

			if (key)
				diag_add_nearest(reaching->diag, MSG_LINT_RATE_NEVER, node->rates->rows[i].place, nearest,
					node->rates->name, key, node->rates->keys[k], NULL);
		}
}

/* 1 always, -1 never, 0 it depends. */
static int always(enum node_kind kind, struct range a, struct range b)
{
	bool below = a.has_high && b.has_low && decimal_compare(a.high, b.low) < 0;
	bool at_most = a.has_high && b.has_low && decimal_compare(a.high, b.low) <= 0;
	bool above = a.has_low && b.has_high && decimal_compare(a.low, b.high) > 0;
	bool at_least = a.has_low && b.has_high && decimal_compare(a.low, b.high) >= 0;

	switch ((int)kind) {
	case NODE_LT:
		return below ? 1 : at_least ? -1 : 0;
	case NODE_LE:
		return at_most ? 1 : above ? -1 : 0;
	case NODE_GT:
		return above ? 1 : at_most ? -1 : 0;
	case NODE_GE:
		return at_least ? 1 : below ? -1 : 0;
	case NODE_EQ:
		return below || above ? -1 : 0;
	case NODE_NE:
		return below || above ? 1 : 0;
	default:
		return 0;
	}
}

static void reach_comparison(struct reaching *reaching, const struct node *node)
{
	int outcome = always(node->kind, range_of(node->args[0], reaching->policy), range_of(node->args[1], reaching->policy));

	/* Two literals or a parameter of one value against another may be meant to be changed. */
	if (outcome && !node->args[0]->bare && node->args[0]->kind != NODE_PARAMETER)
		diag_add(reaching->diag, outcome > 0 ? MSG_LINT_ALWAYS : MSG_LINT_NEVER,
			xml_text_place(&reaching->formula->text, node->start, node->end),
			arena_strndup(reaching->policy->arena, reaching->formula->text.text + node->start, node->end - node->start), NULL);
}

static void reach_node(const struct node *node, void *context)
{
	if (node->kind == NODE_RATES)
		reach_keys(context, node);
	else if (node->kind >= NODE_EQ && node->kind <= NODE_GE && value_type_is_numeric(node->args[0]->type) &&
		value_type_is_numeric(node->args[1]->type))
		reach_comparison(context, node);
}

static void reach_formula(const struct formula *formula, const struct item *item, void *context)
{
	struct reaching *reaching = context;

	(void)item;
	reaching->formula = formula;
	node_walk(formula->root, reach_node, reaching);
}

void lint_reach(const struct policy *policy, struct diag *diag)
{
	struct reaching reaching = { .policy = policy, .diag = diag };

	for (size_t i = 0; i < policy->tiers_count; i++)
		reach_tiers(&reaching, policy->tiers[i]);
	for (size_t i = 0; i < policy->rates_count; i++)
		reach_rates(&reaching, policy->rates[i]);
	policy_formulas(policy, reach_formula, &reaching);
}
