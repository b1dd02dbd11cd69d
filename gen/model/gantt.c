#include "model/gantt.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "value/date.h"

#define MONTHS_SHOWN 12

/* ---- regions ---- */
static const struct value *cell(const struct facts *facts, const struct declared_chart *chart, size_t row, enum chart_column column)
{
	static const struct value none = {.type = VALUE_TEXT, .missing = true};
	const struct column *of = chart->columns[column];

	return of ? table_cell(facts->tables[chart->table->index], row, of->index) : &none;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct chart_region *)a)->name, ((const struct chart_region *)b)->name);
}

void gantt_list_regions(struct model *model, struct chart_plan *plan)
{
	const struct facts *facts = model->facts;
	const struct declared_chart *chart = plan->declared;
	size_t rows = facts->tables[chart->table->index]->row_count, count = 0, kept = 0;
	struct chart_region *regions = arena_array(model->input.arena, rows + 1, sizeof *regions);

	if (!chart->columns[CHART_REGION])
		return;
	for (size_t i = 0; i < rows; i++)
		if (!cell(facts, chart, i, CHART_REGION)->missing)
			regions[count++].name = cell(facts, chart, i, CHART_REGION)->text;
	qsort(regions, count, sizeof *regions, by_name);
	for (size_t i = 0; i < count; i++)
		if (!kept || strcmp(regions[kept - 1].name, regions[i].name) != 0)
			regions[kept++] = (struct chart_region){regions[i].name, model_slug(regions[i].name, model->input.arena)};
	plan->regions = regions;
	plan->region_count = kept;
}

static size_t region_of(const struct chart_plan *plan, const struct value *name)
{
	struct chart_region key = {name->missing ? "" : name->text, NULL};
	const struct chart_region *found =
		plan->region_count ? bsearch(&key, plan->regions, plan->region_count, sizeof key, by_name) : NULL;

	return found ? (size_t)(found - plan->regions) : plan->region_count;
}

bool gantt_region_is_old(const struct model *model, const struct chart_plan *plan, size_t region)
{
	const struct facts *facts = model->facts;
	const struct declared_chart *chart = plan->declared;
	enum chart_column start = chart->columns[CHART_MONTH] ? CHART_MONTH : CHART_FROM;

	for (size_t i = 0; i < facts->tables[chart->table->index]->row_count; i++) {
		const struct value *from = cell(facts, chart, i, start);

		if (!from->missing && from->day < month_first_day(facts->month) && region_of(plan, cell(facts, chart, i, CHART_REGION)) == region)
			return true;
	}
	return false;
}

/* ---- stages ---- */
static size_t stage_of(struct gantt *gantt, const struct value *stage)
{
	if (stage->missing)
		return GANTT_STAGES;
	for (size_t i = 0; i < gantt->stage_count; i++)
		if (strcmp(gantt->stages[i], stage->text) == 0)
			return i;
	if (gantt->stage_count < GANTT_STAGES) {
		gantt->stages[gantt->stage_count] = stage->text;
		return gantt->stage_count++;
	}
	gantt->has_others = true;
	return GANTT_STAGES;
}

/* A choice column's own order is the stages'. */
static void take_choices(struct gantt *gantt, const struct column *stage)
{
	for (size_t i = 0; stage && i < stage->choice_count && i < GANTT_STAGES; i++)
		gantt->stages[gantt->stage_count++] = stage->choices[i];
}

/* ---- rows ---- */
static int32_t day_or(const struct value *value, int32_t last)
{
	return value->missing || value->day > last ? GANTT_NEVER : value->day;
}

/* False: it is not of the time shown. */
static bool read_cycle(const struct facts *facts, const struct chart_scope *scope, size_t row, struct gantt *gantt,
	struct gantt_cycle *out)
{
	const struct declared_chart *chart = scope->declared;
	const struct value *lost = cell(facts, chart, row, CHART_LOST);
	int32_t to = day_or(cell(facts, chart, row, CHART_TO), gantt->last);

	out->from = cell(facts, chart, row, CHART_FROM)->day;
	out->open = to == GANTT_NEVER;
	out->to = out->open ? gantt->last : to;
	out->order = day_or(cell(facts, chart, row, CHART_ORDER), gantt->last);
	out->payment = day_or(cell(facts, chart, row, CHART_PAYMENT), gantt->last);
	out->lost = !out->open && !lost->missing && lost->yes;
	if (out->from > gantt->last || out->to < gantt->first || out->to < out->from)
		return false;
	out->stage = stage_of(gantt, cell(facts, chart, row, CHART_STAGE));
	return true;
}

static bool read_month(const struct facts *facts, const struct chart_scope *scope, size_t row, struct gantt *gantt,
	struct gantt_cycle *out)
{
	int32_t month = month_of_date(cell(facts, scope->declared, row, CHART_MONTH)->day);

	out->from = month_first_day(month);
	out->to = month_last_day(month);
	out->amount = cell(facts, scope->declared, row, CHART_AMOUNT)->number;
	out->stage = GANTT_STAGES;
	return out->from >= gantt->first && out->to <= gantt->last;
}

static int by_place(const void *a, const void *b)
{
	const struct gantt_cycle *x = a, *y = b;
	int names = strcmp(x->customer, y->customer);

	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return names ? names : (x->to > y->to) - (x->to < y->to);
}

static int by_customer(const void *a, const void *b)
{
	const struct gantt_cycle *x = a, *y = b;
	int names = strcmp(x->customer, y->customer);

	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	return names ? names : (x->from > y->from) - (x->from < y->from);
}

/* Several sums of one customer and month are one. */
static void merge_months(struct gantt *gantt)
{
	size_t kept = 0;

	for (size_t i = 0; i < gantt->count; i++) {
		struct gantt_cycle *last = kept ? &gantt->cycles[kept - 1] : NULL, *next = &gantt->cycles[i];

		if (last && last->region == next->region && last->from == next->from && strcmp(last->customer, next->customer) == 0)
			last->amount = decimal_add(last->amount, next->amount);
		else
			gantt->cycles[kept++] = *next;
	}
	gantt->count = kept;
}

static int32_t quarter_start(int32_t month)
{
	return month_first_day(month_from_ym(month_year(month), (month_number(month) - 1) / 3 * 3 + 1));
}

/* A year at most, from the first of the quarter in which the first of them begins. */
static int32_t first_shown(const struct facts *facts, const struct chart_scope *scope, enum chart_column start)
{
	const struct table *table = facts->tables[scope->declared->table->index];
	int32_t earliest = facts->month - MONTHS_SHOWN + 1, first = facts->month;

	for (size_t i = 0; i < table->row_count; i++) {
		const struct value *from = cell(facts, scope->declared, i, start);

		if (!from->missing && month_of_date(from->day) < first)
			first = month_of_date(from->day);
	}
	return quarter_start(first < earliest ? earliest : first);
}

struct gantt gantt_read(struct pen *pen, const struct chart_scope *scope)
{
	const struct facts *facts = pen->model->facts;
	const struct declared_chart *chart = scope->declared;
	const struct table *table = facts->tables[chart->table->index];
	struct gantt gantt = {.by_month = chart->columns[CHART_MONTH] != NULL, .last = month_last_day(facts->month)};
	enum chart_column start = gantt.by_month ? CHART_MONTH : CHART_FROM;

	gantt.first = first_shown(facts, scope, start);
	gantt.cycles = arena_array(pen->scratch, table->row_count + 1, sizeof *gantt.cycles);
	take_choices(&gantt, chart->columns[CHART_STAGE]);
	for (size_t i = 0; i < table->row_count; i++) {
		struct gantt_cycle *cycle = &gantt.cycles[gantt.count];

		*cycle = (struct gantt_cycle){.region = region_of(scope->plan, cell(facts, chart, i, CHART_REGION)),
			.order = GANTT_NEVER, .payment = GANTT_NEVER};
		if (cell(facts, chart, i, CHART_CUSTOMER)->missing || cell(facts, chart, i, start)->missing ||
			(gantt.by_month && cell(facts, chart, i, CHART_AMOUNT)->missing)) {
			gantt.left_out++;
			continue;
		}
		cycle->customer = cell(facts, chart, i, CHART_CUSTOMER)->text;
		if ((scope->region == SIZE_MAX || cycle->region == scope->region) &&
			(gantt.by_month ? read_month : read_cycle)(facts, scope, i, &gantt, cycle))
			gantt.count++;
	}
	qsort(gantt.cycles, gantt.count, sizeof *gantt.cycles, gantt.by_month ? by_customer : by_place);
	if (gantt.by_month)
		merge_months(&gantt);
	return gantt;
}
