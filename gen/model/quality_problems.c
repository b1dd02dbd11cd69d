#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"

#define MOST_INSTANCES 10 /* examples of one code in one file */
#define MOST_EXAMPLES 400 /* on the page; what comes behind shows one each */
#define BEFORE_MARK 60 /* bytes of the source line */
#define BEHIND_MARK 120

static const char *const level_names[] = {
	[DIAG_ERROR] = "error", [DIAG_WARNING] = "warning", [DIAG_NOTE] = "note"};

/* The messages of one code in one file. */
struct pile {
	const char *file; /* NULL: without a place */
	enum diag_level worst; /* of the file */
	const struct message_entry *entry;
	const struct diag_item **items; /* as they stand in the file */
	size_t kept, count; /* count: also those that were not kept */
};
struct piles {
	struct pile *rows;
	size_t count;
	const struct diag_item **items;
};

static int compare_files(const char *a, const char *b)
{
	if (!a || !b)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static int by_file_and_code(const void *a, const void *b)
{
	const struct diag_item *first = *(const struct diag_item *const *)a,
			       *second = *(const struct diag_item *const *)b;
	int order = compare_files(first->place.file, second->place.file);

	if (!order)
		order = strcmp(first->entry->code, second->entry->code);
	return order ? order : first < second ? -1 : first > second;
}

/* What stops the month comes first. */
static int by_gravity(const void *a, const void *b)
{
	const struct pile *first = a, *second = b;
	int order = (first->worst > second->worst) - (first->worst < second->worst);

	if (!order)
		order = compare_files(first->file, second->file);
	if (!order)
		order = (first->entry->level > second->entry->level) - (first->entry->level < second->entry->level);
	return order ? order : strcmp(first->entry->code, second->entry->code);
}

static bool same_file(const struct pile *a, const struct pile *b)
{
	return compare_files(a->file, b->file) == 0;
}

static void count_not_kept(const struct model *model, struct piles *piles)
{
	const struct message_entry *entry;
	const char *file;
	size_t more;

	for (size_t i = 0; diag_not_kept(model->input.messages, i, &entry, &file, &more); i++) {
		size_t at = 0;

		while (at < piles->count &&
			(piles->rows[at].entry != entry || compare_files(piles->rows[at].file, file) != 0))
			at++;
		if (at == piles->count)
			piles->rows[piles->count++] = (struct pile){.file = file, .entry = entry, .items = piles->items};
		piles->rows[at].count += more;
	}
}

static void find_worst(struct piles *piles)
{
	for (size_t i = 0; i < piles->count; i++) {
		struct pile *pile = &piles->rows[i];

		pile->worst = pile->entry->level;
		for (size_t j = 0; j < piles->count; j++)
			if (same_file(pile, &piles->rows[j]) && piles->rows[j].entry->level < pile->worst)
				pile->worst = piles->rows[j].entry->level;
	}
}

static struct piles pile_up(const struct model *model, struct arena *scratch)
{
	struct piles piles = {NULL, 0, arena_array(scratch, model->message_count + 1, sizeof(*piles.items))};
	const struct message_entry *entry;
	const char *file;
	size_t more, room = model->message_count;

	while (diag_not_kept(model->input.messages, room - model->message_count, &entry, &file, &more))
		room++;
	piles.rows = arena_array(scratch, room + 1, sizeof(*piles.rows));
	for (size_t i = 0; i < model->message_count; i++)
		piles.items[i] = &model->messages[i];
	qsort(piles.items, model->message_count, sizeof(*piles.items), by_file_and_code);
	for (size_t i = 0; i < model->message_count; i++) {
		const struct diag_item *item = piles.items[i];
		struct pile *last = piles.count ? &piles.rows[piles.count - 1] : NULL;

		if (!last || last->entry != item->entry || compare_files(last->file, item->place.file) != 0) {
			last = &piles.rows[piles.count++];
			*last = (struct pile){.file = item->place.file, .entry = item->entry, .items = &piles.items[i]};
		}
		last->kept++;
		last->count++;
	}
	count_not_kept(model, &piles);
	find_worst(&piles);
	qsort(piles.rows, piles.count, sizeof(*piles.rows), by_gravity);
	return piles;
}

size_t files_to_mend(const struct model *model)
{
	struct arena *scratch = arena_new();
	struct piles piles = pile_up(model, scratch);
	size_t count = 0;

	for (size_t i = 0; i < piles.count && piles.rows[i].worst == DIAG_ERROR; i++)
		count += piles.rows[i].file && (!i || !same_file(&piles.rows[i], &piles.rows[i - 1]));
	arena_free(scratch);
	return count;
}

static const char *code_title(struct pen *pen, const struct message_entry *entry)
{
	return message_in_general(pen->model->chinese ? entry->zh : entry->en, pen->scratch);
}

/* Where all of them say the same, in their own words. */
static const char *pile_title(struct pen *pen, const struct pile *pile)
{
	if (!pile->kept || pile->kept != pile->count)
		return code_title(pen, pile->entry);
	for (size_t i = 1; i < pile->kept; i++)
		if (strcmp(pile->items[i]->text, pile->items[0]->text) != 0)
			return code_title(pen, pile->entry);
	return pile->items[0]->text;
}

/* ---- one message ---- */
static const char *cleaned(struct pen *pen, const char *text, size_t length)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *result;

	diag_clean(&buffer, text, length);
	result = text_buffer_take(&buffer, pen->scratch);
	text_buffer_release(&buffer);
	return result ? result : "";
}

static size_t back_to_character(const char *text, size_t at)
{
	while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* The physical line around the marked part: a line of forty columns would push it out of sight. */
static void add_source_line(struct pen *pen, xmlNode *parent, const struct place *place)
{
	size_t length = strlen(place->text), from = 0, to = length;
	size_t start = place->mark_start < length ? place->mark_start : length;
	size_t end = place->mark_end < start ? start : place->mark_end > length ? length : place->mark_end;
	xmlNode *node = put(parent, "source-line");

	if (start > BEFORE_MARK)
		from = back_to_character(place->text, start - BEFORE_MARK);
	if (end > start + BEHIND_MARK)
		end = back_to_character(place->text, start + BEHIND_MARK);
	if (to > end + BEHIND_MARK)
		to = back_to_character(place->text, end + BEHIND_MARK);
	put_text(node, "before", arena_printf(pen->scratch, "%s%s", from ? "…" : "",
		cleaned(pen, place->text + from, start - from)));
	if (end > start)
		put_text(node, "mark", cleaned(pen, place->text + start, end - start));
	put_text(node, "behind", arena_printf(pen->scratch, "%s%s", cleaned(pen, place->text + end, to - end),
		to < length ? "…" : ""));
}

static void add_instance(struct pen *pen, xmlNode *parent, const struct diag_item *item)
{
	xmlNode *node = put(parent, "instance");

	if (item->place.file)
		attribute(node, "file", text_source(pen, item->place.file));
	if (item->place.line > 0)
		attribute_count(pen, node, "line", (size_t)item->place.line);
	if (item->place.column > 0)
		attribute_count(pen, node, "column", (size_t)item->place.column);
	put_text(node, "text", item->text);
	if (item->place.text)
		add_source_line(pen, node, &item->place);
	for (const char *at = item->help; at && *at;) {
		size_t length = strcspn(at, "\n");

		put_text(node, "mend", arena_strndup(pen->scratch, at, length));
		at += length + (at[length] == '\n');
	}
}

/* ---- by code, for everyone ---- */
static void add_problem(struct pen *pen, xmlNode *parent, const struct message_entry *entry, size_t count, size_t pile)
{
	xmlNode *node = put(parent, "problem");

	attribute(node, "code", entry->code);
	attribute(node, "level", level_names[entry->level]);
	attribute_count(pen, node, "count", count);
	attribute(node, "title", code_title(pen, entry));
	/* What a message quotes may be an amount: instances are the managers' alone. */
	if (!pen->entry->is_public)
		attribute(node, "href", arena_printf(pen->scratch, "#problem-%zu", pile + 1));
}

/* Each code once, where its first pile is: so the gravest first. */
static void add_codes(struct pen *pen, xmlNode *parent, const struct piles *piles)
{
	for (int level = DIAG_ERROR; level <= DIAG_NOTE; level++)
		for (size_t i = 0; i < piles->count; i++) {
			const struct message_entry *entry = piles->rows[i].entry;
			size_t count = 0, first = 0;

			if ((int)entry->level != level)
				continue;
			while (piles->rows[first].entry != entry)
				first++;
			for (size_t j = i; j < piles->count; j++)
				count += piles->rows[j].entry == entry ? piles->rows[j].count : 0;
			if (first == i)
				add_problem(pen, parent, entry, count, i);
		}
}

/* ---- by file, for those who mend ---- */
static void add_pile(struct pen *pen, xmlNode *parent, const struct pile *pile, size_t number, size_t *shown)
{
	size_t most = *shown < MOST_EXAMPLES ? MOST_INSTANCES : 1, examples = pile->kept < most ? pile->kept : most;
	xmlNode *node = put(parent, "mending");

	attribute(node, "id", arena_printf(pen->scratch, "problem-%zu", number + 1));
	attribute(node, "code", pile->entry->code);
	attribute(node, "level", level_names[pile->entry->level]);
	attribute_count(pen, node, "count", pile->count);
	attribute_count(pen, node, "shown", examples);
	attribute(node, "title", pile_title(pen, pile));
	for (size_t i = 0; i < examples; i++)
		add_instance(pen, node, pile->items[i]);
	*shown += examples;
}

static void add_files_to_mend(struct pen *pen, xmlNode *parent, const struct piles *piles)
{
	size_t shown = 0, end;

	for (size_t start = 0; start < piles->count && start < SHEET_ROWS; start = end) {
		const struct pile *first = &piles->rows[start];
		xmlNode *node = put(parent, "to-mend");
		size_t counts[] = {[DIAG_ERROR] = 0, [DIAG_WARNING] = 0, [DIAG_NOTE] = 0};

		if (first->file)
			attribute(node, "file", text_source(pen, first->file));
		for (end = start; end < piles->count && same_file(first, &piles->rows[end]); end++)
			counts[piles->rows[end].entry->level] += piles->rows[end].count;
		attribute(node, "level", level_names[first->worst]);
		attribute_count(pen, node, "errors", counts[DIAG_ERROR]);
		attribute_count(pen, node, "warnings", counts[DIAG_WARNING]);
		attribute_count(pen, node, "notes", counts[DIAG_NOTE]);
		for (size_t i = start; i < end && i < SHEET_ROWS; i++)
			add_pile(pen, node, &piles->rows[i], i, &shown);
	}
}

void add_problems(struct pen *pen, xmlNode *parent)
{
	struct piles piles = pile_up(pen->model, pen->scratch);

	add_codes(pen, parent, &piles);
	if (!pen->entry->is_public)
		add_files_to_mend(pen, parent, &piles);
}
