#include "table/csv.h"

#include <csv.h>

#include "base/arena.h"
#include "unit.h"

static const char *const problems[] = { [CSV_FINE] = "", [CSV_QUOTE_OPEN] = "open", [CSV_QUOTE_STRAY] = "stray",
	[CSV_FIELD_LARGE] = "large", [CSV_COLUMNS_MANY] = "many" };

/* Rows as "1:a|b" (line, fields), blank ones as "2:", broken ones as "3!open@2". */
static const char *rows_of(struct arena *arena, const char *text, size_t size, char delimiter)
{
	struct csv_reader *reader = csv_reader_new(text, size, delimiter);
	struct csv_row row;
	const char *all = "";

	while (csv_reader_next(reader, &row)) {
		all = arena_printf(arena, "%s%s%ld", all, *all ? " / " : "", row.line);
		if (row.problem != CSV_FINE) {
			all = arena_printf(arena, "%s!%s@%zu", all, problems[row.problem], row.problem_field);
			continue;
		}
		all = arena_printf(arena, "%s:", all);
		for (size_t i = 0; !row.blank && i < row.count; i++)
			all = arena_printf(arena, "%s%s%s", all, i ? "|" : "", row.fields[i].text);
	}
	csv_reader_free(reader);
	return all;
}

static void check(const char *text, const char *expected)
{
	struct arena *arena = arena_new();

	g_assert_cmpstr(rows_of(arena, text, strlen(text), ','), ==, expected);
	arena_free(arena);
}

static void test_rows(void)
{
	check("", "");
	check("a,b", "1:a|b");
	check("a,b\nc,d\n", "1:a|b / 2:c|d");
	check("a,b\r\nc,d\r\n", "1:a|b / 2:c|d");
	check("a,b\rc,d\r", "1:a|b / 2:c|d");
	check("a\r\n\rb\n\nc", "1:a / 2: / 3:b / 4: / 5:c");
	check("a,\n,\n,,b", "1:a| / 2: / 3:||b");
	check(" a , b ", "1:a|b");
	check("a b,c", "1:a b|c");
}

static void test_quotes(void)
{
	check("\"a,b\",c", "1:a,b|c");
	check("\"a\"\"b\"", "1:a\"b");
	check("\"\",x", "1:|x");
	check("\" a \",x", "1: a |x");
	check("  \"a\"  ,x", "1:a|x");
	check("a\"b,c\"d", "1:a\"b|c\"d");
	check("=\"0012\",x", "1:=\"0012\"|x");
	check("\"a\nb\",c\nd,e", "1:a\nb|c / 3:d|e");
	check("\"a\r\nb\rc\",d\ne,f", "1:a\r\nb\rc|d / 4:e|f");
	check("\"\"\"\"", "1:\"");
}

static void test_broken(void)
{
	check("a,\"b\nc,d\n", "1!open@2 / 2:c|d");
	check("a,\"b\nc,\"d\"\ne,f\n", "1!open@2 / 2:c|d / 3:e|f");
	check("\"a\"b,c\nd,e\n", "1!stray@1 / 2:d|e");
	check("a,\"", "1!open@2");
	check("\"a\nb\",\"c\nd,e\n", "1!open@2 / 3:d|e");
	check("\"a\" x\n\"b\n", "1!stray@1 / 2!open@1");
}

static void test_delimiters(void)
{
	struct arena *arena = arena_new();

	g_assert_cmpstr(rows_of(arena, "a,b\tc\n", 6, '\t'), ==, "1:a,b|c");
	g_assert_cmpstr(rows_of(arena, "a\t\tc\n", 5, '\t'), ==, "1:a||c");
	g_assert_cmpstr(rows_of(arena, "\ta\n", 3, '\t'), ==, "1:|a");
	g_assert_cmpstr(rows_of(arena, "a;\"b;c\"\n", 8, ';'), ==, "1:a|b;c");
	arena_free(arena);
}

/* What libcsv itself makes of one row, in the form of rows_of. */
struct direct {
	GString *text;
	size_t count;
	bool filled;
};

static void direct_field(void *text, size_t length, void *context)
{
	struct direct *direct = context;

	g_string_append(direct->text, direct->count++ ? "|" : "");
	g_string_append_len(direct->text, text, (gssize)length);
	direct->filled = direct->filled || length;
}

static void check_against_libcsv(const char *row, char delimiter)
{
	struct direct direct = { g_string_new("1:"), 0, false };
	struct arena *arena = arena_new();
	struct csv_parser parser;

	csv_init(&parser, 0);
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_parse(&parser, row, strlen(row), direct_field, NULL, &direct);
	csv_fini(&parser, direct_field, NULL, &direct);
	csv_free(&parser);
	g_assert_cmpstr(rows_of(arena, row, strlen(row), delimiter), ==, !*row ? "" : direct.filled ? direct.text->str : "1:");
	g_string_free(direct.text, TRUE);
	arena_free(arena);
}

/* Every row of up to seven of these letters: rows without quotes do not pass through libcsv. */
static void test_as_libcsv(void)
{
	static const char letters[] = "a \t,;";
	static const char delimiters[] = { ',', '\t', ';' };
	char row[8];

	for (size_t length = 0, count = 1; length < 8; length++, count *= 5)
		for (size_t i = 0; i < count && !g_test_failed(); i++) {
			size_t rest = i;

			for (size_t j = 0; j < length; j++, rest /= 5)
				row[j] = letters[rest % 5];
			row[length] = '\0';
			check_against_libcsv(row, delimiters[i % 3]);
		}
	check_against_libcsv("工号 , 说明一二三四五六七八九\t,,x y ,", ',');
	check_against_libcsv("aaaaaaa,aaaaaaaa,aaaaaaaaa,aaaaaaaaaaaaaaaa,,", ',');
	check_against_libcsv("\"a b\" , \"c\"\"d\",e\"f, g ", ',');
}

static void test_limits(void)
{
	GString *text = g_string_new(NULL);
	struct csv_reader *reader;
	struct csv_row row;

	for (size_t i = 0; i < CSV_LARGEST_FIELD; i++)
		g_string_append_c(text, 'x');
	g_string_append(text, ",b\n");
	for (size_t i = 0; i < CSV_LARGEST_FIELD + 1; i++)
		g_string_append_c(text, 'x');
	g_string_append(text, ",b\na,b\n");
	for (size_t i = 0; i < CSV_MOST_COLUMNS; i++)
		g_string_append(text, i ? ",c" : "c");
	g_string_append_c(text, '\n');
	for (size_t i = 0; i <= CSV_MOST_COLUMNS; i++)
		g_string_append(text, i ? ",c" : "c");
	reader = csv_reader_new(text->str, text->len, ',');
	g_assert_true(csv_reader_next(reader, &row) && row.problem == CSV_FINE);
	g_assert_cmpuint(row.fields[0].length, ==, CSV_LARGEST_FIELD);
	g_assert_true(csv_reader_next(reader, &row) && row.problem == CSV_FIELD_LARGE && row.problem_field == 1);
	g_assert_true(csv_reader_next(reader, &row) && row.count == 2);
	g_assert_true(csv_reader_next(reader, &row) && row.problem == CSV_FINE && row.count == CSV_MOST_COLUMNS);
	g_assert_true(csv_reader_next(reader, &row) && row.problem == CSV_COLUMNS_MANY);
	g_assert_false(csv_reader_next(reader, &row));
	csv_reader_free(reader);
	g_string_free(text, TRUE);
}

static void test_spans(void)
{
	static const char row[] = "工号, \"a,b\" ,\"x\ny\",z";
	struct csv_span span = csv_field_span(row, strlen(row), ',', 2);

	g_assert_cmpuint(span.start, ==, strlen("工号, "));
	g_assert_cmpuint(span.end, ==, strlen("工号, \"a,b\""));
	g_assert_cmpint(span.line, ==, 0);
	g_assert_cmpuint(span.length, ==, strlen("工号, \"a,b\" ,\"x"));
	span = csv_field_span(row, strlen(row), ',', 3);
	g_assert_cmpint(span.line, ==, 0);
	g_assert_cmpuint(span.end, ==, span.length);
	span = csv_field_span(row, strlen(row), ',', 4);
	g_assert_cmpint(span.line, ==, 1);
	g_assert_cmpuint(span.start, ==, 3);
	g_assert_cmpuint(span.end, ==, 4);
	span = csv_field_span(row, strlen(row), ',', 9);
	g_assert_cmpuint(span.start, ==, span.end);
}

/* A million lines that each leave a quote open must not each search to the file's end. */
static void test_no_hang(void)
{
	static const char *const lines[] = { "\"a\n", "a,\"\n", "\"\"\"\n", "\"\"x\n", "\r", "\"a\r", "a\"\n" };

	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		GString *text = g_string_new(NULL);
		struct csv_reader *reader;
		struct csv_row row;
		size_t rows = 0;
		gint64 start = g_get_monotonic_time();

		while (text->len < 3000000)
			g_string_append(text, lines[i]);
		reader = csv_reader_new(text->str, text->len, ',');
		while (csv_reader_next(reader, &row))
			rows++;
		g_assert_cmpuint(rows, >, 0);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
		csv_reader_free(reader);
		g_string_free(text, TRUE);
	}
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/table/csv/rows end at LF, CRLF or CR and lines are counted", test_rows);
	g_test_add_func("/table/csv/quotes hide delimiters, line ends and themselves", test_quotes);
	g_test_add_func("/table/csv/a broken row costs one line", test_broken);
	g_test_add_func("/table/csv/commas, tabs and semicolons part fields", test_delimiters);
	g_test_add_func("/table/csv/rows without quotes are read as libcsv reads them", test_as_libcsv);
	g_test_add_func("/table/csv/fields and columns have limits", test_limits);
	g_test_add_func("/table/csv/fields are found again in their row", test_spans);
	g_test_add_func("/table/csv/no pattern of quotes makes it slow", test_no_hang);
	return g_test_run();
}
