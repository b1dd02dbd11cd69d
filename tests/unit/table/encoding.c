#include "table/encoding.h"

#include <iconv.h>

#include "base/arena.h"
#include "base/diag.h"
#include "table/gb18030.h"
#include "unit.h"

struct bytes_case {
	const char *bytes;
	size_t size;
	const char *name; /* of the encoding, or of the message when nothing can be read */
	const char *text;
	const char *warning; /* message's name or NULL */
};
#define B(literal) literal, sizeof(literal) - 1

static void check_case(const struct bytes_case *c)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	char *copy = g_malloc0(c->size + 1);
	struct encoding_text text;
	bool good;

	memcpy(copy, c->bytes, c->size);
	good = encoding_read(&text, "t.csv", copy, c->size, diag);
	if (good) {
		g_assert_cmpstr(text.name, ==, c->name);
		g_assert_cmpstr(text.text, ==, c->text);
		g_assert_cmpuint(text.size, ==, strlen(c->text));
		encoding_release(&text);
	} else {
		g_assert_cmpstr(diag_item(diag, 0)->entry->name, ==, c->name);
		g_assert_null(c->text);
	}
	if (good && c->warning)
		g_assert_cmpstr(diag_item(diag, 0) ? diag_item(diag, 0)->entry->name : NULL, ==, c->warning);
	if (good && !c->warning)
		g_assert_null(diag_item(diag, 0));
	g_free(copy);
	diag_free(diag);
	arena_free(arena);
}

static void test_detection(void)
{
	static const struct bytes_case cases[] = {
		{ B("a,b\n"), "UTF-8", "a,b\n", NULL },
		{ B("工号\n"), "UTF-8", "工号\n", NULL },
		{ B("\xEF\xBB\xBF" "工号"), "UTF-8 BOM", "工号", NULL },
		{ B("\xFF\xFE\xE5\x5D\xF7\x53"), "UTF-16LE", "工号", NULL },
		{ B("\xFE\xFF\x5D\xE5\x53\xF7"), "UTF-16BE", "工号", NULL },
		{ B("\xFF\xFE\x42\xD8\xB7\xDF"), "UTF-16LE", "𠮷", NULL },
		{ B("\xB9\xA4\xBA\xC5"), "GB18030", "工号", NULL },
		{ B("\x84\x31\x95\x33\xB9\xA4\xBA\xC5"), "GB18030", "工号", NULL },
		{ B("\x95\x34\xB2\x35\n"), "GB18030", "𠮷\n", NULL }, /* four bytes */
		{ B("\xC1\xAA\xCD\xA8"), "GB18030", "联通", NULL }, /* Notepad's case: C1 is never UTF-8 */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		check_case(&cases[i]);
}

static void test_ambiguous(void)
{
	static const struct bytes_case cases[] = {
		/* 郑 is D6 A3, as UTF-8 the Hebrew accent U+05A3; 谢 is D0 BB, Cyrillic. */
		{ B("id,name\nE1,\xD6\xA3\n"), "GB18030", "id,name\nE1,郑\n", "ENCODING_GUESSED" },
		{ B("id,name\nE1,\xD0\xBB\nE2,\xD6\xA3\n"), "GB18030", "id,name\nE1,谢\nE2,郑\n", "ENCODING_GUESSED" },
		/* What stays UTF-8: letters of European names, signs beside digits, a sign between blanks, any hanzi. */
		{ B("name\nJosé\n"), "UTF-8", "name\nJosé\n", NULL },
		{ B("amount\n¥20\n"), "UTF-8", "amount\n¥20\n", NULL },
		{ B("amount\n¥ 20\n"), "UTF-8", "amount\n¥ 20\n", NULL },
		{ B("Report · 10\nid\n"), "UTF-8", "Report · 10\nid\n", NULL },
		{ B("ok\n×\n"), "UTF-8", "ok\n×\n", NULL },
		{ B("姓名\n\xD6\xA3\n"), "UTF-8", "姓名\n\xD6\xA3\n", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		check_case(&cases[i]);
}

static void test_strict(void)
{
	/* Behind a mark there is no other reading, so each of these must be refused. */
	static const struct bytes_case cases[] = {
		{ B("\xEF\xBB\xBF\xC0\xAF"), "BYTES_AGAINST_MARK", NULL, NULL }, /* overlong */
		{ B("\xEF\xBB\xBF\xE0\x80\xAF"), "BYTES_AGAINST_MARK", NULL, NULL },
		{ B("\xEF\xBB\xBF\xED\xA0\x80"), "BYTES_AGAINST_MARK", NULL, NULL }, /* surrogate */
		{ B("\xEF\xBB\xBF\xF4\x90\x80\x80"), "BYTES_AGAINST_MARK", NULL, NULL }, /* past U+10FFFF */
		{ B("\xEF\xBB\xBF\xF0\x8F\xBF\xBF"), "BYTES_AGAINST_MARK", NULL, NULL },
		{ B("\xEF\xBB\xBF\xE5\xB7"), "BYTES_AGAINST_MARK", NULL, NULL }, /* cut off */
		{ B("\xEF\xBB\xBF" "a\x80"), "BYTES_AGAINST_MARK", NULL, NULL },
		{ B("\xFF\xFE" "a\0b"), "BYTES_AGAINST_MARK", NULL, NULL }, /* half a unit */
		{ B("\xFF\xFE\x00\xDC"), "BYTES_AGAINST_MARK", NULL, NULL }, /* low surrogate alone */
		{ B("a\xFF"), "BYTES_IN_NO_ENCODING", NULL, NULL },
		{ B("\xB9\xA4\xBA"), "BYTES_IN_NO_ENCODING", NULL, NULL }, /* GBK cut in half */
		{ B("\x81\x30\x81"), "BYTES_IN_NO_ENCODING", NULL, NULL },
		{ B("\xFF\xFE\x00\x00" "a\0"), "FILE_HAS_NUL", NULL, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		check_case(&cases[i]);
}

/* The C library's whole conversion is the second opinion on our table. */
static void test_gb18030(void)
{
	iconv_t door = iconv_open("UTF-8", "GB18030");

	for (unsigned lead = 0x81; lead <= 0xFE; lead++) {
		char line[640], expected[2048];
		char *in = line, *out = expected, *converted;
		size_t size = 0, in_left, out_left = sizeof(expected), length, bad;

		for (unsigned trail = 0x40; trail <= 0xFE; trail++) {
			if (trail == 0x7F)
				continue;
			line[size++] = (char)lead;
			line[size++] = (char)trail;
			line[size++] = ',';
		}
		memcpy(line + size, "\x95\x32\x81\x35", 4);
		size += 4;
		in_left = size;
		g_assert_cmpint((int)iconv(door, &in, &in_left, &out, &out_left), >=, 0);
		converted = gb18030_convert(line, size, &length, &bad);
		g_assert_nonnull(converted);
		g_assert_cmpuint(length, ==, (size_t)(out - expected));
		g_assert_true(!memcmp(converted, expected, length));
		free(converted);
	}
	iconv_close(door);
}

static void test_places(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct encoding_text text;
	static const char bytes[] = "a\r\nb\rc\n\xFFxx";

	diag_set_language(diag, "en");
	g_assert_false(encoding_read(&text, "t.csv", bytes, sizeof(bytes) - 1, diag));
	g_assert_cmpint(diag_item(diag, 0)->place.line, ==, 4);
	g_assert_cmpstr(diag_item(diag, 0)->text, ==, "byte 8 (0xFF) is valid neither in UTF-8 nor in GB18030");
	diag_free(diag);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/table/encoding/marks, strict UTF-8 and GB18030 are told apart", test_detection);
	g_test_add_func("/table/encoding/names that are valid in both are read as hanzi", test_ambiguous);
	g_test_add_func("/table/encoding/bytes valid in nothing are refused", test_strict);
	g_test_add_func("/table/encoding/the table of GB18030 agrees with the C library", test_gb18030);
	g_test_add_func("/table/encoding/a bad byte is reported at its line", test_places);
	return g_test_run();
}
