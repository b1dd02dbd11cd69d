#include "render/charset.h"
#include "base/bug.h"
#include <stdlib.h>
#include <string.h>

#define CHARACTERS 0x110000u
#define WORDS (CHARACTERS / 64)

struct charset {
	uint64_t word[WORDS];
};

struct charset *charset_new(void)
{
	struct charset *set = calloc(1, sizeof *set);

	if (!set)
		bug("out of memory");
	return set;
}

void charset_free(struct charset *set)
{
	free(set);
}

void charset_put(struct charset *set, uint32_t character)
{
	if (character < CHARACTERS)
		set->word[character / 64] |= (uint64_t)1 << character % 64;
}

bool charset_has(const struct charset *set, uint32_t character)
{
	return character < CHARACTERS && (set->word[character / 64] >> character % 64 & 1);
}

/* Written for speed: the model documents of 100,000 people are some hundred megabytes. */
void charset_add(struct charset *set, const char *utf8, size_t length)
{
	const unsigned char *at = (const unsigned char *)utf8, *end = at + length;

	while (at < end) {
		uint32_t character = *at++;
		unsigned more = character < 0xc0 ? 0 : character < 0xe0 ? 1 : character < 0xf0 ? 2 : 3;

		if (!more) {
			set->word[character / 64] |= (uint64_t)1 << character % 64;
			continue;
		}
		character &= 0x3fu >> more;
		while (more-- && at < end)
			character = character << 6 | (*at++ & 0x3fu);
		charset_put(set, character);
	}
}

uint32_t charset_next(const struct charset *set, uint32_t from)
{
	uint32_t index = from / 64;
	uint64_t rest;

	if (from >= CHARACTERS)
		return UINT32_MAX;
	rest = set->word[index] & (UINT64_MAX << from % 64);
	while (!rest) {
		if (++index == WORDS)
			return UINT32_MAX;
		rest = set->word[index];
	}
	return index * 64 + (uint32_t)__builtin_ctzll(rest);
}

void charset_join(struct charset *a, const struct charset *b)
{
	for (size_t i = 0; i < WORDS; i++)
		a->word[i] |= b->word[i];
}
