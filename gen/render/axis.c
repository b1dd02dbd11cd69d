#include "render/axis.h"
#include "render/field.h"
#include "render/typeset.h"
#include <math.h>
#include <string.h>

#define MOST_TICKS 24
#define GAP_PT 8.0 /* between two words */

static const struct lettering letters = {7.5, false, INK_MUTED, ANCHOR_MIDDLE};

struct ticks {
	const char *text[MOST_TICKS];
	double x[MOST_TICKS];			     /* of the line */
	double middle[MOST_TICKS], half[MOST_TICKS]; /* of the word: it stays between the margins */
	size_t count, zero;
};

static struct ticks read_ticks(struct flow *flow, const xmlNode *scale_node, const struct scale *scale)
{
	struct ticks ticks = {.count = 0};

	for (const xmlNode *tick = field_child(scale_node, "tick"); tick && ticks.count < MOST_TICKS;
		tick = field_next(tick)) {
		size_t i = ticks.count;

		if (!scale_place(scale, tick, &ticks.x[i]))
			continue;
		ticks.text[i] = field_text(tick);
		ticks.half[i] =
			text_width_pt(flow->fonts, &letters, ticks.text[i], strlen(ticks.text[i])) / 2;
		ticks.middle[i] =
			fmax(flow->left + ticks.half[i], fmin(flow->right - ticks.half[i], ticks.x[i]));
		if (field_is(tick, "value", "0"))
			ticks.zero = i;
		ticks.count++;
	}
	return ticks;
}

/* Do the words of every `step`-th tick, counted from zero, keep apart? */
static bool is_apart(const struct ticks *ticks, size_t step)
{
	for (size_t i = ticks->zero % step; i + step < ticks->count; i += step)
		if (ticks->middle[i] + ticks->half[i] + GAP_PT >
			ticks->middle[i + step] - ticks->half[i + step])
			return false;
	return true;
}

void axis_draw(
	struct flow *flow, const xmlNode *scale_node, const struct scale *scale, double top, double height)
{
	struct ticks ticks = read_ticks(flow, scale_node, scale);
	size_t step = 1;

	while (step < ticks.count && !is_apart(&ticks, step))
		step++;
	for (size_t i = 0; i < ticks.count; i++) {
		canvas_line(flow->canvas, (struct point){ticks.x[i], top},
			(struct point){ticks.x[i], top + height}, (struct pen){INK_GRID, 0.6, 0});
		if (i % step == ticks.zero % step)
			canvas_puts(flow->canvas, ticks.middle[i], top - 5, &letters, ticks.text[i]);
	}
}
