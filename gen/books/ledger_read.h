#ifndef SALESPAY_BOOKS_LEDGER_READ_H
#define SALESPAY_BOOKS_LEDGER_READ_H

#include <stdbool.h>

#include "calc/results.h"

struct diag;

/*
 * A month's figures back from its books, into results_of_books. Only what is
 * asked for is read, so that one person of ten thousand costs little.
 */
struct ledger_rows {
	const char *path;
	const char **names; /* what a row holds, by field */
	int *fields; /* by ledger column: the field from 0, -1 none */
	size_t field_count;
	long *line; /* by person; 0: not read */
};
/*
 * The person's row; columns NULL or those columns of everyone's rows too.
 * False with an error in diag if the ledger cannot be read.
 */
bool ledger_read(struct results *results, const char *path, size_t person, const bool *columns, struct ledger_rows *rows,
	struct diag *diag);
/* A line's values of the person, as lines-NAME.csv has them. */
bool lines_read(struct results *results, const struct item *line, const char *path, size_t person, struct diag *diag);

/* Who is meant by an id or a name in a ledger. */
struct ledger_person {
	const char *id, *name;
};
/* All whose id (then it is the only one) or name it is; how many. */
size_t ledger_find(const char *path, const struct table_spec *staff, const char *word, struct ledger_person **found,
	struct arena *arena, struct diag *diag);

#endif
