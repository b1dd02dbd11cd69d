#include "table/table.h"

#include "table/fixture.h"

static const char *order_aliases[] = { "金额(元)", "amount" };
static const char *kinds[] = { "收款", "退款" };
static struct column order_columns[] = {
	{ .name = "订单号", .type = COLUMN_ID, .role = ROLE_ID, .required = true },
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true, .index = 1 },
	{ .name = "日期", .type = COLUMN_DATE, .required = true, .index = 2 },
	{ .name = "类型", .type = COLUMN_CHOICE, .choices = kinds, .choice_count = 2, .index = 3 },
	{ .name = "金额", .type = COLUMN_MONEY, .required = true, .aliases = order_aliases, .alias_count = 2, .index = 4 },
};
static const struct table_spec orders = { .name = "订单", .columns = order_columns, .column_count = 5,
	.person = &order_columns[1], .key = &order_columns[0] };

static const char *leave_aliases[] = { "事假(天)" };
static struct column attendance_columns[] = {
	{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true },
	{ .name = "姓名", .type = COLUMN_TEXT, .index = 1 },
	{ .name = "事假天数", .type = COLUMN_NUMBER, .aliases = leave_aliases, .alias_count = 1, .has_fallback = true, .index = 2 },
	{ .name = "迟到次数", .type = COLUMN_NUMBER, .index = 3 },
	{ .name = "出勤率", .type = COLUMN_PERCENT, .index = 4 },
};
static struct table_spec attendance = { .name = "考勤", .columns = attendance_columns, .column_count = 5, .one_row = true,
	.person = &attendance_columns[0] };

#define PLAIN_ROWS "SO-1|E1|2026-10-08|收款|1234.50\nSO-2|E2|2026-10-09|退款|-20.00"

/* One reading: the cells and the messages it must give. */
static struct table_file expect(const struct table_spec *spec, const char *text, size_t size, const char *cells,
	const char *messages)
{
	struct fixture f;
	struct table *table;
	struct table_file file = { 0 };

	fixture_init(&f);
	table = fixture_read_bytes(&f, spec, text, size);
	if (g_strcmp0(fixture_cells(&f, table), cells) || g_strcmp0(fixture_messages(&f), messages)) {
		g_test_message("%s\ncells:\n%s\nmessages: %s\nexpected %s", text, fixture_cells(&f, table),
			fixture_messages(&f), messages);
		diag_print(f.diag, stderr, &(struct diag_style){ DIAG_TEXT, false, false, false });
		g_test_fail();
	}
	if (table->file_count) {
		file = table->files[0];
		g_assert_cmpuint(file.rows_read, ==, file.rows_used + file.rows_ignored + file.rows_rejected);
		g_assert_cmpuint(file.rows_used, ==, table->row_count);
	}
	fixture_release(&f);
	return file;
}

static void expect_orders(const char *text, const char *cells, const char *messages)
{
	expect(&orders, text, strlen(text), cells, messages);
}

static void expect_attendance(const char *text, const char *cells, const char *messages)
{
	expect(&attendance, text, strlen(text), cells, messages);
}

static void test_shapes(void)
{
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1234.50\nSO-2,E2,2026-10-09,退款,-20\n", PLAIN_ROWS, "");
	expect_orders("订单号,工号,日期,类型,金额\r\nSO-1,E1,2026-10-08,收款,1234.50\r\nSO-2,E2,2026-10-09,退款,-20", PLAIN_ROWS, "");
	expect_orders("订单号,工号,日期,类型,金额\rSO-1,E1,2026-10-08,收款,1234.50\rSO-2,E2,2026-10-09,退款,-20\r", PLAIN_ROWS, "");
	expect_orders("订单号\t工号\t日期\t类型\t金额\nSO-1\tE1\t20261008\t收款\t1,234.50\nSO-2\tE2\t2026/10/9\t退款\t-20\n", PLAIN_ROWS, "");
	expect_orders("金额;类型;日期;工号;订单号;备注\n1234.50;收款;2026年10月8日;E1;SO-1;a,b,c\n(20.00);退款;2026.10.9;E2;SO-2;\n", PLAIN_ROWS, "");
	expect_orders("\"订单号\",\"工号\",\"日期\",\"类型\",\"金额\"\n\"SO-1\",\"E1\",\"2026-10-08\",\"收款\",\"1,234.50\"\nSO-2,E2,2026-10-09,退款,-20\n",
		PLAIN_ROWS, "");
	expect_orders("2026年10月订单,,,,\n导出时间：2026-11-01\n\n＊订单号 , 工 号,日期,类型,AMOUNT\n,,,,\nSO-1,E1,2026-10-08,收款,¥1,\n",
		"SO-1|E1|2026-10-08|收款|1.00", "");
	expect_orders("订单号,工号,日期,类型,金额（元）,备注\nSO-1,E1,2026-10-08,收款,\"１，２３４．５０\",\"两\n行\"\n\nSO-2,'E2,2026-10-09,退款,-20,\n",
		PLAIN_ROWS, "");
	expect_orders("sep=;\n订单号;工号;日期;类型;金额\nSO-1;E1;2026-10-08;--;1\n", "SO-1|E1|2026-10-08||1.00", "");
}

static void test_two_row_headers(void)
{
	expect_attendance("月度汇总 统计日期:2026-10-01 至 2026-10-31\n报表生成时间:2026-11-01 09:00\n"
			  "姓名,工号,部门,请假,,迟到次数\n,,,事假(天),病假(天),\n张三,E1,一部,1,2,3\n李四,E2,一部,--,,0\n",
		"E1|张三|1|3|\nE2|李四||0|", "");
	expect_attendance("姓名,工号,请假,\n,,年假,调休\n张三,E1,1,2\n", "E1|张三|||", "");
	expect_attendance("姓名,工号,迟到次数,出勤率\n,,次,%\n张三,E1,1,95%\n", "E1|张三||1|0.95", "");
	expect_attendance("姓名,工号,迟到次数,事假天数\n姓名,工号,迟到次数,事假(天)\n张三,E1,1,2\n", "E1|张三|2|1|", "");
	/* A first row of values is no second header row. */
	expect_attendance("姓名,工号,迟到次数,备注\n张三,E1,1,\n,,,\n", "E1|张三||1|", "");
}

static void test_headers(void)
{
	expect_orders("a,b,c\n1,2,3\n", "", "E0140 1:0");
	expect_orders("订单号|工号|日期|类型|金额\n", "", "E0141 1:0");
	expect_orders("订单号，工号，日期，类型，金额\n", "", "E0141 1:0");
	expect_orders("订单号,日期,类型,金额\nSO-1,2026-10-08,收款,x\n", "", "E0142 1:0, E0203 2:4");
	expect_orders("订单号,工号,日期,类型,金额,金额(元)\nSO-1,E1,2026-10-08,收款,1,1\n", "", "E0143 1:6");
	expect_orders("订单号,工号,日期,类型,金额(万元)\nSO-1,E1,2026-10-08,收款,1\n", "", "E0144 1:5");
	expect_attendance("工号,事假天数(小时)\nE1,4\n", "", "E0144 1:2");
	expect_attendance("工号,迟到次數\nE1,4\n", "E1||||", "E0145 1:2");
	expect_attendance("工号,迟到次数(次)\nE1,4\n", "E1|||4|", "");
	/* Half-width katakana folds to full width like any other compatibility form: an unknown column here. */
	expect_attendance("工号,ﾃﾞｰﾀ\nE1,4\n", "E1||||", "");
}

static void test_suggestion(void)
{
	static const char *aliases[] = { "人员编码" };
	static struct column columns[] = { { .name = "工号", .type = COLUMN_ID, .required = true, .aliases = aliases, .alias_count = 1 },
		{ .name = "姓名", .type = COLUMN_TEXT, .index = 1 } };
	static const struct table_spec spec = { .name = "表", .columns = columns, .column_count = 2 };
	struct fixture f;

	fixture_init(&f);
	fixture_read(&f, &spec, "序号,人员编吗,姓名\n1,E1,张\n");
	g_assert_cmpstr(fixture_messages(&f), ==, "E0142 1:0");
	g_assert_true(g_str_has_prefix(diag_item(f.diag, 0)->help, "did you mean '人员编吗'?\n"));
	fixture_release(&f);
}

static void test_katakana(void)
{
	static struct column columns[] = { { .name = "データ", .type = COLUMN_NUMBER } };
	static const struct table_spec spec = { .name = "表", .columns = columns, .column_count = 1 };

	expect(&spec, "ﾃﾞｰﾀ\n4\n", strlen("ﾃﾞｰﾀ\n4\n"), "4", "");
}

static void test_rows(void)
{
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款\nSO-2,E2,2026-10-08,收款,1\n", "SO-2|E2|2026-10-08|收款|1.00", "E0135 2:0");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1,234.50\n", "", "E0136 2:6");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1,,\n", "SO-1|E1|2026-10-08|收款|1.00", "");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1,\nSO-2,E1,2026-10-08,退款,2,\n",
		"SO-1|E1|2026-10-08|收款|1.00\nSO-2|E1|2026-10-08|退款|2.00", "");
	/* An unquoted comma pushes an empty last field over the edge. */
	expect_orders("订单号,工号,日期,类型,金额,备注\nSO-1,E1,2026-10-08,收款,1,234.50,\nSO-2,E1,2026-10-08,退款,2,\n",
		"SO-2|E1|2026-10-08|退款|2.00", "E0136 2:7");
	expect_orders("订单号,工号,日期,类型,金额,,\nSO-1,E1,2026-10-08,收款,1\n", "SO-1|E1|2026-10-08|收款|1.00", "");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,,2026-02-30,收欠,1.2.3\n", "", "E0201 2:2, E0221 2:3, E0216 2:4, E0203 2:5");
	/* Everything wrong in one pass, each at its own line. */
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,1.2E+05,2026-10-08,收款,1\nSO-2,E2,10/8/26,收款,#REF!\nSO-3,E3,2026-10-08,退款,1O0\n",
		"", "E0231 2:2, E0223 3:3, E0202 3:5, E0205 4:5");
}

static void test_quotes(void)
{
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,\"收款,1\nSO-2,E2,2026-10-08,收款,1\n", "SO-2|E2|2026-10-08|收款|1.00",
		"E0130 2:4");
	/* The open quote would swallow everything up to the next one, two lines below. */
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,\"收款,1\nSO-2,E2,2026-10-08,收款,1\nSO-3,\"E3\",2026-10-08,收款,1\n",
		"SO-2|E2|2026-10-08|收款|1.00\nSO-3|E3|2026-10-08|收款|1.00", "E0130 2:4");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,\"E\"1,2026-10-08,收款,1\nSO-2,E2,2026-10-08,收款,1\n", "SO-2|E2|2026-10-08|收款|1.00",
		"E0131 2:2");
	/* The field that begins on the second physical line of its row is reported there. */
	expect_orders("备注,订单号,工号,日期,类型,金额\n\"两\n行\",SO-1,E1,2026-10-08,收款,x\n", "", "E0203 3:6");
	expect_orders("备注,订单号,工号,日期,类型,金额\n5\" 管,SO-1,E1,2026-10-08,收款,1\n", "SO-1|E1|2026-10-08|收款|1.00", "");
	expect_orders("\"订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1\n", "", "E0130 1:1");
}

static void test_totals(void)
{
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,10\n小计,,,,10\nSO-2,E2,2026-10-08,收款,20.50\n小计,,,,20.50\n合计,,,,30.5\n",
		"SO-1|E1|2026-10-08|收款|10.00\nSO-2|E2|2026-10-08|收款|20.50", "");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,10\n小计,,,,11\nSO-2,E2,2026-10-08,收款,20\n小 计：,,,,20\n,总计,,,\"31\"\n",
		"SO-1|E1|2026-10-08|收款|10.00\nSO-2|E2|2026-10-08|收款|20.00", "E0150 3:5, E0150 6:5");
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,10\n合计,,,,约十元\n", "SO-1|E1|2026-10-08|收款|10.00", "E0151 3:5");
	/* A row in error makes the sum unknown: no second message. */
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1O\n合计,,,,10\n", "", "E0205 2:5");
	/* A total row and a foot line may be short. */
	expect_orders("订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,10\n合计\n制表人：王五\n", "SO-1|E1|2026-10-08|收款|10.00", "");
}

static void test_ignored(void)
{
	struct table_file file = expect(&orders, "订单号,工号,日期,类型,金额,备注\n\nSO-1,E1,2026-10-08,收款,1,\n合计,,,,1,\n审核：李,,,,,\n",
		strlen("订单号,工号,日期,类型,金额,备注\n\nSO-1,E1,2026-10-08,收款,1,\n合计,,,,1,\n审核：李,,,,,\n"),
		"SO-1|E1|2026-10-08|收款|1.00", "");

	g_assert_cmpuint(file.rows_read, ==, 3);
	g_assert_cmpuint(file.rows_ignored, ==, 2);
	g_assert_cmpuint(file.ignored_count, ==, 2);
	g_assert_cmpint(file.header_line, ==, 1);
}

static void test_not_csv(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		const char *messages;
	} cases[] = {
		{ "PK\x03\x04\x14\0\x06\0", 8, "E0121 0:0" }, { "\xD0\xCF\x11\xE0\xA1\xB1", 6, "E0122 0:0" },
		{ "<html><table>", 13, "E0123 0:0" }, { "%PDF-1.4", 8, "E0124 0:0" }, { "", 0, "E0120 0:0" },
		{ "\xEF\xBB\xBF", 3, "E0120 0:0" }, { " \r\n\r\n", 5, "E0120 0:0" },
		{ "a,b\n1,\0\n", 8, "E0125 2:0" }, { "\xFF\xFE", 2, "E0120 0:0" },
		{ "a\0,\0b\0\n\0", 8, "E0126 0:0" }, { "\xEF\xBB\xBF" "a\n\xFF\n", 7, "E0128 2:0" },
		{ "a\nb\n\xC0\xFF\n", 7, "E0127 3:0" }, { "\xFF\xFE" "a\0\n\0\x00\xD8", 8, "E0128 2:0" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture f;

		fixture_init(&f);
		fixture_read_bytes(&f, &orders, cases[i].bytes, cases[i].size);
		g_assert_cmpstr(fixture_messages(&f), ==, cases[i].messages);
		fixture_release(&f);
	}
}

static void test_keys(void)
{
	struct fixture f;
	struct table *table;

	fixture_init(&f);
	table = fixture_read(&f, &orders, "订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,1\nSO-2,E1,2026-10-08,收款,2\nSO-1,E2,2026-10-08,收款,3\n");
	table_check_keys(table, &f.reader);
	g_assert_cmpstr(fixture_messages(&f), ==, "E0301 4:1");
	g_assert_nonnull(strstr(diag_item(f.diag, 0)->text, "t.csv:2"));
	g_assert_cmpstr(fixture_cells(&f, table), ==, "SO-1|E1|2026-10-08|收款|1.00\nSO-2|E1|2026-10-08|收款|2.00");
	g_assert_cmpuint(table->files[0].rows_used, ==, 2);
	g_assert_cmpuint(table->files[0].rows_rejected, ==, 1);
	fixture_release(&f);
}

static void test_lost(void)
{
	struct fixture f;
	struct table *table;

	fixture_init(&f);
	table = fixture_read(&f, &orders, "订单号,工号,日期,类型,金额\nSO-1,E1,2026-10-08,收款,x\nSO-2,E2,2026-10-08,收款\n"
					  "\"SO-3\",\"E3,2026-10-08,收款,1\nSO-4,E4,2026-10-08,收款,1\n");
	table_check_keys(table, &f.reader);
	g_assert_cmpstr(fixture_messages(&f), ==, "E0203 2:5, E0135 3:0, E0130 4:2");
	g_assert_true(table_may_hold(table, "SO-1") && table_may_hold(table, "SO-2") && table_may_hold(table, "SO-3"));
	g_assert_false(table_may_hold(table, "SO-4") || table_may_hold(table, "SO-9"));
	fixture_release(&f);
	/* The key itself is lost: it could be any. */
	fixture_init(&f);
	table = fixture_read(&f, &orders, "订单号,工号,日期,类型,金额\n1.2E+17,E1,2026-10-08,收款,1\n");
	g_assert_true(table_may_hold(table, "SO-9"));
	fixture_release(&f);
	fixture_init(&f);
	table = fixture_read(&f, &orders, "订单号,日期,类型,金额\n");
	g_assert_true(table_may_hold(table, "SO-9"));
	fixture_release(&f);
}

static void test_places(void)
{
	struct fixture f;
	struct table *table;
	struct place at;

	fixture_init(&f);
	table = fixture_read(&f, &orders, "订单号,工号,日期,类型,金额(元)\n\"SO\n1\",E1,2026-10-08,收款,1\nSO-2,E2,2026-10-09,退款,\"-20\"\n");
	at = table_place(table, 1, &order_columns[4], f.arena);
	g_assert_cmpint(at.line, ==, 4);
	g_assert_cmpint(at.column, ==, 5);
	g_assert_cmpstr(at.text, ==, "SO-2,E2,2026-10-09,退款,\"-20\"");
	g_assert_cmpuint(at.mark_start, ==, strlen("SO-2,E2,2026-10-09,退款,"));
	g_assert_cmpuint(at.mark_end, ==, strlen(at.text));
	g_assert_cmpstr(at.note, ==, "column 金额(元)");
	at = table_place(table, 0, &order_columns[1], f.arena);
	g_assert_cmpint(at.line, ==, 3);
	g_assert_cmpstr(at.text, ==, "1\",E1,2026-10-08,收款,1");
	g_assert_cmpuint(at.mark_start, ==, 3);
	at = table_place(table, 1, NULL, f.arena);
	g_assert_cmpint(at.column, ==, 0);
	g_assert_cmpint(at.line, ==, 4);
	fixture_release(&f);
}

static void test_text(void)
{
	static const char rows[] = "\n  订单号,日期,金额\n  SO-1,2026-10-08,5\n";
	struct fixture f;
	struct table *table;

	fixture_init(&f);
	table = table_new(&orders, f.arena);
	g_assert_true(table_read_text(table, "p.xml", rows, strlen(rows), "E9", &f.reader));
	g_assert_cmpstr(fixture_cells(&f, table), ==, "SO-1|E9|2026-10-08||5.00");
	g_assert_cmpstr(fixture_messages(&f), ==, "");
	g_assert_cmpstr(table_place(table, 0, &order_columns[2], f.arena).text, ==, "  SO-1,2026-10-08,5");
	fixture_release(&f);
}

static void test_many_files(void)
{
	struct fixture f;
	struct table *table;

	fixture_init(&f);
	table = fixture_read(&f, &attendance, "工号,迟到次数\nE1,1\nE2,2\n");
	fixture_write(&f, "迟到次数,工号,姓名\n3,E3,李\n", strlen("迟到次数,工号,姓名\n3,E3,李\n"));
	g_assert_true(table_read_file(table, f.path, &f.reader));
	g_assert_cmpstr(fixture_cells(&f, table), ==, "E1|||1|\nE2|||2|\nE3|李||3|");
	g_assert_cmpuint(table->file[2], ==, 1);
	g_assert_cmpuint(table->line[2], ==, 2);
	fixture_release(&f);
}

static void test_fallback(void)
{
	attendance_columns[2].fallback = value_number(VALUE_NUMBER, decimal_zero());
	expect_attendance("工号,事假天数\nE1,\nE2,2\n", "E1||0||\nE2||2||", "");
	expect_attendance("工号,姓名\nE1,a\n", "E1|a|0||", "");
	attendance_columns[2].fallback = value_missing(VALUE_NUMBER);
}

/*
 * Cells of a large file are remembered; they must give what they give in a
 * small one: values in all forms, errors and warnings each time they stand.
 */
static void test_large(void)
{
	static const char header[] = "订单号,工号,日期,类型,金额\n";
	static const char *const rows[] = { "E1,2026-10-08,收款,\"1,234.50\"", "Ｅ２,2026年10月9日,退 款,￥20", "E1,2026/2/30,收款,5",
		"E3,46303,收款,(5.00)", "E4,2026-10-08,--,5", "1.23E+17,2026-10-08,收款,1O", "E1,2026-10-08,收款,5 元" };
	const size_t kinds_of_rows = G_N_ELEMENTS(rows), rounds = 3000;
	struct fixture large, small;
	struct table *all, *one = NULL;
	GString *text = g_string_new(header);

	fixture_init(&large);
	fixture_init(&small);
	for (size_t i = 0; i < rounds * kinds_of_rows; i++) {
		g_string_append_printf(text, "SO-%zu,%s\n", i, rows[i % kinds_of_rows]);
		if (i + 1 == kinds_of_rows)
			one = fixture_read(&small, &orders, text->str);
	}
	all = fixture_read(&large, &orders, text->str);
	g_assert_cmpuint(one->row_count, ==, 5);
	g_assert_cmpuint(all->row_count, ==, rounds * one->row_count);
	for (size_t i = 0; i < all->row_count; i++)
		for (size_t j = 1; j < orders.column_count; j++) {
			const struct value *a = table_cell(all, i, j), *b = table_cell(one, i % one->row_count, j);
			char left[VALUE_TEXT_SIZE], right[VALUE_TEXT_SIZE];

			g_assert_cmpstr(value_format(a, left), ==, value_format(b, right));
		}
	g_assert_cmpuint(diag_errors(small.diag), ==, 3);
	g_assert_cmpuint(diag_errors(large.diag), ==, 3 * rounds);
	g_assert_cmpuint(diag_warnings(large.diag), ==, rounds * diag_warnings(small.diag));
	g_assert_cmpuint(diag_warnings(small.diag), ==, 1);
	g_string_free(text, TRUE);
	fixture_release(&large);
	fixture_release(&small);
}

static void test_message(void)
{
	struct fixture f;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	const char *expected = "    |\n118 | ";

	(void)expected;
	fixture_init(&f);
	fixture_read(&f, &orders, "工号,日期,订单号,类型,说明,金额\nE1001,2026-10-08,SO-7731,收款,终端,1.2.3\n");
	diag_print(f.diag, out, &(struct diag_style){ DIAG_TEXT, false, false, false });
	fclose(out);
	g_assert_nonnull(strstr(text, "t.csv:2:6: error[E0203]: amount '1.2.3' is not a number\n"
				      "  |\n"
				      "2 | E1001,2026-10-08,SO-7731,收款,终端,1.2.3\n"
				      "  |                                    ^^^^^ column 金额\n"
				      "  = help: write 1234.50; thousands separators and ¥ are accepted\n"));
	if (g_test_failed())
		g_test_message("%s", text);
	free(text);
	fixture_release(&f);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	attendance_columns[2].fallback = value_missing(VALUE_NUMBER);
	g_test_add_func("/table/table/delimiters, line ends, titles and orders of columns do not matter", test_shapes);
	g_test_add_func("/table/table/two-row headers are put together", test_two_row_headers);
	g_test_add_func("/table/table/missing, doubled and unsure headers are reported", test_headers);
	g_test_add_func("/table/table/the header most like a missing one is offered", test_suggestion);
	g_test_add_func("/table/table/half-width katakana headers are folded", test_katakana);
	g_test_add_func("/table/table/ragged rows and bad cells are all reported in one pass", test_rows);
	g_test_add_func("/table/table/broken quotes are reported where they open and reading goes on", test_quotes);
	g_test_add_func("/table/table/total rows are checked against the rows", test_totals);
	g_test_add_func("/table/table/every row is used, ignored or rejected", test_ignored);
	g_test_add_func("/table/table/what is no CSV is told apart", test_not_csv);
	g_test_add_func("/table/table/doubled keys name the first row", test_keys);
	g_test_add_func("/table/table/keys of rejected rows are remembered", test_lost);
	g_test_add_func("/table/table/a cell's place is found again", test_places);
	g_test_add_func("/table/table/rows of an example may lack the person", test_text);
	g_test_add_func("/table/table/several files make one table", test_many_files);
	g_test_add_func("/table/table/a default stands for blank cells and absent columns", test_fallback);
	g_test_add_func("/table/table/cells of a large file are read as those of a small one", test_large);
	g_test_add_func("/table/table/a message looks as the contract shows it", test_message);
	return g_test_run();
}
