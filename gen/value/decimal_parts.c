#include "value/decimal_parts.h"

#include "base/bug.h"

#define BIAS 6176
#define EXPONENT_MASK 0x3FFFu

bool decimal_split(struct decimal a, struct decimal_parts *out)
{
	uint64_t high = a.word[1];

	*out = (struct decimal_parts){ 0, 0, false };
	if ((high & DECIMAL_SPECIAL) == DECIMAL_SPECIAL)
		return false;
	out->digits = (decimal_digits)(high & DECIMAL_HIGH_DIGITS) << 64 | a.word[0];
	out->exponent = (int)(high >> DECIMAL_EXPONENT_SHIFT & EXPONENT_MASK) - BIAS;
	out->negative = (high & DECIMAL_SIGN_BIT) != 0;
	return true;
}

struct decimal decimal_join(struct decimal_parts parts)
{
	struct decimal joined;

	if (parts.digits >= decimal_power(DECIMAL_MOST_DIGITS) || parts.exponent < -BIAS || parts.exponent > 6111)
		bug("a decimal with exponent %d is out of range", parts.exponent);
	joined.word[0] = (uint64_t)parts.digits;
	joined.word[1] = (uint64_t)(parts.digits >> 64) | (uint64_t)(parts.exponent + BIAS) << DECIMAL_EXPONENT_SHIFT |
			 (parts.negative ? DECIMAL_SIGN_BIT : 0);
	return joined;
}

#define TEN19 ((decimal_digits)10000000000000000000u)

decimal_digits decimal_power(int n)
{
	static const uint64_t small[] = { 1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u,
		1000000000u, 10000000000u, 100000000000u, 1000000000000u, 10000000000000u, 100000000000000u,
		1000000000000000u, 10000000000000000u, 100000000000000000u, 1000000000000000000u,
		10000000000000000000u };

	if (n < 0 || n > 38)
		bug("no room for 10^%d", n);
	return n < 20 ? (decimal_digits)small[n] : small[n - 19] * TEN19;
}

int decimal_count_digits(decimal_digits digits)
{
	int count = 0;

	while (count < 38 && digits >= decimal_power(count))
		count++;
	return count;
}

int decimal_sign(struct decimal a)
{
	struct decimal_parts parts;

	if (decimal_split(a, &parts) && parts.digits == 0)
		return 0;
	return a.word[1] & DECIMAL_SIGN_BIT ? -1 : 1;
}

bool decimal_in_range(struct decimal a)
{
	struct decimal_parts parts;

	return decimal_split(a, &parts) && decimal_count_digits(parts.digits) + parts.exponent <= DECIMAL_RANGE;
}

bool decimal_is_integer(struct decimal a)
{
	struct decimal_parts parts;

	if (!decimal_split(a, &parts))
		return false;
	if (parts.exponent >= 0 || parts.digits == 0)
		return true;
	return parts.exponent > -DECIMAL_MOST_DIGITS && parts.digits % decimal_power(-parts.exponent) == 0;
}

void decimal_strip_zeros(struct decimal_parts *parts)
{
	/* Long divisions are slow: sixteen zeros at once, then eight, … */
	if (parts->digits == 0)
		parts->exponent = 0;
	for (int zeros = 16; zeros; zeros /= 2) {
		decimal_digits unit = decimal_power(zeros);

		while (parts->exponent <= -zeros && parts->digits >= unit && parts->digits % unit == 0) {
			parts->digits /= unit;
			parts->exponent += zeros;
		}
	}
}

int decimal_places(struct decimal step)
{
	struct decimal_parts parts;

	if (!decimal_split(step, &parts) || parts.digits == 0)
		return 0;
	decimal_strip_zeros(&parts);
	return parts.exponent < 0 ? -parts.exponent : 0;
}

/* digits / 10^drop, half-even. */
static decimal_digits shorten(decimal_digits digits, int drop)
{
	decimal_digits unit = decimal_power(drop), rest = digits % unit;

	digits /= unit;
	if (rest > unit / 2 || (rest == unit / 2 && digits % 2 == 1))
		digits++;
	return digits;
}

struct decimal decimal_cut(struct decimal a)
{
	struct decimal_parts parts;
	int drop;

	if (!decimal_split(a, &parts))
		return a;
	drop = decimal_count_digits(parts.digits) - DECIMAL_CUT;
	if (drop <= 0)
		return a;
	parts.digits = shorten(parts.digits, drop);
	parts.exponent += drop;
	return parts.exponent > 6111 ? a : decimal_join(parts);
}
