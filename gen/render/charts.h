#ifndef SALESPAY_RENDER_CHARTS_H
#define SALESPAY_RENDER_CHARTS_H

#include "render/chart.h"

struct file_writer;
struct fonts;
struct diag;

/*
 * The charts that policies declare: a <chart> document (templates/MODEL.md)
 * to PDF, SVG, and the SVG that stands inside its page. charts.c has the frame
 * and the data tables; a kind is a row of its table and a drawing in a file of
 * its own. Everything said and every number is the model's.
 */
typedef void chart_draw_kind(struct chart *chart, const xmlNode *node);
chart_draw_kind chart_bullets_draw;
chart_draw_kind chart_gantt_draw;
chart_draw_kind chart_trend_draw;
chart_draw_kind chart_spread_draw; /* distribution */

/* A data table; one with @summary is the drawing's own to place. */
void charts_table(struct chart *chart, const xmlNode *data);

/* Into the writer, which the caller commits (its errors are sticky). */
void charts_draw(const struct fonts *fonts, const xmlNode *model, enum drawing_device device, struct file_writer *out);
/* Puts a drawn SVG into the document's <chart>, for its page. The file is removed. */
bool charts_take_in(xmlDocPtr document, const char *svg_path, struct diag *diag);

#endif
