#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "table/lost.h"
#include "table/rejected.h"
#include "table/table.h"

/* Doubled keys, among the rows that are used and those rejected for another cell. */
struct keys {
	struct table *table;
	const struct column *column;
	const struct table_reader *reader;
	struct map *used, *rejected; /* key -> row + 1, the first of each */
};

static const char *key_of(const struct keys *keys, const struct table *table, size_t row)
{
	const struct value *key = table_cell(table, row, keys->column->index);
	char buffer[VALUE_TEXT_SIZE];
	const char *text;

	if (key->missing)
		return NULL;
	text = value_format(key, buffer);
	return text == buffer ? text_intern(keys->reader->pool, text, strlen(text)) : text;
}

static void move_row(struct table *table, size_t from, size_t to)
{
	size_t columns = table->spec->column_count;

	if (from == to)
		return;
	memcpy(table->cells + to * columns, table->cells + from * columns, columns * sizeof(*table->cells));
	table->line[to] = table->line[from];
	table->file[to] = table->file[from];
}

struct table_row {
	const struct table *table;
	size_t row;
};

static bool stands_before(struct table_row a, struct table_row b)
{
	uint16_t file = a.table->file[a.row], other = b.table->file[b.row];

	return file != other ? file < other : a.table->line[a.row] < b.table->line[b.row];
}

/* A unit that is doubled for its heads: the column, if both rows name one, and not the same. */
static const struct column *heads_differ(struct table_row at, struct table_row first)
{
	const struct column *head = at.table->spec->role == TABLE_UNITS ? table_spec_role(at.table->spec, ROLE_HEAD) : NULL;
	const struct value *own = head ? table_cell(at.table, at.row, head->index) : NULL;
	const struct value *other = head ? table_cell(first.table, first.row, head->index) : NULL;

	return head && !own->missing && !other->missing && !value_equal(own, other) ? head : NULL;
}

static void report(const struct keys *keys, struct table_row at, struct table_row first)
{
	const struct table_file *file = &first.table->files[first.table->file[first.row]];
	const char *where = arena_printf(keys->reader->arena, "%s:%lu", file->path, (unsigned long)first.table->line[first.row]);
	const struct column *head = heads_differ(at, first);

	if (head)
		diag_add(keys->reader->diag, MSG_TWO_HEADS, table_place(at.table, at.row, head, keys->reader->arena),
			key_of(keys, at.table, at.row), table_cell(at.table, at.row, head->index)->text,
			table_cell(first.table, first.row, head->index)->text, where, NULL);
	else
		diag_add(keys->reader->diag, MSG_DOUBLED_KEY, table_place(at.table, at.row, keys->column, keys->reader->arena),
			key_of(keys, at.table, at.row), keys->column->name, where, NULL);
}

/* The first row of the key that stands before; its table is NULL if none does. */
static struct table_row first_before(const struct keys *keys, const char *key, struct table_row at)
{
	struct table_row used = { keys->table, (size_t)(uintptr_t)map_get(keys->used, key) };
	struct table_row rejected = { keys->table->rejected, (size_t)(uintptr_t)map_get(keys->rejected, key) };

	if (!used.row-- || !stands_before(used, at))
		used.table = NULL;
	if (!rejected.row-- || !stands_before(rejected, at))
		rejected.table = NULL;
	if (!used.table || (rejected.table && stands_before(rejected, used)))
		return rejected;
	return used;
}

static void collect_rejected(const struct keys *keys)
{
	const struct table *rejected = keys->table->rejected;

	for (size_t row = 0; row < rejected->row_count; row++) {
		const char *key = key_of(keys, rejected, row);

		if (key && !map_get(keys->rejected, key))
			map_put(keys->rejected, key, (void *)(uintptr_t)(row + 1));
	}
}

/* Used rows whose key stood before are reported and taken out. */
static void check_used(const struct keys *keys)
{
	struct table *table = keys->table;
	size_t kept = 0;

	for (size_t row = 0; row < table->row_count; row++) {
		const char *key = key_of(keys, table, row);
		struct table_row first = { NULL, 0 };
		struct table_file *file = &table->files[table->file[row]];

		if (key)
			first = first_before(keys, key, (struct table_row){ table, row });
		if (first.table) {
			report(keys, (struct table_row){ table, row }, first);
			file->rows_used--;
			file->rows_rejected++;
			continue;
		}
		/* Kept rows stay where they are, so their number (from 1) can stand for them. */
		if (key)
			map_put(keys->used, key, (void *)(uintptr_t)(kept + 1));
		move_row(table, row, kept++);
	}
	table->row_count = kept;
}

static void check_rejected(const struct keys *keys)
{
	const struct table *rejected = keys->table->rejected;

	for (size_t row = 0; row < rejected->row_count; row++) {
		const char *key = key_of(keys, rejected, row);
		struct table_row at = { rejected, row }, first = { NULL, 0 };

		if (key)
			first = first_before(keys, key, at);
		if (first.table)
			report(keys, at, first);
	}
}

static void check_key(struct table *table, const struct column *column, const struct table_reader *reader)
{
	struct keys keys = { table, column, reader, map_new(), map_new() };

	collect_rejected(&keys);
	check_used(&keys);
	check_rejected(&keys);
	map_free(keys.used);
	map_free(keys.rejected);
}

void table_check_keys(struct table *table, const struct table_reader *reader)
{
	const struct table_spec *spec = table->spec;
	const struct column *of_row = spec->person ? spec->person : spec->unit;

	rejected_finish(table);
	if (spec->key)
		check_key(table, spec->key, reader);
	if (spec->one_row && of_row && of_row != spec->key && (spec->person || !spec->key))
		check_key(table, of_row, reader);
	lost_sort(table);
}
