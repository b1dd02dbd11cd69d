#include "xml/source.h"

#include <stdio.h>
#include <string.h>

#include <libxml/xmlerror.h>

#include "base/arena.h"
#include "base/text.h"

/* libxml2's errors of well-formedness in our words; what is not listed comes in its own. */
enum mark { MARK_HERE, MARK_BACK /* from the last `from` before on */, MARK_NAME /* the last such name before */ };
struct explanation {
	int code;
	enum message message;
	enum mark mark;
	const char *from; /* MARK_BACK */
};
static const struct explanation explanations[] = {
	{ XML_ERR_DOCUMENT_EMPTY, MSG_XML_EMPTY, MARK_HERE, NULL },
	{ XML_ERR_TAG_NAME_MISMATCH, MSG_XML_TAG_MISMATCH, MARK_BACK, "<" },
	{ XML_ERR_TAG_NOT_FINISHED, MSG_XML_TAG_OPEN, MARK_HERE, NULL },
	{ XML_ERR_GT_REQUIRED, MSG_XML_TAG_BROKEN, MARK_HERE, NULL },
	{ XML_ERR_SPACE_REQUIRED, MSG_XML_TAG_BROKEN, MARK_HERE, NULL },
	{ XML_ERR_EQUAL_REQUIRED, MSG_XML_TAG_BROKEN, MARK_HERE, NULL },
	{ XML_ERR_ATTRIBUTE_WITHOUT_VALUE, MSG_XML_ATTRIBUTE_QUOTE, MARK_HERE, NULL },
	{ XML_ERR_ATTRIBUTE_NOT_STARTED, MSG_XML_ATTRIBUTE_QUOTE, MARK_HERE, NULL },
	{ XML_ERR_ATTRIBUTE_NOT_FINISHED, MSG_XML_TAG_BROKEN, MARK_HERE, NULL },
	{ XML_ERR_ATTRIBUTE_REDEFINED, MSG_XML_ATTRIBUTE_DOUBLED, MARK_NAME, NULL },
	{ XML_ERR_LT_IN_ATTRIBUTE, MSG_XML_LESS_THAN, MARK_HERE, NULL },
	{ XML_ERR_ENTITYREF_SEMICOL_MISSING, MSG_XML_AMPERSAND, MARK_BACK, "&" },
	{ XML_ERR_UNDECLARED_ENTITY, MSG_XML_ENTITY, MARK_BACK, "&" },
	{ XML_WAR_UNDECLARED_ENTITY, MSG_XML_ENTITY, MARK_BACK, "&" },
	{ XML_ERR_INVALID_CHAR, MSG_XML_CHARACTER, MARK_HERE, NULL },
	{ XML_ERR_INVALID_HEX_CHARREF, MSG_XML_ENTITY, MARK_BACK, "&" },
	{ XML_ERR_INVALID_DEC_CHARREF, MSG_XML_ENTITY, MARK_BACK, "&" },
	{ XML_ERR_INVALID_CHARREF, MSG_XML_ENTITY, MARK_BACK, "&" },
	{ XML_ERR_DOCUMENT_END, MSG_XML_CONTENT_BEHIND, MARK_HERE, NULL },
	{ XML_ERR_COMMENT_NOT_FINISHED, MSG_XML_NOT_FINISHED, MARK_BACK, "<!--" },
	{ XML_ERR_CDATA_NOT_FINISHED, MSG_XML_NOT_FINISHED, MARK_BACK, "<![CDATA[" },
	{ XML_ERR_PI_NOT_FINISHED, MSG_XML_NOT_FINISHED, MARK_BACK, "<?" },
	{ XML_NS_ERR_UNDEFINED_NAMESPACE, MSG_XML_PREFIX, MARK_NAME, NULL },
};

static char last_quote(const struct xml_document *document, size_t offset)
{
	while (offset && document->source[offset] != '"' && document->source[offset] != '\'')
		offset--;
	return document->source[offset];
}

static const struct explanation *explanation_of(const xmlError *error, const struct xml_document *document, size_t offset)
{
	static const struct explanation other = { 0, MSG_XML_BROKEN, MARK_HERE, NULL };
	static const struct explanation less = { 0, MSG_XML_LESS_THAN, MARK_BACK, "<" };
	static const struct explanation open_quote = { 0, MSG_XML_QUOTE_OPEN, MARK_BACK, "\"" };
	static const struct explanation ampersand = { 0, MSG_XML_AMPERSAND, MARK_BACK, "&" };

	/* A value that runs on into the next tag: formulas have no < before a letter of a tag's name or a slash. */
	if (error->code == XML_ERR_LT_IN_ATTRIBUTE && strspn(document->source + offset + 1, "/abcdefghijklmnopqrstuvwxyz") &&
		last_quote(document, offset) == '"')
		return &open_quote;
	/* One code for "<5" in a text and for a bare &: what stands before tells which. */
	if (error->code == XML_ERR_NAME_REQUIRED && offset)
		return document->source[offset - 1] == '&' ? &ampersand : &less;
	for (size_t i = 0; i < sizeof(explanations) / sizeof(explanations[0]); i++)
		if (explanations[i].code == error->code)
			return &explanations[i];
	return &other;
}

/* From the sign before offset to the end of what it begins. */
static struct place place_back(const struct xml_document *document, size_t offset, const char *from)
{
	size_t start = offset ? offset - 1 : 0, end, length = strlen(from);

	while (start && strncmp(document->source + start, from, length) != 0)
		start--;
	end = start + length;
	if (*from == '&') {
		end += strcspn(document->source + end, "; \t\r\n<\"'");
		end += document->source[end] == ';';
	} else if (length == 1) {
		end += strcspn(document->source + end, "> \t\r\n");
		end += document->source[end] == '>';
	}
	return xml_source_place(document, start, end);
}

static struct place place_name(const struct xml_document *document, size_t offset, const char *name)
{
	size_t start = offset, length = strlen(name);

	while (start && strncmp(document->source + start, name, length) != 0)
		start--;
	return xml_source_place(document, start, start + length);
}

static size_t behind_character(const struct xml_document *document, size_t offset)
{
	const char *at = document->source + offset;

	if (offset >= document->size)
		return offset;
	text_next(&at);
	return (size_t)(at - document->source);
}

/* What is not finished, and what ends it. */
static const char *const *unfinished(int code)
{
	static const char *const words[][2] = { { "<!--", "-->" }, { "<![CDATA[", "]]>" }, { "<?", "?>" } };

	return words[code == XML_ERR_COMMENT_NOT_FINISHED ? 0 : code == XML_ERR_CDATA_NOT_FINISHED ? 1 : 2];
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

void xml_explain(const struct xml_document *document, const xmlError *error, size_t offset, struct diag *diag)
{
	const struct explanation *row = explanation_of(error, document, offset);
	const char *first = or_empty(error->str1), *second = or_empty(error->str2);
	struct place at = row->mark == MARK_BACK ? place_back(document, offset, row->from)
		: row->mark == MARK_NAME ? place_name(document, offset, first)
		: xml_source_place(document, offset, behind_character(document, offset));
	char line[24];

	if (row->message == MSG_XML_TAG_MISMATCH) {
		snprintf(line, sizeof(line), "%d", error->int1);
		diag_add(diag, row->message, at, first, line, second, NULL);
	} else if (row->message == MSG_XML_NOT_FINISHED) {
		diag_add(diag, row->message, at, unfinished(error->code)[0], unfinished(error->code)[1], NULL);
	} else if (row->message == MSG_XML_ENTITY) {
		diag_add(diag, row->message, at, arena_strndup(document->arena, at.text + at.mark_start,
			at.mark_end - at.mark_start), NULL);
	} else if (row->message == MSG_XML_CHARACTER) {
		snprintf(line, sizeof(line), "U+%04X", (unsigned)(unsigned char)document->source[offset]);
		diag_add(diag, row->message, at, line, NULL);
	} else if (row->message == MSG_XML_BROKEN) {
		size_t length = strlen(or_empty(error->message));
		const char *words = text_trim(or_empty(error->message), &length);

		diag_add(diag, row->message, at, arena_strndup(document->arena, words, length), NULL);
	} else {
		diag_add(diag, row->message, at, first, NULL);
	}
}
