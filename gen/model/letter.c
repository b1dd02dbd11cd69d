#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"

/* What goes with a payslip, to one person. */

static struct pen pen_for(struct model *model, const struct model_letter *letter, struct arena *scratch)
{
	static const struct model_entry entry = {.is_public = true};

	*model = (struct model){.company = letter->company, .month = letter->month, .chinese = strcmp(letter->language, "zh-CN") == 0};
	return (struct pen){.model = model, .entry = &entry, .scratch = scratch, .root = ""};
}

static const char *subject_of(struct pen *pen, const struct model_letter *letter)
{
	const char *month = text_month(pen, letter->month), *own = letter->subject, *slot = own ? strstr(own, "{0}") : NULL;

	if (slot)
		own = arena_printf(pen->scratch, "%.*s%s%s", (int)(slot - own), own, month, slot + 3);
	else if (!own)
		own = say(pen, SAY_LETTER_SUBJECT, letter->company->short_name, month, NULL);
	return letter->test ? say(pen, SAY_LETTER_TEST, own, NULL) : own;
}

const char *model_letter_subject(const struct model_letter *letter, struct arena *scratch)
{
	struct model model;
	struct pen pen = pen_for(&model, letter, scratch);

	return subject_of(&pen, letter);
}

/* RFC 6068: all but letters and digits by their bytes. */
static const char *mailto(struct pen *pen, const char *address, const char *subject)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *text;

	text_buffer_printf(&buffer, "mailto:%s?subject=", address);
	for (const char *c = subject; *c; c++) {
		if ((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '-')
			text_buffer_putc(&buffer, *c);
		else
			text_buffer_printf(&buffer, "%%%02X", (unsigned char)*c);
	}
	text = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return text;
}

static void add_answer(struct pen *pen, xmlNode *parent, const char *name, const char *address, const char *subject)
{
	attribute(put(parent, name), "href", mailto(pen, address, subject));
}

xmlDocPtr model_build_letter(const struct model_letter *letter, struct arena *scratch)
{
	struct model model;
	struct pen pen = pen_for(&model, letter, scratch);
	const char *month = text_month_id(&pen, letter->month);
	xmlNode *node = put(start_tree(&pen), "letter");

	attribute(node, "subject", subject_of(&pen, letter));
	attribute(node, "company", letter->company->name);
	attribute(node, "test", letter->test ? "yes" : NULL);
	put_text(node, "greeting", say(&pen, SAY_LETTER_GREETING, *letter->name ? letter->name : letter->id, NULL));
	put_text(node, "attached", say(&pen, SAY_LETTER_ATTACHED, text_month(&pen, letter->month), letter->attachment, NULL));
	if (letter->receipts) {
		add_answer(&pen, node, "confirm", letter->receipts, say(&pen, SAY_LETTER_CONFIRM, month, letter->id, NULL));
		add_answer(&pen, node, "object", letter->receipts, say(&pen, SAY_LETTER_OBJECT, month, letter->id, NULL));
	}
	return pen.doc;
}
