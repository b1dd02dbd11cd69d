#ifndef SALESPAY_BASE_LOCK_H
#define SALESPAY_BASE_LOCK_H

#include <sys/types.h>

struct diag;

/*
 * One writer a folder. The lock is flock(2) on FOLDER/.lock, so the kernel lets
 * go of it however the holder ends, killed or crashed, and nobody ever has to
 * clean up; workers share it until the last of them is gone. The file holds the
 * process id of whoever has the lock, for the message alone, and is removed
 * with it: one that was left behind by a crash means nothing. It is hidden and
 * is part of no month: no seal, manifest or fingerprint knows it.
 *
 * Who comes second is refused at once rather than kept waiting: a run from a
 * timer must not hang, and what it would have read is about to change.
 */
struct lock;

/* Makes the folder (with that mode) if need be. NULL with an error: LOCK_HELD names the process, or the folder cannot be written. */
struct lock *lock_take(const char *folder, mode_t mode, struct diag *diag);
void lock_drop(struct lock *lock); /* NULL is fine */

#endif
