#ifndef SALESPAY_RENDER_CHART_RANKING_H
#define SALESPAY_RENDER_CHART_RANKING_H

#include "render/chart.h"
#include <libxml/tree.h>
#include <stdbool.h>

struct file_writer;
struct fonts;

/*
 * C1, the ranking: who is where, by how much. Horizontal bars from zero, best
 * first, the finding as title, pass mark and median as lines. From the model
 * alone; geometry is all that is computed here.
 *
 * Scale rule: up to 3 people bars and table without a distribution; up to 45 one page
 * of bars; up to 500 a summary page (first 15, distribution, how many
 * follow), then bars, 45 a page; above that the summary, first and last 50
 * and the units. A PDF ends with the tagged data table, has bookmarks and text
 * alternatives; an SVG is the first page, as high as it needs to be.
 */
struct chart_ranking {
	const xmlNode *model;	/* root of the document: language, page, company, provenance */
	const xmlNode *ranking; /* the <ranking> with all its rows (above 500 people the first and last 50 are
				   enough) */
	const xmlNode *distribution; /* <distribution> or NULL */
	const xmlNode *units;	     /* <units> or NULL */
};

/* Looks for the parts in this document: model/ranking, or in model/unit or model/overview. False if it has no
 * ranking. */
bool chart_ranking_find(const xmlNode *model, struct chart_ranking *out);

/* Draws into the writer, which the caller commits (its errors are sticky). */
void chart_ranking_draw(const struct fonts *fonts, const struct chart_ranking *chart,
	enum drawing_device device, struct file_writer *out);

#endif
