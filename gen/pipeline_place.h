#ifndef SALESPAY_PIPELINE_PLACE_H
#define SALESPAY_PIPELINE_PLACE_H

#include <stdbool.h>
#include <stdint.h>

struct workplace;
struct options;
struct diag;
struct arena;
struct lock;

/* Holds the program's own templates and styles. */
const char *own_folder(struct arena *arena);
struct policy_roots;
/* The company's policies folder, with the library that comes with the program. */
struct policy_roots policy_roots_of(const char *policies, struct arena *arena);
/* --lang, else company.xml's, else the locale's: before or without company_read(). */
const char *language_of(const struct options *options);
/* As a word of the command line. */
const char *shell_word(const char *name, struct arena *arena);
/* The options that say where, as typed again: " -i acme -o acme-output", or nothing. */
const char *options_again(const struct workplace *place);
/* Has INPUT the month's folder? */
bool month_has_folder(const struct workplace *place, int32_t month);
/* Finds the months, the books and the program's own templates and styles. */
bool workplace_open(struct workplace *place, struct diag *diag);

/*
 * For commands that write: books, then output, each locked against a second one
 * (base/lock.h), and what a kill left half-done in the list of seals mended.
 * False with an error; workplace_unlock is due either way.
 */
struct workplace_locks {
	struct lock *books, *output;
};
bool workplace_lock(const struct workplace *place, struct workplace_locks *locks, struct diag *diag);
void workplace_unlock(struct workplace_locks *locks);

/* pipeline_status.c: every month's state and the next command to type; the exit status. */
int status_of_months(const struct workplace *place);

/* pipeline_lint.c: exit statuses. The policies named, each alone with its examples (company: whose pay dates, or NULL); or all of company.xml. */
struct company;
int lint_policies(const struct options *options, const struct company *company);
int lint_company(const struct workplace *place);

#endif
