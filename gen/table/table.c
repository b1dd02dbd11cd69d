#include "table/table.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "table/csv.h"
#include "table/encoding.h"
#include "table/excerpt.h"
#include "table/lost.h"
#include "table/reading.h"

/* What table_place looks lines up in: the file's text, read again when the first message needs it. */
struct table_text {
	const char *text; /* NULL: not read yet */
	size_t size;
	bool gone; /* could not be read again */
	long line; /* where the last search ended */
	const char *at;
};

struct table *table_new(const struct table_spec *spec, struct arena *arena)
{
	struct table *table = arena_alloc(arena, sizeof(*table));

	table->spec = spec;
	table->arena = arena;
	table->lost = lost_new(arena);
	table->rejected = arena_alloc(arena, sizeof(*table->rejected));
	table->rejected->spec = spec;
	table->rejected->arena = arena;
	return table;
}

static struct table_file *add_file(struct table *table, const char *path, const char *encoding)
{
	struct table_file *file;

	table->files = arena_grow(table->arena, table->files, table->file_count, table->file_count + 1,
		sizeof(*table->files));
	file = &table->files[table->file_count++];
	file->path = arena_strdup(table->arena, path);
	file->encoding = encoding;
	file->text = arena_alloc(table->arena, sizeof(*file->text));
	return file;
}

static void name_columns(struct table *table, struct table_file *file, const struct header *header)
{
	file->field_of_column = header->field_of_column;
	file->column_names = arena_array(table->arena, table->spec->column_count, sizeof(*file->column_names));
	for (size_t i = 0; i < table->spec->column_count; i++)
		if (header->field_of_column[i])
			file->column_names[i] = header->names[header->field_of_column[i] - 1];
}

static bool read_decoded(struct table *table, const char *path, const struct encoding_text *text,
	const char *person, const struct table_reader *reader)
{
	struct reading reading = { .table = table, .reader = reader, .person = person };
	struct header_request request = { table->spec, person ? table->spec->person : NULL, path, reader->arena,
		reader->diag };

	reading.file = add_file(table, path, text->name);
	if (!header_find(&reading.header, &request, text))
		return false;
	reading.file->delimiter = reading.header.delimiter;
	reading.file->header_line = reading.header.line;
	reading.file->header_end = reading.header.last_line;
	reading.file->unknown_columns = reading.header.unknown;
	reading.file->unknown_count = reading.header.unknown_count;
	name_columns(table, reading.file, &reading.header);
	reading_rows(&reading, text->text, text->size);
	return reading.header.usable;
}

bool table_read_file(struct table *table, const char *path, const struct table_reader *reader)
{
	struct arena *scratch = arena_new();
	struct file_bytes bytes;
	struct encoding_text text;
	bool good = file_read(path, scratch, &bytes, reader->diag) &&
		encoding_read(&text, path, bytes.data, bytes.size, reader->diag);

	if (good && text.owned)
		arena_reset(scratch);
	if (good) {
		good = read_decoded(table, path, &text, NULL, reader);
		encoding_release(&text);
	}
	arena_free(scratch);
	if (!good)
		lost_add_all(table);
	return good;
}

static size_t count_rows(const struct table_file *file, const struct encoding_text *text)
{
	struct csv_reader *csv = csv_reader_new(text->text, text->size, file->delimiter);
	struct csv_row row;
	size_t rows = 0;

	while (csv_reader_next(csv, &row))
		rows += !row.blank && row.line > file->header_end;
	csv_reader_free(csv);
	return rows;
}

size_t table_count_rows(const struct table_file *file, const char *copy, struct diag *diag)
{
	struct arena *scratch = arena_new();
	struct diag *silent = diag_new(scratch); /* what there is to say of the bytes was said of the file itself */
	struct file_bytes bytes;
	struct encoding_text text;
	size_t rows = 0;

	if (file_read(copy, scratch, &bytes, diag) && encoding_read(&text, copy, bytes.data, bytes.size, silent)) {
		rows = count_rows(file, &text);
		encoding_release(&text);
	}
	diag_free(silent);
	arena_free(scratch);
	return rows;
}

bool table_read_text(struct table *table, const char *path, const char *text, size_t size, const char *person,
	const struct table_reader *reader)
{
	struct encoding_text decoded = { .name = "UTF-8", .size = size };
	struct table_text *kept;
	bool good;

	decoded.text = arena_strndup(table->arena, text, size);
	if (person)
		person = text_intern(reader->pool, person, strlen(person));
	good = read_decoded(table, path, &decoded, person, reader);
	kept = table->files[table->file_count - 1].text;
	kept->text = decoded.text;
	kept->size = size;
	return good;
}

static void read_again(const struct table_file *file, struct arena *arena)
{
	struct arena *scratch = arena_new();
	struct diag *silent = diag_new(scratch);
	struct file_bytes bytes;
	struct encoding_text text;

	file->text->gone = true;
	if (file_read(file->path, scratch, &bytes, silent) &&
		encoding_read(&text, file->path, bytes.data, bytes.size, silent)) {
		file->text->text = arena_strndup(arena, text.text, text.size);
		file->text->size = text.size;
		file->text->gone = false;
		encoding_release(&text);
	}
	diag_free(silent);
	arena_free(scratch);
}

/* The physical line's start, or NULL. Messages come in rising lines, so the search goes on where it ended. */
static const char *find_line(struct table_text *text, long line)
{
	const char *end = text->text + text->size;
	size_t whole;

	if (!text->at || line < text->line) {
		text->at = text->text;
		text->line = 1;
	}
	while (text->line < line && text->at < end) {
		csv_line_length(text->at, end, &whole);
		text->at += whole;
		text->line++;
	}
	return text->at < end ? text->at : NULL;
}

struct place table_place(const struct table *table, size_t row, const struct column *column, struct arena *arena)
{
	const struct table_file *file = &table->files[table->file[row]];
	struct place at = PLACE_NONE;
	struct csv_reader *csv;
	struct csv_row found;
	const char *start;
	size_t field = column && file->field_of_column ? (size_t)file->field_of_column[column->index] : 0;

	at.file = file->path;
	at.line = (long)table->line[row];
	at.column = (long)field;
	if (!file->text->text && !file->text->gone)
		read_again(file, table->arena);
	start = file->text->text ? find_line(file->text, at.line) : NULL;
	if (!start)
		return at;
	csv = csv_reader_new(start, file->text->size - (size_t)(start - file->text->text), file->delimiter);
	if (csv_reader_next(csv, &found)) {
		struct excerpt_row where = { file->path, at.line, found.bytes, found.size, file->delimiter };

		at = excerpt_place(&where, field, field ? file->column_names[column->index] : NULL, arena);
	}
	csv_reader_free(csv);
	return at;
}
