#ifndef SALESPAY_TABLE_CELL_H
#define SALESPAY_TABLE_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "table/spec.h"

struct text_pool;

/*
 * One cell's text to a value, in all the forms of real exports (contract,
 * section 4; domain rules 5.4). Also used for literals in policies: <value>,
 * <set>, <given>, <expect>, min, max, default.
 */
struct cell_problem {
	enum message message;
	const char *expected; /* second argument of the message, or NULL */
	const char *suggestion; /* "did you mean" candidate or mended form, or NULL */
};
/* Strings of a problem are interned in the pool or static. */
/*
 * False with *problem filled. A blank cell gives a missing value (required and
 * fallback are the caller's). True may carry a warning (Excel's day number):
 * problem->message is MSG_COUNT where there is nothing to say.
 */
bool cell_parse(const struct column *column, const char *text, size_t length, struct text_pool *pool,
	struct value *out, struct cell_problem *problem);
/* The same for a bare type, in the strict forms a policy uses (percent with %, ISO dates, yes/no/是/否). */
bool cell_parse_literal(enum value_type type, const char *text, size_t length, struct text_pool *pool,
	struct value *out, struct cell_problem *problem);

#endif
