#ifndef SALESPAY_PIPELINE_MODEL_H
#define SALESPAY_PIPELINE_MODEL_H

#include "model/model.h"

struct month_run;

/* The month's model, from everything the earlier stages know. The input is filled and must live as long. */
/* The input alone, from as much as stands (model_build_check). */
void month_model_input(struct month_run *run, struct model_input *input);
struct model *month_model(struct month_run *run, struct model_input *input);

#endif
