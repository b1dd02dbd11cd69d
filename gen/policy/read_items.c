#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/reading.h"

/* figure, line, total, scorecard with its parts: what is computed, in policy order. */
static struct item *add_item(struct reading *reading, const struct element *element, enum item_kind kind)
{
	struct policy *policy = reading->policy;
	struct item *item = arena_alloc(reading->arena, sizeof(*item));

	policy->items = element_push(reading->arena, policy->items, &policy->item_count, &reading->item_room, sizeof(struct item *));
	policy->items[policy->item_count - 1] = item;
	item->kind = kind;
	item->name = element_name(element, "name", reading->pool);
	if (!item->name)
		item->name = "";
	item->label = element_get(element, "label");
	if (!item->label || !*item->label)
		item->label = item->name;
	item->audience = element_get(element, "audience");
	item->print = element_get(element, "print");
	item->article = reading->article == policy->body ? NULL : reading->article;
	item->place = element_place(element);
	item->column = SIZE_MAX;
	item->line = SIZE_MAX;
	item->type = VALUE_NUMBER;
	return item;
}

static void add_formulas(struct reading *reading, const struct element *element, struct item *item)
{
	struct formula_scope scope = { .row = item->table, .self = item, .wanted = item->type };

	if (element->rule->content == CONTENT_FORMULA) {
		item->formula = reading_formula(reading, element, NULL, scope);
		item->source = element_text(element).text;
	}
	scope.wanted = VALUE_YESNO;
	item->when = reading_formula(reading, element, "when", scope);
}

/* Money always rounds, to the fen unless a coarser step is said. */
static void read_rounding(const struct reading *reading, const struct element *element, struct item *item)
{
	static const enum rounding modes[] = { ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP };
	int mode = element_one_of(element, "rounding", -1);
	const char *round = element_get(element, "round");

	item->rounds = item->type == VALUE_MONEY;
	item->rounding = mode < 0 ? ROUND_HALF_UP : modes[mode];
	decimal_parse("0.01", 4, &item->step);
	if (item->type == VALUE_NONE)
		return;
	if (!value_type_is_numeric(item->type)) {
		if (round)
			diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "round"), "round",
				"type=\"money|number|percent\"", NULL);
		else if (mode >= 0)
			diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "rounding"), "rounding",
				"type=\"money|number|percent\"", NULL);
		return;
	}
	if (!round && mode >= 0 && item->type != VALUE_MONEY)
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "rounding"), "rounding", "round=\"…\"", NULL);
	if (!round || !element_decimal(element, "round", &item->step) || decimal_sign(item->step) <= 0)
		return;
	item->rounds = true;
	if (item->type == VALUE_MONEY && decimal_places(item->step) > 2)
		diag_add(reading->diag, MSG_ROUND_TOO_FINE, element_place_of(element, "round"), round, NULL);
}

void read_figure(struct reading *reading, const struct element *element)
{
	struct item *item = add_item(reading, element, ITEM_FIGURE);

	item->type = reading_type(element, VALUE_NONE);
	item->section = (enum section)element_one_of(element, "section", SECTION_FACTS);
	read_rounding(reading, element, item);
	add_formulas(reading, element, item);
	reading_block(reading, BLOCK_ITEM, item);
}

void read_line(struct reading *reading, const struct element *element)
{
	struct item *item = add_item(reading, element, ITEM_LINE);

	item->type = reading_type(element, VALUE_MONEY);
	read_rounding(reading, element, item);
	reading_link(reading, &reading->lines, element, item);
	reading_block(reading, BLOCK_ITEM, item);
}

void read_total(struct reading *reading, const struct element *element)
{
	struct item *item = add_item(reading, element, ITEM_TOTAL);

	item->total_of = (enum section)element_one_of(element, "section", SECTION_FACTS);
	item->type = VALUE_MONEY;
	decimal_parse("0.01", 4, &item->step);
	reading_link(reading, &reading->totals, element, item);
	reading_block(reading, BLOCK_ITEM, item);
}

static void read_bounds(const struct reading *reading, const struct element *element, struct item *item)
{
	item->has_cap = element_decimal(element, "cap", &item->cap);
	item->has_floor = element_decimal(element, "floor", &item->floor);
	if (item->has_cap && item->has_floor && decimal_compare(item->floor, item->cap) > 0)
		diag_add(reading->diag, MSG_BOUNDS_CROSSED, element_place_of(element, "floor"),
			arena_printf(reading->arena, "floor %s", element_get(element, "floor")),
			arena_printf(reading->arena, "cap %s", element_get(element, "cap")), NULL);
}

/* Reported beside the kpi's value, which they do not enter. */
static void read_target(struct reading *reading, const struct element *element, struct item *kpi)
{
	kpi->actual = reading_formula(reading, element, "actual", (struct formula_scope){ .self = kpi, .wanted = VALUE_NONE });
	kpi->target = reading_formula(reading, element, "target", (struct formula_scope){ .self = kpi, .wanted = VALUE_NONE, .like = kpi->actual });
	if (kpi->target && !kpi->actual)
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "target"), "target", "actual=\"…\"", NULL);
}

static struct item *read_part(struct reading *reading, const struct element *element, enum item_kind kind)
{
	struct item *item = add_item(reading, element, kind);

	item->section = SECTION_SCORE;
	if (kind == ITEM_KPI) {
		element_decimal(element, "weight", &item->weight);
		read_bounds(reading, element, item);
		read_target(reading, element, item);
	}
	add_formulas(reading, element, item);
	return item;
}

/* Can some of the conditional kpis' weights add up to what is left? Sums are few: weights are written by hand. */
static bool can_reach(struct item *const *conditional, size_t count, struct decimal left)
{
	if (!decimal_sign(left))
		return true;
	if (!count || count > 20)
		return count > 20;
	return can_reach(conditional + 1, count - 1, decimal_subtract(left, conditional[0]->weight)) ||
	       can_reach(conditional + 1, count - 1, left);
}

static void check_weights(const struct reading *reading, const struct element *element, const struct item *scorecard)
{
	struct item **conditional = arena_array(reading->arena, scorecard->kpi_count + 1, sizeof(*conditional));
	struct decimal sum = decimal_zero(), hundred = decimal_from_int(100);
	char text[DECIMAL_TEXT];
	size_t count = 0;

	for (size_t i = 0; i < element->count; i++) {
		struct decimal weight;
		const char *said = element_get(element->children[i], "weight");

		/* A weight that is none is told by the grammar; a sum without it says nothing. */
		if (element_is(element->children[i], "kpi") && (!said || !decimal_parse(said, strlen(said), &weight)))
			return;
	}
	for (size_t i = 0; i < scorecard->kpi_count; i++) {
		if (scorecard->kpis[i]->when)
			conditional[count++] = scorecard->kpis[i];
		else
			sum = decimal_add(sum, scorecard->kpis[i]->weight);
	}
	if (!count && decimal_compare(sum, hundred) != 0)
		diag_add(reading->diag, MSG_KPI_WEIGHTS, element_place(element), scorecard->name, decimal_format(sum, text), NULL);
	else if (count && !can_reach(conditional, count, decimal_subtract(hundred, sum)))
		diag_add(reading->diag, MSG_KPI_WEIGHTS_WHEN, element_place(element), scorecard->name, decimal_format(sum, text), NULL);
}

void read_scorecard(struct reading *reading, const struct element *element)
{
	struct item **kpis = arena_array(reading->arena, element->count + 1, sizeof(*kpis));
	struct item **adjusts = arena_array(reading->arena, element->count + 1, sizeof(*adjusts));
	struct item *item;
	size_t kpi_count = 0, adjust_count = 0;

	for (size_t i = 0; i < element->count; i++) {
		if (element_is(element->children[i], "kpi"))
			kpis[kpi_count++] = read_part(reading, element->children[i], ITEM_KPI);
		else
			adjusts[adjust_count++] = read_part(reading, element->children[i], ITEM_ADJUST);
	}
	item = add_item(reading, element, ITEM_SCORECARD);
	item->section = SECTION_SCORE;
	item->kpis = kpis;
	item->kpi_count = kpi_count;
	item->adjusts = adjusts;
	item->adjust_count = adjust_count;
	for (size_t i = 0; i < kpi_count; i++)
		kpis[i]->parent = item;
	for (size_t i = 0; i < adjust_count; i++)
		adjusts[i]->parent = item;
	item->when_missing = (enum when_missing)element_one_of(element, "missing", MISSING_ERROR);
	read_rounding(reading, element, item);
	read_bounds(reading, element, item);
	add_formulas(reading, element, item);
	if (!kpi_count)
		diag_add(reading->diag, MSG_CHILD_MISSING, element_place(element), "scorecard", "kpi", NULL);
	else
		check_weights(reading, element, item);
	reading_block(reading, BLOCK_ITEM, item);
}

static void link_line(struct reading *reading, const struct element *element, struct item *item)
{
	item->table = reading_table(reading, element, "table");
	if (item->table && !item->table->person) {
		diag_add(reading->diag, MSG_LINE_TABLE, element_place_of(element, "table"), item->table->name, NULL);
		item->table = NULL;
	}
	item->key = reading_column(reading, element, "key", item->table);
	item->split = reading_column(reading, element, "split", item->table);
	item->split_weight = reading_column(reading, element, "weight", item->table);
	if (element_get(element, "split") && !element_get(element, "weight"))
		diag_add(reading->diag, MSG_ATTRIBUTE_NEEDED, element_place(element), "weight", "split=\"…\"", NULL);
	if (element_get(element, "weight") && !element_get(element, "split"))
		diag_add(reading->diag, MSG_ATTRIBUTE_UNFIT, element_place_of(element, "weight"), "weight", "split=\"…\"", NULL);
	if (item->split_weight && !value_type_is_numeric(column_value_type(item->split_weight)))
		diag_add(reading->diag, MSG_ROLE_TYPE, element_place_of(element, "weight"), "weight", "number, percent, money",
			value_type_name(column_value_type(item->split_weight)), NULL);
	/* Without its table every column in the formula would look unknown. */
	if (item->table)
		add_formulas(reading, element, item);
}

/* A total has the type of the section's figures, which must be one. */
static void link_total(struct reading *reading, const struct element *element, struct item *total)
{
	const struct policy *policy = reading->policy;
	const struct item *first = NULL;

	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];

		if (item->kind != ITEM_FIGURE || item->section != total->total_of || item->type == VALUE_NONE)
			continue;
		if (!first) {
			first = item;
			continue;
		}
		if (item->type == first->type)
			continue;
		diag_add(reading->diag, MSG_TOTAL_MIXED, element_place_of(element, "section"), section_name(total->total_of),
			first->name, value_type_name(first->type), item->name, value_type_name(item->type), NULL);
		break;
	}
	if (first)
		total->type = first->type;
	if (first && !value_type_is_numeric(first->type))
		diag_add(reading->diag, MSG_TOTAL_TYPE, element_place_of(element, "section"), section_name(total->total_of), first->name,
			value_type_name(first->type), NULL);
	total->rounds = total->type == VALUE_MONEY;
}

void link_items(struct reading *reading)
{
	for (size_t i = 0; i < reading->lines.count; i++)
		link_line(reading, reading->lines.all[i].element, reading->lines.all[i].object);
	for (size_t i = 0; i < reading->totals.count; i++)
		if (element_one_of(reading->totals.all[i].element, "section", -1) >= 0)
			link_total(reading, reading->totals.all[i].element, reading->totals.all[i].object);
}
