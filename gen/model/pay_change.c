#include <stdlib.h>

#include "base/arena.h"
#include "model/pay.h"

/* Net pay against last month's, and through which lines. Managers only. */

struct cause {
	const char *label;
	struct decimal difference; /* as it acts on net pay */
	size_t column;
};

static int by_size(const void *a, const void *b)
{
	const struct cause *first = a, *second = b;
	int order = decimal_compare(decimal_abs(second->difference), decimal_abs(first->difference));

	return order ? order : first->column < second->column ? -1 : 1;
}

/* How a line of earnings or deductions differs from last month's, as it acts on net pay; false: it is none. */
static bool find_cause(const struct model *model, size_t person, size_t column, struct cause *cause)
{
	const struct value *now = results_value(model->input.results, person, column),
			   *last = pay_last(model, person, column);
	const struct item *item = pay_item(model, person, column, SECTION_EARNINGS);
	struct decimal amount = decimal_zero();

	if (!item)
		item = pay_item(model, person, column, SECTION_DEDUCTIONS);
	if (item && !now->missing && item->type == VALUE_MONEY)
		amount = now->number;
	if (!item)
		item = pay_former(model, person, column, SECTION_EARNINGS);
	if (!item)
		item = pay_former(model, person, column, SECTION_DEDUCTIONS);
	if (!item || item->type != VALUE_MONEY)
		return false;
	if (last && !last->missing)
		amount = decimal_subtract(amount, last->number);
	if (item->section == SECTION_DEDUCTIONS)
		amount = decimal_negate(amount);
	*cause = (struct cause){item->label, amount, column};
	return decimal_sign(amount) != 0;
}

/* By size; their sum is the change of net, whatever lines the regulation had last month. */
static size_t find_causes(struct pen *pen, size_t person, struct decimal change, struct cause *causes)
{
	size_t count = 0, columns = pen->model->rulebook->column_count;

	for (size_t column = 0; column < columns; column++) {
		if (!find_cause(pen->model, person, column, &causes[count]))
			continue;
		change = decimal_subtract(change, causes[count++].difference);
	}
	if (decimal_sign(change) != 0)
		causes[count++] = (struct cause){say(pen, SAY_CAUSE_OTHER_SCHEME, NULL), change, columns};
	qsort(causes, count, sizeof *causes, by_size);
	return count;
}

#define CAUSES_SHOWN 4 /* of more than one more */

static xmlNode *put_difference(
	struct pen *pen, xmlNode *parent, const char *element, const char *name, struct decimal difference)
{
	xmlNode *node = put_text(parent, element, text_signed(pen, difference));
	char room[DECIMAL_TEXT];

	attribute(node, "name", name);
	attribute(node, "value", decimal_format_places(difference, 2, room));
	return node;
}

void pay_add_change(struct pen *pen, xmlNode *pay, size_t person)
{
	const struct model *model = pen->model;
	struct totals net = pay_totals(model, person, SECTION_NET);
	struct cause *causes = arena_array(pen->scratch, model->rulebook->column_count + 1, sizeof *causes);
	struct decimal difference = decimal_subtract(net.now, net.last), rest = decimal_zero();
	size_t count;
	xmlNode *change;

	if (!net.has_last)
		return;
	count = find_causes(pen, person, difference, causes);
	change = put(pay, "change");
	put_difference(pen, change, "total", NULL, difference);
	for (size_t i = 0; i < count; i++) {
		put_difference(pen, change, "cause", causes[i].label, causes[i].difference);
		if (i >= CAUSES_SHOWN)
			rest = decimal_add(rest, causes[i].difference);
	}
	if (count > CAUSES_SHOWN + 1)
		attribute_count(
			pen, put_difference(pen, change, "rest", NULL, rest), "count", count - CAUSES_SHOWN);
}
