#include "policy/formula_check.h"

#include "base/arena.h"
#include "base/text.h"
#include "policy/names.h"

/* Calls: rates and tiers of the policy, then the functions by their table. */

/* What history, groups and share look at: no rows, dates of the month, groups, other history. */
static struct node *check_limited(struct checker *checker, const struct syntax *arg, char letter,
	const struct function_entry *entry, const char *name)
{
	bool before = entry->function == FN_PREVIOUS || entry->function == FN_AGO || entry->function == FN_YTD_BEFORE ||
		entry->function == FN_TAX_YTD_BEFORE;
	int levels = checker->level_count;
	struct node *node;

	checker->limit = name;
	checker->self_allowed = before;
	checker->level_count = 0;
	node = argument_check(checker, arg, letter, name);
	checker->level_count = levels;
	checker->self_allowed = false;
	checker->limit = NULL;
	return node;
}

static bool forbidden_inside(const struct function_entry *entry)
{
	return entry->class != CLASS_SCALAR || entry->function == FN_MONTH_START || entry->function == FN_MONTH_END ||
		entry->function == FN_MONTH || entry->function == FN_PAY_DATE || entry->function == FN_MONTHS_IN_GRADE;
}

static bool allowed_here(struct checker *checker, const struct syntax *call, const struct function_entry *entry)
{
	if (checker->limit && forbidden_inside(entry)) {
		CHECK_ERROR(checker, NOT_IN_BOOKS, call, call->token.text, checker->limit);
		return false;
	}
	if (checker->scope->staff_only && (entry->class != CLASS_SCALAR || entry->function == FN_MONTHS_IN_GRADE ||
		entry->function == FN_WITHIN)) {
		CHECK_ERROR(checker, STAFF_ONLY, call, call->token.text);
		return false;
	}
	return true;
}

/* u and v: text literals beside a grade become grades, then all must be of one type. */
static bool join_argument(struct checker *checker, struct node *call, struct common *common, struct node **arg,
	const struct syntax *written, const char *function)
{
	for (size_t i = 0; i < call->arg_count; i++) {
		struct node *before = call->args[i];

		if (!grade_literal(checker, before, arg) || !grade_literal(checker, *arg, &call->args[i]))
			return false;
		if (call->args[i] != before)
			common->type = VALUE_GRADE;
	}
	if (types_join(common, *arg))
		return true;
	CHECK_ERROR(checker, TYPES_DIFFER, written, value_type_name(common->type), function, check_type(*arg));
	return false;
}

static struct node *check_scalar(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function);
	struct common common = { VALUE_NONE, false };
	bool good = true;

	for (size_t i = 0; i < call->arg_count; i++) {
		char letter = argument_letter(row->args, i);
		struct node *arg = argument_without_where(checker, call->args[i]) ?
			argument_check(checker, call->args[i], letter, call->token.text) : NULL;

		good = good && arg;
		if (!good)
			continue;
		if (letter == 'u' || letter == 'v')
			good = join_argument(checker, node, &common, &arg, call->args[i], call->token.text);
		else if (i == 0)
			common = argument_common(arg, letter);
		if (row->entry.function == FN_IF && i == 0)
			common = (struct common){ VALUE_NONE, false };
		node_adopt(checker, node, arg);
	}
	call_set_type(node, row->result, common);
	return good ? node : NULL;
}

/* The expression, which the evaluator wants first, n behind it, s of streak in where. */
static struct node *check_looking(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function), *count = NULL, *expression = NULL;
	const char *name = call->token.text;
	struct common common = { VALUE_NUMBER, false };
	bool good = true;

	for (size_t i = 0; i < call->arg_count; i++) {
		char letter = argument_letter(row->args, i);
		struct node *arg = !argument_without_where(checker, call->args[i]) ? NULL :
			letter == 'n' ? argument_check(checker, call->args[i], letter, name) :
			check_limited(checker, call->args[i], letter, &row->entry, name);

		good = good && arg;
		if (!good)
			continue;
		if (letter == 'n')
			count = arg;
		else if (expression && row->entry.function == FN_STREAK)
			node->where = arg;
		else if (expression)
			count = arg; /* the weight of share */
		else
			common = argument_common(expression = arg, letter);
	}
	if (!good)
		return NULL;
	node_adopt(checker, node, expression);
	if (count)
		node_adopt(checker, node, count);
	call_set_type(node, row->result, common);
	return node;
}

static struct node *check_line_sum(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function), *key;
	const struct syntax *first = call->args[0];
	struct symbol symbol = { .kind = SYMBOL_NONE };
	const struct item *line = NULL;

	if (first->kind == SYNTAX_PATH && first->name_count == 1 && !first->where)
		symbol = names_find(checker->scope->policy->names, first->names[0]->text);
	if (symbol.kind == SYMBOL_ITEM)
		line = symbol.object;
	key = argument_without_where(checker, call->args[1]) ? argument_check(checker, call->args[1], 't', call->token.text) : NULL;
	if (!line || line->kind != ITEM_LINE) {
		CHECK_ERROR(checker, LINE_EXPECTED, first, call->token.text);
		return NULL;
	}
	if (line == checker->scope->self && row->entry.function == FN_EARNED) {
		CHECK_ERROR(checker, SELF_REFERENCE, call, line->name);
		return NULL;
	}
	if (!key)
		return NULL;
	node->item = line;
	node->type = line->type;
	node_adopt(checker, node, key);
	return node;
}

static struct node *check_rates(struct checker *checker, const struct syntax *call, const struct rates *rates)
{
	struct node *node = node_new(checker, NODE_RATES, rates->type, call);
	bool good = true;

	node->rates = rates;
	if (call->arg_count != rates->key_count) {
		struct text_buffer usage = TEXT_BUFFER_INIT;

		for (size_t i = 0; i < rates->key_count; i++)
			text_buffer_printf(&usage, "%s%s", i ? ", " : "", rates->keys[i]);
		argument_count_error(checker, call, arena_printf(checker->source.arena, "%s(%s)", rates->name,
			usage.data ? usage.data : ""));
		text_buffer_release(&usage);
		return NULL;
	}
	for (size_t i = 0; i < call->arg_count; i++) {
		struct node *arg = argument_without_where(checker, call->args[i]) ? check_syntax(checker, call->args[i]) : NULL;

		good = good && arg;
		if (arg)
			node_adopt(checker, node, arg);
	}
	return good ? node : NULL;
}

static struct node *check_tiers(struct checker *checker, const struct syntax *call, const struct tiers *tiers)
{
	struct node *node = node_new(checker, NODE_TIERS, tiers->type, call), *arg;

	node->tiers = tiers;
	if (call->arg_count != 1) {
		argument_count_error(checker, call, arena_printf(checker->source.arena, "%s(x)", tiers->name));
		return NULL;
	}
	arg = argument_without_where(checker, call->args[0]) ? argument_check(checker, call->args[0], 'x', tiers->name) : NULL;
	if (!arg)
		return NULL;
	node_adopt(checker, node, arg);
	if (tiers->mode == TIERS_MARGINAL || tiers->mode == TIERS_WHOLE) {
		node->type = argument_common(arg, 'x').type;
		node->bare = arg->bare;
	}
	return node;
}

static const char *nearest_table(const struct policy *policy, const char *name, struct arena *arena)
{
	const char **names = arena_array(arena, policy->rates_count + policy->tiers_count + 1, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < policy->rates_count; i++)
		names[count++] = policy->rates[i]->name;
	for (size_t i = 0; i < policy->tiers_count; i++)
		names[count++] = policy->tiers[i]->name;
	return text_nearest(name, names, count);
}

static struct node *not_a_function(struct checker *checker, const struct syntax *call, struct symbol symbol)
{
	const struct token *token = &call->token;
	struct place place = check_place(checker, token->start, token->end);
	const char *apart, *nearest;

	if (symbol.kind != SYMBOL_NONE) {
		diag_add(checker->source.diag, MSG_NOT_A_FUNCTION, place, token->text, NULL);
		return NULL;
	}
	apart = glued_apart(checker, token->text, true);
	if (apart) {
		diag_add_nearest(checker->source.diag, MSG_NAME_GLUED, place, apart, token->text, NULL);
		return NULL;
	}
	nearest = function_nearest(token->text);
	if (!nearest)
		nearest = nearest_table(checker->scope->policy, token->text, checker->source.arena);
	if (!nearest)
		nearest = names_nearest(checker->scope->policy->names, token->text);
	diag_add_nearest(checker->source.diag, MSG_FUNCTION_UNKNOWN, place, nearest, token->text, NULL);
	return NULL;
}

struct node *check_call(struct checker *checker, const struct syntax *call)
{
	struct symbol symbol = names_find(checker->scope->policy->names, call->token.text);
	bool over_rows = call->arg_count && (call->args[0]->where || argument_table(checker, call->args[0]));
	const struct function_row *row;

	if (checker->scope->staff_only && (symbol.kind == SYMBOL_RATES || symbol.kind == SYMBOL_TIERS)) {
		CHECK_ERROR(checker, STAFF_ONLY, call, call->token.text);
		return NULL;
	}
	if (symbol.kind == SYMBOL_RATES)
		return check_rates(checker, call, symbol.object);
	if (symbol.kind == SYMBOL_TIERS)
		return check_tiers(checker, call, symbol.object);
	row = function_find(call->token.text, over_rows);
	if (!row)
		return not_a_function(checker, call, symbol);
	if (!allowed_here(checker, call, &row->entry))
		return NULL;
	if (row->entry.class == CLASS_ROWS && call->arg_count)
		return check_rows(checker, call, row);
	if (row->entry.class == CLASS_ROWS || !argument_count_fits(row->args, call->arg_count)) {
		argument_count_error(checker, call, function_usage(checker, row, call->token.text));
		return NULL;
	}
	if (over_rows && row->entry.class != CLASS_ROWS && argument_table(checker, call->args[0])) {
		CHECK_ERROR(checker, TABLE_NOT_TAKEN, call->args[0], call->token.text, function_usage(checker, row, call->token.text));
		return NULL;
	}
	if (row->entry.class == CLASS_LINE)
		return check_line_sum(checker, call, row);
	return row->entry.class == CLASS_SCALAR ? check_scalar(checker, call, row) : check_looking(checker, call, row);
}
