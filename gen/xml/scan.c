#include "xml/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"

/* Text with the source byte of each of its bytes, as it is collected. */
struct collected {
	char *text;
	size_t *offset;
	size_t length;
	size_t room;
};

static void collect(struct collected *to, const char *bytes, size_t count, size_t offset)
{
	if (to->length + count + 1 > to->room) {
		to->room = (to->length + count + 64) * 2;
		to->text = realloc(to->text, to->room);
		to->offset = realloc(to->offset, to->room * sizeof(*to->offset));
		if (!to->text || !to->offset)
			bug("out of memory");
	}
	for (size_t i = 0; i < count; i++) {
		to->text[to->length] = bytes[i];
		to->offset[to->length++] = offset;
	}
}

static struct xml_text finish(struct collected *from, const struct xml_document *document, size_t end)
{
	struct xml_text text = { .document = document, .length = from->length };
	size_t *offset = arena_array(document->arena, from->length + 1, sizeof(*offset));

	if (from->length)
		memcpy(offset, from->offset, from->length * sizeof(*offset));
	offset[from->length] = end;
	text.text = from->length ? arena_strndup(document->arena, from->text, from->length) : "";
	text.source_offset = offset;
	free(from->text);
	free(from->offset);
	return text;
}

static size_t put_utf8(unsigned long c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* A reference at source[i], which is &: its characters, and the offset behind its ; . */
static size_t collect_reference(struct collected *to, const char *source, size_t i)
{
	static const struct { const char *name; char c; } known[] = {
		{ "lt;", '<' }, { "gt;", '>' }, { "amp;", '&' }, { "quot;", '"' }, { "apos;", '\'' }
	};
	const char *end = strchr(source + i, ';');
	char bytes[4];

	if (source[i + 1] == '#') {
		bool hex = source[i + 2] == 'x';
		unsigned long c = strtoul(source + i + (hex ? 3 : 2), NULL, hex ? 16 : 10);

		collect(to, bytes, put_utf8(c, bytes), i);
	}
	for (size_t k = 0; k < sizeof(known) / sizeof(known[0]); k++)
		if (!strncmp(source + i + 1, known[k].name, strlen(known[k].name)))
			collect(to, &known[k].c, 1, i);
	return end ? (size_t)(end - source) + 1 : i + 1;
}

/* Behind the marker, from i on. */
static size_t behind(const char *source, size_t i, const char *marker)
{
	const char *end = strstr(source + i, marker);

	return end ? (size_t)(end - source) + strlen(marker) : i + strlen(source + i);
}

/* Behind the > of the tag whose < is at i; quotes may hold a >. */
static size_t behind_tag(const char *source, size_t i, bool *closed)
{
	char quote = '\0';

	for (; source[i] && (quote || source[i] != '>'); i++) {
		if (quote && source[i] == quote)
			quote = '\0';
		else if (!quote && (source[i] == '"' || source[i] == '\''))
			quote = source[i];
	}
	*closed = source[i - 1] == '/';
	return source[i] ? i + 1 : i;
}

static size_t collect_cdata(struct collected *to, const char *source, size_t i)
{
	size_t end = behind(source, i, "]]>");

	for (i += strlen("<![CDATA["); i + 3 < end; i++) {
		if (source[i] == '\r')
			i += source[i + 1] == '\n';
		collect(to, source[i] == '\r' ? "\n" : source + i, 1, i);
	}
	return end;
}

struct xml_text xml_text_of(const struct xml_document *document, const xmlNode *node)
{
	const struct xml_tag *tag = node->_private;
	const char *source = document->source;
	struct collected to = { 0 };
	size_t depth = 0, i = tag->end;

	if (source[i] == '/')
		return finish(&to, document, tag->end);
	for (i++; source[i];) {
		bool closed = false;

		if (!strncmp(source + i, "<!--", 4)) {
			i = behind(source, i + 4, "-->");
		} else if (!strncmp(source + i, "<![CDATA[", 9)) {
			i = depth ? behind(source, i, "]]>") : collect_cdata(&to, source, i);
		} else if (!strncmp(source + i, "<?", 2)) {
			i = behind(source, i, "?>");
		} else if (source[i] == '<' && source[i + 1] == '/') {
			if (!depth--)
				break;
			i = behind_tag(source, i, &closed);
		} else if (source[i] == '<') {
			i = behind_tag(source, i, &closed);
			depth += !closed;
		} else if (depth) {
			i++;
		} else if (source[i] == '&') {
			i = collect_reference(&to, source, i);
		} else {
			if (source[i] == '\r' && source[i + 1] == '\n')
				i++;
			collect(&to, source[i] == '\r' ? "\n" : source + i, 1, i);
			i++;
		}
	}
	return finish(&to, document, i);
}

/* An attribute of that (qualified) name: its name's bytes, and those between its quotes; false if absent. */
struct attribute_source {
	struct xml_tag name, value;
};
static bool find_attribute(const struct xml_document *document, const xmlNode *node, const char *name,
	struct attribute_source *out)
{
	static const char space[] = " \t\r\n", stop[] = " \t\r\n=/>";
	const struct xml_tag *tag = node->_private;
	const char *source = document->source;
	size_t i = tag->start + 1, length = strlen(name);

	i += strcspn(source + i, stop);
	for (;;) {
		size_t start, name_length;

		i += strspn(source + i, space);
		if (i >= tag->end)
			return false;
		start = i;
		name_length = strcspn(source + i, stop);
		i += name_length;
		i += strspn(source + i, " \t\r\n=");
		out->name = (struct xml_tag){ start, start + name_length };
		out->value.start = i + 1;
		out->value.end = i + 1 + strcspn(source + i + 1, source[i] == '"' ? "\"" : "'");
		i = out->value.end + 1;
		if (name_length == length && !memcmp(source + start, name, length))
			return true;
	}
}

struct xml_text xml_text_of_attribute(const struct xml_document *document, const xmlNode *node, const char *name)
{
	const char *source = document->source;
	struct collected to = { 0 };
	struct attribute_source found;

	if (!find_attribute(document, node, name, &found))
		return (struct xml_text){ .document = document };
	for (size_t i = found.value.start; i < found.value.end;) {
		if (source[i] == '&') {
			i = collect_reference(&to, source, i);
			continue;
		}
		/* XML 1.0, 3.3.3: white space in an attribute's value is a blank. */
		if (source[i] == '\r' && source[i + 1] == '\n')
			i++;
		collect(&to, strchr("\t\r\n", source[i]) ? " " : source + i, 1, i);
		i++;
	}
	return finish(&to, document, found.value.end);
}

const char *xml_attribute(const struct xml_document *document, const xmlNode *node, const char *name)
{
	struct xml_text text = xml_text_of_attribute(document, node, name);
	size_t length = text.length;
	const char *start;

	if (!text.text)
		return NULL;
	start = text_trim(text.text, &length);
	return arena_strndup(document->arena, start, length);
}

struct place xml_place(const struct xml_document *document, const xmlNode *node)
{
	const struct xml_tag *tag = node->_private;
	size_t end = tag->start + 1 + strcspn(document->source + tag->start + 1, " \t\r\n/>");

	return xml_source_place(document, tag->start + 1, end);
}

struct place xml_place_attribute(const struct xml_document *document, const xmlNode *node, const char *name)
{
	struct attribute_source found;

	if (!find_attribute(document, node, name, &found))
		return xml_place(document, node);
	return xml_source_place(document, found.value.start, found.value.end);
}

struct place xml_place_attribute_name(const struct xml_document *document, const xmlNode *node, const char *name)
{
	struct attribute_source found;

	if (!find_attribute(document, node, name, &found))
		return xml_place(document, node);
	return xml_source_place(document, found.name.start, found.name.end);
}
