#include "render/chart.h"
#include "base/arena.h"
#include "base/file.h"
#include "render/canvas_direct.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include "render/typeset.h"
#include <string.h>

#define MARGIN_PT 42.0
#define INLINE_MARGIN_PT 6.0
#define FOOT_PT 26.0 /* room for two lines of footnote */

static const struct lettering foot_letters = { 7.5, false, INK_MUTED, ANCHOR_START };

const char *chart_word(const struct chart *chart, enum word id)
{
	return word(chart->flow.language, id);
}

const char *chart_say(const struct chart *chart, enum word id, const char *first, const char *second)
{
	return word_with(
		chart->flow.arena, chart->flow.language, id, (const char *const[]){ first, second, "", "" });
}

static void draw_head(struct flow *flow)
{
	struct chart *chart = flow->owner;
	const struct lettering letters = { 9, true, INK_TEXT, ANCHOR_START };
	struct text_lines lines =
		text_fit(flow->fonts, &letters, chart->title, NULL, flow->right - flow->left, 1, flow->arena);

	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_text(
		flow->canvas, flow->left, flow->y + 8, &letters, lines.lines[0].text, lines.lines[0].length);
	canvas_puts(flow->canvas, flow->left, flow->y + 19,
		&(struct lettering){ 7.5, false, INK_MUTED, ANCHOR_START }, chart->subtitle);
	canvas_tag_end(flow->canvas);
	flow->y += 25;
}

static void draw_foot(struct flow *flow)
{
	struct chart *chart = flow->owner;
	double y = flow->height_pt - MARGIN_PT - FOOT_PT + 16, right = flow->right - (chart->paged ? 50 : 0);
	struct text_lines lines = text_fit(
		flow->fonts, &foot_letters, chart->footnote, NULL, right - flow->left, 2, flow->arena);

	canvas_tag_begin(flow->canvas, "P", NULL);
	for (size_t i = 0; i < lines.count; i++)
		canvas_text(flow->canvas, flow->left, y + 10 * (double)i, &foot_letters, lines.lines[i].text,
			lines.lines[i].length);
	if (chart->paged)
		canvas_puts(flow->canvas, flow->right, y,
			&(struct lettering){ 7.5, false, INK_MUTED, ANCHOR_END },
			chart_say(chart, WORD_PAGE, arena_printf(flow->arena, "%d", flow->page), ""));
	canvas_tag_end(flow->canvas);
}

static void draw_nothing(struct flow *flow)
{
	(void)flow;
}

static void draw_title(struct chart *chart)
{
	struct flow *flow = &chart->flow;

	flow_paragraph(flow,
		&(struct paragraph){
			"H1", flow->left, flow->right, 18, { 13, true, INK_TEXT, ANCHOR_START } },
		chart->title);
	flow_paragraph(flow,
		&(struct paragraph){
			"P", flow->left, flow->right, 13, { 9, false, INK_MUTED, ANCHOR_START } },
		chart->subtitle);
	flow->y += 4;
}

static void draw_all(struct chart *chart, chart_body *body, void *context)
{
	struct flow *flow = &chart->flow;

	flow_begin(flow);
	/* an SVG is as high as its content: nothing breaks there, whatever room it asks for */
	flow->bottom = chart->paged ? flow->bottom - FOOT_PT : 1e6;
	if (!chart->is_inline)
		draw_title(chart);
	body(chart, context);
	flow_end(flow);
}

static void draw_svg(struct chart *chart, const struct canvas_about *about, chart_body *body, void *context,
	struct file_writer *out)
{
	struct flow *flow = &chart->flow;

	flow->canvas = canvas_blank_new(flow->fonts);
	draw_all(chart, body, context);
	canvas_finish(flow->canvas);
	flow->canvas = canvas_svg_new(flow->fonts, about, out);
	flow->height_pt = chart->is_inline ? flow->y + flow->margin_pt : flow->y + FOOT_PT + MARGIN_PT;
	draw_all(chart, body, context);
	canvas_finish(flow->canvas);
}

static void draw_pdf(struct chart *chart, const struct canvas_about *about, chart_body *body, void *context,
	struct file_writer *out)
{
	struct flow *flow = &chart->flow;
	struct pdf_fonts *fonts = pdf_fonts_new(flow->fonts);
	bool drawn = false;

	if (fonts) {
		struct pdf_font_use use = pdf_font_use_new(fonts);
		struct pdf_file *file = pdf_file_new();

		flow->canvas = canvas_direct_new(
			flow->fonts, about, &(struct canvas_direct_tools){ fonts, &use, file }, out);
		draw_all(chart, body, context);
		drawn = canvas_direct_finish(flow->canvas);
		pdf_file_free(file);
		pdf_font_use_release(&use);
		pdf_fonts_free(fonts);
	}
	if (!drawn) {
		flow->canvas = canvas_pdf_new(flow->fonts, about, out);
		draw_all(chart, body, context);
		canvas_finish(flow->canvas);
	}
}

void chart_draw(struct chart *chart, enum drawing_device device, const char *alt, chart_body *body,
	void *context, struct file_writer *out)
{
	struct flow *flow = &chart->flow;
	const xmlNode *company = field_child(chart->model, "company"),
		      *page = field_child(chart->model, "page");
	const char *date = field(company, "pay-date");
	struct canvas_about about = {
		.title = chart->title,
		.author = field(company, "name"),
		.subject = chart->subtitle,
		.description = alt,
		.language = flow->language,
		.date = date ? date : arena_printf(flow->arena, "%s-01", field(page, "month")),
	};

	flow->head = draw_head;
	flow->foot = device == DRAW_INLINE ? draw_nothing : draw_foot;
	flow->owner = chart;
	chart->is_inline = device == DRAW_INLINE;
	flow->margin_pt = chart->is_inline ? INLINE_MARGIN_PT : MARGIN_PT;
	chart->paged = device == DRAW_PDF;
	if (device != DRAW_PDF) {
		draw_svg(chart, &about, body, context, out);
		return;
	}
	draw_pdf(chart, &about, body, context, out);
}

void chart_heading(struct chart *chart, const char *text, double room_pt)
{
	struct flow *flow = &chart->flow;

	flow_need(flow, 26 + room_pt);
	flow->y += 8;
	flow_paragraph(flow,
		&(struct paragraph){
			"H2", flow->left, flow->right, 16, { 10.5, true, INK_TEXT, ANCHOR_START } },
		text);
}

void chart_key(struct chart *chart, const struct key_entry *entries, size_t count)
{
	key_draw(&chart->flow, entries, count);
}

static const struct {
	const char *kind;
	enum word text;
} mark_words[] = {
	{ "pass", WORD_MARK_PASS },
	{ "target", WORD_MARK_TARGET },
	{ "median", WORD_MARK_MEDIAN },
	{ "mean", WORD_MARK_MEAN },
};

const char *chart_mark(const struct chart *chart, const xmlNode *mark)
{
	for (size_t i = 0; i < sizeof mark_words / sizeof *mark_words; i++)
		if (field_is(mark, "kind", mark_words[i].kind))
			return chart_say(chart, mark_words[i].text, field_text(mark), "");
	return NULL;
}

void chart_further(struct chart *chart, size_t rows)
{
	if (!rows)
		return;
	flow_paragraph(&chart->flow,
		&(struct paragraph){
			"P", chart->flow.left, chart->flow.right, 14, { 9, false, INK_MUTED, ANCHOR_START } },
		chart_say(chart, WORD_FURTHER_ROWS, arena_printf(chart->flow.arena, "%zu", rows), ""));
}
