#include "base/arena.h"
#include "render/axis.h"
#include "render/chart_kinds.h"
#include "render/charts.h"
#include "render/marks.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C5: how a figure spreads, panel under panel on one scale: all people first,
 * then a panel a unit. A panel is a box of quartiles over dots, one a person,
 * or over a histogram.
 */
#define NAME_PART 0.24
#define BOX_PT 15.0
#define DOT_PT 2.3
#define DOT_PITCH_PT 5.0
#define BINS_PT 96.0
#define SMALL_BINS_PT 44.0
#define LEAST_DOTS_PT 12.0
#define MOST_DOTS_PT 72.0
#define PANEL_GAP_PT 9.0
#define NAME_LEADING_PT 11.0

static const struct lettering name_letters = { 9, false, INK_TEXT, ANCHOR_START };
static const struct lettering first_letters = { 9, true, INK_TEXT, ANCHOR_START };
static const struct lettering note_letters = { 7.5, false, INK_MUTED, ANCHOR_START };
static const struct lettering count_letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };

struct spread {
	struct chart *chart;
	const xmlNode *node;
	struct scale scale;
	double name_width;
};

/* Where each dot stands above the base: the lowest level at which it touches none before it. */
static size_t *stack_dots(struct spread *spread, const xmlNode *panel, size_t *levels)
{
	size_t count = field_count(panel, "dot"), i = 0;
	size_t *level = arena_array(spread->chart->flow.arena, count + 1, sizeof *level);
	double *last = arena_array(spread->chart->flow.arena, count + 1, sizeof *last);

	*levels = 0;
	for (const xmlNode *dot = field_child(panel, "dot"); dot; dot = field_next(dot), i++) {
		double x = 0;

		scale_place(&spread->scale, dot, &x);
		while (level[i] < *levels && x - last[level[i]] < DOT_PITCH_PT)
			level[i]++;
		if (level[i] == *levels)
			++*levels;
		last[level[i]] = x;
	}
	return level;
}

static bool has_bins(const xmlNode *panel)
{
	return field_is(panel, "form", "bins");
}

static double body_height(struct spread *spread, const xmlNode *panel)
{
	size_t levels;

	if (has_bins(panel))
		return panel == field_child(spread->node, "panel") ? BINS_PT : SMALL_BINS_PT;
	stack_dots(spread, panel, &levels);
	return fmax(LEAST_DOTS_PT, fmin(MOST_DOTS_PT, DOT_PITCH_PT * (double)levels + 3));
}

static struct text_lines name_lines(struct spread *spread, const xmlNode *panel)
{
	struct flow *flow = &spread->chart->flow;

	return text_fit(flow->fonts, panel == field_child(spread->node, "panel") ? &first_letters : &name_letters,
		field(panel, "name"), NULL, spread->name_width, 2, flow->arena);
}

static double panel_height(struct spread *spread, const xmlNode *panel)
{
	double words = NAME_LEADING_PT * (double)(name_lines(spread, panel).count + 1);

	return fmax(words, BOX_PT + body_height(spread, panel)) + PANEL_GAP_PT;
}

static void draw_dots(struct spread *spread, const xmlNode *panel, double floor_y, double height)
{
	size_t levels, i = 0;
	const size_t *level = stack_dots(spread, panel, &levels);
	double pitch = fmin(DOT_PITCH_PT, levels > 1 ? (height - 2 * DOT_PT) / (double)(levels - 1) : DOT_PITCH_PT);

	for (const xmlNode *dot = field_child(panel, "dot"); dot; dot = field_next(dot), i++) {
		double x;

		if (scale_place(&spread->scale, dot, &x))
			mark_dot(spread->chart->flow.canvas,
				(struct point){ x, floor_y - DOT_PT - 1.2 - pitch * (double)level[i] }, DOT_PT,
				INK_SPREAD, (struct pen){ INK_PAPER, 0.4, 0 });
	}
}

/* Counts stand over bars that are wide enough for them. */
static void draw_bins(struct spread *spread, const xmlNode *panel, double floor_y, double height)
{
	struct flow *flow = &spread->chart->flow;
	double most = 1, from, to, count;

	field_number(panel, "most", &most);
	for (const xmlNode *bin = field_child(panel, "bin"); bin; bin = field_next(bin)) {
		double tall;

		if (!field_number(bin, "from", &from) || !field_number(bin, "to", &to) ||
			!field_number(bin, "count", &count) || count <= 0)
			continue;
		from = scale_at(&spread->scale, from);
		to = scale_at(&spread->scale, to);
		tall = (height - 10) * count / most;
		canvas_rect(flow->canvas, (struct box){ from + 0.4, floor_y - tall, to - from - 0.8, tall },
			INK_SPREAD, PEN_NONE);
		if (text_width_of(flow->fonts, &count_letters, field(bin, "count")) + 2 < to - from)
			canvas_puts(flow->canvas, (from + to) / 2, floor_y - tall - 2.5, &count_letters,
				field(bin, "count"));
	}
}

static const char *note_of(struct spread *spread, const xmlNode *panel)
{
	struct arena *arena = spread->chart->flow.arena;

	for (const xmlNode *mark = field_child(panel, "mark"); mark; mark = field_next(mark))
		if (field_is(mark, "kind", "median"))
			return arena_printf(arena, "n = %s, %s", field(panel, "count"),
				chart_say(spread->chart, WORD_MARK_MEDIAN, field_text(mark), ""));
	return arena_printf(arena, "n = %s", field(panel, "count"));
}

static void draw_panel(struct spread *spread, const xmlNode *panel)
{
	struct flow *flow = &spread->chart->flow;
	bool first = panel == field_child(spread->node, "panel");
	double height = body_height(spread, panel), floor_y = flow->y + BOX_PT + height;
	struct text_lines lines = name_lines(spread, panel);

	for (size_t i = 0; i < lines.count; i++)
		canvas_text(flow->canvas, flow->left, flow->y + 9 + NAME_LEADING_PT * (double)i,
			first ? &first_letters : &name_letters, lines.lines[i].text, lines.lines[i].length);
	canvas_puts(flow->canvas, flow->left, flow->y + 9 + NAME_LEADING_PT * (double)lines.count, &note_letters,
		note_of(spread, panel));
	chart_box(flow->canvas, panel, &spread->scale, flow->y + 6);
	if (has_bins(panel))
		draw_bins(spread, panel, floor_y, height);
	else
		draw_dots(spread, panel, floor_y, height);
	canvas_line(flow->canvas, (struct point){ spread->scale.start_pt, floor_y },
		(struct point){ spread->scale.end_pt, floor_y },
		(struct pen){ has_bins(panel) ? INK_AXIS : INK_RULE, 0.8, 0 });
	flow->y += panel_height(spread, panel);
}

/* As many panels as this page takes, one axis over them. */
static const xmlNode *draw_page(struct spread *spread, const xmlNode *panel)
{
	struct flow *flow = &spread->chart->flow;
	const xmlNode *end = panel, *pass = field_child(spread->node, "mark");
	double height = 0, x;

	flow_need(flow, AXIS_PT + panel_height(spread, panel));
	for (; end && (end == panel || flow_has(flow, AXIS_PT + height + panel_height(spread, end))); end = field_next(end))
		height += panel_height(spread, end);
	flow->y += AXIS_PT;
	canvas_tag_begin(flow->canvas, "Figure", spread->chart->title);
	axis_draw(flow, field_child(spread->node, "scale"), &spread->scale, flow->y, height - PANEL_GAP_PT);
	if (pass && scale_place(&spread->scale, pass, &x))
		canvas_line(flow->canvas, (struct point){ x, flow->y }, (struct point){ x, flow->y + height - PANEL_GAP_PT },
			(struct pen){ INK_FOURTH, 1, 0 });
	for (; panel != end; panel = field_next(panel))
		draw_panel(spread, panel);
	canvas_tag_end(flow->canvas);
	return end;
}

static void draw_key(struct spread *spread)
{
	struct chart *chart = spread->chart;
	const xmlNode *pass = field_child(spread->node, "mark"), *panel = field_child(spread->node, "panel");
	struct key_entry entries[4];
	size_t count = 0;
	bool dots = false, boxes = false;

	for (; panel; panel = field_next(panel)) {
		dots |= field_child(panel, "dot") != NULL;
		boxes |= field_child(panel, "mark") != NULL;
	}
	if (dots)
		entries[count++] = (struct key_entry){ KEY_DOT, INK_SPREAD, chart_word(chart, WORD_ONE_PERSON) };
	if (boxes) {
		entries[count++] = (struct key_entry){ KEY_OUTLINE, INK_AXIS, chart_word(chart, WORD_MIDDLE_HALF) };
		entries[count++] = (struct key_entry){ KEY_LINE, INK_FOCUS, chart_word(chart, WORD_MEDIAN_LINE) };
	}
	if (pass)
		entries[count++] = (struct key_entry){ KEY_LINE, INK_FOURTH, chart_mark(chart, pass) };
	chart_key(chart, entries, count);
}

void chart_spread_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	double name_width = NAME_PART * (flow->right - flow->left);
	struct spread spread = { .chart = chart, .node = node, .name_width = name_width };
	const xmlNode *panel = field_child(node, "panel");

	spread.scale = scale_read(field_child(node, "scale"), flow->left + name_width + 14, flow->right - 10);
	draw_key(&spread);
	flow->y += 4;
	while (panel && field_is(field_child(node, "panel"), "count", "0") == false)
		panel = draw_page(&spread, panel);
}
