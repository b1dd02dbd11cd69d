#include "pipeline_send.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/text.h"
#include "mail/delivery.h"
#include "mail/journal.h"
#include "mail/password.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_sent.h"

struct lock *mail_lock(struct month_run *run)
{
	return lock_take(arena_printf(run->arena, "%s/%s/" MAIL_FOLDER, run->place->records, run->name), 0700, run->diag);
}

/* ---- what is to be sent ---- */

static bool is_named(const char *only, const char *id)
{
	size_t length = strlen(id);

	for (const char *at = only; at && *at; at += strcspn(at, ",")) {
		at += strspn(at, ", ");
		if (!strncmp(at, id, length) && (!at[length] || strchr(", ", at[length])))
			return true;
	}
	return false;
}

/* The outbox was filtered when it was made; that nobody gets a slip twice must not hang on it. */
static void choose(const struct sending *sending, struct delivery *delivery)
{
	const struct options *options = sending->place->options;
	const struct outbox *outbox = sending->outbox;

	delivery->items = arena_array(sending->run->arena, outbox->count + 1, sizeof(*delivery->items));
	for (size_t i = 0; i < outbox->count; i++) {
		const struct envelope *envelope = &outbox->envelopes[i];
		const struct mail_standing *standing = outbox->test ? NULL :
			journal_standing(delivery->journal, envelope->id, envelope->slip_sha256);

		if (mail_standing_wants(standing, envelope->address, is_named(options->only, envelope->id), options->retry_uncertain))
			delivery->items[delivery->count++] = (struct delivery_item){ .envelope = envelope };
	}
}

/* ---- is it meant? ---- */

/* Blanks at the ends and doubled between do not matter. */
static bool is_answer(const char *typed, const char *wanted)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	bool same;

	for (typed += strspn(typed, " \t\r\n"); *typed; typed += strspn(typed, " \t\r\n")) {
		size_t length = strcspn(typed, " \t\r\n");

		text_buffer_puts(&out, out.length ? " " : "");
		text_buffer_add(&out, typed, length);
		typed += length;
	}
	same = out.length && !strcmp(out.data, wanted);
	text_buffer_release(&out);
	return same;
}

static bool ask(const struct sending *sending, const char *wanted)
{
	bool chinese = !strcmp(month_language(sending->run), "zh-CN"), meant;
	char *line = NULL;
	size_t room = 0;

	fprintf(stderr, chinese ? "确认发送，请输入 %s ，输入别的就不发送：" : "to send them type %s, anything else to stop: ", wanted);
	fflush(stderr);
	meant = getline(&line, &room, stdin) >= 0 && is_answer(line, wanted);
	free(line);
	return meant;
}

/* The number is part of the answer: whoever types it has read how many there are. */
static bool is_confirmed(const struct sending *sending, const struct delivery *delivery)
{
	struct month_run *run = sending->run;
	const char *wanted = arena_printf(run->arena, "%s %zu", run->name, delivery->count), *confirm = sending->place->options->confirm;
	enum message message = MSG_CONFIRM_OTHER;

	if (confirm && is_answer(confirm, wanted))
		return true;
	sent_announce(sending, delivery);
	if (!confirm && isatty(STDIN_FILENO)) {
		if (ask(sending, wanted))
			return true;
	} else if (!confirm) {
		message = MSG_CONFIRM_MISSING;
	}
	diag_add(run->diag, message, PLACE_NONE, wanted, NULL);
	return false;
}

/* ---- the sending ---- */

static bool has_server(const struct sending *sending)
{
	const struct mail_settings *settings = sending->settings;
	struct diag *diag = sending->run->diag;

	if (!settings->host) {
		diag_add(diag, MSG_MAIL_NO_HOST, settings->place, NULL);
		return false;
	}
	if (settings->ca_file && access(settings->ca_file, R_OK)) {
		diag_add(diag, errno == ENOENT ? MSG_FILE_MISSING : MSG_FILE_UNREADABLE, settings->place, settings->ca_file, strerror(errno), NULL);
		return false;
	}
	return true;
}

static int status_of(const struct sending *sending, const struct delivery *delivery, enum delivery_end end)
{
	int status = diag_status(sending->run->diag);

	if (end == DELIVERY_INTERRUPTED)
		return 130;
	if (status)
		return status;
	return delivery_count(delivery, MAIL_ACCEPTED) < delivery->count || sent_left(sending, delivery) ? 4 : 0;
}

static int deliver(const struct sending *sending, struct delivery *delivery)
{
	enum delivery_end end;
	char *password;

	choose(sending, delivery);
	if (!delivery->count) {
		sent_nothing(sending, delivery);
		return sent_left(sending, delivery) ? 4 : 0;
	}
	if (!has_server(sending) || !(password = password_read(sending->settings, sending->run->diag)))
		return diag_status(sending->run->diag);
	if (!is_confirmed(sending, delivery)) {
		password_free(password);
		return diag_status(sending->run->diag);
	}
	delivery->password = password;
	end = delivery_run(delivery);
	password_free(password);
	delivery->password = NULL;
	sent_report(sending, delivery, end);
	return status_of(sending, delivery, end);
}

int mail_send(const struct sending *sending)
{
	const struct options *options = sending->place->options;
	struct month_run *run = sending->run;
	struct sent_progress progress = { .sending = sending };
	struct delivery delivery = { .settings = sending->settings, .rate = options->rate ? options->rate : sending->settings->rate,
		.arena = run->arena, .diag = run->diag, .progress = sent_progress, .context = &progress };
	int status;

	if (!sending->outbox->test) {
		delivery.journal = journal_open(sending->place->records, run->month, run->arena, run->diag);
		if (!delivery.journal)
			return diag_status(run->diag);
	}
	status = deliver(sending, &delivery);
	journal_close(delivery.journal);
	return status;
}
