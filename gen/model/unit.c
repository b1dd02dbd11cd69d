#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "xml/xml.h"

#define MOST_BINS 16

static double bin_width(double low, double high)
{
	static const double widths[] = {1, 2, 5, 10, 20, 25, 50, 100, 200, 500};

	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
		if ((high - low) / widths[i] <= MOST_BINS)
			return widths[i];
	return (high - low) / MOST_BINS;
}

static int by_number(const void *a, const void *b)
{
	return decimal_compare(*(const struct decimal *)a, *(const struct decimal *)b);
}

static struct decimal quantile(const struct decimal *sorted, size_t count, size_t quarters)
{
	if (quarters == 2)
		return median_of(sorted[(count - 1) / 2], sorted[count / 2]);
	return sorted[((count - 1) * quarters + 2) / 4];
}

struct scores {
	const struct decimal *sorted;
	size_t count;
};

static size_t *count_bins(struct pen *pen, struct scores scores, const struct span *span, double width, size_t bins)
{
	size_t *counts = arena_array(pen->scratch, bins + 1, sizeof *counts);

	for (size_t i = 0; i < scores.count; i++) {
		size_t bin = (size_t)((decimal_to_double(scores.sorted[i]) - span->low) / width);

		counts[bin < bins ? bin : bins - 1]++; /* the top value belongs to the last bin */
	}
	return counts;
}

/* Heights are shares of the people, so that a unit and the whole company (count 0: not shown) compare. */
static void add_bins(struct pen *pen, xmlNode *parent, struct scores own, struct scores whole, const struct span *span)
{
	double width = bin_width(span->low, span->high), share = width / (span->high - span->low) * 100;
	size_t bins = (size_t)((span->high - span->low) / width + 0.5);
	size_t *counts = count_bins(pen, own, span, width, bins), *wholes = count_bins(pen, whole, span, width, bins);
	struct span heights = {0, 0, 1};

	for (size_t i = 0; i < bins; i++) {
		heights.high = fmax(heights.high, (double)counts[i] / (double)own.count);
		if (whole.count)
			heights.high = fmax(heights.high, (double)wholes[i] / (double)whole.count);
	}
	for (size_t i = 0; i < bins; i++) {
		double from = span->low + (double)i * width, height = (double)counts[i] / (double)own.count;
		const char *low = arena_printf(pen->scratch, "%d", (int)from), *high = arena_printf(pen->scratch, "%d", (int)(from + width));
		xmlNode *bin = put_text(parent, "bin", arena_printf(pen->scratch, "%s–%s", low, high));

		attribute(bin, "from", low);
		attribute(bin, "to", high);
		attribute_geometry(pen, bin, "left", span, from);
		attribute_geometry(pen, bin, "middle", span, from + width / 2);
		attribute(bin, "width", text_percent(pen, share));
		attribute(bin, "top", text_percent(pen, 100 - height / heights.high * 100));
		attribute_count(pen, bin, "count", counts[i]);
		attribute_at(pen, bin, &heights, height);
		if (whole.count) {
			attribute_count(pen, bin, "whole", wholes[i]);
			attribute_geometry(pen, bin, "whole-at", &heights, (double)wholes[i] / (double)whole.count);
		}
	}
}

static const struct decimal *sorted_scores_of(struct pen *pen, struct group group, size_t *count)
{
	const struct model *model = pen->model;
	struct decimal *scores;

	*count = 0;
	if (group.people == model->facts->by_unit && group.count == model->facts->by_unit_count) {
		*count = model->ranked;
		return model->sorted;
	}
	scores = arena_array(pen->scratch, group.count + 1, sizeof *scores);
	for (size_t i = 0; i < group.count; i++)
		if (!score_of(model, group.people[i])->missing)
			scores[(*count)++] = score_of(model, group.people[i])->number;
	qsort(scores, *count, sizeof *scores, by_number);
	return scores;
}

/* Of three people or fewer a distribution says nothing (UX.md, scale rule). */
void add_distribution(struct pen *pen, xmlNode *parent, struct group group)
{
	static const struct {
		const char *kind;
		size_t quarters;
	} marks[] = {
		{"minimum", 0}, {"lower-quartile", 1}, {"median", 2}, {"upper-quartile", 3}, {"maximum", 4}};
	const struct model *model = pen->model;
	size_t count;
	const struct decimal *scores = sorted_scores_of(pen, group, &count);
	struct scores whole = {NULL, 0}, widest;
	struct span span;
	xmlNode *node;

	if (count <= 3)
		return;
	if (model->ranked > count)
		whole = (struct scores){model->sorted, model->ranked};
	widest = whole.count ? whole : (struct scores){scores, count};
	span = span_of(decimal_to_double(widest.sorted[0]), decimal_to_double(widest.sorted[widest.count - 1]), 20);
	node = put(parent, "distribution");
	attribute(node, "label", model->score_label);
	attribute_count(pen, node, "count", count);
	if (whole.count)
		attribute_count(pen, node, "whole", whole.count);
	add_finding(node, say(pen, SAY_DISTRIBUTION_FINDING, text_number(pen, quantile(scores, count, 1), -1),
				  text_number(pen, quantile(scores, count, 3), -1),
				  text_number(pen, quantile(scores, count, 2), -1), NULL));
	add_scale(pen, node, &span, say(pen, SAY_POINTS, NULL));
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		add_mark(pen, node, marks[i].kind, &span, quantile(scores, count, marks[i].quarters), -1);
	if (model->has_pass && decimal_to_double(model->pass) >= span.low &&
		decimal_to_double(model->pass) <= span.high)
		add_mark(pen, node, "pass", &span, model->pass, -1);
	add_bins(pen, node, (struct scores){scores, count}, whole, &span);
}

/* ---- a unit's people in order of rank, those without rank last ---- */
struct seat {
	size_t rank, person;
};

static int by_rank(const void *a, const void *b)
{
	const struct seat *first = a, *second = b;

	if (first->rank != second->rank)
		return (first->rank ? first->rank : SIZE_MAX) < (second->rank ? second->rank : SIZE_MAX) ? -1
													 : 1;
	return first->person < second->person ? -1 : first->person > second->person;
}

static struct group in_order(struct pen *pen, const size_t *people, size_t count)
{
	struct seat *seats = arena_array(pen->scratch, count + 1, sizeof *seats);
	size_t *order = arena_array(pen->scratch, count + 1, sizeof *order);

	for (size_t i = 0; i < count; i++)
		seats[i] = (struct seat){pen->model->standing[people[i]].rank, people[i]};
	qsort(seats, count, sizeof *seats, by_rank);
	for (size_t i = 0; i < count; i++)
		order[i] = seats[i].person;
	return (struct group){order, count};
}

static struct standing *ranks_within(struct pen *pen, struct group group)
{
	struct standing *standing = arena_array(pen->scratch, group.count + 1, sizeof *standing);
	size_t ranked = 0;

	for (size_t i = 0; i < group.count; i++) {
		size_t rank = pen->model->standing[group.people[i]].rank;

		if (!rank)
			continue;
		standing[i].rank = i + 1;
		if (i > 0 && pen->model->standing[group.people[i - 1]].rank == rank) {
			standing[i].rank = standing[i - 1].rank;
			standing[i].tied = standing[i - 1].tied = true;
		}
		ranked = i + 1;
	}
	for (size_t i = ranked; i-- > 0;)
		standing[i].below = i + 1 < ranked && standing[i + 1].rank == standing[i].rank ? standing[i + 1].below : ranked - 1 - i;
	return standing;
}

static int by_person(const void *a, const void *b)
{
	const struct seat *first = a, *second = b;

	return first->person < second->person ? -1 : first->person > second->person;
}

static void add_people(struct pen *pen, xmlNode *parent, struct group subtree)
{
	const struct model_entry *entry = pen->entry;
	struct standing *standing = ranks_within(pen, subtree);
	struct seat *seats = arena_array(pen->scratch, subtree.count + 1, sizeof *seats);
	size_t ranked = 0;
	xmlNode *people = put(parent, "people");

	for (size_t i = 0; i < subtree.count; i++) {
		seats[i] = (struct seat){i, subtree.people[i]};
		ranked += standing[i].rank > 0;
	}
	qsort(seats, subtree.count, sizeof *seats, by_person);
	for (size_t i = entry->first_person; i < entry->last_person; i++) {
		struct seat wanted = {0, pen->model->facts->by_unit[i]};
		const struct seat *seat = bsearch(&wanted, seats, subtree.count, sizeof *seats, by_person);

		add_person(pen, people, wanted.person, &standing[seat->rank], ranked);
	}
}

static const char *unit_finding(struct pen *pen, size_t first, size_t last)
{
	const char *people = text_count(pen, last - first), *text;
	size_t below = below_pass(pen->model, first, last);
	struct decimal mean;

	if (!mean_score(pen->model, first, last, 0, &mean))
		return say(pen, SAY_UNIT_FINDING_NO_SCORE, people, NULL);
	text = say(pen, SAY_UNIT_FINDING, people, text_number(pen, mean, 2), NULL);
	if (below)
		text = arena_printf(pen->scratch, "%s%s", text,
			say(pen, SAY_FINDING_BELOW, text_count(pen, below),
				text_number(pen, pen->model->pass, -1), NULL));
	return text;
}

static void add_unit_keys(struct pen *pen, xmlNode *parent, size_t first, size_t last)
{
	const char *people = text_count(pen, last - first);
	struct decimal now, then, sum = decimal_zero();
	char room[DECIMAL_TEXT];

	add_key(parent, "people", say(pen, SAY_KEY_PEOPLE, NULL), say(pen, SAY_PERSONS, NULL), people,
		people);
	if (mean_score(pen->model, first, last, 0, &now)) {
		add_key(parent, "score", say(pen, SAY_KEY_SCORE, NULL), say(pen, SAY_POINTS, NULL),
			decimal_format(now, room), text_number(pen, now, 2));
		if (mean_score(pen->model, first, last, 1, &then))
			add_versus(pen, xmlGetLastChild(parent), say(pen, SAY_VERSUS_MONTH, NULL),
				decimal_subtract(now, then), 2);
		add_mean_trend(pen, xmlGetLastChild(parent), first, last, false);
	}
	if (pen->entry->is_public)
		return;
	for (size_t i = first; i < last; i++)
		sum = decimal_add(
			sum, pen->model->sums[pen->model->facts->by_unit[i]].sections[SECTION_EARNINGS]);
	add_key(parent, "gross", say(pen, SAY_KEY_GROSS, NULL), NULL, decimal_format_places(sum, 2, room),
		text_money(pen, sum));
}

static void add_ranking_link(struct pen *pen, xmlNode *page, size_t unit)
{
	xmlNode *related = put_text(page, "related", say(pen, SAY_CHART_PDF, NULL));

	attribute(related, "kind", "pdf");
	attribute(related, "href",
		arena_printf(
			pen->scratch, "%s../charts/ranking-%s.pdf", pen->root, pen->model->folders[unit]));
}

static void add_unit_links(struct pen *pen, xmlNode *model_element, size_t unit)
{
	xmlNode *page = xml_element(model_element->children);

	if (pen->entry->is_public || unit == SIZE_MAX)
		return;
	if (pen->model->score != SIZE_MAX)
		add_ranking_link(pen, page, unit);
	if (!pen->entry->sheet)
		add_chart_figures(pen, page, unit);
}

static void add_unit_sheets(struct pen *pen, xmlNode *model_element, size_t sheets)
{
	xmlNode *page = xml_element(model_element->children), *list;

	if (sheets < 2)
		return;
	list = put(page, "sheets");
	for (size_t i = 0; i < sheets; i++) {
		xmlNode *sheet = put_text(list, "sheet", say(pen, SAY_KEY_PEOPLE, NULL));

		attribute_count(pen, sheet, "number", i + 1);
		attribute(sheet, "href",
			i ? arena_printf(pen->scratch, "index-p%02zu.html", i + 1) : "index.html");
		attribute(sheet, "current", i == pen->entry->sheet ? "yes" : NULL);
	}
}

static size_t own_people(const struct facts *facts, size_t unit, size_t *first)
{
	size_t last = facts->by_unit_count;

	if (unit != SIZE_MAX) {
		*first = facts->units[unit].first;
		return facts->units[unit].own_last;
	}
	for (*first = last; *first > 0 && facts->people[facts->by_unit[*first - 1]].unit == SIZE_MAX;)
		--*first;
	return last;
}

/* A unit's pages stand where today's tree has it. */
static const char *page_before(struct pen *pen, size_t unit)
{
	const struct model *model = pen->model;

	if (unit == SIZE_MAX || !model->input.history.unit_before || !model->input.history.unit_before[unit])
		return NULL;
	return arena_printf(pen->scratch, pen->entry->is_public ? "units/%s.html" : "%s/index.html", model->folders[unit]);
}

void build_unit(struct pen *pen)
{
	const struct model *model = pen->model;
	const struct facts *facts = model->facts;
	size_t unit = pen->entry->unit, sheet = pen->entry->sheet, own_first,
	       own_last = own_people(facts, unit, &own_first);
	size_t first = own_first, last = unit == SIZE_MAX ? own_last : facts->units[unit].last;
	const char *name = unit == SIZE_MAX ? say(pen, SAY_WITHOUT_UNIT, NULL) : facts->units[unit].name;
	const char *month = text_month(pen, facts->month);
	struct head head = {.kind = "unit",
		.path = strchr(pen->entry->pages[0].path, '/') + 1,
		.heading = name,
		.before = page_before(pen, unit),
		.kicker = unit == SIZE_MAX
				  ? month
				  : arena_printf(pen->scratch, "%s · %s", month, facts->units[unit].id)};
	struct group subtree = in_order(pen, facts->by_unit + first, last - first), shown = subtree;
	xmlNode *root, *node;

	head.title =
		sheet ? say(pen, SAY_TITLE_SHEET, name, month, text_count(pen, sheet + 1),
				model->company->short_name, NULL)
		      : say(pen, SAY_TITLE, name, month,
				unit == SIZE_MAX ? model->company->short_name : facts->units[unit].id, NULL);
	root = start_document(pen, &head);
	if (!pen->entry->is_public)
		add_unit_sheets(pen, root, (own_last - own_first + SHEET_PEOPLE - 1) / SHEET_PEOPLE);
	add_unit_links(pen, root, unit);
	node = put(root, "unit");
	attribute(node, "id", unit == SIZE_MAX ? "-" : facts->units[unit].id);
	attribute(node, "name", name);
	if (unit != SIZE_MAX && facts->units[unit].head != SIZE_MAX)
		add_who(pen, put(node, "head"), facts->units[unit].head, false);
	add_finding(node, unit_finding(pen, first, last));
	add_unit_keys(pen, node, first, last);
	if (unit != SIZE_MAX)
		add_units(pen, node, unit);
	/* Five hundred rows a page: of a larger unit the managers see its own people sheet by sheet, staff
	 * the first. */
	if (subtree.count > SHEET_ROWS)
		shown = pen->entry->is_public ? (struct group){subtree.people, SHEET_ROWS}
					      : in_order(pen, facts->by_unit + pen->entry->first_person,
							pen->entry->last_person - pen->entry->first_person);
	if (model->score != SIZE_MAX && shown.count)
		add_ranking(pen, node, shown, false);
	add_distribution(pen, node, subtree);
	add_mean_trend(pen, node, first, last, true);
	if (pen->entry->is_public)
		return;
	if (unit != SIZE_MAX && !sheet)
		add_targets(pen, node, unit);
	if (model->ranked > 3)
		add_distribution(pen, put(node, "company-scores"),
			(struct group){facts->by_unit, facts->by_unit_count});
	add_payroll(pen, node, subtree);
	add_absences(pen, node, subtree);
	add_people(pen, node, subtree);
}
