#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

const char *person_name(const struct model *model, size_t person)
{
	const struct person *who = &model->facts->people[person];

	return who->name && *who->name ? who->name : who->id;
}

const struct value *score_of(const struct model *model, size_t person)
{
	static const struct value none = {.type = VALUE_NUMBER, .missing = true};

	if (model->score == SIZE_MAX || !is_computed(model, person))
		return &none;
	return results_value(model->input.results, person, model->score);
}

const struct value *past_score_of(const struct model *model, size_t person, size_t months_back)
{
	const struct model_history *history = &model->input.history;
	int32_t month = model->facts->month - (int32_t)months_back;

	for (size_t i = 0; history->scores && i < history->month_count; i++)
		if (history->months[i] == month)
			return &history->scores[i * model->facts->person_count + person];
	return NULL;
}

const struct value *last_score_of(const struct model *model, size_t person)
{
	const struct value *value = past_score_of(model, person, 1);

	return value && !value->missing ? value : NULL;
}

/* qsort takes no context, and the order is made once, before any worker is forked. */
static const struct value *const *sorted_scores;

static int by_score(const void *a, const void *b)
{
	size_t first = *(const size_t *)a, second = *(const size_t *)b;
	int order = decimal_compare(sorted_scores[second]->number, sorted_scores[first]->number);

	return order ? order : first < second ? -1 : first > second;
}

/* Competition ranks 1, 2, 2, 4 of the people in order, whose scores are given by person. */
static size_t rank_people(
	const struct model *model, const struct value *const *scores, size_t *order, size_t *ranks)
{
	size_t count = 0;

	for (size_t i = 0; i < model->facts->person_count; i++)
		if (scores[i] && !scores[i]->missing)
			order[count++] = i;
	sorted_scores = scores;
	qsort(order, count, sizeof *order, by_score);
	for (size_t i = 0; i < count; i++)
		ranks[order[i]] =
			i > 0 && decimal_compare(scores[order[i]]->number, scores[order[i - 1]]->number) == 0
				? ranks[order[i - 1]]
				: i + 1;
	return count;
}

static int by_number(const void *a, const void *b)
{
	return decimal_compare(*(const struct decimal *)a, *(const struct decimal *)b);
}

/* How many of them are lower. */
static size_t lower_than(const struct decimal *sorted, size_t count, struct decimal score)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (decimal_compare(sorted[middle], score) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t higher_than(const struct decimal *sorted, size_t count, struct decimal score)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (decimal_compare(sorted[middle], score) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return count - low;
}

static bool mean_of(struct decimal sum, size_t count, struct decimal *out)
{
	struct decimal mean, cent;

	return count > 0 && decimal_parse("0.01", 4, &cent) &&
	       decimal_divide(sum, decimal_from_int((int64_t)count), &mean) &&
	       decimal_round(decimal_cut(mean), cent, ROUND_HALF_UP, out);
}

static void sort_month(struct model *model, size_t index, struct past_scores *past)
{
	const struct model_history *history = &model->input.history;
	size_t count = history->score_counts[index];
	struct decimal *sorted = arena_array(model->input.arena, count + 1, sizeof *sorted), sum = decimal_zero();

	for (size_t i = 0; i < count; i++) {
		sorted[i] = history->everyone[index][i];
		sum = decimal_add(sum, sorted[i]);
	}
	qsort(sorted, count, sizeof *sorted, by_number);
	*past = (struct past_scores){sorted, count, history->people[index], decimal_zero()};
	mean_of(sum, count, &past->mean);
}

/* An earlier month's ranks are those that its own pages showed: among all of its people, those who have left since too. */
static void sort_months(struct model *model)
{
	const struct model_history *history = &model->input.history;

	for (size_t i = 0; history->everyone && i < history->month_count; i++) {
		size_t back = (size_t)(model->facts->month - history->months[i]);

		if (back < sizeof model->past / sizeof *model->past)
			sort_month(model, i, &model->past[back]);
	}
}

size_t past_rank(const struct model *model, size_t months_back, struct decimal score)
{
	const struct past_scores *past = &model->past[months_back];

	return past->count ? higher_than(past->sorted, past->count, score) + 1 : 0;
}

static void rank_both_months(struct model *model)
{
	size_t people = model->facts->person_count;
	struct arena *arena = model->input.arena;
	const struct value **scores = arena_array(arena, people, sizeof(*scores));
	size_t *ranks = arena_array(arena, people, sizeof *ranks),
	       *last_order = arena_array(arena, people, sizeof *last_order);

	model->order = arena_array(arena, people, sizeof *model->order);
	for (size_t i = 0; i < people; i++)
		scores[i] = last_score_of(model, i);
	rank_people(model, scores, last_order, ranks);
	for (size_t i = 0; i < people; i++) {
		model->standing[i].last_rank = ranks[i];
		ranks[i] = 0;
		scores[i] = score_of(model, i);
	}
	for (size_t i = 0; i < people && model->past[1].count; i++)
		model->standing[i].last_rank = last_score_of(model, i) ? past_rank(model, 1, last_score_of(model, i)->number) : 0;
	model->ranked = rank_people(model, scores, model->order, ranks);
	for (size_t i = 0; i < people; i++)
		model->standing[i].rank = ranks[i];
	for (size_t i = 1; i < model->ranked; i++)
		if (ranks[model->order[i]] == ranks[model->order[i - 1]])
			model->standing[model->order[i]].tied = model->standing[model->order[i - 1]].tied =
				true;
}

static void add_up_sections(struct model *model, size_t person)
{
	struct sums *sums = &model->sums[person];

	for (size_t section = 0; section <= SECTION_NET; section++)
		sums->sections[section] = decimal_zero();
	for (size_t column = 0; column < model->rulebook->column_count; column++) {
		const struct item *item = results_item(model->input.results, person, column);
		const struct value *value = results_value(model->input.results, person, column);

		if (!item || item->kind != ITEM_FIGURE || item->section < SECTION_EARNINGS ||
			value->missing || item->type != VALUE_MONEY)
			continue;
		sums->sections[item->section] = decimal_add(sums->sections[item->section], value->number);
	}
}

static bool month_has_scores(const struct model *model, size_t index)
{
	size_t people = model->facts->person_count;

	for (size_t i = 0; i < people; i++)
		if (!model->input.history.scores[index * people + i].missing)
			return true;
	return false;
}

static void find_trend_months(struct model *model)
{
	const struct model_history *history = &model->input.history;

	model->trend_months = 1;
	for (size_t i = 0; history->scores && i < history->month_count; i++) {
		int32_t back = model->facts->month - history->months[i];

		if (back >= 12 || !month_has_scores(model, i))
			continue;
		model->trend_months = (size_t)back + 1;
		return;
	}
}

static void find_trend_span(struct model *model)
{
	const struct model_history *history = &model->input.history;
	size_t people = model->facts->person_count;
	double low = INFINITY, high = -INFINITY;

	for (size_t i = 0; i < people; i++) {
		const struct value *now = score_of(model, i);

		if (!now->missing) {
			low = fmin(low, decimal_to_double(now->number));
			high = fmax(high, decimal_to_double(now->number));
		}
	}
	for (size_t i = 0; history->scores && i < history->month_count * people; i++) {
		if (history->scores[i].missing)
			continue;
		low = fmin(low, decimal_to_double(history->scores[i].number));
		high = fmax(high, decimal_to_double(history->scores[i].number));
	}
	model->trend_span = low <= high ? span_of(low, high, 20) : (struct span){0, 100, 20};
}

static void add_up_units(struct model *model)
{
	const struct facts *facts = model->facts;

	for (size_t i = 0; i < facts->unit_count; i++) {
		const struct unit *unit = &facts->units[i];
		struct unit_sums *sums = &model->unit_sums[i];

		sums->has_now = mean_score(model, unit->first, unit->last, 0, &sums->now);
		sums->has_last = mean_score(model, unit->first, unit->last, 1, &sums->last);
		sums->cost = decimal_zero();
		for (size_t j = unit->first; j < unit->last; j++)
			sums->cost = decimal_add(
				sums->cost, model->sums[facts->by_unit[j]].sections[SECTION_EARNINGS]);
	}
}

void standing_compute(struct model *model)
{
	struct arena *arena = model->input.arena;
	size_t people = model->facts->person_count;

	model->standing = arena_array(arena, people, sizeof *model->standing);
	model->sums = arena_array(arena, people, sizeof *model->sums);
	sort_months(model);
	rank_both_months(model);
	for (size_t i = 0; i < people; i++)
		add_up_sections(model, i);
	find_trend_months(model);
	find_trend_span(model);
	model->unit_sums = arena_array(arena, model->facts->unit_count + 1, sizeof *model->unit_sums);
	add_up_units(model);
	model->sorted = arena_array(arena, model->ranked + 1, sizeof *model->sorted);
	for (size_t i = 0; i < model->ranked; i++)
		model->sorted[i] = score_of(model, model->order[model->ranked - 1 - i])->number;
	for (size_t i = 0; i < model->ranked; i++)
		model->standing[model->order[i]].below =
			lower_than(model->sorted, model->ranked, score_of(model, model->order[i])->number);
}

struct span span_of(double low, double high, double at_least)
{
	static const double steps[] = {0.5, 1, 2, 5, 10, 20, 25, 50};
	double length = fmax(high - low, at_least), power = 1;
	struct span span = {low, high, 1};

	for (;; power *= 100) {
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
			span.step = steps[i] * power;
			span.low = floor(low / span.step) * span.step;
			span.high = fmax(ceil(high / span.step) * span.step,
				span.low + ceil(length / span.step) * span.step);
			if ((span.high - span.low) / span.step <= 6.01)
				return span;
		}
	}
}

bool mean_score(const struct model *model, size_t first, size_t last, size_t months_back, struct decimal *out)
{
	struct decimal sum = decimal_zero();
	size_t count = 0;

	/* The whole company's mean of an earlier month is that month's own. */
	if (months_back && first == 0 && last == model->facts->by_unit_count && model->input.history.everyone) {
		*out = model->past[months_back].mean;
		return model->past[months_back].count > 0;
	}

	for (size_t i = first; i < last; i++) {
		size_t person = model->facts->by_unit[i];
		const struct value *value =
			months_back ? past_score_of(model, person, months_back) : score_of(model, person);

		if (!value || value->missing)
			continue;
		sum = decimal_add(sum, value->number);
		count++;
	}
	return mean_of(sum, count, out);
}

struct decimal median_of(struct decimal lower, struct decimal upper)
{
	struct decimal half;

	return decimal_divide(decimal_add(lower, upper), decimal_from_int(2), &half) ? half : lower;
}

size_t below_pass(const struct model *model, size_t first, size_t last)
{
	size_t count = 0;

	for (size_t i = first; model->has_pass && i < last; i++) {
		const struct value *score = score_of(model, model->facts->by_unit[i]);

		count += !score->missing && decimal_compare(score->number, model->pass) < 0;
	}
	return count;
}
