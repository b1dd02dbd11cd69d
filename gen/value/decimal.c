#include "value/decimal.h"

#include <string.h>

#include "base/bug.h"
#include "value/decimal_parts.h"

/*
 * libbidgcc000: arguments by value, rounding and flags as arguments. The
 * library's header knows its variant from these.
 */
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wundef"
#pragma GCC diagnostic ignored "-Wpedantic"
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include <bid_conf.h>
#include <bid_functions.h>
#pragma GCC diagnostic pop

#define HALF_EVEN BID_ROUNDING_TO_NEAREST

static BID_UINT128 enter(struct decimal a)
{
	return (BID_UINT128){ .w = { a.word[0], a.word[1] } };
}

static struct decimal leave(BID_UINT128 a)
{
	return (struct decimal){ { a.w[0], a.w[1] } };
}

struct decimal decimal_zero(void)
{
	return decimal_from_int(0);
}

struct decimal decimal_from_int(int64_t value)
{
	uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	return decimal_join((struct decimal_parts){ size, 0, value < 0 });
}

/* Of one sign and one exponent, with digits that one word holds: what nearly all sums of amounts are. */
static bool add_short(struct decimal a, struct decimal b, struct decimal *out)
{
	if (a.word[1] != b.word[1] || (a.word[1] & DECIMAL_HIGH_DIGITS) ||
		(a.word[1] & DECIMAL_SPECIAL) == DECIMAL_SPECIAL)
		return false;
	*out = (struct decimal){ { a.word[0] + b.word[0], a.word[1] } };
	return out->word[0] >= a.word[0];
}

struct decimal decimal_add(struct decimal a, struct decimal b)
{
	_IDEC_flags flags = 0;
	struct decimal sum;

	if (add_short(a, b, &sum))
		return sum;
	return leave(bid128_add(enter(a), enter(b), HALF_EVEN, &flags));
}

struct decimal decimal_subtract(struct decimal a, struct decimal b)
{
	_IDEC_flags flags = 0;

	return leave(bid128_sub(enter(a), enter(b), HALF_EVEN, &flags));
}

struct decimal decimal_multiply(struct decimal a, struct decimal b)
{
	_IDEC_flags flags = 0;

	return leave(bid128_mul(enter(a), enter(b), HALF_EVEN, &flags));
}

bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out)
{
	_IDEC_flags flags = 0;

	if (decimal_sign(b) == 0)
		return false;
	*out = leave(bid128_div(enter(a), enter(b), HALF_EVEN, &flags));
	return true;
}

struct decimal decimal_negate(struct decimal a)
{
	a.word[1] ^= DECIMAL_SIGN_BIT;
	return a;
}

struct decimal decimal_abs(struct decimal a)
{
	a.word[1] &= ~DECIMAL_SIGN_BIT;
	return a;
}

int decimal_compare(struct decimal a, struct decimal b)
{
	_IDEC_flags flags = 0;

	if (bid128_quiet_less(enter(a), enter(b), &flags))
		return -1;
	return bid128_quiet_greater(enter(a), enter(b), &flags) != 0;
}

bool decimal_to_int(struct decimal a, int64_t *out)
{
	_IDEC_flags flags = 0;
	int64_t value = bid128_to_int64_int(enter(a), &flags);

	if (flags & BID_INVALID_EXCEPTION)
		return false;
	*out = value;
	return true;
}

double decimal_to_double(struct decimal a)
{
	_IDEC_flags flags = 0;

	return bid128_to_binary64(enter(a), HALF_EVEN, &flags);
}

/* As many places as the step has, so that what is computed on stays short; the value is the same. */
static struct decimal shaped(struct decimal a, struct decimal step)
{
	_IDEC_flags flags = 0;
	BID_UINT128 same = bid128_quantize(enter(a), enter(step), HALF_EVEN, &flags);

	return flags ? a : leave(same);
}

/*
 * By the IEEE remainder, which is exact for any operands: rest = a - n x step
 * with n the integer nearest to a / step, the even one of two. A quotient cut
 * to 34 digits could step over a bound.
 */
bool decimal_round(struct decimal a, struct decimal step, enum rounding mode, struct decimal *out)
{
	_IDEC_flags flags = 0;
	struct decimal rest, signed_step, near;
	int sign = decimal_sign(a), rest_sign;
	bool up = false, down = false;

	if (decimal_sign(step) <= 0)
		return false;
	rest = leave(bid128_rem(enter(a), enter(step), &flags));
	rest_sign = decimal_sign(rest);
	near = decimal_subtract(a, rest);
	switch (mode) {
	case ROUND_HALF_EVEN:
		break;
	case ROUND_HALF_UP:
		up = sign != 0 && rest_sign == sign &&
		     decimal_compare(decimal_add(rest, rest), sign < 0 ? decimal_negate(step) : step) == 0;
		break;
	case ROUND_UP:
		up = rest_sign == sign && sign != 0;
		break;
	case ROUND_DOWN:
		down = rest_sign == -sign && sign != 0;
		break;
	case ROUND_FLOOR:
		up = rest_sign < 0 && sign < 0;
		down = rest_sign < 0 && sign > 0;
		break;
	case ROUND_CEIL:
		up = rest_sign > 0 && sign > 0;
		down = rest_sign > 0 && sign < 0;
		break;
	}
	/* up and down: away from zero and towards it. */
	signed_step = sign < 0 ? decimal_negate(step) : step;
	if (up)
		near = decimal_add(near, signed_step);
	else if (down)
		near = decimal_subtract(near, signed_step);
	*out = shaped(near, step);
	return true;
}
