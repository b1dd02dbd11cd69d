#include "calc/movement.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"

bool movement_from_fits(const struct movement *movement, const struct grade *grade)
{
	if (!movement->from_count)
		return true;
	for (size_t i = 0; grade && i < movement->from_count; i++)
		if (!strcmp(movement->from[i], grade->id))
			return true;
	return false;
}

bool movement_goes_to(const struct policy *policy, const struct movement *movement, const struct grade *grade,
	const struct grade **to)
{
	*to = NULL;
	switch (movement->to) {
	case TO_NOTHING:
		return true;
	case TO_GRADE:
		*to = policy_grade(policy, movement->to_grade);
		return *to && *to != grade;
	case TO_NEXT:
		*to = grade ? policy_grade_step(policy, grade, 1) : NULL;
		return *to;
	case TO_PREVIOUS:
		*to = grade ? policy_grade_step(policy, grade, -1) : NULL;
		return *to;
	}
	bug("movement to nowhere");
}

static bool is_comparison(const struct node *node)
{
	return node->kind == NODE_EQ || node->kind == NODE_NE || node->kind == NODE_LT || node->kind == NODE_LE ||
		node->kind == NODE_GT || node->kind == NODE_GE;
}

/* |required − value|, where the two have a distance. */
static struct value distance(const struct value *value, const struct value *required)
{
	if (value->missing || required->missing)
		return value_missing(VALUE_NUMBER);
	if (value_type_is_numeric(value->type) && value_type_is_numeric(required->type))
		return value_number(value->type, decimal_abs(decimal_subtract(required->number, value->number)));
	if (value->type == VALUE_DATE && required->type == VALUE_DATE)
		return value_number(VALUE_NUMBER, decimal_abs(decimal_from_int((int64_t)required->day - value->day)));
	return value_missing(VALUE_NUMBER);
}

/* A side past the range of what can be written is no value, as with figures. */
static struct value side_of(struct eval *eval, const struct node *node)
{
	struct value value = eval_node(eval, node);

	if (!value.missing && value_type_is_numeric(value.type) && !decimal_in_range(value.number))
		return value_missing(value.type);
	return value;
}

static struct criterion_result judge(struct eval *eval, const struct criterion *criterion)
{
	const struct node *root = criterion->formula->root;
	struct criterion_result result = { .is_comparison = is_comparison(root) };

	result.value = result.required = value_missing(VALUE_NONE);
	result.gap = value_missing(VALUE_NUMBER);
	if (!result.is_comparison) {
		result.holds = eval_holds(eval, root);
		return result;
	}
	result.value = side_of(eval, root->args[0]);
	result.required = side_of(eval, root->args[1]);
	eval_compare(eval, root->kind, &result.value, &result.required, &result.holds);
	if (value_type_is_numeric(result.value.type) && !result.value.missing)
		result.value.number = decimal_cut(result.value.number);
	if (value_type_is_numeric(result.required.type) && !result.required.missing)
		result.required.number = decimal_cut(result.required.number);
	if (!result.holds)
		result.gap = distance(&result.value, &result.required);
	return result;
}

static void add_result(struct calculation *run, const struct movement_result *result, size_t *room)
{
	struct results *results = run->results;

	if (results->movement_count == *room) {
		*room = *room ? *room * 2 : 64;
		results->movements = arena_grow(run->arena, results->movements, results->movement_count, *room,
			sizeof(*results->movements));
	}
	results->movements[results->movement_count++] = *result;
}

static void consider(struct calculation *run, const struct policy *policy, const struct movement *movement, size_t person,
	size_t *room)
{
	const char *grade_id = run->facts->people[person].grade;
	const struct grade *grade = grade_id ? policy_grade(policy, grade_id) : NULL;
	struct movement_result result = { .person = person, .movement = movement, .from = grade };
	struct eval eval = eval_start(run, policy, person);
	bool all = true;

	if (!movement_from_fits(movement, grade) || !movement_goes_to(policy, movement, grade, &result.to) || !eval_when(&eval, movement->when))
		return;
	result.criteria = arena_array(run->arena, movement->criterion_count, sizeof(*result.criteria));
	for (size_t i = 0; i < movement->criterion_count; i++) {
		result.criteria[i] = judge(&eval, &movement->criteria[i]);
		all = all && result.criteria[i].holds;
	}
	result.verdict = all ? VERDICT_ELIGIBLE : VERDICT_NOT_ELIGIBLE;
	add_result(run, &result, room);
	run->results->failed[person] = run->results->failed[person] || eval.failed;
}

static bool is_down(const struct movement_result *result)
{
	return result->verdict != VERDICT_NOT_ELIGIBLE &&
		(result->movement->kind == MOVE_DEMOTION || result->movement->kind == MOVE_REMOVAL);
}

static bool is_up(const struct movement_result *result)
{
	return result->verdict != VERDICT_NOT_ELIGIBLE && result->movement->kind == MOVE_PROMOTION;
}

/* A promotion and a demotion or removal met at once are both a conflict. */
static void mark_conflicts(struct movement_result *first, size_t count)
{
	bool up = false, down = false;

	for (size_t i = 0; i < count; i++) {
		up = up || is_up(&first[i]);
		down = down || is_down(&first[i]);
	}
	for (size_t i = 0; up && down && i < count; i++)
		if (is_up(&first[i]) || is_down(&first[i]))
			first[i].verdict = VERDICT_CONFLICT;
}

void movements_compute(struct calculation *run)
{
	const struct facts *facts = run->facts;
	size_t room = 0;

	for (size_t person = 0; person < facts->person_count; person++) {
		const struct policy *policy = facts->people[person].policy;
		size_t before = run->results->movement_count;

		if (facts->people[person].state == PERSON_EXCLUDED)
			continue;
		for (size_t i = 0; i < policy->movement_count; i++)
			consider(run, policy, policy->movements[i], person, &room);
		if (run->results->movement_count > before)
			mark_conflicts(&run->results->movements[before], run->results->movement_count - before);
	}
}
