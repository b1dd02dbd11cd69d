#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/*
 * C6: what pay consists of, a bar a person (of more than 45 the mean of each
 * unit): at most four parts of the earnings, what is deducted left of zero;
 * then the same as shares. Managers only.
 */

#define MOST_PEOPLE 45
#define MOST_PARTS 4
#define REST 0 /* @part of what is drawn grey: several earnings together */

struct part {
	const char *label;
	size_t column; /* SIZE_MAX: of several */
	struct decimal sum; /* of everybody drawn */
};
struct composition {
	struct pen *pen;
	struct group people;
	bool is_pay; /* parts of the earnings: what is left of them and the deductions are drawn, too */
	struct part parts[MOST_PARTS];
	size_t count;
	size_t *rest, rest_count; /* the other columns, together a part of their own */
	bool deducts; /* anything at all */
};

/* ---- amounts ---- */
static bool is_earning(const struct item *item)
{
	return item && item->kind == ITEM_FIGURE && item->section == SECTION_EARNINGS && item->type == VALUE_MONEY;
}

static struct decimal amount_of(struct composition *pay, size_t person, size_t column)
{
	const struct value *value = chart_value(pay->pen, person, column);

	return value->missing ? decimal_zero() : value->number;
}

static bool is_part(const struct composition *pay, size_t column)
{
	for (size_t i = 0; i < pay->count; i++)
		if (pay->parts[i].column == column)
			return true;
	return false;
}

/* Several earnings together. */
static bool is_rest(const struct composition *pay, size_t part)
{
	return pay->parts[part].column == SIZE_MAX && pay->rest_count > 1;
}

static struct decimal rest_of(struct composition *pay, size_t person)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < pay->rest_count; i++)
		sum = decimal_add(sum, amount_of(pay, person, pay->rest[i]));
	return sum;
}

static struct decimal part_of(struct composition *pay, size_t part, size_t person)
{
	return pay->parts[part].column == SIZE_MAX ? rest_of(pay, person) : amount_of(pay, person, pay->parts[part].column);
}

static struct decimal mean_of(struct decimal sum, size_t count)
{
	return count > 1 && decimal_divide(sum, decimal_from_int((int64_t)count), &sum) ? chart_round(sum) : sum;
}

/* What a row shows: the parts, then what is deducted (positive), what they add up to, what is paid. */
struct amounts {
	struct decimal parts[MOST_PARTS], deducted, gross, net;
};

static struct amounts amounts_of(struct composition *pay, struct group people)
{
	struct amounts amounts = {.deducted = decimal_zero(), .gross = decimal_zero(), .net = decimal_zero()};

	for (size_t i = 0; i < pay->count; i++) {
		amounts.parts[i] = decimal_zero();
		for (size_t k = 0; k < people.count; k++)
			amounts.parts[i] = decimal_add(amounts.parts[i], part_of(pay, i, people.people[k]));
		amounts.gross = decimal_add(amounts.gross, amounts.parts[i]);
		amounts.parts[i] = mean_of(amounts.parts[i], people.count);
	}
	for (size_t k = 0; k < people.count && pay->is_pay; k++) {
		const struct decimal *sums = pay->pen->model->sums[people.people[k]].sections;

		amounts.deducted = decimal_add(amounts.deducted, sums[SECTION_DEDUCTIONS]);
		amounts.net = decimal_add(amounts.net, sums[SECTION_NET]);
	}
	amounts.gross = mean_of(amounts.gross, people.count);
	amounts.deducted = mean_of(amounts.deducted, people.count);
	amounts.net = mean_of(amounts.net, people.count);
	return amounts;
}

/* ---- which parts ---- */
static struct decimal sum_of(struct composition *pay, size_t column)
{
	struct decimal sum = decimal_zero();

	for (size_t i = 0; i < pay->people.count; i++)
		sum = decimal_add(sum, amount_of(pay, pay->people.people[i], column));
	return sum;
}

static void add_part(struct composition *pay, const char *label, size_t column, struct decimal sum)
{
	if (pay->count < MOST_PARTS && decimal_sign(sum) != 0)
		pay->parts[pay->count++] = (struct part){.label = label, .column = column, .sum = sum};
}

static const struct item *earning_at(struct composition *pay, size_t column)
{
	for (size_t i = 0; i < pay->people.count; i++) {
		const struct item *item = results_item(pay->pen->model->input.results, pay->people.people[i], column);

		if (is_earning(item))
			return item;
	}
	return NULL;
}

static int by_sum(const void *a, const void *b)
{
	const struct part *first = a, *second = b;
	int order = decimal_compare(decimal_abs(second->sum), decimal_abs(first->sum));

	return order ? order : first->column < second->column ? -1 : 1;
}

static int by_column(const void *a, const void *b)
{
	const struct part *first = a, *second = b;

	return first->column < second->column ? -1 : 1;
}

/* The greatest earnings, in the order of the policy; what does not fit is one part together. */
static void find_greatest(struct composition *pay)
{
	size_t columns = pay->pen->model->rulebook->column_count, count = 0;
	struct part *found = arena_array(pay->pen->scratch, columns + 1, sizeof *found);

	for (size_t column = 0; column < columns; column++) {
		const struct item *item = earning_at(pay, column);

		if (item && decimal_sign(sum_of(pay, column)) != 0)
			found[count++] = (struct part){item->label, column, sum_of(pay, column)};
	}
	qsort(found, count, sizeof *found, by_sum);
	pay->count = count <= MOST_PARTS ? count : MOST_PARTS - 1;
	memcpy(pay->parts, found, pay->count * sizeof *found);
	qsort(pay->parts, pay->count, sizeof *pay->parts, by_column);
}

/* Those that are declared, as they are written. Figures that are no earnings add up to something else than pay. */
static void find_declared(struct composition *pay, const struct declared_chart *declared)
{
	size_t most = declared->figure_count <= MOST_PARTS ? declared->figure_count : MOST_PARTS - 1;

	for (size_t i = 0; i < declared->figure_count; i++)
		pay->is_pay &= is_earning(declared->figures[i]);
	for (size_t i = 0; i < most; i++)
		add_part(pay, declared->figures[i]->label, declared->figures[i]->column,
			sum_of(pay, declared->figures[i]->column));
	for (size_t i = most; i < declared->figure_count && !pay->is_pay; i++)
		pay->rest[pay->rest_count++] = declared->figures[i]->column;
}

static void find_rest(struct composition *pay)
{
	struct decimal sum = decimal_zero();

	if (pay->count == MOST_PARTS && pay->is_pay) /* the last gives way: alone in the rest it keeps its name */
		pay->count--;
	for (size_t column = 0; column < pay->pen->model->rulebook->column_count && pay->is_pay; column++)
		if (!is_part(pay, column) && earning_at(pay, column))
			pay->rest[pay->rest_count++] = column;
	for (size_t i = 0; i < pay->rest_count; i++)
		sum = decimal_add(sum, sum_of(pay, pay->rest[i]));
	add_part(pay, pay->rest_count == 1 && pay->is_pay ? earning_at(pay, pay->rest[0])->label : say(pay->pen, SAY_COMPOSITION_REST, NULL),
		SIZE_MAX, sum);
}

static struct composition compose(struct pen *pen, const struct chart_scope *scope)
{
	struct composition pay = {.pen = pen, .people = scope->people, .is_pay = true};

	pay.rest = arena_array(pen->scratch, pen->model->rulebook->column_count + 1, sizeof *pay.rest);
	if (scope->declared->figure_count)
		find_declared(&pay, scope->declared);
	else
		find_greatest(&pay);
	find_rest(&pay);
	for (size_t i = 0; i < pay.people.count && pay.is_pay; i++)
		pay.deducts |= decimal_sign(pen->model->sums[pay.people.people[i]].sections[SECTION_DEDUCTIONS]) != 0;
	return pay;
}

/* ---- bars ---- */

/* One bar's segments: what adds lies right of zero, what takes away left of it. */
struct bar {
	struct decimal right, left;
};

static void add_segment(struct pen *pen, xmlNode *row, struct bar *bar, struct decimal amount, const char *text)
{
	struct decimal *end = decimal_sign(amount) < 0 ? &bar->left : &bar->right, from = *end;
	xmlNode *node = put_text(row, "segment", text);
	char room[DECIMAL_TEXT];

	(void)pen;
	*end = decimal_add(from, amount);
	attribute(node, "from", decimal_format(decimal_sign(amount) < 0 ? *end : from, room));
	attribute(node, "to", decimal_format(decimal_sign(amount) < 0 ? from : *end, room));
}

typedef struct decimal measure_fn(const struct amounts *amounts, struct decimal amount);

static struct decimal as_money(const struct amounts *amounts, struct decimal amount)
{
	(void)amounts;
	return amount;
}

/* In percent of the earnings, to a tenth. */
static struct decimal as_share(const struct amounts *amounts, struct decimal amount)
{
	struct decimal share, tenth;

	if (!decimal_divide(decimal_multiply(amount, decimal_from_int(100)), amounts->gross, &share) ||
		!decimal_parse("0.1", 3, &tenth) ||
		!decimal_round(decimal_cut(share), tenth, ROUND_HALF_UP, &share))
		return decimal_zero();
	return share;
}

static const char *segment_text(struct composition *pay, struct decimal number, bool share)
{
	return share ? arena_printf(pay->pen->scratch, "%s%%", text_number(pay->pen, number, 1))
		     : text_money(pay->pen, number);
}

static void add_segments(struct composition *pay, xmlNode *row, const struct amounts *amounts, bool share)
{
	measure_fn *measure = share ? as_share : as_money;
	struct bar bar = {decimal_zero(), decimal_zero()};

	for (size_t i = 0; i < pay->count; i++) {
		struct decimal number = measure(amounts, amounts->parts[i]);

		if (decimal_sign(number) == 0)
			continue;
		add_segment(pay->pen, row, &bar, number, segment_text(pay, number, share));
		attribute_count(pay->pen, row->last, "part", is_rest(pay, i) ? REST : i + 1);
	}
	if (decimal_sign(amounts->deducted) != 0) {
		struct decimal number = decimal_negate(measure(amounts, amounts->deducted));

		add_segment(pay->pen, row, &bar, number, segment_text(pay, number, share));
		attribute(row->last, "deducted", "yes");
	}
}

static void reach(const struct amounts *amounts, const struct composition *pay, measure_fn *measure, struct span *span)
{
	double left = 0, right = 0, deducted = decimal_to_double(measure(amounts, amounts->deducted));

	for (size_t i = 0; i < pay->count; i++) {
		double number = decimal_to_double(measure(amounts, amounts->parts[i]));

		*(number < 0 ? &left : &right) += number;
	}
	*(deducted > 0 ? &left : &right) -= deducted;
	span->low = fmin(span->low, left);
	span->high = fmax(span->high, right);
}

/* Shares end at a hundred percent (tenths may add up to a little more), if deductions take no more room than that. */
static struct span span_of_shares(struct span span)
{
	struct span twenties = {floor(span.low / 20) * 20, ceil((span.high - 0.5) / 20) * 20, 20};

	return twenties.high - twenties.low <= 200 ? twenties : span_of(span.low, span.high, 1);
}

static void add_panel(struct composition *pay, xmlNode *chart, const struct chart_rows *rows, const struct amounts *amounts,
	bool share)
{
	struct pen *pen = pay->pen;
	xmlNode *panel = put(chart, "panel");
	struct span span = {0, share ? 100 : 1, 1};

	attribute(panel, "title",
		share ? say(pen, SAY_COMPOSITION_SHARES, NULL)
		      : say(pen, SAY_CHART_MEASURE, say(pen, SAY_CHART_AMOUNT, NULL), chart_unit_word(pen, VALUE_MONEY), NULL));
	for (size_t i = 0; i < rows->count; i++)
		reach(&amounts[i], pay, share ? as_share : as_money, &span);
	span = share ? span_of_shares(span) : span_of(span.low, span.high, 1);
	chart_scale(pen, panel, &span, share ? VALUE_PERCENT : VALUE_MONEY);
	for (size_t i = 0; i < rows->count; i++) {
		xmlNode *row = put(panel, "row");

		chart_row_head(row, &rows->rows[i]);
		attribute(row, "total", share ? NULL : text_money(pen, amounts[i].gross));
		add_segments(pay, row, &amounts[i], share);
	}
}

/* ---- words and numbers ---- */
static const char *finding_of(struct composition *pay)
{
	struct pen *pen = pay->pen;
	struct amounts amounts = {.gross = decimal_zero()};
	const struct part *first = NULL, *second = NULL;

	for (size_t i = 0; i < pay->count; i++) {
		const struct part *part = &pay->parts[i];

		amounts.gross = decimal_add(amounts.gross, part->sum);
		if (is_rest(pay, i)) /* says nothing */
			continue;
		if (!first || decimal_compare(part->sum, first->sum) > 0) {
			second = first;
			first = part;
		} else if (!second || decimal_compare(part->sum, second->sum) > 0) {
			second = part;
		}
	}
	if (!first)
		return say(pen, SAY_CHART_NOBODY, NULL);
	if (!second)
		return say(pen, SAY_COMPOSITION_ONE, first->label, segment_text(pay, as_share(&amounts, first->sum), true), NULL);
	return say(pen, SAY_COMPOSITION_TWO, first->label, segment_text(pay, as_share(&amounts, first->sum), true),
		second->label, segment_text(pay, as_share(&amounts, second->sum), true), NULL);
}

static void add_table(struct composition *pay, xmlNode *chart, const struct chart_rows *rows, const struct amounts *amounts)
{
	struct pen *pen = pay->pen;
	xmlNode *data = chart_data(pen, chart, say(pen, rows->of_units ? SAY_COMPOSITION_DATA_UNITS : SAY_COMPOSITION_DATA, NULL));

	chart_column(data, say(pen, rows->of_units ? SAY_CHART_UNIT : SAY_CHART_NAME, NULL), false);
	for (size_t i = 0; i < pay->count; i++)
		chart_column(data, pay->parts[i].label, true);
	chart_column(data, say(pen, SAY_GROSS, NULL), true);
	if (pay->is_pay) {
		chart_column(data, say(pen, SAY_COMPOSITION_DEDUCTED, NULL), true);
		chart_column(data, say(pen, SAY_NET, NULL), true);
	}
	for (size_t i = 0; i < rows->count; i++) {
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, rows->rows[i].label);
		for (size_t k = 0; k < pay->count; k++)
			chart_cell(entry, text_money(pen, amounts[i].parts[k]));
		chart_cell(entry, text_money(pen, amounts[i].gross));
		if (pay->is_pay) {
			chart_cell(entry, text_money(pen, amounts[i].deducted));
			chart_cell(entry, text_money(pen, amounts[i].net));
		}
	}
}

static void add_parts(struct composition *pay, xmlNode *chart)
{
	for (size_t i = 0; i < pay->count; i++)
		attribute_count(pay->pen, put_text(chart, "part", pay->parts[i].label), "part", is_rest(pay, i) ? REST : i + 1);
	if (pay->deducts)
		attribute(put_text(chart, "part", say(pay->pen, SAY_COMPOSITION_DEDUCTED, NULL)), "deducted", "yes");
}

void chart_build_composition(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct composition pay = compose(pen, scope);
	struct chart_rows rows = chart_rows_of(pen, scope->people, MOST_PEOPLE);
	struct amounts *amounts = arena_array(pen->scratch, rows.count + 1, sizeof *amounts);

	for (size_t i = 0; i < rows.count; i++) {
		rows.rows[i].value = amounts_of(&pay, rows.rows[i].people).gross;
		rows.rows[i].has_value = true;
	}
	chart_rows_sort(&rows);
	for (size_t i = 0; i < rows.count; i++)
		amounts[i] = amounts_of(&pay, rows.rows[i].people);
	chart_head(pen, chart, scope, finding_of(&pay), scope->people.count);
	if (rows.of_units)
		chart_subtitle_add(chart, say(pen, SAY_CHART_MEANS, NULL));
	add_parts(&pay, chart);
	for (int share = 0; share < 2 && rows.count; share++)
		add_panel(&pay, chart, &rows, amounts, share == 1);
	add_table(&pay, chart, &rows, amounts);
}
