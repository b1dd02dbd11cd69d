#include "facts/history_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/history_store.h"
#include "facts/index_map.h"
#include "table/sheet.h"
#include "value/date.h"

struct reading {
	const struct facts *facts;
	struct history *history;
	const char *input, *records;
	struct arena *scratch; /* the sheet being read */
	const char *path; /* its path, in the run's arena */
	struct diag *diag;
};

/* Where a sheet's columns are; -1 where it has none. */
struct sheet_columns {
	int month, id, unit, grade;
	int *figures; /* by rulebook column, then unit and grade */
};

static int column_of_role(const struct csv_sheet *sheet, const struct table_spec *staff, enum column_role role)
{
	const struct column *column = table_spec_role(staff, role);

	return column ? csv_sheet_column(sheet, column->name) : -1;
}

static struct sheet_columns find_columns(struct reading *reading, const struct csv_sheet *sheet)
{
	const struct rulebook *rulebook = reading->facts->rulebook;
	struct sheet_columns columns = {
		.month = csv_sheet_column(sheet, "月份"),
		.id = column_of_role(sheet, rulebook->staff, ROLE_ID),
		.unit = column_of_role(sheet, rulebook->staff, ROLE_UNIT),
		.grade = column_of_role(sheet, rulebook->staff, ROLE_GRADE),
		.figures = arena_array(reading->facts->arena, rulebook->column_count + 2, sizeof(int)),
	};

	for (size_t c = 0; c < rulebook->column_count; c++)
		columns.figures[c] = rulebook->columns[c].in_history ?
			csv_sheet_column(sheet, rulebook->columns[c].name) : -1;
	columns.figures[rulebook->column_count] = columns.unit;
	columns.figures[rulebook->column_count + 1] = columns.grade;
	return columns;
}

/* The forms a ledger has: plain decimals, yes/no, ISO dates, texts. */
static bool parse_ledger(enum value_type type, const char *text, struct text_pool *pool, struct value *out)
{
	size_t length = strlen(text);
	int32_t day;

	*out = value_missing(type);
	if (!length)
		return true;
	if (value_type_is_numeric(type)) {
		out->missing = !decimal_parse(text, length, &out->number);
		return !out->missing;
	}
	if (type == VALUE_DATE) {
		if (!date_parse(text, length, &day))
			return false;
		*out = value_date(day);
		return true;
	}
	if (type == VALUE_YESNO) {
		*out = value_yesno(!strcmp(text, "yes"));
		return !strcmp(text, "yes") || !strcmp(text, "no");
	}
	*out = type == VALUE_GRADE ? value_grade(text_intern(pool, text, length)) : value_text(text_intern(pool, text, length));
	return true;
}

static struct place sheet_place(const struct csv_sheet *sheet, size_t row, int column)
{
	struct place place = PLACE_NONE;

	place.file = sheet->path;
	place.line = sheet->line[row];
	place.column = column + 1;
	return place;
}

static const char *interned(struct reading *reading, const struct csv_sheet *sheet, size_t row, int column)
{
	const char *text = column < 0 ? "" : csv_sheet_field(sheet, row, (size_t)column);

	return *text ? text_intern(reading->facts->pool, text, strlen(text)) : NULL;
}

/* A grade in opening.csv may be written as its title. */
static const char *grade_id(struct reading *reading, const char *text)
{
	const struct rulebook *rulebook = reading->facts->rulebook;

	for (size_t i = 0; text && i < rulebook->scheme_count; i++) {
		const struct grade *grade = policy_grade(rulebook->schemes[i].policy, text);

		if (grade)
			return grade->id;
	}
	return text;
}

static void read_row(struct reading *reading, const struct csv_sheet *sheet, const struct sheet_columns *columns, size_t row,
	int32_t month)
{
	const struct facts *facts = reading->facts;
	const char *id = interned(reading, sheet, row, columns->id);
	size_t person = id ? facts_person(facts, id) : SIZE_MAX;
	struct history_row *history;
	char name[8];

	if (person == SIZE_MAX)
		return;
	if (history_row(reading->history, person, month)) {
		diag_add(reading->diag, MSG_BOOK_TWICE, sheet_place(sheet, row, columns->id), id,
			arena_strdup(facts->arena, month_format(month, name)), NULL);
		return;
	}
	history = history_add(reading->history, person, month, reading->path, sheet->line[row]);
	history_fields(reading->history, person, month, columns->figures);
	history->unit = interned(reading, sheet, row, columns->unit);
	history->grade = grade_id(reading, interned(reading, sheet, row, columns->grade));
	for (size_t c = 0; c < facts->rulebook->column_count; c++) {
		const struct ledger_column *column = &facts->rulebook->columns[c];
		const char *text;
		struct value value;

		if (columns->figures[c] < 0)
			continue;
		text = csv_sheet_field(sheet, row, (size_t)columns->figures[c]);
		if (!parse_ledger(column->type, text, facts->pool, &value)) {
			diag_add(reading->diag, MSG_LEDGER_VALUE, sheet_place(sheet, row, columns->figures[c]),
				arena_strdup(facts->arena, text), column->name, value_type_name(column->type), NULL);
			continue;
		}
		((struct value *)(uintptr_t)history->values)[column->history] = value;
	}
}

/* False and an error if the sheet has not that column. */
static bool has_column(struct reading *reading, const struct csv_sheet *sheet, int column, const char *name)
{
	const char *base = strrchr(sheet->path, '/');
	struct place place = PLACE_NONE;

	if (column >= 0)
		return true;
	place.file = arena_strdup(reading->facts->arena, sheet->path);
	place.line = 1;
	diag_add(reading->diag, MSG_BOOK_COLUMN, place, base ? base + 1 : sheet->path, name, NULL);
	return false;
}

static const char *id_name(const struct reading *reading)
{
	return table_spec_role(reading->facts->rulebook->staff, ROLE_ID)->name;
}

static const char *ledger_path(struct reading *reading, int32_t month, const char *file)
{
	char name[8];

	return arena_printf(reading->facts->arena, "%s/%s/%s", reading->records, month_format(month, name), file);
}

static void read_month(struct reading *reading, int32_t month)
{
	const struct csv_sheet *sheet;
	struct sheet_columns columns;

	reading->scratch = arena_new();
	reading->path = ledger_path(reading, month, "ledger.csv");
	sheet = csv_sheet_read_only(reading->path, reading->facts->only, reading->scratch, reading->diag);
	if (sheet) {
		columns = find_columns(reading, sheet);
		has_column(reading, sheet, columns.id, id_name(reading));
		for (size_t row = 0; row < sheet->row_count; row++)
			read_row(reading, sheet, &columns, row, month);
	}
	arena_free(reading->scratch);
}

/* Sheets with a 月份 column first: rows of months that no ledger covers. */
static void read_opening(struct reading *reading, const struct csv_sheet *sheet)
{
	struct sheet_columns columns = find_columns(reading, sheet);

	if (!has_column(reading, sheet, columns.month, "月份") || !has_column(reading, sheet, columns.id, id_name(reading)))
		return;
	for (size_t row = 0; row < sheet->row_count; row++) {
		const char *text = csv_sheet_field(sheet, row, (size_t)columns.month);
		int32_t month;

		if (!month_parse(text, strlen(text), &month))
			diag_add(reading->diag, MSG_OPENING_MONTH, sheet_place(sheet, row, columns.month),
				arena_strdup(reading->facts->arena, text), NULL);
		else if (month >= reading->history->first && month < reading->history->end &&
			!reading->history->months[month - reading->history->first].known)
			read_row(reading, sheet, &columns, row, month);
	}
}

static void add_line(struct history_lines *lines, struct arena *arena, struct history_line row)
{
	if (lines->count == lines->room) {
		lines->room = lines->room ? lines->room * 2 : 256;
		lines->rows = arena_grow(arena, lines->rows, lines->count, lines->room, sizeof(*lines->rows));
	}
	lines->rows[lines->count++] = row;
}

/* Where a sheet of lines has what; month -1 in a month's own folder. */
struct line_columns {
	int month, id, key, value;
};

static bool find_line_columns(struct reading *reading, const struct csv_sheet *sheet, bool opening, struct line_columns *out)
{
	*out = (struct line_columns){ opening ? csv_sheet_column(sheet, "月份") : -1, csv_sheet_column(sheet, "id"),
		csv_sheet_column(sheet, "key"), csv_sheet_column(sheet, "value") };
	return (!opening || has_column(reading, sheet, out->month, "月份")) && has_column(reading, sheet, out->id, "id") &&
		has_column(reading, sheet, out->key, "key") && has_column(reading, sheet, out->value, "value");
}

/* Opening lines of this month and later ones, and of months whose books hold them already, do not count. */
static bool is_earlier(struct reading *reading, const struct csv_sheet *sheet, size_t row, int column)
{
	const struct history *history = reading->history;
	const char *text = csv_sheet_field(sheet, row, (size_t)column);
	int32_t month;

	if (!month_parse(text, strlen(text), &month)) {
		diag_add(reading->diag, MSG_OPENING_MONTH, sheet_place(sheet, row, column),
			arena_strdup(reading->facts->arena, text), NULL);
		return false;
	}
	return month < history->end && (month < history->first || !history->months[month - history->first].known);
}

static void read_line(struct reading *reading, const struct csv_sheet *sheet, const struct line_columns *columns,
	size_t line, size_t row)
{
	const struct facts *facts = reading->facts;
	const char *id = interned(reading, sheet, row, columns->id), *key = interned(reading, sheet, row, columns->key);
	struct history_line entry = { id ? facts_person(facts, id) : SIZE_MAX, key, decimal_zero(), reading->path,
		sheet->line[row] };
	const char *text = csv_sheet_field(sheet, row, (size_t)columns->value);

	if (entry.person == SIZE_MAX || !key || !*text)
		return;
	if (decimal_parse(text, strlen(text), &entry.value))
		add_line(&reading->history->lines[line], facts->arena, entry);
	else
		diag_add(reading->diag, MSG_LEDGER_VALUE, sheet_place(sheet, row, columns->value),
			arena_strdup(facts->arena, text), "value", "money", NULL);
}

static void read_lines(struct reading *reading, size_t line, const char *path, bool opening)
{
	const struct csv_sheet *sheet;
	struct line_columns columns;

	reading->scratch = arena_new();
	reading->path = path;
	sheet = csv_sheet_read_only(path, reading->facts->only, reading->scratch, reading->diag);
	if (sheet && find_line_columns(reading, sheet, opening, &columns))
		for (size_t row = 0; row < sheet->row_count; row++)
			if (!opening || is_earlier(reading, sheet, row, columns.month))
				read_line(reading, sheet, &columns, line, row);
	arena_free(reading->scratch);
}

static const char *line_name(const struct rulebook *rulebook, size_t line)
{
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		if (rulebook->lines[line][s])
			return rulebook->lines[line][s]->name;
	return "";
}

static void read_all_lines(struct reading *reading)
{
	const struct facts *facts = reading->facts;
	const struct history *history = reading->history;

	for (size_t line = 0; line < facts->rulebook->line_count; line++) {
		struct history_lines *lines = &history->lines[line];
		const char *name = line_name(facts->rulebook, line), *path;

		if (!facts->rulebook->line_in_history[line])
			continue;
		path = arena_printf(facts->arena, "%s/opening-lines-%s.csv", reading->input, name);
		if (file_exists(path))
			read_lines(reading, line, path, true);
		for (int32_t month = history->first; month < history->end; month++) {
			path = ledger_path(reading, month, arena_printf(facts->arena, "lines-%s.csv", name));
			if (file_exists(path))
				read_lines(reading, line, path, false);
		}
		if (lines->count)
			qsort(lines->rows, lines->count, sizeof(*lines->rows), history_line_order);
	}
}

/* The earliest month of any ledger before `end`; `end` if none. */
static int32_t first_recorded(struct reading *reading, int32_t end)
{
	size_t count = 0;
	const char **names = file_is_folder(reading->records) ?
		folder_list(reading->records, reading->facts->arena, &count, reading->diag) : NULL;
	int32_t first = end, month;

	for (size_t i = 0; i < count; i++)
		if (month_parse(names[i], strlen(names[i]), &month) && month < first &&
			file_exists(ledger_path(reading, month, "ledger.csv")))
			first = month;
	return first;
}

static int32_t first_opening(const struct csv_sheet *sheet, int32_t end)
{
	int column = csv_sheet_column(sheet, "月份");
	int32_t first = end, month;

	for (size_t row = 0; column >= 0 && row < sheet->row_count; row++) {
		const char *text = csv_sheet_field(sheet, row, (size_t)column);

		if (month_parse(text, strlen(text), &month) && month < first)
			first = month;
	}
	return first;
}

static void report_holes(struct reading *reading, const struct csv_sheet *opening)
{
	struct history *history = reading->history;
	int column = opening ? csv_sheet_column(opening, "月份") : -1;

	for (size_t row = 0; column >= 0 && row < opening->row_count; row++) {
		const char *text = csv_sheet_field(opening, row, (size_t)column);
		int32_t month;

		if (month_parse(text, strlen(text), &month) && month >= history->first && month < history->end)
			history->months[month - history->first].opening = true;
	}
	for (int32_t month = history->first; month < history->end; month++) {
		struct place place = PLACE_NONE;
		char name[8];

		if (history->months[month - history->first].known || history->months[month - history->first].opening)
			continue;
		place.file = ledger_path(reading, month, "ledger.csv");
		diag_add(reading->diag, MSG_LEDGER_HOLE, place,
			arena_strdup(reading->facts->arena, month_format(month, name)), NULL);
	}
}

struct history *history_read(const struct facts *facts, const char *input, const char *records, struct diag *diag)
{
	struct reading reading = { .facts = facts, .input = input, .records = records, .diag = diag };
	struct arena *opening_arena = arena_new();
	const char *path = arena_printf(facts->arena, "%s/opening.csv", input);
	const struct csv_sheet *opening = NULL;
	int32_t end = facts->month, first = end;

	if (facts->rulebook->needs_history) {
		if (file_exists(path))
			opening = csv_sheet_read_only(path, facts->only, opening_arena, diag);
		first = first_recorded(&reading, end);
		if (opening && first_opening(opening, end) < first)
			first = first_opening(opening, end);
	}
	reading.history = history_new(facts, first, end);
	for (int32_t month = first; month < end; month++) {
		if (!file_exists(ledger_path(&reading, month, "ledger.csv")))
			continue;
		reading.history->months[month - first].known = true;
		read_month(&reading, month);
	}
	if (opening) {
		reading.scratch = opening_arena;
		reading.path = path;
		read_opening(&reading, opening);
	}
	if (first < end && !facts->only)
		report_holes(&reading, opening);
	if (facts->rulebook->needs_history)
		read_all_lines(&reading);
	arena_free(opening_arena);
	return reading.history;
}
