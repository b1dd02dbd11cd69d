#include "base/arena.h"
#include "render/chart.h"
#include "render/chart_kinds.h"
#include "render/marks.h"
#include "render/names.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C7: every item of the score, person by person. A cell a number, the darker
 * the more; rows by total, columns by weight. What is missing is hatched, what
 * does not apply to somebody stays blank.
 */

#define CELL_PT 12.0	   /* high */
#define PITCH_PT 13.0	   /* cell and gap */
#define CELL_LEAST_PT 22.0 /* wide */
#define CELL_MOST_PT 64.0
#define GAP_PT 1.0
#define PAGE_ROWS 40
#define HEAD_LINES 4
#define HEAD_LEADING_PT 9.5
#define MOST_CELLS 64

static const struct lettering place_letters = {9, false, INK_TEXT, ANCHOR_END};
static const struct lettering score_letters = {9, true, INK_TEXT, ANCHOR_END};
static const struct lettering head_letters = {7.5, false, INK_MUTED, ANCHOR_MIDDLE};
static const struct lettering cell_letters = {8, false, INK_TEXT, ANCHOR_MIDDLE};

/* Where the columns stand: place, name, cells, score. A band of them that fits the page. */
struct columns {
	struct names names;
	double place_end, name, cells, cell_width, score_end;
	size_t across; /* cells side by side */
};

static double widest_number(const struct flow *flow, const xmlNode *map)
{
	double width = 0;

	for (const xmlNode *row = field_child(map, "row"); row; row = field_next(row))
		for (const xmlNode *cell = field_child(row, "cell"); cell; cell = field_next(cell))
			if (field(cell, "step"))
				width = fmax(
					width, text_width_of(flow->fonts, &cell_letters, field_text(cell)));
	return width;
}

static struct columns place_columns(const struct flow *flow, const xmlNode *map)
{
	size_t count = field_count(map, "kpi");
	double place = 0, score = 0, room;
	struct columns columns;

	for (const xmlNode *row = field_child(map, "row"); row; row = field_next(row)) {
		place = fmax(place, text_width_of(flow->fonts, &place_letters, field(row, "place")));
		score = fmax(score,
			text_width_of(flow->fonts, &score_letters, field_text(field_child(row, "score"))));
	}
	score = fmax(score, text_width_of(flow->fonts, &head_letters, field(map, "total")));
	columns.place_end = flow->left + place;
	columns.name = columns.place_end + (place > 0 ? 7 : 0);
	columns.names = names_of(flow, map);
	columns.cells = columns.name + columns.names.width_pt + 9;
	room = flow->right - columns.cells - score - 8;
	columns.cell_width = fmax(CELL_LEAST_PT, widest_number(flow, map) + 5);
	columns.across = (size_t)(room / (columns.cell_width + GAP_PT));
	if (columns.across > count)
		columns.across = count;
	if (columns.across < 1)
		columns.across = 1;
	columns.cell_width =
		fmax(columns.cell_width, fmin(CELL_MOST_PT, room / (double)columns.across - GAP_PT));
	columns.score_end =
		columns.cells + (double)columns.across * (columns.cell_width + GAP_PT) + 8 + score;
	return columns;
}

static double cell_x(const struct columns *columns, size_t column)
{
	return columns->cells + (double)column * (columns->cell_width + GAP_PT);
}

static const xmlNode *skip(const xmlNode *node, size_t count)
{
	while (count-- && node)
		node = field_next(node);
	return node;
}

/* The columns' names stand on the cells, their last lines on one level. */
static void draw_heads(struct chart *chart, const xmlNode *map, const struct columns *columns, size_t first)
{
	struct flow *flow = &chart->flow;
	struct text_lines heads[MOST_CELLS];
	size_t most = 1, count = 0;

	for (const xmlNode *kpi = skip(field_child(map, "kpi"), first);
		kpi && count < columns->across && count < MOST_CELLS; kpi = field_next(kpi)) {
		heads[count] = text_fit(flow->fonts, &head_letters, field(kpi, "label"), NULL,
			columns->cell_width - 3, HEAD_LINES, flow->arena);
		if (heads[count].count > most)
			most = heads[count].count;
		count++;
	}
	flow->y += HEAD_LEADING_PT * (double)most + 4;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < heads[i].count; k++)
			canvas_text(flow->canvas, cell_x(columns, i) + columns->cell_width / 2,
				flow->y - 4 - HEAD_LEADING_PT * (double)(heads[i].count - 1 - k),
				&head_letters, heads[i].lines[k].text, heads[i].lines[k].length);
	canvas_puts(flow->canvas, columns->score_end, flow->y - 4,
		&(struct lettering){7.5, false, INK_MUTED, ANCHOR_END}, field(map, "total"));
}

static void draw_cell(struct canvas *canvas, struct box box, const xmlNode *cell)
{
	double step = 0;
	struct lettering letters = cell_letters;
	enum ink ground;

	if (field_is(cell, "missing", "yes")) {
		mark_hatch(canvas, box, INK_RULE);
		return;
	}
	if (!field_number(cell, "step", &step) || step < 1 || step > 5) {
		letters.ink = INK_MUTED;
		canvas_puts(canvas, box.x + box.width / 2, box.y + 9, &letters, "–");
		return;
	}
	ground = (enum ink)(INK_STEP_1 + (int)step - 1);
	letters.ink = ink_on(ground);
	canvas_rect(canvas, box, ground, PEN_NONE);
	canvas_puts(canvas, box.x + box.width / 2, box.y + 9, &letters, field_text(cell));
}

static void draw_row(struct chart *chart, const struct columns *columns, const xmlNode *row, size_t first)
{
	struct flow *flow = &chart->flow;
	const xmlNode *cell = skip(field_child(row, "cell"), first);
	const char *place = field(row, "place");

	if (place)
		canvas_puts(flow->canvas, columns->place_end, flow->y + 9.4, &place_letters, place);
	names_draw(&columns->names, flow, row, columns->name, flow->y + 9.4);
	for (size_t i = 0; i < columns->across && cell; i++, cell = field_next(cell))
		draw_cell(flow->canvas,
			(struct box){cell_x(columns, i), flow->y, columns->cell_width, CELL_PT}, cell);
	canvas_puts(flow->canvas, columns->score_end, flow->y + 9.4, &score_letters,
		field_text(field_child(row, "score")));
	flow->y += PITCH_PT + names_extra_pt(&columns->names, flow, row);
}

/* As many rows as this page takes, as one figure. Returns the first that is left. */
static const xmlNode *draw_page(struct chart *chart, const xmlNode *map, const struct columns *columns,
	size_t first, const xmlNode *row)
{
	struct flow *flow = &chart->flow;
	size_t rows = 0;

	canvas_tag_begin(flow->canvas, "Figure", chart->title);
	draw_heads(chart, map, columns, first);
	for (; row && (rows < PAGE_ROWS || !chart->paged); row = field_next(row), rows++) {
		if (rows && !flow_has(flow, PITCH_PT + names_extra_pt(&columns->names, flow, row)))
			break;
		draw_row(chart, columns, row, first);
	}
	canvas_tag_end(flow->canvas);
	return row;
}

static void draw_key(struct chart *chart, const xmlNode *map)
{
	struct key_entry entries[6];
	size_t count = 0;
	bool missing = false;

	for (const xmlNode *step = field_child(map, "step"); step && count < 5; step = field_next(step))
		entries[count] =
			(struct key_entry){KEY_FILL, (enum ink)(INK_STEP_1 + (int)count), field_text(step)},
		count++;
	for (const xmlNode *row = field_child(map, "row"); row && !missing; row = field_next(row))
		for (const xmlNode *cell = field_child(row, "cell"); cell; cell = field_next(cell))
			missing |= field_is(cell, "missing", "yes");
	if (missing)
		entries[count++] = (struct key_entry){KEY_HATCH, INK_RULE, chart_word(chart, WORD_NO_DATA)};
	chart_key(chart, entries, count);
}

void chart_heatmap_draw(struct chart *chart, const xmlNode *map)
{
	struct columns columns = place_columns(&chart->flow, map);
	size_t count = field_count(map, "kpi");

	draw_key(chart, map);
	for (size_t first = 0; first < count; first += columns.across) {
		const xmlNode *row = field_child(map, "row");

		if (first)
			flow_need(&chart->flow, 120);
		while ((row = draw_page(chart, map, &columns, first, row)))
			flow_break(&chart->flow);
		chart->flow.y += 12;
	}
}
