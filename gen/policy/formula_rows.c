#include "policy/formula_check.h"

#include "policy/names.h"

/* Functions over the rows of a table: sum(T where c, e) and its like. */

const struct table_spec *argument_table(const struct checker *checker, const struct syntax *arg)
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
		char letter = argument_letter(row->args, i - 1);
		struct node *arg = argument_without_where(checker, call->args[i]) ?
			argument_check(checker, call->args[i], letter, call->token.text) : NULL;

		if (!arg)
			return false;
		if (row->entry.function == FN_LATEST && i == 1) {
			node->by = arg;
			continue;
		}
		common = argument_common(arg, letter);
		node_adopt(checker, node, arg);
	}
	call_set_type(node, row->result, common);
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

struct node *check_rows(struct checker *checker, const struct syntax *call, const struct function_row *row)
{
	struct node *node = call_node(checker, call, row->entry.function), *where = NULL;
	const struct syntax *first = call->args[0];
	const struct table_spec *table = argument_table(checker, first);
	bool good = true;

	if (!table) {
		CHECK_ERROR(checker, TABLE_EXPECTED, first, call->token.text, function_usage(checker, row, call->token.text));
		return NULL;
	}
	if (!argument_count_fits(row->args, call->arg_count - 1)) {
		argument_count_error(checker, call, function_usage(checker, row, call->token.text));
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
