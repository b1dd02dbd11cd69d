#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"

/* A grade cell holds an id or a title of any policy in force. */
static const struct grade *find_grade(const struct rulebook *rulebook, const char *text)
{
	for (size_t i = 0; i < rulebook->scheme_count; i++) {
		const struct grade *grade = policy_grade(rulebook->schemes[i].policy, text);

		if (grade)
			return grade;
	}
	return NULL;
}

static const char *nearest_grade(struct build *build, const char *text)
{
	const struct rulebook *rulebook = build->facts->rulebook;
	const char **names;
	size_t count = 0, room = 1;

	if (!build_may_seek(&build->grades_sought))
		return NULL;
	for (size_t i = 0; i < rulebook->scheme_count; i++)
		room += rulebook->schemes[i].policy->grade_count * 2;
	names = arena_array(build->facts->arena, room, sizeof(*names));
	for (size_t i = 0; i < rulebook->scheme_count; i++) {
		const struct policy *policy = rulebook->schemes[i].policy;

		for (size_t g = 0; g < policy->grade_count; g++) {
			names[count++] = policy->grades[g].id;
			names[count++] = policy->grades[g].title ? policy->grades[g].title : policy->grades[g].id;
		}
	}
	return text_nearest(text, names, count);
}

static void resolve_column(struct build *build, struct table *table, const struct column *column)
{
	for (size_t row = 0; row < table->row_count; row++) {
		struct value *cell = &table->cells[row * table->spec->column_count + column->index];
		const struct grade *grade;

		if (cell->missing)
			continue;
		grade = find_grade(build->facts->rulebook, cell->text);
		if (grade)
			*cell = value_grade(grade->id);
		else
			diag_add_nearest(build->diag, MSG_GRADE_CELL_UNKNOWN, build_place(build, table, row, column),
				nearest_grade(build, cell->text), cell->text, NULL);
	}
}

void grades_resolve(struct build *build)
{
	for (size_t i = 0; i < build->facts->rulebook->table_count; i++) {
		struct table *table = build->facts->tables[i];

		for (size_t c = 0; c < table->spec->column_count; c++)
			if (table->spec->columns[c].type == COLUMN_GRADE) {
				resolve_column(build, table, &table->spec->columns[c]);
				resolve_column(build, table->rejected, &table->spec->columns[c]);
			}
	}
}
