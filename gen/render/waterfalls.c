#include "base/arena.h"
#include "base/file.h"
#include "render/field.h"
#include "render/waterfall.h"
#include "xml/xml.h"
#include <unistd.h>

/* A person's waterfall on its way into the document that their page is made from. */

static xmlNode *waterfall_of(xmlNode *person)
{
	xmlNode *pay = person->children, *fall;

	while (pay && !xmlStrEqual(pay->name, (const xmlChar *)"pay"))
		pay = pay->next;
	for (fall = pay ? pay->children : NULL;
		fall && !xmlStrEqual(fall->name, (const xmlChar *)"waterfall");)
		fall = fall->next;
	return fall;
}

static xmlNode *people_of(xmlDocPtr document)
{
	xmlNode *node = xml_element(xmlDocGetRootElement(document)->children);

	while (node && !xmlStrEqual(node->name, (const xmlChar *)"unit"))
		node = xml_element(node->next);
	for (node = node ? xml_element(node->children) : NULL;
		node && !xmlStrEqual(node->name, (const xmlChar *)"people");)
		node = xml_element(node->next);
	return node;
}

xmlNode *waterfall_take_in(const struct fonts *fonts, xmlDocPtr document, const char *person_id,
	const char *part_path, struct diag *diag)
{
	xmlNode *people = people_of(document), *person = people ? xml_element(people->children) : NULL, *fall,
		*copy = NULL;
	struct arena *arena = arena_new();
	struct xml_document *drawing = NULL;
	struct file_writer *out;

	while (person && !field_is(person, "id", person_id))
		person = xml_element(person->next);
	fall = person ? waterfall_of(person) : NULL;
	if (fall) {
		out = file_writer_new(part_path, 0600);
		waterfall_svg(fonts, fall, out);
		drawing = file_writer_commit(out, diag) ? xml_read(part_path, arena, diag) : NULL;
		unlink(part_path);
	}
	if (drawing)
		copy = xmlAddChild(fall, xmlDocCopyNode(xmlDocGetRootElement(drawing->doc), document, 1));
	xml_free(drawing);
	arena_free(arena);
	return copy;
}
