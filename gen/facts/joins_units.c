#include "base/arena.h"
#include "base/text.h"
#include "facts/build.h"

/* Units in which nobody is computed, in units of their own or below: one note for all of them. */

#define UNITS_SHOWN 10

static const char *names_of_empty(struct build *build, const struct table *table, const bool *empty)
{
	const struct column *name = table_spec_role(table->spec, ROLE_NAME), *id = table->spec->key;
	struct text_buffer text = TEXT_BUFFER_INIT;
	size_t shown = 0;
	const char *taken;

	for (size_t row = 0; row < table->row_count && shown <= UNITS_SHOWN; row++) {
		const struct value *cell = table_cell(table, row, (name ? name : id)->index);

		if (!empty[row])
			continue;
		if (cell->missing)
			cell = table_cell(table, row, id->index);
		text_buffer_printf(&text, "%s%s", shown ? ", " : "", shown < UNITS_SHOWN ? cell->text : "…");
		shown++;
	}
	taken = text_buffer_take(&text, build->facts->arena);
	text_buffer_release(&text);
	return taken;
}

/* Where rows of the staff table were rejected nobody knows. */
void joins_units(struct build *build)
{
	const struct facts *facts = build->facts;
	const struct table_spec *spec = facts->rulebook->units;
	const struct table *table = spec ? facts->tables[spec->index] : NULL;
	size_t count = 0, first = SIZE_MAX;
	bool *empty;

	if (!table || diag_errors(build->diag))
		return;
	empty = arena_array(facts->arena, table->row_count + 1, sizeof(*empty));
	for (size_t u = 0; u < facts->unit_count; u++) {
		const struct unit *unit = &facts->units[u];

		if (unit->first != unit->last)
			continue;
		empty[unit->row] = true;
		first = unit->row < first ? unit->row : first;
		count++;
	}
	if (count)
		diag_add(build->diag, MSG_UNITS_EMPTY, build_place(build, table, first, spec->key),
			arena_printf(facts->arena, "%zu", count), names_of_empty(build, table, empty), NULL);
}
