#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/build.h"
#include "facts/index_map.h"
#include "value/date.h"

static int person_by_id(const void *a, const void *b)
{
	return strcmp(((const struct person *)a)->id, ((const struct person *)b)->id);
}

static const struct value *cell_of(const struct table *table, size_t row, enum column_role role)
{
	const struct column *column = table_spec_role(table->spec, role);

	return column ? table_cell(table, row, column->index) : NULL;
}

static const char *text_of(const struct table *table, size_t row, enum column_role role)
{
	const struct value *cell = cell_of(table, row, role);

	return cell && !cell->missing ? cell->text : NULL;
}

/* Leaving before the month or hiring after it excludes. */
static enum exclusion exclusion_of(const struct facts *facts, const struct table *staff, size_t row)
{
	const struct value *hired = cell_of(staff, row, ROLE_HIRED), *left = cell_of(staff, row, ROLE_LEFT);

	if (left && !left->missing && left->day < month_first_day(facts->month))
		return EXCLUDED_LEFT_BEFORE;
	if (hired && !hired->missing && hired->day > month_last_day(facts->month))
		return EXCLUDED_HIRED_AFTER;
	return EXCLUDED_NO;
}

/* The one scheme whose `when` fits; SIZE_MAX if none does. */
static size_t scheme_of(struct build *build, const struct table *staff, const struct person *person)
{
	const struct rulebook *rulebook = build->facts->rulebook;
	size_t fits = SIZE_MAX;

	for (size_t i = 0; i < rulebook->scheme_count; i++) {
		const struct scheme *scheme = &rulebook->schemes[i];

		if (scheme->when && !build->fits(scheme->when, rulebook, staff, person->row, build->facts->pool))
			continue;
		if (fits != SIZE_MAX)
			diag_add(build->diag, MSG_SCHEMES_OVERLAP, build_place(build, staff, person->row, NULL), person->id,
				rulebook->schemes[fits].name, scheme->name, NULL);
		else
			fits = i;
	}
	return fits;
}

static void set_unit(struct build *build, const struct table *staff, struct person *person)
{
	const struct facts *facts = build->facts;
	const char *text = text_of(staff, person->row, ROLE_UNIT);

	person->unit = text ? index_get(build->units, text) : SIZE_MAX;
	if (!text || person->unit != SIZE_MAX || units_may_hold(facts, text))
		return;
	diag_add_nearest(build->diag, MSG_UNIT_UNKNOWN, build_place(build, staff, person->row, staff->spec->unit),
		build_nearest_unit(build, text), text, NULL);
}

static void check_dates(struct build *build, const struct table *staff, const struct person *person)
{
	const struct value *hired = cell_of(staff, person->row, ROLE_HIRED), *left = cell_of(staff, person->row, ROLE_LEFT);
	char first[11], last[11];

	if (!hired || hired->missing || !left || left->missing || left->day >= hired->day)
		return;
	diag_add(build->diag, MSG_LEFT_BEFORE_HIRED,
		build_place(build, staff, person->row, table_spec_role(staff->spec, ROLE_LEFT)), person->id,
		date_format(left->day, last), date_format(hired->day, first), NULL);
}

static void set_scheme(struct build *build, const struct table *staff, struct person *person)
{
	const struct facts *facts = build->facts;

	check_dates(build, staff, person);
	person->scheme = SIZE_MAX;
	person->exclusion = exclusion_of(facts, staff, person->row);
	if (person->exclusion == EXCLUDED_NO) {
		person->scheme = scheme_of(build, staff, person);
		if (person->scheme == SIZE_MAX)
			person->exclusion = EXCLUDED_NO_SCHEME;
		else
			person->policy = facts->rulebook->schemes[person->scheme].policy;
	}
	person->state = person->exclusion == EXCLUDED_NO ? PERSON_PAID : PERSON_EXCLUDED;
}

void people_build(struct build *build)
{
	struct facts *facts = build->facts;
	const struct table *staff = facts->tables[facts->rulebook->staff->index];

	facts->people = arena_array(facts->arena, staff->row_count + 1, sizeof(*facts->people));
	for (size_t row = 0; row < staff->row_count; row++) {
		const char *id = text_of(staff, row, ROLE_ID), *name = text_of(staff, row, ROLE_NAME);

		if (id)
			facts->people[facts->person_count++] = (struct person){ .id = id, .name = name ? name : "",
				.grade = text_of(staff, row, ROLE_GRADE), .row = row };
	}
	qsort(facts->people, facts->person_count, sizeof(*facts->people), person_by_id);
	for (size_t i = 0; i < facts->person_count; i++) {
		index_put(build->people, facts->people[i].id, i);
		set_unit(build, staff, &facts->people[i]);
		set_scheme(build, staff, &facts->people[i]);
	}
	for (size_t row = 0; row < staff->rejected->row_count; row++) {
		const char *id = text_of(staff->rejected, row, ROLE_ID);

		check_dates(build, staff->rejected, &(struct person){ .id = id ? id : "", .row = row });
	}
}

void holds_read(struct build *build)
{
	struct facts *facts = build->facts;
	struct table_reader reader = { .arena = facts->arena, .pool = facts->pool, .diag = build->diag };
	struct table *table = table_new(table_spec_hold(), facts->arena);
	char month[8];
	const char *path = arena_printf(facts->arena, "%s/%s/hold.csv", build->input, month_format(facts->month, month));

	if (!file_exists(path) || !table_read_file(table, path, &reader))
		return;
	table_check_keys(table, &reader);
	facts->hold = table;
	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *id = table_cell(table, row, 0), *reason = table_cell(table, row, 1);
		size_t person = id->missing ? SIZE_MAX : index_get(build->people, id->text);

		if (person == SIZE_MAX && !id->missing &&
			table_may_hold(facts->tables[facts->rulebook->staff->index], id->text))
			continue;
		if (person == SIZE_MAX) {
			diag_add_nearest(build->diag, MSG_PERSON_UNKNOWN,
				build_place(build, table, row, &table->spec->columns[0]),
				id->missing ? NULL : build_nearest_person(build, id->text), id->missing ? "" : id->text, NULL);
		} else if (facts->people[person].state == PERSON_PAID) {
			facts->people[person].state = PERSON_HELD;
			facts->people[person].hold_reason = reason->missing ? "hold.csv" : reason->text;
		}
	}
}
