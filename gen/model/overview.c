#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "model/build.h"

#define MOVERS 10
#define MOST_UNITS 60 /* in one list: of a large company the upper levels */

void add_key(xmlNode *parent, const char *id, const char *label, const char *unit, const char *value, const char *text)
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
	xmlNode *versus = put_text(parent, "versus", sign > 0 ? arena_printf(pen->scratch, "+%s", text) : text);
	char room[DECIMAL_TEXT];

	attribute(versus, "label", label);
	attribute(versus, "direction", sign > 0 ? "up" : sign < 0 ? "down" : "same");
	attribute(versus, "value", decimal_format(difference, room));
}

/* A line being drawn over the model's months: the path always, the months one by one where they are read too. */
struct line {
	xmlNode *trend;
	struct span heights, months;
	struct text_buffer path;
	const char *x, *y; /* of the last point; y NULL in a gap */
	bool with_points;
};

static void line_start(struct pen *pen, struct line *line, xmlNode *parent, const struct span *heights, bool with_points)
{
	const struct model *model = pen->model;

	*line = (struct line){ .trend = put(parent, "trend"), .heights = *heights, .with_points = with_points,
		.months = { model->facts->month - (int32_t)model->trend_months + 1, model->facts->month, 1 } };
	attribute(line->trend, "label", model->score_label);
	attribute(line->trend, "low", arena_printf(pen->scratch, "%d", (int)heights->low));
	attribute(line->trend, "high", arena_printf(pen->scratch, "%d", (int)heights->high));
}

static const char *share_of(struct pen *pen, const struct span *span, double value)
{
	return text_percent(pen, span->high > span->low ? (value - span->low) / (span->high - span->low) * 100 : 0);
}

static void line_add(struct pen *pen, struct line *line, int32_t month, const struct value *value)
{
	struct span upside_down = { -line->heights.high, -line->heights.low, 1 };
	bool after_gap = !line->y;
	xmlNode *point;

	line->x = share_of(pen, &line->months, month);
	line->y = value->missing ? NULL : share_of(pen, &upside_down, -decimal_to_double(value->number));
	if (line->y)
		text_buffer_printf(&line->path, "%s%s %s", after_gap ? "M" : "L", line->x, line->y);
	if (!line->with_points)
		return;
	point = put_value(pen, line->trend, "point", value, pen->model->score_item, NULL);
	attribute(point, "month", text_month_id(pen, month));
	attribute(point, "month-text", text_month(pen, month));
	attribute(point, "x", line->x);
	attribute(point, "y", line->y);
}

static void line_end(struct pen *pen, struct line *line)
{
	const char *path = text_buffer_take(&line->path, pen->scratch);

	attribute(line->trend, "path", path ? path : "");
	if (line->y) {
		attribute(line->trend, "x", line->x);
		attribute(line->trend, "y", line->y);
	}
	text_buffer_release(&line->path);
}

/* Twelve months at most; those before the person's first are left out, so that nothing is drawn for nobody. */
void add_person_trend(struct pen *pen, xmlNode *parent, size_t person, bool with_points)
{
	const struct model *model = pen->model;
	const struct model_history *history = &model->input.history;
	bool begun = false;
	struct line line;

	if (!history->scores || !history->month_count || score_of(model, person)->missing)
		return;
	line_start(pen, &line, parent, &model->trend_span, with_points);
	for (size_t i = 0; i < history->month_count; i++) {
		const struct value *value = &history->scores[i * model->facts->person_count + person];

		begun = begun || !value->missing;
		if (begun && history->months[i] > model->facts->month - (int32_t)model->trend_months)
			line_add(pen, &line, history->months[i], value);
	}
	line_add(pen, &line, model->facts->month, score_of(model, person));
	line_end(pen, &line);
}

void add_mean_trend(struct pen *pen, xmlNode *parent, size_t first, size_t last, bool with_points)
{
	const struct model *model = pen->model;
	struct value means[12];
	double low = INFINITY, high = -INFINITY;
	struct span span;
	struct line line;
	size_t known = 0;

	for (size_t back = 0; back < model->trend_months && back < 12; back++) {
		means[back] = value_missing(VALUE_NUMBER);
		if (!mean_score(model, first, last, back, &means[back].number))
			continue;
		means[back].missing = false;
		low = fmin(low, decimal_to_double(means[back].number));
		high = fmax(high, decimal_to_double(means[back].number));
		known = back + 1;
	}
	if (known < 2)
		return;
	span = span_of(low, high, 4);
	span.low = floor(span.low);
	span.high = ceil(span.high);
	line_start(pen, &line, parent, &span, with_points);
	for (size_t back = known; back-- > 0;)
		line_add(pen, &line, model->facts->month - (int32_t)back, &means[back]);
	line_end(pen, &line);
}

void add_unit_row(struct pen *pen, xmlNode *parent, size_t unit, const struct span *span, bool cost)
{
	const struct model *model = pen->model;
	const struct unit *it = &model->facts->units[unit];
	const struct unit_sums *sums = &model->unit_sums[unit];
	xmlNode *row = put(parent, "unit-row");

	attribute(row, "id", it->id);
	attribute(row, "name", it->name);
	attribute_count(pen, row, "level", it->depth);
	attribute_count(pen, row, "people", it->last - it->first);
	attribute(row, "href", pen->entry->is_public ?
		arena_printf(pen->scratch, "%sunits/%s.html", pen->root, model->folders[unit]) :
		arena_printf(pen->scratch, "%s%s/index.html", pen->root, model->folders[unit]));
	if (pen->entry->unit == unit)
		attribute(row, "current", "yes");
	if (sums->has_now)
		attribute_at(pen, put_number(pen, row, "score", sums->now, 2), span, decimal_to_double(sums->now));
	if (sums->has_now && sums->has_last) {
		struct decimal difference = decimal_subtract(sums->now, sums->last);
		xmlNode *move;

		attribute_at(pen, put_number(pen, row, "last", sums->last, 2), span, decimal_to_double(sums->last));
		move = put_number(pen, row, "move", decimal_abs(difference), 2);
		attribute(move, "direction", decimal_sign(difference) > 0 ? "up" : decimal_sign(difference) < 0 ? "down" : "same");
	}
	if (cost)
		put_money(pen, row, "cost", sums->cost);
}

static size_t siblings_of(const struct model *model, size_t unit)
{
	size_t count = 0;

	for (size_t i = 0; i < model->facts->unit_count; i++)
		count += model->facts->units[i].parent == model->facts->units[unit].parent;
	return count;
}

/* Which units a list shows: of a large company the upper levels, near `current` what is just above, beside and below it. */
struct listing {
	size_t current; /* SIZE_MAX: the company */
	bool with_siblings;
};

static struct listing listing_of(const struct model *model, size_t current)
{
	return (struct listing){ current, current != SIZE_MAX && siblings_of(model, current) <= MOST_UNITS };
}

static bool is_listed(const struct model *model, size_t unit, const struct listing *listing)
{
	const struct unit *it = &model->facts->units[unit];
	size_t current = listing->current;

	if (it->last == it->first)
		return false;
	if (model->facts->unit_count <= MOST_UNITS)
		return true;
	if (current == SIZE_MAX)
		return it->depth <= (model->facts->unit_count > 10 * MOST_UNITS ? 0 : 1);
	return unit == current || it->parent == current || unit == model->facts->units[current].parent
		|| (listing->with_siblings && it->parent == model->facts->units[current].parent);
}

static struct span units_span(const struct model *model, const struct listing *listing, size_t *best, size_t *worst)
{
	double low = INFINITY, high = -INFINITY;

	*best = *worst = SIZE_MAX;
	for (size_t i = 0; i < model->facts->unit_count; i++) {
		const struct unit_sums *sums = &model->unit_sums[i];

		if (!sums->has_now || !is_listed(model, i, listing))
			continue;
		if (*best == SIZE_MAX || decimal_compare(sums->now, model->unit_sums[*best].now) > 0)
			*best = i;
		if (*worst == SIZE_MAX || decimal_compare(sums->now, model->unit_sums[*worst].now) < 0)
			*worst = i;
		low = fmin(low, decimal_to_double(sums->now));
		high = fmax(high, decimal_to_double(sums->now));
		if (sums->has_last) {
			low = fmin(low, decimal_to_double(sums->last));
			high = fmax(high, decimal_to_double(sums->last));
		}
	}
	return low <= high ? span_of(low, high, 10) : (struct span){ 0, 100, 20 };
}

static const char *units_finding(struct pen *pen, size_t best, size_t worst)
{
	const struct unit *units = pen->model->facts->units;
	struct decimal high = pen->model->unit_sums[best].now, low = pen->model->unit_sums[worst].now;

	if (decimal_compare(high, low) == 0)
		return say(pen, SAY_UNITS_FINDING_ONE, units[best].name, text_number(pen, high, 2), NULL);
	return say(pen, SAY_UNITS_FINDING, units[best].name, text_number(pen, high, 2), units[worst].name, text_number(pen, low, 2), NULL);
}

void add_units(struct pen *pen, xmlNode *parent, size_t current)
{
	const struct model *model = pen->model;
	struct listing listing = listing_of(model, current);
	size_t best, worst;
	struct span span = units_span(model, &listing, &best, &worst);
	struct decimal mean;
	xmlNode *units;

	if (best == SIZE_MAX)
		return;
	units = put(parent, "units");
	attribute(units, "label", say(pen, SAY_UNITS_LABEL, NULL));
	add_finding(units, units_finding(pen, best, worst));
	add_scale(pen, units, &span, say(pen, SAY_POINTS, NULL));
	if (model->has_pass && decimal_to_double(model->pass) >= span.low && decimal_to_double(model->pass) <= span.high)
		add_mark(pen, units, "pass", &span, model->pass, -1);
	if (mean_score(model, 0, model->facts->by_unit_count, 0, &mean))
		add_mark(pen, units, "mean", &span, mean, 2);
	for (size_t i = 0; i < model->facts->unit_count; i++)
		if (is_listed(model, i, &listing))
			add_unit_row(pen, units, i, &span, !pen->entry->is_public);
}

static size_t eligible_people(const struct model *model)
{
	const struct results *results = model->input.results;
	size_t count = 0, last = SIZE_MAX;

	for (size_t i = 0; i < results->movement_count; i++) {
		const struct movement_result *move = &results->movements[i];

		if (move->verdict != VERDICT_ELIGIBLE || move->movement->kind != MOVE_PROMOTION || move->person == last)
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
	size_t people = model->facts->by_unit_count, below = below_pass(model, 0, people), eligible = eligible_people(model);
	const char *text = model->score == SIZE_MAX ? say(pen, SAY_HEADLINE_NO_SCORE, text_count(pen, people), NULL) :
		say(pen, SAY_OVERVIEW_FINDING, text_count(pen, people), text_count(pen, model->ranked), model->score_label, NULL);
	bool open = pen->entry->is_public;

	if (model->has_pass)
		text = arena_printf(pen->scratch, "%s%s", text,
			say(pen, SAY_FINDING_BELOW, text_count(pen, below), text_number(pen, model->pass, -1), NULL));
	if (!open || model->company->site_movements != SITE_MOVEMENTS_NONE)
		text = arena_printf(pen->scratch, "%s%s", text, say(pen, SAY_FINDING_ELIGIBLE, text_count(pen, eligible), NULL));
	if (!open && held_people(model))
		text = arena_printf(pen->scratch, "%s%s", text, say(pen, SAY_FINDING_HELD, text_count(pen, held_people(model)), NULL));
	return arena_printf(pen->scratch, "%s%s", text, say(pen, SAY_FINDING_END, NULL));
}

static void add_people_key(struct pen *pen, xmlNode *parent)
{
	const char *count = text_count(pen, pen->model->facts->by_unit_count);

	add_key(parent, "people", say(pen, SAY_KEY_PEOPLE, NULL), say(pen, SAY_PERSONS, NULL), count, count);
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
	add_key(parent, "score", say(pen, SAY_KEY_SCORE, NULL), say(pen, SAY_POINTS, NULL), decimal_format(now, room), text_number(pen, now, 2));
	key = xmlGetLastChild(parent);
	if (mean_score(model, 0, people, 1, &then))
		add_versus(pen, key, say(pen, SAY_VERSUS_MONTH, NULL), decimal_subtract(now, then), 2);
	if (mean_score(model, 0, people, 12, &then))
		add_versus(pen, key, say(pen, SAY_VERSUS_YEAR, NULL), decimal_subtract(now, then), 2);
	add_mean_trend(pen, key, 0, people, false);
}

static bool is_of_section(const struct model *model, size_t column, enum section section)
{
	for (size_t i = 0; i < model->rulebook->scheme_count; i++) {
		const struct item *item = model->rulebook->columns[column].items[i];

		if (item)
			return item->kind == ITEM_FIGURE && item->section == section && item->type == VALUE_MONEY;
	}
	return false;
}

static void add_money_key(struct pen *pen, xmlNode *parent, const char *id, enum sentence label, enum section section)
{
	const struct model *model = pen->model;
	const struct value *sums = model->input.history.last_sums;
	struct decimal now = decimal_zero(), last = decimal_zero();
	char room[DECIMAL_TEXT];
	bool known = false;

	for (size_t i = 0; i < model->facts->person_count; i++)
		if (is_computed(model, i))
			now = decimal_add(now, model->sums[i].sections[section]);
	for (size_t column = 0; sums && column < model->rulebook->column_count; column++) {
		if (sums[column].missing || !is_of_section(model, column, section))
			continue;
		last = decimal_add(last, sums[column].number);
		known = true;
	}
	add_key(parent, id, say(pen, label, NULL), NULL, decimal_format_places(now, 2, room), text_money(pen, now));
	if (known)
		add_versus(pen, xmlGetLastChild(parent), say(pen, SAY_VERSUS_MONTH, NULL), decimal_subtract(now, last), 2);
}

/* The middle and the best of all scores. */
static void add_order_keys(struct pen *pen, xmlNode *parent)
{
	const struct model *model = pen->model;
	const struct value *best;
	struct decimal middle;
	const char *points = say(pen, SAY_POINTS, NULL);
	char room[DECIMAL_TEXT];

	if (model->ranked <= 3)
		return;
	middle = median_of(score_of(model, model->order[(model->ranked - 1) / 2])->number, score_of(model, model->order[model->ranked / 2])->number);
	best = score_of(model, model->order[0]);
	add_key(parent, "median", say(pen, SAY_KEY_MEDIAN, NULL), points, decimal_format(middle, room), text_number(pen, middle, -1));
	add_key(parent, "best", say(pen, SAY_KEY_BEST, NULL), points, decimal_format(best->number, room),
		text_value(pen, best, model->score_item, NULL));
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
		add_key(parent, "below", say(pen, SAY_KEY_BELOW, text_number(pen, model->pass, -1), NULL), persons, count, count);
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
	size_t files, rows = used_rows(model, &files), errors = diag_errors(model->input.messages), warnings = diag_warnings(model->input.messages);
	const char *files_text = text_count(pen, files), *rows_text = text_count(pen, rows);
	xmlNode *state = put_text(parent, "state", errors ? say(pen, SAY_STATE_BAD, files_text, rows_text, text_count(pen, errors), NULL) :
		warnings ? say(pen, SAY_STATE_WARNING, files_text, rows_text, text_count(pen, warnings), NULL) :
		say(pen, SAY_STATE_GOOD, files_text, rows_text, NULL));

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

	return first->rise != second->rise ? (first->rise < second->rise ? 1 : -1) : first->person < second->person ? -1 : 1;
}

static void add_movers(struct pen *pen, xmlNode *parent, const struct mover *movers, size_t count, int direction)
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
			movers[count++] = (struct mover){ model->order[i], (long)standing->last_rank - (long)standing->rank };
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
	struct head head = { .kind = "overview", .path = path, .heading = headline(pen), .previous = true,
		.title = say(pen, SAY_TITLE, say(pen, SAY_OVERVIEW, NULL), month, model->company->short_name, NULL),
		.kicker = say(pen, SAY_KICKER_REPORT, month, NULL) };
	xmlNode *node = put(start_document(pen, &head), "overview");
	struct group everyone = { model->facts->by_unit, model->facts->by_unit_count };

	add_finding(node, standfirst(pen));
	add_keys(pen, node);
	add_state(pen, node);
	add_units(pen, node, SIZE_MAX);
	add_distribution(pen, node, everyone);
	if (model->ranked)
		add_both_movers(pen, node);
	add_mean_trend(pen, node, 0, model->facts->by_unit_count, true);
	if (!pen->entry->is_public) {
		add_payroll(pen, node, everyone);
		add_absences(pen, node, everyone);
	}
}

/* People whom the staff table gives no unit have a page too. */
static void add_unitless_row(struct pen *pen, xmlNode *parent)
{
	const struct facts *facts = pen->model->facts;
	size_t first = facts->by_unit_count;
	xmlNode *row;

	while (first > 0 && facts->people[facts->by_unit[first - 1]].unit == SIZE_MAX)
		first--;
	if (first == facts->by_unit_count)
		return;
	row = put(parent, "unit-row");
	attribute(row, "id", "-");
	attribute(row, "name", say(pen, SAY_WITHOUT_UNIT, NULL));
	attribute(row, "level", "0");
	attribute_count(pen, row, "people", facts->by_unit_count - first);
	attribute(row, "href", arena_printf(pen->scratch, "%s/index.html", pen->model->folders[facts->unit_count]));
}

void build_directory(struct pen *pen)
{
	static const struct span hundred = { 0, 100, 20 };
	const struct model *model = pen->model;
	struct head head = { .kind = "units", .path = "index.html", .heading = say(pen, SAY_DIRECTORY, NULL), .previous = true,
		.kicker = say(pen, SAY_KICKER_MANAGERS, text_month(pen, model->facts->month), NULL) };
	xmlNode *node = put(start_document(pen, &head), "directory");

	for (size_t i = 0; i < model->facts->unit_count; i++)
		if (model->facts->units[i].last > model->facts->units[i].first)
			add_unit_row(pen, node, i, &hundred, false);
	add_unitless_row(pen, node);
}
