#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "mail/receipts.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"
#include "value/date.h"

bool month_is_current(struct month_run *run)
{
	const struct workplace *place = run->place;
	struct run_record output, books;
	char fingerprint[65];

	return month_company(run) && month_inputs(run) && month_fingerprint(run, fingerprint) &&
		run_record_read(arena_printf(run->arena, "%s/%s/run.xml", place->options->output, run->name), &output,
			run->arena, run->diag) &&
		run_record_read(arena_printf(run->arena, "%s/%s/run.xml", place->records, run->name), &books, run->arena,
			run->diag) &&
		!strcmp(output.fingerprint, fingerprint) && !strcmp(books.fingerprint, fingerprint);
}

/* ---- what each month is ---- */

enum state { STATE_NEW, STATE_CHANGED, STATE_COMPUTED, STATE_SEALED, STATE_SEALED_CHANGED, STATE_SEALED_UNPUBLISHED, STATE_PASSED, STATE_COUNT };
static const struct { const char *id, *zh, *en; } states[STATE_COUNT] = {
	[STATE_NEW] = { "new", "未计算", "not computed" },
	[STATE_CHANGED] = { "changed", "已计算，但输入或选项有变", "computed, but inputs or options differ now" },
	[STATE_COMPUTED] = { "computed", "已计算，待封账", "computed, to be sealed" },
	[STATE_SEALED] = { "sealed", "已封账", "sealed" },
	[STATE_SEALED_CHANGED] = { "sealed-changed", "已封账，输入后来有变", "sealed, inputs have changed since" },
	[STATE_SEALED_UNPUBLISHED] = { "sealed-unpublished", "已封账，没有发布", "sealed, not published" },
	[STATE_PASSED] = { "passed", "早于封账的月份，不计算", "before the sealed months, passed over" },
};

struct month_status {
	int32_t month;
	enum state state;
	bool counted; /* paid, held, excluded, net are known */
	size_t paid, held, excluded;
	const char *net; /* "" where the policy pays nothing */
	const char *seal; /* who and when, or "" */
	const struct seal *by;
	bool mailing; /* there is a mail journal */
	size_t mails[MAIL_STATES];
	struct mail_receipts receipts;
};

static void take_record(struct month_status *status, const struct run_record *record)
{
	status->counted = true;
	status->paid = record->people - record->held;
	status->held = record->held;
	status->excluded = record->excluded;
	status->net = record->net ? record->net : "";
}

static void open_status(const struct workplace *place, struct month_status *status)
{
	struct month_run *run = month_run_new(place, status->month);
	struct run_record record;

	status->state = STATE_NEW;
	if (month_record(run, &record)) {
		take_record(status, &record);
		status->net = arena_strdup(place->arena, status->net);
		status->state = month_is_current(run) ? STATE_COMPUTED : STATE_CHANGED;
	}
	month_run_free(run);
}

static void sealed_status(const struct workplace *place, const struct chain_month *entry, struct month_status *status)
{
	const struct seal *seal = entry->seal;
	struct matches changes = { NULL, 0, 0 };
	char name[8], day[11];

	sealed_changes(place, entry, &changes, place->arena);
	status->state = changes.count ? STATE_SEALED_CHANGED :
		file_exists(arena_printf(place->arena, "%s/%s/run.xml", place->options->output, month_format(status->month, name))) ?
		STATE_SEALED : STATE_SEALED_UNPUBLISHED;
	status->counted = true;
	status->paid = seal->paid;
	status->held = seal->held;
	status->excluded = seal->excluded;
	status->net = seal->net;
	status->by = seal;
	status->seal = arena_printf(place->arena, "%s / %s  %s", seal->made_by, seal->approved_by, date_format(seal->date, day));
}

/* What the journal says, and who has confirmed or objected; what is wrong with either is said. */
static void mail_status(const struct workplace *place, struct month_status *status, struct text_pool *pool, struct diag *diag)
{
	struct mail_standings standings;
	struct receipts_source source = { arena_printf(place->arena, "%s/" RECEIPTS_FILE, place->options->input), status->month, &standings,
		place->arena, pool, diag };

	if (!status->by || !mail_journal_states(place->records, status->month, &standings, place->arena, diag) || !standings.count)
		return;
	status->mailing = true;
	for (size_t i = 0; i < standings.count; i++)
		status->mails[standings.rows[i].state]++;
	mail_receipts_read(&source, &status->receipts);
}

static struct month_status status_of(const struct workplace *place, const struct chain *chain, int32_t month)
{
	const struct chain_month *entry = chain_find(chain, month);
	struct month_status status = { .month = month, .state = STATE_PASSED, .net = "", .seal = "" };

	if (entry && entry->seal)
		sealed_status(place, entry, &status);
	else if (!month_is_frozen(chain, month))
		open_status(place, &status);
	return status;
}

/* Months with a folder and months with books alone (put into an archive), ascending. */
static struct month_status *all_months(const struct workplace *place, const struct chain *chain, size_t *count)
{
	struct month_status *all = arena_array(place->arena, place->month_count + chain->count + 1, sizeof(*all));
	size_t folder = 0, book = 0;

	*count = 0;
	while (folder < place->month_count || book < chain->count) {
		int32_t a = folder < place->month_count ? place->months[folder] : INT32_MAX;
		int32_t b = book < chain->count ? chain->months[book].month : INT32_MAX;

		all[(*count)++] = status_of(place, chain, a < b ? a : b);
		folder += a <= b;
		book += b <= a;
	}
	return all;
}

/* ---- what to type next ---- */

static const struct month_status *first_in(const struct month_status *all, size_t count, enum state state)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].state == state)
			return &all[i];
	return NULL;
}

static size_t to_send(const struct month_status *status)
{
	return status->mails[MAIL_QUEUED] + status->mails[MAIL_SENDING] + status->mails[MAIL_TEMPORARY];
}

/* Has company.xml a mail server? */
static bool can_send(const struct workplace *place, int32_t month)
{
	struct month_run *run = month_run_new(place, month);
	bool found = false;

	if (month_company(run))
		for (size_t i = 0; i < run->company->mail_count; i++)
			found = found || !strcmp(run->company->mail_names[i], "host");
	month_run_free(run);
	return found;
}

/* The oldest month of which something is left to send; the newest sealed one if nothing of it was; NULL if there is none. */
static const char *next_mail(const struct workplace *place, const struct month_status *all, size_t count, const char *again)
{
	const struct month_status *newest = NULL;
	char name[8];

	for (size_t i = 0; i < count; i++) {
		if (to_send(&all[i]))
			return arena_printf(place->arena, "salespay mail %s --send%s", month_format(all[i].month, name), again);
		if (all[i].mails[MAIL_UNCERTAIN])
			return arena_printf(place->arena, "salespay mail %s --send --retry-uncertain --only ID,…%s", month_format(all[i].month, name), again);
		newest = all[i].by ? &all[i] : newest;
	}
	if (!newest || newest->mailing || !can_send(place, newest->month))
		return NULL;
	return arena_printf(place->arena, "salespay mail %s --send%s", month_format(newest->month, name), again);
}

/* Run looks after changed months before a new one; review and seal come last. The words before the command, if any, in *before. */
static const char *next_command(const struct workplace *place, const struct month_status *all, size_t count, const char **before)
{
	bool chinese = !strcmp(language_of(place->options), "zh-CN");
	const struct month_status *run = first_in(all, count, STATE_NEW), *seal = first_in(all, count, STATE_COMPUTED);
	const char *again = options_again(place), *mail;
	char name[8];

	*before = "";
	if (!run)
		run = first_in(all, count, STATE_CHANGED);
	if (!run && !seal)
		run = first_in(all, count, STATE_SEALED_UNPUBLISHED);
	if (run)
		return arena_printf(place->arena, "salespay run %s%s", month_format(run->month, name), again);
	if (seal) {
		month_format(seal->month, name);
		*before = arena_printf(place->arena, chinese ? "核对 %s/%s/managers/company/quality.html，然后 " :
			"review %s/%s/managers/company/quality.html, then ", place->options->output, name);
		return arena_printf(place->arena, chinese ? "salespay seal %s --by 编制人 --approved-by 批准人%s" :
			"salespay seal %s --by NAME --approved-by ANOTHER%s", name, again);
	}
	mail = next_mail(place, all, count, again);
	if (mail || !count)
		return mail;
	month_format(all[count - 1].month + 1, name);
	*before = arena_printf(place->arena, chinese ? "把下月的导出文件放进 %s/%s，然后 " : "put the next month's exports into %s/%s, then ",
		place->options->input, name);
	return arena_printf(place->arena, "salespay check %s%s", name, again);
}

/* ---- as a table ---- */

#define COLUMNS 8
#define MAILED 6 /* shown once something was mailed */

static void set_cells(const struct workplace *place, const struct month_status *status, bool chinese, const char *cells[COLUMNS])
{
	struct arena *arena = place->arena;
	char name[8];

	cells[0] = arena_strdup(arena, month_format(status->month, name));
	cells[1] = chinese ? states[status->state].zh : states[status->state].en;
	cells[2] = status->counted ? arena_printf(arena, "%zu", status->paid) : "";
	cells[3] = status->counted ? arena_printf(arena, "%zu", status->held) : "";
	cells[4] = status->counted ? arena_printf(arena, "%zu", status->excluded) : "";
	cells[5] = status->net;
	cells[MAILED] = status->mailing ? arena_printf(arena, "%zu/%zu", status->mails[MAIL_ACCEPTED], status->paid) : "";
	cells[7] = status->seal;
}

/* What of the mailing is not as it should be, a line a month. */
static void print_mailing(const struct month_status *status, bool chinese)
{
	const struct mail_receipts *receipts = &status->receipts;
	char name[8];

	if (!status->mailing || !(to_send(status) + status->mails[MAIL_PERMANENT] + status->mails[MAIL_UNCERTAIN] + receipts->count))
		return;
	printf(chinese ? "%s  工资条：已交服务器 %zu，待发 %zu，拒收 %zu，不确定 %zu；本人确认 %zu，异议 %zu\n" :
		"%s  slips: %zu with the server, %zu to send, %zu refused, %zu uncertain; %zu confirmed, %zu objected\n",
		month_format(status->month, name), status->mails[MAIL_ACCEPTED], to_send(status), status->mails[MAIL_PERMANENT],
		status->mails[MAIL_UNCERTAIN], receipts->confirmed, receipts->objected);
}

static void print_cell(const char *text, size_t width, bool right, bool last)
{
	int blanks = (int)(width - text_width_n(text, strlen(text)));

	if (right)
		printf("%*s%s", blanks, "", text);
	else if (last)
		printf("%s", text);
	else
		printf("%s%*s", text, blanks, "");
}

static void print_table(const struct workplace *place, const struct month_status *all, size_t count, bool chinese)
{
	static const char *const heads[][COLUMNS] = { { "month", "state", "paid", "held", "excluded", "net pay", "mailed", "made by / approved by" },
		{ "月份", "状态", "发放", "暂缓", "不计", "实发合计", "已发送", "编制 / 批准" } };
	const char *(*rows)[COLUMNS] = arena_array(place->arena, count + 1, sizeof(*rows));
	size_t widths[COLUMNS] = { 0 };
	bool mailing = false;

	memcpy(rows[0], heads[chinese], sizeof(rows[0]));
	for (size_t i = 0; i < count; i++) {
		set_cells(place, &all[i], chinese, rows[i + 1]);
		mailing = mailing || all[i].mailing;
	}
	for (size_t i = 0; i <= count; i++)
		for (size_t c = 0; c < COLUMNS; c++) {
			size_t width = text_width_n(rows[i][c], strlen(rows[i][c]));

			widths[c] = width > widths[c] ? width : widths[c];
		}
	for (size_t i = 0; i <= count; i++)
		for (size_t c = 0; c < COLUMNS; c++) {
			size_t end = COLUMNS; /* no blanks behind the last that says anything */

			while (end > 1 && !*rows[i][end - 1])
				end--;
			if (c >= end)
				break;
			if (c == MAILED && !mailing)
				continue;
			print_cell(rows[i][c], widths[c], c >= 2 && c <= MAILED, c + 1 == end);
			printf("%s", c + 1 == end ? "\n" : "  ");
		}
}

/* ---- as JSON ---- */

static void print_member(const char *name, const char *text)
{
	printf(", \"%s\": ", name);
	json_print_text(stdout, text && *text ? text : NULL);
}

static void print_json(const struct month_status *status)
{
	char name[8], day[11];

	printf("{\"month\": \"%s\"", month_format(status->month, name));
	print_member("state", states[status->state].id);
	if (status->counted)
		printf(", \"paid\": %zu, \"held\": %zu, \"excluded\": %zu", status->paid, status->held, status->excluded);
	print_member("net", status->net);
	print_member("made_by", status->by ? status->by->made_by : NULL);
	print_member("approved_by", status->by ? status->by->approved_by : NULL);
	print_member("sealed_on", status->by ? date_format(status->by->date, day) : NULL);
	if (status->mailing)
		printf(", \"mailed\": %zu, \"to_send\": %zu, \"refused\": %zu, \"uncertain\": %zu, \"confirmed\": %zu, \"objected\": %zu",
			status->mails[MAIL_ACCEPTED], to_send(status), status->mails[MAIL_PERMANENT], status->mails[MAIL_UNCERTAIN],
			status->receipts.confirmed, status->receipts.objected);
	printf("}\n");
}

int status_of_months(const struct workplace *place)
{
	bool chinese = !strcmp(language_of(place->options), "zh-CN"), json = place->options->format == DIAG_JSON;
	struct diag *diag = diag_new(place->arena);
	struct text_pool *pool = text_pool_new();
	struct chain chain = { NULL, NULL, 0, { NULL, 0, 0 } };
	const char *before, *next;
	struct month_status *all;
	size_t count;
	int status;

	diag_set_language(diag, language_of(place->options));
	if (chain_sound(&chain, place->records, place->arena, diag))
		sealed_warn(place, &chain, diag);
	all = all_months(place, &chain, &count);
	for (size_t i = 0; i < count; i++)
		mail_status(place, &all[i], pool, diag);
	next = next_command(place, all, count, &before);
	for (size_t i = 0; json && i < count; i++)
		print_json(&all[i]);
	if (!json && count)
		print_table(place, all, count, chinese);
	for (size_t i = 0; !json && i < count; i++)
		print_mailing(&all[i], chinese);
	if (!json && next)
		printf(chinese ? "\n下一步：%s%s\n" : "\nnext: %s%s\n", before, next);
	fflush(stdout);
	status = diag_status(diag);
	say_diag(place, diag);
	diag_free(diag);
	text_pool_free(pool);
	return status;
}
