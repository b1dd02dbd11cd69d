#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "books/restate.h"
#include "pipeline_corrections.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"
#include "table/sheet.h"
#include "value/date.h"

/* salespay restate: a sealed month by today's inputs, against its ledger and the corrections that later months have. Writes no file. */
struct restating {
	const struct workplace *place;
	struct month_run *run; /* the month, by today's inputs */
	struct month_run *then, *later; /* by the copies in its books; the first open month */
	struct chain chain;
	const struct chain_month *entry;
	struct correction *corrections; size_t correction_count, correction_room;
	struct restatement result;
	const struct table_spec *table; /* the corrections of the first open month, where the rows are to go; NULL if it has none */
};

static bool is_chinese(const struct restating *restating)
{
	return !strcmp(month_language(restating->run), "zh-CN");
}

static void add_correction(struct restating *restating, const char *id, const char *figure, struct decimal amount)
{
	struct arena *arena = restating->run->arena;

	if (restating->correction_count == restating->correction_room) {
		restating->correction_room = restating->correction_room ? restating->correction_room * 2 : 64;
		restating->corrections = arena_grow(arena, restating->corrections, restating->correction_count,
			restating->correction_room, sizeof(*restating->corrections));
	}
	restating->corrections[restating->correction_count++] = (struct correction){ arena_strdup(arena, id),
		arena_strdup(arena, figure), amount };
}

static void take_row(void *context, const struct correction_row *row)
{
	struct restating *restating = context;

	if (row->month == restating->run->month)
		add_correction(restating, row->id, row->figure, row->amount);
}

static bool read_later(struct restating *restating)
{
	for (size_t i = 0; i < restating->place->month_count; i++) {
		int32_t month = restating->place->months[i];
		const struct chain_month *entry = chain_find(&restating->chain, month);

		const struct corrections_of of = { restating->place, month, entry && entry->sealed, false };

		if (month > restating->run->month && !corrections_visit(&of, take_row, restating))
			return false;
	}
	return true;
}

/* The form of the rows is that of the month that will pay them. */
static bool find_table(struct restating *restating)
{
	struct month_run *run = restating->later = month_run_new(restating->place, chain_last(&restating->chain)->month + 1);
	bool ok = month_rules(run);

	for (size_t i = 0; ok && !restating->table && i < run->rulebook->table_count; i++)
		if (run->rulebook->tables[i]->role == TABLE_CORRECTIONS)
			restating->table = run->rulebook->tables[i];
	if (!ok)
		say_messages(run);
	return ok;
}

static bool compare(struct restating *restating)
{
	struct month_run *run = restating->run, *sealed = restating->then = month_run_of_books(restating->place, run->month, run->arena);
	struct restate_input input = { .results = run->results, .corrections = restating->corrections,
		.correction_count = restating->correction_count };
	struct run_record record;
	bool ok = month_record(run, &record) && month_rules(sealed);

	input.ledger = csv_sheet_read(arena_printf(run->arena, "%s/%s/ledger.csv", run->place->records, run->name), run->arena,
		run->diag);
	if (ok && input.ledger) {
		input.sealed = sealed->rulebook;
		input.held = record.held_ids;
		input.held_count = record.held;
		restate(&input, &restating->result, run->arena);
	}
	if (!ok)
		say_messages(sealed);
	return ok && input.ledger;
}

/* ---- rows on standard output ---- */

/* Two decimals; an amount that a clerk corrected by less than a fen in full. */
static const char *money(struct decimal value, char room[DECIMAL_TEXT])
{
	return decimal_is_integer(decimal_multiply(value, decimal_from_int(100))) ? decimal_format_places(value, 2, room) :
		decimal_format(value, room);
}

enum row_column { COLUMN_PERSON, COLUMN_MONTH_OF, COLUMN_FIGURE, COLUMN_AMOUNT_OF, COLUMN_NAME, COLUMN_DUE, COLUMN_PAID,
	COLUMN_CORRECTED, COLUMN_WHY, ROW_COLUMNS };

static const char *why(const struct restating *restating, const struct restated *row)
{
	static const char *const words[][2] = { [RESTATED_CHANGED] = { "changed", "重算" },
		[RESTATED_RELEASED] = { "released", "暂缓解除" }, [RESTATED_ADDED] = { "added", "新增" },
		[RESTATED_GONE] = { "gone", "不再计发" } };

	return words[row->why][is_chinese(restating)];
}

/* The four that the table must have bear its own names, so that the file fits as it is; it passes the others over. */
static void print_header(const struct restating *restating, struct text_buffer *out)
{
	static const char *const words[][2] = { { "id", "工号" }, { "month", "月份" }, { "figure", "项目" }, { "amount", "金额" },
		{ "name", "姓名" }, { "due", "应计" }, { "paid", "已付" }, { "corrected", "已更正" }, { "reason", "原因" } };
	static const enum column_role roles[] = { ROLE_PERSON, ROLE_MONTH, ROLE_FIGURE, ROLE_AMOUNT };

	for (size_t i = 0; i < ROW_COLUMNS; i++) {
		const struct column *column = restating->table && i <= COLUMN_AMOUNT_OF ?
			table_spec_role(restating->table, roles[i]) : NULL;

		csv_put_field(out, column ? column->name : words[i][is_chinese(restating)], !i);
	}
	text_buffer_putc(out, '\n');
}

static void print_row(const struct restating *restating, const struct restated *row, struct text_buffer *out)
{
	char remains[DECIMAL_TEXT], due[DECIMAL_TEXT], paid[DECIMAL_TEXT], corrected[DECIMAL_TEXT];
	const char *const fields[ROW_COLUMNS] = { [COLUMN_PERSON] = row->id, [COLUMN_MONTH_OF] = restating->run->name,
		[COLUMN_FIGURE] = row->figure, [COLUMN_AMOUNT_OF] = money(row->remains, remains),
		[COLUMN_NAME] = row->name, [COLUMN_DUE] = money(row->due, due),
		[COLUMN_PAID] = money(row->paid, paid),
		[COLUMN_CORRECTED] = money(row->corrected, corrected), [COLUMN_WHY] = why(restating, row) };

	for (size_t i = 0; i < ROW_COLUMNS; i++)
		csv_put_field(out, fields[i], !i);
	text_buffer_putc(out, '\n');
}

static void print_csv(const struct restating *restating)
{
	struct text_buffer out = TEXT_BUFFER_INIT;

	print_header(restating, &out);
	for (size_t i = 0; i < restating->result.count; i++)
		if (decimal_sign(restating->result.rows[i].remains))
			print_row(restating, &restating->result.rows[i], &out);
	fputs(out.data, stdout);
	text_buffer_release(&out);
}

static void print_json(const struct restating *restating)
{
	for (size_t i = 0; i < restating->result.count; i++) {
		static const char *const reasons[] = { "changed", "released", "added", "gone" };
		const struct restated *row = &restating->result.rows[i];
		char due[DECIMAL_TEXT], paid[DECIMAL_TEXT], corrected[DECIMAL_TEXT], remains[DECIMAL_TEXT];

		printf("{\"id\":");
		json_print_text(stdout, row->id);
		printf(",\"name\":");
		json_print_text(stdout, row->name);
		printf(",\"month\":\"%s\",\"figure\":", restating->run->name);
		json_print_text(stdout, row->figure);
		printf(",\"due\":\"%s\",\"paid\":\"%s\",\"corrected\":\"%s\",\"remains\":\"%s\",\"reason\":\"%s\"}\n",
			money(row->due, due), money(row->paid, paid),
			money(row->corrected, corrected), money(row->remains, remains),
			reasons[row->why]);
	}
}

/* ---- the summary on standard error ---- */

static size_t count_people(const struct restatement *result)
{
	const char *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < result->count; i++)
		if (decimal_sign(result->rows[i].remains) && (!last || strcmp(last, result->rows[i].id) != 0)) {
			last = result->rows[i].id;
			count++;
		}
	return count;
}

/* Σ of what remains of the net figures, to pay (1) or to recover (-1). */
static const char *net_sum(const struct restating *restating, int sign)
{
	struct decimal sum = decimal_zero();
	char room[DECIMAL_TEXT];

	for (size_t i = 0; i < restating->result.count; i++) {
		const struct restated *row = &restating->result.rows[i];

		if (row->is_net && decimal_sign(row->remains) == sign)
			sum = decimal_add(sum, row->remains);
	}
	return arena_strdup(restating->run->arena, money(decimal_abs(sum), room));
}

static void say_summary(const struct restating *restating)
{
	const struct restatement *result = &restating->result;
	const char *name = restating->run->name;
	size_t settled = result->count - result->remaining;
	bool chinese = is_chinese(restating);

	if (restating->place->options->quiet)
		return;
	if (!result->remaining) {
		fprintf(stderr, chinese ? "%s  没有应补发或扣回的金额" : "%s  nothing remains to pay or recover", name);
	} else {
		fprintf(stderr, chinese ? "%s  %zu 人 %zu 项有差额;实发项目应补 %s,应扣 %s" :
			"%s  %zu people, %zu figures differ; net to pay %s, to recover %s", name, count_people(result), result->remaining,
			net_sum(restating, 1), net_sum(restating, -1));
		if (restating->table)
			fprintf(stderr, chinese ? "\n         核对后放进 %s/%s/%s" : "\n         look at them and put them into %s/%s/%s",
				restating->place->options->input, restating->later->name, restating->table->file);
	}
	if (settled)
		fprintf(stderr, chinese ? ";另有 %zu 项已由以后月份更正" : "; %zu more were corrected by later months", settled);
	fprintf(stderr, "\n");
}

static void warn(struct restating *restating)
{
	struct diag *diag = restating->run->diag;

	for (size_t i = 0; i < restating->result.failed_count; i++)
		diag_add(diag, MSG_RESTATED_WITHOUT, PLACE_NONE, restating->result.failed[i], NULL);
	if (!restating->table && restating->result.remaining)
		diag_add(diag, MSG_NO_CORRECTIONS, PLACE_NONE, restating->later->name, NULL);
}

static bool is_sealed(struct restating *restating)
{
	struct month_run *run = restating->run;

	if (!chain_sound(&restating->chain, run->place->records, run->arena, run->diag))
		return false;
	restating->entry = chain_find(&restating->chain, run->month);
	if (restating->entry && restating->entry->sealed)
		return true;
	diag_add(run->diag, MSG_NOT_SEALED, PLACE_NONE, run->name, options_again(run->place), NULL);
	return false;
}

/* Those held for errors when it was sealed may still be in error: the others are restated all the same. */
static bool compute(struct restating *restating)
{
	struct book_settings *settings = &restating->run->record.settings;

	settings->hold = settings->hold || restating->entry->seal->settings.hold;
	return month_compute(restating->run);
}

int restate_month(const struct workplace *place)
{
	struct restating restating = { .place = place, .run = month_run_new(place, place->options->month) };
	struct month_run *run = restating.run;
	int status;
	bool done = month_company(run) && is_sealed(&restating) && compute(&restating) && say_phase(run, NULL) &&
		read_later(&restating) && find_table(&restating) && compare(&restating);

	status = diag_status(run->diag);
	if (done) {
		warn(&restating);
		(place->options->format == DIAG_JSON ? print_json : print_csv)(&restating);
		fflush(stdout);
	} else if (!status) {
		status = 1; /* the rules or corrections of another month, which were told */
	}
	say_messages(run);
	if (done)
		say_summary(&restating);
	if (restating.then)
		month_run_free(restating.then);
	if (restating.later)
		month_run_free(restating.later);
	month_run_free(run);
	return status;
}
