#ifndef SALESPAY_RENDER_FONT_H
#define SALESPAY_RENDER_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct charset;
struct diag;

/*
 * The faces of a run: Noto Sans CJK SC, regular and bold, found by fontconfig
 * and subset ONCE to the run's characters (without subroutines, hints and
 * layout tables: cairo 1.16 loses glyphs of the whole face, and each drawing
 * costs five times as much with it). Made before workers are forked, read
 * only afterwards. ASCII and the fixed words of render/ are always in.
 *
 * A character the face lacks is drawn with another installed face, or else as
 * an empty box; either is reported once a run as a warning. Text extraction
 * gives the character itself in every case.
 */
struct fonts;

/* NULL with an error (system) in diag if the face is not installed or cannot be loaded. */
struct fonts *fonts_new(const struct charset *characters, struct diag *diag);
void fonts_free(struct fonts *fonts); /* NULL is fine */

/* Advance width in em (multiply with the size); control characters count as a space. */
double fonts_width_em(const struct fonts *fonts, bool bold, const char *utf8, size_t length);

/*
 * One glyph of a laid-out text, from left to right. `bytes` is how much of the
 * text its cluster covers, 0 for the further glyphs of a cluster.
 */
struct glyph {
	uint32_t face; /* an index for fonts_face() */
	uint32_t index;
	double x_em, y_em; /* from the text's start and its base line, y downwards */
	size_t bytes;
};
struct glyph_row {
	struct glyph *glyphs;
	size_t count, room;
	double width_em;
};
#define GLYPH_ROW_INIT                                                                                       \
	{                                                                                                    \
		NULL, 0, 0, 0                                                                                \
	}
/* Replaces the row's content. */
void fonts_layout(
	const struct fonts *fonts, bool bold, const char *utf8, size_t length, struct glyph_row *row);
void glyph_row_release(struct glyph_row *row);

/* For canvas_pdf.c alone: the cairo_font_face_t of that index. */
void *fonts_face(const struct fonts *fonts, uint32_t face);

/* For the direct PDF alone: the CFF table of the regular (0) or bold (1) subset, and its characters in order
 * with glyph and advance (thousandths). */
const void *fonts_outlines(const struct fonts *fonts, bool bold, size_t *size);
typedef void fonts_visit(void *context, uint32_t character, uint16_t glyph, uint16_t advance);
void fonts_each(const struct fonts *fonts, bool bold, fonts_visit *visit, void *context);
#define FONTS_OWN 2 /* faces from here on are lent by other fonts */

#endif
