#ifndef SALESPAY_PUBLISH_RUN_RECORD_H
#define SALESPAY_PUBLISH_RUN_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "books/control.h"

struct arena;
struct diag;

/*
 * run.xml: what a month was made of: tool and policy versions, SHA-256 of
 * every input, rows of every file, control totals. The same for the same input.
 */
struct run_input {
	const char *path; /* below INPUT */
	char sha256[65];
};
struct run_record {
	int32_t month;
	const char *folder; /* INPUT: files are named below it */
	const char *tool;
	/* Over everything that the month depends on; the same fingerprint gives the same bytes. */
	char fingerprint[65];
	size_t people, held, excluded, errors, warnings;
	const char *score; /* mean of the main score, two decimals; NULL if there is none */
	const struct run_input *inputs;
	size_t input_count;
};
bool run_record_write(const struct run_record *record, const struct results *results, const struct controls *controls,
	const char *path, struct diag *diag);
/* What a page of all months and `status` need of it; inputs are left out. False if there is no such file. */
bool run_record_read(const char *path, struct run_record *out, struct arena *arena, struct diag *diag);

#endif
