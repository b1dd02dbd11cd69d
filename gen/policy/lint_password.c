#include "policy/lint.h"

#include "policy/formula.h"
#include "value/decimal.h"

/*
 * How many passwords a formula can give, seen by a thief who has the mail,
 * knows the formula and works in the company. Guessed low: a product of what
 * each part can be, each part as predictable as such data are.
 */
#define MANY UINT64_C(100000000000000) /* more than this is no longer told apart */
#define DAYS 22000 /* a date of a working life: sixty years */
#define IDENTITY (DAYS * UINT64_C(1000)) /* an identity number of a known region: a birthday and a serial of three digits */
#define ACCOUNT UINT64_C(10000000000) /* an account number behind its bank's digits */
#define UNKNOWN UINT64_C(1000000) /* a text or a number of which nothing is known */

static uint64_t times(uint64_t a, uint64_t b)
{
	return a > MANY / b ? MANY : a * b;
}

static uint64_t power_of_ten(int64_t digits)
{
	uint64_t power = 1;

	while (digits-- > 0 && power < MANY)
		power *= 10;
	return power;
}

static uint64_t guesses_of_column(const struct column *column)
{
	switch (column->role) {
	case ROLE_ID: case ROLE_NAME: case ROLE_UNIT: case ROLE_GRADE: case ROLE_EMAIL:
		return 1; /* it stands in the mail, or everyone in the company knows it */
	case ROLE_IDENTITY:
		return IDENTITY;
	case ROLE_ACCOUNT:
		return ACCOUNT;
	case ROLE_NONE: case ROLE_HIRED: case ROLE_LEFT: case ROLE_PARENT: case ROLE_HEAD: case ROLE_PERSON: case ROLE_MONTH:
	case ROLE_FIGURE: case ROLE_AMOUNT:
		break;
	}
	switch (column->type) {
	case COLUMN_DATE:
		return DAYS;
	case COLUMN_MONTH:
		return 720;
	case COLUMN_YESNO:
		return 2;
	case COLUMN_CHOICE:
		return column->choice_count ? column->choice_count : 1;
	case COLUMN_GRADE:
		return 20;
	case COLUMN_ID: case COLUMN_TEXT: case COLUMN_NUMBER: case COLUMN_MONEY: case COLUMN_PERCENT:
		break;
	}
	return UNKNOWN;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static uint64_t guesses(const struct node *node);

static uint64_t guesses_of_args(const struct node *node)
{
	uint64_t all = 1;

	for (size_t i = 0; i < node->arg_count; i++)
		all = times(all, guesses(node->args[i]));
	return all;
}

/* left and right give so many digits: of a text of which nothing is known these alone count. */
static uint64_t guesses_of_part(const struct node *node)
{
	const struct node *whole = node->args[0], *length = node->args[1];
	uint64_t all = guesses(whole);
	int64_t digits;

	if (length->kind != NODE_LITERAL || !decimal_to_int(length->value.number, &digits))
		return all;
	if (whole->kind == NODE_COLUMN && all == UNKNOWN)
		return power_of_ten(digits);
	return least(all, power_of_ten(digits));
}

static uint64_t guesses_of_call(const struct node *node)
{
	static const struct { enum function function; uint64_t most; } limits[] = { { FN_YEAR, 60 }, { FN_QUARTER, 4 }, { FN_DAY, 31 },
		{ FN_MONTH_OF, 720 }, { FN_LENGTH, 20 }, { FN_MISSING, 2 }, { FN_WITHIN, 2 } };

	if ((node->function == FN_LEFT || node->function == FN_RIGHT) && node->arg_count == 2)
		return guesses_of_part(node);
	if (node->function == FN_IF)
		return least(guesses(node->args[1]) + guesses(node->args[2]), MANY);
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		if (limits[i].function == node->function)
			return least(guesses_of_args(node), limits[i].most);
	return guesses_of_args(node);
}

static uint64_t guesses(const struct node *node)
{
	if (node->kind == NODE_COLUMN)
		return guesses_of_column(node->column);
	if (node->kind == NODE_CALL)
		return guesses_of_call(node);
	return guesses_of_args(node);
}

uint64_t lint_password_guesses(const struct formula *formula)
{
	return guesses(formula->root);
}
