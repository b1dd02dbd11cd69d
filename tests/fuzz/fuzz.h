#ifndef SALESPAY_TESTS_FUZZ_H
#define SALESPAY_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct arena;
struct text_pool;

/*
 * What the three targets share. libFuzzer looks for crashes, hangs and leaks;
 * this adds a bound on memory (what one input may make the program hold at
 * once), a bound on files (opened below one scratch folder only) and what must
 * be true of every message.
 */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise ends the process; libFuzzer keeps the input. */
#define FUZZ_CHECK(condition) do { \
	if (!(condition)) \
		fuzz_broken(__FILE__, __LINE__, #condition); \
} while (0)
_Noreturn void fuzz_broken(const char *file, int line, const char *what);

/* From begin to end no more than 64 times size and 64 MiB may be held, and no file be opened outside of folder. */
struct fuzz_run {
	struct arena *arena;
	struct text_pool *pool;
	struct diag *diag;
};
void fuzz_begin(struct fuzz_run *run, size_t size, const char *language);
void fuzz_end(struct fuzz_run *run); /* looks at every message, prints them, gives everything back */
/* The only folder that files are opened below; for all runs. */
void fuzz_allow_folder(const char *folder);

/* A new folder in memory, removed at exit. */
const char *fuzz_scratch(void);
void fuzz_write(const char *path, const void *data, size_t size);
/* The company that tests/fuzz/seeds.py put together: $FUZZ_COMPANY, else build/fuzz/seeds/company. */
const char *fuzz_company(void);

#endif
