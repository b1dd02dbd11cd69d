#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "policy/library.h"
#include "publish/tree.h"
#include "value/date.h"

/*
 * Everything in INPUT that a month can depend on: the company, its policies,
 * calendar, opening and common files, the month's own folder; not the books
 * and not other months. And what the policies use of the program's library,
 * as if it stood below policies/.
 */
struct listing {
	struct month_run *run;
	struct book_files *files;
	struct policy_roots roots;
};

/* Only what the input folder is for (contract, section 3): not the books, other months, nor what else stands there (an output folder, notes). */
static bool concerns(const struct month_run *run, const char *below)
{
	static const char *const folders[] = { "policies/", "common/", "templates/", "styles/" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (!strncmp(below, folders[i], strlen(folders[i])))
			return true;
	if (strchr(below, '/'))
		return !strncmp(below, run->name, 7) && below[7] == '/';
	return !strcmp(below, "company.xml") || !strcmp(below, "calendar.csv") || !strncmp(below, "opening", 7);
}

static bool add_file(struct listing *listing, const char *path, const char *below)
{
	char sum[65];

	if (!file_sha256(path, sum, listing->run->diag))
		return false;
	book_files_add(listing->files, below, sum, listing->run->arena);
	return true;
}

static bool add_library(const char *path, const char *below, void *context)
{
	struct listing *listing = context;
	const char *name = arena_printf(listing->run->arena, "policies/%s", below);

	for (size_t i = 0; i < listing->files->count; i++)
		if (!strcmp(listing->files->files[i].path, name))
			return true;
	return add_file(listing, path, name);
}

static bool add_input(const char *path, const char *below, void *context)
{
	struct listing *listing = context;
	size_t length = strlen(below);

	if (!concerns(listing->run, below))
		return true;
	if (!add_file(listing, path, arena_strdup(listing->run->arena, below)))
		return false;
	return strncmp(below, "policies/", 9) != 0 || length < 4 || strcmp(below + length - 4, ".xml") != 0 ||
		library_each_used(&listing->roots, path, add_library, listing);
}

static int compare_paths(const void *a, const void *b)
{
	const struct book_file *first = a, *second = b;

	return strcmp(first->path, second->path);
}

bool month_inputs(struct month_run *run)
{
	struct listing listing = { run, &run->record.inputs, month_policy_roots(run) };

	run->record.inputs = (struct book_files){ NULL, 0, 0 };
	if (!tree_walk(run->place->options->input, add_input, &listing, run->diag))
		return false;
	if (run->record.inputs.count)
		qsort(run->record.inputs.files, run->record.inputs.count, sizeof(*run->record.inputs.files), compare_paths);
	return true;
}

struct policy_roots month_policy_roots(const struct month_run *run)
{
	return policy_roots_of(arena_printf(run->arena, "%s/policies", run->place->options->input), run->arena);
}

const char *input_path(const char *input, const char *below, struct arena *arena)
{
	const char *own = arena_printf(arena, "%s/%s", input, below);

	if (strncmp(below, "policies/", 9) != 0 || file_exists(own))
		return own;
	return arena_printf(arena, "%s/%s", policy_roots_of("", arena).library, below + 9);
}

struct hashing {
	struct text_buffer text;
	struct diag *diag;
};

static bool add_own(const char *path, const char *below, void *context)
{
	struct hashing *hashing = context;
	char sum[65];

	if (!strncmp(below, "starter/", 8) || !strncmp(below, "explain/", 8) || !strncmp(below, "mail/", 5) ||
		!strncmp(below, "policies/", 9)) /* init's, explain's and mail's: no month depends on them; the library's used files are inputs */
		return true;
	if (!file_sha256(path, sum, hashing->diag))
		return false;
	text_buffer_printf(&hashing->text, "%s %s\n", below, sum);
	return true;
}

/* The chain: an earlier month's ledger enters through that month's fingerprint. */
static void add_month_before(struct month_run *run, struct text_buffer *text)
{
	struct run_record before;
	char name[8];

	if (run_record_read(arena_printf(run->arena, "%s/%s/run.xml", run->place->records, month_format(run->month - 1, name)),
		&before, run->arena, run->diag))
		text_buffer_printf(text, "before %s\n", before.fingerprint);
}

bool month_fingerprint(struct month_run *run, char out[65])
{
	const struct workplace *place = run->place;
	const struct book_settings *settings = &run->record.settings;
	struct hashing hashing = { TEXT_BUFFER_INIT, run->diag };
	bool ok = tree_walk(place->templates, add_own, &hashing, run->diag) &&
		tree_walk(place->styles, add_own, &hashing, run->diag);

	text_buffer_printf(&hashing.text, "%s %s %s %d\n", salespay_version, run->name, settings->language, settings->hold);
	for (size_t i = 0; i < run->record.inputs.count; i++)
		text_buffer_printf(&hashing.text, "%s %s\n", run->record.inputs.files[i].path, run->record.inputs.files[i].sha256);
	add_month_before(run, &hashing.text);
	text_buffer_printf(&hashing.text, "beside %d %d\n", settings->before, settings->after);
	bytes_sha256(hashing.text.data, hashing.text.length, out);
	text_buffer_release(&hashing.text);
	return ok;
}
