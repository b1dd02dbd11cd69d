#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/explain_parts.h"
#include "value/date.h"

#define FOLDED_ROWS 6 /* of a list, unless all are wanted */
#define FOLDED_MONTHS 13

static const char *number_text(struct viewing *viewing, size_t number)
{
	return arena_printf(viewing->arena, "%zu", number);
}

/* What a list adds up to: the members that count, and those that a fold hides. */
struct tally {
	size_t all, fit, hidden;
	struct decimal hidden_sum;
	bool adds; /* hidden values have a sum */
};

static const struct trace_node *member_value(const struct trace_node *member)
{
	return member->kind == TRACE_ROW ? (member->fits ? member->last : NULL) : member->first;
}

/* The value a member gave; of a row its expression's. */
static struct value value_of(const struct trace_node *call, const struct trace_node *member)
{
	const struct trace_node *inner = member_value(member);

	if (member->kind != TRACE_ROW)
		return member->value;
	return call->node->arg_count && inner ? inner->value : value_missing(VALUE_NONE);
}

static const char *row_name(struct viewing *viewing, const struct trace_node *row)
{
	const struct table_spec *spec = row->table->spec;

	for (size_t i = 0; i < spec->column_count; i++) {
		const struct column *column = &spec->columns[i];
		const struct value *cell = table_cell(row->table, row->row, i);

		if (column->type == COLUMN_ID && column != spec->person && !cell->missing)
			return cell->text;
	}
	return arena_printf(viewing->arena, "%s %s", spec->name,
		number_text(viewing, row->table->line[row->row]));
}

static const char *name_in_list(struct viewing *viewing, size_t person)
{
	const struct person *p = &viewing->explain->results->facts->people[person];

	return *p->name ? arena_printf(viewing->arena, "%s %s", p->id, p->name) : p->id;
}

static const char *member_name(struct viewing *viewing, const struct trace_node *member)
{
	char month[8];

	if (member->kind == TRACE_ROW)
		return row_name(viewing, member);
	if (member->kind == TRACE_MONTH)
		return arena_strdup(viewing->arena, month_format(member->month, month));
	return name_in_list(viewing, member->person);
}

/* Leaves of one ledger row need no tree of their own. */
static bool is_ledger_leaf(const struct trace_node *node)
{
	return node && !node->first && node->refers == SIZE_MAX &&
		(node->node->kind == NODE_FIGURE || (node->node->kind == NODE_COLUMN && node->past));
}

static const char *member_note(struct viewing *viewing, const struct trace_node *member)
{
	const struct trace_node *inner = member_value(member);
	char month[8];

	if (member->kind == TRACE_MONTH && !member->fits)
		return say(&viewing->pen, SAY_X_NO_LEDGER_ROW, month_format(member->month, month), NULL);
	if (member->kind == TRACE_MONTH && !inner) { /* months in grade */
		struct place place = history_place(viewing->explain->results->facts->history, member->person, member->month,
			HISTORY_GRADE);

		return shown_place(viewing, place);
	}
	if (inner && inner->kind == TRACE_NODE && is_ledger_leaf(inner) && member->kind != TRACE_ROW)
		return inner->past ? shown_place(viewing, inner->place) :
			shown_place(viewing, ledger_place(viewing->explain, inner->person, inner->node->item->column));
	if (member->kind == TRACE_ROW && inner && inner->node->kind == NODE_COLUMN && inner->table == member->table)
		return shown_cell(viewing, inner->table, inner->row, inner->column);
	return member->kind == TRACE_ROW ? shown_cell(viewing, member->table, member->row, NULL) : "";
}

static void add_member(struct viewing *viewing, struct view *parent, const struct trace_node *call,
	const struct trace_node *member)
{
	const struct trace_node *inner = member_value(member);
	struct value value = value_of(call, member);
	const char *shown = member->kind == TRACE_ROW && !member->fits ? say(&viewing->pen, SAY_X_NOT_COUNTED, NULL) :
		member->kind == TRACE_ROW && !call->node->arg_count ? say(&viewing->pen, SAY_X_COUNTED, NULL) :
		how_value(&viewing->pen, &value);
	struct view *view;

	if (member->kind == TRACE_ROW && inner && inner->refers != SIZE_MAX && inner->node->kind == NODE_LINE &&
		call->node->arg_count) { /* the row's own line says all of it */
		view_item(viewing, parent, inner->refers);
		return;
	}
	view = view_add(viewing, parent, member_name(viewing, member), shown, member_note(viewing, member));
	if (member->kind == TRACE_ROW && !member->fits && member->first)
		view_line(viewing, view, how_not(&viewing->pen, member->first));
	if (!inner || !call->node->arg_count)
		return;
	if (inner->first && strcmp(trace_text(inner, viewing->arena), trace_basis_of(inner, viewing->arena)) != 0)
		view_line(viewing, view, arena_printf(viewing->arena, "= %s", trace_basis_of(inner, viewing->arena)));
	if (inner->refers != SIZE_MAX || (viewing->explain->unfold && !is_ledger_leaf(inner)))
		view_operands(viewing, view, inner);
	else if (member->kind != TRACE_PERSON && !is_ledger_leaf(inner) && inner->node->kind != NODE_COLUMN)
		view_operands(viewing, view, inner);
}

static bool counts(const struct trace_node *member)
{
	return member->kind != TRACE_ROW && member->kind != TRACE_MONTH ? true : member->fits;
}

static void hide(struct tally *tally, const struct value *value)
{
	tally->hidden++;
	if (value->missing || !value_type_is_numeric(value->type))
		return;
	tally->hidden_sum = decimal_add(tally->hidden_sum, value->number);
	tally->adds = true;
}

static const char *list_note(struct viewing *viewing, const struct trace_node *call, const struct tally *tally)
{
	const char *all = number_text(viewing, tally->all), *fit = number_text(viewing, tally->fit);

	switch (function_entry(call->node->function)->class) {
	case CLASS_ROWS:
		return say(&viewing->pen, SAY_X_ROWS, call->node->table->name, all, fit, NULL);
	case CLASS_GROUP: case CLASS_SHARE:
		return say(&viewing->pen, SAY_X_PEOPLE, all, NULL);
	case CLASS_LINE:
		return say(&viewing->pen, SAY_X_ENTRIES, all, NULL);
	case CLASS_HISTORY: case CLASS_SCALAR:
		break;
	}
	return say(&viewing->pen, SAY_X_MONTHS, all, fit, NULL);
}

static void add_entry(struct viewing *viewing, struct view *parent, const struct trace_node *entry)
{
	struct place place = PLACE_NONE;

	if (entry->entry) {
		place.file = entry->entry->path;
		place.line = entry->entry->at;
		view_add(viewing, parent, entry->entry->key, how_value(&viewing->pen, &entry->value), shown_place(viewing, place));
	} else if (entry->refers != SIZE_MAX) {
		view_item(viewing, parent, entry->refers);
	} else {
		view_add(viewing, parent, row_name(viewing, entry), how_value(&viewing->pen, &entry->value),
			shown_cell(viewing, entry->table, entry->row, NULL));
	}
}

static bool is_member(const struct trace_node *node)
{
	return node->kind != TRACE_NODE;
}

/* The pool's own expression is the same for all: a share lists weights alone. */
static bool is_pool(const struct trace_node *call, const struct trace_node *member)
{
	return call->node->function == FN_SHARE && member->first && member->first->node == call->node->args[0];
}

static struct tally count_members(const struct trace_node *call)
{
	struct tally tally = { 0, 0, 0, decimal_zero(), false };
	const struct trace_node *before = NULL;

	for (const struct trace_node *member = call->first; member; member = member->next) {
		if (!is_member(member) || is_pool(call, member))
			continue;
		if (member->kind == TRACE_MONTH && before && before->month == member->month)
			continue; /* the two conditions of a streak */
		before = member;
		tally.all++;
		tally.fit += counts(member);
	}
	return tally;
}

static void tell_pool(struct viewing *viewing, struct view *view, const struct trace_node *call)
{
	for (const struct trace_node *member = call->first; member; member = member->next)
		if (is_member(member) && is_pool(call, member) && member->person == viewing->explain->person)
			view_operands(viewing, view, member->first);
}

static void tell_hidden(struct viewing *viewing, struct view *view, const struct tally *tally, bool money)
{
	if (!tally->hidden)
		return;
	view_add(viewing, view, say(&viewing->pen, SAY_X_MORE, number_text(viewing, tally->hidden), NULL),
		tally->adds ? how_number(&viewing->pen, tally->hidden_sum, money) : "", say(&viewing->pen, SAY_X_UNFOLD, NULL));
}

void view_list(struct viewing *viewing, struct view *parent, const struct trace_node *node)
{
	struct tally tally = count_members(node);
	struct view *view = view_add(viewing, parent, trace_text(node, viewing->arena), how_value(&viewing->pen, &node->value),
		list_note(viewing, node, &tally));
	size_t most = viewing->explain->unfold ? SIZE_MAX : function_entry(node->node->function)->class == CLASS_HISTORY ?
		FOLDED_MONTHS : FOLDED_ROWS, told = 0, outside = 0;
	bool money = false;

	tell_pool(viewing, view, node);
	for (const struct trace_node *member = node->first; member; member = member->next) {
		struct value value;

		if (!is_member(member)) { /* the n of last_sum(n, …), the value that is ranked, the key of paid */
			view_operands(viewing, view, member);
			continue;
		}
		if (is_pool(node, member))
			continue;
		if (member->kind == TRACE_ROW && !member->fits && !viewing->explain->unfold) {
			outside++;
			continue;
		}
		value = member->kind == TRACE_ENTRY ? member->value : value_of(node, member);
		money = money || value.type == VALUE_MONEY;
		if (told++ >= most)
			hide(&tally, &value);
		else if (member->kind == TRACE_ENTRY)
			add_entry(viewing, view, member);
		else
			add_member(viewing, view, node, member);
	}
	tell_hidden(viewing, view, &tally, money);
	if (outside)
		view_add(viewing, view, say(&viewing->pen, SAY_X_OUTSIDE, number_text(viewing, outside), NULL), "",
			say(&viewing->pen, SAY_X_UNFOLD, NULL));
}

/* ---- what items are put together from ---- */

static void part_of_card(struct viewing *viewing, struct view *view, const struct trace_part *part, const struct item *card)
{
	struct view *below = view_item(viewing, view, part->refers);
	char room[DECIMAL_TEXT];

	if (part->item->kind != ITEM_KPI)
		return;
	(void)card;
	view_line(viewing, below, part->applies ?
		say(&viewing->pen, SAY_X_WEIGHT, decimal_format(part->weight.number, room), NULL) :
		say(&viewing->pen, SAY_X_NO_WEIGHT, NULL));
}

static void part_of_split(struct viewing *viewing, struct view *view, const struct trace_item *item,
	const struct trace_part *part)
{
	const struct table *table = viewing->explain->results->facts->tables[item->item->table->index];

	view_add(viewing, view, name_in_list(viewing, part->person), how_value(&viewing->pen, &part->part),
		say(&viewing->pen, SAY_X_SHARE, how_value(&viewing->pen, &part->weight),
			shown_cell(viewing, table, part->row, NULL), NULL));
}

static bool is_nothing(const struct trace_item *item)
{
	return !item->value.missing && value_type_is_numeric(item->value.type) && !decimal_sign(item->value.number);
}

void view_parts(struct viewing *viewing, struct view *view, const struct trace_item *item)
{
	size_t nothing = 0;

	if (item->item->split && item->part_count)
		view_line(viewing, view, say(&viewing->pen, SAY_X_SPLIT, how_value(&viewing->pen, &item->whole),
			number_text(viewing, item->part_count), NULL));
	for (size_t i = 0; i < item->part_count; i++) {
		const struct trace_part *part = &item->parts[i];

		if (item->item->split)
			part_of_split(viewing, view, item, part);
		else if (item->item->kind == ITEM_SCORECARD)
			part_of_card(viewing, view, part, item->item);
		else if (item->item->kind == ITEM_TOTAL && !viewing->explain->unfold &&
			is_nothing(trace_item(viewing->explain->trace, part->refers)))
			nothing++;
		else
			view_item(viewing, view, part->refers);
	}
	if (nothing)
		view_add(viewing, view, say(&viewing->pen, SAY_X_ZEROS, number_text(viewing, nothing), NULL), "",
			say(&viewing->pen, SAY_X_UNFOLD, NULL));
}
