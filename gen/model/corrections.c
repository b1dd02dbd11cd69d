#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "calc/trace.h"
#include "model/build.h"
#include "value/date.h"

/* Managers only: what is paid or recovered for earlier months. A sealed slip is never replaced; a later one names what it makes good. */

/* A row of a corrections table. */
struct correction {
	int32_t month;
	const char *figure;
	struct decimal amount;
	const struct model_corrected *books; /* NULL: they say nothing of it */
};

static const struct model_corrected *books_of(const struct model *model, size_t table, size_t row)
{
	const struct model_corrected *rows = model->input.corrected;
	size_t low = 0, high = model->input.corrected_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (rows[middle].table < table || (rows[middle].table == table && rows[middle].row < row))
			low = middle + 1;
		else
			high = middle;
	}
	return low < model->input.corrected_count && rows[low].table == table && rows[low].row == row ? &rows[low] : NULL;
}

static const struct value *cell(const struct table *table, size_t row, enum column_role role)
{
	return table_cell(table, row, table_spec_role(table->spec, role)->index);
}

static bool read_row(const struct model *model, const struct table *table, size_t row, struct correction *out)
{
	const struct value *month = cell(table, row, ROLE_MONTH), *figure = cell(table, row, ROLE_FIGURE),
			   *amount = cell(table, row, ROLE_AMOUNT);

	if (month->missing || figure->missing || amount->missing)
		return false;
	*out = (struct correction){month_of_date(month->day), figure->text, amount->number,
		books_of(model, table->spec->index, row)};
	return true;
}

static void add_correction(struct pen *pen, xmlNode *parent, const struct correction *correction)
{
	const char *month = text_month(pen, correction->month);
	xmlNode *node = put(parent, "correction"), *difference;
	char room[DECIMAL_TEXT];

	attribute(node, "month", text_month_id(pen, correction->month));
	attribute(node, "month-text", month);
	attribute(node, "name", correction->figure);
	if (correction->books) {
		put_money(pen, node, "due", correction->books->due);
		put_money(pen, node, "paid", correction->books->paid);
	}
	difference = put_text(node, "difference", text_signed(pen, correction->amount));
	attribute(difference, "value", decimal_format_places(correction->amount, 2, room));
	put_text(node, "reason", say(pen, SAY_CORRECTION_REASON, month, correction->figure, NULL));
}

void add_corrections(struct pen *pen, xmlNode *parent, size_t person)
{
	const struct model *model = pen->model;

	for (size_t i = 0; i < model->rulebook->table_count; i++) {
		const struct table *table = model->facts->tables[i];
		struct row_span rows;
		struct correction correction;

		if (table->spec->role != TABLE_CORRECTIONS)
			continue;
		rows = facts_rows(model->facts, i, person);
		for (size_t j = 0; j < rows.count; j++)
			if (read_row(model, table, rows.rows[j], &correction))
				add_correction(pen, parent, &correction);
	}
}

/* ---- in the line that pays them ---- */
static void note_table(const struct node *node, void *context)
{
	const struct table_spec **found = context;

	if (node->table && node->table->role == TABLE_CORRECTIONS)
		*found = node->table;
}

static const char *correction_text(struct pen *pen, const struct correction *correction)
{
	const char *month = text_month(pen, correction->month), *difference = text_signed(pen, correction->amount);

	if (!correction->books)
		return say(pen, SAY_CORRECTION_BARE, month, correction->figure, difference, NULL);
	return say(pen, SAY_CORRECTION_BASIS, month, correction->figure, text_money(pen, correction->books->due),
		text_money(pen, correction->books->paid), difference, NULL);
}

/* Those rows that the formula's conditions let in, as the evaluator met them. */
static void gather(struct pen *pen, const struct trace_node *node, const struct table *table, struct text_buffer *out)
{
	struct correction correction;

	if (node->kind == TRACE_ROW && node->fits && node->table == table &&
		read_row(pen->model, node->table, node->row, &correction)) {
		if (out->length)
			text_buffer_puts(out, say(pen, SAY_CORRECTION_AND, NULL));
		text_buffer_puts(out, correction_text(pen, &correction));
	}
	for (const struct trace_node *child = node->first; child; child = child->next)
		gather(pen, child, table, out);
}

const char *corrections_basis(struct pen *pen, size_t person, const struct item *item)
{
	const struct results *results = pen->model->input.results;
	struct text_buffer text = TEXT_BUFFER_INIT;
	const struct table_spec *spec = NULL;
	const struct trace_item *traced;
	struct trace *trace;
	const char *basis;
	size_t index;

	if (item->kind != ITEM_FIGURE || item->section < SECTION_EARNINGS || !item->formula || !item->formula->root)
		return NULL;
	node_walk(item->formula->root, note_table, &spec);
	if (!spec || !facts_rows(pen->model->facts, spec->index, person).count)
		return NULL;
	trace = trace_new(results, person, pen->scratch);
	index = trace_need(trace, item, SIZE_MAX);
	trace_follow(trace);
	traced = trace_item(trace, index);
	if (traced->root)
		gather(pen, traced->root, pen->model->facts->tables[spec->index], &text);
	basis = text.length ? text_buffer_take(&text, pen->scratch) : NULL;
	text_buffer_release(&text);
	return basis;
}
