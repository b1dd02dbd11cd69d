#include "books/control.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "books/bank_file.h"
#include "books/control_words.h"
#include "books/net_pay.h"
#include "table/sheet.h"
#include "table/table.h"

/* What a month's controls are taken from beside its input. */
struct taking {
	const struct controls_input *input;
	const struct facts *facts;
	const struct csv_sheet *ledger; /* as it was written; NULL if it cannot be read */
	struct controls *out;
	struct arena *arena;
	struct diag *diag;
};

static struct control *add_control(struct taking *taking, const char *label, bool money)
{
	struct control *control = &taking->out->rows[taking->out->count++];

	*control = (struct control){ .label = label, .money = money };
	return control;
}

static void add_side(struct control *control, enum control_sign sign, const char *label, struct decimal value)
{
	control->sides[control->side_count++] = (struct control_side){ label, sign, value };
}

static void add_count(struct control *control, enum control_sign sign, const char *label, size_t count)
{
	add_side(control, sign, label, decimal_from_int((int64_t)count));
}

/* Every sum between two equals signs is the first one. */
static void close_control(struct control *control)
{
	struct decimal sum = decimal_zero(), first = control->sides[0].value;

	control->holds = true;
	for (size_t i = 0; i < control->side_count; i++) {
		const struct control_side *side = &control->sides[i];

		sum = side->sign == CONTROL_EQUALS ? side->value :
			side->sign == CONTROL_PLUS ? decimal_add(sum, side->value) : decimal_subtract(sum, side->value);
		if (i + 1 == control->side_count || control->sides[i + 1].sign == CONTROL_EQUALS)
			control->holds = control->holds && !decimal_compare(sum, first);
	}
}

/* Excluded people count only with a reason, so that nobody is left out untold. */
static size_t count_excluded(const struct facts *facts)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->person_count; i++)
		count += facts->people[i].exclusion != EXCLUDED_NO;
	return count;
}

const char *control_sign_name(enum control_sign sign)
{
	static const char *const names[] = { [CONTROL_EQUALS] = "equals", [CONTROL_PLUS] = "plus", [CONTROL_MINUS] = "minus" };

	return names[sign];
}

static void control_people(struct taking *taking)
{
	struct control *control = add_control(taking, "people", false);

	add_count(control, CONTROL_EQUALS, "staff", taking->facts->tables[taking->facts->rulebook->staff->index]->row_count);
	add_count(control, CONTROL_EQUALS, "paid", taking->input->documents->paid);
	add_count(control, CONTROL_PLUS, "held", taking->input->documents->held);
	add_count(control, CONTROL_PLUS, "excluded", count_excluded(taking->facts));
	close_control(control);
}

/* As many slips were drawn as the ledger and the units' documents have people. */
static void control_slips(struct taking *taking)
{
	struct control *control = add_control(taking, "slips", false);
	struct arena *scratch = arena_new();
	size_t files = 0;

	folder_list(arena_printf(scratch, "%s/payslips", taking->input->folder), scratch, &files, taking->diag);
	add_count(control, CONTROL_EQUALS, "slip-files", files);
	add_count(control, CONTROL_EQUALS, "ledger-rows", taking->ledger ? taking->ledger->row_count : 0);
	add_count(control, CONTROL_EQUALS, "paid", taking->input->documents->paid);
	add_count(control, CONTROL_PLUS, "held", taking->input->documents->held);
	close_control(control);
	arena_free(scratch);
}

/* Each unit's own page, not the topmost alone, shows what the slips below it come to. */
static void control_units(struct taking *taking)
{
	struct control *control = add_control(taking, "units", false);

	add_count(control, CONTROL_EQUALS, "sums", taking->input->documents->sums);
	add_count(control, CONTROL_EQUALS, "sums-right", taking->input->documents->sums_right);
	close_control(control);
}

/* Of a month that is published the rows are counted again, in the copy that the books keep of the file. */
static size_t rows_read(const struct taking *taking, const struct table_file *file)
{
	const struct controls_input *input = taking->input;

	if (!input->copies)
		return file->rows_read;
	return table_count_rows(file, arena_printf(taking->arena, "%s/%s", input->copies, text_below(input->inputs, file->path)),
		taking->diag);
}

/* Used: the rows that the tables hold; the others as the reader told them apart. */
static void control_rows(struct taking *taking)
{
	const struct facts *facts = taking->facts;
	struct control *control = add_control(taking, "rows", false);
	size_t read = 0, used = 0, ignored = 0, rejected = 0;

	for (size_t t = 0; t < facts->rulebook->table_count; t++) {
		used += facts->tables[t]->row_count;
		for (size_t f = 0; f < facts->tables[t]->file_count; f++) {
			const struct table_file *file = &facts->tables[t]->files[f];

			read += rows_read(taking, file);
			ignored += file->ignored_count;
			rejected += file->rows_rejected;
		}
	}
	add_count(control, CONTROL_EQUALS, "read", read);
	add_count(control, CONTROL_EQUALS, "used", used);
	add_count(control, CONTROL_PLUS, "ignored", ignored);
	add_count(control, CONTROL_PLUS, "rejected", rejected);
	close_control(control);
}

/* The schemes without net pay, named; NULL if all have some. */
static const char *schemes_without(const struct taking *taking, bool *any)
{
	const struct rulebook *rulebook = taking->facts->rulebook;
	const char *names = NULL;

	*any = false;
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		const struct policy *policy = rulebook->schemes[s].policy;
		const char *name = *rulebook->schemes[s].name ? rulebook->schemes[s].name : policy->title;

		if (policy_has_net_pay(policy))
			*any = true;
		else
			names = names ? arena_printf(taking->arena, "%s, %s", names, name) : name;
	}
	return names;
}

static bool is_net_column(const struct taking *taking, size_t column, size_t person)
{
	const struct rulebook *rulebook = taking->facts->rulebook;

	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		const struct item *item = rulebook->columns[column].items[s];

		/* A row of nobody we know adds whatever it has. */
		if (item && item_is_net_pay(item) && (person == SIZE_MAX || taking->facts->people[person].scheme == s))
			return true;
	}
	return false;
}

/* The columns of the sheet that are net pay for somebody, with their column of the rulebook; how many. */
static size_t net_columns(const struct taking *taking, size_t (*columns)[2])
{
	const struct rulebook *rulebook = taking->facts->rulebook;
	size_t count = 0;

	for (size_t c = 0; c < rulebook->column_count; c++) {
		int found = is_net_column(taking, c, SIZE_MAX) ? csv_sheet_column(taking->ledger, rulebook->columns[c].name) : -1;

		if (found < 0)
			continue;
		columns[count][0] = (size_t)found;
		columns[count++][1] = c;
	}
	return count;
}

static struct decimal sum_of_ledger(const struct taking *taking)
{
	const struct facts *facts = taking->facts;
	size_t (*columns)[2] = arena_array(taking->arena, facts->rulebook->column_count + 1, sizeof(*columns));
	size_t count = taking->ledger ? net_columns(taking, columns) : 0;
	struct decimal sum = decimal_zero(), value;

	for (size_t row = 0; count && row < taking->ledger->row_count; row++) {
		size_t person = facts_person(facts, csv_sheet_field(taking->ledger, row, 0));

		for (size_t i = 0; i < count; i++) {
			const char *text = csv_sheet_field(taking->ledger, row, columns[i][0]);

			if (is_net_column(taking, columns[i][1], person) && decimal_parse(text, strlen(text), &value))
				sum = decimal_add(sum, value);
		}
	}
	return sum;
}

static void control_net(struct taking *taking)
{
	const struct control_documents *documents = taking->input->documents;
	struct bank_sums bank;
	struct control *control;
	bool any;
	const char *without = schemes_without(taking, &any);

	if (!any) /* regulations that pay nothing out, only scores */
		return;
	control = add_control(taking, "net", true);
	control->without = without;
	bank_sums_read(taking->input->results, taking->input->folder, &bank, taking->arena, taking->diag);
	add_side(control, CONTROL_EQUALS, "ledger", sum_of_ledger(taking));
	add_side(control, CONTROL_EQUALS, "slip-sum", documents->slips);
	add_side(control, CONTROL_EQUALS, "unit-sum", documents->units);
	if (bank.has_file) {
		add_side(control, CONTROL_EQUALS, "bank", bank.paid);
		add_side(control, CONTROL_PLUS, "held-back", documents->held_back);
	}
	if (bank.has_rest)
		add_side(control, CONTROL_PLUS, "no-bank", bank.rest);
	control->no_bank = !bank.has_file;
	close_control(control);
}

/* Last month + joiners − leavers = this month. */
static void control_staff(struct taking *taking)
{
	const struct earlier *earlier = taking->input->earlier;
	const struct facts *facts = taking->facts;
	struct control *control;
	size_t joiners = 0;

	if (!earlier->has_last_ledger)
		return;
	for (size_t i = 0; i < facts->person_count; i++)
		joiners += facts->people[i].state != PERSON_EXCLUDED && !earlier->had_last[i];
	control = add_control(taking, "change", false);
	add_count(control, CONTROL_EQUALS, "this-month", taking->ledger ? taking->ledger->row_count : 0);
	add_count(control, CONTROL_EQUALS, "last-month", earlier->last_people);
	add_count(control, CONTROL_PLUS, "joiners", joiners);
	add_count(control, CONTROL_MINUS, "leavers", earlier->last_leavers);
	close_control(control);
}

static void report(const struct control *control, struct arena *arena, struct diag *diag)
{
	static const char *const signs[] = { [CONTROL_EQUALS] = " = ", [CONTROL_PLUS] = " + ", [CONTROL_MINUS] = " − " };
	struct text_buffer sides = TEXT_BUFFER_INIT;
	bool chinese = diag_is_chinese(diag);

	for (size_t i = 0; i < control->side_count; i++) {
		char room[DECIMAL_TEXT];

		text_buffer_printf(&sides, "%s%s %s", i ? signs[control->sides[i].sign] : "",
			control_word(control->sides[i].label, chinese),
			control->money ? decimal_format_places(control->sides[i].value, 2, room) :
			decimal_format(control->sides[i].value, room));
	}
	diag_add(diag, MSG_CONTROL_OPEN, PLACE_NONE, control_word(control->label, chinese), text_buffer_take(&sides, arena), NULL);
	text_buffer_release(&sides);
}

void controls_compute(const struct controls_input *input, struct controls *out, struct arena *arena, struct diag *diag)
{
	struct arena *scratch = arena_new();
	struct taking taking = { input, input->results->facts, NULL, out, arena, diag };

	taking.ledger = csv_sheet_read(arena_printf(scratch, "%s/ledger.csv", input->folder), scratch, diag);
	out->count = 0;
	control_people(&taking);
	if (input->copies)
		control_slips(&taking);
	control_net(&taking);
	if (input->copies)
		control_units(&taking);
	control_rows(&taking);
	control_staff(&taking);
	for (size_t i = 0; i < out->count; i++)
		if (!out->rows[i].holds)
			report(&out->rows[i], arena, diag);
	arena_free(scratch);
}

void control_documents_add(struct control_documents *sum, const struct control_documents *part)
{
	sum->paid += part->paid;
	sum->held += part->held;
	sum->slips = decimal_add(sum->slips, part->slips);
	sum->held_back = decimal_add(sum->held_back, part->held_back);
	sum->units = decimal_add(sum->units, part->units);
	sum->sums += part->sums;
	sum->sums_right += part->sums_right;
}

void control_documents_foresee(const struct results *results, struct control_documents *out)
{
	const struct facts *facts = results->facts;

	*out = (struct control_documents){ .slips = decimal_zero(), .held_back = decimal_zero(), .units = decimal_zero() };
	for (size_t i = 0; i < facts->person_count; i++) {
		bool held = facts->people[i].state == PERSON_HELD;

		if (facts->people[i].state == PERSON_EXCLUDED)
			continue;
		out->held += held;
		out->paid += !held;
		out->slips = decimal_add(out->slips, slip_pay_of(results, i));
		if (held)
			out->held_back = decimal_add(out->held_back, net_pay_of(results, i));
	}
	for (size_t i = 0; i < facts->by_unit_count; i++)
		out->units = decimal_add(out->units, net_pay_of(results, facts->by_unit[i]));
}
