#ifndef SALESPAY_RENDER_SCALE_H
#define SALESPAY_RENDER_SCALE_H

#include <libxml/tree.h>
#include <stdbool.h>

/*
 * A straight scale. Its ends and ticks, with their words, are the model's
 * <scale>; here values become places. Binary numbers: never printed.
 */
struct scale {
	double low, high;	 /* values at the ends */
	double start_pt, end_pt; /* where they are drawn */
};

/* Of the model's <scale>, drawn from start_pt to end_pt. */
struct scale scale_read(const xmlNode *node, double start_pt, double end_pt);
/* Values beyond the ends are drawn at the end. */
double scale_at(const struct scale *scale, double value);
/* Where the node's @value lies; false if it has none. */
bool scale_place(const struct scale *scale, const xmlNode *node, double *out);

#endif
