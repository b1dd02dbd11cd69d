#include "base/bug.h"
#include "base/file.h"
#include "base/text.h"
#include "render/canvas_device.h"
#include "render/font.h"
#include "render/pdf_finish.h"
#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#define OUTLINE_LEVELS 4

struct canvas_pdf {
	struct canvas canvas;
	cairo_surface_t *surface;
	cairo_t *cairo;
	struct text_buffer bytes; /* cairo's output, finished by pdf_finish */
	struct glyph_row row;
	cairo_glyph_t *glyphs; /* room for row.room */
	cairo_text_cluster_t *clusters;
	size_t room;
	struct pdf_note *notes;
	size_t note_count, note_room;
	int page;
	double height_pt;
	int outline[OUTLINE_LEVELS]; /* the last bookmark of each level */
};

static cairo_status_t take_bytes(void *closure, const unsigned char *data, unsigned length)
{
	struct canvas_pdf *pdf = closure;

	text_buffer_add(&pdf->bytes, (const char *)data, length);
	return CAIRO_STATUS_SUCCESS;
}

static void pdf_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	struct canvas_pdf *pdf = (struct canvas_pdf *)canvas;

	cairo_pdf_surface_set_size(pdf->surface, width_pt, height_pt);
	pdf->page++;
	pdf->height_pt = height_pt;
}

static void pdf_page_end(struct canvas *canvas)
{
	cairo_show_page(((struct canvas_pdf *)canvas)->cairo);
}

static void set_ink(cairo_t *cairo, enum ink ink)
{
	const struct ink_entry *entry = ink_entry(ink);

	cairo_set_source_rgb(cairo, entry->red, entry->green, entry->blue);
}

/* Glyphs row[from, to) of one face; the clusters carry the text, so that extraction finds it. */
static void show(
	struct canvas_pdf *pdf, size_t from, size_t to, const char *utf8, struct point at, double size_pt)
{
	int clusters = 0;
	size_t bytes = 0;

	for (size_t i = from; i < to; i++) {
		const struct glyph *glyph = &pdf->row.glyphs[i];

		pdf->glyphs[i - from] = (cairo_glyph_t){ glyph->index, at.x + glyph->x_em * size_pt,
			at.y + glyph->y_em * size_pt };
		if (glyph->bytes || !clusters)
			pdf->clusters[clusters++] = (cairo_text_cluster_t){ (int)glyph->bytes, 1 };
		else
			pdf->clusters[clusters - 1].num_glyphs++;
		bytes += glyph->bytes;
	}
	cairo_set_font_face(pdf->cairo, fonts_face(pdf->canvas.fonts, pdf->row.glyphs[from].face));
	cairo_set_font_size(pdf->cairo, size_pt);
	cairo_show_text_glyphs(
		pdf->cairo, utf8, (int)bytes, pdf->glyphs, (int)(to - from), pdf->clusters, clusters, 0);
}

static void make_room(struct canvas_pdf *pdf)
{
	if (pdf->room >= pdf->row.count)
		return;
	pdf->room = pdf->row.room;
	free(pdf->glyphs);
	free(pdf->clusters);
	pdf->glyphs = calloc(pdf->room, sizeof *pdf->glyphs);
	pdf->clusters = calloc(pdf->room, sizeof *pdf->clusters);
	if (!pdf->glyphs || !pdf->clusters)
		bug("out of memory");
}

static void pdf_text(struct canvas *canvas, struct point at, const struct lettering *letters,
	const char *utf8, size_t length)
{
	static const double shift[] = { [ANCHOR_START] = 0, [ANCHOR_MIDDLE] = 0.5, [ANCHOR_END] = 1 };
	struct canvas_pdf *pdf = (struct canvas_pdf *)canvas;
	struct glyph_row *row = &pdf->row;

	fonts_layout(canvas->fonts, letters->bold, utf8, length, row);
	make_room(pdf);
	set_ink(pdf->cairo, letters->ink);
	at.x -= shift[letters->anchor] * row->width_em * letters->size_pt;
	for (size_t from = 0, to; from < row->count; from = to) {
		size_t bytes = 0;

		for (to = from; to < row->count && row->glyphs[to].face == row->glyphs[from].face; to++)
			bytes += row->glyphs[to].bytes;
		show(pdf, from, to, utf8, at, letters->size_pt);
		utf8 += bytes;
	}
}

static void paint(cairo_t *cairo, enum ink fill, struct pen pen)
{
	if (fill != INK_NONE) {
		set_ink(cairo, fill);
		if (pen.ink == INK_NONE)
			cairo_fill(cairo);
		else
			cairo_fill_preserve(cairo);
	}
	if (pen.ink != INK_NONE) {
		set_ink(cairo, pen.ink);
		cairo_set_line_width(cairo, pen.width_pt);
		cairo_set_dash(cairo, &pen.dash_pt, pen.dash_pt > 0, 0);
		cairo_stroke(cairo);
	}
}

static void pdf_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
{
	cairo_t *cairo = ((struct canvas_pdf *)canvas)->cairo;

	for (size_t i = 0; i < count; i++)
		cairo_line_to(cairo, points[i].x, points[i].y);
	if (fill != INK_NONE)
		cairo_close_path(cairo);
	paint(cairo, fill, pen);
}

static void pdf_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen)
{
	cairo_t *cairo = ((struct canvas_pdf *)canvas)->cairo;

	cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
	paint(cairo, fill, pen);
}

static void pdf_tag_begin(struct canvas *canvas, const char *tag, const char *alt)
{
	struct canvas_pdf *pdf = (struct canvas_pdf *)canvas;

	if (!strcmp(tag, "Figure") || !strcmp(tag, "TH")) {
		if (pdf->note_count == pdf->note_room) {
			pdf->note_room = pdf->note_room ? 2 * pdf->note_room : 32;
			pdf->notes = realloc(pdf->notes, pdf->note_room * sizeof *pdf->notes);
			if (!pdf->notes)
				bug("out of memory");
		}
		pdf->notes[pdf->note_count++] = (struct pdf_note){ tag, alt };
	}
	cairo_tag_begin(pdf->cairo, tag, NULL);
}

static void pdf_tag_end(struct canvas *canvas, const char *tag)
{
	cairo_tag_end(((struct canvas_pdf *)canvas)->cairo, tag);
}

/* Cairo's attribute syntax: quotes and backslashes are escaped by a backslash. */
static void quoted_tag(struct canvas *canvas, const char *tag, const char *attribute, const char *value)
{
	struct text_buffer text = TEXT_BUFFER_INIT;

	text_buffer_printf(&text, "%s='", attribute);
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			text_buffer_putc(&text, '\\');
		text_buffer_putc(&text, *value);
	}
	text_buffer_putc(&text, '\'');
	cairo_tag_begin(((struct canvas_pdf *)canvas)->cairo, tag, text.data);
	text_buffer_release(&text);
}

static void pdf_link_begin(struct canvas *canvas, const char *address)
{
	if (*address == '#')
		quoted_tag(canvas, CAIRO_TAG_LINK, "dest", address + 1);
	else
		quoted_tag(canvas, CAIRO_TAG_LINK, "uri", address);
}

static void pdf_link_end(struct canvas *canvas)
{
	cairo_tag_end(((struct canvas_pdf *)canvas)->cairo, CAIRO_TAG_LINK);
}

static void pdf_place(struct canvas *canvas, const char *name)
{
	quoted_tag(canvas, CAIRO_TAG_DEST, "name", name);
	cairo_tag_end(((struct canvas_pdf *)canvas)->cairo, CAIRO_TAG_DEST);
}

static void pdf_bookmark(struct canvas *canvas, const char *title, int level)
{
	struct canvas_pdf *pdf = (struct canvas_pdf *)canvas;
	struct text_buffer target = TEXT_BUFFER_INIT;
	int parent = level ? pdf->outline[level - 1] : CAIRO_PDF_OUTLINE_ROOT;

	if (level >= OUTLINE_LEVELS)
		bug("bookmark level %d", level);
	text_buffer_printf(&target, "page=%d pos=[0 0]", pdf->page);
	pdf->outline[level] = cairo_pdf_surface_add_outline(
		pdf->surface, parent, title, target.data, CAIRO_PDF_OUTLINE_FLAG_OPEN);
	text_buffer_release(&target);
}

static void pdf_canvas_finish(struct canvas *canvas)
{
	struct canvas_pdf *pdf = (struct canvas_pdf *)canvas;
	cairo_status_t status;

	cairo_tag_end(pdf->cairo, "Document");
	status = cairo_status(pdf->cairo);
	cairo_destroy(pdf->cairo);
	cairo_surface_finish(pdf->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(pdf->surface);
	if (status != CAIRO_STATUS_SUCCESS)
		bug("cairo: %s", cairo_status_to_string(status));
	pdf_finish_write(&(struct pdf_finish){ pdf->bytes.data, pdf->bytes.length, canvas->about.language,
				 pdf->notes, pdf->note_count },
		canvas->out);
	cairo_surface_destroy(pdf->surface);
	text_buffer_release(&pdf->bytes);
	glyph_row_release(&pdf->row);
	free(pdf->glyphs);
	free(pdf->clusters);
	free(pdf->notes);
	free(pdf);
}

static const struct canvas_device pdf_device = {
	.page_begin = pdf_page_begin,
	.page_end = pdf_page_end,
	.text = pdf_text,
	.path = pdf_path,
	.rect = pdf_rect,
	.tag_begin = pdf_tag_begin,
	.tag_end = pdf_tag_end,
	.link_begin = pdf_link_begin,
	.link_end = pdf_link_end,
	.place = pdf_place,
	.bookmark = pdf_bookmark,
	.finish = pdf_canvas_finish,
};

static void set_about(cairo_surface_t *surface, const struct canvas_about *about)
{
	struct text_buffer date = TEXT_BUFFER_INIT;

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about->title);
	if (about->author)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, about->author);
	if (about->subject)
		cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, about->subject);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "salespay");
	/* cairo 1.16 does not know SOURCE_DATE_EPOCH: without these it takes the clock */
	text_buffer_printf(&date, "%sT00:00:00Z", about->date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date.data);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date.data);
	text_buffer_release(&date);
}

struct canvas *canvas_pdf_new(
	const struct fonts *fonts, const struct canvas_about *about, struct file_writer *out)
{
	struct canvas_pdf *pdf = calloc(1, sizeof *pdf);
	cairo_font_options_t *options = cairo_font_options_create();

	if (!pdf)
		bug("out of memory");
	pdf->canvas = (struct canvas){ .device = &pdf_device, .fonts = fonts, .about = *about, .out = out };
	pdf->surface = cairo_pdf_surface_create_for_stream(take_bytes, pdf, 595.28, 841.89);
	/* 1.5 lets cairo say what clusters of several glyphs mean; from 1.17 on it also packs objects into
	   streams then, which pdf_finish.c does not read */
	cairo_pdf_surface_restrict_to_version(pdf->surface,
		cairo_version() < CAIRO_VERSION_ENCODE(1, 17, 0) ? CAIRO_PDF_VERSION_1_5
								 : CAIRO_PDF_VERSION_1_4);
	set_about(pdf->surface, about);
	pdf->cairo = cairo_create(pdf->surface);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_set_font_options(pdf->cairo, options);
	cairo_font_options_destroy(options);
	cairo_tag_begin(pdf->cairo, "Document", NULL);
	return &pdf->canvas;
}
