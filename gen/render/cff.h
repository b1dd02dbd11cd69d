#ifndef SALESPAY_RENDER_CFF_H
#define SALESPAY_RENDER_CFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct text_buffer;

/*
 * Smaller fonts from the run's subset (Adobe Technical Note 5176). It is
 * CID-keyed and has no subroutines (font_face.c saw to that), so a smaller
 * font is its charstrings copied one by one: microseconds, where a general
 * subsetter takes milliseconds for each payslip.
 */
struct cff_part {
	const uint8_t *data;
	size_t size;
};
struct cff {
	size_t glyph_count;
	struct cff_part *charstrings; /* by glyph */
	uint8_t *font_of;	      /* by glyph: index of its private dictionary */
	struct cff_part *privates;
	size_t private_count;
};

/* Refers to data, which must outlive it. False if the font is not of that kind. */
bool cff_read(struct cff *cff, const uint8_t *data, size_t size, struct arena *arena);

/*
 * Appends a font of these glyphs, ascending, the first being 0 (.notdef).
 * Their CIDs are their numbers in the run's subset, so that text is written
 * with those numbers whatever fonts it is spread over.
 */
void cff_write(const struct cff *cff, const uint16_t *glyphs, size_t count, struct text_buffer *out);

#endif
