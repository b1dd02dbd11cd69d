#include "render/sparkline.h"
#include "render/field.h"
#include "render/marks.h"
#include <string.h>

#define MOST_POINTS 64
#define DOT_PT 1.6
#define INSET_PT 2.0 /* so that the dot and the line's width stay inside */

/* Digits with at most one point among them, as the model writes them; never by strtod, whose point follows
 * the locale. */
static double read_number(const char **at)
{
	double value = 0, unit = 1;
	bool behind_point = false;

	for (; (**at >= '0' && **at <= '9') || **at == '.'; ++*at) {
		if (**at == '.') {
			behind_point = true;
			continue;
		}
		value = value * 10 + (**at - '0');
		unit *= behind_point ? 10 : 1;
	}
	return value / unit;
}

static double along(double start, double length, double percent)
{
	return start + INSET_PT + percent / 100 * (length - 2 * INSET_PT);
}

static void put_piece(struct canvas *canvas, const struct point *points, size_t count)
{
	const struct pen pen = {INK_FOCUS, 1, 0};

	if (count == 1) /* a month between two gaps */
		mark_dot(canvas, points[0], 0.6, INK_FOCUS, PEN_NONE);
	else if (count)
		canvas_path(canvas, points, count, INK_NONE, pen);
}

static void draw_band(struct canvas *canvas, struct box box, const xmlNode *trend)
{
	double top, bottom;

	if (!field_number(trend, "band-top", &top) || !field_number(trend, "band-bottom", &bottom))
		return;
	top = along(box.y, box.height, top);
	bottom = along(box.y, box.height, bottom);
	canvas_rect(canvas, (struct box){box.x, top, box.width, bottom - top}, INK_GRID, PEN_NONE);
}

void sparkline_draw(struct canvas *canvas, struct box box, const xmlNode *trend)
{
	const char *at = field(trend, "path");
	struct point points[MOST_POINTS];
	size_t count = 0;
	double x, y;

	draw_band(canvas, box, trend);
	while (at && *at) {
		bool moves = *at++ == 'M';

		if (moves || count == MOST_POINTS) {
			put_piece(canvas, points, count);
			count = 0;
		}
		x = read_number(&at);
		at += *at == ' ';
		y = read_number(&at);
		points[count++] = (struct point){along(box.x, box.width, x), along(box.y, box.height, y)};
	}
	put_piece(canvas, points, count);
	if (field_number(trend, "x", &x) && field_number(trend, "y", &y))
		mark_dot(canvas, (struct point){along(box.x, box.width, x), along(box.y, box.height, y)},
			DOT_PT, INK_FOCUS, PEN_NONE);
}
