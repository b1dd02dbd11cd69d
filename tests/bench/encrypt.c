/* Encrypts the slips named on the command line on all cores, by qpdf alone: what tests/bench/mail.py holds the building of messages against. */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/work.h"
#include "mail/encrypt.h"

static bool encrypt_one(void *context, size_t item, struct diag *diag)
{
	char **paths = context;
	struct arena *arena = arena_new();
	struct encrypt_job job = { .name = paths[item], .secret = "k7mp-2xqd-9wrt" };
	struct file_bytes out;
	bool ok = file_read(paths[item], arena, &job.slip, diag) && encrypt_slip(&job, &out, arena, diag);

	arena_free(arena);
	return ok;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct timespec start, end;
	bool ok;

	clock_gettime(CLOCK_MONOTONIC, &start);
	ok = work_run(work_cores(), (size_t)argc - 1, encrypt_one, argv + 1, diag);
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("%.3f\n", (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9);
	diag_free(diag);
	arena_free(arena);
	return ok ? 0 : 1;
}
