#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"

/* "Did you mean" for people, units and keys. */

/* Looking for a near name costs a pass over all of them: not for a whole file of strangers. */
#define NEAREST_MAX 50

bool build_may_seek(size_t *sought)
{
	return (*sought)++ < NEAREST_MAX;
}

/* Texts of some columns of a table, of rejected rows too: who is rejected may well be meant. */
struct candidates {
	const char **texts;
	size_t count;
};

static struct candidates candidates_new(const struct build *build, const struct table *table, size_t columns)
{
	size_t rows = table->row_count + table->rejected->row_count;

	return (struct candidates){ arena_array(build->facts->arena, rows * columns + 1, sizeof(char *)), 0 };
}

static void add_cells(struct candidates *candidates, const struct table *table, const struct column *column)
{
	for (size_t row = 0; column && row < table->row_count; row++) {
		const struct value *cell = table_cell(table, row, column->index);

		if (!cell->missing)
			candidates->texts[candidates->count++] = cell->text;
	}
}

static void add_column(struct candidates *candidates, const struct table *table, const struct column *column)
{
	add_cells(candidates, table, column);
	add_cells(candidates, table->rejected, column);
}

static const char *nearest_key(const struct build *build, const struct table *target, const char *text)
{
	struct candidates candidates = candidates_new(build, target, 1);

	add_column(&candidates, target, target->spec->key);
	return text_nearest(text, candidates.texts, candidates.count);
}

const char *build_nearest_person(struct build *build, const char *text)
{
	return build_may_seek(&build->people_sought) ?
		nearest_key(build, build->facts->tables[build->facts->rulebook->staff->index], text) : NULL;
}

const char *build_nearest_unit(struct build *build, const char *text)
{
	const struct table_spec *spec = build->facts->rulebook->units;
	const struct table *table = spec ? build->facts->tables[spec->index] : NULL;
	struct candidates candidates;

	if (!table || !build_may_seek(&build->units_sought))
		return NULL;
	candidates = candidates_new(build, table, 2);
	add_column(&candidates, table, spec->key);
	add_column(&candidates, table, table_spec_role(spec, ROLE_NAME));
	return text_nearest(text, candidates.texts, candidates.count);
}

const char *build_nearest_key(struct build *build, const struct table *target, const char *text)
{
	return build_may_seek(&build->keys_sought) ? nearest_key(build, target, text) : NULL;
}
