#include "table/reading.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "table/cell.h"
#include "table/csv.h"
#include "table/excerpt.h"
#include "table/lost.h"
#include "table/recall.h"
#include "table/rejected.h"

/* Of one message in one file; diag keeps no more either. The others are only counted. */
#define MOST_REPORTED 2000

/* Files of less text are read before remembering their cells pays. */
#define WORTH_RECALLING ((size_t)256 * 1024)

struct report {
	enum message message;
	size_t field; /* from 1; 0: the row */
	const char *arguments[4];
	const char *suggestion;
};

static void report(struct reading *reading, const struct csv_row *row, const struct report *what)
{
	struct diag *diag = reading->reader->diag;
	struct excerpt_row at = { reading->file->path, row->line, row->bytes, row->size, reading->header.delimiter };
	const char *name = NULL;

	if (reading->reported[what->message]++ >= MOST_REPORTED) {
		diag_add(diag, what->message, (struct place){ .file = reading->file->path }, NULL);
		return;
	}
	if (what->field && what->field <= reading->header.fields_known)
		name = reading->header.names[what->field - 1];
	diag_add_nearest(diag, what->message, excerpt_place(&at, what->field, name, reading->reader->arena),
		what->suggestion, what->arguments[0], what->arguments[1], what->arguments[2], what->arguments[3], NULL);
}

static const char *number_text(struct reading *reading, size_t number)
{
	return arena_printf(reading->reader->arena, "%zu", number);
}

static void spoil_sums(struct reading *reading)
{
	for (size_t i = 0; i < reading->table->spec->column_count; i++)
		total_spoil(&reading->sums[i]);
}

static bool report_broken(struct reading *reading, const struct csv_row *row)
{
	if (row->problem == CSV_FINE)
		return false;
	report(reading, row, &(struct report){ .message = csv_problem_message(row->problem),
		.field = row->problem_field });
	return true;
}

/* The last field that holds anything. */
static size_t fields_used(const struct csv_row *row)
{
	size_t used = row->count;

	while (used && !row->fields[used - 1].length)
		used--;
	return used;
}

static bool report_ragged(struct reading *reading, const struct csv_row *row)
{
	const struct header *header = &reading->header;
	bool too_long = row->count > header->fields_allowed ||
			(row->count > header->fields_known && fields_used(row) > header->fields_known);
	struct report what = { .message = MSG_ROW_SHORT };

	if (row->count >= header->fields_needed && !too_long)
		return false;
	if (too_long) {
		what.message = MSG_ROW_LONG;
		what.field = header->fields_known + 1;
	}
	if (reading->reported[what.message] < MOST_REPORTED) {
		what.arguments[0] = number_text(reading, row->count);
		what.arguments[1] = number_text(reading, too_long ? header->fields_known : header->fields_needed);
	}
	report(reading, row, &what);
	return true;
}

static void report_cell(struct reading *reading, const struct csv_row *row, size_t field,
	const struct cell_problem *problem)
{
	const struct csv_field *cell = &row->fields[field - 1];
	struct report what = { .message = problem->message, .field = field, .suggestion = problem->suggestion };

	if (reading->reported[problem->message] < MOST_REPORTED)
		what.arguments[0] = excerpt_value(cell->text, cell->length, reading->reader->arena);
	what.arguments[1] = problem->expected;
	report(reading, row, &what);
}

static struct value absent_value(const struct reading *reading, const struct column *column)
{
	if (reading->person && column == reading->table->spec->person)
		return value_text(reading->person);
	return column->has_fallback ? column->fallback : value_missing(column_value_type(column));
}

static bool read_cell(struct reading *reading, const struct csv_row *row, const struct column *column,
	struct value *out)
{
	size_t field = (size_t)reading->header.field_of_column[column->index];
	struct cell_problem problem;
	const struct csv_field *cell;
	const struct value *known;

	if (!field) {
		*out = absent_value(reading, column);
		return true;
	}
	cell = &row->fields[field - 1];
	known = reading->recall ? recall_find(reading->recall, column->index, cell->text, cell->length) : NULL;
	if (known) {
		*out = *known;
		return true;
	}
	if (!cell_parse(column, cell->text, cell->length, reading->reader->pool, out, &problem)) {
		report_cell(reading, row, field, &problem);
		return false;
	}
	if (problem.message != MSG_COUNT)
		report_cell(reading, row, field, &problem);
	else if (reading->recall && !out->missing)
		recall_keep(reading->recall, column->index, cell->text, cell->length, out);
	if (!out->missing)
		return true;
	if (column->has_fallback || !column->required) {
		*out = absent_value(reading, column);
		return true;
	}
	report(reading, row, &(struct report){ .message = MSG_CELL_BLANK, .field = field,
		.arguments = { reading->header.names[field - 1] } });
	return false;
}

/* Texts that are new in nearly every row, which no cache holds. */
static void expect_texts(const struct reading *reading, const struct csv_row *row)
{
	const struct table_spec *spec = reading->table->spec;

	for (size_t i = 0; i < spec->column_count; i++) {
		size_t field = (size_t)reading->header.field_of_column[i];

		if (field && spec->columns[i].type == COLUMN_ID && recall_is_useless(reading->recall, i))
			text_expect(reading->reader->pool, row->fields[field - 1].text, row->fields[field - 1].length);
	}
}

/* Types all cells, so that all that is wrong is said at once. */
static bool read_cells(struct reading *reading, const struct csv_row *row, struct value *cells)
{
	const struct table_spec *spec = reading->table->spec;
	bool good = true;

	if (reading->recall)
		expect_texts(reading, row);
	for (size_t i = 0; i < spec->column_count; i++) {
		const struct column *column = &spec->columns[i];

		if (!read_cell(reading, row, column, &cells[i])) {
			good = false;
			cells[i] = value_missing(column_value_type(column));
			total_spoil(&reading->sums[i]);
		} else if (total_adds(column) && reading->header.field_of_column[i]) {
			total_add(&reading->sums[i], &cells[i]);
		}
	}
	return good;
}

/* Money is said to the fen, as it stands in the file. */
static const char *sum_text(const struct column *column, struct decimal sum, char out[DECIMAL_TEXT])
{
	if (column->type == COLUMN_MONEY && decimal_in_range(sum) && decimal_places(sum) <= 2)
		return decimal_format_places(sum, 2, out);
	return decimal_format(sum, out);
}

static void check_total(struct reading *reading, const struct csv_row *row, const struct column *column, bool part)
{
	const struct total_sum *sum = &reading->sums[column->index];
	size_t field = (size_t)reading->header.field_of_column[column->index];
	struct decimal wanted = part ? sum->part : decimal_add(sum->before, sum->part);
	struct column bare = { .name = column->name, .type = column->type };
	const char *label = excerpt_value(reading->label, strlen(reading->label), reading->reader->arena);
	char texts[3][DECIMAL_TEXT];
	struct cell_problem problem;
	struct value said;
	const struct csv_field *cell;

	if (!field || field > row->count || (part ? sum->part_unknown : sum->all_unknown))
		return;
	cell = &row->fields[field - 1];
	if (cell->text == reading->label)
		return;
	if (!cell_parse(&bare, cell->text, cell->length, reading->reader->pool, &said, &problem)) {
		report(reading, row, &(struct report){ .message = MSG_TOTAL_UNREADABLE, .field = field,
			.arguments = { label, excerpt_value(cell->text, cell->length, reading->reader->arena) } });
		return;
	}
	if (said.missing || !decimal_compare(said.number, wanted))
		return;
	report(reading, row, &(struct report){ .message = MSG_TOTAL_DIFFERS, .field = field,
		.arguments = { label, sum_text(column, said.number, texts[0]), sum_text(column, wanted, texts[1]),
			sum_text(column, decimal_subtract(said.number, wanted), texts[2]) } });
}

static void check_totals(struct reading *reading, const struct csv_row *row, enum total_kind kind)
{
	const struct table_spec *spec = reading->table->spec;

	for (size_t i = 0; i < spec->column_count; i++) {
		if (total_adds(&spec->columns[i]))
			check_total(reading, row, &spec->columns[i], kind == TOTAL_PART);
		total_close(&reading->sums[i]);
	}
}

static void ignore(struct reading *reading, const struct csv_row *row, enum total_kind kind)
{
	struct table_file *file = reading->file;

	if (file->ignored_count == reading->ignored_room) {
		reading->ignored_room = reading->ignored_room ? reading->ignored_room * 2 : 8;
		file->ignored = arena_grow(reading->reader->arena, file->ignored, file->ignored_count,
			reading->ignored_room, sizeof(*file->ignored));
	}
	file->ignored[file->ignored_count].line = row->line;
	file->ignored[file->ignored_count].reason = kind == TOTAL_FOOT ? "note" : "total";
	file->ignored_count++;
	file->rows_ignored++;
	if (kind != TOTAL_FOOT)
		check_totals(reading, row, kind);
}

static void reject(struct reading *reading, const struct csv_row *row)
{
	reading->file->rows_rejected++;
	lost_add_row(reading->table, row, &reading->header, reading->reader);
}

static void read_row(struct reading *reading, const struct csv_row *row)
{
	struct table *table = reading->table;
	enum total_kind kind;
	struct value *cells;

	reading->file->rows_read++;
	if (report_broken(reading, row)) {
		spoil_sums(reading);
		reject(reading, row);
		return;
	}
	kind = total_kind(row, table->spec, &reading->header, &reading->label);
	if (kind != TOTAL_NONE) {
		ignore(reading, row, kind);
		return;
	}
	if (report_ragged(reading, row)) {
		spoil_sums(reading);
		reject(reading, row);
		return;
	}
	cells = table->cells + table->row_count * table->spec->column_count;
	if (!read_cells(reading, row, cells) || !reading->header.usable) {
		rejected_add(table, cells, row);
		reject(reading, row);
		return;
	}
	table->line[table->row_count] = (uint32_t)row->line;
	table->file[table->row_count] = (uint16_t)(table->file_count - 1);
	table->row_count++;
	reading->file->rows_used++;
}

/* One bit in each byte of the word that is the one sought, eight of which stand in `pattern`. */
static uint64_t bytes_like(uint64_t word, uint64_t pattern)
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7f;
	uint64_t differs = word ^ pattern;

	return ~(((differs & low) + low) | differs | low);
}

/* LF and CR, eight bytes a step: a call for each line would cost as much as finding its fields. */
static size_t count_ends(const char *text, size_t size)
{
	size_t count = 0, at = 0;

	for (; at + 8 <= size; at += 8) {
		uint64_t word;

		memcpy(&word, text + at, 8);
		word = bytes_like(word, 0x0a0a0a0a0a0a0a0a) | bytes_like(word, 0x0d0d0d0d0d0d0d0d);
		count += (size_t)((word >> 7) * 0x0101010101010101 >> 56); /* the ones of all bytes, added up in the top one */
	}
	for (; at < size; at++)
		count += text[at] == '\n' || text[at] == '\r';
	return count;
}

/* No more rows than line ends, nor than fit with all their delimiters. */
static size_t most_rows(const struct reading *reading, const char *text, size_t size)
{
	size_t smallest = reading->header.fields_needed > 2 ? reading->header.fields_needed : 2;
	size_t fitting = size / smallest + 1, lines = 1 + count_ends(text, size);

	if (lines > fitting)
		lines = fitting;
	return lines < CSV_MOST_ROWS ? lines : CSV_MOST_ROWS;
}

static void make_room(struct table *table, size_t rows, struct arena *arena)
{
	/* One more, where a row that turns out wrong is typed. */
	size_t wanted = table->row_count + rows + 1, columns = table->spec->column_count;

	table->cells = arena_grow(arena, table->cells, table->row_count * columns, wanted * columns,
		sizeof(*table->cells));
	table->line = arena_grow(arena, table->line, table->row_count, wanted, sizeof(*table->line));
	table->file = arena_grow(arena, table->file, table->row_count, wanted, sizeof(*table->file));
}

/* Behind the header rows may be passed over. */
static bool next_row(const struct reading *reading, struct csv_reader *csv, struct csv_row *row)
{
	const char *only = reading->reader->only;

	return only && *only && row->line >= reading->header.last_line ? csv_reader_seek(csv, only, row) :
		csv_reader_next(csv, row);
}

void reading_rows(struct reading *reading, const char *text, size_t size)
{
	struct csv_reader *csv = csv_reader_new(text, size, reading->header.delimiter);
	struct arena *scratch = arena_new();
	size_t columns = reading->table->spec->column_count;
	struct csv_row row = { .line = 0 };

	reading->sums = arena_array(scratch, columns, sizeof(*reading->sums));
	for (size_t i = 0; i < columns; i++)
		reading->sums[i] = (struct total_sum){ decimal_zero(), decimal_zero(), false, false };
	reading->reported = arena_array(scratch, MSG_COUNT, sizeof(*reading->reported));
	reading->recall = size < WORTH_RECALLING ? NULL : recall_new(scratch, columns);
	make_room(reading->table, most_rows(reading, text, size), reading->reader->arena);
	while (next_row(reading, csv, &row)) {
		/* Title lines may be anything; what is broken is said all the same. */
		if (row.blank || (row.line <= reading->header.last_line && row.problem == CSV_FINE))
			continue;
		if (reading->file->rows_read == CSV_MOST_ROWS) {
			report(reading, &row, &(struct report){ .message = MSG_ROWS_MANY });
			break;
		}
		read_row(reading, &row);
	}
	csv_reader_free(csv);
	arena_free(scratch);
}
