#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/chart.h"

/*
 * C4: what was reached against its target, as percent of the target so that
 * units of any size compare. Money adds up, other numbers are averaged, over
 * the people who have both.
 */
#define LEAST_SCALE 120
#define MOST_SCALE 200 /* beyond it a bar goes on with an arrow */

struct bullet {
	const char *name, *id; /* id of a person, else NULL */
	struct decimal actual, target, percent;
	size_t people;
	bool has_percent;
};

static bool target_of(struct pen *pen, const struct chart_scope *scope, size_t person, struct decimal *out)
{
	const struct person *who = &pen->model->facts->people[person];
	const struct chart_target *target = &scope->plan->of_scheme[who->scheme]->target;
	const struct value *value = target->parameter ? parameter_at(target->parameter, pen->model->facts->month) : NULL;

	if (target->item)
		value = chart_value(pen, person, target->item->column);
	if (target->is_literal)
		*out = target->literal;
	else if (value && !value->missing)
		*out = value->number;
	else
		return false;
	/* nobody falls short of what was not set */
	return !target->item || decimal_sign(*out) > 0;
}

static void add_up(struct pen *pen, const struct chart_scope *scope, size_t person, struct bullet *to)
{
	const struct value *actual = chart_value(pen, person, scope->column);
	struct decimal target;

	if (actual->missing || !target_of(pen, scope, person, &target))
		return;
	to->actual = to->people ? decimal_add(to->actual, actual->number) : actual->number;
	to->target = to->people ? decimal_add(to->target, target) : target;
	to->people++;
}

static void finish(struct bullet *bullet, enum value_type type)
{
	struct decimal count = decimal_from_int((int64_t)bullet->people), quotient;

	if (bullet->people && type != VALUE_MONEY) {
		decimal_divide(bullet->actual, count, &bullet->actual);
		decimal_divide(bullet->target, count, &bullet->target);
	}
	bullet->has_percent = bullet->people && decimal_sign(bullet->target) > 0 &&
			      decimal_divide(bullet->actual, bullet->target, &quotient);
	if (bullet->has_percent)
		bullet->percent = chart_round(decimal_multiply(quotient, decimal_from_int(100)));
}

static bool is_below(const struct facts *facts, size_t unit, size_t top)
{
	return unit != SIZE_MAX && unit >= top && unit < facts->units[top].end;
}

static struct bullet of_unit(struct pen *pen, const struct chart_scope *scope, size_t unit)
{
	const struct facts *facts = pen->model->facts;
	struct bullet bullet = {.name = unit == SIZE_MAX ? say(pen, SAY_WHOLE_COMPANY, NULL) : facts->units[unit].name};

	for (size_t i = 0; i < scope->people.count; i++)
		if (unit == SIZE_MAX || is_below(facts, facts->people[scope->people.people[i]].unit, unit))
			add_up(pen, scope, scope->people.people[i], &bullet);
	finish(&bullet, scope->item->type);
	return bullet;
}

static struct bullet of_person(struct pen *pen, const struct chart_scope *scope, size_t person)
{
	struct bullet bullet = {.name = person_name(pen->model, person), .id = pen->model->facts->people[person].id};

	add_up(pen, scope, person, &bullet);
	finish(&bullet, scope->item->type);
	return bullet;
}

/* A unit without others below it shows its people, whatever the company's chart is made of. */
static bool is_by_person(struct pen *pen, const struct chart_scope *scope)
{
	return scope->declared->by || (scope->unit != SIZE_MAX && pen->model->facts->units[scope->unit].end == scope->unit + 1);
}

static int by_percent(const void *a, const void *b)
{
	const struct bullet *x = a, *y = b;
	int order;

	if (x->has_percent != y->has_percent)
		return x->has_percent ? -1 : 1;
	order = x->has_percent ? decimal_compare(y->percent, x->percent) : 0;
	return order ? order : strcmp(x->id ? x->id : x->name, y->id ? y->id : y->name);
}

/* all: how many people the first row has; a unit of the same ones would say it again. */
static size_t gather(struct pen *pen, const struct chart_scope *scope, bool people, struct bullet *bullets, size_t all)
{
	const struct facts *facts = pen->model->facts;
	size_t count = 0, first = scope->unit == SIZE_MAX ? 0 : scope->unit + 1,
	       last = scope->unit == SIZE_MAX ? facts->unit_count : facts->units[scope->unit].end;

	if (people)
		for (size_t i = 0; i < scope->people.count; i++)
			bullets[count++] = of_person(pen, scope, scope->people.people[i]);
	else
		for (size_t i = first; i < last; i++) {
			bullets[count] = of_unit(pen, scope, i);
			count += bullets[count].people > 0 && bullets[count].people < all;
		}
	qsort(bullets, count, sizeof *bullets, by_percent);
	return count;
}

static const char *percent_text(struct pen *pen, const struct bullet *bullet)
{
	struct decimal tenth, rounded = bullet->percent;

	if (!bullet->has_percent)
		return say(pen, SAY_NO_DATA, NULL);
	if (decimal_parse("0.1", 3, &tenth))
		decimal_round(bullet->percent, tenth, ROUND_HALF_UP, &rounded);
	return arena_printf(pen->scratch, "%s%%", text_number(pen, rounded, 1));
}

static const char *amount_text(struct pen *pen, const struct chart_scope *scope, const struct bullet *bullet, struct decimal amount)
{
	bool percent = scope->item->type == VALUE_PERCENT;

	if (!bullet->people)
		return "–";
	return chart_text(pen, percent ? decimal_multiply(amount, decimal_from_int(100)) : amount, scope->item->type);
}

static const char *finding(struct pen *pen, const struct bullet *all, const struct bullet *bullets, size_t count)
{
	size_t known = 0, short_of = 0;
	const char *text;

	for (; known < count && bullets[known].has_percent; known++)
		short_of += decimal_compare(bullets[known].percent, decimal_from_int(100)) < 0;
	if (!all->has_percent)
		return say(pen, SAY_CHART_NOBODY, NULL);
	text = say(pen, SAY_BULLETS_ALL, all->name, percent_text(pen, all), NULL);
	if (known < 2)
		return text;
	return arena_printf(pen->scratch, "%s%s", text,
		short_of == known ? say(pen, SAY_BULLETS_ALL_SHORT, bullets[0].name, percent_text(pen, &bullets[0]), NULL)
		: short_of ? say(pen, SAY_BULLETS_SHORT, bullets[0].name, percent_text(pen, &bullets[0]), text_count(pen, short_of),
				   text_count(pen, known), NULL)
			 : say(pen, SAY_BULLETS_NONE_SHORT, bullets[0].name, percent_text(pen, &bullets[0]), NULL));
}

static void add_row(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct bullet *bullet,
	const struct span *span)
{
	xmlNode *row = put(chart, "row");
	char room[DECIMAL_TEXT];

	attribute(row, "label", bullet->name);
	attribute(row, "id", bullet->id);
	if (bullet->has_percent) {
		attribute(row, "value", decimal_format(bullet->percent, room));
		attribute_at(pen, row, span, fmax(0, decimal_to_double(bullet->percent)));
		attribute(row, "beyond", decimal_to_double(bullet->percent) > span->high ? "yes" : NULL);
	} else {
		attribute(row, "missing", "yes");
	}
	put_text(row, "percent", percent_text(pen, bullet));
	put_text(row, "amounts",
		say(pen, SAY_BULLETS_AMOUNTS, amount_text(pen, scope, bullet, bullet->actual),
			amount_text(pen, scope, bullet, bullet->target), NULL));
}

static void add_bands(struct pen *pen, xmlNode *chart, const struct declared_chart *declared, const struct span *span)
{
	double at = 0;

	attribute(chart_put(pen, chart, "mark", span, decimal_from_int(100), VALUE_PERCENT), "kind", "target");
	for (size_t i = 0; i <= (declared->band_count ? declared->band_count : 2); i++) {
		double end = declared->band_count ? (i < declared->band_count ? decimal_to_double(declared->bands[i]) * 100 : span->high)
			     : i == 0		  ? 80
			     : i == 1		  ? 100
						  : span->high;
		xmlNode *band = put(chart, "band");
		const char *from = text_percent(pen, (at - span->low) / (span->high - span->low) * 100);

		end = fmin(end, span->high);
		attribute(band, "left", from);
		attribute(band, "width", text_percent(pen, (end - at) / (span->high - span->low) * 100));
		if (end < span->high)
			put_text(band, "text", say(pen, SAY_BULLETS_BAND, arena_printf(pen->scratch, "%d%%", (int)lround(end)), NULL));
		at = end;
	}
}

static void add_table(struct pen *pen, xmlNode *chart, const struct chart_scope *scope, const struct bullet *bullets, size_t count)
{
	bool people = is_by_person(pen, scope);
	xmlNode *data = chart_data(pen, chart, say(pen, people ? SAY_CHART_EACH : SAY_CHART_SUMMARY, NULL));

	chart_column(data, say(pen, people ? SAY_CHART_NAME : SAY_CHART_UNIT, NULL), false);
	chart_column(data, say(pen, people ? SAY_CHART_ID : SAY_CHART_PEOPLE, NULL), !people);
	chart_column(data, say(pen, SAY_BULLETS_ACTUAL, NULL), true);
	chart_column(data, say(pen, SAY_BULLETS_TARGET, NULL), true);
	chart_column(data, say(pen, SAY_BULLETS_REACHED, NULL), true);
	for (size_t i = 0; i < count; i++) {
		xmlNode *entry = put(data, "entry");

		chart_cell(entry, bullets[i].name);
		chart_cell(entry, people ? (bullets[i].id ? bullets[i].id : "–") : text_count(pen, bullets[i].people));
		chart_cell(entry, amount_text(pen, scope, &bullets[i], bullets[i].actual));
		chart_cell(entry, amount_text(pen, scope, &bullets[i], bullets[i].target));
		chart_cell(entry, percent_text(pen, &bullets[i]));
	}
}

static struct span scale_of(const struct bullet *all, const struct bullet *bullets, size_t count)
{
	double high = fmax(LEAST_SCALE, all->has_percent ? decimal_to_double(all->percent) : 0);

	if (count && bullets[0].has_percent)
		high = fmax(high, decimal_to_double(bullets[0].percent));
	return span_of(0, fmin(high, MOST_SCALE), LEAST_SCALE);
}

/* Head, scale, bands and rows; *out: the rows, the whole's first. */
static size_t add_bullets(struct pen *pen, xmlNode *node, const struct chart_scope *scope, bool people, const struct bullet **out)
{
	struct bullet *bullets = arena_array(pen->scratch, pen->model->facts->unit_count + scope->people.count + 2, sizeof *bullets);
	struct bullet all = of_unit(pen, scope, scope->unit);
	size_t count = gather(pen, scope, people, bullets + 1, all.people);
	struct span span = scale_of(&all, bullets + 1, count);

	bullets[0] = all;
	*out = bullets;
	chart_head(pen, node, scope, finding(pen, &all, bullets + 1, count), all.people);
	chart_scale(pen, node, &span, VALUE_PERCENT);
	add_bands(pen, node, scope->declared, &span);
	for (size_t i = 0; all.people && i <= count; i++)
		add_row(pen, node, scope, &bullets[i], &span);
	return all.people ? count + 1 : 0;
}

void chart_build_bullets(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	const struct bullet *bullets;
	size_t count = add_bullets(pen, chart, scope, is_by_person(pen, scope), &bullets);

	if (count)
		add_table(pen, chart, scope, bullets, count);
}

void chart_add_targets(struct pen *pen, xmlNode *parent, const struct chart_scope *scope)
{
	xmlNode *node = put(parent, "targets");
	const struct bullet *bullets;

	attribute(node, "title", scope->declared->title);
	if (!add_bullets(pen, node, scope, false, &bullets)) {
		xmlUnlinkNode(node);
		xmlFreeNode(node);
	}
}
