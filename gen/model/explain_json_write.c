#include "base/arena.h"
#include "base/json.h"
#include "model/explain_json.h"
#include "value/date.h"

static void begin(struct json *json, const char *key)
{
	if (json->begun)
		fputc(',', json->out);
	json->begun = true;
	if (!key)
		return;
	json_print_text(json->out, key);
	fputc(':', json->out);
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	fputc(bracket, json->out);
	json->begun = false;
}

void json_close(struct json *json, char bracket)
{
	fputc(bracket, json->out);
	json->begun = true;
}

void json_text(struct json *json, const char *key, const char *text)
{
	begin(json, key);
	json_print_text(json->out, text);
}

void json_count(struct json *json, const char *key, long count)
{
	begin(json, key);
	fprintf(json->out, "%ld", count);
}

void json_flag(struct json *json, const char *key, bool flag)
{
	begin(json, key);
	fputs(flag ? "true" : "false", json->out);
}

void json_decimal(struct json *json, const char *key, struct decimal number)
{
	char room[DECIMAL_TEXT];

	json_text(json, key, decimal_format(number, room));
}

void json_value(struct json *json, const char *key, const struct value *value)
{
	char room[VALUE_TEXT_SIZE];

	if (!value->missing && value_type_is_numeric(value->type))
		json_decimal(json, key, value->number);
	else
		json_text(json, key, value->missing ? NULL : value_format(value, room));
}

void json_place(struct json *json, const char *key, struct place place)
{
	if (!place.file)
		return;
	json_open(json, key, '{');
	json_text(json, "file", shown_path(json->viewing.explain, place.file, json->viewing.arena));
	if (place.line > 0)
		json_count(json, "line", place.line);
	if (place.column > 0)
		json_count(json, "column", place.column);
	json_close(json, '}');
}

void json_cell(struct json *json, const char *key, const struct table *table, size_t row, const struct column *column)
{
	struct place place = PLACE_NONE;

	json_open(json, key, '{');
	json_text(json, "table", table->spec->name);
	if (column)
		json_text(json, "name", column->name);
	if (!table->file_count) {
		json_text(json, "absent", "file");
	} else if (row >= table->row_count) {
		json_text(json, "file", shown_path(json->viewing.explain, table->files[0].path, json->viewing.arena));
		json_text(json, "absent", "row");
	} else {
		place = table_place(table, row, column, json->viewing.arena);
		json_text(json, "file", shown_path(json->viewing.explain, place.file, json->viewing.arena));
		json_count(json, "line", place.line);
		if (column && place.column > 0) {
			json_count(json, "column", place.column);
			json_text(json, "raw", cell_text(&place, json->viewing.arena));
		} else if (column) {
			json_text(json, "absent", "column");
		}
	}
	if (column && column->has_fallback)
		json_value(json, "default", &column->fallback);
	json_close(json, '}');
}
