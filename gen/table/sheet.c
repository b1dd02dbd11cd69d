#include "table/sheet.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "table/csv.h"
#include "table/encoding.h"
#include "table/excerpt.h"

struct sheet_reading {
	struct csv_sheet *sheet;
	struct arena *arena;
	struct diag *diag;
	char delimiter;
	const char *needle; /* in the rows wanted; "": all */
	size_t row_room;
	bool good;
};

/* The delimiter that parts the first line that is not blank most often outside quotes. */
static char sniff(const char *text, size_t size)
{
	static const char delimiters[] = { ',', '\t', ';' };
	size_t most = 0;
	char best = ',';

	for (size_t i = 0; i < sizeof(delimiters); i++) {
		struct csv_reader *reader = csv_reader_new(text, size, delimiters[i]);
		struct csv_row row;

		while (csv_reader_next(reader, &row)) {
			if (row.blank)
				continue;
			if (row.count > most) {
				most = row.count;
				best = delimiters[i];
			}
			break;
		}
		csv_reader_free(reader);
	}
	return best;
}

static struct place place_of(const struct sheet_reading *reading, const struct csv_row *row, size_t field)
{
	struct excerpt_row at = { reading->sheet->path, row->line, row->bytes, row->size, reading->delimiter };

	return excerpt_place(&at, field, NULL, reading->arena);
}

static void fail(struct sheet_reading *reading, const struct csv_row *row, size_t field, enum message message,
	const size_t numbers[2])
{
	const char *first = arena_printf(reading->arena, "%zu", numbers[0]);
	const char *second = arena_printf(reading->arena, "%zu", numbers[1]);

	diag_add(reading->diag, message, place_of(reading, row, field), first, second, NULL);
	reading->good = false;
}

static const char *trimmed(struct arena *arena, const struct csv_field *field)
{
	size_t length = field->length;
	const char *text = text_trim(field->text, &length);

	return arena_strndup(arena, text, length);
}

static void check_header(struct sheet_reading *reading, const struct csv_row *row)
{
	const struct csv_sheet *sheet = reading->sheet;

	for (size_t i = 0; i < sheet->column_count; i++) {
		int before = csv_sheet_column(sheet, sheet->header[i]);

		if (!*sheet->header[i]) {
			fail(reading, row, i + 1, MSG_HEADER_BLANK, (size_t[]){ i + 1, 0 });
		} else if (before != (int)i) {
			diag_add(reading->diag, MSG_HEADER_DOUBLED, place_of(reading, row, i + 1), sheet->header[i],
				arena_printf(reading->arena, "%d", before + 1),
				arena_printf(reading->arena, "%zu", i + 1), NULL);
			reading->good = false;
		}
	}
}

static void read_header(struct sheet_reading *reading, const struct csv_row *row)
{
	struct csv_sheet *sheet = reading->sheet;

	sheet->header = arena_array(reading->arena, row->count, sizeof(*sheet->header));
	for (size_t i = 0; i < row->count; i++) {
		sheet->header[i] = trimmed(reading->arena, &row->fields[i]);
		if (*sheet->header[i])
			sheet->column_count = i + 1;
	}
	check_header(reading, row);
}

static void add_row(struct sheet_reading *reading, const struct csv_row *row)
{
	struct csv_sheet *sheet = reading->sheet;
	size_t columns = sheet->column_count, used = row->count;

	while (used > columns && !row->fields[used - 1].length)
		used--;
	if (used != columns) {
		enum message message = used < columns ? MSG_ROW_SHORT : MSG_ROW_LONG;

		fail(reading, row, used < columns ? 0 : columns + 1, message, (size_t[]){ used, columns });
		return;
	}
	if (sheet->row_count == reading->row_room) {
		size_t room = reading->row_room ? reading->row_room * 2 : 64;

		sheet->fields = arena_grow(reading->arena, sheet->fields, sheet->row_count * columns, room * columns,
			sizeof(*sheet->fields));
		sheet->line = arena_grow(reading->arena, sheet->line, sheet->row_count, room, sizeof(*sheet->line));
		reading->row_room = room;
	}
	for (size_t i = 0; i < columns; i++)
		sheet->fields[sheet->row_count * columns + i] =
			arena_strndup(reading->arena, row->fields[i].text, row->fields[i].length);
	sheet->line[sheet->row_count++] = row->line;
}

static void read_rows(struct sheet_reading *reading, const char *text, size_t size)
{
	struct csv_reader *reader = csv_reader_new(text, size, reading->delimiter);
	struct csv_row row;

	while (reading->sheet->header ? csv_reader_seek(reader, reading->needle, &row) : csv_reader_next(reader, &row)) {
		if (row.blank)
			continue;
		if (row.problem != CSV_FINE)
			fail(reading, &row, row.problem_field, csv_problem_message(row.problem), (size_t[]){ 0, 0 });
		else if (!reading->sheet->header)
			read_header(reading, &row);
		else
			add_row(reading, &row);
	}
	csv_reader_free(reader);
}

struct csv_sheet *csv_sheet_read(const char *path, struct arena *arena, struct diag *diag)
{
	return csv_sheet_read_only(path, NULL, arena, diag);
}

struct csv_sheet *csv_sheet_read_only(const char *path, const char *needle, struct arena *arena, struct diag *diag)
{
	struct sheet_reading reading = { .arena = arena, .diag = diag, .needle = needle ? needle : "", .good = true };
	struct arena *scratch = arena_new();
	struct file_bytes bytes;
	struct encoding_text text;

	reading.sheet = arena_alloc(arena, sizeof(*reading.sheet));
	reading.sheet->path = arena_strdup(arena, path);
	reading.good = file_read(path, scratch, &bytes, diag) &&
		       encoding_read(&text, path, bytes.data, bytes.size, diag);
	if (reading.good) {
		reading.delimiter = sniff(text.text, text.size);
		read_rows(&reading, text.text, text.size);
		encoding_release(&text);
	}
	arena_free(scratch);
	return reading.good ? reading.sheet : NULL;
}

int csv_sheet_column(const struct csv_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		if (!strcmp(sheet->header[i], name))
			return (int)i;
	return -1;
}

/* Blanks at the ends are quoted too, or reading would take them off. */
static bool needs_quotes(const char *text)
{
	size_t length = strlen(text);

	if (!length)
		return false;
	return strpbrk(text, ",\"\r\n") || strchr(" \t", text[0]) || strchr(" \t", text[length - 1]);
}

static void write_quoted(struct file_writer *writer, const char *text)
{
	for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
		file_write(writer, text, (size_t)(quote - text));
		file_puts(writer, "\"\"");
	}
	file_puts(writer, text);
}

static void write_field(struct file_writer *writer, const char *guard, const char *text, bool first)
{
	bool quotes = needs_quotes(text);

	if (!first)
		file_puts(writer, ",");
	if (quotes)
		file_puts(writer, "\"");
	file_puts(writer, guard);
	if (quotes)
		write_quoted(writer, text);
	else
		file_puts(writer, text);
	if (quotes)
		file_puts(writer, "\"");
}

void csv_write_field(struct file_writer *writer, const char *text, bool first)
{
	write_field(writer, "", text, first);
}

static void put_field(struct text_buffer *out, const char *guard, const char *text, bool first)
{
	bool quotes = needs_quotes(text);

	text_buffer_puts(out, first ? "" : ",");
	text_buffer_puts(out, quotes ? "\"" : "");
	text_buffer_puts(out, guard);
	for (; *text; text++) {
		text_buffer_putc(out, *text);
		if (*text == '"')
			text_buffer_putc(out, '"');
	}
	text_buffer_puts(out, quotes ? "\"" : "");
}

void csv_put_field(struct text_buffer *out, const char *text, bool first)
{
	put_field(out, "", text, first);
}

void csv_write_end(struct file_writer *writer)
{
	file_puts(writer, "\n");
}

/* What goes before a text from outside. */
static const char *guard_of(const char *text)
{
	/* The full-width forms too: Chinese Excel takes them for the ASCII ones. */
	static const char *const starts[] = { "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠" };

	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (!strncmp(text, starts[i], strlen(starts[i])))
			return "'";
	return "";
}

void csv_write_defused(struct file_writer *writer, const char *text, bool first)
{
	write_field(writer, guard_of(text), text, first);
}

void csv_put_defused(struct text_buffer *out, const char *text, bool first)
{
	put_field(out, guard_of(text), text, first);
}
