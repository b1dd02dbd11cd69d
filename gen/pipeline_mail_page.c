#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "mail/receipts.h"
#include "model/model.h"
#include "pipeline_mailing.h"
#include "pipeline_model.h"
#include "pipeline_place.h"
#include "render/pages.h"

/* In the order of the page: what the clerk must see comes first. */
enum row_state { ROW_UNCERTAIN, ROW_PERMANENT, ROW_TEMPORARY, ROW_WRONG, ROW_QUEUED, ROW_HELD, ROW_ACCEPTED };
static const char *const states[] = { [ROW_UNCERTAIN] = "uncertain", [ROW_PERMANENT] = "permanent", [ROW_TEMPORARY] = "temporary",
	[ROW_WRONG] = "wrong", [ROW_QUEUED] = "queued", [ROW_HELD] = "held", [ROW_ACCEPTED] = "accepted" };

static enum row_state state_of(const struct recipient *recipient, const struct mail_standing *standing)
{
	static const enum row_state of[MAIL_STATES] = { [MAIL_QUEUED] = ROW_QUEUED, [MAIL_SENDING] = ROW_QUEUED, [MAIL_ACCEPTED] = ROW_ACCEPTED,
		[MAIL_TEMPORARY] = ROW_TEMPORARY, [MAIL_PERMANENT] = ROW_PERMANENT, [MAIL_UNCERTAIN] = ROW_UNCERTAIN };

	if (standing)
		return of[standing->state];
	return recipient->fate == FATE_HELD ? ROW_HELD : recipient->fate == FATE_WRONG ? ROW_WRONG : ROW_QUEUED;
}

static const char *receipt_word(const struct mail_receipt *receipt)
{
	return !receipt || receipt->receipt == RECEIPT_NONE ? NULL : receipt->receipt == RECEIPT_CONFIRMED ? "confirmed" : "objected";
}

static void set_rows(const struct mailing *mailing, const struct mail_standings *standings, const struct mail_receipts *receipts,
	struct model_mailing *out)
{
	struct model_mailing_row *rows = arena_array(mailing->run->arena, mailing->count + 1, sizeof(*rows));

	for (size_t i = 0; i < mailing->count; i++) {
		const struct recipient *recipient = &mailing->recipients[i];
		const struct mail_standing *standing = mail_standing_find(standings, recipient->id, recipient->slip_sha256);
		const struct mail_receipt *receipt = mail_receipt_of(receipts, recipient->id);

		rows[i] = (struct model_mailing_row){ .id = recipient->id, .name = recipient->name, .state = state_of(recipient, standing),
			.address = standing && standing->address ? standing->address : recipient->address, .receipt = receipt_word(receipt),
			.note = receipt ? receipt->note : NULL };
		if (standing) {
			rows[i].when = standing->when;
			rows[i].reply = standing->reply;
			rows[i].attempts = standing->attempts;
		}
	}
	out->rows = rows;
	out->count = mailing->count;
}

/* What is left to do; NULL: nothing that a command could. */
static const char *next_command(const struct mailing *mailing, const struct model_mailing *page)
{
	size_t counts[ROW_ACCEPTED + 1] = { 0 };

	for (size_t i = 0; i < page->count; i++)
		counts[page->rows[i].state]++;
	if (!counts[ROW_QUEUED] && !counts[ROW_TEMPORARY] && !counts[ROW_UNCERTAIN])
		return NULL;
	if (!mailing->settings.host)
		return "company.xml: <mail host=\"…\">"; /* nothing can be sent before */
	return arena_printf(mailing->run->arena, "salespay mail %s --send%s%s", mailing->run->name,
		counts[ROW_QUEUED] || counts[ROW_TEMPORARY] ? "" : " --retry-uncertain", options_again(mailing->place));
}

static bool render(struct mailing *mailing, const struct model_mailing *page)
{
	struct month_run *run = mailing->run;
	struct pages_options options = { .templates = mailing->place->templates, .language = month_language(run),
		.overrides = arena_printf(run->arena, "%s/templates", mailing->place->options->input) };
	const char *path = arena_printf(run->arena, "%s/%s/" MAIL_PAGE, mailing->place->options->output, run->name);
	struct pages *pages = pages_new(&options, run->diag);
	struct model_input input;
	const char *html;
	xmlDocPtr doc;
	bool ok;

	month_model_input(run, &input);
	doc = model_build_mailing(&input, page, run->arena);
	html = pages ? pages_text(pages, doc, MAIL_PAGE, run->arena, run->diag) : NULL;
	ok = html && file_replace(path, html, strlen(html), 0640, run->diag);
	xmlFreeDoc(doc);
	pages_free(pages);
	return ok;
}

bool mailing_page(struct mailing *mailing)
{
	struct month_run *run = mailing->run;
	struct mail_standings standings;
	struct mail_receipts receipts = { NULL, 0, 0, 0 };
	struct receipts_source source = { arena_printf(run->arena, "%s/" RECEIPTS_FILE, mailing->place->options->input), run->month,
		&standings, run->arena, run->pool, run->diag };
	struct model_mailing page = { .states = states, .state_count = ROW_ACCEPTED + 1 };

	if (!mail_journal_states(mailing->place->records, run->month, &standings, run->arena, run->diag) ||
		!mail_receipts_read(&source, &receipts))
		return false;
	set_rows(mailing, &standings, &receipts, &page);
	page.next = next_command(mailing, &page);
	return render(mailing, &page);
}
