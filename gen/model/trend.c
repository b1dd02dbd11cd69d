#include <math.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"

/* A line being drawn over the model's months: the path always, the months one by one where they are read too.
 */
struct line {
	xmlNode *trend;
	struct span heights, months;
	struct text_buffer path;
	const char *x, *y; /* of the last point; y NULL in a gap */
	const struct item *item; /* whose values they are: for their places */
	bool with_points;
};

static void line_start(
	struct pen *pen, struct line *line, xmlNode *parent, const struct span *heights, bool with_points)
{
	const struct model *model = pen->model;

	*line = (struct line){.trend = put(parent, "trend"),
		.heights = *heights,
		.with_points = with_points,
		.item = model->score_item,
		.months = {model->facts->month - (int32_t)model->trend_months + 1, model->facts->month, 1}};
	attribute(line->trend, "label", model->score_label);
	attribute(line->trend, "low", arena_printf(pen->scratch, "%d", (int)heights->low));
	attribute(line->trend, "high", arena_printf(pen->scratch, "%d", (int)heights->high));
}

static const char *share_of(struct pen *pen, const struct span *span, double value)
{
	return text_percent(
		pen, span->high > span->low ? (value - span->low) / (span->high - span->low) * 100 : 0);
}

/* From the top downwards. */
static const char *height_of(struct pen *pen, const struct span *heights, double value)
{
	return text_percent(pen, heights->high != heights->low ? (heights->high - value) / (heights->high - heights->low) * 100 : 0);
}

static void line_add(struct pen *pen, struct line *line, int32_t month, const struct value *value)
{
	bool after_gap = !line->y;
	xmlNode *point;

	line->x = share_of(pen, &line->months, month);
	line->y = value->missing ? NULL : height_of(pen, &line->heights, decimal_to_double(value->number));
	if (line->y)
		text_buffer_printf(&line->path, "%s%s %s", after_gap ? "M" : "L", line->x, line->y);
	if (!line->with_points)
		return;
	point = put_value(pen, line->trend, "point", value, line->item, NULL);
	attribute(point, "month", text_month_id(pen, month));
	attribute(point, "month-text", text_month(pen, month));
	attribute(point, "x", line->x);
	attribute(point, "y", line->y);
}

static void line_end(struct pen *pen, struct line *line)
{
	const char *path = text_buffer_take(&line->path, pen->scratch);

	attribute(line->trend, "path", path ? path : "");
	if (line->y) {
		attribute(line->trend, "x", line->x);
		attribute(line->trend, "y", line->y);
	}
	text_buffer_release(&line->path);
}

/* Twelve months at most; those before the person's first are left out, so that nothing is drawn for nobody.
 */
void add_person_trend(struct pen *pen, xmlNode *parent, size_t person, bool with_points)
{
	const struct model *model = pen->model;
	const struct model_history *history = &model->input.history;
	bool begun = false;
	struct line line;

	if (!history->scores || !history->month_count || score_of(model, person)->missing)
		return;
	line_start(pen, &line, parent, &model->trend_span, with_points);
	for (size_t i = 0; i < history->month_count; i++) {
		const struct value *value = &history->scores[i * model->facts->person_count + person];

		begun = begun || !value->missing;
		if (begun && history->months[i] > model->facts->month - (int32_t)model->trend_months)
			line_add(pen, &line, history->months[i], value);
	}
	line_add(pen, &line, model->facts->month, score_of(model, person));
	line_end(pen, &line);
}

void add_rank_trend(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;
	struct value ranks[12];
	size_t known = 0, worst = 1;
	struct span span;
	struct line line;

	for (size_t back = 0; back < model->trend_months && back < 12; back++) {
		const struct value *score = back ? past_score_of(model, person, back) : score_of(model, person);
		size_t rank = !score || score->missing ? 0 : back ? past_rank(model, back, score->number) : model->standing[person].rank;
		size_t of = back ? model->past[back].count : model->ranked;

		ranks[back] = rank ? value_number(VALUE_NUMBER, decimal_from_int((int64_t)rank)) : value_missing(VALUE_NUMBER);
		known = rank ? back + 1 : known;
		worst = rank && of > worst ? of : worst;
	}
	if (known < 2 || ranks[0].missing || worst <= 3)
		return;
	span = (struct span){(double)worst, 1, 1}; /* the first at the top */
	line_start(pen, &line, parent, &span, true);
	line.item = NULL;
	attribute(line.trend, "kind", "rank");
	for (size_t back = known; back-- > 0;)
		line_add(pen, &line, model->facts->month - (int32_t)back, &ranks[back]);
	line_end(pen, &line);
}

void add_mean_trend(struct pen *pen, xmlNode *parent, size_t first, size_t last, bool with_points)
{
	const struct model *model = pen->model;
	struct value means[12];
	double low = INFINITY, high = -INFINITY;
	struct span span;
	struct line line;
	size_t known = 0;

	for (size_t back = 0; back < model->trend_months && back < 12; back++) {
		means[back] = value_missing(VALUE_NUMBER);
		if (!mean_score(model, first, last, back, &means[back].number))
			continue;
		means[back].missing = false;
		low = fmin(low, decimal_to_double(means[back].number));
		high = fmax(high, decimal_to_double(means[back].number));
		known = back + 1;
	}
	if (known < 2)
		return;
	span = span_of(low, high, 4);
	span.low = floor(span.low);
	span.high = ceil(span.high);
	line_start(pen, &line, parent, &span, with_points);
	for (size_t back = known; back-- > 0;)
		line_add(pen, &line, model->facts->month - (int32_t)back, &means[back]);
	line_end(pen, &line);
}
