#include <string.h>

#include "base/arena.h"
#include "model/build.h"
#include "value/date.h"

/* output/index.html: the list of months, which is no month's own page. */

static struct span months_span(const struct model_month *months, size_t count)
{
	double low = 0, high = 0;
	bool any = false;

	for (size_t i = 0; i < count && i < 12; i++) {
		double score = decimal_to_double(months[i].score);

		if (!months[i].has_score)
			continue;
		low = any && low < score ? low : score;
		high = any && high > score ? high : score;
		any = true;
	}
	return any ? span_of(low, high, 4) : (struct span){0, 100, 20};
}

static const char *share(struct pen *pen, const struct span *span, double value)
{
	return text_percent(pen, (value - span->low) / (span->high - span->low) * 100);
}

static void add_course(struct pen *pen, xmlNode *parent, const struct model_month *months, size_t count)
{
	struct span heights = months_span(months, count), upside_down = {-heights.high, -heights.low, 1};
	struct span across = {months[0].month - 11, months[0].month, 1};
	size_t first = count < 12 ? count : 12;
	xmlNode *trend = put(parent, "trend");
	const char *path = "", *y = "0";

	attribute(trend, "label", say(pen, SAY_KEY_SCORE, NULL));
	attribute(trend, "low", arena_printf(pen->scratch, "%d", (int)heights.low));
	attribute(trend, "high", arena_printf(pen->scratch, "%d", (int)heights.high));
	for (size_t i = first; i-- > 0;) {
		const char *x = share(pen, &across, months[i].month);

		if (months[i].month <= months[0].month - 12 || !months[i].has_score)
			continue;
		y = share(pen, &upside_down, -decimal_to_double(months[i].score));
		path = arena_printf(pen->scratch, "%s%s%s %s", path, *path ? "L" : "M", x, y);
	}
	attribute(trend, "path", path);
	if (months[0].has_score) {
		attribute(trend, "x", "100");
		attribute(trend, "y", y);
	}
}

static void add_month(struct pen *pen, xmlNode *parent, const struct model_month *month, bool latest)
{
	static const struct span hundred = {0, 100, 20};
	xmlNode *node = put(parent, "month");
	const char *id = text_month_id(pen, month->month), *people = text_count(pen, month->people);

	attribute(node, "id", id);
	attribute(node, "text", text_month(pen, month->month));
	attribute(node, "href", arena_printf(pen->scratch, "%s/site/index.html", id));
	attribute(node, "managers", arena_printf(pen->scratch, "%s/managers/index.html", id));
	attribute(node, "people", people);
	attribute(node, "status", month->errors ? "bad" : month->warnings ? "warning" : "good");
	attribute(node, "sealed", month->sealed ? "yes" : NULL);
	if (month->has_score)
		attribute_at(pen, put_number(pen, node, "score", month->score, 2), &hundred,
			decimal_to_double(month->score));
	if (latest && month->has_score)
		add_finding(
			node, say(pen, SAY_HEADLINE_FIRST, people, text_number(pen, month->score, 2), NULL));
}

xmlDocPtr model_build_months(const struct company *company, const char *language, const char *tool,
	const struct model_month *months, size_t month_count, struct arena *scratch)
{
	struct model model = {.company = company, .chinese = strcmp(language, "zh-CN") == 0};
	static const struct model_entry entry = {.is_public = true};
	struct pen pen = {.model = &model, .entry = &entry, .scratch = scratch, .root = ""};
	xmlNode *root = start_tree(&pen), *node;
	const char *heading = say(&pen, SAY_MONTHS, NULL);

	node = put(root, "page");
	attribute(node, "kind", "months");
	attribute(node, "path", "index.html");
	attribute(node, "root", arena_printf(scratch, "%s/site/", text_month_id(&pen, months[0].month)));
	attribute(node, "title", arena_printf(scratch, "%s · %s", heading, company->short_name));
	attribute(node, "heading", heading);
	attribute(node, "kicker", company->name);
	node = put(root, "company");
	attribute(node, "name", company->name);
	attribute(node, "short", company->short_name);
	attribute(put(root, "provenance"), "tool", tool);
	node = put(root, "months");
	for (size_t i = 0; i < month_count; i++) {
		add_month(&pen, node, &months[i], i == 0);
		if (i + 1 < month_count)
			add_course(&pen, node->last, &months[i], month_count - i);
	}
	return pen.doc;
}
