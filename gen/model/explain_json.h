#ifndef SALESPAY_MODEL_EXPLAIN_JSON_H
#define SALESPAY_MODEL_EXPLAIN_JSON_H

#include <stdio.h>

#include "model/explain_parts.h"

/* Inside of explain_json*.c: JSON written as it goes. A key NULL stands in an array. */
struct json {
	FILE *out;
	bool begun; /* something stands before in the object or array under way */
	struct viewing viewing; /* places */
	bool *written; /* items of the trace */
	int depth;
};

void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_text(struct json *json, const char *key, const char *text); /* NULL: null */
void json_count(struct json *json, const char *key, long count);
void json_flag(struct json *json, const char *key, bool flag);
void json_decimal(struct json *json, const char *key, struct decimal number); /* as a string: JSON numbers lose digits */
/* In full: nothing rounded, missing is null. */
void json_value(struct json *json, const char *key, const struct value *value);
/* file, line, column; nothing if there is no file. */
void json_place(struct json *json, const char *key, struct place place);
/* The cell with its text; why it has none. */
void json_cell(struct json *json, const char *key, const struct table *table, size_t row, const struct column *column);

/* explain_json_node.c */
void json_node(struct json *json, const char *key, const struct trace_node *node, const struct trace_node *parent);
/* explain_json.c: with all below it, or its number where it was written already. */
void json_item(struct json *json, const char *key, size_t index);

#endif
