#ifndef SALESPAY_POLICY_FORMULA_H
#define SALESPAY_POLICY_FORMULA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy/policy.h"

/*
 * Formulas (contract, 5.2): text to a typed tree whose names are resolved.
 * A tree holds no text comparisons: names are pointers to what they name.
 */
enum node_kind {
	NODE_LITERAL, /* value */
	NODE_FIGURE, /* item: figure, total, scorecard, kpi, adjust of the person */
	NODE_PARAMETER, /* parameter, by the month evaluated for */
	NODE_GRADE_SET, /* set; args[0] the grade, or no args: the person's own */
	NODE_COLUMN, /* table and column; level >= 0: of the row in that scope; -1: of the person's one row (staff or rows="one") */
	NODE_REF, /* column of the row of table whose key is args[0] */
	NODE_LINE, /* item (a line) in the row of scope level */
	NODE_NOT, NODE_NEGATE, /* args[0] */
	NODE_AND, NODE_OR, /* args[0], args[1] */
	NODE_EQ, NODE_NE, NODE_LT, NODE_LE, NODE_GT, NODE_GE,
	NODE_ADD, NODE_SUBTRACT, NODE_MULTIPLY, NODE_DIVIDE,
	NODE_IN, NODE_NOT_IN, /* args[0] among args[1…] */
	NODE_RATES, /* rates with args */
	NODE_TIERS, /* tiers of args[0] */
	NODE_CALL /* function with args; see the function's fields below */
};

enum function {
	/* scalar */
	FN_IF, FN_MIN, FN_MAX, FN_ABS, FN_ROUND, FN_FLOOR, FN_CEIL, FN_DEFAULT, FN_MISSING,
	FN_MONTH_START, FN_MONTH_END, FN_MONTH, FN_PAY_DATE,
	FN_DAYS, FN_WORKDAYS, FN_HOLIDAYS, FN_MONTHS,
	FN_DATE, FN_YEAR, FN_QUARTER, FN_MONTH_OF, FN_DAY,
	FN_LEFT, FN_RIGHT, FN_LENGTH, FN_WITHIN, FN_MONTHS_IN_GRADE,
	/* over rows: table, where (or NULL), by (latest), args[0] the expression (none for count and any); scope level in level.
	 * all has its condition, or a literal yes, in args[0] and no where */
	FN_SUM, FN_AVERAGE, FN_ROWS_MIN, FN_ROWS_MAX, FN_COUNT, FN_ANY, FN_ALL, FN_ONLY, FN_LATEST,
	/* item (a line), args[0] the key */
	FN_PAID, FN_EARNED,
	FN_SHARE, /* args[0] pool, args[1] weight */
	/* history: args[0] the expression, count n (args[1], a literal or scalar expression) where it has one, where: s of streak */
	FN_PREVIOUS, FN_AGO, FN_YTD, FN_YTD_BEFORE, FN_QTD, FN_TAX_YTD, FN_TAX_YTD_BEFORE,
	FN_LAST_SUM, FN_LAST_AVERAGE, FN_KNOWN_SUM, FN_LAST_COUNT, FN_LAST_QUARTER_SUM, FN_STREAK,
	/* groups and ranks: args[0] */
	FN_UNIT_SUM, FN_UNIT_AVERAGE, FN_UNIT_COUNT, FN_LED_SUM, FN_LED_AVERAGE, FN_LED_COUNT,
	FN_COMPANY_SUM, FN_COMPANY_AVERAGE, FN_COMPANY_COUNT, FN_RANK, FN_UNIT_RANK, FN_GRADE_RANK,
	FN_COUNT_OF_FUNCTIONS
};
enum function_class { CLASS_SCALAR, CLASS_ROWS, CLASS_LINE, CLASS_SHARE, CLASS_HISTORY, CLASS_GROUP };
struct function_entry {
	enum function function;
	const char *english, *chinese; /* chinese NULL where the table of the contract has none */
	enum function_class class;
};
const struct function_entry *function_entry(enum function function);

struct node {
	enum node_kind kind;
	enum value_type type; /* VALUE_NONE for none/空 */
	bool bare; /* made of bare literals only: fits any numeric type */
	enum function function; /* NODE_CALL */
	struct node **args;
	size_t arg_count;
	struct node *where, *by;
	const struct table_spec *table;
	const struct column *column;
	int level; /* row scope: 0 is the outermost (a line's or export's own row, else the outermost aggregate) */
	struct value value;
	const struct item *item;
	const struct parameter *parameter;
	size_t set; /* index into policy->grade_sets */
	const struct rates *rates;
	const struct tiers *tiers;
	size_t slot; /* FN_ group and share nodes: number among all of the policy's, for the evaluator's caches */
	uint32_t start, end; /* bytes of the formula's text */
};

struct formula {
	struct xml_text text; /* as written, with the way back to the file */
	struct node *root; /* NULL if it did not compile */
	enum value_type type;
	const struct policy *policy;
	int levels; /* depth of row scopes needed */
};

/*
 * Bounds, so that no text can exhaust the stack: parentheses, calls and signs
 * inside one another; the tree (a chain of + is as deep as it is long); rows
 * inside rows, a line's own counted.
 */
#define FORMULA_NESTING_MAX 200
#define FORMULA_DEPTH_MAX 1000
#define FORMULA_LEVELS_MAX 16

/* Where a formula stands decides which names it may use. */
struct formula_scope {
	const struct policy *policy;
	const struct table_spec *row; /* a line's or export's table: its columns are level 0; else NULL */
	const struct item *self; /* what is being defined, or NULL */
	bool staff_only; /* company.xml's when and the like: staff columns, parameters, literals, scalar functions */
	enum value_type wanted; /* VALUE_NONE: any type */
	const struct formula *like; /* NULL, or a formula of the same policy read before this one: its type is wanted */
};
/* Errors go to diag with the offending part marked; then false and root NULL. */
bool formula_compile(struct formula *formula, const struct formula_scope *scope, struct arena *arena,
	struct text_pool *pool, struct diag *diag);

/* Every node, parents before children. */
typedef void node_fn(const struct node *node, void *context);
void node_walk(const struct node *node, node_fn *visit, void *context);

#endif
