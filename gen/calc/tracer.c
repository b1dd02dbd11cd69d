#include "calc/tracer.h"

#include "base/arena.h"
#include "facts/history.h"

struct trace_node *tracer_begin(const struct eval *eval, enum trace_kind kind)
{
	struct tracer *tracer = eval->tracer;
	struct trace_node *begun, *parent;

	if (!tracer)
		return NULL;
	parent = tracer->current;
	begun = arena_alloc(tracer->arena, sizeof(*begun));
	*begun = (struct trace_node){ .kind = kind, .formula = tracer->formula, .person = eval->person, .month = eval->month,
		.past = eval->past != NULL, .row = SIZE_MAX, .index = SIZE_MAX, .refers = SIZE_MAX, .place = PLACE_NONE,
		.next = parent }; /* kept there until it ends */
	tracer->current = begun;
	return begun;
}

void tracer_end(const struct eval *eval, struct trace_node *begun, struct value value)
{
	struct trace_node *parent;

	if (!begun)
		return;
	parent = begun->next;
	begun->next = NULL;
	begun->value = value;
	if (begun->kind == TRACE_ROW)
		begun->fits = value.yes;
	if (parent) {
		if (parent->last)
			parent->last->next = begun;
		else
			parent->first = begun;
		parent->last = begun;
		parent->count++;
	}
	eval->tracer->current = parent;
}

/* What a shallow trace does not look into. */
static bool looks_around(const struct node *node)
{
	return node->kind == NODE_CALL &&
		(function_entry(node->function)->class != CLASS_SCALAR || node->function == FN_MONTHS_IN_GRADE);
}

/* A figure or a line of the person asked about, this month: it has a trace of its own. */
static size_t reference(const struct eval *eval, const struct node *node)
{
	const struct tracer *tracer = eval->tracer;

	if (!tracer->deep || eval->past || eval->person != tracer->person)
		return SIZE_MAX;
	if (node->kind == NODE_LINE)
		return trace_need(tracer->trace, node->item, eval->row[node->level]);
	return node->kind == NODE_FIGURE ? trace_need(tracer->trace, node->item, SIZE_MAX) : SIZE_MAX;
}

static size_t ledger_column(const struct node *node)
{
	return node->kind == NODE_FIGURE ? node->item->column :
		node->column->role == ROLE_GRADE ? HISTORY_GRADE : HISTORY_UNIT;
}

struct value tracer_node(struct eval *eval, const struct node *node)
{
	struct tracer *tracer = eval->tracer;
	struct trace_node *begun = tracer_begin(eval, TRACE_NODE);
	struct value value;

	begun->node = node;
	if (!tracer->deep && looks_around(node))
		eval->tracer = NULL;
	value = eval_untraced(eval, node);
	eval->tracer = tracer;
	begun->refers = reference(eval, node);
	if (eval->past && (node->kind == NODE_FIGURE || node->kind == NODE_COLUMN))
		begun->place = history_place(eval->run->facts->history, eval->person, eval->month, ledger_column(node));
	tracer_end(eval, begun, value);
	return value;
}

void tracer_cell(const struct eval *eval, const struct table *table, size_t row, const struct column *column)
{
	if (!eval->tracer)
		return;
	eval->tracer->current->table = table;
	eval->tracer->current->row = row;
	eval->tracer->current->column = column;
}

void tracer_place(const struct eval *eval, struct place place, const struct grade *grade, size_t index)
{
	struct tracer *tracer = eval->tracer;

	if (!tracer)
		return;
	tracer->current->place = place;
	tracer->current->grade = grade;
	tracer->current->index = index;
}

void tracer_line(const struct eval *eval, const struct item *line, size_t row)
{
	struct tracer *tracer = eval->tracer;

	if (tracer && tracer->deep && eval->person == tracer->person)
		tracer->current->refers = trace_need(tracer->trace, line, row);
}
