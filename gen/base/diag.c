#include "base/diag_store.h"

#include <glib.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/map.h"
#include "base/text.h"

static const struct message_entry catalogue[MSG_COUNT] = {
#define MESSAGE(id, code, level, fault, zh, en, help_zh, help_en) \
	[MSG_##id] = { #id, code, level, fault, zh, en, help_zh, help_en },
#include "base/messages.def"
#undef MESSAGE
};

const struct message_entry *message_entry(enum message id)
{
	if (id >= MSG_COUNT)
		bug("no message %d", (int)id);
	return &catalogue[id];
}

const char *message_in_general(const char *text, struct arena *arena)
{
	struct text_buffer general = TEXT_BUFFER_INIT;
	const char *result;

	for (const char *at = text; *at; at++) {
		if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
			text_buffer_puts(&general, "…");
			at += 2;
		} else {
			text_buffer_putc(&general, *at);
		}
	}
	result = text_buffer_take(&general, arena);
	text_buffer_release(&general);
	return result;
}

bool message_find(const char *code, enum message *id)
{
	for (size_t i = 0; i < MSG_COUNT; i++)
		if (!g_ascii_strcasecmp(catalogue[i].code, code)) {
			*id = (enum message)i;
			return true;
		}
	return false;
}

const char *message_nearest(const char *text)
{
	const char *codes[MSG_COUNT];
	char *upper = g_ascii_strup(text, -1);
	const char *nearest;

	for (size_t i = 0; i < MSG_COUNT; i++)
		codes[i] = catalogue[i].code;
	nearest = text_nearest(upper, codes, MSG_COUNT);
	g_free(upper);
	return nearest;
}

struct diag *diag_new(struct arena *arena)
{
	struct diag *diag = calloc(1, sizeof(*diag));

	if (!diag)
		bug("out of memory");
	diag->arena = arena;
	diag->seen = map_new();
	return diag;
}

struct diag *diag_new_beside(const struct diag *other, struct arena *arena)
{
	struct diag *diag = diag_new(arena);

	diag->chinese = other->chinese;
	return diag;
}

void diag_free(struct diag *diag)
{
	if (!diag)
		return;
	map_free(diag->seen);
	free(diag->records);
	free(diag->surplus);
	free(diag);
}

/* All that makes two messages the same, in one string. */
static char *record_key(struct arena *arena, const struct diag_record *record)
{
	const struct place *at = &record->place;
	struct text_buffer key = TEXT_BUFFER_INIT;
	char *text;

	text_buffer_printf(&key, "%d\x1f%s\x1f%ld\x1f%ld\x1f%zu\x1f%zu\x1f%s\x1f%s", (int)record->id,
		at->file ? at->file : "", at->line, at->column, at->mark_start, at->mark_end,
		record->help ? record->help : "", record->nearest ? record->nearest : "");
	for (size_t i = 0; i < DIAG_ARGUMENTS && record->arguments[i]; i++)
		text_buffer_printf(&key, "\x1f%s", record->arguments[i]);
	text = text_buffer_take(&key, arena);
	text_buffer_release(&key);
	return text;
}

static const char *kept_text(struct diag *diag, const char *text)
{
	return text ? arena_strdup(diag->arena, text) : NULL;
}

static void count_surplus(struct diag *diag, enum message id, const char *file)
{
	struct diag_surplus *last;

	/* They come file by file: the last pair is nearly always the one. */
	for (size_t i = diag->surplus_count; i-- > 0;)
		if (diag->surplus[i].id == id && text_compare(&diag->surplus[i].file, &file) == 0) {
			diag->surplus[i].count++;
			return;
		}
	diag->surplus = realloc(diag->surplus, (diag->surplus_count + 1) * sizeof(*diag->surplus));
	if (!diag->surplus)
		bug("out of memory for %zu files", diag->surplus_count);
	last = &diag->surplus[diag->surplus_count++];
	*last = (struct diag_surplus){ id, kept_text(diag, file), 1 };
}

bool diag_not_kept(const struct diag *diag, size_t index, const struct message_entry **entry, const char **file, size_t *count)
{
	if (index >= diag->surplus_count)
		return false;
	*entry = message_entry(diag->surplus[index].id);
	*file = diag->surplus[index].file;
	*count = diag->surplus[index].count;
	return true;
}

/* One long line with a thousand mistakes is kept once. */
static const char *kept_line(struct diag *diag, const char *text)
{
	if (text && (!diag->line || strcmp(diag->line, text) != 0))
		diag->line = arena_strdup(diag->arena, text);
	return text ? diag->line : NULL;
}

void diag_store(struct diag *diag, const struct diag_record *record)
{
	struct place *place;
	char *key;

	if (diag->per_code[record->id] >= DIAG_KEPT) {
		diag->per_code[record->id]++;
		count_surplus(diag, record->id, record->place.file);
		return;
	}
	key = record_key(diag->arena, record);
	if (map_get(diag->seen, key))
		return;
	map_put(diag->seen, key, key);
	diag->per_code[record->id]++;
	if (diag->count == diag->room) {
		diag->room = diag->room ? diag->room * 2 : 32;
		diag->records = realloc(diag->records, diag->room * sizeof(*diag->records));
		if (!diag->records)
			bug("out of memory for %zu messages", diag->room);
	}
	diag->records[diag->count] = *record;
	/* What was read into a scratch arena (an earlier month's ledger) is gone when messages are printed. */
	place = &diag->records[diag->count++].place;
	place->file = kept_text(diag, place->file);
	place->text = kept_line(diag, place->text);
	place->note = kept_text(diag, place->note);
}

static void add(struct diag *diag, struct diag_record *record, va_list arguments)
{
	size_t count = 0;
	const char *text;

	message_entry(record->id);
	while ((text = va_arg(arguments, const char *))) {
		if (count == DIAG_ARGUMENTS)
			bug("too many arguments for message %s", message_entry(record->id)->name);
		record->arguments[count++] = arena_strdup(diag->arena, text);
	}
	if (record->help)
		record->help = arena_strdup(diag->arena, record->help);
	if (record->nearest)
		record->nearest = arena_strdup(diag->arena, record->nearest);
	diag_store(diag, record);
}

void diag_add(struct diag *diag, enum message id, struct place at, ...)
{
	struct diag_record record = { .id = id, .place = at };
	va_list arguments;

	va_start(arguments, at);
	add(diag, &record, arguments);
	va_end(arguments);
}

void diag_add_help(struct diag *diag, enum message id, struct place at, const char *help, ...)
{
	struct diag_record record = { .id = id, .place = at, .help = help };
	va_list arguments;

	va_start(arguments, help);
	add(diag, &record, arguments);
	va_end(arguments);
}

void diag_add_nearest(struct diag *diag, enum message id, struct place at, const char *nearest, ...)
{
	struct diag_record record = { .id = id, .place = at, .nearest = nearest };
	va_list arguments;

	va_start(arguments, nearest);
	add(diag, &record, arguments);
	va_end(arguments);
}

static size_t count_level(const struct diag *diag, enum diag_level level)
{
	size_t count = 0;

	for (size_t i = 0; i < MSG_COUNT; i++)
		if (catalogue[i].level == level)
			count += diag->per_code[i];
	return count;
}

size_t diag_errors(const struct diag *diag)
{
	return count_level(diag, DIAG_ERROR);
}

size_t diag_warnings(const struct diag *diag)
{
	return count_level(diag, DIAG_WARNING);
}

int diag_status(const struct diag *diag)
{
	static const int gravity[] = { [FAULT_DIFFERENCE] = 1, [FAULT_INPUT] = 2, [FAULT_USAGE] = 3, [FAULT_SYSTEM] = 4 };
	static const int exit_status[] = { 0, 4, 1, 2, 3 };
	int highest = 0;

	for (size_t i = 0; i < MSG_COUNT; i++) {
		const struct message_entry *entry = &catalogue[i];

		if (entry->level == DIAG_ERROR && diag->per_code[i] && gravity[entry->fault] > highest)
			highest = gravity[entry->fault];
	}
	return exit_status[highest];
}

void diag_set_language(struct diag *diag, const char *language)
{
	diag->chinese = language && !strcmp(language, "zh-CN");
	diag->sorted = 0;
}

bool diag_is_chinese(const struct diag *diag)
{
	return diag->chinese;
}

static int compare_long(long a, long b)
{
	return (a > b) - (a < b);
}

/* The last keys are the message itself: the order of workers must not show. */
static int compare_records(const void *left, const void *right)
{
	const struct diag_record *a = left, *b = right;
	int order;

	if (!a->place.file != !b->place.file)
		return a->place.file ? -1 : 1;
	order = text_compare(&a->place.file, &b->place.file);
	if (!order)
		order = compare_long(a->place.line, b->place.line);
	if (!order)
		order = compare_long(a->place.column, b->place.column);
	if (!order)
		order = strcmp(catalogue[a->id].code, catalogue[b->id].code);
	for (size_t i = 0; !order && i < DIAG_ARGUMENTS; i++)
		order = text_compare(&a->arguments[i], &b->arguments[i]);
	if (!order)
		order = text_compare(&a->help, &b->help);
	return order ? order : text_compare(&a->nearest, &b->nearest);
}

static bool is_harmful(gunichar c)
{
	/* Direction overrides would let a cell rewrite how its own message reads. */
	return g_unichar_type(c) == G_UNICODE_CONTROL || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0x2028 || c == 0x2029;
}

void diag_clean(struct text_buffer *buffer, const char *text, size_t length)
{
	const char *end = text + length;

	while (text < end) {
		gunichar c = g_utf8_get_char_validated(text, end - text);
		size_t size = 1;

		if (c != (gunichar)-1 && c != (gunichar)-2 && c)
			size = (size_t)g_utf8_skip[(unsigned char)*text];
		if (*text == '\t' || *text == '\n' || *text == '\r')
			text_buffer_putc(buffer, ' ');
		else if (c == (gunichar)-1 || c == (gunichar)-2 || !c || is_harmful(c))
			text_buffer_puts(buffer, "\xEF\xBF\xBD");
		else
			text_buffer_add(buffer, text, size);
		text += size;
	}
}

/* {0} … {9} replaced; one without an argument stays, so that the mistake shows. */
static void fill(struct text_buffer *buffer, const char *pattern, const char *const *arguments)
{
	for (const char *at = pattern; *at; at++) {
		if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
			const char *argument = arguments[at[1] - '0'];

			if (argument) {
				diag_clean(buffer, argument, strlen(argument));
				at += 2;
				continue;
			}
		}
		text_buffer_putc(buffer, *at);
	}
}

static void fill_help(struct text_buffer *buffer, const struct diag_record *record, bool chinese)
{
	const struct message_entry *entry = &catalogue[record->id];
	const char *general = chinese ? entry->help_zh : entry->help_en;

	if (record->nearest) {
		text_buffer_puts(buffer, chinese ? "您要写的是“" : "did you mean '");
		diag_clean(buffer, record->nearest, strlen(record->nearest));
		text_buffer_puts(buffer, chinese ? "”吗？" : "'?");
	}
	if (record->help) {
		text_buffer_puts(buffer, buffer->length ? "\n" : "");
		diag_clean(buffer, record->help, strlen(record->help));
	}
	if (general) {
		text_buffer_puts(buffer, buffer->length ? "\n" : "");
		fill(buffer, general, record->arguments);
	}
}

void diag_sort(struct diag *diag)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;

	if (!diag->count || diag->sorted == diag->count)
		return;
	qsort(diag->records, diag->count, sizeof(*diag->records), compare_records);
	diag->items = arena_array(diag->arena, diag->count, sizeof(*diag->items));
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_record *record = &diag->records[i];
		const struct message_entry *entry = &catalogue[record->id];
		struct diag_item *item = &diag->items[i];

		item->entry = entry;
		item->place = record->place;
		fill(&buffer, diag->chinese ? entry->zh : entry->en, record->arguments);
		item->text = text_buffer_take(&buffer, diag->arena);
		fill_help(&buffer, record, diag->chinese);
		if (buffer.length)
			item->help = text_buffer_take(&buffer, diag->arena);
	}
	text_buffer_release(&buffer);
	diag->sorted = diag->count;
}

const struct diag_item *diag_item(struct diag *diag, size_t index)
{
	diag_sort(diag);
	return index < diag->count ? &diag->items[index] : NULL;
}
