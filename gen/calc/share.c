#include <stdlib.h>

#include "base/bug.h"
#include "calc/group.h"

/* Remainders are kept times the sum of weights: a quotient of 34 digits would tell equal thirds of a fen apart. */
struct part {
	struct decimal remainder;
	size_t order, index;
};

static int largest_remainder_first(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = decimal_compare(y->remainder, x->remainder);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static bool weigh(const struct value *weights, size_t count, struct decimal *sum)
{
	*sum = decimal_zero();
	for (size_t i = 0; i < count; i++) {
		if (weights[i].missing)
			continue;
		if (decimal_sign(weights[i].number) < 0)
			return false;
		*sum = decimal_add(*sum, weights[i].number);
	}
	return true;
}

/* Towards zero to the step: at most what is due, also where the quotient of 34 digits was rounded up onto a step. */
static struct decimal cut_part(struct decimal product, struct decimal sum, struct decimal step)
{
	struct decimal exact, part;

	if (!decimal_divide(product, sum, &exact) || !decimal_round(exact, step, ROUND_DOWN, &part))
		bug("a share of a positive sum to a positive step");
	if (decimal_compare(decimal_abs(decimal_multiply(part, sum)), decimal_abs(product)) > 0)
		part = decimal_sign(part) < 0 ? decimal_add(part, step) : decimal_subtract(part, step);
	return part;
}

/* Parts rounded towards zero; what each lost goes to `parts`; returns how much is left to hand out. */
static struct decimal cut_parts(struct decimal whole, struct decimal step, struct decimal sum, const struct value *weights,
	const size_t *order, size_t count, enum value_type type, struct value *values, struct part *parts, size_t *shares)
{
	struct decimal left = whole;

	*shares = 0;
	for (size_t i = 0; i < count; i++) {
		struct decimal product, part;

		values[i] = value_missing(type);
		if (weights[i].missing)
			continue;
		product = decimal_multiply(whole, weights[i].number);
		part = cut_part(product, sum, step);
		values[i] = value_number(type, part);
		left = decimal_subtract(left, part);
		if (decimal_sign(weights[i].number))
			parts[(*shares)++] = (struct part){
				decimal_abs(decimal_subtract(product, decimal_multiply(part, sum))), order[i], i };
	}
	return left;
}

bool share_out(struct decimal whole, struct decimal step, const struct value *weights, const size_t *order, size_t count,
	enum value_type type, struct value *parts)
{
	struct decimal sum, left, sign_step = decimal_sign(whole) < 0 ? decimal_negate(step) : step;
	struct part *shares;
	size_t share_count;

	for (size_t i = 0; i < count; i++)
		parts[i] = value_missing(type);
	if (!weigh(weights, count, &sum))
		return false;
	if (!decimal_sign(sum))
		return true;
	shares = calloc(count, sizeof(*shares));
	if (!shares)
		bug("out of memory");
	left = cut_parts(whole, step, sum, weights, order, count, type, parts, shares, &share_count);
	qsort(shares, share_count, sizeof(*shares), largest_remainder_first);
	for (size_t i = 0; i < share_count && decimal_compare(decimal_abs(left), step) >= 0; i++) {
		struct value *part = &parts[shares[i].index];

		part->number = decimal_add(part->number, sign_step);
		left = decimal_subtract(left, sign_step);
	}
	free(shares);
	return true;
}
