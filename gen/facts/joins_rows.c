#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "facts/build.h"

/*
 * Rows that fit badly to other rows of their table: the same row twice, the
 * same order for two people. Both sorted, then told in the order of the file.
 */

/* For each row of a table the row that it is told of; SIZE_MAX: nothing is. */
struct found {
	struct build *build;
	const struct table *table;
	size_t *first;
	bool any;
};

static struct found found_new(struct build *build, const struct table *table)
{
	struct found found = { build, table, calloc(table->row_count + 1, sizeof(*found.first)), false };

	if (!found.first)
		bug("out of memory");
	for (size_t row = 0; row < table->row_count; row++)
		found.first[row] = SIZE_MAX;
	return found;
}

static void found_put(struct found *found, size_t row, size_t first)
{
	found->first[row] = first;
	found->any = true;
}

static const char *where(const struct found *found, size_t row)
{
	const struct table *table = found->table;

	return arena_printf(found->build->facts->arena, "%s:%lu", table->files[table->file[row]].path,
		(unsigned long)table->line[row]);
}

struct hashed {
	uint64_t hash;
	uint32_t row;
};

static int by_hash_then_row(const void *a, const void *b)
{
	const struct hashed *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Equal rows have one hash; which it is nobody sees. */
static uint64_t hash_of(const struct table *table, size_t row)
{
	uint64_t hash = 0;

	for (size_t c = 0; c < table->spec->column_count; c++) {
		char room[VALUE_TEXT_SIZE];
		const char *text = value_format(table_cell(table, row, c), room);

		hash = hash * 0x9E3779B97F4A7C15u + text_hash(c, text, strlen(text));
	}
	return hash;
}

static bool rows_equal(const struct table *table, size_t a, size_t b)
{
	for (size_t c = 0; c < table->spec->column_count; c++)
		if (!value_equal(table_cell(table, a, c), table_cell(table, b, c)))
			return false;
	return true;
}

static void find_doubled(struct found *found)
{
	const struct table *table = found->table;
	struct hashed *rows = calloc(table->row_count + 1, sizeof(*rows));

	if (!rows)
		bug("out of memory");
	for (size_t row = 0; row < table->row_count; row++)
		rows[row] = (struct hashed){ hash_of(table, row), (uint32_t)row };
	qsort(rows, table->row_count, sizeof(*rows), by_hash_then_row);
	for (size_t i = 0, first = 0; i < table->row_count; i++) {
		if (rows[i].hash != rows[first].hash)
			first = i;
		if (i != first && rows_equal(table, rows[first].row, rows[i].row))
			found_put(found, rows[i].row, rows[first].row);
	}
	free(rows);
}

static void doubled_check(struct build *build, const struct table *table)
{
	struct found found = found_new(build, table);

	find_doubled(&found);
	for (size_t row = 0; found.any && row < table->row_count; row++)
		if (found.first[row] != SIZE_MAX)
			diag_add(build->diag, MSG_ROW_DOUBLED, build_place(build, table, row, NULL), where(&found, found.first[row]),
				NULL);
	free(found.first);
}

/* A table of orders: which column numbers them, and by which some lines share one among several rows. */
struct orders {
	const struct rulebook *rulebook;
	const struct table_spec *table;
	const struct column *key;
};

static bool is_of(const struct orders *orders, const struct item *line)
{
	return line && line->table == orders->table && line->key == orders->key;
}

/* Another part than the whole that a blank stands for: a refund of a shared order says it, too, which is shared no more. */
static bool is_part(const struct value *weight, const struct column *column)
{
	if (weight->missing || (column->has_fallback && value_equal(weight, &column->fallback)))
		return false;
	return weight->type != VALUE_PERCENT || decimal_compare(weight->number, decimal_from_int(1)) != 0;
}

/* Is the row's part of the order said, so that others may have theirs? */
static bool is_split(const struct orders *orders, const struct table *table, size_t row)
{
	for (size_t i = 0; i < orders->rulebook->line_count; i++)
		for (size_t s = 0; s < orders->rulebook->scheme_count; s++) {
			const struct item *line = orders->rulebook->lines[i][s];

			if (!line || line->table != orders->table || !line->split)
				continue;
			if (!table_cell(table, row, line->split->index)->missing ||
				is_part(table_cell(table, row, line->split_weight->index), line->split_weight))
				return true;
		}
	return false;
}

/* Does the person's policy count these orders at all? */
static bool *schemes_that_count(const struct orders *orders, struct arena *arena)
{
	bool *count = arena_array(arena, orders->rulebook->scheme_count + 1, sizeof(*count));

	for (size_t i = 0; i < orders->rulebook->line_count; i++)
		for (size_t s = 0; s < orders->rulebook->scheme_count; s++)
			count[s] = count[s] || is_of(orders, orders->rulebook->lines[i][s]);
	return count;
}

struct order_row {
	const char *key;
	size_t row, person;
	bool split;
};

static int by_key_then_row(const void *a, const void *b)
{
	const struct order_row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static size_t collect_orders(struct build *build, const struct orders *orders, struct order_row *rows)
{
	const struct facts *facts = build->facts;
	const struct table *table = facts->tables[orders->table->index];
	const bool *counts = schemes_that_count(orders, facts->arena);
	size_t count = 0;

	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *key = table_cell(table, row, orders->key->index);
		size_t person = facts_row_person(facts, orders->table->index, row);
		char room[VALUE_TEXT_SIZE];
		const char *text = value_format(key, room);

		if (key->missing || person == SIZE_MAX || !facts->people[person].policy || !counts[facts->people[person].scheme])
			continue;
		rows[count++] = (struct order_row){ text == room ? text_intern(facts->pool, text, strlen(text)) : text, row, person,
			is_split(orders, table, row) };
	}
	qsort(rows, count, sizeof(*rows), by_key_then_row);
	return count;
}

/* The earliest rows of two people. */
struct earliest {
	const struct order_row *own, *other;
};

static void keep(struct earliest *earliest, const struct order_row *row)
{
	if (!earliest->own)
		earliest->own = row;
	else if (!earliest->other && row->person != earliest->own->person)
		earliest->other = row;
}

/* Each person of an order but the first is told once; not where both rows say their part. */
static void find_shared(struct found *found, const struct order_row *rows, size_t count, size_t *told)
{
	struct earliest all = { NULL, NULL }, unsplit = { NULL, NULL };

	for (const struct order_row *row = rows; row < rows + count; row++) {
		const struct earliest *before = row->split ? &unsplit : &all;
		const struct order_row *first = before->own && before->own->person == row->person ? before->other : before->own;

		if (first && told[row->person] != rows->row) {
			found_put(found, row->row, first->row);
			told[row->person] = rows->row;
		}
		keep(&all, row);
		if (!row->split)
			keep(&unsplit, row);
	}
}

static const char *person_at(const struct found *found, size_t row)
{
	const struct facts *facts = found->build->facts;

	return build_person(found->build, &facts->people[facts_row_person(facts, found->table->spec->index, row)]);
}

static void report_shared(const struct found *found, const struct column *key)
{
	for (size_t row = 0; found->any && row < found->table->row_count; row++) {
		char room[VALUE_TEXT_SIZE];

		if (found->first[row] == SIZE_MAX)
			continue;
		diag_add(found->build->diag, MSG_ORDER_SHARED, build_place(found->build, found->table, row, key),
			value_format(table_cell(found->table, row, key->index), room), key->name, person_at(found, row),
			person_at(found, found->first[row]), where(found, found->first[row]), NULL);
	}
}

static void shared_check(struct build *build, const struct orders *orders)
{
	const struct table *table = build->facts->tables[orders->table->index];
	struct found found = found_new(build, table);
	struct order_row *rows = calloc(table->row_count + 1, sizeof(*rows));
	size_t *told = calloc(build->facts->person_count + 1, sizeof(*told));
	size_t count, end;

	if (!rows || !told)
		bug("out of memory");
	for (size_t i = 0; i < build->facts->person_count; i++)
		told[i] = SIZE_MAX;
	count = collect_orders(build, orders, rows);
	for (size_t start = 0; start < count; start = end) {
		for (end = start; end < count && !strcmp(rows[end].key, rows[start].key); end++)
			;
		if (end - start > 1)
			find_shared(&found, &rows[start], end - start, told);
	}
	report_shared(&found, orders->key);
	free(rows);
	free(told);
	free(found.first);
}

/* Each key of a table once, whatever lines count by it. A table's own key stands in one row anyway. */
static bool is_met(const struct rulebook *rulebook, const struct orders *orders, size_t line, size_t scheme)
{
	for (size_t i = 0; i <= line; i++)
		for (size_t s = 0; s < (i < line ? rulebook->scheme_count : scheme); s++)
			if (is_of(orders, rulebook->lines[i][s]))
				return true;
	return false;
}

void joins_rows(struct build *build)
{
	const struct facts *facts = build->facts;
	const struct rulebook *rulebook = facts->rulebook;

	for (size_t i = 0; i < rulebook->table_count; i++)
		if (!rulebook->tables[i]->one_row && !rulebook->tables[i]->key)
			doubled_check(build, facts->tables[i]);
	for (size_t i = 0; i < rulebook->line_count; i++)
		for (size_t s = 0; s < rulebook->scheme_count; s++) {
			const struct item *line = rulebook->lines[i][s];
			struct orders orders = { rulebook, line ? line->table : NULL, line ? line->key : NULL };

			if (line && line->key && line->key != line->table->key && !is_met(rulebook, &orders, i, s))
				shared_check(build, &orders);
		}
}
