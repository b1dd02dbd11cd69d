#include "policy/rulebook_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/map.h"

/* One list of tables, ledger columns and lines over all schemes. */

static bool same_place(const struct place *a, const struct place *b)
{
	return a->line == b->line && a->column == b->column && (a->file == b->file ||
		(a->file && b->file && !strcmp(a->file, b->file)));
}

static const char *place_text(struct arena *arena, const struct place *place)
{
	return arena_printf(arena, "%s:%ld", place->file ? place->file : "", place->line);
}

/* A table that two policies include is one: told by its declaration's place. */
static size_t table_index(struct rulebook *rulebook, const struct table_spec *table)
{
	for (size_t i = 0; i < rulebook->table_count; i++)
		if (!strcmp(rulebook->tables[i]->name, table->name) && same_place(&rulebook->tables[i]->place, &table->place))
			return i;
	rulebook->tables[rulebook->table_count] = table;
	return rulebook->table_count++;
}

static bool same_table(struct rulebook *rulebook, const struct table_spec **first, const struct table_spec *table,
	enum message id, const struct policy *policy, struct diag *diag)
{
	if (!table)
		return true;
	if (!*first)
		*first = rulebook->tables[table->index];
	if ((*first)->index == table->index)
		return true;
	diag_add(diag, id, table->place, rulebook->schemes[0].policy->title, policy->title, NULL);
	return false;
}

bool rulebook_list_tables(struct rulebook *rulebook, struct arena *arena, struct diag *diag)
{
	size_t count = 0;
	bool good = true;

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		count += rulebook->schemes[s].policy->table_count;
	rulebook->tables = arena_array(arena, count + 1, sizeof(*rulebook->tables));
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		struct policy *policy = rulebook->schemes[s].policy;

		for (size_t i = 0; i < policy->table_count; i++)
			policy->tables[i]->index = table_index(rulebook, policy->tables[i]);
		good = same_table(rulebook, &rulebook->staff, policy->staff, MSG_STAFF_TABLES_DIFFER, policy, diag) && good;
		good = same_table(rulebook, &rulebook->units, policy->units, MSG_UNITS_TABLES_DIFFER, policy, diag) && good;
	}
	return good;
}

struct listing {
	struct rulebook *rulebook;
	struct arena *arena;
	struct diag *diag;
	struct map *by_name; /* name -> the first item of it */
	size_t room;
};

/* The same name in another policy must be the same kind of thing. */
static bool agree(struct listing *listing, const struct item *first, const struct item *item)
{
	bool line = item->kind == ITEM_LINE;

	if (first->type != item->type) {
		diag_add(listing->diag, MSG_FIGURE_TYPES_DIFFER, item->place, item->name, value_type_name(first->type),
			value_type_name(item->type), place_text(listing->arena, &first->place), NULL);
		return false;
	}
	if ((first->kind == ITEM_LINE) != line || (line && (first->table->index != item->table->index || !first->key != !item->key ||
			(first->key && first->key->index != item->key->index)))) {
		diag_add(listing->diag, MSG_LINES_DIFFER, item->place, item->name, place_text(listing->arena, &first->place),
			NULL);
		return false;
	}
	return true;
}

static void add_column(struct listing *listing, struct item *item, size_t scheme, const struct item *first)
{
	struct rulebook *rulebook = listing->rulebook;

	item->column = first ? first->column : rulebook->column_count;
	item->line = SIZE_MAX;
	if (!first) {
		struct ledger_column *column = &rulebook->columns[rulebook->column_count++];

		*column = (struct ledger_column){ .name = item->name, .type = item->type };
		column->items = arena_array(listing->arena, rulebook->scheme_count, sizeof(*column->items));
	}
	rulebook->columns[item->column].items[scheme] = item;
}

static void add_line(struct listing *listing, struct item *item, size_t scheme, const struct item *first)
{
	struct rulebook *rulebook = listing->rulebook;

	item->column = SIZE_MAX;
	item->line = first ? first->line : rulebook->line_count;
	if (!first)
		rulebook->lines[rulebook->line_count++] = arena_array(listing->arena, rulebook->scheme_count,
			sizeof(**rulebook->lines));
	rulebook->lines[item->line][scheme] = item;
}

static bool add_item(struct listing *listing, struct item *item, size_t scheme)
{
	const struct item *first;

	if (item->kind == ITEM_CHECK) {
		item->column = item->line = SIZE_MAX;
		return true;
	}
	first = map_get(listing->by_name, item->name);
	if (first && !agree(listing, first, item))
		return false;
	if (!first)
		map_put(listing->by_name, item->name, item);
	(item->kind == ITEM_LINE ? add_line : add_column)(listing, item, scheme, first);
	return true;
}

bool rulebook_list_items(struct rulebook *rulebook, struct arena *arena, struct diag *diag)
{
	struct listing listing = { .rulebook = rulebook, .arena = arena, .diag = diag, .by_name = map_new() };
	bool good = true;

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		listing.room += rulebook->schemes[s].policy->item_count;
	rulebook->columns = arena_array(arena, listing.room + 1, sizeof(*rulebook->columns));
	rulebook->lines = arena_array(arena, listing.room + 1, sizeof(*rulebook->lines));
	rulebook->line_in_history = arena_array(arena, listing.room + 1, sizeof(*rulebook->line_in_history));
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		for (size_t i = 0; i < rulebook->schemes[s].policy->item_count; i++)
			good = add_item(&listing, rulebook->schemes[s].policy->items[i], s) && good;
	map_free(listing.by_name);
	return good;
}
