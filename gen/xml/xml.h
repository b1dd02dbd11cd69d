#ifndef SALESPAY_XML_XML_H
#define SALESPAY_XML_XML_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "base/diag.h"

struct arena;

/*
 * The door to libxml2. Reading keeps exact positions: libxml2 alone keeps
 * lines, so the SAX2 start of each element notes the byte offset of its tag
 * (node->_private points to what this file keeps; nobody else uses it).
 * No DTD, no external entity, no network; more than 256 levels, a document
 * type or bytes that are no well-formed XML are errors with line and column.
 */
struct xml_document {
	xmlDocPtr doc;
	const char *path; /* as given */
	const char *source; /* the file's bytes, as UTF-8 */
	size_t size;
	struct arena *arena;
	struct xml_lines *lines; /* xml/source.h */
};

/*
 * NULL with errors in diag. The tree (doc) lives until xml_free; the rest is
 * the arena's, so that texts and their places stay good after it. Bytes are
 * UTF-8, UTF-16 with its mark, or GB18030 where the declaration says GBK,
 * GB2312 or GB18030.
 */
struct xml_document *xml_read(const char *path, struct arena *arena, struct diag *diag);
struct xml_document *xml_read_memory(const char *path, const char *data, size_t size, struct arena *arena,
	struct diag *diag);
void xml_free(struct xml_document *document); /* NULL is fine */

bool xml_is(const xmlNode *node, const char *name_space, const char *local_name);
/* Next element at or behind node among its siblings; NULL at the end. */
xmlNode *xml_element(xmlNode *node);
/* Attribute without namespace as a string of the arena, white space at the ends trimmed; NULL if absent. */
const char *xml_attribute(const struct xml_document *document, const xmlNode *node, const char *name);

/* Places for messages, column in characters of the physical line. */
struct place xml_place(const struct xml_document *document, const xmlNode *node); /* the start tag's name */
struct place xml_place_attribute(const struct xml_document *document, const xmlNode *node, const char *name); /* its value */
struct place xml_place_attribute_name(const struct xml_document *document, const xmlNode *node, const char *name);

/*
 * The text directly in an element (child elements' text not included), with
 * the way back: offset i of text came from byte source_offset[i] of the file
 * (entities, character references, CDATA and CRLF taken into account).
 */
struct xml_text {
	const struct xml_document *document;
	const char *text; /* never NULL */
	size_t length;
	const size_t *source_offset; /* length + 1 entries */
};
struct xml_text xml_text_of(const struct xml_document *document, const xmlNode *node);
/* The same for an attribute's value; text NULL if absent. */
struct xml_text xml_text_of_attribute(const struct xml_document *document, const xmlNode *node, const char *name);
/* The place of text[start, end). */
struct place xml_text_place(const struct xml_text *text, size_t start, size_t end);

/* Building: libxml2's own tree functions, plus these. value NULL: no attribute. Characters that XML forbids become U+FFFD. */
xmlNode *xml_add(xmlNode *parent, const char *name);
xmlNode *xml_add_text(xmlNode *parent, const char *name, const char *text);
void xml_set(xmlNode *node, const char *name, const char *value);

/* Serialised as UTF-8 with declaration, the same bytes for the same tree. */
struct file_writer;
void xml_write(xmlDocPtr doc, struct file_writer *writer);

/* Against a RELAX NG schema file; false and a note of the library's own words if it does not fit. */
bool xml_validate(xmlDocPtr doc, const char *schema_path, struct diag *diag);

#endif
