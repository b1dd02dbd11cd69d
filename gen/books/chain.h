#ifndef SALESPAY_BOOKS_CHAIN_H
#define SALESPAY_BOOKS_CHAIN_H

#include "books/seal.h"

/*
 * The books of all months, and their seals as a chain: the first sealed month,
 * then every month after it, each seal naming the one before. RECORDS/SEALS
 * lists them too (sha256sum -c reads it), so that the last one cannot vanish
 * unseen.
 */
struct chain_month {
	int32_t month;
	bool sealed; /* has a seal, readable or not */
	struct seal *seal; /* NULL: none, or not readable */
};
struct chain {
	const char *records;
	struct chain_month *months; /* with a ledger or a seal, ascending */
	size_t count;
	struct book_files listed; /* in SEALS */
};

/* Seals that cannot be read are errors. False if that is so, or if the folder cannot be read; without books the chain is empty. */
bool chain_read(struct chain *chain, const char *records, struct arena *arena, struct diag *diag);
const struct chain_month *chain_find(const struct chain *chain, int32_t month); /* NULL if none */
/* The newest sealed month; NULL if none. */
const struct chain_month *chain_last(const struct chain *chain);
/* Every seal against the one before and against SEALS; what does not match is an error. */
void chain_check(const struct chain *chain, struct arena *arena, struct diag *diag);
/* Puts the newest seal into SEALS where it is not there yet: for whoever has the books locked. */
bool chain_list_last(struct chain *chain, struct arena *arena, struct diag *diag);
/*
 * Read and checked, for everything that stands on it: false with errors in
 * diag. Where sealing was killed between the seal and its line in SEALS, or is
 * just there, the line counts as written.
 */
bool chain_sound(struct chain *chain, const char *records, struct arena *arena, struct diag *diag);
/* Writes the line that such a kill left out: for whoever has the books locked. What cannot be read is left to chain_sound. */
bool chain_mend(const char *records, struct arena *arena, struct diag *diag);

#endif
