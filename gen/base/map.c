#include "base/map.h"

#include <glib.h>

struct map {
	GHashTable *table;
};

struct map *map_new(void)
{
	struct map *map = g_new0(struct map, 1);

	map->table = g_hash_table_new(g_str_hash, g_str_equal);
	return map;
}

void map_free(struct map *map)
{
	if (!map)
		return;
	g_hash_table_destroy(map->table);
	g_free(map);
}

void map_put(struct map *map, const char *key, void *value)
{
	/* GLib takes the key as gpointer but here neither frees nor writes it. */
	g_hash_table_replace(map->table, (gpointer)(guintptr)key, value);
}

void *map_get(const struct map *map, const char *key)
{
	return g_hash_table_lookup(map->table, key);
}

size_t map_count(const struct map *map)
{
	return g_hash_table_size(map->table);
}
