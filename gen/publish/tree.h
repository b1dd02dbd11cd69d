#ifndef SALESPAY_PUBLISH_TREE_H
#define SALESPAY_PUBLISH_TREE_H

#include <stdbool.h>

struct diag;

/* path: of the file; below: the same from the folder on. False stops the walk. */
typedef bool tree_fn(const char *path, const char *below, void *context);

/* Every file under the folder, in byte order of its path. False if unreadable or stopped. */
bool tree_walk(const char *folder, tree_fn *visit, void *context, struct diag *diag);

#endif
