#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "model/how.h"
#include "model/pay.h"

/* Managers only: no function here is called for a public document. */

const struct value *pay_last(const struct model *model, size_t person, size_t column)
{
	const struct model_history *history = &model->input.history;

	return history->last && (!history->had_last || history->had_last[person])
		       ? &history->last[person * model->rulebook->column_count + column]
		       : NULL;
}

/* The calendar year to date, this month included; false if the ledgers know nothing. */
static bool value_year(const struct model *model, size_t person, size_t column, struct value *out)
{
	const struct model_history *history = &model->input.history;
	const struct value *now = results_value(model->input.results, person, column);
	const struct value *before =
		history->year ? &history->year[person * model->rulebook->column_count + column] : NULL;

	*out = *now;
	if (now->type != VALUE_MONEY)
		return false;
	if (before && !before->missing) {
		out->number = now->missing ? before->number : decimal_add(before->number, now->number);
		out->missing = false;
	}
	return !out->missing;
}

static const char *article_href(struct pen *pen, const struct item *item, const struct policy *policy)
{
	return item->article && *item->article->number
		       ? arena_printf(pen->scratch, "%scompany/policy.html#%s", pen->root,
				 article_id(pen, item->article, policy))
		       : NULL;
}

static bool is_zero(const struct value *value)
{
	return !value || value->missing || !value_type_is_numeric(value->type) ||
	       decimal_sign(value->number) == 0;
}

/* Lines of nothing are left out of the slip unless the year has something (UX.md P3). */
static bool is_on_slip(const struct item *item, const struct value *now, const struct value *year)
{
	if (item->print)
		return strcmp(item->print, "no") != 0;
	return item->section >= SECTION_EARNINGS && (!is_zero(now) || !is_zero(year));
}

static void add_figure(
	struct pen *pen, xmlNode *parent, size_t person, size_t column, const struct item *item)
{
	const struct model *model = pen->model;
	const struct policy *policy = model->facts->people[person].policy;
	const struct value *now = results_value(model->input.results, person, column),
			   *last = pay_last(model, person, column);
	struct value year;
	bool has_year = value_year(model, person, column, &year);
	xmlNode *node = put(parent, "figure");

	attribute(node, "name", item->name);
	attribute(node, "label", item->label);
	attribute(node, "type", value_type_name(item->type));
	if (item->article && *item->article->number) {
		attribute(node, "article", item->article->number);
		attribute(node, "article-href", article_href(pen, item, policy));
	}
	attribute(node, "slip", is_on_slip(item, now, has_year ? &year : NULL) ? "yes" : NULL);
	put_value(pen, node, "now", now, item, policy);
	if (last && !last->missing)
		put_value(pen, node, "last", last, item, policy);
	if (has_year)
		put_value(pen, node, "year", &year, item, policy);
	add_how(pen, node, person, how_traced(pen, person, item, SIZE_MAX));
}

const struct item *pay_item(
	const struct model *model, size_t person, size_t column, enum section section)
{
	const struct item *item = results_item(model->input.results, person, column);

	return item && item->kind == ITEM_FIGURE && item->section == section ? item : NULL;
}

static const struct value *pay_past(const struct value *values, const struct model *model, size_t person, size_t column)
{
	const struct value *value = values ? &values[person * model->rulebook->column_count + column] : NULL;

	return value && !value->missing && value->type == VALUE_MONEY && decimal_sign(value->number) != 0 ? value : NULL;
}

const struct item *pay_former(
	const struct model *model, size_t person, size_t column, enum section section)
{
	const struct ledger_column *known = &model->rulebook->columns[column];

	if (results_item(model->input.results, person, column) ||
		(!pay_past(model->input.history.year, model, person, column) &&
			!pay_last(model, person, column)))
		return NULL;
	for (size_t i = 0; i < model->rulebook->scheme_count; i++)
		if (known->items[i])
			return known->items[i]->kind == ITEM_FIGURE && known->items[i]->section == section &&
					       known->items[i]->type == VALUE_MONEY
				       ? known->items[i]
				       : NULL;
	return NULL;
}

static const struct item *total_item(const struct model *model, size_t person, enum section section)
{
	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);

		if (item && item->kind == ITEM_TOTAL && item->total_of == section)
			return item;
	}
	return NULL;
}

static void add_former(const struct model *model, size_t person, size_t column, struct totals *totals)
{
	const struct value *year = pay_past(model->input.history.year, model, person, column),
			   *last = pay_last(model, person, column);

	if (year)
		totals->year = decimal_add(totals->year, year->number);
	if (last && !last->missing) {
		totals->last = decimal_add(totals->last, last->number);
		totals->has_last = true;
	}
}

struct totals pay_totals(const struct model *model, size_t person, enum section section)
{
	struct totals totals = {decimal_zero(), decimal_zero(), decimal_zero(), false};

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct value *now, *last;
		struct value year;

		if (pay_former(model, person, column, section))
			add_former(model, person, column, &totals);
		if (!pay_item(model, person, column, section))
			continue;
		now = results_value(model->input.results, person, column);
		last = pay_last(model, person, column);
		if (now->type != VALUE_MONEY)
			continue;
		if (!now->missing)
			totals.now = decimal_add(totals.now, now->number);
		if (last && !last->missing) {
			totals.last = decimal_add(totals.last, last->number);
			totals.has_last = true;
		}
		if (value_year(model, person, column, &year))
			totals.year = decimal_add(totals.year, year.number);
	}
	return totals;
}

static void add_totals(struct pen *pen, xmlNode *node, const struct totals *totals)
{
	put_money(pen, node, "now", totals->now);
	if (totals->has_last)
		put_money(pen, node, "last", totals->last);
	put_money(pen, node, "year", totals->year);
}

static void add_former_figure(
	struct pen *pen, xmlNode *parent, size_t person, size_t column, const struct item *item)
{
	const struct model *model = pen->model;
	const struct value *year = pay_past(model->input.history.year, model, person, column),
			   *last = pay_last(model, person, column);
	xmlNode *node = put(parent, "figure");

	attribute(node, "name", item->name);
	attribute(node, "label", item->label);
	attribute(node, "type", value_type_name(item->type));
	attribute(node, "slip", year ? "yes" : NULL);
	put_money(pen, node, "now", decimal_zero());
	if (last && !last->missing)
		put_money(pen, node, "last", last->number);
	put_money(pen, node, "year", year ? year->number : decimal_zero());
	put_text(node, "reason", say(pen, SAY_REASON_OTHER_SCHEME, NULL));
}

static void add_section(struct pen *pen, xmlNode *pay, size_t person, enum section section)
{
	const struct model *model = pen->model;
	struct totals totals = pay_totals(model, person, section);
	const struct item *total = total_item(model, person, section);
	xmlNode *node = NULL;

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = pay_item(model, person, column, section),
				  *former = pay_former(model, person, column, section);

		if (!item && !former)
			continue;
		if (!node) {
			node = put(pay, "section");
			attribute(node, "kind", section_name(section));
		}
		if (item)
			add_figure(pen, node, person, column, item);
		else
			add_former_figure(pen, node, person, column, former);
	}
	if (!node)
		return;
	node = put(node, "total");
	if (total)
		attribute(node, "name", total->label);
	add_totals(pen, node, &totals);
}

void add_pay(struct pen *pen, xmlNode *parent, size_t person)
{
	xmlNode *pay = put(parent, "pay"), *net = put(pay, "net");
	struct totals totals = pay_totals(pen->model, person, SECTION_NET);

	add_totals(pen, net, &totals);
	put_text(net, "capitals", text_capitals(pen->scratch, totals.now));
	add_section(pen, pay, person, SECTION_EARNINGS);
	add_section(pen, pay, person, SECTION_DEDUCTIONS);
	add_section(pen, pay, person, SECTION_EMPLOYER);
	add_section(pen, pay, person, SECTION_NET);
	pay_add_change(pen, pay, person);
	add_waterfall(pen, pay, (struct group){&person, 1});
}

void add_facts(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;
	xmlNode *facts = put(parent, "facts");

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);

		if (item && item->kind == ITEM_FIGURE && item->section <= SECTION_SCORE)
			add_figure(pen, facts, person, column, item);
	}
}

/* ---- a group's payroll ---- */

/* Of the whole company the past is the ledgers' own, those who have left since among it. */
static void take_everyones_past(const struct model *model, size_t column, struct totals *totals)
{
	const struct model_history *history = &model->input.history;

	if (!history->last_sums || !history->year_sums)
		return;
	totals->has_last = !history->last_sums[column].missing;
	totals->last = totals->has_last ? history->last_sums[column].number : decimal_zero();
	totals->year = history->year_sums[column].missing
			       ? totals->now
			       : decimal_add(totals->now, history->year_sums[column].number);
}

static bool group_totals(const struct model *model, struct group group, size_t column, enum section section,
	struct totals *out, size_t *people)
{
	bool any = false;

	*out = (struct totals){decimal_zero(), decimal_zero(), decimal_zero(), false};
	*people = 0;
	for (size_t i = 0; i < group.count; i++) {
		const struct item *item = pay_item(model, group.people[i], column, section);
		const struct value *now = results_value(model->input.results, group.people[i], column);
		const struct value *last = pay_last(model, group.people[i], column);
		struct value year;

		if (!item || item->type != VALUE_MONEY)
			continue;
		any = true;
		*people += !is_zero(now);
		if (!now->missing)
			out->now = decimal_add(out->now, now->number);
		if (last && !last->missing) {
			out->last = decimal_add(out->last, last->number);
			out->has_last = true;
		}
		if (value_year(model, group.people[i], column, &year))
			out->year = decimal_add(out->year, year.number);
	}
	if (any && group.count == model->facts->by_unit_count)
		take_everyones_past(model, column, out);
	return any;
}

static void add_payroll_section(struct pen *pen, xmlNode *payroll, struct group group, enum section section)
{
	const struct model *model = pen->model;
	struct totals sum = {decimal_zero(), decimal_zero(), decimal_zero(), false};
	xmlNode *node = put(payroll, "section");

	attribute(node, "kind", section_name(section));
	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		struct totals totals;
		size_t people;
		xmlNode *figure;

		if (!group_totals(model, group, column, section, &totals, &people))
			continue;
		figure = put(node, "figure");
		attribute(figure, "name", model->rulebook->columns[column].name);
		for (size_t i = 0; i < model->rulebook->scheme_count; i++) {
			const struct item *item = model->rulebook->columns[column].items[i];

			if (item) {
				attribute(figure, "label", item->label);
				break;
			}
		}
		attribute_count(pen, figure, "people", people);
		add_totals(pen, figure, &totals);
		sum.now = decimal_add(sum.now, totals.now);
		sum.last = decimal_add(sum.last, totals.last);
		sum.year = decimal_add(sum.year, totals.year);
		sum.has_last = sum.has_last || totals.has_last;
	}
	add_totals(pen, put(node, "total"), &sum);
}

void add_payroll(struct pen *pen, xmlNode *parent, struct group group)
{
	const struct facts *facts = pen->model->facts;
	size_t held = 0, excluded = 0;
	xmlNode *payroll = put(parent, "payroll");

	for (size_t i = 0; i < group.count; i++)
		held += facts->people[group.people[i]].state == PERSON_HELD;
	for (size_t i = 0; group.count == facts->by_unit_count && i < facts->person_count; i++)
		excluded += facts->people[i].state == PERSON_EXCLUDED;
	attribute_count(pen, payroll, "paid", group.count - held);
	attribute_count(pen, payroll, "held", held);
	attribute_count(pen, payroll, "excluded", excluded);
	for (enum section section = SECTION_EARNINGS; section <= SECTION_NET; section++)
		add_payroll_section(pen, payroll, group, section);
}
