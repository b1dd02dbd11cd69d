#include "table/fixture.h"

/*
 * One table of facts in many disguises: every encoding with every delimiter,
 * each time with another choice of header form, number and date form, order of
 * columns, line end and noise. All must give the same cells and no message.
 */
static const char *kinds[] = { "收款", "退款" };
static const char *money_aliases[] = { "金额(元)", "amount" };
static const char *rate_aliases[] = { "比例(%)" };
static struct column columns[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true },
	{ .name = "姓名", .type = COLUMN_TEXT, .required = true, .index = 1 },
	{ .name = "日期", .type = COLUMN_DATE, .required = true, .index = 2 },
	{ .name = "类型", .type = COLUMN_CHOICE, .choices = kinds, .choice_count = 2, .index = 3 },
	{ .name = "金额", .type = COLUMN_MONEY, .aliases = money_aliases, .alias_count = 2, .index = 4 },
	{ .name = "比例", .type = COLUMN_PERCENT, .aliases = rate_aliases, .alias_count = 1, .index = 5 },
	{ .name = "合格", .type = COLUMN_YESNO, .index = 6 },
};
#define COLUMNS G_N_ELEMENTS(columns)
static const struct table_spec spec = { .name = "表", .columns = columns, .column_count = COLUMNS, .person = &columns[0] };

#define ROWS 4
static const char expected[] = "0012|买买提·艾力|2026-10-08|收款|1234.50|0.925|yes\n"
			       "E2|𠮷田|2026-06-07||-20.00||no\n"
			       "E3|郑, \"三\"|2026-12-31|退款||0.05|yes\n"
			       "E4|李四|2026-01-01|收款|1000000.00|1|";

/* Each cell in the forms that exports write it. */
#define FORMS 4
static const char *const cells[ROWS][COLUMNS][FORMS] = {
	{ { "0012", "'0012", "\t0012", "=\"0012\"" }, { "买买提·艾力", " 买买提·艾力 ", "买买提·艾力　", "买买提·艾力" },
		{ "2026-10-08", "2026/10/8", "20261008", "2026年10月8日" }, { "收款", "收 款", "收款 ", "收款" },
		{ "1234.50", "1,234.50", "¥1,234.5", "１，２３４．５０元" }, { "92.5%", "92.50%", "９２．５％", "92.5 %" },
		{ "是", "yes", "Y", "√" } },
	{ { "E2", "Ｅ２", "E2\t", "=\"E2\"" }, { "𠮷田", "𠮷田", "𠮷田", "𠮷田" },
		{ "2026/06/07 星期日", "2026.6.7", "2026-06-07 00:00:00", "2026/6/7（周日）" }, { "", "--", "-", "" },
		{ "-20", "(20.00)", "-¥20.00", "－２０" }, { "", "--", "-", "—" }, { "否", "no", "0", "×" } },
	{ { "E3", "E3 ", "'E3", "Ｅ３" }, { "郑, \"三\"", "郑, \"三\"", "郑, \"三\"", "郑, \"三\"" },
		{ "2026-12-31", "2026/12/31", "2026年12月31日", "20261231" }, { "退款", "退款", " 退款", "退　款" },
		{ "", "-", "--", "/" }, { "5%", "5.0%", "５%", "50‰" }, { "1", "是", "TRUE", "Yes" } },
	{ { "E4", "E4", "\tE4", "E4\t" }, { "李四", "李四", "李四", "李四" },
		{ "2026-01-01", "2026/1/1", "2026.01.01", "２０２６－０１－０１" }, { "收款", "收款", "收款", "收款" },
		{ "1000000", "1,000,000.00", "￥1,000,000", "1000000元" }, { "100%", "100%", "100.00%", "１００％" },
		{ "", "--", "-", "" } },
};

struct disguise {
	unsigned encoding; /* of names below */
	char delimiter;
	const char *line_end;
	unsigned form; /* of cells */
	unsigned header; /* 0 names, 1 aliases and stars, 2 titles above, 3 two rows */
	unsigned order; /* columns turned by so many */
	bool quoted; /* everything, not only what must be */
	bool noise; /* blank lines, a total row, an unknown column, a signature */
};

static const struct {
	const char *name, *charset, *mark;
} encodings[] = {
	{ "UTF-8", "UTF-8", "" }, { "UTF-8 BOM", "UTF-8", "\xEF\xBB\xBF" }, { "UTF-16LE", "UTF-16LE", "\xFF\xFE" },
	{ "UTF-16BE", "UTF-16BE", "\xFE\xFF" }, { "GB18030", "GB18030", "" },
};

static const char *const headers[4][COLUMNS] = {
	{ "工号", "姓名", "日期", "类型", "金额", "比例", "合格" },
	{ "*工号", "姓 名", "＊日期", "类　型", "金额（元）", "比例(%)", "\n合格" },
	{ "工号", "姓名", "日期", "类型", "AMOUNT", "比例（％）", "合格" },
	{ "工号", "姓名", "日期", "类型", "业绩", "", "合格" },
};
static const char *const second_row[COLUMNS] = { "", "", "", "", "金额", "比例", "" };

static void put_field(GString *out, const struct disguise *d, const char *text, bool first)
{
	bool needs = d->quoted || strpbrk(text, "\"\n,;\t") || strchr(text, d->delimiter);

	if (!first)
		g_string_append_c(out, d->delimiter);
	if (!needs) {
		g_string_append(out, text);
		return;
	}
	g_string_append_c(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			g_string_append_c(out, '"');
		g_string_append_c(out, *text);
	}
	g_string_append_c(out, '"');
}

static void put_row(GString *out, const struct disguise *d, const char *const fields[COLUMNS], const char *extra)
{
	/* A merged header cell must stay before those it spans. */
	unsigned turn = d->header == 3 ? 0 : d->order;

	if (d->noise)
		put_field(out, d, extra, true);
	for (unsigned i = 0; i < COLUMNS; i++)
		put_field(out, d, fields[(i + turn) % COLUMNS], !d->noise && !i);
	g_string_append(out, d->line_end);
}

static GString *write_disguise(const struct disguise *d)
{
	static const char *const total[COLUMNS] = { "", "", "", "", "1,001,214.50", "", "" };
	GString *out = g_string_new(NULL);

	if (d->header == 2)
		g_string_append_printf(out, "2026年10月明细%s导出时间：2026-11-01 09:00%s%s", d->line_end, d->line_end, d->line_end);
	put_row(out, d, headers[d->header], "序号");
	if (d->header == 3)
		put_row(out, d, second_row, "");
	for (unsigned row = 0; row < ROWS; row++) {
		const char *fields[COLUMNS];

		for (unsigned i = 0; i < COLUMNS; i++)
			fields[i] = cells[row][i][(d->form + row) % FORMS];
		if (d->noise && row == 2)
			g_string_append(out, d->line_end);
		put_row(out, d, fields, "7");
	}
	if (d->noise) {
		put_row(out, d, total, "合 计：");
		g_string_append_printf(out, "制表人：王五%s", d->line_end);
	}
	return out;
}

static void check_disguise(const struct disguise *d, unsigned number)
{
	GString *text = write_disguise(d);
	gsize size;
	char *bytes = g_convert(text->str, (gssize)text->len, encodings[d->encoding].charset, "UTF-8", NULL, &size, NULL);
	GString *file = g_string_new(encodings[d->encoding].mark);
	struct fixture f;
	struct table *table;

	g_assert_nonnull(bytes);
	g_string_append_len(file, bytes, (gssize)size);
	fixture_init(&f);
	table = fixture_read_bytes(&f, &spec, file->str, file->len);
	g_assert_cmpstr(fixture_cells(&f, table), ==, expected);
	g_assert_cmpstr(fixture_messages(&f), ==, "");
	g_assert_cmpstr(table->files[0].encoding, ==, encodings[d->encoding].name);
	g_assert_cmpint(table->files[0].delimiter, ==, d->delimiter);
	if (g_test_failed())
		g_test_message("disguise %u:\n%s", number, text->str);
	fixture_release(&f);
	g_string_free(file, TRUE);
	g_string_free(text, TRUE);
	g_free(bytes);
}

static void test_disguises(void)
{
	static const char delimiters[] = { ',', '\t', ';' };
	static const char *const line_ends[] = { "\n", "\r\n", "\r" };
	unsigned number = 0;

	for (unsigned encoding = 0; encoding < G_N_ELEMENTS(encodings); encoding++)
		for (unsigned delimiter = 0; delimiter < 3; delimiter++)
			for (unsigned header = 0; header < 4 && !g_test_failed(); header++, number++)
				check_disguise(&(struct disguise){ encoding, delimiters[delimiter], line_ends[number % 3],
						       (number / 2) % FORMS, header, number % COLUMNS, number % 5 == 1, number % 2 == 1 },
					number);
	g_assert_cmpuint(number, ==, 60);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/table/disguise/one table in sixty disguises gives the same cells", test_disguises);
	return g_test_run();
}
