#ifndef SALESPAY_MAIL_ENVELOPE_H
#define SALESPAY_MAIL_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;

/*
 * One message on its way to one person. What was sent is known by month,
 * person and slip hash: the same slip has the same Message-ID however often
 * its message is built, though its bytes differ (encryption draws random keys).
 */
struct envelope {
	const char *id, *name; /* the person; name may be "" */
	const char *address; /* the only recipient */
	const char *message_id; /* without < > */
	const char *slip_sha256; /* of the slip as published and sealed, before encryption */
	const char *eml; /* path of the message, RFC 5322 with CRLF */
	const char *eml_sha256;
};

/*
 * OUTPUT/MONTH/outbox/: a message for each person, named as their slip is, and
 * outbox.csv, the list of them by id (bytes): id,name,address,message_id,
 * slip_sha256,eml,eml_sha256. Files
 * 0600, folder 0700; it is replaced as a whole. What --test-to built stands in
 * OUTPUT/MONTH/outbox-test/, in the same form, each message to that address and
 * with a Message-ID of its own.
 */
struct outbox {
	const char *folder;
	int32_t month;
	bool test; /* to --test-to's address: nothing of it counts as sent to the person */
	const struct envelope *envelopes;
	size_t count;
};
#define OUTBOX_FOLDER "outbox"
#define OUTBOX_TEST_FOLDER "outbox-test"
#define OUTBOX_LIST "outbox.csv"

/* outbox->folder/outbox.csv from the envelopes. */
bool outbox_write(const struct outbox *outbox, struct diag *diag);
/* From the list in outbox->folder: the envelopes, in its order. False with errors in diag. */
bool outbox_read(struct outbox *outbox, struct arena *arena, struct diag *diag);
/* One message's bytes, which must be those that were listed; false with an error. */
struct file_bytes;
bool envelope_read(const struct envelope *envelope, struct file_bytes *out, struct arena *arena, struct diag *diag);

#endif
