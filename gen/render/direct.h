#ifndef SALESPAY_RENDER_DIRECT_H
#define SALESPAY_RENDER_DIRECT_H

#include "base/text.h"
#include "render/canvas_device.h"
#include "render/canvas_direct.h"
#include "render/font.h"
#include "render/pdf_outline.h"

struct arena;

/* The direct PDF device's inside: shared by canvas_direct.c and canvas_direct_text.c alone. */
#define PAGES_MOST 512
#define BOOKMARKS_MOST 64

/* What the marked content that is open in the page's stream belongs to. */
enum marked { MARKED_NOTHING, MARKED_ELEMENT, MARKED_ARTIFACT };

struct canvas_direct {
	struct canvas canvas;
	struct canvas_direct_tools tools;
	struct pdf_tags *tags;
	struct text_buffer content; /* of the present page */
	struct glyph_row row;
	struct arena *scratch;
	enum marked marked;
	enum ink fill, stroke; /* as set in the stream */
	double line_width, dash;
	double width_pt, height_pt;
	struct {
		int page, content;
		double width_pt, height_pt;
	} pages[PAGES_MOST];
	int page_count;
	struct pdf_bookmark bookmarks[BOOKMARKS_MOST];
	size_t bookmark_count;
	bool failed;
};

/* Text being put: a text object is open from the first glyph to the end or to a box. */
struct putting {
	struct canvas_direct *direct;
	const struct lettering *letters;
	struct point at; /* of the text's start, y upwards */
	char font;	 /* chosen, with a string open; 0: none */
	bool open;
};

void direct_numbers(struct text_buffer *out, const double *numbers, size_t count, const char *operator);
void direct_ink(struct canvas_direct *direct, enum ink ink, bool stroke);
void direct_pen(struct canvas_direct *direct, struct pen pen);
/* Writes the row of glyphs that is laid out. */
void direct_glyphs(struct putting *putting, const char *utf8);

#endif
