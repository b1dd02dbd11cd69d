#include "calc/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "calc/tracer.h"

/* What is known of one group, rank or share node. */
struct slot {
	bool *member_scheme; /* schemes that have every figure of the expression */
	struct value *unit; /* sums over subtrees, by unit; [unit_count] is the company */
	bool *unit_ready;
	struct sorted { struct decimal *values; size_t count; bool ready; } *ranks; /* by unit, grade or [0] */
	size_t rank_count;
	struct value *parts; /* of a shared pool, by person */
};

struct group_cache {
	struct slot *slots;
	size_t count;
	struct arena *arena;
};

struct group_cache *group_cache_new(const struct rulebook *rulebook, struct arena *arena)
{
	struct group_cache *cache = arena_alloc(arena, sizeof(*cache));

	cache->slots = arena_array(arena, rulebook->slot_count ? rulebook->slot_count : 1, sizeof(*cache->slots));
	cache->count = rulebook->slot_count;
	cache->arena = arena;
	return cache;
}

struct membership {
	const struct rulebook *rulebook;
	bool *member;
};

static void require_figure(const struct node *node, void *context)
{
	struct membership *m = context;

	if (node->kind != NODE_FIGURE)
		return;
	for (size_t s = 0; s < m->rulebook->scheme_count; s++)
		if (!m->rulebook->columns[node->item->column].items[s])
			m->member[s] = false;
}

static struct slot *slot_of(struct eval *eval, const struct node *node)
{
	const struct rulebook *rulebook = eval->run->rulebook;
	struct group_cache *cache = eval->run->groups;
	struct slot *slot;
	struct membership m = { rulebook, NULL };

	if (node->slot >= cache->count)
		bug("group node without slot");
	slot = &cache->slots[node->slot];
	if (slot->member_scheme)
		return slot;
	m.member = arena_array(cache->arena, rulebook->scheme_count, sizeof(*m.member));
	memset(m.member, true, rulebook->scheme_count);
	for (size_t i = 0; i < node->arg_count; i++)
		node_walk(node->args[i], require_figure, &m);
	slot->member_scheme = m.member;
	return slot;
}

static bool is_member(const struct eval *eval, const struct slot *slot, size_t person)
{
	const struct person *p = &eval->run->facts->people[person];

	return p->state != PERSON_EXCLUDED && slot->member_scheme[p->scheme];
}

/* The expression for somebody else, read with the asking policy's names. */
static struct value value_for(struct eval *eval, const struct node *expression, size_t person)
{
	struct eval other = eval_start(eval->run, eval->policy, person);
	struct trace_node *begun = tracer_begin(eval, TRACE_PERSON);
	struct value value;

	other.item = eval->item;
	other.tracer = eval->tracer;
	if (begun)
		begun->person = person;
	value = eval_node(&other, expression);
	tracer_end(eval, begun, value);
	eval->failed = eval->failed || other.failed;
	return value;
}

struct gathering {
	struct decimal sum;
	int64_t count; /* people, or those for whom the condition held */
	bool missing;
};

static void gather(struct eval *eval, const struct node *node, size_t person, struct gathering *gathering)
{
	struct value value = value_for(eval, node->args[0], person);

	switch ((int)node->function) {
	case FN_UNIT_COUNT: case FN_LED_COUNT: case FN_COMPANY_COUNT:
		gathering->count += !value.missing && value.yes;
		return;
	default:
		gathering->count++;
		if (value.missing)
			gathering->missing = true;
		else
			gathering->sum = decimal_add(gathering->sum, value.number);
	}
}

static struct value gathered(const struct node *node, const struct gathering *gathering)
{
	struct decimal mean;

	switch ((int)node->function) {
	case FN_UNIT_COUNT: case FN_LED_COUNT: case FN_COMPANY_COUNT:
		return value_number(node->type, decimal_from_int(gathering->count));
	case FN_UNIT_AVERAGE: case FN_LED_AVERAGE: case FN_COMPANY_AVERAGE:
		if (gathering->missing || !decimal_divide(gathering->sum, decimal_from_int(gathering->count), &mean))
			return value_missing(node->type);
		return value_number(node->type, mean);
	default:
		return gathering->missing ? value_missing(node->type) : value_number(node->type, gathering->sum);
	}
}

static void gather_range(struct eval *eval, const struct node *node, const struct slot *slot, size_t first, size_t last,
	size_t without, struct gathering *gathering)
{
	for (size_t i = first; i < last; i++) {
		size_t person = eval->run->facts->by_unit[i];

		if (person != without && is_member(eval, slot, person))
			gather(eval, node, person, gathering);
	}
}

/* Over a unit's subtree, or over everyone (unit = unit_count). */
static struct value over_unit(struct eval *eval, const struct node *node, struct slot *slot, size_t unit)
{
	const struct facts *facts = eval->run->facts;
	struct gathering gathering = { decimal_zero(), 0, false };
	size_t first = 0, last = facts->by_unit_count;
	struct value value;

	if (slot->unit && slot->unit_ready[unit] && !eval->tracer)
		return slot->unit[unit];
	if (unit < facts->unit_count) {
		first = facts->units[unit].first;
		last = facts->units[unit].last;
	}
	gather_range(eval, node, slot, first, last, SIZE_MAX, &gathering);
	value = gathered(node, &gathering);
	if (eval->tracer)
		return value;
	if (!slot->unit) {
		slot->unit = arena_array(eval->run->arena, facts->unit_count + 1, sizeof(*slot->unit));
		slot->unit_ready = arena_array(eval->run->arena, facts->unit_count + 1, sizeof(*slot->unit_ready));
	}
	slot->unit[unit] = value;
	slot->unit_ready[unit] = true;
	return value;
}

/* Where the person's units begin among those that have a head. */
static size_t first_headed(const struct facts *facts, size_t person)
{
	size_t low = 0, high = facts->headed_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (facts->units[facts->headed[middle]].head < person)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Over the units the person heads and all below, without the person. */
static struct value over_led(struct eval *eval, const struct node *node, struct slot *slot)
{
	const struct facts *facts = eval->run->facts;
	struct gathering gathering = { decimal_zero(), 0, false };

	for (size_t i = first_headed(facts, eval->person), next = 0; i < facts->headed_count; i++) {
		const struct unit *unit = &facts->units[facts->headed[i]];

		if (unit->head != eval->person)
			break;
		if (facts->headed[i] < next) /* a unit below one of theirs was counted with it */
			continue;
		gather_range(eval, node, slot, unit->first, unit->last, eval->person, &gathering);
		next = unit->end;
	}
	return gathered(node, &gathering);
}

/* Who is in no unit stands alone. */
static struct value over_oneself(struct eval *eval, const struct node *node)
{
	struct gathering gathering = { decimal_zero(), 0, false };

	gather(eval, node, eval->person, &gathering);
	return gathered(node, &gathering);
}

static bool as_number(const struct value *value, struct decimal *number)
{
	if (value->missing)
		return false;
	*number = value->type == VALUE_DATE ? decimal_from_int(value->day) :
		value->type == VALUE_YESNO ? decimal_from_int(value->yes) : value->number;
	return true;
}

static int highest_first(const void *a, const void *b)
{
	const struct decimal *x = a, *y = b;

	return decimal_compare(*y, *x);
}

/* The values that a person of this unit or grade is ranked among. */
static void sort_group(struct eval *eval, const struct node *node, const struct slot *slot, size_t first, size_t last,
	const char *grade, struct sorted *sorted)
{
	const struct facts *facts = eval->run->facts;

	sorted->values = arena_array(eval->run->arena, last - first + 1, sizeof(*sorted->values));
	for (size_t i = first; i < last; i++) {
		size_t person = facts->by_unit[i];
		const char *own = facts->people[person].grade;
		struct value value;

		if (!is_member(eval, slot, person) || (grade && (!own || strcmp(own, grade) != 0)))
			continue;
		value = value_for(eval, node->args[0], person);
		if (as_number(&value, &sorted->values[sorted->count]))
			sorted->count++;
	}
	qsort(sorted->values, sorted->count, sizeof(*sorted->values), highest_first);
	sorted->ready = true;
}

/* How many are strictly higher. */
static size_t count_above(const struct sorted *sorted, struct decimal value)
{
	size_t low = 0, high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (decimal_compare(sorted->values[middle], value) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct value rank_of(struct eval *eval, const struct node *node, struct slot *slot)
{
	const struct facts *facts = eval->run->facts;
	const struct person *person = &facts->people[eval->person];
	size_t first = 0, last = facts->by_unit_count, group = 0;
	struct value value = eval_node(eval, node->args[0]);
	const struct grade *grade = NULL;
	struct sorted told = { NULL, 0, false };
	struct decimal number;

	if (!as_number(&value, &number))
		return value_missing(node->type);
	if (node->function == FN_UNIT_RANK) {
		if (person->unit == SIZE_MAX)
			return value_number(node->type, decimal_from_int(1));
		group = person->unit;
		first = facts->units[group].first;
		last = facts->units[group].last;
	} else if (node->function == FN_GRADE_RANK) {
		grade = person->grade ? policy_grade(eval->policy, person->grade) : NULL;
		if (!grade)
			return value_missing(node->type);
		group = (size_t)(grade - eval->policy->grades);
	}
	if (eval->tracer) { /* everyone is to be told: no cache */
		sort_group(eval, node, slot, first, last, grade ? grade->id : NULL, &told);
		return value_number(node->type, decimal_from_int((int64_t)count_above(&told, number) + 1));
	}
	if (!slot->ranks)
		slot->ranks = arena_array(eval->run->arena, facts->unit_count + eval->policy->grade_count + 1, sizeof(*slot->ranks));
	if (!slot->ranks[group].ready)
		sort_group(eval, node, slot, first, last, grade ? grade->id : NULL, &slot->ranks[group]);
	return value_number(node->type, decimal_from_int((int64_t)count_above(&slot->ranks[group], number) + 1));
}

struct value eval_group(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	struct slot *slot = slot_of(eval, node);
	size_t unit = facts->people[eval->person].unit;

	switch ((int)node->function) {
	case FN_RANK: case FN_UNIT_RANK: case FN_GRADE_RANK:
		return rank_of(eval, node, slot);
	case FN_LED_SUM: case FN_LED_AVERAGE: case FN_LED_COUNT:
		return over_led(eval, node, slot);
	case FN_UNIT_SUM: case FN_UNIT_AVERAGE: case FN_UNIT_COUNT:
		return unit == SIZE_MAX ? over_oneself(eval, node) : over_unit(eval, node, slot, unit);
	default:
		return over_unit(eval, node, slot, facts->unit_count);
	}
}

static void share_pool(struct eval *eval, const struct node *node, struct slot *slot)
{
	const struct facts *facts = eval->run->facts;
	size_t count = facts->person_count, *order = arena_array(eval->run->arena, count + 1, sizeof(*order));
	struct value *weights = arena_array(eval->run->arena, count + 1, sizeof(*weights));
	struct value pool = value_missing(node->type);
	struct decimal step, whole;
	bool first = true;

	slot->parts = arena_array(eval->run->arena, count + 1, sizeof(*slot->parts));
	for (size_t i = 0; i < count; i++) {
		struct value own;

		order[i] = i;
		weights[i] = value_missing(VALUE_NUMBER);
		slot->parts[i] = value_missing(node->type);
		if (!is_member(eval, slot, i))
			continue;
		weights[i] = value_for(eval, node->args[1], i);
		own = value_for(eval, node->args[0], i);
		if (first)
			pool = own;
		else if (own.missing != pool.missing || (!own.missing && decimal_compare(own.number, pool.number)))
			eval_error(eval, MSG_POOL_DIFFERS, eval_person_name(eval->run, i), eval->item ? eval->item->name : "");
		first = false;
	}
	if (pool.missing || eval->failed)
		return;
	decimal_parse("0.01", 4, &step);
	if (!decimal_round(decimal_cut(pool.number), step, ROUND_HALF_UP, &whole))
		bug("a fen is positive");
	if (!share_out(whole, step, weights, order, count, node->type, slot->parts))
		eval_error(eval, MSG_NEGATIVE_WEIGHT, eval->item ? eval->item->name : "");
}

struct value eval_share(struct eval *eval, const struct node *node)
{
	struct slot *slot = slot_of(eval, node), told = *slot;

	if (eval->tracer) {
		share_pool(eval, node, &told);
		return told.parts[eval->person];
	}
	if (!slot->parts)
		share_pool(eval, node, slot);
	return slot->parts[eval->person];
}
