#ifndef SALESPAY_MAIL_STANDING_H
#define SALESPAY_MAIL_STANDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;

/*
 * How far each message of a month has come, by the mail journal: the last line
 * about a person and their slip is the truth at every instant, however the
 * sender ended.
 */
enum mail_state {
	MAIL_QUEUED, /* to be sent, not yet tried */
	MAIL_SENDING, /* being tried; its end has not been passed on, so nobody can have it: safe to send again */
	MAIL_ACCEPTED, /* the server has taken it over: never sent again */
	MAIL_TEMPORARY, /* refused for now: sent again by the next run */
	MAIL_PERMANENT, /* refused for good: sent again only to another address, or when named */
	MAIL_UNCERTAIN /* its end was passed on, the server's answer is not known: for the clerk to decide */
};
#define MAIL_STATES 6
/* "queued" …, as the journal has it. */
const char *mail_state_word(enum mail_state state);

struct mail_standing {
	const char *id, *slip_sha256;
	enum mail_state state;
	const char *address; /* the last that was tried */
	const char *when; /* local time of the last line, "2026-11-06T09:12:03+08:00" */
	const char *reply; /* what the server said, or what went wrong with it; NULL if nothing */
	int code; /* SMTP reply code; 0 none */
	int attempts;
};
struct mail_standings { /* by id (bytes), then slip hash */
	struct mail_standing *rows;
	size_t count;
};
/* Without a journal there are none, and that is well. False with an error: the journal is not as it was written, or cannot be read. */
bool mail_journal_states(const char *records, int32_t month, struct mail_standings *out, struct arena *arena, struct diag *diag);
const struct mail_standing *mail_standing_find(const struct mail_standings *standings, const char *id, const char *slip_sha256);

/* Is a message to be sent? standing: NULL if the journal knows nothing of it; named: --only names the person. */
bool mail_standing_wants(const struct mail_standing *standing, const char *address, bool named, bool retry_uncertain);

#endif
