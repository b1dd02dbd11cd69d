#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

#if defined(__SANITIZE_ADDRESS__)
#define EACH_ITS_OWN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define EACH_ITS_OWN 1
#endif
#endif
#ifndef EACH_ITS_OWN
#define EACH_ITS_OWN 0
#endif

#define CHUNK_FIRST ((size_t)32 * 1024)
#define CHUNK_LARGEST ((size_t)1024 * 1024)

struct chunk {
	unsigned char *data;
	size_t size;
	size_t taken;
};

/* The chunk being filled is the last; a large block gets a full chunk placed before it. */
struct arena {
	struct chunk *chunks;
	size_t count;
	size_t room;
	size_t next_size;
	size_t used;
};

static void *must(void *memory, size_t size)
{
	if (!memory)
		bug("out of memory asking for %zu bytes", size);
	return memory;
}

struct arena *arena_new(void)
{
	struct arena *arena = must(calloc(1, sizeof(*arena)), sizeof(*arena));

	arena->next_size = CHUNK_FIRST;
	return arena;
}

static void free_chunks(struct arena *arena, size_t from)
{
	for (size_t i = from; i < arena->count; i++)
		free(arena->chunks[i].data);
	if (arena->count > from)
		arena->count = from;
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	free_chunks(arena, 0);
	free(arena->chunks);
	free(arena);
}

void arena_reset(struct arena *arena)
{
	/* A page's scratch arena is reset thousands of times: its first chunk stays. */
	size_t keep = !EACH_ITS_OWN && arena->count && arena->chunks[0].size <= CHUNK_LARGEST ? 1 : 0;

	free_chunks(arena, keep);
	if (keep) {
		memset(arena->chunks[0].data, 0, arena->chunks[0].taken);
		arena->chunks[0].taken = 0;
	}
	arena->next_size = CHUNK_FIRST;
	arena->used = 0;
}

static struct chunk *add_chunk(struct arena *arena, size_t size)
{
	struct chunk *chunk;

	if (arena->count == arena->room) {
		arena->room = arena->room ? arena->room * 2 : 8;
		arena->chunks = must(realloc(arena->chunks, arena->room * sizeof(*arena->chunks)),
			arena->room * sizeof(*arena->chunks));
	}
	chunk = &arena->chunks[arena->count++];
	/* calloc(0) may give NULL. */
	chunk->data = must(calloc(1, size ? size : 1), size);
	chunk->size = size;
	chunk->taken = 0;
	return chunk;
}

static void *alloc_own(struct arena *arena, size_t size)
{
	struct chunk *own = add_chunk(arena, size);
	void *memory = own->data;

	own->taken = size;
	if (arena->count > 1) {
		struct chunk *before = own - 1;
		struct chunk swap = *before;

		*before = *own;
		*own = swap;
	}
	return memory;
}

static bool has_room(const struct arena *arena, size_t size)
{
	const struct chunk *last;

	if (!arena->count)
		return false;
	last = &arena->chunks[arena->count - 1];
	return size <= last->size - last->taken;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(max_align_t);
	struct chunk *chunk;
	size_t rounded;
	void *memory;

	if (size > SIZE_MAX - align)
		bug("an allocation of %zu bytes", size);
	arena->used += size;
	if (EACH_ITS_OWN)
		return alloc_own(arena, size);
	rounded = (size + align - 1) & ~(align - 1);
	if (!has_room(arena, rounded)) {
		if (rounded > arena->next_size / 4)
			return alloc_own(arena, rounded);
		add_chunk(arena, arena->next_size);
		if (arena->next_size < CHUNK_LARGEST)
			arena->next_size *= 2;
	}
	chunk = &arena->chunks[arena->count - 1];
	memory = chunk->data + chunk->taken;
	chunk->taken += rounded;
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		bug("an array of %zu elements of %zu bytes", count, size);
	return arena_alloc(arena, count * size);
}

void *arena_grow(struct arena *arena, const void *old, size_t used, size_t wanted, size_t size)
{
	void *array;

	if (wanted < used)
		bug("growing from %zu to %zu", used, wanted);
	array = arena_array(arena, wanted, size);
	if (used)
		memcpy(array, old, used * size);
	return array;
}

void *arena_append(struct arena *arena, void *old, size_t used, size_t size)
{
	if (used & (used - 1))
		return old;
	return arena_grow(arena, old, used, used ? used * 2 : 1, size);
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;
	int length;

	va_start(arguments, format);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length < 0)
		bug("bad format '%s'", format);
	text = arena_alloc(arena, (size_t)length + 1);
	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
