#include "books/outlier.h"

#include <stdlib.h>

#include "base/arena.h"

#define LEAST_MONTHS 3
#define TIMES_SPREAD 5
#define LEAST_AMOUNT 100

static int ascending(const void *a, const void *b)
{
	return decimal_compare(*(const struct decimal *)a, *(const struct decimal *)b);
}

static struct decimal halved(struct decimal amount)
{
	struct decimal half;

	decimal_parse("0.5", 3, &half);
	return decimal_multiply(amount, half);
}

/* Sorts them. */
static struct decimal median(struct decimal *values, size_t count)
{
	qsort(values, count, sizeof(*values), ascending);
	return count % 2 ? values[count / 2] : halved(decimal_add(values[count / 2 - 1], values[count / 2]));
}

static struct decimal distance(struct decimal a, struct decimal b)
{
	return decimal_abs(decimal_subtract(a, b));
}

/* A median may lie between two fen, and opening.csv may be finer than money. */
static struct decimal to_fen(struct decimal amount)
{
	struct decimal step;

	decimal_parse("0.01", 4, &step);
	decimal_round(amount, step, ROUND_HALF_UP, &amount);
	return amount;
}

bool outlier_is_far(struct decimal value, struct decimal *values, size_t count, struct outlier *out)
{
	struct decimal usual, spread, distances[PAST_MONTHS], apart;

	if (count < LEAST_MONTHS || count > PAST_MONTHS)
		return false;
	usual = median(values, count);
	for (size_t i = 0; i < count; i++)
		distances[i] = distance(values[i], usual);
	spread = median(distances, count);
	apart = distance(value, usual);
	out->value = to_fen(value);
	out->usual = to_fen(usual);
	out->low = to_fen(values[0]);
	out->high = to_fen(values[count - 1]);
	out->months = count;
	return (decimal_compare(value, values[0]) < 0 || decimal_compare(value, values[count - 1]) > 0) &&
		decimal_compare(apart, decimal_multiply(spread, decimal_from_int(TIMES_SPREAD))) > 0 &&
		decimal_compare(apart, halved(decimal_abs(usual))) >= 0 &&
		decimal_compare(apart, decimal_from_int(LEAST_AMOUNT)) >= 0;
}

/* ---- this month's side ---- */

/* What is a sum of others says less than they do, and net least. */
enum telling { CAUSE, TOTAL, NET, NOTHING };

/* A line's sum this month; missing without a row. */
static struct value *sum_lines(const struct results *results, size_t line, struct arena *scratch)
{
	const struct line_values *lines = &results->lines[line];
	struct value *sums = arena_array(scratch, results->facts->person_count + 1, sizeof(*sums));

	for (size_t i = 0; i < results->facts->person_count; i++)
		sums[i] = value_missing(VALUE_MONEY);
	for (size_t row = 0; lines->values && row < lines->table->row_count; row++) {
		const struct value *value = &lines->values[row];
		size_t person = facts_row_person(results->facts, lines->table->spec->index, row);

		if (person == SIZE_MAX || value->missing)
			continue;
		sums[person] = value_number(VALUE_MONEY,
			sums[person].missing ? value->number : decimal_add(sums[person].number, value->number));
	}
	return sums;
}

struct finding {
	const struct own_past *past;
	const struct results *results;
	struct value **lines; /* by amount: the sums of that line; NULL: a figure */
};

static enum telling telling(const struct finding *finding, size_t person, size_t index, const char **label)
{
	const struct own_past_amount *amount = own_past_amount(finding->past, index);
	const struct item *item;

	*label = amount->name;
	if (amount->column == SIZE_MAX)
		return CAUSE;
	item = results_item(finding->results, person, amount->column);
	if (!item)
		return NOTHING;
	*label = item->label && *item->label ? item->label : item->name;
	if (item->kind == ITEM_TOTAL)
		return item->total_of == SECTION_NET ? NET : TOTAL;
	return item->section == SECTION_NET ? NET : CAUSE;
}

static const struct value *this_month(const struct finding *finding, size_t person, size_t index)
{
	const struct own_past_amount *amount = own_past_amount(finding->past, index);

	return amount->column == SIZE_MAX ? &finding->lines[index][person] :
		results_value(finding->results, person, amount->column);
}

/* Months of 0 are no history of what a bonus is when there is one; of an amount that is 0 now they are. */
static size_t gather(const struct own_past_values *past, bool with_zeros, struct decimal out[PAST_MONTHS])
{
	size_t count = 0;

	while (count < past->count) {
		out[count] = past->values[count];
		count++;
	}
	for (size_t i = 0; with_zeros && i < past->zeros; i++)
		out[count++] = decimal_zero();
	return count;
}

static struct decimal apart(const struct outlier *outlier)
{
	return distance(outlier->value, outlier->usual);
}

static void find_rows(const struct node *node, void *context)
{
	bool *found = context;

	*found = *found || (node->kind == NODE_CALL && function_entry(node->function)->class == CLASS_ROWS && !node->table->one_row);
}

/* A sum over orders or the like is what somebody sold; other facts are worked out of such sums and of pay. */
static bool is_sales(const struct item *item)
{
	bool found = false;

	if (item->section == SECTION_FACTS && item->formula)
		node_walk(item->formula->root, find_rows, &found);
	return found;
}

/* Sales go up and down: only twice the best month so far, or half of the worst, is news. */
static bool is_extreme(const struct outlier *outlier)
{
	return decimal_compare(outlier->value, decimal_add(outlier->high, outlier->high)) > 0 ||
		decimal_compare(outlier->value, halved(outlier->low)) < 0;
}

/*
 * Is the amount, which is far from its past, worth naming the person for? A
 * single allowance or deduction may come and go: while pay and sales stay what
 * they were it only names the cause.
 */
static bool speaks_for(const struct finding *finding, const struct outlier *outlier, size_t index)
{
	const struct own_past_amount *amount = own_past_amount(finding->past, index);
	const struct item *item;

	if (amount->column == SIZE_MAX)
		return is_extreme(outlier);
	item = results_item(finding->results, outlier->person, amount->column);
	return item->kind == ITEM_TOTAL || item->section == SECTION_NET || (is_sales(item) && is_extreme(outlier));
}

/* Counts in *enough the amounts that could be held against a past. */
static bool find_of_person(const struct finding *finding, size_t person, struct outlier *best, size_t *enough)
{
	enum telling best_telling = NOTHING;
	bool speaks = false;

	for (size_t i = 0; i < own_past_count(finding->past); i++) {
		const struct value *value = this_month(finding, person, i);
		struct own_past_values past = own_past_values(finding->past, person, i);
		struct outlier outlier = { .person = person };
		enum telling tells = value->missing ? NOTHING : telling(finding, person, i, &outlier.label);
		struct decimal values[PAST_MONTHS];
		size_t count;

		if (tells == NOTHING)
			continue;
		count = gather(&past, !decimal_sign(value->number), values);
		*enough += count >= LEAST_MONTHS;
		if (!outlier_is_far(value->number, values, count, &outlier))
			continue;
		speaks = speaks || speaks_for(finding, &outlier, i);
		if (tells > best_telling)
			continue;
		if (tells < best_telling || decimal_compare(apart(&outlier), apart(best)) > 0)
			*best = outlier;
		best_telling = tells;
	}
	return speaks;
}

static int by_distance(const void *a, const void *b)
{
	const struct outlier *first = a, *second = b;
	int order = decimal_compare(apart(second), apart(first));

	return order ? order : (first->person > second->person) - (first->person < second->person);
}

struct outliers outliers_find(const struct own_past *past, const struct results *results, struct arena *arena)
{
	size_t people = results->facts->person_count;
	struct outliers found = { arena_array(arena, people + 1, sizeof(*found.rows)), 0, 0 };
	struct arena *scratch = arena_new();
	struct finding finding = { past, results, arena_array(scratch, own_past_count(past) + 1, sizeof(*finding.lines)) };

	for (size_t i = 0; i < own_past_count(past); i++)
		if (own_past_amount(past, i)->line != SIZE_MAX)
			finding.lines[i] = sum_lines(results, own_past_amount(past, i)->line, scratch);
	for (size_t person = 0; person < people; person++) {
		size_t enough = 0;

		if (results->facts->people[person].state == PERSON_EXCLUDED)
			continue;
		found.count += find_of_person(&finding, person, &found.rows[found.count], &enough);
		found.compared += enough > 0;
	}
	qsort(found.rows, found.count, sizeof(*found.rows), by_distance);
	arena_free(scratch);
	return found;
}
