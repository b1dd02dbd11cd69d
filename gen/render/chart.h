#ifndef SALESPAY_RENDER_CHART_H
#define SALESPAY_RENDER_CHART_H

#include "render/field.h"
#include "render/flow.h"
#include "render/key.h"
#include "render/scale.h"
#include "render/words.h"

/*
 * The frame of every chart (UX 4.2): title = the finding, subtitle, key, plot,
 * footnote; pieces that several charts share. One drawing code for both
 * devices: a PDF flows over pages, an SVG is one page as high as it needs.
 */
struct chart {
	struct flow flow;
	bool paged; /* PDF */
	bool is_inline; /* no title, subtitle and footnote */
	const xmlNode *model;
	const char *title, *subtitle, *footnote; /* from the model */
};

const char *chart_word(const struct chart *chart, enum word id);
const char *chart_say(const struct chart *chart, enum word id, const char *first, const char *second);

/* Draws the whole chart on chart->flow.canvas; called twice for an SVG (first blank, for the height). */
typedef void chart_body(struct chart *chart, void *context);
enum drawing_device { DRAW_PDF, DRAW_SVG, DRAW_INLINE /* an SVG whose page says title, subtitle and footnote */ };
struct file_writer;
/* Opens the device, draws title and subtitle, the body, the footnote. alt: text alternative of the whole. */
void chart_draw(struct chart *chart, enum drawing_device device, const char *alt, chart_body *body,
	void *context, struct file_writer *out);

/* A part's heading, kept together with `room` points below it. */
void chart_heading(struct chart *chart, const char *text, double room_pt);

void chart_key(struct chart *chart, const struct key_entry *entries, size_t count);

/* How many rows are not drawn; nothing for 0. */
void chart_further(struct chart *chart, size_t rows);

/* The box of quartiles from the node's <mark>s, its middle at y; nothing if one of the five is missing. */
void chart_box(struct canvas *canvas, const xmlNode *marked, const struct scale *scale, double y);

/* C5: histogram with box above, from the model's <distribution>. */
void chart_distribution(struct chart *chart, const xmlNode *distribution, double height_pt);

/* "及格线 70" for a <mark>; NULL for kinds that are no lines. */
const char *chart_mark(const struct chart *chart, const xmlNode *mark);

#endif
