#include <string.h>

#include "base/arena.h"
#include "model/chart.h"
#include "xml/xml.h"

/* C13 as a declared chart: how each person's net pay comes about; of more people how each unit's does. */

#define MOST_PEOPLE 30

/* The steps as printed, a row each. */
static void add_steps(xmlNode *data, const char *label, const xmlNode *waterfall)
{
	for (const xmlNode *step = waterfall->children; step; step = step->next) {
		xmlNode *entry;
		const xmlAttr *name;

		if (strcmp((const char *)step->name, "step") != 0)
			continue;
		entry = put(data, "entry");
		chart_cell(entry, label);
		for (name = step->properties; strcmp((const char *)name->name, "label") != 0;)
			name = name->next;
		chart_cell(entry, (const char *)name->children->content);
		chart_cell(entry, (const char *)step->children->content);
	}
}

void chart_build_waterfall(struct pen *pen, xmlNode *chart, const struct chart_scope *scope)
{
	struct chart_rows rows = chart_rows_of(pen, scope->people, MOST_PEOPLE);
	xmlNode **falls, *data;

	chart_rows_add_all(pen, &rows, scope);
	falls = arena_array(pen->scratch, rows.count + 1, sizeof *falls);
	chart_head(pen, chart, scope,
		scope->people.count ? waterfall_sentence(pen, scope->people) : say(pen, SAY_CHART_NOBODY, NULL),
		scope->people.count);
	for (size_t i = 0; i < rows.count; i++) {
		xmlNode *panel = put(chart, "panel");

		chart_row_head(panel, &rows.rows[i]);
		falls[i] = add_waterfall(pen, panel, rows.rows[i].people) ? xmlLastElementChild(panel) : NULL;
		if (!falls[i]) {
			xmlUnlinkNode(panel);
			xmlFreeNode(panel);
		}
	}
	data = chart_data(pen, chart, say(pen, SAY_CHART_STEPS, NULL));
	chart_column(data, say(pen, rows.of_units ? SAY_CHART_UNIT : SAY_CHART_NAME, NULL), false);
	chart_column(data, say(pen, SAY_CHART_STEP, NULL), false);
	chart_column(data, say(pen, SAY_CHART_AMOUNT, NULL), true);
	for (size_t i = 0; i < rows.count; i++)
		if (falls[i])
			add_steps(data, rows.rows[i].label, falls[i]);
}
