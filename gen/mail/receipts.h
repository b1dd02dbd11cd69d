#ifndef SALESPAY_MAIL_RECEIPTS_H
#define SALESPAY_MAIL_RECEIPTS_H

#include "mail/standing.h"

struct text_pool;

/*
 * INPUT/receipts.csv: who has confirmed their slip, or objects to it. It is
 * kept by hand or exported from a form, and read as every other export is:
 * columns 月份 (month), 工号 (id), 结果 (receipt: 确认 or 异议, confirmed or
 * objected), 日期 (date) and 说明 (note), the last two if wanted. Of several
 * rows for a person and month the last counts. It stands beside the months'
 * folders, since a file within one would be a changed input of a sealed month.
 */
#define RECEIPTS_FILE "receipts.csv"

enum receipt { RECEIPT_NONE, RECEIPT_CONFIRMED, RECEIPT_OBJECTED };
struct mail_receipt {
	const char *id;
	enum receipt receipt;
	const char *note, *date; /* "" where there is none; 2026-11-08 */
};
struct mail_receipts { /* by id (bytes) */
	struct mail_receipt *rows;
	size_t count;
	size_t confirmed, objected;
};

struct receipts_source {
	const char *path;
	int32_t month;
	const struct mail_standings *standings; /* whom a slip was sent: a row of somebody else is warned of */
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
};
/* Without a file there are none, and that is well. False with errors in diag. */
bool mail_receipts_read(const struct receipts_source *source, struct mail_receipts *out);
const struct mail_receipt *mail_receipt_of(const struct mail_receipts *receipts, const char *id); /* NULL if there is none */

#endif
