#include "policy/grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "value/date.h"
#include "value/decimal.h"

struct check {
	const struct xml_document *document;
	const char *name_space;
	struct diag *diag;
};

bool grammar_one_of(const char *values, const char *word, size_t *index)
{
	size_t wanted = strlen(word);

	*index = 0;
	for (const char *at = values;; at++) {
		size_t length = strcspn(at, "|");

		if (length == wanted && !memcmp(at, word, length))
			return true;
		at += length;
		if (!*at)
			return false;
		++*index;
	}
}

/* The nearest of "a|b|c". */
static const char *nearest_value(const char *values, const char *word, struct arena *arena)
{
	const char *candidates[40];
	size_t count = 0;

	for (const char *at = values; count < 40; at++) {
		size_t length = strcspn(at, "|");

		candidates[count++] = arena_strndup(arena, at, length);
		at += length;
		if (!*at)
			break;
	}
	return text_nearest(word, candidates, count);
}

static bool is_whole(const char *text, int least, int greatest)
{
	char *end;
	long number = strtol(text, &end, 10);

	return *text && !*end && number >= least && number <= greatest && text[strspn(text, "+-")] >= '0';
}

static bool is_currency(const char *text)
{
	return strlen(text) == 3 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static void check_whole(const struct check *check, const struct place *at, const struct attribute_rule *rule, const char *value)
{
	static const struct { int least, greatest; } bounds[] = { [ATTRIBUTE_WHOLE] = { -1000000, 1000000 }, [ATTRIBUTE_DAY] = { 1, 31 },
		[ATTRIBUTE_PORT] = { 1, 65535 }, [ATTRIBUTE_RATE] = { 1, 100000 }, [ATTRIBUTE_TIMEOUT] = { 1, 3600 }, [ATTRIBUTE_PAUSE] = { 0, 3600 } };
	int least = bounds[rule->kind].least, greatest = bounds[rule->kind].greatest;
	char first[16], last[16];

	if (is_whole(value, least, greatest))
		return;
	snprintf(first, sizeof(first), "%d", least);
	snprintf(last, sizeof(last), "%d", greatest);
	diag_add(check->diag, MSG_ATTRIBUTE_INTEGER, *at, rule->name, value, first, last, NULL);
}

/* Reports what is wrong with an attribute's value. */
static void check_value(const struct check *check, const xmlNode *node, const struct attribute_rule *rule, const char *value)
{
	struct place at = xml_place_attribute(check->document, node, rule->name);
	struct decimal number;
	int32_t month;
	size_t index;

	if (!*value && rule->kind != ATTRIBUTE_ANY) {
		diag_add(check->diag, MSG_ATTRIBUTE_BLANK, at, rule->name, NULL);
		return;
	}
	switch (rule->kind) {
	case ATTRIBUTE_NAME:
	case ATTRIBUTE_WORDS:
	case ATTRIBUTE_ANY:
		break;
	case ATTRIBUTE_ONE_OF:
		if (!grammar_one_of(rule->values, value, &index))
			diag_add_nearest(check->diag, MSG_ATTRIBUTE_CHOICE, at, nearest_value(rule->values, value, check->document->arena),
				rule->name, value, rule->values, NULL);
		break;
	case ATTRIBUTE_DECIMAL:
		if (!decimal_parse(value, strlen(value), &number))
			diag_add(check->diag, MSG_ATTRIBUTE_NUMBER, at, rule->name, value, NULL);
		break;
	case ATTRIBUTE_POSITIVE:
		if (!decimal_parse(value, strlen(value), &number) || decimal_sign(number) <= 0)
			diag_add(check->diag, MSG_ATTRIBUTE_STEP, at, rule->name, value, NULL);
		break;
	case ATTRIBUTE_YEAR_MONTH:
		if (!month_parse(value, strlen(value), &month))
			diag_add(check->diag, MSG_ATTRIBUTE_MONTH, at, rule->name, value, NULL);
		break;
	case ATTRIBUTE_WHOLE: case ATTRIBUTE_DAY: case ATTRIBUTE_PORT: case ATTRIBUTE_RATE: case ATTRIBUTE_TIMEOUT: case ATTRIBUTE_PAUSE:
		check_whole(check, &at, rule, value);
		break;
	case ATTRIBUTE_CURRENCY:
		if (!is_currency(value))
			diag_add(check->diag, MSG_ATTRIBUTE_CHOICE, at, rule->name, value, "CNY, HKD, USD …", NULL);
		break;
	}
}

static const char *join_attributes(const struct element_rule *rule, struct arena *arena)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char *text;

	for (const struct attribute_rule *a = rule->attributes; a->name; a++)
		text_buffer_printf(&buffer, "%s%s", a == rule->attributes ? "" : ", ", a->name);
	text = text_buffer_take(&buffer, arena);
	text_buffer_release(&buffer);
	return text && *text ? text : "-";
}

static void unknown_attribute(const struct check *check, const xmlNode *node, const struct element_rule *rule, const char *name)
{
	const char *candidates[20];
	size_t count = 0;
	struct xml_document const *document = check->document;

	for (const struct attribute_rule *a = rule->attributes; a->name && count < 20; a++)
		if (!xml_attribute(document, node, a->name))
			candidates[count++] = a->name;
	diag_add_nearest(check->diag, MSG_ATTRIBUTE_UNKNOWN, xml_place_attribute_name(document, node, name),
		text_nearest(name, candidates, count), name, rule->name, join_attributes(rule, document->arena), NULL);
}

/* type= is there, but as typ=: that was told. */
static bool is_misspelt(const xmlNode *node, const struct element_rule *rule, const char *name)
{
	const char *missing[] = { name };

	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		const struct attribute_rule *a = rule->attributes;

		while (a->name && strcmp(a->name, (const char *)attribute->name) != 0)
			a++;
		if (!a->name && text_nearest((const char *)attribute->name, missing, 1))
			return true;
	}
	return false;
}

static void check_attributes(const struct check *check, const xmlNode *node, const struct element_rule *rule)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		const char *name = (const char *)attribute->name;
		const struct attribute_rule *a = rule->attributes;

		if (attribute->ns && attribute->ns->prefix) {
			unknown_attribute(check, node, rule, arena_printf(check->document->arena, "%s:%s",
				(const char *)attribute->ns->prefix, name));
			continue;
		}
		while (a->name && strcmp(a->name, name) != 0)
			a++;
		if (a->name)
			check_value(check, node, a, xml_attribute(check->document, node, name));
		else if (!rule->any_attribute)
			unknown_attribute(check, node, rule, name);
	}
	for (const struct attribute_rule *a = rule->attributes; a->name; a++)
		if (a->required && !xml_attribute(check->document, node, a->name) && !is_misspelt(node, rule, a->name))
			diag_add(check->diag, MSG_ATTRIBUTE_MISSING, xml_place(check->document, node), rule->name, a->name, NULL);
}

/* The first word of text directly in the element, for marking. */
static struct place place_of_text(const struct check *check, const xmlNode *node)
{
	struct xml_text text = xml_text_of(check->document, node);
	size_t length = text.length, start;
	const char *first = text_trim(text.text, &length);

	start = (size_t)(first - text.text);
	return xml_text_place(&text, start, start + length);
}

static bool has_text(const xmlNode *node)
{
	for (const xmlNode *child = node->children; child; child = child->next) {
		size_t length;

		if (child->type != XML_TEXT_NODE && child->type != XML_CDATA_SECTION_NODE)
			continue;
		length = strlen((const char *)child->content);
		text_trim((const char *)child->content, &length);
		if (length)
			return true;
	}
	return false;
}

static void unknown_element(const struct check *check, const xmlNode *node, const struct element_rule *parent)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *candidates[40], *all;
	size_t count = 0;

	for (; parent->children && parent->children[count]; count++) {
		candidates[count] = parent->children[count]->name;
		text_buffer_printf(&buffer, "%s<%s>", count ? " " : "", candidates[count]);
	}
	all = count ? text_buffer_take(&buffer, check->document->arena) : "-";
	text_buffer_release(&buffer);
	diag_add_nearest(check->diag, MSG_ELEMENT_UNKNOWN, xml_place(check->document, node),
		text_nearest((const char *)node->name, candidates, count), (const char *)node->name, parent->name, all, NULL);
}

static void check_element(const struct check *check, const xmlNode *node, const struct element_rule *rule)
{
	bool text = has_text(node);

	check_attributes(check, node, rule);
	if (text && (rule->content == CONTENT_ELEMENTS || rule->content == CONTENT_NOTHING))
		diag_add(check->diag, MSG_TEXT_MISPLACED, place_of_text(check, node), rule->name, NULL);
	if (!text && rule->content == CONTENT_FORMULA)
		diag_add(check->diag, MSG_TEXT_EMPTY, xml_place(check->document, node), rule->name, NULL);
	for (xmlNode *child = xml_element(node->children); child; child = xml_element(child->next)) {
		const struct element_rule *below = grammar_child(rule, (const char *)child->name);

		if (!child->ns || strcmp((const char *)child->ns->href, check->name_space) != 0)
			diag_add(check->diag, MSG_NAMESPACE_WRONG, xml_place(check->document, child), (const char *)child->name,
				check->name_space, NULL);
		else if (!below)
			unknown_element(check, child, rule);
		else
			check_element(check, child, below);
	}
}

bool grammar_check(const struct xml_document *document, const struct element_rule *root, const char *name_space,
	struct diag *diag)
{
	const struct check check = { document, name_space, diag };
	const xmlNode *node = xmlDocGetRootElement(document->doc);

	if (strcmp((const char *)node->name, root->name) != 0) {
		diag_add(diag, MSG_ROOT_WRONG, xml_place(document, node), (const char *)node->name, root->name, name_space, NULL);
		return false;
	}
	if (!xml_is(node, name_space, root->name)) {
		diag_add(diag, MSG_NAMESPACE_WRONG, xml_place(document, node), root->name, name_space, NULL);
		return false;
	}
	check_element(&check, node, root);
	return true;
}
