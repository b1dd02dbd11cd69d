#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lock.h"
#include "mail/delivery.h"
#include "mail/journal.h"
#include "value/date.h"

/*
 * Sends an outbox to a server on this machine without the rest of the program,
 * for tests/mail_send.py, which kills it:
 *
 *     deliver RECORDS MONTH OUTBOX PORT [retry-uncertain]
 */
static int deliver(char **argv, struct arena *arena, struct diag *diag)
{
	struct mail_settings settings = { .from_address = "pay@example.com", .host = "127.0.0.1", .port = atoi(argv[4]), .tls = MAIL_CLEAR,
		.timeout = 1 };
	struct outbox outbox = { .folder = argv[3] };
	struct delivery delivery = { .settings = &settings, .arena = arena, .diag = diag };
	enum delivery_end end;

	if (!month_parse(argv[2], strlen(argv[2]), &outbox.month) || !outbox_read(&outbox, arena, diag))
		return 1;
	delivery.journal = journal_open(argv[1], outbox.month, arena, diag);
	if (!delivery.journal)
		return 1;
	delivery.items = arena_array(arena, outbox.count + 1, sizeof(*delivery.items));
	for (size_t i = 0; i < outbox.count; i++) {
		const struct envelope *envelope = &outbox.envelopes[i];

		if (mail_standing_wants(journal_standing(delivery.journal, envelope->id, envelope->slip_sha256), envelope->address, false, argv[5]))
			delivery.items[delivery.count++] = (struct delivery_item){ .envelope = envelope };
	}
	end = delivery_run(&delivery);
	journal_close(delivery.journal);
	return end == DELIVERY_DONE ? 0 : end == DELIVERY_INTERRUPTED ? 130 : end == DELIVERY_STOPPED ? 4 : 3;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct diag_style style = { .format = DIAG_TEXT };
	struct lock *lock;
	int status = 2;

	if (argc < 5)
		return status;
	lock = lock_take(arena_printf(arena, "%s/%s/" MAIL_FOLDER, argv[1], argv[2]), 0700, diag);
	if (lock)
		status = deliver(argv, arena, diag);
	lock_drop(lock);
	diag_print(diag, stderr, &style);
	if (!lock)
		status = diag_status(diag);
	diag_free(diag);
	arena_free(arena);
	return status;
}
