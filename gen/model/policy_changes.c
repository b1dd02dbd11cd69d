#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/* Numbers that have changed by this month, by the month they changed in, newest first: managers only. */
struct renumbering {
	const struct parameter *parameter;
	size_t value;
};

static int by_month_downwards(const void *a, const void *b)
{
	const struct renumbering *first = a, *second = b;
	int32_t one = first->parameter->values[first->value].from, other = second->parameter->values[second->value].from;

	return one != other ? (one < other ? 1 : -1) : strcmp(first->parameter->name, second->parameter->name);
}

void add_changes(struct pen *pen, xmlNode *parent, const struct policy *policy)
{
	struct renumbering *changes;
	size_t count = 0;

	for (size_t i = 0; i < policy->parameter_count; i++)
		count += policy->parameters[i]->value_count;
	changes = arena_array(pen->scratch, count + 1, sizeof *changes);
	count = 0;
	for (size_t i = 0; i < policy->parameter_count; i++)
		for (size_t j = 1; j < policy->parameters[i]->value_count; j++)
			if (policy->parameters[i]->values[j].from <= pen->model->facts->month)
				changes[count++] = (struct renumbering){policy->parameters[i], j};
	qsort(changes, count, sizeof *changes, by_month_downwards);
	for (size_t i = 0; i < count; i++) {
		const struct parameter *parameter = changes[i].parameter;
		size_t value = changes[i].value;
		xmlNode *change = put(parent, "change");

		attribute(change, "month", text_month_id(pen, parameter->values[value].from));
		attribute(change, "name", parameter->name);
		put_value(pen, change, "before", &parameter->values[value - 1].value, NULL, policy);
		put_value(pen, change, "after", &parameter->values[value].value, NULL, policy);
	}
}
