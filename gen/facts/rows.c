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

/* Checks of what cells point to. */

static const char *nearest_key(const struct build *build, const struct table *target, const char *text)
{
	const char **keys = arena_array(build->facts->arena, target->row_count + 1, sizeof(*keys));
	size_t count = 0;

	for (size_t row = 0; row < target->row_count; row++) {
		const struct value *key = table_cell(target, row, target->spec->key->index);

		if (!key->missing)
			keys[count++] = key->text;
	}
	return text_nearest(text, keys, count);
}

struct checking {
	struct build *build;
	const struct table *table;
	const struct column *column;
	size_t keys_sought;
};

static void report_unknown(struct checking *checking, size_t row, enum message id, const struct table *target)
{
	const char *text = table_cell(checking->table, row, checking->column->index)->text;
	const char *nearest = NULL;

	if (!target)
		nearest = build_nearest_person(checking->build, text);
	else if (build_may_seek(&checking->keys_sought))
		nearest = nearest_key(checking->build, target, text);
	diag_add_nearest(checking->build->diag, id, build_place(checking->build, checking->table, row, checking->column),
		nearest, text, target ? target->spec->name : NULL, NULL);
}

static const struct table *table_named(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->rulebook->table_count; i++)
		if (!strcmp(facts->rulebook->tables[i]->name, name))
			return facts->tables[i];
	return NULL;
}

/* A correction of a figure that there is not would never be paid. */
static void check_figures(struct build *build, const struct table *table, const struct column *column)
{
	const struct rulebook *rulebook = build->facts->rulebook;
	const char **names = arena_array(build->facts->arena, rulebook->column_count + 1, sizeof(*names));

	for (size_t c = 0; c < rulebook->column_count; c++)
		names[c] = rulebook->columns[c].name;
	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *cell = table_cell(table, row, column->index);
		size_t c = 0;

		while (c < rulebook->column_count && !cell->missing && strcmp(names[c], cell->text) != 0)
			c++;
		if (!cell->missing && c == rulebook->column_count)
			diag_add_nearest(build->diag, MSG_CORRECTED_FIGURE_UNKNOWN, build_place(build, table, row, column),
				text_nearest(cell->text, names, rulebook->column_count), cell->text, NULL);
	}
}

static void check_column(struct build *build, const struct table *table, const struct column *column)
{
	const struct facts *facts = build->facts;
	const struct table *target = column->ref ? table_named(facts, column->ref) : NULL;
	struct checking checking = { build, table, column, 0 };

	if (column->role == ROLE_FIGURE)
		check_figures(build, table, column);
	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *cell = table_cell(table, row, column->index);

		if (cell->missing)
			continue;
		/* What points to a rejected row is no further error. */
		if (column->role == ROLE_PERSON && facts_person(facts, cell->text) == SIZE_MAX) {
			if (!table_may_hold(facts->tables[facts->rulebook->staff->index], cell->text))
				report_unknown(&checking, row, MSG_PERSON_UNKNOWN, NULL);
		} else if (target && target->spec->key && facts_lookup(facts, target->spec->index, cell->text) == SIZE_MAX) {
			if (!table_may_hold(target, cell->text))
				report_unknown(&checking, row, MSG_REF_UNKNOWN, target);
		} else if (column->role == ROLE_UNIT && table->spec->role == TABLE_PLAIN && facts->rulebook->units &&
			   facts_unit(facts, cell->text) == SIZE_MAX && !units_may_hold(facts, cell->text))
			diag_add_nearest(build->diag, MSG_UNIT_UNKNOWN, build_place(build, table, row, column),
				build_nearest_unit(build, cell->text), cell->text, NULL);
	}
}

void rows_index(struct build *build)
{
	struct facts *facts = build->facts;

	rows_build(facts);
	for (size_t i = 0; i < facts->rulebook->table_count; i++)
		for (size_t c = 0; c < facts->tables[i]->spec->column_count; c++)
			check_column(build, facts->tables[i], &facts->tables[i]->spec->columns[c]);
}
