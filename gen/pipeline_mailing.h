#ifndef SALESPAY_PIPELINE_MAILING_H
#define SALESPAY_PIPELINE_MAILING_H

#include "mail/envelope.h"
#include "mail/secrets.h"
#include "mail/settings.h"
#include "mail/standing.h"
#include "options.h"
#include "pipeline_month.h"
#include "pipeline_seal.h"

/*
 * salespay mail. What is mailed, and to whom, is what was sealed: slips, people
 * and addresses come from the month's books, whatever has become of the inputs
 * since. Who writes, through which server and with which templates is today's,
 * and so is INPUT/addresses.csv, by which a wrong address is put right after
 * the seal.
 */
enum fate { /* what becomes of a person's slip */
	FATE_WRITE, /* a message is built */
	FATE_UNNAMED, /* --only names others */
	FATE_HELD, /* not paid out, so not mailed */
	FATE_WRONG, /* something of the person is to be mended: said in a message */
	FATE_SENT, FATE_REFUSED, FATE_UNCERTAIN /* by the journal: nothing is to be done, or the clerk decides */
};
#define FATES 7

struct recipient {
	size_t person; /* in run->facts */
	const char *id, *name, *slug;
	const char *address; /* "" without one */
	struct place place; /* of the address */
	const char *slip, *slip_sha256; /* its path, and the sealed sum */
	const char *secret; /* NULL: none */
	const struct mail_standing *standing; /* NULL: the journal knows nothing */
	bool named; /* --only has the id */
	enum fate fate;
};

struct mailing {
	const struct workplace *place; /* today's */
	struct options options; /* the same with the copies in the books as input */
	struct workplace copies;
	struct month_run *run; /* of the copies */
	struct company *company; /* today's */
	struct mail_settings settings;
	struct chain chain;
	const struct seal *seal;
	struct run_record record;
	struct secrets secrets;
	struct mail_standings standings;
	struct recipient *recipients; /* everyone with a slip, by id */
	size_t count;
	size_t fates[FATES];
	struct outbox outbox;
};

/* pipeline_mail_people.c: staff and units of a month of which no figure is needed, into run->facts. */
bool mailing_facts(struct month_run *run);
/* Who gets what; all that is wrong is said. False where nothing can be mailed at all. */
bool mailing_people(struct mailing *mailing);
/* pipeline_mail_address.c: the recipients' addresses; then what is wrong with those that are to be written to. */
bool mailing_addresses(struct mailing *mailing);
void mailing_check_addresses(struct mailing *mailing);
/* pipeline_mail_secret.c: with what the slips open. */
bool mailing_secrets(struct mailing *mailing);
/* --make-secrets: one for everyone who has none. The number made in *made. */
bool mailing_make_secrets(struct mailing *mailing, size_t *made);
/* pipeline_mail_build.c: the outbox, from recipients whose fate is FATE_WRITE. */
bool mailing_build(struct mailing *mailing);
/* pipeline_mail_page.c: OUTPUT/MONTH/managers/mail.html, from what the journal says now. */
bool mailing_page(struct mailing *mailing);

/* pipeline_mail_say.c */
void mailing_say(const struct mailing *mailing);
void mailing_say_secrets(const struct mailing *mailing, size_t made);

/* Something of this person is to be mended: no message for them. */
static inline void recipient_fail(struct recipient *recipient)
{
	if (recipient->fate == FATE_WRITE)
		recipient->fate = FATE_WRONG;
}

#endif
