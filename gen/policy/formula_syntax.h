#ifndef SALESPAY_POLICY_FORMULA_SYNTAX_H
#define SALESPAY_POLICY_FORMULA_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/formula.h"

/*
 * A formula's text as tokens, then as a tree of what is written: nothing is
 * looked up yet. Both know their bytes in the text, for marking. The first
 * mistake ends lexing and parsing: what follows it would only be guesses.
 */
enum token_kind {
	TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_PERCENT, TOKEN_MONEY, TOKEN_TEXT,
	TOKEN_PLUS, TOKEN_MINUS, TOKEN_TIMES, TOKEN_OVER,
	TOKEN_EQ, TOKEN_NE, TOKEN_LT, TOKEN_LE, TOKEN_GT, TOKEN_GE,
	TOKEN_OPEN, TOKEN_CLOSE, TOKEN_COMMA, TOKEN_POINT,
	TOKEN_OR, TOKEN_AND, TOKEN_NOT, TOKEN_IN, TOKEN_NOT_IN, TOKEN_WHERE, TOKEN_YES, TOKEN_NO, TOKEN_NONE
};
struct token {
	enum token_kind kind;
	uint32_t start, end;
	const char *text; /* names and keywords in NFKC, texts trimmed; interned */
	struct decimal number; /* 5% is 0.05 */
};

struct formula_source {
	const struct xml_text *text;
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
};
/* Ends with TOKEN_END; NULL after an error. */
struct token *formula_tokens(const struct formula_source *source, size_t *count);
/* The keyword of that spelling, else TOKEN_NAME. */
enum token_kind formula_keyword(const char *name);
/* What is written for a word of other languages or of prose: AND, 并且, 大于 …; NULL if it is none. */
const char *formula_near_word(const char *name);
/* Letters, digits, _ and the marks that go with letters. */
bool formula_is_name_character(uint32_t c);

enum syntax_kind { SYNTAX_LITERAL, SYNTAX_PATH, SYNTAX_CALL, SYNTAX_OPERATOR };
struct syntax {
	enum syntax_kind kind;
	enum node_kind operator; /* SYNTAX_OPERATOR: NODE_NOT … NODE_NOT_IN */
	struct token token; /* a literal's; a call's name; an operator's sign */
	const struct token **names; /* of a path */
	size_t name_count;
	struct syntax **args;
	size_t arg_count;
	struct syntax *where; /* of an argument: T where c */
	uint32_t where_start; /* of the word where, if any */
	uint32_t start, end;
	int depth; /* of the tree below */
	bool parenthesised;
};
/* NULL after an error. */
struct syntax *formula_parse(const struct formula_source *source);

#endif
