#ifndef SALESPAY_POLICY_LITERAL_H
#define SALESPAY_POLICY_LITERAL_H

#include <stdbool.h>

#include "value/value.h"

struct text_pool;

/* A value as policies write it (percent with %, ISO dates, yes/no/是/否), white space around it aside; an empty text is missing. False if it is none of the type. */
bool literal_parse(enum value_type type, const char *text, struct text_pool *pool, struct value *out);

#endif
