#include "pipeline_sent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "mail/journal.h"
#include "pipeline_month.h"
#include "pipeline_place.h"

#define BAR 24 /* cells */

static bool chinese(const struct sending *sending)
{
	return !strcmp(month_language(sending->run), "zh-CN");
}

static bool is_silent(const struct sending *sending)
{
	const struct options *options = sending->place->options;

	return options->quiet || options->format == DIAG_JSON;
}

/* "smtp.example.com:587" */
static const char *server_of(const struct sending *sending)
{
	return arena_printf(sending->run->arena, "%s:%d", sending->settings->host, sending->settings->port);
}

/* ---- before ---- */

void sent_announce(const struct sending *sending, const struct delivery *delivery)
{
	static const char *const lines[][2] = {
		[MAIL_STARTTLS] = { "STARTTLS", "STARTTLS" }, [MAIL_TLS] = { "TLS", "TLS" }, [MAIL_CLEAR] = { "不加密", "in the clear" },
	};
	const char *name = sending->run->name;
	bool zh = chinese(sending);

	if (is_silent(sending))
		return;
	if (zh)
		printf("%s  将以 %s 的名义，经 %s（%s）发送 %zu 封%s", name, sending->settings->from, server_of(sending),
			lines[sending->settings->tls][0], delivery->count, sending->outbox->test ? "试发邮件" : "工资条");
	else
		printf("%s  %zu %s from %s through %s (%s)", name, delivery->count,
			sending->outbox->test ? "test messages" : "payslips", sending->settings->from, server_of(sending),
			lines[sending->settings->tls][1]);
	if (sending->outbox->test)
		printf(zh ? "，全部寄给 %s" : ", all to %s", sending->place->options->test_to);
	if (delivery->rate)
		printf(zh ? "，每分钟至多 %d 封，约 %zu 分钟" : ", at most %d a minute: about %zu minutes", delivery->rate,
			(delivery->count + (size_t)delivery->rate - 1) / (size_t)delivery->rate);
	printf("\n");
	fflush(stdout);
}

/* ---- under way ---- */

static bool wants_bar(const struct options *options)
{
	return !options->quiet && options->format != DIAG_JSON && options->progress != WHEN_NEVER && isatty(STDERR_FILENO);
}

static void draw_bar(struct sent_progress *progress, const struct delivery *delivery, int waiting)
{
	const struct sending *sending = progress->sending;
	size_t accepted = delivery_count(delivery, MAIL_ACCEPTED), queued = delivery_count(delivery, MAIL_QUEUED);
	size_t failed = delivery->count - accepted - queued, cells = delivery->count ? accepted * BAR / delivery->count : 0;
	struct text_buffer line = TEXT_BUFFER_INIT;
	size_t width;

	text_buffer_printf(&line, "%s  ", sending->run->name);
	for (size_t i = 0; i < BAR; i++)
		text_buffer_puts(&line, i < cells ? "█" : "░");
	text_buffer_printf(&line, " %zu/%zu", accepted, delivery->count);
	if (failed)
		text_buffer_printf(&line, chinese(sending) ? "，未成 %zu" : ", %zu failed", failed);
	if (waiting)
		text_buffer_printf(&line, chinese(sending) ? "，等 %d 秒" : ", waiting %d s", waiting);
	width = text_width_n(line.data, line.length);
	fprintf(stderr, "\r%s%*s", line.data, progress->width > width ? (int)(progress->width - width) : 0, "");
	progress->width = width;
	fflush(stderr);
	text_buffer_release(&line);
}

void sent_progress(void *context, const struct delivery *delivery, int waiting)
{
	struct sent_progress *progress = context;
	const struct options *options = progress->sending->place->options;

	if (wants_bar(options))
		draw_bar(progress, delivery, waiting);
	else if (!progress->begun && options->progress == WHEN_ALWAYS && !is_silent(progress->sending))
		fprintf(stderr, chinese(progress->sending) ? "%s  发送 %zu 封 …\n" : "%s  sending %zu …\n", progress->sending->run->name, delivery->count);
	progress->begun = true;
}

/* ---- after ---- */

size_t sent_left(const struct sending *sending, const struct delivery *delivery)
{
	const struct outbox *outbox = sending->outbox;
	size_t left = 0;

	for (size_t i = 0; i < outbox->count && delivery->journal; i++) {
		const struct mail_standing *standing =
			journal_standing(delivery->journal, outbox->envelopes[i].id, outbox->envelopes[i].slip_sha256);

		left += !standing || standing->state != MAIL_ACCEPTED;
	}
	return left;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct delivery_item *)a)->envelope->id, ((const struct delivery_item *)b)->envelope->id);
}

/* What the server said, with its code. */
static const char *words_of(const struct sending *sending, int code, const char *words)
{
	return code ? arena_printf(sending->run->arena, "%d %s", code, words ? words : "") : words ? words : "";
}

/* The one at which the sending ended failed by what is said of all. */
static bool is_told(const struct delivery *delivery, const struct delivery_item *item)
{
	return delivery->trouble != TROUBLE_NONE && delivery->trouble != TROUBLE_MESSAGE && item->state == MAIL_TEMPORARY &&
		item->code == delivery->last.code && item->reply && !strcmp(item->reply, delivery->last.words);
}

static void report_items(const struct sending *sending, const struct delivery *delivery)
{
	static const enum message messages[MAIL_STATES] = { [MAIL_TEMPORARY] = MSG_SEND_LATER, [MAIL_PERMANENT] = MSG_SEND_REFUSED,
		[MAIL_UNCERTAIN] = MSG_SEND_UNCERTAIN };

	for (size_t i = 0; i < delivery->count; i++) {
		const struct delivery_item *item = &delivery->items[i];

		if (!is_told(delivery, item) && (item->state == MAIL_TEMPORARY || item->state == MAIL_PERMANENT || item->state == MAIL_UNCERTAIN))
			diag_add(sending->run->diag, messages[item->state], PLACE_NONE, item->envelope->id, item->envelope->address,
				words_of(sending, item->code, item->reply), sending->run->name, options_again(sending->place), NULL);
	}
}

/* Why the others were not tried. */
static void report_trouble(const struct sending *sending, const struct delivery *delivery)
{
	static const enum message messages[] = { [TROUBLE_MESSAGE] = MSG_SEND_ALL_REFUSED, [TROUBLE_SENDER] = MSG_SEND_SENDER,
		[TROUBLE_BUSY] = MSG_SEND_BUSY, [TROUBLE_AWAY] = MSG_SEND_AWAY, [TROUBLE_LOGIN] = MSG_SEND_LOGIN,
		[TROUBLE_CERTIFICATE] = MSG_SEND_CERTIFICATE, [TROUBLE_TLS] = MSG_SEND_TLS };
	const struct mail_settings *settings = sending->settings;
	const char *user = settings->user ? settings->user : "";
	struct place place = delivery->trouble == TROUBLE_LOGIN ? settings->user_place : settings->host_place;

	diag_add(sending->run->diag, messages[delivery->trouble], place, server_of(sending),
		words_of(sending, delivery->last.code, delivery->last.words), delivery->trouble == TROUBLE_LOGIN ? user : settings->from_address, NULL);
}

static void print_json(const struct sending *sending, const struct delivery_item *item)
{
	printf("{\"month\": \"%s\", \"id\": ", sending->run->name);
	json_print_text(stdout, item->envelope->id);
	printf(", \"state\": \"%s\", \"test\": %s, \"code\": %d, \"reply\": ", mail_state_word(item->state),
		sending->outbox->test ? "true" : "false", item->code);
	json_print_text(stdout, item->reply);
	printf(", \"attempts\": %d}\n", item->attempts);
}

static void print_counts(const struct sending *sending, const struct delivery *delivery)
{
	static const struct { enum mail_state state; const char *zh, *en; } parts[] = {
		{ MAIL_PERMANENT, "，拒收", "refused" }, { MAIL_TEMPORARY, "，暂未收下", "not for now" },
		{ MAIL_UNCERTAIN, "，不确定", "uncertain" }, { MAIL_QUEUED, "，未发", "not tried" },
	};
	bool zh = chinese(sending);

	printf(zh ? sending->outbox->test ? "%s  试发：服务器收下 %zu 封" : "%s  服务器收下 %zu 封" :
		sending->outbox->test ? "%s  test: %zu accepted by the server" : "%s  %zu accepted by the server",
		sending->run->name, delivery_count(delivery, MAIL_ACCEPTED));
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		size_t count = delivery_count(delivery, parts[i].state);

		if (count && zh)
			printf("%s %zu", parts[i].zh, count);
		else if (count)
			printf(", %zu %s", count, parts[i].en);
	}
	printf("\n");
}

static size_t journal_count(const struct sending *sending, const struct delivery *delivery, enum mail_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < sending->outbox->count && delivery->journal; i++) {
		const struct envelope *envelope = &sending->outbox->envelopes[i];
		const struct mail_standing *standing = journal_standing(delivery->journal, envelope->id, envelope->slip_sha256);

		count += standing && standing->state == state;
	}
	return count;
}

/* What was tried and may be tried again as it is; else whom only the clerk can decide about; else nothing. */
static void print_next(const struct sending *sending, const struct delivery *delivery)
{
	const char *name = sending->run->name, *again = options_again(sending->place);
	size_t uncertain = journal_count(sending, delivery, MAIL_UNCERTAIN), permanent = journal_count(sending, delivery, MAIL_PERMANENT);
	bool zh = chinese(sending);

	if (sending->outbox->test)
		return;
	if (sent_left(sending, delivery) > uncertain + permanent)
		printf(zh ? "下一步：salespay mail %s --send%s（已收下的不会再发）\n" : "next: salespay mail %s --send%s (what was accepted is not sent again)\n",
			name, again);
	else if (uncertain)
		printf(zh ? "下一步：问 %zu 位“不确定”的人收到没有；没有收到的：salespay mail %s --send --retry-uncertain --only 工号,…%s\n" :
			"next: ask the %zu uncertain whether they have it; for those who do not: salespay mail %s --send --retry-uncertain --only ID,…%s\n",
			uncertain, name, again);
	else if (permanent)
		printf(zh ? "下一步：改正 %zu 个被拒收的地址，再 salespay mail %s --send%s\n" : "next: mend the %zu addresses that were refused, then salespay mail %s --send%s\n",
			permanent, name, again);
}

void sent_nothing(const struct sending *sending, const struct delivery *delivery)
{
	if (is_silent(sending))
		return;
	printf(chinese(sending) ? "%s  没有要发送的\n" : "%s  nothing to send\n", sending->run->name);
	print_next(sending, delivery);
}

void sent_report(const struct sending *sending, const struct delivery *delivery, enum delivery_end end)
{
	const struct options *options = sending->place->options;

	if (wants_bar(options))
		fprintf(stderr, "\n");
	qsort(delivery->items, delivery->count, sizeof(*delivery->items), by_id);
	if (end == DELIVERY_STOPPED)
		report_trouble(sending, delivery);
	report_items(sending, delivery);
	for (size_t i = 0; options->format == DIAG_JSON && i < delivery->count; i++)
		print_json(sending, &delivery->items[i]);
	if (is_silent(sending))
		return;
	if (end == DELIVERY_INTERRUPTED)
		printf(chinese(sending) ? "%s  中断了，已发的都记在邮件日志里\n" : "%s  interrupted: what was sent stands in the mail journal\n", sending->run->name);
	print_counts(sending, delivery);
	print_next(sending, delivery);
	fflush(stdout);
}
