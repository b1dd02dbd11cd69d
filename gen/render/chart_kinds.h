#ifndef SALESPAY_RENDER_CHART_KINDS_H
#define SALESPAY_RENDER_CHART_KINDS_H

#include <libxml/tree.h>

struct chart;

/* The kinds of declared charts that are drawn, each in a file of its own: from the model's <chart> alone. */
void chart_change_draw(struct chart *chart, const xmlNode *node);
void chart_composition_draw(struct chart *chart, const xmlNode *node);
void chart_heatmap_draw(struct chart *chart, const xmlNode *node);
void chart_sparklines_draw(struct chart *chart, const xmlNode *node);
void chart_waterfall_draw(struct chart *chart, const xmlNode *node);

#endif
