#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"
#include "facts/facts.h"
#include "facts/history_read.h"
#include "facts/index_map.h"
#include "facts/rows.h"
#include "policy/literal.h"
#include "policy/names.h"
#include "value/date.h"

/* One made-up person from a policy's <example>. */

#define EXAMPLE_ID "例" /* the person of every example */

struct making {
	struct facts *facts;
	const struct example *example;
	const struct policy *policy;
	struct diag *diag;
};

/* A row whose cells are blank: defaults where the columns have them. */
static void add_blank_row(struct facts *facts, struct table *table)
{
	const struct table_spec *spec = table->spec;

	table->cells = arena_array(facts->arena, spec->column_count + 1, sizeof(*table->cells));
	table->line = arena_array(facts->arena, 1, sizeof(*table->line));
	table->file = arena_array(facts->arena, 1, sizeof(*table->file));
	table->row_count = 1;
	for (size_t c = 0; c < spec->column_count; c++)
		table->cells[c] = spec->columns[c].has_fallback ? spec->columns[c].fallback :
			value_missing(column_value_type(&spec->columns[c]));
}

/* 列 or 表.列; NULL if the name is no column. */
static const struct column *find_column(const struct policy *policy, const char *name, const struct table_spec **table)
{
	const char *dot = strchr(name, '.');
	struct symbol symbol;

	if (!dot) {
		symbol = names_find(policy->names, name);
		*table = symbol.table;
		return symbol.kind == SYMBOL_COLUMN ? symbol.object : NULL;
	}
	for (size_t i = 0; i < policy->table_count; i++) {
		*table = policy->tables[i];
		if (strlen((*table)->name) == (size_t)(dot - name) && !strncmp((*table)->name, name, (size_t)(dot - name)))
			return table_spec_column(*table, dot + 1);
	}
	return NULL;
}

static bool names_no_column(const struct policy *policy, const char *name)
{
	enum symbol_kind kind = names_find(policy->names, name).kind;

	return kind == SYMBOL_ITEM || kind == SYMBOL_PARAMETER || kind == SYMBOL_GRADE_SET;
}

static bool parse_given(const struct making *making, const struct given *given, enum value_type type, struct value *out)
{
	const struct grade *grade;

	if (!literal_parse(type == VALUE_GRADE ? VALUE_TEXT : type, given->text, making->facts->pool, out))
		return false;
	if (type != VALUE_GRADE || out->missing) {
		out->type = type;
		return true;
	}
	grade = policy_grade(making->policy, out->text);
	if (grade)
		*out = value_grade(grade->id);
	return grade;
}

static void report_value(const struct making *making, const struct given *given, enum value_type type)
{
	diag_add(making->diag, MSG_GIVEN_VALUE, given->place, given->text, given->name, value_type_name(type), NULL);
}

static void set_given(struct making *making, const struct given *given)
{
	struct facts *facts = making->facts;
	const struct table_spec *spec;
	const struct column *column = find_column(making->policy, given->name, &spec);
	struct table *table;

	if (!column) {
		if (!names_no_column(making->policy, given->name))
			diag_add_nearest(making->diag, MSG_GIVEN_UNKNOWN, given->place,
				names_nearest(making->policy->names, given->name), given->name, NULL);
		return;
	}
	table = facts->tables[spec->index];
	if (!table->row_count)
		add_blank_row(facts, table);
	if (spec->person)
		table->cells[spec->person->index] = value_text(facts->people[0].id);
	if (!parse_given(making, given, column_value_type(column), &table->cells[column->index]))
		report_value(making, given, column_value_type(column));
}

static void read_rows(struct making *making, const struct example_rows *rows)
{
	struct facts *facts = making->facts;
	struct diag *inner = diag_new_beside(making->diag, facts->arena);
	struct table_reader reader = { .arena = facts->arena, .pool = facts->pool, .diag = inner };
	struct table *table = facts->tables[rows->table->index];
	const struct diag_item *first;
	size_t length = rows->text.length;
	const char *text = text_trim(rows->text.text, &length);

	table_read_text(table, rows->place.file, text, length, rows->table->person ? facts->people[0].id : NULL, &reader);
	first = diag_errors(inner) ? diag_item(inner, 0) : NULL;
	if (first)
		diag_add(making->diag, MSG_EXAMPLE_ROWS, rows->place, rows->table->name, first->text, NULL);
	diag_free(inner);
}

static void set_past_value(struct making *making, const struct given *given, struct history_row *row)
{
	const struct rulebook *rulebook = making->facts->rulebook;
	const struct table_spec *spec = NULL;
	const struct column *column = find_column(making->policy, given->name, &spec);
	struct value value;

	if (column && spec->role == TABLE_STAFF && (column->role == ROLE_GRADE || column->role == ROLE_UNIT)) {
		if (!parse_given(making, given, column_value_type(column), &value))
			report_value(making, given, column_value_type(column));
		else if (column->role == ROLE_GRADE)
			row->grade = value.missing ? NULL : value.text;
		else
			row->unit = value.missing ? NULL : value.text;
		return;
	}
	for (size_t c = 0; c < rulebook->column_count; c++) {
		const struct ledger_column *figure = &rulebook->columns[c];

		if (strcmp(figure->name, given->name) != 0)
			continue;
		if (!parse_given(making, given, figure->type, &value))
			report_value(making, given, figure->type);
		else if (figure->in_history)
			((struct value *)(uintptr_t)row->values)[figure->history] = value;
		return;
	}
	diag_add_nearest(making->diag, MSG_GIVEN_UNKNOWN, given->place, names_nearest(making->policy->names, given->name),
		given->name, NULL);
}

static void add_pasts(struct making *making)
{
	struct facts *facts = making->facts;
	int32_t first = facts->month;

	for (size_t i = 0; i < making->example->past_count; i++)
		if (making->example->pasts[i].month < first)
			first = making->example->pasts[i].month;
	facts->history = history_new(facts, first, facts->month);
	for (size_t i = 0; i < making->example->past_count; i++) {
		const struct past *past = &making->example->pasts[i];
		struct history_row *row;

		if (past->month >= facts->month) {
			diag_add(making->diag, MSG_PAST_NOT_EARLIER, past->place, NULL);
			continue;
		}
		row = history_add(facts->history, 0, past->month, past->place.file, past->place.line);
		row->grade = facts->people[0].grade;
		for (size_t g = 0; g < past->given_count; g++)
			set_past_value(making, &past->givens[g], row);
	}
}

static struct value *staff_cell(struct facts *facts, enum column_role role)
{
	struct table *staff = facts->tables[facts->rulebook->staff->index];
	const struct column *column = table_spec_role(staff->spec, role);

	return column ? &staff->cells[column->index] : NULL;
}

/* Rows may name the person by the id that the example gives. */
static const char *given_id(const struct making *making)
{
	const struct column *key = making->facts->rulebook->staff->key;
	const struct table_spec *spec;

	for (size_t i = 0; i < making->example->given_count; i++) {
		const char *text = making->example->givens[i].text;

		if (find_column(making->policy, making->example->givens[i].name, &spec) == key && *text)
			return text_intern(making->facts->pool, text, strlen(text));
	}
	return text_intern(making->facts->pool, EXAMPLE_ID, strlen(EXAMPLE_ID));
}

/* Identity first: the givens may change unit and grade. */
static void add_person(struct making *making)
{
	struct facts *facts = making->facts;
	const char *id = given_id(making);
	struct value *cell;

	add_blank_row(facts, facts->tables[facts->rulebook->staff->index]);
	facts->people = arena_array(facts->arena, 1, sizeof(*facts->people));
	facts->person_count = 1;
	facts->people[0] = (struct person){ .id = id, .name = "", .policy = making->policy };
	*staff_cell(facts, ROLE_ID) = value_text(id);
	cell = staff_cell(facts, ROLE_UNIT);
	if (cell && cell->missing)
		*cell = value_text(id);
	cell = staff_cell(facts, ROLE_GRADE);
	if (cell && making->example->grade)
		*cell = value_grade(making->example->grade);
}

/* A unit that stands alone, where the example gives no units table with it. */
static size_t add_unit(struct facts *facts, const char *id)
{
	struct unit *units = arena_array(facts->arena, facts->unit_count + 1, sizeof(*units));

	for (size_t i = 0; i < facts->unit_count; i++)
		units[i] = facts->units[i];
	units[facts->unit_count] = (struct unit){ .id = id, .name = id, .parent = SIZE_MAX, .end = facts->unit_count + 1,
		.head = SIZE_MAX, .row = SIZE_MAX };
	facts->units = units;
	index_put(facts->units_by_name, id, facts->unit_count);
	return facts->unit_count++;
}

/* The tree of the example's rows of the units table, with nobody but the one person in it. */
static void settle_units(struct making *making, const char *unit)
{
	struct facts *facts = making->facts;
	const struct table_spec *spec = facts->rulebook->units;
	struct build build = { .facts = facts, .diag = making->diag, .people = facts->people_by_id,
		.units = facts->units_by_name };
	size_t own;

	if (spec && facts->tables[spec->index]->row_count)
		units_build(&build);
	own = facts_unit(facts, unit);
	if (own == SIZE_MAX)
		own = add_unit(facts, unit);
	facts->people[0].unit = own;
	facts->by_unit = arena_array(facts->arena, 1, sizeof(*facts->by_unit));
	facts->by_unit_count = 1;
	for (size_t u = 0; u < facts->unit_count; u++) {
		facts->units[u].first = own < u;
		facts->units[u].own_last = own <= u;
		facts->units[u].last = own < facts->units[u].end;
	}
}

/* A row that came of <given> on a table by unit is the person's own unit's. */
static void settle_unit_rows(struct facts *facts, const char *unit)
{
	for (size_t i = 0; i < facts->rulebook->table_count; i++) {
		struct table *table = facts->tables[i];
		const struct column *column = table->spec->role == TABLE_UNITS ? table->spec->key :
			table->spec->role == TABLE_PLAIN && !table->spec->person ? table->spec->unit : NULL;

		if (column && table->row_count == 1 && !table->file_count && table->cells[column->index].missing)
			table->cells[column->index] = value_text(unit);
	}
}

static void settle_person(struct making *making)
{
	struct facts *facts = making->facts;
	const struct value *grade = staff_cell(facts, ROLE_GRADE), *unit = staff_cell(facts, ROLE_UNIT);

	settle_unit_rows(facts, unit && !unit->missing ? unit->text : facts->people[0].id);
	facts->people[0].grade = grade && !grade->missing ? grade->text : NULL;
	facts->people_by_id = map_new();
	facts->units_by_name = map_new();
	index_put(facts->people_by_id, facts->people[0].id, 0);
	settle_units(making, unit && !unit->missing ? unit->text : facts->people[0].id);
}

struct facts *facts_of_example(const struct rulebook *rulebook, const struct example *example,
	const struct calendar *calendar, struct arena *arena, struct text_pool *pool, struct diag *diag)
{
	struct facts *facts = arena_alloc(arena, sizeof(*facts));
	struct making making = { facts, example, rulebook->schemes[0].policy, diag };
	size_t before = diag_errors(diag);

	*facts = (struct facts){ .rulebook = rulebook, .month = example->month, .pay_date = rulebook->company ?
		company_pay_date(rulebook->company, example->month) : month_last_day(example->month),
		.calendar = calendar, .pool = pool, .arena = arena };
	facts->tables = arena_array(arena, rulebook->table_count + 1, sizeof(struct table *));
	for (size_t i = 0; i < rulebook->table_count; i++)
		facts->tables[i] = table_new(rulebook->tables[i], arena);
	add_person(&making);
	for (size_t i = 0; i < example->given_count; i++)
		set_given(&making, &example->givens[i]);
	for (size_t i = 0; i < example->rows_count; i++)
		read_rows(&making, &example->rows[i]);
	settle_person(&making);
	add_pasts(&making);
	rows_build(facts);
	if (diag_errors(diag) == before)
		return facts;
	facts_release(facts);
	return NULL;
}
