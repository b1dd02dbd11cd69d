#include <string.h>

#include "base/bug.h"
#include "calc/tracer.h"
#include "facts/history.h"

/* Aggregates over rows: one pass, one accumulator. */
struct tally {
	const struct node *node;
	size_t rows; /* that fit */
	struct decimal sum;
	struct value best; /* min, max, only, latest */
	struct value by; /* greatest so far */
	bool tie;
	bool missing; /* e is missing in a row that counts */
	bool all;
};

static void tally_best(struct eval *eval, struct tally *tally, struct value value)
{
	enum node_kind wins = tally->node->function == FN_ROWS_MIN ? NODE_LT : NODE_GT;
	bool better;

	if (value.missing)
		tally->missing = true;
	else if (tally->rows == 1 || (eval_compare(eval, wins, &value, &tally->best, &better) && better))
		tally->best = value;
}

static void tally_latest(struct eval *eval, struct tally *tally)
{
	struct value by = eval_node(eval, tally->node->by);
	bool later = true, same = false;

	if (by.missing)
		return;
	if (!tally->by.missing) {
		eval_compare(eval, NODE_GT, &by, &tally->by, &later);
		eval_compare(eval, NODE_EQ, &by, &tally->by, &same);
	}
	if (later) {
		tally->by = by;
		tally->best = eval_node(eval, tally->node->args[0]);
		tally->tie = false;
	} else if (same) {
		tally->tie = true;
	}
}

static void tally_row(struct eval *eval, struct tally *tally)
{
	struct value value;

	tally->rows++;
	switch ((int)tally->node->function) {
	case FN_COUNT: case FN_ANY:
		return;
	case FN_ALL:
		tally->all = tally->all && eval_holds(eval, tally->node->args[0]);
		return;
	case FN_LATEST:
		tally_latest(eval, tally);
		return;
	case FN_ONLY:
		if (tally->rows == 1)
			tally->best = eval_node(eval, tally->node->args[0]);
		return;
	case FN_ROWS_MIN: case FN_ROWS_MAX:
		tally_best(eval, tally, eval_node(eval, tally->node->args[0]));
		return;
	default:
		value = eval_node(eval, tally->node->args[0]);
		if (value.missing)
			tally->missing = true;
		else
			tally->sum = decimal_add(tally->sum, value.number);
	}
}

static struct value tally_result(struct eval *eval, const struct tally *tally)
{
	const struct node *node = tally->node;
	struct decimal mean;

	switch ((int)node->function) {
	case FN_COUNT:
		return value_number(node->type, decimal_from_int((int64_t)tally->rows));
	case FN_ANY:
		return value_yesno(tally->rows > 0);
	case FN_ALL:
		return value_yesno(tally->all);
	case FN_SUM:
		return tally->missing ? value_missing(node->type) : value_number(node->type, tally->sum);
	case FN_AVERAGE:
		if (tally->missing || !decimal_divide(tally->sum, decimal_from_int((int64_t)tally->rows), &mean))
			return value_missing(node->type);
		return value_number(node->type, mean);
	case FN_ROWS_MIN: case FN_ROWS_MAX:
		return tally->missing ? value_missing(node->type) : tally->best;
	case FN_ONLY:
		if (tally->rows > 1)
			eval_error(eval, MSG_SEVERAL_ROWS, eval_person_name(eval->run, eval->person), node->table->name,
				eval->item ? eval->item->name : "");
		return tally->rows == 1 ? tally->best : value_missing(node->type);
	case FN_LATEST:
		if (tally->tie)
			eval_error(eval, MSG_LATEST_TIE, eval_person_name(eval->run, eval->person), node->table->name,
				eval->item ? eval->item->name : "");
		return tally->tie ? value_missing(node->type) : tally->best;
	default:
		bug("function %d is no aggregate", (int)node->function);
	}
}

struct value eval_rows(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	struct row_span span = facts_aggregate_rows(facts, node->table->index, eval->person);
	struct tally tally = { .node = node, .sum = decimal_zero(), .all = true };
	int depth = eval->depth;

	tally.best = value_missing(node->type);
	tally.by = value_missing(VALUE_NONE);
	for (size_t i = 0; i < span.count; i++) {
		struct trace_node *begun = tracer_begin(eval, TRACE_ROW);
		bool fits;

		eval->depth = depth;
		eval_push_row(eval, facts->tables[node->table->index], span.rows[i]);
		tracer_cell(eval, facts->tables[node->table->index], span.rows[i], NULL);
		fits = !node->where || eval_holds(eval, node->where);
		if (fits)
			tally_row(eval, &tally);
		tracer_end(eval, begun, value_yesno(fits));
	}
	eval->depth = depth;
	return tally_result(eval, &tally);
}

static struct decimal earlier_sum(struct eval *eval, const struct item *line, const char *key)
{
	const struct history *history = eval->run->facts->history;
	const struct history_line *entries;
	size_t count = history_line_entries(history, line->line, eval->person, key, &entries);
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < count; i++) {
		struct trace_node *begun = tracer_begin(eval, TRACE_ENTRY);

		if (begun)
			begun->entry = &entries[i];
		tracer_end(eval, begun, value_number(line->type, entries[i].value));
		sum = decimal_add(sum, entries[i].value);
	}
	return sum;
}

/* paid(), earned(): a line's sum for this person and key over earlier months, and this one. */
struct value eval_line_sum(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	const struct item *line = node->item;
	struct value key = eval_node(eval, node->args[0]);
	struct trace_node *begun;
	struct decimal sum;
	struct row_span span;

	if (key.missing)
		return value_missing(node->type);
	sum = earlier_sum(eval, line, key.text);
	if (node->function == FN_PAID)
		return value_number(node->type, sum);
	span = facts_rows(facts, line->table->index, eval->person);
	for (size_t i = 0; i < span.count; i++) {
		const struct value *own = table_cell(facts->tables[line->table->index], span.rows[i], line->key->index);
		const struct value *value = &eval->run->results->lines[line->line].values[span.rows[i]];

		if (own->missing || strcmp(own->text, key.text) != 0)
			continue;
		begun = tracer_begin(eval, TRACE_ENTRY);
		tracer_cell(eval, facts->tables[line->table->index], span.rows[i], line->key);
		tracer_line(eval, line, span.rows[i]);
		tracer_end(eval, begun, *value);
		if (value->missing)
			return value_missing(node->type);
		sum = decimal_add(sum, value->number);
	}
	return value_number(node->type, sum);
}
