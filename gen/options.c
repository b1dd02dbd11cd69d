#include "options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/work.h"
#include "value/date.h"

const char salespay_version[] = "salespay 0.1";

static const struct command_row {
	const char *name, *operand, *help;
	enum command command;
} commands[] = {
	{ "init", "DIR", "a commented starter company that runs as it is", COMMAND_INIT },
	{ "run", "[MONTH]", "compute and publish; without MONTH every month that is not sealed, oldest first", COMMAND_RUN },
	{ "check", "[MONTH]", "everything run checks; publishes nothing, writes output/check/MONTH.html", COMMAND_CHECK },
	{ "status", "", "every month's state and the next command to type", COMMAND_STATUS },
	{ "seal", "MONTH", "freeze a reviewed month: --by NAME --approved-by ANOTHER", COMMAND_SEAL },
	{ "restate", "MONTH", "a sealed month by today's inputs: what remains to pay or recover, as CSV", COMMAND_RESTATE },
	{ "compare", "MONTH", "the month under another policy: --policy FILE; or its ledger with a spreadsheet: --against FILE.csv", COMMAND_COMPARE },
	{ "verify", "[MONTH]", "do books, seals, their chain and the published files still match", COMMAND_VERIFY },
	{ "mail", "MONTH", "a sealed month's slips, encrypted, as messages in output/MONTH/outbox; --send sends them", COMMAND_MAIL },
	{ "lint", "[POLICY…]", "the policies alone: examples, unused names, unreachable tiers, jumps and what is at stake", COMMAND_LINT },
	{ "explain", "MONTH WHO", "how the figures came about; behind it FIGURE [KEY] for one of them. WHO: an id or a name", COMMAND_EXPLAIN },
	{ "explain", "[CODE…]", "a message at length, with a wrong and a mended example; without CODE the list of all", COMMAND_EXPLAIN },
	{ "help", "", "this text", COMMAND_HELP },
};
#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

enum option { OPTION_INPUT, OPTION_OUTPUT, OPTION_RECORDS, OPTION_JOBS, OPTION_FORMAT, OPTION_LANG, OPTION_COLOR,
	OPTION_PROGRESS, OPTION_HOLD, OPTION_BY, OPTION_APPROVED_BY, OPTION_DATE,
	OPTION_POLICY, OPTION_SCHEME, OPTION_AGAINST, OPTION_MAP, OPTION_FAIL_ON_CHANGE,
	OPTION_SEND, OPTION_CONFIRM, OPTION_ONLY, OPTION_TEST_TO, OPTION_DRY_RUN, OPTION_RATE, OPTION_RETRY_UNCERTAIN, OPTION_MAKE_SECRETS,
	OPTION_QUIET, OPTION_VERBOSE, OPTION_HELP, OPTION_VERSION };

static const struct option_row {
	enum option option;
	char letter; /* 0: none */
	const char *name, *argument, *help;
} rows[] = {
	{ OPTION_INPUT, 'i', "input", "DIR", "the company's folder (default input)" },
	{ OPTION_OUTPUT, 'o', "output", "DIR", "where results are published (default output)" },
	{ OPTION_RECORDS, 0, "records", "DIR", "the books (default INPUT/records)" },
	{ OPTION_JOBS, 'j', "jobs", "N", "worker processes (default: all cores)" },
	{ OPTION_FORMAT, 0, "format", "text|json", "form of messages (default text); compare: csv too" },
	{ OPTION_LANG, 0, "lang", "zh-CN|en", "language of messages and report (default: company.xml's, then the locale's)" },
	{ OPTION_COLOR, 0, "color", "auto|always|never", "colours; NO_COLOR is heeded" },
	{ OPTION_PROGRESS, 0, "progress", "auto|always|never", "tell each phase" },
	{ OPTION_HOLD, 0, "hold", NULL, "run: people with errors are held, the others go on" },
	{ OPTION_BY, 0, "by", "NAME", "seal: who made the month" },
	{ OPTION_APPROVED_BY, 0, "approved-by", "NAME", "seal: who approved it, somebody else" },
	{ OPTION_DATE, 0, "date", "YYYY-MM-DD", "seal, mail: when (default: today)" },
	{ OPTION_POLICY, 0, "policy", "FILE", "compare: under this policy, who gains and who loses" },
	{ OPTION_SCHEME, 0, "scheme", "NAME", "compare: the scheme that --policy stands in for (default: that of its id, or the only one)" },
	{ OPTION_AGAINST, 0, "against", "FILE.csv", "compare: with this spreadsheet, by person and column" },
	{ OPTION_MAP, 0, "map", "MAP.csv", "compare: which column is which figure (column,figure)" },
	{ OPTION_FAIL_ON_CHANGE, 0, "fail-on-change", NULL, "compare: exit status 4 if anything differs" },
	{ OPTION_SEND, 0, "send", NULL, "mail: send them, after a question; what was accepted before is not sent again" },
	{ OPTION_CONFIRM, 0, "confirm", "'MONTH COUNT'", "mail: the answer to that question, for scripts" },
	{ OPTION_ONLY, 0, "only", "ID[,ID]", "mail: only these people" },
	{ OPTION_TEST_TO, 0, "test-to", "ADDRESS", "mail: all messages to this address; they do not count as sent" },
	{ OPTION_DRY_RUN, 0, "dry-run", NULL, "mail: only check, and say what would be done" },
	{ OPTION_RATE, 0, "rate", "N", "mail: at most N messages a minute (default: company.xml's)" },
	{ OPTION_RETRY_UNCERTAIN, 0, "retry-uncertain", NULL, "mail: also those of whom nobody knows whether the server took them" },
	{ OPTION_MAKE_SECRETS, 0, "make-secrets", NULL, "mail: make a password for each person who has none" },
	{ OPTION_QUIET, 'q', "quiet", NULL, "errors only" },
	{ OPTION_VERBOSE, 'v', "verbose", NULL, "tell what each stage costs; explain: list all" },
	{ OPTION_HELP, 'h', "help", NULL, "this text" },
	{ OPTION_VERSION, 0, "version", NULL, "the version" },
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

void options_help(void)
{
	printf("usage: salespay COMMAND [MONTH] [OPTIONS]        MONTH is YYYY-MM\n\ncommands:\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		const char *operand = commands[i].operand;

		printf("  %-7s %s%*s %s\n", commands[i].name, operand, 10 - (int)text_length(operand), "", commands[i].help);
	}
	printf("\noptions:\n");
	for (size_t i = 0; i < ROW_COUNT; i++) {
		char left[64];

		snprintf(left, sizeof(left), "%c%c%s--%s%s%s", rows[i].letter ? '-' : ' ', rows[i].letter ? rows[i].letter : ' ',
			rows[i].letter ? ", " : "  ", rows[i].name, rows[i].argument ? " " : "",
			rows[i].argument ? rows[i].argument : "");
		printf("  %-34s %s\n", left, rows[i].help);
	}
	printf("\nexit status: 0 done; 1 input or policy is wrong, nothing published; 2 usage; 3 the system failed;\n"
		"             4 done or refused, with a difference to look at: people held, books or figures that do not match\n");
}

static bool usage(const char *what, const char *value, const char *nearest)
{
	fprintf(stderr, "salespay: %s '%s'", what, value);
	if (nearest)
		fprintf(stderr, "; did you mean '%s'?", nearest);
	fprintf(stderr, "\nsalespay help lists commands and options\n");
	return false;
}

static bool choose(const char *value, const char *const *choices, size_t count, int *out, const char *what)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(value, choices[i])) {
			*out = (int)i;
			return true;
		}
	return usage(what, value, text_nearest(value, choices, count));
}

static bool choose_when(const char *value, enum when *out, const char *what)
{
	static const char *const whens[] = { "auto", "always", "never" };
	int chosen = 0;

	if (!choose(value, whens, 3, &chosen, what))
		return false;
	*out = (enum when)chosen;
	return true;
}

static bool set_number(int *out, const char *value, long greatest, const char *what)
{
	char *end;
	long number = strtol(value, &end, 10);

	if (*end || end == value || number < 1 || number > greatest)
		return usage(what, value, NULL);
	*out = (int)number;
	return true;
}

/* A name of a person, as it will stand in the seal: one line, not blank. */
static bool set_name(const char **out, const char *value, const char *what)
{
	size_t length = strlen(value);
	const char *trimmed = text_valid(value, length) ? text_trim(value, &length) : "";

	if (!*trimmed || !length)
		return usage(what, value, NULL);
	for (const char *at = trimmed; at < trimmed + length; at++)
		if ((unsigned char)*at < ' ')
			return usage(what, value, NULL);
	*out = value;
	return true;
}

static bool set_option(struct options *options, enum option option, const char *value)
{
	static const char *const formats[] = { "text", "json", "csv" }, *const languages[] = { "zh-CN", "en" };
	int chosen = 0;

	switch (option) {
	case OPTION_INPUT:
		options->input = value;
		return true;
	case OPTION_OUTPUT:
		options->output = value;
		return true;
	case OPTION_RECORDS:
		options->records = value;
		return true;
	case OPTION_JOBS:
		return set_number(&options->jobs, value, 1024, "--jobs wants a number from 1 to 1024, not");
	case OPTION_FORMAT:
		if (!choose(value, formats, 3, &chosen, "unknown format"))
			return false;
		options->format = chosen == 1 ? DIAG_JSON : DIAG_TEXT;
		options->csv = chosen == 2;
		return true;
	case OPTION_LANG:
		if (!choose(value, languages, 2, &chosen, "unknown language"))
			return false;
		options->language = languages[chosen];
		return true;
	case OPTION_COLOR:
		return choose_when(value, &options->color, "unknown --color");
	case OPTION_PROGRESS:
		return choose_when(value, &options->progress, "unknown --progress");
	case OPTION_HOLD:
		options->hold = true;
		return true;
	case OPTION_BY:
		return set_name(&options->made_by, value, "--by wants a name, not");
	case OPTION_APPROVED_BY:
		return set_name(&options->approved_by, value, "--approved-by wants a name, not");
	case OPTION_DATE:
		return date_parse(value, strlen(value), &options->date) || usage("a date is written like 2026-11-05, not", value, NULL);
	case OPTION_POLICY:
		options->policy = value;
		return true;
	case OPTION_SCHEME:
		options->scheme = value;
		return true;
	case OPTION_AGAINST:
		options->against = value;
		return true;
	case OPTION_MAP:
		options->map = value;
		return true;
	case OPTION_FAIL_ON_CHANGE:
		options->fail_on_change = true;
		return true;
	case OPTION_SEND:
		options->send = true;
		return true;
	case OPTION_CONFIRM:
		options->confirm = value;
		return true;
	case OPTION_ONLY:
		options->only = value;
		return true;
	case OPTION_TEST_TO:
		options->test_to = value;
		return true;
	case OPTION_DRY_RUN:
		options->dry_run = true;
		return true;
	case OPTION_RATE:
		return set_number(&options->rate, value, 100000, "--rate wants a number from 1 to 100000, not");
	case OPTION_RETRY_UNCERTAIN:
		options->retry_uncertain = true;
		return true;
	case OPTION_MAKE_SECRETS:
		options->make_secrets = true;
		return true;
	case OPTION_QUIET:
		options->quiet = true;
		return true;
	case OPTION_VERBOSE:
		options->verbose = true;
		return true;
	case OPTION_HELP:
		options->command = COMMAND_HELP;
		return true;
	case OPTION_VERSION:
		options->command = COMMAND_VERSION;
		return true;
	}
	return false;
}

static const struct option_row *find_row(const char *argument, const char **value)
{
	size_t length = strcspn(argument, "=");

	*value = NULL;
	for (size_t i = 0; i < ROW_COUNT; i++) {
		if (argument[0] == '-' && argument[1] == '-' && strlen(rows[i].name) == length - 2 &&
			!strncmp(argument + 2, rows[i].name, length - 2)) {
			*value = argument[length] ? argument + length + 1 : NULL;
			return &rows[i];
		}
		if (argument[1] == rows[i].letter && rows[i].letter && argument[1] != '-') {
			*value = argument[2] ? argument + 2 : NULL;
			return !*value || rows[i].argument ? &rows[i] : NULL;
		}
	}
	return NULL;
}

static const char *nearest_option(const char *argument)
{
	const char *names[ROW_COUNT];

	for (size_t i = 0; i < ROW_COUNT; i++)
		names[i] = rows[i].name;
	return argument[1] == '-' ? text_nearest(argument + 2, names, ROW_COUNT) : NULL;
}

/* Takes the option at argv[*i], and its argument from the next word if need be. */
static bool take_option(struct options *options, int argc, char **argv, int *i)
{
	const char *value;
	const struct option_row *row = find_row(argv[*i], &value);

	if (!row)
		return usage("unknown option", argv[*i], nearest_option(argv[*i]));
	if (!row->argument && value)
		return usage("this option takes no argument:", argv[*i], NULL);
	if (row->argument && !value) {
		if (*i + 1 >= argc)
			return usage("this option wants an argument:", argv[*i], NULL);
		value = argv[++*i];
	}
	return set_option(options, row->option, value ? value : "");
}

static bool take_command(struct options *options, const char *word)
{
	const char *names[COMMAND_COUNT];

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		names[i] = commands[i].name;
		if (!strcmp(word, commands[i].name)) {
			options->command = commands[i].command;
			return true;
		}
	}
	return usage("unknown command", word, text_nearest(word, names, COMMAND_COUNT));
}

/* Operands stand one behind the other, so the first and their number say all. */
static bool keep_operand(struct options *options, char **operand)
{
	if (!options->operand_count++)
		options->operands = operand;
	return true;
}

static bool take_explained(struct options *options, char **operand)
{
	enum message id;

	if (options->month != INT32_MIN) /* of a figure */
		return options->operand_count < 4 ? keep_operand(options, operand) : usage("unexpected argument", *operand, NULL);
	if (!options->operand_count && month_parse(*operand, strlen(*operand), &options->month))
		return keep_operand(options, operand);
	if (message_find(*operand, &id))
		return keep_operand(options, operand);
	return usage("no message has the code", *operand, message_nearest(*operand));
}

static bool take_operand(struct options *options, char **operand)
{
	if (options->command == COMMAND_EXPLAIN)
		return take_explained(options, operand);
	if (options->command == COMMAND_LINT)
		return keep_operand(options, operand);
	if (options->command == COMMAND_INIT) {
		options->operands = operand;
		return !options->operand_count++ || usage("one folder at a time; unexpected", *operand, NULL);
	}
	if (options->command == COMMAND_STATUS || options->command == COMMAND_HELP)
		return usage("unexpected argument", *operand, NULL);
	if (options->month != INT32_MIN)
		return usage("one month at a time; unexpected", *operand, NULL);
	if (!month_parse(*operand, strlen(*operand), &options->month))
		return usage("a month is written like 2026-10, not", *operand, NULL);
	return true;
}

/* What a command cannot do without. */
static bool is_complete(const struct options *options, bool has_command, const char *program)
{
	static const char seal[] = "salespay seal 2026-10 --by NAME --approved-by ANOTHER";

	if (options->command == COMMAND_INIT && !options->operand_count)
		return usage("init wants the folder to make, as in", "salespay init acme", NULL);
	if (options->command == COMMAND_SEAL && (options->month == INT32_MIN || !options->made_by || !options->approved_by))
		return usage("seal wants a month and two names, as in", seal, NULL);
	if (options->command == COMMAND_RESTATE && options->month == INT32_MIN)
		return usage("restate wants a sealed month, as in", "salespay restate 2026-10", NULL);
	if (options->command == COMMAND_COMPARE && (options->month == INT32_MIN || !options->against == !options->policy))
		return usage("compare wants a month and one of --policy and --against, as in",
			"salespay compare 2026-10 --policy policies/draft.xml", NULL);
	if (options->command == COMMAND_MAIL && options->month == INT32_MIN)
		return usage("mail wants a sealed month, as in", "salespay mail 2026-10", NULL);
	if (options->csv && options->command != COMMAND_COMPARE)
		return usage("only compare has the format", "csv", NULL);
	if (options->command == COMMAND_EXPLAIN && options->month != INT32_MIN && options->operand_count < 2)
		return usage("explain wants a person's id or name behind the month, as in", "salespay explain 2026-10 E0001", NULL);
	if (!has_command && options->command != COMMAND_HELP)
		return usage("no command given", program, NULL);
	return true;
}

bool options_parse(struct options *options, int argc, char **argv)
{
	bool has_command = false, only_operands = false;
	int kept = 1; /* operands are moved to the front, behind the command */

	*options = (struct options){ .command = COMMAND_HELP, .month = INT32_MIN, .date = INT32_MIN, .input = "input", .output = "output",
		.jobs = work_cores() };
	for (int i = 1; i < argc; i++) {
		bool ok;

		if (!only_operands && !strcmp(argv[i], "--")) {
			only_operands = true;
			continue;
		}
		if (!only_operands && argv[i][0] == '-' && argv[i][1]) {
			ok = take_option(options, argc, argv, &i);
		} else if (!has_command) {
			has_command = true;
			ok = take_command(options, argv[i]);
		} else {
			argv[kept] = argv[i];
			ok = take_operand(options, &argv[kept++]);
		}
		if (!ok)
			return false;
		if (options->command == COMMAND_VERSION)
			return true;
	}
	if (!is_complete(options, has_command, argv[0]))
		return false;
	if (!has_command && argc == 1) {
		options_help();
		return false;
	}
	return true;
}
