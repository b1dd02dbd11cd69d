#include "policy/formula_check.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Operators and what types they take (contract, 5.2). */

bool types_join(struct common *so_far, const struct node *next)
{
	enum value_type a = so_far->type, b = next->type;

	if (b == VALUE_NONE)
		return true;
	if (a == VALUE_NONE || (so_far->bare && value_type_is_numeric(b))) {
		so_far->bare = next->bare;
		so_far->type = b;
		return true;
	}
	if (a == b) {
		so_far->bare = so_far->bare && next->bare;
		return true;
	}
	if (!value_type_is_numeric(a) || !value_type_is_numeric(b))
		return false;
	if (next->bare)
		return true;
	if (a == VALUE_MONEY || b == VALUE_MONEY)
		return false;
	so_far->type = VALUE_NUMBER;
	return true;
}

bool type_fits(const struct node *node, enum value_type wanted)
{
	if (wanted == VALUE_NONE || node->type == VALUE_NONE || node->type == wanted)
		return true;
	if (value_type_is_numeric(wanted) && value_type_is_numeric(node->type))
		return node->bare || (wanted != VALUE_MONEY && node->type != VALUE_MONEY);
	return wanted == VALUE_TEXT && node->type == VALUE_GRADE;
}

const char *check_type(const struct node *node)
{
	return value_type_name(node->type);
}

static const struct column *column_of(const struct node *node)
{
	return node->kind == NODE_COLUMN || node->kind == NODE_REF ? node->column : NULL;
}

static bool is_text_literal(const struct node *node)
{
	return node->kind == NODE_LITERAL && node->type == VALUE_TEXT && !node->value.missing;
}

bool choice_literal(struct checker *checker, const struct node *other, const struct node *literal)
{
	const struct column *column = column_of(other);

	if (!column || column->type != COLUMN_CHOICE || !is_text_literal(literal))
		return true;
	for (size_t i = 0; i < column->choice_count; i++)
		if (!strcmp(column->choices[i], literal->value.text))
			return true;
	diag_add_nearest(checker->source.diag, MSG_CHOICE_UNKNOWN, check_place(checker, literal->start, literal->end),
		text_nearest(literal->value.text, column->choices, column->choice_count), literal->value.text, column->name,
		NULL);
	return false;
}

static bool grade_unknown(struct checker *checker, const struct node *literal)
{
	const struct policy *policy = checker->scope->policy;
	const char **names = arena_array(checker->source.arena, 2 * policy->grade_count + 1, sizeof(*names));

	for (size_t i = 0; i < policy->grade_count; i++) {
		names[2 * i] = policy->grades[i].id;
		names[2 * i + 1] = policy->grades[i].title ? policy->grades[i].title : policy->grades[i].id;
	}
	diag_add_nearest(checker->source.diag, MSG_GRADE_LITERAL_UNKNOWN, check_place(checker, literal->start, literal->end),
		text_nearest(literal->value.text, names, 2 * policy->grade_count), literal->value.text, NULL);
	return false;
}

static bool grade_is(const struct grade *grade, const char *text)
{
	return !strcmp(grade->id, text) || (grade->title && !strcmp(grade->title, text));
}

struct node *node_literal_text(struct checker *checker, const struct node *like, struct value value)
{
	struct node *node = arena_alloc(checker->source.arena, sizeof(*node));

	*node = *like;
	node->value = value;
	node->type = value.type;
	return node;
}

bool grade_literal(struct checker *checker, const struct node *other, struct node **literal)
{
	const struct policy *policy = checker->scope->policy;

	if (other->type != VALUE_GRADE || !is_text_literal(*literal))
		return true;
	for (size_t i = 0; i < policy->grade_count; i++)
		if (grade_is(&policy->grades[i], (*literal)->value.text)) {
			*literal = node_literal_text(checker, *literal, value_grade(policy->grades[i].id));
			return true;
		}
	return grade_unknown(checker, *literal);
}

/* A title may belong to grades of several tracks: all of them are added. */
static bool adopt_grades(struct checker *checker, struct node *in, const struct node *literal)
{
	const struct policy *policy = checker->scope->policy;
	size_t before = in->arg_count;

	for (size_t i = 0; i < policy->grade_count; i++)
		if (grade_is(&policy->grades[i], literal->value.text))
			node_adopt(checker, in, node_literal_text(checker, literal, value_grade(policy->grades[i].id)));
	return in->arg_count > before || grade_unknown(checker, literal);
}

static bool mismatch(struct checker *checker, const struct syntax *syntax, const struct node *a, const struct node *b)
{
	const char *sign = arena_strndup(checker->source.arena, checker->source.text->text + syntax->token.start,
		syntax->token.end - syntax->token.start);

	CHECK_ERROR(checker, TYPES_DIFFER, syntax, check_type(a), sign, check_type(b));
	return false;
}

static bool goes_with_grade(const struct node *a, const struct node *b)
{
	return (a->type == VALUE_GRADE && b->type == VALUE_TEXT) || (a->type == VALUE_TEXT && b->type == VALUE_GRADE);
}

static bool comparable(struct checker *checker, const struct syntax *syntax, const struct node *a, const struct node *b)
{
	struct common common = { a->type, a->bare };
	bool equality = syntax->operator == NODE_EQ || syntax->operator == NODE_NE || syntax->operator == NODE_IN ||
		syntax->operator == NODE_NOT_IN;

	if (!goes_with_grade(a, b) && !types_join(&common, b))
		return mismatch(checker, syntax, a, b);
	if (!choice_literal(checker, a, b) || !choice_literal(checker, b, a))
		return false;
	if (equality || (common.type != VALUE_TEXT && common.type != VALUE_YESNO) || goes_with_grade(a, b))
		return true;
	CHECK_ERROR(checker, NO_ORDER, syntax, value_type_name(common.type));
	return false;
}

/* "= none" is always no: never what was meant. */
static void warn_none(struct checker *checker, const struct syntax *syntax, const struct node *a, const struct node *b)
{
	bool literal = (a->kind == NODE_LITERAL && a->type == VALUE_NONE) || (b->kind == NODE_LITERAL && b->type == VALUE_NONE);

	if (literal)
		CHECK_ERROR(checker, COMPARED_WITH_NONE, syntax, check_written(checker, syntax));
}

/* A grade's title may be shared: then "=" asks for any of them. */
static struct node *compare_titles(struct checker *checker, const struct syntax *syntax, struct node *grade,
	const struct node *literal)
{
	struct node *in = node_new(checker, syntax->operator == NODE_EQ ? NODE_IN : NODE_NOT_IN, VALUE_YESNO, syntax);

	node_adopt(checker, in, grade);
	if (!adopt_grades(checker, in, literal))
		return NULL;
	if (in->arg_count == 2)
		in->kind = syntax->operator;
	return in;
}

static struct node *check_comparison(struct checker *checker, const struct syntax *syntax, struct node *a, struct node *b)
{
	struct node *node;
	bool equality = syntax->operator == NODE_EQ || syntax->operator == NODE_NE;

	if (equality && a->type == VALUE_GRADE && is_text_literal(b))
		return compare_titles(checker, syntax, a, b);
	if (equality && b->type == VALUE_GRADE && is_text_literal(a))
		return compare_titles(checker, syntax, b, a);
	if (!grade_literal(checker, a, &b) || !grade_literal(checker, b, &a) || !comparable(checker, syntax, a, b))
		return NULL;
	warn_none(checker, syntax, a, b);
	node = node_new(checker, syntax->operator, VALUE_YESNO, syntax);
	node_adopt(checker, node, a);
	node_adopt(checker, node, b);
	return node;
}

static bool number_or_none(const struct node *node)
{
	return value_type_is_numeric(node->type) || node->type == VALUE_NONE;
}

/* Money and dates in + and -. */
static bool type_of_sum(enum node_kind operator, const struct node *a, const struct node *b, struct common *out)
{
	if (a->type == VALUE_DATE) {
		out->bare = false;
		out->type = VALUE_NUMBER;
		if (b->type == VALUE_DATE)
			return operator == NODE_SUBTRACT;
		out->type = VALUE_DATE;
		return b->type != VALUE_MONEY && number_or_none(b);
	}
	*out = (struct common){ a->type, a->bare };
	return number_or_none(a) && number_or_none(b) && types_join(out, b);
}

static bool type_of_product(enum node_kind operator, const struct node *a, const struct node *b, struct common *out)
{
	bool money = a->type == VALUE_MONEY || b->type == VALUE_MONEY;

	if (!number_or_none(a) || !number_or_none(b))
		return false;
	out->bare = a->bare && b->bare;
	out->type = money ? VALUE_MONEY : VALUE_NUMBER;
	if (operator == NODE_MULTIPLY)
		return a->type != VALUE_MONEY || b->type != VALUE_MONEY;
	if (b->type == VALUE_MONEY) {
		out->type = VALUE_NUMBER;
		return a->type == VALUE_MONEY;
	}
	return true;
}

static struct node *check_arithmetic(struct checker *checker, const struct syntax *syntax, struct node *a, struct node *b)
{
	enum node_kind operator = syntax->operator;
	bool sum = operator == NODE_ADD || operator == NODE_SUBTRACT;
	struct common type;
	struct node *node;

	if (!(sum ? type_of_sum : type_of_product)(operator, a, b, &type)) {
		if (operator == NODE_MULTIPLY && a->type == VALUE_MONEY && b->type == VALUE_MONEY)
			CHECK_ERROR(checker, MONEY_TIMES_MONEY, syntax, check_written(checker, syntax));
		else
			mismatch(checker, syntax, a, b);
		return NULL;
	}
	node = node_new(checker, operator, type.type, syntax);
	node->bare = type.bare;
	node_adopt(checker, node, a);
	node_adopt(checker, node, b);
	return node;
}

struct node *check_condition(struct checker *checker, const struct syntax *syntax, const char *of)
{
	struct node *node = check_syntax(checker, syntax);

	if (!node || node->type == VALUE_YESNO || node->type == VALUE_NONE)
		return node;
	CHECK_ERROR(checker, CONDITION_EXPECTED, syntax, of, check_type(node));
	return NULL;
}

static struct node *check_logic(struct checker *checker, const struct syntax *syntax)
{
	struct node *node = node_new(checker, syntax->operator, VALUE_YESNO, syntax);
	const char *word = arena_strndup(checker->source.arena, checker->source.text->text + syntax->token.start,
		syntax->token.end - syntax->token.start);
	bool good = true;

	for (size_t i = 0; i < syntax->arg_count; i++) {
		struct node *arg = check_condition(checker, syntax->args[i], word);

		if (arg)
			node_adopt(checker, node, arg);
		else
			good = false;
	}
	return good ? node : NULL;
}

static struct node *check_negate(struct checker *checker, const struct syntax *syntax)
{
	struct node *arg = check_syntax(checker, syntax->args[0]), *node;

	if (!arg)
		return NULL;
	if (!number_or_none(arg)) {
		CHECK_ERROR(checker, NOT_NEGATABLE, syntax, check_type(arg));
		return NULL;
	}
	node = node_new(checker, NODE_NEGATE, arg->type, syntax);
	node->bare = arg->bare;
	node_adopt(checker, node, arg);
	return node;
}

static bool check_entry(struct checker *checker, const struct syntax *syntax, struct node *node, const struct syntax *entry)
{
	struct node *arg;

	if (entry->where) {
		diag_add(checker->source.diag, MSG_WHERE_PLACE, check_place(checker, entry->where_start, entry->where->end),
			check_written(checker, entry), NULL);
		return false;
	}
	arg = check_syntax(checker, entry);
	if (!arg || !node->args)
		return false;
	if (node->args[0]->type == VALUE_GRADE && is_text_literal(arg))
		return adopt_grades(checker, node, arg);
	if (!comparable(checker, syntax, node->args[0], arg))
		return false;
	warn_none(checker, syntax, node->args[0], arg);
	node_adopt(checker, node, arg);
	return true;
}

static struct node *check_in(struct checker *checker, const struct syntax *syntax)
{
	struct node *node = node_new(checker, syntax->operator, VALUE_YESNO, syntax);
	struct node *left = check_syntax(checker, syntax->args[0]);
	bool good = left != NULL;

	if (left)
		node_adopt(checker, node, left);
	for (size_t i = 1; i < syntax->arg_count; i++)
		good = check_entry(checker, syntax, node, syntax->args[i]) && good;
	return good ? node : NULL;
}

struct node *check_operator(struct checker *checker, const struct syntax *syntax)
{
	struct node *a, *b;

	switch ((int)syntax->operator) {
	case NODE_NOT: case NODE_AND: case NODE_OR:
		return check_logic(checker, syntax);
	case NODE_NEGATE:
		return check_negate(checker, syntax);
	case NODE_IN: case NODE_NOT_IN:
		return check_in(checker, syntax);
	}
	a = check_syntax(checker, syntax->args[0]);
	b = check_syntax(checker, syntax->args[1]);
	if (!a || !b)
		return NULL;
	if (syntax->operator >= NODE_EQ && syntax->operator <= NODE_GE)
		return check_comparison(checker, syntax, a, b);
	return check_arithmetic(checker, syntax, a, b);
}
