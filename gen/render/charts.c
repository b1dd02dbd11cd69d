#include "render/charts.h"
#include "base/arena.h"
#include "render/chart_kinds.h"
#include "xml/xml.h"
#include <string.h>
#include <unistd.h>

static const struct {
	const char *kind;
	chart_draw_kind *draw;
} kinds[] = {
	{ "bullets", chart_bullets_draw },
	{ "change", chart_change_draw },
	{ "composition", chart_composition_draw },
	{ "distribution", chart_spread_draw },
	{ "gantt", chart_gantt_draw },
	{ "heatmap", chart_heatmap_draw },
	{ "sparklines", chart_sparklines_draw },
	{ "trend", chart_trend_draw },
	{ "waterfall", chart_waterfall_draw },
};

static const xmlNode *chart_of(const xmlNode *model)
{
	return field_child(model, "chart");
}

static chart_draw_kind *drawing_of(const xmlNode *node)
{
	for (size_t i = 0; node && i < sizeof kinds / sizeof *kinds; i++)
		if (field_is(node, "kind", kinds[i].kind))
			return kinds[i].draw;
	return NULL;
}

/* ---- data tables ---- */
#define SHORT_ROWS 12

static void draw_tables(struct chart *chart, const xmlNode *node)
{
	const xmlNode *data = field_child(node, "data");

	if (field_is(data, "summary", "yes"))
		data = field_next(data); /* it stands beneath the drawing it sums up */
	if (!data)
		return;
	/* a short table stays under its chart */
	if (!flow_has(&chart->flow, 90 + 15.0 * (double)field_count(data, "entry")) ||
		field_count(data, "entry") > SHORT_ROWS)
		flow_break(&chart->flow);
	canvas_bookmark(chart->flow.canvas, chart_word(chart, WORD_DATA_TABLE), 0);
	for (; data; data = field_next(data))
		charts_table(chart, data);
}

static void draw_body(struct chart *chart, void *context)
{
	const xmlNode *node = context;

	canvas_bookmark(chart->flow.canvas, field(node, "title"), 0);
	drawing_of(node)(chart, node);
	if (chart->paged)
		draw_tables(chart, node);
}

void charts_draw(const struct fonts *fonts, const xmlNode *model, enum drawing_device device, struct file_writer *out)
{
	const xmlNode *node = chart_of(model);
	struct arena *arena = arena_new();
	struct chart chart = {
		.flow = { .fonts = fonts, .arena = arena, .language = field(model, "lang") },
		.model = model,
		.title = field_text(field_child(node, "finding")),
		.subtitle = field_text(field_child(node, "subtitle")),
		.footnote = field_text(field_child(node, "footnote")),
	};
	const char *alt = arena_printf(arena, "%s. %s. %s. %s", field(node, "title"), chart.title, chart.subtitle,
		chart_word(&chart, device == DRAW_PDF ? WORD_DATA_AT_END : WORD_DATA_ON_PAGE));

	chart_draw(&chart, device, alt, draw_body, (void *)(uintptr_t)node, out);
	arena_free(arena);
}

bool charts_take_in(xmlDocPtr document, const char *svg_path, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct xml_document *drawing = xml_read(svg_path, arena, diag);
	xmlNode *chart = xml_element(xmlDocGetRootElement(document)->children), *copy;

	while (chart && strcmp((const char *)chart->name, "chart") != 0)
		chart = xml_element(chart->next);
	copy = drawing ? xmlDocCopyNode(xmlDocGetRootElement(drawing->doc), document, 1) : NULL;
	xml_free(drawing);
	arena_free(arena);
	unlink(svg_path);
	return chart && copy && xmlAddChild(chart, copy);
}
