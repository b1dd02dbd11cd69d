#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "calc/tracer.h"
#include "facts/history.h"

static struct value typed(const struct node *node, struct value value)
{
	if (value_type_is_numeric(node->type) && value_type_is_numeric(value.type))
		value.type = node->type;
	else if (value.type == VALUE_NONE)
		value.type = node->type;
	return value;
}

static struct value least_or_greatest(struct eval *eval, const struct node *node)
{
	enum node_kind wins = node->function == FN_MIN ? NODE_LT : NODE_GT;
	struct value best = eval_node(eval, node->args[0]);

	for (size_t i = 1; i < node->arg_count; i++) {
		struct value next = eval_node(eval, node->args[i]);
		bool better;

		if (best.missing || next.missing)
			best = value_missing(node->type);
		else if (eval_compare(eval, wins, &next, &best, &better) && better)
			best = next;
	}
	return typed(node, best);
}

static struct value rounded(struct eval *eval, const struct node *node)
{
	struct value x = eval_node(eval, node->args[0]), step = eval_node(eval, node->args[1]);
	enum rounding mode = node->function == FN_ROUND ? ROUND_HALF_UP :
		node->function == FN_FLOOR ? ROUND_FLOOR : ROUND_CEIL;
	struct decimal result;

	if (x.missing || step.missing || !decimal_round(decimal_cut(x.number), step.number, mode, &result))
		return value_missing(node->type);
	return value_number(node->type, result);
}

/* The first year from a to b that the calendar knows nothing of; 0 if none. */
static int unknown_year(const struct calendar *calendar, int32_t a, int32_t b)
{
	int last = month_year(month_of_date(b));

	for (int year = month_year(month_of_date(a)); year <= last; year++)
		if (!calendar_has_year(calendar, year))
			return year;
	return 0;
}

static struct value span_of_days(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	struct value a = eval_node(eval, node->args[0]), b = eval_node(eval, node->args[1]);
	int32_t count;
	int year;

	if (a.missing || b.missing)
		return value_missing(node->type);
	if (node->function == FN_MONTHS)
		count = date_months_between(a.day, b.day);
	else if (b.day < a.day)
		count = 0;
	else if (node->function == FN_DAYS)
		count = b.day - a.day + 1;
	else if (!facts->calendar)
		return value_missing(node->type); /* a when of company.xml counts no working days */
	else if ((year = unknown_year(facts->calendar, a.day, b.day)) != 0) {
		/* Without a place: one message for all people and examples. */
		if (!eval->failed && eval->run->errors)
			diag_add(eval->run->errors, MSG_CALENDAR_YEAR_MISSING, PLACE_NONE, arena_printf(eval->run->arena, "%d", year),
				eval->item ? eval->item->name : "", NULL);
		eval->failed = true;
		return value_missing(node->type);
	} else
		count = node->function == FN_WORKDAYS ? calendar_workdays(facts->calendar, a.day, b.day) :
			calendar_holidays(facts->calendar, a.day, b.day);
	return value_number(node->type, decimal_from_int(count));
}

static struct value date_of_parts(struct eval *eval, const struct node *node)
{
	int64_t part[3];
	int32_t day;

	for (size_t i = 0; i < 3; i++) {
		struct value value = eval_node(eval, node->args[i]);

		if (value.missing || !decimal_to_int(value.number, &part[i]) || part[i] < 1 || part[i] > 9999)
			return value_missing(VALUE_DATE);
	}
	if (!date_from_ymd((int)part[0], (int)part[1], (int)part[2], &day))
		return value_missing(VALUE_DATE);
	return value_date(day);
}

static struct value part_of_date(struct eval *eval, const struct node *node)
{
	struct value date = eval_node(eval, node->args[0]);
	int year, month, day;

	if (date.missing)
		return value_missing(node->type);
	date_to_ymd(date.day, &year, &month, &day);
	return value_number(node->type, decimal_from_int(
		node->function == FN_YEAR ? year :
		node->function == FN_QUARTER ? (month + 2) / 3 :
		node->function == FN_MONTH_OF ? month : day));
}

static struct value part_of_text(struct eval *eval, const struct node *node)
{
	struct value text = eval_node(eval, node->args[0]), count = eval_node(eval, node->args[1]);
	const char *from, *to;
	int64_t wanted, length;

	if (text.missing || count.missing || !decimal_to_int(count.number, &wanted) || wanted < 1)
		return value_missing(VALUE_TEXT);
	length = (int64_t)text_length(text.text);
	from = to = text.text;
	if (node->function == FN_RIGHT) {
		for (int64_t skip = length - wanted; skip > 0; skip--)
			text_next(&from);
		to = from + strlen(from);
	} else {
		while (wanted-- > 0 && text_next(&to))
			;
	}
	if (from == to)
		return value_missing(VALUE_TEXT);
	return value_text(text_intern(eval->run->facts->pool, from, (size_t)(to - from)));
}

static struct value within(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	struct value sought = eval_node(eval, node->args[0]);
	size_t own = facts->people[eval->person].unit, unit;

	if (eval->past)
		own = eval->past->unit ? facts_unit(facts, eval->past->unit) : SIZE_MAX;
	if (sought.missing || own == SIZE_MAX)
		return value_yesno(false);
	unit = facts_unit(facts, sought.text);
	return value_yesno(unit != SIZE_MAX && own >= unit && own < facts->units[unit].end);
}

/* Months in a row, this one included, in the present grade by the ledgers. */
static struct value months_in_grade(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	const char *grade = facts->people[eval->person].grade;
	int64_t months = 1;

	if (!grade)
		return value_missing(node->type);
	for (int32_t month = facts->month - 1;; month--, months++) {
		const struct history_row *row = history_row(facts->history, eval->person, month);
		struct trace_node *begun = tracer_begin(eval, TRACE_MONTH);

		if (begun) {
			begun->month = month;
			begun->past = true;
			begun->fits = row != NULL;
		}
		tracer_end(eval, begun, row && row->grade ? value_grade(row->grade) : value_missing(VALUE_GRADE));
		if (!row || !row->grade || strcmp(row->grade, grade) != 0)
			break;
	}
	return value_number(node->type, decimal_from_int(months));
}

struct value eval_scalar(struct eval *eval, const struct node *node)
{
	struct value value;

	switch ((int)node->function) {
	case FN_IF:
		return typed(node, eval_node(eval, node->args[eval_holds(eval, node->args[0]) ? 1 : 2]));
	case FN_MIN: case FN_MAX:
		return least_or_greatest(eval, node);
	case FN_ABS:
		value = eval_node(eval, node->args[0]);
		return value.missing ? value : value_number(node->type, decimal_abs(value.number));
	case FN_ROUND: case FN_FLOOR: case FN_CEIL:
		return rounded(eval, node);
	case FN_DEFAULT:
		value = eval_node(eval, node->args[0]);
		return typed(node, value.missing ? eval_node(eval, node->args[1]) : value);
	case FN_MISSING:
		return value_yesno(eval_node(eval, node->args[0]).missing);
	case FN_MONTH: case FN_MONTH_START:
		return value_date(month_first_day(eval->month));
	case FN_MONTH_END:
		return value_date(month_last_day(eval->month));
	case FN_PAY_DATE:
		return value_date(eval->run->facts->pay_date);
	case FN_DAYS: case FN_WORKDAYS: case FN_HOLIDAYS: case FN_MONTHS:
		return span_of_days(eval, node);
	case FN_DATE:
		return date_of_parts(eval, node);
	case FN_YEAR: case FN_QUARTER: case FN_MONTH_OF: case FN_DAY:
		return part_of_date(eval, node);
	case FN_LEFT: case FN_RIGHT:
		return part_of_text(eval, node);
	case FN_LENGTH:
		value = eval_node(eval, node->args[0]);
		return value.missing ? value_missing(node->type) :
			value_number(node->type, decimal_from_int((int64_t)text_length(value.text)));
	case FN_WITHIN:
		return within(eval, node);
	case FN_MONTHS_IN_GRADE:
		return months_in_grade(eval, node);
	default:
		bug("function %d is not scalar", (int)node->function);
	}
}
