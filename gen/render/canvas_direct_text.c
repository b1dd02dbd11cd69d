#include "base/arena.h"
#include "render/character.h"
#include "render/direct.h"
#include "render/pdf_file.h"
#include "render/pdf_font.h"
#include <stdio.h>

static void end_string(struct putting *putting)
{
	if (putting->font)
		text_buffer_puts(&putting->direct->content, ">Tj\n");
	putting->font = 0;
}

static void end_object(struct putting *putting)
{
	end_string(putting);
	if (putting->open)
		text_buffer_puts(&putting->direct->content, "ET\n");
	putting->open = false;
}

static void begin_object(struct putting *putting, double x_em)
{
	if (putting->open)
		return;
	direct_ink(putting->direct, putting->letters->ink, false);
	text_buffer_puts(&putting->direct->content, "BT ");
	direct_numbers(&putting->direct->content,
		(const double[]){ putting->at.x + x_em * putting->letters->size_pt, putting->at.y }, 2, "Td");
	putting->open = true;
}

/* Common and own fonts change as needed: the pen moves on by the widths that they declare. */
static void put_glyph(struct putting *putting, const struct glyph *glyph)
{
	static const char hex[] = "0123456789ABCDEF";
	struct canvas_direct *direct = putting->direct;
	char font = pdf_font_use_glyph(direct->tools.fonts, direct->tools.use, glyph), digits[4];

	if (!font) {
		direct->failed = true;
		return;
	}
	begin_object(putting, glyph->x_em);
	if (font != putting->font) {
		end_string(putting);
		text_buffer_putc(&direct->content, '/');
		text_buffer_putc(&direct->content, font);
		text_buffer_putc(&direct->content, ' ');
		pdf_number(&direct->content, putting->letters->size_pt);
		text_buffer_puts(&direct->content, " Tf<");
		putting->font = font;
	}
	for (int k = 0; k < 4; k++)
		digits[k] = hex[glyph->index >> (12 - 4 * k) & 0xf];
	text_buffer_add(&direct->content, digits, 4);
}

/* What is drawn until the span's end stands for these characters. */
static void begin_span(struct canvas_direct *direct, const char *utf8, size_t length)
{
	char *text = arena_strndup(direct->scratch, utf8, length);

	text_buffer_puts(&direct->content, "/Span<</ActualText");
	pdf_string(&direct->content, text);
	text_buffer_puts(&direct->content, ">>BDC\n");
}

/* No face has the character: a box with its code. */
static void put_box(struct putting *putting, const struct glyph *glyph, const char *utf8)
{
	struct canvas_direct *direct = putting->direct;
	const char *at = utf8;
	double size = putting->letters->size_pt, x = putting->at.x + glyph->x_em * size,
	       y = putting->at.y - 0.1 * size;
	char code[12];
	struct glyph_row row = GLYPH_ROW_INIT;
	int length = snprintf(code, sizeof code, "%04X", (unsigned)character_next(&at)),
	    half = (length + 1) / 2;

	end_object(putting);
	begin_span(direct, utf8, glyph->bytes);
	direct_pen(direct, (struct pen){ putting->letters->ink, 0.4, 0 });
	direct_numbers(
		&direct->content, (const double[]){ x + 0.05 * size, y, 0.9 * size, 0.95 * size }, 4, "re S");
	for (int line = 0; line < 2; line++) {
		struct lettering letters = { 0.4 * size, false, putting->letters->ink, ANCHOR_START };
		struct putting digits = { direct, &letters,
			{ x + 0.14 * size, y + (line ? 0.1 : 0.54) * size }, 0, false };

		fonts_layout(direct->canvas.fonts, false, line ? code + half : code,
			(size_t)(line ? length - half : half), &row);
		for (size_t i = 0; i < row.count; i++)
			put_glyph(&digits, &row.glyphs[i]);
		end_object(&digits);
	}
	glyph_row_release(&row);
	text_buffer_puts(&direct->content, "EMC\n");
}

/* A glyph that extraction would take for another character, as an accent composed with its letter. */
static void put_named(struct putting *putting, const struct glyph *glyph, const char *utf8)
{
	end_object(putting);
	begin_span(putting->direct, utf8, glyph->bytes);
	put_glyph(putting, glyph);
	end_object(putting);
	text_buffer_puts(&putting->direct->content, "EMC\n");
}

void direct_glyphs(struct putting *putting, const char *utf8)
{
	const struct glyph_row *row = &putting->direct->row;

	for (size_t i = 0; i < row->count; i++) {
		const struct glyph *glyph = &row->glyphs[i];
		const char *at = utf8;
		uint32_t character = character_next(&at);
		bool whole = (size_t)(at - utf8) == glyph->bytes &&
			     (i + 1 == row->count || row->glyphs[i + 1].bytes);

		if (glyph->face >= FONTS_OWN || !glyph->bytes)
			putting->direct->failed = true;
		else if (!glyph->index)
			put_box(putting, glyph, utf8);
		else if (whole &&
			 (character < ' ' || character == 0xa0 ||
				 pdf_fonts_character(putting->direct->tools.fonts, glyph) == character))
			put_glyph(putting, glyph);
		else
			put_named(putting, glyph, utf8);
		utf8 += glyph->bytes;
	}
	end_object(putting);
}
