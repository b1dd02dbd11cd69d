#include "base/arena.h"
#include "render/charts.h"
#include "render/marks.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C14: a line from month to month against the target as steps; both say their
 * last value behind their end. A month without value is a hatched gap.
 */
#define PLOT_PT 210.0
#define MONTH_PT 16.0
#define DOT_PT 2.6
#define LABEL_GAP_PT 11.0
#define GAP_PT 8.0

static const struct lettering tick_letters = { 7.5, false, INK_MUTED, ANCHOR_END };
static const struct lettering month_letters = { 8, false, INK_MUTED, ANCHOR_MIDDLE };
static const struct lettering actual_letters = { 9, true, INK_FOCUS, ANCHOR_START };
static const struct lettering target_letters = { 9, false, INK_TEXT, ANCHOR_START };

struct trend_plot {
	struct chart *chart;
	const xmlNode *node;
	struct scale scale; /* downwards */
	double left, width; /* of the plot, of a month */
};

static const xmlNode *series_of(const xmlNode *node, const char *kind)
{
	const xmlNode *series = field_child(node, "series");

	while (series && !field_is(series, "kind", kind))
		series = field_next(series);
	return series;
}

static const xmlNode *last_point(const xmlNode *series)
{
	const xmlNode *last = NULL;

	for (const xmlNode *point = field_child(series, "point"); point; point = field_next(point))
		last = point;
	return last;
}

static void draw_grid(struct trend_plot *plot, double right)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	double y, x = plot->left + plot->width / 2;

	for (const xmlNode *tick = field_path(plot->node, "scale/tick"); tick; tick = field_next(tick)) {
		if (!scale_place(&plot->scale, tick, &y))
			continue;
		canvas_line(canvas, (struct point){ plot->left, y }, (struct point){ right, y }, (struct pen){ INK_GRID, 0.6, 0 });
		canvas_puts(canvas, plot->left - 6, y + 2.6, &tick_letters, field_text(tick));
	}
	canvas_line(canvas, (struct point){ plot->left, plot->scale.start_pt }, (struct point){ right, plot->scale.start_pt },
		(struct pen){ INK_AXIS, 0.8, 0 });
	for (const xmlNode *month = field_child(plot->node, "month"); month; month = field_next(month), x += plot->width)
		canvas_puts(canvas, x, plot->scale.start_pt + 12, &month_letters, field_text(month));
}

/* As wide as the month: the target holds for all of it. */
static void draw_steps(struct trend_plot *plot, const xmlNode *series)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	const struct pen pen = { INK_FOURTH, 1.8, 0 };
	double x = plot->left, y, before = NAN;

	for (const xmlNode *point = field_child(series, "point"); point; point = field_next(point), x += plot->width) {
		if (!scale_place(&plot->scale, point, &y)) {
			before = NAN;
			continue;
		}
		if (!isnan(before))
			canvas_line(canvas, (struct point){ x, before }, (struct point){ x, y }, pen);
		canvas_line(canvas, (struct point){ x, y }, (struct point){ x + plot->width, y }, pen);
		before = y;
	}
}

static void draw_line(struct trend_plot *plot, const xmlNode *series)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	double x = plot->left + plot->width / 2, y, before = NAN;

	for (const xmlNode *point = field_child(series, "point"); point; point = field_next(point), x += plot->width) {
		if (!scale_place(&plot->scale, point, &y)) {
			mark_hatch(canvas, (struct box){ x - plot->width / 2, plot->scale.end_pt, plot->width, PLOT_PT }, INK_BAR);
			before = NAN;
			continue;
		}
		if (!isnan(before))
			canvas_line(canvas, (struct point){ x - plot->width, before }, (struct point){ x, y },
				(struct pen){ INK_FOCUS, 2, 0 });
		before = y;
	}
	x = plot->left + plot->width / 2;
	for (const xmlNode *point = field_child(series, "point"); point; point = field_next(point), x += plot->width)
		if (scale_place(&plot->scale, point, &y))
			mark_dot(canvas, (struct point){ x, y }, DOT_PT, INK_FOCUS, (struct pen){ INK_PAPER, 0.6, 0 });
}

static const char *label_of(struct trend_plot *plot, const xmlNode *series)
{
	return arena_printf(plot->chart->flow.arena, "%s %s", field(series, "label"), field_text(last_point(series)));
}

/* Behind the last month; where the two would touch, each gives way by half. */
static void draw_labels(struct trend_plot *plot, const xmlNode *actual, const xmlNode *target, double right)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	double of_actual = 0, of_target = 0, push;
	bool has_actual = scale_place(&plot->scale, last_point(actual), &of_actual),
	     has_target = target && scale_place(&plot->scale, last_point(target), &of_target);

	push = LABEL_GAP_PT - fabs(of_actual - of_target);
	if (has_actual && has_target && push > 0) {
		of_actual += of_actual <= of_target ? -push / 2 : push / 2;
		of_target += of_actual < of_target ? push / 2 : -push / 2;
	}
	if (has_actual)
		canvas_puts(canvas, right + GAP_PT, of_actual + 3.2, &actual_letters, label_of(plot, actual));
	if (has_target)
		canvas_puts(canvas, right + GAP_PT, of_target + 3.2, &target_letters, label_of(plot, target));
}

static double widest_tick(const struct flow *flow, const xmlNode *node)
{
	double widest = 0;

	for (const xmlNode *tick = field_path(node, "scale/tick"); tick; tick = field_next(tick))
		widest = fmax(widest, text_width_of(flow->fonts, &tick_letters, field_text(tick)));
	return widest;
}

static void draw_key(struct trend_plot *plot, const xmlNode *target)
{
	struct chart *chart = plot->chart;
	const struct key_entry entries[] = { { KEY_STROKE, INK_FOCUS, chart_word(chart, WORD_ACTUAL) },
		{ KEY_STROKE, INK_FOURTH, chart_word(chart, WORD_TARGET) } };

	chart_key(chart, entries, target ? 2 : 1);
}

void chart_trend_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	const xmlNode *actual = series_of(node, "actual"), *target = series_of(node, "target");
	struct trend_plot plot = { .chart = chart, .node = node };
	double labels = text_width_of(flow->fonts, &actual_letters, label_of(&plot, actual)), right;

	if (target)
		labels = fmax(labels, text_width_of(flow->fonts, &actual_letters, label_of(&plot, target)));
	plot.left = flow->left + widest_tick(flow, node) + 8;
	right = flow->right - labels - GAP_PT;
	plot.width = (right - plot.left) / (double)field_count(node, "month");
	draw_key(&plot, target);
	flow_need(flow, PLOT_PT + MONTH_PT + 16);
	flow->y += 12;
	plot.scale = scale_read(field_child(node, "scale"), flow->y + PLOT_PT, flow->y);
	canvas_tag_begin(flow->canvas, "Figure", chart->title);
	draw_grid(&plot, right);
	if (target)
		draw_steps(&plot, target);
	draw_line(&plot, actual);
	draw_labels(&plot, actual, target, right);
	canvas_tag_end(flow->canvas);
	flow->y += PLOT_PT + MONTH_PT + 4;
}
