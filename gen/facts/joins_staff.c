#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "facts/build.h"
#include "value/date.h"

/*
 * Rows that fit badly to their person's employment: dated before the hiring or
 * after the leaving, or of somebody who is excluded for one of them; units whose head has left.
 */

struct employment {
	bool is_hired, is_left;
	int32_t hired, left;
};

static bool day_of(const struct table *staff, size_t row, enum column_role role, int32_t *day)
{
	const struct column *column = table_spec_role(staff->spec, role);
	const struct value *cell = column ? table_cell(staff, row, column->index) : NULL;

	if (!cell || cell->missing)
		return false;
	*day = cell->day;
	return true;
}

static struct employment employment_of(const struct facts *facts, size_t person)
{
	const struct table *staff = facts->tables[facts->rulebook->staff->index];
	struct employment employment = { false, false, 0, 0 };

	employment.is_hired = day_of(staff, facts->people[person].row, ROLE_HIRED, &employment.hired);
	employment.is_left = day_of(staff, facts->people[person].row, ROLE_LEFT, &employment.left);
	return employment;
}

/* Left before hired is an error of the staff table, and says nothing of the rows. */
static bool is_possible(const struct employment *employment)
{
	return !employment->is_hired || !employment->is_left || employment->hired <= employment->left;
}

static bool has_line(const struct rulebook *rulebook, const struct table_spec *spec)
{
	for (size_t i = 0; i < rulebook->line_count; i++)
		for (size_t s = 0; s < rulebook->scheme_count; s++)
			if (rulebook->lines[i][s] && rulebook->lines[i][s]->table == spec)
				return true;
	return false;
}

/* The date of a row that brings money: the table's first. Certificates and the like may well be older than the employment. */
static const struct column *date_of_money(const struct rulebook *rulebook, const struct table_spec *spec)
{
	const struct column *date = NULL;
	bool has_money = has_line(rulebook, spec);

	if (spec->one_row || !spec->person || spec->role != TABLE_PLAIN)
		return NULL;
	for (size_t c = spec->column_count; c-- > 0;) {
		date = spec->columns[c].type == COLUMN_DATE ? &spec->columns[c] : date;
		has_money = has_money || spec->columns[c].type == COLUMN_MONEY;
	}
	return has_money ? date : NULL;
}

static void check_date(struct build *build, const struct table *table, size_t row, const struct column *date)
{
	const struct facts *facts = build->facts;
	const struct value *cell = table_cell(table, row, date->index);
	size_t person = facts_row_person(facts, table->spec->index, row);
	struct employment employment;
	bool is_late;
	char day[11], bound[11];

	if (cell->missing || person == SIZE_MAX || !facts->people[person].policy)
		return;
	employment = employment_of(facts, person);
	is_late = employment.is_left && cell->day > employment.left;
	if (!is_possible(&employment) || (!is_late && !(employment.is_hired && cell->day < employment.hired)))
		return;
	diag_add(build->diag, is_late ? MSG_ROW_AFTER_LEAVING : MSG_ROW_BEFORE_HIRING, build_place(build, table, row, date),
		date_format(cell->day, day), build_person(build, &facts->people[person]),
		date_format(is_late ? employment.left : employment.hired, bound), NULL);
}

/* A file of common/ outlives the people it names. */
static bool *files_of_month(struct build *build, const struct table *table)
{
	struct facts *facts = build->facts;
	bool *own = arena_array(facts->arena, table->file_count + 1, sizeof(*own));
	char month[8];
	const char *folder = arena_printf(facts->arena, "%s/%s/", build->input, month_format(facts->month, month));

	for (size_t i = 0; i < table->file_count; i++)
		own[i] = !strncmp(table->files[i].path, folder, strlen(folder));
	return own;
}

static bool is_away(const struct facts *facts, size_t person)
{
	enum exclusion exclusion = facts->people[person].exclusion;
	struct employment employment;

	if (exclusion != EXCLUDED_LEFT_BEFORE && exclusion != EXCLUDED_HIRED_AFTER)
		return false;
	employment = employment_of(facts, person);
	return is_possible(&employment);
}

static void report_away(struct build *build, const struct table *table, size_t row, size_t person)
{
	const struct facts *facts = build->facts;
	struct employment employment = employment_of(facts, person);
	bool has_left = facts->people[person].exclusion == EXCLUDED_LEFT_BEFORE;
	char day[11];

	diag_add(build->diag, has_left ? MSG_ROWS_OF_LEFT : MSG_ROWS_OF_UNHIRED,
		build_place(build, table, row, table->spec->person), build_person(build, &facts->people[person]),
		date_format(has_left ? employment.left : employment.hired, day), NULL);
}

/* Each person once a table: told[person] is the last table that was told of, from 1. */
static void away_check(struct build *build, const struct table *table, size_t *told)
{
	const struct facts *facts = build->facts;
	const bool *own = files_of_month(build, table);

	for (size_t row = 0; row < table->row_count; row++) {
		size_t person = facts_row_person(facts, table->spec->index, row);

		if (!own[table->file[row]] || person == SIZE_MAX || told[person] == table->spec->index + 1 || !is_away(facts, person))
			continue;
		told[person] = table->spec->index + 1;
		report_away(build, table, row, person);
	}
}

static void check_heads(struct build *build)
{
	const struct facts *facts = build->facts;

	for (size_t u = 0; u < facts->unit_count; u++) {
		const struct unit *unit = &facts->units[u];
		const struct table *table;
		char day[11];

		if (unit->head == SIZE_MAX || facts->people[unit->head].exclusion != EXCLUDED_LEFT_BEFORE || !is_away(facts, unit->head))
			continue;
		table = facts->tables[facts->rulebook->units->index];
		diag_add(build->diag, MSG_HEAD_LEFT, build_place(build, table, unit->row, table_spec_role(table->spec, ROLE_HEAD)),
			unit->name, build_person(build, &facts->people[unit->head]),
			date_format(employment_of(facts, unit->head).left, day), NULL);
	}
}

void joins_staff(struct build *build)
{
	const struct facts *facts = build->facts;
	const struct rulebook *rulebook = facts->rulebook;
	size_t *told = calloc(facts->person_count + 1, sizeof(*told));

	if (!told)
		bug("out of memory");
	for (size_t i = 0; i < rulebook->table_count; i++) {
		const struct table *table = facts->tables[i];
		const struct column *date = date_of_money(rulebook, table->spec);

		for (size_t row = 0; date && row < table->row_count; row++)
			check_date(build, table, row, date);
		if (table->spec->person)
			away_check(build, table, told);
	}
	free(told);
	check_heads(build);
}
