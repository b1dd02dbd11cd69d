#ifndef SALESPAY_BOOKS_SEAL_H
#define SALESPAY_BOOKS_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diag;

/*
 * RECORDS/MONTH/seal.txt: what a reviewed month was made of and what came of
 * it, file by file, who made and who approved it, and the seal before: each
 * seal holds the SHA-256 of the last one, so none can be replaced alone. It is
 * text that people can read; the same seal is always the same bytes; the last
 * line is the sum of all bytes above it.
 */
#define SEAL_FILE "seal.txt"

struct book_file {
	const char *path; /* below its folder */
	char sha256[65];
};
struct book_files {
	struct book_file *files;
	size_t count, room;
};
void book_files_add(struct book_files *list, const char *path, const char *sha256, struct arena *arena);

/* What a month's bytes depend on beside its files. */
struct book_settings {
	const char *language; /* of the report */
	bool hold; /* --hold */
	int32_t before, after; /* the months that its pages link to; 0 none */
};

struct seal {
	int32_t month;
	const char *tool;
	char fingerprint[65];
	struct book_settings settings;
	size_t paid, held, excluded;
	const char *net; /* what the ledger pays out, the held included; "" where the policy pays nothing */
	const char *made_by, *approved_by;
	int32_t date;
	int32_t previous_month; /* 0: this is the first */
	char previous[65]; /* SHA-256 of that seal's file */
	struct book_files books; /* below RECORDS/MONTH: ledger, lines, the copies of the inputs below input/ */
	struct book_files output; /* below OUTPUT/MONTH */
	char own[65]; /* SHA-256 of this seal's file; set by reading and writing */
};

const char *seal_path(const char *records, int32_t month, struct arena *arena);
/* A month is sealed as soon as the file is there, in whatever state. */
bool seal_exists(const char *records, int32_t month, struct arena *arena);
/* All at once and safely on the disk. A file name or a person's name with a line end in it is a bug. */
bool seal_write(struct seal *seal, const char *path, struct diag *diag);
/* NULL with an error at the line that is not as seal_write writes it. */
struct seal *seal_read(const char *path, struct arena *arena, struct diag *diag);

#endif
