#include "render/field.h"
#include "value/decimal.h"
#include <string.h>

const char *field(const xmlNode *node, const char *attribute)
{
	if (!node)
		return NULL;
	for (const xmlAttr *at = node->properties; at; at = at->next)
		if (!strcmp((const char *)at->name, attribute))
			return at->children ? (const char *)at->children->content : "";
	return NULL;
}

bool field_is(const xmlNode *node, const char *attribute, const char *value)
{
	const char *text = field(node, attribute);

	return text && !strcmp(text, value);
}

const char *field_text(const xmlNode *node)
{
	for (const xmlNode *at = node ? node->children : NULL; at; at = at->next)
		if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE)
			return (const char *)at->content;
	return "";
}

static const xmlNode *named(const xmlNode *node, const xmlChar *name)
{
	while (node && !(node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, name)))
		node = node->next;
	return node;
}

const xmlNode *field_child(const xmlNode *node, const char *name)
{
	return node ? named(node->children, (const xmlChar *)name) : NULL;
}

const xmlNode *field_next(const xmlNode *node)
{
	return named(node->next, node->name);
}

size_t field_count(const xmlNode *node, const char *name)
{
	size_t count = 0;

	for (const xmlNode *at = field_child(node, name); at; at = field_next(at))
		count++;
	return count;
}

const xmlNode *field_path(const xmlNode *node, const char *path)
{
	while (node && *path) {
		size_t length = strcspn(path, "/");
		const xmlNode *at = node->children;

		while (at && !(at->type == XML_ELEMENT_NODE &&
				     !strncmp((const char *)at->name, path, length) && !at->name[length]))
			at = at->next;
		node = at;
		path += length + (path[length] == '/');
	}
	return node;
}

bool field_number(const xmlNode *node, const char *attribute, double *out)
{
	const char *text = field(node, attribute);
	struct decimal value;

	if (!text || !decimal_parse(text, strlen(text), &value))
		return false;
	*out = decimal_to_double(value);
	return true;
}

const xmlNode *field_root(const xmlNode *node)
{
	while (node->parent && node->parent->type == XML_ELEMENT_NODE)
		node = node->parent;
	return node;
}
