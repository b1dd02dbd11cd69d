#include "render/typeset.h"
#include "fonts.h"

#define TEXT                                                                                                 \
	"应发合计扣款（个人）养老保险，基本工资。ABCdef 123,456.78 × 8% = "             \
	"“说明”·阿卜杜热西提买依明吐尔逊江/-努麦…"

static const struct lettering letters = { 9, false, INK_TEXT, ANCHOR_START };

struct lines {
	struct fonts *fonts;
	struct arena *arena;
};

static struct lines start(void)
{
	return (struct lines){ unit_fonts(TEXT), arena_new() };
}

static void end(struct lines *lines)
{
	fonts_free(lines->fonts);
	arena_free(lines->arena);
}

/* The lines joined by '|'. */
static char *wrapped(struct lines *lines, const char *text, double width_em)
{
	struct text_lines result =
		text_wrap(lines->fonts, &letters, text, width_em * letters.size_pt, lines->arena);
	GString *all = g_string_new(NULL);

	for (size_t i = 0; i < result.count; i++) {
		if (i)
			g_string_append_c(all, '|');
		g_string_append_len(all, result.lines[i].text, (gssize)result.lines[i].length);
	}
	return g_string_free(all, FALSE);
}

static void check_wrapped(struct lines *lines, const char *text, double width_em, const char *expected)
{
	char *result = wrapped(lines, text, width_em);

	g_assert_cmpstr(result, ==, expected);
	g_free(result);
}

/* Ideographs are one em wide, digits 0.555 (the face's own metrics). */
static void test_width(void)
{
	struct lines lines = start();

	g_assert_cmpfloat_with_epsilon(
		text_width_pt(lines.fonts, &letters, "应发合计", strlen("应发合计")), 36, 1e-9);
	g_assert_cmpfloat_with_epsilon(text_width_pt(lines.fonts, &letters, "123", 3), 3 * 0.555 * 9, 1e-9);
	g_assert_cmpfloat_with_epsilon(text_width_pt(lines.fonts, &letters, "", 0), 0, 1e-9);
	end(&lines);
}

static void test_between_ideographs(void)
{
	struct lines lines = start();

	check_wrapped(&lines, "应发合计扣款", 4, "应发合计|扣款");
	check_wrapped(&lines, "应发合计扣款", 6, "应发合计扣款");
	check_wrapped(&lines, "应发合计扣款", 1, "应|发|合|计|扣|款");
	check_wrapped(&lines, "", 5, "");
	end(&lines);
}

static void test_punctuation(void)
{
	struct lines lines = start();

	check_wrapped(&lines, "应发合计，扣款。", 4, "应发合|计，扣|款。");
	check_wrapped(&lines, "应发合（个人）", 4, "应发合|（个人）");
	check_wrapped(&lines, "应发“说明”", 3.2, "应发|“说|明”");
	end(&lines);
}

static void test_words_and_numbers(void)
{
	struct lines lines = start();

	check_wrapped(&lines, "应发ABCdef合计", 4, "应发|ABCdef|合计");
	check_wrapped(&lines, "应发123,456.78", 6, "应发|123,456.78");
	check_wrapped(&lines, "123,456.78 × 8%", 7.5, "123,456.78 ×|8%");
	check_wrapped(&lines, "  123   456  ", 2, "123|456");
	end(&lines);
}

static void test_too_wide(void)
{
	struct lines lines = start();

	check_wrapped(&lines, "ABCABC", 2, "ABC|ABC");
	check_wrapped(&lines, "应发", 0.1, "应|发");
	end(&lines);
}

static void test_ellipsis(void)
{
	static const char name[] = "阿卜杜热西提·买买提依明·吐尔逊江·努尔麦麦提";
	struct lines lines = start();
	struct text_lines whole = text_fit(lines.fonts, &letters, name, "00017", 13 * 9, 2, lines.arena);
	struct text_lines cut = text_fit(lines.fonts, &letters, name, "00017", 12 * 9, 1, lines.arena);
	char *text;

	g_assert_cmpuint(whole.count, ==, 2);
	g_assert_cmpuint(cut.count, ==, 1);
	g_assert_cmpfloat(cut.lines[0].width_pt, <=, 12 * 9 + 1e-6);
	g_assert_cmpfloat(cut.lines[0].width_pt, >, 10 * 9);
	text = g_strndup(cut.lines[0].text, cut.lines[0].length);
	g_assert_true(g_str_has_prefix(text, "阿卜杜"));
	g_assert_true(g_str_has_suffix(text, "麦提 (00017)"));
	g_assert_nonnull(strstr(text, "…"));
	g_free(text);
	end(&lines);
}

static const char *without_spaces(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != ' ' && *from != '|')
			*to++ = *from;
	*to = '\0';
	return text;
}

/* Whatever the text and the width: nothing is lost, and nothing is wider than the line but a lone character.
 */
static void test_random(void)
{
	static const char *const pieces[] = { "应", "发", "，", "。", "（", "）", "A", "bc", " ", "12", ".5",
		"%", "×", "-", "“", "”", "·" };
	struct lines lines = start();
	GRand *random = g_rand_new_with_seed(42);

	for (int round = 0; round < 3000; round++) {
		GString *text = g_string_new(NULL);
		double width = g_rand_double_range(random, 4, 120);
		struct text_lines result;
		char *joined, *plain;

		for (int i = g_rand_int_range(random, 0, 40); i > 0; i--)
			g_string_append(
				text, pieces[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(pieces))]);
		result = text_wrap(lines.fonts, &letters, text->str, width, lines.arena);
		for (size_t i = 0; i < result.count; i++)
			g_assert_true(
				result.lines[i].width_pt <= width + 1e-5 ||
				g_utf8_strlen(result.lines[i].text, (gssize)result.lines[i].length) == 1);
		joined = wrapped(&lines, text->str, width / 9);
		plain = g_strdup(text->str);
		g_assert_cmpstr(without_spaces(joined), ==, without_spaces(plain));
		g_free(joined);
		g_free(plain);
		g_string_free(text, TRUE);
	}
	g_rand_free(random);
	end(&lines);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/typeset/widths are the face's", test_width);
	g_test_add_func("/typeset/Chinese breaks between any two characters", test_between_ideographs);
	g_test_add_func(
		"/typeset/closing punctuation begins no line and opening ends none", test_punctuation);
	g_test_add_func(
		"/typeset/words and numbers stay whole, spaces at line ends go", test_words_and_numbers);
	g_test_add_func("/typeset/a word wider than the line is broken anywhere", test_too_wide);
	g_test_add_func("/typeset/what does not fit loses its middle and gains its number", test_ellipsis);
	g_test_add_func("/typeset/no text and no width loses a character", test_random);
	return g_test_run();
}
