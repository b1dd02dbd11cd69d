#include "calc/trace.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "calc/group.h"
#include "calc/item.h"
#include "calc/line.h"
#include "calc/movement.h"
#include "calc/scorecard.h"
#include "calc/tracer.h"

struct trace {
	struct calculation run; /* the results' own, but says nothing a second time */
	const struct results *results;
	const struct policy *policy;
	struct tracer tracer;
	struct trace_item *items;
	size_t count, room, followed;
	size_t *by_column, **by_line; /* index + 1 of what is traced already, by ledger column, by line and row */
};

static struct trace *trace_make(const struct results *results, size_t person, bool deep, struct arena *arena)
{
	struct trace *trace = arena_alloc(arena, sizeof(*trace));

	trace->run = *results->run;
	trace->run.diag = trace->run.errors = NULL;
	trace->results = results;
	trace->policy = results->facts->people[person].policy;
	trace->tracer = (struct tracer){ .trace = trace, .arena = arena, .person = person, .deep = deep };
	if (deep)
		trace->run.arena = arena;
	return trace;
}

struct trace *trace_new(const struct results *results, size_t person, struct arena *arena)
{
	struct trace *trace = trace_make(results, person, true, arena);

	trace->by_column = arena_array(arena, results->facts->rulebook->column_count + 1, sizeof(*trace->by_column));
	trace->by_line = arena_array(arena, results->facts->rulebook->line_count + 1, sizeof(*trace->by_line));
	return trace;
}

/* Where its index stands; NULL for checks, which nothing refers to. */
static size_t *known(struct trace *trace, const struct item *item, size_t row)
{
	size_t **rows;

	if (item->kind == ITEM_CHECK)
		return NULL;
	if (item->kind != ITEM_LINE)
		return &trace->by_column[item->column];
	rows = &trace->by_line[item->line];
	if (!*rows)
		*rows = arena_array(trace->tracer.arena, trace->results->facts->tables[item->table->index]->row_count + 1,
			sizeof(**rows));
	return &(*rows)[row];
}

size_t trace_need(struct trace *trace, const struct item *item, size_t row)
{
	size_t *place = known(trace, item, row);

	if (place && *place)
		return *place - 1;
	if (trace->count == trace->room) {
		trace->room = trace->room ? trace->room * 2 : 64;
		trace->items = arena_grow(trace->tracer.arena, trace->items, trace->count, trace->room, sizeof(*trace->items));
	}
	trace->items[trace->count] = (struct trace_item){ .item = item, .row = row };
	if (place)
		*place = trace->count + 1;
	return trace->count++;
}

size_t trace_count(const struct trace *trace)
{
	return trace->count;
}

const struct trace_item *trace_item(const struct trace *trace, size_t index)
{
	return &trace->items[index];
}

/* The formula evaluated and recorded; its root. */
static struct trace_node *record(struct trace *trace, struct eval *eval, const struct formula *formula, struct value *value)
{
	struct trace_node holder = { .kind = TRACE_NODE };

	trace->tracer.current = &holder;
	trace->tracer.formula = formula;
	eval->tracer = &trace->tracer;
	*value = eval_node(eval, formula->root);
	eval->tracer = NULL;
	return holder.first;
}

/* A condition; the node stays NULL without formula. */
static bool record_when(struct trace *trace, struct eval *eval, const struct formula *when, struct trace_node **node)
{
	struct value value;

	if (!when)
		return true;
	*node = record(trace, eval, when, &value);
	return !value.missing && value.yes;
}

static struct eval eval_of(struct trace *trace, const struct item *item, size_t row)
{
	struct eval eval = eval_start(&trace->run, trace->policy, trace->tracer.person);

	eval.item = item;
	if (row != SIZE_MAX)
		eval_push_row(&eval, trace->results->facts->tables[item->table->index], row);
	return eval;
}

/* ---- what an item is put together from ---- */

static struct trace_part *add_part(struct trace *trace, struct trace_item *of, const struct item *item)
{
	struct trace_part *part = &of->parts[of->part_count++];

	*part = (struct trace_part){ .item = item, .applies = true, .refers = SIZE_MAX, .row = SIZE_MAX };
	if (item)
		part->value = *results_value(trace->results, trace->tracer.person, item->column);
	if (item && trace->tracer.deep)
		part->refers = trace_need(trace, item, SIZE_MAX);
	return part;
}

static void add_section(struct trace *trace, struct trace_item *of)
{
	of->parts = arena_array(trace->tracer.arena, trace->policy->item_count + 1, sizeof(*of->parts));
	for (size_t i = 0; i < trace->policy->item_count; i++) {
		const struct item *item = trace->policy->items[i];

		if (item->kind == ITEM_FIGURE && item->section == of->item->total_of)
			add_part(trace, of, item);
	}
}

/* weight × value ÷ weights of a kpi that counts; what has no value counts as 0. */
static struct value points_of(const struct value *value, struct decimal weight, struct decimal weights)
{
	struct decimal points = decimal_zero();

	if (!value->missing && decimal_divide(decimal_multiply(weight, value->number), weights, &points))
		points = decimal_cut(points);
	return value_number(VALUE_NUMBER, points);
}

static void add_card(struct trace *trace, struct trace_item *of)
{
	const struct item *card = of->item;
	struct eval eval = eval_of(trace, card, SIZE_MAX);

	of->weights = scorecard_weights(&eval, card);
	of->parts = arena_array(trace->tracer.arena, card->kpi_count + card->adjust_count + 1, sizeof(*of->parts));
	for (size_t i = 0; i < card->kpi_count; i++) {
		struct trace_part *part = add_part(trace, of, card->kpis[i]);

		part->applies = record_when(trace, &eval, card->kpis[i]->when, &part->when);
		part->counts = scorecard_counts(&eval, card->kpis[i]);
		part->weight = value_number(VALUE_NUMBER, card->kpis[i]->weight);
		part->part = part->counts ?
			points_of(&part->value, card->kpis[i]->weight, of->weights) :
			value_missing(VALUE_NUMBER);
	}
	for (size_t i = 0; i < card->adjust_count; i++) {
		struct trace_part *part = add_part(trace, of, card->adjusts[i]);

		part->part = part->value;
		part->counts = true;
	}
}

static void add_pieces(struct trace *trace, struct trace_item *of)
{
	of->parts = arena_array(trace->tracer.arena, of->item->piece_count + 1, sizeof(*of->parts));
	for (size_t i = 0; i < of->item->piece_count; i++)
		if (of->item->pieces[i].item)
			add_part(trace, of, of->item->pieces[i].item);
}

/* The rows of the same order, by their person's id, then as the file has them. */
static int by_person_then_row(const void *a, const void *b)
{
	const struct trace_part *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static void add_sharers(struct trace *trace, struct trace_item *of, const struct table *table, const char *key)
{
	const struct facts *facts = trace->results->facts;

	of->parts = arena_array(trace->tracer.arena, table->row_count + 1, sizeof(*of->parts));
	for (size_t row = 0; row < table->row_count; row++) {
		const struct value *own = table_cell(table, row, of->item->split->index);
		size_t person = facts_row_person(facts, table->spec->index, row);
		struct trace_part *part;

		if (own->missing || strcmp(own->text, key) != 0 || person == SIZE_MAX)
			continue;
		part = add_part(trace, of, NULL);
		part->person = person;
		part->row = row;
		part->weight = *table_cell(table, row, of->item->split_weight->index);
	}
	qsort(of->parts, of->part_count, sizeof(*of->parts), by_person_then_row);
}

/* The order's whole value, rounded, shared over its rows: this row's part. A row without key keeps the whole. */
static struct value split(struct trace *trace, struct trace_item *of)
{
	const struct item *line = of->item;
	const struct table *table = trace->results->facts->tables[line->table->index];
	const struct value *key = table_cell(table, of->row, line->split->index);
	struct arena *arena = trace->tracer.arena;
	struct value *weights, *values, part = value_missing(line->type);
	size_t *order;

	if (key->missing || of->whole.missing)
		return of->whole;
	add_sharers(trace, of, table, key->text);
	weights = arena_array(arena, of->part_count, sizeof(*weights));
	values = arena_array(arena, of->part_count, sizeof(*values));
	order = arena_array(arena, of->part_count, sizeof(*order));
	for (size_t i = 0; i < of->part_count; i++) {
		weights[i] = of->parts[i].weight;
		order[i] = i;
	}
	share_out(of->whole.number, line->step, weights, order, of->part_count, line->type, values);
	for (size_t i = 0; i < of->part_count; i++) {
		of->parts[i].part = values[i];
		if (of->parts[i].row == of->row)
			part = values[i];
	}
	return part;
}

/* ---- one item ---- */

static struct value section_sum(const struct trace *trace, const struct trace_item *of)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < of->part_count; i++) {
		const struct value *value = results_value(trace->results, trace->tracer.person, of->parts[i].item->column);

		if (value->missing)
			return value_missing(of->item->type);
		sum = decimal_add(sum, value->number);
	}
	return value_number(of->item->type, sum);
}

static struct value evaluate(struct trace *trace, struct trace_item *of)
{
	const struct item *item = of->item;
	struct eval eval = eval_of(trace, item, of->row);
	struct value value;

	if (item->kind == ITEM_TOTAL) {
		add_section(trace, of);
		return section_sum(trace, of);
	}
	of->applies = (!item->parent || record_when(trace, &eval, item->parent->when, &of->card_when)) &&
		record_when(trace, &eval, item->when, &of->when);
	if (!of->applies)
		return item_without(item);
	if (item->kind == ITEM_CHECK) {
		add_pieces(trace, of);
		return value_missing(VALUE_TEXT);
	}
	if (item->kind == ITEM_SCORECARD) {
		add_card(trace, of);
		return scorecard_value(&eval, item);
	}
	of->root = record(trace, &eval, item->formula, &value);
	return item->kind == ITEM_KPI ? kpi_bound(item, value) : value;
}

static struct value value_of(const struct trace *trace, const struct trace_item *of)
{
	if (of->item->kind == ITEM_CHECK)
		return value_missing(VALUE_TEXT);
	if (of->item->kind == ITEM_LINE)
		return trace->results->lines[of->item->line].values[of->row];
	return *results_value(trace->results, trace->tracer.person, of->item->column);
}

/* To what precedes its rounding. */
static struct value cut(const struct item *item, struct value value)
{
	if (value.missing || value.type == VALUE_NONE)
		return value_missing(item->type);
	if (value_type_is_numeric(item->type))
		return value_number(item->type, decimal_cut(value.number));
	value.type = item->type;
	return value;
}

static void trace_one(struct trace *trace, struct trace_item *of)
{
	struct value again;

	of->applies = true;
	of->value = value_of(trace, of);
	of->exact = evaluate(trace, of);
	again = item_round(of->item, of->exact);
	of->exact = cut(of->item, of->exact);
	if (of->item->kind == ITEM_LINE && of->item->split && trace->tracer.deep) {
		of->whole = again;
		again = split(trace, of);
	}
	of->agrees = of->item->kind == ITEM_CHECK || value_equal(&again, &of->value);
}

void trace_follow(struct trace *trace)
{
	while (trace->followed < trace->count) {
		struct trace_item item = trace->items[trace->followed]; /* a copy: the array moves when it grows */

		trace_one(trace, &item);
		trace->items[trace->followed++] = item;
	}
}

const struct trace_item *trace_shallow(const struct results *results, size_t person, const struct item *item, size_t row,
	struct arena *arena)
{
	struct trace *trace = trace_make(results, person, false, arena);
	struct trace_item *of = arena_alloc(arena, sizeof(*of));

	*of = (struct trace_item){ .item = item, .row = row };
	trace_one(trace, of);
	return of;
}

const char *trace_cause(const struct results *results, size_t person, const struct item *item, struct arena *arena)
{
	struct trace *trace = trace_make(results, person, true, arena);
	struct eval eval = eval_of(trace, item, SIZE_MAX);
	const struct table *no_row;

	return item_cause(&eval, item, &no_row);
}

/* ---- the months a condition rests on ---- */

#define NAMED_MOST 8

struct months {
	const struct node *call;
	const struct formula *formula;
	const struct item *named[NAMED_MOST]; /* figures of the formula under way */
	size_t named_count;
};

static void note_months(const struct node *node, void *context)
{
	struct months *months = context;

	if (months->call)
		return;
	if (node->kind == NODE_CALL &&
		(function_entry(node->function)->class == CLASS_HISTORY || node->function == FN_MONTHS_IN_GRADE))
		months->call = node;
	else if (node->kind == NODE_FIGURE && node->item->formula && months->named_count < NAMED_MOST)
		months->named[months->named_count++] = node->item;
}

static bool find_months(struct eval *eval, const struct formula *formula, int depth, struct months *found)
{
	struct months months = { .formula = formula };

	node_walk(formula->root, note_months, &months);
	*found = months;
	if (months.call)
		return true;
	for (size_t i = 0; depth > 0 && i < months.named_count; i++)
		if (eval_when(eval, months.named[i]->when) && find_months(eval, months.named[i]->formula, depth - 1, found))
			return true;
	return false;
}

const struct trace_node *trace_months(const struct results *results, size_t person, const struct formula *condition,
	struct arena *arena)
{
	struct trace *trace = trace_new(results, person, arena);
	struct eval eval = eval_of(trace, NULL, SIZE_MAX);
	struct trace_node holder = { .kind = TRACE_NODE };
	struct months months;

	if (!condition->root || !find_months(&eval, condition, 2, &months))
		return NULL;
	trace->tracer.current = &holder;
	trace->tracer.formula = months.formula;
	eval.tracer = &trace->tracer;
	eval_node(&eval, months.call);
	return holder.first;
}

struct trace_movement *trace_movement(struct trace *trace, const struct movement *movement)
{
	const char *id = trace->results->facts->people[trace->tracer.person].grade;
	struct arena *arena = trace->tracer.arena;
	struct trace_movement *of = arena_alloc(arena, sizeof(*of));
	struct eval eval = eval_of(trace, NULL, SIZE_MAX);

	of->movement = movement;
	of->from = id ? policy_grade(trace->policy, id) : NULL;
	of->from_fits = movement_from_fits(movement, of->from);
	of->has_target = movement_goes_to(trace->policy, movement, of->from, &of->to);
	of->applies = of->from_fits && of->has_target && record_when(trace, &eval, movement->when, &of->when);
	if (!of->applies)
		return of;
	of->criteria = arena_array(arena, movement->criterion_count + 1, sizeof(struct trace_node *));
	of->holds = arena_array(arena, movement->criterion_count + 1, sizeof(*of->holds));
	for (size_t i = 0; i < movement->criterion_count; i++)
		of->holds[i] = record_when(trace, &eval, movement->criteria[i].formula, &of->criteria[i]);
	return of;
}

const struct trace_node *trace_child(const struct trace_node *parent, const struct node *node)
{
	for (const struct trace_node *child = parent->first; child; child = child->next)
		if (child->node == node)
			return child;
	return NULL;
}

const char *trace_text(const struct trace_node *node, struct arena *arena)
{
	return arena_strndup(arena, node->formula->text.text + node->node->start, node->node->end - node->node->start);
}
