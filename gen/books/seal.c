#include "books/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "value/date.h"

static const char first_line[] = "salespay seal 1";

void book_files_add(struct book_files *list, const char *path, const char *sha256, struct arena *arena)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		list->files = arena_grow(arena, list->files, list->count, list->room, sizeof(*list->files));
	}
	list->files[list->count].path = path;
	snprintf(list->files[list->count++].sha256, sizeof(list->files->sha256), "%s", sha256);
}

const char *seal_path(const char *records, int32_t month, struct arena *arena)
{
	char name[8];

	return arena_printf(arena, "%s/%s/" SEAL_FILE, records, month_format(month, name));
}

bool seal_exists(const char *records, int32_t month, struct arena *arena)
{
	return file_exists(seal_path(records, month, arena));
}

/*
 * The lines between the first and the files, in this order, each "name: text".
 * One table for writing and reading: where a field is and how it is written.
 */
enum form { FORM_TEXT, FORM_COUNT, FORM_MONTH /* "none" is 0 */, FORM_DATE, FORM_YESNO, FORM_SUM /* "none" is "" */ };
static const struct field {
	const char *name;
	enum form form;
	size_t at;
} fields[] = {
	{ "month", FORM_MONTH, offsetof(struct seal, month) },
	{ "made by", FORM_TEXT, offsetof(struct seal, made_by) },
	{ "approved by", FORM_TEXT, offsetof(struct seal, approved_by) },
	{ "date", FORM_DATE, offsetof(struct seal, date) },
	{ "people paid", FORM_COUNT, offsetof(struct seal, paid) },
	{ "people held", FORM_COUNT, offsetof(struct seal, held) },
	{ "people excluded", FORM_COUNT, offsetof(struct seal, excluded) },
	{ "net", FORM_TEXT, offsetof(struct seal, net) },
	{ "tool", FORM_TEXT, offsetof(struct seal, tool) },
	{ "language", FORM_TEXT, offsetof(struct seal, settings.language) },
	{ "errors held", FORM_YESNO, offsetof(struct seal, settings.hold) },
	{ "month before", FORM_MONTH, offsetof(struct seal, settings.before) },
	{ "month after", FORM_MONTH, offsetof(struct seal, settings.after) },
	{ "fingerprint", FORM_SUM, offsetof(struct seal, fingerprint) },
	{ "previous month", FORM_MONTH, offsetof(struct seal, previous_month) },
	{ "previous seal", FORM_SUM, offsetof(struct seal, previous) },
};
#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static void *field_at(struct seal *seal, const struct field *field)
{
	return (char *)seal + field->at;
}

static void put_field(struct text_buffer *out, struct seal *seal, const struct field *field)
{
	void *at = field_at(seal, field);
	char room[11];

	text_buffer_printf(out, "%s: ", field->name);
	switch (field->form) {
	case FORM_TEXT:
		if (strpbrk(*(const char **)at, "\r\n"))
			bug("a line end in a seal's %s", field->name);
		text_buffer_puts(out, *(const char **)at);
		break;
	case FORM_COUNT:
		text_buffer_printf(out, "%zu", *(size_t *)at);
		break;
	case FORM_MONTH:
		text_buffer_puts(out, *(int32_t *)at ? month_format(*(int32_t *)at, room) : "none");
		break;
	case FORM_DATE:
		text_buffer_puts(out, date_format(*(int32_t *)at, room));
		break;
	case FORM_YESNO:
		text_buffer_puts(out, *(bool *)at ? "yes" : "no");
		break;
	case FORM_SUM:
		text_buffer_puts(out, *(char *)at ? at : "none");
		break;
	}
	text_buffer_putc(out, '\n');
}

static void put_files(struct text_buffer *out, const char *title, const struct book_files *list)
{
	text_buffer_printf(out, "%s: %zu files\n", title, list->count);
	for (size_t i = 0; i < list->count; i++) {
		if (strpbrk(list->files[i].path, "\r\n"))
			bug("a line end in a file's name");
		text_buffer_printf(out, "%s  %s\n", list->files[i].sha256, list->files[i].path);
	}
}

bool seal_write(struct seal *seal, const char *path, struct diag *diag)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	char sum[65];
	bool done;

	text_buffer_printf(&out, "%s\n", first_line);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		put_field(&out, seal, &fields[i]);
	put_files(&out, "books", &seal->books);
	put_files(&out, "output", &seal->output);
	bytes_sha256(out.data, out.length, sum);
	text_buffer_printf(&out, "sum: %s\n", sum);
	bytes_sha256(out.data, out.length, seal->own);
	done = file_replace(path, out.data, out.length, 0600, diag);
	text_buffer_release(&out);
	return done;
}

struct reading {
	char *at; /* the next line; lines are cut where they end */
	long line; /* of the last one taken */
	struct arena *arena;
};

/* NULL at the end, or where a line has no end. */
static char *take_line(struct reading *reading)
{
	char *line = reading->at, *end = strchr(line, '\n');

	reading->line++;
	if (!end)
		return NULL;
	*end = '\0';
	reading->at = end + 1;
	return line;
}

/* The text behind "name: "; NULL if the next line is another. */
static char *take_named(struct reading *reading, const char *name)
{
	char *line = take_line(reading);
	size_t length = strlen(name);

	return line && !strncmp(line, name, length) && !strncmp(line + length, ": ", 2) ? line + length + 2 : NULL;
}

static bool is_sum(const char *text)
{
	return strspn(text, "0123456789abcdef") == 64;
}

static bool get_count(const char *text, size_t *out)
{
	char *end;

	*out = (size_t)strtoul(text, &end, 10);
	return *text && strspn(text, "0123456789") == (size_t)(end - text) && !*end;
}

static bool get_field(struct seal *seal, const struct field *field, char *text)
{
	void *at = field_at(seal, field);

	switch (field->form) {
	case FORM_TEXT:
		*(const char **)at = text;
		return true;
	case FORM_COUNT:
		return get_count(text, at);
	case FORM_MONTH:
		return !strcmp(text, "none") || month_parse(text, strlen(text), at);
	case FORM_DATE:
		return date_parse(text, strlen(text), at);
	case FORM_YESNO:
		*(bool *)at = !strcmp(text, "yes");
		return *(bool *)at || !strcmp(text, "no");
	case FORM_SUM:
		if (strcmp(text, "none") != 0)
			memcpy(at, text, is_sum(text) && !text[64] ? 65 : 0);
		return !strcmp(text, "none") || (is_sum(text) && !text[64]);
	}
	return false;
}

static bool get_files(struct reading *reading, const char *title, struct book_files *out)
{
	char *text = take_named(reading, title), *space = text ? strchr(text, ' ') : NULL;
	size_t count;

	if (!space || strcmp(space, " files") != 0)
		return false;
	*space = '\0';
	if (!get_count(text, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		char *line = take_line(reading);

		if (!line || !is_sum(line) || strncmp(line + 64, "  ", 2) != 0 || !line[66])
			return false;
		line[64] = '\0';
		book_files_add(out, line + 66, line, reading->arena);
	}
	return true;
}

static bool get_all(struct reading *reading, struct seal *seal, const char *sum)
{
	const char *line = take_line(reading);
	char *text;

	if (!line || strcmp(line, first_line) != 0)
		return false;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		text = take_named(reading, fields[i].name);
		if (!text || !get_field(seal, &fields[i], text))
			return false;
	}
	if (!get_files(reading, "books", &seal->books) || !get_files(reading, "output", &seal->output))
		return false;
	text = take_named(reading, "sum");
	return text && !strcmp(text, sum) && !*reading->at;
}

/* Of all bytes above the last line; "" if there is no such line. */
static void sum_above(const struct file_bytes *bytes, char out[65])
{
	static const size_t last = sizeof("sum: \n") - 1 + 64;

	*out = '\0';
	if (bytes->size > last)
		bytes_sha256(bytes->data, bytes->size - last, out);
}

struct seal *seal_read(const char *path, struct arena *arena, struct diag *diag)
{
	struct seal *seal = arena_alloc(arena, sizeof(*seal));
	struct reading reading = { NULL, 0, arena };
	struct place place = PLACE_NONE;
	struct file_bytes bytes;
	char sum[65];

	if (!file_read(path, arena, &bytes, diag))
		return NULL;
	bytes_sha256(bytes.data, bytes.size, seal->own);
	sum_above(&bytes, sum);
	reading.at = arena_strndup(arena, bytes.data, bytes.size);
	if (get_all(&reading, seal, sum))
		return seal;
	place.file = path;
	place.line = reading.line;
	diag_add(diag, MSG_SEAL_BROKEN, place, NULL);
	return NULL;
}
