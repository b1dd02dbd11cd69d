#include "render/chart.h"
#include "render/chart_kinds.h"
#include "render/typeset.h"
#include "render/waterfall.h"

/* C13 as a chart of its own: how each person's net pay comes about, one waterfall below the other; of many
 * people the mean of each unit. */

#define HEADING_PT 44.0

void chart_waterfall_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;

	for (const xmlNode *panel = field_child(node, "panel"); panel; panel = field_next(panel)) {
		const xmlNode *waterfall = field_child(panel, "waterfall");
		double height = waterfall_height_pt(flow, waterfall) + HEADING_PT;

		/* one that fits on a page is not broken */
		if (flow->y + height > flow->bottom && height < flow->bottom - flow->margin_pt - HEADING_PT)
			flow_break(flow);
		canvas_bookmark(flow->canvas, field(panel, "label"), 0);
		chart_heading(chart, field(panel, "label"), 80);
		flow_paragraph(flow,
			&(struct paragraph){
				"P", flow->left, flow->right, 12, {8, false, INK_MUTED, ANCHOR_START}},
			waterfall_title(waterfall));
		waterfall_draw(flow, waterfall);
		flow->y += 8;
	}
}
