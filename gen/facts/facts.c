#include "facts/facts.h"

#include "base/arena.h"
#include "base/map.h"
#include "facts/build.h"
#include "facts/history_read.h"
#include "facts/index_map.h"
#include "facts/rows.h"
#include "value/date.h"

struct place build_place(struct build *build, const struct table *table, size_t row, const struct column *column)
{
	return table_place(table, row, column, build->facts->arena);
}

const char *build_person(struct build *build, const struct person *person)
{
	return *person->name ? arena_printf(build->facts->arena, "%s (%s)", person->name, person->id) : person->id;
}

/* Of one person's rows alone nothing can be said. */
static void joins_check(struct build *build)
{
	if (build->facts->only)
		return;
	joins_rows(build);
	joins_staff(build);
	joins_units(build);
}

static struct facts *facts_new(const struct rulebook *rulebook, struct arena *arena, struct text_pool *pool)
{
	struct facts *facts = arena_alloc(arena, sizeof(*facts));

	facts->rulebook = rulebook;
	facts->month = rulebook->month;
	facts->arena = arena;
	facts->pool = pool;
	return facts;
}

struct facts *facts_read(const struct facts_input *input)
{
	struct facts *facts = facts_new(input->rulebook, input->arena, input->pool);
	struct build build = { .facts = facts, .input = input->input, .records = input->records, .fits = input->fits,
		.diag = input->diag };
	size_t before = diag_errors(input->diag);

	facts->only = input->only;
	facts->pay_date = company_pay_date(input->rulebook->company, facts->month);
	facts->calendar = calendar_read(arena_printf(input->arena, "%s/calendar.csv", input->input), input->arena,
		input->pool, input->diag);
	build.people = map_new();
	build.units = map_new();
	facts->people_by_id = build.people;
	facts->units_by_name = build.units;
	tables_read(&build);
	grades_resolve(&build);
	units_build(&build);
	people_build(&build);
	units_fill(&build);
	holds_read(&build);
	rows_index(&build);
	joins_check(&build);
	facts->history = history_read(facts, input->input, input->records, input->diag);
	if (diag_errors(input->diag) != before) {
		if (input->in_spite)
			*input->in_spite = facts;
		else
			facts_release(facts);
		return NULL;
	}
	return facts;
}

void facts_release(struct facts *facts)
{
	if (!facts)
		return;
	map_free(facts->people_by_id);
	map_free(facts->units_by_name);
	rows_release(facts);
	facts->people_by_id = facts->units_by_name = NULL;
}

size_t facts_person(const struct facts *facts, const char *id)
{
	return index_get(facts->people_by_id, id);
}

size_t facts_unit(const struct facts *facts, const char *id_or_name)
{
	return index_get(facts->units_by_name, id_or_name);
}
