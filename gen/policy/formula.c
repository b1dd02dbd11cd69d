#include "policy/formula.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "policy/formula_check.h"

struct place check_place(const struct checker *checker, uint32_t start, uint32_t end)
{
	return xml_text_place(checker->source.text, start, end);
}

const char *check_written(const struct checker *checker, const struct syntax *syntax)
{
	return arena_strndup(checker->source.arena, checker->source.text->text + syntax->start, syntax->end - syntax->start);
}

struct node *node_new(struct checker *checker, enum node_kind kind, enum value_type type, const struct syntax *syntax)
{
	struct node *node = arena_alloc(checker->source.arena, sizeof(*node));

	node->kind = kind;
	node->type = type;
	node->level = -1;
	node->start = syntax->start;
	node->end = syntax->end;
	return node;
}

void node_adopt(struct checker *checker, struct node *parent, struct node *child)
{
	parent->args = arena_append(checker->source.arena, parent->args, parent->arg_count, sizeof(struct node *));
	parent->args[parent->arg_count++] = child;
}

static struct node *check_literal(struct checker *checker, const struct syntax *syntax)
{
	struct node *node = node_new(checker, NODE_LITERAL, VALUE_NONE, syntax);

	switch ((int)syntax->token.kind) {
	case TOKEN_NUMBER:
		node->value = value_number(VALUE_NUMBER, syntax->token.number);
		node->bare = true;
		break;
	case TOKEN_PERCENT:
		node->value = value_number(VALUE_PERCENT, syntax->token.number);
		break;
	case TOKEN_MONEY:
		node->value = value_number(VALUE_MONEY, syntax->token.number);
		break;
	case TOKEN_TEXT: /* an empty text is missing */
		node->value = *syntax->token.text ? value_text(syntax->token.text) : value_missing(VALUE_TEXT);
		break;
	case TOKEN_YES: case TOKEN_NO:
		node->value = value_yesno(syntax->token.kind == TOKEN_YES);
		break;
	default:
		node->value = value_missing(VALUE_NONE);
	}
	node->type = node->value.type;
	return node;
}

struct node *check_syntax(struct checker *checker, const struct syntax *syntax)
{
	switch (syntax->kind) {
	case SYNTAX_LITERAL:
		return check_literal(checker, syntax);
	case SYNTAX_PATH:
		return check_path(checker, syntax);
	case SYNTAX_CALL:
		return check_call(checker, syntax);
	case SYNTAX_OPERATOR:
		return check_operator(checker, syntax);
	}
	bug("syntax of no kind");
}

static bool result_fits(struct checker *checker, const struct syntax *syntax, const struct node *root)
{
	if (type_fits(root, checker->scope->wanted))
		return true;
	CHECK_ERROR(checker, RESULT_TYPE, syntax, check_type(root), value_type_name(checker->scope->wanted));
	return false;
}

bool formula_compile(struct formula *formula, const struct formula_scope *scope, struct arena *arena,
	struct text_pool *pool, struct diag *diag)
{
	struct checker checker = { .scope = scope, .source = { &formula->text, arena, pool, diag } };
	struct syntax *syntax = formula_parse(&checker.source);
	struct node *root;

	formula->root = NULL;
	formula->policy = scope->policy;
	formula->type = scope->wanted;
	if (!syntax)
		return false;
	if (scope->row) {
		checker.rows[checker.level_count++] = scope->row;
		checker.deepest = 1;
	}
	root = check_syntax(&checker, syntax);
	if (!root || !result_fits(&checker, syntax, root))
		return false;
	if (scope->wanted == VALUE_NONE)
		formula->type = root->type;
	formula->root = root;
	formula->levels = checker.deepest;
	return true;
}

void node_walk(const struct node *node, node_fn *visit, void *context)
{
	if (!node)
		return;
	visit(node, context);
	node_walk(node->where, visit, context);
	node_walk(node->by, visit, context);
	for (size_t i = 0; i < node->arg_count; i++)
		node_walk(node->args[i], visit, context);
}
