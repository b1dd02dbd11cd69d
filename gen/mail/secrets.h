#ifndef SALESPAY_MAIL_SECRETS_H
#define SALESPAY_MAIL_SECRETS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct diag;

/*
 * RECORDS/secrets.csv: with what each person opens their slips: id,name,secret,
 * in the order in which they came. Made at random, read by its owner alone
 * (0600), and only ever added to: who has a secret keeps it. People may be given one of their own choice by
 * editing the file. It is told by another way than mail.
 */
#define SECRETS_FILE "secrets.csv"
#define SECRET_SIZE 16 /* "k7mp-2xqd-9wrt" and NUL: twelve of 31 characters, 59 bits */

struct secret {
	const char *id, *name, *secret;
	long line;
};
struct csv_sheet;
struct secrets {
	const char *path;
	struct secret *rows; /* by id (bytes) */
	size_t count;
	const struct csv_sheet *sheet; /* as it stands in the file; NULL if there is none */
};

/* An absent file has no rows. False with errors in diag: readable by others, a secret missing or too short, an id twice. */
bool secrets_read(struct secrets *secrets, const char *path, struct arena *arena, struct diag *diag);
/* NULL without one. */
const char *secrets_find(const struct secrets *secrets, const char *id);
/* Draws one for each of these people, none of whom has one yet, and puts them behind the others. */
bool secrets_add(struct secrets *secrets, struct secret *people, size_t count, struct arena *arena, struct diag *diag);
/* One at random, without characters that are taken for each other; false if the system gives no random bytes. */
bool secret_draw(char out[SECRET_SIZE]);

#endif
