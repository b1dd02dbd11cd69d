#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"
#include "value/date.h"

/*
 * C14: a figure month by month against its target, as the ledgers have it:
 * everyone counts where they were in that month. Money adds up, other numbers
 * are averaged; a month in which nobody has a value is a gap.
 */
#define MONTHS_MOST 12

struct month_point {
	int32_t month;
	size_t people;
	bool has_actual, has_target;
	struct decimal actual, target;
};

static bool settle(struct decimal sum, size_t count, enum value_type type, struct decimal *out)
{
	if (!count || (type != VALUE_MONEY && !decimal_divide(sum, decimal_from_int((int64_t)count), &sum)))
		return false;
	*out = type == VALUE_PERCENT ? decimal_multiply(sum, decimal_from_int(100)) : sum;
	if (type != VALUE_MONEY)
		*out = chart_round(*out);
	return true;
}

/* What the people of one month add up to. */
struct month_sum {
	struct decimal actual, target;
	size_t people;
};

static void add(struct month_sum *sum, struct decimal actual, struct decimal target, size_t people)
{
	sum->actual = sum->people ? decimal_add(sum->actual, actual) : actual;
	sum->target = sum->people ? decimal_add(sum->target, target) : target;
	sum->people += people;
}

static const struct course *course_of(struct pen *pen, const struct chart_scope *scope)
{
	const struct rulebook *rulebook = pen->model->rulebook;
	size_t target = scope->declared->target.item ? scope->declared->target.item->column : SIZE_MAX;

	for (size_t i = 0; pen->model->input.history.courses && i < rulebook->course_count; i++)
		if (rulebook->courses[i].figure == scope->column && rulebook->courses[i].target == target)
			return &pen->model->input.history.courses[i];
	return NULL;
}

/* The units of the scope, and for the company those of no unit, too. */
static struct month_sum sum_of_month(struct pen *pen, const struct chart_scope *scope, size_t index)
{
	const struct facts *facts = pen->model->facts;
	const struct course *course = course_of(pen, scope);
	size_t first = scope->unit == SIZE_MAX ? 0 : scope->unit,
	       last = scope->unit == SIZE_MAX ? facts->unit_count + 1 : facts->units[scope->unit].end;
	struct month_sum sum = {.people = 0};

	for (size_t unit = first; course && unit < last; unit++) {
		size_t at = index * (facts->unit_count + 1) + unit;

		if (course->counts[at])
			add(&sum, course->sums[at], course->targets[at], course->counts[at]);
	}
	return sum;
}

/* As the ledgers are read: whoever has the figure, and a target above zero where that is one. */
static struct month_sum sum_now(struct pen *pen, const struct chart_scope *scope)
{
	const struct facts *facts = pen->model->facts;
	const struct item *goal = scope->declared->target.item;
	size_t first = scope->unit == SIZE_MAX ? 0 : facts->units[scope->unit].first,
	       last = scope->unit == SIZE_MAX ? facts->by_unit_count : facts->units[scope->unit].last;
	struct month_sum sum = {.people = 0};

	for (size_t i = first; i < last; i++) {
		const struct value *value = chart_value(pen, facts->by_unit[i], scope->column),
				   *target = goal ? chart_value(pen, facts->by_unit[i], goal->column) : value;

		if (!value->missing && !target->missing && (!goal || decimal_sign(target->number) > 0))
			add(&sum, value->number, target->number, 1);
	}
	return sum;
}

/* A parameter or a literal is everybody's: of money as often as there are people. */
static bool common_target(const struct chart_scope *scope, int32_t month, size_t people, struct decimal *out)
{
	const struct chart_target *target = &scope->declared->target;
	const struct value *value = target->parameter ? parameter_at(target->parameter, month) : NULL;
	enum value_type type = scope->item->type;

	if (!people || (!target->is_literal && (!value || value->missing)))
		return false;
	*out = target->is_literal ? target->literal : value->number;
	if (type == VALUE_MONEY)
		*out = decimal_multiply(*out, decimal_from_int((int64_t)people));
	else if (type == VALUE_PERCENT)
		*out = decimal_multiply(*out, decimal_from_int(100));
	return true;
}

static struct month_point point_of(struct pen *pen, const struct chart_scope *scope, int32_t month)
{
	const struct model_history *history = &pen->model->input.history;
	struct month_point point = {.month = month};
	struct month_sum sum = {.people = 0};
	enum value_type type = scope->item->type;
	size_t index = 0;

	while (index < history->month_count && history->months[index] != month)
		index++;
	if (month == pen->model->facts->month)
		sum = sum_now(pen, scope);
	else if (index < history->month_count)
		sum = sum_of_month(pen, scope, index);
	point.people = sum.people;
	point.has_actual = settle(sum.actual, sum.people, type, &point.actual);
	point.has_target = scope->declared->target.item ? settle(sum.target, sum.people, type, &point.target)
							: common_target(scope, month, sum.people, &point.target);
	return point;
}

/* From the first month that has a value, twelve at most. */
static size_t gather(struct pen *pen, const struct chart_scope *scope, struct month_point *points)
{
	size_t count = 0;

	for (int32_t back = MONTHS_MOST - 1; back >= 0; back--) {
		struct month_point point = point_of(pen, scope, pen->model->facts->month - back);

		if (count || point.has_actual || !back)
			points[count++] = point;
	}
	return count;
}

/* ---- what it says ---- */
static bool is_met(const struct month_point *point)
{
	return decimal_compare(point->actual, point->target) >= 0;
}

static bool attainment(const struct month_point *point, struct decimal *out)
{
	struct decimal quotient, tenth;

	return point->has_actual && point->has_target && decimal_sign(point->target) > 0 &&
	       decimal_divide(point->actual, point->target, &quotient) && decimal_parse("0.1", 3, &tenth) &&
	       decimal_round(decimal_cut(decimal_multiply(quotient, decimal_from_int(100))), tenth, ROUND_HALF_UP, out);
}

static const char *against_target(struct pen *pen, const struct month_point *points, size_t count, struct decimal percent)
{
	const struct month_point *now = &points[count - 1];
	const char *text = say(pen, SAY_TREND_REACHED, text_month(pen, now->month),
		arena_printf(pen->scratch, "%s%%", text_number(pen, percent, 1)), NULL);
	size_t streak = 1;

	while (streak < count && points[count - 1 - streak].has_actual && points[count - 1 - streak].has_target &&
		is_met(&points[count - 1 - streak]) == is_met(now))
		streak++;
	if (streak < 2)
		return text;
	return arena_printf(pen->scratch, "%s%s", text,
		say(pen, is_met(now) ? SAY_TREND_ABOVE : SAY_TREND_BELOW, text_count(pen, streak), NULL));
}

static const char *finding(struct pen *pen, const struct chart_scope *scope, const struct month_point *points, size_t count)
{
	const struct month_point *now = &points[count - 1], *before = count > 1 ? &points[count - 2] : NULL;
	struct decimal percent, difference;
	const char *text;
	int sign;

	if (!now->has_actual)
		return say(pen, SAY_CHART_NOBODY, NULL);
	if (attainment(now, &percent))
		return against_target(pen, points, count, percent);
	text = say(pen, SAY_TREND_VALUE, text_month(pen, now->month), chart_text(pen, now->actual, scope->item->type), NULL);
	if (!before || !before->has_actual)
		return text;
	difference = decimal_subtract(now->actual, before->actual);
	sign = decimal_sign(difference);
	return arena_printf(pen->scratch, "%s%s", text,
		say(pen, sign > 0 ? SAY_TREND_UP : sign < 0 ? SAY_TREND_DOWN : SAY_TREND_SAME,
			chart_text(pen, decimal_abs(difference), scope->item->type), NULL));
}

/* ---- parts ---- */
static void widen(double *low, double *high, bool has, struct decimal value)
{
	if (!has)
		return;
	*low = fmin(*low, decimal_to_double(value));
	*high = fmax(*high, decimal_to_double(value));
}

/* From zero: sums always, other numbers where they come near it. */
static struct span span_of_points(const struct month_point *points, size_t count, enum value_type type)
{
	double low = INFINITY, high = -INFINITY;

	for (size_t i = 0; i < count; i++) {
		widen(&low, &high, points[i].has_actual, points[i].actual);
		widen(&low, &high, points[i].has_target, points[i].target);
	}
	if (low > high)
		return (struct span){0, 1, 1};
	if (low > 0 && (type == VALUE_MONEY || low < high * 0.6))
		low = 0;
	else if (low > 0)
		low = fmax(0, low - (high - low) / 5); /* no point lies on the axis */
	return span_of(low, high, type == VALUE_MONEY ? 100 : 1);
}

static void add_series(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct month_point *points,
	size_t count, const struct span *span, bool target)
{
	xmlNode *series = put(chart, "series");

	attribute(series, "kind", target ? "target" : "actual");
	attribute(series, "label", target ? say(pen, SAY_BULLETS_TARGET, NULL) : say(pen, SAY_BULLETS_ACTUAL, NULL));
	for (size_t i = 0; i < count; i++)
		if (target ? points[i].has_target : points[i].has_actual)
			chart_put(pen, series, "point", span, target ? points[i].target : points[i].actual, scope->item->type);
		else
			put_missing(pen, series, "point");
}

static void add_table(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct month_point *points,
	size_t count, bool with_target)
{
	enum value_type type = scope->item->type;
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_TREND_TABLE, NULL));

	chart_column(data, say(pen, SAY_TREND_MONTH, NULL), false);
	chart_column(data, chart_measure(pen, scope->item), true);
	if (with_target) {
		chart_column(data, say(pen, SAY_BULLETS_TARGET, NULL), true);
		chart_column(data, say(pen, SAY_BULLETS_REACHED, NULL), true);
	}
	for (size_t i = 0; i < count; i++) {
		const struct month_point *point = &points[i];
		xmlNode *entry = put(data, "entry");
		struct decimal percent;

		chart_cell(entry, text_month(pen, point->month));
		chart_cell(entry, point->has_actual ? chart_text(pen, point->actual, type) : say(pen, SAY_NO_DATA, NULL));
		if (!with_target)
			continue;
		chart_cell(entry, point->has_target ? chart_text(pen, point->target, type) : say(pen, SAY_NO_DATA, NULL));
		chart_cell(entry,
			attainment(point, &percent) ? arena_printf(pen->scratch, "%s%%", text_number(pen, percent, 1)) : "–");
	}
}

void chart_build_trend(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	const struct chart_target *target = &scope->declared->target;
	bool with_target = target->item || target->parameter || target->is_literal;
	struct month_point points[MONTHS_MOST];
	size_t count = gather(pen, scope, points);
	struct span span = span_of_points(points, count, scope->item->type);

	chart_head(pen, chart, scope, finding(pen, scope, points, count), points[count - 1].people);
	chart_scale(pen, chart, &span, scope->item->type);
	for (size_t i = 0; i < count; i++)
		attribute(put_text(chart, "month", say(pen, SAY_GANTT_MONTH, text_count(pen, (size_t)month_number(points[i].month)), NULL)),
			"id", text_month_id(pen, points[i].month));
	add_series(pen, chart, scope, points, count, &span, false);
	if (with_target)
		add_series(pen, chart, scope, points, count, &span, true);
	add_table(pen, chart, scope, points, count, with_target);
}
