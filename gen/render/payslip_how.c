#include "base/arena.h"
#include "render/slip.h"
#include "render/typeset.h"
#include "render/waterfall.h"
#include <string.h>

/*
 * From page 2 on: how it was computed. Scores, then each figure with its
 * article, its formula and the formula with values, then the statements line
 * by line, corrections of earlier months, and the way from gross to net.
 */

static const struct lettering quiet = { 8, false, INK_MUTED, ANCHOR_START };

static const char *amount(const xmlNode *parent, const char *child)
{
	return field_text(field_child(parent, child));
}

static const char *article_of(const struct slip *slip, const xmlNode *node)
{
	const char *number = field(node, "article");

	return number ? slip_say(slip, WORD_ARTICLE, number, "") : "";
}

static void put_quiet(struct slip *slip, const char *text)
{
	flow_paragraph(
		&slip->flow, &(struct paragraph){ "P", slip->flow.left, slip->flow.right, 12, quiet }, text);
}

/* Does any item of the card have this child? Columns that would stay empty are left out. */
static bool any_has(const xmlNode *card, const char *name)
{
	for (const xmlNode *item = field_child(card, "item"); item; item = field_next(item))
		if (field_child(item, name))
			return true;
	return false;
}

static const struct {
	const char *child; /* of the item; NULL: an attribute */
	enum word head;
} card_columns[] = {
	{ "target", WORD_TARGET },
	{ "actual", WORD_ACTUAL },
	{ "attainment", WORD_ATTAINMENT },
	{ "value", WORD_RESULT },
	{ NULL, WORD_WEIGHT },
	{ "points", WORD_POINTS },
};
#define CARD_COLUMNS (sizeof card_columns / sizeof *card_columns)

static const char *card_cell(const struct slip *slip, const xmlNode *item, const char *child)
{
	if (field_is(item, "applies", "no"))
		return child && !strcmp(child, "value") ? slip_word(slip, WORD_NOT_APPLICABLE) : NULL;
	return child ? amount(item, child) : field(item, "weight-text");
}

static void draw_card(struct slip *slip, const xmlNode *card)
{
	struct flow *flow = &slip->flow;
	struct sheet_column columns[1 + CARD_COLUMNS] = { { 0, ANCHOR_START, false, NULL, 0 } };
	const char *children[1 + CARD_COLUMNS], *cells[1 + CARD_COLUMNS] = { NULL };
	struct sheet sheet = { .flow = flow, .columns = columns, .count = 1, .title = field(card, "label") };
	const char *basis = amount(card, "basis");

	for (size_t i = 0; i < CARD_COLUMNS; i++) {
		if (card_columns[i].child && !any_has(card, card_columns[i].child))
			continue;
		columns[sheet.count] = (struct sheet_column){ 58, ANCHOR_END, false,
			slip_word(slip, card_columns[i].head), 0 };
		children[sheet.count++] = card_columns[i].child;
	}
	columns[0].width_pt = flow->right - flow->left - 58 * (double)(sheet.count - 1);
	flow_need(flow, 60);
	canvas_bookmark(flow->canvas, sheet.title, 1);
	sheet_begin(&sheet);
	for (const xmlNode *item = field_child(card, "item"); item; item = field_next(item)) {
		cells[0] = field(item, "name");
		for (size_t i = 1; i < sheet.count; i++)
			cells[i] = card_cell(slip, item, children[i]);
		sheet_row(&sheet, SHEET_ROW, cells, 0);
	}
	cells[0] = slip_word(slip, WORD_TOTAL);
	for (size_t i = 1; i < sheet.count; i++)
		cells[i] = NULL;
	cells[sheet.count - 1] = amount(card, "now");
	sheet_row(&sheet, SHEET_TOTAL, cells, 0);
	sheet_end(&sheet);
	flow->y += 2;
	if (*basis)
		put_quiet(slip, arena_printf(flow->arena, "%s = %s = %s %s", field(card, "name"), basis,
					amount(card, "now"), article_of(slip, card)));
	flow->y += 6;
}

/* A figure's row: name with its article, formula with values, result. */
struct formula {
	struct flow *flow;
	const char *name, *article, *formula, *basis, *remarks[2], *result;
	double middle, end; /* where formulas stand */
};
static const struct lettering formula_name = { 9, false, INK_TEXT, ANCHOR_START };
static const struct lettering formula_article = { 7.5, false, INK_MUTED, ANCHOR_START };
#define FORMULA_PT 12.0
#define PIECE_GAP_PT 7.0

static double width_of(const struct flow *flow, const struct lettering *letters, const char *text)
{
	return text_width_pt(flow->fonts, letters, text, strlen(text));
}

/* Where the next piece of a row goes: behind the one before if it fits there whole, else on lines of its own. */
struct cursor {
	double x, y;
};

static void put_piece(
	const struct formula *row, struct cursor *cursor, const struct lettering *letters, const char *text)
{
	double width = width_of(row->flow, letters, text);
	struct text_lines lines;

	if (cursor->x > row->middle && cursor->x + PIECE_GAP_PT + width <= row->end) {
		canvas_puts(row->flow->canvas, cursor->x + PIECE_GAP_PT, cursor->y, letters, text);
		cursor->x += PIECE_GAP_PT + width;
		return;
	}
	if (cursor->x > row->middle)
		cursor->y += FORMULA_PT;
	lines = text_wrap(row->flow->fonts, letters, text, row->end - row->middle, row->flow->arena);
	for (size_t i = 0; i < lines.count; i++)
		canvas_text(row->flow->canvas, row->middle, cursor->y + FORMULA_PT * (double)i, letters,
			lines.lines[i].text, lines.lines[i].length);
	cursor->y += FORMULA_PT * (double)(lines.count - 1);
	cursor->x = row->middle + lines.lines[lines.count - 1].width_pt;
}

/* As written, with values, what was rounded and why. Returns the next base line. */
static double put_formula(const struct formula *row, double y)
{
	struct cursor cursor = { row->middle, y };

	if (row->formula)
		put_piece(row, &cursor, &quiet, row->formula);
	if (row->basis)
		put_piece(row, &cursor, &formula_name, row->basis);
	for (size_t i = 0; i < 2; i++)
		if (row->remarks[i])
			put_piece(row, &cursor, &quiet, row->remarks[i]);
	return cursor.y + FORMULA_PT;
}

static double put_name(const struct formula *row, double y)
{
	double room = row->middle - row->flow->left - 8,
	       width = width_of(row->flow, &formula_name, row->name);
	struct text_lines lines =
		text_wrap(row->flow->fonts, &formula_name, row->name, room, row->flow->arena);

	for (size_t i = 0; i < lines.count; i++, y += FORMULA_PT)
		canvas_text(row->flow->canvas, row->flow->left, y, &formula_name, lines.lines[i].text,
			lines.lines[i].length);
	if (width + 5 + width_of(row->flow, &formula_article, row->article) < room) {
		canvas_puts(row->flow->canvas, row->flow->left + width + 5, y - FORMULA_PT, &formula_article,
			row->article);
	} else if (*row->article) {
		canvas_puts(row->flow->canvas, row->flow->left, y - 0.8, &formula_article, row->article);
		y += 10;
	}
	return y;
}

static void draw_row(const struct formula *row)
{
	struct flow *flow = row->flow;
	const struct lettering result = { 9, true, INK_TEXT, ANCHOR_END };
	double y = flow->y + 10, left, right;

	canvas_tag_begin(flow->canvas, "P", NULL);
	left = put_name(row, y);
	right = put_formula(row, y);
	canvas_puts(flow->canvas, flow->right, y, &result, row->result);
	canvas_tag_end(flow->canvas);
	flow->y = (left > right ? left : right) - FORMULA_PT + 4;
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static void draw_formula(struct slip *slip, const xmlNode *figure)
{
	struct flow *flow = &slip->flow, dry = *flow;
	const char *basis = amount(figure, "basis"), *rounding = amount(figure, "rounding");
	struct formula row = {
		.flow = &dry,
		.name = field(figure, "label"),
		.article = article_of(slip, figure),
		.formula = or_null(amount(figure, "formula")),
		.basis = *basis ? arena_printf(flow->arena, "= %s", basis) : NULL,
		.remarks = { or_null(amount(figure, "reason")),
			or_null(rounding) },
		.result = amount(figure, "now"),
		.middle = flow->left + 128,
	};

	row.end = flow->right - 12 -
		  width_of(flow, &(struct lettering){ 9, true, INK_TEXT, ANCHOR_END }, row.result);
	dry.canvas = slip->dry;
	draw_row(&row);
	flow_need(flow, dry.y - flow->y);
	row.flow = flow;
	draw_row(&row);
	canvas_line(flow->canvas, (struct point){ flow->left, flow->y },
		(struct point){ flow->right, flow->y }, (struct pen){ INK_GRID, 0.5, 0 });
}

static bool has_formula(const xmlNode *figure)
{
	return field_is(figure, "slip", "yes") &&
	       (field_child(figure, "formula") || field_child(figure, "basis"));
}

/* Of the figures next to this one, those that have a formula; the heading before the first of all. */
static void draw_those(struct slip *slip, const xmlNode *figure, bool *headed)
{
	for (; figure; figure = field_next(figure)) {
		if (!has_formula(figure))
			continue;
		if (!*headed)
			slip_part(slip, slip_word(slip, WORD_FORMULAS), slip_word(slip, WORD_FORMULAS));
		*headed = true;
		draw_formula(slip, figure);
	}
}

static void draw_formulas(struct slip *slip)
{
	bool headed = false;

	draw_those(slip, field_path(slip->person, "facts/figure"), &headed);
	for (const xmlNode *section = field_path(slip->person, "pay/section"); section;
		section = field_next(section))
		draw_those(slip, field_child(section, "figure"), &headed);
	slip->flow.y += 6;
}

/* The file's columns, then the line's own formula with values and its amount. */
static void draw_statement(struct slip *slip, const xmlNode *statement)
{
	struct flow *flow = &slip->flow;
	struct sheet_column columns[SHEET_COLUMNS];
	size_t count = 0, rows = field_count(statement, "entry"), row = 0;
	bool with_basis = false;
	const char **cells;
	struct sheet sheet = { .flow = flow, .columns = columns, .title = NULL };

	for (const xmlNode *head = field_child(statement, "column"); head && count < SHEET_COLUMNS - 2;
		head = field_next(head))
		columns[count++] = (struct sheet_column){ 0,
			field_is(head, "kind", "number") ? ANCHOR_END : ANCHOR_START, false, field_text(head),
			0 };
	for (const xmlNode *entry = field_child(statement, "entry"); entry; entry = field_next(entry))
		with_basis |= field_child(entry, "basis") != NULL;
	if (with_basis)
		columns[count++] =
			(struct sheet_column){ 0, ANCHOR_START, true, slip_word(slip, WORD_BASIS), 0 };
	columns[count++] = (struct sheet_column){ 0, ANCHOR_END, false, field(statement, "label"), 0 };
	sheet.count = count;
	cells = arena_array(flow->arena, (rows + 1) * count, sizeof *cells);
	for (const xmlNode *entry = field_child(statement, "entry"); entry;
		entry = field_next(entry), row++) {
		size_t column = 0;

		for (const xmlNode *cell = field_child(entry, "cell");
			cell && column < count - 1 - with_basis; cell = field_next(cell))
			cells[row * count + column++] = field_text(cell);
		if (with_basis)
			cells[row * count + count - 2] = amount(entry, "basis");
		cells[row * count + count - 1] = amount(entry, "amount");
	}
	cells[rows * count] = NULL;
	cells[rows * count + count - 1] = amount(statement, "sum");
	sheet_fit(flow, columns, count, cells, rows + 1, flow->right - flow->left);
	slip_part(slip,
		arena_printf(flow->arena, "%s  %s", field(statement, "label"), article_of(slip, statement)),
		field(statement, "label"));
	if (*amount(statement, "formula"))
		put_quiet(slip, amount(statement, "formula"));
	sheet_begin(&sheet);
	for (row = 0; row < rows; row++)
		sheet_row(&sheet, SHEET_ROW, cells + row * count, row + 1 == rows ? 16 : 0);
	cells[rows * count] = slip_word(slip, WORD_TOTAL);
	sheet_row(&sheet, SHEET_TOTAL, cells + rows * count, 0);
	sheet_end(&sheet);
	flow->y += 3;
	put_quiet(slip, slip_say(slip, WORD_STATEMENT_SOURCE, field(statement, "file"), ""));
}

static void draw_corrections(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	const xmlNode *correction = field_child(slip->person, "correction");
	struct sheet_column columns[] = {
		{ 62, ANCHOR_START, false, slip_word(slip, WORD_MONTH), 0 },
		{ 84, ANCHOR_START, false, slip_word(slip, WORD_ITEM), 0 },
		{ 70, ANCHOR_END, false, slip_word(slip, WORD_DUE), 0 },
		{ 70, ANCHOR_END, false, slip_word(slip, WORD_PAID), 0 },
		{ 70, ANCHOR_END, false, slip_word(slip, WORD_DIFFERENCE), 0 },
		{ flow->right - flow->left - 356, ANCHOR_START, true, slip_word(slip, WORD_REASON), 0 },
	};
	struct sheet sheet = { .flow = flow, .columns = columns, .count = 6 };
	bool any_due = false;

	if (!correction)
		return;
	for (const xmlNode *at = correction; at; at = field_next(at))
		any_due |= field_child(at, "due") != NULL;
	if (!any_due)
		columns[2].head = columns[3].head = NULL;
	slip_part(slip, slip_word(slip, WORD_CORRECTIONS), slip_word(slip, WORD_CORRECTIONS));
	sheet_begin(&sheet);
	for (; correction; correction = field_next(correction))
		sheet_row(&sheet, SHEET_ROW,
			(const char *const[]){ field(correction, "month-text"), field(correction, "name"),
				amount(correction, "due"), amount(correction, "paid"),
				amount(correction, "difference"), amount(correction, "reason") },
			0);
	sheet_end(&sheet);
}

#define WATERFALL_HEAD_PT 28.0

double payslip_waterfall_pt(struct slip *slip)
{
	const xmlNode *waterfall = field_path(slip->person, "pay/waterfall");

	return waterfall ? WATERFALL_HEAD_PT + waterfall_height_pt(&slip->flow, waterfall) : 0;
}

void payslip_waterfall(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	const xmlNode *waterfall = field_path(slip->person, "pay/waterfall");
	const char *finding = waterfall_title(waterfall);
	double height = payslip_waterfall_pt(slip);

	if (!waterfall)
		return;
	slip->has_waterfall = true;
	/* it parts only where a page's half would stay blank */
	flow_need(flow, 2 * (flow->bottom - flow->y) < flow->bottom && height < flow->bottom - 80 ? height : 120);
	slip_part(slip, *finding ? finding : slip_word(slip, WORD_WATERFALL), slip_word(slip, WORD_WATERFALL));
	waterfall_draw(flow, waterfall);
}

void payslip_how(struct slip *slip)
{
	struct flow *flow = &slip->flow;

	if (flow->page == 1 || 2 * (flow->bottom - flow->y) < flow->bottom)
		flow_break(flow);
	flow->y += 6;
	canvas_bookmark(flow->canvas, slip_word(slip, WORD_HOW), 0);
	flow_paragraph(flow,
		&(struct paragraph){
			"H1", flow->left, flow->right, 20, { 14, true, INK_TEXT, ANCHOR_START } },
		slip_word(slip, WORD_HOW));
	if (!slip->has_waterfall)
		payslip_waterfall(slip);
	flow->y += 10;
	for (const xmlNode *card = field_child(slip->person, "scorecard"); card; card = field_next(card))
		draw_card(slip, card);
	draw_formulas(slip);
	for (const xmlNode *statement = field_child(slip->person, "statement"); statement;
		statement = field_next(statement))
		draw_statement(slip, statement);
	draw_corrections(slip);
}
