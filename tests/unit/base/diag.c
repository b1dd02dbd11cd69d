#include "base/diag.h"

#include <stdint.h>

#include "base/arena.h"
#include "unit.h"

static const struct diag_style plain = { DIAG_TEXT, false, false, false };

static struct place at_mark(const char *file, long line, long column, const char *text, const char *mark)
{
	const char *start = strstr(text, mark);

	g_assert_nonnull(start);
	return (struct place){ file, line, column, text, (size_t)(start - text),
		(size_t)(start - text) + strlen(mark), NULL };
}

static char *printed(struct diag *diag, const struct diag_style *style)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, out, style);
	fclose(out);
	return text;
}

static void check_printed(struct diag *diag, const struct diag_style *style, const char *expected)
{
	char *text = printed(diag, style);

	g_assert_cmpstr(text, ==, expected);
	free(text);
}

static void test_text_form(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct place at = at_mark("input/x.csv", 118, 6, "E1001,自主开发,终端,1.2.3,已回款", "1.2.3");

	at.note = "column 金额";
	diag_add(diag, MSG_FILE_UNREADABLE, at, "a.csv", "Input/output error", NULL);
	/* E1001, = 6 columns, 自主开发, = 9, 终端, = 5: the mark begins behind 20. */
	check_printed(diag, &plain,
		"input/x.csv:118:6: error[E0103]: cannot read file 'a.csv': Input/output error\n"
		"    |\n"
		"118 | E1001,自主开发,终端,1.2.3,已回款\n"
		"    |                     ^^^^^ column 金额\n"
		"    = help: check the file's permissions and the disk\n"
		"1 error\n");
	diag_set_language(diag, "zh-CN");
	check_printed(diag, &plain,
		"input/x.csv:118:6: 错误[E0103]: 无法读取文件“a.csv”：Input/output error\n"
		"    |\n"
		"118 | E1001,自主开发,终端,1.2.3,已回款\n"
		"    |                     ^^^^^ 列 金额\n"
		"    = 改法: 请检查该文件的权限和磁盘\n"
		"1 个错误\n");
	diag_free(diag);
	arena_free(arena);
}

static void test_wide_mark(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	diag_add(diag, MSG_FILE_MISSING, at_mark("p.xml", 7, 3, "\t\t绩效工资 + 1", "绩效工资"), "x", NULL);
	check_printed(diag, &plain,
		"p.xml:7:3: error[E0101]: file 'x' not found\n"
		"  |\n"
		"7 |   绩效工资 + 1\n"
		"  |   ^^^^^^^^\n"
		"  = help: check the name and its folder; if it was not exported yet, export it first\n"
		"1 error\n");
	diag_free(diag);
	arena_free(arena);
}

static void test_places(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	diag_add(diag, MSG_REMOVE_FAILED, PLACE_NONE, "z", "no", NULL);
	diag_add(diag, MSG_REMOVE_FAILED, (struct place){ .file = "b" }, "2", "no", NULL);
	diag_add(diag, MSG_REMOVE_FAILED, (struct place){ .file = "a", .line = 10 }, "3", "no", NULL);
	diag_add(diag, MSG_REMOVE_FAILED, (struct place){ .file = "a", .line = 9, .column = 12 }, "4", "no", NULL);
	diag_add(diag, MSG_REMOVE_FAILED, (struct place){ .file = "a", .line = 9, .column = 2 }, "5", "no", NULL);
#define HELP "    = help: check the permissions, and close programs that use it\n"
	check_printed(diag, &plain,
		"a:9:2: error[E0505]: cannot remove '5': no\n" HELP
		"a:9:12: error[E0505]: cannot remove '4': no\n" HELP
		"a:10: error[E0505]: cannot remove '3': no\n" HELP
		"b: error[E0505]: cannot remove '2': no\n" HELP
		"error[E0505]: cannot remove 'z': no\n" HELP
		"5 errors\n");
#undef HELP
	g_assert_cmpint(diag_status(diag), ==, 3);
	diag_free(diag);
	arena_free(arena);
}

static void test_long_line(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	GString *line = g_string_new(NULL), *expected = g_string_new(NULL);
	struct place at;

	for (int i = 0; i < 300; i++)
		g_string_append(line, "甲乙丙丁,");
	g_string_append(line, "MARK,");
	for (int i = 0; i < 300; i++)
		g_string_append(line, "xyz,");
	at = at_mark("l.csv", 1, 301, line->str, "MARK");
	diag_add(diag, MSG_FILE_MISSING, at, "x", NULL);
	/* 40 columns before the mark: four times nine are 36, then 丁 and its comma are three; a half of 丙 does not fit. */
	g_string_append(expected, "l.csv:1:301: error[E0101]: file 'x' not found\n  |\n1 | …丁,");
	for (int i = 0; i < 4; i++)
		g_string_append(expected, "甲乙丙丁,");
	g_string_append(expected, "MARK,");
	/* 100 - 39 - 4 = 57 columns behind it. */
	for (int i = 0; i < 14; i++)
		g_string_append(expected, "xyz,");
	g_string_append(expected, "…\n  |                                         ^^^^\n");
	g_string_append(expected, "  = help: check the name and its folder; if it was not exported yet, export it first\n1 error\n");
	check_printed(diag, &plain, expected->str);
	g_string_free(line, TRUE);
	g_string_free(expected, TRUE);
	diag_free(diag);
	arena_free(arena);
}

static void test_harmful_bytes(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct place at = at_mark("b\033.csv", 2, 1, "a\033[31m,\xFF,b\r\nnext", ",b");

	at.note = "\033]0;x\007";
	diag_add(diag, MSG_FILE_MISSING, at, "x\ny\033", NULL);
	check_printed(diag, &plain,
		"b\xEF\xBF\xBD.csv:2:1: error[E0101]: file 'x y\xEF\xBF\xBD' not found\n"
		"  |\n"
		"2 | a\xEF\xBF\xBD[31m,\xEF\xBF\xBD,b\n"
		"  |         ^^ \xEF\xBF\xBD]0;x\xEF\xBF\xBD\n"
		"  = help: check the name and its folder; if it was not exported yet, export it first\n"
		"1 error\n");
	diag_free(diag);
	arena_free(arena);
}

static void test_counts(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	char *text;
	int lines = 0;

	for (int i = 1; i <= 25; i++)
		diag_add(diag, MSG_FILE_MISSING, (struct place){ .file = "f", .line = i }, arena_printf(arena, "%d", i), NULL);
	diag_add(diag, MSG_FILE_IS_FOLDER, (struct place){ .file = "g", .line = 1 }, "g", NULL);
	diag_add(diag, MSG_FILE_IS_FOLDER, (struct place){ .file = "g", .line = 1 }, "g", NULL);
	g_assert_cmpuint(diag_errors(diag), ==, 26);
	g_assert_cmpint(diag_status(diag), ==, 1);
	text = printed(diag, &plain);
	for (const char *at = text; (at = strstr(at, "error[E0101]: file")); at++)
		lines++;
	g_assert_cmpint(lines, ==, 10);
	g_assert_nonnull(strstr(text, "... and 15 more of error[E0101]\n"));
	g_assert_true(g_str_has_suffix(text, "\n26 errors\n"));
	g_assert_null(diag_item(diag, 26));
	g_assert_cmpstr(diag_item(diag, 24)->text, ==, "file '25' not found");
	g_assert_cmpstr(diag_item(diag, 25)->entry->name, ==, "FILE_IS_FOLDER");
	free(text);
	diag_free(diag);
	arena_free(arena);
}

static void test_many(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	size_t kept = 0;

	for (int i = 0; i < 5000; i++)
		diag_add(diag, MSG_FILE_MISSING, (struct place){ .file = "f", .line = i + 1 }, "x", NULL);
	g_assert_cmpuint(diag_errors(diag), ==, 5000);
	while (diag_item(diag, kept))
		kept++;
	g_assert_cmpuint(kept, ==, 2000);
	diag_free(diag);
	arena_free(arena);
}

static void test_help(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	diag_add_nearest(diag, MSG_FILE_MISSING, PLACE_NONE, "绩效工资", "x", NULL);
	diag_add_nearest(diag, MSG_FOLDER_MISSING, PLACE_NONE, NULL, "y", NULL);
	diag_add_help(diag, MSG_REMOVE_FAILED, PLACE_NONE, "first line", "z", "no", NULL);
	check_printed(diag, &plain,
		"error[E0101]: file 'x' not found\n"
		"    = help: did you mean '绩效工资'?\n"
		"    = help: check the name and its folder; if it was not exported yet, export it first\n"
		"error[E0104]: folder 'y' not found\n"
		"    = help: check the path; salespay init makes a new company's folder\n"
		"error[E0505]: cannot remove 'z': no\n"
		"    = help: first line\n"
		"    = help: check the permissions, and close programs that use it\n"
		"3 errors\n");
	diag_set_language(diag, "zh-CN");
	g_assert_true(g_str_has_prefix(diag_item(diag, 0)->help, "您要写的是“绩效工资”吗？\n"));
	diag_free(diag);
	arena_free(arena);
}

static void test_json(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct diag_style json = { DIAG_JSON, true, false, false };

	diag_add(diag, MSG_FILE_MISSING, at_mark("p.xml", 7, 3, "甲 \"乙\\\" 丙", "乙"), "a\"b", NULL);
	diag_add(diag, MSG_FOLDER_IS_FILE, PLACE_NONE, "y", NULL);
	/* The mark covers the fourth character. */
	check_printed(diag, &json,
		"{\"code\":\"E0101\",\"level\":\"error\",\"message\":\"file 'a\\\"b' not found\",\"file\":\"p.xml\",\"line\":7,"
		"\"column\":3,\"end\":5,\"text\":\"甲 \\\"乙\\\\\\\" 丙\","
		"\"help\":\"check the name and its folder; if it was not exported yet, export it first\"}\n"
		"{\"code\":\"E0105\",\"level\":\"error\",\"message\":\"'y' is a file, a folder is expected\",\"file\":null,"
		"\"line\":null,\"column\":null,\"end\":null,\"text\":null,\"help\":\"give the path of a folder\"}\n");
	diag_free(diag);
	arena_free(arena);
}

static void test_color(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct diag_style color = { DIAG_TEXT, true, false, false };
	char *text;

	diag_add(diag, MSG_FILE_MISSING, at_mark("p.xml", 7, 3, "abc", "b"), "x", NULL);
	text = printed(diag, &color);
	g_assert_nonnull(strstr(text, "\033["));
	free(text);
	text = printed(diag, &plain);
	g_assert_null(strchr(text, '\033'));
	free(text);
	diag_free(diag);
	arena_free(arena);
}

static void test_pack(void)
{
	struct arena *arena = arena_new(), *other = arena_new();
	struct diag *from = diag_new(other), *to = diag_new(arena);
	struct place at = at_mark("f.csv", 3, 2, "a,错,c", "错");
	char *pack, *expected, *got;
	size_t size;

	at.note = "列";
	diag_add_nearest(from, MSG_FILE_MISSING, at, "近", "一", NULL);
	diag_add_help(from, MSG_RENAME_FAILED, PLACE_NONE, "h", "a", "", "c", NULL);
	for (int i = 0; i < 2500; i++)
		diag_add(from, MSG_REMOVE_FAILED, (struct place){ .file = "f", .line = i + 1 }, "x", "y", NULL);
	expected = printed(from, &plain);
	pack = diag_pack(from, &size);
	diag_free(from);
	arena_free(other);
	diag_unpack(to, pack, size);
	free(pack);
	got = printed(to, &plain);
	g_assert_cmpstr(got, ==, expected);
	g_assert_cmpuint(diag_errors(to), ==, 2502);
	free(expected);
	free(got);
	diag_free(to);
	arena_free(arena);
}

static void test_nothing(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	check_printed(diag, &plain, "");
	g_assert_cmpint(diag_status(diag), ==, 0);
	g_assert_null(diag_item(diag, 0));
	diag_free(diag);
	arena_free(arena);
}

static void test_levels(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct diag_style quiet = { DIAG_TEXT, false, true, false };
	int warnings = 0, errors = 0;
	char *text;

	for (int id = 0; id < (int)MSG_COUNT; id++) {
		const struct message_entry *entry = message_entry((enum message)id);

		if (entry->level == DIAG_WARNING && warnings++ == 0)
			diag_add(diag, (enum message)id, PLACE_NONE, "a", "b", "c", "d", "e", "f", NULL);
	}
	if (!warnings) {
		g_test_skip("the catalogue has no warning yet");
		goto out;
	}
	g_assert_cmpint(diag_status(diag), ==, 0);
	g_assert_cmpuint(diag_warnings(diag), ==, 1);
	check_printed(diag, &quiet, "");
	diag_add(diag, MSG_FILE_MISSING, PLACE_NONE, "x", NULL);
	errors++;
	text = printed(diag, &plain);
	g_assert_nonnull(strstr(text, "warning["));
	g_assert_true(g_str_has_suffix(text, "1 error, 1 warning\n"));
	free(text);
	text = printed(diag, &quiet);
	g_assert_null(strstr(text, "warning"));
	g_assert_true(g_str_has_suffix(text, "\n1 error\n"));
	free(text);
	g_assert_cmpuint(diag_errors(diag), ==, (size_t)errors);
out:
	diag_free(diag);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/base/diag/text names place, code, excerpt and help in both languages", test_text_form);
	g_test_add_func("/base/diag/carets stand under Chinese text and behind tabs", test_wide_mark);
	g_test_add_func("/base/diag/order is by file, line and column with placeless ones last", test_places);
	g_test_add_func("/base/diag/a very long line is cut around the mark", test_long_line);
	g_test_add_func("/base/diag/control characters and broken bytes reach no terminal", test_harmful_bytes);
	g_test_add_func("/base/diag/after ten of one code comes a count", test_counts);
	g_test_add_func("/base/diag/thousands of one code are counted but not all kept", test_many);
	g_test_add_func("/base/diag/further help comes before the catalogue's", test_help);
	g_test_add_func("/base/diag/JSON is one object a line with all keys", test_json);
	g_test_add_func("/base/diag/colour only when asked", test_color);
	g_test_add_func("/base/diag/a packed diag prints the same in the parent", test_pack);
	g_test_add_func("/base/diag/no message prints nothing", test_nothing);
	g_test_add_func("/base/diag/warnings do not fail a run and are hidden when quiet", test_levels);
	return g_test_run();
}
