#ifndef SALESPAY_RENDER_TYPESET_H
#define SALESPAY_RENDER_TYPESET_H

#include "render/canvas.h"
#include <stddef.h>

struct arena;
struct fonts;

/*
 * Words into lines. Lines break at spaces, after hyphens and slashes between
 * letters, and between Chinese characters, but never at a no-break space, before closing
 * punctuation (，。、）》％…) nor after opening (（《“¥). A word
 * wider than the line breaks anywhere. Nothing is ever made smaller.
 */
struct text_line {
	const char *text; /* in the caller's text, or in the arena if it was shortened */
	size_t length;
	double width_pt;
};
struct text_lines {
	struct text_line *lines;
	size_t count;
};

double text_width_pt(
	const struct fonts *fonts, const struct lettering *letters, const char *utf8, size_t length);
/* The same of a whole text; NULL has no width. */
double text_width_of(const struct fonts *fonts, const struct lettering *letters, const char *utf8);

/* Every line at most width_pt wide; at least one line (an empty one for empty text). */
struct text_lines text_wrap(const struct fonts *fonts, const struct lettering *letters, const char *utf8,
	double width_pt, struct arena *arena);

/*
 * At most max_lines lines; what does not fit loses its middle: "阿卜杜…热合曼".
 * `unique` (the employee number) is then put behind it in parentheses, as two
 * shortened names may look the same; NULL if there is none.
 */
struct text_lines text_fit(const struct fonts *fonts, const struct lettering *letters, const char *utf8,
	const char *unique, double width_pt, size_t max_lines, struct arena *arena);

#endif
