#include "pipeline_compare.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "model/model.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"

/* salespay compare --policy: a month twice in memory, by the policies in force and with one of them replaced. */
struct trying {
	const struct workplace *place;
	struct month_run *before, *after;
	const struct policy *was, *is;
	const char *scheme;
	struct gains gains;
};

/* ---- which scheme the policy stands in for ---- */

static const char *schemes_of(const struct trying *trying)
{
	const struct rulebook *rulebook = trying->before->rulebook;
	const char *text = "";

	for (size_t s = 0; s < rulebook->scheme_count; s++)
		text = arena_printf(trying->after->arena, "%s%s%s (%s)", text, s ? ", " : "", rulebook->schemes[s].name,
			rulebook->schemes[s].policy->id);
	return text;
}

static const struct scheme *scheme_named(const struct trying *trying, const char *name)
{
	const struct rulebook *rulebook = trying->before->rulebook;
	const char **names = arena_array(trying->after->arena, rulebook->scheme_count + 1, sizeof(*names));

	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		names[s] = rulebook->schemes[s].name;
		if (!strcmp(names[s], name))
			return &rulebook->schemes[s];
	}
	diag_add_nearest(trying->after->diag, MSG_SCHEME_UNKNOWN, PLACE_NONE, text_nearest(name, names, rulebook->scheme_count), name,
		trying->before->name, schemes_of(trying), NULL);
	return NULL;
}

static const struct scheme *scheme_for(const struct trying *trying, const struct policy *policy)
{
	const struct options *options = trying->place->options;
	const struct rulebook *rulebook = trying->before->rulebook;

	if (options->scheme)
		return scheme_named(trying, options->scheme);
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		if (!strcmp(rulebook->schemes[s].policy->id, policy->id))
			return &rulebook->schemes[s];
	if (rulebook->scheme_count == 1)
		return &rulebook->schemes[0];
	diag_add(trying->after->diag, MSG_NO_SCHEME_OF_POLICY, PLACE_NONE, options->policy, policy->id, schemes_of(trying), NULL);
	return NULL;
}

/* What the file may include: all of policies/ if it is there, else what is beside and below it. */
static const char *root_of_file(const struct trying *trying)
{
	struct arena *arena = trying->after->arena;
	const char *file = trying->place->options->policy, *slash = strrchr(file, '/');
	const char *folder = arena_printf(arena, "%s/policies", trying->place->options->input);
	size_t length = strlen(folder);

	if (!strncmp(file, folder, length) && file[length] == '/')
		return folder;
	return slash ? arena_strndup(arena, file, (size_t)(slash - file)) : ".";
}

/* Of the month's company.xml that entry whose policy is to be another. */
static bool replace_policy(struct trying *trying)
{
	struct month_run *run = trying->after;
	const char *file = trying->place->options->policy;
	struct policy_reader reader = { .arena = run->arena, .pool = run->pool, .diag = run->diag, 
		.roots = policy_roots_of(root_of_file(trying), run->arena),
		.from = run->month };
	const struct policy *policy = policy_read(file, &reader);
	const struct scheme *scheme = policy ? scheme_for(trying, policy) : NULL;

	if (!scheme || !month_company(run))
		return false;
	trying->was = scheme->policy;
	trying->is = policy;
	trying->scheme = scheme->name;
	for (size_t i = 0; i < run->company->entry_count; i++) {
		struct scheme_entry *entry = &run->company->entries[i];

		if (entry->place.line == scheme->place.line && entry->place.column == scheme->place.column) {
			entry->trial = file;
			entry->trial_root = reader.roots.own;
		}
	}
	return true;
}

static bool compute(struct trying *trying)
{
	const struct workplace *place = trying->place;

	trying->before = month_run_new(place, place->options->month);
	if (!month_compute(trying->before)) {
		say_messages(trying->before);
		return false;
	}
	trying->after = month_run_new(place, place->options->month);
	if (!replace_policy(trying) || !month_compute(trying->after))
		return false;
	say_phase(trying->after, NULL);
	gains_compute(trying->before->results, trying->after->results, &trying->gains, trying->after->arena);
	return true;
}

/* ---- what is told ---- */

/* "policies/draft.xml" to "2026-10-draft" */
static const char *stem_of(const struct trying *trying)
{
	const char *file = trying->place->options->policy, *slash = strrchr(file, '/'), *base = slash ? slash + 1 : file;
	size_t length = strlen(base);

	if (length > 4 && base[length - 4] == '.')
		length -= 4;
	return arena_printf(trying->after->arena, "%s-%.*s", trying->after->name, (int)length, base);
}

static const char *title_of(const struct trying *trying, const struct policy *policy)
{
	return policy->version ? arena_printf(trying->after->arena, "%s %s", policy->title, policy->version) : policy->title;
}

static bool print(struct trying *trying)
{
	const struct options *options = trying->place->options;
	struct month_run *run = trying->after;
	const char *stem = stem_of(trying);
	struct gains_paper paper = { .gains = &trying->gains, .month = run->name, .file = options->policy,
		.was = title_of(trying, trying->was), .is = title_of(trying, trying->is), .scheme = trying->scheme,
		.csv = arena_printf(run->arena, "%s/compare/%s.csv", options->output, stem),
		.page = arena_printf(run->arena, "%s/compare/%s.html", options->output, stem),
		.chinese = !strcmp(month_language(run), "zh-CN"), .arena = run->arena };
	const struct model_comparison comparison = { paper.gains, paper.was, paper.is };
	struct text_buffer csv = TEXT_BUFFER_INIT, text = TEXT_BUFFER_INIT;
	const struct text_buffer *shown = options->csv ? &csv : &text;
	bool ok;

	gains_csv(&paper, &csv);
	ok = compare_write(trying->place, arena_printf(run->arena, "%s.csv", stem), &csv, run->diag) && month_compare_page(run, &comparison, paper.page);
	if (options->format == DIAG_JSON)
		gains_json(&paper, &text);
	else if (!options->csv && !options->quiet)
		gains_text(&paper, &text);
	if (ok && shown->length)
		fwrite(shown->data, 1, shown->length, stdout);
	text_buffer_release(&csv);
	text_buffer_release(&text);
	return ok;
}

int compare_policy(const struct workplace *place)
{
	struct trying trying = { .place = place };
	bool done = compute(&trying) && print(&trying);
	int status = diag_status(trying.after ? trying.after->diag : trying.before->diag);

	if (done && place->options->fail_on_change && (trying.gains.all.gaining || trying.gains.all.losing))
		status = 4;
	else if (!done && !status)
		status = 3;
	fflush(stdout);
	if (trying.after) {
		say_messages(trying.after);
		month_run_free(trying.after);
	}
	month_run_free(trying.before);
	return status;
}
