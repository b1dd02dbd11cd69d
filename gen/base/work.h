#ifndef SALESPAY_BASE_WORK_H
#define SALESPAY_BASE_WORK_H

#include <stdbool.h>
#include <stddef.h>

struct diag;

/*
 * Rendering in forked workers: as fast as threads, and a crash stays theirs.
 * Items 0 … count-1 are dealt out in blocks; what a worker adds to its diag
 * comes back to the parent's. Which worker does which item must not show in
 * any output.
 */
typedef bool work_fn(void *context, size_t item, struct diag *diag);

/* False if any item failed or a worker died (then with an error in diag). jobs < 2 runs in this process. */
bool work_run(int jobs, size_t count, work_fn *work, void *context, struct diag *diag);

/* Zeroed memory that workers write and this process reads afterwards: each item writes a place of its own. */
void *work_memory_new(size_t size);
void work_memory_free(void *memory, size_t size); /* NULL is fine */

/* Cores this process may use. */
int work_cores(void);

#endif
