#include "base/bug.h"
#include "base/file.h"
#include "render/canvas_device.h"
#include "render/font.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * SVG of our own making: cairo's differs in bytes from run to run, holds style
 * attributes and no text. Here text stays text, colours are presentation
 * attributes (which any style sheet overrides by the class), nothing has an
 * id, and the same file stands alone or inside an HTML page.
 */
struct canvas_svg {
	struct canvas canvas;
	int pages;
};

/* The faces of common systems that look alike; attribute values take no quotes inside quotes but these. */
#define FAMILIES                                                                                             \
	"'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"

static void put_escaped(struct file_writer *out, const char *text, size_t length)
{
	const char *plain = text, *end = text + length;

	for (const char *at = text; at < end; at++) {
		const char *instead = NULL;

		if (*at == '<')
			instead = "&lt;";
		else if (*at == '>')
			instead = "&gt;";
		else if (*at == '&')
			instead = "&amp;";
		else if (*at == '"')
			instead = "&quot;";
		else if ((unsigned char)*at < 0x20)
			instead = " ";
		else
			continue;
		file_write(out, plain, (size_t)(at - plain));
		file_puts(out, instead);
		plain = at + 1;
	}
	file_write(out, plain, (size_t)(end - plain));
}

/* Hundredths of a point without trailing zeros: "12", "12.5"; never by printf, whose point follows the
 * locale. */
static void put_number(struct file_writer *out, double value)
{
	long hundredths = lround(value * 100);
	long whole = labs(hundredths) / 100, rest = labs(hundredths) % 100;

	file_printf(out, "%s%ld", hundredths < 0 ? "-" : "", whole);
	if (rest)
		file_printf(out, rest % 10 ? ".%02ld" : ".%ld", rest % 10 ? rest : rest / 10);
}

static void put_attribute(struct file_writer *out, const char *name, double value)
{
	file_printf(out, " %s=\"", name);
	put_number(out, value);
	file_puts(out, "\"");
}

static void put_paint(struct file_writer *out, enum ink fill, struct pen pen)
{
	file_puts(out, " class=\"");
	if (fill != INK_NONE)
		file_printf(out, "fill-%s", ink_entry(fill)->name);
	if (pen.ink != INK_NONE)
		file_printf(out, "%sstroke-%s", fill != INK_NONE ? " " : "", ink_entry(pen.ink)->name);
	file_printf(out, "\" fill=\"%s\"", ink_entry(fill)->hex);
	if (pen.ink == INK_NONE)
		return;
	file_printf(out, " stroke=\"%s\"", ink_entry(pen.ink)->hex);
	put_attribute(out, "stroke-width", pen.width_pt);
	if (pen.dash_pt > 0)
		put_attribute(out, "stroke-dasharray", pen.dash_pt);
}

static void put_element(struct file_writer *out, const char *name, const char *text)
{
	if (!text)
		return;
	file_printf(out, "<%s>", name);
	put_escaped(out, text, strlen(text));
	file_printf(out, "</%s>\n", name);
}

static void svg_page_begin(struct canvas *canvas, double width_pt, double height_pt)
{
	struct canvas_svg *svg = (struct canvas_svg *)canvas;
	struct file_writer *out = canvas->out;

	if (svg->pages++)
		bug("an SVG has one page");
	file_puts(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
	file_printf(out, " xml:lang=\"%s\" lang=\"%s\"", canvas->about.language, canvas->about.language);
	file_puts(out, " viewBox=\"0 0 ");
	put_number(out, width_pt);
	file_puts(out, " ");
	put_number(out, height_pt);
	file_puts(out, "\" width=\"");
	put_number(out, width_pt);
	file_puts(out, "pt\" height=\"");
	put_number(out, height_pt);
	file_puts(out, "pt\" font-family=\"" FAMILIES "\">\n");
	put_element(out, "title", canvas->about.title);
	put_element(out, "desc", canvas->about.description);
	file_puts(out, "<rect class=\"fill-paper\" fill=\"#FFFFFF\"");
	put_attribute(out, "width", width_pt);
	put_attribute(out, "height", height_pt);
	file_puts(out, "/>\n");
}

static void svg_page_end(struct canvas *canvas)
{
	file_puts(canvas->out, "</svg>\n");
}

static void svg_text(struct canvas *canvas, struct point at, const struct lettering *letters,
	const char *utf8, size_t length)
{
	static const char *const anchors[] = {
		[ANCHOR_START] = NULL, [ANCHOR_MIDDLE] = "middle", [ANCHOR_END] = "end"
	};
	struct file_writer *out = canvas->out;

	file_puts(out, "<text");
	put_attribute(out, "x", at.x);
	put_attribute(out, "y", at.y);
	put_attribute(out, "font-size", letters->size_pt);
	if (letters->bold)
		file_puts(out, " font-weight=\"bold\"");
	if (anchors[letters->anchor])
		file_printf(out, " text-anchor=\"%s\"", anchors[letters->anchor]);
	put_paint(out, letters->ink, PEN_NONE);
	file_puts(out, ">");
	put_escaped(out, utf8, length);
	file_puts(out, "</text>\n");
}

static void svg_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen)
{
	struct file_writer *out = canvas->out;

	file_puts(out, "<path d=\"");
	for (size_t i = 0; i < count; i++) {
		file_puts(out, i ? "L" : "M");
		put_number(out, points[i].x);
		file_puts(out, " ");
		put_number(out, points[i].y);
	}
	file_puts(out, fill != INK_NONE ? "Z\"" : "\"");
	put_paint(out, fill, pen);
	file_puts(out, "/>\n");
}

static void svg_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen)
{
	struct file_writer *out = canvas->out;

	file_puts(out, "<rect");
	put_attribute(out, "x", box.x);
	put_attribute(out, "y", box.y);
	put_attribute(out, "width", box.width);
	put_attribute(out, "height", box.height);
	put_paint(out, fill, pen);
	file_puts(out, "/>\n");
}

static void svg_tag_begin(struct canvas *canvas, const char *tag, const char *alt)
{
	(void)canvas, (void)tag, (void)alt;
}

static void svg_tag_end(struct canvas *canvas, const char *tag)
{
	(void)canvas, (void)tag;
}

static void svg_link_begin(struct canvas *canvas, const char *address)
{
	file_puts(canvas->out, "<a href=\"");
	put_escaped(canvas->out, address, strlen(address));
	file_puts(canvas->out, "\">");
}

static void svg_link_end(struct canvas *canvas)
{
	file_puts(canvas->out, "</a>\n");
}

static void svg_place(struct canvas *canvas, const char *name)
{
	(void)canvas, (void)name;
}

static void svg_bookmark(struct canvas *canvas, const char *title, int level)
{
	(void)canvas, (void)title, (void)level;
}

static void svg_finish(struct canvas *canvas)
{
	free(canvas);
}

static const struct canvas_device svg_device = {
	.page_begin = svg_page_begin,
	.page_end = svg_page_end,
	.text = svg_text,
	.path = svg_path,
	.rect = svg_rect,
	.tag_begin = svg_tag_begin,
	.tag_end = svg_tag_end,
	.link_begin = svg_link_begin,
	.link_end = svg_link_end,
	.place = svg_place,
	.bookmark = svg_bookmark,
	.finish = svg_finish,
};

struct canvas *canvas_svg_new(
	const struct fonts *fonts, const struct canvas_about *about, struct file_writer *out)
{
	struct canvas_svg *svg = calloc(1, sizeof *svg);

	if (!svg)
		bug("out of memory");
	svg->canvas = (struct canvas){ .device = &svg_device, .fonts = fonts, .about = *about, .out = out };
	return &svg->canvas;
}
