#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/*
 * C7: the items of the score, person by person, each number on a ground the
 * darker the more. Rows by total, columns by weight; of more than two hundred
 * people the means of each unit.
 */

#define MOST_PEOPLE 200
#define STEPS 5

struct heat_column {
	const struct item *item;
	size_t column;
	struct decimal mean; /* of everybody drawn */
	bool has_mean;
	double bounds[STEPS - 1]; /* from where the second, third … shade begins */
};
struct heat {
	struct pen *pen;
	const struct chart_scope *scope;
	struct heat_column *columns;
	size_t count;
	bool one_scale; /* all columns measure the same: their shades compare */
	struct span span; /* then; of all numbers drawn */
};

/* ---- the columns ---- */
static const struct item *kpi_of(const struct model *model, struct group people, size_t column)
{
	for (size_t i = 0; i < people.count; i++) {
		const struct item *item = results_item(model->input.results, people.people[i], column);

		if (item && item->kind == ITEM_KPI && item->parent && item->parent->column == model->score)
			return item;
	}
	return NULL;
}

/* The people for whom the item counts at all: that of another scheme, or one whose `when` does not hold, is no 0. */
static struct group counting(struct heat *heat, struct group people, size_t column)
{
	const struct results *results = heat->pen->model->input.results;
	size_t *counted = arena_array(heat->pen->scratch, people.count + 1, sizeof *counted), count = 0;

	for (size_t i = 0; i < people.count; i++) {
		const struct item *item = results_item(results, people.people[i], column);

		if (item && item_applies(heat->pen, people.people[i], item))
			counted[count++] = people.people[i];
	}
	return (struct group){counted, count};
}

static bool mean_of(struct heat *heat, struct group people, size_t column, struct decimal *out)
{
	return chart_mean(heat->pen, counting(heat, people, column), column, out);
}

static int by_weight(const void *a, const void *b)
{
	const struct heat_column *first = a, *second = b;
	int order = decimal_compare(second->item->weight, first->item->weight);

	return order ? order : first->column < second->column ? -1 : 1;
}

/* The figures that are declared, in that order; else the main scorecard's kpis, the weightiest first. */
static void find_columns(struct heat *heat)
{
	const struct model *model = heat->pen->model;
	const struct declared_chart *declared = heat->scope->declared;

	heat->columns = arena_array(heat->pen->scratch, model->rulebook->column_count + declared->figure_count + 1,
		sizeof *heat->columns);
	for (size_t i = 0; i < declared->figure_count; i++)
		heat->columns[heat->count++] =
			(struct heat_column){.item = declared->figures[i], .column = declared->figures[i]->column};
	for (size_t column = 0; !declared->figure_count && column < model->rulebook->column_count; column++) {
		const struct item *item = kpi_of(model, heat->scope->people, column);

		if (item)
			heat->columns[heat->count++] = (struct heat_column){.item = item, .column = column};
	}
	if (!declared->figure_count)
		qsort(heat->columns, heat->count, sizeof *heat->columns, by_weight);
	heat->one_scale = true;
	for (size_t i = 0; i < heat->count; i++) {
		heat->columns[i].has_mean =
			mean_of(heat, heat->scope->people, heat->columns[i].column, &heat->columns[i].mean);
		heat->one_scale &= heat->columns[i].item->type == heat->columns[0].item->type;
	}
}

/* ---- shades ---- */

/* The numbers of one column as drawn, widened into low and high; false if there is none. */
static bool range_of(struct heat *heat, const struct chart_rows *rows, size_t column, double *low, double *high)
{
	bool any = false;

	for (size_t i = 0; i < rows->count; i++) {
		struct decimal mean;

		if (!mean_of(heat, rows->rows[i].people, heat->columns[column].column, &mean))
			continue;
		*low = fmin(*low, decimal_to_double(mean));
		*high = fmax(*high, decimal_to_double(mean));
		any = true;
	}
	return any;
}

/* Points out of a hundred have the shades they have everywhere in the report; others five of one width. */
static void set_bounds(struct heat_column *column, double low, double high)
{
	static const double points[] = {60, 70, 80, 90};
	bool is_points = column->item->type == VALUE_NUMBER && low >= 0 && high > 20 && high <= 200;
	struct span span = span_of(low, high, 1e-6);

	for (size_t i = 0; i < STEPS - 1; i++)
		column->bounds[i] = is_points ? points[i] : span.low + (span.high - span.low) * (double)(i + 1) / STEPS;
}

static void find_shades(struct heat *heat, const struct chart_rows *rows)
{
	double low = INFINITY, high = -INFINITY;

	for (size_t i = 0; i < heat->count; i++) {
		if (!heat->one_scale) {
			low = INFINITY;
			high = -INFINITY;
		}
		range_of(heat, rows, i, &low, &high);
		if (!heat->one_scale && low <= high)
			set_bounds(&heat->columns[i], low, high);
	}
	for (size_t i = 0; i < heat->count && heat->one_scale && low <= high; i++)
		set_bounds(&heat->columns[i], low, high);
}

static size_t shade_of(const struct heat_column *column, struct decimal number)
{
	size_t step = 1;

	for (size_t i = 0; i < STEPS - 1; i++)
		step += decimal_to_double(number) >= column->bounds[i];
	return step;
}

static const char *bound_text(struct heat *heat, size_t bound)
{
	return chart_text(heat->pen, scale_number(heat->columns[0].bounds[bound]), heat->columns[0].item->type);
}

static void add_shades(struct heat *heat, xmlNode *chart)
{
	struct pen *pen = heat->pen;

	for (size_t i = 0; i < STEPS; i++) {
		const char *text = "";

		if (heat->one_scale)
			text = i == 0 ? say(pen, SAY_HEAT_BELOW, bound_text(heat, 0), NULL)
			       : i == STEPS - 1
				       ? say(pen, SAY_HEAT_FROM, bound_text(heat, i - 1), NULL)
				       : say(pen, SAY_HEAT_BETWEEN, bound_text(heat, i - 1), bound_text(heat, i), NULL);
		else if (i == 0 || i == STEPS - 1)
			text = say(pen, i ? SAY_HEAT_MOST : SAY_HEAT_LEAST, NULL);
		attribute_count(pen, put_text(chart, "step", text), "number", i + 1);
	}
}

/* ---- the cells ---- */

static void add_cells(struct heat *heat, xmlNode *node, xmlNode *entry, const struct chart_row_of *row)
{
	for (size_t i = 0; i < heat->count; i++) {
		const struct heat_column *column = &heat->columns[i];
		struct group people = counting(heat, row->people, column->column);
		struct decimal mean;
		bool has = chart_mean(heat->pen, people, column->column, &mean);
		const char *text = !people.count ? "–" : has ? chart_text(heat->pen, mean, column->item->type) : say(heat->pen, SAY_NO_DATA, NULL);
		xmlNode *cell = put_text(node, "cell", text);
		char room[DECIMAL_TEXT];

		chart_cell(entry, text);
		if (!people.count) {
			attribute(cell, "applies", "no");
		} else if (!has) {
			attribute(cell, "missing", "yes");
		} else {
			attribute(cell, "value", decimal_format(mean, room));
			attribute_count(heat->pen, cell, "step", shade_of(column, mean));
		}
	}
}

static void add_rows(struct heat *heat, xmlNode *chart, xmlNode *data, const struct chart_rows *rows)
{
	const struct model *model = heat->pen->model;
	size_t rank = 0;

	for (size_t i = 0; i < rows->count; i++) {
		const struct chart_row_of *row = &rows->rows[i];
		xmlNode *node = put(chart, "row"), *entry = put(data, "entry");
		const char *total = "", *place = "–";

		if (row->has_value) {
			bool as_before = i && decimal_compare(rows->rows[i - 1].value, row->value) == 0,
			     as_next = i + 1 < rows->count && rows->rows[i + 1].has_value &&
				       decimal_compare(rows->rows[i + 1].value, row->value) == 0;

			rank = as_before ? rank : i + 1;
			place = arena_printf(heat->pen->scratch, "%s%zu", as_before || as_next ? "=" : "", rank);
			total = chart_text(heat->pen, row->value, model->score_item->type);
		}
		chart_row_head(node, row);
		attribute(node, "place", place);
		chart_cell(entry, place);
		chart_cell(entry, row->label);
		add_cells(heat, node, entry, row);
		if (model->score != SIZE_MAX) {
			put_text(node, "score", total);
			chart_cell(entry, total);
		}
	}
}

/* ---- words ---- */
static const char *finding_of(struct heat *heat)
{
	const struct heat_column *best = NULL, *worst = NULL;

	for (size_t i = 0; i < heat->count; i++) {
		const struct heat_column *column = &heat->columns[i];

		if (!column->has_mean)
			continue;
		best = !best || decimal_compare(column->mean, best->mean) > 0 ? column : best;
		worst = !worst || decimal_compare(column->mean, worst->mean) < 0 ? column : worst;
	}
	if (!best)
		return say(heat->pen, SAY_CHART_NOBODY, NULL);
	if (best == worst || !heat->one_scale)
		return say(heat->pen, SAY_HEAT_FINDING_ONE, heat->columns[0].item->label,
			chart_text(heat->pen, heat->columns[0].mean, heat->columns[0].item->type), NULL);
	return say(heat->pen, SAY_HEAT_FINDING, best->item->label, chart_text(heat->pen, best->mean, best->item->type),
		worst->item->label, chart_text(heat->pen, worst->mean, worst->item->type), NULL);
}

/* The weights stand in the subtitle. */
static const char *weights(struct heat *heat)
{
	const char *text = "";
	char room[DECIMAL_TEXT];

	for (size_t i = 0; i < heat->count && !heat->scope->declared->figure_count; i++)
		text = arena_printf(heat->pen->scratch, "%s%s%s %s%%", text,
			i ? (heat->pen->model->chinese ? "、" : ", ") : "", heat->columns[i].item->label,
			decimal_format(heat->columns[i].item->weight, room));
	return *text ? say(heat->pen, SAY_HEAT_WEIGHTS, text, NULL) : "";
}

static xmlNode *add_heads(struct heat *heat, xmlNode *chart, const struct chart_rows *rows)
{
	struct pen *pen = heat->pen;
	xmlNode *data;

	for (size_t i = 0; i < heat->count; i++)
		attribute(put(chart, "kpi"), "label", heat->columns[i].item->label);
	if (pen->model->score != SIZE_MAX)
		attribute(chart, "total", pen->model->score_label);
	data = chart_data(pen, chart, say(pen, rows->of_units ? SAY_HEAT_DATA_UNITS : SAY_HEAT_DATA, NULL));
	chart_column(data, say(pen, SAY_CHART_RANK, NULL), false);
	chart_column(data, say(pen, rows->of_units ? SAY_CHART_UNIT : SAY_CHART_NAME, NULL), false);
	for (size_t i = 0; i < heat->count; i++)
		chart_column(data, chart_measure(pen, heat->columns[i].item), true);
	if (pen->model->score != SIZE_MAX)
		chart_column(data, pen->model->score_label, true);
	return data;
}

void chart_build_heatmap(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct heat heat = {.pen = pen, .scope = scope};
	struct chart_rows rows = chart_rows_of(pen, scope->people, MOST_PEOPLE);
	xmlNode *data;

	find_columns(&heat);
	for (size_t i = 0; i < rows.count; i++)
		rows.rows[i].has_value = chart_mean(pen, rows.rows[i].people, pen->model->score, &rows.rows[i].value);
	chart_rows_sort(&rows);
	find_shades(&heat, &rows);
	chart_head(pen, chart, scope, finding_of(&heat), scope->people.count);
	chart_subtitle_add(chart, weights(&heat));
	if (rows.of_units)
		chart_subtitle_add(chart, say(pen, SAY_CHART_MEANS, NULL));
	if (heat.count)
		add_shades(&heat, chart);
	data = add_heads(&heat, chart, &rows);
	if (heat.count)
		add_rows(&heat, chart, data, &rows);
	/* the table stands behind the rows */
	xmlUnlinkNode(data);
	xmlAddChild(chart, data);
}
