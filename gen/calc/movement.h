#ifndef SALESPAY_CALC_MOVEMENT_H
#define SALESPAY_CALC_MOVEMENT_H

#include "calc/eval.h"

/* Promotions, demotions …: who is met by which criteria. Fills results->movements, by person, then policy order. */
bool movement_from_fits(const struct movement *movement, const struct grade *grade);
/* False if there is no grade to go to. */
bool movement_goes_to(const struct policy *policy, const struct movement *movement, const struct grade *grade,
	const struct grade **to);
void movements_compute(struct calculation *run);

#endif
