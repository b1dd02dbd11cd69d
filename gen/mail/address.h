#ifndef SALESPAY_MAIL_ADDRESS_H
#define SALESPAY_MAIL_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * Addresses as they are written to: local@domain of RFC 5321 without quotes,
 * comments or address literals, in ASCII, the domain of at least two labels.
 * What is stricter than the standard is so because a slip that goes astray
 * cannot be called back.
 */
enum address_fault {
	ADDRESS_GOOD, ADDRESS_NOT_ASCII, ADDRESS_WITHOUT_AT, ADDRESS_SECOND_AT, ADDRESS_LOCAL /* before the @ */, ADDRESS_DOMAIN, ADDRESS_LONG
};
enum address_fault address_check(const char *address);
/* What is wrong, for a message, in that language. */
const char *address_fault_text(enum address_fault fault, bool chinese);
/* Two people with one address: domains in lower case, and the local part too, since no mail server in use tells them apart. */
const char *address_fold(const char *address, struct arena *arena);
/* Behind the @; "" without one. */
const char *address_domain(const char *address);
/* Is that (in lower case) its domain? */
bool address_has_domain(const char *address, const char *domain);

/* Who writes: ADDRESS or NAME <ADDRESS>, quotes around the name dropped. False if there is no good address. */
struct mailbox {
	const char *name; /* NULL without one */
	const char *address;
};
bool mailbox_parse(const char *text, struct mailbox *out, struct arena *arena);

#endif
