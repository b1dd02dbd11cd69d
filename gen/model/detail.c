#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"
#include "model/how.h"
#include "value/date.h"

/* Managers only: score items. */

/* Actual ÷ target in percent, cut, not rounded: 99.999% is not yet the target. */
static bool attainment(const struct value *actual, const struct value *target, struct value *out)
{
	struct decimal ratio, step;

	if (actual->missing || target->missing || !value_type_is_numeric(actual->type) ||
		!decimal_divide(actual->number, target->number, &ratio) || !decimal_parse("0.0001", 6, &step) ||
		!decimal_round(decimal_cut(ratio), step, ROUND_DOWN, &ratio))
		return false;
	*out = value_number(VALUE_PERCENT, ratio);
	return true;
}

/* What the kpi's score is of, beside what was to be reached. */
static void add_target(struct pen *pen, xmlNode *node, size_t person, const struct item *kpi)
{
	const struct results *results = pen->model->input.results;
	const struct policy *policy = pen->model->facts->people[person].policy;
	struct value actual, target, ratio;

	if (!kpi->actual)
		return;
	actual = calc_formula(results, kpi->actual, person, NULL, 0);
	if (kpi->target) {
		target = calc_formula(results, kpi->target, person, NULL, 0);
		put_value(pen, node, "target", &target, NULL, policy);
	}
	put_value(pen, node, "actual", &actual, NULL, policy);
	if (kpi->target && attainment(&actual, &target, &ratio))
		put_value(pen, node, "attainment", &ratio, NULL, NULL);
}

static void add_item(struct pen *pen, xmlNode *card, size_t person, const struct trace_part *part)
{
	static const struct span hundred = {0, 100, 20};
	const struct item *item = part->item;
	const struct trace_item *how = how_traced(pen, person, item, SIZE_MAX);
	bool is_kpi = item->kind == ITEM_KPI;
	xmlNode *node = put(card, "item"), *score;
	char room[DECIMAL_TEXT];

	attribute(node, "kind", is_kpi ? "kpi" : "adjust");
	attribute(node, "name", item->label);
	if (is_kpi) {
		attribute(node, "weight", decimal_format(part->weight.number, room));
		attribute(node, "weight-text", arena_printf(pen->scratch, "%s%%", room));
	}
	attribute(node, "applies", how->applies ? NULL : "no");
	score = how->applies ? put_value(pen, node, "value", &part->value, item, NULL)
			     : put_text(node, "value", say(pen, SAY_NOT_APPLICABLE, NULL));
	if (!how->applies)
		attribute(score, "missing", "yes");
	if (how->applies && !part->value.missing && is_kpi)
		attribute_at(pen, score, &hundred, decimal_to_double(part->value.number));
	if (how->applies)
		add_target(pen, node, person, item);
	if (how->applies && !part->value.missing)
		put_number(pen, node, "points", part->part.number, -1);
	add_how(pen, node, person, how);
}

static void add_scorecard(
	struct pen *pen, xmlNode *parent, size_t person, size_t column, const struct item *item)
{
	static const struct span hundred = {0, 100, 20};
	const struct model *model = pen->model;
	const struct trace_item *card = how_traced(pen, person, item, SIZE_MAX);
	const struct model_history *history = &model->input.history;
	const struct value *last =
		history->last ? &history->last[person * model->rulebook->column_count + column] : NULL;
	xmlNode *node = put(parent, "scorecard"), *score;

	attribute(node, "name", item->name);
	attribute(node, "label", item->label);
	attribute(node, "article", item->article && *item->article->number ? item->article->number : NULL);
	score = put_value(pen, node, "now", &card->value, item, NULL);
	if (!card->value.missing)
		attribute_at(pen, score, &hundred, decimal_to_double(card->value.number));
	if (last && !last->missing)
		attribute_at(pen, put_value(pen, node, "last", last, item, NULL), &hundred,
			decimal_to_double(last->number));
	add_how(pen, node, person, card);
	for (size_t i = 0; i < card->part_count; i++)
		add_item(pen, node, person, &card->parts[i]);
}

void add_scorecards(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);

		if (item && item->kind == ITEM_SCORECARD && item->kpi_count)
			add_scorecard(pen, parent, person, column, item);
	}
}
