#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "model/explain_parts.h"

const char *shown_path(const struct explain *explain, const char *path, struct arena *arena)
{
	size_t length = strlen(explain->copies);
	const char *below, *original;

	if (strncmp(path, explain->copies, length) != 0 || path[length] != '/')
		return path;
	below = path + length + 1;
	for (size_t i = 0; i < explain->changed_count; i++)
		if (!strcmp(explain->changed[i], below))
			return path;
	original = arena_printf(arena, "%s/%s", explain->input, below);
	return file_exists(original) ? original : path; /* a file of the program's library has its copy alone */
}

const char *shown_place(struct viewing *viewing, struct place place)
{
	const char *path = place.file ? shown_path(viewing->explain, place.file, viewing->arena) : "";

	if (place.line > 0 && place.column > 0)
		return arena_printf(viewing->arena, "%s:%ld:%ld", path, place.line, place.column);
	return place.line > 0 ? arena_printf(viewing->arena, "%s:%ld", path, place.line) : path;
}

/* As the cell holds it: quotes around it are CSV's, doubled ones stand for one. */
static const char *without_quotes(struct arena *arena, const char *text, size_t length)
{
	char *out = arena_strndup(arena, text, length), *to = out;

	if (length < 2 || text[0] != '"' || text[length - 1] != '"')
		return out;
	for (size_t i = 1; i < length - 1; i++) {
		*to++ = text[i];
		i += text[i] == '"' && text[i + 1] == '"' && i + 1 < length - 1;
	}
	*to = '\0';
	return out;
}

const char *cell_text(const struct place *place, struct arena *arena)
{
	if (!place->text || place->mark_end < place->mark_start)
		return "";
	return without_quotes(arena, place->text + place->mark_start, place->mark_end - place->mark_start);
}

const char *shown_cell(struct viewing *viewing, const struct table *table, size_t row, const struct column *column)
{
	struct place place;
	const char *text;

	if (!table->file_count)
		return say(&viewing->pen, SAY_X_NO_FILE, table->spec->file, NULL);
	if (row >= table->row_count)
		return say(&viewing->pen, SAY_X_NO_ROW, shown_path(viewing->explain, table->files[0].path, viewing->arena), NULL);
	place = table_place(table, row, column, viewing->arena);
	if (!column)
		return shown_place(viewing, place);
	if (!place.column)
		return say(&viewing->pen, column->has_fallback ? SAY_X_NO_COLUMN_DEFAULT : SAY_X_NO_COLUMN,
			shown_place(viewing, place), NULL);
	text = cell_text(&place, viewing->arena);
	if (!*text)
		return say(&viewing->pen, column->has_fallback ? SAY_X_BLANK_DEFAULT : SAY_X_BLANK, shown_place(viewing, place), NULL);
	return say(&viewing->pen, SAY_X_CELL, shown_place(viewing, place), text, NULL);
}

const char *shown_article(struct viewing *viewing, const struct article *article, struct place place)
{
	place.column = 0;
	if (!article || !*article->number)
		return arena_printf(viewing->arena, "(%s)", shown_place(viewing, place));
	return say(&viewing->pen, SAY_X_ARTICLE, article->number, shown_place(viewing, place), NULL);
}

struct place ledger_place(const struct explain *explain, size_t person, size_t column)
{
	struct place place = PLACE_NONE;

	place.file = explain->ledger;
	place.line = explain->ledger_line ? explain->ledger_line[person] : 0;
	place.column = explain->ledger_field ? explain->ledger_field[column] + 1 : 0;
	return place;
}
