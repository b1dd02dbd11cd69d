#include "policy/formula_check.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/names.h"

/* Calls: rates and tiers of the policy, then the functions by their table. */

static bool no_where(struct checker *checker, const struct syntax *arg)
{
	if (!arg->where)
		return true;
	diag_add(checker->source.diag, MSG_WHERE_PLACE, check_place(checker, arg->where_start, arg->where->end),
		check_written(checker, arg), NULL);
	return false;
}

static bool argument_count(struct checker *checker, const struct syntax *call, const char *usage)
{
	char count[24];

	snprintf(count, sizeof(count), "%zu", call->arg_count);
	CHECK_ERROR(checker, ARGUMENT_COUNT, call, usage, count);
	return false;
}

/* Whether a value may be an argument of that letter (see struct function_row). */
static bool letter_takes(char letter, const struct node *node)
{
	bool number = value_type_is_numeric(node->type) && node->type != VALUE_MONEY;

	if (node->type == VALUE_NONE)
		return true;
	switch (letter) {
	case 'n':
		return number;
	case 'x': case 'X':
		return value_type_is_numeric(node->type);
	case 'o': case 'v':
		return value_type_is_numeric(node->type) || node->type == VALUE_DATE;
	case 'd':
		return node->type == VALUE_DATE;
	case 't':
		return node->type == VALUE_TEXT || node->type == VALUE_GRADE;
	case 'c': case 'C':
		return node->type == VALUE_YESNO;
	default:
		return true;
	}
}

static const char *letter_wants(char letter)
{
	switch (letter) {
	case 'n':
		return "number";
	case 'x': case 'X':
		return "money, number, percent";
	case 'o': case 'v':
		return "money, number, percent, date";
	case 'd':
		return "date";
	case 't':
		return "text";
	default:
		return "yesno";
	}
}

static struct node *check_argument(struct checker *checker, const struct syntax *arg, char letter, const char *function)
{
	struct node *node = check_syntax(checker, arg);

	if (!node || letter_takes(letter, node))
		return node;
	CHECK_ERROR(checker, ARGUMENT_TYPE, arg, function, letter_wants(letter), check_type(node));
	return NULL;
}

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
	node = check_argument(checker, arg, letter, name);
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
	if (checker->scope->staff_only && (entry->class != CLASS_SCALAR || entry->function == FN_MONTHS_IN_GRADE)) {
		CHECK_ERROR(checker, STAFF_ONLY, call, call->token.text);
		return false;
	}
	return true;
}

static struct node *call_node(struct checker *checker, const struct syntax *call, enum function function)
{
	struct node *node = node_new(checker, NODE_CALL, VALUE_NUMBER, call);

	node->function = function;
	return node;
}

static void set_type(struct node *node, char result, struct common expression)
{
	switch (result) {
	case 'd':
		node->type = VALUE_DATE;
		break;
	case 't':
		node->type = VALUE_TEXT;
		break;
	case 'y':
		node->type = VALUE_YESNO;
		break;
	case '=': case 'u':
		node->type = expression.type;
		node->bare = expression.bare;
		break;
	default:
		node->type = VALUE_NUMBER;
	}
}

/* none, where only numbers make sense, is a missing number. */
static struct common common_of(const struct node *node, char letter)
{
	if (node->type == VALUE_NONE && letter != 'a' && letter != 'A' && letter != 'u')
		return (struct common){ VALUE_NUMBER, true };
	return (struct common){ node->type, node->bare };
}

/* u and v: text literals beside a grade become grades, then all must be of one type. */
static bool join_argument(struct checker *checker, struct node *call, struct common *common, struct node **arg,
	const struct syntax *written)
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
	CHECK_ERROR(checker, TYPES_DIFFER, written, value_type_name(common->type), function_row(call->function)->entry.english,
		check_type(*arg));
	return false;
}

/* The letter of argument i, 0 if there may be none. */
static char letter_at(const char *letters, size_t i)
{
	size_t at = 0;

	for (;; i--) {
		if (letters[at] == '?')
			at++;
		if (letters[at] == '+' || (letters[at] && letters[at + 1] == '+'))
			return letters[letters[at] == '+' ? at - 1 : at];
		if (!i || !letters[at])
			return letters[at];
		at++;
	}
}

static bool count_fits(const char *letters, size_t count)
{
	size_t least = 0;

	for (const char *at = letters; *at && *at != '?'; at++)
		least += *at != '+';
	return count >= least && (!count || letter_at(letters, count - 1));
}

static struct node *check_scalar(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function);
	struct common common = { VALUE_NONE, false };
	bool good = true;

	for (size_t i = 0; i < call->arg_count; i++) {
		char letter = letter_at(row->args, i);
		struct node *arg = no_where(checker, call->args[i]) ?
			check_argument(checker, call->args[i], letter, call->token.text) : NULL;

		good = good && arg;
		if (!good)
			continue;
		if (letter == 'u' || letter == 'v')
			good = join_argument(checker, node, &common, &arg, call->args[i]);
		else if (i == 0)
			common = common_of(arg, letter);
		if (row->entry.function == FN_IF && i == 0)
			common = (struct common){ VALUE_NONE, false };
		node_adopt(checker, node, arg);
	}
	set_type(node, row->result, common);
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
		char letter = letter_at(row->args, i);
		struct node *arg = !no_where(checker, call->args[i]) ? NULL :
			letter == 'n' ? check_argument(checker, call->args[i], letter, name) :
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
			common = common_of(expression = arg, letter);
	}
	if (!good)
		return NULL;
	node_adopt(checker, node, expression);
	if (count)
		node_adopt(checker, node, count);
	set_type(node, row->result, common);
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
	key = no_where(checker, call->args[1]) ? check_argument(checker, call->args[1], 't', call->token.text) : NULL;
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

static const struct table_spec *table_of(const struct checker *checker, const struct syntax *arg)
{
	struct symbol symbol;

	if (arg->kind != SYNTAX_PATH || arg->name_count != 1)
		return NULL;
	symbol = names_find(checker->scope->policy->names, arg->names[0]->text);
	return symbol.kind == SYMBOL_TABLE ? symbol.object : NULL;
}

/* What stands behind the table: e, or by and e. */
static bool check_row_values(struct checker *checker, const struct syntax *call, const struct function_row *row,
	struct node *node)
{
	struct common common = { VALUE_NUMBER, false };

	for (size_t i = 1; i < call->arg_count; i++) {
		char letter = letter_at(row->args, i - 1);
		struct node *arg = no_where(checker, call->args[i]) ?
			check_argument(checker, call->args[i], letter, call->token.text) : NULL;

		if (!arg)
			return false;
		if (row->entry.function == FN_LATEST && i == 1) {
			node->by = arg;
			continue;
		}
		common = common_of(arg, letter);
		node_adopt(checker, node, arg);
	}
	set_type(node, row->result, common);
	return true;
}

/* all(T where c): the condition is what must hold, so it stands where other functions have their expression. */
static void set_where(struct checker *checker, struct node *node, struct node *where)
{
	if (node->function != FN_ALL) {
		node->where = where;
		return;
	}
	if (!where) {
		where = node_literal_text(checker, node, value_yesno(true));
		where->kind = NODE_LITERAL;
		where->args = NULL;
		where->arg_count = 0;
	}
	node_adopt(checker, node, where);
}

static struct node *check_rows(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function), *where = NULL;
	const struct syntax *first = call->args[0];
	const struct table_spec *table = table_of(checker, first);
	bool good = true;

	if (!table) {
		CHECK_ERROR(checker, TABLE_EXPECTED, first, call->token.text, row->usage);
		return NULL;
	}
	if (!count_fits(row->args, call->arg_count - 1)) {
		argument_count(checker, call, row->usage);
		return NULL;
	}
	if (checker->level_count == FORMULA_LEVELS_MAX) {
		CHECK_ERROR(checker, FORMULA_TOO_DEEP, call, "");
		return NULL;
	}
	node->table = table;
	node->level = checker->level_count;
	checker->rows[checker->level_count++] = table;
	if (checker->level_count > checker->deepest)
		checker->deepest = checker->level_count;
	if (first->where)
		good = (where = check_condition(checker, first->where, "where / 其中")) != NULL;
	good = check_row_values(checker, call, row, node) && good;
	checker->level_count--;
	if (good)
		set_where(checker, node, where);
	return good ? node : NULL;
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
		argument_count(checker, call, arena_printf(checker->source.arena, "%s(%s)", rates->name,
			usage.data ? usage.data : ""));
		text_buffer_release(&usage);
		return NULL;
	}
	for (size_t i = 0; i < call->arg_count; i++) {
		struct node *arg = no_where(checker, call->args[i]) ? check_syntax(checker, call->args[i]) : NULL;

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
		argument_count(checker, call, arena_printf(checker->source.arena, "%s(x)", tiers->name));
		return NULL;
	}
	arg = no_where(checker, call->args[0]) ? check_argument(checker, call->args[0], 'x', tiers->name) : NULL;
	if (!arg)
		return NULL;
	node_adopt(checker, node, arg);
	if (tiers->mode == TIERS_MARGINAL || tiers->mode == TIERS_WHOLE) {
		node->type = common_of(arg, 'x').type;
		node->bare = arg->bare;
	}
	return node;
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
		nearest = names_nearest(checker->scope->policy->names, token->text);
	diag_add_nearest(checker->source.diag, MSG_FUNCTION_UNKNOWN, place, nearest, token->text, NULL);
	return NULL;
}

struct node *check_call(struct checker *checker, const struct syntax *call)
{
	struct symbol symbol = names_find(checker->scope->policy->names, call->token.text);
	bool over_rows = call->arg_count && (call->args[0]->where || table_of(checker, call->args[0]));
	const struct function_row *row;

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
	if (row->entry.class == CLASS_ROWS || !count_fits(row->args, call->arg_count)) {
		argument_count(checker, call, row->usage);
		return NULL;
	}
	if (over_rows && row->entry.class != CLASS_ROWS && table_of(checker, call->args[0])) {
		CHECK_ERROR(checker, TABLE_NOT_TAKEN, call->args[0], call->token.text, row->usage);
		return NULL;
	}
	if (row->entry.class == CLASS_LINE)
		return check_line_sum(checker, call, row);
	return row->entry.class == CLASS_SCALAR ? check_scalar(checker, call, row) : check_looking(checker, call, row);
}
