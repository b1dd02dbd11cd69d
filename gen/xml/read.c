#include "xml/xml.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "xml/source.h"

#define DEEPEST 256

/* What the SAX callbacks share; the parser context's _private. */
struct reading {
	struct xml_document *document;
	struct diag *diag;
	bool failed; /* the first mistake is told, what follows from it is not */
};

static size_t offset_of(xmlParserCtxtPtr ctxt, const struct xml_document *document)
{
	long offset = xmlByteConsumed(ctxt);

	if (offset < 0)
		return 0;
	return (size_t)offset > document->size ? document->size : (size_t)offset;
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespace_count,
	const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes)
{
	xmlParserCtxtPtr ctxt = context;
	struct reading *reading = ctxt->_private;
	struct xml_document *document = reading->document;
	struct xml_tag *tag;

	xmlSAX2StartElementNs(ctxt, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted, attributes);
	if (!ctxt->node || reading->failed)
		return;
	tag = arena_alloc(document->arena, sizeof(*tag));
	tag->end = offset_of(ctxt, document);
	/* A < cannot stand in an attribute, so the last one before the end begins the tag. */
	tag->start = tag->end;
	while (tag->start && document->source[tag->start] != '<')
		tag->start--;
	ctxt->node->_private = tag;
	if (ctxt->nodeNr > DEEPEST) {
		diag_add(reading->diag, MSG_XML_DEEP, xml_place(document, ctxt->node), "256", NULL);
		reading->failed = true;
		xmlStopParser(ctxt);
	}
}

static void refuse_doctype(void *context, const xmlChar *name, const xmlChar *public_id, const xmlChar *system_id)
{
	xmlParserCtxtPtr ctxt = context;
	struct reading *reading = ctxt->_private;
	size_t start = offset_of(ctxt, reading->document);

	(void)name;
	(void)public_id;
	(void)system_id;
	if (reading->failed)
		return;
	while (start && strncmp(reading->document->source + start, "<!DOCTYPE", 9) != 0)
		start--;
	diag_add(reading->diag, MSG_XML_DOCTYPE, xml_source_place(reading->document, start, start + 9), NULL);
	reading->failed = true;
	xmlStopParser(ctxt);
}

static void on_error(void *context, xmlErrorPtr error)
{
	xmlParserCtxtPtr ctxt = context;
	struct reading *reading = ctxt->_private;

	if (reading->failed || (error->level < XML_ERR_ERROR && error->code != XML_WAR_UNDECLARED_ENTITY))
		return;
	reading->failed = true;
	xml_explain(reading->document, error, offset_of(ctxt, reading->document), reading->diag);
	xmlStopParser(ctxt);
}


static bool parse(struct xml_document *document, struct diag *diag)
{
	struct reading reading = { document, diag, false };
	xmlParserCtxtPtr ctxt = xmlCreateMemoryParserCtxt(document->source, (int)document->size);

	if (!ctxt)
		bug("no parser context");
	/* Our offsets are those of the UTF-8 text, whatever the declaration says. */
	xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NODICT);
	ctxt->_private = &reading;
	ctxt->sax->startElementNs = start_element;
	ctxt->sax->internalSubset = refuse_doctype;
	ctxt->sax->serror = on_error;
	xmlParseDocument(ctxt);
	document->doc = ctxt->myDoc;
	if (!ctxt->wellFormed && !reading.failed) {
		diag_add(diag, MSG_XML_BROKEN, xml_source_place(document, offset_of(ctxt, document), document->size), "", NULL);
		reading.failed = true;
	}
	xmlFreeParserCtxt(ctxt);
	return !reading.failed;
}

/* libxml2 takes a NUL for the file's end, and near its start for another encoding. */
static bool refuse_nul(const struct xml_document *document, struct diag *diag)
{
	const char *nul = memchr(document->source, '\0', document->size);
	size_t at = nul ? (size_t)(nul - document->source) : 0;
	char number[24];

	if (!nul)
		return false;
	snprintf(number, sizeof(number), "%zu", at + 1);
	if (at < 4)
		diag_add(diag, MSG_XML_ENCODING, (struct place){ .file = document->path, .line = 1 }, number, "UTF-8", NULL);
	else
		diag_add(diag, MSG_XML_CHARACTER, xml_source_place(document, at, at), "U+0000", NULL);
	return true;
}

struct xml_document *xml_read_memory(const char *path, const char *data, size_t size, struct arena *arena, struct diag *diag)
{
	struct xml_document *document = arena_alloc(arena, sizeof(*document));
	struct xml_bytes bytes = { path, data, size };

	if (!xml_decode(&bytes, arena, diag))
		return NULL;
	document->path = path;
	document->source = bytes.data;
	document->size = bytes.size;
	document->arena = arena;
	document->lines = xml_lines_new(bytes.data, bytes.size, arena);
	if (!bytes.size || bytes.size > INT_MAX) {
		diag_add(diag, MSG_XML_EMPTY, (struct place){ .file = path, .line = 1, .column = 1 }, NULL);
		return NULL;
	}
	if (!refuse_nul(document, diag) && parse(document, diag))
		return document;
	xml_free(document);
	return NULL;
}

struct xml_document *xml_read(const char *path, struct arena *arena, struct diag *diag)
{
	struct file_bytes bytes;

	if (!file_read(path, arena, &bytes, diag))
		return NULL;
	return xml_read_memory(path, bytes.data, bytes.size, arena, diag);
}

void xml_free(struct xml_document *document)
{
	if (!document)
		return;
	xmlFreeDoc(document->doc);
	document->doc = NULL;
}

bool xml_is(const xmlNode *node, const char *name_space, const char *local_name)
{
	if (!node || node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, local_name) != 0)
		return false;
	if (!name_space)
		return !node->ns;
	return node->ns && !strcmp((const char *)node->ns->href, name_space);
}

xmlNode *xml_element(xmlNode *node)
{
	while (node && node->type != XML_ELEMENT_NODE)
		node = node->next;
	return node;
}
