#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "books/exports.h"
#include "books/ledger.h"
#include "books/net_pay.h"
#include "pipeline_month.h"

static const char *in_stage(struct month_run *run, const char *folder, const char *file)
{
	return arena_printf(run->arena, "%s/%s", folder, file);
}

static bool write_ledgers(struct month_run *run)
{
	const char *stage = run->stage;
	bool ok = ledger_write(run->results, in_stage(run, stage, "ledger.csv"), run->diag) &&
		movements_write(run->results, in_stage(run, stage, "movements.csv"), run->diag) &&
		folder_make(in_stage(run, stage, "export"), 0700, run->diag) &&
		exports_write(run->results, in_stage(run, stage, "export"), run->arena, run->diag);

	for (size_t i = 0; ok && i < run->rulebook->line_count; i++)
		ok = lines_write(run->results, i, in_stage(run, stage,
			arena_printf(run->arena, "lines-%s.csv", line_name(run->rulebook, i))), run->diag);
	return ok;
}

/* The copy of an input file goes to the same place below records/MONTH/input/. */
static bool copy_input(struct month_run *run, const char *below)
{
	const char *to = in_stage(run, run->books, arena_printf(run->arena, "input/%s", below));
	const char *slash = strrchr(to, '/');

	return folder_make(arena_strndup(run->arena, to, (size_t)(slash - to)), 0700, run->diag) &&
		file_copy(input_path(run->place->options->input, below, run->arena), to, 0600, run->diag);
}

static bool copy_book(struct month_run *run, const char *file)
{
	return file_copy(in_stage(run, run->stage, file), in_stage(run, run->books, file), 0600, run->diag);
}

static bool copy_inputs(struct month_run *run)
{
	bool ok = true;

	for (size_t i = 0; ok && i < run->record.inputs.count; i++)
		ok = copy_input(run, run->record.inputs.files[i].path);
	return ok;
}

static bool copy_books(struct month_run *run)
{
	bool ok = copy_book(run, "ledger.csv") && copy_book(run, "movements.csv") && copy_book(run, "run.xml");

	for (size_t i = 0; ok && i < run->rulebook->line_count; i++)
		ok = copy_book(run, arena_printf(run->arena, "lines-%s.csv", line_name(run->rulebook, i)));
	return ok;
}

static void count_people(struct month_run *run)
{
	const struct facts *facts = run->facts;

	run->record.people = facts->by_unit_count;
	run->record.excluded = facts->person_count - facts->by_unit_count;
	run->record.held_ids = arena_array(run->arena, facts->person_count + 1, sizeof(*run->record.held_ids));
	for (size_t i = 0; i < facts->person_count; i++)
		if (facts->people[i].state == PERSON_HELD)
			run->record.held_ids[run->record.held++] = facts->people[i].id;
}

bool month_stage_books(struct month_run *run)
{
	if (!folder_remove(run->stage, run->diag) || !folder_remove(run->books, run->diag) ||
		!folder_make(run->stage, 0755, run->diag) || !folder_make(run->books, 0700, run->diag) || !write_ledgers(run) ||
		!net_pay_adds_up(run->results, run->diag))
		return false;
	count_people(run);
	return !diag_errors(run->diag);
}

static bool compute_controls(struct month_run *run, const struct control_documents *documents, const char *copies)
{
	const struct controls_input input = { run->results, run->earlier, documents, run->stage, copies,
		run->place->options->input };

	controls_compute(&input, &run->controls, run->arena, run->diag);
	return !diag_errors(run->diag);
}

bool month_foresee_controls(struct month_run *run)
{
	struct control_documents foreseen;

	control_documents_foresee(run->results, &foreseen);
	return compute_controls(run, &foreseen, NULL);
}

bool month_close_books(struct month_run *run, const struct control_documents *documents)
{
	if (!copy_inputs(run) || !compute_controls(run, documents, in_stage(run, run->books, "input")))
		return false;
	run->record.errors = diag_errors(run->diag);
	run->record.warnings = diag_warnings(run->diag);
	run->record.month = run->month;
	run->record.folder = run->place->options->input;
	run->record.tool = salespay_version;
	return run_record_write(&run->record, run->results, &run->controls, in_stage(run, run->stage, "run.xml"), run->diag) &&
		copy_books(run);
}
