#include "base/arena.h"
#include "base/bug.h"
#include "calc/tracer.h"

/* The tier x falls into: the last whose bound x has reached (from) or passed (over). SIZE_MAX below the first. */
static size_t tier_of(const struct tiers *tiers, struct decimal x)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < tiers->row_count; i++) {
		int order = decimal_compare(x, tiers->rows[i].bound);

		if (order < 0 || (order == 0 && tiers->rows[i].over))
			break;
		found = i;
	}
	return found;
}

/* Sum of slice x rate, over the slices below x. */
static struct decimal marginal(const struct tiers *tiers, struct decimal x)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < tiers->row_count && decimal_compare(x, tiers->rows[i].bound) > 0; i++) {
		struct decimal end = x;

		if (i + 1 < tiers->row_count && decimal_compare(tiers->rows[i + 1].bound, x) < 0)
			end = tiers->rows[i + 1].bound;
		sum = decimal_add(sum, decimal_multiply(decimal_subtract(end, tiers->rows[i].bound),
			tiers->rows[i].entry.number));
	}
	return sum;
}

/* Straight lines between (bound, entry), flat outside. */
static struct value linear(const struct tiers *tiers, const struct node *node, struct decimal x)
{
	const struct tier *low, *high;
	struct decimal slope;
	size_t i = 0;

	while (i < tiers->row_count && decimal_compare(x, tiers->rows[i].bound) >= 0)
		i++;
	if (i == 0 || i == tiers->row_count)
		return value_number(node->type, tiers->rows[i ? i - 1 : 0].entry.number);
	low = &tiers->rows[i - 1];
	high = &tiers->rows[i];
	/* low + (x - low bound) * rise / run: one division, so that a whole fraction stays exact */
	if (!decimal_divide(decimal_multiply(decimal_subtract(x, low->bound),
			decimal_subtract(high->entry.number, low->entry.number)),
			decimal_subtract(high->bound, low->bound), &slope))
		bug("bounds of tiers ascend");
	return value_number(node->type, decimal_add(low->entry.number, slope));
}

static struct value below_zero(struct eval *eval, const struct node *node, struct decimal x)
{
	const struct tiers *tiers = node->tiers;
	char room[DECIMAL_TEXT];

	if (tiers->negative == NEGATIVE_ZERO)
		return value_number(node->type, decimal_zero());
	if (tiers->negative == NEGATIVE_FIRST)
		return value_number(node->type, decimal_multiply(x, tiers->rows[0].entry.number));
	eval_error(eval, MSG_NEGATIVE_IN_TIERS, eval_person_name(eval->run, eval->person), tiers->name,
		arena_strdup(eval->run->arena, decimal_format(x, room)));
	return value_missing(node->type);
}

struct value eval_tiers(struct eval *eval, const struct node *node)
{
	const struct tiers *tiers = node->tiers;
	struct value x = eval_node(eval, node->args[0]);
	bool sums = tiers->mode == TIERS_MARGINAL || tiers->mode == TIERS_WHOLE;
	size_t tier;

	if (x.missing)
		return value_missing(node->type);
	tier = tier_of(tiers, x.number);
	tracer_place(eval, tier == SIZE_MAX ? tiers->place : tiers->rows[tier].place, NULL, tier);
	if (sums && decimal_sign(x.number) < 0)
		return below_zero(eval, node, x.number);
	if (tiers->mode == TIERS_LINEAR)
		return linear(tiers, node, x.number);
	if (tiers->mode == TIERS_MARGINAL)
		return value_number(node->type, marginal(tiers, x.number));
	if (tier == SIZE_MAX)
		return sums ? value_number(node->type, decimal_zero()) : value_missing(node->type);
	if (tiers->mode == TIERS_VALUE)
		return tiers->rows[tier].entry;
	return value_number(node->type, decimal_multiply(x.number, tiers->rows[tier].entry.number));
}
