#ifndef SALESPAY_RENDER_PDF_FONT_H
#define SALESPAY_RENDER_PDF_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fonts;
struct glyph;
struct pdf_file;
struct text_buffer;

/*
 * The run's two faces as they are put into a directly written PDF. What many
 * files have in common (labels, figures, digits) is made into one font a
 * weight and compressed once; a file then adds a small font with the glyphs
 * that are its own (a name, an amount in Chinese capitals).
 */
struct pdf_fonts;

/* NULL if the faces are of a kind that cff.h does not know: then cairo draws. The fonts must outlive it. */
struct pdf_fonts *pdf_fonts_new(const struct fonts *fonts);
void pdf_fonts_free(struct pdf_fonts *fonts); /* NULL is fine */

/* A glyph that files have in common; then the common fonts are made. */
void pdf_fonts_share(struct pdf_fonts *fonts, bool bold, uint16_t glyph);
void pdf_fonts_make(struct pdf_fonts *fonts, struct pdf_file *file);

/* Glyphs used by the file being drawn. */
struct pdf_font_use {
	uint8_t *seen[2]; /* by weight and glyph */
	bool shared[2];
	uint16_t *own[2]; /* glyphs in no common font, in the order of use */
	size_t own_count[2];
};
struct pdf_font_use pdf_font_use_new(const struct pdf_fonts *fonts);
void pdf_font_use_clear(struct pdf_font_use *use);
void pdf_font_use_release(struct pdf_font_use *use);
/* Notes the glyph; the name of its font: 'R' and 'B' common, 'r' and 'b' own; 0 for glyphs of lent faces. */
char pdf_font_use_glyph(const struct pdf_fonts *fonts, struct pdf_font_use *use, const struct glyph *glyph);
/* The character that extraction takes the glyph for. */
uint32_t pdf_fonts_character(const struct pdf_fonts *fonts, const struct glyph *glyph);

/* Writes the fonts used and appends the entries of the resource dictionary: "/R 5 0 R/b 9 0 R". */
void pdf_fonts_put(const struct pdf_fonts *fonts, struct pdf_font_use *use, struct pdf_file *file,
	struct text_buffer *resources);

#endif
