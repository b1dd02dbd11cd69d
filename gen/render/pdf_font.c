#include "render/pdf_font.h"
#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "render/cff.h"
#include "render/font.h"
#include "render/pdf_file.h"
#include <stdlib.h>
#include <string.h>

static const char *const post_names[2] = { "NotoSansCJKsc-Regular", "NotoSansCJKsc-Bold" };

/* A font ready to be put into files. */
struct made {
	struct text_buffer outlines, unicode; /* compressed */
	struct text_buffer widths;
};

struct weight {
	struct cff cff;
	uint32_t *characters; /* by glyph; 0: none */
	uint16_t *advances;
	bool *shared;
	struct made common;
	bool has_common;
};

struct pdf_fonts {
	struct arena *arena;
	struct weight weights[2];
};

static void take_glyph(void *context, uint32_t character, uint16_t glyph, uint16_t advance)
{
	struct weight *weight = context;

	if (glyph >= weight->cff.glyph_count)
		return;
	if (!weight->characters[glyph])
		weight->characters[glyph] = character;
	weight->advances[glyph] = advance;
}

struct pdf_fonts *pdf_fonts_new(const struct fonts *fonts)
{
	struct arena *arena = arena_new();
	struct pdf_fonts *pdf = arena_alloc(arena, sizeof *pdf);

	pdf->arena = arena;
	for (int bold = 0; bold < 2; bold++) {
		struct weight *weight = &pdf->weights[bold];
		size_t size;
		const void *data = fonts_outlines(fonts, bold, &size);

		if (!cff_read(&weight->cff, data, size, arena) || weight->cff.glyph_count > UINT16_MAX ||
			weight->cff.private_count > UINT8_MAX) {
			pdf_fonts_free(pdf);
			return NULL;
		}
		weight->characters = arena_array(arena, weight->cff.glyph_count, sizeof *weight->characters);
		weight->advances = arena_array(arena, weight->cff.glyph_count, sizeof *weight->advances);
		weight->shared = arena_array(arena, weight->cff.glyph_count, sizeof *weight->shared);
		fonts_each(fonts, bold, take_glyph, weight);
	}
	return pdf;
}

static void made_release(struct made *made)
{
	text_buffer_release(&made->outlines);
	text_buffer_release(&made->unicode);
	text_buffer_release(&made->widths);
}

void pdf_fonts_free(struct pdf_fonts *fonts)
{
	if (!fonts)
		return;
	made_release(&fonts->weights[0].common);
	made_release(&fonts->weights[1].common);
	arena_free(fonts->arena);
}

void pdf_fonts_share(struct pdf_fonts *fonts, bool bold, uint16_t glyph)
{
	if (glyph < fonts->weights[bold].cff.glyph_count)
		fonts->weights[bold].shared[glyph] = true;
}

/* "/W[3[555 …]…]" of what is not as wide as the em, which is the default. */
static void put_widths(
	const struct weight *weight, const uint16_t *glyphs, size_t count, struct text_buffer *out)
{
	size_t previous = 0;
	bool open = false;

	text_buffer_puts(out, "/DW 1000/W[");
	for (size_t i = 1; i < count; i++) {
		if (weight->advances[glyphs[i]] == 1000)
			continue;
		if (!open || glyphs[i] != previous + 1)
			text_buffer_printf(out, "%s%u[", open ? "]" : "", glyphs[i]);
		else
			text_buffer_putc(out, ' ');
		text_buffer_printf(out, "%u", weight->advances[glyphs[i]]);
		previous = glyphs[i];
		open = true;
	}
	text_buffer_puts(out, open ? "]]" : "]");
}

/* Back from glyphs to text, for copying and searching; at most 100 entries a block, as the specification
 * wants. */
static void put_unicode(
	const struct weight *weight, const uint16_t *glyphs, size_t count, struct text_buffer *out)
{
	text_buffer_puts(out, "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
			      "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
			      "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
			      "1 begincodespacerange<0000><FFFF>endcodespacerange\n");
	for (size_t i = 1; i < count; i++) {
		uint32_t c = weight->characters[glyphs[i]];
		size_t left = count - i;

		if ((i - 1) % 100 == 0)
			text_buffer_printf(out, "%s%zu beginbfchar\n", i > 1 ? "endbfchar\n" : "",
				left < 100 ? left : 100);
		if (c >= 0x10000)
			text_buffer_printf(out, "<%04X><%04X%04X>\n", glyphs[i],
				0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
		else
			text_buffer_printf(out, "<%04X><%04X>\n", glyphs[i], c);
	}
	text_buffer_printf(out, "%sendcmap CMapName currentdict/CMap defineresource pop end end\n",
		count > 1 ? "endbfchar\n" : "");
}

/* glyphs: ascending, the first 0. */
static void make(const struct weight *weight, const uint16_t *glyphs, size_t count, bool thorough,
	struct pdf_file *file, struct made *made)
{
	struct text_buffer plain = TEXT_BUFFER_INIT;

	cff_write(&weight->cff, glyphs, count, &plain);
	pdf_deflate(file, plain.data, plain.length, thorough, &made->outlines);
	plain.length = 0;
	put_unicode(weight, glyphs, count, &plain);
	pdf_deflate(file, plain.data, plain.length, thorough, &made->unicode);
	text_buffer_release(&plain);
	put_widths(weight, glyphs, count, &made->widths);
}

void pdf_fonts_make(struct pdf_fonts *fonts, struct pdf_file *file)
{
	for (int bold = 0; bold < 2; bold++) {
		struct weight *weight = &fonts->weights[bold];
		uint16_t *glyphs = arena_array(fonts->arena, weight->cff.glyph_count + 1, sizeof *glyphs);
		size_t count = 1;

		for (size_t i = 1; i < weight->cff.glyph_count; i++)
			if (weight->shared[i])
				glyphs[count++] = (uint16_t)i;
		weight->has_common = count > 1;
		if (weight->has_common)
			make(weight, glyphs, count, true, file, &weight->common);
	}
}

struct pdf_font_use pdf_font_use_new(const struct pdf_fonts *fonts)
{
	struct pdf_font_use use = { .own_count = { 0, 0 } };

	for (int bold = 0; bold < 2; bold++) {
		size_t count = fonts->weights[bold].cff.glyph_count + 1;

		use.seen[bold] = calloc(count, 1);
		use.own[bold] = calloc(count, sizeof *use.own[bold]);
		if (!use.seen[bold] || !use.own[bold])
			bug("out of memory");
		use.own_count[bold] = 1;
	}
	return use;
}

void pdf_font_use_clear(struct pdf_font_use *use)
{
	for (int bold = 0; bold < 2; bold++) {
		for (size_t i = 0; i < use->own_count[bold]; i++)
			use->seen[bold][use->own[bold][i]] = 0;
		use->own_count[bold] = 1;
		use->shared[bold] = false;
	}
}

void pdf_font_use_release(struct pdf_font_use *use)
{
	for (int bold = 0; bold < 2; bold++) {
		free(use->seen[bold]);
		free(use->own[bold]);
	}
}

char pdf_font_use_glyph(const struct pdf_fonts *fonts, struct pdf_font_use *use, const struct glyph *glyph)
{
	uint32_t bold = glyph->face;
	const struct weight *weight;

	if (bold >= FONTS_OWN)
		return 0;
	weight = &fonts->weights[bold];
	if (glyph->index >= weight->cff.glyph_count)
		return 0;
	if (weight->shared[glyph->index]) {
		use->shared[bold] = true;
		return bold ? 'B' : 'R';
	}
	if (!use->seen[bold][glyph->index]) {
		use->seen[bold][glyph->index] = 1;
		use->own[bold][use->own_count[bold]++] = (uint16_t)glyph->index;
	}
	return bold ? 'b' : 'r';
}

uint32_t pdf_fonts_character(const struct pdf_fonts *fonts, const struct glyph *glyph)
{
	const struct weight *weight = &fonts->weights[glyph->face];

	return glyph->index < weight->cff.glyph_count ? weight->characters[glyph->index] : 0;
}

static void put_font(
	struct pdf_file *file, bool bold, bool common, const struct made *made, struct text_buffer *resources)
{
	int font = pdf_object(file), descendant = pdf_object(file), descriptor = pdf_object(file),
	    outlines = pdf_object(file), unicode = pdf_object(file);
	/* the tag of a subset: six letters, its own for each */
	const char *tag = common ? bold ? "SALESB" : "SALESR"
			  : bold ? "PAYSLB"
				 : "PAYSLR",
		   *name = post_names[bold];
	struct text_buffer text = TEXT_BUFFER_INIT;

	text_buffer_printf(&text,
		"<</Type/Font/Subtype/Type0/BaseFont/%s+%s/Encoding/Identity-H/DescendantFonts[%d 0 "
		"R]/ToUnicode %d 0 R>>",
		tag, name, descendant, unicode);
	pdf_put(file, font, text.data, text.length);
	text.length = 0;
	text_buffer_printf(&text,
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/%s+%s/CIDSystemInfo<</Registry(Adobe)/"
		"Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R%s>>",
		tag, name, descriptor, made->widths.data);
	pdf_put(file, descendant, text.data, text.length);
	text.length = 0;
	text_buffer_printf(&text,
		"<</Type/FontDescriptor/FontName/%s+%s/Flags 4/FontBBox[-1002 -1048 2928 1808]/ItalicAngle "
		"0/Ascent 880/Descent -120/CapHeight 733/StemV %d"
		"/FontFile3 %d 0 R>>",
		tag, name, bold ? 160 : 80, outlines);
	pdf_put(file, descriptor, text.data, text.length);
	text_buffer_release(&text);
	pdf_put_deflated(
		file, outlines, "/Subtype/CIDFontType0C", made->outlines.data, made->outlines.length);
	pdf_put_deflated(file, unicode, "", made->unicode.data, made->unicode.length);
	text_buffer_printf(resources, "/%c %d 0 R", common ? bold ? 'B' : 'R' : bold ? 'b' : 'r', font);
}

static int by_number(const void *a, const void *b)
{
	const uint16_t *left = a, *right = b;

	return *left - *right;
}

void pdf_fonts_put(const struct pdf_fonts *fonts, struct pdf_font_use *use, struct pdf_file *file,
	struct text_buffer *resources)
{
	for (int bold = 0; bold < 2; bold++) {
		struct made own = { TEXT_BUFFER_INIT, TEXT_BUFFER_INIT, TEXT_BUFFER_INIT };

		if (use->shared[bold])
			put_font(file, bold, true, &fonts->weights[bold].common, resources);
		if (use->own_count[bold] < 2)
			continue;
		qsort(use->own[bold] + 1, use->own_count[bold] - 1, sizeof *use->own[bold], by_number);
		make(&fonts->weights[bold], use->own[bold], use->own_count[bold], false, file, &own);
		put_font(file, bold, false, &own, resources);
		made_release(&own);
	}
}
