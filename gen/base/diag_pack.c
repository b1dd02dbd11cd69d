#include "base/diag_store.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"

/*
 * Between two processes of one program, so numbers go as they lie in memory:
 * the count per code, the count of records, then each record's numbers and
 * strings. A string is its length + 1 (0 for NULL) and its bytes.
 */

struct fixed {
	int64_t id, line, column;
	uint64_t mark_start, mark_end, arguments;
};

static void put_text(struct text_buffer *buffer, const char *text)
{
	uint64_t size = text ? strlen(text) + 1 : 0;

	text_buffer_add(buffer, (const char *)&size, sizeof(size));
	if (text)
		text_buffer_add(buffer, text, (size_t)size - 1);
}

static void put_record(struct text_buffer *buffer, const struct diag_record *record)
{
	const struct place *at = &record->place;
	struct fixed fixed = { record->id, at->line, at->column, at->mark_start, at->mark_end, 0 };

	while (fixed.arguments < DIAG_ARGUMENTS && record->arguments[fixed.arguments])
		fixed.arguments++;
	text_buffer_add(buffer, (const char *)&fixed, sizeof(fixed));
	put_text(buffer, at->file);
	put_text(buffer, at->text);
	put_text(buffer, at->note);
	put_text(buffer, record->help);
	put_text(buffer, record->nearest);
	for (size_t i = 0; i < fixed.arguments; i++)
		put_text(buffer, record->arguments[i]);
}

char *diag_pack(struct diag *diag, size_t *size)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	uint64_t count = diag->count;

	text_buffer_add(&buffer, (const char *)diag->per_code, sizeof(diag->per_code));
	text_buffer_add(&buffer, (const char *)&count, sizeof(count));
	for (size_t i = 0; i < diag->count; i++)
		put_record(&buffer, &diag->records[i]);
	*size = buffer.length;
	return buffer.data;
}

struct reader {
	const char *at;
	const char *end;
	struct arena *arena;
};

static void take(struct reader *reader, void *out, size_t size)
{
	if ((size_t)(reader->end - reader->at) < size)
		bug("a pack of messages is cut short");
	memcpy(out, reader->at, size);
	reader->at += size;
}

static const char *take_text(struct reader *reader)
{
	uint64_t size;
	char *text;

	take(reader, &size, sizeof(size));
	if (!size)
		return NULL;
	if ((size_t)(reader->end - reader->at) < size - 1)
		bug("a pack of messages is cut short");
	text = arena_strndup(reader->arena, reader->at, (size_t)size - 1);
	reader->at += size - 1;
	return text;
}

static void take_record(struct reader *reader, struct diag *diag)
{
	struct diag_record record = { .id = MSG_COUNT };
	struct fixed fixed;

	take(reader, &fixed, sizeof(fixed));
	if (fixed.id < 0 || fixed.id >= MSG_COUNT || fixed.arguments > DIAG_ARGUMENTS)
		bug("a pack of messages is damaged");
	record.id = (enum message)fixed.id;
	record.place = (struct place){ .line = (long)fixed.line, .column = (long)fixed.column,
		.mark_start = (size_t)fixed.mark_start, .mark_end = (size_t)fixed.mark_end };
	record.place.file = take_text(reader);
	record.place.text = take_text(reader);
	record.place.note = take_text(reader);
	record.help = take_text(reader);
	record.nearest = take_text(reader);
	for (size_t i = 0; i < fixed.arguments; i++)
		record.arguments[i] = take_text(reader);
	diag_store(diag, &record);
}

void diag_unpack(struct diag *diag, const char *data, size_t size)
{
	struct reader reader = { data, data + size, diag->arena };
	size_t per_code[MSG_COUNT];
	uint64_t count;

	take(&reader, per_code, sizeof(per_code));
	take(&reader, &count, sizeof(count));
	/* What the worker counted but did not keep. */
	for (size_t i = 0; i < MSG_COUNT; i++)
		if (per_code[i] > DIAG_KEPT)
			diag->per_code[i] += per_code[i] - DIAG_KEPT;
	while (count--)
		take_record(&reader, diag);
}
