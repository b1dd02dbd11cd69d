#ifndef SALESPAY_TESTS_TABLE_FIXTURE_H
#define SALESPAY_TESTS_TABLE_FIXTURE_H

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "table/table.h"
#include "unit.h"

/* One run's worth of things that reading needs; the file is written beside and named "t.csv" in messages' places. */
struct fixture {
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct table_reader reader;
	char *folder;
	char *path;
};

static inline void fixture_init(struct fixture *f)
{
	f->arena = arena_new();
	f->pool = text_pool_new();
	f->diag = diag_new(f->arena);
	diag_set_language(f->diag, "en");
	f->reader = (struct table_reader){ .arena = f->arena, .pool = f->pool, .diag = f->diag };
	f->folder = g_dir_make_tmp("salespay-XXXXXX", NULL);
	f->path = g_build_filename(f->folder, "t.csv", NULL);
}

static inline void fixture_release(struct fixture *f)
{
	g_remove(f->path);
	g_rmdir(f->folder);
	g_free(f->path);
	g_free(f->folder);
	diag_free(f->diag);
	text_pool_free(f->pool);
	arena_free(f->arena);
}

static inline void fixture_write(const struct fixture *f, const char *data, size_t size)
{
	g_assert_true(g_file_set_contents(f->path, data, (gssize)size, NULL));
}

static inline struct table *fixture_read_bytes(struct fixture *f, const struct table_spec *spec, const char *data,
	size_t size)
{
	struct table *table = table_new(spec, f->arena);

	fixture_write(f, data, size);
	table_read_file(table, f->path, &f->reader);
	return table;
}

static inline struct table *fixture_read(struct fixture *f, const struct table_spec *spec, const char *text)
{
	return fixture_read_bytes(f, spec, text, strlen(text));
}

/* All messages as "E0203 6:6, E0150 9:3": code, line, field. */
static inline const char *fixture_messages(const struct fixture *f)
{
	const struct diag_item *item;
	const char *list = "";

	for (size_t i = 0; (item = diag_item(f->diag, i)); i++)
		list = arena_printf(f->arena, "%s%s%s %ld:%ld", list, *list ? ", " : "", item->entry->code,
			item->place.line, item->place.column);
	return list;
}

/* The whole table as "a|b|c" rows parted by newlines, cells as ledgers write them. */
static inline const char *fixture_cells(const struct fixture *f, const struct table *table)
{
	char buffer[VALUE_TEXT_SIZE];
	const char *all = "";

	for (size_t row = 0; row < table->row_count; row++)
		for (size_t i = 0; i < table->spec->column_count; i++)
			all = arena_printf(f->arena, "%s%s%s", all, !i ? row ? "\n" : "" : "|",
				value_format(table_cell(table, row, i), buffer));
	return all;
}

#endif
