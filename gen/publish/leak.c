#include "publish/leak.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/tree.h"

/*
 * Rabin-Karp, one rolling hash a length of secret: every window of a page is
 * looked up, whatever stands around it.
 */
#define SHORTEST 5
#define BASE 0x100000001b3u

struct secret {
	uint64_t hash;
	size_t length;
	const char *text, *kind;
};

struct leak_search {
	struct secret *secrets; /* by length, then hash, once sorted */
	size_t count, room;
	bool sorted;
	struct diag *diag;
	bool found;
};

struct leak_search *leak_search_new(void)
{
	struct leak_search *search = calloc(1, sizeof(*search));

	if (!search)
		bug("out of memory");
	return search;
}

void leak_search_free(struct leak_search *search)
{
	if (search)
		free(search->secrets);
	free(search);
}

static uint64_t hash_of(const char *text, size_t length)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < length; i++)
		hash = hash * BASE + (unsigned char)text[i];
	return hash;
}

void leak_search_add(struct leak_search *search, const char *text, const char *kind)
{
	size_t length = strlen(text);

	if (length < SHORTEST)
		return;
	if (search->count == search->room) {
		search->room = search->room ? search->room * 2 : 256;
		search->secrets = realloc(search->secrets, search->room * sizeof(*search->secrets));
		if (!search->secrets)
			bug("out of memory");
	}
	search->secrets[search->count++] = (struct secret){ hash_of(text, length), length, text, kind };
	search->sorted = false;
}

static int by_length_then_hash(const void *a, const void *b)
{
	const struct secret *x = a, *y = b;

	if (x->length != y->length)
		return x->length < y->length ? -1 : 1;
	return (x->hash > y->hash) - (x->hash < y->hash);
}

static const struct secret *match(const struct secret *group, size_t count, uint64_t hash, const char *window)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (group[middle].hash < hash)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < count && group[low].hash == hash; low++)
		if (!memcmp(group[low].text, window, group[low].length))
			return &group[low];
	return NULL;
}

/* One length's secrets against all windows of that length. */
static const struct secret *search_group(const struct secret *group, size_t count, const char *data, size_t size)
{
	size_t length = group->length;
	uint64_t hash, highest = 1;

	if (size < length)
		return NULL;
	for (size_t i = 1; i < length; i++)
		highest *= BASE;
	hash = hash_of(data, length);
	for (size_t i = 0;; i++) {
		const struct secret *secret = match(group, count, hash, data + i);

		if (secret || i + length >= size)
			return secret;
		hash = (hash - (unsigned char)data[i] * highest) * BASE + (unsigned char)data[i + length];
	}
}

static bool search_file(const char *path, const char *below, void *context)
{
	struct leak_search *search = context;
	struct arena *arena = arena_new();
	struct file_bytes bytes;
	bool ok = file_read(path, arena, &bytes, search->diag);
	size_t end;

	for (size_t start = 0; ok && start < search->count; start = end) {
		const struct secret *secret;

		for (end = start; end < search->count && search->secrets[end].length == search->secrets[start].length;)
			end++;
		secret = search_group(&search->secrets[start], end - start, bytes.data, bytes.size);
		if (!secret)
			continue;
		diag_add(search->diag, MSG_LEAK_FOUND, PLACE_NONE, below, secret->kind, NULL);
		search->found = true;
	}
	arena_free(arena);
	return ok;
}

bool leak_search_folder(struct leak_search *search, const char *folder, struct diag *diag)
{
	search->diag = diag;
	search->found = false;
	if (!search->sorted && search->count)
		qsort(search->secrets, search->count, sizeof(*search->secrets), by_length_then_hash);
	search->sorted = true;
	return tree_walk(folder, search_file, search, diag) && !search->found;
}
