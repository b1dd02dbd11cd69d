#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/* What became of a month's mail: counts, the next command, then person by person, what wants attention first. */

static void add_counts(struct pen *pen, xmlNode *parent, const struct model_mailing *mailing)
{
	for (size_t state = 0; state < mailing->state_count; state++) {
		size_t count = 0;
		xmlNode *node;

		for (size_t i = 0; i < mailing->count; i++)
			count += mailing->rows[i].state == state;
		if (!count)
			continue;
		node = put(parent, "mail-count");
		attribute(node, "state", mailing->states[state]);
		attribute_count(pen, node, "count", count);
	}
}

static void add_row(struct pen *pen, xmlNode *parent, const struct model_mailing *mailing, const struct model_mailing_row *row)
{
	xmlNode *node = put(parent, "mail-row"), *who = put(node, "who");

	attribute(who, "id", row->id);
	attribute(who, "name", *row->name ? row->name : row->id);
	attribute(node, "state", mailing->states[row->state]);
	attribute(node, "address", row->address);
	attribute(node, "when", row->when);
	if (row->attempts > 0)
		attribute_count(pen, node, "attempts", (size_t)row->attempts);
	attribute(node, "receipt", row->receipt);
	if (row->reply)
		put_text(node, "reply", row->reply);
	if (row->note && *row->note)
		put_text(node, "note", row->note);
}

void build_mailing(struct pen *pen, const struct model_mailing *mailing)
{
	const struct head head = {.kind = "mail", .path = "managers/mail.html", .heading = say(pen, SAY_MAILING, NULL),
		.kicker = pen->model->company ? pen->model->company->name : NULL};
	xmlNode *node = put(start_document(pen, &head), "mailing");
	size_t shown = 0;

	attribute(node, "next", mailing->next);
	add_counts(pen, node, mailing);
	for (size_t state = 0; state < mailing->state_count; state++)
		for (size_t i = 0; i < mailing->count && shown < SHEET_ROWS; i++)
			if (mailing->rows[i].state == state) {
				add_row(pen, node, mailing, &mailing->rows[i]);
				shown++;
			}
	if (shown < mailing->count)
		attribute(node, "more", say(pen, SAY_MAILING_MORE, text_count(pen, mailing->count - shown), NULL));
}
