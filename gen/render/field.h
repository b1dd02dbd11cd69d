#ifndef SALESPAY_RENDER_FIELD_H
#define SALESPAY_RENDER_FIELD_H

#include <libxml/tree.h>
#include <stdbool.h>

/*
 * Reading the model's elements (templates/MODEL.md) while drawing. Strings
 * belong to the document. What the schema demands is there; what it leaves
 * open may be NULL, and every function takes NULL for the node.
 */
const char *field(const xmlNode *node, const char *attribute);
bool field_is(const xmlNode *node, const char *attribute, const char *value);
/* The element's own text; "" if it has none. */
const char *field_text(const xmlNode *node);
/* First child of that name; the next sibling of the same name. */
const xmlNode *field_child(const xmlNode *node, const char *name);
const xmlNode *field_next(const xmlNode *node);
size_t field_count(const xmlNode *node, const char *name);
/* Down a path of children: field_path(person, "pay/net/now"). */
const xmlNode *field_path(const xmlNode *node, const char *path);
/* A plain decimal attribute as geometry; false if it is absent. */
bool field_number(const xmlNode *node, const char *attribute, double *out);
/* The root of the node's document. */
const xmlNode *field_root(const xmlNode *node);

#endif
