#ifndef SALESPAY_BASE_DIAG_STORE_H
#define SALESPAY_BASE_DIAG_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct arena;
struct map;
struct text_buffer;

/* The inside of struct diag, shared by diag.c, diag_print.c and diag_pack.c only. */

#define DIAG_ARGUMENTS 10 /* {0} … {9} */
#define DIAG_KEPT 2000 /* of one code */
#define DIAG_SHOWN 10 /* of one code, as text */

/* How many of a code in a file were counted, but not kept. */
struct diag_surplus {
	enum message id;
	const char *file;
	size_t count;
};

struct diag_record {
	enum message id;
	struct place place;
	const char *arguments[DIAG_ARGUMENTS]; /* NULL past the last */
	const char *help;
	const char *nearest;
};

struct diag {
	struct arena *arena;
	struct diag_record *records;
	size_t count;
	size_t room;
	const char *line; /* the excerpt kept last */
	struct map *seen; /* records' keys, to count the same message once */
	size_t per_code[MSG_COUNT]; /* also those not kept */
	struct diag_surplus *surplus;
	size_t surplus_count;
	bool chinese;
	size_t sorted; /* how many records are sorted and stand in items */
	struct diag_item *items;
};

/* Adds a record whose strings already live in the arena; a repeated one is dropped. */
void diag_store(struct diag *diag, const struct diag_record *record);
/* Sorts, and writes the texts, if anything was added since. */
void diag_sort(struct diag *diag);
#endif
