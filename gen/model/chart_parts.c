#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/* What the builders of charts share; see chart.h. */

static struct decimal hundred(void)
{
	return decimal_from_int(100);
}

struct decimal chart_round(struct decimal number)
{
	struct decimal cent, out;

	return decimal_parse("0.01", 4, &cent) && decimal_round(decimal_cut(number), cent, ROUND_HALF_UP, &out) ? out
														  : number;
}

const struct value *chart_value(struct pen *pen, size_t person, size_t column)
{
	static const struct value none = {.type = VALUE_NUMBER, .missing = true};

	if (column == SIZE_MAX || !results_item(pen->model->input.results, person, column))
		return &none;
	return results_value(pen->model->input.results, person, column);
}

struct decimal chart_number(const struct value *value)
{
	return value->type == VALUE_PERCENT ? decimal_multiply(value->number, hundred()) : value->number;
}

const char *chart_text(struct pen *pen, struct decimal number, enum value_type type)
{
	const char *text = text_number(pen, chart_round(number), type == VALUE_MONEY || !decimal_is_integer(number) ? 2 : -1);

	return type == VALUE_PERCENT ? arena_printf(pen->scratch, "%s%%", text) : text;
}

const char *chart_unit_word(struct pen *pen, enum value_type type)
{
	const char *currency = pen->model->rulebook->schemes[0].policy->currency;

	if (type == VALUE_PERCENT)
		return "%";
	if (type != VALUE_MONEY)
		return "";
	return pen->model->chinese && strcmp(currency, "CNY") == 0 ? "元" : currency;
}

const char *chart_measure(struct pen *pen, const struct item *item)
{
	const char *unit = chart_unit_word(pen, item->type), *label = item->label && *item->label ? item->label : item->name;

	return *unit ? say(pen, SAY_CHART_MEASURE, label, unit, NULL) : label;
}

static int by_number(const void *a, const void *b)
{
	return decimal_compare(*(const struct decimal *)a, *(const struct decimal *)b);
}

void chart_sort(struct decimal *numbers, size_t count)
{
	qsort(numbers, count, sizeof *numbers, by_number);
}

struct decimal chart_quartile(const struct decimal *sorted, size_t count, size_t quarters)
{
	size_t place = (count - 1) * quarters, low = place / 4;
	struct decimal between, part;

	if (place % 4 == 0)
		return sorted[low];
	between = decimal_multiply(
		decimal_subtract(sorted[low + 1], sorted[low]), decimal_from_int((int64_t)(place % 4)));
	decimal_divide(between, decimal_from_int(4), &part);
	return chart_round(decimal_add(sorted[low], part));
}

void chart_scale(struct pen *pen, xmlNode *parent, const struct span *span, enum value_type type)
{
	add_scale(pen, parent, span, *chart_unit_word(pen, type) ? chart_unit_word(pen, type) : NULL);
	for (xmlNode *tick = type == VALUE_PERCENT ? parent->last->children : NULL; tick; tick = tick->next)
		xmlNodeAddContent(tick, (const xmlChar *)"%");
}

xmlNode *chart_put(struct pen *pen, xmlNode *parent, const char *name, const struct span *span, struct decimal number,
	enum value_type type)
{
	xmlNode *node = put_text(parent, name, chart_text(pen, number, type));
	char room[DECIMAL_TEXT];

	attribute(node, "value", decimal_format(number, room));
	attribute_at(pen, node, span, decimal_to_double(number));
	return node;
}

static const char *policies_named(struct pen *pen, const struct chart_plan *plan)
{
	const struct rulebook *rulebook = pen->model->rulebook;
	const char *names = "";

	for (size_t i = 0; i < rulebook->scheme_count; i++)
		if (plan->of_scheme[i])
			names = arena_printf(pen->scratch, "%s%s%s %s", names, *names ? (pen->model->chinese ? "、" : ", ") : "",
				rulebook->schemes[i].policy->title, rulebook->schemes[i].policy->version);
	return names;
}

void chart_head(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const char *finding, size_t count)
{
	const struct facts *facts = pen->model->facts;
	size_t all = scope->people.count;
	const char *measure = scope->item ? chart_measure(pen, scope->item) : scope->declared->title;

	attribute_count(pen, chart, "count", count);
	add_finding(chart, finding);
	put_text(chart, "subtitle",
		say(pen, SAY_CHART_SUBTITLE, measure, text_month(pen, facts->month), text_count(pen, count),
			scope->unit == SIZE_MAX ? say(pen, SAY_WHOLE_COMPANY, NULL) : facts->units[scope->unit].name, NULL));
	put_text(chart, "footnote",
		arena_printf(pen->scratch, "%s%s",
			say(pen, SAY_CHART_FOOTNOTE, policies_named(pen, scope->plan), text_count(pen, count),
				text_month(pen, facts->month), NULL),
			all > count ? say(pen, SAY_CHART_LEFT_OUT, text_count(pen, all - count), NULL) : ""));
}

xmlNode *chart_data(struct pen *pen, xmlNode *chart, const char *title)
{
	xmlNode *data = put(chart, "data");

	(void)pen;
	attribute(data, "title", title);
	return data;
}

void chart_column(xmlNode *data, const char *head, bool is_number)
{
	attribute(put_text(data, "column", head), "number", is_number ? "yes" : NULL);
}

void chart_cell(xmlNode *entry, const char *text)
{
	put_text(entry, "cell", text);
}

void chart_subtitle_add(xmlNode *chart, const char *text)
{
	for (xmlNode *node = chart->children; node; node = node->next)
		if (strcmp((const char *)node->name, "subtitle") == 0)
			xmlAddChild(node, xmlNewDocText(node->doc, (const xmlChar *)text));
}
