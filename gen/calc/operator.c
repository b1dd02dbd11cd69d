#include <string.h>

#include "base/bug.h"
#include "calc/eval.h"

static int compare_ints(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Order of grades within a track; false across tracks, where every order is no. */
static bool compare_grades(const struct eval *eval, const struct value *a, const struct value *b, int *order)
{
	const struct grade *x = policy_grade(eval->policy, a->text), *y = policy_grade(eval->policy, b->text);

	if (!x || !y || strcmp(x->track, y->track) != 0)
		return false;
	*order = compare_ints(x->order, y->order);
	return true;
}

/* A grade equals an id or a title. */
static bool same_text(const struct eval *eval, const struct value *a, const struct value *b)
{
	if (a->type == VALUE_GRADE || b->type == VALUE_GRADE) {
		const struct grade *x = policy_grade(eval->policy, a->text), *y = policy_grade(eval->policy, b->text);

		if (x && y)
			return x == y;
	}
	return !strcmp(a->text, b->text);
}

static bool is_equality(enum node_kind kind)
{
	return kind == NODE_EQ || kind == NODE_NE;
}

/* False if the two have no order. */
static bool order_of(const struct eval *eval, enum node_kind kind, const struct value *a, const struct value *b, int *order)
{
	switch (a->type) {
	case VALUE_MONEY: case VALUE_NUMBER: case VALUE_PERCENT:
		*order = decimal_compare(a->number, b->number);
		return true;
	case VALUE_DATE:
		*order = compare_ints(a->day, b->day);
		return true;
	case VALUE_YESNO:
		*order = compare_ints(a->yes, b->yes);
		return true;
	case VALUE_TEXT: case VALUE_GRADE:
		if (!is_equality(kind))
			return compare_grades(eval, a, b, order);
		*order = same_text(eval, a, b) ? 0 : 1;
		return true;
	case VALUE_NONE:
		break;
	}
	bug("comparison of values without type");
}

bool eval_compare(struct eval *eval, enum node_kind kind, const struct value *a, const struct value *b, bool *holds)
{
	int order;

	*holds = false;
	if (a->missing || b->missing)
		return false;
	if (!order_of(eval, kind, a, b, &order))
		return true;
	*holds = kind == NODE_EQ ? order == 0 :
		kind == NODE_NE ? order != 0 :
		kind == NODE_LT ? order < 0 :
		kind == NODE_LE ? order <= 0 :
		kind == NODE_GT ? order > 0 : order >= 0;
	return true;
}

static struct value compare(struct eval *eval, const struct node *node)
{
	struct value a = eval_node(eval, node->args[0]), b = eval_node(eval, node->args[1]);
	bool holds;

	if (!eval_compare(eval, node->kind, &a, &b, &holds))
		eval->blank = true;
	return value_yesno(holds);
}

/* `in` is = to any entry, `not in` is <> to every one: with a missing side each of these is no. */
static struct value is_among(struct eval *eval, const struct node *node)
{
	struct value sought = eval_node(eval, node->args[0]);
	bool found = false, comparable = !sought.missing;

	for (size_t i = 1; i < node->arg_count && !sought.missing && !found; i++) {
		struct value entry = eval_node(eval, node->args[i]);

		comparable = eval_compare(eval, NODE_EQ, &sought, &entry, &found) && comparable;
	}
	if (!found && !comparable)
		eval->blank = true;
	return value_yesno(node->kind == NODE_IN ? found : comparable && !found);
}

/* Days from a date or a number; a fraction of a day is cut off. */
static bool whole_days(const struct value *value, int64_t *days)
{
	if (value->type == VALUE_DATE) {
		*days = value->day;
		return true;
	}
	return decimal_to_int(value->number, days);
}

static struct value date_arithmetic(const struct node *node, const struct value *a, const struct value *b)
{
	int64_t x, y, result;

	if (!whole_days(a, &x) || !whole_days(b, &y))
		return value_missing(node->type);
	if (node->kind == NODE_SUBTRACT ? __builtin_sub_overflow(x, y, &result) : __builtin_add_overflow(x, y, &result))
		return value_missing(node->type);
	if (node->type != VALUE_DATE)
		return value_number(node->type, decimal_from_int(result));
	return date_in_range(result) ? value_date((int32_t)result) : value_missing(VALUE_DATE);
}

static struct value arithmetic(struct eval *eval, const struct node *node)
{
	struct value a = eval_node(eval, node->args[0]), b = eval_node(eval, node->args[1]);
	struct decimal result = decimal_zero();

	if (a.missing || b.missing)
		return value_missing(node->type);
	if (a.type == VALUE_DATE || b.type == VALUE_DATE)
		return date_arithmetic(node, &a, &b);
	if (node->kind == NODE_ADD)
		result = decimal_add(a.number, b.number);
	else if (node->kind == NODE_SUBTRACT)
		result = decimal_subtract(a.number, b.number);
	else if (node->kind == NODE_MULTIPLY)
		result = decimal_multiply(a.number, b.number);
	else if (!decimal_divide(a.number, b.number, &result))
		return value_missing(node->type);
	return value_number(node->type, result);
}

struct value eval_operator(struct eval *eval, const struct node *node)
{
	struct value value;

	switch ((int)node->kind) {
	case NODE_NOT:
		return value_yesno(!eval_holds(eval, node->args[0]));
	case NODE_AND:
		return value_yesno(eval_holds(eval, node->args[0]) && eval_holds(eval, node->args[1]));
	case NODE_OR:
		return value_yesno(eval_holds(eval, node->args[0]) || eval_holds(eval, node->args[1]));
	case NODE_NEGATE:
		value = eval_node(eval, node->args[0]);
		return value.missing ? value : value_number(node->type, decimal_negate(value.number));
	case NODE_IN: case NODE_NOT_IN:
		return is_among(eval, node);
	case NODE_ADD: case NODE_SUBTRACT: case NODE_MULTIPLY: case NODE_DIVIDE:
		return arithmetic(eval, node);
	default:
		return compare(eval, node);
	}
}
