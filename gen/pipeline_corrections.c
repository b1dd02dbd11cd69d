#include "pipeline_corrections.h"

#include <string.h>

#include "base/arena.h"
#include "pipeline_month.h"
#include "pipeline_say.h"
#include "table/sheet.h"
#include "value/date.h"

struct month_run *month_run_of_books(const struct workplace *place, int32_t month, struct arena *arena)
{
	struct workplace *copies = arena_alloc(arena, sizeof(*copies));
	struct options *options = arena_alloc(arena, sizeof(*options));
	char name[8];

	*copies = *place;
	*options = *place->options;
	options->input = arena_printf(arena, "%s/%s/input", place->records, month_format(month, name));
	copies->options = options;
	return month_run_new(copies, month);
}

static const struct value *cell(const struct table *table, size_t row, enum column_role role)
{
	return table_cell(table, row, table_spec_role(table->spec, role)->index);
}

bool correction_read(const struct table *table, size_t row, struct correction_row *out)
{
	const struct value *who = cell(table, row, ROLE_PERSON), *day = cell(table, row, ROLE_MONTH),
			   *what = cell(table, row, ROLE_FIGURE), *sum = cell(table, row, ROLE_AMOUNT);

	if (who->missing || day->missing || what->missing || sum->missing)
		return false;
	*out = (struct correction_row){ who->text, what->text, month_of_date(day->day), sum->number };
	return true;
}

static bool has_row(const struct csv_sheet *ledger, int id, const char *person)
{
	if (!ledger || id < 0)
		return true;
	for (size_t row = 0; row < ledger->row_count; row++)
		if (!strcmp(csv_sheet_field(ledger, row, (size_t)id), person))
			return true;
	return false;
}

static void visit_rows(const struct table *table, const struct csv_sheet *ledger, int id, correction_fn *visit, void *context)
{
	struct correction_row found;

	for (size_t row = 0; row < table->row_count; row++)
		if (correction_read(table, row, &found) && has_row(ledger, id, found.id))
			visit(context, &found);
}

bool corrections_visit(const struct corrections_of *of, correction_fn *visit, void *context)
{
	struct arena *arena = arena_new();
	struct month_run *run = of->books ? month_run_of_books(of->place, of->month, arena) : month_run_new(of->place, of->month);
	struct facts_input input = { .input = run->place->options->input, .arena = run->arena, .pool = run->pool, .diag = run->diag };
	const struct csv_sheet *ledger = of->books ? csv_sheet_read(arena_printf(run->arena, "%s/%s/ledger.csv", run->place->records,
		run->name), run->arena, run->diag) : NULL;
	bool ok = month_rules(run);

	input.rulebook = run->rulebook;
	for (size_t i = 0; ok && i < run->rulebook->table_count; i++)
		if (run->rulebook->tables[i]->role == TABLE_CORRECTIONS)
			visit_rows(facts_read_table(&input, run->rulebook->tables[i]), ledger, ledger ?
				csv_sheet_column(ledger, table_spec_role(run->rulebook->staff, ROLE_ID)->name) : -1, visit, context);
	ok = !diag_errors(run->diag);
	if (!ok && !of->quiet)
		say_messages(run);
	month_run_free(run);
	arena_free(arena);
	return ok;
}
