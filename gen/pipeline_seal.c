#include "pipeline_seal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "value/date.h"
#include "value/decimal.h"

/* salespay seal: what was reviewed is what is frozen, or nothing is. */
struct sealing {
	struct month_run *run;
	struct chain chain;
	struct run_record record; /* as the month was computed */
	struct month_files files;
	struct seal seal;
};

static const char *month_text(struct sealing *sealing, int32_t month)
{
	char name[8];

	return arena_strdup(sealing->run->arena, month_format(month, name));
}

static const char *again(struct sealing *sealing)
{
	return options_again(sealing->run->place);
}

static const char *trimmed(struct sealing *sealing, const char *name)
{
	size_t length = strlen(name);
	const char *text = text_trim(name, &length);

	return arena_strndup(sealing->run->arena, text, length);
}

static bool two_people(struct sealing *sealing)
{
	const struct options *options = sealing->run->place->options;
	struct arena *arena = sealing->run->arena;

	sealing->seal.made_by = trimmed(sealing, options->made_by);
	sealing->seal.approved_by = trimmed(sealing, options->approved_by);
	if (strcmp(text_fold_name(arena, options->made_by, strlen(options->made_by)),
		text_fold_name(arena, options->approved_by, strlen(options->approved_by))) != 0)
		return true;
	diag_add(sealing->run->diag, MSG_SAME_PERSON, PLACE_NONE, sealing->seal.made_by, sealing->seal.approved_by, NULL);
	return false;
}

static bool not_yet_sealed(struct sealing *sealing)
{
	const struct chain_month *entry = chain_find(&sealing->chain, sealing->run->month);
	char date[11];

	if (!entry || !entry->seal)
		return true;
	diag_add(sealing->run->diag, MSG_ALREADY_SEALED, PLACE_NONE, sealing->run->name, entry->seal->made_by,
		entry->seal->approved_by, arena_strdup(sealing->run->arena, date_format(entry->seal->date, date)), again(sealing),
		NULL);
	return false;
}

/* The earliest month before this one that has a ledger and no seal, or that is missing between two that are there; 0 none. */
static int32_t first_open(const struct chain *chain, int32_t month, bool *missing)
{
	int32_t wanted = 0;

	for (size_t i = 0; i < chain->count && chain->months[i].month < month; i++) {
		*missing = wanted && chain->months[i].month != wanted;
		if (*missing)
			return wanted;
		if (!chain->months[i].sealed)
			return chain->months[i].month;
		wanted = chain->months[i].month + 1;
	}
	*missing = wanted && wanted != month;
	return *missing ? wanted : 0;
}

static bool is_next(struct sealing *sealing)
{
	struct month_run *run = sealing->run;
	const struct chain_month *last = chain_last(&sealing->chain);
	bool missing;
	int32_t open = first_open(&sealing->chain, run->month, &missing);

	if (last && last->month > run->month)
		diag_add(run->diag, MSG_LATER_SEALED, PLACE_NONE, run->name, month_text(sealing, last->month), NULL);
	else if (open)
		diag_add(run->diag, missing ? MSG_SEAL_HOLE : MSG_EARLIER_UNSEALED, PLACE_NONE, month_text(sealing, open), run->name,
			again(sealing), NULL);
	else
		return true;
	return false;
}

static bool is_computed(struct sealing *sealing)
{
	if (month_record(sealing->run, &sealing->record))
		return true;
	if (!diag_errors(sealing->run->diag))
		diag_add(sealing->run->diag, MSG_NOT_COMPUTED, PLACE_NONE, sealing->run->name, again(sealing), NULL);
	return false;
}

/* The inputs one by one, then all the rest that the month depends on. */
static bool nothing_changed(struct sealing *sealing)
{
	static const enum message messages[] = { MSG_CHANGED_SINCE, MSG_GONE_SINCE, MSG_NEW_SINCE };
	struct month_run *run = sealing->run;
	struct matches matches = { NULL, 0, 0 };
	char fingerprint[65];

	if (!month_inputs(run))
		return false;
	match_lists(&sealing->record.inputs, &run->record.inputs, &matches, run->arena);
	for (size_t i = 0; i < matches.count; i++) {
		struct place place = { .file = arena_printf(run->arena, "%s/%s", run->place->options->input, matches.rows[i].path) };

		diag_add(run->diag, messages[matches.rows[i].match], place, run->name, again(sealing), NULL);
	}
	run->record.settings = sealing->record.settings;
	if (matches.count || !month_fingerprint(run, fingerprint))
		return false;
	if (!strcmp(fingerprint, sealing->record.fingerprint))
		return true;
	diag_add(run->diag, MSG_COMPUTED_OTHERWISE, PLACE_NONE, run->name, sealing->record.tool, again(sealing), NULL);
	return false;
}

static int32_t today(void)
{
	time_t now = time(NULL);
	struct tm parts;
	int32_t day = 0;

	localtime_r(&now, &parts);
	date_from_ymd(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, &day);
	return day;
}

static const char *net_text(const char *net, struct arena *arena)
{
	char room[DECIMAL_TEXT];
	struct decimal value;

	return net && decimal_parse(net, strlen(net), &value) ?
		arena_strdup(arena, decimal_format_places(value, 2, room)) : "";
}

static bool write_seal(struct sealing *sealing)
{
	struct month_run *run = sealing->run;
	const struct chain_month *last = chain_last(&sealing->chain);
	const struct run_record *record = &sealing->record;
	struct seal *seal = &sealing->seal;

	seal->month = run->month;
	seal->tool = record->tool;
	seal->settings = record->settings;
	seal->paid = record->people - record->held;
	seal->held = record->held;
	seal->excluded = record->excluded;
	seal->net = net_text(record->net, run->arena);
	seal->date = run->place->options->date == INT32_MIN ? today() : run->place->options->date;
	seal->books = sealing->files.books;
	seal->output = sealing->files.output;
	memcpy(seal->fingerprint, record->fingerprint, sizeof(seal->fingerprint));
	if (last) {
		seal->previous_month = last->month;
		memcpy(seal->previous, last->seal->own, sizeof(seal->previous));
	}
	return seal_write(seal, seal_path(run->place->records, run->month, run->arena), run->diag) &&
		chain_read(&sealing->chain, run->place->records, run->arena, run->diag) &&
		chain_list_last(&sealing->chain, run->arena, run->diag);
}

static bool seals_are_sound(struct sealing *sealing)
{
	struct month_run *run = sealing->run;

	return chain_sound(&sealing->chain, run->place->records, run->arena, run->diag);
}

static void say_sealed(struct sealing *sealing)
{
	const struct seal *seal = &sealing->seal;
	const char *name = sealing->run->name;
	char date[11];

	if (sealing->run->place->options->quiet)
		return;
	if (!strcmp(month_language(sealing->run), "zh-CN"))
		printf("%s  已封账:编制 %s,批准 %s,%s;发放 %zu 人,暂缓 %zu 人,不计 %zu 人%s%s\n"
			"         封印 %s\n", name, seal->made_by, seal->approved_by, date_format(seal->date, date), seal->paid,
			seal->held, seal->excluded, *seal->net ? ",实发 " : "", seal->net, seal->own);
	else
		printf("%s  sealed: made by %s, approved by %s, %s; %zu paid, %zu held, %zu excluded%s%s\n"
			"         seal %s\n", name, seal->made_by, seal->approved_by, date_format(seal->date, date), seal->paid,
			seal->held, seal->excluded, *seal->net ? ", net " : "", seal->net, seal->own);
}

int seal_month(const struct workplace *place)
{
	struct sealing sealing = { .run = month_run_new(place, place->options->month) };
	bool done = month_company(sealing.run) && month_repair(sealing.run) && two_people(&sealing) && seals_are_sound(&sealing) &&
		not_yet_sealed(&sealing) && is_computed(&sealing) && is_next(&sealing) && nothing_changed(&sealing) &&
		month_files_list(sealing.run, &sealing.files) &&
		month_files_match(sealing.run, &sealing.record, &sealing.files) && write_seal(&sealing);
	int status = diag_status(sealing.run->diag);

	say_messages(sealing.run);
	if (done)
		say_sealed(&sealing);
	else if (!status)
		status = 3;
	month_run_free(sealing.run);
	return status;
}
