#ifndef SALESPAY_MAIL_DELIVERY_H
#define SALESPAY_MAIL_DELIVERY_H

#include "mail/envelope.h"
#include "mail/transport.h"

struct journal;

/*
 * Messages to their people, one by one: in the journal before and after each
 * step, so that it can be killed at any instant and gone on with.
 *
 * One refused message never stops the others: what was refused for now is
 * tried again after pauses that grow, DELIVERY_ROUNDS times in all, and then
 * left to the next run. What concerns all of them does: a login or certificate
 * that is refused, at once; a server that is not there, at once if it never
 * was; one that hangs up or refuses everybody, after some tries.
 *
 * SIGINT and SIGTERM let the message under way finish; a second one ends the
 * process, which is safe too.
 */
#define DELIVERY_ROUNDS 4

struct delivery_item {
	const struct envelope *envelope;
	enum mail_state state; /* so far; MAIL_QUEUED: not tried in this run */
	int attempts; /* with those of earlier runs */
	int code;
	const char *reply; /* cleaned; NULL: none */
};

enum delivery_end {
	DELIVERY_DONE, /* every item was tried, as often as need be */
	DELIVERY_INTERRUPTED,
	DELIVERY_STOPPED, /* trouble tells by what */
	DELIVERY_BROKEN /* by an error in diag: the journal cannot be written */
};

struct delivery {
	const struct mail_settings *settings;
	const char *password;
	int rate; /* messages a minute; 0: as the server takes them */
	struct journal *journal; /* NULL: a test, of which nothing is recorded */
	struct delivery_item *items; /* in the order of their first try */
	size_t count;
	struct arena *arena;
	struct diag *diag;
	/* After each message and each second of waiting (0: not waiting). NULL is fine. */
	void (*progress)(void *context, const struct delivery *delivery, int waiting);
	void *context;
	/* what came of it */
	enum transport_trouble trouble;
	struct transport_answer last; /* of the message that ended it, or made it wait */
};
enum delivery_end delivery_run(struct delivery *delivery);
size_t delivery_count(const struct delivery *delivery, enum mail_state state);

#endif
