#include "policy/formula_check.h"

#include <stdio.h>
#include <string.h>

/* Arguments of functions: how many, of which type, by the letters of struct function_row. */

bool argument_without_where(struct checker *checker, const struct syntax *arg)
{
	if (!arg->where)
		return true;
	diag_add(checker->source.diag, MSG_WHERE_PLACE, check_place(checker, arg->where_start, arg->where->end),
		check_written(checker, arg), NULL);
	return false;
}

bool argument_count_error(struct checker *checker, const struct syntax *call, const char *usage)
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

struct node *argument_check(struct checker *checker, const struct syntax *arg, char letter, const char *function)
{
	struct node *node = check_syntax(checker, arg);

	if (!node || letter_takes(letter, node))
		return node;
	CHECK_ERROR(checker, ARGUMENT_TYPE, arg, function, letter_wants(letter), check_type(node));
	return NULL;
}

struct node *call_node(struct checker *checker, const struct syntax *call, enum function function)
{
	struct node *node = node_new(checker, NODE_CALL, VALUE_NUMBER, call);

	node->function = function;
	return node;
}

void call_set_type(struct node *node, char result, struct common expression)
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

struct common argument_common(const struct node *node, char letter)
{
	if (node->type == VALUE_NONE && letter != 'a' && letter != 'A' && letter != 'u')
		return (struct common){ VALUE_NUMBER, true };
	return (struct common){ node->type, node->bare };
}

/* The letter of argument i, 0 if there may be none. */
char argument_letter(const char *letters, size_t i)
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

bool argument_count_fits(const char *letters, size_t count)
{
	size_t least = 0;

	for (const char *at = letters; *at && *at != '?'; at++)
		least += *at != '+';
	return count >= least && (!count || argument_letter(letters, count - 1));
}
