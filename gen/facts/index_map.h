#ifndef SALESPAY_FACTS_INDEX_MAP_H
#define SALESPAY_FACTS_INDEX_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"

/* A map from texts to array indexes: the index stands in the pointer, one up, so that NULL is none. */
static inline void index_put(struct map *map, const char *key, size_t index)
{
	map_put(map, key, (void *)(uintptr_t)(index + 1));
}

static inline size_t index_get(const struct map *map, const char *key)
{
	return (size_t)(uintptr_t)map_get(map, key) - 1; /* none: SIZE_MAX */
}

#endif
