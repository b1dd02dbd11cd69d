#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "books/against.h"
#include "books/seal.h"
#include "pipeline_compare.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"

/* salespay compare --against: what was computed is compared, so the rules are those of the copies in the books. */
struct comparing {
	const struct workplace *place; /* today's */
	struct options options; /* the same with the copies as input */
	struct workplace copies;
	struct month_run *run;
	struct against against;
};

static const char *in_books(const struct comparing *comparing, const char *file)
{
	return arena_printf(comparing->run->arena, "%s/%s/%s", comparing->place->records, comparing->run->name, file);
}

static bool start(struct comparing *comparing)
{
	struct month_run *run;

	comparing->options = *comparing->place->options;
	comparing->copies = *comparing->place;
	comparing->copies.options = &comparing->options;
	run = comparing->run = month_run_new(&comparing->copies, comparing->place->options->month);
	comparing->options.input = in_books(comparing, "input");
	if (file_exists(in_books(comparing, "ledger.csv")) && file_is_folder(comparing->options.input))
		return true;
	diag_add(run->diag, MSG_NO_BOOKS, PLACE_NONE, run->name, options_again(comparing->place), NULL);
	return false;
}

/* A sealed month is what it is; of an open one today's inputs may be others. */
static void warn_older(struct comparing *comparing)
{
	struct month_run *run = comparing->run, *today;
	struct run_record record;
	char fingerprint[65];

	if (seal_exists(comparing->place->records, run->month, run->arena) || !month_record(run, &record))
		return;
	today = month_run_new(comparing->place, run->month);
	if (month_company(today) && month_inputs(today)) {
		today->record.settings.language = record.settings.language; /* of this command's own no figure depends on */
		today->record.settings.hold = record.settings.hold;
	}
	if (!diag_errors(today->diag) && month_fingerprint(today, fingerprint) && strcmp(fingerprint, record.fingerprint) != 0)
		diag_add(run->diag, MSG_BOOKS_OLDER, PLACE_NONE, run->name, options_again(comparing->place), NULL);
	month_run_free(today);
}

static bool compare(struct comparing *comparing)
{
	struct month_run *run = comparing->run;
	struct against_input input = { .month = run->name, .file = comparing->options.against, .map = comparing->options.map,
		.arena = run->arena, .pool = run->pool, .diag = run->diag };

	if (!month_rules(run))
		return false;
	input.rulebook = run->rulebook;
	input.ledger = in_books(comparing, "ledger.csv");
	warn_older(comparing);
	return against_compare(&input, &comparing->against);
}

bool compare_write(const struct workplace *place, const char *name, const struct text_buffer *text, struct diag *diag)
{
	const char *folder = arena_printf(place->arena, "%s/compare", place->options->output);

	return folder_make(folder, 0700, diag) &&
		file_replace(arena_printf(place->arena, "%s/%s", folder, name), text->data ? text->data : "", text->length, 0600, diag);
}

/* "sheets/十月.csv" to "2026-10-十月.csv" */
static const char *csv_name(const struct comparing *comparing)
{
	const char *file = comparing->options.against, *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
	size_t length = strlen(base);

	if (length > 4 && base[length - 4] == '.')
		length -= 4;
	return arena_printf(comparing->run->arena, "%s-%.*s.csv", comparing->run->name, (int)length, base);
}

static bool print(struct comparing *comparing)
{
	const struct options *options = comparing->place->options;
	struct month_run *run = comparing->run;
	const char *name = csv_name(comparing);
	struct against_paper paper = { .against = &comparing->against, .month = run->name, .file = options->against,
		.csv = arena_printf(run->arena, "%s/compare/%s", options->output, name),
		.chinese = !strcmp(month_language(run), "zh-CN"), .arena = run->arena };
	struct text_buffer csv = TEXT_BUFFER_INIT, text = TEXT_BUFFER_INIT;
	const struct text_buffer *shown = options->csv ? &csv : &text;
	bool ok;

	against_csv(&paper, &csv);
	ok = compare_write(comparing->place, name, &csv, run->diag);
	if (options->format == DIAG_JSON)
		against_json(&paper, &text);
	else if (!options->csv && !options->quiet)
		against_text(&paper, &text);
	if (ok && shown->length)
		fwrite(shown->data, 1, shown->length, stdout);
	text_buffer_release(&csv);
	text_buffer_release(&text);
	return ok;
}

int compare_against(const struct workplace *place)
{
	struct comparing comparing = { .place = place };
	bool done = start(&comparing) && compare(&comparing) && print(&comparing);
	int status = diag_status(comparing.run->diag);

	if (done && place->options->fail_on_change && against_differs(&comparing.against))
		status = 4;
	else if (!done && !status)
		status = 3; /* books without their id column: not what this program wrote */
	fflush(stdout);
	say_messages(comparing.run);
	month_run_free(comparing.run);
	return status;
}
