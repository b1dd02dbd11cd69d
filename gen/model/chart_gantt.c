#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/gantt.h"
#include "value/date.h"

/*
 * C10: when sales cycles run and how long, by region and customer. A cycle is
 * as long as the days from its first contact to its end; medians and quartiles
 * are over those that ended and were not lost.
 */

/* What is said of the cycles of one region. */
struct summary {
	const char *name, *slug; /* slug NULL: without a page of its own */
	const struct gantt_cycle *cycles;
	size_t count, open, lost, won;
	struct decimal *lengths, *starts, *ends; /* of those won, ascending */
};

static struct decimal days(int32_t count)
{
	return decimal_from_int(count);
}

static struct summary sum_up(struct pen *pen, const struct gantt_cycle *cycles, size_t count)
{
	struct summary sum = {.cycles = cycles, .count = count,
		.lengths = arena_array(pen->scratch, count + 1, sizeof(struct decimal)),
		.starts = arena_array(pen->scratch, count + 1, sizeof(struct decimal)),
		.ends = arena_array(pen->scratch, count + 1, sizeof(struct decimal))};

	for (size_t i = 0; i < count; i++) {
		sum.open += cycles[i].open;
		sum.lost += cycles[i].lost;
		if (cycles[i].open || cycles[i].lost)
			continue;
		sum.lengths[sum.won] = days(cycles[i].to - cycles[i].from);
		sum.starts[sum.won] = days(cycles[i].from);
		sum.ends[sum.won++] = days(cycles[i].to);
	}
	chart_sort(sum.lengths, sum.won);
	chart_sort(sum.starts, sum.won);
	chart_sort(sum.ends, sum.won);
	return sum;
}

static struct decimal median_length(const struct summary *sum)
{
	return chart_quartile(sum->lengths, sum->won, 2);
}

/* The shortest median first; those where nothing was won yet at the end. */
static int by_median(const void *a, const void *b)
{
	const struct summary *x = a, *y = b;
	int order;

	if (!x->won || !y->won)
		return x->won == y->won ? strcmp(x->name, y->name) : x->won ? -1 : 1;
	order = decimal_compare(median_length(x), median_length(y));
	return order ? order : strcmp(x->name, y->name);
}

static struct summary *sum_up_regions(struct pen *pen, const struct chart_scope *scope, const struct gantt *gantt, size_t *count)
{
	const struct chart_plan *plan = scope->plan;
	struct summary *sums = arena_array(pen->scratch, plan->region_count + 2, sizeof *sums);

	*count = 0;
	for (size_t first = 0, end; first < gantt->count; first = end) {
		size_t region = gantt->cycles[first].region;

		for (end = first; end < gantt->count && gantt->cycles[end].region == region; end++)
			;
		sums[*count] = sum_up(pen, &gantt->cycles[first], end - first);
		sums[*count].name = region < plan->region_count ? plan->regions[region].name
				    : plan->region_count	? say(pen, SAY_GANTT_NO_REGION, NULL)
								: say(pen, SAY_GANTT_ALL, NULL);
		sums[(*count)++].slug = region < plan->region_count ? plan->regions[region].slug : NULL;
	}
	if (!gantt->by_month)
		qsort(sums, *count, sizeof *sums, by_median);
	return sums;
}

/* ---- texts ---- */
static const char *days_text(struct pen *pen, struct decimal count)
{
	return say(pen, SAY_GANTT_DAYS, text_number(pen, count, -1), NULL);
}

static const char *date_text(struct pen *pen, int32_t day)
{
	char room[11];

	return day == GANTT_NEVER ? "–" : arena_strdup(pen->scratch, date_format(day, room));
}

static const char *cycle_text(struct pen *pen, const struct gantt_cycle *cycle)
{
	const char *length = text_count(pen, (size_t)(cycle->to - cycle->from));

	return cycle->open   ? say(pen, SAY_GANTT_OPEN_FOR, length, NULL)
	       : cycle->lost ? say(pen, SAY_GANTT_LOST_AFTER, length, NULL)
			     : say(pen, SAY_GANTT_DAYS, length, NULL);
}

static const char *lengths_text(struct pen *pen, const struct summary *sum)
{
	if (!sum->won)
		return say(pen, SAY_GANTT_NONE_WON, NULL);
	return say(pen, SAY_GANTT_LENGTHS, days_text(pen, median_length(sum)), days_text(pen, sum->lengths[sum->won - 1]), NULL);
}

static const char *counts_text(struct pen *pen, const struct summary *sum)
{
	return say(pen, SAY_GANTT_COUNTS, text_count(pen, sum->won), text_count(pen, sum->open), text_count(pen, sum->lost), NULL);
}

static const char *finding(struct pen *pen, const struct summary *sums, size_t count, const struct summary *all)
{
	size_t won = 0;

	while (won < count && sums[won].won)
		won++;
	if (!all->count)
		return say(pen, SAY_GANTT_NOTHING, NULL);
	if (!all->won)
		return say(pen, SAY_GANTT_NONE_WON_YET, text_count(pen, all->count), NULL);
	if (won >= 2 && decimal_compare(median_length(&sums[0]), median_length(&sums[won - 1])) != 0)
		return say(pen, SAY_GANTT_FINDING, sums[0].name, days_text(pen, median_length(&sums[0])), sums[won - 1].name,
			days_text(pen, median_length(&sums[won - 1])), NULL);
	return say(pen, SAY_GANTT_FINDING_ONE, text_count(pen, all->won), days_text(pen, median_length(all)),
		days_text(pen, all->lengths[all->won - 1]), NULL);
}

/* ---- parts ---- */
static void put_day(xmlNode *node, const char *name, struct decimal day)
{
	char room[DECIMAL_TEXT];

	attribute(node, name, decimal_format(day, room));
}

static void add_period(xmlNode *time, const char *name, int32_t from, int32_t to, const char *text)
{
	xmlNode *node = put_text(time, name, text);

	put_day(node, "from", days(from));
	put_day(node, "to", days(to));
}

/* Months and quarters; a day is the number of days since 1970, and a period ends where the next begins. */
static void add_time(struct pen *pen, xmlNode *chart, const struct gantt *gantt)
{
	xmlNode *time = put(chart, "time");
	int32_t last = gantt->last + 1;

	put_day(time, "from", days(gantt->first));
	put_day(time, "to", days(last));
	for (int32_t month = month_of_date(gantt->first); month_first_day(month) < last; month += 3) {
		int32_t end = month_first_day(month + 3);

		add_period(time, "quarter", month_first_day(month), end < last ? end : last,
			say(pen, SAY_GANTT_QUARTER, text_count(pen, (size_t)month_year(month)),
				text_count(pen, (size_t)(month_number(month) - 1) / 3 + 1), NULL));
	}
	for (int32_t month = month_of_date(gantt->first); month_first_day(month) < last; month++)
		add_period(time, "month", month_first_day(month), month_last_day(month) + 1,
			say(pen, SAY_GANTT_MONTH, text_count(pen, (size_t)month_number(month)), NULL));
}

static void add_stages(struct pen *pen, xmlNode *chart, const struct gantt *gantt, const struct summary *all)
{
	for (size_t i = 0; i < gantt->stage_count; i++)
		put_text(chart, "stage", gantt->stages[i]);
	if (gantt->has_others)
		attribute(put_text(chart, "stage", say(pen, SAY_GANTT_OTHER, NULL)), "other", "yes");
	attribute(chart, "lost", all->lost ? "yes" : NULL);
	attribute(chart, "open", all->open ? "yes" : NULL);
}

static void add_cycle(struct pen *pen, xmlNode *region, const struct gantt_cycle *cycle)
{
	xmlNode *node = put_text(region, "row", cycle_text(pen, cycle));

	attribute(node, "label", cycle->customer);
	put_day(node, "from", days(cycle->from));
	put_day(node, "to", days(cycle->to));
	if (cycle->stage < GANTT_STAGES)
		attribute_count(pen, node, "stage", cycle->stage + 1);
	attribute(node, "open", cycle->open ? "yes" : NULL);
	attribute(node, "lost", cycle->lost ? "yes" : NULL);
	if (cycle->order != GANTT_NEVER)
		put_day(node, "order", days(cycle->order));
	if (cycle->payment != GANTT_NEVER)
		put_day(node, "payment", days(cycle->payment));
}

/* From the middle start to the middle end, with the quartiles outside them. */
static void add_middle(struct pen *pen, xmlNode *region, const struct summary *sum)
{
	xmlNode *node;

	if (!sum->won)
		return;
	node = put_text(region, "middle", days_text(pen, median_length(sum)));
	put_day(node, "low", chart_quartile(sum->starts, sum->won, 1));
	put_day(node, "from", chart_quartile(sum->starts, sum->won, 2));
	put_day(node, "to", chart_quartile(sum->ends, sum->won, 2));
	put_day(node, "high", chart_quartile(sum->ends, sum->won, 3));
}

static xmlNode *add_region(struct pen *pen, xmlNode *chart, const struct summary *sum)
{
	xmlNode *region = put(chart, "region");

	attribute(region, "label", sum->name);
	attribute_count(pen, region, "count", sum->count);
	return region;
}

/* ---- tables ---- */
static const char *region_href(struct pen *pen, const struct chart_scope *scope, const struct summary *sum)
{
	if (!sum->slug || scope->region != SIZE_MAX)
		return NULL;
	return arena_printf(pen->scratch, "%s/%s.html", chart_page(pen->scratch, pen->model, pen->entry->chart), sum->slug);
}

static void add_summary_table(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct summary *sums, size_t count)
{
	static const struct {
		enum sentence head;
		bool number;
	} columns[] = {{SAY_GANTT_REGION, false}, {SAY_GANTT_CYCLES, true}, {SAY_GANTT_WON, true}, {SAY_GANTT_STILL_OPEN, true},
		{SAY_GANTT_LOST_ONES, true}, {SAY_LOWER_QUARTILE, true}, {SAY_MEDIAN, true}, {SAY_UPPER_QUARTILE, true},
		{SAY_GANTT_LONGEST, true}};
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_GANTT_TABLE, NULL));

	attribute(data, "summary", "yes");
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		chart_column(data, say(pen, columns[i].head, NULL), columns[i].number);
	for (size_t i = 0; i < count; i++) {
		const struct summary *sum = &sums[i];
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, sum->name);
		attribute(entry->children, "href", region_href(pen, scope, sum));
		chart_cell(entry, text_count(pen, sum->count));
		chart_cell(entry, text_count(pen, sum->won));
		chart_cell(entry, text_count(pen, sum->open));
		chart_cell(entry, text_count(pen, sum->lost));
		for (size_t quarter = 1; quarter <= 4; quarter++)
			chart_cell(entry, sum->won ? text_number(pen, chart_quartile(sum->lengths, sum->won, quarter), -1) : "–");
	}
}

static void add_cycle_table(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct gantt *gantt,
	const struct summary *sums, size_t count)
{
	static const struct {
		enum sentence head;
		bool number;
	} columns[] = {{SAY_GANTT_CUSTOMER, false}, {SAY_GANTT_REGION, false}, {SAY_GANTT_STAGE, false}, {SAY_GANTT_FROM, true},
		{SAY_GANTT_ORDER, true}, {SAY_GANTT_PAYMENT, true}, {SAY_GANTT_TO, true}, {SAY_GANTT_LENGTH, true}};
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_GANTT_ONE_BY_ONE, NULL));

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		if (columns[i].head != SAY_GANTT_REGION || scope->plan->region_count)
			chart_column(data, say(pen, columns[i].head, NULL), columns[i].number);
	for (size_t r = 0; r < count; r++)
		for (size_t i = 0; i < sums[r].count; i++) {
			const struct gantt_cycle *cycle = &sums[r].cycles[i];
			xmlNode *entry = put(data, "entry");

			chart_cell(entry, cycle->customer);
			if (scope->plan->region_count)
				chart_cell(entry, sums[r].name);
			chart_cell(entry, cycle->lost			 ? say(pen, SAY_GANTT_LOST_ONE, NULL)
					  : cycle->stage < GANTT_STAGES ? gantt->stages[cycle->stage]
									 : "–");
			chart_cell(entry, date_text(pen, cycle->from));
			chart_cell(entry, date_text(pen, cycle->order));
			chart_cell(entry, date_text(pen, cycle->payment));
			chart_cell(entry, cycle->open ? say(pen, SAY_GANTT_GOES_ON, NULL) : date_text(pen, cycle->to));
			chart_cell(entry, text_count(pen, (size_t)(cycle->to - cycle->from)));
		}
}

/* ---- the whole ---- */
static void add_head(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct gantt *gantt,
	const char *title, enum sentence subtitle)
{
	int32_t first = month_of_date(gantt->first);
	const char *place = scope->region == SIZE_MAX ? say(pen, SAY_WHOLE_COMPANY, NULL) : scope->plan->regions[scope->region].name,
		   *note = say(pen, SAY_GANTT_FOOTNOTE, scope->declared->table->name, date_text(pen, gantt->last),
			   text_count(pen, gantt->count), NULL);

	attribute_count(pen, chart, "count", gantt->count);
	attribute(chart, "form", gantt->by_month ? "months" : "cycles");
	add_finding(chart, title);
	put_text(chart, "subtitle",
		say(pen, subtitle, text_month(pen, first), text_month(pen, pen->model->facts->month), place,
			text_count(pen, gantt->count), NULL));
	put_text(chart, "footnote", gantt->left_out ? arena_printf(pen->scratch, "%s%s", note,
							      say(pen, SAY_GANTT_LEFT_OUT, text_count(pen, gantt->left_out), NULL))
						    : note);
}

static void build_cycles(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct gantt *gantt)
{
	size_t count;
	struct summary *sums = sum_up_regions(pen, scope, gantt, &count), all = sum_up(pen, gantt->cycles, gantt->count);

	add_head(pen, chart, scope, gantt, finding(pen, sums, count, &all), SAY_GANTT_SUBTITLE);
	add_stages(pen, chart, gantt, &all);
	add_time(pen, chart, gantt);
	for (size_t i = 0; i < count; i++) {
		xmlNode *region = add_region(pen, chart, &sums[i]);

		attribute(region, "title",
			say(pen, SAY_GANTT_TITLE, sums[i].name, lengths_text(pen, &sums[i]), counts_text(pen, &sums[i]), NULL));
		put_text(region, "words", lengths_text(pen, &sums[i]));
		put_text(region, "words", counts_text(pen, &sums[i]));
		add_middle(pen, region, &sums[i]);
		for (size_t k = 0; k < sums[i].count; k++)
			add_cycle(pen, region, &sums[i].cycles[k]);
	}
	if (count)
		add_summary_table(pen, chart, scope, sums, count);
	if (gantt->count)
		add_cycle_table(pen, chart, scope, gantt, sums, count);
}

/* ---- months with sales ---- */
static size_t customer_end(const struct summary *sum, size_t first)
{
	size_t end = first + 1;

	while (end < sum->count && strcmp(sum->cycles[end].customer, sum->cycles[first].customer) == 0)
		end++;
	return end;
}

/* Months in a row with sales, the longest of a customer's. */
static size_t longest_strip(const struct gantt_cycle *months, size_t count)
{
	size_t longest = 0, strip = 0;

	for (size_t i = 0; i < count; i++) {
		bool follows = i && month_of_date(months[i].from) == month_of_date(months[i - 1].from) + 1 &&
			       decimal_sign(months[i - 1].amount) > 0;

		strip = decimal_sign(months[i].amount) <= 0 ? 0 : follows ? strip + 1 : 1;
		longest = strip > longest ? strip : longest;
	}
	return longest;
}

static void add_customer(struct pen *pen, xmlNode *region, const struct gantt_cycle *months, size_t count, double most)
{
	xmlNode *row = put(region, "row");

	attribute(row, "label", months[0].customer);
	attribute(row, "text", say(pen, SAY_GANTT_IN_A_ROW, text_count(pen, longest_strip(months, count)), NULL));
	for (size_t i = 0; i < count; i++) {
		double amount = decimal_to_double(months[i].amount);
		xmlNode *cell;

		if (amount <= 0)
			continue;
		cell = put_text(row, "cell", text_number(pen, months[i].amount, -1));
		put_day(cell, "from", days(months[i].from));
		put_day(cell, "to", days(months[i].to + 1));
		attribute_count(pen, cell, "step", (size_t)(amount / most * 4.999) + 1);
	}
}

static void add_month_table(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct gantt *gantt)
{
	bool money = scope->declared->columns[CHART_AMOUNT]->type == COLUMN_MONEY;
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_GANTT_SALES, NULL));

	chart_column(data, say(pen, SAY_GANTT_CUSTOMER, NULL), false);
	if (scope->plan->region_count)
		chart_column(data, say(pen, SAY_GANTT_REGION, NULL), false);
	chart_column(data, say(pen, SAY_GANTT_OF_MONTH, NULL), false);
	chart_column(data, scope->declared->columns[CHART_AMOUNT]->name, true);
	for (size_t i = 0; i < gantt->count; i++) {
		const struct gantt_cycle *month = &gantt->cycles[i];
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, month->customer);
		if (scope->plan->region_count)
			chart_cell(entry, month->region < scope->plan->region_count ? scope->plan->regions[month->region].name : "–");
		chart_cell(entry, text_month_id(pen, month_of_date(month->from)));
		chart_cell(entry, text_number(pen, month->amount, money ? 2 : -1));
	}
}

static void build_months(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct gantt *gantt)
{
	size_t count, customers = 0, longest = 0;
	struct summary *sums = sum_up_regions(pen, scope, gantt, &count);
	const char *who = NULL;
	double most = 0;

	for (size_t r = 0; r < count; r++)
		for (size_t i = 0, end; i < sums[r].count; i = end, customers++) {
			size_t strip;

			end = customer_end(&sums[r], i);
			strip = longest_strip(&sums[r].cycles[i], end - i);
			if (strip > longest) {
				longest = strip;
				who = sums[r].cycles[i].customer;
			}
		}
	for (size_t i = 0; i < gantt->count; i++)
		most = decimal_to_double(gantt->cycles[i].amount) > most ? decimal_to_double(gantt->cycles[i].amount) : most;
	add_head(pen, chart, scope, gantt,
		who ? say(pen, SAY_GANTT_STRIPS, text_count(pen, customers), who, text_count(pen, longest), NULL)
		    : say(pen, SAY_GANTT_NOTHING, NULL),
		SAY_GANTT_STRIPS_SUBTITLE);
	add_time(pen, chart, gantt);
	for (size_t r = 0; r < count; r++) {
		xmlNode *region = add_region(pen, chart, &sums[r]);

		for (size_t i = 0, end; i < sums[r].count; i = end) {
			end = customer_end(&sums[r], i);
			add_customer(pen, region, &sums[r].cycles[i], end - i, most);
		}
	}
	if (gantt->count)
		add_month_table(pen, chart, scope, gantt);
}

void chart_build_gantt(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct gantt gantt = gantt_read(pen, scope);

	(gantt.by_month ? build_months : build_cycles)(pen, chart, scope, &gantt);
}
