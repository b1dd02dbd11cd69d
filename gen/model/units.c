#include <math.h>

#include "base/arena.h"
#include "model/build.h"

#define MOST_UNITS 60 /* in one list: of a large company the upper levels */

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
	attribute(row, "href",
		pen->entry->is_public
			? arena_printf(pen->scratch, "%sunits/%s.html", pen->root, model->folders[unit])
			: arena_printf(pen->scratch, "%s%s/index.html", pen->root, model->folders[unit]));
	if (pen->entry->unit == unit)
		attribute(row, "current", "yes");
	if (sums->has_now)
		attribute_at(
			pen, put_number(pen, row, "score", sums->now, 2), span, decimal_to_double(sums->now));
	if (sums->has_now && sums->has_last) {
		struct decimal difference = decimal_subtract(sums->now, sums->last);
		xmlNode *move;

		attribute_at(pen, put_number(pen, row, "last", sums->last, 2), span,
			decimal_to_double(sums->last));
		move = put_number(pen, row, "move", decimal_abs(difference), 2);
		attribute(move, "direction",
			decimal_sign(difference) > 0   ? "up"
			: decimal_sign(difference) < 0 ? "down"
						       : "same");
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

/* Which units a list shows: of a large company the upper levels, near `current` what is just above, beside
 * and below it. */
struct listing {
	size_t current; /* SIZE_MAX: the company */
	bool with_siblings;
};

static struct listing listing_of(const struct model *model, size_t current)
{
	return (struct listing){current, current != SIZE_MAX && siblings_of(model, current) <= MOST_UNITS};
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
		return it->depth <= (model->facts->unit_count / 10 > MOST_UNITS ? 0 : 1);
	return unit == current || it->parent == current || unit == model->facts->units[current].parent ||
	       (listing->with_siblings && it->parent == model->facts->units[current].parent);
}

static struct span units_span(
	const struct model *model, const struct listing *listing, size_t *best, size_t *worst)
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
	return low <= high ? span_of(low, high, 10) : (struct span){0, 100, 20};
}

static const char *units_finding(struct pen *pen, size_t best, size_t worst)
{
	const struct unit *units = pen->model->facts->units;
	struct decimal high = pen->model->unit_sums[best].now, low = pen->model->unit_sums[worst].now;

	if (decimal_compare(high, low) == 0)
		return say(pen, SAY_UNITS_FINDING_ONE, units[best].name, text_number(pen, high, 2), NULL);
	return say(pen, SAY_UNITS_FINDING, units[best].name, text_number(pen, high, 2), units[worst].name,
		text_number(pen, low, 2), NULL);
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
	if (model->has_pass && decimal_to_double(model->pass) >= span.low &&
		decimal_to_double(model->pass) <= span.high)
		add_mark(pen, units, "pass", &span, model->pass, -1);
	if (mean_score(model, 0, model->facts->by_unit_count, 0, &mean))
		add_mark(pen, units, "mean", &span, mean, 2);
	for (size_t i = 0; i < model->facts->unit_count; i++)
		if (is_listed(model, i, &listing))
			add_unit_row(pen, units, i, &span, !pen->entry->is_public);
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
	attribute(row, "href",
		arena_printf(pen->scratch, "%s/index.html", pen->model->folders[facts->unit_count]));
}

void build_directory(struct pen *pen)
{
	static const struct span hundred = {0, 100, 20};
	const struct model *model = pen->model;
	struct head head = {.kind = "units",
		.path = "index.html",
		.heading = say(pen, SAY_DIRECTORY, NULL),
		.lasting = true,
		.kicker = say(pen, SAY_KICKER_MANAGERS, text_month(pen, model->facts->month), NULL)};
	xmlNode *node = put(start_document(pen, &head), "directory");

	for (size_t i = 0; i < model->facts->unit_count; i++)
		if (model->facts->units[i].last > model->facts->units[i].first)
			add_unit_row(pen, node, i, &hundred, false);
	add_unitless_row(pen, node);
}
