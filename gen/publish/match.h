#ifndef SALESPAY_PUBLISH_MATCH_H
#define SALESPAY_PUBLISH_MATCH_H

#include "books/seal.h"

/* Files that are there against files that were recorded. */
enum match { MATCH_CHANGED, MATCH_MISSING, MATCH_EXTRA };
struct match_row {
	enum match match;
	const char *path; /* below the folder */
};
struct matches { /* sorted by path */
	struct match_row *rows;
	size_t count, room;
};

/* Two lists; both in any order. */
void match_lists(const struct book_files *recorded, const struct book_files *found, struct matches *out, struct arena *arena);
/*
 * The files below a folder; passes(below) false leaves a file out (NULL: all
 * count). A folder that is not there has no files. False if one cannot be read.
 */
bool match_folder(const struct book_files *recorded, const char *folder, bool (*passes)(const char *below),
	struct matches *out, struct arena *arena, struct diag *diag);
/* Every file below the folder with its sum, as match_folder sees it. */
bool match_list_folder(const char *folder, bool (*passes)(const char *below), struct book_files *out, struct arena *arena,
	struct diag *diag);

/* SHA256SUMS as a list; false with an error at the line that is none of its. */
bool manifest_read(const char *path, struct book_files *out, struct arena *arena, struct diag *diag);

#endif
