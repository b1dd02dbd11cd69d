#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/*
 * C2: who moved since last month. Up to thirty people their ranks in both
 * months; of more the ten who rose and the ten who fell most.
 */

#define MOST_LINES 30
#define MOST_SLOTS 40 /* of last month: who has left since keeps their place */
#define LISTED 10

struct mover {
	size_t person;
	struct decimal value, before;
	bool was; /* had a value last month */
	size_t rank, last; /* 0: none */
	bool tied, tied_last;
	size_t slot, last_slot; /* from the top: tied ones below each other */
	long rise;
	const char *tone; /* "up", "down": what the chart speaks of; NULL */
	const char *label;
};
struct movers {
	struct pen *pen;
	struct mover *all;
	size_t count, known; /* known: who were there last month */
	long threshold; /* so many places are worth a colour */
	const struct mover *best, *worst; /* NULL: nobody rose, fell */
};

static const struct value *before_of(struct pen *pen, size_t person, size_t column)
{
	const struct model_history *history = &pen->model->input.history;
	const struct value *value;

	if (!history->last || (history->had_last && !history->had_last[person]))
		return NULL;
	value = &history->last[person * pen->model->rulebook->column_count + column];
	return value->missing || !value_type_is_numeric(value->type) ? NULL : value;
}

/* ---- ranks ---- */
static const char *id_of(struct pen *pen, const struct mover *mover)
{
	return pen->model->facts->people[mover->person].id;
}

/* People are in order of their ids. */
static int by_value(const void *a, const void *b)
{
	const struct mover *first = a, *second = b;
	int order = decimal_compare(second->value, first->value);

	return order ? order : first->person < second->person ? -1 : 1;
}

static int by_before(const void *a, const void *b)
{
	const struct mover *first = *(struct mover *const *)a, *second = *(struct mover *const *)b;
	int order = second->was && first->was ? decimal_compare(second->before, first->before) : (int)second->was - (int)first->was;

	return order ? order : first->person < second->person ? -1 : 1;
}

static void rank_now(struct movers *movers)
{
	for (size_t i = 0; i < movers->count; i++) {
		struct mover *mover = &movers->all[i];
		bool tied = i && decimal_compare(movers->all[i - 1].value, mover->value) == 0;

		mover->rank = tied ? movers->all[i - 1].rank : i + 1;
		mover->slot = i + 1;
		mover->tied = tied;
		if (tied)
			movers->all[i - 1].tied = true;
	}
}

static void rank_before(struct movers *movers, struct mover **order)
{
	for (size_t i = 0; i < movers->known; i++) {
		bool tied = i && decimal_compare(order[i - 1]->before, order[i]->before) == 0;

		order[i]->last = tied ? order[i - 1]->last : i + 1;
		order[i]->last_slot = i + 1;
		order[i]->tied_last = tied;
		if (tied)
			order[i - 1]->tied_last = true;
	}
}

/* The whole company's ranking by the main score: who has left since had a rank, too, as on the ranking's page. */
static void take_standing(struct movers *movers, struct mover **order)
{
	const struct model *model = movers->pen->model;
	size_t slot = 0;

	for (size_t i = 0; i < movers->known; i++) {
		struct mover *mover = order[i];

		mover->last = model->standing[mover->person].last_rank;
		mover->last_slot = mover->last > slot ? mover->last : slot + 1;
		slot = mover->last_slot;
	}
}

static void find_movers(struct movers *movers, const struct chart_scope *scope)
{
	struct pen *pen = movers->pen;
	struct mover **order;

	movers->all = arena_array(pen->scratch, scope->people.count + 1, sizeof *movers->all);
	order = arena_array(pen->scratch, scope->people.count + 1, sizeof(struct mover *));
	for (size_t i = 0; i < scope->people.count; i++) {
		const struct value *value = chart_value(pen, scope->people.people[i], scope->column),
				   *before = before_of(pen, scope->people.people[i], scope->column);

		if (value->missing)
			continue;
		movers->all[movers->count++] = (struct mover){.person = scope->people.people[i],
			.value = value->number,
			.was = before != NULL,
			.before = before ? before->number : decimal_zero()};
		movers->known += before != NULL;
	}
	qsort(movers->all, movers->count, sizeof *movers->all, by_value);
	for (size_t i = 0; i < movers->count; i++)
		order[i] = &movers->all[i];
	qsort(order, movers->count, sizeof(struct mover *), by_before);
	rank_now(movers);
	rank_before(movers, order);
	if (scope->column == pen->model->score && movers->count == pen->model->ranked)
		take_standing(movers, order);
}

/* ---- what is spoken of ---- */
static void find_tones(struct movers *movers)
{
	movers->threshold = movers->count >= 15 ? 5 : movers->count >= 6 ? 2 : 1;
	for (size_t i = 0; i < movers->count; i++) {
		struct mover *mover = &movers->all[i];

		mover->rise = mover->last ? (long)mover->last - (long)mover->rank : 0;
		if (mover->rise > 0 && (!movers->best || mover->rise > movers->best->rise))
			movers->best = mover;
		if (mover->rise < 0 && (!movers->worst || mover->rise < movers->worst->rise))
			movers->worst = mover;
		mover->tone = mover->rise >= movers->threshold ? "up" : mover->rise <= -movers->threshold ? "down" : NULL;
	}
}

static const char *places(struct pen *pen, long rise)
{
	return text_count(pen, (size_t)labs(rise));
}

static const char *finding_of(struct movers *movers)
{
	struct pen *pen = movers->pen;
	const struct mover *best = movers->best, *worst = movers->worst;

	if (!movers->count)
		return say(pen, SAY_CHART_NOBODY, NULL);
	if (!movers->known)
		return say(pen, SAY_CHANGE_UNKNOWN, NULL);
	if (best && worst)
		return say(pen, SAY_CHANGE_BOTH, person_name(pen->model, best->person), places(pen, best->rise),
			text_count(pen, best->rank), person_name(pen->model, worst->person), places(pen, worst->rise), NULL);
	if (best)
		return say(pen, SAY_CHANGE_RISE, person_name(pen->model, best->person), places(pen, best->rise),
			text_count(pen, best->rank), NULL);
	if (worst)
		return say(pen, SAY_CHANGE_FALL, person_name(pen->model, worst->person), places(pen, worst->rise),
			text_count(pen, worst->rank), NULL);
	return say(pen, SAY_CHANGE_NONE, NULL);
}

/* ---- the elements ---- */
static const char *rank_text(struct pen *pen, size_t rank, bool tied)
{
	return arena_printf(pen->scratch, "%s%zu", tied ? "=" : "", rank);
}

static xmlNode *add_row(struct movers *movers, xmlNode *parent, const struct mover *mover)
{
	struct pen *pen = movers->pen;
	xmlNode *row = put(parent, "row");

	attribute(row, "label", mover->label);
	attribute(row, "id", id_of(pen, mover));
	attribute(row, "now-text", rank_text(pen, mover->rank, mover->tied));
	if (mover->last)
		attribute(row, "last-text", rank_text(pen, mover->last, mover->tied_last));
	attribute(row, "tone", mover->tone);
	add_move(pen, row, mover->rank, mover->last);
	return row;
}

static void add_entry(struct movers *movers, xmlNode *data, const struct mover *mover, enum value_type type)
{
	struct pen *pen = movers->pen;
	xmlNode *entry = put(data, "entry");

	chart_cell(entry, mover->label);
	chart_cell(entry, id_of(pen, mover));
	chart_cell(entry, mover->last ? rank_text(pen, mover->last, mover->tied_last) : "–");
	chart_cell(entry, rank_text(pen, mover->rank, mover->tied));
	chart_cell(entry, !mover->last         ? say(pen, SAY_CHANGE_NEW, NULL)
			  : mover->rise > 0   ? arena_printf(pen->scratch, "▲%ld", mover->rise)
			  : mover->rise < 0   ? arena_printf(pen->scratch, "▼%ld", -mover->rise)
					      : "＝");
	chart_cell(entry, chart_text(pen, chart_number(&(struct value){.type = type, .number = mover->value}), type));
}

static void add_key_of(struct movers *movers, xmlNode *chart, const char *tone, bool any, enum sentence text)
{
	if (any)
		attribute(put_text(chart, "key", say(movers->pen, text, places(movers->pen, movers->threshold), NULL)), "tone", tone);
}

static void add_keys(struct movers *movers, xmlNode *chart, bool slope)
{
	bool up = false, down = false, rest = false, fresh = false;

	for (size_t i = 0; i < movers->count; i++) {
		const struct mover *mover = &movers->all[i];

		up |= mover->rise >= movers->threshold;
		down |= mover->rise <= -movers->threshold;
		rest |= mover->last && !mover->tone;
		fresh |= !mover->last;
	}
	add_key_of(movers, chart, "up", up, slope ? SAY_CHANGE_KEY_UP : SAY_CHANGE_KEY_ROSE);
	add_key_of(movers, chart, "down", down, slope ? SAY_CHANGE_KEY_DOWN : SAY_CHANGE_KEY_FELL);
	add_key_of(movers, chart, "rest", slope && rest, SAY_CHANGE_KEY_REST);
	add_key_of(movers, chart, "new", slope && fresh, SAY_CHANGE_KEY_NEW);
}

static size_t slots_of(const struct movers *movers)
{
	size_t slots = movers->count;

	for (size_t i = 0; i < movers->count; i++)
		slots = movers->all[i].last_slot > slots ? movers->all[i].last_slot : slots;
	return slots;
}

static void name_them(struct movers *movers)
{
	size_t *people = arena_array(movers->pen->scratch, movers->count + 1, sizeof *people);
	struct chart_rows rows;

	for (size_t i = 0; i < movers->count; i++)
		people[i] = movers->all[i].person;
	rows = chart_rows_of_people(movers->pen, (struct group){people, movers->count});
	for (size_t i = 0; i < movers->count; i++)
		movers->all[i].label = rows.rows[i].label;
}

static void add_slope(struct movers *movers, xmlNode *chart, xmlNode *data, enum value_type type)
{
	struct pen *pen = movers->pen;

	attribute_count(pen, chart, "slots", slots_of(movers));
	attribute(chart, "left", text_month(pen, pen->model->facts->month - 1));
	attribute(chart, "right", text_month(pen, pen->model->facts->month));
	for (size_t i = 0; i < movers->count; i++) {
		xmlNode *row = add_row(movers, chart, &movers->all[i]);

		attribute_count(pen, row, "now", movers->all[i].slot);
		if (movers->all[i].last)
			attribute_count(pen, row, "last", movers->all[i].last_slot);
		add_entry(movers, data, &movers->all[i], type);
	}
}

static int by_rise(const void *a, const void *b)
{
	const struct mover *first = *(struct mover *const *)a, *second = *(struct mover *const *)b;

	if (first->rise != second->rise)
		return first->rise > second->rise ? -1 : 1;
	return first->slot < second->slot ? -1 : 1;
}

/* Ranks drawn from left to right, the first at the right end: below zero, so that better is more. */
static void add_ranks(struct movers *movers, xmlNode *chart)
{
	struct pen *pen = movers->pen;
	struct span span = span_of(0, (double)slots_of(movers), 4);
	xmlNode *scale = put(chart, "scale");
	char room[DECIMAL_TEXT];

	attribute(scale, "from", decimal_format(scale_number(-span.high), room));
	attribute(scale, "to", "-1");
	for (double rank = span.high; rank > -span.step / 2; rank -= span.step) {
		double place = rank < 1 ? 1 : rank;
		xmlNode *tick = put_text(scale, "tick", text_count(pen, (size_t)(place + 0.5)));

		attribute(tick, "value", decimal_format(scale_number(-place), room));
		attribute_at(pen, tick, &(struct span){-span.high, -1, 1}, -place);
	}
}

static void add_panel(struct movers *movers, xmlNode *chart, xmlNode *data, struct mover **order, bool up, enum value_type type)
{
	struct pen *pen = movers->pen;
	size_t count = 0;
	xmlNode *panel;

	while (count < LISTED && count < movers->count &&
		(up ? order[count]->rise > 0 : order[movers->count - 1 - count]->rise < 0))
		count++;
	if (!count)
		return;
	panel = put(chart, "panel");
	attribute(panel, "title", say(pen, up ? SAY_CHANGE_ROSE_MOST : SAY_CHANGE_FELL_MOST, text_count(pen, count), NULL));
	for (size_t i = 0; i < count; i++) {
		struct mover *mover = order[up ? i : movers->count - 1 - i];
		xmlNode *row;

		mover->tone = up ? "up" : "down";
		row = add_row(movers, panel, mover);
		attribute_count(pen, row, "now", mover->rank);
		attribute_count(pen, row, "last", mover->last);
		attribute(row, "ranks",
			arena_printf(pen->scratch, "%s → %s", rank_text(pen, mover->last, mover->tied_last),
				rank_text(pen, mover->rank, mover->tied)));
		add_entry(movers, data, mover, type);
	}
}

static void add_lists(struct movers *movers, xmlNode *chart, xmlNode *data, enum value_type type)
{
	struct mover **order = arena_array(movers->pen->scratch, movers->count + 1, sizeof(struct mover *));

	for (size_t i = 0; i < movers->count; i++)
		order[i] = &movers->all[i];
	qsort(order, movers->count, sizeof(struct mover *), by_rise);
	add_ranks(movers, chart);
	add_panel(movers, chart, data, order, true, type);
	add_panel(movers, chart, data, order, false, type);
}

static xmlNode *start_data(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	xmlNode *data = chart_data(pen, chart, say(pen, SAY_CHANGE_DATA, NULL));

	chart_column(data, say(pen, SAY_CHART_NAME, NULL), false);
	chart_column(data, say(pen, SAY_CHART_ID, NULL), false);
	chart_column(data, text_month(pen, pen->model->facts->month - 1), true);
	chart_column(data, text_month(pen, pen->model->facts->month), true);
	chart_column(data, say(pen, SAY_CHANGE_MOVE, NULL), true);
	chart_column(data, chart_measure(pen, scope->item), true);
	return data;
}

void chart_build_change(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct movers movers = {.pen = pen};
	xmlNode *data;
	bool slope;

	find_movers(&movers, scope);
	find_tones(&movers);
	name_them(&movers);
	slope = movers.count <= MOST_LINES && slots_of(&movers) <= MOST_SLOTS;
	chart_head(pen, chart, scope, finding_of(&movers), movers.count);
	chart_subtitle_add(chart, say(pen, scope->unit == SIZE_MAX ? SAY_CHANGE_RANKS : SAY_CHANGE_RANKS_UNIT, NULL));
	if (movers.known)
		add_keys(&movers, chart, slope);
	data = start_data(pen, chart, scope);
	if (movers.known && slope)
		add_slope(&movers, chart, data, scope->item->type);
	else if (movers.known)
		add_lists(&movers, chart, data, scope->item->type);
	/* the table stands behind the rows */
	xmlUnlinkNode(data);
	xmlAddChild(chart, data);
}
