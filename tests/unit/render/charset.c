#include "render/charset.h"
#include "unit.h"

static void test_every_length(void)
{
	struct charset *set = charset_new();
	static const uint32_t expected[] = { 'a', 0xe9, 0x5982, 0x20bb7, UINT32_MAX };
	uint32_t at = 0;

	charset_add(set, "如é𠮷aé", strlen("如é𠮷aé"));
	for (size_t i = 0; i < 5; i++) {
		at = charset_next(set, at);
		g_assert_cmphex(at, ==, expected[i]);
		at += at != UINT32_MAX;
	}
	g_assert_false(charset_has(set, 'b'));
	g_assert_false(charset_has(set, 0x110000));
	charset_free(set);
}

static void test_cut_short(void)
{
	struct charset *set = charset_new();

	charset_add(set, "如", 2);
	charset_add(set, "\xff\xf7\xbf\xbf\xbf", 5);
	g_assert_false(charset_has(set, 0x5982));
	charset_free(set);
}

static void test_borders_of_words(void)
{
	static const uint32_t members[] = { 0, 63, 64, 127, 128, 0xffff, 0x10000, 0x10ffff };
	struct charset *set = charset_new(), *other = charset_new();
	uint32_t at = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		charset_put(i % 2 ? set : other, members[i]);
	charset_put(set, 0x110000);
	charset_join(set, other);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++, at++) {
		at = charset_next(set, at);
		g_assert_cmphex(at, ==, members[i]);
	}
	g_assert_cmphex(charset_next(set, at), ==, UINT32_MAX);
	charset_free(set);
	charset_free(other);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/charset/characters of one to four bytes are kept in order", test_every_length);
	g_test_add_func(
		"/charset/text that ends within a character is not read past its end", test_cut_short);
	g_test_add_func("/charset/members at the ends of machine words are found, also after joining",
		test_borders_of_words);
	return g_test_run();
}
