#include "base/arena.h"
#include "base/text.h"
#include "render/scale.h"
#include "render/slip.h"
#include "render/typeset.h"
#include <limits.h>
#include <math.h>
#include <string.h>

/*
 * Page 1 of the slip. Order (UX 5.2): who, net, earnings, deductions,
 * employer's part, comparison, appraisal, notes: net first, because it is
 * what people look for.
 */

static const struct lettering note_letters = { 8, false, INK_MUTED, ANCHOR_START };

static const struct {
	const char *kind;
	enum word title, total;
} sections[] = {
	{ "earnings", WORD_EARNINGS, WORD_EARNINGS_TOTAL },
	{ "deductions", WORD_DEDUCTIONS, WORD_DEDUCTIONS_TOTAL },
	{ "employer", WORD_EMPLOYER, WORD_EMPLOYER_TOTAL },
};

/* Why, where the model says so: a correction names its month; else what it was computed from. */
static const char *basis_of(const xmlNode *figure)
{
	const char *reason = field_text(field_child(figure, "reason"));

	return *reason ? reason : field_text(field_child(figure, "basis"));
}

static void draw_section(struct slip *slip, const xmlNode *section, enum word title, enum word total_word)
{
	struct flow *flow = &slip->flow;
	struct sheet_column columns[] = {
		{ 138, ANCHOR_START, false, NULL, 0 },
		{ 165, ANCHOR_START, true, slip_word(slip, WORD_BASIS), 2 },
		{ 95, ANCHOR_END, false, slip_word(slip, WORD_THIS_MONTH), 0 },
		{ flow->right - flow->left - 398, ANCHOR_END, false, slip_word(slip, WORD_YEAR_TO_DATE), 0 },
	};
	struct sheet sheet = { .flow = flow,
		.columns = columns,
		.count = 4,
		.title = slip_word(slip, title),
		.dense = slip->dense };
	const xmlNode *total = field_child(section, "total");
	const char *name = field(total, "name");

	sheet_begin(&sheet);
	for (const xmlNode *figure = field_child(section, "figure"); figure; figure = field_next(figure)) {
		bool last = !field_next(figure);

		if (field_is(figure, "slip", "yes"))
			sheet_row(&sheet, SHEET_ROW,
				(const char *const[]){ field(figure, "label"), basis_of(figure),
					field_text(field_child(figure, "now")),
					field_text(field_child(figure, "year")) },
				last ? 16 : 0);
	}
	sheet_row(&sheet, SHEET_TOTAL,
		(const char *const[]){ name ? name : slip_word(slip, total_word), NULL,
			field_text(field_child(total, "now")), field_text(field_child(total, "year")) },
		0);
	sheet_end(&sheet);
	flow->y += slip->dense ? 5 : 9;
}

const xmlNode *payslip_section(const struct slip *slip, const char *kind)
{
	const xmlNode *section = field_path(slip->person, "pay/section");

	while (section && !field_is(section, "kind", kind))
		section = field_next(section);
	return section;
}

static void draw_sections(struct slip *slip)
{
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		const xmlNode *section = payslip_section(slip, sections[i].kind);

		if (section && field_child(section, "figure"))
			draw_section(slip, section, sections[i].title, sections[i].total);
	}
}

/* A label in the first column, words beside it. */
static void put_remark(struct slip *slip, const char *label, const char *text, double right)
{
	struct flow *flow = &slip->flow;
	const struct lettering strong = { 9, true, INK_TEXT, ANCHOR_START };
	double indent = fmax(74, text_width_pt(flow->fonts, &strong, label, strlen(label)) + 10);
	struct paragraph paragraph = { "P", flow->left + indent, right, 13,
		{ 9, false, INK_TEXT, ANCHOR_START } };

	flow_need(flow, 13);
	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_puts(flow->canvas, flow->left, flow->y + 9.1, &strong, label);
	canvas_tag_end(flow->canvas);
	flow_paragraph(flow, &paragraph, text);
}

#define CAUSES_SHOWN 4 /* before the rest is put together */

static void draw_change(struct slip *slip)
{
	const xmlNode *change = field_path(slip->person, "pay/change"), *cause = field_child(change, "cause"),
		      *rest = field_child(change, "rest");
	struct text_buffer text = TEXT_BUFFER_INIT;

	if (!change)
		return;
	text_buffer_puts(
		&text, slip_say(slip, WORD_CHANGE_TEXT, field_text(field_child(change, "total")), ""));
	for (size_t i = 0; cause && (!rest || i < CAUSES_SHOWN); i++, cause = field_next(cause))
		text_buffer_printf(&text, "%s%s\u00a0%s", slip_word(slip, i ? WORD_COMMA : WORD_OPEN),
			field(cause, "name"), field_text(cause));
	if (rest)
		text_buffer_printf(&text, "%s%s", slip_word(slip, WORD_COMMA),
			slip_say(slip, WORD_CAUSES_REST, field(rest, "count"), field_text(rest)));
	if (field_child(change, "cause"))
		text_buffer_puts(&text, slip_word(slip, WORD_CLOSE));
	put_remark(slip, slip_word(slip, WORD_CHANGE), text.data, slip->flow.right);
	text_buffer_release(&text);
}

/* Where the own score lies among all: the bins of the model, the own one dark. */
static void draw_strip(struct slip *slip, const xmlNode *distribution, const xmlNode *score, struct box box)
{
	struct canvas *canvas = slip->flow.canvas;
	const xmlNode *axis = field_child(distribution, "scale"), *tick = field_child(axis, "tick");
	struct scale scale = scale_read(axis, box.x, box.x + box.width);
	const struct lettering tick_letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };
	double floor_y = box.y + box.height - 10, top_y = box.y + 6, own, from, to, part, x;
	bool has_own = scale_place(&scale, score, &own);

	canvas_tag_begin(canvas, "Figure", field_text(field_child(distribution, "finding")));
	for (const xmlNode *bin = field_child(distribution, "bin"); bin; bin = field_next(bin)) {
		if (!field_number(bin, "from", &from) || !field_number(bin, "to", &to) ||
			!field_number(bin, "at", &part))
			continue;
		from = scale_at(&scale, from);
		to = scale_at(&scale, to);
		part *= (floor_y - top_y) / 100;
		if (part > 0)
			canvas_rect(canvas, (struct box){ from + 0.5, floor_y - part, to - from - 1, part },
				has_own && own >= from && (own < to || !field_next(bin)) ? INK_FOCUS
											 : INK_BAR,
				PEN_NONE);
	}
	canvas_line(canvas, (struct point){ box.x, floor_y }, (struct point){ box.x + box.width, floor_y },
		(struct pen){ INK_AXIS, 0.6, 0 });
	if (has_own)
		canvas_path(canvas,
			(struct point[]){ { own - 3, box.y }, { own + 3, box.y }, { own, box.y + 5 } }, 3,
			INK_FOCUS, PEN_NONE);
	for (; tick; tick = field_next(tick))
		if (scale_place(&scale, tick, &x))
			canvas_puts(canvas, x, box.y + box.height - 1.5, &tick_letters, field_text(tick));
	canvas_tag_end(canvas);
}

static const xmlNode *company_scores(const struct slip *slip)
{
	const xmlNode *unit = slip->person->parent->parent;
	const xmlNode *scores = field_path(unit, "company-scores/distribution");

	return scores ? scores : field_child(unit, "distribution");
}

static void draw_score(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	const xmlNode *card = field_child(slip->person, "scorecard"), *now = field_child(card, "now");
	const xmlNode *distribution = company_scores(slip);
	struct text_buffer text = TEXT_BUFFER_INIT;
	double top, strip = 150;

	if (!card)
		return;
	flow_need(flow, 36);
	top = flow->y;
	text_buffer_printf(&text, "%s %s", field(card, "label"), field_text(now));
	for (const xmlNode *rank = field_child(slip->person, "rank"); rank; rank = field_next(rank))
		text_buffer_printf(&text, "%s%s %s%s/%s", slip_word(slip, WORD_SEMICOLON),
			field(rank, "label"), field_is(rank, "tied", "yes") ? "=" : "", field(rank, "value"),
			field(rank, "of"));
	put_remark(slip, slip_word(slip, WORD_SCORE), text.data, flow->right - strip - 24);
	text_buffer_release(&text);
	if (!distribution || !field_child(distribution, "bin"))
		return;
	draw_strip(slip, distribution, now, (struct box){ flow->right - strip - 8, top + 1, strip, 34 });
	flow->y = fmax(flow->y, top + 37);
}

static void draw_notes(struct slip *slip)
{
	struct flow *flow = &slip->flow;
	struct paragraph note = { "P", flow->left, flow->right, 11.5, note_letters };
	const char *words = field_text(field_child(slip->company, "slip-note"));

	for (const xmlNode *check = field_child(slip->person, "check"); check; check = field_next(check))
		if (field_is(check, "slip", "yes"))
			put_remark(slip, field(check, "name"), field_text(check), flow->right);
	flow->y += 3;
	flow_need(flow, 24);
	canvas_line(flow->canvas, (struct point){ flow->left, flow->y },
		(struct point){ flow->right, flow->y }, (struct pen){ INK_GRID, 0.5, 0 });
	flow->y += 4;
	if (*words)
		flow_paragraph(flow, &note, words);
	flow_paragraph(flow, &note,
		arena_printf(flow->arena, "%s %s", slip_word(slip, WORD_MORE_PAGES),
			slip_word(slip, WORD_PERSONAL)));
}

/* Those that found no room at the head. */
static void draw_more_facts(struct slip *slip)
{
	const xmlNode *fact = slip->facts;

	if (!fact)
		return;
	payslip_facts(slip, fact, INT_MAX);
	slip->flow.y += slip->dense ? 3 : 6;
}

static void draw_page(struct slip *slip)
{
	payslip_head(slip);
	draw_sections(slip);
	draw_more_facts(slip);
	draw_change(slip);
	draw_score(slip);
	draw_notes(slip);
	if (slip->flow.page == 1 && !slip->has_waterfall && flow_has(&slip->flow, payslip_waterfall_pt(slip)))
		payslip_waterfall(slip);
}

/* So many lines fit on a page in any case. */
#define LINES_WIDE 16

/* Would page 1 overflow with rows at their normal distance? */
static bool overflows(struct slip *slip)
{
	struct slip trial = *slip;
	size_t lines = 0;

	for (const xmlNode *section = field_path(slip->person, "pay/section"); section;
		section = field_next(section))
		for (const xmlNode *figure = field_child(section, "figure"); figure;
			figure = field_next(figure))
			lines += field_is(figure, "slip", "yes");
	if (lines <= LINES_WIDE)
		return false;
	trial.flow.canvas = slip->dry;
	trial.flow.owner = &trial;
	trial.has_waterfall = true;
	draw_page(&trial);
	return trial.flow.page > 1;
}

void payslip_page(struct slip *slip)
{
	/* many lines are set closer together, never smaller, before they flow to the next page */
	slip->dense = overflows(slip);
	draw_page(slip);
}
