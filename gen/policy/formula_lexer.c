#include "policy/formula_syntax.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static const struct { const char *word; enum token_kind kind; } keywords[] = {
	{ "or", TOKEN_OR }, { "或", TOKEN_OR }, { "and", TOKEN_AND }, { "且", TOKEN_AND },
	{ "not", TOKEN_NOT }, { "非", TOKEN_NOT }, { "in", TOKEN_IN }, { "属于", TOKEN_IN },
	{ "不属于", TOKEN_NOT_IN }, { "where", TOKEN_WHERE }, { "其中", TOKEN_WHERE },
	{ "yes", TOKEN_YES }, { "是", TOKEN_YES }, { "no", TOKEN_NO }, { "否", TOKEN_NO },
	{ "none", TOKEN_NONE }, { "空", TOKEN_NONE },
};
#define KEYWORDS (sizeof(keywords) / sizeof(keywords[0]))

/* Signs in ASCII; full-width ones come here through NFKC. Longer ones first. */
static const struct { const char *sign; enum token_kind kind; } signs[] = {
	{ "<=", TOKEN_LE }, { ">=", TOKEN_GE }, { "<>", TOKEN_NE }, { "+", TOKEN_PLUS }, { "-", TOKEN_MINUS },
	{ "*", TOKEN_TIMES }, { "/", TOKEN_OVER }, { "=", TOKEN_EQ }, { "<", TOKEN_LT }, { ">", TOKEN_GT },
	{ "(", TOKEN_OPEN }, { ")", TOKEN_CLOSE }, { ",", TOKEN_COMMA }, { ".", TOKEN_POINT },
};
#define SIGNS (sizeof(signs) / sizeof(signs[0]))

/* Signs without an ASCII form that NFKC knows. */
static const struct { uint32_t character; const char *sign; } special[] = {
	{ 0x00D7, "*" }, { 0x00F7, "/" }, { 0x2212, "-" }, { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2260, "<>" },
	{ 0x2266, "<=" }, { 0x2267, ">=" }, { 0x2215, "/" }, { 0x00A5, "¥" }, { 0xFFE5, "¥" }, { 0x201C, "“" },
};

/* What people write who know other languages or type punctuation of prose: what to write instead. */
static const struct { const char *wrong, *right; } near_signs[] = {
	{ "==", "=" }, { "!=", "≠" }, { "=>", "≥" }, { "=<", "≤" }, { "><", "≠" }, { "&&", "且 (and)" }, { "||", "或 (or)" },
	{ "**", "×" }, { "!", "非 (not)" }, { "&", "且 (and)" }, { "|", "或 (or)" }, { ";", "," }, { "、", "," }, { "[", "(" },
	{ "]", ")" }, { "{", "(" }, { "}", ")" }, { "【", "(" }, { "】", ")" }, { "'", "\"" }, { "‘", "“" }, { "’", "”" },
	{ "”", "“" }, { "「", "“" }, { "」", "”" }, { "。", "." }, { ":", "=" }, { "^", "×" }, { "≈", "=" }, { "$", "¥" },
};

struct lexer {
	const struct formula_source *source;
	const char *text;
	size_t length, at;
	struct token *tokens;
	size_t count, room;
	bool failed;
};

enum token_kind formula_keyword(const char *name)
{
	for (size_t i = 0; i < KEYWORDS; i++)
		if (!strcmp(name, keywords[i].word))
			return keywords[i].kind;
	return TOKEN_NAME;
}

/* Words that people write for operators, and what they are called here. */
static const struct { const char *wrong, *right; } near_words[] = {
	{ "并且", "且" }, { "而且", "且" }, { "同时", "且" }, { "或者", "或" }, { "不是", "≠" }, { "等于", "=" }, { "不等于", "≠" },
	{ "大于", ">" }, { "小于", "<" }, { "大于等于", "≥" }, { "小于等于", "≤" }, { "不小于", "≥" }, { "不大于", "≤" },
	{ "加", "+" }, { "减", "-" }, { "乘", "×" }, { "乘以", "×" }, { "除以", "÷" }, { "x", "×" }, { "X", "×" }, { "在", "属于" },
	{ "AND", "and" }, { "And", "and" }, { "OR", "or" }, { "Or", "or" }, { "NOT", "not" }, { "Not", "not" }, { "IN", "in" },
	{ "In", "in" }, { "WHERE", "where" }, { "Where", "where" }, { "when", "where" }, { "当", "其中" }, { "TRUE", "yes" },
	{ "true", "yes" }, { "FALSE", "no" }, { "false", "no" }, { "null", "none" }, { "NULL", "none" },
};

const char *formula_near_word(const char *name)
{
	for (size_t i = 0; i < sizeof(near_words) / sizeof(near_words[0]); i++)
		if (!strcmp(name, near_words[i].wrong))
			return near_words[i].right;
	return NULL;
}

bool formula_is_name_character(uint32_t c)
{
	return c == '_' || g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static bool is_space(uint32_t c)
{
	return g_unichar_isspace(c) || c == 0xFEFF || c == 0x200B;
}

/* ASCII digit of a digit or full-width digit, else 0. */
static char digit_of(uint32_t c)
{
	if (c >= '0' && c <= '9')
		return (char)c;
	if (c >= 0xFF10 && c <= 0xFF19)
		return (char)('0' + (c - 0xFF10));
	return 0;
}

static uint32_t peek(const struct lexer *lexer, size_t at, size_t *next)
{
	const char *from = lexer->text + at;
	uint32_t c = at < lexer->length ? text_next(&from) : 0;

	*next = (size_t)(from - lexer->text);
	return c;
}

/* The sign a character stands for ("" if it is none): ASCII as it is, others by NFKC. Two bytes at most, but for ¥ and “. */
static void sign_at(const struct lexer *lexer, size_t at, char out[8], size_t *next)
{
	uint32_t c = peek(lexer, at, next);
	char *normal;

	out[0] = '\0';
	if (!c)
		return;
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (special[i].character == c) {
			strcpy(out, special[i].sign);
			return;
		}
	if (c < 0x80) {
		out[0] = (char)c;
		out[1] = '\0';
		return;
	}
	normal = g_utf8_normalize(lexer->text + at, (gssize)(*next - at), G_NORMALIZE_ALL_COMPOSE);
	if (normal && strlen(normal) == 1)
		memcpy(out, normal, 2);
	g_free(normal);
}

static struct place place(const struct lexer *lexer, size_t start, size_t end)
{
	return xml_text_place(lexer->source->text, start, end);
}

static const char *written(const struct lexer *lexer, size_t start, size_t end)
{
	return arena_strndup(lexer->source->arena, lexer->text + start, end - start);
}

static struct token *add(struct lexer *lexer, enum token_kind kind, size_t start, size_t end)
{
	struct token *token;

	if (lexer->count == lexer->room) {
		size_t room = lexer->room ? lexer->room * 2 : 32;

		lexer->tokens = arena_grow(lexer->source->arena, lexer->tokens, lexer->count, room, sizeof(*token));
		lexer->room = room;
	}
	token = &lexer->tokens[lexer->count++];
	*token = (struct token){ .kind = kind, .start = (uint32_t)start, .end = (uint32_t)end };
	return token;
}

static void lex_text(struct lexer *lexer, const char *sign)
{
	size_t start = lexer->at, next, at, end, length;
	uint32_t opener = peek(lexer, start, &at), closer = *sign == '"' ? opener : 0x201D, c;
	const char *inside;

	for (end = at; (c = peek(lexer, end, &next)) && c != closer; end = next)
		;
	if (!c) {
		diag_add(lexer->source->diag, MSG_TEXT_OPEN, place(lexer, start, at), *sign == '"' ? "\"" : "”", NULL);
		lexer->failed = true;
		return;
	}
	length = end - at;
	inside = text_trim(lexer->text + at, &length);
	add(lexer, TOKEN_TEXT, start, next)->text = text_intern(lexer->source->pool, inside, length);
	lexer->at = next;
}

static size_t run_end(const struct lexer *lexer, size_t at)
{
	size_t next;

	while (formula_is_name_character(peek(lexer, at, &next)))
		at = next;
	return at;
}

static void lex_name(struct lexer *lexer, size_t end)
{
	char *name = text_nfkc(lexer->source->arena, lexer->text + lexer->at, end - lexer->at);
	struct token *token = add(lexer, formula_keyword(name), lexer->at, end);

	token->text = text_intern(lexer->source->pool, name, strlen(name));
	lexer->at = end;
}

/* Digits in ASCII, with a point and more digits if there are any; at the first character behind them. */
static size_t number_end(const struct lexer *lexer, size_t at, struct text_buffer *digits)
{
	size_t next, behind;
	char sign[8], digit;

	for (; (digit = digit_of(peek(lexer, at, &next))); at = next)
		text_buffer_putc(digits, digit);
	sign_at(lexer, at, sign, &next);
	if (strcmp(sign, ".") || !digit_of(peek(lexer, next, &behind)))
		return at;
	text_buffer_putc(digits, '.');
	for (at = next; (digit = digit_of(peek(lexer, at, &next))); at = next)
		text_buffer_putc(digits, digit);
	return at;
}

static void number_error(struct lexer *lexer, enum message id, size_t start, size_t end)
{
	diag_add(lexer->source->diag, id, place(lexer, start, end), written(lexer, start, end), NULL);
	lexer->failed = true;
}

static void add_number(struct lexer *lexer, enum token_kind kind, size_t end, const struct text_buffer *digits)
{
	struct decimal number, hundredth;

	if (!decimal_parse(digits->data, digits->length, &number) || !decimal_parse("0.01", 4, &hundredth)) {
		number_error(lexer, MSG_NUMBER_TOO_LONG, lexer->at, end);
		return;
	}
	if (kind == TOKEN_PERCENT)
		number = decimal_multiply(number, hundredth);
	add(lexer, kind, lexer->at, end)->number = number;
	lexer->at = end;
}

/* 12  0.5  5%  20元  ¥20; a name may begin with digits: 3月得分. */
static void lex_number(struct lexer *lexer, bool yuan)
{
	struct text_buffer digits = TEXT_BUFFER_INIT;
	size_t start = lexer->at, end, run, next;
	char sign[8];

	if (yuan)
		for (peek(lexer, start, &start); is_space(peek(lexer, start, &next)); start = next)
			;
	end = number_end(lexer, start, &digits);
	run = run_end(lexer, end);
	sign_at(lexer, end, sign, &next);
	if (!digits.length)
		number_error(lexer, MSG_NUMBER_MALFORMED, lexer->at, run);
	else if (!yuan && !strncmp(lexer->text + end, "元", strlen("元")) && run == end + strlen("元"))
		add_number(lexer, TOKEN_MONEY, run, &digits);
	else if (run > end && !yuan && !strchr(digits.data, '.'))
		lex_name(lexer, run);
	else if (run > end)
		number_error(lexer, MSG_NUMBER_MALFORMED, lexer->at, run);
	else if (yuan)
		add_number(lexer, TOKEN_MONEY, end, &digits);
	else if (!strcmp(sign, "%"))
		add_number(lexer, TOKEN_PERCENT, next, &digits);
	else
		add_number(lexer, TOKEN_NUMBER, end, &digits);
	text_buffer_release(&digits);
}

/* The sign at `at` and the one behind it, in ASCII where they have such a form. */
struct sign_pair {
	char first[8], both[16];
	size_t first_end, both_end;
};

static struct sign_pair pair_at(const struct lexer *lexer, size_t at)
{
	struct sign_pair pair;
	char second[8];

	sign_at(lexer, at, pair.first, &pair.first_end);
	sign_at(lexer, pair.first_end, second, &pair.both_end);
	snprintf(pair.both, sizeof(pair.both), "%s%s", pair.first, *pair.first ? second : "");
	return pair;
}

/* "&&", "!=", "、" …: true if reported with what to write instead. */
static bool near_sign(struct lexer *lexer, const char *sign, size_t end)
{
	for (size_t i = 0; i < sizeof(near_signs) / sizeof(near_signs[0]); i++)
		if (!strcmp(sign, near_signs[i].wrong)) {
			diag_add(lexer->source->diag, MSG_SIGN_WRONG, place(lexer, lexer->at, end),
				written(lexer, lexer->at, end), near_signs[i].right, NULL);
			lexer->failed = true;
			return true;
		}
	return false;
}

static bool take_sign(struct lexer *lexer, const char *sign, size_t end)
{
	for (size_t i = 0; i < SIGNS; i++)
		if (!strcmp(sign, signs[i].sign)) {
			add(lexer, signs[i].kind, lexer->at, end);
			lexer->at = end;
			return true;
		}
	return false;
}

static void lex_sign(struct lexer *lexer)
{
	struct sign_pair pair = pair_at(lexer, lexer->at);
	size_t start = lexer->at;

	/* Two signs that never follow each other, as ==, before single ones. */
	if (strlen(pair.both) == 2 && pair.first[1] == '\0' && (near_sign(lexer, pair.both, pair.both_end) ||
			take_sign(lexer, pair.both, pair.both_end)))
		return;
	if (take_sign(lexer, pair.first, pair.first_end))
		return;
	if (near_sign(lexer, pair.first, pair.first_end) ||
		near_sign(lexer, written(lexer, start, pair.first_end), pair.first_end))
		return;
	lexer->failed = true;
	diag_add(lexer->source->diag, MSG_FORMULA_CHARACTER, place(lexer, start, pair.first_end),
		written(lexer, start, pair.first_end), NULL);
}

static void lex_one(struct lexer *lexer)
{
	char sign[8];
	size_t next;
	uint32_t c = peek(lexer, lexer->at, &next);

	sign_at(lexer, lexer->at, sign, &next);
	if (is_space(c))
		lexer->at = next;
	else if (!strcmp(sign, "\"") || !strcmp(sign, "“"))
		lex_text(lexer, sign);
	else if (digit_of(c) || !strcmp(sign, "¥"))
		lex_number(lexer, !digit_of(c));
	else if (formula_is_name_character(c))
		lex_name(lexer, run_end(lexer, lexer->at));
	else
		lex_sign(lexer);
}

#define FORMULA_BYTES_MAX 1000000

struct token *formula_tokens(const struct formula_source *source, size_t *count)
{
	struct lexer lexer = { .source = source, .text = source->text->text, .length = source->text->length };

	if (lexer.length > FORMULA_BYTES_MAX || !text_valid(lexer.text, lexer.length)) {
		diag_add(source->diag, MSG_FORMULA_CHARACTER, place(&lexer, 0, 0), "\xef\xbf\xbd", NULL);
		return NULL;
	}
	while (lexer.at < lexer.length && !lexer.failed)
		lex_one(&lexer);
	add(&lexer, TOKEN_END, lexer.length, lexer.length);
	*count = lexer.count;
	return lexer.failed ? NULL : lexer.tokens;
}
