#include "calc/line.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/text.h"
#include "calc/group.h"
#include "calc/item.h"

struct line_values *results_line(struct results *results, const struct item *line)
{
	struct line_values *values = &results->lines[line->line];
	const struct table *table = results->facts->tables[line->table->index];

	if (values->table)
		return values;
	values->table = table;
	values->values = arena_array(results->arena, table->row_count + 1, sizeof(*values->values));
	values->wholes = line->split ? arena_array(results->arena, table->row_count + 1, sizeof(*values->wholes)) : NULL;
	for (size_t row = 0; row < table->row_count; row++) {
		values->values[row] = value_missing(line->type);
		if (values->wholes)
			values->wholes[row] = value_missing(line->type);
	}
	return values;
}

static void compute_rows(struct calculation *run, const struct step *step, size_t person, struct value *values)
{
	const struct item *line = step->item;
	const struct facts *facts = run->facts;
	struct row_span span = facts_rows(facts, line->table->index, person);

	for (size_t i = 0; i < span.count; i++) {
		struct eval eval = eval_start(run, run->rulebook->schemes[step->scheme].policy, person);
		struct value value = value_number(line->type, decimal_zero());

		eval.item = line;
		eval_push_row(&eval, facts->tables[line->table->index], span.rows[i]);
		if (eval_when(&eval, line->when))
			value = eval_node(&eval, line->formula->root);
		values[span.rows[i]] = item_round(line, value);
		values[span.rows[i]].told = eval.failed;
		run->results->failed[person] = run->results->failed[person] || eval.failed;
	}
}

/* A row of a split line: rows of one key stand together, ordered by person's id, then as the file has them. */
struct split_row {
	const char *key;
	size_t person, row;
	bool own; /* computed by this step's scheme */
};

static int by_key_then_person(const void *a, const void *b)
{
	const struct split_row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (!order)
		order = (x->person > y->person) - (x->person < y->person);
	return order ? order : (x->row > y->row) - (x->row < y->row);
}

static size_t collect_split_rows(struct calculation *run, const struct step *step, const struct line_values *values,
	struct split_row *rows)
{
	const struct item *line = step->item;
	const struct facts *facts = run->facts;
	size_t count = 0;

	for (size_t row = 0; row < values->table->row_count; row++) {
		const struct value *key = table_cell(values->table, row, line->split->index);
		size_t person = facts_row_person(facts, line->table->index, row);

		if (key->missing || person == SIZE_MAX)
			continue;
		rows[count++] = (struct split_row){ key->text, person, row,
			facts->people[person].state != PERSON_EXCLUDED && facts->people[person].scheme == step->scheme };
	}
	qsort(rows, count, sizeof(*rows), by_key_then_person);
	return count;
}

static void report_split(struct calculation *run, const struct step *step, const struct split_row *row, enum message id)
{
	struct eval eval = eval_start(run, run->rulebook->schemes[step->scheme].policy, row->person);

	eval_push_row(&eval, run->results->lines[step->item->line].table, row->row);
	eval_error(&eval, id, eval_person_name(run, row->person), step->item->name, row->key);
	run->results->failed[row->person] = true;
}

/* The whole that all rows of a key must agree on; NULL (reported) if they do not. */
static const struct value *agreed_whole(struct calculation *run, const struct step *step, const struct line_values *values,
	const struct split_row *rows, size_t count)
{
	const struct value *whole = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct value *own = &values->wholes[rows[i].row];

		if (!rows[i].own && own->missing)
			continue;
		if (whole && !value_equal(own, whole)) {
			report_split(run, step, &rows[i], MSG_SPLIT_DIFFERS);
			return NULL;
		}
		whole = own;
	}
	return whole;
}

static void share_key(struct calculation *run, const struct step *step, struct line_values *values,
	const struct split_row *rows, size_t count)
{
	const struct item *line = step->item;
	const struct value *whole = agreed_whole(run, step, values, rows, count);
	struct value *weights, *parts;
	size_t *order;

	if (!whole || whole->missing) {
		for (size_t i = 0; i < count; i++)
			values->values[rows[i].row].told = rows[i].own && (!whole || whole->told);
		return;
	}
	weights = arena_array(run->arena, count, sizeof(*weights));
	parts = arena_array(run->arena, count, sizeof(*parts));
	order = arena_array(run->arena, count, sizeof(*order));
	for (size_t i = 0; i < count; i++) {
		weights[i] = *table_cell(values->table, rows[i].row, line->split_weight->index);
		order[i] = i;
	}
	if (!share_out(whole->number, line->step, weights, order, count, line->type, parts))
		report_split(run, step, &rows[0], MSG_SPLIT_NEGATIVE);
	for (size_t i = 0; i < count; i++)
		if (rows[i].own)
			values->values[rows[i].row] = parts[i];
}

static void share_rows(struct calculation *run, const struct step *step, struct line_values *values)
{
	struct split_row *rows = calloc(values->table->row_count + 1, sizeof(*rows));
	size_t count, end;

	if (!rows)
		bug("out of memory");
	count = collect_split_rows(run, step, values, rows);
	for (size_t i = 0; i < count; i++)
		if (rows[i].own)
			values->wholes[rows[i].row] = values->values[rows[i].row];
	for (size_t start = 0; start < count; start = end) {
		bool own = false;

		for (end = start; end < count && !strcmp(rows[end].key, rows[start].key); end++)
			own = own || rows[end].own;
		if (own)
			share_key(run, step, values, &rows[start], end - start);
	}
	free(rows);
}

void line_compute(struct calculation *run, const struct step *step)
{
	const struct facts *facts = run->facts;
	struct line_values *values = results_line(run->results, step->item);

	for (size_t person = 0; person < facts->person_count; person++)
		if (facts->people[person].state != PERSON_EXCLUDED && facts->people[person].scheme == step->scheme)
			compute_rows(run, step, person, values->values);
	if (step->item->split)
		share_rows(run, step, values);
}
