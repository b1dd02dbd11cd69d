#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"
#include "facts/index_map.h"

/*
 * What cells point to: people, units, keys of other tables, figures. Rows that
 * were rejected for another cell are looked at too, so that one pass says all.
 */

static const struct table *table_named(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->rulebook->table_count; i++)
		if (!strcmp(facts->rulebook->tables[i]->name, name))
			return facts->tables[i];
	return NULL;
}

/* One column of a table's rows, or of its rejected ones. */
struct checking {
	struct build *build;
	const struct table *table;
	const struct column *column;
	const struct table *target; /* of a ref, or NULL */
	bool rejected;
};

/* What points to a rejected row is no further error. */
static void check_person(const struct checking *checking, size_t row, const char *text)
{
	struct build *build = checking->build;
	const struct facts *facts = build->facts;

	if (facts_person(facts, text) == SIZE_MAX && !table_may_hold(facts->tables[facts->rulebook->staff->index], text))
		diag_add_nearest(build->diag, MSG_PERSON_UNKNOWN, build_place(build, checking->table, row, checking->column),
			build_nearest_person(build, text), text, NULL);
}

static void check_unit(const struct checking *checking, size_t row, const char *text)
{
	struct build *build = checking->build;

	if (build->facts->rulebook->units && facts_unit(build->facts, text) == SIZE_MAX &&
		!units_may_hold(build->facts, text))
		diag_add_nearest(build->diag, MSG_UNIT_UNKNOWN, build_place(build, checking->table, row, checking->column),
			build_nearest_unit(build, text), text, NULL);
}

static void check_ref(const struct checking *checking, size_t row, const char *text)
{
	struct build *build = checking->build;
	const struct table *target = checking->target;

	if (facts_lookup(build->facts, target->spec->index, text) == SIZE_MAX && !table_may_hold(target, text))
		diag_add_nearest(build->diag, MSG_REF_UNKNOWN, build_place(build, checking->table, row, checking->column),
			build_nearest_key(build, target, text), text, target->spec->name, NULL);
}

/* A correction of a figure that there is not would never be paid. */
static void check_figure(const struct checking *checking, size_t row, const char *text)
{
	struct build *build = checking->build;
	const struct rulebook *rulebook = build->facts->rulebook;
	const char **names;

	for (size_t c = 0; c < rulebook->column_count; c++)
		if (!strcmp(rulebook->columns[c].name, text))
			return;
	names = arena_array(build->facts->arena, rulebook->column_count + 1, sizeof(*names));
	for (size_t c = 0; c < rulebook->column_count; c++)
		names[c] = rulebook->columns[c].name;
	diag_add_nearest(build->diag, MSG_CORRECTED_FIGURE_UNKNOWN, build_place(build, checking->table, row, checking->column),
		text_nearest(text, names, rulebook->column_count), text, NULL);
}

typedef void check_fn(const struct checking *checking, size_t row, const char *text);

/*
 * Units of the staff table, parents and heads are looked up where people and
 * the tree are built; their rejected rows never come there.
 */
static const struct {
	enum column_role role;
	check_fn *check;
	bool elsewhere;
} checks[] = {
	{ ROLE_PERSON, check_person, false }, { ROLE_HEAD, check_person, true }, { ROLE_UNIT, check_unit, false },
	{ ROLE_PARENT, check_unit, true }, { ROLE_FIGURE, check_figure, false },
};

static check_fn *check_of(const struct checking *checking)
{
	bool of_staff = checking->table->spec->role == TABLE_STAFF;

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		if (checks[i].role == checking->column->role)
			return checking->rejected || !(checks[i].elsewhere || of_staff) ? checks[i].check : NULL;
	return checking->target && checking->target->spec->key ? check_ref : NULL;
}

static void check_column(struct build *build, const struct table *table, const struct column *column, bool rejected)
{
	struct checking checking = { build, table, column, column->ref ? table_named(build->facts, column->ref) : NULL,
		rejected };
	check_fn *check = check_of(&checking);

	for (size_t row = 0; check && row < table->row_count; row++) {
		const struct value *cell = table_cell(table, row, column->index);

		if (!cell->missing)
			check(&checking, row, cell->text);
	}
}

void refs_check(struct build *build)
{
	struct facts *facts = build->facts;

	for (size_t i = 0; i < facts->rulebook->table_count; i++)
		for (size_t c = 0; c < facts->tables[i]->spec->column_count; c++) {
			const struct column *column = &facts->tables[i]->spec->columns[c];

			check_column(build, facts->tables[i], column, false);
			check_column(build, facts->tables[i]->rejected, column, true);
		}
}
