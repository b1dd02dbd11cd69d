#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/formula.h"
#include "policy/lint.h"
#include "policy/names.h"

/* Everything that something reads, as the pointers formulas hold; a grade set by its struct. */
struct used {
	const struct policy *policy;
	bool knows_staff; /* all that reads the staff table is known */
	const void **all;
	size_t count, room;
};

static void use(struct used *used, const void *object)
{
	if (!object)
		return;
	if (used->count == used->room) {
		used->room = used->room ? used->room * 2 : 1024;
		used->all = arena_grow(used->policy->arena, used->all, used->count, used->room, sizeof(*used->all));
	}
	used->all[used->count++] = object;
}

static int by_address(const void *a, const void *b)
{
	const void *const *x = a, *const *y = b;

	return (*x > *y) - (*x < *y);
}

static bool is_used(const struct used *used, const void *object)
{
	return bsearch(&object, used->all, used->count, sizeof(*used->all), by_address);
}

static void use_node(const struct node *node, void *context)
{
	struct used *used = context;

	use(used, node->item);
	use(used, node->parameter);
	use(used, node->rates);
	use(used, node->tiers);
	use(used, node->table);
	use(used, node->column);
	if (node->kind == NODE_GRADE_SET)
		use(used, &used->policy->grade_sets[node->set]);
}

static void use_formula(const struct formula *formula, const struct item *item, void *context)
{
	(void)item;
	node_walk(formula->root, use_node, context);
}

static void use_item(struct used *used, const struct item *item)
{
	use(used, item->key);
	use(used, item->split);
	use(used, item->split_weight);
	for (size_t i = 0; i < item->piece_count; i++)
		use(used, item->pieces[i].item);
}

static void use_chart(struct used *used, const struct declared_chart *chart)
{
	for (size_t i = 0; i < chart->figure_count; i++)
		use(used, chart->figures[i]);
	use(used, chart->target.item);
	use(used, chart->target.parameter);
	use(used, chart->table);
	for (size_t i = 0; i < CHART_COLUMNS; i++)
		use(used, chart->columns[i]);
}

static void note(struct lint *lint, const char *what, const char *name, struct place place, bool met)
{
	struct lint_thing thing = { LINT_USE, strcmp(what, "column") ? MSG_LINT_UNUSED : MSG_LINT_UNUSED_COLUMN, place, 0, name, what };

	lint_note(lint, &thing, met);
}

/* Roles, keys and what a ref leads to are read by the engine itself. */
static void note_table(struct lint *lint, const struct used *used, const struct table_spec *table)
{
	bool any = table->role != TABLE_PLAIN || is_used(used, table);

	for (size_t i = 0; i < table->column_count; i++) {
		const struct column *column = &table->columns[i];
		bool read = is_used(used, column);

		any = any || read;
		if (column->role == ROLE_NONE && !column->sensitive && (used->knows_staff || table->role != TABLE_STAFF))
			note(lint, "column", column->name, column->place, read || column->ref);
	}
	note(lint, "table", table->name, table->place, any);
}

static const char *kind_of(const struct item *item)
{
	return item->kind == ITEM_LINE ? "line" : "figure";
}

/* Of figures only facts can be idle: the others are totalled, shown as score or printed. */
static bool can_be_idle(const struct item *item)
{
	return item->kind == ITEM_LINE ||
		(item->kind == ITEM_FIGURE && item->section == SECTION_FACTS && !item->audience && !item->print);
}

void lint_uses(struct lint *lint, const struct policy *policy, const struct lint_whens *whens)
{
	struct used used = { .policy = policy, .knows_staff = whens != NULL };

	for (size_t i = 0; whens && i < whens->count; i++)
		use_formula(&whens->all[i], NULL, &used);
	policy_formulas(policy, use_formula, &used);
	for (size_t i = 0; i < policy->item_count; i++)
		use_item(&used, policy->items[i]);
	for (size_t i = 0; i < policy->chart_count; i++)
		use_chart(&used, policy->charts[i]);
	for (size_t i = 0; i < policy->export_count; i++)
		use(&used, policy->exports[i]->of);
	qsort(used.all, used.count, sizeof(*used.all), by_address);
	for (size_t i = 0; i < policy->table_count; i++)
		note_table(lint, &used, policy->tables[i]);
	for (size_t i = 0; i < policy->parameter_count; i++)
		note(lint, "parameter", policy->parameters[i]->name, policy->parameters[i]->place,
			is_used(&used, policy->parameters[i]));
	for (size_t i = 0; i < policy->grade_set_count; i++)
		note(lint, "set", policy->grade_sets[i].name, policy->grade_sets[i].place,
			is_used(&used, &policy->grade_sets[i]));
	for (size_t i = 0; i < policy->rates_count; i++)
		note(lint, "rates", policy->rates[i]->name, policy->rates[i]->place, is_used(&used, policy->rates[i]));
	for (size_t i = 0; i < policy->tiers_count; i++)
		note(lint, "tiers", policy->tiers[i]->name, policy->tiers[i]->place, is_used(&used, policy->tiers[i]));
	for (size_t i = 0; i < policy->item_count; i++)
		if (can_be_idle(policy->items[i]))
			note(lint, kind_of(policy->items[i]), policy->items[i]->name, policy->items[i]->place,
				is_used(&used, policy->items[i]));
}
