#ifndef SALESPAY_RENDER_FONT_FACE_H
#define SALESPAY_RENDER_FONT_FACE_H

#include <cairo.h>
#include <hb.h>
#include <stdbool.h>

struct charset;
struct diag;
struct font_file;

/*
 * One face, subset and loaded twice from the same bytes: by HarfBuzz for
 * measuring and shaping, by FreeType for cairo. Both live until
 * font_face_release and the last cairo object that uses them.
 */
struct font_face {
	hb_face_t *whole;  /* of the installed file */
	hb_font_t *shaper; /* of the subset; scale 1000 to the em */
	cairo_font_face_t *drawn;
	hb_blob_t *outlines; /* the subset's CFF table */
};

/* Opens the installed file: `whole` alone. False with an error (system) in diag. */
bool font_face_open(struct font_face *face, const struct font_file *file, struct diag *diag);
/* Has the installed face a glyph for it? */
bool font_face_has(const struct font_face *face, uint32_t character);
/* Subsets it to those of the characters that it has, and loads the result. layout: keep the shaping tables.
 */
bool font_face_load(struct font_face *face, const struct font_file *file, const struct charset *characters,
	bool layout, struct diag *diag);
void font_face_release(struct font_face *face);

#endif
