#include "model/build.h"

/*
 * What the intranet may show of a rule: nothing that reads money, a grade set,
 * a parameter or a personal column, directly or through the figures it uses.
 */
struct look {
	bool open;
	int depth;
};

static bool formula_is_open_at(const struct formula *formula, int depth);

static bool item_is_open_at(const struct item *item, int depth)
{
	if (item->type == VALUE_MONEY || item->kind == ITEM_TOTAL || item->kind == ITEM_CHECK ||
		item->section > SECTION_SCORE || depth > 64)
		return false;
	for (size_t i = 0; i < item->kpi_count; i++)
		if (!item_is_open_at(item->kpis[i], depth + 1))
			return false;
	for (size_t i = 0; i < item->adjust_count; i++)
		if (!item_is_open_at(item->adjusts[i], depth + 1))
			return false;
	return (!item->formula || formula_is_open_at(item->formula, depth + 1)) &&
	       (!item->when || formula_is_open_at(item->when, depth + 1));
}

static bool column_is_open(const struct column *column)
{
	return column->type != COLUMN_MONEY && !column->sensitive && column->role != ROLE_IDENTITY &&
	       column->role != ROLE_ACCOUNT && column->role != ROLE_EMAIL && column->role != ROLE_AMOUNT;
}

static void look_at(const struct node *node, void *context)
{
	struct look *look = context;

	if (node->kind == NODE_PARAMETER || node->kind == NODE_GRADE_SET || node->kind == NODE_RATES ||
		node->type == VALUE_MONEY)
		look->open = false;
	if (look->open && node->column && !column_is_open(node->column))
		look->open = false;
	if (look->open && node->item && !item_is_open_at(node->item, look->depth))
		look->open = false;
}

static bool formula_is_open_at(const struct formula *formula, int depth)
{
	struct look look = {formula->root != NULL && depth <= 64, depth};

	if (look.open)
		node_walk(formula->root, look_at, &look);
	return look.open;
}

bool item_is_open(const struct item *item)
{
	return item_is_open_at(item, 0);
}

bool formula_is_open(const struct formula *formula)
{
	return formula_is_open_at(formula, 0);
}
