#include "table/fixture.h"
#include "table/sheet.h"

/*
 * Random files, made of what breaks such readers: quotes, delimiters, line
 * ends, halves of characters, marks, headers. Nothing may crash (the asan
 * build looks), and every row must be used, ignored or rejected.
 */
static const char *const kinds[] = { "收款", "退款" };
static struct column columns[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true },
	{ .name = "日期", .type = COLUMN_DATE, .index = 1 },
	{ .name = "金额", .type = COLUMN_MONEY, .index = 2 },
	{ .name = "比例", .type = COLUMN_PERCENT, .index = 3 },
	{ .name = "类型", .type = COLUMN_CHOICE, .choices = (const char **)(guintptr)kinds, .choice_count = 2, .index = 4 },
	{ .name = "月份", .type = COLUMN_MONTH, .index = 5 },
	{ .name = "合格", .type = COLUMN_YESNO, .index = 6 },
	{ .name = "说明", .type = COLUMN_TEXT, .index = 7 },
};
static const struct table_spec spec = { .name = "表", .columns = columns, .column_count = 8, .one_row = true,
	.person = &columns[0] };

static const char *const pieces[] = { "工号", "日期", "金额", "比例", "类型", "月份", "合格", "说明", ",", ",", ",", ";", "\t",
	"\n", "\n", "\r\n", "\r", "\"", "\"\"", " ", "　", "E1", "E2", "2026-10-08", "10/8/26", "2026年10月8日", "星期日", "46303",
	"1,234.50", "\"1,234.50\"", "¥", "元", "12万", "1O0", "#REF!", "92.5%", "‰", "收款", "退款", "是", "√", "--", "'", "=\"",
	"合计", "小计", "制表人：", "（元）", "(天)", "1.23E+17", "\xEF\xBB\xBF", "\xFF\xFE", "\xB9\xA4\xBA\xC5", "\x81", "\xE5\xB7", "\xEF\xBF\xBD",
	"𠮷", "é", "\xD6\xA3", "-", "−", "(", ")", "+", ".", "0", "99999999999999999999999999999999999999", "\xCC\x81", "ﾃﾞ" };

static GString *random_file(GRand *rand)
{
	GString *text = g_string_new(g_rand_boolean(rand) ? "工号,日期,金额,比例,类型,月份,合格,说明\n" : "");
	int count = g_rand_int_range(rand, 0, 120);

	for (int i = 0; i < count; i++)
		g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
	for (int i = g_rand_int_range(rand, -6, 4); i > 0 && text->len; i--)
		text->str[g_rand_int_range(rand, 0, (gint)text->len)] = (char)g_rand_int_range(rand, 0, 256);
	return text;
}

static void read_one(const char *data, size_t size)
{
	struct fixture f;
	struct table *table;
	char *out = NULL;
	size_t out_size = 0;
	FILE *stream = open_memstream(&out, &out_size);

	fixture_init(&f);
	table = fixture_read_bytes(&f, &spec, data, size);
	table_check_keys(table, &f.reader);
	if (table->file_count) {
		const struct table_file *file = &table->files[0];

		g_assert_cmpuint(file->rows_read, ==, file->rows_used + file->rows_ignored + file->rows_rejected);
		g_assert_cmpuint(file->rows_used, ==, table->row_count);
	}
	for (size_t row = 0; row < table->row_count; row++) {
		struct place at = table_place(table, row, &columns[row % 8], f.arena);

		g_assert_cmpint(at.line, >=, (long)table->line[row]);
		g_assert_true(!at.text || (at.mark_end <= strlen(at.text) && at.mark_start <= at.mark_end));
	}
	csv_sheet_read(f.path, f.arena, f.diag);
	for (size_t i = 0; diag_item(f.diag, i); i++) {
		const struct place *at = &diag_item(f.diag, i)->place;

		g_assert_true(!at->text || (text_valid(at->text, strlen(at->text)) && at->mark_start <= at->mark_end &&
						   at->mark_end <= strlen(at->text)));
	}
	diag_print(f.diag, stream, &(struct diag_style){ DIAG_TEXT, false, false, false });
	fclose(stream);
	free(out);
	fixture_release(&f);
}

static void test_random(void)
{
	GRand *rand = g_rand_new_with_seed(20261008);

	for (int i = 0; i < 3000 && !g_test_failed(); i++) {
		GString *text = random_file(rand);

		read_one(text->str, text->len);
		if (g_test_failed())
			g_test_message("round %d: %s", i, g_strescape(text->str, NULL));
		g_string_free(text, TRUE);
	}
	g_rand_free(rand);
}

static void test_bytes(void)
{
	GRand *rand = g_rand_new_with_seed(42);

	for (int i = 0; i < 2000; i++) {
		char data[200];
		size_t size = (size_t)g_rand_int_range(rand, 0, sizeof(data));

		for (size_t j = 0; j < size; j++)
			data[j] = (char)g_rand_int_range(rand, 0, 256);
		read_one(data, size);
	}
	g_rand_free(rand);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/table/fuzz/files of awkward pieces do not crash and every row is accounted for", test_random);
	g_test_add_func("/table/fuzz/random bytes do not crash", test_bytes);
	return g_test_run();
}
