#include "base/text.h"

#include <string.h>

/* No name that a person mistypes is longer; it bounds the stack. */
#define LONGEST 96

static size_t decode(const char *text, uint32_t out[LONGEST])
{
	size_t count = 0;
	uint32_t c;

	while ((c = text_next(&text))) {
		if (count == LONGEST)
			return LONGEST + 1;
		out[count++] = c >= 'A' && c <= 'Z' ? c + 32 : c;
	}
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment: insert, delete, replace, swap of neighbours. */
static size_t distance(const uint32_t *a, size_t a_length, const uint32_t *b, size_t b_length)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t j = 0; j <= b_length; j++)
		above[j] = j;
	memcpy(before, above, sizeof(rows[0]));
	for (size_t i = 1; i <= a_length; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t cost = a[i - 1] != b[j - 1];

			row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + cost);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = above;
		above = row;
		row = spare;
	}
	return above[b_length];
}

const char *text_nearest(const char *wanted, const char *const *candidates, size_t count)
{
	uint32_t a[LONGEST], b[LONGEST];
	size_t a_length = decode(wanted, a), limit, best_distance;
	const char *best = NULL;

	/* One character is as near to any other: no guess. */
	if (a_length < 2 || a_length > LONGEST)
		return NULL;
	limit = a_length / 3 > 1 ? a_length / 3 : 1;
	best_distance = limit + 1;
	for (size_t i = 0; i < count && best_distance; i++) {
		size_t b_length = decode(candidates[i], b), d;

		if (b_length > LONGEST || b_length > a_length + limit || a_length > b_length + limit)
			continue;
		d = distance(a, a_length, b, b_length);
		if (d < best_distance) {
			best = candidates[i];
			best_distance = d;
		}
	}
	return best;
}
