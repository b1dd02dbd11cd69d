#include "books/own_past.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "books/ledger.h"
#include "table/sheet.h"
#include "value/date.h"

struct own_past {
	const struct results *results;
	struct own_past_amount *amounts;
	size_t amount_count;
	size_t *of_column; /* by ledger column; SIZE_MAX: not watched */
	struct decimal *values; /* person x amount x PAST_MONTHS */
	uint8_t *counts, *zeros; /* person x amount */
	struct arena *arena;
};

static bool is_watched(enum section section)
{
	return section == SECTION_FACTS || section == SECTION_EARNINGS || section == SECTION_DEDUCTIONS || section == SECTION_NET;
}

static void find_history(const struct node *node, void *context)
{
	bool *found = context;

	*found = *found || (node->kind == NODE_CALL && function_entry(node->function)->class == CLASS_HISTORY);
}

/* A year to date grows every month: what it is made of is held against the past already. */
static bool looks_back(const struct item *item)
{
	bool found = false;

	if (item->formula)
		node_walk(item->formula->root, find_history, &found);
	return found;
}

/* Kpis, scorecards and what the employer bears are not people's pay or sales. */
static bool watches(const struct rulebook *rulebook, const struct ledger_column *column)
{
	for (size_t s = 0; column->type == VALUE_MONEY && s < rulebook->scheme_count; s++) {
		const struct item *item = column->items[s];

		if (item && ((item->kind == ITEM_FIGURE && is_watched(item->section) && !looks_back(item)) ||
				    (item->kind == ITEM_TOTAL && is_watched(item->total_of))))
			return true;
	}
	return false;
}

static bool is_money_line(const struct rulebook *rulebook, size_t line)
{
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		if (rulebook->lines[line][s])
			return rulebook->lines[line][s]->type == VALUE_MONEY;
	return false;
}

static void list_amounts(struct own_past *past)
{
	const struct rulebook *rulebook = past->results->facts->rulebook;

	past->amounts = arena_array(past->arena, rulebook->column_count + rulebook->line_count + 1, sizeof(*past->amounts));
	past->of_column = arena_array(past->arena, rulebook->column_count + 1, sizeof(*past->of_column));
	for (size_t c = 0; c < rulebook->column_count; c++) {
		past->of_column[c] = SIZE_MAX;
		if (!watches(rulebook, &rulebook->columns[c]))
			continue;
		past->of_column[c] = past->amount_count;
		past->amounts[past->amount_count++] = (struct own_past_amount){ rulebook->columns[c].name, c, SIZE_MAX };
	}
	for (size_t line = 0; line < rulebook->line_count; line++)
		if (is_money_line(rulebook, line))
			past->amounts[past->amount_count++] = (struct own_past_amount){ line_name(rulebook, line), SIZE_MAX, line };
}

struct own_past *own_past_new(const struct results *results)
{
	struct arena *arena = arena_new();
	struct own_past *past = arena_alloc(arena, sizeof(*past));
	size_t cells;

	past->results = results;
	past->arena = arena;
	list_amounts(past);
	cells = results->facts->person_count * past->amount_count + 1;
	past->values = arena_array(arena, cells, PAST_MONTHS * sizeof(*past->values));
	past->counts = arena_array(arena, cells, sizeof(*past->counts));
	past->zeros = arena_array(arena, cells, sizeof(*past->zeros));
	return past;
}

void own_past_free(struct own_past *past)
{
	if (past)
		arena_free(past->arena);
}

static void add(struct own_past *past, size_t person, size_t index, struct decimal value)
{
	size_t cell = person * past->amount_count + index;

	if (past->counts[cell] + past->zeros[cell] == PAST_MONTHS)
		return; /* a person twice in one ledger */
	if (!decimal_sign(value))
		past->zeros[cell]++;
	else
		past->values[cell * PAST_MONTHS + past->counts[cell]++] = value;
}

void own_past_add(struct own_past *past, size_t person, size_t column, const struct value *value)
{
	if (past->of_column[column] != SIZE_MAX && !value->missing)
		add(past, person, past->of_column[column], value->number);
}

/* ---- lines ---- */
static void add_lines(struct own_past *past, size_t index, const struct csv_sheet *sheet, struct arena *scratch)
{
	const struct facts *facts = past->results->facts;
	int id = csv_sheet_column(sheet, "id"), value = csv_sheet_column(sheet, "value");
	struct decimal *sums = arena_array(scratch, facts->person_count + 1, sizeof(*sums));
	bool *known = arena_array(scratch, facts->person_count + 1, sizeof(*known));

	for (size_t row = 0; id >= 0 && value >= 0 && row < sheet->row_count; row++) {
		size_t person = facts_person(facts, csv_sheet_field(sheet, row, (size_t)id));
		const char *text = csv_sheet_field(sheet, row, (size_t)value);
		struct decimal number;

		if (person == SIZE_MAX || !decimal_parse(text, strlen(text), &number))
			continue;
		sums[person] = known[person] ? decimal_add(sums[person], number) : number;
		known[person] = true;
	}
	for (size_t person = 0; person < facts->person_count; person++)
		if (known[person])
			add(past, person, index, sums[person]);
}

void own_past_read_lines(struct own_past *past, const char *records, int32_t month)
{
	for (size_t i = 0; i < past->amount_count; i++) {
		struct arena *scratch = arena_new();
		struct diag *quiet = diag_new(scratch);
		const struct csv_sheet *sheet;
		const char *path;
		char name[8];

		path = arena_printf(scratch, "%s/%s/lines-%s.csv", records, month_format(month, name), past->amounts[i].name);
		sheet = past->amounts[i].line != SIZE_MAX && file_exists(path) ? csv_sheet_read(path, scratch, quiet) : NULL;
		if (sheet)
			add_lines(past, i, sheet, scratch);
		diag_free(quiet);
		arena_free(scratch);
	}
}

/* ---- opening.csv ---- */
static void add_opening_row(struct own_past *past, const struct csv_sheet *sheet, size_t row, size_t person, const int *columns)
{
	for (size_t i = 0; i < past->amount_count; i++) {
		const char *text = columns[i] < 0 ? "" : csv_sheet_field(sheet, row, (size_t)columns[i]);
		struct decimal number;

		if (*text && decimal_parse(text, strlen(text), &number))
			add(past, person, i, number);
	}
}

static void add_opening(struct own_past *past, const struct csv_sheet *sheet, const bool *in_books, struct arena *scratch)
{
	const struct facts *facts = past->results->facts;
	int month = csv_sheet_column(sheet, "月份");
	int id = csv_sheet_column(sheet, table_spec_role(facts->rulebook->staff, ROLE_ID)->name);
	int *columns = arena_array(scratch, past->amount_count + 1, sizeof(*columns));

	for (size_t i = 0; i < past->amount_count; i++)
		columns[i] = past->amounts[i].column == SIZE_MAX ? -1 : csv_sheet_column(sheet, past->amounts[i].name);
	for (size_t row = 0; month >= 0 && id >= 0 && row < sheet->row_count; row++) {
		const char *text = csv_sheet_field(sheet, row, (size_t)month);
		size_t person = facts_person(facts, csv_sheet_field(sheet, row, (size_t)id));
		int32_t when;

		if (person == SIZE_MAX || !month_parse(text, strlen(text), &when) || when >= facts->month ||
			when < facts->month - PAST_MONTHS || in_books[facts->month - 1 - when])
			continue;
		add_opening_row(past, sheet, row, person, columns);
	}
}

void own_past_read_opening(struct own_past *past, const char *input, const char *records)
{
	struct arena *scratch = arena_new();
	struct diag *quiet = diag_new(scratch);
	const char *path = arena_printf(scratch, "%s/opening.csv", input);
	const struct csv_sheet *sheet = file_exists(path) ? csv_sheet_read(path, scratch, quiet) : NULL;
	bool in_books[PAST_MONTHS];

	for (int32_t back = 0; back < PAST_MONTHS; back++) {
		char name[8];

		in_books[back] = file_exists(arena_printf(scratch, "%s/%s/ledger.csv", records,
			month_format(past->results->facts->month - 1 - back, name)));
	}
	if (sheet)
		add_opening(past, sheet, in_books, scratch);
	diag_free(quiet);
	arena_free(scratch);
}

/* ---- for outlier.c ---- */
size_t own_past_count(const struct own_past *past)
{
	return past->amount_count;
}

const struct own_past_amount *own_past_amount(const struct own_past *past, size_t index)
{
	return &past->amounts[index];
}

struct own_past_values own_past_values(const struct own_past *past, size_t person, size_t index)
{
	size_t cell = person * past->amount_count + index;

	return (struct own_past_values){ &past->values[cell * PAST_MONTHS], past->counts[cell], past->zeros[cell] };
}
