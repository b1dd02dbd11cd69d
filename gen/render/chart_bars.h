#ifndef SALESPAY_RENDER_CHART_BARS_H
#define SALESPAY_RENDER_CHART_BARS_H

#include "render/chart.h"

/* The bars of a ranking: one person a row, from zero, 45 a page. */
struct bar {
	const xmlNode *row, *who, *score;
	bool namesake; /* another one of that name is in the chart */
};
struct bars {
	const xmlNode *ranking; /* its scale and marks */
	const char *alt;	/* text alternative of each page's figure */
	struct bar *bars;
	size_t count;
};

void bars_draw(struct chart *chart, const struct bars *bars, size_t from, size_t to);
/* "▲4", "▼1", "＝", or the model's word for a newcomer; "" if unknown. */
const char *bars_move(struct chart *chart, const struct bar *bar);
const char *bars_move_text(struct chart *chart, const xmlNode *move);
/* What stands beside a name: in the company's ranking the unit, in a unit's own the grade. */
bool bars_of_units(const struct bars *bars);
const char *bars_second(const struct bars *bars, const struct bar *bar);
bool bars_mark_is_dashed(const xmlNode *mark);

#endif
