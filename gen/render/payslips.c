#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "render/canvas_direct.h"
#include "render/charset.h"
#include "render/font.h"
#include "render/payslip.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include "render/slip.h"
#include <stdlib.h>
#include <string.h>

/* The slips of a document: what they share, and each one's frame. */

const char *slip_word(const struct slip *slip, enum word id)
{
	return word(slip->flow.language, id);
}

const char *slip_say(const struct slip *slip, enum word id, const char *first, const char *second)
{
	return word_with(
		slip->flow.arena, slip->flow.language, id, (const char *const[]){ first, second, "", "" });
}

void slip_part(struct slip *slip, const char *heading, const char *bookmark)
{
	struct flow *flow = &slip->flow;

	flow_need(flow, 60);
	flow->y += 10;
	canvas_bookmark(flow->canvas, bookmark, slip->flow.page == 1 ? 0 : 1);
	flow_paragraph(flow,
		&(struct paragraph){
			"H2", flow->left, flow->right, 15, { 10.5, true, INK_TEXT, ANCHOR_START } },
		heading);
}

static void draw_head(struct flow *flow)
{
	struct slip *slip = flow->owner;
	const struct lettering left = { 8, false, INK_MUTED, ANCHOR_START },
			       right = { 8, false, INK_MUTED, ANCHOR_END };
	const char *who =
		arena_printf(flow->arena, "%s · %s", field(slip->person, "name"), field(slip->person, "id"));

	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_puts(flow->canvas, flow->left, flow->y + 8, &left,
		arena_printf(flow->arena, "%s %s", slip_word(slip, WORD_PAYSLIP),
			field(slip->page, "month-text")));
	canvas_puts(flow->canvas, flow->right, flow->y + 8, &right, who);
	canvas_tag_end(flow->canvas);
	flow->y += 13;
	canvas_line(flow->canvas, (struct point){ flow->left, flow->y },
		(struct point){ flow->right, flow->y }, (struct pen){ INK_FOCUS, 0.8, 0 });
	flow->y += 6;
}

static void draw_foot(struct flow *flow)
{
	struct slip *slip = flow->owner;
	const struct lettering left = { 7.5, false, INK_MUTED, ANCHOR_START },
			       right = { 7.5, false, INK_MUTED, ANCHOR_END };
	struct text_buffer text = TEXT_BUFFER_INIT;
	double y = PAGE_HEIGHT_PT - 30;

	for (const xmlNode *version = field_child(slip->provenance, "version"); version;
		version = field_next(version))
		text_buffer_printf(&text, "%s%s %s", text.length ? slip_word(slip, WORD_SEMICOLON) : "",
			field_text(version), field(version, "version"));
	text_buffer_printf(&text, "%s%s", text.length ? " · " : "", field(slip->provenance, "tool"));
	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_puts(flow->canvas, flow->left, y, &left, text.data);
	canvas_puts(flow->canvas, flow->right, y, &right,
		slip_say(slip, WORD_PAGE, arena_printf(flow->arena, "%d", flow->page), ""));
	canvas_tag_end(flow->canvas);
	text_buffer_release(&text);
}

struct payslips {
	const struct fonts *fonts;
	const xmlNode *model;
	struct pdf_fonts *pdf_fonts; /* NULL: cairo draws */
	struct pdf_font_use use;
	struct pdf_file *file;
};

static struct slip new_slip(const struct payslips *payslips, const xmlNode *person, struct arena *arena)
{
	const xmlNode *model = payslips->model;

	return (struct slip){
		.flow = { .fonts = payslips->fonts,
			.arena = arena,
			.language = field(model, "lang"),
			.head = draw_head,
			.foot = draw_foot },
		.person = person,
		.company = field_child(model, "company"),
		.page = field_child(model, "page"),
		.provenance = field_child(model, "provenance"),
	};
}

static void draw_on(struct slip *slip, struct canvas *canvas)
{
	slip->flow.owner = slip;
	slip->flow.canvas = canvas;
	slip->dry = canvas_blank_new(slip->flow.fonts);
	slip->has_waterfall = false;
	flow_begin(&slip->flow);
	canvas_bookmark(canvas, slip_word(slip, WORD_PAYSLIP), 0);
	payslip_page(slip);
	payslip_how(slip);
	flow_end(&slip->flow);
	canvas_finish(slip->dry);
}

/*
 * What slips have in common: glyphs of the first person's slip that stand in
 * fixed words, in the document's head or in names and formulas of figures.
 * Nothing of the first person alone gets into another's file.
 */
struct common {
	struct charset *words;
	struct pdf_fonts *fonts;
};

static void take_words(struct charset *words, const xmlNode *node)
{
	static const char *const attributes[] = { "label", "name", "article", "weight-text" };
	const char *text;

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if ((text = field(node, attributes[i])))
			charset_add(words, text, strlen(text));
	if (xmlStrEqual(node->name, (const xmlChar *)"formula") ||
		xmlStrEqual(node->name, (const xmlChar *)"column")) {
		text = field_text(node);
		charset_add(words, text, strlen(text));
	}
}

static void take_subtree(struct charset *words, const xmlNode *node)
{
	if (!node || xmlStrEqual(node->name, (const xmlChar *)"entry"))
		return;
	take_words(words, node);
	for (const xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			take_subtree(words, child);
}

static void take_all(struct charset *words, const xmlNode *node)
{
	const char *text = field_text(node);

	for (const xmlAttr *at = node->properties; at; at = at->next)
		if (at->children && at->children->content)
			charset_add(words, (const char *)at->children->content,
				strlen((const char *)at->children->content));
	charset_add(words, text, strlen(text));
	for (const xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			take_all(words, child);
}

static void share(void *context, const struct glyph *glyph, const char *utf8)
{
	struct common *common = context;

	if (glyph->face < FONTS_OWN && glyph->bytes && charset_has(common->words, text_next(&utf8)))
		pdf_fonts_share(common->fonts, glyph->face == 1, (uint16_t)glyph->index);
}

static void learn(struct payslips *payslips, const xmlNode *person)
{
	static const char *const parts[] = { "pay", "scorecard", "facts", "statement" };
	struct arena *arena = arena_new();
	struct common common = { charset_new(), payslips->pdf_fonts };
	struct slip slip = new_slip(payslips, person, arena);
	struct canvas *canvas = canvas_record_new(payslips->fonts, share, &common);

	words_add_characters(common.words);
	take_all(common.words, slip.company);
	take_all(common.words, slip.page);
	take_all(common.words, slip.provenance);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		take_subtree(common.words, field_child(person, parts[i]));
	draw_on(&slip, canvas);
	canvas_finish(canvas);
	charset_free(common.words);
	arena_free(arena);
}

struct payslips *payslips_new(const struct fonts *fonts, const xmlNode *model)
{
	struct payslips *payslips = calloc(1, sizeof *payslips);
	const xmlNode *person = field_path(model, "unit/people/person");

	if (!payslips)
		bug("out of memory");
	*payslips = (struct payslips){ .fonts = fonts, .model = model, .pdf_fonts = pdf_fonts_new(fonts) };
	if (!payslips->pdf_fonts)
		return payslips;
	payslips->file = pdf_file_new();
	payslips->use = pdf_font_use_new(payslips->pdf_fonts);
	if (person)
		learn(payslips, person);
	pdf_fonts_make(payslips->pdf_fonts, payslips->file);
	return payslips;
}

void payslips_free(struct payslips *payslips)
{
	if (!payslips)
		return;
	if (payslips->pdf_fonts)
		pdf_font_use_release(&payslips->use);
	pdf_fonts_free(payslips->pdf_fonts);
	pdf_file_free(payslips->file);
	free(payslips);
}

typedef void drawing_fn(struct slip *slip, struct canvas *canvas);

/* By the direct device; what that cannot write, by cairo. */
static void draw_file(
	struct payslips *payslips, struct slip *slip, const char *title, drawing_fn *draw, struct file_writer *out)
{
	const struct canvas_about about = {
		.title = title,
		.author = field(slip->company, "name"),
		.language = slip->flow.language,
		.date = field(slip->company, "pay-date"),
	};
	struct slip again = *slip;
	bool drawn = false;

	if (payslips->pdf_fonts) {
		const struct canvas_direct_tools tools = { payslips->pdf_fonts, &payslips->use,
			payslips->file };
		struct canvas *canvas = canvas_direct_new(payslips->fonts, &about, &tools, out);

		draw(slip, canvas);
		drawn = canvas_direct_finish(canvas);
	}
	if (!drawn) {
		struct canvas *canvas = canvas_pdf_new(payslips->fonts, &about, out);

		draw(&again, canvas);
		canvas_finish(canvas);
	}
}

void payslip_draw(struct payslips *payslips, const xmlNode *person, struct file_writer *out)
{
	struct arena *arena = arena_new();
	struct slip slip = new_slip(payslips, person, arena);

	draw_file(payslips, &slip,
		slip_say(&slip, WORD_PAYSLIP_OF, field(person, "name"), field(slip.page, "month-text")), draw_on, out);
	arena_free(arena);
}

/* ---- strips ---- */
#define STRIPS_MARGIN_PT 40.0

static void no_head(struct flow *flow)
{
	(void)flow;
}

static void draw_strips_foot(struct flow *flow)
{
	struct slip *slip = flow->owner;
	const struct lettering left = { 7.5, false, INK_MUTED, ANCHOR_START },
			       right = { 7.5, false, INK_MUTED, ANCHOR_END };
	double y = PAGE_HEIGHT_PT - 22;

	canvas_tag_begin(flow->canvas, "P", NULL);
	canvas_puts(flow->canvas, flow->left, y, &left, slip_word(slip, WORD_CUT));
	canvas_puts(flow->canvas, flow->right, y, &right,
		slip_say(slip, WORD_PAGE, arena_printf(flow->arena, "%d", flow->page), ""));
	canvas_tag_end(flow->canvas);
}

static void draw_strips_on(struct slip *slip, struct canvas *canvas)
{
	const xmlNode *people = slip->person->parent;

	slip->flow.owner = slip;
	slip->flow.canvas = canvas;
	flow_begin(&slip->flow);
	slip_strips(slip, people);
	flow_end(&slip->flow);
}

void payslips_draw_strips(struct payslips *payslips, struct file_writer *out)
{
	const xmlNode *unit = field_path(payslips->model, "unit");
	struct arena *arena = arena_new();
	struct slip slip = new_slip(payslips, field_path(unit, "people/person"), arena);

	slip.flow.head = no_head;
	slip.flow.foot = draw_strips_foot;
	slip.flow.margin_pt = STRIPS_MARGIN_PT;
	draw_file(payslips, &slip,
		slip_say(&slip, WORD_PAYSLIP_OF, field(unit, "name"), field(slip.page, "month-text")),
		draw_strips_on, out);
	arena_free(arena);
}
