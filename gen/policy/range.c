#include "policy/range.h"

#include <string.h>

#define DEPTH_MAX 24 /* figures reading figures: beyond this nothing is said */

struct ranging {
	const struct policy *policy;
	int depth;
};

static const struct range anything = { false, false, { { 0, 0 } }, { { 0, 0 } } };

static struct range range_at(struct ranging *ranging, const struct node *node);

static struct range point(struct decimal x)
{
	return (struct range){ true, true, x, x };
}

static struct range at_least(struct decimal low)
{
	return (struct range){ true, false, low, decimal_zero() };
}

static struct decimal smaller(struct decimal a, struct decimal b)
{
	return decimal_compare(a, b) < 0 ? a : b;
}

static struct decimal larger(struct decimal a, struct decimal b)
{
	return decimal_compare(a, b) > 0 ? a : b;
}

/* What lies in either. */
static struct range joined(struct range a, struct range b)
{
	return (struct range){ a.has_low && b.has_low, a.has_high && b.has_high, smaller(a.low, b.low), larger(a.high, b.high) };
}

static struct range added(struct range a, struct range b)
{
	return (struct range){ a.has_low && b.has_low, a.has_high && b.has_high, decimal_add(a.low, b.low),
		decimal_add(a.high, b.high) };
}

static struct range negated(struct range a)
{
	return (struct range){ a.has_high, a.has_low, decimal_negate(a.high), decimal_negate(a.low) };
}

static bool is_positive(struct range a)
{
	return a.has_low && decimal_sign(a.low) >= 0;
}

static struct range multiplied(struct range a, struct range b)
{
	if (!is_positive(a) || !is_positive(b))
		return anything;
	return (struct range){ true, a.has_high && b.has_high, decimal_multiply(a.low, b.low), decimal_multiply(a.high, b.high) };
}

/* No bound above where the divisor can come down to 0. */
static struct range divided(struct range a, struct range b)
{
	struct range result = at_least(decimal_zero());

	if (!is_positive(a) || !is_positive(b))
		return anything;
	if (b.has_high)
		result.has_low = decimal_divide(a.low, b.high, &result.low);
	if (a.has_high)
		result.has_high = decimal_divide(a.high, b.low, &result.high);
	return result;
}

static struct range bounded(struct range range, const struct item *item)
{
	if (item->has_floor) {
		range.low = range.has_low ? larger(range.low, item->floor) : item->floor;
		range.has_low = true;
		range.high = larger(range.high, item->floor);
	}
	if (item->has_cap) {
		range.high = range.has_high ? smaller(range.high, item->cap) : item->cap;
		range.has_high = true;
		range.low = smaller(range.low, item->cap);
	}
	return range;
}

/* Rounding keeps order, so the ends are rounded as the values are. */
static void round_ends(struct range *range, const struct item *item)
{
	struct decimal low, high;

	if (!item->rounds)
		return;
	if (decimal_round(range->low, item->step, item->rounding, &low) && decimal_round(range->high, item->step, item->rounding, &high)) {
		range->low = low;
		range->high = high;
	}
}

/* With `when` no a number is 0. */
static struct range range_of_item(struct ranging *ranging, const struct item *item)
{
	struct range range = anything;

	if (ranging->depth >= DEPTH_MAX)
		return anything;
	ranging->depth++;
	if (item->formula && (item->kind == ITEM_FIGURE || item->kind == ITEM_KPI || item->kind == ITEM_ADJUST || item->kind == ITEM_LINE))
		range = range_at(ranging, item->formula->root);
	ranging->depth--;
	range = bounded(range, item);
	round_ends(&range, item);
	return item->when || (item->parent && item->parent->when) ? joined(range, point(decimal_zero())) : range;
}

static struct range range_of_values(const struct value *values, size_t count, size_t stride)
{
	struct range range = anything;
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		const struct value *value = (const struct value *)(const void *)((const char *)values + i * stride);

		if (value->missing)
			continue;
		if (!value_type_is_numeric(value->type))
			return anything;
		range = any ? joined(range, point(value->number)) : point(value->number);
		any = true;
	}
	return range;
}

static struct range range_of_set(const struct policy *policy, size_t set)
{
	struct range range = anything;
	bool any = false;

	for (size_t i = 0; i < policy->grade_count; i++) {
		struct range one = range_of_values(&policy->grades[i].sets[set], 1, sizeof(struct value));

		if (!one.has_low && policy->grades[i].sets[set].missing)
			continue;
		range = any ? joined(range, one) : one;
		any = true;
	}
	return range;
}

static struct range range_of_rates(const struct rates *rates)
{
	struct range range = rates->row_count ?
		range_of_values(&rates->rows[0].value, rates->row_count, sizeof(rates->rows[0])) : anything;

	if (rates->has_otherwise && !rates->otherwise.missing)
		range = joined(range, range_of_values(&rates->otherwise, 1, sizeof(rates->otherwise)));
	return range;
}

static struct range range_of_tiers(struct ranging *ranging, const struct node *node)
{
	const struct tiers *tiers = node->tiers;
	struct range entries = tiers->row_count ?
		range_of_values(&tiers->rows[0].entry, tiers->row_count, sizeof(tiers->rows[0])) : anything;

	if (tiers->mode == TIERS_VALUE || tiers->mode == TIERS_LINEAR)
		return entries;
	return joined(point(decimal_zero()), multiplied(entries, joined(point(decimal_zero()), range_at(ranging, node->args[0]))));
}

static struct range range_of_column(const struct column *column)
{
	struct range range = anything;

	if (column->has_min && value_type_is_numeric(column->min.type)) {
		range.has_low = true;
		range.low = column->min.number;
	}
	if (column->has_max && value_type_is_numeric(column->max.type)) {
		range.has_high = true;
		range.high = column->max.number;
	}
	return range;
}

/* min is below each of its arguments, max above. */
static struct range extreme(struct ranging *ranging, const struct node *node)
{
	bool least = node->function == FN_MIN;
	struct range range = range_at(ranging, node->args[0]);

	for (size_t i = 1; i < node->arg_count; i++) {
		struct range next = range_at(ranging, node->args[i]);
		bool low = least ? range.has_low && next.has_low : range.has_low || next.has_low;
		bool high = least ? range.has_high || next.has_high : range.has_high && next.has_high;

		range.low = !range.has_low ? next.low : !next.has_low ? range.low :
			least ? smaller(range.low, next.low) : larger(range.low, next.low);
		range.high = !range.has_high ? next.high : !next.has_high ? range.high :
			least ? smaller(range.high, next.high) : larger(range.high, next.high);
		range.has_low = low;
		range.has_high = high;
	}
	return range;
}

static struct range range_of_call(struct ranging *ranging, const struct node *node)
{
	struct range range;

	switch ((int)node->function) {
	case FN_IF:
		return joined(range_at(ranging, node->args[1]), range_at(ranging, node->args[2]));
	case FN_DEFAULT:
		return joined(range_at(ranging, node->args[0]), range_at(ranging, node->args[1]));
	case FN_MIN: case FN_MAX:
		return extreme(ranging, node);
	case FN_ONLY: case FN_LATEST: case FN_ROWS_MIN: case FN_ROWS_MAX: case FN_AVERAGE:
		return range_at(ranging, node->args[0]);
	case FN_SUM:
		range = range_at(ranging, node->args[0]);
		return is_positive(range) ? at_least(decimal_zero()) : anything;
	case FN_COUNT: case FN_ABS: case FN_LENGTH: case FN_DAYS: case FN_WORKDAYS: case FN_HOLIDAYS: case FN_STREAK:
	case FN_UNIT_COUNT: case FN_LED_COUNT: case FN_COMPANY_COUNT: case FN_LAST_COUNT:
		return at_least(decimal_zero());
	case FN_MONTHS_IN_GRADE: case FN_RANK: case FN_UNIT_RANK: case FN_GRADE_RANK:
		return at_least(decimal_from_int(1));
	default:
		return anything;
	}
}

static struct range range_at(struct ranging *ranging, const struct node *node)
{
	const struct item *item = node->item;

	switch ((int)node->kind) {
	case NODE_LITERAL:
		return range_of_values(&node->value, 1, sizeof(node->value));
	case NODE_FIGURE: case NODE_LINE:
		return range_of_item(ranging, item);
	case NODE_PARAMETER:
		return range_of_values(&node->parameter->values[0].value, node->parameter->value_count,
			sizeof(node->parameter->values[0]));
	case NODE_GRADE_SET:
		return range_of_set(ranging->policy, node->set);
	case NODE_COLUMN: case NODE_REF:
		return range_of_column(node->column);
	case NODE_NEGATE:
		return negated(range_at(ranging, node->args[0]));
	case NODE_ADD:
		return added(range_at(ranging, node->args[0]), range_at(ranging, node->args[1]));
	case NODE_SUBTRACT:
		return added(range_at(ranging, node->args[0]), negated(range_at(ranging, node->args[1])));
	case NODE_MULTIPLY:
		return multiplied(range_at(ranging, node->args[0]), range_at(ranging, node->args[1]));
	case NODE_DIVIDE:
		return divided(range_at(ranging, node->args[0]), range_at(ranging, node->args[1]));
	case NODE_RATES:
		return range_of_rates(node->rates);
	case NODE_TIERS:
		return range_of_tiers(ranging, node);
	case NODE_CALL:
		return range_of_call(ranging, node);
	default:
		return anything;
	}
}

struct range range_of(const struct node *node, const struct policy *policy)
{
	struct ranging ranging = { policy, 0 };

	return value_type_is_numeric(node->type) ? range_at(&ranging, node) : anything;
}
