#include "model/explain_json.h"

#include "base/arena.h"
#include "value/date.h"

#define NESTED_MAX 24 /* figures within figures; deeper ones stand by themselves, behind */

static void write_rounding(struct json *json, const struct trace_item *item)
{
	static const char *const modes[] = { [ROUND_HALF_UP] = "half-up", [ROUND_HALF_EVEN] = "half-even", [ROUND_DOWN] = "down",
		[ROUND_UP] = "up", [ROUND_FLOOR] = "floor", [ROUND_CEIL] = "ceil" };
	const struct value *rounded = item->item->split && item->applies ? &item->whole : &item->value;

	if (!item->item->rounds || item->exact.missing || rounded->missing || !value_type_is_numeric(item->item->type))
		return;
	json_open(json, "rounding", '{');
	json_decimal(json, "step", item->item->step);
	json_text(json, "mode", modes[item->item->rounding]);
	json_value(json, "before", &item->exact);
	json_value(json, "after", rounded);
	json_decimal(json, "dropped", decimal_subtract(item->exact.number, rounded->number));
	json_close(json, '}');
}

static void write_split(struct json *json, const struct trace_item *item)
{
	const struct facts *facts = json->viewing.explain->results->facts;
	const struct table *table = facts->tables[item->item->table->index];

	json_value(json, "whole", &item->whole);
	json_open(json, "split", '[');
	for (size_t i = 0; i < item->part_count; i++) {
		const struct trace_part *part = &item->parts[i];

		json_open(json, NULL, '{');
		json_text(json, "person", facts->people[part->person].id);
		json_value(json, "weight", &part->weight);
		json_value(json, "value", &part->part);
		json_flag(json, "own", part->row == item->row);
		json_cell(json, "source", table, part->row, item->item->split_weight);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_parts(struct json *json, const struct trace_item *item)
{
	static const char *const missing[] = { [MISSING_ERROR] = "error", [MISSING_ZERO] = "zero",
		[MISSING_RENORMALISE] = "renormalise" };

	if (item->item->kind == ITEM_SCORECARD)
		json_text(json, "missing", missing[item->item->when_missing]);
	json_open(json, "parts", '[');
	for (size_t i = 0; i < item->part_count; i++) {
		const struct trace_part *part = &item->parts[i];

		json_open(json, NULL, '{');
		json_text(json, "name", part->item->name);
		if (part->item->kind == ITEM_KPI) {
			json_value(json, "weight", &part->weight);
			json_flag(json, "applies", part->applies);
			if (part->when)
				json_node(json, "when", part->when, NULL);
		}
		json_item(json, "item", part->refers);
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_head(struct json *json, const struct trace_item *item)
{
	static const char *const kinds[] = { [ITEM_FIGURE] = "figure", [ITEM_TOTAL] = "total", [ITEM_SCORECARD] = "scorecard",
		[ITEM_KPI] = "kpi", [ITEM_ADJUST] = "adjust", [ITEM_LINE] = "line", [ITEM_CHECK] = "check" };
	const struct item *i = item->item;

	json_text(json, "kind", kinds[i->kind]);
	json_text(json, "name", i->name);
	if (i->label && i->label != i->name)
		json_text(json, "label", i->label);
	json_text(json, "type", value_type_name(i->type));
	if (i->article && *i->article->number)
		json_text(json, "article", i->article->number);
	if (i->column != SIZE_MAX)
		json_text(json, "section", section_name(i->kind == ITEM_TOTAL ? i->total_of : i->section));
	json_place(json, "policy", i->place);
	if (i->column != SIZE_MAX)
		json_place(json, "ledger", ledger_place(json->viewing.explain, json->viewing.explain->person, i->column));
	if (i->kind == ITEM_LINE)
		json_cell(json, "source", json->viewing.explain->results->facts->tables[i->table->index], item->row, i->key);
	if (i->has_cap)
		json_decimal(json, "cap", i->cap);
	if (i->has_floor)
		json_decimal(json, "floor", i->floor);
}

static void write_item(struct json *json, const struct trace_item *item)
{
	const struct item *i = item->item;

	write_head(json, item);
	if (i->source && *i->source)
		json_text(json, "formula", i->source);
	if (item->root)
		json_text(json, "basis", trace_basis(item->root, json->viewing.arena));
	if (i->kind == ITEM_CHECK) {
		json_flag(json, "speaks", item->applies);
		json_text(json, "says", item->applies ? check_sentence(&json->viewing, item) : NULL);
	} else {
		json_value(json, "value", &item->value);
		json_flag(json, "applies", item->applies);
		json_flag(json, "agrees", item->agrees);
		if (item->value.missing && item->applies)
			json_text(json, "because", why_missing(&json->viewing, item));
	}
	if (!item->applies && (item->when || item->card_when))
		json_text(json, "because", how_not(&json->viewing.pen, item->when ? item->when : item->card_when));
	write_rounding(json, item);
	if (item->card_when)
		json_node(json, "card-when", item->card_when, NULL);
	if (item->when)
		json_node(json, "when", item->when, NULL);
	if (item->root)
		json_node(json, "root", item->root, NULL);
	if (i->split && item->part_count)
		write_split(json, item);
	else if (item->part_count || i->kind == ITEM_TOTAL)
		write_parts(json, item);
}

void json_item(struct json *json, const char *key, size_t index)
{
	json_open(json, key, '{');
	json_count(json, "id", (long)index);
	if (!json->written[index] && json->depth < NESTED_MAX) {
		json->written[index] = true;
		json->depth++;
		write_item(json, trace_item(json->viewing.explain->trace, index));
		json->depth--;
	}
	json_close(json, '}');
}

static void write_movement(struct json *json, const struct trace_movement *movement)
{
	const struct movement *m = movement->movement;

	json_open(json, "movement", '{');
	json_text(json, "title", m->title);
	if (m->article && *m->article->number)
		json_text(json, "article", m->article->number);
	json_place(json, "policy", m->place);
	json_text(json, "from", movement->from ? movement->from->id : NULL);
	json_text(json, "to", movement->to ? movement->to->id : NULL);
	json_flag(json, "from-fits", movement->from_fits);
	json_flag(json, "has-target", movement->has_target);
	json_flag(json, "applies", movement->applies);
	if (movement->when)
		json_node(json, "when", movement->when, NULL);
	json_open(json, "criteria", '[');
	for (size_t i = 0; movement->applies && i < m->criterion_count; i++) {
		json_open(json, NULL, '{');
		json_text(json, "name", m->criteria[i].name);
		json_place(json, "policy", m->criteria[i].place);
		json_flag(json, "holds", movement->holds[i]);
		if (!movement->holds[i])
			json_text(json, "because", how_not(&json->viewing.pen, movement->criteria[i]));
		json_node(json, "root", movement->criteria[i], NULL);
		json_close(json, '}');
	}
	json_close(json, ']');
	json_close(json, '}');
}

static void write_person(struct json *json)
{
	const struct facts *facts = json->viewing.explain->results->facts;
	const struct person *person = &facts->people[json->viewing.explain->person];
	char month[8];

	json_text(json, "month", month_format(facts->month, month));
	json_open(json, "person", '{');
	json_text(json, "id", person->id);
	json_text(json, "name", person->name);
	json_text(json, "grade", person->grade);
	json_text(json, "unit", person->unit == SIZE_MAX ? NULL : facts->units[person->unit].id);
	json_close(json, '}');
	json_open(json, "changed", '[');
	for (size_t i = 0; i < json->viewing.explain->changed_count; i++)
		json_text(json, NULL, json->viewing.explain->changed[i]);
	json_close(json, ']');
}

void explain_json(const struct explain *explain, const struct explained *asked, FILE *out)
{
	struct json json = { .out = out };
	size_t count = trace_count(explain->trace);

	viewing_start(&json.viewing, explain);
	json.written = arena_array(explain->arena, count + 1, sizeof(*json.written));
	json_open(&json, NULL, '{');
	write_person(&json);
	if (asked && asked->movement)
		write_movement(&json, asked->movement);
	json_open(&json, "items", '[');
	for (size_t i = 0; asked && i < asked->item_count; i++)
		json_item(&json, NULL, asked->items[i]);
	for (size_t i = 0; i < count; i++) /* asked for all; and what was too deep within the others */
		if (!json.written[i])
			json_item(&json, NULL, i);
	json_close(&json, ']');
	json_close(&json, '}');
	fputc('\n', out);
}
