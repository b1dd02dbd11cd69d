#ifndef SALESPAY_RENDER_CANVAS_DIRECT_H
#define SALESPAY_RENDER_CANVAS_DIRECT_H

#include "render/canvas.h"
#include <stdbool.h>

struct pdf_file;
struct pdf_font_use;
struct pdf_fonts;

/*
 * A PDF device without cairo: a fifth of the time, two thirds of the size,
 * and the whole tag tree with /Lang, /Alt, /Scope and artifacts. It knows text
 * of the run's own two faces, lines, rectangles, paths and bookmarks; no
 * links. What it cannot write (a character lent by another face) makes
 * canvas_direct_finish return false: then nothing was written, and cairo
 * draws the same page.
 */
struct canvas_direct_tools {
	const struct pdf_fonts *fonts;
	struct pdf_font_use *use;
	struct pdf_file *file;
};
struct canvas *canvas_direct_new(const struct fonts *fonts, const struct canvas_about *about,
	const struct canvas_direct_tools *tools, struct file_writer *out);
/* In place of canvas_finish. */
bool canvas_direct_finish(struct canvas *canvas);

#endif
