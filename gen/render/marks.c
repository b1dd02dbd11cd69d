#include "render/marks.h"
#include <math.h>

#define HATCH_PT 4.5 /* along a side, from line to line */
#define CORNERS 16   /* of what looks like a circle */
#define ARROW_PT 6.0
#define DIAMOND_PT 4.2

void mark_hatch(struct canvas *canvas, struct box box, enum ink ink)
{
	const struct pen pen = {ink, 0.6, 0};

	canvas_rect(canvas, box, INK_NONE, pen);
	/* a line goes from the left or lower side to the upper or right one */
	for (double at = HATCH_PT; at < box.width + box.height; at += HATCH_PT)
		canvas_line(canvas,
			(struct point){box.x + fmax(0, at - box.height), box.y + fmin(box.height, at)},
			(struct point){box.x + fmin(box.width, at), box.y + fmax(0, at - box.width)}, pen);
}

void mark_dot(struct canvas *canvas, struct point at, double radius_pt, enum ink fill, struct pen pen)
{
	const double turn = 2 * acos(-1) / CORNERS;
	struct point points[CORNERS];

	for (int i = 0; i < CORNERS; i++)
		points[i] =
			(struct point){at.x + radius_pt * cos(i * turn), at.y + radius_pt * sin(i * turn)};
	canvas_path(canvas, points, CORNERS, fill, pen);
}

void mark_arrow(struct canvas *canvas, struct point from, struct point to, enum ink ink)
{
	double length = hypot(to.x - from.x, to.y - from.y), x, y;
	struct point corners[3] = {to};

	if (length < 0.01)
		return;
	x = (to.x - from.x) / length * ARROW_PT;
	y = (to.y - from.y) / length * ARROW_PT;
	corners[1] = (struct point){to.x - x - y * 0.4, to.y - y + x * 0.4};
	corners[2] = (struct point){to.x - x + y * 0.4, to.y - y - x * 0.4};
	canvas_path(canvas, corners, 3, ink, PEN_NONE);
}

void mark_diamond(struct canvas *canvas, struct point middle)
{
	const double r = DIAMOND_PT;
	const struct point corners[] = {
		{middle.x - r, middle.y}, {middle.x, middle.y - r}, {middle.x + r, middle.y}, {middle.x, middle.y + r}};

	canvas_path(canvas, corners, 4, INK_PAPER, (struct pen){INK_AXIS, 1, 0});
}

void mark_onwards(struct canvas *canvas, struct point from, enum ink ink)
{
	const struct point corners[] = {{from.x, from.y - 5}, {from.x + MARK_ONWARDS_PT, from.y}, {from.x, from.y + 5}};

	canvas_path(canvas, corners, 3, ink, PEN_NONE);
}
