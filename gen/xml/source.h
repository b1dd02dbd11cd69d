#ifndef SALESPAY_XML_SOURCE_H
#define SALESPAY_XML_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "xml/xml.h"

struct arena;

/*
 * A document's bytes and the way back to them, for this layer only. What the
 * parser accepted is well-formed, so tags and texts are found in the source
 * again by simple scanning.
 */
struct xml_line {
	size_t start, end; /* bytes of the source, line end not included */
	const char *text; /* NUL-terminated copy for excerpts; NULL until asked for */
};
struct xml_lines {
	struct xml_line *all;
	size_t count;
};
struct xml_lines *xml_lines_new(const char *source, size_t size, struct arena *arena);

/* What startElementNs noted: the source offset of the tag's < and of its > or />. */
struct xml_tag {
	size_t start, end;
};

/* The place of source[start, end); what goes on behind the line is not marked. */
struct place xml_source_place(const struct xml_document *document, size_t start, size_t end);

/* The bytes as UTF-8 without a mark at their start; false and an error if they are in no encoding that is read. */
struct xml_bytes {
	const char *path, *data;
	size_t size;
};
bool xml_decode(struct xml_bytes *bytes, struct arena *arena, struct diag *diag);

/* A message of the parser in our catalogue's words. offset: where the parser stood. */
void xml_explain(const struct xml_document *document, const xmlError *error, size_t offset, struct diag *diag);

#endif
