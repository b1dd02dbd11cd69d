#include "calc/gains.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct gaining {
	const struct results *before, *after;
	struct gains *out;
	struct arena *arena;
	const char **figures; size_t figure_count; /* of either side */
	size_t *columns[2]; /* by figure: of before and after; SIZE_MAX */
};

/* The section that a column's figure pays in, on the side that has it. */
static enum section section_of(const struct rulebook *rulebook, size_t column, bool *is_part)
{
	*is_part = false;
	for (size_t s = 0; column != SIZE_MAX && s < rulebook->scheme_count; s++) {
		const struct item *item = rulebook->columns[column].items[s];

		if (!item)
			continue;
		*is_part = item->kind != ITEM_TOTAL && item->section != SECTION_FACTS && item->section != SECTION_SCORE &&
			item->section != SECTION_NET && item->type == VALUE_MONEY;
		return item->kind == ITEM_TOTAL ? item->total_of : item->section;
	}
	return SECTION_FACTS;
}

static size_t column_of(const struct rulebook *rulebook, const char *name)
{
	for (size_t c = 0; c < rulebook->column_count; c++)
		if (!strcmp(rulebook->columns[c].name, name))
			return c;
	return SIZE_MAX;
}

/* The new side's in its order, then what it has no more. */
static void list_figures(struct gaining *gaining)
{
	const struct rulebook *before = gaining->before->facts->rulebook, *after = gaining->after->facts->rulebook;
	size_t room = before->column_count + after->column_count + 1;

	gaining->figures = arena_array(gaining->arena, room, sizeof(*gaining->figures));
	gaining->columns[0] = arena_array(gaining->arena, room, sizeof(size_t));
	gaining->columns[1] = arena_array(gaining->arena, room, sizeof(size_t));
	for (size_t c = 0; c < after->column_count; c++) {
		gaining->columns[0][gaining->figure_count] = column_of(before, after->columns[c].name);
		gaining->columns[1][gaining->figure_count] = c;
		gaining->figures[gaining->figure_count++] = after->columns[c].name;
	}
	for (size_t c = 0; c < before->column_count; c++) {
		if (column_of(after, before->columns[c].name) != SIZE_MAX)
			continue;
		gaining->columns[0][gaining->figure_count] = c;
		gaining->columns[1][gaining->figure_count] = SIZE_MAX;
		gaining->figures[gaining->figure_count++] = before->columns[c].name;
	}
}

/* ---- sums ---- */

static void add_change(struct gain_sum *sum, struct decimal before, struct decimal after)
{
	struct decimal change = decimal_subtract(after, before);
	int sign = decimal_sign(change);

	sum->people++;
	sum->before = decimal_add(sum->before, before);
	sum->after = decimal_add(sum->after, after);
	if (sign > 0) {
		sum->gaining++;
		sum->gains = decimal_add(sum->gains, change);
	} else if (sign < 0) {
		sum->losing++;
		sum->losses = decimal_add(sum->losses, change);
	}
}

static struct gain_sum empty_sum(const char *name)
{
	return (struct gain_sum){ .name = name, .before = decimal_zero(), .after = decimal_zero(), .gains = decimal_zero(),
		.losses = decimal_zero() };
}

static struct gain_sum *sum_of(struct gaining *gaining, struct gain_sums *sums, const char *name)
{
	for (size_t i = 0; i < sums->count; i++)
		if (!strcmp(sums->rows[i].name, name))
			return &sums->rows[i];
	sums->rows = arena_append(gaining->arena, sums->rows, sums->count, sizeof(*sums->rows));
	sums->rows[sums->count] = empty_sum(name);
	return &sums->rows[sums->count++];
}

/* So that units stand as the tree does and grades as the policies do, not as people happen to come. */
static void seed_sums(struct gaining *gaining)
{
	const struct facts *facts = gaining->after->facts;
	const struct rulebook *rulebook = facts->rulebook;

	for (size_t u = 0; u < facts->unit_count; u++)
		sum_of(gaining, &gaining->out->units, facts->units[u].name);
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		for (size_t g = 0; g < rulebook->schemes[s].policy->grade_count; g++)
			sum_of(gaining, &gaining->out->grades, rulebook->schemes[s].policy->grades[g].title);
	for (size_t i = 0; i < gaining->figure_count; i++)
		sum_of(gaining, &gaining->out->figures, gaining->figures[i]);
}

/* changed: those that are the same for everybody too. */
static void drop_empty(struct gain_sums *sums, bool changed)
{
	size_t kept = 0;

	for (size_t i = 0; i < sums->count; i++)
		if (sums->rows[i].people && (!changed || sums->rows[i].gaining || sums->rows[i].losing))
			sums->rows[kept++] = sums->rows[i];
	sums->count = kept;
}

/* ---- one person ---- */

/* Where a person stands on both sides; SIZE_MAX where they are not computed. */
struct standing {
	size_t at[2];
};

static const struct value *value_at(const struct gaining *gaining, const struct standing *who, size_t figure, int side)
{
	const struct results *results = side ? gaining->after : gaining->before;
	size_t column = gaining->columns[side][figure];

	return who->at[side] == SIZE_MAX || column == SIZE_MAX ? NULL : results_value(results, who->at[side], column);
}

static struct decimal amount(const struct value *value)
{
	return value && !value->missing && value_type_is_numeric(value->type) ? value->number : decimal_zero();
}

static bool is_same(const struct value *a, const struct value *b)
{
	if (a->missing || b->missing)
		return a->missing == b->missing;
	if (value_type_is_numeric(a->type) && value_type_is_numeric(b->type))
		return !decimal_compare(a->number, b->number);
	if (a->type != b->type)
		return false;
	/* Each side has a pool of its own. */
	return a->type == VALUE_TEXT || a->type == VALUE_GRADE ? !strcmp(a->text, b->text) : value_equal(a, b);
}

static void compare_figure(struct gaining *gaining, const struct standing *who, size_t figure)
{
	struct gains *out = gaining->out;
	struct gain_person *person = &out->people[out->person_count];
	const struct value *before = value_at(gaining, who, figure, 0), *after = value_at(gaining, who, figure, 1);
	int side = gaining->columns[1][figure] != SIZE_MAX;
	const struct results *results = side ? gaining->after : gaining->before;
	const struct ledger_column *column = &results->facts->rulebook->columns[gaining->columns[side][figure]];
	struct gain_cell cell = { .person = out->person_count, .figure = gaining->figures[figure],
		.before = before ? *before : value_missing(column->type), .after = after ? *after : value_missing(column->type),
		.difference = value_missing(column->type) };

	cell.section = section_of(results->facts->rulebook, gaining->columns[side][figure], &cell.is_part);
	if (column->type == VALUE_MONEY) {
		out->figures.rows[figure].section = cell.section;
		add_change(&out->figures.rows[figure], amount(before), amount(after));
	}
	if (cell.section == SECTION_NET && column->type == VALUE_MONEY) {
		person->before = decimal_add(person->before, amount(before));
		person->after = decimal_add(person->after, amount(after));
	}
	if (is_same(&cell.before, &cell.after))
		return;
	/* Money that one side does not have was or is not paid. */
	if (column->type == VALUE_MONEY || (value_type_is_numeric(column->type) && !cell.before.missing && !cell.after.missing))
		cell.difference = value_number(column->type, decimal_subtract(amount(after), amount(before)));
	out->cells = arena_append(gaining->arena, out->cells, out->cell_count, sizeof(*out->cells));
	out->cells[out->cell_count++] = cell;
}

static const char *grade_of(const struct person *person)
{
	const struct grade *grade = person->grade && person->policy ? policy_grade(person->policy, person->grade) : NULL;

	return grade ? grade->title : person->grade ? person->grade : "";
}

static void add_person(struct gaining *gaining, const struct standing *who)
{
	struct gains *out = gaining->out;
	int side = who->at[1] != SIZE_MAX;
	const struct facts *facts = (side ? gaining->after : gaining->before)->facts;
	const struct person *person = &facts->people[who->at[side]];
	struct gain_person *row = &out->people[out->person_count];

	*row = (struct gain_person){ .id = person->id, .name = person->name,
		.unit = person->unit == SIZE_MAX ? "" : facts->units[person->unit].name, .grade = grade_of(person),
		.before = decimal_zero(), .after = decimal_zero(), .was = who->at[0] != SIZE_MAX, .is = who->at[1] != SIZE_MAX,
		.first = out->cell_count };
	for (size_t i = 0; i < gaining->figure_count; i++)
		compare_figure(gaining, who, i);
	row->end = out->cell_count;
	row->change = decimal_subtract(row->after, row->before);
	add_change(&out->all, row->before, row->after);
	add_change(sum_of(gaining, &out->units, row->unit), row->before, row->after);
	add_change(sum_of(gaining, &out->grades, row->grade), row->before, row->after);
}

/* ---- promotion lines ---- */

/* Both lists are by person: the person's own begin at `first`. */
static const struct movement_result *find_movement(const struct results *results, size_t first, size_t person, const char *title)
{
	for (size_t i = first; i < results->movement_count && results->movements[i].person == person; i++)
		if (!strcmp(results->movements[i].movement->title, title))
			return &results->movements[i];
	return NULL;
}

static void add_crossing(struct gaining *gaining, const struct movement_result *before, const struct movement_result *after)
{
	struct gains *out = gaining->out;
	const struct movement_result *either = after ? after : before;
	struct gain_crossing crossing = { .person = out->person_count, .movement = either->movement->title,
		.to = either->to ? either->to->title : "", .had = before, .has = after,
		.before = before ? before->verdict : VERDICT_NOT_ELIGIBLE, .after = after ? after->verdict : VERDICT_NOT_ELIGIBLE };

	if (crossing.before == crossing.after)
		return;
	out->crossings = arena_append(gaining->arena, out->crossings, out->crossing_count, sizeof(*out->crossings));
	out->crossings[out->crossing_count++] = crossing;
}

static void pass_over(const struct results *results, size_t person, size_t *next)
{
	while (person != SIZE_MAX && *next < results->movement_count && results->movements[*next].person < person)
		++*next;
}

static void compare_movements(struct gaining *gaining, const struct standing *who, size_t next[2])
{
	const struct results *sides[2] = { gaining->before, gaining->after };

	pass_over(sides[0], who->at[0], &next[0]);
	pass_over(sides[1], who->at[1], &next[1]);
	for (int side = 1; side >= 0; side--)
		for (size_t i = next[side]; i < sides[side]->movement_count && sides[side]->movements[i].person == who->at[side]; i++) {
			const struct movement_result *own = &sides[side]->movements[i];
			const struct movement_result *other = find_movement(sides[!side], next[!side], who->at[!side], own->movement->title);

			if (side)
				add_crossing(gaining, other, own);
			else if (!other)
				add_crossing(gaining, own, NULL);
		}
}

/* ---- everyone ---- */

static const struct person *computed(const struct facts *facts, size_t *at)
{
	while (*at < facts->person_count && facts->people[*at].state == PERSON_EXCLUDED)
		++*at;
	return *at < facts->person_count ? &facts->people[*at] : NULL;
}

static void compare_people(struct gaining *gaining)
{
	const struct facts *old = gaining->before->facts, *new = gaining->after->facts;
	size_t at[2] = { 0, 0 }, next[2] = { 0, 0 };

	for (;;) {
		const struct person *was = computed(old, &at[0]), *is = computed(new, &at[1]);
		int order = !was ? 1 : !is ? -1 : strcmp(was->id, is->id);
		struct standing who = { { SIZE_MAX, SIZE_MAX } };

		if (!was && !is)
			return;
		if (order <= 0)
			who.at[0] = at[0]++;
		if (order >= 0)
			who.at[1] = at[1]++;
		add_person(gaining, &who);
		compare_movements(gaining, &who, next);
		gaining->out->person_count++;
	}
}

static int by_change(const void *a, const void *b, void *context)
{
	const struct gains *gains = context;
	const size_t *x = a, *y = b;
	int order = decimal_compare(gains->people[*y].change, gains->people[*x].change);

	return order ? order : (*x > *y) - (*x < *y);
}

/* From the end of the order, but people of one loss as they stand there. */
static void list_losers(struct gains *out)
{
	size_t end = out->person_count, count = 0;

	while (count < out->all.losing) {
		size_t first = end;

		while (first && !decimal_compare(out->people[out->order[first - 1]].change, out->people[out->order[end - 1]].change))
			first--;
		for (size_t i = first; i < end; i++)
			out->losers[count++] = out->order[i];
		end = first;
	}
}

void gains_compute(const struct results *before, const struct results *after, struct gains *out, struct arena *arena)
{
	struct gaining gaining = { .before = before, .after = after, .out = out, .arena = arena };
	size_t room = before->facts->person_count + after->facts->person_count + 1;

	*out = (struct gains){ .people = arena_array(arena, room, sizeof(*out->people)),
		.order = arena_array(arena, room, sizeof(*out->order)), .losers = arena_array(arena, room, sizeof(*out->losers)), .all = empty_sum("") };
	list_figures(&gaining);
	seed_sums(&gaining);
	compare_people(&gaining);
	drop_empty(&out->units, false);
	drop_empty(&out->grades, false);
	drop_empty(&out->figures, true);
	for (size_t i = 0; i < out->person_count; i++)
		out->order[i] = i;
	qsort_r(out->order, out->person_count, sizeof(*out->order), by_change, out);
	list_losers(out);
}
