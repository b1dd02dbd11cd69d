#include "xml/xml.h"

#include <string.h>

#include <libxml/xmlsave.h>

#include "base/bug.h"
#include "base/file.h"

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

	/* Not xmlNewChild's content: that would take & for the start of an entity. */
	if (text && *text)
		xmlAddChild(node, xmlNewText((const xmlChar *)text));
	return node;
}

void xml_set(xmlNode *node, const char *name, const char *value)
{
	if (value && !xmlSetProp(node, (const xmlChar *)name, (const xmlChar *)value))
		bug("out of memory");
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
