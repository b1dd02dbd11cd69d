#include "base/arena.h"
#include "base/text.h"
#include "render/slip.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/* The head of page 1: whose pay of which month, what stands beside pay, and net pay. */

static const struct lettering label_letters = { 7.5, false, INK_MUTED, ANCHOR_START };
static const struct lettering value_letters = { 9.5, false, INK_TEXT, ANCHOR_START };
static const struct lettering note_letters = { 8, false, INK_MUTED, ANCHOR_START };

static void draw_title(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	struct canvas *canvas = flow->canvas;
	const char *code = field(slip->company, "code"), *small = slip_word(slip, WORD_PAYSLIP_SMALL);
	const struct lettering title = { 17, true, INK_TEXT, ANCHOR_END },
			       period = { 9, false, INK_TEXT, ANCHOR_END };
	const struct lettering company = { 11, true, INK_TEXT, ANCHOR_START },
			       tiny = { 7.5, false, INK_MUTED, ANCHOR_END };
	const char *word_payslip = slip_word(slip, WORD_PAYSLIP);
	struct text_lines lines =
		text_wrap(flow->fonts, &company, field(slip->company, "name"), 300, flow->arena);
	double y = flow->y + 11;

	canvas_tag_begin(canvas, "H1", NULL);
	canvas_puts(canvas, flow->right, flow->y + 15, &title, word_payslip);
	canvas_tag_end(canvas);
	canvas_tag_begin(canvas, "P", NULL);
	for (size_t i = 0; i < lines.count; i++, y += 14)
		canvas_text(canvas, flow->left, y, &company, lines.lines[i].text, lines.lines[i].length);
	if (code)
		canvas_puts(
			canvas, flow->left, y, &label_letters, slip_say(slip, WORD_COMPANY_CODE, code, ""));
	canvas_puts(canvas,
		flow->right - text_width_pt(flow->fonts, &title, word_payslip, strlen(word_payslip)) - 6,
		flow->y + 15, &tiny, small);
	canvas_puts(canvas, flow->right, flow->y + 30, &period,
		arena_printf(flow->arena, "%s%s%s%s", field(slip->page, "month-text"),
			slip_word(slip, WORD_OPEN), field(slip->page, "period"),
			slip_word(slip, WORD_CLOSE)));
	canvas_tag_end(canvas);
	flow->y = fmax(y + 8, flow->y + 38);
	canvas_line(canvas, (struct point){ flow->left, flow->y }, (struct point){ flow->right, flow->y },
		(struct pen){ INK_FOCUS, 1.2, 0 });
	flow->y += 6;
}

/* The head in four columns; what is wider than one takes more of them. */
#define IDENTITY_COLUMNS 4
struct identity {
	struct slip *slip;
	double column_pt, x, height;
};

static void put_identity(struct identity *identity, const char *label, const char *value, bool strong)
{
	struct flow *flow = &identity->slip->flow;
	struct lettering letters = value_letters;
	struct text_lines lines;
	double span;

	if (!value || !*value)
		return;
	letters.bold = strong;
	span = ceil((text_width_pt(flow->fonts, &letters, value, strlen(value)) + 10) / identity->column_pt);
	span = fmin(span, IDENTITY_COLUMNS);
	if (identity->x + span * identity->column_pt > flow->right + 1) {
		flow->y += identity->height;
		identity->x = flow->left;
		identity->height = 0;
	}
	lines = text_fit(flow->fonts, &letters, value, field(identity->slip->person, "id"),
		span * identity->column_pt - 10, 2, flow->arena);
	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_puts(flow->canvas, identity->x, flow->y + 9, &label_letters, label);
	for (size_t i = 0; i < lines.count; i++)
		canvas_text(flow->canvas, identity->x, flow->y + 21 + 12 * (double)i, &letters,
			lines.lines[i].text, lines.lines[i].length);
	canvas_tag_end(flow->canvas);
	identity->x += span * identity->column_pt;
	identity->height = fmax(identity->height, 16 + 12 * (double)lines.count);
}

#define FACT_PT 12.0
#define FACT_GAP_PT 16.0 /* between the columns of facts */

static double fact_span(const struct flow *flow, const char *label, const char *value)
{
	double column = (flow->right - flow->left + FACT_GAP_PT) / IDENTITY_COLUMNS;
	double width = text_width_pt(flow->fonts, &note_letters, label, strlen(label)) + 6 +
		       text_width_pt(flow->fonts, &note_letters, value, strlen(value)) + FACT_GAP_PT;

	return fmin(ceil(width / column), IDENTITY_COLUMNS);
}

/* Label and value at the two edges of a cell. What is wider than the page loses its label's middle. */
static void put_fact(struct flow *flow, double x, double right, const char *label, const char *value)
{
	struct lettering strong = note_letters;
	double width = text_width_pt(flow->fonts, &note_letters, value, strlen(value));
	struct text_lines lines =
		text_fit(flow->fonts, &note_letters, label, NULL, fmax(right - width - 6 - x, 40), 1, flow->arena);

	strong.ink = INK_TEXT;
	strong.anchor = ANCHOR_END;
	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_text(flow->canvas, x, flow->y + 8.6, &note_letters, lines.lines[0].text, lines.lines[0].length);
	canvas_puts(flow->canvas, right, flow->y + 8.6, &strong, value);
	canvas_tag_end(flow->canvas);
}

const xmlNode *payslip_facts(struct slip *slip, const xmlNode *fact, int rows)
{
	struct flow *flow = &slip->flow;
	double column = (flow->right - flow->left + FACT_GAP_PT) / IDENTITY_COLUMNS, at = 0;
	bool any = false;

	for (; fact; fact = field_next(fact)) {
		const char *label = field(fact, "label"), *value = field_text(field_child(fact, "now"));
		double span = fact_span(flow, label, value);

		if (!field_is(fact, "slip", "yes"))
			continue;
		if (any && at + span > IDENTITY_COLUMNS) {
			if (!--rows)
				break;
			flow->y += FACT_PT;
			at = 0;
		}
		if (at <= 0)
			flow_need(flow, FACT_PT);
		put_fact(flow, flow->left + at * column, flow->left + (at + span) * column - FACT_GAP_PT, label,
			value);
		at += span;
		any = true;
	}
	flow->y += any ? FACT_PT : 0;
	return fact;
}

static bool is_this_month(const struct slip *slip, const char *date)
{
	const char *month = field(slip->page, "month");

	return date && month && !strncmp(date, month, strlen(month));
}

/* So many rows of facts stand at the head, the others below the amounts. */
#define FACT_ROWS 2

static void draw_identity(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	struct identity identity = { slip, (flow->right - flow->left) / IDENTITY_COLUMNS, flow->left, 0 };
	const xmlNode *person = slip->person;
	const char *tail = field(person, "account-tail"), *path = field(person, "unit-path");

	put_identity(&identity, slip_word(slip, WORD_NAME), field(person, "name"), true);
	put_identity(&identity, slip_word(slip, WORD_EMPLOYEE_NUMBER), field(person, "id"), false);
	put_identity(&identity, slip_word(slip, WORD_UNIT), path ? path : field(person, "unit"), false);
	put_identity(&identity, slip_word(slip, WORD_GRADE), field(person, "grade"), false);
	put_identity(&identity, slip_word(slip, WORD_PAY_DATE), field(slip->company, "pay-date-text"), false);
	if (tail)
		put_identity(&identity, slip_word(slip, WORD_ACCOUNT),
			arena_printf(flow->arena, "**** %s", tail), false);
	if (is_this_month(slip, field(person, "hired")))
		put_identity(&identity, slip_word(slip, WORD_HIRED), field(person, "hired-text"), false);
	put_identity(&identity, slip_word(slip, WORD_LEFT), field(person, "left-text"), false);
	flow->y += identity.height + 2;
	slip->facts = payslip_facts(slip, field_path(slip->person, "facts/figure"), FACT_ROWS);
	flow->y += 6;
}

static void put_held(struct slip *slip, double right, double y)
{
	const struct lettering letters = { 9, true, INK_THIRD, ANCHOR_END };
	const char *reason = field(slip->person, "hold-reason"), *held = slip_word(slip, WORD_HELD);
	const char *text =
		reason ? arena_printf(slip->flow.arena, "%s%s%s", held, slip_word(slip, WORD_COLON), reason)
		       : held;
	struct text_lines lines = text_fit(slip->flow.fonts, &letters, text, NULL, 250, 1, slip->flow.arena);

	canvas_text(slip->flow.canvas, right, y, &letters, lines.lines[0].text, lines.lines[0].length);
}

static const char *total_text(struct slip *slip, const char *kind, enum word name)
{
	const xmlNode *total = field_child(payslip_section(slip, kind), "total");
	const char *own = field(total, "name");

	return total ? arena_printf(slip->flow.arena, "%s %s", own ? own : slip_word(slip, name),
			       field_text(field_child(total, "now")))
		     : NULL;
}

/* Earnings less deductions: as printed, it is net. Left out where there is no room beside the amount. */
static void put_sum(struct slip *slip, double right, double y, double room)
{
	const struct lettering letters = { 8, false, INK_TEXT, ANCHOR_END };
	const char *earned = total_text(slip, "earnings", WORD_EARNINGS_TOTAL),
		   *deducted = total_text(slip, "deductions", WORD_DEDUCTIONS_TOTAL), *text;

	if (!earned || !deducted)
		return;
	text = arena_printf(slip->flow.arena, "%s − %s", earned, deducted);
	if (text_width_pt(slip->flow.fonts, &letters, text, strlen(text)) <= room)
		canvas_puts(slip->flow.canvas, right, y, &letters, text);
}

static void draw_net(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	struct canvas *canvas = flow->canvas;
	const xmlNode *net = field_path(slip->person, "pay/net");
	const struct lettering figure = { 20, true, INK_FOCUS, ANCHOR_START };
	const char *amount = arena_printf(
		flow->arena, "%s %s", field(slip->company, "symbol"), field_text(field_child(net, "now")));
	const char *year = field_text(field_child(net, "year"));
	double height = 52, x = flow->left + 14, right = flow->right - 12;
	double room = right - x - text_width_pt(flow->fonts, &figure, amount, strlen(amount)) - 12;

	canvas_rect(canvas, (struct box){ flow->left, flow->y, flow->right - flow->left, height }, INK_TINT,
		PEN_NONE);
	canvas_rect(canvas, (struct box){ flow->left, flow->y, 3, height }, INK_FOCUS, PEN_NONE);
	canvas_tag_begin(canvas, "P", NULL);
	canvas_puts(canvas, x, flow->y + 17, &(struct lettering){ 9, false, INK_MUTED, ANCHOR_START },
		slip_word(slip, WORD_NET_PAY));
	canvas_puts(canvas, x, flow->y + 41, &figure, amount);
	canvas_puts(canvas, right, flow->y + 17, &(struct lettering){ 9.5, false, INK_TEXT, ANCHOR_END },
		field_text(field_child(net, "capitals")));
	put_sum(slip, right, flow->y + 31, room);
	if (field_is(slip->person, "state", "held"))
		put_held(slip, right, flow->y + 44);
	else if (*year)
		canvas_puts(canvas, right, flow->y + 44,
			&(struct lettering){ 8, false, INK_MUTED, ANCHOR_END },
			arena_printf(flow->arena, "%s %s", slip_word(slip, WORD_YEAR_TO_DATE), year));
	canvas_tag_end(canvas);
	flow->y += height + 8;
}

void payslip_head(struct slip *slip)
{
	draw_title(slip);
	draw_identity(slip);
	draw_net(slip);
}
