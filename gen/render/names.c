#include "render/names.h"
#include "render/field.h"
#include "render/typeset.h"
#include <math.h>

static const struct lettering letters = {9, false, INK_TEXT, ANCHOR_START};

struct names names_of(const struct flow *flow, const xmlNode *panel)
{
	double widest = 0;

	for (; panel; panel = field_next(panel))
		for (const xmlNode *row = field_child(panel, "row"); row; row = field_next(row))
			widest = fmax(widest, text_width_of(flow->fonts, &letters, field(row, "label")));
	return (struct names){fmin(widest, NAMES_PART * (flow->right - flow->left))};
}

static struct text_lines lines_of(const struct names *names, struct flow *flow, const xmlNode *row)
{
	return text_fit(flow->fonts, &letters, field(row, "label"), field(row, "id"), names->width_pt + 0.01,
		NAMES_LINES, flow->arena);
}

double names_extra_pt(const struct names *names, struct flow *flow, const xmlNode *row)
{
	return NAMES_LEADING_PT * (double)(lines_of(names, flow, row).count - 1);
}

void names_draw(const struct names *names, struct flow *flow, const xmlNode *row, double x, double y)
{
	struct text_lines lines = lines_of(names, flow, row);

	for (size_t i = 0; i < lines.count; i++)
		canvas_text(flow->canvas, x, y + NAMES_LEADING_PT * (double)i, &letters, lines.lines[i].text,
			lines.lines[i].length);
}
