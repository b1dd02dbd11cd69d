#ifndef SALESPAY_OPTIONS_H
#define SALESPAY_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"

/*
 * argv to what to do. Commands and options stand in one table each; the help
 * is made from them.
 */
enum command { COMMAND_INIT, COMMAND_RUN, COMMAND_CHECK, COMMAND_STATUS, COMMAND_SEAL, COMMAND_VERIFY, COMMAND_RESTATE,
	COMMAND_COMPARE, COMMAND_LINT, COMMAND_MAIL, COMMAND_EXPLAIN, COMMAND_HELP, COMMAND_VERSION };
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct options {
	enum command command;
	int32_t month; /* INT32_MIN: not given */
	char **operands; /* lint: policies; init: the folder; explain: codes of messages */
	int operand_count;
	const char *input, *output, *records; /* records NULL: INPUT/records */
	int jobs;
	const char *language; /* NULL: company.xml's, then the locale's */
	enum diag_format format;
	enum when color, progress;
	const char *made_by, *approved_by; /* seal */
	int32_t date; /* of the seal, of mails; INT32_MIN: today */
	const char *policy, *scheme, *against, *map; /* compare */
	const char *test_to, *only, *confirm; /* mail: an address; ids with commas between; what would be typed at the question */
	int rate; /* mail: messages a minute; 0: company.xml's */
	bool send, dry_run, retry_uncertain, make_secrets; /* mail */
	bool csv; /* --format csv: results as CSV, messages as text */
	bool quiet, verbose, hold, fail_on_change;
};

/* False (and a line on stderr): exit with status 2. */
bool options_parse(struct options *options, int argc, char **argv);
void options_help(void);

extern const char salespay_version[]; /* "salespay 0.1" */

#endif
