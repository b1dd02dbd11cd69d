#include "base/arena.h"
#include "calc/trace.h"
#include "model/build.h"
#include "value/date.h"

/* The months a criterion rests on, as they were evaluated: managers only. */

#define MONTHS_MOST 6

/* The month's expression; of a condition that compares, the side that is measured. */
static const struct trace_node *measured(const struct trace_node *expression)
{
	if (expression && expression->node->kind >= NODE_EQ && expression->node->kind <= NODE_GE && expression->first)
		return expression->first;
	return expression;
}

static const struct trace_node *expression_of(const struct trace_node *month)
{
	return month->first && month->first->kind == TRACE_NODE ? month->first : NULL;
}

/* Of a streak, the condition under which a month is passed over. */
static bool is_passing(const struct trace_node *call, const struct trace_node *month)
{
	const struct trace_node *expression = expression_of(month);

	return call->node->where && expression && expression->node == call->node->where;
}

static bool holds(const struct value *value)
{
	return value->type == VALUE_YESNO && !value->missing && value->yes;
}

static void add_month(struct pen *pen, xmlNode *evidence, const struct trace_node *call, const struct trace_node *month,
	const struct policy *policy)
{
	const struct trace_node *expression = expression_of(month);
	const char *unread = !month->fits ? say(pen, SAY_EVIDENCE_NONE, NULL) :
		is_passing(call, month) ? say(pen, SAY_EVIDENCE_PASSED, NULL) : NULL;
	xmlNode *node;

	if (unread || !expression) {
		node = put_text(evidence, "month", unread ? unread : say(pen, SAY_NO_DATA, NULL));
		attribute(node, "missing", "yes");
	} else {
		node = put_value(pen, evidence, "month", &measured(expression)->value, NULL, policy);
		if (expression->value.type == VALUE_YESNO)
			attribute(node, "holds", holds(&expression->value) ? "yes" : "no");
	}
	attribute(node, "month", text_month_id(pen, month->month));
}

/* A month that is not passed over has its own line; the question whether it is, none. */
static bool is_told(const struct trace_node *call, const struct trace_node *month)
{
	return month->kind == TRACE_MONTH && (!is_passing(call, month) || holds(&month->value));
}

static const char *subject(struct pen *pen, const struct trace_node *call)
{
	for (const struct trace_node *month = call->first; month; month = month->next)
		if (month->kind == TRACE_MONTH && !is_passing(call, month) && expression_of(month))
			return trace_text(measured(expression_of(month)), pen->scratch);
	return NULL;
}

static size_t gather(const struct trace_node *call, const struct trace_node **months, size_t most)
{
	size_t count = 0;

	for (const struct trace_node *month = call->first; month; month = month->next)
		if (is_told(call, month) && count < most)
			months[count++] = month;
	return count;
}

static void add_months(struct pen *pen, xmlNode *evidence, const struct trace_node *call, const struct policy *policy)
{
	const struct trace_node **months = arena_array(pen->scratch, call->count + 1, sizeof(*months));
	size_t count = gather(call, months, call->count);
	bool upwards = count > 1 && months[0]->month < months[count - 1]->month;

	attribute(evidence, "of", subject(pen, call));
	if (count > MONTHS_MOST)
		attribute_count(pen, evidence, "more", count - MONTHS_MOST);
	for (size_t i = 0; i < count && i < MONTHS_MOST; i++)
		add_month(pen, evidence, call, months[upwards ? count - 1 - i : i], policy);
}

void add_evidence(struct pen *pen, xmlNode *parent, size_t person, const struct criterion *criterion)
{
	const struct facts *facts = pen->model->facts;
	struct arena *traces = arena_new();
	const struct trace_node *call = trace_months(pen->model->input.results, person, criterion->formula, traces);
	int64_t months;

	if (call && call->node->function == FN_MONTHS_IN_GRADE && !call->value.missing && decimal_to_int(call->value.number, &months))
		attribute(put(parent, "evidence"), "since",
			say(pen, SAY_EVIDENCE_SINCE, text_month_id(pen, facts->month - (int32_t)months + 1), NULL));
	else if (call && call->count)
		add_months(pen, put(parent, "evidence"), call, facts->people[person].policy);
	arena_free(traces);
}
