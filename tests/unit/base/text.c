#include "base/text.h"

#include "base/arena.h"
#include "unit.h"

static struct arena *arena;

static void test_buffer(void)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char *taken;

	text_buffer_puts(&buffer, "工资");
	text_buffer_putc(&buffer, ':');
	text_buffer_printf(&buffer, " %d", 42);
	text_buffer_add(&buffer, "xyz", 2);
	g_assert_cmpstr(buffer.data, ==, "工资: 42xy");
	taken = text_buffer_take(&buffer, arena);
	g_assert_cmpstr(taken, ==, "工资: 42xy");
	g_assert_cmpuint(buffer.length, ==, 0);
	for (int i = 0; i < 1000; i++)
		text_buffer_printf(&buffer, "%03d,", i);
	g_assert_cmpuint(buffer.length, ==, 4000);
	g_assert_cmpstr(buffer.data + 3996, ==, "999,");
	text_buffer_release(&buffer);
	g_assert_cmpstr(text_buffer_take(&buffer, arena), ==, "");
	text_buffer_release(&buffer);
}

static void test_valid(void)
{
	g_assert_true(text_valid("", 0));
	g_assert_true(text_valid("𠮷", 4));
	g_assert_false(text_valid("a\0b", 3));
	g_assert_false(text_valid("\xC0\xAF", 2)); /* overlong */
	g_assert_false(text_valid("\xED\xA0\x80", 3)); /* a surrogate */
	g_assert_false(text_valid("\xE5\xB7", 2)); /* cut off */
	g_assert_false(text_valid("\xF4\x90\x80\x80", 4)); /* past U+10FFFF */
}

static void test_lengths(void)
{
	/* 𠮷 has four bytes; the accent is a combining mark. */
	g_assert_cmpuint(text_length("𠮷a中"), ==, 3);
	g_assert_cmpuint(text_length_n("𠮷a中", 5), ==, 2);
	g_assert_cmpuint(text_width_n("𠮷a中", strlen("𠮷a中")), ==, 5);
	g_assert_cmpuint(text_width_n("e\xCC\x81", 3), ==, 1);
	g_assert_cmpuint(text_width_n("１２，￥ｱ", strlen("１２，￥ｱ")), ==, 9);
	g_assert_cmpuint(text_width_n("", 0), ==, 0);
}

static void test_next(void)
{
	const char *at = "a𠮷";

	g_assert_cmpuint(text_next(&at), ==, 'a');
	g_assert_cmpuint(text_next(&at), ==, 0x20BB7);
	g_assert_cmpuint(text_next(&at), ==, 0);
	g_assert_cmpuint(text_next(&at), ==, 0);
}

static void check_trim(const char *text, const char *expected)
{
	size_t length = strlen(text);
	const char *start = text_trim(text, &length);
	char *trimmed = g_strndup(start, length);

	g_assert_cmpuint(length, ==, strlen(expected));
	g_assert_cmpstr(trimmed, ==, expected);
	g_free(trimmed);
}

static void test_trim(void)
{
	check_trim("  a b\t", "a b");
	check_trim("\xEF\xBB\xBF\xE3\x80\x80张三\xC2\xA0\r\n", "张三");
	check_trim("\t00123", "00123");
	check_trim(" \xE3\x80\x80 ", "");
	check_trim("", "");
	check_trim("欧阳·娜", "欧阳·娜");
}

static void test_fold(void)
{
	g_assert_cmpstr(text_nfkc(arena, "（Ｓ２）％ｱ①", strlen("（Ｓ２）％ｱ①")), ==, "(S2)%ア1");
	g_assert_cmpstr(text_nfkc(arena, "abc", 2), ==, "ab");
	g_assert_cmpstr(text_fold_header(arena, "*金额（元）", strlen("*金额（元）")), ==, "金额(元)");
	g_assert_cmpstr(text_fold_header(arena, " ＊ Order\xE3\x80\x80ID\n", strlen(" ＊ Order\xE3\x80\x80ID\n")), ==, "orderid");
	g_assert_cmpstr(text_fold_header(arena, "a*b", 3), ==, "a*b");
	g_assert_cmpstr(text_fold_header(arena, "姓 名", strlen("姓 名")), ==, "姓名");
}

static void check_nearest(const char *wanted, const char *expected)
{
	static const char *const names[] = { "绩效工资", "绩效工资基数", "当月绩效得分", "属于", "amount", "account" };

	g_assert_cmpstr(text_nearest(wanted, names, G_N_ELEMENTS(names)), ==, expected);
}

static void test_nearest(void)
{
	check_nearest("绩效工次", "绩效工资");
	check_nearest("绩一工二", NULL); /* two changes are too many for four characters… */
	check_nearest("绩效资工", "绩效工资"); /* …but one swap is one change */
	check_nearest("当月绩效分", "当月绩效得分");
	check_nearest("mount", "amount");
	check_nearest("acount", "amount"); /* as near as account, and earlier */
	check_nearest("AMOUNT", "amount");
	check_nearest("全勤奖", NULL);
	check_nearest("属", NULL); /* one character is near to everything */
	check_nearest("", NULL);
}

static void test_compare(void)
{
	const char *names[] = { "b", NULL, "a", "张", "B" };

	qsort(names, 5, sizeof(*names), text_compare);
	g_assert_null(names[0]);
	g_assert_cmpstr(names[1], ==, "B");
	g_assert_cmpstr(names[2], ==, "a");
	g_assert_cmpstr(names[3], ==, "b");
	g_assert_cmpstr(names[4], ==, "张");
}

static void test_pool(void)
{
	struct text_pool *pool = text_pool_new();
	const char *first = text_intern(pool, "市场一部xx", strlen("市场一部")), *all[2000];
	char name[16];

	g_assert_cmpstr(first, ==, "市场一部");
	for (int i = 0; i < 2000; i++) {
		g_snprintf(name, sizeof(name), "E%d", i);
		all[i] = text_intern(pool, name, strlen(name));
	}
	for (int i = 0; i < 2000; i++) {
		g_snprintf(name, sizeof(name), "E%d", i);
		g_assert_true(all[i] == text_intern(pool, name, strlen(name)));
		g_assert_cmpstr(all[i], ==, name);
	}
	g_assert_true(first == text_intern(pool, "市场一部", strlen("市场一部")));
	g_assert_true(text_intern(pool, "", 0) == text_intern(pool, "", 0));
	text_pool_free(pool);
}

/* It is normalised in pieces; that must not show, nor take long where marks never end. */
static void test_nfkc_of_long_texts(void)
{
	GString *text = g_string_new(NULL), *marks = g_string_new("e");
	char *whole;

	for (int i = 0; i < 400; i++)
		g_string_append(text, i % 7 ? i % 3 ? "e\xCC\x81" : "o\xCC\xA3\xCC\x82" : "级ﾃﾞ①");
	whole = g_utf8_normalize(text->str, -1, G_NORMALIZE_ALL_COMPOSE);
	g_assert_cmpstr(text_nfkc(arena, text->str, text->len), ==, whole);
	for (int i = 0; i < 200000; i++)
		g_string_append(marks, "\xCC\x81\xCC\x96");
	g_assert_cmpuint(strlen(text_nfkc(arena, marks->str, marks->len)), >=, 800000);
	g_free(whole);
	g_string_free(text, TRUE);
	g_string_free(marks, TRUE);
}

int main(int argc, char **argv)
{
	int status;

	unit_init(&argc, &argv);
	g_test_add_func("/base/text/a buffer grows and is taken", test_buffer);
	g_test_add_func("/base/text/only strict UTF-8 without NUL is valid", test_valid);
	g_test_add_func("/base/text/length is characters and width is columns", test_lengths);
	g_test_add_func("/base/text/characters are decoded one by one", test_next);
	g_test_add_func("/base/text/white space of every script is trimmed", test_trim);
	g_test_add_func("/base/text/headers are compared without width, case, space and star", test_fold);
	g_test_add_func("/base/text/a mistyped name finds the one meant", test_nearest);
	g_test_add_func("/base/text/order is by bytes with NULL first", test_compare);
	g_test_add_func("/base/text/the same text is interned once", test_pool);
	g_test_add_func("/base/text/a long text is normalised as a short one", test_nfkc_of_long_texts);
	arena = arena_new();
	status = g_test_run();
	arena_free(arena);
	return status;
}
