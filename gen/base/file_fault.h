#ifndef SALESPAY_BASE_FILE_FAULT_H
#define SALESPAY_BASE_FILE_FAULT_H

#include <stdbool.h>

struct diag;

/* For file*.c, folder*.c and work.c: errno into the catalogue's words. All return false. */
bool fault_reading(struct diag *diag, const char *path, int error);
bool fault_listing(struct diag *diag, const char *path, int error);
bool fault_writing(struct diag *diag, const char *path, int error);
bool fault_making(struct diag *diag, const char *path, int error);
bool fault_renaming(struct diag *diag, const char *from, const char *to, int error);
bool fault_removing(struct diag *diag, const char *path, int error);
bool fault_syncing(struct diag *diag, const char *path, int error);
/* The C library's words for errno, whatever the locale. */
const char *fault_text(int error);

/* Makes the name itself durable: fsync of the folder that holds path. errno tells why not. */
bool file_sync_parent(const char *path);

#endif
