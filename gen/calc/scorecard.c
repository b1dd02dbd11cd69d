#include "calc/scorecard.h"

#include "base/arena.h"
#include "calc/item.h"

struct value kpi_bound(const struct item *kpi, struct value value)
{
	if (value.missing)
		return value;
	if (kpi->has_floor && decimal_compare(value.number, kpi->floor) < 0)
		value.number = kpi->floor;
	if (kpi->has_cap && decimal_compare(value.number, kpi->cap) > 0)
		value.number = kpi->cap;
	return value;
}

struct weighing {
	struct decimal sum; /* Σ weight × kpi over those with a value */
	struct decimal applied; /* Σ weight of those that apply */
	struct decimal valued; /* Σ weight of those with a value */
	const struct item *missing; /* the first without value */
};

static void weigh(struct eval *eval, const struct item *scorecard, struct weighing *w)
{
	for (size_t i = 0; i < scorecard->kpi_count; i++) {
		const struct item *kpi = scorecard->kpis[i];
		const struct value *value = results_value(eval->run->results, eval->person, kpi->column);

		if (!eval_when(eval, kpi->when))
			continue;
		w->applied = decimal_add(w->applied, kpi->weight);
		if (value->missing) {
			w->missing = w->missing ? w->missing : kpi;
			continue;
		}
		w->valued = decimal_add(w->valued, kpi->weight);
		w->sum = decimal_add(w->sum, decimal_multiply(kpi->weight, value->number));
	}
}

bool scorecard_counts(struct eval *eval, const struct item *kpi)
{
	return eval_when(eval, kpi->when) && (kpi->parent->when_missing == MISSING_ZERO ||
		!results_value(eval->run->results, eval->person, kpi->column)->missing);
}

/* Of a card that takes no kpi's absence, all that apply do. */
static struct decimal divisor(const struct item *scorecard, const struct weighing *w)
{
	return scorecard->when_missing == MISSING_RENORMALISE ? w->valued : w->applied;
}

struct decimal scorecard_weights(struct eval *eval, const struct item *scorecard)
{
	struct weighing w = { decimal_zero(), decimal_zero(), decimal_zero(), NULL };

	weigh(eval, scorecard, &w);
	return divisor(scorecard, &w);
}

static void report_missing(struct eval *eval, const struct item *scorecard, const struct item *part)
{
	const struct table *table;

	item_cause(eval, part, &table);
	if (table)
		item_no_row(eval, table);
	else
		eval_error(eval, MSG_SCORE_MISSING, eval_person_name(eval->run, eval->person), scorecard->name, part->name);
}

static bool adjust(struct eval *eval, const struct item *scorecard, struct decimal *score)
{
	for (size_t i = 0; i < scorecard->adjust_count; i++) {
		const struct value *value =
			results_value(eval->run->results, eval->person, scorecard->adjusts[i]->column);

		if (!value->missing) {
			*score = decimal_add(*score, value->number);
		} else if (scorecard->when_missing == MISSING_ERROR) {
			report_missing(eval, scorecard, scorecard->adjusts[i]);
			return false;
		}
	}
	return true;
}

struct value scorecard_value(struct eval *eval, const struct item *scorecard)
{
	struct weighing w = { decimal_zero(), decimal_zero(), decimal_zero(), NULL };
	struct decimal hundred = decimal_from_int(100), score;
	char room[DECIMAL_TEXT];

	weigh(eval, scorecard, &w);
	if (decimal_compare(w.applied, hundred)) {
		eval_error(eval, MSG_WEIGHTS_NOT_100, eval_person_name(eval->run, eval->person), scorecard->name,
			arena_strdup(eval->run->arena, decimal_format(w.applied, room)));
		return value_missing(scorecard->type);
	}
	if (w.missing && scorecard->when_missing == MISSING_ERROR) {
		report_missing(eval, scorecard, w.missing);
		return value_missing(scorecard->type);
	}
	if (!decimal_divide(w.sum, divisor(scorecard, &w), &score))
		return value_missing(scorecard->type);
	if (!adjust(eval, scorecard, &score))
		return value_missing(scorecard->type);
	return kpi_bound(scorecard, value_number(scorecard->type, score));
}
