#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "model/how.h"

/* Managers only: what a line gave, row by row: the order, the customer, what it was computed from, the result. */

#define MOST_COLUMNS 6 /* of a statement */

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

/* What a column is to a line's formula. */
enum use { USE_NONE, USE_CONDITION, USE_TELLING };
struct naming {
	const struct table_spec *spec;
	enum use *uses; /* by column of the table */
	enum use use;
};

static void name_column(const struct node *node, void *context)
{
	struct naming *naming = context;

	if (node->kind == NODE_COLUMN && node->table == naming->spec && node->level == 0 &&
		naming->uses[node->column->index] < naming->use)
		naming->uses[node->column->index] = naming->use;
}

static void name_columns(struct naming *naming, const struct node *node, enum use use)
{
	naming->use = use;
	if (node)
		node_walk(node, name_column, naming);
}

/*
 * Telling: what the result is computed from, what it is shared by, and the
 * customer or other party that a row belongs to. What only a condition looks
 * at has been met by every row that stands in the statement.
 */
static enum use *find_uses(struct pen *pen, const struct item *line)
{
	const struct table_spec *spec = line->table;
	const struct node *root = line->formula ? line->formula->root : NULL;
	bool is_if = root && root->kind == NODE_CALL && root->function == FN_IF;
	struct naming naming = {
		spec, arena_array(pen->scratch, spec->column_count + 1, sizeof *naming.uses), USE_NONE};

	if (is_if)
		name_columns(&naming, root->args[0], USE_CONDITION);
	for (size_t i = 1; is_if && i < root->arg_count; i++)
		name_columns(&naming, root->args[i], USE_TELLING);
	if (!is_if)
		name_columns(&naming, root, USE_TELLING);
	if (line->split)
		naming.uses[line->split->index] = naming.uses[line->split_weight->index] = USE_TELLING;
	for (size_t i = 0; i < spec->column_count; i++)
		if (spec->columns[i].ref)
			naming.uses[i] = USE_TELLING;
	return naming.uses;
}

static bool may_show(const struct table *table, struct row_span rows, const struct item *line,
	const struct column *column)
{
	/* the table is one for all schemes, the line of this one: columns are the same by number */
	return (!line->key || column->index != line->key->index) && column != table->spec->person && !column->sensitive &&
	       column->role == ROLE_NONE && is_filled(table, rows, column->index);
}

/*
 * The key first, then in the table's own order what identifies the row and
 * says why it counts: if there are too many columns, what tells goes before
 * the rest.
 */
static struct columns choose_columns(
	struct pen *pen, const struct table *table, struct row_span rows, const struct item *line)
{
	const struct table_spec *spec = table->spec;
	struct columns columns = {{line->key}, line->key != NULL};
	const enum use *uses = find_uses(pen, line);
	size_t others = MOST_COLUMNS - columns.count;

	for (size_t i = 0; i < spec->column_count; i++)
		others -= others && uses[i] == USE_TELLING && may_show(table, rows, line, &spec->columns[i]);
	for (size_t i = 0; i < spec->column_count && columns.count < MOST_COLUMNS; i++) {
		if (uses[i] == USE_CONDITION || (uses[i] == USE_NONE && !others) ||
			!may_show(table, rows, line, &spec->columns[i]))
			continue;
		others -= uses[i] == USE_NONE;
		columns.chosen[columns.count++] = &spec->columns[i];
	}
	return columns;
}

/* The first words that a reference table has of a key, as a customer's name. */
static const char *referred_name(struct pen *pen, const struct column *column, const struct value *cell)
{
	const struct model *model = pen->model;

	for (size_t i = 0; column->ref && i < model->rulebook->table_count; i++) {
		const struct table *table = model->facts->tables[i];
		size_t row;

		if (strcmp(table->spec->name, column->ref) != 0 || table->spec->role != TABLE_PLAIN ||
			table->spec->person)
			continue;
		row = facts_lookup(model->facts, i, cell->text);
		for (size_t c = 0; row != SIZE_MAX && c < table->spec->column_count; c++) {
			const struct column *words = &table->spec->columns[c];
			const struct value *name = table_cell(table, row, c);

			if (words->type == COLUMN_TEXT && !words->sensitive && words->role == ROLE_NONE)
				return name->missing ? NULL : name->text;
		}
	}
	return NULL;
}

static const char *cell_text(
	struct pen *pen, size_t person, const struct column *column, const struct value *cell)
{
	const char *text, *name;

	if (cell->missing)
		return "";
	text = text_value(pen, cell, NULL, pen->model->facts->people[person].policy);
	name = cell->type == VALUE_TEXT ? referred_name(pen, column, cell) : NULL;
	return name ? arena_printf(pen->scratch, "%s %s", text, name) : text;
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
	const char *basis = how->root ? trace_basis_chosen(how->root, pen->scratch) : NULL;
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

		attribute(put_text(entry, "cell", cell_text(pen, person, columns->chosen[i], cell)), "kind",
			cell_kind(columns->chosen[i]));
	}
	if (basis && *basis)
		put_text(entry, "basis", basis);
	put_value(pen, entry, "amount", &values->values[row], line, NULL);
}

static bool is_shown(const struct value *value)
{
	return !value->missing && value_type_is_numeric(value->type) && decimal_sign(value->number) != 0;
}

/* The person's rows that gave something. */
static struct row_span shown_rows(struct pen *pen, size_t person, const struct item *line)
{
	const struct line_values *values = &pen->model->input.results->lines[line->line];
	struct row_span all = facts_rows(pen->model->facts, values->table->spec->index, person);
	uint32_t *shown = arena_array(pen->scratch, all.count + 1, sizeof *shown);
	struct row_span rows = {shown, 0};

	for (size_t i = 0; i < all.count; i++)
		if (is_shown(&values->values[all.rows[i]]))
			shown[rows.count++] = all.rows[i];
	return rows;
}

static xmlNode *start_statement(struct pen *pen, xmlNode *parent, const struct item *line, size_t first_row,
	const struct columns *columns)
{
	const struct table *table = pen->model->input.results->lines[line->line].table;
	xmlNode *node = put(parent, "statement");

	attribute(node, "name", line->name);
	attribute(node, "label", line->label);
	attribute(node, "file",
		table->file_count ? text_source(pen, table->files[table->file[first_row]].path)
				  : table->spec->file);
	attribute(node, "article", line->article && *line->article->number ? line->article->number : NULL);
	if (line->source && *line->source)
		put_text(node, "formula", line->source);
	for (size_t i = 0; i < columns->count; i++)
		attribute(put_text(node, "column", columns->chosen[i]->name), "kind",
			cell_kind(columns->chosen[i]));
	return node;
}

static void add_statement(struct pen *pen, xmlNode *parent, size_t person, const struct item *line)
{
	const struct line_values *values = &pen->model->input.results->lines[line->line];
	struct row_span rows = shown_rows(pen, person, line);
	struct decimal sum = decimal_zero();
	struct columns columns;
	xmlNode *node;

	if (!rows.count)
		return;
	columns = choose_columns(pen, values->table, rows, line);
	node = start_statement(pen, parent, line, rows.rows[0], &columns);
	for (size_t i = 0; i < rows.count; i++) {
		add_entry(pen, node, person, line, rows.rows[i], &columns);
		sum = decimal_add(sum, values->values[rows.rows[i]].number);
	}
	if (line->type == VALUE_MONEY)
		put_money(pen, node, "sum", sum);
	else
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
