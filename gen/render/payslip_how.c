#include "base/arena.h"
#include "render/scale.h"
#include "render/slip.h"
#include "render/typeset.h"
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

static double width_of(const struct flow *flow, const struct lettering *letters, const char *text)
{
	return text_width_pt(flow->fonts, letters, text, strlen(text));
}

static double put_wrapped(
	const struct formula *row, const struct lettering *letters, const char *text, double y)
{
	struct text_lines lines =
		text_wrap(row->flow->fonts, letters, text, row->end - row->middle - 8, row->flow->arena);

	for (size_t i = 0; i < lines.count; i++, y += FORMULA_PT)
		canvas_text(row->flow->canvas, row->middle, y, letters, lines.lines[i].text,
			lines.lines[i].length);
	return y;
}

/* Formula and values on one line where there is room for both. Returns the next base line. */
static double put_formula(const struct formula *row, double y)
{
	double formula = row->formula ? width_of(row->flow, &quiet, row->formula) + 6 : 0;

	if (formula > 0 && row->basis &&
		row->middle + formula + width_of(row->flow, &formula_name, row->basis) < row->end - 8) {
		canvas_puts(row->flow->canvas, row->middle, y, &quiet, row->formula);
		canvas_puts(row->flow->canvas, row->middle + formula, y, &formula_name, row->basis);
		y += FORMULA_PT;
	} else {
		if (row->formula)
			y = put_wrapped(row, &quiet, row->formula, y);
		if (row->basis)
			y = put_wrapped(row, &formula_name, row->basis, y);
	}
	for (size_t i = 0; i < 2; i++)
		if (row->remarks[i])
			y = put_wrapped(row, &quiet, row->remarks[i], y);
	return y;
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
			*rounding ? slip_say(slip, WORD_ROUNDING, rounding, "") : NULL },
		.result = amount(figure, "now"),
		.middle = flow->left + 128,
	};

	row.end = flow->right - 4 -
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
			slip_heading(slip, slip_word(slip, WORD_FORMULAS));
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
	slip_heading(slip,
		arena_printf(flow->arena, "%s  %s", field(statement, "label"), article_of(slip, statement)));
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
	slip_heading(slip, slip_word(slip, WORD_CORRECTIONS));
	sheet_begin(&sheet);
	for (; correction; correction = field_next(correction))
		sheet_row(&sheet, SHEET_ROW,
			(const char *const[]){ field(correction, "month-text"), field(correction, "name"),
				amount(correction, "due"), amount(correction, "paid"),
				amount(correction, "difference"), amount(correction, "reason") },
			0);
	sheet_end(&sheet);
}

#define STEP_PT SLIP_STEP_PT

static void draw_step(struct flow *flow, const xmlNode *step, const struct scale *scale)
{
	bool total = field_is(step, "kind", "total");
	enum ink ink = total ? INK_AXIS : field_is(step, "kind", "up") ? INK_FOCUS : INK_FOURTH;
	const struct lettering label = { 9, total, INK_TEXT, ANCHOR_START },
			       value = { 9, total, INK_TEXT, ANCHOR_END };
	double left = 0, width = 0, span = scale->end_pt - scale->start_pt;
	struct text_lines lines = text_fit(flow->fonts, &label, field(step, "label"), NULL,
		scale->start_pt - flow->left - 10, 1, flow->arena);

	field_number(step, "left", &left);
	field_number(step, "width", &width);
	canvas_text(
		flow->canvas, flow->left, flow->y + 9.6, &label, lines.lines[0].text, lines.lines[0].length);
	canvas_rect(flow->canvas,
		(struct box){ scale->start_pt + left / 100 * span, flow->y + 2, width / 100 * span, 8.6 },
		ink, PEN_NONE);
	canvas_puts(flow->canvas, flow->right, flow->y + 9.6, &value, field_text(step));
	flow->y += STEP_PT;
}

void payslip_waterfall(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	const xmlNode *waterfall = field_path(slip->person, "pay/waterfall");
	struct scale scale = scale_read(field_child(waterfall, "scale"), flow->left + 132, flow->right - 84);
	size_t steps = field_count(waterfall, "step");
	double height = STEP_PT * (double)steps, zero = scale_at(&scale, 0);

	if (!steps)
		return;
	slip->has_waterfall = true;
	flow_need(flow, height + 28 < flow->bottom - 80 ? height + 28 : 40);
	slip_heading(slip, slip_word(slip, WORD_WATERFALL));
	canvas_tag_begin(flow->canvas, "Figure", slip_word(slip, WORD_WATERFALL));
	for (const xmlNode *step = field_child(waterfall, "step"); step; step = field_next(step)) {
		if (!flow_has(flow, STEP_PT)) {
			canvas_tag_end(flow->canvas);
			flow_break(flow);
			canvas_tag_begin(flow->canvas, "Figure", slip_word(slip, WORD_WATERFALL));
		}
		canvas_line(flow->canvas, (struct point){ zero, flow->y },
			(struct point){ zero, flow->y + STEP_PT }, (struct pen){ INK_AXIS, 0.6, 0 });
		draw_step(flow, step, &scale);
	}
	canvas_tag_end(flow->canvas);
}

void payslip_how(struct slip *slip)
{
	struct flow *flow = &slip->flow;

	if (flow->page == 1)
		flow_break(flow);
	else
		flow_need(flow, 160);
	flow->y += 6;
	flow_paragraph(flow,
		&(struct paragraph){
			"H1", flow->left, flow->right, 20, { 14, true, INK_TEXT, ANCHOR_START } },
		slip_word(slip, WORD_HOW));
	flow->y += 6;
	for (const xmlNode *card = field_child(slip->person, "scorecard"); card; card = field_next(card))
		draw_card(slip, card);
	draw_formulas(slip);
	for (const xmlNode *statement = field_child(slip->person, "statement"); statement;
		statement = field_next(statement))
		draw_statement(slip, statement);
	draw_corrections(slip);
	if (!slip->has_waterfall)
		payslip_waterfall(slip);
}
