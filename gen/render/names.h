#ifndef SALESPAY_RENDER_NAMES_H
#define SALESPAY_RENDER_NAMES_H

#include "render/flow.h"
#include <libxml/tree.h>

/*
 * The names left of a chart's rows (UX 4.2), from the rows' @label: a column as
 * wide as the widest, at most 28 % of the width; what is longer takes two
 * lines, then loses its middle, and the row's @id tells who it is. No name is
 * ever made smaller or cut off at its end.
 */
#define NAMES_PART 0.28
#define NAMES_LINES 2
#define NAMES_LEADING_PT 11.0 /* a second line makes its row so much higher */

struct names {
	double width_pt;
};

/* Of the elements `row` under all of the parents `panel` and its next of the same name. */
struct names names_of(const struct flow *flow, const xmlNode *panel);
/* How much higher than others the row is. */
double names_extra_pt(const struct names *names, struct flow *flow, const xmlNode *row);
/* The first line's base line is at y. */
void names_draw(const struct names *names, struct flow *flow, const xmlNode *row, double x, double y);

#endif
