#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"
#include "model/how.h"
#include "value/date.h"

/* Managers only: score items, statements line by line. */

#define MOST_COLUMNS 6 /* of a statement */

/* Actual ÷ target in percent, cut, not rounded: 99.999% is not yet the target. */
static bool attainment(const struct value *actual, const struct value *target, struct value *out)
{
	struct decimal ratio, step;

	if (actual->missing || target->missing || !value_type_is_numeric(actual->type) ||
		!decimal_divide(actual->number, target->number, &ratio) || !decimal_parse("0.0001", 6, &step) ||
		!decimal_round(decimal_cut(ratio), step, ROUND_DOWN, &ratio))
		return false;
	*out = value_number(VALUE_PERCENT, ratio);
	return true;
}

/* What the kpi's score is of, beside what was to be reached. */
static void add_target(struct pen *pen, xmlNode *node, size_t person, const struct item *kpi)
{
	const struct results *results = pen->model->input.results;
	const struct policy *policy = pen->model->facts->people[person].policy;
	struct value actual, target, ratio;

	if (!kpi->actual)
		return;
	actual = calc_formula(results, kpi->actual, person, NULL, 0);
	if (kpi->target) {
		target = calc_formula(results, kpi->target, person, NULL, 0);
		put_value(pen, node, "target", &target, NULL, policy);
	}
	put_value(pen, node, "actual", &actual, NULL, policy);
	if (kpi->target && attainment(&actual, &target, &ratio))
		put_value(pen, node, "attainment", &ratio, NULL, NULL);
}

static void add_item(struct pen *pen, xmlNode *card, size_t person, const struct trace_part *part)
{
	static const struct span hundred = {0, 100, 20};
	const struct item *item = part->item;
	const struct trace_item *how = how_traced(pen, person, item, SIZE_MAX);
	bool is_kpi = item->kind == ITEM_KPI;
	xmlNode *node = put(card, "item"), *score;
	char room[DECIMAL_TEXT];

	attribute(node, "kind", is_kpi ? "kpi" : "adjust");
	attribute(node, "name", item->label);
	if (is_kpi) {
		attribute(node, "weight", decimal_format(part->weight.number, room));
		attribute(node, "weight-text", arena_printf(pen->scratch, "%s%%", room));
	}
	attribute(node, "applies", how->applies ? NULL : "no");
	score = how->applies ? put_value(pen, node, "value", &part->value, item, NULL)
			     : put_text(node, "value", say(pen, SAY_NOT_APPLICABLE, NULL));
	if (!how->applies)
		attribute(score, "missing", "yes");
	if (how->applies && !part->value.missing && is_kpi)
		attribute_at(pen, score, &hundred, decimal_to_double(part->value.number));
	if (how->applies)
		add_target(pen, node, person, item);
	if (how->applies && !part->value.missing)
		put_number(pen, node, "points", part->part.number, -1);
	add_how(pen, node, person, how);
}

static void add_scorecard(
	struct pen *pen, xmlNode *parent, size_t person, size_t column, const struct item *item)
{
	static const struct span hundred = {0, 100, 20};
	const struct model *model = pen->model;
	const struct trace_item *card = how_traced(pen, person, item, SIZE_MAX);
	const struct model_history *history = &model->input.history;
	const struct value *last =
		history->last ? &history->last[person * model->rulebook->column_count + column] : NULL;
	xmlNode *node = put(parent, "scorecard"), *score;

	attribute(node, "name", item->name);
	attribute(node, "label", item->label);
	attribute(node, "article", item->article && *item->article->number ? item->article->number : NULL);
	score = put_value(pen, node, "now", &card->value, item, NULL);
	if (!card->value.missing)
		attribute_at(pen, score, &hundred, decimal_to_double(card->value.number));
	if (last && !last->missing)
		attribute_at(pen, put_value(pen, node, "last", last, item, NULL), &hundred,
			decimal_to_double(last->number));
	add_how(pen, node, person, card);
	for (size_t i = 0; i < card->part_count; i++)
		add_item(pen, node, person, &card->parts[i]);
}

void add_scorecards(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;

	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);

		if (item && item->kind == ITEM_SCORECARD && item->kpi_count)
			add_scorecard(pen, parent, person, column, item);
	}
}

/* ---- statements ---- */
struct columns {
	const struct column *chosen[MOST_COLUMNS];
	size_t count;
};

static bool is_filled(const struct table *table, struct row_span rows, size_t column)
{
	for (size_t i = 0; i < rows.count; i++)
		if (!table_cell(table, rows.rows[i], column)->missing)
			return true;
	return false;
}

/* The key first, then the table's own order: what identifies the row and says why it counts. */
static struct columns choose_columns(const struct table *table, struct row_span rows, const struct item *line)
{
	const struct table_spec *spec = table->spec;
	struct columns columns = {{line->key}, line->key != NULL};

	for (size_t i = 0; i < spec->column_count && columns.count < MOST_COLUMNS; i++) {
		const struct column *column = &spec->columns[i];

		if (column == line->key || column == spec->person || column->sensitive ||
			column->role != ROLE_NONE)
			continue;
		if (is_filled(table, rows, i))
			columns.chosen[columns.count++] = column;
	}
	return columns;
}

static const char *cell_kind(const struct column *column)
{
	enum value_type type = column_value_type(column);

	return value_type_is_numeric(type) ? "number" : "text";
}

/* The whole order's amount first, where people share it. */
static const char *entry_basis(struct pen *pen, size_t person, const struct item *line, size_t row)
{
	const struct line_values *values = &pen->model->input.results->lines[line->line];
	const struct trace_item *how = how_traced(pen, person, line, row);
	const char *basis = how->root ? trace_basis(how->root, pen->scratch) : NULL;
	const struct value *key = line->split ? table_cell(values->table, row, line->split->index) : NULL;

	if (!basis || !key || key->missing || values->wholes[row].missing)
		return basis;
	return say(pen, SAY_SPLIT_PART, basis, how_value(pen, &values->wholes[row]), line->split_weight->name,
		how_value(pen, table_cell(values->table, row, line->split_weight->index)), NULL);
}

static void add_entry(struct pen *pen, xmlNode *statement, size_t person, const struct item *line, size_t row,
	const struct columns *columns)
{
	const struct model *model = pen->model;
	const struct line_values *values = &model->input.results->lines[line->line];
	const struct table *table = values->table;
	const char *basis = entry_basis(pen, person, line, row);
	const struct value *key = line->key ? table_cell(table, row, line->key->index) : NULL;
	xmlNode *entry = put(statement, "entry");

	attribute_count(pen, entry, "line", table->line[row]);
	if (key && !key->missing)
		attribute(entry, "key", text_value(pen, key, NULL, NULL));
	for (size_t i = 0; i < columns->count; i++) {
		const struct value *cell = table_cell(table, row, columns->chosen[i]->index);

		attribute(put_text(entry, "cell",
				  cell->missing
					  ? ""
					  : text_value(pen, cell, NULL, model->facts->people[person].policy)),
			"kind", cell_kind(columns->chosen[i]));
	}
	if (basis && *basis)
		put_text(entry, "basis", basis);
	put_value(pen, entry, "amount", &values->values[row], line, NULL);
}

static bool is_shown(const struct value *value)
{
	return !value->missing && value_type_is_numeric(value->type) && decimal_sign(value->number) != 0;
}

static void add_statement(struct pen *pen, xmlNode *parent, size_t person, const struct item *line)
{
	const struct model *model = pen->model;
	const struct line_values *values = &model->input.results->lines[line->line];
	const struct table *table = values->table;
	struct row_span rows = facts_rows(model->facts, table->spec->index, person);
	struct columns columns = choose_columns(table, rows, line);
	struct decimal sum = decimal_zero();
	xmlNode *node = NULL;

	for (size_t i = 0; i < rows.count; i++) {
		const struct value *value = &values->values[rows.rows[i]];

		if (!is_shown(value))
			continue;
		if (!node) {
			node = put(parent, "statement");
			attribute(node, "name", line->name);
			attribute(node, "label", line->label);
			attribute(node, "file",
				table->file_count
					? text_source(pen, table->files[table->file[rows.rows[i]]].path)
					: table->spec->file);
			attribute(node, "article",
				line->article && *line->article->number ? line->article->number : NULL);
			for (size_t j = 0; j < columns.count; j++)
				attribute(put_text(node, "column", columns.chosen[j]->name), "kind",
					cell_kind(columns.chosen[j]));
		}
		add_entry(pen, node, person, line, rows.rows[i], &columns);
		sum = decimal_add(sum, value->number);
	}
	if (node && line->type == VALUE_MONEY)
		put_money(pen, node, "sum", sum);
	else if (node)
		put_number(pen, node, "sum", sum, -1);
}

void add_statements(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;
	size_t scheme = model->facts->people[person].scheme;

	for (size_t i = 0; i < model->rulebook->line_count; i++) {
		const struct item *line = model->rulebook->lines[i][scheme];

		if (line && model->input.results->lines[i].table)
			add_statement(pen, parent, person, line);
	}
}
