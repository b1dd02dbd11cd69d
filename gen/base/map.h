#ifndef SALESPAY_BASE_MAP_H
#define SALESPAY_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Text to pointer, for names and keys. Keys are not copied: they must outlive
 * the map. Never iterated (hash order must not reach any output): keep an
 * array beside it for that.
 */
struct map;
struct map *map_new(void);
void map_free(struct map *map); /* NULL is fine */
void map_put(struct map *map, const char *key, void *value); /* replaces */
void *map_get(const struct map *map, const char *key); /* NULL if none */
size_t map_count(const struct map *map);

#endif
