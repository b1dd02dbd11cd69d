#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/chart.h"

/*
 * C9 as a chart: up to twelve months as a small line a row, all on one scale.
 * The main score person by person (of very many people unit by unit); the
 * ledgers are read for other figures by unit: money adds up there, other
 * numbers are averaged.
 */

#define MONTHS_MOST 12
#define MOST_PEOPLE 500

struct spark_row {
	const struct chart_row_of *row;
	struct decimal values[MONTHS_MOST]; /* [0] this month, [1] the one before … */
	bool has[MONTHS_MOST];
};
struct sparks {
	struct pen *pen;
	const struct chart_scope *scope;
	struct chart_rows rows;
	struct spark_row *all;
	size_t months; /* those that anybody has, from the first on */
	struct span span;
};

/* ---- the values ---- */
static size_t index_of(const struct model_history *history, int32_t month)
{
	size_t index = 0;

	while (index < history->month_count && history->months[index] != month)
		index++;
	return index;
}

/* Mean of the main score of these people, as they are today, so many months ago. */
static bool score_then(struct sparks *sparks, struct group people, size_t index, struct decimal *out)
{
	const struct model *model = sparks->pen->model;
	struct decimal sum = decimal_zero();
	int64_t count = 0;

	for (size_t i = 0; i < people.count && model->input.history.scores; i++) {
		const struct value *value = &model->input.history.scores[index * model->facts->person_count + people.people[i]];

		if (value->missing)
			continue;
		sum = decimal_add(sum, value->number);
		count++;
	}
	if (!count || !decimal_divide(sum, decimal_from_int(count), &sum))
		return false;
	*out = count > 1 ? chart_round(sum) : sum;
	return true;
}

static const struct course *course_of(struct sparks *sparks)
{
	const struct rulebook *rulebook = sparks->pen->model->rulebook;

	for (size_t i = 0; sparks->pen->model->input.history.courses && i < rulebook->course_count; i++)
		if (rulebook->courses[i].figure == sparks->scope->column && rulebook->courses[i].target == SIZE_MAX)
			return &sparks->pen->model->input.history.courses[i];
	return NULL;
}

/* Sum or mean of a unit's own people of that month. */
static bool figure_of(struct sparks *sparks, struct decimal sum, size_t count, struct decimal *out)
{
	enum value_type type = sparks->scope->item->type;

	if (!count || (type != VALUE_MONEY && !decimal_divide(sum, decimal_from_int((int64_t)count), &sum)))
		return false;
	*out = type == VALUE_MONEY ? sum : chart_round(chart_number(&(struct value){.type = type, .number = sum}));
	return true;
}

static bool figure_then(struct sparks *sparks, struct group people, size_t index, struct decimal *out)
{
	const struct facts *facts = sparks->pen->model->facts;
	const struct course *course = course_of(sparks);
	size_t unit = facts->people[people.people[0]].unit, at;

	at = index * (facts->unit_count + 1) + (unit == SIZE_MAX ? facts->unit_count : unit);
	return course && figure_of(sparks, course->sums[at], course->counts[at], out);
}

static bool figure_now(struct sparks *sparks, struct group people, struct decimal *out)
{
	struct decimal sum = decimal_zero();
	size_t count = 0;

	for (size_t i = 0; i < people.count; i++) {
		const struct value *value = chart_value(sparks->pen, people.people[i], sparks->scope->column);

		if (value->missing)
			continue;
		sum = decimal_add(sum, value->number);
		count++;
	}
	return figure_of(sparks, sum, count, out);
}

static bool is_score(const struct sparks *sparks)
{
	return sparks->scope->column == sparks->pen->model->score;
}

static void fill(struct sparks *sparks, struct spark_row *row)
{
	const struct model *model = sparks->pen->model;
	const struct model_history *history = &model->input.history;
	struct group people = row->row->people;

	row->has[0] = is_score(sparks) ? chart_mean(sparks->pen, people, sparks->scope->column, &row->values[0])
				       : figure_now(sparks, people, &row->values[0]);
	for (size_t back = 1; back < MONTHS_MOST; back++) {
		size_t index = index_of(history, model->facts->month - (int32_t)back);

		row->has[back] = index < history->month_count &&
				 (is_score(sparks) ? score_then(sparks, people, index, &row->values[back])
						   : figure_then(sparks, people, index, &row->values[back]));
	}
}

static void gather(struct sparks *sparks)
{
	double low = INFINITY, high = -INFINITY;

	sparks->rows = is_score(sparks) ? chart_rows_of(sparks->pen, sparks->scope->people, MOST_PEOPLE)
					: chart_rows_of_units(sparks->pen, sparks->scope->people);
	for (size_t i = 0; i < sparks->rows.count; i++)
		sparks->rows.rows[i].has_value = (is_score(sparks) ? chart_mean(sparks->pen, sparks->rows.rows[i].people,
									     sparks->scope->column, &sparks->rows.rows[i].value)
								   : figure_now(sparks, sparks->rows.rows[i].people,
									     &sparks->rows.rows[i].value));
	chart_rows_sort(&sparks->rows);
	sparks->all = arena_array(sparks->pen->scratch, sparks->rows.count + 1, sizeof *sparks->all);
	sparks->months = 1;
	for (size_t i = 0; i < sparks->rows.count; i++) {
		sparks->all[i].row = &sparks->rows.rows[i];
		fill(sparks, &sparks->all[i]);
		for (size_t back = 0; back < MONTHS_MOST; back++) {
			if (!sparks->all[i].has[back])
				continue;
			low = fmin(low, decimal_to_double(sparks->all[i].values[back]));
			high = fmax(high, decimal_to_double(sparks->all[i].values[back]));
			sparks->months = back + 1 > sparks->months ? back + 1 : sparks->months;
		}
	}
	sparks->span = low <= high ? span_of(low, high, 1) : (struct span){0, 1, 1};
}

/* ---- the elements ---- */
static double height_of(const struct sparks *sparks, double value)
{
	return (sparks->span.high - value) / (sparks->span.high - sparks->span.low) * 100;
}

static void add_band(struct sparks *sparks, xmlNode *trend)
{
	const struct model *model = sparks->pen->model;
	double pass = model->has_pass ? decimal_to_double(model->pass) : 0;

	if (!is_score(sparks) || !model->has_pass || pass >= sparks->span.high)
		return;
	attribute(trend, "band-top", "0");
	attribute(trend, "band-bottom", text_percent(sparks->pen, height_of(sparks, pass)));
}

static void add_line(struct sparks *sparks, xmlNode *parent, const struct spark_row *row)
{
	struct pen *pen = sparks->pen;
	struct text_buffer path = TEXT_BUFFER_INIT;
	xmlNode *trend = put(parent, "trend");
	char room[DECIMAL_TEXT];

	attribute(trend, "label", sparks->scope->item->label);
	attribute(trend, "low", decimal_format(scale_number(sparks->span.low), room));
	attribute(trend, "high", decimal_format(scale_number(sparks->span.high), room));
	for (size_t back = sparks->months; back-- > 0;) {
		double x = sparks->months > 1 ? 100 * (double)(sparks->months - 1 - back) / (double)(sparks->months - 1) : 100;

		if (!row->has[back])
			continue;
		text_buffer_printf(&path, "%s%s %s", back + 1 < sparks->months && row->has[back + 1] ? "L" : "M",
			text_percent(pen, x), text_percent(pen, height_of(sparks, decimal_to_double(row->values[back]))));
	}
	attribute(trend, "path", path.length ? text_buffer_take(&path, pen->scratch) : "");
	text_buffer_release(&path);
	if (row->has[0]) {
		attribute(trend, "x", "100");
		attribute(trend, "y", text_percent(pen, height_of(sparks, decimal_to_double(row->values[0]))));
	}
	add_band(sparks, trend);
}

static const char *text_of(struct sparks *sparks, struct decimal number)
{
	return chart_text(sparks->pen, number, sparks->scope->item->type);
}

static void put_one(struct sparks *sparks, xmlNode *row, const char *name, bool has, struct decimal number)
{
	put_text(row, name, has ? text_of(sparks, number) : say(sparks->pen, SAY_NO_DATA, NULL));
}

static void add_change(struct sparks *sparks, xmlNode *parent, const struct spark_row *row)
{
	struct decimal difference;
	int sign;
	xmlNode *move;

	if (!row->has[0] || !row->has[1])
		return;
	difference = decimal_subtract(row->values[0], row->values[1]);
	sign = decimal_sign(difference);
	move = put_text(parent, "move", text_of(sparks, decimal_abs(difference)));
	attribute(move, "direction", sign > 0 ? "up" : sign < 0 ? "down" : "same");
}

static void add_row(struct sparks *sparks, xmlNode *chart, const struct spark_row *spark)
{
	xmlNode *row = put(chart, "row");
	size_t low = MONTHS_MOST, high = MONTHS_MOST;

	for (size_t back = 0; back < MONTHS_MOST; back++) {
		if (!spark->has[back])
			continue;
		if (low == MONTHS_MOST || decimal_compare(spark->values[back], spark->values[low]) < 0)
			low = back;
		if (high == MONTHS_MOST || decimal_compare(spark->values[back], spark->values[high]) > 0)
			high = back;
	}
	chart_row_head(row, spark->row);
	add_line(sparks, row, spark);
	put_one(sparks, row, "now", spark->has[0], spark->values[0]);
	add_change(sparks, row, spark);
	if (low < MONTHS_MOST) {
		put_one(sparks, row, "low", true, spark->values[low]);
		put_one(sparks, row, "high", true, spark->values[high]);
	}
}

static void add_table(struct sparks *sparks, xmlNode *chart)
{
	struct pen *pen = sparks->pen;
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_TREND_TABLE, NULL));

	chart_column(data, say(pen, sparks->rows.of_units ? SAY_CHART_UNIT : SAY_CHART_NAME, NULL), false);
	for (size_t back = sparks->months; back-- > 0;)
		chart_column(data, text_month_id(pen, pen->model->facts->month - (int32_t)back), true);
	for (size_t i = 0; i < sparks->rows.count; i++) {
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, sparks->all[i].row->label);
		for (size_t back = sparks->months; back-- > 0;)
			chart_cell(entry, sparks->all[i].has[back] ? text_of(sparks, sparks->all[i].values[back]) : "–");
	}
}

static const char *finding_of(struct sparks *sparks)
{
	struct pen *pen = sparks->pen;
	size_t up = 0, down = 0, any = 0;

	for (size_t i = 0; i < sparks->rows.count; i++) {
		const struct spark_row *row = &sparks->all[i];
		int order = row->has[0] && row->has[1] ? decimal_compare(row->values[0], row->values[1]) : 0;

		any += row->has[0] && row->has[1];
		up += order > 0;
		down += order < 0;
	}
	if (!sparks->rows.count)
		return say(pen, SAY_CHART_NOBODY, NULL);
	if (!any)
		return say(pen, SAY_SPARK_FIRST, sparks->scope->item->label, NULL);
	return say(pen, sparks->rows.of_units ? SAY_SPARK_UNITS : SAY_SPARK_PEOPLE, sparks->scope->item->label, text_count(pen, up),
		text_count(pen, down), NULL);
}

void chart_build_sparklines(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct sparks sparks = {.pen = pen, .scope = scope};
	const char *first;

	gather(&sparks);
	first = text_month_id(pen, pen->model->facts->month - (int32_t)sparks.months + 1);
	attribute(chart, "span", say(pen, SAY_PERIOD, first, text_month_id(pen, pen->model->facts->month), NULL));
	chart_head(pen, chart, scope, finding_of(&sparks), scope->people.count);
	for (size_t i = 0; i < sparks.rows.count; i++)
		add_row(&sparks, chart, &sparks.all[i]);
	add_table(&sparks, chart);
}
