#include "books/restate.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "table/sheet.h"

/* A figure that pays, wherever it stands today and stood then. */
struct figure {
	const char *name;
	size_t today; /* column of the results; SIZE_MAX if there is none any more */
	int then; /* column of the ledger; -1 if there was none */
	bool is_net;
};

struct restating {
	const struct restate_input *input;
	struct restatement *out;
	struct arena *arena;
	struct figure *figures;
	size_t figure_count;
	int id, name; /* columns of the ledger */
	struct map *sums; /* "id\nfigure" -> the sum of its corrections */
};

/* The section that the column's figure pays in; SECTION_FACTS if it pays nothing. */
static enum section pay_section(const struct rulebook *rulebook, size_t column)
{
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		const struct item *item = rulebook->columns[column].items[s];
		enum section section = !item ? SECTION_FACTS : item->kind == ITEM_TOTAL ? item->total_of : item->section;

		if (section != SECTION_FACTS && section != SECTION_SCORE)
			return section;
	}
	return SECTION_FACTS;
}

static bool has_figure(const struct restating *restating, const char *name)
{
	for (size_t i = 0; i < restating->figure_count; i++)
		if (!strcmp(restating->figures[i].name, name))
			return true;
	return false;
}

static void add_figures(struct restating *restating, const struct rulebook *rulebook, bool today)
{
	for (size_t c = 0; c < rulebook->column_count; c++) {
		const struct ledger_column *column = &rulebook->columns[c];
		enum section section = pay_section(rulebook, c);

		if (column->type != VALUE_MONEY || section == SECTION_FACTS || has_figure(restating, column->name))
			continue;
		restating->figures[restating->figure_count++] = (struct figure){ column->name, today ? c : SIZE_MAX,
			csv_sheet_column(restating->input->ledger, column->name), section == SECTION_NET };
	}
}

static const char *sum_key(struct arena *arena, const char *id, const char *figure)
{
	return arena_printf(arena, "%s\n%s", id, figure);
}

static void add_corrections(struct restating *restating)
{
	for (size_t i = 0; i < restating->input->correction_count; i++) {
		const struct correction *correction = &restating->input->corrections[i];
		const char *key = sum_key(restating->arena, correction->id, correction->figure);
		struct decimal *sum = map_get(restating->sums, key);

		if (!sum) {
			sum = arena_alloc(restating->arena, sizeof(*sum));
			*sum = decimal_zero();
			map_put(restating->sums, key, sum);
		}
		*sum = decimal_add(*sum, correction->amount);
	}
}

/* One person: where they stand today and stood then; SIZE_MAX where they do not. */
struct standing {
	const char *id, *name;
	size_t today, then;
	bool was_held, is_held;
};

static struct decimal due_today(const struct restating *restating, const struct standing *who, const struct figure *figure)
{
	const struct value *value = who->today == SIZE_MAX || figure->today == SIZE_MAX ? NULL :
		results_value(restating->input->results, who->today, figure->today);

	return value && !value->missing ? value->number : decimal_zero();
}

/* False where the ledger has no value. */
static bool booked(const struct restating *restating, const struct standing *who, const struct figure *figure,
	struct decimal *out)
{
	const char *text = who->then == SIZE_MAX || figure->then < 0 ? "" :
		csv_sheet_field(restating->input->ledger, who->then, (size_t)figure->then);

	*out = decimal_zero();
	return decimal_parse(text, strlen(text), out);
}

static void add_row(struct restatement *out, const struct restated *row, struct arena *arena)
{
	if (out->count == out->room) {
		out->room = out->room ? out->room * 2 : 64;
		out->rows = arena_grow(arena, out->rows, out->count, out->room, sizeof(*out->rows));
	}
	out->rows[out->count++] = *row;
	out->remaining += decimal_sign(row->remains) != 0;
}

static void restate_figure(struct restating *restating, const struct standing *who, const struct figure *figure)
{
	const struct decimal *sum = map_get(restating->sums, sum_key(restating->arena, who->id, figure->name));
	struct restated row = { .id = who->id, .name = who->name, .figure = figure->name, .is_net = figure->is_net,
		.why = who->then == SIZE_MAX ? RESTATED_ADDED : who->today == SIZE_MAX ? RESTATED_GONE : RESTATED_CHANGED };
	struct decimal ledger;

	row.due = due_today(restating, who, figure);
	if (booked(restating, who, figure, &ledger) && who->was_held && figure->is_net) {
		/* What was withheld is one thing, what has changed since another, which the earnings and deductions say. */
		row.why = RESTATED_RELEASED;
		row.due = who->is_held ? decimal_zero() : ledger;
		ledger = decimal_zero();
	}
	row.paid = ledger;
	row.corrected = sum ? *sum : decimal_zero();
	row.remains = decimal_subtract(decimal_subtract(row.due, row.paid), row.corrected);
	if (decimal_compare(row.due, row.paid) || decimal_sign(row.corrected))
		add_row(restating->out, &row, restating->arena);
}

static void restate_person(struct restating *restating, struct standing *who)
{
	const struct restate_input *input = restating->input;

	if (who->today != SIZE_MAX && input->results->failed[who->today]) {
		restating->out->failed[restating->out->failed_count++] = who->id;
		return;
	}
	for (size_t i = 0; i < input->held_count; i++)
		who->was_held = who->was_held || !strcmp(input->held[i], who->id);
	who->is_held = who->today != SIZE_MAX && input->results->facts->people[who->today].state == PERSON_HELD;
	for (size_t i = 0; i < restating->figure_count; i++)
		restate_figure(restating, who, &restating->figures[i]);
}

/* Both lists are sorted by id: today's people and the ledger's. */
static void restate_people(struct restating *restating)
{
	const struct facts *facts = restating->input->results->facts;
	const struct csv_sheet *ledger = restating->input->ledger;
	size_t person = 0, row = 0;

	while (person < facts->person_count || row < ledger->row_count) {
		struct standing who = { NULL, "", SIZE_MAX, SIZE_MAX, false, false };
		const char *then = row < ledger->row_count ? csv_sheet_field(ledger, row, (size_t)restating->id) : NULL;
		const struct person *now = person < facts->person_count ? &facts->people[person] : NULL;
		int order = !then ? -1 : !now ? 1 : strcmp(now->id, then);

		if (order >= 0) {
			who.id = then;
			who.name = restating->name < 0 ? "" : csv_sheet_field(ledger, row, (size_t)restating->name);
			who.then = row++;
		}
		if (order <= 0) {
			who.id = now->id;
			who.name = now->name;
			who.today = now->state == PERSON_EXCLUDED ? SIZE_MAX : person;
			person++;
		}
		restate_person(restating, &who);
	}
}

void restate(const struct restate_input *input, struct restatement *out, struct arena *arena)
{
	const struct rulebook *today = input->results->facts->rulebook;
	const struct column *name = table_spec_role(input->sealed->staff, ROLE_NAME);
	struct restating restating = { .input = input, .out = out, .arena = arena, .sums = map_new(),
		.id = csv_sheet_column(input->ledger, table_spec_role(input->sealed->staff, ROLE_ID)->name),
		.name = name ? csv_sheet_column(input->ledger, name->name) : -1 };

	*out = (struct restatement){ 0 };
	out->failed = arena_array(arena, input->results->facts->person_count + 1, sizeof(*out->failed));
	restating.figures = arena_array(arena, today->column_count + input->sealed->column_count + 1, sizeof(*restating.figures));
	add_figures(&restating, today, true);
	add_figures(&restating, input->sealed, false);
	add_corrections(&restating);
	if (restating.id >= 0)
		restate_people(&restating);
	map_free(restating.sums);
}
