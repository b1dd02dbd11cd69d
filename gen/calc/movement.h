#ifndef SALESPAY_CALC_MOVEMENT_H
#define SALESPAY_CALC_MOVEMENT_H

#include "calc/eval.h"

/* Promotions, demotions …: who is met by which criteria. Fills results->movements, by person, then policy order. */
void movements_compute(struct calculation *run);

#endif
