#ifndef SALESPAY_VALUE_DECIMAL_PARTS_H
#define SALESPAY_VALUE_DECIMAL_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "value/decimal.h"

/*
 * The inside of a decimal, for decimal*.c only: IEEE 754-2008, 3.5.2, binary
 * encoding of decimal128. value = (-1)^negative x digits x 10^exponent.
 */
__extension__ typedef unsigned __int128 decimal_digits;

struct decimal_parts {
	decimal_digits digits; /* below 10^34 */
	int exponent;
	bool negative;
};

#define DECIMAL_SIGN_BIT ((uint64_t)1 << 63)
#define DECIMAL_EXPONENT_SHIFT 49
#define DECIMAL_HIGH_DIGITS (((uint64_t)1 << DECIMAL_EXPONENT_SHIFT) - 1)
/* Both bits behind the sign set: infinity, NaN, or digits past 34 that no operation gives. */
#define DECIMAL_SPECIAL ((uint64_t)3 << 61)
#define DECIMAL_MOST_DIGITS 34

/* Of an infinity or a NaN: false, parts are 0. */
bool decimal_split(struct decimal a, struct decimal_parts *out);
struct decimal decimal_join(struct decimal_parts parts);
/* 10^n for n in 0 … 38. */
decimal_digits decimal_power(int n);
/* No zeros at the end of what stands behind the point. */
void decimal_strip_zeros(struct decimal_parts *parts);
/* How many decimal digits; 0 has none. */
int decimal_count_digits(decimal_digits digits);

#endif
