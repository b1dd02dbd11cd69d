#ifndef SALESPAY_PIPELINE_PLACE_H
#define SALESPAY_PIPELINE_PLACE_H

#include <stdbool.h>

struct workplace;
struct options;
struct diag;
struct arena;

/* Holds the program's own templates and styles. */
const char *own_folder(struct arena *arena);
/* --lang, else the company's (NULL: not known), else the locale's. */
const char *language_of(const struct options *options, const char *company);
/* Finds the months, the books and the program's own templates and styles. */
bool workplace_open(struct workplace *place, struct diag *diag);

/* pipeline_lint.c: exit statuses. The policies named, each alone with its examples (company: whose pay dates, or NULL); or all of company.xml. */
struct company;
int lint_policies(const struct options *options, const struct company *company);
int lint_company(const struct workplace *place);

#endif
