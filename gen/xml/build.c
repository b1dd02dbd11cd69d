#include "xml/xml.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlsave.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/text.h"

/* XML 1.0, 2.2, forbids most control characters, also as references: they become U+FFFD. To be freed; NULL if all is well. */
static char *without_controls(const char *text)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	bool bad = false;

	for (const char *at = text; *at && !bad; at++)
		bad = ((unsigned char)*at < 0x20 && !strchr("\t\n\r", *at)) || !strncmp(at, "\xEF\xBF\xBE", 3) ||
		      !strncmp(at, "\xEF\xBF\xBF", 3);
	if (!bad)
		return NULL;
	for (const char *at = text; *at;) {
		const char *from = at;
		uint32_t c = text_next(&at);

		if ((c < 0x20 && !strchr("\t\n\r", (int)c)) || c == 0xFFFE || c == 0xFFFF)
			text_buffer_puts(&out, "\xEF\xBF\xBD");
		else
			text_buffer_add(&out, from, (size_t)(at - from));
	}
	return out.data;
}

xmlNode *xml_add(xmlNode *parent, const char *name)
{
	xmlNode *node = xmlNewChild(parent, parent->ns, (const xmlChar *)name, NULL);

	if (!node)
		bug("out of memory");
	return node;
}

xmlNode *xml_add_text(xmlNode *parent, const char *name, const char *text)
{
	xmlNode *node = xml_add(parent, name);
	char *clean = text ? without_controls(text) : NULL;

	/* Not xmlNewChild's content: that would take & for the start of an entity. */
	if (text && *text)
		xmlAddChild(node, xmlNewText((const xmlChar *)(clean ? clean : text)));
	free(clean);
	return node;
}

void xml_set(xmlNode *node, const char *name, const char *value)
{
	char *clean = value ? without_controls(value) : NULL;

	if (value && !xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)(clean ? clean : value)))
		bug("out of memory");
	free(clean);
}

static int write_some(void *context, const char *buffer, int length)
{
	file_write(context, buffer, (size_t)length);
	return length;
}

void xml_write(xmlDocPtr doc, struct file_writer *writer)
{
	xmlSaveCtxtPtr save = xmlSaveToIO(write_some, NULL, writer, "UTF-8", XML_SAVE_FORMAT);

	if (!save)
		bug("out of memory");
	xmlSaveDoc(save, doc);
	xmlSaveClose(save);
}
