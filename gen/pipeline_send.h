#ifndef SALESPAY_PIPELINE_SEND_H
#define SALESPAY_PIPELINE_SEND_H

struct workplace;
struct month_run;
struct mail_settings;
struct outbox;

/*
 * salespay mail --send: what stands in the outbox and is not with its person
 * yet goes to the server, after a question. The caller has the month's mail
 * locked (mail_lock), so that the outbox stays what it is and nobody else sends.
 */
struct sending {
	const struct workplace *place;
	struct month_run *run; /* its diag gets what went wrong; the caller prints it */
	const struct mail_settings *settings;
	const struct outbox *outbox;
};
/* The exit status: 0 all is with the server; 4 something is not; 130 interrupted; else by the errors in run->diag. */
int mail_send(const struct sending *sending);

/* RECORDS/MONTH/mail, against a second salespay mail of that month. NULL with an error in run->diag. */
struct lock *mail_lock(struct month_run *run);

#endif
