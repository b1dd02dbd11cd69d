#include "pipeline_month.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "facts/facts.h"
#include "model/model.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

/* The month itself if it is there, else 0: pages link to the months beside theirs. */
static int32_t neighbour(const struct workplace *place, int32_t month)
{
	for (size_t i = 0; i < place->month_count; i++)
		if (place->months[i] == month)
			return month;
	return 0;
}

struct month_run *month_run_new(const struct workplace *place, int32_t month)
{
	struct arena *arena = arena_new();
	struct month_run *run = arena_alloc(arena, sizeof(*run));

	run->place = place;
	run->month = month;
	run->arena = arena;
	run->pool = text_pool_new();
	run->diag = diag_new(arena);
	month_format(month, run->name);
	diag_set_language(run->diag, month_language(run));
	run->stage = arena_printf(arena, "%s/.%s.new", place->options->output, run->name);
	run->books = arena_printf(arena, "%s/.%s.new", place->records, run->name);
	run->record.settings = (struct book_settings){ NULL, place->options->hold, neighbour(place, month - 1),
		neighbour(place, month + 1) };
	return run;
}

void month_run_free(struct month_run *run)
{
	struct arena *arena = run->arena;

	facts_release(run->facts);
	facts_release(run->broken);
	diag_free(run->diag);
	text_pool_free(run->pool);
	arena_free(arena);
}

const char *month_language(const struct month_run *run)
{
	if (run->place->options->language || !run->company || !run->company->language)
		return language_of(run->place->options);
	return run->company->language;
}

static bool examples_hold(struct month_run *run)
{
	const char *path = arena_printf(run->arena, "%s/calendar.csv", run->place->options->input);
	const struct calendar *calendar = calendar_read(path, run->arena, run->pool, run->diag);
	bool sound = calendar && !diag_errors(run->diag), hold = sound; /* a day that is missing would break examples too */

	for (size_t i = 0; sound && i < run->rulebook->scheme_count; i++)
		hold = calc_examples(run->rulebook->schemes[i].policy, run->company, calendar, run->pool, run->diag) && hold;
	return hold;
}

bool month_company(struct month_run *run)
{
	if (!run->company)
		run->company = company_read(arena_printf(run->arena, "%s/company.xml", run->place->options->input), run->arena,
			run->pool, run->diag);
	run->record.settings.language = month_language(run);
	diag_set_language(run->diag, month_language(run));
	return run->company;
}

bool month_rules(struct month_run *run)
{
	const struct policy_roots roots = month_policy_roots(run);

	if (month_company(run))
		run->rulebook = rulebook_build(run->company, run->month, &roots, run->arena, run->pool, run->diag);
	return run->rulebook;
}

/* *hold: does the calendar stand and does every example hold? */
static bool read_rules(struct month_run *run, bool *hold)
{
	if (!month_rules(run))
		return false;
	*hold = examples_hold(run);
	/* An example's rulebook numbers tables and columns for itself: number them for the month again. */
	return month_rules(run);
}

bool month_compute(struct month_run *run)
{
	struct facts_input input = { .input = run->place->options->input, .records = run->place->records,
		.fits = calc_staff_fits, .arena = run->arena, .pool = run->pool, .diag = run->diag };

	bool hold = false;

	say_phase(run, "rules");
	if (!read_rules(run, &hold))
		return false;
	say_phase(run, "tables");
	input.rulebook = run->rulebook;
	input.in_spite = &run->broken;
	/* What is wrong with the exports is said beside a wrong example or calendar, not a run later. */
	run->facts = facts_read(&input);
	if (!run->facts || !hold)
		return false;
	say_phase(run, "figures");
	run->results = calc_run(run->facts, run->record.settings.hold, run->arena, run->diag);
	return run->results && !diag_errors(run->diag);
}

/* Mean of the main score, two decimals; NULL if nobody has one. */
static const char *mean_score(const struct month_run *run, size_t column)
{
	struct decimal sum = decimal_zero(), mean, step;
	int64_t count = 0;
	char room[DECIMAL_TEXT];

	for (size_t i = 0; column != SIZE_MAX && i < run->facts->person_count; i++) {
		const struct value *value = results_value(run->results, i, column);

		if (value->missing)
			continue;
		sum = decimal_add(sum, value->number);
		count++;
	}
	decimal_parse("0.01", 4, &step);
	if (!decimal_divide(sum, decimal_from_int(count), &mean) || !decimal_round(mean, step, ROUND_HALF_UP, &mean))
		return NULL;
	return arena_strdup(run->arena, decimal_format(mean, room));
}

bool month_earlier(struct month_run *run)
{
	size_t score = model_score_column(run->rulebook);
	struct own_past *past = own_past_new(run->results);

	run->earlier = earlier_read(run->results, run->place->records, score, past, run->arena, run->diag);
	own_past_read_opening(past, run->place->options->input, run->place->records);
	run->outliers = outliers_find(past, run->results, run->arena);
	own_past_free(past);
	run->record.score = mean_score(run, score);
	return !diag_errors(run->diag);
}
