#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/* The scheme's newest <policy> of company.xml from before that month; NULL: none. No two are of one month. */
static const struct scheme_entry *entry_before(const struct model *model, const struct scheme *scheme, int32_t month)
{
	const struct scheme_entry *newest = NULL;

	for (size_t i = 0; i < model->company->entry_count; i++) {
		const struct scheme_entry *entry = &model->company->entries[i];

		if (strcmp(entry->scheme, scheme->name) == 0 && entry->from < month && (!newest || entry->from > newest->from))
			newest = entry;
	}
	return newest;
}

int32_t in_force_from(const struct model *model, const struct scheme *scheme)
{
	const struct scheme_entry *entry = entry_before(model, scheme, model->facts->month + 1);

	return entry ? entry->from : model->facts->month;
}

/* Which policy was in force when, newest first. Of the others only the file is known: they are not read for this month. */
void add_editions(struct pen *pen, xmlNode *parent, const struct scheme *scheme)
{
	const struct model *model = pen->model;
	const struct scheme_entry *entry = entry_before(model, scheme, model->facts->month + 1);
	int32_t until = 0;

	if (!entry || !entry_before(model, scheme, entry->from))
		return;
	for (; entry; entry = entry_before(model, scheme, until + 1)) {
		xmlNode *edition = put(parent, "edition");

		attribute(edition, "from", text_month_id(pen, entry->from));
		attribute(edition, "until", until ? text_month_id(pen, until) : NULL);
		attribute(edition, "file", entry->href);
		attribute(edition, "version", until ? NULL : scheme->policy->version);
		until = entry->from - 1;
	}
}

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
