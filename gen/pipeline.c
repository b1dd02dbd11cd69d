#include "pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "model/model.h"
#include "pipeline_compare.h"
#include "pipeline_explain.h"
#include "pipeline_figure.h"
#include "pipeline_init.h"
#include "pipeline_mail.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"
#include "value/date.h"

bool month_prepare(struct month_run *run)
{
	return month_compute(run) && month_inputs(run) && month_fingerprint(run, run->record.fingerprint) &&
		month_earlier(run) && say_phase(run, "books") && month_stage_books(run);
}

static bool month_run(struct month_run *run)
{
	return month_repair(run) && month_prepare(run) && month_press(run) && say_phase(run, "publish") &&
		month_publish(run) && say_phase(run, NULL);
}

static void drop_stages(struct month_run *run)
{
	struct diag *quiet = diag_new(run->arena); /* what is left behind goes with the next run */

	folder_remove(run->stage, quiet);
	folder_remove(run->books, quiet);
	diag_free(quiet);
}

static int run_one(const struct workplace *place, int32_t month, bool force)
{
	struct month_run *run = month_run_new(place, month);
	int status = 0;

	if (!force && month_repair(run) && month_is_current(run)) {
		say_current(run);
	} else {
		bool done = month_run(run);

		if (!done)
			drop_stages(run);
		status = diag_status(run->diag);
		say_messages(run);
		if (done)
			status = say_result(run);
		else if (!status)
			status = 3;
	}
	month_run_free(run);
	return status;
}

/* Every command that computes stands on sound seals, and says first which of their inputs have changed. */
static int read_chain(const struct workplace *place, struct chain *chain)
{
	struct diag *diag = diag_new(place->arena);
	int status;

	diag_set_language(diag, language_of(place->options));
	if (chain_sound(chain, place->records, place->arena, diag))
		sealed_warn(place, chain, diag);
	status = diag_status(diag);
	say_diag(place, diag);
	diag_free(diag);
	return status;
}

/* A later month stands on the earlier ones: the first that fails ends the run. */
static int run_months(const struct workplace *place)
{
	const struct options *options = place->options;
	struct diag *diag = diag_new(place->arena);
	struct chain chain;
	int status = read_chain(place, &chain), held = 0;

	diag_set_language(diag, language_of(options));
	if (status) {
		diag_free(diag);
		return status;
	}
	for (size_t i = 0; i < place->month_count; i++) {
		bool asked = place->months[i] == options->month;

		if (options->month != INT32_MIN && place->months[i] > options->month)
			break;
		status = month_is_frozen(&chain, place->months[i]) ? sealed_run(place, &chain, place->months[i], asked) :
			run_one(place, place->months[i], asked);
		if (status && status != 4)
			break;
		held = held || status == 4;
	}
	if ((!status || status == 4) && !months_index(place, diag))
		status = diag_status(diag);
	say_diag(place, diag);
	diag_free(diag);
	return status && status != 4 ? status : held ? 4 : 0;
}

static int check_month(const struct workplace *place, int32_t month)
{
	struct month_run *run = month_run_new(place, month);
	bool has_page;
	int status;

	if (!(month_prepare(run) && month_foresee_controls(run)) && !run->record.inputs.count)
		month_inputs(run); /* what the page says it was made of */
	has_page = month_check_page(run);
	say_phase(run, NULL);
	drop_stages(run);
	status = diag_status(run->diag);
	say_messages(run);
	say_checked(run, has_page);
	month_run_free(run);
	return status;
}

static int check_months(const struct workplace *place)
{
	int32_t wanted = place->options->month;
	struct chain chain;
	int worst = read_chain(place, &chain);

	for (size_t i = 0; i < place->month_count; i++) {
		int status;

		/* Of a sealed month whose folder was put into an archive nothing is left to check. */
		if ((wanted != INT32_MIN && place->months[i] != wanted) || !month_has_folder(place, place->months[i]))
			continue;
		status = check_month(place, place->months[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

/* check too: it stages where run does. */
static int write_alone(const struct workplace *place, int (*command)(const struct workplace *place))
{
	struct diag *diag = diag_new(place->arena);
	struct workplace_locks locks;
	int status = 0;

	diag_set_language(diag, language_of(place->options));
	if (!workplace_lock(place, &locks, diag)) {
		status = diag_status(diag);
		say_diag(place, diag);
	} else {
		status = command(place);
	}
	workplace_unlock(&locks);
	diag_free(diag);
	return status;
}

static int carry_out(const struct workplace *place)
{
	switch (place->options->command) {
	case COMMAND_RUN:
		return write_alone(place, run_months);
	case COMMAND_CHECK:
		return write_alone(place, check_months);
	case COMMAND_SEAL:
		return write_alone(place, seal_month);
	case COMMAND_VERIFY:
		return verify_months(place);
	case COMMAND_RESTATE:
		return restate_month(place);
	case COMMAND_COMPARE:
		return place->options->policy ? compare_policy(place) : compare_against(place);
	case COMMAND_STATUS:
		return status_of_months(place);
	case COMMAND_EXPLAIN:
		return explain_figure(place);
	case COMMAND_MAIL:
		return write_alone(place, mail_month);
	case COMMAND_INIT: case COMMAND_LINT: case COMMAND_HELP: case COMMAND_VERSION:
		break;
	}
	return 0;
}

int pipeline(const struct options *options)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct workplace place = { .options = options, .arena = arena };
	int status;

	diag_set_language(diag, language_of(options));
	if (options->command == COMMAND_LINT) { /* needs no month's folder */
		status = options->operand_count ? lint_policies(options, NULL) : lint_company(&place);
	} else if (options->command == COMMAND_EXPLAIN && options->month == INT32_MIN) {
		status = explain_codes(&place);
	} else if (options->command == COMMAND_INIT) {
		if (!init_company(&place, diag))
			say_diag(&place, diag);
		status = diag_status(diag);
	} else if (!workplace_open(&place, diag)) {
		status = diag_status(diag);
		say_diag(&place, diag);
	} else {
		status = carry_out(&place);
	}
	diag_free(diag);
	arena_free(arena);
	return status;
}
