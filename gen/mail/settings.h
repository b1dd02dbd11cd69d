#ifndef SALESPAY_MAIL_SETTINGS_H
#define SALESPAY_MAIL_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct arena;

/*
 * <mail> of company.xml: who writes, in which words, and through which server.
 * The server account's password is not among them: it stands in a file of its
 * own, which nobody but its owner may read (mail/password.h).
 */
enum mail_tls {
	MAIL_STARTTLS, /* begun in the clear, and refused if the server does not offer it; port 587 */
	MAIL_TLS, /* from the first byte; port 465 */
	MAIL_CLEAR /* for a relay on this machine; port 25. With a user it is an error: passwords go over no open line */
};
enum mail_auth { MAIL_AUTH_ANY /* the best that both sides have */, MAIL_AUTH_PLAIN, MAIL_AUTH_LOGIN };

struct mail_settings {
	const char *from, *reply_to; /* as written: an address, or NAME <ADDRESS>; reply_to may be NULL */
	const char *from_address; /* the address in from: the envelope's sender */
	const char *subject; /* NULL: the template's; {0} is the month */
	const char *receipts_to; /* where people confirm or object; NULL: they are not asked */
	const char **domains; /* lower case; the only ones that may be written to */
	size_t domain_count; /* 0: any */
	const char *host; /* NULL: the outbox can be built, but not sent */
	int port;
	enum mail_tls tls;
	const char *ca_file; /* path of further certificates to trust; NULL: the machine's alone */
	enum mail_auth auth;
	const char *user; /* NULL: no AUTH */
	const char *password_file; /* path; NULL without user */
	int rate; /* messages a minute at most; 0: as the server takes them */
	int timeout; /* seconds that the server may take for a reply */
	int pause; /* seconds before the first new try after a failure that may pass; each further one takes twice as long */
	struct place place; /* of <mail> */
	struct place host_place, user_place, password_file_place; /* of these attributes; that of <mail> where there is none */
};

struct mail_source { /* the attributes of <mail> as company.xml has them */
	const char *const *names, *const *values;
	const struct place *places; /* of the values */
	size_t count;
	struct place place; /* file NULL: there is no <mail> */
	const char *folder; /* what paths are relative to: company.xml's */
};
/* False with errors in diag: no <mail>, an address that is none, a user without password file or over an open line. */
bool mail_settings_read(const struct mail_source *source, struct mail_settings *out, struct arena *arena, struct diag *diag);
/* Is the address's domain one of those that may be written to? */
bool mail_settings_allow(const struct mail_settings *settings, const char *address);

#endif
