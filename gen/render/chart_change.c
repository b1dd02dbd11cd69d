#include "base/arena.h"
#include "render/axis.h"
#include "render/chart.h"
#include "render/chart_kinds.h"
#include "render/marks.h"
#include "render/names.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

/*
 * C2: who moved since last month. Up to thirty people a slope: last month's
 * ranks left, this month's right, a straight line each, rank 1 at the top. Of
 * more people those who rose and fell most, as arrows on an axis of ranks.
 */

#define PITCH_PT 14.0
#define LEADING_PT 10.0
#define RANK_PT 24.0 /* beside a line's end */
#define DOT_PT 2.2
#define LIST_PITCH_PT 16.0

static const struct lettering name_start = {9, false, INK_TEXT, ANCHOR_START};
static const struct lettering name_end = {9, false, INK_TEXT, ANCHOR_END};
static const struct lettering head_start = {8, false, INK_MUTED, ANCHOR_START};
static const struct lettering head_end = {8, false, INK_MUTED, ANCHOR_END};

static enum ink ink_of(const xmlNode *row)
{
	return field_is(row, "tone", "up")     ? INK_FOCUS
	       : field_is(row, "tone", "down") ? INK_FOURTH
					       : INK_BAR_EDGE;
}

static bool is_spoken_of(const xmlNode *row)
{
	return field(row, "tone") != NULL;
}

/* "▲7" behind a name that the chart speaks of. */
static const char *move_text(struct chart *chart, const xmlNode *row)
{
	const xmlNode *move = field_child(row, "move");

	return arena_printf(
		chart->flow.arena, "%s%s", field_is(move, "direction", "up") ? "▲" : "▼", field_text(move));
}

/* ---- the slope ---- */
struct slope {
	double left, right, top, pitch; /* ends of the lines; place of rank 1 */
	double name_width;
	size_t lines; /* of a name, at most */
};

static double widest_name(const struct flow *flow, const xmlNode *chart)
{
	double width = 0;

	for (const xmlNode *row = field_child(chart, "row"); row; row = field_next(row))
		width = fmax(width, text_width_of(flow->fonts, &name_start, field(row, "label")));
	return width;
}

static double slots_of(const xmlNode *chart)
{
	double slots = 1;

	field_number(chart, "slots", &slots);
	return slots;
}

/* Names of two lines need rows farther apart; where the page is too short for that they lose their middle. */
static struct slope place_slope(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	double width = flow->right - flow->left, name = widest_name(flow, node), slots = slots_of(node),
	       move = 0, room;
	struct slope slope = {.pitch = PITCH_PT, .lines = 1};

	for (const xmlNode *row = field_child(node, "row"); row; row = field_next(row))
		if (is_spoken_of(row))
			move = fmax(move, text_width_of(flow->fonts, &name_start, move_text(chart, row)) + 6);
	slope.name_width = fmin(name, NAMES_PART * width);
	slope.left = flow->left + slope.name_width + RANK_PT + 6;
	slope.right = flow->right - slope.name_width - RANK_PT - 6 - move;
	room = chart->paged ? flow->bottom - flow->y - 24 : 1e6;
	if (name > slope.name_width && (PITCH_PT + LEADING_PT) * slots <= room) {
		slope.pitch += LEADING_PT;
		slope.lines = 2;
	}
	return slope;
}

static void put_name(
	struct chart *chart, const struct slope *slope, const xmlNode *row, double x, double y, bool left)
{
	struct flow *flow = &chart->flow;
	struct lettering letters = left ? name_end : name_start;
	struct text_lines lines;

	letters.bold = is_spoken_of(row);
	lines = text_fit(flow->fonts, &letters, field(row, "label"), field(row, "id"),
		slope->name_width + 0.01, slope->lines, flow->arena);
	for (size_t i = 0; i < lines.count; i++)
		canvas_text(flow->canvas, x, y + LEADING_PT * ((double)i - (double)(lines.count - 1) / 2),
			&letters, lines.lines[i].text, lines.lines[i].length);
}

static void draw_end(struct chart *chart, const struct slope *slope, const xmlNode *row, double y, bool left)
{
	struct flow *flow = &chart->flow;
	double x = left ? slope->left : slope->right;
	struct lettering rank = left ? name_end : name_start, move = name_start;

	rank.bold = move.bold = is_spoken_of(row);
	move.ink = INK_TEXT;
	canvas_puts(flow->canvas, left ? x - 6 : x + 6, y + 3.2, &rank,
		field(row, left ? "last-text" : "now-text"));
	x += left ? -RANK_PT - 6 : RANK_PT + 6;
	put_name(chart, slope, row, x, y + 3.2, left);
	if (!left && is_spoken_of(row))
		canvas_puts(flow->canvas, flow->right, y + 3.2,
			&(struct lettering){9, true, ink_of(row), ANCHOR_END}, move_text(chart, row));
}

/* Newcomers have no line: an open circle. */
static void draw_line(struct chart *chart, const struct slope *slope, const xmlNode *row)
{
	struct canvas *canvas = chart->flow.canvas;
	double last = 0, now = 0;
	bool was = field_number(row, "last", &last);
	enum ink ink = ink_of(row);
	struct point from = {slope->left, slope->top + slope->pitch * (last - 1)}, to = {slope->right, 0};

	field_number(row, "now", &now);
	to.y = slope->top + slope->pitch * (now - 1);
	if (was) {
		canvas_line(canvas, from, to, (struct pen){ink, is_spoken_of(row) ? 1.6 : 0.8, 0});
		mark_dot(canvas, from, DOT_PT, ink, PEN_NONE);
		draw_end(chart, slope, row, from.y, true);
		if (is_spoken_of(row))
			mark_arrow(canvas, from, to, ink);
		else
			mark_dot(canvas, to, DOT_PT, ink, PEN_NONE);
	} else {
		mark_dot(canvas, to, DOT_PT, INK_PAPER, (struct pen){INK_BAR_EDGE, 0.8, 0});
	}
	draw_end(chart, slope, row, to.y, false);
}

static void draw_slope(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	struct slope slope = place_slope(chart, node);
	double slots = slots_of(node);

	canvas_tag_begin(flow->canvas, "Figure", chart->title);
	canvas_puts(flow->canvas, slope.left, flow->y + 10, &head_end, field(node, "left"));
	canvas_puts(flow->canvas, slope.right, flow->y + 10, &head_start, field(node, "right"));
	slope.top = flow->y + 16 + slope.pitch / 2;
	/* those spoken of last, over the others */
	for (int spoken = 0; spoken < 2; spoken++)
		for (const xmlNode *row = field_child(node, "row"); row; row = field_next(row))
			if (is_spoken_of(row) == (spoken == 1))
				draw_line(chart, &slope, row);
	canvas_tag_end(flow->canvas);
	flow->y += 20 + slope.pitch * slots;
}

/* ---- the lists ---- */
struct list {
	struct names names;
	double rank_end, move_end;
	struct scale scale;
};

static struct list place_list(struct chart *chart, const xmlNode *node)
{
	struct flow *flow = &chart->flow;
	double rank = 0, move = 0;
	struct list list;

	for (const xmlNode *panel = field_child(node, "panel"); panel; panel = field_next(panel))
		for (const xmlNode *row = field_child(panel, "row"); row; row = field_next(row)) {
			rank = fmax(rank, text_width_of(flow->fonts, &name_end, field(row, "ranks")));
			move = fmax(move,
				text_width_of(flow->fonts, &(struct lettering){9, true, INK_TEXT, ANCHOR_END},
					move_text(chart, row)));
		}
	list.names = names_of(flow, field_child(node, "panel"));
	list.move_end = flow->left + list.names.width_pt + 10 + move;
	list.rank_end = list.move_end + 10 + rank;
	list.scale = scale_read(field_child(node, "scale"), list.rank_end + 14, flow->right - 4);
	return list;
}

static void draw_list_row(struct chart *chart, const struct list *list, const xmlNode *row)
{
	struct flow *flow = &chart->flow;
	double last = 0, now = 0, y = flow->y + LIST_PITCH_PT / 2;
	struct point from, to;

	field_number(row, "last", &last);
	field_number(row, "now", &now);
	from = (struct point){scale_at(&list->scale, -last), y};
	to = (struct point){scale_at(&list->scale, -now), y};
	names_draw(&list->names, flow, row, flow->left, y + 3.2);
	canvas_puts(flow->canvas, list->move_end, y + 3.2,
		&(struct lettering){9, true, ink_of(row), ANCHOR_END}, move_text(chart, row));
	canvas_puts(flow->canvas, list->rank_end, y + 3.2, &name_end, field(row, "ranks"));
	canvas_line(flow->canvas, from, to, (struct pen){ink_of(row), 1.6, 0});
	mark_dot(flow->canvas, from, DOT_PT, INK_PAPER, (struct pen){ink_of(row), 1, 0});
	mark_arrow(flow->canvas, from, to, ink_of(row));
	flow->y += LIST_PITCH_PT + names_extra_pt(&list->names, flow, row);
}

static void draw_panel(
	struct chart *chart, const xmlNode *node, const struct list *list, const xmlNode *panel)
{
	struct flow *flow = &chart->flow;
	double height = 0;

	for (const xmlNode *row = field_child(panel, "row"); row; row = field_next(row))
		height += LIST_PITCH_PT + names_extra_pt(&list->names, flow, row);
	chart_heading(chart, field(panel, "title"), AXIS_PT + height + 8);
	canvas_tag_begin(flow->canvas, "Figure", field(panel, "title"));
	flow->y += AXIS_PT;
	axis_draw(flow, field_child(node, "scale"), &list->scale, flow->y, height);
	for (const xmlNode *row = field_child(panel, "row"); row; row = field_next(row))
		draw_list_row(chart, list, row);
	canvas_tag_end(flow->canvas);
	flow->y += 6;
}

static void draw_lists(struct chart *chart, const xmlNode *node)
{
	struct list list = place_list(chart, node);

	for (const xmlNode *panel = field_child(node, "panel"); panel; panel = field_next(panel))
		draw_panel(chart, node, &list, panel);
}

static void draw_key(struct chart *chart, const xmlNode *node)
{
	struct key_entry entries[4];
	size_t count = 0;
	static const struct {
		const char *kind;
		enum ink ink;
	} kinds[] = {{"up", INK_FOCUS}, {"down", INK_FOURTH}, {"rest", INK_BAR_EDGE}, {"new", INK_BAR_EDGE}};

	for (const xmlNode *key = field_child(node, "key"); key && count < 4; key = field_next(key))
		for (size_t i = 0; i < 4; i++)
			if (field_is(key, "tone", kinds[i].kind))
				entries[count++] = (struct key_entry){
					i < 3 ? KEY_STROKE : KEY_CIRCLE, kinds[i].ink, field_text(key)};
	chart_key(chart, entries, count);
}

void chart_change_draw(struct chart *chart, const xmlNode *node)
{
	draw_key(chart, node);
	if (field_child(node, "panel"))
		draw_lists(chart, node);
	else if (field_child(node, "row"))
		draw_slope(chart, node);
}
