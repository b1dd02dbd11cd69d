#ifndef SALESPAY_PIPELINE_SENT_H
#define SALESPAY_PIPELINE_SENT_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/delivery.h"
#include "pipeline_send.h"

/* What mail --send says: before the question, under way, and of what came of it. */
void sent_announce(const struct sending *sending, const struct delivery *delivery);
void sent_nothing(const struct sending *sending, const struct delivery *delivery);

struct sent_progress {
	const struct sending *sending;
	bool begun; /* the phase was told */
	size_t width; /* of the bar's line on the terminal */
};
/* For delivery->progress: a bar on a terminal, one line in a pipe. */
void sent_progress(void *progress, const struct delivery *delivery, int waiting);

/* Everyone whose message is not with the server, in diag; the counts and the next command. */
void sent_report(const struct sending *sending, const struct delivery *delivery, enum delivery_end end);
/* Of the outbox, by the journal: messages that are not with the server. */
size_t sent_left(const struct sending *sending, const struct delivery *delivery);

#endif
