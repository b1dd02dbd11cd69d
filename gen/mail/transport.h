#ifndef SALESPAY_MAIL_TRANSPORT_H
#define SALESPAY_MAIL_TRANSPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "mail/settings.h"
#include "mail/standing.h"

/*
 * One message to one address over SMTP: the only door to libcurl. The
 * connection stays open for the next one.
 *
 * What became of a message is not taken from libcurl's verdict but from what
 * passed over the line: which command was the last, was the message's end
 * passed on, and which reply came after it.
 *
 *     end not passed on            nobody has it: temporary, or permanent if the reply is 5xx
 *     end passed on, then 2xx      accepted
 *                         4xx      temporary
 *                         5xx      permanent
 *                         nothing, or anything else: uncertain
 */
enum transport_trouble { /* whom it concerns, and so what is to become of the others */
	TROUBLE_NONE,
	TROUBLE_MESSAGE, /* this one alone */
	TROUBLE_SENDER, /* the server does not take mail from that sender */
	TROUBLE_BUSY, /* the server refuses for now, is silent or hung up */
	TROUBLE_AWAY, /* it is not there */
	TROUBLE_LOGIN, /* it does not take user and password, or wants some */
	TROUBLE_CERTIFICATE, /* it is not who it should be */
	TROUBLE_TLS, /* it offers none, or none that both speak */
	TROUBLE_OURS /* before_end said no */
};

struct transport_message {
	const char *from, *to; /* addresses */
	const char *data; /* RFC 5322, lines ended by CRLF */
	size_t size;
	/* Called just before the message's end is passed on; false: it is not, and nobody gets the message. */
	bool (*before_end)(void *context);
	void *context;
};
struct transport_answer {
	enum mail_state state; /* accepted, temporary, permanent, uncertain */
	enum transport_trouble trouble;
	int code; /* of the reply; 0: there was none */
	char words[512]; /* the server's behind the code, or libcurl's where the line failed; bytes as they came */
};

struct transport;
struct transport *transport_new(const struct mail_settings *settings, const char *password); /* password: NULL without user */
void transport_free(struct transport *transport); /* says good-bye to the server; NULL is fine */
void transport_send(struct transport *transport, const struct transport_message *message, struct transport_answer *answer);

#endif
