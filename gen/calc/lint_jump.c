#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/text.h"
#include "calc/item.h"
#include "calc/lint_lean.h"
#include "calc/lint_parts.h"
#include "calc/probe.h"
#include "calc/trace.h"

/*
 * Jumps. At each bound of tiers and each number a condition compares with,
 * what the example needs is computed just below and just above, all else as
 * in the example: the difference is at stake. Of what changes, the pay nearest
 * to the person counts: net pay if the example reaches it, else an amount paid
 * or deducted, else a score. Where more of what is measured leaves less, more
 * earns less.
 */
#define NEAR "0.000000001" /* how near to a bound */
#define SEEN "0.000001" /* smaller differences are the slope, no jump */

enum { RANK_NONE, RANK_FACT, RANK_SCORE, RANK_LINE, RANK_PAY, RANK_NET };

struct jump {
	enum message message;
	struct place place;
	const char *x, *bound, *item, *before, *after, *difference, *example;
	struct decimal size;
	int rank; /* of the item; RANK_FACT: not paid itself */
};

struct jumps {
	struct arena *arena;
	struct map *by_key; /* of jumps, and of bounds seen through to what is paid */
	struct jump **all;
	size_t count, room;
};

struct jumps *jumps_new(struct arena *arena)
{
	struct jumps *jumps = arena_alloc(arena, sizeof(*jumps));

	jumps->arena = arena;
	jumps->by_key = map_new();
	return jumps;
}

void jumps_free(struct jumps *jumps)
{
	if (jumps)
		map_free(jumps->by_key);
}

/* Of tiers by their own place, of a condition by that of the comparison. */
static const char *bound_key(struct jumps *jumps, struct place place)
{
	return arena_printf(jumps->arena, "%s:%ld:%ld", place.file ? place.file : "", place.line, place.column);
}

void jumps_report(struct jumps *jumps, struct diag *diag)
{
	for (size_t i = 0; i < jumps->count; i++) {
		const struct jump *j = jumps->all[i];

		/* What is paid tells more than the rate it was paid at; and where nothing jumps there, a rate and a quick deduction cancel. */
		if (j->rank == RANK_FACT && map_get(jumps->by_key, bound_key(jumps, j->place)))
			continue;
		diag_add(diag, j->message, j->place, j->x, j->bound, j->item, j->before, j->after, j->difference, j->example, NULL);
	}
}

static void keep(struct jumps *jumps, const struct jump *found)
{
	/* A rate and its quick deduction have the same bounds: one jump. */
	const char *key = arena_printf(jumps->arena, "%s %s %s", found->place.file ? found->place.file : "", found->x, found->bound);
	struct jump *jump = map_get(jumps->by_key, key);

	if (jump && (found->rank < jump->rank || (found->rank == jump->rank && decimal_compare(found->size, jump->size) <= 0)))
		return;
	if (!jump) {
		jump = arena_alloc(jumps->arena, sizeof(*jump));
		map_put(jumps->by_key, key, jump);
		if (jumps->count == jumps->room) {
			jumps->room = jumps->room ? jumps->room * 2 : 64;
			jumps->all = arena_grow(jumps->arena, jumps->all, jumps->count, jumps->room, sizeof(*jumps->all));
		}
		jumps->all[jumps->count++] = jump;
	}
	*jump = *found;
}

/* ---- probing ---- */
struct probing {
	struct jumps *jumps;
	struct calculation *run;
	const struct policy *policy;
	const struct example *example;
	const bool *needed;
	struct leaning *leaning;
	struct arena *scratch;
	const struct formula *formula; /* being looked through */
	bool *downstream; /* by place in the policy: what is computed from the number in question */
	bool reaches_pay;
};

static struct decimal decimal_of(const char *text)
{
	struct decimal out;

	return decimal_parse(text, strlen(text), &out) ? out : decimal_zero();
}

static bool is_given(const struct probing *probing, const struct item *item)
{
	return calculation_preset(probing->run, SYMBOL_ITEM, item, 0);
}

/* What a jump of the item tells: of what changes at a bound, the highest is reported. */
static int rank_of(const struct item *item)
{
	if (item->kind == ITEM_CHECK || item->kind == ITEM_TOTAL || !value_type_is_numeric(item->type))
		return RANK_NONE;
	if (item->kind != ITEM_FIGURE)
		return item->kind == ITEM_LINE ? RANK_LINE : RANK_SCORE;
	switch (item->section) {
	case SECTION_NET:
		return RANK_NET;
	case SECTION_EARNINGS: case SECTION_DEDUCTIONS: case SECTION_EMPLOYER:
		return RANK_PAY;
	case SECTION_SCORE:
		return RANK_SCORE;
	case SECTION_FACTS:
		return item->type == VALUE_NUMBER ? RANK_NONE : RANK_FACT;
	}
	return RANK_NONE;
}

struct reading {
	const struct probing *probing;
	const struct node *x;
	bool found;
};

static void find_downstream(const struct node *node, void *context)
{
	struct reading *reading = context;

	reading->found = reading->found || probe_same(node, reading->x) ||
		(node->item && reading->probing->downstream[leaning_place(reading->probing->leaning, node->item)]);
}

/* x itself, or what is computed from it. */
static bool reads_downstream(const struct probing *probing, const struct node *x, const struct item *item)
{
	struct reading reading = { probing, x, false };

	if (item->formula)
		node_walk(item->formula->root, find_downstream, &reading);
	if (item->when)
		node_walk(item->when->root, find_downstream, &reading);
	for (size_t i = 0; i < item->kpi_count; i++)
		reading.found = reading.found || probing->downstream[leaning_place(probing->leaning, item->kpis[i])];
	for (size_t i = 0; i < item->adjust_count; i++)
		reading.found = reading.found || probing->downstream[leaning_place(probing->leaning, item->adjusts[i])];
	for (size_t i = 0; item->kind == ITEM_TOTAL && i < probing->policy->item_count; i++)
		reading.found = reading.found || (probing->downstream[i] && probing->policy->items[i]->kind == ITEM_FIGURE &&
			probing->policy->items[i]->section == item->total_of);
	return reading.found;
}

/* The order of evaluation has every item behind what it reads. */
static void mark_downstream(struct probing *probing, const struct node *x)
{
	const struct rulebook *rulebook = probing->run->rulebook;

	memset(probing->downstream, 0, probing->policy->item_count);
	probing->reaches_pay = false;
	for (size_t i = 0; i < rulebook->step_count; i++) {
		const struct item *item = rulebook->order[i].item;
		size_t place = leaning_place(probing->leaning, item);

		if (!probing->needed[place] || item->kind == ITEM_CHECK || is_given(probing, item) ||
			!reads_downstream(probing, x, item))
			continue;
		probing->downstream[place] = true;
		probing->reaches_pay = probing->reaches_pay || rank_of(item) > RANK_FACT;
	}
}

/* A figure's value, or a line's over all rows of the person. */
static struct value value_of(const struct probing *probing, const struct item *item)
{
	const struct results *results = probing->run->results;
	struct value sum = value_number(item->type, decimal_zero());
	struct row_span span;

	if (item->kind != ITEM_LINE)
		return *results_value(results, 0, item->column);
	span = facts_rows(probing->run->facts, item->table->index, 0);
	for (size_t i = 0; i < span.count; i++) {
		const struct value *value = &results->lines[item->line].values[span.rows[i]];

		if (value->missing)
			return value_missing(item->type);
		sum.number = decimal_add(sum.number, value->number);
	}
	return sum;
}

/* All downstream computed with x being that number (NULL: as it is); the values, by place, in the scratch arena. */
static struct value *compute(struct probing *probing, const struct node *x, struct decimal number)
{
	const struct rulebook *rulebook = probing->run->rulebook;
	struct value *values = arena_array(probing->scratch, probing->policy->item_count + 1, sizeof(*values));
	struct probe probe = { x, x ? value_number(x->type, number) : value_missing(VALUE_NONE) };

	probing->run->probe = x ? &probe : NULL;
	for (size_t i = 0; i < rulebook->step_count; i++) {
		size_t place = leaning_place(probing->leaning, rulebook->order[i].item);

		if (!probing->downstream[place])
			continue;
		item_compute(probing->run, &rulebook->order[i]);
		values[place] = value_of(probing, rulebook->order[i].item);
	}
	probing->run->probe = NULL;
	return values;
}

/* As people read it: a figure that is not rounded is cut to what can be seen. */
static const char *shown(struct probing *probing, struct decimal number, enum value_type type)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	struct value value;
	char *text;

	decimal_round(number, decimal_of(SEEN), ROUND_HALF_UP, &number);
	value = value_number(type, number);
	calc_write_value(&value, &buffer);
	text = text_buffer_take(&buffer, probing->jumps->arena);
	text_buffer_release(&buffer);
	return text;
}

struct step_at {
	const struct node *x;
	struct decimal bound, from, to; /* computed at from and at to */
	struct place place;
	bool only_falls; /* a slope, no jump */
};

static bool differs(const struct value *before, const struct value *after)
{
	return !before->missing && !after->missing &&
		decimal_compare(decimal_abs(decimal_subtract(after->number, before->number)), decimal_of(SEEN)) > 0;
}

/* The changed item that counts; SIZE_MAX if nothing changed. */
static size_t chosen(const struct probing *probing, const struct value *before, const struct value *after)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < probing->policy->item_count; i++) {
		int rank = rank_of(probing->policy->items[i]);

		if (!probing->downstream[i] || !rank || !differs(&before[i], &after[i]))
			continue;
		if (best == SIZE_MAX || rank > rank_of(probing->policy->items[best]))
			best = i;
	}
	return best;
}

static void keep_jump(struct probing *probing, const struct step_at *at, size_t place, const struct value *before,
	const struct value *after)
{
	const struct item *item = probing->policy->items[place];
	struct decimal difference = decimal_subtract(after->number, before->number);
	bool fall = leaning_falls(probing->leaning, item, at->x, decimal_sign(difference) > 0);
	struct jump jump = { .message = fall ? MSG_LINT_FALLS : MSG_LINT_JUMP, .place = at->place, .rank = rank_of(item) };

	if (at->only_falls && !fall)
		return;
	jump.size = decimal_abs(difference);
	jump.x = arena_strndup(probing->jumps->arena, probing->formula->text.text + at->x->start, at->x->end - at->x->start);
	jump.bound = shown(probing, at->bound, at->x->type);
	jump.item = arena_strdup(probing->jumps->arena, item->name);
	jump.before = shown(probing, before->number, item->type);
	jump.after = shown(probing, after->number, item->type);
	jump.difference = shown(probing, jump.size, item->type);
	jump.example = arena_strdup(probing->jumps->arena, probing->example->title ? probing->example->title : "");
	keep(probing->jumps, &jump);
}

static void probe_step(struct probing *probing, const struct step_at *at)
{
	const struct value *before, *after;
	size_t place;

	mark_downstream(probing, at->x);
	before = compute(probing, at->x, at->from);
	after = compute(probing, at->x, at->to);
	compute(probing, NULL, decimal_zero()); /* as it was */
	place = chosen(probing, before, after);
	if (probing->reaches_pay)
		map_put(probing->jumps->by_key, bound_key(probing->jumps, at->place), probing->jumps);
	if (place != SIZE_MAX)
		keep_jump(probing, at, place, &before[place], &after[place]);
}

static bool is_constant(const struct node *node)
{
	return node->kind == NODE_LITERAL || node->kind == NODE_PARAMETER || (node->kind == NODE_GRADE_SET && !node->arg_count);
}

/*
 * bonus ÷ 12 at 3,000 is the bonus at 36,000: other parts of the formulas read
 * the bonus itself, and must see the same one.
 */
static const struct node *unwrap(struct probing *probing, const struct node *x, struct decimal *bound)
{
	while ((x->kind == NODE_DIVIDE || x->kind == NODE_MULTIPLY) && value_type_is_numeric(x->args[0]->type) && is_constant(x->args[1])) {
		struct eval eval = eval_start(probing->run, probing->policy, 0);
		struct value factor = eval_node(&eval, x->args[1]);
		struct decimal scaled = *bound;

		if (factor.missing || decimal_sign(factor.number) <= 0)
			break;
		if (x->kind == NODE_DIVIDE)
			scaled = decimal_multiply(*bound, factor.number);
		else
			decimal_divide(*bound, factor.number, &scaled);
		*bound = scaled;
		x = x->args[0];
	}
	return x;
}

static void probe_bound(struct probing *probing, const struct node *x, struct decimal bound, struct place place)
{
	struct step_at at = { .x = unwrap(probing, x, &bound), .place = place };

	at.bound = bound;
	at.from = decimal_subtract(bound, decimal_of(NEAR));
	at.to = decimal_add(bound, decimal_of(NEAR));
	probe_step(probing, &at);
}

static void probe_tiers(struct probing *probing, const struct node *node)
{
	const struct tiers *tiers = node->tiers;

	for (size_t i = 0; i < tiers->row_count; i++) {
		struct step_at slope = { node->args[0], tiers->rows[i].bound, i ? tiers->rows[i - 1].bound : tiers->rows[i].bound,
			tiers->rows[i].bound, tiers->rows[i].place, true };

		if (tiers->mode == TIERS_LINEAR)
			probe_step(probing, &slope);
		else
			probe_bound(probing, node->args[0], tiers->rows[i].bound, tiers->rows[i].place);
	}
}

static void probe_comparison(struct probing *probing, const struct node *node)
{
	const struct node *x = node->args[0], *constant = node->args[1];
	struct eval eval = eval_start(probing->run, probing->policy, 0);
	struct value bound;

	if (is_constant(x)) {
		x = node->args[1];
		constant = node->args[0];
	}
	if (is_constant(x) || !is_constant(constant) || !value_type_is_numeric(x->type))
		return;
	bound = eval_node(&eval, constant);
	if (bound.missing)
		return;
	probe_bound(probing, x, bound.number, xml_text_place(&probing->formula->text, node->start, node->end));
}

/* Rows, earlier months and other people have numbers of their own: what stands inside is not this person's one number. */
static bool looks_elsewhere(const struct node *node)
{
	return node->kind == NODE_CALL && function_entry(node->function)->class != CLASS_SCALAR;
}

static void probe_node(struct probing *probing, const struct node *node)
{
	if (looks_elsewhere(node))
		return;
	if (node->kind == NODE_TIERS && value_type_is_numeric(node->type))
		probe_tiers(probing, node);
	else if (node->kind >= NODE_LT && node->kind <= NODE_GE)
		probe_comparison(probing, node);
	for (size_t i = 0; i < node->arg_count; i++)
		probe_node(probing, node->args[i]);
}

static void probe_item(struct probing *probing, const struct item *item)
{
	probing->formula = item->when;
	if (item->when)
		probe_node(probing, item->when->root);
	probing->formula = item->formula;
	if (item->formula)
		probe_node(probing, item->formula->root);
}

void jumps_example(struct jumps *jumps, struct calculation *run, const struct policy *policy, const struct example *example,
	const bool *needed)
{
	struct arena *scratch = arena_new();
	struct probing probing = { .jumps = jumps, .run = run, .policy = policy, .example = example, .needed = needed,
		.leaning = leaning_new(policy, scratch), .scratch = scratch,
		.downstream = arena_array(scratch, policy->item_count + 1, sizeof(bool)) };
	struct diag *errors = run->errors, *notes = run->diag;

	run->errors = NULL; /* what a made-up number brings about is nobody's news */
	run->diag = diag_new(scratch);
	for (size_t i = 0; i < policy->item_count; i++)
		if (needed[i] && policy->items[i]->kind != ITEM_CHECK && !is_given(&probing, policy->items[i]))
			probe_item(&probing, policy->items[i]);
	diag_free(run->diag);
	run->errors = errors;
	run->diag = notes;
	arena_free(scratch);
}
