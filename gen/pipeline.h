#ifndef SALESPAY_PIPELINE_H
#define SALESPAY_PIPELINE_H

struct options;

/* Does what the options say and returns the exit status. */
int pipeline(const struct options *options);

#endif
