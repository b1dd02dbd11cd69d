#ifndef SALESPAY_BASE_FILE_H
#define SALESPAY_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct arena;
struct diag;

/*
 * Reading whole files and writing new ones. Nothing is visible half-written:
 * folders are staged aside and swapped in by rename; single files are written
 * beside their place and renamed.
 */

struct file_bytes {
	const char *data; /* NUL-terminated one past size */
	size_t size;
};
/* A folder, a missing or unreadable file is an error in diag (FAULT_INPUT for a missing one or a folder, else FAULT_SYSTEM). */
bool file_read(const char *path, struct arena *arena, struct file_bytes *out, struct diag *diag);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
/* Absolute, links followed; NULL if there is none. */
const char *file_real_path(const char *path, struct arena *arena);

/*
 * A new file at path (mode as open(2), e.g. 0644). Errors are sticky: write
 * freely, look once at commit, which flushes, closes and reports the first
 * error. Without commit (or after an error) the file is removed.
 */
struct file_writer;
struct file_writer *file_writer_new(const char *path, mode_t mode);
void file_write(struct file_writer *writer, const void *data, size_t size);
void file_puts(struct file_writer *writer, const char *text);
void file_printf(struct file_writer *writer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
bool file_writer_failed(const struct file_writer *writer);
bool file_writer_commit(struct file_writer *writer, struct diag *diag); /* frees */
void file_writer_abort(struct file_writer *writer); /* frees; NULL is fine */

/* Writes one whole file beside path, hidden (.NAME.new: what a kill leaves there is overwritten by the next), fsyncs and renames it there. */
bool file_replace(const char *path, const void *data, size_t size, mode_t mode, struct diag *diag);

bool folder_make(const char *path, mode_t mode, struct diag *diag); /* with parents; an existing one is fine */
bool folder_remove(const char *path, struct diag *diag); /* with all in it; a missing one is fine */
/* Names in it, sorted by bytes, without . and ..; NULL and an error if unreadable. */
const char **folder_list(const char *path, struct arena *arena, size_t *count, struct diag *diag);
/* Everything under the folder safely on the disk (syncfs). */
bool folder_sync(const char *path, struct diag *diag);
/*
 * `staged` takes the place of `final` at once (renameat2 RENAME_EXCHANGE, then
 * the old one is removed); where the file system cannot exchange, two renames.
 */
bool folder_swap(const char *staged, const char *final, struct diag *diag);
/*
 * To be called before anything reads `final`: if a swap by two renames was
 * killed half-way (.NAME.old is there), the old folder is put back or removed.
 */
bool folder_repair(const char *final, struct diag *diag);

bool file_copy(const char *from, const char *to, mode_t mode, struct diag *diag);
/* Lower-case hex, 64 characters, into out[65]. */
bool file_sha256(const char *path, char out[65], struct diag *diag);
void bytes_sha256(const void *data, size_t size, char out[65]);

#endif
