#include "base/bug.h"
#include "render/canvas_device.h"
#include "render/font.h"
#include <stdlib.h>

struct canvas_blank {
	struct canvas canvas;
	canvas_seen *seen; /* or NULL */
	void *context;
	struct glyph_row row;
};

static void blank_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	(void)canvas, (void)width_pt, (void)height_pt;
}

static void blank_nothing(struct canvas *canvas)
{
	(void)canvas;
}

static void blank_text(struct canvas *canvas, struct point at, const struct lettering *letters,
	const char *utf8, size_t length)
{
	struct canvas_blank *blank = (struct canvas_blank *)canvas;

	(void)at;
	if (!blank->seen)
		return;
	fonts_layout(canvas->fonts, letters->bold, utf8, length, &blank->row);
	for (size_t i = 0; i < blank->row.count; i++) {
		blank->seen(blank->context, &blank->row.glyphs[i], utf8);
		utf8 += blank->row.glyphs[i].bytes;
	}
}

static void blank_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
{
	(void)canvas, (void)points, (void)count, (void)fill, (void)pen;
}

static void blank_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen)
{
	(void)canvas, (void)box, (void)fill, (void)pen;
}

static void blank_tag_begin(struct canvas *canvas, const char *tag, const char *alt)
{
	(void)canvas, (void)tag, (void)alt;
}

static void blank_named(struct canvas *canvas, const char *name)
{
	(void)canvas, (void)name;
}

static void blank_bookmark(struct canvas *canvas, const char *title, int level)
{
	(void)canvas, (void)title, (void)level;
}

static void blank_finish(struct canvas *canvas)
{
	struct canvas_blank *blank = (struct canvas_blank *)canvas;

	glyph_row_release(&blank->row);
	free(blank);
}

static const struct canvas_device blank_device = {
	.page_begin = blank_page_begin,
	.page_end = blank_nothing,
	.text = blank_text,
	.path = blank_path,
	.rect = blank_rect,
	.tag_begin = blank_tag_begin,
	.tag_end = blank_named,
	.link_begin = blank_named,
	.link_end = blank_nothing,
	.place = blank_named,
	.bookmark = blank_bookmark,
	.finish = blank_finish,
};

struct canvas *canvas_record_new(const struct fonts *fonts, canvas_seen *seen, void *context)
{
	struct canvas_blank *blank = calloc(1, sizeof *blank);

	if (!blank)
		bug("out of memory");
	*blank = (struct canvas_blank){ { .device = &blank_device, .fonts = fonts }, seen, context,
		GLYPH_ROW_INIT };
	return &blank->canvas;
}

struct canvas *canvas_blank_new(const struct fonts *fonts)
{
	return canvas_record_new(fonts, NULL, NULL);
}
