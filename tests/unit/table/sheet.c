#include "table/sheet.h"

#include "base/file.h"
#include "table/fixture.h"

static const char *sheet_text(struct fixture *f, const char *text)
{
	struct csv_sheet *sheet;
	const char *all = "";

	fixture_write(f, text, strlen(text));
	sheet = csv_sheet_read(f->path, f->arena, f->diag);
	if (!sheet)
		return "none";
	for (size_t i = 0; i < sheet->column_count; i++)
		all = arena_printf(f->arena, "%s%s%s", all, i ? "|" : "", sheet->header[i]);
	for (size_t row = 0; row < sheet->row_count; row++)
		for (size_t i = 0; i < sheet->column_count; i++)
			all = arena_printf(f->arena, "%s%s%s", all, i ? "|" : " / ", csv_sheet_field(sheet, row, i));
	return all;
}

static void check(const char *text, const char *expected, const char *messages)
{
	struct fixture f;

	fixture_init(&f);
	g_assert_cmpstr(sheet_text(&f, text), ==, expected);
	g_assert_cmpstr(fixture_messages(&f), ==, messages);
	fixture_release(&f);
}

static void test_read(void)
{
	check("id,name\nE1,张\nE2,\n", "id|name / E1|张 / E2|", "");
	check("\xEF\xBB\xBF" "键;值\n\"a;b\";1\n\n", "键|值 / a;b|1", "");
	check(" from , 值 ,\n2026-01,5%,\n", "from|值 / 2026-01|5%", "");
	check("id\n", "id", "");
	check("a,b,a\n1,2,3\n", "none", "E0147 1:3");
	check("a,,b\n1,2,3\n", "none", "E0146 1:2");
	check("a,b\n1\n1,2,3\n1,2\n", "none", "E0135 2:0, E0136 3:3");
	check("a,b\n1,\"2\n", "none", "E0130 2:2");
	check("", "none", "E0120 0:0");
}

static void test_lines(void)
{
	struct fixture f;
	struct csv_sheet *sheet;

	fixture_init(&f);
	fixture_write(&f, "a,b\n\n\"x\ny\",1\nz,2\n", strlen("a,b\n\n\"x\ny\",1\nz,2\n"));
	sheet = csv_sheet_read(f.path, f.arena, f.diag);
	g_assert_cmpuint(sheet->row_count, ==, 2);
	g_assert_cmpint(sheet->line[0], ==, 3);
	g_assert_cmpint(sheet->line[1], ==, 5);
	g_assert_cmpint(csv_sheet_column(sheet, "b"), ==, 1);
	g_assert_cmpint(csv_sheet_column(sheet, "c"), ==, -1);
	fixture_release(&f);
}

static void test_many_rows(void)
{
	struct fixture f;
	GString *text = g_string_new("n,sq\n");
	struct csv_sheet *sheet;

	fixture_init(&f);
	for (int i = 0; i < 1000; i++)
		g_string_append_printf(text, "%d,%d\n", i, i * i);
	fixture_write(&f, text->str, text->len);
	sheet = csv_sheet_read(f.path, f.arena, f.diag);
	g_assert_cmpuint(sheet->row_count, ==, 1000);
	g_assert_cmpstr(csv_sheet_field(sheet, 999, 1), ==, "998001");
	g_string_free(text, TRUE);
	fixture_release(&f);
}

static void test_write(void)
{
	struct fixture f;
	struct file_writer *writer;
	char *written = NULL;

	fixture_init(&f);
	writer = file_writer_new(f.path, 0644);
	csv_write_field(writer, "a", true);
	csv_write_field(writer, "b,c", false);
	csv_write_field(writer, "say \"hi\"", false);
	csv_write_field(writer, "", false);
	csv_write_field(writer, "-120.50", false);
	csv_write_field(writer, " x", false);
	csv_write_end(writer);
	csv_write_defused(writer, "=1+1", true);
	csv_write_defused(writer, "@x,y", false);
	csv_write_defused(writer, "＝1", false);
	csv_write_defused(writer, "张三", false);
	csv_write_defused(writer, "\n=1", false);
	csv_write_end(writer);
	g_assert_true(file_writer_commit(writer, f.diag));
	g_assert_true(g_file_get_contents(f.path, &written, NULL, NULL));
	g_assert_cmpstr(written, ==, "a,\"b,c\",\"say \"\"hi\"\"\",,-120.50,\" x\"\n'=1+1,\"'@x,y\",'＝1,张三,\"'\n=1\"\n");
	g_free(written);
	fixture_release(&f);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/table/sheet/plain sheets are read and broken ones refused", test_read);
	g_test_add_func("/table/sheet/rows keep their physical lines", test_lines);
	g_test_add_func("/table/sheet/rows may be many", test_many_rows);
	g_test_add_func("/table/sheet/fields are quoted only where needed and formulas defused", test_write);
	return g_test_run();
}
