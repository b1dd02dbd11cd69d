#include "base/arena.h"
#include "base/file.h"
#include "render/field.h"
#include "render/waterfall.h"
#include "xml/xml.h"
#include <unistd.h>

/* The waterfalls of a unit's people on their way into the document that their pages are made from. */

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

static bool draw_all(const struct fonts *fonts, xmlNode *people, const char *path, struct diag *diag)
{
	struct file_writer *out = file_writer_new(path, 0600);

	file_puts(out, "<parts>");
	for (xmlNode *person = xml_element(people->children); person; person = xml_element(person->next))
		if (waterfall_of(person))
			waterfall_svg(fonts, waterfall_of(person), out);
	file_puts(out, "</parts>");
	return file_writer_commit(out, diag);
}

static void hand_out(xmlNode *people, xmlNode *drawing)
{
	for (xmlNode *person = xml_element(people->children); person && drawing;
		person = xml_element(person->next)) {
		xmlNode *fall = waterfall_of(person), *copy;

		if (!fall)
			continue;
		copy = xmlDocCopyNode(drawing, people->doc, 1);
		if (copy)
			xmlAddChild(fall, copy);
		drawing = xml_element(drawing->next);
	}
}

bool waterfalls_take_in(
	const struct fonts *fonts, xmlDocPtr document, const char *part_path, struct diag *diag)
{
	xmlNode *people = people_of(document);
	struct arena *arena = arena_new();
	struct xml_document *drawings = NULL;

	if (people && draw_all(fonts, people, part_path, diag))
		drawings = xml_read(part_path, arena, diag);
	if (drawings)
		hand_out(people, xml_element(xmlDocGetRootElement(drawings->doc)->children));
	unlink(part_path);
	xml_free(drawings);
	arena_free(arena);
	return !people || drawings;
}
