#include "render/font.h"
#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "base/text.h"
#include "render/character.h"
#include "render/charset.h"
#include "render/font_face.h"
#include "render/font_find.h"
#include "render/words.h"
#include <stdio.h>
#include <stdlib.h>

/*
 * The subset has no layout tables, so a character is a glyph whatever stands
 * beside it, and laying out is looking up: nothing to cache, nothing that
 * grows with the staff. Only marks, selectors and what other faces lend
 * (which may be Arabic or Tibetan names) go through HarfBuzz each time.
 */
enum cell_kind { CELL_MISSING, CELL_PLAIN, CELL_SHAPED, CELL_JOINING };
struct cell {
	uint16_t glyph;
	uint16_t advance; /* in thousandths of an em */
	uint8_t face;
	uint8_t kind;
};

#define PAGES 0x1100
#define OWN_FACES FONTS_OWN /* regular, bold */
#define LENT_FACES 8

struct fonts {
	struct arena *arena;
	struct font_face faces[OWN_FACES + LENT_FACES];
	struct font_file files[OWN_FACES + LENT_FACES];
	uint32_t count;
	struct cell *pages[OWN_FACES][PAGES]; /* of 256 characters */
	struct charset *composing;	      /* marks that the face has only together with letters */
};

static const struct cell missing_cell = { 0, 1000, 0, CELL_MISSING };

static uint32_t plain_character(uint32_t character)
{
	return character < 0x20 || character == 0x7f || character == 0xa0 || character == 0x2028 ||
			       character == 0x2029
		       ? ' '
		       : character;
}

static const struct cell *find_cell(const struct fonts *fonts, bool bold, uint32_t character)
{
	const struct cell *page;

	character = plain_character(character);
	page = fonts->pages[bold][character >> 8];
	return page && page[character & 0xff].kind ? &page[character & 0xff] : &missing_cell;
}

static bool is_joining(uint32_t character)
{
	hb_unicode_general_category_t category =
		hb_unicode_general_category(hb_unicode_funcs_get_default(), character);

	return category == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	       category == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK ||
	       category == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
	       category == HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

/* Drawn as nothing when it stands alone: joiners, selectors of variants, marks of direction. */
static bool is_ignorable(uint32_t character)
{
	return (character >= 0xfe00 && character <= 0xfe0f) ||
	       (character >= 0xe0100 && character <= 0xe01ef) || character == 0x34f ||
	       hb_unicode_general_category(hb_unicode_funcs_get_default(), character) ==
		       HB_UNICODE_GENERAL_CATEGORY_FORMAT;
}

static void put_cell(struct fonts *fonts, bool bold, uint32_t character, uint32_t face)
{
	hb_codepoint_t glyph = 0;
	struct cell **page = &fonts->pages[bold][character >> 8];
	struct cell *cell;
	bool found = hb_font_get_nominal_glyph(fonts->faces[face].shaper, character, &glyph);

	if (!*page)
		*page = arena_array(fonts->arena, 256, sizeof **page);
	cell = &(*page)[character & 0xff];
	if (!found && !is_ignorable(character) && !charset_has(fonts->composing, character))
		return;
	cell->face = (uint8_t)face;
	cell->glyph = (uint16_t)glyph;
	cell->advance = found ? (uint16_t)hb_font_get_glyph_h_advance(fonts->faces[face].shaper, glyph) : 0;
	cell->kind = is_joining(character) ? CELL_JOINING : face < OWN_FACES ? CELL_PLAIN : CELL_SHAPED;
}

/* Letters composed of a letter and a mark that both are wanted, if the face has them: e and ¨ give ë. */
static void add_composed(struct fonts *fonts, struct charset *wanted)
{
	struct charset *composed = charset_new();

	for (uint32_t mark = charset_next(wanted, 0x300); mark != UINT32_MAX;
		mark = charset_next(wanted, mark + 1)) {
		if (!is_joining(mark) || is_ignorable(mark))
			continue;
		for (uint32_t base = charset_next(wanted, 'A'); base != UINT32_MAX;
			base = charset_next(wanted, base + 1)) {
			hb_codepoint_t both;

			if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, mark, &both) &&
				font_face_has(&fonts->faces[0], both)) {
				charset_put(composed, both);
				charset_put(fonts->composing, mark);
			}
		}
	}
	charset_join(wanted, composed);
	charset_free(composed);
}

/* Report of what the face lacks, "㐃 (U+3403), …", at most ten of them. */
static void add_name(struct text_buffer *names, size_t *count, uint32_t character)
{
	char utf8[8];
	char *end = utf8;

	if (++*count > 10) {
		if (*count == 11)
			text_buffer_puts(names, ", \u2026");
		return;
	}
	if (character >= 0x10000)
		*end++ = (char)(0xf0 | character >> 18);
	if (character >= 0x800)
		*end++ = (char)(character >= 0x10000 ? 0x80 | (character >> 12 & 0x3f)
						     : 0xe0 | character >> 12);
	*end++ = (char)(character >= 0x800 ? 0x80 | (character >> 6 & 0x3f) : 0xc0 | character >> 6);
	*end++ = (char)(0x80 | (character & 0x3f));
	text_buffer_printf(
		names, "%s%.*s (U+%04X)", names->length ? ", " : "", (int)(end - utf8), utf8, character);
}

/* Takes out of `lacking` what this face can lend; false if the face cannot be used. */
static bool borrow(
	struct fonts *fonts, struct charset *lacking, struct charset *done, uint32_t first, struct diag *diag)
{
	struct font_file *file = &fonts->files[fonts->count];
	struct font_face *face = &fonts->faces[fonts->count];
	struct text_buffer names = TEXT_BUFFER_INIT;
	struct charset *lent = charset_new();
	size_t count = 0;
	bool loaded = false;

	if (font_find_character(first, fonts->arena, file) && font_face_open(face, file, diag)) {
		for (uint32_t c = first; c != UINT32_MAX; c = charset_next(lacking, c + 1))
			if (!charset_has(done, c) && font_face_has(face, c)) {
				charset_put(lent, c);
				add_name(&names, &count, c);
			}
		loaded = count && font_face_load(face, file, lent, true, diag);
	}
	if (loaded) {
		charset_join(done, lent);
		for (uint32_t c = charset_next(lent, 0); c != UINT32_MAX; c = charset_next(lent, c + 1)) {
			put_cell(fonts, false, c, fonts->count);
			put_cell(fonts, true, c, fonts->count);
		}
		diag_add(diag, MSG_CHARACTERS_LENT, PLACE_NONE, names.data, file->family, NULL);
		fonts->count++;
	} else {
		font_face_release(face);
	}
	text_buffer_release(&names);
	charset_free(lent);
	return loaded;
}

static void fill_lacking(struct fonts *fonts, struct charset *lacking, struct diag *diag)
{
	struct charset *done = charset_new();
	struct text_buffer names = TEXT_BUFFER_INIT;
	size_t count = 0;

	for (uint32_t c = charset_next(lacking, 0); c != UINT32_MAX; c = charset_next(lacking, c + 1)) {
		if (charset_has(done, c))
			continue;
		if (fonts->count == OWN_FACES + LENT_FACES || !borrow(fonts, lacking, done, c, diag))
			add_name(&names, &count, c);
	}
	if (count)
		diag_add(diag, MSG_CHARACTERS_MISSING, PLACE_NONE, names.data, NULL);
	text_buffer_release(&names);
	charset_free(done);
}

static bool load_own(struct fonts *fonts, struct charset *wanted, struct diag *diag)
{
	for (int bold = 0; bold < OWN_FACES; bold++)
		if (!font_find(bold, fonts->arena, &fonts->files[bold], diag) ||
			!font_face_open(&fonts->faces[bold], &fonts->files[bold], diag))
			return false;
	add_composed(fonts, wanted);
	for (int bold = 0; bold < OWN_FACES; bold++) {
		if (!font_face_load(&fonts->faces[bold], &fonts->files[bold], wanted, false, diag))
			return false;
		for (uint32_t c = charset_next(wanted, 0x20); c != UINT32_MAX;
			c = charset_next(wanted, c + 1))
			put_cell(fonts, bold, c, (uint32_t)bold);
	}
	return true;
}

struct fonts *fonts_new(const struct charset *characters, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct fonts *fonts = arena_alloc(arena, sizeof *fonts);
	struct charset *wanted = charset_new(), *lacking = charset_new();
	bool loaded;

	fonts->arena = arena;
	fonts->count = OWN_FACES;
	fonts->composing = charset_new();
	charset_join(wanted, characters);
	words_add_characters(wanted);
	loaded = load_own(fonts, wanted, diag);
	if (loaded) {
		for (uint32_t c = charset_next(wanted, 0x20); c != UINT32_MAX;
			c = charset_next(wanted, c + 1))
			if (plain_character(c) == c && find_cell(fonts, false, c)->kind == CELL_MISSING)
				charset_put(lacking, c);
		fill_lacking(fonts, lacking, diag);
	}
	charset_free(lacking);
	charset_free(wanted);
	if (loaded)
		return fonts;
	fonts_free(fonts);
	return NULL;
}

void fonts_free(struct fonts *fonts)
{
	if (!fonts)
		return;
	for (size_t i = 0; i < OWN_FACES + LENT_FACES; i++)
		font_face_release(&fonts->faces[i]);
	charset_free(fonts->composing);
	arena_free(fonts->arena);
}

void *fonts_face(const struct fonts *fonts, uint32_t face)
{
	return fonts->faces[face].drawn;
}

const void *fonts_outlines(const struct fonts *fonts, bool bold, size_t *size)
{
	unsigned length;
	const void *data = hb_blob_get_data(fonts->faces[bold].outlines, &length);

	*size = length;
	return data;
}

void fonts_each(const struct fonts *fonts, bool bold, fonts_visit *visit, void *context)
{
	for (uint32_t page = 0; page < PAGES; page++)
		for (uint32_t i = 0; fonts->pages[bold][page] && i < 256; i++) {
			const struct cell *cell = &fonts->pages[bold][page][i];

			if (cell->kind == CELL_PLAIN)
				visit(context, page << 8 | i, cell->glyph, cell->advance);
		}
}

static void add_glyph(struct glyph_row *row, const struct glyph *glyph)
{
	if (row->count == row->room) {
		row->room = row->room ? row->room * 2 : 64;
		row->glyphs = realloc(row->glyphs, row->room * sizeof *row->glyphs);
		if (!row->glyphs)
			bug("out of memory");
	}
	row->glyphs[row->count++] = *glyph;
}

/* One cluster for the whole run: extraction then gives its text in logical order, whatever its direction. */
static void add_shaped(
	const struct fonts *fonts, uint32_t face, const char *run, size_t length, struct glyph_row *row)
{
	hb_buffer_t *buffer = hb_buffer_create();
	hb_glyph_info_t *info;
	hb_glyph_position_t *at;
	unsigned count;

	hb_buffer_add_utf8(buffer, run, (int)length, 0, (int)length);
	hb_buffer_guess_segment_properties(buffer);
	hb_shape(fonts->faces[face].shaper, buffer, NULL, 0);
	info = hb_buffer_get_glyph_infos(buffer, &count);
	at = hb_buffer_get_glyph_positions(buffer, &count);
	for (unsigned i = 0; i < count; i++) {
		add_glyph(row,
			&(struct glyph){ face, info[i].codepoint, row->width_em + at[i].x_offset / 1000.0,
				-at[i].y_offset / 1000.0, i ? 0 : length });
		row->width_em += at[i].x_advance / 1000.0;
	}
	hb_buffer_destroy(buffer);
}

/* The end of what must be shaped together with the character that ends at `at`. */
static const char *shaped_end(
	const struct fonts *fonts, bool bold, const struct cell *first, const char *at, const char *end)
{
	while (at < end) {
		const char *next = at;
		const struct cell *cell = find_cell(fonts, bold, character_next(&next));

		if (cell->kind != CELL_JOINING && (cell->kind != CELL_SHAPED || first->kind != CELL_SHAPED ||
							  cell->face != first->face))
			break;
		at = next;
	}
	return at;
}

void fonts_layout(
	const struct fonts *fonts, bool bold, const char *utf8, size_t length, struct glyph_row *row)
{
	const char *at = utf8, *end = utf8 + length;

	row->count = 0;
	row->width_em = 0;
	while (at < end) {
		const char *next = at;
		const struct cell *cell = find_cell(fonts, bold, character_next(&next));
		const char *run_end = next;

		if (next < end && (unsigned char)*next >= 0x80)
			run_end = shaped_end(fonts, bold, cell, next, end);
		if (cell->kind == CELL_SHAPED || cell->kind == CELL_JOINING || run_end != next) {
			uint32_t face = cell->kind == CELL_MISSING ? (uint32_t)bold : cell->face;

			add_shaped(fonts, face, at, (size_t)(run_end - at), row);
		} else {
			uint32_t face = cell->kind == CELL_MISSING ? (uint32_t)bold : cell->face;

			add_glyph(row,
				&(struct glyph){ face, cell->glyph, row->width_em, 0, (size_t)(next - at) });
			row->width_em += cell->advance / 1000.0;
		}
		at = run_end;
	}
}

double fonts_width_em(const struct fonts *fonts, bool bold, const char *utf8, size_t length)
{
	const char *at = utf8, *end = utf8 + length;
	unsigned long width = 0;

	while (at < end) {
		const struct cell *cell = find_cell(fonts, bold, character_next(&at));

		if (cell->kind == CELL_SHAPED || cell->kind == CELL_JOINING) {
			struct glyph_row row = GLYPH_ROW_INIT;
			double em;

			fonts_layout(fonts, bold, utf8, length, &row);
			em = row.width_em;
			glyph_row_release(&row);
			return em;
		}
		width += cell->advance;
	}
	return (double)width / 1000;
}

void glyph_row_release(struct glyph_row *row)
{
	free(row->glyphs);
	*row = (struct glyph_row)GLYPH_ROW_INIT;
}
