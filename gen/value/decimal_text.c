#include <stdio.h>
#include <string.h>

#include "base/bug.h"
#include "value/decimal_parts.h"

#define TEN17 100000000000000000u
/* "-0." and these must fit in DECIMAL_TEXT. */
#define MOST_PLACES 70

/* Up to 18 digits with at most one point between them, as most amounts are. */
static bool parse_short(const char *text, size_t length, struct decimal *out)
{
	uint64_t digits = 0;
	size_t point = length;

	if (!length || length > 18 || text[0] == '.' || text[length - 1] == '.')
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '.' && point == length) {
			point = i;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		digits = digits * 10 + (unsigned)(text[i] - '0');
	}
	*out = decimal_join((struct decimal_parts){ digits, point == length ? 0 : (int)point + 1 - (int)length, false });
	return true;
}

bool decimal_parse(const char *text, size_t length, struct decimal *out)
{
	struct decimal_parts parts = { 0, 0, false };
	bool point = false, digit = false;
	int significant = 0;
	size_t i = 0;

	if (parse_short(text, length, out))
		return true;
	if (length && (text[0] == '-' || text[0] == '+'))
		parts.negative = text[i++] == '-';
	for (; i < length; i++) {
		if (text[i] == '.' && !point && i + 1 < length) {
			point = true;
			continue;
		}
		if (text[i] < '0' || text[i] > '9')
			return false;
		digit = true;
		significant += significant || text[i] != '0';
		if (significant > DECIMAL_MOST_DIGITS || parts.exponent < -MOST_PLACES + point)
			return false;
		parts.digits = parts.digits * 10 + (unsigned)(text[i] - '0');
		parts.exponent -= point;
	}
	if (!digit)
		return false;
	if (parts.digits == 0)
		parts.negative = false;
	*out = decimal_join(parts);
	return true;
}

/* The digits without leading zeros, their number returned; "" for 0. */
static int write_digits(decimal_digits digits, char out[40])
{
	char reversed[40];
	int count = 0;

	/* Two halves, because 64-bit division is ten times faster. */
	uint64_t low = (uint64_t)(digits % TEN17), high = (uint64_t)(digits / TEN17);

	for (; low || (high && count < 17); low /= 10)
		reversed[count++] = (char)('0' + low % 10);
	for (; high; high /= 10)
		reversed[count++] = (char)('0' + high % 10);
	for (int i = 0; i < count; i++)
		out[i] = reversed[count - 1 - i];
	return count;
}

/* Digits and places behind the point to text; places >= 0. */
static char *write_plain(const struct decimal_parts *parts, int places, char *out)
{
	char digits[40], *to = out;
	int count = write_digits(parts->digits, digits);

	if (parts->negative && parts->digits)
		*to++ = '-';
	if (count > places) {
		memcpy(to, digits, (size_t)(count - places));
		to += count - places;
	} else {
		*to++ = '0';
	}
	if (places) {
		int zeros = count < places ? places - count : 0;
		int tail = places - zeros;

		*to++ = '.';
		memset(to, '0', (size_t)zeros);
		memcpy(to + zeros, digits + count - tail, (size_t)tail);
		to += places;
	}
	*to = '\0';
	return to;
}

char *decimal_format(struct decimal a, char out[DECIMAL_TEXT])
{
	struct decimal_parts parts;
	int zeros;
	char *end;

	if (!decimal_split(a, &parts)) {
		snprintf(out, DECIMAL_TEXT, "%s", "overflow");
		return out;
	}
	decimal_strip_zeros(&parts);
	if (parts.exponent < -MOST_PLACES) {
		/* Below any amount: what the text has no room for is dropped. */
		int drop = -MOST_PLACES - parts.exponent;

		parts.digits = drop > DECIMAL_MOST_DIGITS ? 0 : parts.digits / decimal_power(drop);
		parts.exponent = -MOST_PLACES;
		decimal_strip_zeros(&parts);
	}
	if (parts.exponent <= 0) {
		write_plain(&parts, -parts.exponent, out);
		return out;
	}
	zeros = parts.exponent;
	if (decimal_count_digits(parts.digits) + zeros > DECIMAL_RANGE) {
		snprintf(out, DECIMAL_TEXT, "%s", "overflow");
		return out;
	}
	end = write_plain(&parts, 0, out);
	memset(end, '0', (size_t)zeros);
	end[zeros] = '\0';
	return out;
}

char *decimal_format_places(struct decimal a, int places, char out[DECIMAL_TEXT])
{
	struct decimal_parts parts;
	size_t length;
	int have;

	if (!decimal_split(a, &parts) || places < 0)
		bug("a value without %d places", places);
	have = decimal_places(a);
	decimal_format(a, out);
	if (have > places)
		bug("%s has more than %d digits behind the point", out, places);
	length = strlen(out);
	if (length + 1 + (size_t)(places - have) >= DECIMAL_TEXT)
		bug("no room for %s with %d places", out, places);
	if (!have && places)
		out[length++] = '.';
	memset(out + length, '0', (size_t)(places - have));
	out[length + (size_t)(places - have)] = '\0';
	return out;
}
