#ifndef SALESPAY_PUBLISH_RUN_RECORD_H
#define SALESPAY_PUBLISH_RUN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "books/control.h"
#include "books/seal.h"

struct arena;
struct diag;

/*
 * run.xml: what a month was made of: tool and policy versions, SHA-256 of
 * every input, rows of every file, control totals. The same for the same input.
 */
struct run_record {
	int32_t month;
	const char *folder; /* INPUT: files are named below it */
	const char *tool;
	/* Over everything that the month depends on; the same fingerprint gives the same bytes. */
	char fingerprint[65];
	struct book_settings settings;
	size_t people, held, excluded, errors, warnings;
	const char *score; /* mean of the main score, two decimals; NULL if there is none */
	struct book_files inputs; /* below INPUT */
	const char **held_ids; /* held of them, sorted */
	const char *net; /* of the control totals: what the ledger pays out; NULL where a policy pays nothing. Only when read */
};
bool run_record_write(const struct run_record *record, const struct results *results, const struct controls *controls,
	const char *path, struct diag *diag);
/* All but what concerns the tables' rows. False if there is no such file. */
bool run_record_read(const char *path, struct run_record *out, struct arena *arena, struct diag *diag);

#endif
