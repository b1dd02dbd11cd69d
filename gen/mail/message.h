#ifndef SALESPAY_MAIL_MESSAGE_H
#define SALESPAY_MAIL_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/file.h"

struct arena;

/*
 * One RFC 5322 message: text and HTML of the same content, and the slip as an
 * attachment. Its lines end in CRLF. Headers and texts are UTF-8 by the
 * standards' words (RFC 2047, base64), so that it is plain ASCII on its way.
 */
struct mail_message {
	const char *from, *reply_to; /* ADDRESS or NAME <ADDRESS>; reply_to may be NULL */
	const char *name, *address; /* to whom; name may be "" */
	const char *subject, *text, *html;
	const char *message_id; /* without < > */
	int64_t date; /* seconds since 1970 */
	int zone; /* seconds east of Greenwich */
	const char *attachment_name; /* ASCII */
	struct file_bytes attachment; /* a PDF */
};
/* Its bytes, which live in the arena. Fails for nothing: what it is given was checked. */
struct file_bytes mail_message_write(const struct mail_message *message, struct arena *arena);

/* Of the month's slip to that person, and the same for ever; domain: the sender's; also: "" or what makes it another. */
const char *mail_message_id(const char *month, const char *person, const char *slip_sha256, const char *also, const char *domain,
	struct arena *arena);

#endif
