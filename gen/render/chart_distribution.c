#include "render/chart.h"

/* C5: how the scores spread. Bins and quartiles are the model's. */

#define BOX_PT 16.0

void chart_box(struct canvas *canvas, const xmlNode *marked, const struct scale *scale, double y)
{
	static const char *const kinds[] = { "minimum", "lower-quartile", "median", "upper-quartile",
		"maximum" };
	double at[5] = { 0 };
	const struct pen pen = { INK_AXIS, 0.8, 0 };
	size_t found = 0;

	for (const xmlNode *mark = field_child(marked, "mark"); mark; mark = field_next(mark))
		for (size_t i = 0; i < 5; i++)
			if (field_is(mark, "kind", kinds[i]) && scale_place(scale, mark, &at[i]))
				found++;
	if (found != 5)
		return;
	canvas_line(canvas, (struct point){ at[0], y }, (struct point){ at[4], y }, pen);
	canvas_rect(canvas, (struct box){ at[1], y - 4.5, at[3] - at[1], 9 }, INK_PAPER, pen);
	canvas_line(canvas, (struct point){ at[2], y - 4.5 }, (struct point){ at[2], y + 4.5 },
		(struct pen){ INK_FOCUS, 1.8, 0 });
	canvas_line(canvas, (struct point){ at[0], y - 3 }, (struct point){ at[0], y + 3 }, pen);
	canvas_line(canvas, (struct point){ at[4], y - 3 }, (struct point){ at[4], y + 3 }, pen);
}

static void draw_bins(struct canvas *canvas, const xmlNode *distribution, const struct scale *scale,
	double floor_y, double height)
{
	const struct lettering count_letters = { 8, false, INK_TEXT, ANCHOR_MIDDLE };
	double from, to, part;

	for (const xmlNode *bin = field_child(distribution, "bin"); bin; bin = field_next(bin)) {
		if (!field_number(bin, "from", &from) || !field_number(bin, "to", &to) ||
			!field_number(bin, "at", &part) || part <= 0)
			continue;
		from = scale_at(scale, from);
		to = scale_at(scale, to);
		part *= height / 100;
		canvas_rect(canvas, (struct box){ from + 0.5, floor_y - part, to - from - 1, part },
			INK_SPREAD, PEN_NONE);
		canvas_puts(canvas, (from + to) / 2, floor_y - part - 3, &count_letters, field(bin, "count"));
	}
}

static void draw_axis(
	struct chart *chart, const xmlNode *distribution, const struct scale *scale, double floor_y)
{
	struct canvas *canvas = chart->flow.canvas;
	const struct lettering letters = { 7.5, false, INK_MUTED, ANCHOR_MIDDLE };
	double x;

	canvas_line(canvas, (struct point){ scale->start_pt, floor_y },
		(struct point){ scale->end_pt, floor_y }, (struct pen){ INK_AXIS, 0.8, 0 });
	for (const xmlNode *tick = field_path(distribution, "scale/tick"); tick; tick = field_next(tick))
		if (scale_place(scale, tick, &x))
			canvas_puts(canvas, x, floor_y + 10, &letters, field_text(tick));
}

void chart_distribution(struct chart *chart, const xmlNode *distribution, double height_pt)
{
	struct flow *flow = &chart->flow;
	const char *finding = field_text(field_child(distribution, "finding"));
	struct scale scale =
		scale_read(field_child(distribution, "scale"), flow->left + 12, flow->right - 12);
	double floor_y;

	chart_heading(chart, finding, height_pt + 20);
	floor_y = flow->y + height_pt;
	canvas_tag_begin(flow->canvas, "Figure", finding);
	chart_box(flow->canvas, distribution, &scale, flow->y + BOX_PT / 2);
	draw_bins(flow->canvas, distribution, &scale, floor_y, height_pt - BOX_PT - 14);
	draw_axis(chart, distribution, &scale, floor_y);
	for (const xmlNode *mark = field_child(distribution, "mark"); mark; mark = field_next(mark)) {
		double x;

		if (field_is(mark, "kind", "pass") && scale_place(&scale, mark, &x))
			canvas_line(flow->canvas, (struct point){ x, flow->y + BOX_PT },
				(struct point){ x, floor_y }, (struct pen){ INK_TEXT, 1, 0 });
	}
	canvas_tag_end(flow->canvas);
	flow->y = floor_y + 14;
	flow_paragraph(flow,
		&(struct paragraph){
			"P", flow->left + 12, flow->right, 11, { 7.5, false, INK_MUTED, ANCHOR_START } },
		chart_word(chart, WORD_MARK_BOX));
}
