#include "base/arena.h"
#include "model/explain_json.h"
#include "value/calendar.h"
#include "value/date.h"

static const char *operator_name(const struct node *node)
{
	static const char *const names[] = { [NODE_LITERAL] = "literal", [NODE_FIGURE] = "figure", [NODE_PARAMETER] = "parameter",
		[NODE_GRADE_SET] = "grade-set", [NODE_COLUMN] = "column", [NODE_REF] = "ref", [NODE_LINE] = "line",
		[NODE_NOT] = "not", [NODE_NEGATE] = "negate", [NODE_AND] = "and", [NODE_OR] = "or", [NODE_EQ] = "=",
		[NODE_NE] = "<>", [NODE_LT] = "<", [NODE_LE] = "<=", [NODE_GT] = ">", [NODE_GE] = ">=", [NODE_ADD] = "+",
		[NODE_SUBTRACT] = "-", [NODE_MULTIPLY] = "*", [NODE_DIVIDE] = "/", [NODE_IN] = "in", [NODE_NOT_IN] = "not-in",
		[NODE_RATES] = "rates", [NODE_TIERS] = "tiers" };

	return node->kind == NODE_CALL ? function_entry(node->function)->english : names[node->kind];
}

static const char *class_name(const struct node *node)
{
	static const char *const names[] = { [CLASS_SCALAR] = "scalar", [CLASS_ROWS] = "rows", [CLASS_LINE] = "line",
		[CLASS_SHARE] = "share", [CLASS_HISTORY] = "history", [CLASS_GROUP] = "group" };

	return names[function_entry(node->function)->class];
}

/* Which part of the one above: "where", "by", or the number of the argument. */
static void write_role(struct json *json, const struct node *node, const struct node *call)
{
	if (call && node == call->where)
		json_text(json, "role", "where");
	else if (call && node == call->by)
		json_text(json, "role", "by");
	else
		for (size_t i = 0; call && i < call->arg_count; i++)
			if (call->args[i] == node)
				json_count(json, "argument", (long)i);
}

/* Grades compare by order within a track, and equal an id or a title. */
static void write_grade(struct json *json, const struct trace_node *node)
{
	const struct facts *facts = json->viewing.explain->results->facts;
	const struct policy *policy = facts->people[json->viewing.explain->person].policy;
	const struct grade *grade = node->value.missing || (node->value.type != VALUE_GRADE && node->value.type != VALUE_TEXT) ?
		NULL : policy_grade(policy, node->value.text);

	if (!grade)
		return;
	json_open(json, "grade", '{');
	json_text(json, "id", grade->id);
	json_text(json, "title", grade->title);
	json_text(json, "track", grade->track);
	json_count(json, "order", grade->order);
	json_close(json, '}');
}

static void write_rates(struct json *json, const struct trace_node *node)
{
	const struct rates *rates = node->node->rates;

	json_place(json, "policy", node->place);
	if (node->index == SIZE_MAX)
		return;
	json_count(json, "matched", (long)node->index);
	json_open(json, "rates", '[');
	for (size_t i = 0; i < rates->row_count && i <= node->index; i++) {
		json_open(json, NULL, '{');
		json_open(json, "for", '[');
		for (size_t k = 0; k < rates->key_count; k++)
			json_text(json, NULL, rates->rows[i].keys[k] ? rates->rows[i].keys[k] : "*");
		json_close(json, ']');
		json_value(json, "value", &rates->rows[i].value);
		json_place(json, "policy", rates->rows[i].place);
		json_close(json, '}');
	}
	json_close(json, ']');
	if (rates->has_otherwise)
		json_value(json, "otherwise", &rates->otherwise);
}

static void write_tiers(struct json *json, const struct trace_node *node)
{
	static const char *const modes[] = { [TIERS_MARGINAL] = "marginal", [TIERS_WHOLE] = "whole", [TIERS_VALUE] = "value",
		[TIERS_LINEAR] = "linear" };
	static const char *const negatives[] = { [NEGATIVE_ERROR] = "error", [NEGATIVE_ZERO] = "zero", [NEGATIVE_FIRST] = "first" };
	const struct tiers *tiers = node->node->tiers;

	json_text(json, "mode", modes[tiers->mode]);
	json_text(json, "negative", negatives[tiers->negative]);
	json_open(json, "tiers", '[');
	for (size_t i = 0; i < tiers->row_count; i++) {
		json_open(json, NULL, '{');
		json_decimal(json, tiers->rows[i].over ? "over" : "from", tiers->rows[i].bound);
		json_value(json, "entry", &tiers->rows[i].entry);
		json_place(json, "policy", tiers->rows[i].place);
		json_close(json, '}');
	}
	json_close(json, ']');
}

/* Days that are not as the week has them, with what counts of them. */
static void write_calendar(struct json *json, const struct trace_node *node)
{
	const struct calendar *calendar = json->viewing.explain->results->facts->calendar;
	const struct trace_node *from = node->first, *to = from ? from->next : NULL;
	char room[11];

	if (!calendar || !to || from->value.missing || to->value.missing)
		return;
	json_open(json, "calendar", '[');
	for (int32_t day = from->value.day; day <= to->value.day; day++) {
		bool works = calendar_workdays(calendar, day, day), holiday = calendar_holidays(calendar, day, day);

		if (works == (date_weekday(day) < 5) && !holiday)
			continue;
		json_open(json, NULL, '{');
		json_text(json, "date", date_format(day, room));
		json_text(json, "kind", works ? "work" : holiday ? "statutory" : "off");
		json_close(json, '}');
	}
	json_close(json, ']');
}

static void write_units(struct json *json)
{
	const struct facts *facts = json->viewing.explain->results->facts;

	json_open(json, "units", '[');
	for (size_t u = facts->people[json->viewing.explain->person].unit; u != SIZE_MAX; u = facts->units[u].parent) {
		json_text(json, NULL, facts->units[u].id);
		json_text(json, NULL, facts->units[u].name);
	}
	json_close(json, ']');
}

static void write_call(struct json *json, const struct trace_node *node)
{
	json_text(json, "class", class_name(node->node));
	if (node->node->table)
		json_text(json, "table", node->node->table->name);
	if (node->node->function == FN_WORKDAYS || node->node->function == FN_HOLIDAYS)
		write_calendar(json, node);
	if (node->node->function == FN_WITHIN)
		write_units(json);
}

static struct place figure_place(struct json *json, const struct trace_node *node)
{
	return node->past ? node->place : ledger_place(json->viewing.explain, node->person, node->node->item->column);
}

static void write_leaf(struct json *json, const struct trace_node *node)
{
	char month[8];

	switch ((int)node->node->kind) {
	case NODE_FIGURE:
		json_text(json, "name", node->node->item->name);
		json_text(json, "month", month_format(node->month, month));
		json_text(json, "person", json->viewing.explain->results->facts->people[node->person].id);
		json_place(json, "ledger", figure_place(json, node));
		break;
	case NODE_PARAMETER:
		json_text(json, "name", node->node->parameter->name);
		json_place(json, "policy", node->place);
		break;
	case NODE_GRADE_SET:
		json_text(json, "grade-id", node->grade ? node->grade->id : NULL);
		json_place(json, "policy", node->place);
		break;
	case NODE_COLUMN: case NODE_REF:
		if (node->past)
			json_place(json, "ledger", node->place);
		else if (node->table)
			json_cell(json, "source", node->table, node->row, node->column);
		break;
	case NODE_RATES:
		write_rates(json, node);
		break;
	case NODE_TIERS:
		write_tiers(json, node);
		break;
	case NODE_CALL:
		write_call(json, node);
		break;
	default:
		break;
	}
	write_grade(json, node);
}

/* A member of a list: a row, a month, a person, an entry of a line. */
static void write_member(struct json *json, const struct trace_node *node)
{
	const struct facts *facts = json->viewing.explain->results->facts;
	static const char *const kinds[] = { [TRACE_ROW] = "row", [TRACE_MONTH] = "month", [TRACE_PERSON] = "person",
		[TRACE_ENTRY] = "entry" };
	struct place place = PLACE_NONE;
	char month[8];

	json_text(json, "kind", kinds[node->kind]);
	if (node->kind == TRACE_ROW || (node->kind == TRACE_ENTRY && node->table))
		json_cell(json, "source", node->table, node->row, NULL);
	if (node->kind == TRACE_ROW || node->kind == TRACE_MONTH)
		json_flag(json, "fits", node->fits);
	if (node->kind == TRACE_MONTH)
		json_text(json, "month", month_format(node->month, month));
	if (node->kind == TRACE_MONTH && !node->first && node->fits)
		json_place(json, "ledger", history_place(facts->history, node->person, node->month, HISTORY_GRADE));
	if (node->kind == TRACE_PERSON) {
		json_text(json, "person", facts->people[node->person].id);
		json_text(json, "name", facts->people[node->person].name);
	}
	if (node->kind == TRACE_ENTRY && node->entry) {
		place.file = node->entry->path;
		place.line = node->entry->at;
		json_text(json, "key", node->entry->key);
		json_place(json, "ledger", place);
	}
	if (node->kind != TRACE_ROW)
		json_value(json, "value", &node->value);
}

void json_node(struct json *json, const char *key, const struct trace_node *node, const struct trace_node *parent)
{
	const struct node *call = parent && parent->kind == TRACE_NODE ? parent->node : NULL;

	json_open(json, key, '{');
	if (node->kind == TRACE_NODE) {
		json_text(json, "op", operator_name(node->node));
		json_text(json, "text", trace_text(node, json->viewing.arena));
		json_text(json, "type", value_type_name(node->value.type));
		json_value(json, "value", &node->value);
		write_role(json, node->node, call);
		write_leaf(json, node);
	} else {
		write_member(json, node);
	}
	if (node->refers != SIZE_MAX)
		json_item(json, "item", node->refers);
	if (node->first) {
		json_open(json, "children", '[');
		for (const struct trace_node *child = node->first; child; child = child->next) {
			/* What stands within a member belongs to the call around it. */
			json_node(json, NULL, child, node->kind == TRACE_NODE ? node : parent);
		}
		json_close(json, ']');
	}
	json_close(json, '}');
}
