#ifndef SALESPAY_RENDER_WATERFALL_H
#define SALESPAY_RENDER_WATERFALL_H

#include "render/flow.h"
#include <libxml/tree.h>

struct diag;
struct file_writer;

/*
 * C13, how net pay is reached: one row a step in the order of the statement,
 * its name, its amount, and a bar that begins where the one before ended.
 * Earnings dark blue, deductions orange, totals dark grey and bold, so that
 * the rows read as the statement does. Everything is the model's <waterfall>
 * (pay/waterfall of a person): nothing is computed here but geometry.
 *
 * Names take at most 28 % of the width, then two lines, then lose their
 * middle; amounts take what they need. The words are of flow->language.
 */

/* What waterfall_draw takes in height, key and axis included, if nothing breaks. */
double waterfall_height_pt(struct flow *flow, const xmlNode *waterfall);

/*
 * Key, axis and rows from flow->y on, between flow->left and flow->right; the
 * heading above is the caller's. Rows that do not fit go to the next page
 * under an axis of their own. Each page's part is a tagged Figure, whose text
 * alternative names all steps.
 */
void waterfall_draw(struct flow *flow, const xmlNode *waterfall);

/* The waterfall's finding (a sentence of the model), or "" if it has none. */
const char *waterfall_title(const xmlNode *waterfall);

/*
 * The same as an SVG of its own, for a page: without margins, <title> the
 * finding, <desc> all steps.
 */
void waterfall_svg(const struct fonts *fonts, const xmlNode *waterfall, struct file_writer *out);

/*
 * Draws the waterfall of one person of a unit's document and puts it into the
 * document, as an <svg> at the end of its <waterfall>: for their page only, the
 * caller takes it out again and frees it (of hundreds at once each page would
 * pay for all). part_path: a file for the drawing on its way, removed again.
 * NULL if the person has none, or with an error in diag.
 */
xmlNode *waterfall_take_in(const struct fonts *fonts, xmlDocPtr document, const char *person_id,
	const char *part_path, struct diag *diag);

#endif
