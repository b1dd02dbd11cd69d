#include "books/earlier.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "books/own_past.h"
#include "table/sheet.h"
#include "value/date.h"

#define SCORE_MONTHS 12

struct gathering {
	const struct results *results;
	struct earlier *earlier;
	const char *records;
	size_t score_column;
	struct own_past *past; /* or NULL */
	int32_t month;
	int unit_column; /* of the ledger at hand; -1 */
	struct arena *arena; /* the run's */
};

static struct value parse(const struct ledger_column *column, const char *text, struct text_pool *pool)
{
	struct value value = value_missing(column->type);
	int32_t day;

	if (value_type_is_numeric(column->type))
		value.missing = !decimal_parse(text, strlen(text), &value.number);
	else if (!*text)
		return value;
	else if (column->type == VALUE_YESNO)
		return value_yesno(!strcmp(text, "yes"));
	else if (column->type == VALUE_TEXT)
		return value_text(text_intern(pool, text, strlen(text)));
	else if (column->type == VALUE_DATE && date_parse(text, strlen(text), &day))
		return value_date(day);
	return value;
}

static void add_to_sum(struct value *sum, const struct value *value)
{
	if (value->type != VALUE_MONEY || value->missing)
		return;
	*sum = value_number(VALUE_MONEY, sum->missing ? value->number : decimal_add(sum->number, value->number));
}

static size_t unit_of_row(const struct gathering *g, const struct csv_sheet *sheet, size_t row)
{
	const struct facts *facts = g->results->facts;
	const char *name = g->unit_column < 0 ? "" : csv_sheet_field(sheet, row, (size_t)g->unit_column);
	size_t unit = *name ? facts_unit(facts, name) : SIZE_MAX;

	return unit == SIZE_MAX ? facts->unit_count : unit;
}

/* Everyone of that month counts, where they were then. */
static void add_to_course(struct gathering *g, const struct course_spec *spec, struct course *course, const char *const *texts,
	size_t unit)
{
	const struct facts *facts = g->results->facts;
	size_t at = (g->earlier->month_count - 1) * (facts->unit_count + 1) + unit;
	struct value value = parse(&facts->rulebook->columns[spec->figure], texts[0], facts->pool), target = value;

	if (texts[1])
		target = parse(&facts->rulebook->columns[spec->target], texts[1], facts->pool);
	if (value.missing || (texts[1] && (target.missing || decimal_sign(target.number) <= 0)))
		return;
	course->sums[at] = course->counts[at] ? decimal_add(course->sums[at], value.number) : value.number;
	course->targets[at] = course->counts[at] ? decimal_add(course->targets[at], target.number) : target.number;
	course->counts[at]++;
}

static void add_to_courses(struct gathering *g, const struct csv_sheet *sheet, const int *columns, size_t row)
{
	const struct rulebook *rulebook = g->results->facts->rulebook;

	for (size_t i = 0; g->earlier->month_count && i < rulebook->course_count; i++) {
		const struct course_spec *spec = &rulebook->courses[i];
		bool has_target = spec->target != SIZE_MAX;
		const char *texts[2] = { NULL, NULL };

		if (columns[spec->figure] < 0 || (has_target && columns[spec->target] < 0))
			continue;
		texts[0] = csv_sheet_field(sheet, row, (size_t)columns[spec->figure]);
		texts[1] = has_target ? csv_sheet_field(sheet, row, (size_t)columns[spec->target]) : NULL;
		add_to_course(g, spec, &g->earlier->courses[i], texts, unit_of_row(g, sheet, row));
	}
}

static void make_courses(struct gathering *g)
{
	const struct facts *facts = g->results->facts;
	size_t cells = SCORE_MONTHS * (facts->unit_count + 1);

	g->earlier->courses = arena_array(g->arena, facts->rulebook->course_count + 1, sizeof(*g->earlier->courses));
	for (size_t i = 0; i < facts->rulebook->course_count; i++)
		g->earlier->courses[i] = (struct course){ arena_array(g->arena, cells, sizeof(struct decimal)),
			arena_array(g->arena, cells, sizeof(struct decimal)), arena_array(g->arena, cells, sizeof(size_t)) };
}

/* person SIZE_MAX: somebody who is no longer here, whose amounts count in the sums alone. */
static void gather_row(struct gathering *g, const struct csv_sheet *sheet, const int *columns, size_t row, size_t person)
{
	const struct facts *facts = g->results->facts;
	size_t count = facts->rulebook->column_count;
	bool last = g->month == facts->month - 1, this_year = month_year(g->month) == month_year(facts->month);
	bool year_ago = g->month == facts->month - 12;

	for (size_t c = 0; c < count; c++) {
		struct value value;

		if (columns[c] < 0)
			continue;
		value = parse(&facts->rulebook->columns[c], csv_sheet_field(sheet, row, (size_t)columns[c]), facts->pool);
		if (last)
			add_to_sum(&g->earlier->last_sums[c], &value);
		if (year_ago)
			add_to_sum(&g->earlier->year_ago_sums[c], &value);
		if (this_year)
			add_to_sum(&g->earlier->year_sums[c], &value);
		if (person == SIZE_MAX)
			continue;
		if (g->past)
			own_past_add(g->past, person, c, &value);
		if (last)
			g->earlier->last[person * count + c] = value;
		if (this_year)
			add_to_sum(&g->earlier->year[person * count + c], &value);
		if (c == g->score_column && g->earlier->month_count)
			g->earlier->scores[(g->earlier->month_count - 1) * facts->person_count + person] = value;
	}
}

/* Everyone's score counts for the month's mean and ranks, whoever is still here. */
static void gather_score(struct gathering *g, const struct csv_sheet *sheet, const int *columns, size_t row)
{
	struct earlier *earlier = g->earlier;
	size_t month = earlier->month_count - 1;
	struct value value;

	if (g->score_column == SIZE_MAX || columns[g->score_column] < 0 || !earlier->month_count)
		return;
	value = parse(&g->results->facts->rulebook->columns[g->score_column],
		csv_sheet_field(sheet, row, (size_t)columns[g->score_column]), g->results->facts->pool);
	if (!value.missing)
		earlier->everyone[month][earlier->score_counts[month]++] = value.number;
}

/* A unit stands where today's tree has it. */
static void gather_unit(struct gathering *g, const char *text, size_t person)
{
	const struct facts *facts = g->results->facts;
	size_t unit = *text ? facts_unit(facts, text) : SIZE_MAX;

	if (person != SIZE_MAX)
		g->earlier->last_unit[person] = unit;
	for (; unit != SIZE_MAX; unit = facts->units[unit].parent)
		g->earlier->unit_before[unit] = true;
}

static void gather_sheet(struct gathering *g, const struct csv_sheet *sheet, struct arena *scratch)
{
	const struct facts *facts = g->results->facts;
	const struct rulebook *rulebook = facts->rulebook;
	int id = csv_sheet_column(sheet, table_spec_role(rulebook->staff, ROLE_ID)->name);
	const struct column *unit_column = table_spec_role(rulebook->staff, ROLE_UNIT);
	int *columns = arena_array(scratch, rulebook->column_count + 1, sizeof(*columns));
	bool last = g->month == facts->month - 1;

	g->unit_column = unit_column ? csv_sheet_column(sheet, unit_column->name) : -1;
	for (size_t c = 0; c < rulebook->column_count; c++)
		columns[c] = csv_sheet_column(sheet, rulebook->columns[c].name);
	if (last) {
		g->earlier->has_last_ledger = true;
		g->earlier->last_people = sheet->row_count;
	}
	for (size_t row = 0; id >= 0 && row < sheet->row_count; row++) {
		size_t person = facts_person(facts, csv_sheet_field(sheet, row, (size_t)id));

		gather_score(g, sheet, columns, row);
		add_to_courses(g, sheet, columns, row);
		if (last && (person == SIZE_MAX || facts->people[person].state == PERSON_EXCLUDED))
			g->earlier->last_leavers++;
		if (last && person != SIZE_MAX)
			g->earlier->had_last[person] = true;
		if (last && g->unit_column >= 0)
			gather_unit(g, csv_sheet_field(sheet, row, (size_t)g->unit_column), person);
		gather_row(g, sheet, columns, row, person);
	}
}

static void add_month(struct gathering *g, const char *path, struct diag *diag)
{
	struct earlier *earlier = g->earlier;
	size_t people = g->results->facts->person_count;
	struct arena *scratch = arena_new();
	const struct csv_sheet *sheet = csv_sheet_read(path, scratch, diag);

	if (sheet) {
		if (g->month >= g->results->facts->month - SCORE_MONTHS) {
			earlier->people[earlier->month_count] = sheet->row_count;
			earlier->everyone[earlier->month_count] = arena_array(g->arena, sheet->row_count + 1, sizeof(**earlier->everyone));
			earlier->months[earlier->month_count++] = g->month;
			for (size_t i = 0; i < people; i++)
				earlier->scores[(earlier->month_count - 1) * people + i] = value_missing(VALUE_NUMBER);
		}
		gather_sheet(g, sheet, scratch);
		if (g->past)
			own_past_read_lines(g->past, g->records, g->month);
	}
	arena_free(scratch);
}

static void fill_missing(struct value *values, const struct results *results)
{
	const struct rulebook *rulebook = results->facts->rulebook;

	for (size_t i = 0; i < results->facts->person_count; i++)
		for (size_t c = 0; c < rulebook->column_count; c++)
			values[i * rulebook->column_count + c] = value_missing(rulebook->columns[c].type);
}

struct earlier *earlier_read(const struct results *results, const char *records, size_t score_column, struct own_past *past,
	struct arena *arena, struct diag *diag)
{
	const struct facts *facts = results->facts;
	size_t cells = facts->person_count * facts->rulebook->column_count + 1;
	struct earlier *earlier = arena_alloc(arena, sizeof(*earlier));
	struct gathering g = { results, earlier, records, score_column, past, 0, -1, arena };
	int32_t year = month_from_ym(month_year(facts->month), 1), first = facts->month - SCORE_MONTHS;

	earlier->last = arena_array(arena, cells, sizeof(*earlier->last));
	earlier->year = arena_array(arena, cells, sizeof(*earlier->year));
	earlier->had_last = arena_array(arena, facts->person_count + 1, sizeof(*earlier->had_last));
	earlier->last_unit = arena_array(arena, facts->person_count + 1, sizeof(*earlier->last_unit));
	for (size_t i = 0; i < facts->person_count; i++)
		earlier->last_unit[i] = SIZE_MAX;
	earlier->unit_before = arena_array(arena, facts->unit_count + 1, sizeof(*earlier->unit_before));
	earlier->months = arena_array(arena, SCORE_MONTHS, sizeof(*earlier->months));
	earlier->scores = arena_array(arena, SCORE_MONTHS * facts->person_count + 1, sizeof(*earlier->scores));
	earlier->people = arena_array(arena, SCORE_MONTHS, sizeof(*earlier->people));
	earlier->everyone = arena_array(arena, SCORE_MONTHS, sizeof(*earlier->everyone));
	earlier->score_counts = arena_array(arena, SCORE_MONTHS, sizeof(*earlier->score_counts));
	earlier->last_sums = arena_array(arena, facts->rulebook->column_count + 1, sizeof(*earlier->last_sums));
	earlier->year_ago_sums = arena_array(arena, facts->rulebook->column_count + 1, sizeof(*earlier->year_ago_sums));
	earlier->year_sums = arena_array(arena, facts->rulebook->column_count + 1, sizeof(*earlier->year_sums));
	for (size_t c = 0; c < facts->rulebook->column_count; c++)
		earlier->last_sums[c] = earlier->year_ago_sums[c] = earlier->year_sums[c] = value_missing(VALUE_MONEY);
	make_courses(&g);
	fill_missing(earlier->last, results);
	fill_missing(earlier->year, results);
	for (g.month = first < year ? first : year; g.month < facts->month; g.month++) {
		char name[8];
		const char *path = arena_printf(arena, "%s/%s/ledger.csv", records, month_format(g.month, name));

		if (file_exists(path))
			add_month(&g, path, diag);
	}
	return earlier;
}
