#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/explain_parts.h"
#include "value/date.h"

#define DEPTH_MAX 60 /* figures within figures; deeper ones are named only */

void viewing_start(struct viewing *viewing, const struct explain *explain)
{
	viewing->explain = explain;
	viewing->arena = explain->arena;
	viewing->model.chinese = explain->chinese;
	viewing->pen.model = &viewing->model;
	viewing->pen.scratch = explain->arena;
	viewing->shown = arena_array(explain->arena, trace_count(explain->trace) + 1, sizeof(*viewing->shown));
	viewing->depth = 0;
}

static bool is_same(const struct view *view, const char *name, const char *value, const char *note)
{
	return !strcmp(view->name, name) && !strcmp(view->value, value) && !strcmp(view->note, note);
}

/* White space and line ends of a formula as one blank each: it is shown on one line. */
static const char *on_one_line(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	char *out = arena_alloc(arena, length + 1), *to = out;

	text = text_trim(text, &length);
	for (const char *end = text + length; text < end; text++) {
		bool blank = *text == ' ' || *text == '\t' || *text == '\n' || *text == '\r';

		if (!blank)
			*to++ = *text;
		else if (to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return out;
}

struct view *view_add(struct viewing *viewing, struct view *parent, const char *name, const char *value, const char *note)
{
	struct view *view;

	name = on_one_line(viewing->arena, name);
	/* A name that a formula has twice is told once. */
	for (view = parent->first; view; view = view->next)
		if (is_same(view, name, value, note))
			return view;
	view = arena_alloc(viewing->arena, sizeof(*view));
	*view = (struct view){ .name = name, .value = value, .note = note };
	if (parent->last)
		parent->last->next = view;
	else
		parent->first = view;
	parent->last = view;
	return view;
}

void view_line(struct viewing *viewing, struct view *view, const char *line)
{
	view->lines = arena_grow(viewing->arena, view->lines, view->line_count, view->line_count + 1, sizeof(*view->lines));
	view->lines[view->line_count++] = on_one_line(viewing->arena, line);
}

/* ---- names ---- */

static void view_parameter(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const struct parameter *parameter = node->node->parameter;
	char month[8];
	const char *note = node->index < parameter->value_count ?
		say(&viewing->pen, SAY_X_PARAMETER, month_format(parameter->values[node->index].from, month),
			shown_place(viewing, node->place), NULL) :
		say(&viewing->pen, SAY_X_NOT_YET, NULL);

	view_add(viewing, parent, parameter->name, how_value(&viewing->pen, &node->value), note);
}

static const struct column *grade_column(const struct viewing *viewing)
{
	return table_spec_role(viewing->explain->results->facts->rulebook->staff, ROLE_GRADE);
}

static void view_grade_set(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const struct facts *facts = viewing->explain->results->facts;
	const char *note = node->grade ?
		say(&viewing->pen, SAY_X_GRADE, node->grade->id, shown_place(viewing, node->place), NULL) :
		say(&viewing->pen, SAY_X_NO_GRADE, NULL);
	struct view *view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value), note);

	if (node->first) {
		view_operands(viewing, view, node->first);
	} else if (node->grade && !node->past && node->person == viewing->explain->person && grade_column(viewing)) {
		const struct column *column = grade_column(viewing);

		view_add(viewing, view, column->name, node->grade->id,
			shown_cell(viewing, facts->tables[facts->rulebook->staff->index], facts->people[node->person].row, column));
	}
}

static void view_column(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const char *note = node->past ? shown_place(viewing, node->place) :
		node->table ? shown_cell(viewing, node->table, node->row, node->column) : "";
	struct view *view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value), note);

	for (const struct trace_node *child = node->first; child; child = child->next)
		view_operands(viewing, view, child);
}

static void view_figure(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const struct explain *explain = viewing->explain;
	struct place place = node->place;

	if (node->refers != SIZE_MAX) {
		view_item(viewing, parent, node->refers);
		return;
	}
	if (!node->past)
		place = ledger_place(explain, node->person, node->node->item->column);
	view_add(viewing, parent, node->node->item->name, how_value(&viewing->pen, &node->value), shown_place(viewing, place));
}

static const char *rate_key(const struct rate *rate, size_t key_count, struct arena *arena)
{
	const char *text = "";

	for (size_t i = 0; i < key_count; i++)
		text = arena_printf(arena, "%s%s%s", text, i ? ", " : "", rate->keys[i] ? rate->keys[i] : "*");
	return text;
}

static void view_rates(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const struct rates *rates = node->node->rates;
	const char *note = "";
	struct view *view;

	if (node->index < rates->row_count)
		note = say(&viewing->pen, SAY_X_RATE, rate_key(&rates->rows[node->index], rates->key_count, viewing->arena),
			shown_place(viewing, node->place), NULL);
	else if (node->index == rates->row_count)
		note = say(&viewing->pen, SAY_X_OTHERWISE, shown_place(viewing, node->place), NULL);
	view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value), note);
	for (const struct trace_node *child = node->first; child; child = child->next)
		view_operands(viewing, view, child);
}

/* "36,000.00 × 3% + 500.00 × 10%" */
static const char *slices(struct viewing *viewing, const struct tiers *tiers, const struct value *x)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	const char *text;

	for (size_t i = 0; i < tiers->row_count && decimal_compare(x->number, tiers->rows[i].bound) > 0; i++) {
		struct value slice = *x;

		if (i + 1 < tiers->row_count && decimal_compare(tiers->rows[i + 1].bound, x->number) < 0)
			slice.number = tiers->rows[i + 1].bound;
		slice.number = decimal_subtract(slice.number, tiers->rows[i].bound);
		text_buffer_puts(&buffer, i ? " + " : "= ");
		calc_write_value(&slice, &buffer);
		text_buffer_puts(&buffer, " × ");
		calc_write_value(&tiers->rows[i].entry, &buffer);
	}
	text = text_buffer_take(&buffer, viewing->arena);
	text_buffer_release(&buffer);
	return text;
}

static void view_tiers(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	const struct tiers *tiers = node->node->tiers;
	const struct value *x = &node->first->value;
	const struct tier *tier = node->index < tiers->row_count ? &tiers->rows[node->index] : NULL;
	const char *note = "";
	struct view *view;

	if (tier)
		note = say(&viewing->pen, tier->over ? SAY_X_TIER_OVER : SAY_X_TIER_FROM,
			how_number(&viewing->pen, tier->bound, x->type == VALUE_MONEY), how_value(&viewing->pen, &tier->entry),
			shown_place(viewing, node->place), NULL);
	else if (!x->missing)
		note = say(&viewing->pen, SAY_X_BELOW_TIERS, shown_place(viewing, node->place), NULL);
	view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value), note);
	if (tier && tiers->mode == TIERS_MARGINAL && decimal_sign(x->number) > 0)
		view_line(viewing, view, slices(viewing, tiers, x));
	if (tier && tiers->mode == TIERS_LINEAR && node->index + 1 < tiers->row_count)
		view_line(viewing, view, say(&viewing->pen, SAY_X_LINEAR, how_number(&viewing->pen, tier->bound, false),
			how_value(&viewing->pen, &tier->entry), how_number(&viewing->pen, tiers->rows[node->index + 1].bound, false),
			how_value(&viewing->pen, &tiers->rows[node->index + 1].entry), NULL));
	view_operands(viewing, view, node->first);
}

static void view_simple(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	struct view *view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value), "");

	for (const struct trace_node *child = node->first; child; child = child->next)
		view_operands(viewing, view, child);
}

static bool looks_around(const struct node *node)
{
	return function_entry(node->function)->class != CLASS_SCALAR || node->function == FN_MONTHS_IN_GRADE;
}

/* Counted by the calendar, or cut: what it gives is not seen in the formula with its values. */
static bool is_counted(const struct node *node)
{
	return node->kind == NODE_CALL && (node->function == FN_DAYS || node->function == FN_WORKDAYS ||
		node->function == FN_HOLIDAYS || node->function == FN_MONTHS || node->function == FN_ROUND ||
		node->function == FN_FLOOR || node->function == FN_CEIL);
}

void view_operands(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	switch (node->node->kind) {
	case NODE_LITERAL:
		return;
	case NODE_FIGURE: case NODE_LINE:
		view_figure(viewing, parent, node);
		return;
	case NODE_PARAMETER:
		view_parameter(viewing, parent, node);
		return;
	case NODE_GRADE_SET:
		view_grade_set(viewing, parent, node);
		return;
	case NODE_COLUMN: case NODE_REF:
		view_column(viewing, parent, node);
		return;
	case NODE_RATES:
		view_rates(viewing, parent, node);
		return;
	case NODE_TIERS:
		view_tiers(viewing, parent, node);
		return;
	case NODE_CALL:
		if (looks_around(node->node)) {
			view_list(viewing, parent, node);
			return;
		}
		if (!trace_is_open(node->node) || is_counted(node->node)) {
			view_simple(viewing, parent, node);
			return;
		}
		break;
	case NODE_NOT: case NODE_NEGATE: case NODE_AND: case NODE_OR: case NODE_EQ: case NODE_NE: case NODE_LT: case NODE_LE:
	case NODE_GT: case NODE_GE: case NODE_ADD: case NODE_SUBTRACT: case NODE_MULTIPLY: case NODE_DIVIDE: case NODE_IN:
	case NODE_NOT_IN:
		break;
	}
	for (const struct trace_node *child = node->first; child; child = child->next)
		view_operands(viewing, parent, child);
}

/* Of a whole formula: what it gives is the item's value already. */
static void view_below(struct viewing *viewing, struct view *parent, const struct trace_node *root)
{
	if (!is_counted(root->node)) {
		view_operands(viewing, parent, root);
		return;
	}
	for (const struct trace_node *child = root->first; child; child = child->next)
		view_operands(viewing, parent, child);
}

/* ---- items ---- */

static void line_equals(struct viewing *viewing, struct view *view, const char *text)
{
	view_line(viewing, view, arena_printf(viewing->arena, "= %s", text));
}

static void tell_bounds(struct viewing *viewing, struct view *view, const struct trace_item *item)
{
	const char *bounded = how_bounded(&viewing->pen, item), *rounded = how_rounded(&viewing->pen, item);

	if (bounded)
		view_line(viewing, view, bounded);
	if (rounded)
		line_equals(viewing, view, rounded);
}

static void tell_condition(struct viewing *viewing, struct view *view, const struct trace_item *item)
{
	const struct trace_node *no = !item->applies ? (item->when ? item->when : item->card_when) : NULL;
	struct view *condition;

	if (no) {
		if (no->node->kind == NODE_AND || no->node->kind == NODE_OR)
			view_line(viewing, view, say(&viewing->pen, SAY_X_CONDITION, trace_text(no, viewing->arena), NULL));
		view_line(viewing, view, how_left_out(&viewing->pen, item));
		view_operands(viewing, view, no);
		return;
	}
	for (int i = 0; i < 2; i++) {
		const struct trace_node *when = i ? item->when : item->card_when;

		if (!when)
			continue;
		condition = view_add(viewing, view, say(&viewing->pen, SAY_X_CONDITION, trace_text(when, viewing->arena), NULL),
			how_value(&viewing->pen, &when->value), "");
		if (when->first)
			line_equals(viewing, condition, trace_basis_of(when, viewing->arena));
		view_operands(viewing, condition, when);
	}
}

static void tell_formula(struct viewing *viewing, struct view *view, const struct trace_item *item)
{
	const char *source = item->root->formula->text.text, *basis = trace_basis(item->root, viewing->arena);

	line_equals(viewing, view, source);
	if (trace_is_open(item->root->node) && strcmp(source, basis) != 0) /* of one name the value stands above */
		line_equals(viewing, view, basis);
	tell_bounds(viewing, view, item);
}

static void tell_card(struct viewing *viewing, struct view *view, const struct trace_item *item)
{
	line_equals(viewing, view, how_weighed(&viewing->pen, item));
	tell_bounds(viewing, view, item);
}

static const char *name_of(struct viewing *viewing, const struct trace_item *item)
{
	const struct item *i = item->item;
	const struct table *table;
	const struct value *key;

	if (i->kind != ITEM_LINE)
		return i->label && strcmp(i->label, i->name) != 0 ? arena_printf(viewing->arena, "%s (%s)", i->name, i->label) : i->name;
	table = viewing->explain->results->facts->tables[i->table->index];
	key = i->key ? table_cell(table, item->row, i->key->index) : NULL;
	return key && !key->missing ? arena_printf(viewing->arena, "%s %s", i->name, key->text) : i->name;
}

static const char *item_note(struct viewing *viewing, const struct trace_item *item)
{
	const char *note = shown_article(viewing, item->item->article, item->item->place);

	if (item->item->kind != ITEM_LINE)
		return note;
	return say(&viewing->pen, SAY_X_OF_ROW, note, shown_cell(viewing,
		viewing->explain->results->facts->tables[item->item->table->index], item->row, NULL), NULL);
}

static const char *item_value(struct viewing *viewing, const struct trace_item *item)
{
	if (item->item->kind == ITEM_CHECK)
		return say(&viewing->pen, item->applies ? SAY_X_SPEAKS : SAY_X_SILENT, NULL);
	return how_value(&viewing->pen, &item->value);
}

struct view *view_item(struct viewing *viewing, struct view *parent, size_t index)
{
	const struct trace_item *item = trace_item(viewing->explain->trace, index);
	struct view *view;

	if (viewing->shown[index] || viewing->depth >= DEPTH_MAX)
		return view_add(viewing, parent, name_of(viewing, item), item_value(viewing, item),
			say(&viewing->pen, viewing->shown[index] ? SAY_X_ABOVE : SAY_X_ASK, NULL));
	viewing->shown[index] = true;
	viewing->depth++;
	view = view_add(viewing, parent, name_of(viewing, item), item_value(viewing, item), item_note(viewing, item));
	if (item->item->kind == ITEM_TOTAL)
		view_line(viewing, view, say(&viewing->pen, SAY_X_TOTAL, section_word(&viewing->pen, item->item->total_of), NULL));
	if (item->item->kind == ITEM_SCORECARD && item->applies)
		tell_card(viewing, view, item);
	if (item->root)
		tell_formula(viewing, view, item);
	if (item->item->kind == ITEM_CHECK && item->applies)
		view_line(viewing, view, check_sentence(viewing, item));
	if (!item->agrees)
		view_line(viewing, view, say(&viewing->pen, SAY_X_DIFFERS, NULL));
	if (item->value.missing && item->item->kind != ITEM_CHECK && item->applies)
		view_line(viewing, view, say(&viewing->pen, SAY_X_WHY_MISSING, why_missing(viewing, item), NULL));
	view_parts(viewing, view, item);
	if (item->root)
		view_below(viewing, view, item->root);
	tell_condition(viewing, view, item);
	viewing->depth--;
	return view;
}
