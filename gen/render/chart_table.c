#include "base/arena.h"
#include "render/chart.h"
#include "render/charts.h"
#include "render/typeset.h"
#include <math.h>

/*
 * The data table of a chart. Where its numbers are too wide to stand side by
 * side on the page, or too many, the columns go on in a further table that
 * begins with the same names.
 */

#define GUTTER_PT 8.0  /* as a sheet leaves between columns */
#define NAME_PART 0.28 /* of the width is kept for each column of text, if it needs that much */

struct table {
	struct flow *flow;
	struct sheet_column *columns;
	size_t count, rows, names; /* names: columns of text at the left, repeated */
	const char **cells;	   /* rows x count */
};

static struct table read_table(struct flow *flow, const xmlNode *data)
{
	struct table table = {
		.flow = flow, .count = field_count(data, "column"), .rows = field_count(data, "entry")};
	size_t row = 0, at = 0;

	table.columns = arena_array(flow->arena, table.count + 1, sizeof *table.columns);
	table.cells = arena_array(flow->arena, table.count * table.rows + 1, sizeof *table.cells);
	for (const xmlNode *column = field_child(data, "column"); column; column = field_next(column), at++) {
		bool number = field_is(column, "number", "yes");

		table.columns[at] = (struct sheet_column){
			0, number ? ANCHOR_END : ANCHOR_START, false, field_text(column), 0};
		table.names += !number && table.names == at;
	}
	for (const xmlNode *entry = field_child(data, "entry"); entry; entry = field_next(entry), row++) {
		size_t i = 0;

		for (const xmlNode *cell = field_child(entry, "cell"); cell && i < table.count;
			cell = field_next(cell))
			table.cells[row * table.count + i++] = field_text(cell);
	}
	return table;
}

static double natural_width(const struct table *table, size_t column)
{
	const struct lettering head = {7.5, false, INK_MUTED, ANCHOR_START},
			       body = {9, true, INK_TEXT, ANCHOR_START};
	double width = text_width_of(table->flow->fonts, &head, table->columns[column].head);

	for (size_t row = 0; row < table->rows; row++)
		width = fmax(width,
			text_width_of(table->flow->fonts, &body, table->cells[row * table->count + column]));
	return width + GUTTER_PT;
}

/* The first column that has no room any more beside those from `from` on. */
static size_t band_end(const struct table *table, size_t from)
{
	double width = table->flow->right - table->flow->left, room = width;
	size_t end = from;

	for (size_t i = 0; i < table->names; i++)
		room -= fmin(natural_width(table, i), NAME_PART * width);
	while (end < table->count && table->names + end - from < SHEET_COLUMNS) {
		room -= table->columns[end].anchor == ANCHOR_END
				? natural_width(table, end)
				: fmin(natural_width(table, end), NAME_PART * width);
		if (room < 0 && end > from)
			break;
		end++;
	}
	return end;
}

static void draw_band(const struct table *table, size_t from, size_t end)
{
	struct sheet_column columns[SHEET_COLUMNS];
	size_t count = table->names + end - from;
	const char **cells = arena_array(table->flow->arena, count * table->rows + 1, sizeof *cells);
	struct sheet sheet = {.flow = table->flow, .columns = columns, .count = count};

	for (size_t i = 0; i < count; i++) {
		size_t column = i < table->names ? i : from + i - table->names;

		columns[i] = table->columns[column];
		for (size_t row = 0; row < table->rows; row++)
			cells[row * count + i] = table->cells[row * table->count + column];
	}
	sheet_fit(table->flow, columns, count, cells, table->rows, table->flow->right - table->flow->left);
	sheet_begin(&sheet);
	for (size_t row = 0; row < table->rows; row++)
		sheet_row(&sheet, SHEET_ROW, cells + row * count, 0);
	sheet_end(&sheet);
}

void charts_table(struct chart *chart, const xmlNode *data)
{
	struct flow *flow = &chart->flow;
	struct table table = read_table(flow, data);
	size_t from;

	if (table.names >= SHEET_COLUMNS)
		table.names = 1;
	from = table.names;
	chart_heading(chart, field(data, "title"), 60);
	canvas_bookmark(flow->canvas, field(data, "title"), 1);
	do {
		size_t end = band_end(&table, from);

		draw_band(&table, from, end);
		flow->y += 10;
		from = end;
	} while (from < table.count);
}
