#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/chart.h"

static void add_ledger_columns(struct pen *pen, xmlNode *node)
{
	const struct model *model = pen->model;

	for (size_t i = 0; i < model->rulebook->column_count; i++) {
		const struct ledger_column *column = &model->rulebook->columns[i];
		const struct item *item = NULL;
		xmlNode *entry;

		for (size_t j = 0; j < model->rulebook->scheme_count && !item; j++)
			item = column->items[j];
		entry = item && item->source && *item->source ? put_text(node, "column", item->source) : put(node, "column");
		attribute(entry, "name", column->name);
		attribute(entry, "type", value_type_name(column->type));
		if (item && item->article && *item->article->number)
			attribute(entry, "article", item->article->number);
	}
}

/* A path as an address: names of exports and lines are the company's own. */
static const char *address_of(struct pen *pen, const char *path)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *address;

	for (const char *at = path; *at; at++) {
		if (strchr(plain, *at))
			text_buffer_putc(&buffer, *at);
		else
			text_buffer_printf(&buffer, "%%%02X", (unsigned)(unsigned char)*at);
	}
	address = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return address;
}

/* The company's charts; those of units and regions are on their pages. */
static void add_charts(struct pen *pen, xmlNode *node)
{
	static const char *const kinds[] = {"pdf", "svg"};
	const struct model *model = pen->model;
	bool open = pen->entry->is_public;

	for (size_t i = 0; i < model->entry_count; i++) {
		const struct model_entry *entry = &model->entries[i];

		if (entry->kind != MODEL_CHART || entry->is_public != open || entry->unit != SIZE_MAX || entry->region != SIZE_MAX)
			continue;
		for (size_t k = open; k < 2; k++) {
			xmlNode *download = put(node, "download");

			attribute(download, "href",
				arena_printf(pen->scratch, "%s%scharts/%s.%s", pen->root, open ? "" : "../", entry->stem, kinds[k]));
			attribute(download, "kind", kinds[k]);
			attribute(download, "title", model->charts[entry->chart].declared->title);
		}
	}
}

void build_downloads(struct pen *pen)
{
	const struct model *model = pen->model;
	bool open = pen->entry->is_public;
	struct head head = {.kind = "downloads",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_DOWNLOADS, NULL),
		.lasting = true,
		.kicker = text_month(pen, model->facts->month)};
	xmlNode *node = put(start_document(pen, &head), "downloads");

	add_charts(pen, node);
	for (size_t i = 0; i < model->input.file_count; i++) {
		const struct model_file *file = &model->input.files[i];
		xmlNode *download;

		if (open && !file->in_site)
			continue;
		download = put(node, "download");
		attribute(download, "href",
			open ? arena_printf(pen->scratch, "%s%s", pen->root,
				       address_of(pen, file->path + strlen("site/")))
			     : arena_printf(pen->scratch, "%s../%s", pen->root, address_of(pen, file->path)));
		attribute(download, "kind", file->kind);
		attribute(download, "title", file->title);
		if (file->rows)
			attribute_count(pen, download, "rows", file->rows);
		if (strcmp(file->path, "ledger.csv") == 0)
			add_ledger_columns(pen, download);
	}
}

/* A page of fixed words: they stand in the language's messages. */
static xmlNode *start_words(struct pen *pen, const char *kind, enum sentence heading)
{
	struct head head = {.kind = kind,
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, heading, NULL),
		.lasting = true,
		.kicker = text_month(pen, pen->model->facts->month)};

	return put(start_document(pen, &head), kind);
}

void build_help(struct pen *pen)
{
	start_words(pen, "help", SAY_HELP);
}

void build_accessibility(struct pen *pen)
{
	start_words(pen, "accessibility", SAY_ACCESSIBILITY);
}

/* A server answers with it at any address, so its way back begins at the server's root and not at the page. */
void build_missing(struct pen *pen)
{
	attribute(start_words(pen, "missing", SAY_MISSING), "href",
		arena_printf(pen->scratch, "/%s/%s/index.html", text_month_id(pen, pen->model->facts->month),
			pen->entry->is_public ? "site" : "managers"));
}
