#include "books/ledger.h"

#include "base/file.h"
#include "table/sheet.h"

static const enum column_role identity[] = { ROLE_ID, ROLE_NAME, ROLE_UNIT, ROLE_GRADE };
#define IDENTITY_COUNT (sizeof(identity) / sizeof(identity[0]))

static void write_value(struct file_writer *out, const struct value *value, bool first)
{
	char room[VALUE_TEXT_SIZE];

	csv_write_field(out, value->missing ? "" : value_format(value, room), first);
}

static void write_header(struct file_writer *out, const struct rulebook *rulebook)
{
	bool first = true;

	for (size_t i = 0; i < IDENTITY_COUNT; i++) {
		const struct column *column = table_spec_role(rulebook->staff, identity[i]);

		if (column)
			csv_write_field(out, column->name, first);
		first = first && !column;
	}
	for (size_t c = 0; c < rulebook->column_count; c++)
		csv_write_field(out, rulebook->columns[c].name, false);
	csv_write_end(out);
}

static void write_person(struct file_writer *out, const struct results *results, size_t person)
{
	const struct facts *facts = results->facts;
	const struct table *staff = facts->tables[facts->rulebook->staff->index];
	bool first = true;

	for (size_t i = 0; i < IDENTITY_COUNT; i++) {
		const struct column *column = table_spec_role(staff->spec, identity[i]);

		if (column)
			write_value(out, table_cell(staff, facts->people[person].row, column->index), first);
		first = first && !column;
	}
	for (size_t c = 0; c < facts->rulebook->column_count; c++)
		write_value(out, results_value(results, person, c), false);
	csv_write_end(out);
}

bool ledger_write(const struct results *results, const char *path, struct diag *diag)
{
	struct file_writer *out = file_writer_new(path, 0600);

	write_header(out, results->facts->rulebook);
	for (size_t person = 0; person < results->facts->person_count; person++)
		if (results->facts->people[person].state != PERSON_EXCLUDED)
			write_person(out, results, person);
	return file_writer_commit(out, diag);
}

static const struct item *line_item(const struct rulebook *rulebook, size_t line)
{
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		if (rulebook->lines[line][s])
			return rulebook->lines[line][s];
	return NULL;
}

const char *line_name(const struct rulebook *rulebook, size_t line)
{
	return line_item(rulebook, line)->name;
}

static void write_line_row(struct file_writer *out, const struct results *results, size_t line, size_t person, size_t row)
{
	const struct line_values *values = &results->lines[line];

	csv_write_field(out, results->facts->people[person].id, true);
	write_value(out, table_cell(values->table, row, line_item(results->facts->rulebook, line)->key->index), false);
	file_printf(out, ",%u", (unsigned)values->table->line[row]);
	write_value(out, &values->values[row], false);
	csv_write_end(out);
}

bool lines_write(const struct results *results, size_t line, const char *path, struct diag *diag)
{
	const struct facts *facts = results->facts;
	struct file_writer *out = file_writer_new(path, 0600);

	file_puts(out, "id,key,file line,value\n");
	for (size_t person = 0; person < facts->person_count && results->lines[line].table; person++) {
		const struct person *p = &facts->people[person];
		struct row_span span;

		if (p->state == PERSON_EXCLUDED || !facts->rulebook->lines[line][p->scheme])
			continue;
		span = facts_rows(facts, facts->rulebook->lines[line][p->scheme]->table->index, person);
		for (size_t i = 0; i < span.count; i++)
			write_line_row(out, results, line, person, span.rows[i]);
	}
	return file_writer_commit(out, diag);
}

static const char *const verdicts[] = {
	[VERDICT_ELIGIBLE] = "eligible", [VERDICT_NOT_ELIGIBLE] = "not-eligible", [VERDICT_CONFLICT] = "conflict",
};

/* Both sides of a comparison are money if one is; money with more than two decimals is written in full. */
static void write_side(struct file_writer *out, struct value side, bool money)
{
	if (money && !side.missing && value_type_is_numeric(side.type)) {
		side.type = VALUE_MONEY;
		if (!decimal_is_integer(decimal_multiply(side.number, decimal_from_int(100))))
			side.type = VALUE_NUMBER;
	}
	write_value(out, &side, false);
}

static void write_criterion(struct file_writer *out, const struct results *results, const struct movement_result *result,
	size_t i)
{
	const struct criterion_result *criterion = &result->criteria[i];
	bool money = criterion->is_comparison &&
		(criterion->value.type == VALUE_MONEY || criterion->required.type == VALUE_MONEY);

	csv_write_field(out, results->facts->people[result->person].id, true);
	csv_write_field(out, result->movement->title, false);
	csv_write_field(out, result->from ? result->from->id : "", false);
	csv_write_field(out, result->to ? result->to->id : "", false);
	csv_write_field(out, verdicts[result->verdict], false);
	csv_write_field(out, result->movement->criteria[i].name, false);
	csv_write_field(out, criterion->holds ? "yes" : "no", false);
	write_side(out, criterion->value, money);
	write_side(out, criterion->required, money);
	write_side(out, criterion->gap, money);
	csv_write_end(out);
}

bool movements_write(const struct results *results, const char *path, struct diag *diag)
{
	struct file_writer *out = file_writer_new(path, 0600);

	file_puts(out, "id,movement,from,to,verdict,criterion,holds,value,required,gap\n");
	for (size_t i = 0; i < results->movement_count; i++)
		for (size_t c = 0; c < results->movements[i].movement->criterion_count; c++)
			write_criterion(out, results, &results->movements[i], c);
	return file_writer_commit(out, diag);
}
