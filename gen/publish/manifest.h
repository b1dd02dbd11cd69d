#ifndef SALESPAY_PUBLISH_MANIFEST_H
#define SALESPAY_PUBLISH_MANIFEST_H

#include <stdbool.h>

struct diag;

/* SHA256SUMS of every file in the folder, sorted by path, for sha256sum -c. */
bool manifest_write(const char *folder, struct diag *diag);

#endif
