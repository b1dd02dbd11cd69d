#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "pipeline_month.h"
#include "publish/tree.h"
#include "value/date.h"

/*
 * Everything in INPUT that a month can depend on: the company, its policies,
 * calendar, opening and common files, the month's own folder; not the books
 * and not other months.
 */
struct listing {
	struct month_run *run;
	struct book_files *files;
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

static bool add_input(const char *path, const char *below, void *context)
{
	struct listing *listing = context;
	struct arena *arena = listing->run->arena;
	char sum[65];

	if (!concerns(listing->run, below))
		return true;
	if (!file_sha256(path, sum, listing->run->diag))
		return false;
	book_files_add(listing->files, arena_strdup(arena, below), sum, arena);
	return true;
}

bool month_inputs(struct month_run *run)
{
	struct listing listing = { run, &run->record.inputs };

	run->record.inputs = (struct book_files){ NULL, 0, 0 };
	return tree_walk(run->place->options->input, add_input, &listing, run->diag);
}

struct hashing {
	struct text_buffer text;
	struct diag *diag;
};

static bool add_own(const char *path, const char *below, void *context)
{
	struct hashing *hashing = context;
	char sum[65];

	if (!strncmp(below, "starter/", 8) || !strncmp(below, "explain/", 8)) /* init's and explain's: no month depends on them */
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
