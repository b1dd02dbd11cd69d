#include "calc/lint_lean.h"

#include "base/arena.h"
#include "policy/formula.h"

enum { BETTER = 1, WORSE = 2 };

struct leaning {
	const struct policy *policy;
	unsigned char *of; /* by place in the policy */
	bool changed;
};

size_t leaning_place(const struct leaning *leaning, const struct item *item)
{
	const struct policy *policy = leaning->policy;
	size_t i = 0;

	while (i < policy->item_count && policy->items[i] != item)
		i++;
	return i;
}

static void lean(struct leaning *leaning, const struct item *item, unsigned char how)
{
	size_t place = leaning_place(leaning, item);

	if (place == leaning->policy->item_count || (leaning->of[place] | how) == leaning->of[place])
		return;
	leaning->of[place] |= how;
	leaning->changed = true;
}

static unsigned char flipped(unsigned char how)
{
	return (unsigned char)((how & BETTER ? WORSE : 0) | (how & WORSE ? BETTER : 0));
}

/* Conditions, tables of numbers, history and other people pass nothing on. */
static void lean_node(struct leaning *leaning, const struct node *node, unsigned char how)
{
	size_t first = 0;

	switch ((int)node->kind) {
	case NODE_FIGURE: case NODE_LINE:
		lean(leaning, node->item, how);
		return;
	case NODE_NEGATE:
		lean_node(leaning, node->args[0], flipped(how));
		return;
	case NODE_SUBTRACT: case NODE_DIVIDE:
		lean_node(leaning, node->args[0], how);
		lean_node(leaning, node->args[1], flipped(how));
		return;
	case NODE_ADD: case NODE_MULTIPLY:
		break;
	case NODE_CALL:
		if (node->function != FN_IF && node->function != FN_MIN && node->function != FN_MAX && node->function != FN_ROUND &&
			node->function != FN_FLOOR && node->function != FN_CEIL && node->function != FN_DEFAULT && node->function != FN_SUM)
			return;
		first = node->function == FN_IF;
		break;
	default:
		return;
	}
	for (size_t i = first; i < node->arg_count; i++)
		lean_node(leaning, node->args[i], how);
}

static unsigned char leaning_of_section(enum section section)
{
	return section == SECTION_EARNINGS || section == SECTION_NET || section == SECTION_SCORE ? BETTER :
		section == SECTION_DEDUCTIONS ? WORSE : 0;
}

static void lean_items(struct leaning *leaning)
{
	const struct policy *policy = leaning->policy;

	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];

		if (item->kind == ITEM_FIGURE || item->kind == ITEM_SCORECARD || item->kind == ITEM_KPI || item->kind == ITEM_ADJUST)
			lean(leaning, item, leaning_of_section(item->kind == ITEM_FIGURE ? item->section : SECTION_SCORE));
		if (item->formula)
			lean_node(leaning, item->formula->root, leaning->of[i]);
	}
}

struct leaning *leaning_new(const struct policy *policy, struct arena *arena)
{
	struct leaning *leaning = arena_alloc(arena, sizeof(*leaning));

	leaning->policy = policy;
	leaning->of = arena_array(arena, policy->item_count + 1, 1);
	do {
		leaning->changed = false;
		lean_items(leaning);
	} while (leaning->changed);
	return leaning;
}

struct search {
	const struct leaning *leaning;
	unsigned char found;
	bool score, deducted;
};

static void find_leaning(const struct node *node, void *context)
{
	struct search *search = context;
	size_t place = node->item ? leaning_place(search->leaning, node->item) : search->leaning->policy->item_count;

	if (place == search->leaning->policy->item_count)
		return;
	search->found |= search->leaning->of[place];
	search->deducted = search->deducted || node->item->section == SECTION_DEDUCTIONS;
	search->score = search->score || node->item->kind == ITEM_SCORECARD || node->item->kind == ITEM_KPI ||
		node->item->section == SECTION_SCORE;
}

/*
 * Days late and the like are numbers of which less is better, and deductions
 * too: there a fall is what the rule is for. Amounts, percentages and scores
 * one wants more of; for what is deducted only what is itself earned.
 */
bool leaning_falls(const struct leaning *leaning, const struct item *item, const struct node *x, bool up)
{
	unsigned char own = leaning->of[leaning_place(leaning, item)];
	struct search search = { .leaning = leaning };

	node_walk(x, find_leaning, &search);
	if (own == WORSE)
		return up && search.found == BETTER;
	return own == BETTER && !up && !search.deducted && (x->type == VALUE_MONEY || x->type == VALUE_PERCENT || search.score);
}
