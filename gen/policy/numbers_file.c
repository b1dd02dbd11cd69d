#include "policy/numbers_file.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

bool numbers_open(struct numbers_file *file, struct reading *reading, const struct element *element)
{
	const char *path = source_path(&reading->sources, element, "file");

	*file = (struct numbers_file){ .reading = reading };
	for (size_t i = 0; i < element->count; i++)
		diag_add(reading->diag, MSG_FILE_AND_ENTRIES, element_place(element->children[i]), element->rule->name,
			element->children[i]->rule->name, NULL);
	if (!path)
		return false;
	source_add_path(&reading->sources, path);
	file->sheet = csv_sheet_read(path, reading->arena, reading->diag);
	return file->sheet;
}

static const char *plain(const struct numbers_file *file, const char *text)
{
	size_t length = strlen(text);
	const char *start = text_trim(text, &length);

	return text_nfkc(file->reading->arena, start, length);
}

bool numbers_is_remark(const char *header)
{
	static const char *const remarks[] = { "备注", "说明", "note", "" };

	for (size_t i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++)
		if (!strcmp(header, remarks[i]))
			return true;
	return *header == '#';
}

bool numbers_is_blank(const struct numbers_file *file, size_t row)
{
	for (size_t i = 0; i < file->sheet->column_count; i++)
		if (*numbers_field(file, row, (int)i).text)
			return false;
	return true;
}

int numbers_column(const struct numbers_file *file, const char *name)
{
	for (size_t i = 0; i < file->sheet->column_count; i++)
		if (!strcmp(plain(file, file->sheet->header[i]), name))
			return (int)i;
	return -1;
}

struct place numbers_place(const struct numbers_file *file, size_t row, int column)
{
	struct place at = { .file = file->sheet->path, .line = file->sheet->line[row], .column = column + 1 };

	return at;
}

struct literal numbers_field(const struct numbers_file *file, size_t row, int column)
{
	struct literal literal = { "", numbers_place(file, row, column < 0 ? 0 : column) };
	const char *text;
	size_t length;

	if (column < 0)
		return literal;
	text = csv_sheet_field(file->sheet, row, (size_t)column);
	length = strlen(text);
	text = text_trim(text, &length);
	literal.text = arena_strndup(file->reading->arena, text, length);
	return literal;
}

static const char *join(const struct numbers_file *file, const char *const *names, size_t count)
{
	const char *all = "";

	for (size_t i = 0; i < count; i++)
		all = arena_printf(file->reading->arena, "%s%s%s", all, i ? ", " : "", names[i]);
	return all;
}

static bool among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* Headers that are none of the names; "" in place of the others. */
static const char **surplus_headers(const struct numbers_file *file, const char *const *names, size_t count)
{
	size_t columns = file->sheet->column_count;
	const char **surplus = arena_array(file->reading->arena, columns + 1, sizeof(*surplus));

	for (size_t i = 0; i < columns; i++) {
		const char *header = plain(file, file->sheet->header[i]);

		surplus[i] = numbers_is_remark(header) || among(header, names, count) ? "" : header;
	}
	return surplus;
}

/* A surplus header near the missing name is that name mistyped: one message for both. */
static void report_missing(const struct numbers_file *file, const char *name, const char *all, const char **surplus)
{
	size_t columns = file->sheet->column_count;
	const char *near = text_nearest(name, surplus, columns);
	struct place at = { .file = file->sheet->path, .line = 1 };

	for (size_t i = 0; near && i < columns; i++)
		if (surplus[i] == near) {
			at.column = (long)i + 1;
			surplus[i] = "";
			break;
		}
	diag_add_nearest(file->reading->diag, MSG_NUMBERS_COLUMN, at, near, name, all, NULL);
}

bool numbers_check_columns(const struct numbers_file *file, const char *const *names, size_t count, size_t needed)
{
	const char **surplus = surplus_headers(file, names, count), *all = join(file, names, count);
	struct place at = { .file = file->sheet->path, .line = 1 };
	bool good = true;

	for (size_t i = 0; i < needed; i++)
		if (numbers_column(file, names[i]) < 0) {
			report_missing(file, names[i], all, surplus);
			good = false;
		}
	for (size_t i = 0; i < file->sheet->column_count; i++) {
		at.column = (long)i + 1;
		if (*surplus[i])
			diag_add_nearest(file->reading->diag, MSG_NUMBERS_SURPLUS, at, text_nearest(surplus[i], names, count),
				surplus[i], all, NULL);
	}
	return good;
}
