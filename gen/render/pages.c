#include "render/pages.h"

#include <stdint.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xslt.h>
#include <libxslt/xsltutils.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "render/pages_frame.h"

/* Templates and messages have addresses of their own, so that no folder's name, however odd, gets into an
 * XSLT address. */
#define SCHEME "templates:/"

struct pages {
	struct pages_options options;
	struct arena *arena;
	xsltStylesheetPtr stylesheet;
	xmlDocPtr messages;
	const char *messages_name; /* "messages.en.xml" */
	char *messages_address;	   /* SCHEME and name */
	xsltSecurityPrefsPtr security;
};

/* While a stylesheet loads: libxslt's loader and error functions take no context of ours. */
struct loading {
	struct pages *pages;
	struct diag *diag;
	bool failed;
};
static struct loading *loading;
static xsltDocLoaderFunc load_plainly;

__attribute__((format(printf, 2, 3))) static void collect_error(void *context, const char *format, ...)
{
	struct text_buffer *buffer = context;
	char line[1024];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	if (buffer->length + strlen(line) < 4096)
		text_buffer_puts(buffer, line);
}

/* One line for a message: libxslt and libxml2 write several. */
static const char *one_line(struct text_buffer *buffer, struct arena *arena)
{
	char *text = text_buffer_take(buffer, arena);
	size_t length = text ? strlen(text) : 0;

	for (size_t i = 0; i < length; i++)
		if (text[i] == '\n')
			text[i] = i + 1 < length ? ' ' : '\0';
	return text ? text : "";
}

/* What libxml2 calls the document's URL. Its header says const, its destructor frees it. */
static void set_address(xmlDocPtr doc, const char *address)
{
	if (doc->URL)
		xmlFree((void *)(uintptr_t)doc->URL);
	doc->URL = xmlStrdup((const xmlChar *)address);
}

static const char *template_path(const struct pages *pages, const char *name)
{
	if (pages->options.overrides) {
		const char *path = arena_printf(pages->arena, "%s/%s", pages->options.overrides, name);

		if (file_exists(path) && !file_is_folder(path))
			return path;
	}
	return arena_printf(pages->arena, "%s/%s", pages->options.templates, name);
}

static const xmlNode *find_word(const xmlNode *parent, const char *name, size_t length)
{
	for (const xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE && strlen((const char *)node->name) == length &&
			memcmp(node->name, name, length) == 0)
			return node;
	return NULL;
}

/* Every $m/name and $m/group/name of an attribute must be a message: found when loading, not on some page of
 * some month. */
static void check_words(struct loading *load, const char *attribute)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	const struct pages *pages = load->pages;

	for (const char *at = strstr(attribute, "$m/"); at; at = strstr(at, "$m/")) {
		const char *start = at += 3;
		const xmlNode *word = xmlDocGetRootElement(pages->messages);
		size_t length = strspn(at, letters);

		for (; length > 0 && word; length = *at == '/' ? strspn(++at, letters) : 0) {
			word = find_word(word, at, length);
			at += length;
		}
		if (word)
			continue;
		diag_add(load->diag, MSG_TEMPLATE_WORD_MISSING, PLACE_NONE,
			arena_strndup(pages->arena, start, (size_t)(at - start)),
			template_path(pages, pages->messages_name), NULL);
		load->failed = true;
	}
}

static void check_words_below(struct loading *load, const xmlNode *node)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
			if (attribute->children && attribute->children->content)
				check_words(load, (const char *)attribute->children->content);
		check_words_below(load, node->children);
	}
}

/* xsltDocLoaderFunc: only addresses of templates exist. */
static xmlDocPtr load_template(
	const xmlChar *address, xmlDictPtr dict, int options, void *context, xsltLoadType type)
{
	const char *text = (const char *)address;
	xmlDocPtr doc;

	if (!loading || strncmp(text, SCHEME, sizeof SCHEME - 1) != 0 || strstr(text, ".."))
		return NULL;
	doc = load_plainly((const xmlChar *)template_path(loading->pages, text + sizeof SCHEME - 1), dict,
		(options | XML_PARSE_NONET) & ~(XML_PARSE_DTDLOAD | XML_PARSE_DTDATTR), context, type);
	if (doc) {
		set_address(doc, text);
		check_words_below(loading, doc->children);
	}
	return doc;
}

static bool read_messages(struct pages *pages, struct text_buffer *errors)
{
	const char *path;

	pages->messages_name = arena_printf(pages->arena, "messages.%s.xml", pages->options.language);
	pages->messages_address = arena_printf(pages->arena, SCHEME "%s", pages->messages_name);
	path = template_path(pages, pages->messages_name);
	pages->messages = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (!pages->messages) {
		text_buffer_printf(errors, "%s: missing or no well-formed XML", path);
		return false;
	}
	set_address(pages->messages, pages->messages_address);
	return true;
}

/* The one thing document() may read: the messages, which are in memory already. */
static int may_read(xsltSecurityPrefsPtr security, xsltTransformContextPtr context, const char *address)
{
	const struct pages *pages = context->_private;

	(void)security;
	return pages && strcmp(address, pages->messages_address) == 0;
}

static void forbid_the_world(struct pages *pages)
{
	pages->security = xsltNewSecurityPrefs();
	xsltSetSecurityPrefs(pages->security, XSLT_SECPREF_READ_FILE, may_read);
	xsltSetSecurityPrefs(pages->security, XSLT_SECPREF_READ_NETWORK, may_read);
	xsltSetSecurityPrefs(pages->security, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid);
	xsltSetSecurityPrefs(pages->security, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid);
	xsltSetSecurityPrefs(pages->security, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid);
}

static void load_stylesheet(struct pages *pages, struct loading *load, struct text_buffer *errors)
{
	xmlGenericErrorFunc xml_error = xmlGenericError;
	void *xml_context = xmlGenericErrorContext;

	load_plainly = xsltDocDefaultLoader;
	loading = load;
	xsltSetLoaderFunc(load_template);
	xsltSetGenericErrorFunc(errors, collect_error);
	xmlSetGenericErrorFunc(errors, collect_error);
	pages->stylesheet = xsltParseStylesheetFile((const xmlChar *)arena_printf(
		pages->arena, SCHEME "%s", pages->options.stylesheet));
	xmlSetGenericErrorFunc(xml_context, xml_error);
	xsltSetGenericErrorFunc(NULL, NULL);
	xsltSetLoaderFunc(load_plainly);
	loading = NULL;
}

struct pages *pages_new(const struct pages_options *options, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct pages *pages = arena_alloc(arena, sizeof *pages);
	struct loading load = {pages, diag, false};
	struct text_buffer errors = TEXT_BUFFER_INIT;

	pages->arena = arena;
	pages->options.templates = arena_strdup(arena, options->templates);
	pages->options.language = arena_strdup(arena, options->language);
	pages->options.stylesheet = arena_strdup(arena, options->stylesheet ? options->stylesheet : "site.xsl");
	pages->options.overrides = options->overrides && file_is_folder(options->overrides)
					   ? arena_strdup(arena, options->overrides)
					   : NULL;
	forbid_the_world(pages);
	if (read_messages(pages, &errors))
		load_stylesheet(pages, &load, &errors);
	if (!load.failed && (!pages->stylesheet || pages->stylesheet->errors > 0)) {
		diag_add(diag, MSG_TEMPLATE_WRONG, PLACE_NONE, one_line(&errors, arena), NULL);
		load.failed = true;
	}
	text_buffer_release(&errors);
	if (!load.failed)
		return pages;
	pages_free(pages);
	return NULL;
}

void pages_free(struct pages *pages)
{
	if (!pages)
		return;
	if (pages->stylesheet)
		xsltFreeStylesheet(pages->stylesheet);
	if (pages->messages)
		xmlFreeDoc(pages->messages);
	xsltFreeSecurityPrefs(pages->security);
	arena_free(pages->arena);
}

static bool write_page(const struct page_job *job, const xmlChar *html, int size, struct diag *diag)
{
	struct file_writer *writer = file_writer_new(job->output, job->mode);

	file_write(writer, html, (size_t)size);
	return file_writer_commit(writer, diag);
}

/* The page as bytes, to be freed with xmlFree; NULL with the reason in errors. */
static xmlChar *transform(const struct pages *pages, xmlDocPtr document, const char *person, int *size,
	struct text_buffer *errors)
{
	xsltTransformContextPtr context = xsltNewTransformContext(pages->stylesheet, document);
	xsltDocumentPtr words;
	xmlDocPtr result = NULL;
	xmlChar *html = NULL;

	if (!context)
		return NULL;
	context->_private = (void *)(uintptr_t)pages;
	xsltSetTransformErrorFunc(context, errors, collect_error);
	xsltSetCtxtSecurityPrefs(pages->security, context);
	words = xsltNewDocument(context, pages->messages);
	if (words)
		words->main = 1; /* ours: not freed with the context */
	if (words && (!person || xsltQuoteOneUserParam(
					 context, (const xmlChar *)"person", (const xmlChar *)person) == 0))
		result = xsltApplyStylesheetUser(pages->stylesheet, document, NULL, NULL, NULL, context);
	if (result && context->state == XSLT_STATE_OK &&
		xsltSaveResultToString(&html, size, result, pages->stylesheet) < 0)
		html = NULL;
	if (result)
		xmlFreeDoc(result);
	xsltFreeTransformContext(context);
	return html;
}

static xmlChar *make_page(const struct pages *pages, xmlDocPtr document, const char *person,
	struct pages_frame *frame, int *size, struct text_buffer *errors)
{
	xmlChar *html;

	if (!person)
		return transform(pages, document, NULL, size, errors);
	if (!pages_frame_enter(frame, document, person)) {
		text_buffer_printf(errors, "no person %s in this document", person);
		return NULL;
	}
	html = transform(pages, frame->doc, person, size, errors);
	pages_frame_leave(frame);
	return html;
}

const char *pages_text(const struct pages *pages, xmlDocPtr document, const char *name, struct arena *arena,
	struct diag *diag)
{
	struct text_buffer errors = TEXT_BUFFER_INIT;
	int size = 0;
	xmlChar *made = transform(pages, document, NULL, &size, &errors);
	const char *text = made ? arena_strndup(arena, (const char *)made, (size_t)size) : NULL;

	if (!made)
		diag_add(diag, MSG_PAGE_STOPPED, PLACE_NONE, name, one_line(&errors, arena), NULL);
	xmlFree(made);
	text_buffer_release(&errors);
	return text;
}

bool pages_render(const struct pages *pages, xmlDocPtr document, const struct page_job *jobs,
	size_t job_count, struct diag *diag)
{
	struct text_buffer errors = TEXT_BUFFER_INIT;
	struct pages_frame frame;
	bool fine = true;

	pages_frame_init(&frame, document);
	for (size_t i = 0; i < job_count; i++) {
		int size = 0;
		xmlChar *html = make_page(pages, document, jobs[i].person, &frame, &size, &errors);

		if (html) {
			fine = write_page(&jobs[i], html, size, diag) && fine;
			xmlFree(html);
			continue;
		}
		diag_add(diag, MSG_PAGE_STOPPED, PLACE_NONE, jobs[i].output, one_line(&errors, pages->arena),
			NULL);
		fine = false;
	}
	pages_frame_release(&frame);
	text_buffer_release(&errors);
	return fine;
}
