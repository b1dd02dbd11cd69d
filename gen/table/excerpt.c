#include "table/excerpt.h"

#include "base/arena.h"
#include "base/text.h"
#include "table/csv.h"

#define BEFORE 160 /* bytes of a long line kept before the mark */
#define BEHIND 320 /* and from the mark's start on */
#define VALUE_CHARACTERS 40

static size_t back_to_character(const char *text, size_t at)
{
	while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

struct place excerpt_place(const struct excerpt_row *row, size_t number, const char *name, struct arena *arena)
{
	struct csv_span span = csv_field_span(row->bytes, row->size, row->delimiter, number);
	struct place at = PLACE_NONE;
	size_t from = 0, to = span.length;

	if (span.start > BEFORE)
		from = back_to_character(span.text, span.start - BEFORE);
	if (to > span.start + BEHIND)
		to = back_to_character(span.text, span.start + BEHIND);
	at.file = row->path;
	at.line = row->line + span.line;
	at.column = (long)number;
	at.text = arena_strndup(arena, span.text + from, to - from);
	at.mark_start = span.start - from;
	at.mark_end = (span.end < to ? span.end : to) - from;
	if (name && *name)
		at.note = arena_printf(arena, "column %s", name);
	return at;
}

const char *excerpt_value(const char *text, size_t length, struct arena *arena)
{
	const char *start = text_trim(text, &length);
	const char *at = start;

	for (size_t i = 0; at < start + length; i++) {
		if (i == VALUE_CHARACTERS)
			return arena_printf(arena, "%.*s…", (int)(at - start), start);
		text_next(&at);
	}
	return arena_strndup(arena, start, length);
}
