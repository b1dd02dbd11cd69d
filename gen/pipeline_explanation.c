#include "pipeline_explanation.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "xml/xml.h"

#define EXPLAIN_NAMESPACE "urn:salespay:explain:1"

struct reading {
	struct explanation *explanation;
	const struct xml_document *document;
	const char *language;
	struct arena *arena;
};

static const char *get(const struct reading *reading, const xmlNode *node, const char *name)
{
	return xml_attribute(reading->document, node, name);
}

static long get_number(const struct reading *reading, const xmlNode *node, const char *name, long otherwise)
{
	const char *text = get(reading, node, name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

/* Texts in both languages: only the wanted one is taken. Lines are joined, as in XHTML. */
static void take_words(const struct reading *reading, const xmlNode *node, const char **out)
{
	const char *language = get(reading, node, "lang"), *text = xml_text_of(reading->document, node).text;
	struct text_buffer words = TEXT_BUFFER_INIT;

	if (language && strcmp(language, reading->language) != 0)
		return;
	while (*text) {
		size_t blank = strspn(text, " \t\r\n"), word = strcspn(text + blank, " \t\r\n");

		if (word && words.length)
			text_buffer_putc(&words, ' ');
		text_buffer_add(&words, text + blank, word);
		text += blank + word;
	}
	*out = text_buffer_take(&words, reading->arena);
	text_buffer_release(&words);
}

/* Lines as they are; the line end behind <bad> is for whoever reads the document. */
static struct explained_file take_file(const struct reading *reading, const xmlNode *node)
{
	struct explained_file file = { get(reading, node, "name"), get(reading, node, "encoding"),
		get_number(reading, node, "line", 1), NULL, false };
	const char *form = get(reading, node, "form"), *text = xml_text_of(reading->document, node).text;

	file.is_folder = form && !strcmp(form, "folder");
	if (!file.is_folder && !(form && !strcmp(form, "absent")))
		file.text = text + (*text == '\n');
	return file;
}

static size_t bytes_before(const char *text, long character)
{
	const char *at = text;

	while (character-- > 1 && text_next(&at))
		;
	return (size_t)(at - text);
}

static void take_child_of_message(const struct reading *reading, const xmlNode *node)
{
	struct explanation *explanation = reading->explanation;
	const char *language = get(reading, node, "lang");
	size_t count = 0;

	if (language && strcmp(language, reading->language) != 0)
		return;
	while (explanation->arguments[count])
		count++;
	if (xml_is(node, EXPLAIN_NAMESPACE, "text"))
		explanation->place.text = xml_text_of(reading->document, node).text;
	else if (xml_is(node, EXPLAIN_NAMESPACE, "help"))
		take_words(reading, node, &explanation->help);
	else if (count < 10)
		explanation->arguments[count] = xml_text_of(reading->document, node).text;
}

/* from and to count characters of the text, to is just behind the mark. */
static void take_message(const struct reading *reading, const xmlNode *node)
{
	struct explanation *explanation = reading->explanation;
	struct place *place = &explanation->place;

	explanation->is_shown = true;
	explanation->nearest = get(reading, node, "nearest");
	for (xmlNode *child = xml_element(node->children); child; child = xml_element(child->next))
		take_child_of_message(reading, child);
	place->file = get(reading, node, "file");
	place->line = get_number(reading, node, "line", 0);
	place->column = get_number(reading, node, "column", 0);
	place->note = get(reading, node, "note");
	if (place->text) {
		place->mark_start = bytes_before(place->text, get_number(reading, node, "from", 1));
		place->mark_end = bytes_before(place->text, get_number(reading, node, "to", 1));
	}
}

static void take_step(const struct reading *reading, const xmlNode *node, struct explained_step **steps, size_t *count)
{
	const char *command = get(reading, node, "command");
	struct explained_step step = { command ? command : get(reading, node, "shell"), !command };

	if (!step.command)
		return;
	*steps = arena_grow(reading->arena, *steps, *count, *count + 1, sizeof(**steps));
	(*steps)[(*count)++] = step;
}

static void take_example(const struct reading *reading, const xmlNode *node)
{
	struct explanation *explanation = reading->explanation;

	explanation->command = get(reading, node, "command");
	for (xmlNode *child = xml_element(node->children); child; child = xml_element(child->next)) {
		if (xml_is(child, EXPLAIN_NAMESPACE, "bad")) {
			explanation->bad = take_file(reading, child);
		} else if (xml_is(child, EXPLAIN_NAMESPACE, "mended")) {
			explanation->mended = take_file(reading, child);
			if (!explanation->mended.name) {
				explanation->mended.name = explanation->bad.name;
				explanation->mended.line = explanation->bad.line;
			}
		} else if (xml_is(child, EXPLAIN_NAMESPACE, "message")) {
			take_message(reading, child);
		} else if (xml_is(child, EXPLAIN_NAMESPACE, "before")) {
			take_step(reading, child, &explanation->before, &explanation->before_count);
		} else if (xml_is(child, EXPLAIN_NAMESPACE, "mend")) {
			take_step(reading, child, &explanation->mend, &explanation->mend_count);
		} else if (xml_is(child, EXPLAIN_NAMESPACE, "with")) {
			explanation->others = arena_grow(reading->arena, explanation->others, explanation->other_count,
				explanation->other_count + 1, sizeof(*explanation->others));
			explanation->others[explanation->other_count++] = take_file(reading, child);
		}
	}
}

static void take_related(const struct reading *reading, const char *codes)
{
	struct explanation *explanation = reading->explanation;
	enum message id;

	explanation->related = arena_array(reading->arena, codes ? strlen(codes) / 2 + 1 : 1, sizeof(*explanation->related));
	while (codes && *codes) {
		size_t blank = strspn(codes, " \n\t"), length = strcspn(codes + blank, " \n\t");

		if (length && message_find(arena_strndup(reading->arena, codes + blank, length), &id))
			explanation->related[explanation->related_count++] = id;
		codes += blank + length;
	}
}

static void take_code(const struct reading *reading, const xmlNode *root)
{
	struct explanation *explanation = reading->explanation;

	take_related(reading, get(reading, root, "related"));
	for (xmlNode *node = xml_element(root->children); node; node = xml_element(node->next)) {
		if (xml_is(node, EXPLAIN_NAMESPACE, "why"))
			take_words(reading, node, &explanation->why);
		else if (xml_is(node, EXPLAIN_NAMESPACE, "situation"))
			take_words(reading, node, &explanation->situation);
		else if (xml_is(node, EXPLAIN_NAMESPACE, "remedy"))
			take_words(reading, node, &explanation->remedy);
		else if (xml_is(node, EXPLAIN_NAMESPACE, "example"))
			take_example(reading, node);
	}
}

bool explanation_read(struct explanation *explanation, const char *templates, const char *language, struct arena *arena,
	struct diag *diag)
{
	const char *path = arena_printf(arena, "%s/explain/%s.xml", templates, message_entry(explanation->id)->code);
	struct xml_document *document;
	struct reading reading = { explanation, NULL, language, arena };

	*explanation = (struct explanation){ .id = explanation->id };
	if (!file_exists(path))
		return true;
	reading.document = document = xml_read(path, arena, diag);
	if (!document)
		return false;
	take_code(&reading, xmlDocGetRootElement(document->doc));
	xml_free(document);
	return true;
}
