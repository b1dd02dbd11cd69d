#include "table/lost.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "table/cell.h"
#include "table/csv.h"
#include "table/header.h"

struct table_lost {
	const char **keys;
	size_t count;
	size_t room;
	bool any; /* what was lost is not known */
};

struct table_lost *lost_new(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct table_lost));
}

static void add_key(struct table *table, const char *key)
{
	struct table_lost *lost = table->lost;

	if (lost->count == lost->room) {
		lost->room = lost->room ? lost->room * 2 : 16;
		lost->keys = arena_grow(table->arena, lost->keys, lost->count, lost->room, sizeof(*lost->keys));
	}
	lost->keys[lost->count++] = key;
}

/* Only the fields before a broken quote are to be trusted; they were not parted, so their text is cut out here. */
static bool cell_text(const struct csv_row *row, const struct header *header, size_t field, const char **text,
	size_t *length)
{
	struct csv_span span;

	if (row->problem == CSV_FINE) {
		if (field > row->count)
			return false;
		*text = row->fields[field - 1].text;
		*length = row->fields[field - 1].length;
		return true;
	}
	if (field >= row->problem_field)
		return false;
	span = csv_field_span(row->bytes, row->size, header->delimiter, field);
	*text = span.text + span.start;
	*length = span.end - span.start;
	if (*length >= 2 && **text == '"') {
		*text += 1;
		*length -= 2;
	}
	return true;
}

static bool add_cell(struct table *table, const struct csv_row *row, const struct header *header,
	const struct column *column, struct text_pool *pool)
{
	size_t field = header->field_of_column ? (size_t)header->field_of_column[column->index] : 0, length;
	struct cell_problem problem;
	struct value value;
	const char *text;

	if (!field || !cell_text(row, header, field, &text, &length) ||
		!cell_parse(column, text, length, pool, &value, &problem) || value.missing)
		return false;
	if (value.type == VALUE_TEXT || value.type == VALUE_GRADE)
		add_key(table, value.text);
	return true;
}

void lost_add_row(struct table *table, const struct csv_row *row, const struct header *header,
	const struct table_reader *reader)
{
	const struct table_spec *spec = table->spec;
	const struct column *key = spec->key ? spec->key : spec->person;
	const struct column *name = spec->role == TABLE_UNITS ? table_spec_role(spec, ROLE_NAME) : NULL;

	if (key && !add_cell(table, row, header, key, reader->pool))
		table->lost->any = true;
	if (name && !add_cell(table, row, header, name, reader->pool))
		table->lost->any = true;
}

void lost_add_all(struct table *table)
{
	table->lost->any = true;
}

void lost_sort(struct table *table)
{
	if (table->lost->count)
		qsort(table->lost->keys, table->lost->count, sizeof(*table->lost->keys), text_compare);
}

bool table_may_hold(const struct table *table, const char *key)
{
	const struct table_lost *lost = table->lost;

	return lost->any ||
	       (lost->count && bsearch(&key, lost->keys, lost->count, sizeof(*lost->keys), text_compare) != NULL);
}
