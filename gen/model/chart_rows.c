#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "model/chart.h"

/* The rows of a chart of people: each person, or each unit where there are too many. See chart.h. */

/* Two people of one name in one chart are told apart by their number. */
static void name_people(struct pen *pen, struct chart_rows *rows)
{
	const struct model *model = pen->model;
	struct map *first = map_new();

	for (size_t i = 0; i < rows->count; i++) {
		size_t person = rows->rows[i].people.people[0];
		const char *name = person_name(model, person);
		struct chart_row_of *namesake = map_get(first, name);

		rows->rows[i].label = name;
		rows->rows[i].id = model->facts->people[person].id;
		if (!namesake) {
			map_put(first, name, &rows->rows[i]);
			continue;
		}
		rows->rows[i].is_namesake = namesake->is_namesake = true;
	}
	for (size_t i = 0; i < rows->count; i++)
		if (rows->rows[i].is_namesake && strcmp(rows->rows[i].label, rows->rows[i].id) != 0)
			rows->rows[i].label = arena_printf(pen->scratch, "%s %s", rows->rows[i].label, rows->rows[i].id);
	map_free(first);
}

struct chart_rows chart_rows_of_people(struct pen *pen, struct group people)
{
	struct chart_rows rows = {.rows = arena_array(pen->scratch, people.count + 1, sizeof *rows.rows)};

	for (; rows.count < people.count; rows.count++)
		rows.rows[rows.count].people = (struct group){people.people + rows.count, 1};
	name_people(pen, &rows);
	return rows;
}

struct chart_rows chart_rows_of_units(struct pen *pen, struct group people)
{
	const struct facts *facts = pen->model->facts;
	struct chart_rows rows = {.rows = arena_array(pen->scratch, people.count + 2, sizeof *rows.rows), .of_units = true};

	for (size_t from = 0, to; from < people.count; from = to) {
		size_t unit = facts->people[people.people[from]].unit;
		const char *name = unit == SIZE_MAX ? say(pen, SAY_WITHOUT_UNIT, NULL) : facts->units[unit].name;

		for (to = from + 1; to < people.count && facts->people[people.people[to]].unit == unit;)
			to++;
		rows.rows[rows.count++] = (struct chart_row_of){
			.label = say(pen, SAY_CHART_UNIT_ROW, name, text_count(pen, to - from), NULL),
			.id = unit == SIZE_MAX ? "" : facts->units[unit].id,
			.people = {people.people + from, to - from}};
	}
	return rows;
}

void chart_rows_add_all(struct pen *pen, struct chart_rows *rows, const struct chart_scope *scope)
{
	const char *name = scope->unit == SIZE_MAX ? say(pen, SAY_WHOLE_COMPANY, NULL) : pen->model->facts->units[scope->unit].name;

	if (!rows->of_units || rows->count < 2)
		return;
	memmove(rows->rows + 1, rows->rows, rows->count * sizeof *rows->rows);
	rows->rows[0] = (struct chart_row_of){
		.label = say(pen, SAY_CHART_UNIT_ROW, name, text_count(pen, scope->people.count), NULL),
		.id = "",
		.people = scope->people};
	rows->count++;
}

struct chart_rows chart_rows_of(struct pen *pen, struct group people, size_t most)
{
	return people.count > most ? chart_rows_of_units(pen, people) : chart_rows_of_people(pen, people);
}

void chart_row_head(xmlNode *node, const struct chart_row_of *row)
{
	attribute(node, "label", row->label);
	attribute(node, "id", *row->id ? row->id : NULL);
}

static int by_value(const void *a, const void *b)
{
	const struct chart_row_of *first = a, *second = b;
	int order = first->has_value && second->has_value ? decimal_compare(second->value, first->value)
							   : (int)second->has_value - (int)first->has_value;

	return order ? order : strcmp(first->id, second->id);
}

void chart_rows_sort(struct chart_rows *rows)
{
	qsort(rows->rows, rows->count, sizeof *rows->rows, by_value);
}

bool chart_mean(struct pen *pen, struct group people, size_t column, struct decimal *out)
{
	struct decimal sum = decimal_zero();
	int64_t count = 0;

	for (size_t i = 0; i < people.count; i++) {
		const struct value *value = chart_value(pen, people.people[i], column);

		if (value->missing)
			continue;
		sum = decimal_add(sum, chart_number(value));
		count++;
	}
	if (!count || !decimal_divide(sum, decimal_from_int(count), &sum))
		return false;
	*out = count > 1 ? chart_round(sum) : sum;
	return true;
}
