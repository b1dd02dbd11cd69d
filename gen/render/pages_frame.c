#include "render/pages_frame.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <libxml/dict.h>

static xmlNode *child(const xmlNode *parent, const char *name)
{
	for (xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0)
			return node;
	return NULL;
}

/* A copy with its attributes and, if whole, all that is in it. */
static xmlNode *copy_into(xmlNode *parent, const xmlNode *node, bool whole)
{
	xmlNode *copy = node ? xmlDocCopyNode((xmlNode *)(uintptr_t)node, parent->doc, whole ? 1 : 2) : NULL;

	return copy ? xmlAddChild(parent, copy) : NULL;
}

void pages_frame_init(struct pages_frame *frame, xmlDocPtr document)
{
	static const char *const head[] = {"page", "company", "provenance"};
	const xmlNode *model = xmlDocGetRootElement(document), *unit = child(model, "unit"),
		      *people = child(unit, "people");
	xmlNode *root;

	*frame = (struct pages_frame){.doc = NULL};
	if (!people)
		return;
	frame->doc = xmlNewDoc((const xmlChar *)"1.0");
	if (!frame->doc)
		return;
	/* One dictionary for both, or moved names would be freed by the wrong one. */
	if (document->dict) {
		frame->doc->dict = document->dict;
		xmlDictReference(document->dict);
	}
	root = xmlDocCopyNode((xmlNode *)(uintptr_t)model, frame->doc, 2);
	xmlDocSetRootElement(frame->doc, root);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		copy_into(root, child(model, head[i]), true);
	frame->people = copy_into(copy_into(root, unit, false), people, false);
}

void pages_frame_release(struct pages_frame *frame)
{
	if (frame->doc)
		xmlFreeDoc(frame->doc);
	frame->doc = NULL;
}

static xmlNode *find_person(xmlDocPtr document, const char *id)
{
	xmlNode *people = child(child(xmlDocGetRootElement(document), "unit"), "people");

	for (xmlNode *node = people ? people->children : NULL; node; node = node->next) {
		const xmlAttr *attribute =
			node->type == XML_ELEMENT_NODE ? xmlHasProp(node, (const xmlChar *)"id") : NULL;

		if (attribute && attribute->children &&
			strcmp((const char *)attribute->children->content, id) == 0)
			return node;
	}
	return NULL;
}

bool pages_frame_enter(struct pages_frame *frame, xmlDocPtr document, const char *id)
{
	xmlNode *person = frame->people ? find_person(document, id) : NULL;

	if (!person)
		return false;
	frame->person = person;
	frame->home = person->parent;
	frame->next = person->next;
	xmlUnlinkNode(person);
	xmlAddChild(frame->people, person);
	return true;
}

void pages_frame_leave(struct pages_frame *frame)
{
	xmlUnlinkNode(frame->person);
	if (frame->next)
		xmlAddPrevSibling(frame->next, frame->person);
	else
		xmlAddChild(frame->home, frame->person);
	frame->person = NULL;
}
