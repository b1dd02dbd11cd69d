#include "facts/history.h"

#include <string.h>

#include "base/arena.h"
#include "facts/history_read.h"
#include "facts/history_store.h"

struct history *history_new(const struct facts *facts, int32_t first, int32_t end)
{
	struct history *history = arena_alloc(facts->arena, sizeof(*history));

	history->facts = facts;
	history->first = first < end ? first : INT32_MAX;
	history->end = end;
	history->month_count = first < end ? (size_t)(end - first) : 0;
	history->months = arena_array(facts->arena, history->month_count + 1, sizeof(*history->months));
	history->lines = arena_array(facts->arena, facts->rulebook->line_count + 1, sizeof(*history->lines));
	return history;
}

struct history_row *history_add(struct history *history, size_t person, int32_t month, const char *path, long line)
{
	const struct facts *facts = history->facts;
	struct history_month *m = &history->months[month - history->first];
	struct history_entry *entry;
	struct value *values = arena_array(facts->arena, facts->rulebook->history_count + 1, sizeof(*values));

	if (!m->entries)
		m->entries = arena_array(facts->arena, facts->person_count + 1, sizeof(*m->entries));
	for (size_t c = 0; c < facts->rulebook->column_count; c++) {
		const struct ledger_column *column = &facts->rulebook->columns[c];

		if (column->in_history)
			values[column->history] = value_missing(column->type);
	}
	entry = &m->entries[person];
	entry->present = true;
	entry->row.values = values;
	entry->path = path;
	entry->line = line;
	return &entry->row;
}

void history_fields(struct history *history, size_t person, int32_t month, const int *fields)
{
	history->months[month - history->first].entries[person].fields = fields;
}

static const struct history_entry *find(const struct history *history, size_t person, int32_t month)
{
	const struct history_month *m;

	if (!history || month < history->first || month >= history->end)
		return NULL;
	m = &history->months[month - history->first];
	return m->entries && m->entries[person].present ? &m->entries[person] : NULL;
}

const struct history_row *history_row(const struct history *history, size_t person, int32_t month)
{
	const struct history_entry *entry = find(history, person, month);

	return entry ? &entry->row : NULL;
}

int32_t history_first_month(const struct history *history)
{
	return history ? history->first : INT32_MAX;
}

static long field_of(const struct history *history, const struct history_entry *entry, size_t column)
{
	size_t count = history->facts->rulebook->column_count;

	if (!entry->fields)
		return 0;
	return entry->fields[column == HISTORY_UNIT ? count : column == HISTORY_GRADE ? count + 1 : column] + 1;
}

struct place history_place(const struct history *history, size_t person, int32_t month, size_t column)
{
	const struct history_entry *entry = find(history, person, month);
	struct place place = PLACE_NONE;

	if (entry) {
		place.file = entry->path;
		place.line = entry->line;
		place.column = field_of(history, entry, column);
	}
	return place;
}

int history_line_compare(const void *a, const void *b)
{
	const struct history_line *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return strcmp(x->key, y->key);
}

/* For a sort that keeps months in order, and a month's rows as the file has them. */
int history_line_order(const void *a, const void *b)
{
	const struct history_line *x = a, *y = b;
	int order = history_line_compare(a, b);

	if (!order)
		order = strcmp(x->path, y->path);
	return order ? order : (x->at > y->at) - (x->at < y->at);
}

size_t history_line_entries(const struct history *history, size_t line, size_t person, const char *key,
	const struct history_line **first)
{
	const struct history_lines *lines = history ? &history->lines[line] : NULL;
	struct history_line wanted = { .person = person, .key = key };
	size_t low = 0, high = lines ? lines->count : 0, count = 0;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (history_line_compare(&lines->rows[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*first = lines && low < lines->count ? &lines->rows[low] : NULL;
	while (*first && low + count < lines->count && !history_line_compare(*first + count, &wanted))
		count++;
	return count;
}
