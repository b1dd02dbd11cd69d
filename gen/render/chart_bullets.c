#include "base/arena.h"
#include "render/axis.h"
#include "render/charts.h"
#include "render/marks.h"
#include "render/names.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C4: a bar on bands, a tick at the target, as Stephen Few drew them; the scale
 * is percent of the target, so the ticks stand in one line. The first row is
 * the whole.
 */
#define PITCH_PT 21.0
#define BAND_PT 13.0
#define BAR_PT 5.2
#define TICK_PT 9.0
#define MOST_BANDS 4
/* The scale rule, the whole's row not counted: an SVG has one page; of very many a PDF has the first and the last. */
#define SVG_ROWS 45
#define ALL_ROWS 500
#define EXCERPT_ROWS 50

static const struct lettering percent_letters = { 9, true, INK_TEXT, ANCHOR_END };
static const struct lettering amount_letters = { 8, false, INK_MUTED, ANCHOR_END };
/* The last so many of them: the lightest is best. */
static const enum ink band_inks[MOST_BANDS] = { INK_BAR, INK_BAND, INK_GRID, INK_TINT };

struct bullets_plot {
	struct chart *chart;
	const xmlNode *node;
	struct scale scale;
	struct names names;
	double percent_end, amount_end;
};

static double height_of(const struct bullets_plot *plot, const xmlNode *row)
{
	return PITCH_PT + names_extra_pt(&plot->names, &plot->chart->flow, row);
}

static void draw_bands(const struct bullets_plot *plot, double top)
{
	size_t first = MOST_BANDS - field_count(plot->node, "band"), i = first < MOST_BANDS ? first : 0;
	double length = plot->scale.end_pt - plot->scale.start_pt, left, width;

	for (const xmlNode *band = field_child(plot->node, "band"); band && i < MOST_BANDS; band = field_next(band), i++)
		if (field_number(band, "left", &left) && field_number(band, "width", &width))
			canvas_rect(plot->chart->flow.canvas,
				(struct box){ plot->scale.start_pt + left * length / 100, top, width * length / 100, BAND_PT },
				band_inks[i], PEN_NONE);
}

static void draw_bar(const struct bullets_plot *plot, const xmlNode *row, double y)
{
	struct canvas *canvas = plot->chart->flow.canvas;
	double x, hundred = scale_at(&plot->scale, 100);

	if (!scale_place(&plot->scale, row, &x)) {
		mark_hatch(canvas, (struct box){ plot->scale.start_pt, y - BAND_PT / 2, 60, BAND_PT }, INK_BAR_EDGE);
		return;
	}
	draw_bands(plot, y - BAND_PT / 2);
	canvas_rect(canvas, (struct box){ plot->scale.start_pt, y - BAR_PT / 2, fmax(0.5, x - plot->scale.start_pt), BAR_PT },
		INK_FOCUS, PEN_NONE);
	if (field_is(row, "beyond", "yes"))
		mark_onwards(canvas, (struct point){ x, y }, INK_FOCUS);
	canvas_line(canvas, (struct point){ hundred, y - TICK_PT / 2 }, (struct point){ hundred, y + TICK_PT / 2 },
		(struct pen){ INK_FOURTH, 2.2, 0 });
}

static void draw_row(const struct bullets_plot *plot, const xmlNode *row)
{
	struct flow *flow = &plot->chart->flow;
	double y = flow->y + PITCH_PT / 2;

	names_draw(&plot->names, flow, row, flow->left, y + 3.2);
	draw_bar(plot, row, y);
	canvas_puts(flow->canvas, plot->percent_end, y + 3.2, &percent_letters, field_text(field_child(row, "percent")));
	canvas_puts(flow->canvas, plot->amount_end, y + 3, &amount_letters, field_text(field_child(row, "amounts")));
	flow->y += height_of(plot, row);
}

/* As many rows as the page takes, none from `until`, with their axis. */
static const xmlNode *draw_page(const struct bullets_plot *plot, const xmlNode *row, const xmlNode *until)
{
	struct flow *flow = &plot->chart->flow;
	const xmlNode *end = row;
	double height = 0;

	flow_need(flow, AXIS_PT + 3 * PITCH_PT);
	for (; end != until && (end == row || flow_has(flow, AXIS_PT + height + height_of(plot, end))); end = field_next(end))
		height += height_of(plot, end);
	flow->y += AXIS_PT;
	canvas_tag_begin(flow->canvas, "Figure", plot->chart->title);
	axis_draw(flow, field_child(plot->node, "scale"), &plot->scale, flow->y, height);
	for (; row != end; row = field_next(row)) {
		bool whole = row == field_child(plot->node, "row");

		draw_row(plot, row);
		if (whole)
			canvas_line(flow->canvas, (struct point){ flow->left, flow->y }, (struct point){ flow->right, flow->y },
				(struct pen){ INK_RULE, 0.6, 0 });
	}
	canvas_tag_end(flow->canvas);
	return end;
}

static void draw_key(const struct bullets_plot *plot)
{
	struct chart *chart = plot->chart;
	struct key_entry entries[3 + MOST_BANDS];
	size_t count = 0, first = MOST_BANDS - field_count(plot->node, "band"), i = first < MOST_BANDS ? first : 0;

	entries[count++] = (struct key_entry){ KEY_STROKE, INK_FOCUS, chart_word(chart, WORD_ACTUAL) };
	entries[count++] = (struct key_entry){ KEY_LINE, INK_FOURTH, chart_word(chart, WORD_TARGET) };
	for (const xmlNode *band = field_child(plot->node, "band"); band && i < MOST_BANDS; band = field_next(band), i++)
		if (field_child(band, "text"))
			entries[count++] = (struct key_entry){ KEY_FILL, band_inks[i], field_text(field_child(band, "text")) };
	chart_key(chart, entries, count);
}

static const xmlNode *row_at(const struct bullets_plot *plot, size_t index)
{
	const xmlNode *row = field_child(plot->node, "row");

	while (row && index--)
		row = field_next(row);
	return row;
}

static void draw_from_to(const struct bullets_plot *plot, size_t from, size_t to)
{
	const xmlNode *row = row_at(plot, from), *until = row_at(plot, to);

	while (row != until)
		row = draw_page(plot, row, until);
}

static void draw_rows(const struct bullets_plot *plot, size_t count)
{
	bool excerpt = plot->chart->paged && count > ALL_ROWS + 1;
	size_t most = excerpt ? EXCERPT_ROWS + 1 : plot->chart->paged ? count : SVG_ROWS + 1,
	       first = count < most ? count : most, last = excerpt ? EXCERPT_ROWS : 0;

	draw_from_to(plot, 0, first);
	chart_further(plot->chart, count - first - last);
	if (last)
		draw_from_to(plot, count - last, count);
}

void chart_bullets_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	struct bullets_plot plot = { .chart = chart, .node = node };
	double percent = 0, amounts = 0;
	size_t count = 0;

	for (const xmlNode *row = field_child(node, "row"); row; row = field_next(row), count++) {
		percent = fmax(percent, text_width_of(flow->fonts, &percent_letters, field_text(field_child(row, "percent"))));
		amounts = fmax(amounts, text_width_of(flow->fonts, &amount_letters, field_text(field_child(row, "amounts"))));
	}
	plot.names = names_of(flow, node);
	plot.amount_end = flow->right;
	plot.percent_end = flow->right - amounts - 8;
	plot.scale = scale_read(field_child(node, "scale"), flow->left + plot.names.width_pt + 10, plot.percent_end - percent - 12);
	draw_key(&plot);
	flow->y += 2;
	draw_rows(&plot, count);
}
