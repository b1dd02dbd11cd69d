#include "policy/formula_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "policy/names.h"

/* Names and paths: what each part of 表.列, 引用列.列 and 职级.标准 stands for. */

/* The innermost scope over rows of that table; -1 if none. */
static int level_of(const struct checker *checker, const struct table_spec *table)
{
	for (int i = checker->level_count - 1; i >= 0; i--)
		if (checker->rows[i] == table)
			return i;
	return -1;
}

static const char *column_name(const struct checker *checker, const struct table_spec *table, const struct column *column)
{
	return arena_printf(checker->source.arena, "%s.%s", table->name, column->name);
}

static bool is_books_column(const struct table_spec *table, const struct column *column)
{
	return table->role == TABLE_STAFF && (column->role == ROLE_GRADE || column->role == ROLE_UNIT);
}

static bool column_allowed(struct checker *checker, const struct table_spec *table, const struct column *column,
	const struct syntax *path, int level)
{
	bool own = table->role == TABLE_STAFF || (table->one_row && table->person);
	const char *name = column_name(checker, table, column);

	if (column->sensitive)
		CHECK_ERROR(checker, SENSITIVE_COLUMN, path, name);
	else if (checker->limit && !is_books_column(table, column))
		CHECK_ERROR(checker, NOT_IN_BOOKS, path, name, checker->limit);
	else if (checker->scope->staff_only && table->role != TABLE_STAFF)
		CHECK_ERROR(checker, STAFF_ONLY, path, name);
	else if (checker->limit || level >= 0 || own)
		return true;
	else if (table->person)
		CHECK_ERROR(checker, COLUMN_OF_MANY_ROWS, path, name, table->name, column->name);
	else
		CHECK_ERROR(checker, COLUMN_OF_REFERENCE, path, name, table->name, column->name);
	return false;
}

static struct node *column_node(struct checker *checker, const struct table_spec *table, const struct column *column,
	const struct syntax *path)
{
	int level = checker->limit ? -1 : level_of(checker, table);
	struct node *node;

	if (!column_allowed(checker, table, column, path, level))
		return NULL;
	node = node_new(checker, NODE_COLUMN, column_value_type(column), path);
	node->table = table;
	node->column = column;
	node->level = level;
	return node;
}

static struct node *line_node(struct checker *checker, const struct item *line, const struct syntax *path)
{
	int level = level_of(checker, line->table);
	struct node *node;

	if (checker->limit) {
		CHECK_ERROR(checker, NOT_IN_BOOKS, path, line->name, checker->limit);
		return NULL;
	}
	if (level < 0) {
		CHECK_ERROR(checker, LINE_OUTSIDE, path, line->name, line->table ? line->table->name : "");
		return NULL;
	}
	if (line == checker->scope->self) {
		CHECK_ERROR(checker, SELF_REFERENCE, path, line->name);
		return NULL;
	}
	node = node_new(checker, NODE_LINE, line->type, path);
	node->item = line;
	node->table = line->table;
	node->level = level;
	return node;
}

static struct node *item_node(struct checker *checker, const struct item *item, const struct syntax *path)
{
	struct node *node;

	if (item->kind == ITEM_LINE)
		return line_node(checker, item, path);
	if (item->kind == ITEM_CHECK)
		CHECK_ERROR(checker, NAME_NO_VALUE, path, item->name);
	else if (checker->scope->staff_only)
		CHECK_ERROR(checker, STAFF_ONLY, path, item->name);
	else if (item == checker->scope->self && !checker->self_allowed)
		CHECK_ERROR(checker, SELF_REFERENCE, path, item->name);
	else if (item->type != VALUE_NONE) { /* else its type= is wrong or missing: told there */
		node = node_new(checker, NODE_FIGURE, item->type, path);
		node->item = item;
		return node;
	}
	return NULL;
}

static struct node *grade_set_node(struct checker *checker, size_t set, struct node *grade, const struct syntax *path)
{
	struct node *node = node_new(checker, NODE_GRADE_SET, checker->scope->policy->grade_sets[set].type, path);

	node->set = set;
	if (grade)
		node_adopt(checker, node, grade);
	return node;
}

/* Where a column leads: its ref, the units table of the person's unit, or nowhere. */
static const struct table_spec *leads_to(const struct checker *checker, const struct node *node)
{
	const struct policy *policy = checker->scope->policy;

	if (node->column->ref) {
		struct symbol symbol = names_find(policy->names, node->column->ref);

		return symbol.kind == SYMBOL_TABLE ? symbol.object : NULL;
	}
	if ((node->table->role == TABLE_STAFF && node->column->role == ROLE_UNIT) ||
		(node->table->role == TABLE_UNITS && node->column->role == ROLE_PARENT))
		return policy->units;
	return NULL;
}

#define CHECK_TOKEN_NEAREST(checker, id, token, nearest, ...) \
	diag_add_nearest((checker)->source.diag, MSG_##id, check_place(checker, (token)->start, (token)->end), nearest, \
		__VA_ARGS__, NULL)

static const char *nearest_column(struct checker *checker, const struct table_spec *table, const char *name)
{
	const char **names = arena_array(checker->source.arena, table->column_count + 1, sizeof(*names));

	for (size_t i = 0; i < table->column_count; i++)
		names[i] = table->columns[i].name;
	return text_nearest(name, names, table->column_count);
}

static struct node *follow_grade(struct checker *checker, struct node *node, const struct syntax *path, size_t at)
{
	const struct policy *policy = checker->scope->policy;
	const struct token *token = path->names[at];
	const char **names = arena_array(checker->source.arena, policy->grade_set_count + 1, sizeof(*names));

	for (size_t i = 0; i < policy->grade_set_count; i++) {
		names[i] = policy->grade_sets[i].name;
		if (!names_same(names[i], token->text))
			continue;
		if (at + 1 == path->name_count)
			return grade_set_node(checker, i, node, path);
		token = path->names[at + 1];
		CHECK_TOKEN_NEAREST(checker, LEADS_NOWHERE, token, NULL, token->text, names[i]);
		return NULL;
	}
	CHECK_TOKEN_NEAREST(checker, GRADE_SET_UNKNOWN, token, text_nearest(token->text, names, policy->grade_set_count),
		token->text);
	return NULL;
}

static struct node *follow_ref(struct checker *checker, struct node *node, const struct syntax *path, size_t at)
{
	const struct table_spec *table = leads_to(checker, node);
	const struct token *token = path->names[at];
	const struct column *column;
	struct node *ref;

	if (!table) {
		CHECK_TOKEN_NEAREST(checker, LEADS_NOWHERE, token, NULL, token->text, node->column->name);
		return NULL;
	}
	column = names_column(table, token->text);
	if (!column) {
		CHECK_TOKEN_NEAREST(checker, COLUMN_UNKNOWN, token, nearest_column(checker, table, token->text), token->text,
			table->name);
		return NULL;
	}
	if (column->sensitive || checker->limit) {
		const char *name = column_name(checker, table, column);

		if (column->sensitive)
			CHECK_ERROR(checker, SENSITIVE_COLUMN, path, name);
		else
			CHECK_ERROR(checker, NOT_IN_BOOKS, path, name, checker->limit);
		return NULL;
	}
	ref = node_new(checker, NODE_REF, column_value_type(column), path);
	ref->table = table;
	ref->column = column;
	node_adopt(checker, ref, node);
	return ref;
}

static struct node *follow(struct checker *checker, struct node *node, const struct syntax *path, size_t at)
{
	for (; node && at < path->name_count; at++) {
		if (node->column->type == COLUMN_GRADE && !node->column->ref)
			return follow_grade(checker, node, path, at);
		node = follow_ref(checker, node, path, at);
	}
	return node;
}

static struct node *table_path(struct checker *checker, const struct table_spec *table, const struct syntax *path)
{
	const struct token *token;
	const struct column *column;
	struct symbol symbol;

	if (path->name_count == 1) {
		CHECK_ERROR(checker, TABLE_AS_VALUE, path, table->name);
		return NULL;
	}
	token = path->names[1];
	column = names_column(table, token->text);
	if (column)
		return follow(checker, column_node(checker, table, column, path), path, 2);
	symbol = names_find(checker->scope->policy->names, token->text);
	if (symbol.kind == SYMBOL_ITEM && path->name_count == 2) {
		const struct item *item = symbol.object;

		if (item->kind == ITEM_LINE && item->table == table)
			return line_node(checker, item, path);
	}
	CHECK_TOKEN_NEAREST(checker, COLUMN_UNKNOWN, token, nearest_column(checker, table, token->text), token->text,
		table->name);
	return NULL;
}

static struct node *ambiguous(struct checker *checker, const char *name, const struct syntax *path)
{
	const struct policy *policy = checker->scope->policy;
	struct text_buffer tables = TEXT_BUFFER_INIT;

	for (size_t i = 0; i < policy->table_count; i++)
		if (names_column(policy->tables[i], name))
			text_buffer_printf(&tables, "%s%s.%s", tables.length ? ", " : "", policy->tables[i]->name, name);
	CHECK_ERROR(checker, NAME_AMBIGUOUS, path, name, text_buffer_take(&tables, checker->source.arena));
	text_buffer_release(&tables);
	return NULL;
}

static struct node *unknown(struct checker *checker, const char *name, const struct syntax *path)
{
	const char *apart = glued_apart(checker, name, false), *nearest;
	const struct function_row *function = function_find(name, false);
	const struct token *token = path->names[0];

	if (apart) {
		CHECK_TOKEN_NEAREST(checker, NAME_GLUED, token, apart, name);
		return NULL;
	}
	nearest = formula_near_word(name);
	if (!nearest)
		nearest = names_nearest(checker->scope->policy->names, name);
	if (function) /* a function without its parenthesis */
		CHECK_TOKEN_NEAREST(checker, FUNCTION_WITHOUT_PARENTHESIS, token, nearest, name,
			function_usage(checker, function, name));
	else
		CHECK_TOKEN_NEAREST(checker, NAME_UNKNOWN, token, nearest, name);
	return NULL;
}

static struct node *symbol_node(struct checker *checker, struct symbol symbol, const char *name, const struct syntax *path)
{
	struct node *node;

	switch (symbol.kind) {
	case SYMBOL_ITEM:
		return item_node(checker, symbol.object, path);
	case SYMBOL_PARAMETER:
		node = node_new(checker, NODE_PARAMETER, ((const struct parameter *)symbol.object)->type, path);
		node->parameter = symbol.object;
		return node;
	case SYMBOL_GRADE_SET:
		return grade_set_node(checker, symbol.index, NULL, path);
	case SYMBOL_RATES: case SYMBOL_TIERS:
		CHECK_ERROR(checker, ARGUMENTS_MISSING, path, name);
		return NULL;
	case SYMBOL_TABLE: case SYMBOL_COLUMN: case SYMBOL_AMBIGUOUS: case SYMBOL_NONE:
		break;
	}
	return unknown(checker, name, path);
}

struct node *check_path(struct checker *checker, const struct syntax *path)
{
	const char *name = path->names[0]->text;
	struct symbol symbol = names_find(checker->scope->policy->names, name);
	const struct column *column;
	struct node *node;

	if (symbol.kind == SYMBOL_TABLE)
		return table_path(checker, symbol.object, path);
	for (int i = checker->level_count - 1; i >= 0; i--)
		if ((column = names_column(checker->rows[i], name)))
			return follow(checker, column_node(checker, checker->rows[i], column, path), path, 1);
	if (symbol.kind == SYMBOL_COLUMN)
		return follow(checker, column_node(checker, symbol.table, symbol.object, path), path, 1);
	if (symbol.kind == SYMBOL_AMBIGUOUS)
		return ambiguous(checker, name, path);
	node = symbol_node(checker, symbol, name, path);
	if (node && path->name_count > 1) {
		CHECK_TOKEN_NEAREST(checker, LEADS_NOWHERE, path->names[1], NULL, path->names[1]->text, name);
		return NULL;
	}
	return node;
}
