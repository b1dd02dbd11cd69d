#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "facts/facts.h"
#include "model/model.h"
#include "pipeline_mailing.h"
#include "pipeline_place.h"

/* No row of an order or a score is of use here: of tables by person none has these bytes. */
#define NOBODY_ID "\x01"

bool mailing_facts(struct month_run *run)
{
	struct facts_input input = { .input = run->place->options->input, .records = run->place->records, .fits = calc_staff_fits,
		.only = NOBODY_ID, .arena = run->arena, .pool = run->pool, .diag = run->diag };

	if (!month_rules(run))
		return false;
	input.rulebook = run->rulebook;
	run->facts = facts_read(&input);
	return run->facts;
}

static bool is_listed(const char *list, const char *id)
{
	size_t length = strlen(id);

	for (const char *at = list; *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
		size_t field = strcspn(at, ","), kept = field;
		const char *text = text_trim(at, &kept);

		if (kept == length && !memcmp(text, id, length))
			return true;
	}
	return false;
}

static bool is_held(const struct mailing *mailing, const char *id)
{
	for (size_t i = 0; i < mailing->record.held; i++)
		if (!strcmp(mailing->record.held_ids[i], id))
			return true;
	return false;
}

/* NULL: no such slip was sealed. */
static const char *sealed_sum(const struct mailing *mailing, const char *below)
{
	for (size_t i = 0; i < mailing->seal->output.count; i++)
		if (!strcmp(mailing->seal->output.files[i].path, below))
			return mailing->seal->output.files[i].sha256;
	return NULL;
}

static void add_recipient(struct mailing *mailing, size_t person)
{
	struct month_run *run = mailing->run;
	const struct person *who = &run->facts->people[person];
	const char *slug = model_slug(who->id, run->arena), *below = arena_printf(run->arena, "payslips/%s.pdf", slug);
	const char *sum = sealed_sum(mailing, below), *only = mailing->place->options->only;
	struct recipient *recipient = &mailing->recipients[mailing->count];

	if (!sum)
		return;
	mailing->count++;
	*recipient = (struct recipient){ .person = person, .id = who->id, .name = who->name, .slug = slug, .address = "",
		.slip = arena_printf(run->arena, "%s/%s/%s", mailing->place->options->output, run->name, below), .slip_sha256 = sum,
		.standing = mail_standing_find(&mailing->standings, who->id, sum), .named = only && is_listed(only, who->id) };
	recipient->fate = only && !recipient->named ? FATE_UNNAMED : is_held(mailing, who->id) ? FATE_HELD : FATE_WRITE;
}

static const struct recipient *find(const struct mailing *mailing, const char *id)
{
	for (size_t i = 0; i < mailing->count; i++)
		if (!strcmp(mailing->recipients[i].id, id))
			return &mailing->recipients[i];
	return NULL;
}

/* A mistyped id must not look like a batch without that person. */
static bool only_is_known(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	const char *only = mailing->place->options->only, **ids = arena_array(run->arena, mailing->count + 1, sizeof(*ids));
	size_t errors = diag_errors(run->diag);

	for (size_t i = 0; i < mailing->count; i++)
		ids[i] = mailing->recipients[i].id;
	while (only && *only) {
		size_t field = strcspn(only, ","), length = field;
		const char *start = text_trim(only, &length), *id = arena_strndup(run->arena, start, length);

		if (*id && !find(mailing, id))
			diag_add_nearest(run->diag, MSG_MAIL_NOBODY, PLACE_NONE, text_nearest(id, ids, mailing->count), id, run->name, NULL);
		only += field + (only[field] == ',');
	}
	return diag_errors(run->diag) == errors;
}

static void note_held(struct mailing *mailing, const struct recipient *recipient)
{
	const struct person *who = &mailing->run->facts->people[recipient->person];

	diag_add(mailing->run->diag, MSG_MAIL_HELD, PLACE_NONE, recipient->id, recipient->name,
		who->hold_reason ? who->hold_reason : "--hold", NULL);
}

/* By the journal; a test is sent to nobody. */
static void decide(struct mailing *mailing, struct recipient *recipient)
{
	static const enum fate fates[MAIL_STATES] = { [MAIL_ACCEPTED] = FATE_SENT, [MAIL_PERMANENT] = FATE_REFUSED,
		[MAIL_UNCERTAIN] = FATE_UNCERTAIN };
	const struct options *options = mailing->place->options;

	if (recipient->fate == FATE_HELD)
		note_held(mailing, recipient);
	if (recipient->fate == FATE_WRITE && !options->test_to && !options->make_secrets && recipient->standing &&
		!mail_standing_wants(recipient->standing, recipient->address, recipient->named, options->retry_uncertain))
		recipient->fate = fates[recipient->standing->state];
}

/* The slip as it lies there against the sealed one: nothing else is ever sent. */
static void check_slip(struct mailing *mailing, struct recipient *recipient)
{
	struct month_run *run = mailing->run;
	char sum[65];

	if (file_exists(recipient->slip) && file_sha256(recipient->slip, sum, run->diag) && !strcmp(sum, recipient->slip_sha256))
		return;
	diag_add(run->diag, MSG_SLIP_NOT_SEALED, (struct place){ .file = recipient->slip }, recipient->id, run->name,
		options_again(mailing->place), NULL);
	recipient_fail(recipient);
}

bool mailing_people(struct mailing *mailing)
{
	struct month_run *run = mailing->run;

	if (!mailing_facts(run))
		return false;
	mailing->recipients = arena_array(run->arena, run->facts->person_count + 1, sizeof(*mailing->recipients));
	for (size_t i = 0; i < run->facts->person_count; i++)
		if (run->facts->people[i].state != PERSON_EXCLUDED)
			add_recipient(mailing, i);
	if (!only_is_known(mailing))
		return false;
	if (mailing->place->options->make_secrets)
		return mailing_secrets(mailing);
	if (!mailing_addresses(mailing))
		return false;
	for (size_t i = 0; i < mailing->count; i++)
		decide(mailing, &mailing->recipients[i]);
	mailing_check_addresses(mailing);
	if (!mailing_secrets(mailing))
		return false;
	for (size_t i = 0; i < mailing->count; i++)
		if (mailing->recipients[i].fate == FATE_WRITE)
			check_slip(mailing, &mailing->recipients[i]);
	for (size_t i = 0; i < mailing->count; i++)
		mailing->fates[mailing->recipients[i].fate]++;
	return true;
}
