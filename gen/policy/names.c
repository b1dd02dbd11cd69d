#include "policy/names.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/formula_syntax.h"

/* One declaration; sorted by key, then as declared. */
struct declared {
	const char *key; /* the name in NFKC */
	const char *name;
	struct symbol symbol;
	size_t order;
};
struct names {
	struct declared *entries;
	size_t count, room;
	const char **candidates; /* for names_nearest, as declared */
	size_t candidate_count;
	struct arena *arena;
};

static char *normal(const char *name)
{
	char *out = g_utf8_normalize(name, -1, G_NORMALIZE_NFKC);

	return out ? out : g_strdup(name);
}

bool names_same(const char *a, const char *b)
{
	char *x, *y;
	bool same = !strcmp(a, b);

	if (same || (g_str_is_ascii(a) && g_str_is_ascii(b)))
		return same;
	x = normal(a);
	y = normal(b);
	same = !strcmp(x, y);
	g_free(x);
	g_free(y);
	return same;
}

bool names_valid(const char *name)
{
	char *key = normal(name);
	const char *at = key;
	bool valid = *key != '\0' && formula_keyword(key) == TOKEN_NAME;
	size_t digits = strspn(key, "0123456789");
	uint32_t c;

	/* 12 and 12元 are numbers */
	if (digits && (!key[digits] || !strcmp(key + digits, "元")))
		valid = false;
	while ((c = text_next(&at)))
		valid = valid && formula_is_name_character(c);
	g_free(key);
	return valid;
}

const struct column *names_column(const struct table_spec *table, const char *name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (!strcmp(table->columns[i].name, name))
			return &table->columns[i];
	for (size_t i = 0; i < table->column_count; i++)
		if (names_same(table->columns[i].name, name))
			return &table->columns[i];
	return NULL;
}

static void declare(struct names *names, enum symbol_kind kind, const char *name, const void *object, struct place place,
	const struct table_spec *table, size_t index)
{
	struct declared *entry;

	/* A thing without a name is told by the grammar already. */
	if (!name || !*name)
		return;
	if (names->count == names->room) {
		size_t room = names->room ? names->room * 2 : 64;

		names->entries = arena_grow(names->arena, names->entries, names->count, room, sizeof(*entry));
		names->room = room;
	}
	entry = &names->entries[names->count];
	*entry = (struct declared){ .key = text_nfkc(names->arena, name, strlen(name)), .name = name, .order = names->count,
		.symbol = { .kind = kind, .object = object, .table = table, .index = index, .place = place } };
	names->count++;
}

static void declare_columns(struct names *names, const struct table_spec *table)
{
	for (size_t i = 0; i < table->column_count; i++)
		declare(names, SYMBOL_COLUMN, table->columns[i].name, &table->columns[i], table->columns[i].place, table, i);
}

static void declare_all(struct names *names, const struct policy *policy)
{
	for (size_t i = 0; i < policy->table_count; i++)
		declare(names, SYMBOL_TABLE, policy->tables[i]->name, policy->tables[i], policy->tables[i]->place,
			policy->tables[i], 0);
	/* Before what is built on them, so that a clash is told at the figure and names the column. */
	for (size_t i = 0; i < policy->table_count; i++)
		declare_columns(names, policy->tables[i]);
	for (size_t i = 0; i < policy->parameter_count; i++)
		declare(names, SYMBOL_PARAMETER, policy->parameters[i]->name, policy->parameters[i],
			policy->parameters[i]->place, NULL, 0);
	for (size_t i = 0; i < policy->grade_set_count; i++)
		declare(names, SYMBOL_GRADE_SET, policy->grade_sets[i].name, &policy->grade_sets[i],
			policy->grade_sets[i].place, NULL, i);
	for (size_t i = 0; i < policy->item_count; i++)
		declare(names, SYMBOL_ITEM, policy->items[i]->name, policy->items[i], policy->items[i]->place, NULL, 0);
	for (size_t i = 0; i < policy->rates_count; i++)
		declare(names, SYMBOL_RATES, policy->rates[i]->name, policy->rates[i], policy->rates[i]->place, NULL, 0);
	for (size_t i = 0; i < policy->tiers_count; i++)
		declare(names, SYMBOL_TIERS, policy->tiers[i]->name, policy->tiers[i], policy->tiers[i]->place, NULL, 0);
}

static int compare(const void *a, const void *b)
{
	const struct declared *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void clash(const struct declared *first, const struct declared *again, struct arena *arena, struct diag *diag)
{
	const struct place *place = &first->symbol.place;

	diag_add(diag, MSG_NAME_CLASH, again->symbol.place, again->name,
		arena_printf(arena, "%s:%ld", place->file ? place->file : "", place->line), NULL);
}

/* entries[first … end) bear one name: columns of different tables may, else it is a clash. */
static void settle(struct names *names, size_t first, size_t end, struct diag *diag)
{
	struct declared *entry = &names->entries[first];

	for (size_t i = first + 1; i < end; i++) {
		struct declared *other = &names->entries[i];
		bool columns = entry->symbol.kind == SYMBOL_COLUMN || entry->symbol.kind == SYMBOL_AMBIGUOUS;

		if (columns && other->symbol.kind == SYMBOL_COLUMN && other->symbol.table != names->entries[i - 1].symbol.table)
			entry->symbol.kind = SYMBOL_AMBIGUOUS;
		else
			clash(entry, other, names->arena, diag);
	}
}

struct names *names_build(const struct policy *policy, struct arena *arena, struct diag *diag)
{
	struct names *names = arena_alloc(arena, sizeof(*names));
	size_t kept = 0;

	names->arena = arena;
	declare_all(names, policy);
	names->candidates = arena_array(arena, names->count + 1, sizeof(*names->candidates));
	for (size_t i = 0; i < names->count; i++) {
		names->candidates[i] = names->entries[i].name;
		if (!names_valid(names->entries[i].name))
			diag_add(diag, MSG_NAME_INVALID, names->entries[i].symbol.place, names->entries[i].name, NULL);
	}
	if (names->count)
		qsort(names->entries, names->count, sizeof(*names->entries), compare);
	for (size_t i = 0, end; i < names->count; i = end) {
		for (end = i + 1; end < names->count && !strcmp(names->entries[end].key, names->entries[i].key); end++)
			;
		settle(names, i, end, diag);
	}
	/* The first of each name stays; the candidates keep all. */
	for (size_t i = 0; i < names->count; i++)
		if (!kept || strcmp(names->entries[kept - 1].key, names->entries[i].key))
			names->entries[kept++] = names->entries[i];
	names->candidate_count = names->count;
	names->count = kept;
	return names;
}

struct symbol names_find(const struct names *names, const char *name)
{
	size_t low = 0, high = names->count;
	char *key = g_str_is_ascii(name) ? NULL : normal(name);
	const char *wanted = key ? key : name;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(wanted, names->entries[middle].key);

		if (!order) {
			g_free(key);
			return names->entries[middle].symbol;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	g_free(key);
	return (struct symbol){ .kind = SYMBOL_NONE };
}

const char *names_nearest(const struct names *names, const char *name)
{
	return text_nearest(name, names->candidates, names->candidate_count);
}
