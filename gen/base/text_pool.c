#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/bug.h"

struct slot {
	const char *text; /* NULL: free */
	uint32_t length;
	uint32_t hash;
};

/* Open addressing; the table is a power of two and at most three quarters full. */
struct text_pool {
	struct arena *arena;
	struct slot *slots;
	size_t size;
	size_t count;
	uint64_t seed; /* no file can be made whose texts all meet in one slot */
};

static struct slot *new_slots(size_t size)
{
	struct slot *slots = calloc(size, sizeof(*slots));

	if (!slots)
		bug("out of memory for %zu interned texts", size);
	return slots;
}

struct text_pool *text_pool_new(void)
{
	struct text_pool *pool = calloc(1, sizeof(*pool));

	if (!pool)
		bug("out of memory");
	pool->arena = arena_new();
	pool->size = 256;
	pool->slots = new_slots(pool->size);
	/* Without it (an early boot) the texts are found all the same. */
	if (getrandom(&pool->seed, sizeof(pool->seed), GRND_NONBLOCK) != sizeof(pool->seed))
		pool->seed = 0;
	return pool;
}

void text_pool_free(struct text_pool *pool)
{
	if (!pool)
		return;
	arena_free(pool->arena);
	free(pool->slots);
	free(pool);
}

/* Both halves of the product, so that each bit of a and b moves many. */
static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 product;
	product both = (product)a * b;

	return (uint64_t)both ^ (uint64_t)(both >> 64);
}

static uint64_t load(const char *at, size_t size)
{
	uint64_t word = 0;

	memcpy(&word, at, size);
	return word;
}

/* Up to 16 bytes as two words, which may overlap. */
static void load_ends(const char *at, size_t size, uint64_t *first, uint64_t *last)
{
	if (size >= 8) {
		*first = load(at, 8);
		*last = load(at + size - 8, 8);
	} else if (size >= 4) {
		*first = load(at, 4);
		*last = load(at + size - 4, 4);
	} else {
		*first = size ? (uint64_t)(unsigned char)at[0] << 16 | (uint64_t)(unsigned char)at[size / 2] << 8 |
				(unsigned char)at[size - 1] : 0;
		*last = 0;
	}
}

/* Sixteen bytes a step, after Wang Yi's wyhash. */
uint32_t text_hash(uint64_t seed, const char *text, size_t length)
{
	const uint64_t odd = 0xa0761d6478bd642fu, other = 0xe7037ed1a0b428dbu;
	uint64_t hash = seed ^ odd, first, last;
	size_t left = length;

	for (; left > 16; left -= 16, text += 16)
		hash = mix(load(text, 8) ^ other, load(text + 8, 8) ^ hash);
	load_ends(text, left, &first, &last);
	hash = mix(first ^ other, last ^ hash);
	hash = mix(hash ^ odd, length ^ other);
	return (uint32_t)(hash ^ hash >> 32);
}

static struct slot *find(struct slot *slots, size_t size, const char *text, size_t length, uint32_t hash)
{
	size_t at = hash & (size - 1);

	while (slots[at].text) {
		const struct slot *slot = &slots[at];

		if (slot->hash == hash && slot->length == length && !memcmp(slot->text, text, length))
			break;
		at = (at + 1) & (size - 1);
	}
	return &slots[at];
}

/* Where a text goes that is known to be none of those there. */
static struct slot *find_free(struct slot *slots, size_t size, uint32_t hash)
{
	size_t at = hash & (size - 1);

	while (slots[at].text)
		at = (at + 1) & (size - 1);
	return &slots[at];
}

static void grow(struct text_pool *pool)
{
	size_t size = pool->size * 2;
	struct slot *slots = new_slots(size);

	for (size_t i = 0; i < pool->size; i++) {
		const struct slot *old = &pool->slots[i];

		if (old->text)
			*find_free(slots, size, old->hash) = *old;
	}
	free(pool->slots);
	pool->slots = slots;
	pool->size = size;
}

void text_expect(const struct text_pool *pool, const char *text, size_t length)
{
	__builtin_prefetch(&pool->slots[text_hash(pool->seed, text, length) & (pool->size - 1)]);
}

const char *text_intern(struct text_pool *pool, const char *text, size_t length)
{
	uint32_t hash = text_hash(pool->seed, text, length);
	struct slot *slot = find(pool->slots, pool->size, text, length, hash);

	if (slot->text)
		return slot->text;
	if (length > UINT32_MAX)
		bug("a text of %zu bytes", length);
	if (pool->count * 4 >= pool->size * 3) {
		grow(pool);
		slot = find_free(pool->slots, pool->size, hash);
	}
	*slot = (struct slot){ arena_strndup(pool->arena, text, length), (uint32_t)length, hash };
	pool->count++;
	return slot->text;
}
