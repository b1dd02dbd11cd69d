#include "base/bug.h"
#include "render/canvas_device.h"
#include <stdlib.h>

static void blank_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	(void)canvas, (void)width_pt, (void)height_pt;
}

static void blank_nothing(struct canvas *canvas)
{
	(void)canvas;
}

static void blank_text(struct canvas *canvas, struct point at, const struct lettering *letters, const char *utf8, size_t length)
{
	(void)canvas, (void)at, (void)letters, (void)utf8, (void)length;
}

static void blank_path(struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
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
	free(canvas);
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

struct canvas *canvas_blank_new(const struct fonts *fonts)
{
	struct canvas *canvas = calloc(1, sizeof *canvas);

	if (!canvas)
		bug("out of memory");
	*canvas = (struct canvas){ .device = &blank_device, .fonts = fonts };
	return canvas;
}
