#ifndef SALESPAY_BASE_ARENA_H
#define SALESPAY_BASE_ARENA_H

#include <stddef.h>

/*
 * Memory that is given back all at once. One arena a run holds policies,
 * tables and results; a scratch arena lives for a page or a slip. Under
 * AddressSanitizer each allocation is a malloc of its own, so that overruns
 * show. Out of memory ends the process by bug(): nothing here returns NULL.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is fine */
void arena_reset(struct arena *arena); /* gives back all, keeps the arena */

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
/* count x size with overflow check, zeroed. */
void *arena_array(struct arena *arena, size_t count, size_t size);
/* Moves an array of `used` elements to one with room for `wanted`; the old one stays until the arena goes. */
void *arena_grow(struct arena *arena, const void *old, size_t used, size_t wanted, size_t size);
/* Room for one more behind `used` elements, of an array that only this grows: its room is the next power of two. */
void *arena_append(struct arena *arena, void *old, size_t used, size_t size);

char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Bytes handed out since new or reset; for benchmarks and limits. */
size_t arena_used(const struct arena *arena);

#endif
