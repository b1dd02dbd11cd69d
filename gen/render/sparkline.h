#ifndef SALESPAY_RENDER_SPARKLINE_H
#define SALESPAY_RENDER_SPARKLINE_H

#include "render/canvas.h"
#include <libxml/tree.h>

/*
 * C9, a trend in a table row: a line of at most twelve months and a dot on the
 * last, no axis. It is the model's <trend>, whose path runs from 0 to 100 both
 * ways; all trends of one column are made on one scale, so they compare.
 * @band-top and @band-bottom, where the model gives them, are a grey band: the
 * range that is aimed at.
 */
#define SPARKLINE_WIDTH_PT 60.0
#define SPARKLINE_HEIGHT_PT 12.0

void sparkline_draw(struct canvas *canvas, struct box box, const xmlNode *trend);

#endif
