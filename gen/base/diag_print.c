#include "base/diag_store.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define EXCERPT_WIDTH 100 /* columns of a line shown; longer ones are cut around the mark */
#define EXCERPT_BEFORE 40 /* of them before the mark when cut */
#define NOTE_COLUMN "column " /* how notes on CSV fields begin; said in Chinese where all else is */

static const char *const level_words[2][3] = {
	{ [DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note" },
	{ [DIAG_ERROR] = "错误", [DIAG_WARNING] = "警告", [DIAG_NOTE] = "提示" },
};
static const char *const level_colors[] = {
	[DIAG_ERROR] = "\033[1;31m", [DIAG_WARNING] = "\033[1;33m", [DIAG_NOTE] = "\033[1;36m"
};

struct printer {
	FILE *out;
	bool color;
	bool chinese;
};

static void colored(const struct printer *printer, const char *color, const char *text)
{
	if (printer->color)
		fprintf(printer->out, "%s%s\033[0m", color, text);
	else
		fputs(text, printer->out);
}

/* File names and notes come from outside as much as the values do. */
static void print_clean(const struct printer *printer, const char *text)
{
	struct text_buffer clean = TEXT_BUFFER_INIT;

	diag_clean(&clean, text, strlen(text));
	text_buffer_putc(&clean, '\0');
	fputs(clean.data, printer->out);
	text_buffer_release(&clean);
}

static void print_head(const struct printer *printer, const struct diag_item *item)
{
	const struct place *at = &item->place;
	enum diag_level level = item->entry->level;

	if (at->file) {
		print_clean(printer, at->file);
		fputc(':', printer->out);
	}
	if (at->file && at->line > 0)
		fprintf(printer->out, "%ld:", at->line);
	if (at->file && at->line > 0 && at->column > 0)
		fprintf(printer->out, "%ld:", at->column);
	if (at->file)
		fputc(' ', printer->out);
	if (printer->color)
		fputs(level_colors[level], printer->out);
	fprintf(printer->out, "%s[%s]:%s %s\n", level_words[printer->chinese][level], item->entry->code,
		printer->color ? "\033[0m" : "", item->text);
}

/* The line in three parts, before the mark, under it and behind it, made fit for a terminal. */
struct excerpt {
	struct text_buffer part[3];
	bool cut_before;
	bool cut_behind;
};

/* Drops characters from the front until at most `width` columns are left. */
static bool cut_front(struct text_buffer *buffer, size_t width)
{
	const char *at = buffer->data;
	size_t have = text_width_n(buffer->data, buffer->length);
	size_t left;

	if (have <= width)
		return false;
	while (have > width) {
		const char *from = at;

		text_next(&at);
		have -= text_width_n(from, (size_t)(at - from));
	}
	left = buffer->length - (size_t)(at - buffer->data);
	memmove(buffer->data, at, left + 1);
	buffer->length = left;
	return true;
}

/* Drops characters from the back until at most `width` columns are left. */
static bool cut_back(struct text_buffer *buffer, size_t width)
{
	const char *at = buffer->data;
	size_t have = 0;

	while (at && *at) {
		const char *from = at;

		text_next(&at);
		have += text_width_n(from, (size_t)(at - from));
		if (have > width) {
			buffer->length = (size_t)(from - buffer->data);
			buffer->data[buffer->length] = '\0';
			return true;
		}
	}
	return false;
}

static size_t width_of(const struct text_buffer *buffer)
{
	return text_width_n(buffer->data, buffer->length);
}

static void cut_to_width(struct excerpt *excerpt)
{
	struct text_buffer *part = excerpt->part;
	size_t behind = width_of(&part[2]), used;

	if (width_of(&part[0]) + width_of(&part[1]) + behind <= EXCERPT_WIDTH)
		return;
	if (width_of(&part[0]) + width_of(&part[1]) > EXCERPT_WIDTH)
		excerpt->cut_before = cut_front(&part[0], EXCERPT_BEFORE);
	used = width_of(&part[0]);
	if (cut_back(&part[1], EXCERPT_WIDTH - used)) {
		part[2].length = 0;
		excerpt->cut_behind = true;
		return;
	}
	excerpt->cut_behind = cut_back(&part[2], EXCERPT_WIDTH - used - width_of(&part[1]));
}

static void excerpt_init(struct excerpt *excerpt, const struct place *at)
{
	size_t length = strcspn(at->text, "\r\n");
	size_t start = at->mark_start < length ? at->mark_start : length;
	size_t end = at->mark_end < length ? at->mark_end : length;

	if (end < start)
		end = start;
	*excerpt = (struct excerpt){ 0 };
	for (size_t i = 0; i < 3; i++)
		text_buffer_puts(&excerpt->part[i], "");
	diag_clean(&excerpt->part[0], at->text, start);
	diag_clean(&excerpt->part[1], at->text + start, end - start);
	diag_clean(&excerpt->part[2], at->text + end, length - end);
	cut_to_width(excerpt);
}

static void repeat(FILE *out, char byte, size_t count)
{
	while (count--)
		fputc(byte, out);
}

/* Returns the width of the gutter, under which the help is to stand. */
static size_t print_excerpt(const struct printer *printer, const struct diag_item *item)
{
	const struct place *at = &item->place;
	struct excerpt excerpt;
	char number[32];
	size_t gutter, before, mark;

	excerpt_init(&excerpt, at);
	gutter = (size_t)snprintf(number, sizeof(number), "%ld", at->line) + 1;
	before = width_of(&excerpt.part[0]) + excerpt.cut_before;
	mark = width_of(&excerpt.part[1]);
	repeat(printer->out, ' ', gutter);
	colored(printer, "\033[34m", "|");
	fputc('\n', printer->out);
	colored(printer, "\033[34m", number);
	colored(printer, "\033[34m", " | ");
	fprintf(printer->out, "%s%s%s%s%s\n", excerpt.cut_before ? "…" : "", excerpt.part[0].data,
		excerpt.part[1].data, excerpt.part[2].length ? excerpt.part[2].data : "",
		excerpt.cut_behind ? "…" : "");
	repeat(printer->out, ' ', gutter);
	colored(printer, "\033[34m", "| ");
	repeat(printer->out, ' ', before);
	if (printer->color)
		fputs(level_colors[item->entry->level], printer->out);
	repeat(printer->out, '^', mark ? mark : 1);
	if (at->note) {
		bool column = printer->chinese && !strncmp(at->note, NOTE_COLUMN, strlen(NOTE_COLUMN));

		fputs(column ? " 列 " : " ", printer->out);
		print_clean(printer, at->note + (column ? strlen(NOTE_COLUMN) : 0));
	}
	fputs(printer->color ? "\033[0m\n" : "\n", printer->out);
	for (size_t i = 0; i < 3; i++)
		text_buffer_release(&excerpt.part[i]);
	return gutter;
}

static void print_help(const struct printer *printer, const char *help, size_t gutter)
{
	while (*help) {
		size_t length = strcspn(help, "\n");

		repeat(printer->out, ' ', gutter);
		colored(printer, "\033[34m", printer->chinese ? "= 改法: " : "= help: ");
		fprintf(printer->out, "%.*s\n", (int)length, help);
		help += length + (help[length] == '\n');
	}
}

static void print_item(const struct printer *printer, const struct diag_item *item)
{
	size_t gutter = 4;

	print_head(printer, item);
	if (item->place.text && item->place.line > 0)
		gutter = print_excerpt(printer, item);
	if (item->help)
		print_help(printer, item->help, gutter);
}

static void print_more(const struct printer *printer, enum message id, size_t more)
{
	const struct message_entry *entry = message_entry(id);
	const char *word = level_words[printer->chinese][entry->level];

	if (printer->chinese)
		fprintf(printer->out, "…… 另有 %zu 条同类%s[%s]未列出\n", more, word, entry->code);
	else
		fprintf(printer->out, "... and %zu more of %s[%s]\n", more, word, entry->code);
}

static void print_summary(const struct printer *printer, size_t errors, size_t warnings)
{
	const char *gap = errors && warnings ? printer->chinese ? "，" : ", " : "";

	if (errors)
		fprintf(printer->out, printer->chinese ? "%zu 个错误" : errors == 1 ? "%zu error" : "%zu errors", errors);
	fputs(gap, printer->out);
	if (warnings)
		fprintf(printer->out, printer->chinese ? "%zu 个警告" : warnings == 1 ? "%zu warning" : "%zu warnings",
			warnings);
	if (errors || warnings)
		fputc('\n', printer->out);
}

static void print_text(struct diag *diag, FILE *out, const struct diag_style *style)
{
	struct printer printer = { out, style->color, diag->chinese };
	size_t shown[MSG_COUNT + 1] = { 0 };

	for (size_t i = 0; i < diag->count; i++) {
		enum message id = diag->records[i].id;

		if (style->quiet && message_entry(id)->level != DIAG_ERROR)
			continue;
		if (shown[id] < DIAG_SHOWN)
			print_item(&printer, &diag->items[i]);
		if (++shown[id] == DIAG_SHOWN && diag->per_code[id] > DIAG_SHOWN)
			print_more(&printer, id, diag->per_code[id] - DIAG_SHOWN);
	}
	if (!style->bare)
		print_summary(&printer, diag_errors(diag), style->quiet ? 0 : diag_warnings(diag));
}

static void print_json_number(FILE *out, const char *key, long number)
{
	if (number > 0)
		fprintf(out, ",\"%s\":%ld", key, number);
	else
		fprintf(out, ",\"%s\":null", key);
}

static void print_json_item(FILE *out, const struct diag_item *item)
{
	static const char *const levels[] = { [DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note" };
	const struct place *at = &item->place;
	size_t length = at->text ? strlen(at->text) : 0;
	size_t end = at->mark_end < length ? at->mark_end : length;

	fprintf(out, "{\"code\":\"%s\",\"level\":\"%s\",\"message\":", item->entry->code, levels[item->entry->level]);
	json_print_text(out, item->text);
	fputs(",\"file\":", out);
	json_print_text(out, at->file);
	print_json_number(out, "line", at->line);
	print_json_number(out, "column", at->column);
	print_json_number(out, "end", at->text ? (long)text_length_n(at->text, end) + 1 : 0);
	fputs(",\"text\":", out);
	json_print_text(out, at->text);
	fputs(",\"help\":", out);
	json_print_text(out, item->help);
	fputs("}\n", out);
}

void diag_print(struct diag *diag, FILE *out, const struct diag_style *style)
{
	diag_sort(diag);
	if (style->format == DIAG_TEXT) {
		print_text(diag, out, style);
		return;
	}
	for (size_t i = 0; i < diag->count; i++)
		if (!style->quiet || diag->items[i].entry->level == DIAG_ERROR)
			print_json_item(out, &diag->items[i]);
}
