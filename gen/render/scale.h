#ifndef SALESPAY_RENDER_SCALE_H
#define SALESPAY_RENDER_SCALE_H

#include <stddef.h>

/*
 * A straight scale that holds zero: bars start there. Ticks are 1, 2, 2.5 or
 * 5 times a power of ten apart, at least 2 and at most 10 of them; the ends
 * are ticks. Geometry only: binary numbers, never printed but on the axis.
 */
struct scale {
	double low, high; /* values at the ends */
	double start_pt, end_pt; /* where they are drawn */
	double step;
	size_t ticks;
};

/* Over 0 and all values from low to high, drawn from start_pt to end_pt. */
struct scale scale_new(double low, double high, double start_pt, double end_pt);
double scale_at(const struct scale *scale, double value);
double scale_tick(const struct scale *scale, size_t index);
#define SCALE_LABEL 40
/* "1,500", "0.5", "−20". Returns out. */
char *scale_label(const struct scale *scale, size_t index, char out[SCALE_LABEL]);

#endif
