#ifndef SALESPAY_PIPELINE_SAY_H
#define SALESPAY_PIPELINE_SAY_H

#include <stdbool.h>

struct workplace;
struct month_run;
struct diag;
struct options;

/* All that a run says on the terminal. Messages go to stderr, results to stdout. */
/* A stage begins (NULL: the last has ended). Always true, so that it stands among the stages. */
bool say_phase(struct month_run *run, const char *phase);
/* Are colours wanted on that stream (STDOUT_FILENO …)? */
bool say_in_color(const struct options *options, int stream);
void say_messages(struct month_run *run);
void say_diag(const struct workplace *place, struct diag *diag);
int say_result(struct month_run *run); /* the exit status: 0, or 4 with people held for errors */
void say_current(struct month_run *run);
/* has_page: the path of the data-quality page is worth saying. The last line is the next command. */
void say_checked(struct month_run *run, bool has_page);

#endif
