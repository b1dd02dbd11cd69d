#include <string.h>

#include "base/arena.h"
#include "model/build.h"

/* A month under another policy: who gains and who loses. The page stands alone, for managers. */
#define CHART_EDGE ((size_t)20) /* of the greatest gains, and of the greatest losses, in the chart */
#define CHART_PITCH 18		/* of its rows; one more for the axis */
#define THROUGH_MAX 4

static const struct gain_person *in_order(const struct gains *gains, size_t place)
{
	return &gains->people[gains->order[place]];
}

static const char *direction(struct decimal change)
{
	return decimal_sign(change) > 0 ? "up" : decimal_sign(change) < 0 ? "down" : "same";
}

static const char *name_of(const struct gain_person *person)
{
	return *person->name ? person->name : person->id;
}

static void put_change(struct pen *pen, xmlNode *parent, const char *name, struct decimal change)
{
	attribute(put_text(parent, name, text_signed(pen, change)), "direction", direction(change));
}

/* From zero to the change, in percent of the plot. */
static void add_bar(struct pen *pen, xmlNode *node, const struct span *span, struct decimal change)
{
	double value = decimal_to_double(change), length = span->high - span->low;

	attribute(node, "direction", direction(change));
	attribute_geometry(pen, node, "left", span, value < 0 ? value : 0);
	attribute(node, "width", text_percent(pen, (value < 0 ? -value : value) / length * 100));
}

static struct span span_of_gains(const struct gains *gains)
{
	double low = gains->person_count ? decimal_to_double(in_order(gains, gains->person_count - 1)->change) : 0;
	double high = gains->person_count ? decimal_to_double(in_order(gains, 0)->change) : 0;

	return span_of(low < 0 ? low : 0, high > 0 ? high : 0, 1);
}

/* People of one name are told apart by their number. */
static const char *name_in_chart(struct pen *pen, const struct gains *gains, const struct gain_person *person)
{
	for (size_t i = 0; i < gains->person_count; i++)
		if (&gains->people[i] != person && !strcmp(gains->people[i].name, person->name))
			return arena_printf(pen->scratch, "%s %s", name_of(person), person->id);
	return name_of(person);
}

static void add_chart_bar(struct pen *pen, xmlNode *chart, const struct gains *gains, const struct span *span, size_t place)
{
	const struct gain_person *person = in_order(gains, place);
	size_t row = (size_t)xmlChildElementCount(chart) - 1; /* the scale stands before them */
	xmlNode *node = put_text(chart, "bar", text_signed(pen, person->change));

	attribute(node, "name", name_in_chart(pen, gains, person));
	attribute_count(pen, node, "y", row * CHART_PITCH);
	add_bar(pen, node, span, person->change);
}

/* The greatest gains, then the greatest losses, as they stand in order. */
static void add_chart(struct pen *pen, xmlNode *parent, const struct gains *gains, const struct span *span)
{
	size_t up = gains->all.gaining < CHART_EDGE ? gains->all.gaining : CHART_EDGE;
	size_t down = gains->all.losing < CHART_EDGE ? gains->all.losing : CHART_EDGE;
	xmlNode *chart;

	if (!up && !down)
		return;
	chart = put(parent, "gain-chart");
	attribute(chart, "title", say(pen, SAY_GAINS_CHART, text_count(pen, up), text_count(pen, down), NULL));
	attribute_count(pen, chart, "plot", (up + down) * CHART_PITCH);
	attribute_count(pen, chart, "height", (up + down + 1) * CHART_PITCH);
	attribute_geometry(pen, chart, "zero", span, 0);
	add_scale(pen, chart, span, NULL);
	for (size_t i = 0; i < up; i++)
		add_chart_bar(pen, chart, gains, span, i);
	for (size_t i = 0; i < down; i++)
		add_chart_bar(pen, chart, gains, span, gains->person_count - down + i);
}

/* "提成 +100.00, 绩效工资 −20.00" */
static const char *through(struct pen *pen, const struct gains *gains, const struct gain_person *person)
{
	const char *text = "";
	size_t count = 0;

	for (size_t i = person->first; i < person->end; i++) {
		const struct gain_cell *cell = &gains->cells[i];

		if (!cell->is_part || cell->difference.missing)
			continue;
		if (count++ < THROUGH_MAX)
			text = arena_printf(pen->scratch, "%s%s%s %s", text, count > 1 ? ", " : "", cell->figure,
				text_signed(pen, cell->difference.number));
	}
	return count > THROUGH_MAX ? arena_printf(pen->scratch, "%s …", text) : text;
}

static void add_person_row(struct pen *pen, xmlNode *parent, const struct gains *gains, const struct gain_person *person,
	const struct span *span)
{
	xmlNode *node = put(parent, "gain");
	xmlNode *who = put(node, "who");

	attribute(who, "id", person->id);
	attribute(who, "name", name_of(person));
	attribute(node, "unit", person->unit);
	attribute(node, "grade", person->grade);
	add_bar(pen, node, span, person->change);
	put_text(node, "before", person->was ? text_money(pen, person->before) : "—");
	put_text(node, "after", person->is ? text_money(pen, person->after) : "—");
	put_change(pen, node, "difference", person->change);
	put_text(node, "through", through(pen, gains, person));
}

static void add_people(struct pen *pen, xmlNode *parent, const struct gains *gains, const struct span *span)
{
	xmlNode *people = put(parent, "gain-people");
	size_t shown = 0, changed = gains->all.gaining + gains->all.losing;

	attribute_count(pen, people, "count", changed);
	for (size_t i = 0; i < gains->person_count && shown < SHEET_ROWS; i++)
		if (decimal_sign(in_order(gains, i)->change)) {
			add_person_row(pen, people, gains, in_order(gains, i), span);
			shown++;
		}
	if (shown < changed)
		attribute(people, "more", say(pen, SAY_GAINS_MORE, text_count(pen, changed - shown), NULL));
}

static void add_sums(struct pen *pen, xmlNode *parent, const char *kind, const struct gain_sums *sums)
{
	xmlNode *list = put(parent, "gain-sums");

	attribute(list, "kind", kind);
	for (size_t i = 0; i < sums->count; i++) {
		const struct gain_sum *sum = &sums->rows[i];
		xmlNode *node = put(list, "gain-sum");

		attribute(node, "name", *sum->name ? sum->name : "—");
		attribute_count(pen, node, "gaining", sum->gaining);
		attribute_count(pen, node, "losing", sum->losing);
		put_text(node, "before", text_money(pen, sum->before));
		put_text(node, "after", text_money(pen, sum->after));
		put_change(pen, node, "difference", decimal_subtract(sum->after, sum->before));
		put_change(pen, node, "gains", sum->gains);
		put_change(pen, node, "losses", sum->losses);
	}
}

static void add_crossings(xmlNode *parent, const struct gains *gains)
{
	static const char *const verdicts[] = {[VERDICT_ELIGIBLE] = "eligible", [VERDICT_NOT_ELIGIBLE] = "not-eligible",
		[VERDICT_CONFLICT] = "conflict"};

	for (size_t i = 0; i < gains->crossing_count && i < SHEET_ROWS; i++) {
		const struct gain_crossing *crossing = &gains->crossings[i];
		xmlNode *node = put(parent, "crossing"), *who = put(node, "who");

		attribute(who, "id", gains->people[crossing->person].id);
		attribute(who, "name", name_of(&gains->people[crossing->person]));
		attribute(node, "movement", crossing->movement);
		attribute(node, "to", *crossing->to ? crossing->to : NULL);
		attribute(node, "before", verdicts[crossing->before]);
		attribute(node, "after", verdicts[crossing->after]);
	}
}

void build_compare(struct pen *pen, const struct model_comparison *comparison)
{
	const struct gains *gains = comparison->gains;
	const struct gain_sum *all = &gains->all;
	const char *heading = say(pen, SAY_GAINS_HEADING, NULL);
	const struct head head = {.kind = "compare", .path = "compare/index.html", .heading = heading,
		.kicker = say(pen, SAY_GAINS_INSTEAD, comparison->is, comparison->was, NULL)};
	struct span span = span_of_gains(gains);
	xmlNode *node = put(start_document(pen, &head), "compare");

	add_finding(node, say(pen, SAY_GAINS_FINDING, text_money(pen, all->before), text_money(pen, all->after),
		text_signed(pen, decimal_subtract(all->after, all->before)), NULL));
	put_text(node, "effect", say(pen, SAY_GAINS_UP, text_count(pen, all->gaining), text_signed(pen, all->gains), NULL));
	put_text(node, "effect", say(pen, SAY_GAINS_DOWN, text_count(pen, all->losing), text_signed(pen, all->losses), NULL));
	put_text(node, "effect", say(pen, SAY_GAINS_SAME, text_count(pen, all->people - all->gaining - all->losing), NULL));
	add_chart(pen, node, gains, &span);
	if (gains->figures.count)
		add_sums(pen, node, "figure", &gains->figures);
	if (all->gaining || all->losing) {
		add_sums(pen, node, "unit", &gains->units);
		add_sums(pen, node, "grade", &gains->grades);
		add_people(pen, node, gains, &span);
	}
	add_crossings(node, gains);
}
