#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"
#include "value/date.h"

#define MOST_INSTANCES 10 /* examples of one code */

static const char *const level_names[] = {
	[DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};

/* ---- files ---- */
struct dates {
	int32_t first, last;
	bool any;
};

static struct dates dates_of(const struct table *table, size_t file)
{
	struct dates dates = {0, 0, false};

	for (size_t column = 0; column < table->spec->column_count; column++) {
		if (table->spec->columns[column].type != COLUMN_DATE)
			continue;
		for (size_t row = 0; row < table->row_count; row++) {
			const struct value *cell = table_cell(table, row, column);

			if (cell->missing || table->file[row] != file)
				continue;
			dates.first = dates.any && dates.first < cell->day ? dates.first : cell->day;
			dates.last = dates.any && dates.last > cell->day ? dates.last : cell->day;
			dates.any = true;
		}
		return dates;
	}
	return dates;
}

static void add_because(struct pen *pen, xmlNode *node, const struct table_file *file)
{
	static const struct {
		const char *word;
		enum sentence text;
	} reasons[] = {{"total", SAY_IGNORED_TOTAL}, {"note", SAY_IGNORED_NOTE}};
	size_t counted = 0;

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		size_t count = 0;

		for (size_t j = 0; j < file->ignored_count; j++)
			count += strcmp(file->ignored[j].reason, reasons[i].word) == 0;
		if (count)
			attribute_count(pen, put_text(node, "because", say(pen, reasons[i].text, NULL)),
				"count", count);
		counted += count;
	}
	if (file->rows_ignored > counted)
		attribute_count(pen, put_text(node, "because", say(pen, SAY_IGNORED_OTHER, NULL)), "count",
			file->rows_ignored - counted);
}

static void add_file(struct pen *pen, xmlNode *parent, const struct table *table, size_t index)
{
	const struct table_file *file = &table->files[index];
	struct dates dates = dates_of(table, index);
	xmlNode *node = put(parent, "file");
	char room[11];

	attribute(node, "name", text_source(pen, file->path));
	attribute(node, "table", table->spec->name);
	attribute(node, "encoding", file->encoding);
	attribute(node, "delimiter",
		file->delimiter == '\t'	 ? "tab"
		: file->delimiter == ';' ? "semicolon"
					 : "comma");
	attribute_count(pen, node, "rows", file->rows_read);
	attribute_count(pen, node, "used", file->rows_used);
	attribute_count(pen, node, "ignored", file->rows_ignored);
	attribute_count(pen, node, "rejected", file->rows_rejected);
	attribute(node, "sha256", file->sha256);
	/* The dates of staff are people's own. */
	if (dates.any && table->spec->role == TABLE_PLAIN) {
		attribute(node, "first", date_format(dates.first, room));
		attribute(node, "last", date_format(dates.last, room));
	}
	add_because(pen, node, file);
}

/* ---- messages by code ---- */
static int by_code(const void *a, const void *b)
{
	const struct diag_item *first = *(const struct diag_item *const *)a,
			       *second = *(const struct diag_item *const *)b;
	int order;

	if (first->entry->level != second->entry->level)
		return first->entry->level < second->entry->level ? -1 : 1;
	order = strcmp(first->entry->code, second->entry->code);
	return order ? order : first < second ? -1 : first > second;
}

/* The catalogue's text with … where a message would have its own words. */
static const char *code_title(struct pen *pen, const struct message_entry *entry)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *result;

	for (const char *at = pen->model->chinese ? entry->zh : entry->en; *at; at++) {
		if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
			text_buffer_puts(&buffer, "…");
			at += 2;
		} else {
			text_buffer_putc(&buffer, *at);
		}
	}
	result = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return result;
}

static void add_instance(struct pen *pen, xmlNode *parent, const struct diag_item *item)
{
	xmlNode *node = put(parent, "instance");

	attribute(node, "file", text_source(pen, item->place.file));
	if (item->place.line > 0)
		attribute_count(pen, node, "line", (size_t)item->place.line);
	if (item->place.column > 0)
		attribute_count(pen, node, "column", (size_t)item->place.column);
	put_text(node, "text", item->text);
	if (item->place.text)
		put_text(node, "source-line", item->place.text);
	if (item->help && *item->help)
		put_text(node, "mend", item->help);
}

static void add_problems(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	const struct diag_item **items = arena_array(pen->scratch, model->message_count + 1, sizeof(*items));
	size_t start = 0;

	for (size_t i = 0; i < model->message_count; i++)
		items[i] = &model->messages[i];
	qsort(items, model->message_count, sizeof(*items), by_code);
	while (start < model->message_count) {
		const struct message_entry *entry = items[start]->entry;
		xmlNode *node = put(parent, "problem");
		size_t end = start;

		while (end < model->message_count && items[end]->entry == entry)
			end++;
		attribute(node, "code", entry->code);
		attribute(node, "level", level_names[entry->level]);
		attribute_count(pen, node, "count", end - start);
		attribute(node, "title", code_title(pen, entry));
		/* What a message quotes may be an amount: instances are the managers' alone. */
		for (size_t i = start; !pen->entry->is_public && i < end && i < start + MOST_INSTANCES; i++)
			add_instance(pen, node, items[i]);
		start = end;
	}
}

static void add_controls(struct pen *pen, xmlNode *parent)
{
	for (size_t i = 0; i < pen->model->input.control_count; i++) {
		const struct model_control *control = &pen->model->input.controls[i];
		xmlNode *node;

		if ((control->money && pen->entry->is_public) || control->side_count < 2)
			continue;
		node = put(parent, "control");
		attribute(node, "label", control->label);
		attribute(node, "holds", control->holds ? "yes" : "no");
		for (size_t j = 0; j < control->side_count; j++) {
			const struct model_side *side = &control->sides[j];

			attribute(control->money ? put_money(pen, node, "side", side->value)
						 : put_number(pen, node, "side", side->value, -1),
				"label", side->label);
		}
	}
}

static void add_speaking_checks(struct pen *pen, xmlNode *parent)
{
	const struct results *results = pen->model->input.results;

	for (size_t i = 0; i < results->check_count && i < SHEET_ROWS; i++) {
		const struct check_result *check = &results->checks[i];
		xmlNode *node = put(parent, "speaking-check");

		attribute(node, "name", check->check->name);
		attribute(node, "level", check->check->is_error ? "error" : "warning");
		add_who(pen, node, check->person, true);
		put_text(node, "text", check->text);
	}
}

static const char *quality_finding(struct pen *pen, const char **status)
{
	const struct model *model = pen->model;
	size_t files = 0, rows = 0, errors = diag_errors(model->input.messages),
	       warnings = diag_warnings(model->input.messages);

	for (size_t i = 0; i < model->rulebook->table_count; i++)
		for (size_t j = 0; j < model->facts->tables[i]->file_count; j++) {
			rows += model->facts->tables[i]->files[j].rows_used;
			files++;
		}
	*status = errors ? "bad" : warnings ? "warning" : "good";
	if (!errors && !warnings)
		return say(pen, SAY_STATE_GOOD, text_count(pen, files), text_count(pen, rows), NULL);
	return say(pen, errors ? SAY_STATE_BAD : SAY_STATE_WARNING, text_count(pen, files),
		text_count(pen, rows), text_count(pen, errors ? errors : warnings), NULL);
}

void build_quality(struct pen *pen)
{
	const struct model *model = pen->model;
	struct head head = {.kind = "quality",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_QUALITY, NULL),
		.previous = true,
		.kicker = text_month(pen, model->facts->month)};
	xmlNode *node = put(start_document(pen, &head), "quality");
	const char *status, *finding = quality_finding(pen, &status);
	size_t notes = 0;

	for (size_t i = 0; i < model->message_count; i++)
		notes += model->messages[i].entry->level == DIAG_NOTE;
	attribute(node, "status", status);
	attribute_count(pen, node, "errors", diag_errors(model->input.messages));
	attribute_count(pen, node, "warnings", diag_warnings(model->input.messages));
	attribute_count(pen, node, "notes", notes);
	add_finding(node, finding);
	for (size_t i = 0; i < model->rulebook->table_count; i++)
		for (size_t j = 0; j < model->facts->tables[i]->file_count; j++)
			add_file(pen, node, model->facts->tables[i], j);
	add_problems(pen, node);
	add_controls(pen, node);
	if (pen->entry->is_public)
		return;
	add_absences(pen, node, (struct group){model->facts->by_unit, model->facts->by_unit_count});
	add_speaking_checks(pen, node);
}

/* ---- downloads and help ---- */
static void add_ledger_columns(struct pen *pen, xmlNode *node)
{
	const struct model *model = pen->model;

	for (size_t i = 0; i < model->rulebook->column_count; i++) {
		const struct ledger_column *column = &model->rulebook->columns[i];
		xmlNode *entry = NULL;

		for (size_t j = 0; j < model->rulebook->scheme_count && !entry; j++) {
			const struct article *article = column->items[j] ? column->items[j]->article : NULL;

			if (article && *article->number)
				entry = put_text(
					node, "column", say(pen, SAY_COLUMN_ARTICLE, article->number, NULL));
		}
		attribute(entry ? entry : put(node, "column"), "name", column->name);
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

void build_downloads(struct pen *pen)
{
	const struct model *model = pen->model;
	bool open = pen->entry->is_public;
	struct head head = {.kind = "downloads",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_DOWNLOADS, NULL),
		.previous = true,
		.kicker = text_month(pen, model->facts->month)};
	xmlNode *node = put(start_document(pen, &head), "downloads");

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

void build_help(struct pen *pen)
{
	struct head head = {.kind = "help",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_HELP, NULL),
		.previous = true,
		.kicker = text_month(pen, pen->model->facts->month)};

	put(start_document(pen, &head), "help");
}
