#include "render/axis.h"
#include "render/chart.h"
#include "render/chart_kinds.h"
#include "render/marks.h"
#include "render/names.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C6: what pay consists of. A bar a person (a unit of many), its parts side by
 * side to the right of zero, what is deducted hatched to the left. The second
 * panel, on a page of its own, shows the same as shares.
 */

#define BAR_PT 11.0
#define PITCH_PT 14.0
#define PAGE_ROWS 45
#define LABEL_LEAST_PT 18.0 /* narrower segments have no label */
#define MOST_PARTS 6

static const struct lettering total_letters = {9, true, INK_TEXT, ANCHOR_START};
static const struct lettering label_letters = {7.5, false, INK_TEXT, ANCHOR_MIDDLE};

/* What several earnings are together is part 0: grey, as it is not spoken of. */
static const enum ink part_inks[] = {INK_BAR, INK_FOCUS, INK_SECOND, INK_THIRD, INK_FOURTH};

struct columns {
	struct names names;
	struct scale scale;
};

static struct columns place_columns(const struct flow *flow, const xmlNode *panel)
{
	double total = 0;
	struct columns columns;

	for (const xmlNode *row = field_child(panel, "row"); row; row = field_next(row)) {
		total = fmax(total, text_width_of(flow->fonts, &total_letters, field(row, "total")));
	}
	columns.names = names_of(flow, panel);
	columns.scale = scale_read(field_child(panel, "scale"), flow->left + columns.names.width_pt + 10,
		flow->right - (total > 0 ? total + 5 : 0));
	return columns;
}

static bool is_deducted(const xmlNode *segment)
{
	return field_is(segment, "deducted", "yes");
}

static enum ink ink_of(const xmlNode *segment)
{
	double part = 1;

	field_number(segment, "part", &part);
	return part_inks[part >= 0 && part <= 4 ? (size_t)part : 0];
}

/* A label that has room stands in its segment; on hatching it needs a clear ground. */
static void put_label(struct flow *flow, const xmlNode *segment, struct box box)
{
	struct lettering letters = label_letters;
	const char *text = field_text(segment);
	double width = text_width_of(flow->fonts, &letters, text);

	if (box.width < LABEL_LEAST_PT || width + 4 > box.width)
		return;
	if (is_deducted(segment))
		canvas_rect(flow->canvas,
			(struct box){
				box.x + (box.width - width) / 2 - 2, box.y + 1, width + 4, box.height - 2},
			INK_PAPER, PEN_NONE);
	else
		letters.ink = ink_on(ink_of(segment));
	canvas_puts(flow->canvas, box.x + box.width / 2, box.y + 8.3, &letters, text);
}

static void draw_segment(struct flow *flow, const struct scale *scale, const xmlNode *segment)
{
	double from = 0, to = 0;
	struct box box = {0, flow->y + (PITCH_PT - BAR_PT) / 2, 0, BAR_PT};

	field_number(segment, "from", &from);
	field_number(segment, "to", &to);
	box.x = scale_at(scale, from);
	box.width = scale_at(scale, to) - box.x;
	if (box.width <= 0)
		return;
	if (is_deducted(segment))
		mark_hatch(flow->canvas, box, INK_AXIS);
	else
		canvas_rect(flow->canvas, box, ink_of(segment),
			(struct pen){ink_of(segment) == INK_BAR ? INK_BAR_EDGE : INK_PAPER, 0.5, 0});
	put_label(flow, segment, box);
}

static void draw_row(struct flow *flow, const struct columns *columns, const xmlNode *row)
{
	const char *total = field(row, "total");
	double end = 0, to;

	names_draw(&columns->names, flow, row, flow->left, flow->y + 10.3);
	for (const xmlNode *segment = field_child(row, "segment"); segment; segment = field_next(segment)) {
		draw_segment(flow, &columns->scale, segment);
		if (field_number(segment, "to", &to) && to > end)
			end = to;
	}
	if (total)
		canvas_puts(flow->canvas, scale_at(&columns->scale, end) + 5, flow->y + 10.3, &total_letters,
			total);
	flow->y += PITCH_PT + names_extra_pt(&columns->names, flow, row);
}

/* As many rows as this page takes, as one figure. Returns the first that is left. */
static const xmlNode *draw_page(
	struct chart *chart, const xmlNode *panel, const struct columns *columns, const xmlNode *from)
{
	struct flow *flow = &chart->flow;
	const xmlNode *end = from;
	double height = 0, zero = scale_at(&columns->scale, 0), top;

	for (size_t rows = 0; end && (rows < PAGE_ROWS || !chart->paged); end = field_next(end), rows++) {
		double row = PITCH_PT + names_extra_pt(&columns->names, flow, end);

		if (rows && !flow_has(flow, AXIS_PT + height + row))
			break;
		height += row;
	}
	canvas_tag_begin(flow->canvas, "Figure", field(panel, "title"));
	flow->y += AXIS_PT;
	top = flow->y;
	axis_draw(flow, field_child(panel, "scale"), &columns->scale, top, height);
	for (const xmlNode *row = from; row != end; row = field_next(row))
		draw_row(flow, columns, row);
	canvas_line(flow->canvas, (struct point){zero, top}, (struct point){zero, top + height},
		(struct pen){INK_AXIS, 1, 0});
	canvas_tag_end(flow->canvas);
	return end;
}

static void draw_key(struct chart *chart, const xmlNode *node)
{
	struct key_entry entries[MOST_PARTS];
	size_t count = 0;

	for (const xmlNode *part = field_child(node, "part"); part && count < MOST_PARTS;
		part = field_next(part))
		entries[count++] = (struct key_entry){is_deducted(part) ? KEY_HATCH : KEY_FILL,
			is_deducted(part) ? INK_AXIS : ink_of(part), field_text(part)};
	chart_key(chart, entries, count);
}

void chart_composition_draw(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;

	draw_key(chart, node);
	for (const xmlNode *panel = field_child(node, "panel"); panel; panel = field_next(panel)) {
		const xmlNode *row = field_child(panel, "row");
		struct columns columns;

		if (panel != field_child(node, "panel")) {
			if (chart->paged)
				flow_break(flow);
			canvas_bookmark(flow->canvas, field(panel, "title"), 0);
			chart_heading(chart, field(panel, "title"), 80);
			draw_key(chart, node);
		}
		columns = place_columns(flow, panel);
		while (row && (row = draw_page(chart, panel, &columns, row)))
			flow_break(flow);
	}
}
