#include "base/arena.h"
#include "render/chart_kinds.h"
#include "render/charts.h"
#include "render/marks.h"
#include "render/names.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C10: sales cycles on an axis of months and quarters. First a row a region
 * (where there are several), then a row a cycle, 35 a page; or, where the
 * input has sums by month only, a row a customer with a cell a month.
 */
#define PITCH_PT 16.0
#define SUMMARY_PITCH_PT 40.0
#define SUMMARY_BAR_PT 12.0
#define BAR_PT 8.0
#define QUARTER_PT 13.0
#define MONTH_PT 12.0
#define LABEL_PT 68.0 /* right of the plot, for what stands behind the last bars */
#define PAGE_ROWS 35
#define SVG_ROWS 100 /* of a region */
#define STAGES 4

static const struct lettering time_letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };
static const struct lettering label_letters = { 7.5, false, INK_TEXT, ANCHOR_START };
static const struct lettering name_letters = { 9, true, INK_TEXT, ANCHOR_START };
static const struct lettering words_letters = { 7.5, false, INK_MUTED, ANCHOR_START };
/* From the last stage backwards: most cycles have come that far. */
static const enum ink stage_inks[STAGES] = { INK_FOCUS, INK_SECOND, INK_THIRD, INK_FOURTH };

struct gantt_plot {
	struct chart *chart;
	const xmlNode *node, *time;
	struct scale scale;
	struct names names;
	size_t stages;
};

/* number: 1 for the first; of none INK_BAR. */
static enum ink stage_ink(const struct gantt_plot *plot, size_t number)
{
	return number >= 1 && number <= plot->stages ? stage_inks[plot->stages - number] : INK_BAR;
}

static double place(const struct gantt_plot *plot, const xmlNode *node, const char *attribute)
{
	double day = plot->scale.low;

	field_number(node, attribute, &day);
	return scale_at(&plot->scale, day);
}

/* Quarter bands, month lines and their words over the plot that begins at flow->y. */
static void draw_time(struct gantt_plot *plot, double height)
{
	struct flow *flow = &plot->chart->flow;
	double top = flow->y + QUARTER_PT + MONTH_PT;
	size_t i = 0;

	for (const xmlNode *quarter = field_child(plot->time, "quarter"); quarter; quarter = field_next(quarter), i++) {
		double from = place(plot, quarter, "from"), to = place(plot, quarter, "to");

		if (i % 2 == 0)
			canvas_rect(flow->canvas, (struct box){ from, flow->y, to - from, QUARTER_PT + MONTH_PT + height },
				INK_TINT, PEN_NONE);
		if (text_width_of(flow->fonts, &time_letters, field_text(quarter)) < to - from)
			canvas_puts(flow->canvas, (from + to) / 2, flow->y + 10, &time_letters, field_text(quarter));
	}
	for (const xmlNode *month = field_child(plot->time, "month"); month; month = field_next(month)) {
		double from = place(plot, month, "from"), to = place(plot, month, "to");

		canvas_line(flow->canvas, (struct point){ from, top - 3 }, (struct point){ from, top + height },
			(struct pen){ INK_GRID, 0.5, 0 });
		if (text_width_of(flow->fonts, &time_letters, field_text(month)) < to - from)
			canvas_puts(flow->canvas, (from + to) / 2, top - 3.5, &time_letters, field_text(month));
	}
	canvas_line(flow->canvas, (struct point){ plot->scale.start_pt, top }, (struct point){ plot->scale.end_pt, top },
		(struct pen){ INK_AXIS, 0.6, 0 });
	canvas_line(flow->canvas, (struct point){ plot->scale.end_pt, top - 3 },
		(struct point){ plot->scale.end_pt, top + height }, (struct pen){ INK_AXIS, 0.6, 0 });
	flow->y = top;
}

/* Behind a bar, but not across the end of the period. */
static void draw_label(struct gantt_plot *plot, double x, double y, const char *text)
{
	const struct flow *flow = &plot->chart->flow;
	double end = plot->scale.end_pt;

	if (x < end + 2 && x + text_width_of(flow->fonts, &label_letters, text) > end - 2)
		x = end + 5;
	canvas_puts(flow->canvas, x, y + 2.7, &label_letters, text);
}

/* ---- a row a region: the middle of its cycles ---- */
static void draw_middle(struct gantt_plot *plot, const xmlNode *region, double y)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	const xmlNode *middle = field_child(region, "middle");
	const struct pen pen = { INK_AXIS, 0.9, 0 };
	double low, from, to, high;

	if (!middle)
		return;
	low = place(plot, middle, "low");
	from = place(plot, middle, "from");
	to = place(plot, middle, "to");
	high = place(plot, middle, "high");
	canvas_line(canvas, (struct point){ low, y }, (struct point){ high, y }, pen);
	canvas_line(canvas, (struct point){ low, y - 3 }, (struct point){ low, y + 3 }, pen);
	canvas_line(canvas, (struct point){ high, y - 3 }, (struct point){ high, y + 3 }, pen);
	canvas_rect(canvas, (struct box){ from, y - SUMMARY_BAR_PT / 2, to - from, SUMMARY_BAR_PT }, INK_FOCUS, PEN_NONE);
	draw_label(plot, high + 6, y, field_text(middle));
}

static void draw_summary(struct gantt_plot *plot)
{
	struct flow *flow = &plot->chart->flow;
	double height = SUMMARY_PITCH_PT * (double)field_count(plot->node, "region");

	flow_need(flow, fmin(height, 500) + QUARTER_PT + MONTH_PT);
	canvas_tag_begin(flow->canvas, "Figure", plot->chart->title);
	draw_time(plot, height);
	for (const xmlNode *region = field_child(plot->node, "region"); region; region = field_next(region)) {
		struct text_lines name = text_fit(flow->fonts, &name_letters, field(region, "label"), NULL,
			plot->scale.start_pt - flow->left - 10, 1, flow->arena);
		double y = flow->y + 12;

		canvas_text(flow->canvas, flow->left, y, &name_letters, name.lines[0].text, name.lines[0].length);
		for (const xmlNode *words = field_child(region, "words"); words; words = field_next(words))
			canvas_puts(flow->canvas, flow->left, y += 10, &words_letters, field_text(words));
		draw_middle(plot, region, flow->y + SUMMARY_PITCH_PT / 2);
		flow->y += SUMMARY_PITCH_PT;
		canvas_line(flow->canvas, (struct point){ flow->left, flow->y }, (struct point){ plot->scale.end_pt, flow->y },
			(struct pen){ INK_GRID, 0.5, 0 });
	}
	canvas_tag_end(flow->canvas);
	flow->y += 6;
}

/* ---- a row a cycle ---- */
static void draw_cycle(struct gantt_plot *plot, const xmlNode *row, double y)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	double from = place(plot, row, "from"), to = place(plot, row, "to"), stage = 0, end = to;
	struct box bar = { from, y - BAR_PT / 2, fmax(to - from, 1), BAR_PT };
	enum ink ink;

	field_number(row, "stage", &stage);
	ink = stage_ink(plot, (size_t)stage);
	if (field_is(row, "lost", "yes"))
		mark_hatch(canvas, bar, INK_MUTED);
	else
		canvas_rect(canvas, bar, ink, PEN_NONE);
	if (field_is(row, "open", "yes")) {
		end = to + MARK_ONWARDS_PT;
		mark_onwards(canvas, (struct point){ to, y }, ink);
	}
	if (field(row, "order"))
		mark_diamond(canvas, (struct point){ place(plot, row, "order"), y });
	if (field(row, "payment")) {
		mark_dot(canvas, (struct point){ place(plot, row, "payment"), y }, 3.4, INK_PAPER, (struct pen){ INK_AXIS, 1, 0 });
		end = fmax(end, place(plot, row, "payment") + 3);
	}
	draw_label(plot, end + 5, y, field_text(row));
}

static void draw_cells(struct gantt_plot *plot, const xmlNode *row, double y)
{
	struct canvas *canvas = plot->chart->flow.canvas;

	for (const xmlNode *cell = field_child(row, "cell"); cell; cell = field_next(cell)) {
		double from = place(plot, cell, "from"), to = place(plot, cell, "to"), step = 1;

		field_number(cell, "step", &step);
		canvas_rect(canvas, (struct box){ from, y - 5, to - from, 10 }, (enum ink)(INK_STEP_1 + (int)step - 1),
			(struct pen){ INK_BAR_EDGE, 0.4, 0 });
	}
	canvas_puts(canvas, plot->scale.end_pt + 6, y + 2.7, &label_letters, field(row, "text"));
}

static double row_height(struct gantt_plot *plot, const xmlNode *row)
{
	return PITCH_PT + names_extra_pt(&plot->names, &plot->chart->flow, row);
}

/* How far the rows of one page go: 35, or as many as there is room for; their height. */
static const xmlNode *page_end(struct gantt_plot *plot, const xmlNode *row, double *height)
{
	struct flow *flow = &plot->chart->flow;
	size_t count = 0;

	for (*height = 0; row && count < (plot->chart->paged ? PAGE_ROWS : SVG_ROWS); row = field_next(row), count++) {
		if (count && !flow_has(flow, QUARTER_PT + MONTH_PT + *height + row_height(plot, row)))
			break;
		*height += row_height(plot, row);
	}
	return row;
}

static void draw_rows(struct gantt_plot *plot, const xmlNode *region)
{
	struct flow *flow = &plot->chart->flow;
	bool months = field_is(plot->node, "form", "months");

	for (const xmlNode *row = field_child(region, "row"), *end; row; row = end) {
		double height;

		if (!flow_has(flow, QUARTER_PT + MONTH_PT + 3 * PITCH_PT))
			flow_break(flow);
		end = page_end(plot, row, &height);
		canvas_tag_begin(flow->canvas, "Figure", field(region, "label"));
		draw_time(plot, height);
		for (; row != end; row = field_next(row)) {
			names_draw(&plot->names, flow, row, flow->left, flow->y + PITCH_PT / 2 + 3.2);
			(months ? draw_cells : draw_cycle)(plot, row, flow->y + PITCH_PT / 2);
			flow->y += row_height(plot, row);
		}
		canvas_tag_end(flow->canvas);
		if (end && !plot->chart->paged) {
			chart_further(plot->chart, field_count(region, "row") - SVG_ROWS);
			return;
		}
		if (end)
			flow_break(flow);
	}
}

static void draw_region(struct gantt_plot *plot, const xmlNode *region, bool single)
{
	struct chart *chart = plot->chart;
	const char *title = field(region, "title");

	if (!single) {
		canvas_bookmark(chart->flow.canvas, field(region, "label"), 1);
		chart_heading(chart, title ? title : field(region, "label"), QUARTER_PT + MONTH_PT + 5 * PITCH_PT);
	}
	draw_rows(plot, region);
}

/* ---- key ---- */
static size_t key_of_cycles(struct gantt_plot *plot, struct key_entry *entries)
{
	struct chart *chart = plot->chart;
	size_t count = 0, stage = 0;

	for (const xmlNode *node = field_child(plot->node, "stage"); node && count < STAGES + 1; node = field_next(node), stage++)
		entries[count++] = (struct key_entry){ KEY_FILL,
			field_is(node, "other", "yes") ? INK_BAR : stage_ink(plot, stage + 1), field_text(node) };
	if (field_is(plot->node, "open", "yes"))
		entries[count++] = (struct key_entry){ KEY_ARROW, INK_MUTED, chart_word(chart, WORD_STILL_OPEN) };
	if (field_is(plot->node, "lost", "yes"))
		entries[count++] = (struct key_entry){ KEY_HATCH, INK_MUTED, chart_word(chart, WORD_LOST_DEAL) };
	entries[count++] = (struct key_entry){ KEY_DIAMOND, INK_AXIS, chart_word(chart, WORD_ORDER_MARK) };
	entries[count++] = (struct key_entry){ KEY_CIRCLE, INK_AXIS, chart_word(chart, WORD_PAYMENT_MARK) };
	return count;
}

static size_t key_of_months(struct gantt_plot *plot, struct key_entry *entries)
{
	entries[0] = (struct key_entry){ KEY_FILL, INK_STEP_1, chart_word(plot->chart, WORD_LITTLE) };
	entries[1] = (struct key_entry){ KEY_FILL, INK_STEP_3, "" };
	entries[2] = (struct key_entry){ KEY_FILL, INK_STEP_5, chart_word(plot->chart, WORD_MUCH) };
	return 3;
}

static void draw_key(struct gantt_plot *plot)
{
	struct key_entry entries[STAGES + 6];

	if (field_is(plot->node, "form", "months"))
		chart_key(plot->chart, entries, key_of_months(plot, entries));
	else
		chart_key(plot->chart, entries, key_of_cycles(plot, entries));
	plot->chart->flow.y += 4;
}

static void draw_summary_key(struct gantt_plot *plot)
{
	struct chart *chart = plot->chart;
	const struct key_entry entries[] = { { KEY_FILL, INK_FOCUS, chart_word(chart, WORD_MIDDLE_CYCLE) },
		{ KEY_STROKE, INK_AXIS, chart_word(chart, WORD_MIDDLE_SPREAD) } };

	chart_key(chart, entries, 2);
	chart->flow.y += 4;
}

/* The names of the regions' words need more room than customers' names may have. */
static void set_plot(struct gantt_plot *plot, double names_pt)
{
	struct flow *flow = &plot->chart->flow;

	plot->scale = scale_read(plot->time, flow->left + names_pt + 10, flow->right - LABEL_PT);
}

void chart_gantt_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	struct gantt_plot plot = { .chart = chart, .node = node, .time = field_child(node, "time") };
	const xmlNode *region = field_child(node, "region");
	bool several = region && field_next(region), months = field_is(node, "form", "months");

	for (const xmlNode *stage = field_child(node, "stage"); stage; stage = field_next(stage))
		plot.stages += !field(stage, "other");
	plot.names = names_of(flow, region);
	if (!region)
		return;
	if (several && !months) {
		set_plot(&plot, 0.28 * (flow->right - flow->left));
		draw_summary_key(&plot);
		draw_summary(&plot);
		if (!chart->paged)
			return;
		charts_table(chart, field_child(node, "data"));
		flow_break(flow);
	}
	draw_key(&plot);
	set_plot(&plot, plot.names.width_pt);
	for (; region; region = field_next(region))
		draw_region(&plot, region, !several);
}
