#include <string.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "books/against.h"
#include "pipeline_compare.h"
#include "table/sheet.h"

#define SHOWN_MAX 20 /* on a terminal; the CSV has all */

const char *compared_text(const struct value *value, char room[COMPARED_TEXT])
{
	_Static_assert(COMPARED_TEXT >= VALUE_TEXT_SIZE, "a value fits");
	if (value->missing)
		return "";
	if (value->type == VALUE_MONEY && !decimal_is_integer(decimal_multiply(value->number, decimal_from_int(100))))
		return decimal_format(value->number, room);
	return value_format(value, room);
}

void compared_put_member(struct text_buffer *out, const char *name, const struct value *value)
{
	char room[COMPARED_TEXT];

	json_put_member(out, name, value->missing ? NULL : compared_text(value, room), false);
}

static const char *word(const struct against_paper *paper, const char *en, const char *zh)
{
	return paper->chinese ? zh : en;
}

static const char *result_word(const struct against_paper *paper, enum against_result result)
{
	static const char *const words[][2] = { [AGAINST_EQUAL] = { "equal", "相同" }, [AGAINST_DIFFERENT] = { "different", "不同" },
		[AGAINST_MISSING_HERE] = { "missing in the ledger", "账册缺" }, [AGAINST_MISSING_THERE] = { "missing in the file", "表格缺" } };

	return words[result][paper->chinese];
}

/* ---- CSV: every cell ---- */

static void put_value_field(struct text_buffer *out, const struct value *value, char room[COMPARED_TEXT])
{
	(value_type_is_numeric(value->type) ? csv_put_field : csv_put_defused)(out, compared_text(value, room), false);
}

void against_csv(const struct against_paper *paper, struct text_buffer *out)
{
	static const char *const heads[][2] = { { "id", "工号" }, { "name", "姓名" }, { "figure", "项目" }, { "column", "表格列" },
		{ "result", "结果" }, { "ledger", "账册" }, { "file", "表格" }, { "difference", "差额" } };

	for (size_t i = 0; i < 8; i++)
		csv_put_field(out, heads[i][paper->chinese], !i);
	text_buffer_putc(out, '\n');
	for (size_t i = 0; i < paper->against->cell_count; i++) {
		const struct against_cell *cell = &paper->against->cells[i];
		char here[COMPARED_TEXT], there[COMPARED_TEXT], difference[COMPARED_TEXT];

		csv_put_defused(out, cell->id, true);
		csv_put_defused(out, cell->name, false);
		csv_put_field(out, cell->figure->name, false);
		csv_put_defused(out, cell->figure->header, false);
		csv_put_field(out, result_word(paper, cell->result), false);
		put_value_field(out, &cell->here, here);
		put_value_field(out, &cell->there, there);
		csv_put_field(out, compared_text(&cell->difference, difference), false);
		text_buffer_putc(out, '\n');
	}
}

/* ---- JSON: one object, with the cells that are not equal ---- */

static void put_counts(struct text_buffer *out, const size_t counts[4])
{
	text_buffer_printf(out, "\"equal\":%zu,\"different\":%zu,\"missing_in_ledger\":%zu,\"missing_in_file\":%zu",
		counts[AGAINST_EQUAL], counts[AGAINST_DIFFERENT], counts[AGAINST_MISSING_HERE], counts[AGAINST_MISSING_THERE]);
}

static void put_strays(struct text_buffer *out, const char *name, const char *member, const struct against_stray *strays,
	size_t count)
{
	text_buffer_printf(out, ",\n\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		text_buffer_puts(out, i ? ",\n{" : "\n{");
		json_put_member(out, member, strays[i].text, true);
		if (!strcmp(member, "id"))
			json_put_member(out, "name", strays[i].name, false);
		json_put_member(out, "did_you_mean", strays[i].nearest, false);
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

static void put_figures(struct text_buffer *out, const struct against *against)
{
	text_buffer_puts(out, ",\n\"columns\":[");
	for (size_t i = 0; i < against->figure_count; i++) {
		const struct against_figure *figure = &against->figures[i];
		const struct value here = value_number(figure->type, figure->here), there = value_number(figure->type, figure->there);

		text_buffer_puts(out, i ? ",\n{" : "\n{");
		json_put_member(out, "figure", figure->name, true);
		json_put_member(out, "column", figure->header, false);
		text_buffer_putc(out, ',');
		put_counts(out, figure->counts);
		if (value_type_is_numeric(figure->type)) {
			compared_put_member(out, "ledger", &here);
			compared_put_member(out, "file", &there);
		}
		text_buffer_putc(out, '}');
	}
	text_buffer_putc(out, ']');
}

static void put_cells(struct text_buffer *out, const struct against *against)
{
	static const char *const words[] = { [AGAINST_EQUAL] = "equal", [AGAINST_DIFFERENT] = "different",
		[AGAINST_MISSING_HERE] = "missing in ledger", [AGAINST_MISSING_THERE] = "missing in file" };
	bool first = true;

	text_buffer_puts(out, ",\n\"cells\":[");
	for (size_t i = 0; i < against->cell_count; i++) {
		const struct against_cell *cell = &against->cells[i];

		if (cell->result == AGAINST_EQUAL || cell->whole)
			continue;
		text_buffer_puts(out, first ? "\n{" : ",\n{");
		first = false;
		json_put_member(out, "id", cell->id, true);
		json_put_member(out, "name", cell->name, false);
		json_put_member(out, "figure", cell->figure->name, false);
		json_put_member(out, "result", words[cell->result], false);
		compared_put_member(out, "ledger", &cell->here);
		compared_put_member(out, "file", &cell->there);
		compared_put_member(out, "difference", &cell->difference);
		text_buffer_printf(out, ",\"line\":%ld}", cell->line);
	}
	text_buffer_putc(out, ']');
}

void against_json(const struct against_paper *paper, struct text_buffer *out)
{
	const struct against *against = paper->against;

	text_buffer_putc(out, '{');
	json_put_member(out, "month", paper->month, true);
	json_put_member(out, "against", paper->file, false);
	text_buffer_printf(out, ",\"people\":%zu,", against->both);
	put_counts(out, against->counts);
	put_figures(out, against);
	put_strays(out, "unmatched_columns", "column", against->headers, against->header_count);
	put_strays(out, "people_missing_in_file", "id", against->here, against->here_count);
	put_strays(out, "people_missing_in_ledger", "id", against->there, against->there_count);
	put_cells(out, against);
	text_buffer_puts(out, "}\n");
}

/* ---- text ---- */

static const char *number(const struct against_paper *paper, size_t count)
{
	return count ? arena_printf(paper->arena, "%zu", count) : "0";
}

static const char *sum(const struct against_paper *paper, enum value_type type, struct decimal amount)
{
	const struct value value = value_number(type, amount);
	char room[COMPARED_TEXT];

	/* Percents and scores add up to nothing that means anything. */
	return type == VALUE_MONEY ? arena_strdup(paper->arena, compared_text(&value, room)) : "";
}

static void print_figures(const struct against_paper *paper, struct text_buffer *out)
{
	static const char *const heads[][2] = { { "figure", "项目" }, { "equal", "相同" }, { "different", "不同" },
		{ "missing", "缺" }, { "ledger", "账册合计" }, { "file", "表格合计" }, { "difference", "差额" } };
	struct text_rows *rows = text_rows_new(7, "lrrrrrr", paper->arena);

	for (size_t i = 0; i < 7; i++)
		text_rows_put(rows, heads[i][paper->chinese]);
	for (size_t i = 0; i < paper->against->figure_count; i++) {
		const struct against_figure *figure = &paper->against->figures[i];

		text_rows_put(rows, !strcmp(figure->name, figure->header) ? figure->name :
			arena_printf(paper->arena, paper->chinese ? "%s（%s）" : "%s (%s)", figure->name, figure->header));
		text_rows_put(rows, number(paper, figure->counts[AGAINST_EQUAL]));
		text_rows_put(rows, number(paper, figure->counts[AGAINST_DIFFERENT]));
		text_rows_put(rows, number(paper, figure->counts[AGAINST_MISSING_HERE] + figure->counts[AGAINST_MISSING_THERE]));
		text_rows_put(rows, sum(paper, figure->type, figure->here));
		text_rows_put(rows, sum(paper, figure->type, figure->there));
		text_rows_put(rows, sum(paper, figure->type, decimal_subtract(figure->here, figure->there)));
	}
	text_rows_print(rows, "  ", out);
}

static void print_more(const struct against_paper *paper, size_t count, struct text_buffer *out)
{
	if (count > SHOWN_MAX)
		text_buffer_printf(out, paper->chinese ? "  …… 另有 %zu 项：%s\n" : "  … and %zu more: %s\n", count - SHOWN_MAX, paper->csv);
}

static void put_cell(const struct against_paper *paper, struct text_rows *rows, const struct value *value)
{
	char room[COMPARED_TEXT];

	text_rows_put(rows, value->missing ? "—" : arena_strdup(paper->arena, compared_text(value, room)));
}

/* The cells of people on both sides that are not equal. */
static void print_cells(const struct against_paper *paper, struct text_buffer *out)
{
	static const char *const heads[][2] = { { "id", "工号" }, { "name", "姓名" }, { "figure", "项目" }, { "ledger", "账册" },
		{ "file", "表格" }, { "difference", "差额" }, { "", "" } };
	const struct against *against = paper->against;
	struct text_rows *rows = text_rows_new(7, "lllrrrl", paper->arena);
	size_t count = 0;

	for (size_t i = 0; i < 7; i++)
		text_rows_put(rows, heads[i][paper->chinese]);
	for (size_t i = 0; i < against->cell_count; i++) {
		const struct against_cell *cell = &against->cells[i];

		if (cell->result == AGAINST_EQUAL || cell->whole || count++ >= SHOWN_MAX)
			continue;
		text_rows_put(rows, cell->id);
		text_rows_put(rows, cell->name);
		text_rows_put(rows, cell->figure->name);
		put_cell(paper, rows, &cell->here);
		put_cell(paper, rows, &cell->there);
		put_cell(paper, rows, &cell->difference);
		text_rows_put(rows, cell->result == AGAINST_DIFFERENT ? "" : result_word(paper, cell->result));
	}
	if (!count)
		return;
	text_buffer_printf(out, paper->chinese ? "\n不相同的 %zu 项\n" : "\nnot equal: %zu\n", count);
	text_rows_print(rows, "  ", out);
	print_more(paper, count, out);
}

static void print_strays(const struct against_paper *paper, const char *title, const struct against_stray *strays, size_t count,
	struct text_buffer *out)
{
	if (!count)
		return;
	text_buffer_printf(out, "\n");
	text_buffer_printf(out, paper->chinese ? "%s：%zu\n" : "%s: %zu\n", title, count);
	for (size_t i = 0; i < count && i < SHOWN_MAX; i++) {
		text_buffer_printf(out, "  %s%s%s", strays[i].text, *strays[i].name ? "  " : "", strays[i].name);
		if (strays[i].nearest)
			text_buffer_printf(out, paper->chinese ? "  是不是“%s”？" : "  did you mean '%s'?", strays[i].nearest);
		text_buffer_putc(out, '\n');
	}
	print_more(paper, count, out);
}

void against_text(const struct against_paper *paper, struct text_buffer *out)
{
	const struct against *against = paper->against;
	size_t missing = against->counts[AGAINST_MISSING_HERE] + against->counts[AGAINST_MISSING_THERE];

	text_buffer_printf(out, paper->chinese ? "%s  账册与 %s（%s，%zu 行）核对\n" : "%s  the ledger against %s (%s, %zu rows)\n",
		paper->month, paper->file, against->encoding, against->rows);
	text_buffer_printf(out, paper->chinese ? "         两边都有 %zu 人、%zu 列：相同 %zu 项，不同 %zu 项，一边缺 %zu 项\n\n" : "         %zu people in both, %zu columns: %zu equal, %zu different, %zu missing on one side\n\n", against->both, against->figure_count,
		against->counts[AGAINST_EQUAL], against->counts[AGAINST_DIFFERENT], missing);
	print_figures(paper, out);
	print_cells(paper, out);
	print_strays(paper, word(paper, "people in the ledger alone", "只在账册里的人"), against->here, against->here_count, out);
	print_strays(paper, word(paper, "people in the file alone", "只在表格里的人"), against->there, against->there_count, out);
	print_strays(paper, word(paper, "columns that are no figure (--map says which)", "不是项目的列（可用 --map 对照）"), against->headers,
		against->header_count, out);
	text_buffer_printf(out, paper->chinese ? "\n全部明细：%s\n" : "\nall cells: %s\n", paper->csv);
}
