#include "calc/eval.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "calc/probe.h"
#include "calc/tracer.h"
#include "facts/history.h"

struct eval eval_start(struct calculation *run, const struct policy *policy, size_t person)
{
	return (struct eval){ .run = run, .policy = policy, .person = person, .month = run->facts->month };
}

void eval_push_row(struct eval *eval, const struct table *table, size_t row)
{
	if (eval->depth == EVAL_LEVELS)
		bug("rows nested deeper than a formula may be");
	eval->row_table[eval->depth] = table;
	eval->row[eval->depth++] = row;
}

const char *eval_person_name(const struct calculation *run, size_t person)
{
	const struct person *p = &run->facts->people[person];

	return *p->name ? arena_printf(run->arena, "%s (%s)", p->name, p->id) : p->id;
}

int32_t eval_pay_date(const struct calculation *run, int32_t month)
{
	return run->rulebook->company ? company_pay_date(run->rulebook->company, month) : month_last_day(month);
}

const char *eval_format(const struct value *value, char out[VALUE_TEXT_SIZE])
{
	struct value plain = *value;

	if (value->missing || value->type != VALUE_MONEY)
		return value_format(value, out);
	plain.number = decimal_cut(value->number);
	if (!decimal_is_integer(decimal_multiply(plain.number, decimal_from_int(100))))
		plain.type = VALUE_NUMBER;
	return value_format(&plain, out);
}

/* Excerpts cost a look into the file: a thousand alike help nobody. */
#define PLACES_WITH_TEXT 200

static struct place place_of_error(struct eval *eval)
{
	const struct facts *facts = eval->run->facts;
	const struct table *table = facts->tables[facts->rulebook->staff->index];
	size_t row = facts->people[eval->person].row;
	struct place place = PLACE_NONE;

	if (eval->run->place)
		return *eval->run->place;
	if (eval->depth > 0) {
		table = eval->row_table[eval->depth - 1];
		row = eval->row[eval->depth - 1];
	}
	if (row >= table->row_count)
		return place;
	if (diag_errors(eval->run->errors) < PLACES_WITH_TEXT)
		return table_place(table, row, NULL, eval->run->arena);
	place.file = table->files[table->file[row]].path;
	place.line = (long)table->line[row];
	return place;
}

void eval_report(struct eval *eval, enum message id, ...)
{
	const char *args[5] = { NULL };
	va_list list;

	eval->failed = true;
	if (!eval->run->errors) /* a trace: said already */
		return;
	va_start(list, id);
	for (size_t i = 0; i < 4 && (args[i] = va_arg(list, const char *)); i++)
		;
	va_end(list);
	diag_add(eval->run->errors, id, place_of_error(eval), args[0], args[1], args[2], args[3], NULL);
}

static struct value figure_value(struct eval *eval, const struct node *node)
{
	size_t column = node->item->column;

	if (eval->past)
		return eval->past->values[eval->run->rulebook->columns[column].history];
	return *results_value(eval->run->results, eval->person, column);
}

static struct value parameter_value(struct eval *eval, const struct node *node)
{
	const struct preset *preset = calculation_preset(eval->run, SYMBOL_PARAMETER, node->parameter, 0);
	const struct value *value;

	if (preset && !eval->past)
		return preset->value;
	value = parameter_at(node->parameter, eval->month);
	for (size_t i = 0; value && i < node->parameter->value_count; i++)
		if (&node->parameter->values[i].value == value)
			tracer_place(eval, node->parameter->values[i].place, NULL, i);
	return value ? *value : value_missing(node->type);
}

static struct value own_grade(const struct eval *eval)
{
	const char *id = eval->past ? eval->past->grade : eval->run->facts->people[eval->person].grade;

	return id ? value_grade(id) : value_missing(VALUE_GRADE);
}

static struct value grade_set_value(struct eval *eval, const struct node *node)
{
	const struct preset *preset;
	const struct grade *grade;
	struct value id;

	if (node->arg_count) {
		id = eval_node(eval, node->args[0]);
	} else {
		preset = calculation_preset(eval->run, SYMBOL_GRADE_SET, NULL, node->set);
		if (preset && !eval->past)
			return preset->value;
		id = own_grade(eval);
	}
	if (id.missing)
		return value_missing(node->type);
	grade = policy_grade(eval->policy, id.text);
	if (grade)
		tracer_place(eval, grade->place, grade, 0);
	return grade ? grade->sets[node->set] : value_missing(node->type);
}

/* A cell of the person's one row: the staff row, their row of a rows="one" table, their unit's. */
static struct value own_cell(struct eval *eval, const struct node *node)
{
	const struct facts *facts = eval->run->facts;
	size_t table = node->table->index, row = facts->people[eval->person].row;

	if (node->table->role == TABLE_STAFF) {
		if (!eval->past)
			tracer_cell(eval, facts->tables[table], row, node->column);
		if (node->column->role == ROLE_GRADE)
			return own_grade(eval);
		if (eval->past)
			return eval->past->unit ? value_text(eval->past->unit) : value_missing(node->type);
	} else {
		row = facts_own_row(facts, table, eval->person);
		tracer_cell(eval, facts->tables[table], row, node->column);
	}
	return row == SIZE_MAX ? value_missing(node->type) : *table_cell(facts->tables[table], row, node->column->index);
}

static struct value column_value(struct eval *eval, const struct node *node)
{
	if (node->level < 0)
		return own_cell(eval, node);
	if (node->level >= eval->depth)
		bug("column of a row that is not in scope");
	tracer_cell(eval, eval->row_table[node->level], eval->row[node->level], node->column);
	return *table_cell(eval->row_table[node->level], eval->row[node->level], node->column->index);
}

static struct value ref_value(struct eval *eval, const struct node *node)
{
	struct value key = eval_node(eval, node->args[0]);
	size_t row;

	if (key.missing)
		return value_missing(node->type);
	if (node->table->role == TABLE_UNITS) { /* a unit may be written as id or name */
		size_t unit = facts_unit(eval->run->facts, key.text);

		row = unit == SIZE_MAX ? SIZE_MAX : eval->run->facts->units[unit].row;
	} else {
		row = facts_lookup(eval->run->facts, node->table->index, key.text);
	}
	tracer_cell(eval, eval->run->facts->tables[node->table->index], row, node->column);
	if (row == SIZE_MAX)
		return value_missing(node->type);
	return *table_cell(eval->run->facts->tables[node->table->index], row, node->column->index);
}

static struct value line_value(struct eval *eval, const struct node *node)
{
	return eval->run->results->lines[node->item->line].values[eval->row[node->level]];
}

static struct value call_value(struct eval *eval, const struct node *node)
{
	switch (function_entry(node->function)->class) {
	case CLASS_SCALAR:
		return eval_scalar(eval, node);
	case CLASS_ROWS:
		return eval_rows(eval, node);
	case CLASS_LINE:
		return eval_line_sum(eval, node);
	case CLASS_SHARE:
		return eval_share(eval, node);
	case CLASS_HISTORY:
		return eval_history(eval, node);
	case CLASS_GROUP:
		return eval_group(eval, node);
	}
	bug("function %d of no class", (int)node->function);
}

static bool is_probed(const struct eval *eval, const struct node *node)
{
	return eval->run->probe && !eval->past && node->type == eval->run->probe->value.type && probe_same(node, eval->run->probe->node);
}

struct value eval_node(struct eval *eval, const struct node *node)
{
	if (is_probed(eval, node))
		return eval->run->probe->value;
	return eval->tracer ? tracer_node(eval, node) : eval_untraced(eval, node);
}

struct value eval_untraced(struct eval *eval, const struct node *node)
{
	switch (node->kind) {
	case NODE_LITERAL:
		return node->value;
	case NODE_FIGURE:
		return figure_value(eval, node);
	case NODE_PARAMETER:
		return parameter_value(eval, node);
	case NODE_GRADE_SET:
		return grade_set_value(eval, node);
	case NODE_COLUMN:
		return column_value(eval, node);
	case NODE_REF:
		return ref_value(eval, node);
	case NODE_LINE:
		return line_value(eval, node);
	case NODE_RATES:
		return eval_rates(eval, node);
	case NODE_TIERS:
		return eval_tiers(eval, node);
	case NODE_CALL:
		return call_value(eval, node);
	case NODE_NOT: case NODE_NEGATE: case NODE_AND: case NODE_OR: case NODE_EQ: case NODE_NE: case NODE_LT: case NODE_LE:
	case NODE_GT: case NODE_GE: case NODE_ADD: case NODE_SUBTRACT: case NODE_MULTIPLY: case NODE_DIVIDE: case NODE_IN:
	case NODE_NOT_IN:
		return eval_operator(eval, node);
	}
	bug("node of no kind");
}

bool eval_holds(struct eval *eval, const struct node *node)
{
	struct value value = eval_node(eval, node);

	if (value.missing)
		eval->blank = true;
	return !value.missing && value.yes;
}

bool eval_when(struct eval *eval, const struct formula *when)
{
	return !when || eval_holds(eval, when->root);
}
