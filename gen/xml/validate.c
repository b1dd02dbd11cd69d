#include "xml/xml.h"

#include <stdio.h>
#include <string.h>

#include <libxml/relaxng.h>
#include <libxml/xmlerror.h>

#include "base/text.h"

/* The first of the library's messages, without its line end. */
struct words {
	char text[400];
	int line;
};

static void keep_first(void *context, xmlErrorPtr error)
{
	struct words *words = context;
	size_t length = error->message ? strlen(error->message) : 0;
	const char *start = text_trim(error->message ? error->message : "", &length);

	if (*words->text)
		return;
	if (length >= sizeof(words->text))
		length = sizeof(words->text) - 1;
	memcpy(words->text, start, length);
	words->text[length] = '\0';
	words->line = error->line;
}

bool xml_validate(xmlDocPtr doc, const char *schema_path, struct diag *diag)
{
	const char *name = doc->URL ? (const char *)doc->URL : "XML";
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(schema_path);
	xmlRelaxNGValidCtxtPtr valid = NULL;
	xmlRelaxNGPtr schema = NULL;
	struct words words = { "", 0 };
	int result = -1;

	if (parser) {
		/* Both: the schema's own XML parser tells its errors elsewhere. */
		xmlRelaxNGSetParserStructuredErrors(parser, keep_first, &words);
		xmlSetStructuredErrorFunc(&words, keep_first);
		schema = xmlRelaxNGParse(parser);
		xmlSetStructuredErrorFunc(NULL, NULL);
	}
	if (!schema) {
		diag_add(diag, MSG_XML_SCHEMA_UNREADABLE, PLACE_NONE, schema_path, words.text, NULL);
		goto out;
	}
	valid = xmlRelaxNGNewValidCtxt(schema);
	xmlRelaxNGSetValidStructuredErrors(valid, keep_first, &words);
	result = xmlRelaxNGValidateDoc(valid, doc);
	if (result != 0)
		diag_add(diag, MSG_XML_SCHEMA, (struct place){ .line = words.line }, name, schema_path, words.text, NULL);
out:
	xmlRelaxNGFreeValidCtxt(valid);
	xmlRelaxNGFree(schema);
	xmlRelaxNGFreeParserCtxt(parser);
	return result == 0;
}
