#include "calc/item.h"

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "calc/line.h"
#include "calc/scorecard.h"

struct value item_round(const struct item *item, struct value value)
{
	if (value.type == VALUE_NONE || value.missing)
		return value_missing(item->type);
	if (!value_type_is_numeric(item->type)) {
		value.type = item->type;
		return value;
	}
	value = value_number(item->type, decimal_cut(value.number));
	if (item->rounds && !decimal_round(value.number, item->step, item->rounding, &value.number))
		bug("rounding step of '%s' is not positive", item->name);
	return decimal_in_range(value.number) ? value : value_missing(item->type);
}

struct value item_without(const struct item *item)
{
	if (value_type_is_numeric(item->type))
		return value_number(item->type, decimal_zero());
	return item->type == VALUE_YESNO ? value_yesno(false) : value_missing(item->type);
}

/* Σ of the rounded figures of a section; of none 0. */
static struct value total_value(const struct calculation *run, const struct policy *policy, const struct item *total,
	size_t person)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];
		const struct value *value;

		if (item->kind != ITEM_FIGURE || item->section != total->total_of)
			continue;
		value = results_value(run->results, person, item->column);
		if (value->missing)
			return value_missing(total->type);
		sum = decimal_add(sum, value->number);
	}
	return value_number(total->type, sum);
}

static bool is_paid_section(enum section section)
{
	return section == SECTION_EARNINGS || section == SECTION_DEDUCTIONS || section == SECTION_NET;
}

/* Has the reason been reported already, at a figure or a line that this one reads? Then that error is enough. */
struct search {
	const struct eval *eval;
	bool found;
};

static void find_told(const struct node *node, void *context)
{
	struct search *search = context;
	const struct calculation *run = search->eval->run;

	if (node->kind == NODE_FIGURE) {
		search->found = search->found || results_value(run->results, search->eval->person, node->item->column)->told;
	} else if (node->kind == NODE_LINE && run->results->lines[node->item->line].values) {
		struct row_span span = facts_rows(run->facts, node->item->table->index, search->eval->person);

		for (size_t i = 0; i < span.count; i++)
			search->found = search->found || run->results->lines[node->item->line].values[span.rows[i]].told;
	}
}

static bool reads_told(struct eval *eval, const struct item *item)
{
	struct search search = { eval, item->kind == ITEM_TOTAL && is_paid_section(item->total_of) };

	if (item->formula)
		node_walk(item->formula->root, find_told, &search);
	return search.found;
}

static void note_blank_when(struct eval *eval, const struct item *item)
{
	struct place place = item->place;

	place.text = NULL;
	diag_add(eval->run->diag, MSG_WHEN_BLANK, place, eval_person_name(eval->run, eval->person), item->name, NULL);
}

static struct value unrounded(struct eval *eval, const struct item *item)
{
	struct value value;

	if (item->kind == ITEM_TOTAL)
		return total_value(eval->run, eval->policy, item, eval->person);
	if ((item->parent && !eval_when(eval, item->parent->when)) || !eval_when(eval, item->when)) {
		if (eval->blank)
			note_blank_when(eval, item);
		return item_without(item);
	}
	if (item->kind == ITEM_SCORECARD)
		return scorecard_value(eval, item);
	value = eval_node(eval, item->formula->root);
	return item->kind == ITEM_KPI ? kpi_bound(item, value) : value;
}

struct value item_value(struct eval *eval, const struct item *item)
{
	return item_round(item, unrounded(eval, item));
}

/* Of a person without a row in a file: once, however many figures want it. */
static void report_missing(struct eval *eval, const struct item *item)
{
	const struct table *table = NULL;
	const char *cause = item_cause(eval, item, &table);

	if (table)
		item_no_row(eval, table);
	else
		eval_error(eval, MSG_FIGURE_MISSING, eval_person_name(eval->run, eval->person), item->name, cause);
}

static void compute_figure(struct calculation *run, const struct item *item, const struct policy *policy, size_t person)
{
	struct eval eval = eval_start(run, policy, person);
	struct value value;

	eval.item = item;
	value = item_value(&eval, item);
	value.told = value.missing && (eval.failed || reads_told(&eval, item));
	if (value.missing && is_paid_section(item->section) && !value.told && item->kind != ITEM_TOTAL) {
		report_missing(&eval, item);
		value.told = true;
	}
	run->results->values[person * run->rulebook->column_count + item->column] = value;
	run->results->failed[person] = run->results->failed[person] || eval.failed;
}

static const char *check_text(struct calculation *run, const struct item *check, size_t person)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char room[VALUE_TEXT_SIZE];
	char *text;

	for (size_t i = 0; i < check->piece_count; i++) {
		const struct check_piece *piece = &check->pieces[i];

		text_buffer_puts(&buffer, piece->item ?
			value_format(results_value(run->results, person, piece->item->column), room) : piece->text);
	}
	text = text_buffer_take(&buffer, run->arena);
	text_buffer_release(&buffer);
	return text;
}

static void compute_check(struct calculation *run, const struct item *check, const struct policy *policy, size_t person,
	size_t order)
{
	struct results *results = run->results;
	struct eval eval = eval_start(run, policy, person);

	eval.item = check;
	if (!eval_when(&eval, check->when))
		return;
	if (results->check_count == results->check_room) {
		results->check_room = results->check_room ? results->check_room * 2 : 64;
		results->checks = arena_grow(run->arena, results->checks, results->check_count, results->check_room,
			sizeof(*results->checks));
	}
	results->checks[results->check_count++] =
		(struct check_result){ person, check, check_text(run, check, person), order };
	if (check->is_error) {
		eval_error(&eval, MSG_CHECK_FAILED, eval_person_name(run, person), check->name,
			results->checks[results->check_count - 1].text);
		results->failed[person] = true;
	}
}

static size_t place_in_policy(const struct policy *policy, const struct item *item)
{
	size_t i = 0;

	while (policy->items[i] != item)
		i++;
	return i;
}

void item_compute(struct calculation *run, const struct step *step)
{
	const struct policy *policy = run->rulebook->schemes[step->scheme].policy;
	const struct item *item = step->item;
	const struct facts *facts = run->facts;
	const struct preset *preset = calculation_preset(run, SYMBOL_ITEM, item, 0);
	size_t order = place_in_policy(policy, item);

	if (item->kind == ITEM_LINE) {
		line_compute(run, step);
		return;
	}
	for (size_t person = 0; person < facts->person_count; person++) {
		if (facts->people[person].state == PERSON_EXCLUDED || facts->people[person].scheme != step->scheme)
			continue;
		if (item->kind == ITEM_CHECK)
			compute_check(run, item, policy, person, order);
		else if (preset)
			run->results->values[person * run->rulebook->column_count + item->column] = preset->value;
		else
			compute_figure(run, item, policy, person);
	}
}
