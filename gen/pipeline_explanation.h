#ifndef SALESPAY_PIPELINE_EXPLANATION_H
#define SALESPAY_PIPELINE_EXPLANATION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct arena;

/*
 * What stands behind a message's code: why it matters, a bad example, what
 * the program says of it, and the mended one. Read from
 * templates/explain/CODE.xml; README.md there says how such a file is
 * written, and tests/explain_codes.py runs every example.
 */
struct explained_file {
	const char *name; /* NULL: there is none */
	const char *encoding; /* NULL: UTF-8 */
	long line; /* the text's first line is this one of the file */
	const char *text; /* NULL: no file of that name, or a folder */
	bool is_folder;
};

/* What is typed: before the message comes, or to mend what it tells of. */
struct explained_step {
	const char *command;
	bool is_shell; /* a command of the shell, not of salespay */
};

struct explanation {
	enum message id;
	const char *why; /* NULL: nothing is written of it yet, its title and help say all */
	const char *situation, *remedy; /* where no file is at fault; or NULL */
	const char *command; /* as typed, or NULL */
	struct explained_step *before, *mend;
	size_t before_count, mend_count;
	struct explained_file bad, mended;
	struct explained_file *others; /* what must stand beside the bad file */
	size_t other_count;
	bool is_shown; /* with a message as the program prints it: */
	struct place place;
	const char *arguments[11]; /* NULL behind the last */
	const char *nearest, *help;
	enum message *related;
	size_t related_count;
};

/* In that language ("zh-CN" or "en"); false with errors in diag. templates is the program's own folder of that name. */
bool explanation_read(struct explanation *explanation, const char *templates, const char *language, struct arena *arena,
	struct diag *diag);

#endif
