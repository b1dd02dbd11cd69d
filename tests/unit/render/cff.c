#include "render/cff.h"
#include "base/text.h"
#include "fonts.h"

#define TEXT "工资条如何计算，ァ한①𠮷ABC"

struct source {
	struct fonts *fonts;
	struct arena *arena;
	const uint8_t *data;
	size_t size;
	struct cff cff;
};

static struct source start(void)
{
	struct source source = { .fonts = unit_fonts(TEXT), .arena = arena_new() };

	source.data = fonts_outlines(source.fonts, false, &source.size);
	g_assert_true(cff_read(&source.cff, source.data, source.size, source.arena));
	return source;
}

static void end(struct source *source)
{
	fonts_free(source->fonts);
	arena_free(source->arena);
}

static void test_copied(void)
{
	struct source source = start();
	struct text_buffer out = TEXT_BUFFER_INIT;
	struct cff copy;
	uint16_t glyphs[] = { 0, 3, 40, 41, 0 };

	glyphs[4] = (uint16_t)(source.cff.glyph_count - 1);
	cff_write(&source.cff, glyphs, 5, &out);
	g_assert_true(cff_read(&copy, (const uint8_t *)out.data, out.length, source.arena));
	g_assert_cmpuint(copy.glyph_count, ==, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct cff_part *old = &source.cff.charstrings[glyphs[i]], *new = &copy.charstrings[i];

		g_assert_cmpuint(old->size, ==, new->size);
		g_assert_true(old->size == new->size && !memcmp(old->data, new->data, old->size));
		g_assert_cmpuint(source.cff.font_of[glyphs[i]], ==, copy.font_of[i]);
	}
	g_assert_cmpuint(copy.private_count, ==, source.cff.private_count);
	text_buffer_release(&out);
	end(&source);
}

/* Bytes that are no font, or half of one, are refused or read as something else, but never read outside. */
static void test_damaged(void)
{
	struct source source = start();
	GRand *random = g_rand_new_with_seed(7);
	size_t refused = 0;

	for (int round = 0; round < 4000; round++) {
		size_t size =
			round % 2 ? source.size : (size_t)g_rand_int_range(random, 0, (gint32)source.size);
		uint8_t *bytes = g_memdup2(source.data, size);
		struct arena *arena = arena_new();
		struct cff cff;

		for (int i = 0; size && i < round % 9; i++)
			bytes[g_rand_int_range(random, 0, (gint32)MIN(size, 400))] =
				(uint8_t)g_rand_int(random);
		refused += !cff_read(&cff, bytes, size, arena);
		arena_free(arena);
		g_free(bytes);
	}
	g_assert_cmpuint(refused, >, 2000);
	g_rand_free(random);
	end(&source);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/cff/a smaller font holds the same outlines", test_copied);
	g_test_add_func("/cff/damaged bytes are never read past their end", test_damaged);
	return g_test_run();
}
