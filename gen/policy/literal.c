#include "policy/literal.h"

#include <string.h>

#include "base/text.h"
#include "table/cell.h"

bool literal_parse(enum value_type type, const char *text, struct text_pool *pool, struct value *out)
{
	struct cell_problem problem = { 0 };
	size_t length = strlen(text);

	text = text_trim(text, &length);
	*out = value_missing(type);
	return !length || cell_parse_literal(type, text, length, pool, out, &problem);
}
