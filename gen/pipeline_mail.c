#include "pipeline_mail.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "mail/settings.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"

/* What was sealed is what is mailed; who writes, and through which server, is today's. */
struct mailing {
	struct month_run *run;
	const struct workplace *place;
	struct chain chain;
	const struct seal *seal;
	struct mail_settings settings;
};

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

static bool read_settings(struct mailing *mailing)
{
	const struct company *company = mailing->run->company;
	struct mail_source source = { company->mail_names, company->mail_values, company->mail_places, company->mail_count,
		company->mail_place, mailing->place->options->input };

	return mail_settings_read(&source, &mailing->settings, mailing->run->arena, mailing->run->diag);
}

/* Every file of the month is the sealed one, the slips among them. */
static bool is_whole(struct mailing *mailing)
{
	struct month_files files;

	return month_files_list(mailing->run, &files) && month_files_match_seal(mailing->run, mailing->seal, &files);
}

int mail_month(const struct workplace *place)
{
	struct mailing mailing = { .run = month_run_new(place, place->options->month), .place = place };
	struct month_run *run = mailing.run;
	bool done = month_company(run) && month_repair(run) && is_sealed(&mailing) && read_settings(&mailing) && is_whole(&mailing);
	int status = diag_status(run->diag);

	say_messages(run);
	if (!done && !status)
		status = 3;
	month_run_free(run);
	return status;
}
