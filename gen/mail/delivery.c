#include "mail/delivery.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "mail/journal.h"

#define TROUBLES_MOST 5 /* in a row, before the server counts as gone */
#define REFUSALS_MOST 10 /* in a row and nobody accepted: it is not the addresses */
#define PAUSE_MOST 900 /* seconds */

struct sending {
	struct delivery *delivery;
	struct transport *transport;
	struct delivery_item *item; /* under way */
	struct timespec next; /* not before */
	int troubles, refusals; /* in a row */
	bool met, accepted; /* somebody answered there; somebody's message was accepted */
	bool broken;
};

/* ---- signals ---- */

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

struct signals {
	struct sigaction interrupt, terminate;
};

static void catch_signals(struct signals *before)
{
	struct sigaction action = { .sa_handler = interrupt, .sa_flags = (int)(SA_RESTART | SA_RESETHAND) };

	interrupted = 0;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, &before->interrupt);
	sigaction(SIGTERM, &action, &before->terminate);
}

static void restore_signals(const struct signals *before)
{
	sigaction(SIGINT, &before->interrupt, NULL);
	sigaction(SIGTERM, &before->terminate, NULL);
}

/* ---- waiting ---- */

static void tell(const struct delivery *delivery, int waiting)
{
	if (delivery->progress)
		delivery->progress(delivery->context, delivery, waiting);
}

static long long milliseconds_until(const struct timespec *then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (then->tv_sec - now.tv_sec) * 1000LL + (then->tv_nsec - now.tv_nsec) / 1000000;
}

static void move_on(struct timespec *at, long long milliseconds)
{
	at->tv_sec += (time_t)(milliseconds / 1000);
	at->tv_nsec += (long)(milliseconds % 1000) * 1000000;
	at->tv_sec += at->tv_nsec / 1000000000;
	at->tv_nsec %= 1000000000;
}

static void wait_until(const struct delivery *delivery, const struct timespec *then)
{
	long long left;

	while (!interrupted && (left = milliseconds_until(then)) > 0) {
		struct timespec slice = { 0, 0 };

		if (left >= 1000)
			tell(delivery, (int)(left / 1000));
		move_on(&slice, left < 1000 ? left : 1000);
		nanosleep(&slice, NULL);
	}
	tell(delivery, 0);
}

/* So that two senders, or a server that bans by rhythm, do not meet again at the same instant: from half to one and a half. */
static long long jitter(long long milliseconds)
{
	uint16_t chance = 0;

	if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) != (ssize_t)sizeof(chance))
		chance = UINT16_MAX / 2;
	return milliseconds / 2 + milliseconds * chance / UINT16_MAX;
}

/* The times-th pause, from 0: each twice as long as the one before. */
static void pause_for(const struct delivery *delivery, int times)
{
	long long seconds = (long long)delivery->settings->pause << (times < 10 ? times : 10);
	struct timespec then;

	clock_gettime(CLOCK_MONOTONIC, &then);
	move_on(&then, jitter((seconds < PAUSE_MOST ? seconds : PAUSE_MOST) * 1000));
	wait_until(delivery, &then);
}

/* At most `rate` a minute, evenly: what was lost by a slow message is not made up for by a burst. */
static void keep_pace(struct sending *sending)
{
	struct delivery *delivery = sending->delivery;

	if (!delivery->rate)
		return;
	wait_until(delivery, &sending->next);
	clock_gettime(CLOCK_MONOTONIC, &sending->next);
	move_on(&sending->next, 60000 / delivery->rate);
}

/* ---- one message ---- */

static bool note(struct sending *sending, enum mail_state state, const struct transport_answer *answer)
{
	const struct delivery_item *item = sending->item;
	const struct envelope *envelope = item->envelope;
	struct journal_record record = { .id = envelope->id, .slip_sha256 = envelope->slip_sha256, .address = envelope->address, .state = state,
		.attempt = item->attempts, .code = answer ? answer->code : 0, .reply = answer ? answer->words : NULL };

	if (sending->delivery->journal && !journal_add(sending->delivery->journal, &record, 1, sending->delivery->diag))
		sending->broken = true;
	return !sending->broken;
}

/* From here on nobody but the server knows. */
static bool before_end(void *context)
{
	return note(context, MAIL_UNCERTAIN, NULL);
}

static const char *cleaned(struct arena *arena, const char *words)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	const char *clean;

	diag_clean(&out, words, strlen(words));
	clean = text_buffer_take(&out, arena);
	text_buffer_release(&out);
	return clean;
}

static void send_bytes(struct sending *sending, const struct file_bytes *bytes)
{
	struct delivery *delivery = sending->delivery;
	struct delivery_item *item = sending->item;
	struct transport_message message = { .from = delivery->settings->from_address, .to = item->envelope->address, .data = bytes->data,
		.size = bytes->size, .before_end = before_end, .context = sending };
	struct transport_answer *answer = &delivery->last;

	item->attempts++;
	if (!note(sending, MAIL_SENDING, NULL))
		return;
	transport_send(sending->transport, &message, answer);
	if (answer->trouble == TROUBLE_OURS || !note(sending, answer->state, answer))
		return;
	item->state = answer->state;
	item->code = answer->code;
	item->reply = *answer->words ? cleaned(delivery->arena, answer->words) : NULL;
}

/* What it means for the others; false ends the sending, by delivery->trouble. */
static bool go_on_after(struct sending *sending)
{
	struct delivery *delivery = sending->delivery;
	const struct transport_answer *answer = &delivery->last;
	bool stop = false;

	sending->refusals = answer->state == MAIL_PERMANENT ? sending->refusals + 1 : answer->state == MAIL_ACCEPTED ? 0 : sending->refusals;
	sending->accepted = sending->accepted || answer->state == MAIL_ACCEPTED;
	switch (answer->trouble) {
	case TROUBLE_NONE: case TROUBLE_MESSAGE:
		sending->troubles = 0;
		stop = sending->refusals >= REFUSALS_MOST && !sending->accepted;
		break;
	case TROUBLE_SENDER:
		stop = !sending->accepted;
		break;
	case TROUBLE_AWAY:
		stop = !sending->met || ++sending->troubles >= TROUBLES_MOST;
		break;
	case TROUBLE_BUSY:
		stop = ++sending->troubles >= TROUBLES_MOST;
		break;
	case TROUBLE_LOGIN: case TROUBLE_CERTIFICATE: case TROUBLE_TLS: case TROUBLE_OURS:
		stop = true;
		break;
	}
	sending->met = sending->met || answer->trouble != TROUBLE_AWAY;
	if (stop)
		delivery->trouble = answer->trouble;
	else if (sending->troubles)
		pause_for(delivery, sending->troubles - 1);
	return !stop;
}

/* A message that is not as it was built is passed over: the error in diag says so. */
static bool send_one(struct sending *sending, struct delivery_item *item)
{
	struct delivery *delivery = sending->delivery;
	struct arena *scratch;
	struct file_bytes bytes;
	bool read;

	keep_pace(sending);
	if (interrupted)
		return true;
	sending->item = item;
	scratch = arena_new();
	read = envelope_read(item->envelope, &bytes, scratch, delivery->diag);
	if (read)
		send_bytes(sending, &bytes);
	arena_free(scratch);
	if (sending->broken)
		return false;
	tell(delivery, 0);
	return !read || go_on_after(sending);
}

/* ---- all of them ---- */

static bool is_due(const struct delivery_item *item, int round)
{
	return round ? item->state == MAIL_TEMPORARY : item->state == MAIL_QUEUED;
}

static bool send_round(struct sending *sending, int round, bool *again)
{
	struct delivery *delivery = sending->delivery;

	*again = false;
	for (size_t i = 0; i < delivery->count && !interrupted; i++) {
		if (!is_due(&delivery->items[i], round))
			continue;
		if (!send_one(sending, &delivery->items[i]))
			return false;
		*again = *again || delivery->items[i].state == MAIL_TEMPORARY;
	}
	return true;
}

/* Those never tried first, so that one that always fails does not stand in their way. */
static int by_attempts(const void *a, const void *b)
{
	const struct delivery_item *x = a, *y = b;

	if (x->attempts != y->attempts)
		return x->attempts < y->attempts ? -1 : 1;
	return strcmp(x->envelope->id, y->envelope->id);
}

/* All that is to be sent stands in the journal before the first is. */
static bool queue(struct sending *sending)
{
	struct delivery *delivery = sending->delivery;
	struct journal_record *records = arena_array(delivery->arena, delivery->count + 1, sizeof(*records));
	size_t count = 0;

	if (!delivery->journal)
		return true;
	for (size_t i = 0; i < delivery->count; i++) {
		const struct envelope *envelope = delivery->items[i].envelope;
		const struct mail_standing *standing = journal_standing(delivery->journal, envelope->id, envelope->slip_sha256);

		delivery->items[i].attempts = standing ? standing->attempts : 0;
		if (!standing)
			records[count++] = (struct journal_record){ .id = envelope->id, .slip_sha256 = envelope->slip_sha256,
				.address = envelope->address, .state = MAIL_QUEUED };
	}
	qsort(delivery->items, delivery->count, sizeof(*delivery->items), by_attempts);
	return journal_add(delivery->journal, records, count, delivery->diag);
}

enum delivery_end delivery_run(struct delivery *delivery)
{
	struct sending sending = { .delivery = delivery };
	struct signals before;
	bool ok, again = true;

	delivery->trouble = TROUBLE_NONE;
	if (!delivery->count)
		return DELIVERY_DONE;
	if (!queue(&sending))
		return DELIVERY_BROKEN;
	catch_signals(&before);
	sending.transport = transport_new(delivery->settings, delivery->password);
	ok = send_round(&sending, 0, &again);
	for (int round = 1; ok && again && !interrupted && round < DELIVERY_ROUNDS; round++) {
		pause_for(delivery, round - 1);
		ok = send_round(&sending, round, &again);
	}
	transport_free(sending.transport);
	restore_signals(&before);
	return sending.broken ? DELIVERY_BROKEN : !ok ? DELIVERY_STOPPED : interrupted ? DELIVERY_INTERRUPTED : DELIVERY_DONE;
}

size_t delivery_count(const struct delivery *delivery, enum mail_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < delivery->count; i++)
		count += delivery->items[i].state == state;
	return count;
}
