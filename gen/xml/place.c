#include "xml/source.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct xml_lines *xml_lines_new(const char *source, size_t size, struct arena *arena)
{
	struct xml_lines *lines = arena_alloc(arena, sizeof(*lines));
	size_t count = 1, start = 0;

	for (size_t i = 0; i < size; i++)
		count += source[i] == '\n' || (source[i] == '\r' && source[i + 1] != '\n');
	lines->all = arena_array(arena, count, sizeof(*lines->all));
	for (size_t i = 0; i <= size; i++) {
		struct xml_line *line = &lines->all[lines->count];

		if (i < size && source[i] != '\n' && source[i] != '\r')
			continue;
		line->start = start;
		line->end = i;
		if (i < size && source[i] == '\r' && source[i + 1] == '\n')
			i++;
		start = i + 1;
		lines->count++;
	}
	return lines;
}

/* The line that holds the byte; a line end belongs to the line it ends. */
static struct xml_line *line_of(const struct xml_lines *lines, size_t offset)
{
	size_t low = 0, high = lines->count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lines->all[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return &lines->all[low];
}

struct place xml_source_place(const struct xml_document *document, size_t start, size_t end)
{
	struct xml_line *line = line_of(document->lines, start);
	struct place at = { .file = document->path };

	if (!line->text)
		line->text = arena_strndup(document->arena, document->source + line->start, line->end - line->start);
	if (start > line->end)
		start = line->end;
	if (end > line->end)
		end = line->end;
	at.line = (long)(line - document->lines->all) + 1;
	at.column = (long)text_length_n(document->source + line->start, start - line->start) + 1;
	at.text = line->text;
	at.mark_start = start - line->start;
	at.mark_end = end < start ? at.mark_start : end - line->start;
	return at;
}

struct place xml_text_place(const struct xml_text *text, size_t start, size_t end)
{
	size_t from, to;

	if (start > text->length)
		start = text->length;
	if (end > text->length)
		end = text->length;
	from = text->source_offset[start];
	to = from;
	if (end > start) {
		const char *last = text->document->source + text->source_offset[end - 1];

		/* Behind the last byte's own source, not where the next begins: a comment or a tag may stand between. */
		to = text->source_offset[end - 1] + (*last == '&' ? strcspn(last, ";") + 1 : 1);
	}
	return xml_source_place(text->document, from, to);
}
