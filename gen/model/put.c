#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "model/build.h"
#include "xml/xml.h"

/* XML 1.0 cannot say control characters at all; a name with one in it must not break the month. */
static bool is_plain(const char *text)
{
	for (const unsigned char *at = (const unsigned char *)text; *at; at++)
		if (*at < 0x20 && *at != '\t' && *at != '\n')
			return false;
	return true;
}

static const xmlChar *speakable(const char *text, char room[512])
{
	size_t length = strlen(text);

	if (is_plain(text))
		return (const xmlChar *)text;
	if (length > 511)
		length = 511;
	for (size_t i = 0; i < length; i++)
		room[i] = (unsigned char)text[i] < 0x20 ? ' ' : text[i];
	while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
		length--;
	room[length] = '\0';
	return (const xmlChar *)room;
}

xmlNode *put(xmlNode *parent, const char *name)
{
	return xml_add(parent, name);
}

xmlNode *put_text(xmlNode *parent, const char *name, const char *text)
{
	xmlNode *node = xml_add(parent, name);
	char room[512];

	if (text && *text && !xmlAddChild(node, xmlNewDocText(node->doc, speakable(text, room))))
		bug("out of memory");
	return node;
}

void attribute(xmlNode *node, const char *name, const char *value)
{
	char room[512];

	if (value && !xmlNewProp(node, (const xmlChar *)name, speakable(value, room)))
		bug("out of memory");
}

void attribute_count(struct pen *pen, xmlNode *node, const char *name, size_t value)
{
	attribute(node, name, text_count(pen, value));
}

xmlNode *put_missing(struct pen *pen, xmlNode *parent, const char *name)
{
	xmlNode *node = put_text(parent, name, say(pen, SAY_NO_DATA, NULL));

	attribute(node, "missing", "yes");
	return node;
}

xmlNode *put_value(struct pen *pen, xmlNode *parent, const char *name, const struct value *value,
	const struct item *item, const struct policy *policy)
{
	char room[VALUE_TEXT_SIZE];
	xmlNode *node;

	if (!value || value->missing)
		return put_missing(pen, parent, name);
	node = put_text(parent, name, text_value(pen, value, item, policy));
	attribute(node, "value", value_format(value, room));
	return node;
}

xmlNode *put_number(struct pen *pen, xmlNode *parent, const char *name, struct decimal number, int places)
{
	xmlNode *node = put_text(parent, name, text_number(pen, number, places));
	char room[DECIMAL_TEXT];

	attribute(node, "value", decimal_format(number, room));
	return node;
}

xmlNode *put_money(struct pen *pen, xmlNode *parent, const char *name, struct decimal amount)
{
	xmlNode *node = put_text(parent, name, text_money(pen, amount));
	char room[DECIMAL_TEXT];

	attribute(node, "value", decimal_format_places(amount, 2, room));
	return node;
}

void attribute_geometry(
	struct pen *pen, xmlNode *node, const char *name, const struct span *span, double value)
{
	double length = span->high - span->low;

	attribute(node, name, text_percent(pen, length > 0 ? (value - span->low) / length * 100 : 0));
}

void attribute_at(struct pen *pen, xmlNode *node, const struct span *span, double value)
{
	attribute_geometry(pen, node, "at", span, value);
}

struct decimal scale_number(double number)
{
	struct decimal hundredths = decimal_from_int((int64_t)(number * 100 + (number < 0 ? -0.5 : 0.5))),
		       out;

	return decimal_divide(hundredths, decimal_from_int(100), &out) ? out : decimal_zero();
}

static void attribute_number(xmlNode *node, const char *name, double number)
{
	char room[DECIMAL_TEXT];

	attribute(node, name, decimal_format(scale_number(number), room));
}

void add_scale(struct pen *pen, xmlNode *parent, const struct span *span, const char *unit)
{
	xmlNode *scale = put(parent, "scale");
	int ticks = (int)((span->high - span->low) / span->step + 0.5);

	attribute_number(scale, "from", span->low);
	attribute_number(scale, "to", span->high);
	attribute(scale, "unit", unit);
	for (int i = 0; i <= ticks; i++) {
		double value = span->low + i * span->step;
		xmlNode *tick = put_number(pen, scale, "tick", scale_number(value), -1);

		attribute_at(pen, tick, span, value);
	}
}

void add_mark(struct pen *pen, xmlNode *parent, const char *kind, const struct span *span,
	struct decimal value, int places)
{
	xmlNode *mark = put_number(pen, parent, "mark", value, places);

	attribute(mark, "kind", kind);
	attribute_at(pen, mark, span, decimal_to_double(value));
}

void add_who(struct pen *pen, xmlNode *parent, size_t person, bool with_unit)
{
	const struct model *model = pen->model;
	const struct person *who = &model->facts->people[person];
	xmlNode *node = put(parent, "who");

	attribute(node, "id", who->id);
	attribute(node, "name", person_name(model, person));
	/* People's own pages are the managers' alone. */
	if (!pen->entry->is_public && !model->alone && is_computed(model, person)) {
		size_t unit = who->unit == SIZE_MAX ? model->facts->unit_count : who->unit;

		attribute(node, "href",
			arena_printf(pen->scratch, "%s%s/p/%s.html", pen->root, model->folders[unit],
				model->slugs[person]));
	}
	if (with_unit && who->unit != SIZE_MAX)
		attribute(node, "unit", model->facts->units[who->unit].name);
	attribute(node, "grade", grade_title(who->policy, who->grade));
}

void add_move(struct pen *pen, xmlNode *parent, size_t now, size_t before)
{
	size_t distance = now < before ? before - now : now - before;
	xmlNode *node = put_text(parent, "move",
		before		      ? text_count(pen, distance)
		: pen->model->chinese ? "新"
				      : "new");

	attribute(node, "direction", !before ? "new" : now < before ? "up" : now > before ? "down" : "same");
	if (before)
		attribute_count(pen, node, "value", distance);
}

void add_finding(xmlNode *parent, const char *text)
{
	put_text(parent, "finding", text);
}
