#include <string.h>

#include "base/bug.h"
#include "calc/tracer.h"
#include "facts/history.h"

/*
 * Functions over months. For this month the expression is evaluated as usual;
 * for an earlier one figures, grade and unit come from its ledger row,
 * parameters from their dating.
 */

/* False if the person has no row in that month. */
static bool at_month(struct eval *eval, int32_t month, struct eval *then)
{
	*then = *eval;
	then->depth = 0;
	if (month == eval->month)
		return true;
	then->month = month;
	then->past = history_row(eval->run->facts->history, eval->person, month);
	return then->past != NULL;
}

static struct value value_at(struct eval *eval, int32_t month, const struct node *expression)
{
	struct trace_node *begun = tracer_begin(eval, TRACE_MONTH);
	struct value value = value_missing(expression->type);
	struct eval then;

	if (at_month(eval, month, &then)) {
		value = eval_node(&then, expression);
		eval->failed = eval->failed || then.failed;
	}
	if (begun) {
		begun->month = month;
		begun->past = month != eval->month;
		begun->fits = month == eval->month || then.past;
	}
	tracer_end(eval, begun, value);
	return value;
}

static bool held_at(struct eval *eval, int32_t month, const struct node *condition)
{
	struct value value = value_at(eval, month, condition);

	return !value.missing && value.yes;
}

struct span {
	int32_t first, last;
};

/* The first month of the tax year, told by pay dates, that this month's pay falls into. */
static int32_t tax_year_start(const struct eval *eval)
{
	int year = month_year(month_of_date(eval_pay_date(eval->run, eval->month)));
	int32_t month = eval->month;

	while (month_year(month_of_date(eval_pay_date(eval->run, month - 1))) == year)
		month--;
	return month;
}

static int32_t quarter_start(int32_t month)
{
	return month - (month_number(month) - 1) % 3;
}

static struct span span_of(const struct eval *eval, enum function function, int64_t n)
{
	int32_t now = eval->month, year = month_from_ym(month_year(now), 1);

	switch ((int)function) {
	case FN_YTD:
		return (struct span){ year, now };
	case FN_YTD_BEFORE:
		return (struct span){ year, now - 1 };
	case FN_QTD:
		return (struct span){ quarter_start(now), now };
	case FN_TAX_YTD:
		return (struct span){ tax_year_start(eval), now };
	case FN_TAX_YTD_BEFORE:
		return (struct span){ tax_year_start(eval), now - 1 };
	case FN_LAST_QUARTER_SUM:
		return (struct span){ quarter_start(now) - 3, quarter_start(now) - 1 };
	default:
		return (struct span){ now - (int32_t)n + 1, now };
	}
}

static bool wants_every_month(enum function function)
{
	return function == FN_LAST_SUM || function == FN_LAST_AVERAGE || function == FN_LAST_QUARTER_SUM;
}

static struct value sum_of(struct eval *eval, const struct node *node, int64_t n)
{
	struct span span = span_of(eval, node->function, n);
	struct decimal sum = decimal_zero();
	int32_t earliest = history_first_month(eval->run->facts->history);

	if (earliest > eval->month)
		earliest = eval->month;
	if (span.first < earliest) {
		if (wants_every_month(node->function))
			return value_missing(node->type);
		span.first = earliest;
	}
	for (int32_t month = span.first; month <= span.last; month++) {
		struct value value = value_at(eval, month, node->args[0]);

		if (!value.missing)
			sum = decimal_add(sum, value.number);
		else if (wants_every_month(node->function))
			return value_missing(node->type);
	}
	if (node->function == FN_LAST_AVERAGE && !decimal_divide(sum, decimal_from_int(n), &sum))
		bug("average over no month");
	return value_number(node->type, sum);
}

static struct value count_of(struct eval *eval, const struct node *node, int64_t n)
{
	int32_t first = eval->month - (int32_t)n + 1, earliest = history_first_month(eval->run->facts->history);
	int64_t count = 0;

	if (earliest > eval->month)
		earliest = eval->month;
	for (int32_t month = first > earliest ? first : earliest; month <= eval->month; month++)
		count += held_at(eval, month, node->args[0]);
	return value_number(node->type, decimal_from_int(count));
}

static struct value streak_of(struct eval *eval, const struct node *node)
{
	int32_t earliest = history_first_month(eval->run->facts->history);
	int64_t count = 0;

	for (int32_t month = eval->month; month == eval->month || month >= earliest; month--) {
		if (node->where && held_at(eval, month, node->where))
			continue;
		if (!held_at(eval, month, node->args[0]))
			break;
		count++;
	}
	return value_number(node->type, decimal_from_int(count));
}

#define MONTHS_BACK_MAX 12000 /* further than any ledger */

static bool months_back(struct eval *eval, const struct node *node, int64_t *n)
{
	struct value value;

	*n = 1;
	if (node->arg_count < 2)
		return true;
	value = eval_node(eval, node->args[1]);
	return !value.missing && decimal_to_int(value.number, n) && *n >= 1 && *n <= MONTHS_BACK_MAX;
}

struct value eval_history(struct eval *eval, const struct node *node)
{
	int64_t n;

	if (!months_back(eval, node, &n))
		return value_missing(node->type);
	switch ((int)node->function) {
	case FN_PREVIOUS: case FN_AGO:
		return value_at(eval, eval->month - (int32_t)n, node->args[0]);
	case FN_LAST_COUNT:
		return count_of(eval, node, n);
	case FN_STREAK:
		return streak_of(eval, node);
	default:
		return sum_of(eval, node, n);
	}
}
