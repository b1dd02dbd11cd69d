#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/*
 * C5: how a figure spreads over people. Up to 100 people each is a dot, beyond
 * that bins; four and more have a box of quartiles, three or fewer none (a
 * middle half of three is one of them).
 */
#define MOST_DOTS 100
#define LEAST_BOX 4
#define MOST_BINS 60

struct sample { /* of one panel */
	const char *name;
	const struct decimal *sorted;
	size_t count;
};

static struct sample sample_of(struct pen *pen, const struct chart_scope *scope, size_t unit, const char *name)
{
	struct decimal *numbers = arena_array(pen->scratch, scope->people.count + 1, sizeof *numbers);
	size_t count = 0;

	for (size_t i = 0; i < scope->people.count; i++) {
		size_t person = scope->people.people[i];
		const struct value *value = chart_value(pen, person, scope->column);

		if (!value->missing && (unit == SIZE_MAX || pen->model->facts->people[person].unit == unit))
			numbers[count++] = chart_number(value);
	}
	chart_sort(numbers, count);
	return (struct sample){name, numbers, count};
}

/* 1, 2 or 5 times a power of ten, not below the width. */
static double round_width(double width)
{
	static const double steps[] = {1, 2, 5, 10};
	double power = pow(10, floor(log10(width)));

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i] * power >= width * (1 - 1e-9))
			return steps[i] * power;
	return 10 * power;
}

/* Freedman and Diaconis: 2 × the middle half's length ÷ the cube root of n, on round numbers. */
static double bin_width(const struct sample *sample)
{
	double low = decimal_to_double(sample->sorted[0]), high = decimal_to_double(sample->sorted[sample->count - 1]),
	       half = decimal_to_double(chart_quartile(sample->sorted, sample->count, 3)) -
		      decimal_to_double(chart_quartile(sample->sorted, sample->count, 1)),
	       width = 2 * half / cbrt((double)sample->count);

	if (width <= 0)
		width = (high - low) / 10;
	if (width < (high - low) / MOST_BINS)
		width = (high - low) / MOST_BINS;
	return width > 0 ? round_width(width) : 1;
}

/* Edges are whole multiples of the width: exact as decimals, so that a value on an edge falls to its right. */
static struct decimal edge_of(double width, int64_t multiple)
{
	struct decimal out = decimal_from_int(multiple);
	int power = (int)lround(floor(log10(width) + 1e-9));
	int64_t lead = llround(width / pow(10, power));

	out = decimal_multiply(out, decimal_from_int(lead));
	for (; power > 0; power--)
		out = decimal_multiply(out, decimal_from_int(10));
	for (; power < 0; power++)
		decimal_divide(out, decimal_from_int(10), &out);
	return out;
}

static void add_bin_entry(struct pen *pen, xmlNode *data, const char *text, size_t count)
{
	xmlNode *entry = data ? put(data, "entry") : NULL;

	if (!entry)
		return;
	chart_cell(entry, text);
	chart_cell(entry, text_count(pen, count));
}

/* data: the table that gets a row a bin, or NULL. */
static void add_bins(struct pen *pen, xmlNode *panel, const struct sample *sample, enum value_type type, xmlNode *data)
{
	double width = bin_width(sample);
	int64_t first = (int64_t)floor(decimal_to_double(sample->sorted[0]) / width);
	char room[DECIMAL_TEXT];
	size_t most = 0;

	for (size_t i = 0; i < sample->count; first++) {
		struct decimal low = edge_of(width, first), high = edge_of(width, first + 1);
		size_t count = 0;
		const char *text;
		xmlNode *bin;

		for (; i < sample->count && decimal_compare(sample->sorted[i], high) < 0; i++)
			count++;
		if (!count && xmlChildElementCount(panel) == 0)
			continue; /* floating point put the first edge one bin too low */
		text = arena_printf(pen->scratch, "%s–%s", chart_text(pen, low, type), chart_text(pen, high, type));
		bin = put_text(panel, "bin", text);
		attribute(bin, "from", decimal_format(low, room));
		attribute(bin, "to", decimal_format(high, room));
		attribute_count(pen, bin, "count", count);
		most = count > most ? count : most;
		add_bin_entry(pen, data, text, count);
	}
	attribute_count(pen, panel, "most", most);
}

static void add_marks(struct pen *pen, xmlNode *panel, const struct sample *sample, const struct span *span, enum value_type type)
{
	static const char *const kinds[] = {"minimum", "lower-quartile", "median", "upper-quartile", "maximum"};

	for (size_t i = 0; i < 5; i++)
		attribute(chart_put(pen, panel, "mark", span, chart_quartile(sample->sorted, sample->count, i), type), "kind", kinds[i]);
}

static void add_panel(struct pen *pen, xmlNode *chart, const struct sample *sample, const struct span *span,
	const struct chart_scope *scope)
{
	enum value_type type = scope->item->type;
	bool bins = sample->count > MOST_DOTS;
	xmlNode *panel = put(chart, "panel");

	attribute(panel, "name", sample->name);
	attribute_count(pen, panel, "count", sample->count);
	attribute(panel, "form", bins ? "bins" : "dots");
	if (bins)
		add_bins(pen, panel, sample, type, NULL);
	else
		for (size_t i = 0; i < sample->count; i++)
			chart_put(pen, panel, "dot", span, sample->sorted[i], type);
	if (sample->count >= LEAST_BOX)
		add_marks(pen, panel, sample, span, type);
}

/* ---- tables ---- */
static void add_summary(struct pen *pen, xmlNode *chart, const struct sample *samples, size_t count, enum value_type type)
{
	static const enum sentence heads[] = {SAY_MINIMUM, SAY_LOWER_QUARTILE, SAY_MEDIAN, SAY_UPPER_QUARTILE, SAY_MAXIMUM};
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_CHART_SUMMARY, NULL));

	chart_column(data, say(pen, SAY_CHART_SCOPE, NULL), false);
	chart_column(data, say(pen, SAY_CHART_PEOPLE, NULL), true);
	for (size_t q = 0; q < 5; q++)
		chart_column(data, say(pen, heads[q], NULL), true);
	for (size_t i = 0; i < count; i++) {
		const struct sample *sample = &samples[i];
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, sample->name);
		chart_cell(entry, text_count(pen, sample->count));
		for (size_t q = 0; q < 5; q++) {
			bool shown = sample->count >= LEAST_BOX || (sample->count && (q == 0 || q == 4));

			chart_cell(entry, shown ? chart_text(pen, chart_quartile(sample->sorted, sample->count, q), type) : "–");
		}
	}
}

static void add_people(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	const struct facts *facts = pen->model->facts;
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_CHART_EACH, NULL));

	chart_column(data, say(pen, SAY_CHART_NAME, NULL), false);
	chart_column(data, say(pen, SAY_CHART_ID, NULL), false);
	chart_column(data, say(pen, SAY_CHART_UNIT, NULL), false);
	chart_column(data, chart_measure(pen, scope->item), true);
	for (size_t i = 0; i < scope->people.count; i++) {
		const struct person *who = &facts->people[scope->people.people[i]];
		const struct value *value = chart_value(pen, scope->people.people[i], scope->column);
		xmlNode *entry;

		if (value->missing)
			continue;
		entry = put(data, "entry");
		chart_cell(entry, person_name(pen->model, scope->people.people[i]));
		chart_cell(entry, who->id);
		chart_cell(entry, who->unit == SIZE_MAX ? "–" : facts->units[who->unit].name);
		chart_cell(entry, chart_text(pen, chart_number(value), scope->item->type));
	}
}

static void add_bin_table(struct pen *pen, xmlNode *chart, const struct sample *sample, enum value_type type)
{
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_CHART_BINS, NULL)), *shadow = xmlNewDocNode(pen->doc, NULL, (const xmlChar *)"panel", NULL);

	chart_column(data, say(pen, SAY_CHART_RANGE, NULL), false);
	chart_column(data, say(pen, SAY_CHART_PEOPLE, NULL), true);
	add_bins(pen, shadow, sample, type, data);
	xmlFreeNode(shadow);
}

/* ---- what it says ---- */
static struct decimal median_of_sample(const struct sample *sample)
{
	return chart_quartile(sample->sorted, sample->count, 2);
}

/* The panels' extremes, where two at least have a middle; else the middle half of all. */
static const char *finding(struct pen *pen, const struct sample *samples, size_t count, enum value_type type)
{
	const struct sample *high = NULL, *low = NULL, *all = &samples[0];

	if (!all->count)
		return say(pen, SAY_CHART_NOBODY, NULL);
	for (size_t i = 1; i < count; i++) {
		if (samples[i].count < LEAST_BOX)
			continue;
		if (!high || decimal_compare(median_of_sample(&samples[i]), median_of_sample(high)) > 0)
			high = &samples[i];
		if (!low || decimal_compare(median_of_sample(&samples[i]), median_of_sample(low)) < 0)
			low = &samples[i];
	}
	if (high && low && decimal_compare(median_of_sample(high), median_of_sample(low)) != 0)
		return say(pen, SAY_CHART_MEDIANS, high->name, chart_text(pen, median_of_sample(high), type), low->name,
			chart_text(pen, median_of_sample(low), type), NULL);
	if (all->count >= LEAST_BOX)
		return say(pen, SAY_CHART_MIDDLE_HALF, chart_text(pen, chart_quartile(all->sorted, all->count, 1), type),
			chart_text(pen, chart_quartile(all->sorted, all->count, 3), type),
			chart_text(pen, median_of_sample(all), type), NULL);
	if (all->count == 1)
		return say(pen, SAY_CHART_ONE, chart_text(pen, all->sorted[0], type), NULL);
	return say(pen, SAY_CHART_FEW, text_count(pen, all->count), chart_text(pen, all->sorted[0], type),
		chart_text(pen, all->sorted[all->count - 1], type), NULL);
}

/* All in one panel, then those of each unit that has people of its own. */
static size_t sample_all(struct pen *pen, const struct chart_scope *scope, struct sample *samples)
{
	const struct facts *facts = pen->model->facts;
	size_t count = 1;

	samples[0] = sample_of(pen, scope, SIZE_MAX,
		scope->unit == SIZE_MAX ? say(pen, SAY_WHOLE_COMPANY, NULL) : facts->units[scope->unit].name);
	for (size_t i = 0; scope->declared->by && i < facts->unit_count; i++) {
		struct sample one;

		if (scope->unit != SIZE_MAX && (i < scope->unit || i >= facts->units[scope->unit].end))
			continue;
		one = sample_of(pen, scope, i,
			facts->units[i].own_last < facts->units[i].last ? say(pen, SAY_CHART_OWN_PEOPLE, facts->units[i].name, NULL)
									: facts->units[i].name);
		if (one.count && one.count < samples[0].count)
			samples[count++] = one;
	}
	return count;
}

void chart_build_distribution(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	const struct declared_chart *declared = scope->declared;
	struct sample *samples = arena_array(pen->scratch, pen->model->facts->unit_count + 2, sizeof *samples);
	size_t count = sample_all(pen, scope, samples);
	const struct sample *all = &samples[0];
	enum value_type type = scope->item->type;
	struct decimal pass = type == VALUE_PERCENT ? decimal_multiply(declared->pass, decimal_from_int(100)) : declared->pass;
	double low = all->count ? decimal_to_double(all->sorted[0]) : 0,
	       high = all->count ? decimal_to_double(all->sorted[all->count - 1]) : 1;
	struct span span;

	if (declared->has_pass) {
		low = fmin(low, decimal_to_double(pass));
		high = fmax(high, decimal_to_double(pass));
	}
	if (all->count > MOST_DOTS) { /* whole bins */
		double width = bin_width(all);

		low = floor(low / width) * width;
		high = (floor(high / width) + 1) * width;
	}
	span = span_of(low, high, type == VALUE_MONEY ? 100 : 1);
	chart_head(pen, chart, scope, finding(pen, samples, count, type), all->count);
	chart_scale(pen, chart, &span, type);
	if (declared->has_pass)
		attribute(chart_put(pen, chart, "mark", &span, pass, type), "kind", "pass");
	for (size_t i = 0; i < count; i++)
		add_panel(pen, chart, &samples[i], &span, scope);
	add_summary(pen, chart, samples, count, type);
	if (all->count > MOST_DOTS)
		add_bin_table(pen, chart, all, type);
	else if (all->count)
		add_people(pen, chart, scope);
}
