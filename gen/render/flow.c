#include "render/flow.h"
#include "render/typeset.h"

void flow_begin(struct flow *flow)
{
	if (flow->height_pt <= 0)
		flow->height_pt = PAGE_HEIGHT_PT;
	if (flow->margin_pt <= 0)
		flow->margin_pt = PAGE_MARGIN_PT;
	flow->page = 1;
	flow->left = flow->margin_pt;
	flow->right = PAGE_WIDTH_PT - flow->margin_pt;
	flow->bottom = flow->height_pt - flow->margin_pt;
	flow->y = flow->margin_pt;
	canvas_page_begin(flow->canvas, PAGE_WIDTH_PT, flow->height_pt);
}

void flow_end(struct flow *flow)
{
	flow->foot(flow);
	canvas_page_end(flow->canvas);
}

void flow_break(struct flow *flow)
{
	flow_end(flow);
	flow->page++;
	flow->y = flow->margin_pt;
	canvas_page_begin(flow->canvas, PAGE_WIDTH_PT, flow->height_pt);
	flow->head(flow);
}

bool flow_has(const struct flow *flow, double height_pt)
{
	return flow->y + height_pt <= flow->bottom;
}

void flow_need(struct flow *flow, double height_pt)
{
	if (!flow_has(flow, height_pt))
		flow_break(flow);
}

void flow_paragraph(struct flow *flow, const struct paragraph *paragraph, const char *text)
{
	struct text_lines lines = text_wrap(
		flow->fonts, &paragraph->letters, text, paragraph->right - paragraph->left, flow->arena);
	bool open = false;

	for (size_t i = 0; i < lines.count; i++) {
		if (!flow_has(flow, paragraph->leading_pt)) {
			if (open)
				canvas_tag_end(flow->canvas);
			open = false;
			flow_break(flow);
		}
		if (!open)
			canvas_tag_begin(flow->canvas, paragraph->tag, NULL);
		open = true;
		flow->y += paragraph->leading_pt;
		canvas_text(flow->canvas, paragraph->left, flow->y - 0.3 * paragraph->leading_pt,
			&paragraph->letters, lines.lines[i].text, lines.lines[i].length);
	}
	if (open)
		canvas_tag_end(flow->canvas);
}
