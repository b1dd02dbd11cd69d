#include "render/words.h"
#include "base/arena.h"
#include "render/charset.h"
#include "unit.h"

/* Which of {0} … {3} a text has, as bits. */
static unsigned arguments_of(const char *text)
{
	unsigned found = 0;

	for (; (text = strchr(text, '{')); text++)
		if (text[1] >= '0' && text[1] <= '3' && text[2] == '}')
			found |= 1u << (text[1] - '0');
	return found;
}

static void test_both_languages(void)
{
	for (int i = 0; i < WORD_COUNT; i++) {
		const char *zh = word("zh-CN", (enum word)i), *en = word("en", (enum word)i);

		g_assert_true(*zh);
		g_assert_true(*en || i == WORD_PAYSLIP_SMALL);
		g_assert_cmpuint(arguments_of(zh), ==, arguments_of(en));
		/* no Chinese in English: U+2E80 begins with byte E2 BA */
		for (const char *at = en; *at; at++)
			g_assert_true((unsigned char)*at < 0xe3);
	}
}

static void test_arguments(void)
{
	struct arena *arena = arena_new();

	g_assert_cmpstr(word_with(arena, "zh-CN", WORD_PAYSLIP_OF, (const char *const[]){ "李雷", "{0}" }),
		==, "工资条 · 李雷 · {0}");
	g_assert_cmpstr(
		word_with(arena, "en", WORD_ARTICLE, (const char *const[]){ "6.1" }), ==, "Article 6.1");
	arena_free(arena);
}

static void test_characters(void)
{
	struct charset *set = charset_new();

	words_add_characters(set);
	g_assert_true(charset_has(set, ' ') && charset_has(set, '~') && charset_has(set, 0x25b2) &&
		      charset_has(set, 0x2212));
	g_assert_true(charset_has(set, 0x5de5));
	g_assert_false(charset_has(set, 0x20bb7));
	charset_free(set);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/words/each stands in both languages with the same arguments", test_both_languages);
	g_test_add_func("/words/arguments are put in once", test_arguments);
	g_test_add_func("/words/all their characters get into the font", test_characters);
	return g_test_run();
}
