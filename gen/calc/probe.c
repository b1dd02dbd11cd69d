#include "calc/probe.h"

static bool same_parts(const struct node *a, const struct node *b)
{
	if (a->arg_count != b->arg_count || !a->where != !b->where || !a->by != !b->by)
		return false;
	for (size_t i = 0; i < a->arg_count; i++)
		if (!probe_same(a->args[i], b->args[i]))
			return false;
	return (!a->where || probe_same(a->where, b->where)) && (!a->by || probe_same(a->by, b->by));
}

bool probe_same(const struct node *a, const struct node *b)
{
	if (a == b)
		return true;
	if (a->kind != b->kind || a->function != b->function || a->table != b->table || a->column != b->column ||
		a->level != b->level || a->item != b->item || a->parameter != b->parameter || a->set != b->set ||
		a->rates != b->rates || a->tiers != b->tiers)
		return false;
	if (a->kind == NODE_LITERAL)
		return value_equal(&a->value, &b->value);
	return same_parts(a, b);
}
