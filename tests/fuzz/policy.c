#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "calc/results.h"
#include "facts/facts.h"
#include "fuzz.h"
#include "policy/grammar.h"

/*
 * Any bytes as a policy, read as `salespay lint` reads one: grammar, includes,
 * tables of numbers, formulas, examples. Lines "%%" part the input into the
 * document, what it may include as lib/x.xml, and tables/x.csv; beside them
 * stand the manual's own lib/ and tables/. A document of company.xml's
 * namespace is read as that.
 */
#define PARTING "\n%%\n"

static const char *folder; /* of the policies, in the scratch folder */
static struct arena *own;
static struct calendar *calendar;

struct part {
	const char *name;
	char path[160];
	bool written; /* stands there from the input before */
};
static struct part parts[] = { { .name = "p.xml" }, { .name = "lib/x.xml" }, { .name = "tables/x.csv" } };
#define PART_COUNT (sizeof(parts) / sizeof(parts[0]))

static void copy_folder(const char *below, struct diag *diag)
{
	const char *from = arena_printf(own, "%s/policies/%s", fuzz_company(), below);
	const char *to = arena_printf(own, "%s/%s", folder, below);
	size_t count;
	const char **names = folder_list(from, own, &count, diag);

	FUZZ_CHECK(names && folder_make(to, 0755, diag));
	for (size_t i = 0; i < count; i++)
		FUZZ_CHECK(file_copy(arena_printf(own, "%s/%s", from, names[i]), arena_printf(own, "%s/%s", to, names[i]), 0644, diag));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct text_pool *pool = text_pool_new();
	struct diag *diag;

	(void)argc;
	(void)argv;
	own = arena_new();
	diag = diag_new(own);
	folder = arena_printf(own, "%s/policies", fuzz_scratch());
	FUZZ_CHECK(folder_make(folder, 0755, diag));
	copy_folder("lib", diag);
	copy_folder("tables", diag);
	calendar = calendar_read(arena_printf(own, "%s/calendar.csv", fuzz_company()), own, pool, diag);
	FUZZ_CHECK(calendar && !diag_errors(diag));
	for (size_t i = 0; i < PART_COUNT; i++)
		snprintf(parts[i].path, sizeof(parts[i].path), "%s/%s", folder, parts[i].name);
	fuzz_allow_folder(fuzz_scratch());
	diag_free(diag);
	text_pool_free(pool);
	return 0;
}

static void put_parts(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;

	for (size_t i = 0; i < PART_COUNT; i++) {
		const char *stop = i + 1 < PART_COUNT ? memmem(at, (size_t)(end - at), PARTING, strlen(PARTING)) : NULL;

		if (i == 0 || stop || at < end) {
			fuzz_write(parts[i].path, at, (size_t)((stop ? stop : end) - at));
			parts[i].written = true;
		} else if (parts[i].written) {
			remove(parts[i].path);
			parts[i].written = false;
		}
		at = stop ? stop + strlen(PARTING) : end;
	}
}

static void read_policy(struct fuzz_run *run)
{
	struct policy_reader reader = { run->arena, run->pool, run->diag, { folder, NULL }, 2026 * 12 + 8 };
	struct policy *policy = policy_read(parts[0].path, &reader);
	size_t errors = diag_errors(run->diag);

	FUZZ_CHECK(!policy == (errors > 0));
	if (policy) {
		bool hold = calc_examples(policy, NULL, calendar, run->pool, run->diag);

		FUZZ_CHECK(hold == (diag_errors(run->diag) == 0));
	}
}

static void read_company(struct fuzz_run *run)
{
	const struct company *company = company_read(parts[0].path, run->arena, run->pool, run->diag);

	FUZZ_CHECK(!company == (diag_errors(run->diag) > 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bool company = size && memmem(data, size, COMPANY_NAMESPACE, strlen(COMPANY_NAMESPACE));
	struct fuzz_run run;

	put_parts(data, size);
	fuzz_begin(&run, size, size % 2 ? "zh-CN" : "en");
	if (company)
		read_company(&run);
	else
		read_policy(&run);
	fuzz_end(&run);
	return 0;
}
