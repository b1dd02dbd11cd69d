#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/explain_parts.h"
#include "value/date.h"

#define NAME_WIDEST 28 /* columns a name is padded to; longer ones push the value out */
#define VALUE_WIDEST 18
#define BASIS_WIDEST 72

struct paper {
	struct text_buffer *out;
};

static size_t width(const char *text)
{
	return text_width_n(text, strlen(text));
}

static void blanks(struct paper *paper, size_t count)
{
	while (count--)
		text_buffer_putc(paper->out, ' ');
}

/* The widest of those that are not too wide. */
static void measure(const struct view *first, size_t *name, size_t *value)
{
	*name = *value = 0;
	for (const struct view *view = first; view; view = view->next) {
		size_t n = width(view->name), v = width(view->value);

		if (n <= NAME_WIDEST && n > *name)
			*name = n;
		if (v <= VALUE_WIDEST && v > *value)
			*value = v;
	}
}

static void print_head(struct paper *paper, const struct view *view, size_t name_width, size_t value_width)
{
	size_t name = width(view->name), value = width(view->value), room = name_width + 2 + value_width;

	text_buffer_puts(paper->out, view->name);
	if (*view->value || *view->note) {
		blanks(paper, name + 2 + value < room ? room - name - value : 2);
		text_buffer_puts(paper->out, view->value);
	}
	if (*view->note)
		text_buffer_printf(paper->out, "  %s", view->note);
	text_buffer_putc(paper->out, '\n');
}

static void print_below(struct paper *paper, const struct view *view, const char *margin, struct arena *arena)
{
	size_t name, value;

	for (size_t i = 0; i < view->line_count; i++)
		text_buffer_printf(paper->out, "%s%s%s\n", margin, view->first ? "│ " : "  ", view->lines[i]);
	measure(view->first, &name, &value);
	for (const struct view *child = view->first; child; child = child->next) {
		text_buffer_printf(paper->out, "%s%s", margin, child->next ? "├ " : "└ ");
		print_head(paper, child, name, value);
		print_below(paper, child, arena_printf(arena, "%s%s", margin, child->next ? "│ " : "  "), arena);
	}
}

/* "张伟 (00111)  2026-10  职级 S2  销售支持一部" */
static void print_person(struct viewing *viewing, struct paper *paper)
{
	const struct facts *facts = viewing->explain->results->facts;
	const struct person *person = &facts->people[viewing->explain->person];
	const char *unit = person->unit == SIZE_MAX ? "" : facts->units[person->unit].name;
	char month[8];

	text_buffer_printf(paper->out, "%s  %s %s", month_format(facts->month, month), person->id, person->name);
	if (person->grade)
		text_buffer_printf(paper->out, "  %s", grade_title(person->policy, person->grade));
	text_buffer_printf(paper->out, "%s%s\n\n", *unit ? "  " : "", unit);
}

static void print_view(struct viewing *viewing, struct paper *paper, const struct view *top)
{
	size_t name, value;

	for (const struct view *view = top->first; view; view = view->next) {
		measure(view, &name, &value);
		print_head(paper, view, width(view->name), width(view->value));
		print_below(paper, view, "  ", viewing->arena);
	}
}

/* Rows of a line beyond these are only named, unless all are wanted. */
#define ROWS_IN_FULL 3

static void view_rows(struct viewing *viewing, struct view *top, const struct explained *asked)
{
	bool all = viewing->explain->unfold || asked->item_count <= ROWS_IN_FULL;
	struct decimal sum = decimal_zero();
	struct view *view;

	for (size_t i = 0; i < asked->item_count; i++) {
		const struct trace_item *item = trace_item(viewing->explain->trace, asked->items[i]);

		if (!item->value.missing && value_type_is_numeric(item->value.type))
			sum = decimal_add(sum, item->value.number);
	}
	view = view_add(viewing, top, asked->line->name, how_number(&viewing->pen, sum, asked->line->type == VALUE_MONEY),
		shown_article(viewing, asked->line->article, asked->line->place));
	view_line(viewing, view, say(&viewing->pen, SAY_X_LINE_ROWS, text_count(&viewing->pen, asked->item_count), NULL));
	for (size_t i = 0; i < asked->item_count; i++)
		if (all)
			view_item(viewing, view, asked->items[i]);
		else
			view_row(viewing, view, asked->items[i]);
	if (!all)
		view_line(viewing, view, say(&viewing->pen, SAY_X_ASK_ROW, NULL));
}

void explain_text(const struct explain *explain, const struct explained *asked, struct text_buffer *out)
{
	struct paper paper = { out };
	struct viewing viewing;
	struct view top = { "", "", "", NULL, 0, NULL, NULL, NULL };

	viewing_start(&viewing, explain);
	if (asked->movement)
		view_movement(&viewing, &top, asked->movement);
	else if (asked->line)
		view_rows(&viewing, &top, asked);
	for (size_t i = 0; !asked->line && i < asked->item_count; i++)
		view_item(&viewing, &top, asked->items[i]);
	print_person(&viewing, &paper);
	print_view(&viewing, &paper, &top);
}

/* ---- everything of a person, a line each ---- */

static const char *one_line_basis(struct viewing *viewing, const struct trace_item *item)
{
	const char *text = "";

	if (!item->applies && (item->when || item->card_when))
		text = how_not(&viewing->pen, item->when ? item->when : item->card_when);
	else if (item->value.missing)
		text = why_missing(viewing, item);
	else if (item->item->kind == ITEM_TOTAL)
		text = say(&viewing->pen, SAY_X_TOTAL, section_word(&viewing->pen, item->item->total_of), NULL);
	else if (item->item->kind == ITEM_SCORECARD)
		text = arena_printf(viewing->arena, "= %s", how_weighed(&viewing->pen, item));
	else if (item->root)
		/* One name alone says more than its value again. */
		text = arena_printf(viewing->arena, "= %s", trace_is_open(item->root->node) ?
			trace_basis(item->root, viewing->arena) : trace_text(item->root, viewing->arena));
	return view_shortened(viewing, text, BASIS_WIDEST);
}

static void add_overview(struct viewing *viewing, struct view *view, size_t index)
{
	const struct trace_item *item = trace_item(viewing->explain->trace, index);

	view_add(viewing, view, item->item->name, how_value(&viewing->pen, &item->value), one_line_basis(viewing, item));
}

static void add_section(struct viewing *viewing, struct view *top, enum section section)
{
	struct view *view = view_add(viewing, top, section_word(&viewing->pen, section), "", "");
	const struct policy *policy = viewing->explain->results->facts->people[viewing->explain->person].policy;

	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i]->column != SIZE_MAX && policy->items[i]->kind != ITEM_LINE && policy->items[i]->kind != ITEM_CHECK &&
			(policy->items[i]->kind == ITEM_TOTAL ? policy->items[i]->total_of : policy->items[i]->section) == section)
			add_overview(viewing, view, trace_need(viewing->explain->trace, policy->items[i], SIZE_MAX));
}

static void add_lines(struct viewing *viewing, struct view *top)
{
	const struct results *results = viewing->explain->results;
	size_t person = viewing->explain->person, scheme = results->facts->people[person].scheme;
	struct view *view = view_add(viewing, top, say(&viewing->pen, SAY_X_LINES, NULL), "", "");

	for (size_t i = 0; i < results->facts->rulebook->line_count; i++) {
		const struct item *line = results->facts->rulebook->lines[i][scheme];
		struct decimal sum = decimal_zero();
		struct row_span rows;

		if (!line || !results->lines[i].table)
			continue;
		rows = facts_rows(results->facts, line->table->index, person);
		for (size_t r = 0; r < rows.count; r++)
			if (!results->lines[i].values[rows.rows[r]].missing && value_type_is_numeric(line->type))
				sum = decimal_add(sum, results->lines[i].values[rows.rows[r]].number);
		if (rows.count)
			view_add(viewing, view, line->name, how_number(&viewing->pen, sum, line->type == VALUE_MONEY),
				say(&viewing->pen, SAY_X_LINE_ROWS, text_count(&viewing->pen, rows.count), NULL));
	}
}

static void add_checks(struct viewing *viewing, struct view *top)
{
	struct view *view = view_add(viewing, top, say(&viewing->pen, SAY_X_CHECKS, NULL), "", "");

	for (size_t i = 0; i < trace_count(viewing->explain->trace); i++) {
		const struct trace_item *item = trace_item(viewing->explain->trace, i);

		if (item->item->kind == ITEM_CHECK && item->applies)
			view_add(viewing, view, item->item->name, "", check_sentence(viewing, item));
	}
}

static void add_movements(struct viewing *viewing, struct view *top)
{
	const struct policy *policy = viewing->explain->results->facts->people[viewing->explain->person].policy;
	struct view *view = view_add(viewing, top, say(&viewing->pen, SAY_X_MOVEMENTS, NULL), "", "");

	for (size_t i = 0; i < policy->movement_count; i++) {
		const struct trace_movement *movement = trace_movement(viewing->explain->trace, policy->movements[i]);

		if (movement->applies)
			view_add(viewing, view, policy->movements[i]->title, "", movement_sentence(viewing, movement));
	}
}

void explain_overview(const struct explain *explain, const char *again, struct text_buffer *out)
{
	struct paper paper = { out };
	struct viewing viewing;
	struct view top = { "", "", "", NULL, 0, NULL, NULL, NULL };

	viewing_start(&viewing, explain);
	for (int section = SECTION_FACTS; section <= SECTION_NET; section++)
		add_section(&viewing, &top, (enum section)section);
	add_lines(&viewing, &top);
	add_movements(&viewing, &top);
	add_checks(&viewing, &top);
	print_person(&viewing, &paper);
	for (const struct view *view = top.first; view; view = view->next) {
		size_t name, value;

		if (!view->first)
			continue;
		measure(view->first, &name, &value);
		text_buffer_printf(out, "%s\n", view->name);
		for (const struct view *child = view->first; child; child = child->next) {
			text_buffer_puts(out, "  ");
			print_head(&paper, child, name, value);
		}
		text_buffer_putc(out, '\n');
	}
	text_buffer_printf(out, "%s\n", say(&viewing.pen, SAY_X_ASK_FURTHER, again, NULL));
}
