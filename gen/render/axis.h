#ifndef SALESPAY_RENDER_AXIS_H
#define SALESPAY_RENDER_AXIS_H

#include "render/flow.h"
#include "render/scale.h"

/*
 * Grid lines of a scale drawn left to right, their words above them, both from
 * the model's <scale>. Words that would touch are left out evenly (every
 * second, third … stays, zero always); their lines stay.
 */
#define AXIS_PT 14.0 /* room above the plot for the words */

/* Words with their base line 5 pt above the plot, lines down from `top` over `height` points. */
void axis_draw(
	struct flow *flow, const xmlNode *scale_node, const struct scale *scale, double top, double height);

#endif
