#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "value/date.h"

const char *movement_kind_name(enum movement_kind kind)
{
	static const char *const names[] = {
		[MOVE_PROMOTION] = "promotion",
		[MOVE_DEMOTION] = "demotion",
		[MOVE_CONFIRMATION] = "confirmation",
		[MOVE_REMOVAL] = "removal",
		[MOVE_CERTIFICATION] = "certification",
	};

	return names[kind];
}

static const char *sign_of(const struct formula *formula)
{
	static const struct {
		enum node_kind kind;
		const char *sign;
	} signs[] = {
		{NODE_GE, "≥"},
		{NODE_GT, "＞"},
		{NODE_LE, "≤"},
		{NODE_LT, "＜"},
		{NODE_EQ, "＝"},
		{NODE_NE, "≠"},
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (formula->root->kind == signs[i].kind)
			return signs[i].sign;
	return NULL;
}

/* Values of a criterion are public only where nothing private is in it; whether it holds is what site
 * movements= opens. */
static void add_sides(struct pen *pen, xmlNode *node, const struct criterion_result *side,
	const struct criterion *criterion, const struct policy *policy)
{
	xmlNode *required;

	if (!side->is_comparison)
		return;
	put_value(pen, node, "value", &side->value, NULL, policy);
	required = put_value(pen, node, "required", &side->required, NULL, policy);
	attribute(required, "sign", sign_of(criterion->formula));
	if (!side->holds && !side->gap.missing)
		put_value(pen, node, "gap", &side->gap, NULL, policy);
}

static const char *basis_of(struct pen *pen, const struct movement_result *result, size_t index)
{
	const struct criterion *criterion = &result->movement->criteria[index];
	const struct criterion_result *side = &result->criteria[index];
	const struct policy *policy = pen->model->facts->people[result->person].policy;
	const char *sign = sign_of(criterion->formula);

	if (side->is_comparison && sign)
		return arena_printf(pen->scratch, "%s  →  %s %s %s", criterion->source,
			text_value(pen, &side->value, NULL, policy), sign,
			text_value(pen, &side->required, NULL, policy));
	return criterion->source;
}

void add_results(struct pen *pen, xmlNode *parent, const struct movement_result *result)
{
	const struct policy *policy = pen->model->facts->people[result->person].policy;
	bool open = pen->entry->is_public;

	for (size_t i = 0; i < result->movement->criterion_count; i++) {
		const struct criterion *criterion = &result->movement->criteria[i];
		xmlNode *node = put(parent, "result");

		attribute(node, "name", criterion->name);
		attribute(node, "holds", result->criteria[i].holds ? "yes" : "no");
		if (!open || formula_is_open(criterion->formula))
			add_sides(pen, node, &result->criteria[i], criterion, policy);
		if (!open) {
			put_text(node, "basis", basis_of(pen, result, i));
			add_evidence(pen, node, result->person, criterion);
		}
	}
}

static size_t missed(const struct movement_result *result)
{
	size_t count = 0;

	for (size_t i = 0; i < result->movement->criterion_count; i++)
		count += !result->criteria[i].holds;
	return count;
}

void add_verdict(struct pen *pen, xmlNode *node, const struct movement_result *result)
{
	static const char *const verdicts[] = {
		[VERDICT_ELIGIBLE] = "eligible",
		[VERDICT_NOT_ELIGIBLE] = "not-eligible",
		[VERDICT_CONFLICT] = "conflict",
	};
	int32_t day = month_first_day(pen->model->facts->month + 1);
	char room[11];

	attribute(node, "verdict", verdicts[result->verdict]);
	attribute(node, "from",
		result->from && *result->from->title ? result->from->title
		: result->from			     ? result->from->id
						     : "–");
	if (result->to)
		attribute(node, "to", *result->to->title ? result->to->title : result->to->id);
	attribute(node, "date", date_format(day, room));
	attribute(node, "date-text", text_date(pen, day));
	attribute_count(pen, node, "missed", missed(result));
}

/* ---- the promotion page: one list a movement, one group an outcome ---- */
enum outcome { ELIGIBLE, CONFLICT, ONE_MISSING, NOT_ELIGIBLE, OUTCOMES };

static enum outcome outcome_of(const struct movement_result *result)
{
	switch (result->verdict) {
	case VERDICT_ELIGIBLE:
		return ELIGIBLE;
	case VERDICT_CONFLICT:
		return CONFLICT;
	case VERDICT_NOT_ELIGIBLE:
		break;
	}
	return missed(result) == 1 ? ONE_MISSING : NOT_ELIGIBLE;
}

/* Two schemes that include one movement have one list. */
static bool is_same(const struct movement *a, const struct movement *b)
{
	if (a->kind != b->kind || strcmp(a->title, b->title) != 0 || a->criterion_count != b->criterion_count)
		return false;
	for (size_t i = 0; i < a->criterion_count; i++)
		if (strcmp(a->criteria[i].name, b->criteria[i].name) != 0)
			return false;
	return true;
}

static void add_candidate(struct pen *pen, xmlNode *group, const struct movement_result *result)
{
	xmlNode *node = put(group, "candidate");

	add_verdict(pen, node, result);
	add_who(pen, node, result->person, true);
	add_results(pen, node, result);
}

struct ranked_result {
	size_t missing; /* of one that misses one criterion, which; else 0 */
	size_t rank;
	const struct movement_result *result;
};

static size_t first_missed(const struct movement_result *result)
{
	size_t index = 0;

	while (index < result->movement->criterion_count && result->criteria[index].holds)
		index++;
	return index;
}

/* Those who miss the same one stand together, the best first. */
static int by_rank(const void *a, const void *b)
{
	const struct ranked_result *first = a, *second = b;
	size_t one = first->rank ? first->rank : SIZE_MAX, other = second->rank ? second->rank : SIZE_MAX;

	if (first->missing != second->missing)
		return first->missing < second->missing ? -1 : 1;
	return one != other ? (one < other ? -1 : 1) : first->result < second->result ? -1 : 1;
}

static void add_group(struct pen *pen, xmlNode *list, const struct movement *movement, enum outcome outcome)
{
	static const char *const names[] = {"eligible", "conflict", "one-missing", "not-eligible"};
	const struct results *results = pen->model->input.results;
	struct ranked_result *chosen = arena_array(pen->scratch, results->movement_count + 1, sizeof *chosen);
	size_t count = 0;
	xmlNode *group;

	for (size_t i = 0; i < results->movement_count; i++) {
		const struct movement_result *result = &results->movements[i];

		if (is_same(result->movement, movement) && outcome_of(result) == outcome)
			chosen[count++] = (struct ranked_result){outcome == ONE_MISSING ? first_missed(result) : 0,
				pen->model->standing[result->person].rank, result};
	}
	if (!count && outcome != ELIGIBLE)
		return;
	qsort(chosen, count, sizeof *chosen, by_rank);
	group = put(list, "group");
	attribute(group, "outcome", names[outcome]);
	attribute_count(pen, group, "count", count);
	for (size_t i = 0; i < count && i < SHEET_ROWS; i++)
		add_candidate(pen, group, chosen[i].result);
}

static const char *article_number(const struct article *article)
{
	return article && article->number && *article->number ? article->number : NULL;
}

/* The rule's own words, with the way to its formulas; as far as site policy= opens them. */
static void add_rule_text(struct pen *pen, xmlNode *list, const struct movement *movement, const struct policy *policy)
{
	bool open = pen->entry->is_public;

	attribute(list, "policy", policy->title);
	attribute(list, "version", policy->version);
	if (!article_number(movement->article) || (open && pen->model->company->site_policy == SITE_POLICY_NONE))
		return;
	attribute(list, "article-href", arena_printf(pen->scratch, "policy.html#%s", article_id(pen, movement->article, policy)));
	add_prose(list, movement->article);
}

static void add_list(struct pen *pen, xmlNode *parent, const struct movement *movement, const struct policy *policy)
{
	bool open = pen->entry->is_public,
	     eligible_only = open && pen->model->company->site_movements == SITE_MOVEMENTS_ELIGIBLE;
	xmlNode *list = put(parent, "list");

	attribute(list, "kind", movement_kind_name(movement->kind));
	attribute(list, "title", movement->title);
	attribute(list, "article", article_number(movement->article));
	add_rule_text(pen, list, movement, policy);
	for (size_t i = 0; i < movement->criterion_count; i++) {
		xmlNode *criterion = put(list, "criterion");

		attribute(criterion, "name", movement->criteria[i].name);
		if (!open || (pen->model->company->site_policy == SITE_POLICY_FULL &&
				     formula_is_open(movement->criteria[i].formula)))
			put_text(criterion, "formula", movement->criteria[i].source);
	}
	for (enum outcome outcome = ELIGIBLE; outcome < OUTCOMES; outcome++)
		if (outcome == ELIGIBLE || !eligible_only)
			add_group(pen, list, movement, outcome);
}

static bool is_first_of_its_kind(const struct rulebook *rulebook, size_t scheme, size_t index)
{
	const struct movement *movement = rulebook->schemes[scheme].policy->movements[index];

	for (size_t i = 0; i <= scheme; i++) {
		const struct policy *policy = rulebook->schemes[i].policy;

		for (size_t j = 0; j < (i == scheme ? index : policy->movement_count); j++)
			if (is_same(policy->movements[j], movement))
				return false;
	}
	return true;
}

void build_promotion(struct pen *pen)
{
	const struct rulebook *rulebook = pen->model->rulebook;
	int32_t month = pen->model->facts->month;
	struct head head = {.kind = "promotion",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = say(pen, SAY_PROMOTION, NULL),
		.lasting = true,
		.kicker = text_month(pen, month)};
	xmlNode *node = put(start_document(pen, &head), "promotion");

	add_finding(node, say(pen, SAY_PROMOTION_FINDING, text_date(pen, month_first_day(month + 1)), NULL));
	for (size_t i = 0; i < rulebook->scheme_count; i++) {
		const struct policy *policy = rulebook->schemes[i].policy;

		for (size_t j = 0; j < policy->movement_count; j++) {
			/* Demotions and removals are nobody's business but the managers' (UX.md 3). */
			if (pen->entry->is_public && (policy->movements[j]->kind == MOVE_DEMOTION ||
							     policy->movements[j]->kind == MOVE_REMOVAL))
				continue;
			if (is_first_of_its_kind(rulebook, i, j))
				add_list(pen, node, policy->movements[j], policy);
		}
	}
}
