#ifndef SALESPAY_MAIL_JOURNAL_H
#define SALESPAY_MAIL_JOURNAL_H

#include "mail/standing.h"

/*
 * RECORDS/MONTH/mail/journal.txt: what became of every message, a line each
 * time its state changes, parted by tabs: when, state, person, address,
 * attempt, reply code, the server's words, SHA-256 of the slip, sum. Lines are
 * only ever added, and each addition is on the disk before the sender goes on.
 *
 * A line's sum is taken over the one before it and the line itself, and the
 * first begins with the seal's: no line can be changed or taken out unseen,
 * and the journal belongs to that seal alone. (Lines cut off at the end leave
 * no trace; a backup tells.) It grows after the seal, which therefore does not
 * list it.
 *
 * A crash may leave the last line torn: what it was about to say had not yet
 * happened or, for an answer, leaves the message uncertain. It is cut off.
 */
#define MAIL_FOLDER "mail" /* below RECORDS/MONTH; locked by whoever sends (base/lock.h) */
#define JOURNAL_FILE "journal.txt"

struct journal_record {
	const char *id, *slip_sha256, *address;
	enum mail_state state;
	int attempt; /* from 1; 0 for a queued one */
	int code; /* 0: none */
	const char *reply; /* in the server's bytes, as it sent them; NULL: none */
};

/* For the one who has the lock. NULL with an error in diag. A torn last line is cut off with a note. */
struct journal;
struct journal *journal_open(const char *records, int32_t month, struct arena *arena, struct diag *diag);
void journal_close(struct journal *journal); /* NULL is fine */
/* NULL if nothing is known. Valid until the next addition. */
const struct mail_standing *journal_standing(const struct journal *journal, const char *id, const char *slip_sha256);
/* All or (after an error in diag) none of them; on the disk when it returns. */
bool journal_add(struct journal *journal, const struct journal_record *records, size_t count, struct diag *diag);

#endif
