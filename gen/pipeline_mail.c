#include "pipeline_mail.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/lock.h"
#include "mail/address.h"
#include "pipeline_mailing.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_send.h"

static bool read_company(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	const char *input = mailing->place->options->input;
	struct mail_source source = { .folder = input };

	mailing->company = company_read(arena_printf(run->arena, "%s/company.xml", input), run->arena, run->pool, run->diag);
	if (!mailing->company)
		return false;
	source.names = mailing->company->mail_names;
	source.values = mailing->company->mail_values;
	source.places = mailing->company->mail_places;
	source.count = mailing->company->mail_count;
	source.place = mailing->company->mail_place;
	return mail_settings_read(&source, &mailing->settings, run->arena, run->diag);
}

static bool is_sealed(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	const struct chain_month *entry;

	if (!chain_sound(&mailing->chain, mailing->place->records, run->arena, run->diag))
		return false;
	entry = chain_find(&mailing->chain, run->month);
	mailing->seal = entry ? entry->seal : NULL;
	if (!mailing->seal)
		diag_add(run->diag, MSG_MAIL_NOT_SEALED, PLACE_NONE, run->name, options_again(mailing->place), NULL);
	return mailing->seal;
}

/* The published slips are looked at one by one later; here the books, which say who is who. */
static bool books_hold(struct mailing *mailing)
{
	struct month_files files;

	return month_books_list(mailing->run, &files) && month_files_match_seal(mailing->run, mailing->seal, &files) &&
		month_record(mailing->run, &mailing->record);
}

static bool test_address_is_good(struct mailing *mailing)
{
	const char *address = mailing->place->options->test_to;

	if (!address || address_check(address) == ADDRESS_GOOD)
		return true;
	diag_add(mailing->run->diag, MSG_MAIL_ADDRESS_WRONG, PLACE_NONE, "--test-to", address, NULL);
	return false;
}

static void start(struct mailing *mailing, const struct workplace *place)
{
	struct month_run *run;

	*mailing = (struct mailing){ .place = place, .options = *place->options, .copies = *place };
	mailing->copies.options = &mailing->options;
	mailing->options.language = language_of(place->options);
	run = mailing->run = month_run_new(&mailing->copies, place->options->month);
	mailing->options.input = arena_printf(run->arena, "%s/%s/input", place->records, run->name);
}

static bool prepare(struct mailing *mailing)
{
	return is_sealed(mailing) && month_repair(mailing->run) && read_company(mailing) && test_address_is_good(mailing) &&
		books_hold(mailing) && mail_journal_states(mailing->place->records, mailing->run->month, &mailing->standings,
			mailing->run->arena, mailing->run->diag) && mailing_people(mailing);
}

/* What was found wrong is said before the first message leaves, and what goes wrong then by a diag of its own. */
static int send_outbox(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	struct sending sending = { mailing->place, run, &mailing->settings, &mailing->outbox };
	struct diag *checks = run->diag;
	int status = diag_status(checks), sent;

	say_messages(run);
	run->diag = diag_new(run->arena);
	diag_set_language(run->diag, month_language(run));
	sent = mail_send(&sending);
	diag_free(checks);
	return sent ? sent : status;
}

/* The outbox stays as it was built while it is sent: nobody else builds or sends meanwhile. */
static bool build_and_send(struct mailing *mailing, int *status)
{
	struct lock *lock = mail_lock(mailing->run);
	bool built = lock && mailing_build(mailing);

	if (built) {
		mailing_say(mailing);
		*status = mailing->place->options->send ? send_outbox(mailing) : diag_status(mailing->run->diag);
		built = mailing->outbox.test || mailing_page(mailing);
	}
	lock_drop(lock);
	return built;
}

static bool carry_out(struct mailing *mailing, int *status)
{
	const struct options *options = mailing->place->options;
	size_t made = 0;

	if (!prepare(mailing))
		return false;
	if (options->make_secrets && mailing_make_secrets(mailing, &made))
		mailing_say_secrets(mailing, made);
	else if (options->make_secrets)
		return false;
	else if (!options->dry_run)
		return build_and_send(mailing, status);
	else
		mailing_say(mailing);
	*status = diag_status(mailing->run->diag);
	return true;
}

int mail_month(const struct workplace *place)
{
	struct mailing mailing;
	int status = 0;

	start(&mailing, place);
	if (!carry_out(&mailing, &status)) {
		status = diag_status(mailing.run->diag);
		status = status ? status : 3;
	}
	say_messages(mailing.run);
	month_run_free(mailing.run);
	return status;
}
