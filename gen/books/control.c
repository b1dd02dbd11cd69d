#include "books/control.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "books/exports.h"
#include "table/sheet.h"

static struct control *add_control(struct controls *controls, const char *label, bool money)
{
	struct control *control = &controls->rows[controls->count++];

	*control = (struct control){ .label = label, .money = money };
	return control;
}

static void add_side(struct control *control, const char *label, struct decimal value)
{
	control->sides[control->side_count++] = (struct control_side){ label, value };
}

static void add_count(struct control *control, const char *label, size_t count)
{
	add_side(control, label, decimal_from_int((int64_t)count));
}

/* The first side is the sum of the others. */
static void close_as_parts(struct control *control)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 1; i < control->side_count; i++)
		sum = decimal_add(sum, control->sides[i].value);
	control->holds = !decimal_compare(sum, control->sides[0].value);
}

static void close_as_equal(struct control *control)
{
	control->holds = true;
	for (size_t i = 1; i < control->side_count; i++)
		control->holds = control->holds && !decimal_compare(control->sides[i].value, control->sides[0].value);
}

static size_t count_state(const struct facts *facts, enum person_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < facts->person_count; i++)
		count += facts->people[i].state == state;
	return count;
}

static void control_people(const struct facts *facts, struct controls *controls)
{
	struct control *control = add_control(controls, "people", false);

	add_count(control, "staff", facts->tables[facts->rulebook->staff->index]->row_count);
	add_count(control, "paid", count_state(facts, PERSON_PAID));
	add_count(control, "held", count_state(facts, PERSON_HELD));
	add_count(control, "excluded", count_state(facts, PERSON_EXCLUDED));
	close_as_parts(control);
}

static void control_rows(const struct facts *facts, struct controls *controls)
{
	struct control *control = add_control(controls, "rows", false);
	size_t read = 0, used = 0, ignored = 0, rejected = 0;

	for (size_t t = 0; t < facts->rulebook->table_count; t++)
		for (size_t f = 0; f < facts->tables[t]->file_count; f++) {
			const struct table_file *file = &facts->tables[t]->files[f];

			read += file->rows_read;
			used += file->rows_used;
			ignored += file->rows_ignored;
			rejected += file->rows_rejected;
		}
	add_count(control, "read", read);
	add_count(control, "used", used);
	add_count(control, "ignored", ignored);
	add_count(control, "rejected", rejected);
	close_as_parts(control);
}

/* The first figure of section net of each scheme: what is paid out. SIZE_MAX if a policy has none. */
static size_t net_column(const struct policy *policy)
{
	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i]->section == SECTION_NET && policy->items[i]->column != SIZE_MAX &&
			policy->items[i]->type == VALUE_MONEY)
			return policy->items[i]->column;
	return SIZE_MAX;
}

static struct place net_place(const struct policy *policy, size_t column)
{
	for (size_t i = 0; i < policy->item_count; i++)
		if (policy->items[i]->column == column)
			return policy->items[i]->place;
	return PLACE_NONE;
}

static struct decimal net_of(const struct results *results, size_t person)
{
	const struct person *p = &results->facts->people[person];
	size_t column = p->state == PERSON_EXCLUDED ? SIZE_MAX : net_column(p->policy);
	const struct value *value = column == SIZE_MAX ? NULL : results_value(results, person, column);

	return value && !value->missing ? value->number : decimal_zero();
}

/* What a slip adds up to: its earnings less its deductions. */
static struct decimal slip_of(const struct results *results, size_t person)
{
	const struct policy *policy = results->facts->people[person].policy;
	struct decimal sum = decimal_zero();

	if (results->failed[person]) /* held with an error: nothing adds up yet, and nothing is paid */
		return net_of(results, person);
	for (size_t i = 0; i < policy->item_count; i++) {
		const struct item *item = policy->items[i];
		const struct value *value;

		if (item->kind != ITEM_FIGURE || item->type != VALUE_MONEY ||
			(item->section != SECTION_EARNINGS && item->section != SECTION_DEDUCTIONS))
			continue;
		value = results_value(results, person, item->column);
		if (value->missing)
			continue;
		sum = item->section == SECTION_EARNINGS ? decimal_add(sum, value->number) :
			decimal_subtract(sum, value->number);
	}
	return sum;
}

static struct decimal sum_of_units(const struct results *results)
{
	const struct facts *facts = results->facts;
	struct decimal sum = decimal_zero();
	size_t in_units = 0;

	for (size_t u = 0; u < facts->unit_count; u++)
		for (size_t i = facts->units[u].first; i < facts->units[u].own_last; i++, in_units++)
			sum = decimal_add(sum, net_of(results, facts->by_unit[i]));
	for (size_t i = in_units; i < facts->by_unit_count; i++)
		sum = decimal_add(sum, net_of(results, facts->by_unit[i]));
	return sum;
}

/* Σ of named columns of a sheet; each row counts in the first of them it has. */
static struct decimal sum_of_sheet(const char *path, const char **names, size_t count, struct diag *diag)
{
	struct arena *scratch = arena_new();
	const struct csv_sheet *sheet = csv_sheet_read(path, scratch, diag);
	struct decimal sum = decimal_zero(), value;

	for (size_t row = 0; sheet && row < sheet->row_count; row++)
		for (size_t i = 0; i < count; i++) {
			int column = csv_sheet_column(sheet, names[i]);
			const char *text = column < 0 ? "" : csv_sheet_field(sheet, row, (size_t)column);

			if (!decimal_parse(text, strlen(text), &value))
				continue;
			sum = decimal_add(sum, value);
			break;
		}
	arena_free(scratch);
	return sum;
}

static const struct export_column *column_of_net(const struct export *export, size_t net)
{
	for (size_t c = 0; !export->of && c < export->column_count; c++) {
		const struct node *root = export->columns[c].formula->root;

		if (root && root->kind == NODE_FIGURE && root->item->column == net)
			return &export->columns[c];
	}
	return NULL;
}

/* The bank file is the export with an account that pays out the net figure; NULL if there is none. */
static const struct export_file *bank_file(const struct results *results, const char **title, struct arena *arena)
{
	const struct rulebook *rulebook = results->facts->rulebook;
	size_t count;
	const struct export_file *files = exports_list(results, arena, &count);

	for (size_t i = 0; i < count; i++) {
		bool every = true;

		for (size_t s = 0; s < rulebook->scheme_count; s++) {
			const struct export_column *column = files[i].parts[s] ?
				column_of_net(files[i].parts[s], net_column(rulebook->schemes[s].policy)) : NULL;

			every = every && column;
			*title = column ? column->title : *title;
		}
		if (every)
			return &files[i];
	}
	return NULL;
}

static void control_net(const struct results *results, const char *folder, struct controls *controls, struct arena *arena,
	struct diag *diag)
{
	const struct facts *facts = results->facts;
	struct control *control = add_control(controls, "net", true);
	struct decimal held = decimal_zero(), slips = decimal_zero();
	const char **names = arena_array(arena, facts->rulebook->scheme_count, sizeof(*names)), *title = NULL;
	const struct export_file *bank;

	for (size_t s = 0; s < facts->rulebook->scheme_count; s++) {
		size_t net = net_column(facts->rulebook->schemes[s].policy);

		if (net == SIZE_MAX) { /* a regulation that pays nothing out, only scores */
			controls->count--;
			return;
		}
		names[s] = facts->rulebook->columns[net].name;
	}
	for (size_t i = 0; i < facts->person_count; i++) {
		if (facts->people[i].state == PERSON_HELD)
			held = decimal_add(held, net_of(results, i));
		if (facts->people[i].state != PERSON_EXCLUDED)
			slips = decimal_add(slips, slip_of(results, i));
	}
	add_side(control, "ledger", sum_of_sheet(arena_printf(arena, "%s/ledger.csv", folder), names,
		facts->rulebook->scheme_count, diag));
	add_side(control, "slips", slips);
	add_side(control, "units", sum_of_units(results));
	bank = bank_file(results, &title, arena);
	if (bank)
		add_side(control, "bank-and-held", decimal_add(held,
			sum_of_sheet(arena_printf(arena, "%s/export/%s", folder, bank->file), &title, 1, diag)));
	close_as_equal(control);
}

/* Last month + joiners − leavers = this month. */
static void control_staff(const struct results *results, const struct earlier *earlier, struct controls *controls)
{
	const struct facts *facts = results->facts;
	struct control *control;
	size_t joiners = 0;

	if (!earlier->has_last_ledger)
		return;
	for (size_t i = 0; i < facts->person_count; i++)
		joiners += facts->people[i].state != PERSON_EXCLUDED && !earlier->had_last[i];
	control = add_control(controls, "change", false);
	add_count(control, "this-month", facts->by_unit_count);
	add_count(control, "last-month", earlier->last_people);
	add_count(control, "joiners", joiners);
	add_side(control, "leavers", decimal_negate(decimal_from_int((int64_t)earlier->last_leavers)));
	close_as_parts(control);
}

/* A wrong formula of the net figure, which is what it nearly always is, told by the first person whom it hits. */
static bool report_slip(const struct results *results, struct diag *diag)
{
	for (size_t i = 0; i < results->facts->person_count; i++) {
		const struct person *person = &results->facts->people[i];
		char net[DECIMAL_TEXT], slip[DECIMAL_TEXT];
		size_t column;

		if (person->state == PERSON_EXCLUDED || !decimal_compare(net_of(results, i), slip_of(results, i)))
			continue;
		column = net_column(person->policy);
		diag_add(diag, MSG_NET_OPEN, net_place(person->policy, column), results->facts->rulebook->columns[column].name,
			person->id, decimal_format(net_of(results, i), net), decimal_format(slip_of(results, i), slip), NULL);
		return true;
	}
	return false;
}

static void report(const struct controls *controls, const struct results *results, struct arena *arena, struct diag *diag)
{
	for (size_t i = 0; i < controls->count; i++) {
		const struct control *control = &controls->rows[i];
		struct text_buffer sides = TEXT_BUFFER_INIT;
		char room[DECIMAL_TEXT];

		for (size_t s = 0; !control->holds && s < control->side_count; s++)
			text_buffer_printf(&sides, "%s%s %s", s ? ", " : "", control->sides[s].label,
				decimal_format(control->sides[s].value, room));
		if (!control->holds && !(control->money && report_slip(results, diag)))
			diag_add(diag, MSG_CONTROL_OPEN, PLACE_NONE, control->label, text_buffer_take(&sides, arena), NULL);
		text_buffer_release(&sides);
	}
}

void controls_compute(const struct results *results, const struct earlier *earlier, const char *folder,
	struct controls *out, struct arena *arena, struct diag *diag)
{
	out->count = 0;
	control_people(results->facts, out);
	control_net(results, folder, out, arena, diag);
	control_rows(results->facts, out);
	control_staff(results, earlier, out);
	report(out, results, arena, diag);
}
