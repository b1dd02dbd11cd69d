#include "base/arena.h"
#include "render/chart.h"
#include "render/chart_kinds.h"
#include "render/names.h"
#include "render/sparkline.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C9 as a chart of its own: twelve months of everybody as a small line, with
 * this month's value and the least and greatest beside it. All lines have one
 * scale.
 */

#define PITCH_PT 15.0
#define PAGE_ROWS 45
#define RULE_ROWS 5
#define HEAD_PT 15.0
#define GUTTER_PT 16.0

static const struct lettering value_letters = {9, true, INK_TEXT, ANCHOR_END};
static const struct lettering quiet_letters = {9, false, INK_MUTED, ANCHOR_END};
static const struct lettering head_letters = {7.5, false, INK_MUTED, ANCHOR_END};

static const struct {
	const char *child;
	enum word head;
	const struct lettering *letters;
} numbers[] = {
	{"now", WORD_THIS_MONTH, &value_letters},
	{"move", WORD_ON_LAST_MONTH, &quiet_letters},
	{"low", WORD_LOWEST, &quiet_letters},
	{"high", WORD_HIGHEST, &quiet_letters},
};
#define NUMBERS (sizeof numbers / sizeof *numbers)

struct columns {
	struct names names;
	double line, ends[NUMBERS];
	size_t numbers; /* as many as the width takes: of very long amounts the table has the rest */
};

/* A change is printed with its direction, as everywhere. */
static const char *number_text(struct chart *chart, const xmlNode *row, size_t column)
{
	const xmlNode *node = field_child(row, numbers[column].child);
	const char *text = field_text(node);

	if (field_is(node, "direction", "up"))
		return arena_printf(chart->flow.arena, "▲%s", text);
	if (field_is(node, "direction", "down"))
		return arena_printf(chart->flow.arena, "▼%s", text);
	return field_is(node, "direction", "same") ? "＝" : text;
}

static struct columns place_columns(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	double widths[NUMBERS], x;
	struct columns columns;

	for (size_t i = 0; i < NUMBERS; i++)
		widths[i] = text_width_of(flow->fonts, &head_letters, chart_word(chart, numbers[i].head));
	for (const xmlNode *row = field_child(node, "row"); row; row = field_next(row)) {
		for (size_t i = 0; i < NUMBERS; i++)
			widths[i] = fmax(widths[i],
				text_width_of(flow->fonts, numbers[i].letters, number_text(chart, row, i)));
	}
	columns.names = names_of(flow, node);
	columns.line = flow->left + columns.names.width_pt + GUTTER_PT;
	x = columns.line + SPARKLINE_WIDTH_PT;
	columns.numbers = 0;
	for (size_t i = 0; i < NUMBERS && x + GUTTER_PT + fmax(widths[i], 34) <= flow->right + 0.01;
		i++, columns.numbers++)
		columns.ends[i] = x += GUTTER_PT + fmax(widths[i], 34);
	return columns;
}

static void rule(struct flow *flow, const struct columns *columns, enum ink ink)
{
	canvas_line(flow->canvas, (struct point){flow->left, flow->y},
		(struct point){columns->ends[columns->numbers - 1], flow->y}, (struct pen){ink, 0.5, 0});
}

static void draw_heads(struct chart *chart, const struct columns *columns, const xmlNode *node)
{
	struct flow *flow = &chart->flow;

	canvas_puts(flow->canvas, columns->line, flow->y + HEAD_PT - 4.5,
		&(struct lettering){7.5, false, INK_MUTED, ANCHOR_START}, field(node, "span"));
	for (size_t i = 0; i < columns->numbers; i++)
		canvas_puts(flow->canvas, columns->ends[i], flow->y + HEAD_PT - 4.5, &head_letters,
			chart_word(chart, numbers[i].head));
	flow->y += HEAD_PT;
	rule(flow, columns, INK_AXIS);
	flow->y += 1;
}

static void draw_row(struct chart *chart, const struct columns *columns, const xmlNode *row)
{
	struct flow *flow = &chart->flow;
	const xmlNode *trend = field_child(row, "trend");
	double y = flow->y + 10.8;

	names_draw(&columns->names, flow, row, flow->left, y);
	if (trend)
		sparkline_draw(flow->canvas,
			(struct box){columns->line, flow->y + 1.5, SPARKLINE_WIDTH_PT, SPARKLINE_HEIGHT_PT},
			trend);
	for (size_t i = 0; i < columns->numbers; i++)
		canvas_puts(
			flow->canvas, columns->ends[i], y, numbers[i].letters, number_text(chart, row, i));
	flow->y += PITCH_PT + names_extra_pt(&columns->names, flow, row);
}

/* As many rows as this page takes, as one figure. Returns the first that is left. */
static const xmlNode *draw_page(
	struct chart *chart, const xmlNode *node, const struct columns *columns, const xmlNode *row)
{
	struct flow *flow = &chart->flow;
	size_t rows = 0;

	canvas_tag_begin(flow->canvas, "Figure", chart->title);
	draw_heads(chart, columns, node);
	for (; row && (rows < PAGE_ROWS || !chart->paged); row = field_next(row), rows++) {
		if (rows && !flow_has(flow, PITCH_PT + names_extra_pt(&columns->names, flow, row)))
			break;
		if (rows && rows % RULE_ROWS == 0)
			rule(flow, columns, INK_GRID);
		draw_row(chart, columns, row);
	}
	canvas_tag_end(flow->canvas);
	return row;
}

void chart_sparklines_draw(struct chart *chart, const xmlNode *node)
{
	struct columns columns = place_columns(chart, node);
	const xmlNode *row = field_child(node, "row");

	while (row && (row = draw_page(chart, node, &columns, row)))
		flow_break(&chart->flow);
}
