#include "table/recall.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define MOST_CELLS ((size_t)4096) /* of one column */
#define MOST_IN_ALL ((size_t)65536)
#define TRIES 2048 /* after so many it is known whether the column repeats itself */
#define LONGEST 39 /* with the value and the length a cell takes a cache line */

struct remembered {
	struct value value;
	unsigned char length; /* 0: nothing here yet */
	char text[LONGEST];
};

struct column_recall {
	struct remembered *cells;
	size_t tries, hits;
	bool useless;
};

struct recall {
	struct column_recall *columns;
	size_t size; /* of each one's cells, a power of two */
};

struct recall *recall_new(struct arena *arena, size_t columns)
{
	struct recall *recall = arena_alloc(arena, sizeof(*recall));

	recall->size = MOST_CELLS;
	while (recall->size > 1 && recall->size * columns > MOST_IN_ALL)
		recall->size /= 2;
	recall->columns = arena_array(arena, columns, sizeof(*recall->columns));
	for (size_t i = 0; i < columns; i++)
		recall->columns[i].cells = arena_array(arena, recall->size, sizeof(struct remembered));
	return recall;
}

bool recall_is_useless(const struct recall *recall, size_t column)
{
	return recall->columns[column].useless;
}

static struct remembered *cell_for(const struct recall *recall, const struct column_recall *column, const char *text,
	size_t length)
{
	return &column->cells[text_hash(0, text, length) & (recall->size - 1)];
}

/* Half of the last texts known is worth asking for. */
static void judge(struct column_recall *column)
{
	column->useless = column->hits * 2 < column->tries;
	column->tries = column->hits = 0;
}

const struct value *recall_find(struct recall *recall, size_t column, const char *text, size_t length)
{
	struct column_recall *of_column = &recall->columns[column];
	const struct remembered *cell;

	if (of_column->useless || !length || length > LONGEST)
		return NULL;
	cell = cell_for(recall, of_column, text, length);
	if (++of_column->tries == TRIES)
		judge(of_column);
	if (cell->length != length || memcmp(cell->text, text, length) != 0)
		return NULL;
	of_column->hits++;
	return &cell->value;
}

void recall_keep(struct recall *recall, size_t column, const char *text, size_t length, const struct value *value)
{
	struct column_recall *of_column = &recall->columns[column];
	struct remembered *cell;

	if (of_column->useless || !length || length > LONGEST)
		return;
	cell = cell_for(recall, of_column, text, length);
	cell->value = *value;
	cell->length = (unsigned char)length;
	memcpy(cell->text, text, length);
}
