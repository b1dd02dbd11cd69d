#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/* Which messages of the month are about whose rows. */

/* Rows stand file by file, line by line. */
static size_t row_at(const struct table *table, size_t file, long line)
{
	size_t low = 0, high = table->row_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (table->file[middle] < file || (table->file[middle] == file && (long)table->line[middle] < line))
			low = middle + 1;
		else
			high = middle;
	}
	return low < table->row_count && table->file[low] == file && (long)table->line[low] == line ? low : SIZE_MAX;
}

static size_t person_at(const struct facts *facts, const struct place *place)
{
	for (size_t i = 0; i < facts->rulebook->table_count; i++) {
		const struct table *table = facts->tables[i];

		for (size_t file = 0; file < table->file_count; file++) {
			size_t row;

			if (strcmp(table->files[file].path, place->file) != 0)
				continue;
			row = row_at(table, file, place->line);
			if (row != SIZE_MAX)
				return facts_row_person(facts, i, row);
		}
	}
	return SIZE_MAX;
}

static int by_person(const void *a, const void *b)
{
	const struct notice *first = a, *second = b;

	if (first->person != second->person)
		return first->person < second->person ? -1 : 1;
	return first->message < second->message ? -1 : first->message > second->message;
}

void notices_find(struct model *model)
{
	model->notices = arena_array(model->input.arena, model->message_count + 1, sizeof *model->notices);
	for (size_t i = 0; i < model->message_count; i++) {
		const struct diag_item *message = &model->messages[i];
		size_t person = message->entry->level == DIAG_NOTE || !message->place.file || message->place.line <= 0
					? SIZE_MAX
					: person_at(model->facts, &message->place);

		if (person != SIZE_MAX)
			model->notices[model->notice_count++] = (struct notice){person, message};
	}
	qsort(model->notices, model->notice_count, sizeof *model->notices, by_person);
}
