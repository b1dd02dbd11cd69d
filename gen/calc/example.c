#include <stdlib.h>

#include "base/arena.h"
#include "calc/eval.h"
#include "calc/example.h"
#include "calc/item.h"
#include "policy/literal.h"

/*
 * A policy's examples: one made-up person each. Only what the expectations
 * depend on is computed, so an example gives no more than it needs.
 */
struct need {
	const struct calculation *run;
	const struct policy *policy;
	bool *items; /* by place in the policy */
};

static void need_item(struct need *need, const struct item *item);

static void need_node(const struct node *node, void *context)
{
	if (node->item)
		need_item(context, node->item);
}

static void need_formula(struct need *need, const struct formula *formula)
{
	if (formula && formula->root)
		node_walk(formula->root, need_node, need);
}

static void need_item(struct need *need, const struct item *item)
{
	size_t i = 0;

	while (need->policy->items[i] != item)
		i++;
	if (need->items[i])
		return;
	need->items[i] = true;
	if (calculation_preset(need->run, SYMBOL_ITEM, item, 0))
		return;
	need_formula(need, item->formula);
	need_formula(need, item->when);
	for (size_t k = 0; k < item->kpi_count; k++)
		need_item(need, item->kpis[k]);
	for (size_t k = 0; k < item->adjust_count; k++)
		need_item(need, item->adjusts[k]);
	for (size_t k = 0; item->kind == ITEM_TOTAL && k < need->policy->item_count; k++) {
		const struct item *part = need->policy->items[k];

		if (part->kind == ITEM_FIGURE && part->section == item->total_of)
			need_item(need, part);
	}
}

/* The ledger's item of that name; NULL and an error if there is none. */
static const struct item *expected_item(const struct policy *policy, const struct given *expect, struct diag *diag)
{
	struct symbol symbol = names_find(policy->names, expect->name);
	const struct item *item = symbol.object;

	if (symbol.kind == SYMBOL_ITEM && item->kind != ITEM_LINE && item->kind != ITEM_CHECK)
		return item;
	diag_add(diag, MSG_EXPECT_UNKNOWN, expect->place, expect->name, NULL);
	return NULL;
}

struct value_reader {
	struct text_pool *pool;
	struct diag *diag;
	struct diag *notes; /* what an example leaves blank is nobody's news */
};

static bool read_value(const struct given *given, enum value_type type, const struct value_reader *reader, struct value *out)
{
	if (literal_parse(type, given->text, reader->pool, out))
		return true;
	diag_add(reader->diag, MSG_GIVEN_VALUE, given->place, given->text, given->name, value_type_name(type), NULL);
	return false;
}

static bool add_preset(const struct policy *policy, const struct given *given, const struct value_reader *reader,
	struct preset *preset)
{
	struct symbol symbol = names_find(policy->names, given->name);
	enum value_type type;

	if (symbol.kind == SYMBOL_ITEM)
		type = ((const struct item *)symbol.object)->type;
	else if (symbol.kind == SYMBOL_PARAMETER)
		type = ((const struct parameter *)symbol.object)->type;
	else if (symbol.kind == SYMBOL_GRADE_SET)
		type = policy->grade_sets[symbol.index].type;
	else
		return false;
	preset->kind = symbol.kind;
	preset->object = symbol.object;
	preset->index = symbol.index;
	return read_value(given, type, reader, &preset->value);
}

static const char *cause_of(const struct calculation *run, const struct item *item)
{
	struct eval eval = { .run = run->results->run, .policy = run->facts->people[0].policy, .month = run->facts->month };
	const struct table *no_row;

	return item_cause(&eval, item, &no_row);
}

static void compare(const struct calculation *run, const struct given *expect, const struct item *item,
	const struct value_reader *reader)
{
	const struct value *value = results_value(run->results, 0, item->column);
	char room[VALUE_TEXT_SIZE];
	struct value wanted;

	if (!read_value(expect, item->type, reader, &wanted) || value_equal(&wanted, value))
		return;
	diag_add(reader->diag, MSG_EXAMPLE_FAILS, expect->place, expect->name, expect->text,
		value->missing ? cause_of(run, item) : value_format(value, room), NULL);
}

/* The rulebook with the example's own pay dates, if it has any. */
static const struct rulebook *with_pay_dates(const struct rulebook *rulebook, const struct example *example, struct arena *arena)
{
	struct rulebook *own;
	struct company *company;

	if (!example->pay_day)
		return rulebook;
	own = arena_alloc(arena, sizeof(*own));
	company = arena_alloc(arena, sizeof(*company));
	if (rulebook->company)
		*company = *rulebook->company;
	company->pay_day = example->pay_day;
	company->pay_next_month = example->pay_next_month;
	*own = *rulebook;
	own->company = company;
	return own;
}

static void run_example(const struct rulebook *rulebook, const struct example *example, const struct examples_input *input,
	struct arena *arena, const struct value_reader *reader)
{
	const struct policy *policy = rulebook->schemes[0].policy;
	struct facts *facts = facts_of_example(rulebook, example, input->calendar, arena, reader->pool, reader->diag);
	struct preset *presets = arena_array(arena, example->given_count + 1, sizeof(*presets));
	const struct item **expected = arena_array(arena, example->expect_count + 1, sizeof(const struct item *));
	struct need need = { NULL, policy, arena_array(arena, policy->item_count + 1, sizeof(bool)) };
	struct calculation *run;

	if (!facts)
		return;
	run = calculation_new(facts, arena, reader->diag);
	run->place = &example->place;
	run->diag = reader->notes;
	for (size_t i = 0; i < example->given_count; i++)
		run->preset_count += add_preset(policy, &example->givens[i], reader, &presets[run->preset_count]);
	run->presets = presets;
	need.run = run;
	for (size_t i = 0; i < example->expect_count; i++) {
		expected[i] = expected_item(policy, &example->expects[i], reader->diag);
		if (expected[i])
			need_item(&need, expected[i]);
	}
	for (size_t i = 0; i < rulebook->step_count; i++) {
		size_t place = 0;

		while (policy->items[place] != rulebook->order[i].item)
			place++;
		if (need.items[place])
			item_compute(run, &rulebook->order[i]);
	}
	/* After an error it is known already why nothing right can come out. */
	for (size_t i = 0; !run->results->failed[0] && i < example->expect_count; i++)
		if (expected[i])
			compare(run, &example->expects[i], expected[i], reader);
	if (input->seen)
		input->seen(run, example, need.items, input->context);
	facts_release(facts);
}

bool examples_run(struct policy *policy, const struct examples_input *input, struct text_pool *pool, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct rulebook *rulebook = rulebook_of_policy(policy, arena, pool, diag);
	struct value_reader reader = { pool, diag, diag_new(arena) };
	size_t before = diag_errors(diag);

	if (rulebook)
		rulebook->company = input->company;
	for (size_t i = 0; rulebook && i < policy->example_count; i++)
		run_example(with_pay_dates(rulebook, policy->examples[i], arena), policy->examples[i], input, arena, &reader);
	diag_free(reader.notes);
	arena_free(arena);
	return rulebook && diag_errors(diag) == before;
}

bool calc_examples(struct policy *policy, const struct company *company, const struct calendar *calendar, struct text_pool *pool, struct diag *diag)
{
	struct examples_input input = { .company = company, .calendar = calendar };

	return examples_run(policy, &input, pool, diag);
}
