#ifndef SALESPAY_PIPELINE_MONTH_H
#define SALESPAY_PIPELINE_MONTH_H

#include <stdbool.h>
#include <stdint.h>

#include "books/control.h"
#include "books/outlier.h"
#include "calc/results.h"
#include "options.h"
#include "publish/run_record.h"

struct arena;
struct policy_roots;
struct text_pool;

/* Where a run reads and writes; the same for all its months. */
struct workplace {
	const struct options *options;
	const char *records;
	const char *templates, *styles; /* the program's own */
	struct arena *arena;
	const int32_t *months; /* with a folder in INPUT, or sealed; ascending */
	size_t month_count;
};

/* One month on its way through the stages; all its memory goes at once. */
struct month_run {
	const struct workplace *place;
	int32_t month;
	char name[8]; /* "2026-10" */
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
	struct company *company;
	struct rulebook *rulebook;
	struct facts *facts;
	struct facts *broken; /* in place of facts: what could be read in spite of errors, for the page of a check */
	struct results *results;
	struct earlier *earlier;
	struct outliers outliers; /* against what earlier ledgers say of each person */
	struct controls controls;
	struct run_record record;
	const char *stage; /* OUTPUT/.MONTH.new */
	const char *books; /* RECORDS/.MONTH.new */
	const char *phase; /* under way, for say_phase */
	double seconds; /* CPU when it began */
};

struct month_run *month_run_new(const struct workplace *place, int32_t month);
void month_run_free(struct month_run *run);
/* company.xml, once; it decides the language of all that is said. */
bool month_company(struct month_run *run);
/* Company and policies alone, their examples not run: run->rulebook. */
bool month_rules(struct month_run *run);
/* Company, policies with their examples, facts, results. False with errors in run->diag. */
bool month_compute(struct month_run *run);
/* What reports show of earlier months, and the mean score for the list of months. */
bool month_earlier(struct month_run *run);
/* The report's language: --lang, else company.xml's, else the locale's. */
const char *month_language(const struct month_run *run);

struct policy_roots month_policy_roots(const struct month_run *run);

/* pipeline_inputs.c: what the month was made of, into run->record. */
bool month_inputs(struct month_run *run);
/* Where a file of that list stands: in the input folder, or in the program's library. */
const char *input_path(const char *input, const char *below, struct arena *arena);
/* SHA-256 over everything the month depends on, without reading any table; into out[65]. */
bool month_fingerprint(struct month_run *run, char out[65]);

/* pipeline_status.c: is what is published made of just what is there today? Only looks. */
bool month_is_current(struct month_run *run);

/* pipeline_books.c: ledger, lines, movements and exports, staged. */
bool month_stage_books(struct month_run *run);
/* The books themselves: what was staged, copies of the inputs and run.xml, once the control totals close over all of it. */
bool month_close_books(struct month_run *run, const struct control_documents *documents);
/* The controls as far as a check can tell: no document is made. */
bool month_foresee_controls(struct month_run *run);

/* pipeline_press.c: model, pages, charts and slips, staged; then the books are closed, and what tells of it is made last. */
bool month_press(struct month_run *run);
/* The data-quality page alone, output/check/MONTH.html, from whatever stands: also of a month that cannot be computed. */
bool month_check_page(struct month_run *run);
/* compare --policy: who gains and who loses, a page of its own at path. */
struct model_comparison;
bool month_compare_page(struct month_run *run, const struct model_comparison *comparison, const char *path);
/* pipeline_index.c: output/index.html and latest, from the months that are published. */
bool months_index(const struct workplace *place, struct diag *diag);

/* pipeline.c: all that both run and check do: up to a ledger and exports, staged. */
bool month_prepare(struct month_run *run);

/* pipeline_publish.c: manifest, leak search, and the swap of both folders. */
bool month_publish(struct month_run *run);
bool month_swap_output(struct month_run *run); /* that one alone, of a sealed month */
/* What a killed run left: swaps half-done, stages, and what it had already replaced and not yet removed. */
bool month_repair(struct month_run *run);

#endif
