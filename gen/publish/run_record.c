#include "publish/run_record.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "value/date.h"
#include "xml/xml.h"

static void set_count(xmlNode *node, const char *name, size_t count)
{
	char text[24];

	snprintf(text, sizeof(text), "%zu", count);
	xml_set(node, name, text);
}

/* What the bytes depend on beside the files: kept, so that they can be made again. */
static void set_settings(xmlNode *root, const struct book_settings *settings)
{
	char month[8];

	xml_set(root, "language", settings->language);
	xml_set(root, "hold", settings->hold ? "yes" : "no");
	xml_set(root, "before", settings->before ? month_format(settings->before, month) : NULL);
	xml_set(root, "after", settings->after ? month_format(settings->after, month) : NULL);
}

static void add_policies(xmlNode *root, const struct rulebook *rulebook)
{
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		const struct policy *policy = rulebook->schemes[s].policy;
		xmlNode *node = xml_add(root, "policy");

		xml_set(node, "scheme", rulebook->schemes[s].name);
		xml_set(node, "id", policy->id);
		xml_set(node, "title", policy->title);
		xml_set(node, "version", policy->version);
	}
}

static void add_files(xmlNode *root, const struct facts *facts, const char *folder)
{
	for (size_t t = 0; t < facts->rulebook->table_count; t++)
		for (size_t f = 0; f < facts->tables[t]->file_count; f++) {
			const struct table_file *file = &facts->tables[t]->files[f];
			xmlNode *node = xml_add(root, "rows");

			xml_set(node, "table", facts->tables[t]->spec->name);
			xml_set(node, "file", text_below(folder, file->path));
			xml_set(node, "encoding", file->encoding);
			set_count(node, "read", file->rows_read);
			set_count(node, "used", file->rows_used);
			set_count(node, "ignored", file->rows_ignored);
			set_count(node, "rejected", file->rows_rejected);
		}
}

static void add_controls(xmlNode *root, const struct controls *controls)
{
	for (size_t i = 0; i < controls->count; i++) {
		xmlNode *node = xml_add(root, "control");
		char room[DECIMAL_TEXT];

		xml_set(node, "name", controls->rows[i].label);
		xml_set(node, "holds", controls->rows[i].holds ? "yes" : "no");
		xml_set(node, "without", controls->rows[i].without);
		xml_set(node, "bank-file", controls->rows[i].no_bank ? "no" : NULL);
		for (size_t s = 0; s < controls->rows[i].side_count; s++) {
			const struct control_side *from = &controls->rows[i].sides[s];
			xmlNode *side = xml_add_text(node, "side", decimal_format(from->value, room));

			xml_set(side, "sign", s ? control_sign_name(from->sign) : NULL);
			xml_set(side, "name", from->label);
		}
	}
}

bool run_record_write(const struct run_record *record, const struct results *results, const struct controls *controls,
	const char *path, struct diag *diag)
{
	xmlDocPtr doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"run", NULL);
	struct file_writer *out = file_writer_new(path, 0644);
	char month[8];

	xmlDocSetRootElement(doc, root);
	xml_set(root, "month", month_format(record->month, month));
	xml_set(root, "tool", record->tool);
	xml_set(root, "fingerprint", record->fingerprint);
	set_count(root, "people", record->people);
	set_count(root, "held", record->held);
	set_count(root, "excluded", record->excluded);
	set_count(root, "errors", record->errors);
	set_count(root, "warnings", record->warnings);
	xml_set(root, "score", record->score);
	set_settings(root, &record->settings);
	add_policies(root, results->facts->rulebook);
	for (size_t i = 0; i < record->held; i++)
		xml_set(xml_add(root, "held"), "id", record->held_ids[i]);
	for (size_t i = 0; i < record->inputs.count; i++) {
		xmlNode *node = xml_add(root, "input");

		xml_set(node, "path", record->inputs.files[i].path);
		xml_set(node, "sha256", record->inputs.files[i].sha256);
	}
	add_files(root, results->facts, record->folder);
	add_controls(root, controls);
	xml_write(doc, out);
	xmlFreeDoc(doc);
	return file_writer_commit(out, diag);
}

static size_t get_count(const struct xml_document *document, const xmlNode *node, const char *name)
{
	const char *text = xml_attribute(document, node, name);

	return text ? (size_t)strtoul(text, NULL, 10) : 0;
}

static int32_t get_month(const struct xml_document *document, const xmlNode *node, const char *name)
{
	const char *text = xml_attribute(document, node, name);
	int32_t month = 0;

	return text && month_parse(text, strlen(text), &month) ? month : 0;
}

static const char *get_text(const struct xml_document *document, const xmlNode *node, const char *name, struct arena *arena)
{
	const char *text = xml_attribute(document, node, name);

	return text ? arena_strdup(arena, text) : NULL;
}

static void read_settings(const struct xml_document *document, const xmlNode *root, struct book_settings *out,
	struct arena *arena)
{
	const char *hold = xml_attribute(document, root, "hold");

	*out = (struct book_settings){ get_text(document, root, "language", arena), hold && !strcmp(hold, "yes"),
		get_month(document, root, "before"), get_month(document, root, "after") };
}

static void read_children(const struct xml_document *document, xmlNode *root, struct run_record *out, struct arena *arena)
{
	size_t held = 0;

	out->held_ids = arena_array(arena, out->held + 1, sizeof(*out->held_ids));
	for (xmlNode *node = xml_element(root->children); node; node = xml_element(node->next)) {
		const char *path = xml_attribute(document, node, "path"), *sum = xml_attribute(document, node, "sha256");
		const char *name = xml_attribute(document, node, "name");
		xmlNode *side = xml_element(node->children);

		if (!strcmp((const char *)node->name, "held") && held < out->held)
			out->held_ids[held++] = get_text(document, node, "id", arena);
		else if (!strcmp((const char *)node->name, "input") && path && sum)
			book_files_add(&out->inputs, arena_strdup(arena, path), sum, arena);
		else if (!strcmp((const char *)node->name, "control") && name && !strcmp(name, "net") && side)
			out->net = arena_strdup(arena, xml_text_of(document, side).text);
	}
}

bool run_record_read(const char *path, struct run_record *out, struct arena *arena, struct diag *diag)
{
	struct xml_document *document;
	const char *text;
	xmlNode *root;

	*out = (struct run_record){ 0 };
	if (!file_exists(path))
		return false;
	document = xml_read(path, arena, diag);
	if (!document)
		return false;
	root = xmlDocGetRootElement(document->doc);
	out->month = get_month(document, root, "month");
	text = xml_attribute(document, root, "fingerprint");
	if (text && strlen(text) == 64)
		memcpy(out->fingerprint, text, 65);
	out->score = get_text(document, root, "score", arena);
	out->tool = get_text(document, root, "tool", arena);
	read_settings(document, root, &out->settings, arena);
	out->people = get_count(document, root, "people");
	out->held = get_count(document, root, "held");
	read_children(document, root, out, arena);
	out->excluded = get_count(document, root, "excluded");
	out->errors = get_count(document, root, "errors");
	out->warnings = get_count(document, root, "warnings");
	xml_free(document);
	return true;
}
