#ifndef SALESPAY_TESTS_RENDER_FONTS_H
#define SALESPAY_TESTS_RENDER_FONTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "render/charset.h"
#include "render/font.h"
#include "unit.h"

/* The run's fonts for the characters of a text. */
static inline struct fonts *unit_fonts(const char *text)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct charset *characters = charset_new();
	struct fonts *fonts;

	charset_add(characters, text, strlen(text));
	fonts = fonts_new(characters, diag);
	g_assert_nonnull(fonts);
	charset_free(characters);
	diag_free(diag);
	arena_free(arena);
	return fonts;
}

#endif
