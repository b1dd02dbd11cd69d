#ifndef SALESPAY_PIPELINE_SEAL_H
#define SALESPAY_PIPELINE_SEAL_H

#include "books/chain.h"
#include "publish/match.h"
#include "publish/run_record.h"

struct workplace;
struct month_run;

/* Every file of a month, with its sum. */
struct month_files {
	struct book_files books; /* below RECORDS/MONTH, without the seal and the mail journal */
	struct book_files output; /* below OUTPUT/MONTH, without what mail makes there */
};

/* Is this file, below OUTPUT/MONTH, one that was published? Mail's own come and go after the seal. */
#define MAIL_PAGE "managers/mail.html"
bool month_output_counts(const char *below);
/* pipeline_match.c; all false with what is wrong in run->diag. */
bool month_files_list(struct month_run *run, struct month_files *out);
bool month_books_list(struct month_run *run, struct month_files *out); /* out->output stays empty */
/* A month that is not sealed: the published files against SHA256SUMS, the books against both that and run.xml. */
bool month_files_match(struct month_run *run, const struct run_record *record, const struct month_files *files);
/* A sealed one: both against the seal. Published files that are all gone are no difference: they can be made again. */
bool month_files_match_seal(struct month_run *run, const struct seal *seal, const struct month_files *files);
/* RECORDS/MONTH/run.xml; false if there is none. */
bool month_record(struct month_run *run, struct run_record *out);

/* pipeline_sealed.c: what becomes of sealed months while others are run and checked. */
/* Is the month one of those that run leaves alone: sealed, or before a sealed one? */
bool month_is_frozen(const struct chain *chain, int32_t month);
/* Which inputs of a sealed month are not what they were; its folder may have been put into an archive, which is no change. */
void sealed_changes(const struct workplace *place, const struct chain_month *entry, struct matches *out, struct arena *arena);
/* Warns of them for all sealed months. */
void sealed_warn(const struct workplace *place, const struct chain *chain, struct diag *diag);
/* Publishes a sealed month again where its output is gone or changed; asked: by name, which is refused if there is nothing to do. The exit status. */
int sealed_run(const struct workplace *place, const struct chain *chain, int32_t month, bool asked);

/* Exit statuses. */
int seal_month(const struct workplace *place); /* pipeline_seal.c */
int verify_months(const struct workplace *place); /* pipeline_verify.c */
int restate_month(const struct workplace *place); /* pipeline_restate.c */

#endif
