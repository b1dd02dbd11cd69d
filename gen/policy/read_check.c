#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"

/* A check's text is literal pieces and {figures}; it is split when all names are known. */
void read_check(struct reading *reading, const struct element *element)
{
	struct policy *policy = reading->policy;
	struct item *item = arena_alloc(reading->arena, sizeof(*item));

	policy->items = element_push(reading->arena, policy->items, &policy->item_count, &reading->item_room, sizeof(struct item *));
	policy->items[policy->item_count - 1] = item;
	item->kind = ITEM_CHECK;
	item->type = VALUE_TEXT;
	item->name = element_name(element, "name", reading->pool);
	if (!item->name)
		item->name = "";
	item->label = item->name;
	item->audience = element_get(element, "audience");
	item->is_error = element_one_of(element, "level", 0) == 1;
	item->article = reading->article == policy->body ? NULL : reading->article;
	item->place = element_place(element);
	item->column = SIZE_MAX;
	item->line = SIZE_MAX;
	item->when = reading_formula(reading, element, "when", (struct formula_scope){ .self = item, .wanted = VALUE_YESNO });
	reading_link(reading, &reading->checks, element, item);
	reading_block(reading, BLOCK_ITEM, item);
}

static void add_literal(struct reading *reading, struct item *check, const char *text, size_t length)
{
	struct check_piece *piece = &check->pieces[check->piece_count];
	const char *copy = arena_strndup(reading->arena, text, length);
	bool before = length && strchr(" \t\r\n", copy[0]), after = length && strchr(" \t\r\n", copy[length - 1]);
	const char *flowed = reading_flow(reading, copy);

	if (!length)
		return;
	/* A blank at a figure's side is meant; a line break there is not. */
	before = before && copy[0] == ' ' && !memchr(copy, '\n', strspn(copy, " \t\r\n"));
	after = after && copy[length - 1] == ' ' && *flowed;
	piece->text = arena_printf(reading->arena, "%s%s%s", before ? " " : "", flowed, after ? " " : "");
	check->piece_count++;
}

static void add_figure(struct reading *reading, struct item *check, const struct xml_text *text, size_t start, size_t end)
{
	struct check_piece *piece = &check->pieces[check->piece_count++];
	size_t length = end - start;
	const char *name = text_trim(text->text + start, &length), *plain = text_nfkc(reading->arena, name, length);
	struct symbol symbol;
	const struct item *item;

	piece->name = text_intern(reading->pool, plain, strlen(plain));
	piece->place = xml_text_place(text, start, end);
	symbol = names_find(reading->policy->names, piece->name);
	item = symbol.object;
	if (symbol.kind == SYMBOL_ITEM && item->kind != ITEM_LINE && item->kind != ITEM_CHECK)
		piece->item = item;
	else
		diag_add_nearest(reading->diag, MSG_CHECK_FIGURE_UNKNOWN, piece->place, symbol.kind == SYMBOL_NONE
			? names_nearest(reading->policy->names, piece->name) : NULL, piece->name, NULL);
}

static void split(struct reading *reading, const struct element *element, struct item *check)
{
	struct xml_text text = element_text(element);
	size_t braces = 0, start = 0;

	for (size_t i = 0; i < text.length; i++)
		braces += text.text[i] == '{';
	check->pieces = arena_array(reading->arena, braces * 2 + 1, sizeof(*check->pieces));
	check->source = text.text;
	for (size_t i = 0; i < text.length; i++) {
		const char *close;

		if (text.text[i] != '{')
			continue;
		add_literal(reading, check, text.text + start, i - start);
		close = strchr(text.text + i, '}');
		if (!close) {
			diag_add(reading->diag, MSG_CHECK_BRACE, xml_text_place(&text, i, i + 1), NULL);
			return;
		}
		add_figure(reading, check, &text, i + 1, (size_t)(close - text.text));
		i = (size_t)(close - text.text);
		start = i + 1;
	}
	add_literal(reading, check, text.text + start, text.length - start);
}

void link_checks(struct reading *reading)
{
	for (size_t i = 0; i < reading->checks.count; i++)
		split(reading, reading->checks.all[i].element, reading->checks.all[i].object);
}
