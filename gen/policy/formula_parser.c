#include "policy/formula_syntax.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * or  and  not  = <> < <= > >= in  + -  * /  unary -, lowest to highest;
 * comparisons do not chain.
 */
struct parser {
	const struct formula_source *source;
	const struct token *tokens;
	size_t at;
	int nesting;
};

static const struct { enum token_kind token; enum node_kind node; int level; } operators[] = {
	{ TOKEN_OR, NODE_OR, 1 }, { TOKEN_AND, NODE_AND, 2 },
	{ TOKEN_EQ, NODE_EQ, 4 }, { TOKEN_NE, NODE_NE, 4 }, { TOKEN_LT, NODE_LT, 4 }, { TOKEN_LE, NODE_LE, 4 },
	{ TOKEN_GT, NODE_GT, 4 }, { TOKEN_GE, NODE_GE, 4 }, { TOKEN_IN, NODE_IN, 4 }, { TOKEN_NOT_IN, NODE_NOT_IN, 4 },
	{ TOKEN_PLUS, NODE_ADD, 5 }, { TOKEN_MINUS, NODE_SUBTRACT, 5 },
	{ TOKEN_TIMES, NODE_MULTIPLY, 6 }, { TOKEN_OVER, NODE_DIVIDE, 6 },
};
#define OPERATORS (sizeof(operators) / sizeof(operators[0]))
enum { LEVEL_OR = 1, LEVEL_NOT = 3, LEVEL_COMPARISON = 4, LEVEL_PRODUCT = 6 };

static struct syntax *parse_level(struct parser *parser, int level);

static const struct token *now(const struct parser *parser)
{
	return &parser->tokens[parser->at];
}

static bool is(const struct parser *parser, enum token_kind kind)
{
	return now(parser)->kind == kind;
}

static const char *written(const struct parser *parser, const struct token *token)
{
	return arena_strndup(parser->source->arena, parser->source->text->text + token->start, token->end - token->start);
}

static struct place place_of(const struct parser *parser, const struct token *token)
{
	return xml_text_place(parser->source->text, token->start, token->end);
}

static struct syntax *fail_at(struct parser *parser, enum message id, const struct token *token)
{
	/* At the end of the text the last word is marked. */
	if (token->kind == TOKEN_END && parser->at > 0)
		token--;
	diag_add(parser->source->diag, id, place_of(parser, token), written(parser, token), NULL);
	return NULL;
}

/* Two values side by side: perhaps one is the word that was meant to join them, or a 元 apart from its number. */
static struct syntax *fail_operator(struct parser *parser)
{
	const struct token *token = now(parser), *before = parser->at > 0 ? token - 1 : token;
	const char *nearest = token->kind == TOKEN_NAME ? formula_near_word(token->text) : NULL;

	if (token->kind == TOKEN_WHERE)
		return fail_at(parser, MSG_WHERE_PLACE, token);
	if (token->kind == TOKEN_NAME && before->kind == TOKEN_NUMBER && !strcmp(token->text, "元"))
		nearest = arena_printf(parser->source->arena, "%s元", written(parser, before));
	if (!nearest && before->kind == TOKEN_NAME && (nearest = formula_near_word(before->text)))
		token = before;
	diag_add_nearest(parser->source->diag, MSG_OPERATOR_EXPECTED, place_of(parser, token), nearest,
		written(parser, token), NULL);
	return NULL;
}

static struct syntax *fail_here(struct parser *parser)
{
	const struct token *token = now(parser);

	if (token->kind == TOKEN_END)
		return fail_at(parser, MSG_VALUE_MISSING_AT_END, token);
	if (token->kind == TOKEN_WHERE)
		return fail_at(parser, MSG_WHERE_PLACE, token);
	return fail_at(parser, MSG_VALUE_EXPECTED, token);
}

static struct syntax *make(struct parser *parser, enum syntax_kind kind, const struct token *token)
{
	struct syntax *syntax = arena_alloc(parser->source->arena, sizeof(*syntax));

	syntax->kind = kind;
	syntax->token = *token;
	syntax->start = token->start;
	syntax->end = token->end;
	syntax->depth = 1;
	return syntax;
}

/* False, with the message, if the tree below becomes too deep. */
static bool adopt(struct parser *parser, struct syntax *parent, struct syntax *child)
{
	parent->args = arena_append(parser->source->arena, parent->args, parent->arg_count, sizeof(struct syntax *));
	parent->args[parent->arg_count++] = child;
	if (child->start < parent->start)
		parent->start = child->start;
	if (child->end > parent->end)
		parent->end = child->end;
	if (child->where && child->where->end > parent->end)
		parent->end = child->where->end;
	if (child->depth >= parent->depth)
		parent->depth = child->depth + 1;
	if (child->where && child->where->depth >= parent->depth)
		parent->depth = child->where->depth + 1;
	if (parent->depth <= FORMULA_DEPTH_MAX)
		return true;
	fail_at(parser, MSG_FORMULA_TOO_DEEP, &parent->token);
	return false;
}

static bool enter(struct parser *parser)
{
	if (++parser->nesting <= FORMULA_NESTING_MAX)
		return true;
	fail_at(parser, MSG_FORMULA_TOO_DEEP, now(parser));
	return false;
}

/* Behind '(' of a call or an in list, up to and with ')'. */
static bool parse_arguments(struct parser *parser, struct syntax *owner, const struct token *open)
{
	while (!is(parser, TOKEN_CLOSE) || owner->arg_count) {
		struct syntax *arg = parse_level(parser, LEVEL_OR);

		if (!arg)
			return false;
		if (is(parser, TOKEN_WHERE)) {
			arg->where_start = now(parser)->start;
			parser->at++;
			arg->where = parse_level(parser, LEVEL_OR);
			if (!arg->where)
				return false;
		}
		if (!adopt(parser, owner, arg))
			return false;
		if (is(parser, TOKEN_CLOSE))
			break;
		if (!is(parser, TOKEN_COMMA)) {
			if (is(parser, TOKEN_END))
				fail_at(parser, MSG_PARENTHESIS_OPEN, open);
			else
				fail_operator(parser);
			return false;
		}
		parser->at++;
	}
	owner->end = now(parser)->end;
	parser->at++;
	return true;
}

static struct syntax *parse_call(struct parser *parser, const struct token *name)
{
	struct syntax *call = make(parser, SYNTAX_CALL, name);
	const struct token *open = now(parser);

	parser->at++;
	if (!enter(parser) || !parse_arguments(parser, call, open))
		return NULL;
	parser->nesting--;
	return call;
}

static struct syntax *parse_name(struct parser *parser)
{
	const struct token *name = now(parser);
	struct syntax *path;

	parser->at++;
	if (is(parser, TOKEN_OPEN))
		return parse_call(parser, name);
	path = make(parser, SYNTAX_PATH, name);
	for (;;) {
		path->names = arena_append(parser->source->arena, path->names, path->name_count, sizeof(struct token *));
		path->names[path->name_count++] = name;
		path->end = name->end;
		if (!is(parser, TOKEN_POINT))
			return path;
		parser->at++;
		name = now(parser);
		/* Behind a point a keyword is a name. */
		if (name->kind != TOKEN_NAME && name->kind < TOKEN_OR)
			return fail_at(parser, MSG_NAME_EXPECTED, &name[-1]);
		parser->at++;
	}
}

static struct syntax *parse_parenthesis(struct parser *parser)
{
	const struct token *open = now(parser);
	struct syntax *inside;

	if (!enter(parser))
		return NULL;
	parser->at++;
	inside = parse_level(parser, LEVEL_OR);
	if (!inside)
		return NULL;
	if (!is(parser, TOKEN_CLOSE))
		return is(parser, TOKEN_END) ? fail_at(parser, MSG_PARENTHESIS_OPEN, open) : fail_operator(parser);
	inside->start = open->start;
	inside->end = now(parser)->end;
	inside->parenthesised = true;
	parser->at++;
	parser->nesting--;
	return inside;
}

static struct syntax *parse_primary(struct parser *parser)
{
	switch ((int)now(parser)->kind) {
	case TOKEN_NUMBER: case TOKEN_PERCENT: case TOKEN_MONEY: case TOKEN_TEXT: case TOKEN_YES: case TOKEN_NO:
	case TOKEN_NONE:
		return make(parser, SYNTAX_LITERAL, &parser->tokens[parser->at++]);
	case TOKEN_NAME:
		return parse_name(parser);
	case TOKEN_OPEN:
		return parse_parenthesis(parser);
	default:
		return fail_here(parser);
	}
}

static struct syntax *parse_prefix(struct parser *parser, enum node_kind operator, int level)
{
	struct syntax *syntax = make(parser, SYNTAX_OPERATOR, now(parser)), *operand;

	if (!enter(parser))
		return NULL;
	syntax->operator = operator;
	parser->at++;
	operand = parse_level(parser, level);
	parser->nesting--;
	return operand && adopt(parser, syntax, operand) ? syntax : NULL;
}

/* The row of operators[] that stands here at this level, else OPERATORS. "not in" is two words. */
static size_t operator_here(struct parser *parser, int level)
{
	enum token_kind kind = now(parser)->kind;

	if (kind == TOKEN_NOT && parser->tokens[parser->at + 1].kind == TOKEN_IN)
		kind = TOKEN_NOT_IN;
	for (size_t i = 0; i < OPERATORS; i++)
		if (operators[i].token == kind && operators[i].level == level)
			return i;
	return OPERATORS;
}

static struct syntax *parse_list(struct parser *parser, struct syntax *in, struct syntax *left)
{
	const struct token *open = now(parser);

	if (!is(parser, TOKEN_OPEN))
		return fail_at(parser, MSG_LIST_EXPECTED, &in->token);
	parser->at++;
	if (is(parser, TOKEN_CLOSE))
		return fail_at(parser, MSG_LIST_EXPECTED, now(parser));
	if (!enter(parser) || !adopt(parser, in, left) || !parse_arguments(parser, in, open))
		return NULL;
	parser->nesting--;
	return in;
}

static struct syntax *parse_binary(struct parser *parser, struct syntax *left, size_t row)
{
	struct syntax *syntax = make(parser, SYNTAX_OPERATOR, now(parser)), *right;

	syntax->operator = operators[row].node;
	if (is(parser, TOKEN_NOT))
		syntax->token.end = parser->tokens[++parser->at].end;
	parser->at++;
	if (syntax->operator == NODE_IN || syntax->operator == NODE_NOT_IN)
		return parse_list(parser, syntax, left);
	right = parse_level(parser, operators[row].level + 1);
	return right && adopt(parser, syntax, left) && adopt(parser, syntax, right) ? syntax : NULL;
}

static struct syntax *parse_level(struct parser *parser, int level)
{
	struct syntax *left;
	size_t row;

	if (level == LEVEL_NOT)
		return is(parser, TOKEN_NOT) ? parse_prefix(parser, NODE_NOT, LEVEL_NOT) : parse_level(parser, level + 1);
	if (level > LEVEL_PRODUCT)
		return is(parser, TOKEN_MINUS) ? parse_prefix(parser, NODE_NEGATE, level) : parse_primary(parser);
	left = parse_level(parser, level + 1);
	while (left && (row = operator_here(parser, level)) < OPERATORS) {
		left = parse_binary(parser, left, row);
		if (left && level == LEVEL_COMPARISON && operator_here(parser, level) < OPERATORS)
			return fail_at(parser, MSG_COMPARISON_CHAIN, now(parser));
	}
	return left;
}

struct syntax *formula_parse(const struct formula_source *source)
{
	struct parser parser = { .source = source };
	struct syntax *root;
	size_t count;

	parser.tokens = formula_tokens(source, &count);
	if (!parser.tokens)
		return NULL;
	if (count == 1) {
		diag_add(source->diag, MSG_FORMULA_EMPTY, xml_text_place(source->text, 0, source->text->length), NULL);
		return NULL;
	}
	root = parse_level(&parser, LEVEL_OR);
	if (!root || is(&parser, TOKEN_END))
		return root;
	if (is(&parser, TOKEN_CLOSE))
		return fail_at(&parser, MSG_PARENTHESIS_EXTRA, now(&parser));
	return fail_operator(&parser);
}
