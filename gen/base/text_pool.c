#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"

struct slot {
	const char *text; /* NULL: free */
	size_t length;
	uint64_t hash;
};

/* Open addressing; the table is a power of two and at most half full. */
struct text_pool {
	struct arena *arena;
	struct slot *slots;
	size_t size;
	size_t count;
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

/* FNV-1a, then the finaliser of MurmurHash3 so that the low bits are good. */
static uint64_t hash_bytes(const char *text, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
	hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdu;
	return hash ^ (hash >> 33);
}

static struct slot *find(struct slot *slots, size_t size, const char *text, size_t length, uint64_t hash)
{
	size_t at = (size_t)hash & (size - 1);

	while (slots[at].text) {
		const struct slot *slot = &slots[at];

		if (slot->hash == hash && slot->length == length && !memcmp(slot->text, text, length))
			break;
		at = (at + 1) & (size - 1);
	}
	return &slots[at];
}

static void grow(struct text_pool *pool)
{
	size_t size = pool->size * 2;
	struct slot *slots = new_slots(size);

	for (size_t i = 0; i < pool->size; i++) {
		const struct slot *old = &pool->slots[i];

		if (old->text)
			*find(slots, size, old->text, old->length, old->hash) = *old;
	}
	free(pool->slots);
	pool->slots = slots;
	pool->size = size;
}

const char *text_intern(struct text_pool *pool, const char *text, size_t length)
{
	uint64_t hash = hash_bytes(text, length);
	struct slot *slot = find(pool->slots, pool->size, text, length, hash);

	if (slot->text)
		return slot->text;
	if (pool->count * 2 >= pool->size) {
		grow(pool);
		slot = find(pool->slots, pool->size, text, length, hash);
	}
	*slot = (struct slot){ arena_strndup(pool->arena, text, length), length, hash };
	pool->count++;
	return slot->text;
}
