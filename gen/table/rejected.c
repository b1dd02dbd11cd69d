#include "table/rejected.h"

#include <string.h>

#include "base/arena.h"
#include "table/csv.h"

#define MOST_KEPT 2000 /* diag keeps no more of one message either */

static void make_room(struct table *rejected, size_t columns)
{
	struct arena *arena = rejected->arena;
	size_t rows = rejected->row_count, room = rows ? rows * 2 : 16;

	/* Full at 0, 16, 32, 64 … */
	if (rows && (rows < 16 || (rows & (rows - 1))))
		return;
	rejected->cells = arena_grow(arena, rejected->cells, rows * columns, room * columns, sizeof(*rejected->cells));
	rejected->line = arena_grow(arena, rejected->line, rows, room, sizeof(*rejected->line));
	rejected->file = arena_grow(arena, rejected->file, rows, room, sizeof(*rejected->file));
}

void rejected_add(struct table *table, const struct value *cells, const struct csv_row *row)
{
	struct table *rejected = table->rejected;
	size_t columns = table->spec->column_count;

	if (rejected->row_count == MOST_KEPT)
		return;
	make_room(rejected, columns);
	memcpy(rejected->cells + rejected->row_count * columns, cells, columns * sizeof(*cells));
	rejected->line[rejected->row_count] = (uint32_t)row->line;
	rejected->file[rejected->row_count] = (uint16_t)(table->file_count - 1);
	rejected->row_count++;
}

void rejected_finish(struct table *table)
{
	table->rejected->files = table->files;
	table->rejected->file_count = table->file_count;
}
