#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"

#define MOVERS 10

void add_key(xmlNode *parent, const char *id, const char *label, const char *unit, const char *value,
	const char *text)
{
	xmlNode *key = put(parent, "key"), *now;

	attribute(key, "id", id);
	attribute(key, "label", label);
	attribute(key, "unit", unit);
	now = put_text(key, "now", text);
	attribute(now, "value", value);
}

void add_versus(struct pen *pen, xmlNode *parent, const char *label, struct decimal difference, int places)
{
	int sign = decimal_sign(difference);
	const char *text = text_number(pen, difference, places);
	xmlNode *versus =
		put_text(parent, "versus", sign > 0 ? arena_printf(pen->scratch, "+%s", text) : text);
	char room[DECIMAL_TEXT];

	attribute(versus, "label", label);
	attribute(versus, "direction", sign > 0 ? "up" : sign < 0 ? "down" : "same");
	attribute(versus, "value", decimal_format(difference, room));
}

static size_t eligible_people(const struct model *model)
{
	const struct results *results = model->input.results;
	size_t count = 0, last = SIZE_MAX;

	for (size_t i = 0; i < results->movement_count; i++) {
		const struct movement_result *move = &results->movements[i];

		if (move->verdict != VERDICT_ELIGIBLE || move->movement->kind != MOVE_PROMOTION ||
			move->person == last)
			continue;
		last = move->person;
		count++;
	}
	return count;
}

static size_t held_people(const struct model *model)
{
	size_t count = 0;

	for (size_t i = 0; i < model->facts->person_count; i++)
		count += model->facts->people[i].state == PERSON_HELD;
	return count;
}

static const char *headline(struct pen *pen)
{
	size_t people = pen->model->facts->by_unit_count;
	struct decimal now, last, difference;
	const char *text;

	if (!mean_score(pen->model, 0, people, 0, &now))
		return say(pen, SAY_HEADLINE_NO_SCORE, text_count(pen, people), NULL);
	text = text_number(pen, now, 2);
	if (!mean_score(pen->model, 0, people, 1, &last))
		return say(pen, SAY_HEADLINE_FIRST, text_count(pen, people), text, NULL);
	difference = decimal_subtract(now, last);
	if (decimal_sign(difference) == 0)
		return say(pen, SAY_HEADLINE_SAME, text, NULL);
	return say(pen, decimal_sign(difference) > 0 ? SAY_HEADLINE_UP : SAY_HEADLINE_DOWN, text,
		text_number(pen, decimal_abs(difference), 2), NULL);
}

static const char *standfirst(struct pen *pen)
{
	const struct model *model = pen->model;
	size_t people = model->facts->by_unit_count, below = below_pass(model, 0, people),
	       eligible = eligible_people(model);
	const char *text = model->score == SIZE_MAX
				   ? say(pen, SAY_HEADLINE_NO_SCORE, text_count(pen, people), NULL)
				   : say(pen, SAY_OVERVIEW_FINDING, text_count(pen, people),
					     text_count(pen, model->ranked), model->score_label, NULL);
	bool open = pen->entry->is_public;

	if (model->has_pass)
		text = arena_printf(pen->scratch, "%s%s", text,
			say(pen, SAY_FINDING_BELOW, text_count(pen, below), text_number(pen, model->pass, -1),
				NULL));
	if (!open || model->company->site_movements != SITE_MOVEMENTS_NONE)
		text = arena_printf(pen->scratch, "%s%s", text,
			say(pen, SAY_FINDING_ELIGIBLE, text_count(pen, eligible), NULL));
	if (!open && held_people(model))
		text = arena_printf(pen->scratch, "%s%s", text,
			say(pen, SAY_FINDING_HELD, text_count(pen, held_people(model)), NULL));
	return arena_printf(pen->scratch, "%s%s", text, say(pen, SAY_FINDING_END, NULL));
}

/* Against last month and the same month last year, where their ledgers are there. */
static const struct {
	size_t back;
	enum sentence label;
} before[] = {{1, SAY_VERSUS_MONTH}, {12, SAY_VERSUS_YEAR}};
#define BEFORE (sizeof before / sizeof *before)

static void add_people_key(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	const char *count = text_count(pen, model->facts->by_unit_count);

	add_key(parent, "people", say(pen, SAY_KEY_PEOPLE, NULL), say(pen, SAY_PERSONS, NULL), count, count);
	for (size_t i = 0; i < BEFORE; i++)
		if (model->past[before[i].back].people)
			add_versus(pen, xmlGetLastChild(parent), say(pen, before[i].label, NULL),
				decimal_from_int((int64_t)model->facts->by_unit_count - (int64_t)model->past[before[i].back].people), -1);
}

static void add_score_key(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	size_t people = model->facts->by_unit_count;
	struct decimal now, then;
	char room[DECIMAL_TEXT];
	xmlNode *key;

	if (!mean_score(model, 0, people, 0, &now))
		return;
	add_key(parent, "score", say(pen, SAY_KEY_SCORE, NULL), say(pen, SAY_POINTS, NULL),
		decimal_format(now, room), text_number(pen, now, 2));
	key = xmlGetLastChild(parent);
	for (size_t i = 0; i < BEFORE; i++)
		if (mean_score(model, 0, people, before[i].back, &then))
			add_versus(pen, key, say(pen, before[i].label, NULL), decimal_subtract(now, then), 2);
	add_mean_trend(pen, key, 0, people, false);
}

static bool is_of_section(const struct model *model, size_t column, enum section section)
{
	for (size_t i = 0; i < model->rulebook->scheme_count; i++) {
		const struct item *item = model->rulebook->columns[column].items[i];

		if (item)
			return item->kind == ITEM_FIGURE && item->section == section &&
			       item->type == VALUE_MONEY;
	}
	return false;
}

static bool section_sum(const struct model *model, const struct value *sums, enum section section, struct decimal *out)
{
	bool known = false;

	*out = decimal_zero();
	for (size_t column = 0; sums && column < model->rulebook->column_count; column++) {
		if (sums[column].missing || !is_of_section(model, column, section))
			continue;
		*out = decimal_add(*out, sums[column].number);
		known = true;
	}
	return known;
}

static void add_money_key(
	struct pen *pen, xmlNode *parent, const char *id, enum sentence label, enum section section)
{
	const struct model *model = pen->model;
	const struct model_history *history = &model->input.history;
	const struct value *const sums[BEFORE] = {history->last_sums, history->year_ago_sums};
	struct decimal now = decimal_zero(), then;
	char room[DECIMAL_TEXT];

	for (size_t i = 0; i < model->facts->person_count; i++)
		if (is_computed(model, i))
			now = decimal_add(now, model->sums[i].sections[section]);
	add_key(parent, id, say(pen, label, NULL), NULL, decimal_format_places(now, 2, room),
		text_money(pen, now));
	for (size_t i = 0; i < BEFORE; i++)
		if (section_sum(model, sums[i], section, &then))
			add_versus(pen, xmlGetLastChild(parent), say(pen, before[i].label, NULL), decimal_subtract(now, then), 2);
}

static void add_order_key(struct pen *pen, xmlNode *parent, const char *id, enum sentence label, bool best)
{
	const struct model *model = pen->model;
	struct decimal now = best ? model->sorted[model->ranked - 1]
				  : median_of(model->sorted[(model->ranked - 1) / 2], model->sorted[model->ranked / 2]);
	char room[DECIMAL_TEXT];

	add_key(parent, id, say(pen, label, NULL), say(pen, SAY_POINTS, NULL), decimal_format(now, room),
		best ? text_value(pen, score_of(model, model->order[0]), model->score_item, NULL) : text_number(pen, now, -1));
	for (size_t i = 0; i < BEFORE; i++) {
		const struct past_scores *past = &model->past[before[i].back];

		if (past->count)
			add_versus(pen, xmlGetLastChild(parent), say(pen, before[i].label, NULL),
				decimal_subtract(now, best ? past->sorted[past->count - 1]
							   : median_of(past->sorted[(past->count - 1) / 2], past->sorted[past->count / 2])), -1);
	}
}

/* The middle and the best of all scores. */
static void add_order_keys(struct pen *pen, xmlNode *parent)
{
	if (pen->model->ranked <= 3)
		return;
	add_order_key(pen, parent, "median", SAY_KEY_MEDIAN, false);
	add_order_key(pen, parent, "best", SAY_KEY_BEST, true);
}

static void add_keys(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	const char *persons = say(pen, SAY_PERSONS, NULL), *count;

	add_people_key(pen, parent);
	add_score_key(pen, parent);
	if (pen->entry->is_public)
		add_order_keys(pen, parent);
	if (model->has_pass) {
		count = text_count(pen, below_pass(model, 0, model->facts->by_unit_count));
		add_key(parent, "below", say(pen, SAY_KEY_BELOW, text_number(pen, model->pass, -1), NULL),
			persons, count, count);
	}
	if (!pen->entry->is_public || model->company->site_movements != SITE_MOVEMENTS_NONE) {
		count = text_count(pen, eligible_people(model));
		add_key(parent, "promotion", say(pen, SAY_KEY_ELIGIBLE, NULL), persons, count, count);
	}
	if (pen->entry->is_public)
		return;
	add_money_key(pen, parent, "gross", SAY_KEY_GROSS, SECTION_EARNINGS);
	add_money_key(pen, parent, "net", SAY_KEY_NET, SECTION_NET);
}

static size_t used_rows(const struct model *model, size_t *files)
{
	size_t rows = 0;

	*files = 0;
	for (size_t i = 0; i < model->rulebook->table_count; i++)
		for (size_t j = 0; j < model->facts->tables[i]->file_count; j++) {
			rows += model->facts->tables[i]->files[j].rows_used;
			++*files;
		}
	return rows;
}

static void add_state(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	size_t files, rows = used_rows(model, &files), errors = diag_errors(model->input.messages),
		      warnings = diag_warnings(model->input.messages);
	const char *files_text = text_count(pen, files), *rows_text = text_count(pen, rows);
	xmlNode *state = put_text(parent, "state",
		errors ? say(pen, SAY_STATE_BAD, files_text, rows_text, text_count(pen, errors), NULL)
		: warnings
			? say(pen, SAY_STATE_WARNING, files_text, rows_text, text_count(pen, warnings), NULL)
			: say(pen, SAY_STATE_GOOD, files_text, rows_text, NULL));

	attribute(state, "status", errors ? "bad" : warnings ? "warning" : "good");
	attribute(state, "href", "quality.html");
}

struct mover {
	size_t person;
	long rise;
};

static int by_rise(const void *a, const void *b)
{
	const struct mover *first = a, *second = b;

	return first->rise != second->rise	? (first->rise < second->rise ? 1 : -1)
	       : first->person < second->person ? -1
						: 1;
}

static void add_movers(
	struct pen *pen, xmlNode *parent, const struct mover *movers, size_t count, int direction)
{
	xmlNode *list = put(parent, "movers");
	size_t shown = 0;

	attribute(list, "direction", direction > 0 ? "up" : "down");
	for (size_t i = 0; i < count && shown < MOVERS; i++) {
		const struct mover *mover = &movers[direction > 0 ? i : count - 1 - i];
		const struct standing *standing = &pen->model->standing[mover->person];
		xmlNode *node;

		if (mover->rise * direction <= 0)
			break;
		node = put(list, "mover");
		attribute_count(pen, node, "rank", standing->rank);
		attribute_count(pen, node, "previous", standing->last_rank);
		add_who(pen, node, mover->person, true);
		add_move(pen, node, standing->rank, standing->last_rank);
		shown++;
	}
}

static void add_both_movers(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	struct mover *movers = arena_array(pen->scratch, model->ranked + 1, sizeof *movers);
	size_t count = 0;

	for (size_t i = 0; i < model->ranked; i++) {
		const struct standing *standing = &model->standing[model->order[i]];

		if (standing->last_rank)
			movers[count++] = (struct mover){
				model->order[i], (long)standing->last_rank - (long)standing->rank};
	}
	qsort(movers, count, sizeof *movers, by_rise);
	add_movers(pen, parent, movers, count, 1);
	add_movers(pen, parent, movers, count, -1);
}

void build_overview(struct pen *pen)
{
	const struct model *model = pen->model;
	const char *month = text_month(pen, model->facts->month);
	const char *path = strchr(pen->entry->pages[0].path, '/') + 1;
	struct head head = {.kind = "overview",
		.path = path,
		.heading = headline(pen),
		.lasting = true,
		.title = say(pen, SAY_TITLE, say(pen, SAY_OVERVIEW, NULL), month, model->company->short_name,
			NULL),
		.kicker = say(pen, SAY_KICKER_REPORT, month, NULL)};
	xmlNode *node = put(start_document(pen, &head), "overview");
	struct group everyone = {model->facts->by_unit, model->facts->by_unit_count};

	add_finding(node, standfirst(pen));
	add_keys(pen, node);
	add_state(pen, node);
	add_units(pen, node, SIZE_MAX);
	add_distribution(pen, node, everyone);
	if (model->ranked)
		add_both_movers(pen, node);
	add_mean_trend(pen, node, 0, model->facts->by_unit_count, true);
	if (!pen->entry->is_public) {
		add_targets(pen, node, SIZE_MAX);
		add_payroll(pen, node, everyone);
		add_absences(pen, node, everyone);
	}
}
