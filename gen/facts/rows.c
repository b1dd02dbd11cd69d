#include "facts/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "facts/build.h"
#include "facts/index_map.h"

/* Rows grouped by owner: of owner i rows[start[i] … start[i + 1]). */
struct row_groups {
	uint32_t *rows;
	size_t *start;
};

struct row_index {
	struct row_groups by_person; /* tables with a person column, and the staff table */
	struct row_groups by_unit; /* reference tables with a unit column */
	uint32_t *all; /* other reference tables: every row */
	struct map *keys; /* tables with a key */
};

/* Whose row, or which unit's: SIZE_MAX is nobody's. */
typedef size_t owner_fn(const struct facts *facts, const struct table *table, size_t row);

static size_t person_of_row(const struct facts *facts, const struct table *table, size_t row)
{
	const struct column *column = table->spec->role == TABLE_STAFF ? table->spec->key : table->spec->person;
	const struct value *cell = column ? table_cell(table, row, column->index) : NULL;

	return !cell || cell->missing ? SIZE_MAX : facts_person(facts, cell->text);
}

static size_t unit_of_row(const struct facts *facts, const struct table *table, size_t row)
{
	const struct value *cell = table_cell(table, row, table->spec->unit->index);

	return cell->missing ? SIZE_MAX : facts_unit(facts, cell->text);
}

/* Counting sort, so the file's order stays within an owner. */
static struct row_groups group_rows(const struct facts *facts, const struct table *table, size_t owners, owner_fn *owner_of)
{
	struct row_groups groups;
	uint32_t *owner = calloc(table->row_count + 1, sizeof(*owner));

	if (!owner)
		bug("out of memory");
	groups.rows = arena_array(facts->arena, table->row_count + 1, sizeof(*groups.rows));
	groups.start = arena_array(facts->arena, owners + 2, sizeof(*groups.start));
	for (size_t row = 0; row < table->row_count; row++) {
		size_t i = owner_of(facts, table, row);

		owner[row] = i < owners ? (uint32_t)i : (uint32_t)owners; /* nobody's stand at the end */
		groups.start[owner[row] + 1]++;
	}
	for (size_t i = 1; i <= owners + 1; i++)
		groups.start[i] += groups.start[i - 1];
	for (size_t row = 0; row < table->row_count; row++)
		groups.rows[groups.start[owner[row]]++] = (uint32_t)row;
	for (size_t i = owners + 1; i > 0; i--) /* each start has moved on to the next one's */
		groups.start[i] = groups.start[i - 1];
	groups.start[0] = 0;
	free(owner);
	return groups;
}

static bool is_personal(const struct table_spec *spec)
{
	return spec->person || spec->role == TABLE_STAFF;
}

static void index_keys(struct row_index *index, const struct table *table)
{
	index->keys = map_new();
	for (size_t row = table->row_count; row-- > 0;) {
		const struct value *key = table_cell(table, row, table->spec->key->index);

		if (!key->missing)
			index_put(index->keys, key->text, row);
	}
}

void rows_build(struct facts *facts)
{
	size_t count = facts->rulebook->table_count;

	facts->row_index = arena_array(facts->arena, count + 1, sizeof(*facts->row_index));
	for (size_t i = 0; i < count; i++) {
		const struct table *table = facts->tables[i];
		struct row_index *index = &facts->row_index[i];

		if (table->spec->key)
			index_keys(index, table);
		if (is_personal(table->spec)) {
			index->by_person = group_rows(facts, table, facts->person_count, person_of_row);
		} else if (table->spec->unit && table->spec->role != TABLE_UNITS) {
			index->by_unit = group_rows(facts, table, facts->unit_count, unit_of_row);
		} else {
			index->all = arena_array(facts->arena, table->row_count + 1, sizeof(*index->all));
			for (size_t row = 0; row < table->row_count; row++)
				index->all[row] = (uint32_t)row;
		}
	}
}

void rows_release(struct facts *facts)
{
	for (size_t i = 0; facts->row_index && i < facts->rulebook->table_count; i++)
		map_free(facts->row_index[i].keys);
	facts->row_index = NULL;
}

static struct row_span span_of(const struct row_groups *groups, size_t owner)
{
	return (struct row_span){ groups->rows + groups->start[owner], groups->start[owner + 1] - groups->start[owner] };
}

struct row_span facts_rows(const struct facts *facts, size_t table, size_t person)
{
	return span_of(&facts->row_index[table].by_person, person);
}

struct row_span facts_aggregate_rows(const struct facts *facts, size_t table, size_t person)
{
	const struct row_index *index = &facts->row_index[table];
	size_t unit = facts->people[person].unit;

	if (index->by_person.start)
		return span_of(&index->by_person, person);
	if (index->by_unit.start)
		return unit == SIZE_MAX ? (struct row_span){ NULL, 0 } : span_of(&index->by_unit, unit);
	return (struct row_span){ index->all, facts->tables[table]->row_count };
}

size_t facts_own_row(const struct facts *facts, size_t table, size_t person)
{
	const struct row_index *index = &facts->row_index[table];
	size_t unit = facts->people[person].unit;
	struct row_span span = { NULL, 0 };

	if (index->by_person.start)
		span = span_of(&index->by_person, person);
	else if (facts->tables[table]->spec->role == TABLE_UNITS)
		return unit == SIZE_MAX ? SIZE_MAX : facts->units[unit].row;
	else if (index->by_unit.start && unit != SIZE_MAX)
		span = span_of(&index->by_unit, unit);
	return span.count ? span.rows[0] : SIZE_MAX;
}

size_t facts_lookup(const struct facts *facts, size_t table, const char *key)
{
	const struct map *keys = facts->row_index[table].keys;

	return keys ? index_get(keys, key) : SIZE_MAX;
}

size_t facts_row_person(const struct facts *facts, size_t table, size_t row)
{
	return is_personal(facts->tables[table]->spec) ? person_of_row(facts, facts->tables[table], row) : SIZE_MAX;
}

void rows_index(struct build *build)
{
	rows_build(build->facts);
	refs_check(build);
}
