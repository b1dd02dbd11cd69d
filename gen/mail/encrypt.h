#ifndef SALESPAY_MAIL_ENCRYPT_H
#define SALESPAY_MAIL_ENCRYPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"

struct arena;
struct diag;

/*
 * A slip that opens with its person's secret alone: AES-256 (revision 6 of
 * PDF's standard handler). Nothing of it is lost: tags, language, title and
 * metadata stay, text can be read out and copied, and it can be printed; it
 * cannot be changed. The owner's password, which would allow that, is random
 * and thrown away. Two calls never give the same bytes: the keys are random.
 */
struct encrypt_job {
	const char *name; /* of the slip, for messages */
	struct file_bytes slip;
	const char *secret; /* UTF-8, not empty */
};
/* False with an error: the slip is no PDF that qpdf can read. */
bool encrypt_slip(const struct encrypt_job *job, struct file_bytes *out, struct arena *arena, struct diag *diag);

#endif
