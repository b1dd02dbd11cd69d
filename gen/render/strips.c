#include "base/arena.h"
#include "render/slip.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * 工资条: several people's pay on an A4 sheet, to be printed and cut. Each is a
 * title and a grid of heads with their values below: who, days, earnings,
 * deductions, net. What does not fit into one row of cells goes on in the
 * next pair of rows; long heads wrap, wide amounts take several columns.
 */
#define COLUMNS 9
#define HEAD_LEADING_PT 9.0
#define HEAD_PAD_PT 2.5
#define VALUE_PT 13.5
#define CELL_PAD_PT 3.0
#define TITLE_PT 15.0
#define CUT_PT 20.0 /* from one strip to the next, the cutting line in its middle */
#define CELLS_MOST 512

static const struct lettering head_letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };
static const struct lettering value_letters = { 9, false, INK_TEXT, ANCHOR_MIDDLE };
static const struct lettering strong_letters = { 9, true, INK_TEXT, ANCHOR_MIDDLE };

struct cell {
	const char *head, *value;
	bool strong;
	size_t span;
};
struct strip {
	struct slip *slip;
	struct cell *cells;
	size_t count;
	double column_pt;
};

static const struct lettering *letters_of(const struct cell *cell)
{
	return cell->strong ? &strong_letters : &value_letters;
}

static void add_cell(struct strip *strip, const char *head, const char *value, bool strong)
{
	struct cell cell = { head, value, strong, 1 };
	double width;

	if (!value || !*value || strip->count == CELLS_MOST)
		return;
	width = text_width_pt(strip->slip->flow.fonts, letters_of(&cell), value, strlen(value)) + 2 * CELL_PAD_PT;
	cell.span = (size_t)fmin(ceil(width / strip->column_pt), COLUMNS);
	strip->cells[strip->count++] = cell;
}

/* Beside pay: the days and counts that the policy prints, and the score. */
static void add_facts(struct strip *strip)
{
	const xmlNode *card = field_child(strip->slip->person, "scorecard");

	for (const xmlNode *fact = field_path(strip->slip->person, "facts/figure"); fact; fact = field_next(fact))
		if (field_is(fact, "slip", "yes") && field_is(fact, "type", "number"))
			add_cell(strip, field(fact, "label"), field_text(field_child(fact, "now")), false);
	if (card)
		add_cell(strip, field(card, "label"), field_text(field_child(card, "now")), false);
}

static void add_section(struct strip *strip, const char *kind, enum word total_word)
{
	const xmlNode *section = payslip_section(strip->slip, kind), *total = field_child(section, "total");
	const char *name = field(total, "name");

	for (const xmlNode *figure = field_child(section, "figure"); figure; figure = field_next(figure)) {
		const xmlNode *now = field_child(figure, "now");
		double amount = 0;

		/* the year to date stands on the slip: here a line of nothing is left out */
		if (field_is(figure, "slip", "yes") && field_number(now, "value", &amount) && fabs(amount) > 0)
			add_cell(strip, field(figure, "label"), field_text(now), false);
	}
	if (total)
		add_cell(strip, name ? name : slip_word(strip->slip, total_word),
			field_text(field_child(total, "now")), true);
}

static void fill(struct strip *strip)
{
	struct slip *slip = strip->slip;

	strip->count = 0;
	add_cell(strip, slip_word(slip, WORD_NAME), field(slip->person, "name"), true);
	add_cell(strip, slip_word(slip, WORD_EMPLOYEE_NUMBER), field(slip->person, "id"), false);
	add_facts(strip);
	add_section(strip, "earnings", WORD_EARNINGS_TOTAL);
	add_section(strip, "deductions", WORD_DEDUCTIONS_TOTAL);
	add_cell(strip, slip_word(slip, WORD_NET_PAY), field_text(field_path(slip->person, "pay/net/now")), true);
}

/* The cells of the row that begins with `from`; the last cell before a break fills the row. */
static size_t row_end(const struct strip *strip, size_t from)
{
	size_t used = 0, end = from;

	while (end < strip->count && (end == from || used + strip->cells[end].span <= COLUMNS))
		used += strip->cells[end++].span;
	return end;
}

static struct text_lines wrapped(const struct strip *strip, const struct lettering *letters, const char *text, size_t span)
{
	return text_wrap(strip->slip->flow.fonts, letters, text,
		(double)span * strip->column_pt - 2 * CELL_PAD_PT + 0.01, strip->slip->flow.arena);
}

/* How high the heads and the values of a row get: a name longer than the sheet is wide wraps, too. */
static void row_heights(const struct strip *strip, size_t from, size_t end, double *head, double *value)
{
	size_t heads = 1, values = 1;

	for (size_t i = from; i < end; i++) {
		const struct cell *cell = &strip->cells[i];
		size_t head_lines = wrapped(strip, &head_letters, cell->head, cell->span).count,
		       value_lines = wrapped(strip, letters_of(cell), cell->value, cell->span).count;

		heads = head_lines > heads ? head_lines : heads;
		values = value_lines > values ? value_lines : values;
	}
	*head = (double)heads * HEAD_LEADING_PT + 2 * HEAD_PAD_PT;
	*value = (double)values * VALUE_PT;
}

static double strip_height(const struct strip *strip)
{
	double height = TITLE_PT, head, value;

	for (size_t from = 0, end; from < strip->count; from = end) {
		end = row_end(strip, from);
		row_heights(strip, from, end, &head, &value);
		height += head + value;
	}
	return height;
}

static void draw_title(struct strip *strip)
{
	struct slip *slip = strip->slip;
	struct flow *flow = &slip->flow;
	const struct lettering left = { 9, true, INK_TEXT, ANCHOR_START },
			       right = { 8, false, INK_MUTED, ANCHOR_END };
	bool held = field_is(slip->person, "state", "held");
	const char *title = arena_printf(flow->arena, "%s  %s %s", field(slip->company, "short"),
		field(slip->page, "month-text"), slip_word(slip, WORD_PAYSLIP));
	const char *beside = arena_printf(flow->arena, "%s · %s %s%s%s", field(slip->person, "unit"),
		slip_word(slip, WORD_PAY_DATE), field(slip->company, "pay-date-text"), held ? " · " : "",
		held ? slip_word(slip, WORD_HELD) : "");
	double room = flow->right - flow->left - 12 - text_width_pt(flow->fonts, &left, title, strlen(title));
	struct text_lines lines = text_fit(flow->fonts, &right, beside, NULL, room, 1, flow->arena);

	canvas_tag_begin(flow->canvas, "H2", NULL);
	canvas_puts(flow->canvas, flow->left, flow->y + 10, &left, title);
	canvas_tag_end(flow->canvas);
	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_text(flow->canvas, flow->right, flow->y + 10, &right, lines.lines[0].text, lines.lines[0].length);
	canvas_tag_end(flow->canvas);
	flow->y += TITLE_PT;
}

static void put_lines(struct flow *flow, double middle, double y, double leading, const struct lettering *letters,
	const struct text_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		canvas_text(flow->canvas, middle, y + leading * (double)i, letters, lines->lines[i].text,
			lines->lines[i].length);
}

/* One row of heads or of values; the last cell goes to the sheet's edge. */
static void draw_line(struct strip *strip, size_t from, size_t end, double height, bool heads)
{
	struct flow *flow = &strip->slip->flow;
	double x = flow->left, leading = heads ? HEAD_LEADING_PT : VALUE_PT;

	canvas_tag_begin(flow->canvas, "TR", NULL);
	for (size_t i = from; i < end; i++) {
		const struct cell *cell = &strip->cells[i];
		const struct lettering *letters = heads ? &head_letters : letters_of(cell);
		double width = i + 1 == end ? flow->right - x : (double)cell->span * strip->column_pt;
		struct text_lines lines = wrapped(strip, letters, heads ? cell->head : cell->value, cell->span);
		double text = leading * (double)(lines.count - 1), first = (height - text) / 2 + (heads ? 2.7 : 3.2);

		canvas_rect(flow->canvas, (struct box){ x, flow->y, width, height }, heads ? INK_TINT : INK_NONE,
			(struct pen){ INK_RULE, 0.5, 0 });
		canvas_tag_begin(flow->canvas, heads ? "TH" : "TD", heads ? "Column" : NULL);
		put_lines(flow, x + width / 2, flow->y + first, leading, letters, &lines);
		canvas_tag_end(flow->canvas);
		x += width;
	}
	canvas_tag_end(flow->canvas);
	flow->y += height;
}

static void draw_strip(struct strip *strip)
{
	struct flow *flow = &strip->slip->flow;
	bool open = false;

	draw_title(strip);
	for (size_t from = 0, end; from < strip->count; from = end) {
		double head, value;

		end = row_end(strip, from);
		row_heights(strip, from, end, &head, &value);
		if (!flow_has(flow, head + value)) {
			if (open)
				canvas_tag_end(flow->canvas);
			open = false;
			flow_break(flow);
			draw_title(strip);
		}
		if (!open)
			canvas_tag_begin(flow->canvas, "Table", NULL);
		open = true;
		draw_line(strip, from, end, head, true);
		draw_line(strip, from, end, value, false);
	}
	if (open)
		canvas_tag_end(flow->canvas);
}

static void draw_cut(struct flow *flow)
{
	double y = flow->y + CUT_PT / 2;

	canvas_line(flow->canvas, (struct point){ 12, y }, (struct point){ PAGE_WIDTH_PT - 12, y },
		(struct pen){ INK_MUTED, 0.5, 4 });
	flow->y += CUT_PT;
}

void slip_strips(struct slip *slip, const xmlNode *people)
{
	struct flow *flow = &slip->flow;
	struct strip strip = { slip, arena_array(flow->arena, CELLS_MOST, sizeof *strip.cells), 0,
		(flow->right - flow->left) / COLUMNS };
	double fresh = flow->bottom - flow->margin_pt;
	int page = 0;

	for (const xmlNode *person = field_child(people, "person"); person; person = field_next(person)) {
		double height;

		slip->person = person;
		fill(&strip);
		height = strip_height(&strip);
		if (!flow_has(flow, height) && height <= fresh)
			flow_break(flow);
		if (flow->page != page && flow->page <= SLIP_BOOKMARKS)
			canvas_bookmark(flow->canvas, field(person, "name"), 0);
		page = flow->page;
		draw_strip(&strip);
		draw_cut(flow);
	}
}
