#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "pipeline_compare.h"

struct text_rows {
	size_t columns, count;
	const char *sides;
	const char **cells;
	size_t *widths;
	struct arena *arena;
};

struct text_rows *text_rows_new(size_t columns, const char *sides, struct arena *arena)
{
	struct text_rows *rows = arena_alloc(arena, sizeof(*rows));

	*rows = (struct text_rows){ .columns = columns, .sides = sides, .arena = arena,
		.widths = arena_array(arena, columns, sizeof(size_t)) };
	return rows;
}

void text_rows_put(struct text_rows *rows, const char *text)
{
	size_t column = rows->count % rows->columns, width = text_width_n(text, strlen(text));

	rows->cells = arena_append(rows->arena, rows->cells, rows->count, sizeof(*rows->cells));
	rows->cells[rows->count++] = text;
	if (width > rows->widths[column])
		rows->widths[column] = width;
}

static void blanks(struct text_buffer *out, size_t count)
{
	while (count--)
		text_buffer_putc(out, ' ');
}

/* Nothing is put behind the last text of a row. */
static void print_row(const struct text_rows *rows, size_t first, struct text_buffer *out)
{
	size_t owed = 0;

	for (size_t c = 0; c < rows->columns; c++) {
		const char *text = rows->cells[first + c];
		size_t spare = rows->widths[c] - text_width_n(text, strlen(text));

		owed += c ? 2 : 0;
		if (*text) {
			blanks(out, owed + (rows->sides[c] == 'r' ? spare : 0));
			text_buffer_puts(out, text);
			owed = rows->sides[c] == 'r' ? 0 : spare;
		} else {
			owed += spare;
		}
	}
	text_buffer_putc(out, '\n');
}

void text_rows_print(const struct text_rows *rows, const char *margin, struct text_buffer *out)
{
	for (size_t first = 0; first + rows->columns <= rows->count; first += rows->columns) {
		text_buffer_puts(out, margin);
		print_row(rows, first, out);
	}
}
