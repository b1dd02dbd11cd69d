#ifndef SALESPAY_PIPELINE_MODEL_H
#define SALESPAY_PIPELINE_MODEL_H

#include "model/model.h"

struct month_run;

/* The month's model, from everything the earlier stages know. The input is filled and must live as long. */
/* The input alone, from as much as stands (model_build_check). */
void month_model_input(struct month_run *run, struct model_input *input);
/* pipeline_corrected.c: what the month's corrections make good, by the books of the months they correct. */
void month_corrected(struct month_run *run, struct model_input *input);
struct model *month_model(struct month_run *run, struct model_input *input);

#endif
