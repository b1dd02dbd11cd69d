#ifndef SALESPAY_RENDER_CANVAS_H
#define SALESPAY_RENDER_CANVAS_H

#include "render/ink.h"
#include <stdbool.h>
#include <stddef.h>

struct file_writer;
struct fonts;

/*
 * What drawings draw on. Ten operations; behind them a device: cairo's PDF
 * (canvas_pdf.c) or our own SVG (canvas_svg.c). Units are points from the top
 * left corner, y downwards, text at its base line. All drawing of one page
 * stands between page_begin and page_end; a PDF has any number of pages, an
 * SVG one.
 *
 * Structure: everything is drawn inside the tag "Document", which the canvas
 * opens and closes itself. Tags are PDF's standard names (Sect, H1, H2, P,
 * Table, TR, TH, TD, Figure, Caption); an SVG ignores them. A tag that was
 * begun is ended on the same page.
 */
struct canvas;

/* What a reader program shows of the file; strings outlive the canvas. */
struct canvas_about {
	const char *title;
	const char *author;	 /* the company */
	const char *subject;	 /* or NULL */
	const char *description; /* text alternative of a drawing as a whole, or NULL */
	const char *language;	 /* "zh-CN", "en" */
	const char
		*date; /* "2026-10-08": dates of making and change, from the model and never from a clock */
};

/* Drawn into the writer, whose errors are sticky: the caller commits. */
struct canvas *canvas_pdf_new(
	const struct fonts *fonts, const struct canvas_about *about, struct file_writer *out);
struct canvas *canvas_svg_new(
	const struct fonts *fonts, const struct canvas_about *about, struct file_writer *out);
/* Draws nothing: to learn how high something gets. */
struct canvas *canvas_blank_new(const struct fonts *fonts);
/* The same, telling each glyph that would be drawn and where its text begins. */
struct glyph;
typedef void canvas_seen(void *context, const struct glyph *glyph, const char *utf8);
struct canvas *canvas_record_new(const struct fonts *fonts, canvas_seen *seen, void *context);
/* Writes what is left and frees. */
void canvas_finish(struct canvas *canvas);

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
struct lettering {
	double size_pt;
	bool bold;
	enum ink ink;
	enum anchor anchor;
};
struct pen {
	enum ink ink;
	double width_pt;
	double dash_pt; /* length of dashes and gaps, 0: solid */
};
#define PEN_NONE ((struct pen){ INK_NONE, 0, 0 })
struct point {
	double x, y;
};
struct box {
	double x, y, width, height;
};

void canvas_page_begin(struct canvas *canvas, double width_pt, double height_pt);
void canvas_page_end(struct canvas *canvas);
void canvas_text(struct canvas *canvas, double x, double y, const struct lettering *letters, const char *utf8,
	size_t length);
void canvas_puts(
	struct canvas *canvas, double x, double y, const struct lettering *letters, const char *utf8);
void canvas_line(struct canvas *canvas, struct point from, struct point to, struct pen pen);
void canvas_rect(struct canvas *canvas, struct box box, enum ink fill, struct pen pen);
/* Straight lines through the points; closed and filled unless fill is INK_NONE. */
void canvas_path(
	struct canvas *canvas, const struct point *points, size_t count, enum ink fill, struct pen pen);
/* alt: the text alternative of a Figure, the scope ("Row", "Column") of a TH, else NULL; it outlives the
 * canvas. */
void canvas_tag_begin(struct canvas *canvas, const char *tag, const char *alt);
void canvas_tag_end(struct canvas *canvas);
/* To an address outside or, with a leading '#', to a place of this file. */
void canvas_link_begin(struct canvas *canvas, const char *address);
void canvas_link_end(struct canvas *canvas);
void canvas_place(struct canvas *canvas, const char *name);
/* Of the present page, nested by level 0, 1, …; an SVG has none. */
void canvas_bookmark(struct canvas *canvas, const char *title, int level);


#endif
