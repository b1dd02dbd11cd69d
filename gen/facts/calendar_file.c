#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "facts/facts.h"
#include "value/date.h"

static enum day_kind kind_of(const char *text)
{
	return !strcmp(text, "法定") ? DAY_STATUTORY : !strcmp(text, "班") ? DAY_WORK : DAY_OFF;
}

struct calendar *calendar_read(const char *path, struct arena *arena, struct text_pool *pool, struct diag *diag)
{
	struct table_reader reader = { .arena = arena, .pool = pool, .diag = diag };
	struct calendar *calendar = calendar_new(arena);
	struct table *table;

	if (!file_exists(path))
		return calendar;
	table = table_new(table_spec_calendar(), arena);
	if (!table_read_file(table, path, &reader))
		return NULL;
	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *day = table_cell(table, row, 0), *kind = table_cell(table, row, 1);
		char date[11];

		if (day->missing || kind->missing)
			continue;
		if (!calendar_add(calendar, day->day, kind_of(kind->text)))
			diag_add(diag, MSG_CALENDAR_TWICE, table_place(table, row, &table->spec->columns[0], arena),
				arena_strdup(arena, date_format(day->day, date)), NULL);
	}
	return calendar;
}
