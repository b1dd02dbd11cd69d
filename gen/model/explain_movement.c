#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/explain_parts.h"

/* Sentences on items and movements that are no tree. */

const char *section_word(struct pen *pen, enum section section)
{
	static const enum sentence words[] = { [SECTION_FACTS] = SAY_X_FACTS, [SECTION_SCORE] = SAY_X_SCORE,
		[SECTION_EARNINGS] = SAY_X_EARNINGS, [SECTION_DEDUCTIONS] = SAY_X_DEDUCTIONS, [SECTION_EMPLOYER] = SAY_X_EMPLOYER,
		[SECTION_NET] = SAY_X_NET };

	return say(pen, words[section], NULL);
}

const char *view_shortened(struct viewing *viewing, const char *text, size_t most)
{
	const char *at = text, *end = text;
	size_t width = 0;

	while (*at) {
		const char *from = at;

		text_next(&at);
		width += text_width_n(from, (size_t)(at - from));
		if (width > most)
			return arena_printf(viewing->arena, "%.*s…", (int)(end - text), text);
		if (width < most)
			end = at;
	}
	return text;
}

const char *check_sentence(struct viewing *viewing, const struct trace_item *item)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const struct item *check = item->item;
	char room[VALUE_TEXT_SIZE];
	const char *text;

	for (size_t i = 0; i < check->piece_count; i++)
		text_buffer_puts(&buffer, check->pieces[i].item ? value_format(results_value(viewing->explain->results,
			viewing->explain->person, check->pieces[i].item->column), room) : check->pieces[i].text);
	text = text_buffer_take(&buffer, viewing->arena);
	text_buffer_release(&buffer);
	return text ? text : "";
}

void view_row(struct viewing *viewing, struct view *parent, size_t index)
{
	const struct trace_item *item = trace_item(viewing->explain->trace, index);
	const struct table *table = viewing->explain->results->facts->tables[item->item->table->index];
	const struct value *key = item->item->key ? table_cell(table, item->row, item->item->key->index) : NULL;
	struct view *view = view_add(viewing, parent, key && !key->missing ? key->text : item->item->name,
		how_value(&viewing->pen, &item->value), shown_cell(viewing, table, item->row, NULL));

	if (!item->applies && item->when)
		view_line(viewing, view, how_not(&viewing->pen, item->when));
	else if (item->root)
		view_line(viewing, view, arena_printf(viewing->arena, "= %s", trace_basis(item->root, viewing->arena)));
}

static size_t held(const struct trace_movement *movement)
{
	size_t count = 0;

	for (size_t i = 0; i < movement->movement->criterion_count; i++)
		count += movement->holds[i];
	return count;
}

const char *movement_sentence(struct viewing *viewing, const struct trace_movement *movement)
{
	size_t all = movement->movement->criterion_count;

	return say(&viewing->pen, held(movement) == all ? SAY_X_ALL_MET : SAY_X_SOME_MET,
		arena_printf(viewing->arena, "%zu", all), arena_printf(viewing->arena, "%zu", held(movement)), NULL);
}

static void not_considered(struct viewing *viewing, struct view *view, const struct trace_movement *movement)
{
	const char *grade = movement->from ? movement->from->id : say(&viewing->pen, SAY_X_NO_GRADE, NULL);

	if (!movement->from_fits)
		view_line(viewing, view, say(&viewing->pen, SAY_X_NOT_FROM, grade, NULL));
	else if (!movement->has_target)
		view_line(viewing, view, say(&viewing->pen, SAY_X_NOWHERE, grade, NULL));
	else if (movement->when)
		view_line(viewing, view, how_not(&viewing->pen, movement->when));
}

struct view *view_movement(struct viewing *viewing, struct view *parent, const struct trace_movement *movement)
{
	const struct movement *m = movement->movement;
	const char *value = movement->applies ? movement_sentence(viewing, movement) : say(&viewing->pen, SAY_X_NOT_CONSIDERED, NULL);
	struct view *view = view_add(viewing, parent, m->title, value, shown_article(viewing, m->article, m->place));

	if (movement->from || movement->to)
		view_line(viewing, view, say(&viewing->pen, SAY_X_FROM_TO, movement->from ? movement->from->id : "",
			movement->to ? movement->to->id : "", NULL));
	if (!movement->applies)
		not_considered(viewing, view, movement);
	if (movement->when)
		view_operands(viewing, view_add(viewing, view, say(&viewing->pen, SAY_X_CONDITION,
			trace_text(movement->when, viewing->arena), NULL), how_value(&viewing->pen, &movement->when->value), ""), movement->when);
	for (size_t i = 0; movement->applies && i < m->criterion_count; i++) {
		const struct trace_node *root = movement->criteria[i];
		struct place place = m->criteria[i].place;
		struct view *criterion;

		place.column = 0;
		criterion = view_add(viewing, view, m->criteria[i].name,
			say(&viewing->pen, movement->holds[i] ? SAY_X_MET : SAY_X_NOT_MET, NULL), shown_place(viewing, place));
		if (movement->holds[i])
			view_line(viewing, criterion, trace_text(root, viewing->arena));
		if (movement->holds[i])
			view_line(viewing, criterion, arena_printf(viewing->arena, "= %s", trace_basis_of(root, viewing->arena)));
		else
			view_line(viewing, criterion, how_not(&viewing->pen, root));
		view_operands(viewing, criterion, root);
	}
	return view;
}
