#ifndef SALESPAY_VALUE_DECIMAL_H
#define SALESPAY_VALUE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Exact decimals: IEEE 754-2008 decimal128, 34 digits, half-even. decimal.c is
 * the only door to the decimal library. No binary floating point touches an
 * amount, a rate or a score. Division by zero is told by the return value; a
 * sum, product or quotient past the range is told by decimal_in_range, to be
 * asked once where a figure or line ends (an overflow stays one through
 * further arithmetic, and compares in no defined order).
 */
struct decimal {
	uint64_t word[2];
};

enum rounding { ROUND_HALF_UP /* half away from zero */, ROUND_HALF_EVEN, ROUND_DOWN /* towards zero */, ROUND_UP /* away from it */, ROUND_FLOOR, ROUND_CEIL };

struct decimal decimal_zero(void);
struct decimal decimal_from_int(int64_t value);
/* Digits with optional sign and one point, nothing else (no exponent); ".5" is fine, "5." is not; false if text is anything else, or has over 34 digits (leading zeros not counted) or over 70 places. */
bool decimal_parse(const char *text, size_t length, struct decimal *out);

struct decimal decimal_add(struct decimal a, struct decimal b);
struct decimal decimal_subtract(struct decimal a, struct decimal b);
struct decimal decimal_multiply(struct decimal a, struct decimal b);
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out); /* false: b is 0 */
struct decimal decimal_negate(struct decimal a);
struct decimal decimal_abs(struct decimal a);

#define DECIMAL_RANGE 60
/* Below 10^60 in size: so far a value can be written as text and read back. */
bool decimal_in_range(struct decimal a);

int decimal_compare(struct decimal a, struct decimal b); /* <0 0 >0, by value */
int decimal_sign(struct decimal a); /* -1 0 1 */
bool decimal_is_integer(struct decimal a);
/* Towards zero; false if it does not fit. */
bool decimal_to_int(struct decimal a, int64_t *out);
/* Nearest binary value: for drawing geometry only. */
double decimal_to_double(struct decimal a);

#define DECIMAL_CUT 30
/* To 30 significant digits, half-even: done to every figure's and line's value so that a quotient multiplied back meets its tie. */
struct decimal decimal_cut(struct decimal a);
/* To the nearest multiple of step as the mode says; false if step is not positive. */
bool decimal_round(struct decimal a, struct decimal step, enum rounding mode, struct decimal *out);
/* Digits behind the point a step has: 0.01 -> 2, 1 -> 0, 0.5 -> 1. */
int decimal_places(struct decimal step);

#define DECIMAL_TEXT 80
/* Plain shortest form, no exponent, no trailing zeros, "-0" is "0"; "overflow" if not decimal_in_range, cut off after 70 places. Returns out. */
char *decimal_format(struct decimal a, char out[DECIMAL_TEXT]);
/* With exactly `places` digits; the value must already have no more (else bug()). */
char *decimal_format_places(struct decimal a, int places, char out[DECIMAL_TEXT]);

#endif
