#include "base/arena.h"
#include "render/flow.h"
#include "render/typeset.h"
#include <string.h>

/* Tables (see flow.h). */

#define LEADING_PT 12.2
#define DENSE_PT 11.4 /* the same for dense tables */
#define PAD_PT 1.3    /* above and below a row's text */
#define DENSE_PAD_PT 0.6
#define GUTTER_PT 8.0 /* between columns: taken from each but the last */
#define HEAD_PT 15.0

static const struct lettering body = { 9, false, INK_TEXT, ANCHOR_START };
static const struct lettering quiet = { 8, false, INK_MUTED, ANCHOR_START };
static const struct lettering strong = { 9, true, INK_TEXT, ANCHOR_START };
static const struct lettering head_letters = { 7.5, false, INK_MUTED, ANCHOR_START };
static const struct lettering title_letters = { 10, true, INK_TEXT, ANCHOR_START };

static void rule(struct sheet *sheet, enum ink ink, double width_pt)
{
	struct flow *flow = sheet->flow;

	canvas_line(flow->canvas, (struct point){ flow->left, flow->y },
		(struct point){ flow->right, flow->y }, (struct pen){ ink, width_pt, 0 });
}

/* Where a column's text starts, or for numbers ends. */
static double column_x(const struct sheet *sheet, size_t column)
{
	double x = sheet->flow->left;

	for (size_t i = 0; i < column; i++)
		x += sheet->columns[i].width_pt;
	if (sheet->columns[column].anchor == ANCHOR_END)
		x += sheet->columns[column].width_pt - (column + 1 < sheet->count ? GUTTER_PT : 0);
	return x;
}

static void put_cell(struct sheet *sheet, size_t column, double y, const struct lettering *letters,
	const struct text_line *line)
{
	struct lettering anchored = *letters;

	anchored.anchor = sheet->columns[column].anchor;
	canvas_text(sheet->flow->canvas, column_x(sheet, column), y, &anchored, line->text, line->length);
}

static void draw_heads(struct sheet *sheet)
{
	struct flow *flow = sheet->flow;

	double title_end = sheet->title ? flow->left + text_width_pt(flow->fonts, &title_letters,
							       sheet->title, strlen(sheet->title))
					: 0;

	canvas_tag_begin(flow->canvas, "TR", NULL);
	for (size_t i = 0; i < sheet->count; i++) {
		bool titled = !i && sheet->title;
		const char *text = titled ? sheet->title : sheet->columns[i].head;

		/* a long title needs the place of the heads beside it */
		if (!text ||
			(i && sheet->columns[i].anchor == ANCHOR_START && column_x(sheet, i) < title_end + 6))
			continue;
		canvas_tag_begin(flow->canvas, "TH", "Column");
		put_cell(sheet, i, flow->y + HEAD_PT - 4.2, titled ? &title_letters : &head_letters,
			&(struct text_line){ text, strlen(text), 0 });
		canvas_tag_end(flow->canvas);
	}
	canvas_tag_end(flow->canvas);
	flow->y += HEAD_PT;
	rule(sheet, INK_AXIS, 0.6);
	flow->y += 2;
}

static void open_table(struct sheet *sheet)
{
	canvas_tag_begin(sheet->flow->canvas, "Table", NULL);
	draw_heads(sheet);
	sheet->open = true;
}

void sheet_begin(struct sheet *sheet)
{
	sheet->rows = 0;
	flow_need(sheet->flow, HEAD_PT + 3 * LEADING_PT);
	open_table(sheet);
}

void sheet_end(struct sheet *sheet)
{
	canvas_tag_end(sheet->flow->canvas);
	sheet->open = false;
}

static const struct lettering *cell_letters(const struct sheet *sheet, size_t column, enum sheet_kind kind)
{
	return kind == SHEET_TOTAL ? &strong : sheet->columns[column].quiet ? &quiet : &body;
}

static double cell_width(const struct sheet *sheet, size_t column)
{
	return sheet->columns[column].width_pt - (column + 1 < sheet->count ? GUTTER_PT : 0);
}

void sheet_row(struct sheet *sheet, enum sheet_kind kind, const char *const *cells, double keep_pt)
{
	struct flow *flow = sheet->flow;
	struct text_lines lines[SHEET_COLUMNS];
	double height, leading = sheet->dense ? DENSE_PT : LEADING_PT,
		       pad = sheet->dense ? DENSE_PAD_PT : PAD_PT;
	size_t most = 1;

	for (size_t i = 0; i < sheet->count; i++) {
		const struct lettering *letters = cell_letters(sheet, i, kind);
		size_t limit = sheet->columns[i].max_lines;
		const char *text = cells[i] ? cells[i] : "";

		lines[i] = limit ? text_fit(flow->fonts, letters, text, NULL, cell_width(sheet, i), limit,
					   flow->arena)
				 : text_wrap(flow->fonts, letters, text, cell_width(sheet, i), flow->arena);
		if (lines[i].count > most)
			most = lines[i].count;
	}
	height = (double)most * leading + 2 * pad;
	if (!flow_has(flow, height + keep_pt)) {
		canvas_tag_end(flow->canvas);
		flow_break(flow);
		open_table(sheet);
	}
	if (kind == SHEET_TOTAL)
		rule(sheet, INK_RULE, 0.6);
	else if (sheet->rows && sheet->rows % 5 == 0)
		rule(sheet, INK_GRID, 0.5);
	canvas_tag_begin(flow->canvas, "TR", NULL);
	for (size_t i = 0; i < sheet->count; i++) {
		if (!lines[i].lines[0].length)
			continue;
		canvas_tag_begin(flow->canvas, i ? "TD" : "TH", i ? NULL : "Row");
		for (size_t k = 0; k < lines[i].count; k++)
			put_cell(sheet, i, flow->y + pad + (double)k * leading + leading - 3.3,
				cell_letters(sheet, i, kind), &lines[i].lines[k]);
		canvas_tag_end(flow->canvas);
	}
	canvas_tag_end(flow->canvas);
	flow->y += height;
	sheet->rows++;
}

#define TEXT_LEAST_PT 40.0

/* The width at which text columns that are wider must be cut so that all of them take `room`. */
static double text_level(const struct sheet_column *columns, size_t count, double room)
{
	double low = TEXT_LEAST_PT, high = room > low ? room : low;

	for (int i = 0; i < 40; i++) {
		double middle = (low + high) / 2, sum = 0;

		for (size_t k = 0; k < count; k++)
			if (columns[k].anchor == ANCHOR_START)
				sum += columns[k].width_pt < middle ? columns[k].width_pt : middle;
		if (sum > room)
			high = middle;
		else
			low = middle;
	}
	return low;
}

void sheet_fit(struct flow *flow, struct sheet_column *columns, size_t count, const char *const *cells,
	size_t rows, double width_pt)
{
	double numbers = 0, texts = 0, level;
	size_t text_count = 0;

	for (size_t i = 0; i < count; i++) {
		const struct lettering *letters = columns[i].quiet ? &quiet : &strong;

		columns[i].width_pt = columns[i].head ? text_width_pt(flow->fonts, &head_letters,
								columns[i].head, strlen(columns[i].head))
						      : 0;
		for (size_t k = 0; k < rows; k++) {
			const char *text = cells[k * count + i];
			double width = text ? text_width_pt(flow->fonts, letters, text, strlen(text)) : 0;

			if (width > columns[i].width_pt)
				columns[i].width_pt = width;
		}
		columns[i].width_pt += i + 1 < count ? GUTTER_PT : 0;
		if (columns[i].anchor == ANCHOR_START) {
			texts += columns[i].width_pt;
			text_count++;
		} else {
			numbers += columns[i].width_pt;
		}
	}
	level = text_level(columns, count, width_pt - numbers);
	for (size_t i = 0; i < count; i++) {
		if (columns[i].anchor != ANCHOR_START)
			continue;
		if (texts > width_pt - numbers && columns[i].width_pt > level)
			columns[i].width_pt = level;
		else if (texts < width_pt - numbers) /* what is left over goes to all of them */
			columns[i].width_pt += (width_pt - numbers - texts) / (double)text_count;
	}
}
