#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_seal.h"

/* Are a month's files, in the books and published, the ones that were recorded? */

static const char *records_folder(struct month_run *run)
{
	return arena_printf(run->arena, "%s/%s", run->place->records, run->name);
}

static const char *output_folder(struct month_run *run)
{
	return arena_printf(run->arena, "%s/%s", run->place->options->output, run->name);
}

bool month_record(struct month_run *run, struct run_record *out)
{
	return run_record_read(arena_printf(run->arena, "%s/run.xml", records_folder(run)), out, run->arena, run->diag);
}

/* The seal cannot hold itself, nor what a killed seal left of one; and the mail journal grows after it. */
static bool is_book(const char *below)
{
	return strcmp(below, "." SEAL_FILE ".new") != 0 && strncmp(below, SEAL_FILE, sizeof(SEAL_FILE) - 1) != 0 && strncmp(below, "mail", 4) != 0;
}

/* What mail adds to a published month and takes away again: the outbox, staged or not, and its page. */
bool month_output_counts(const char *below)
{
	return strncmp(below, "outbox", 6) != 0 && strncmp(below, ".outbox", 7) != 0 && strcmp(below, MAIL_PAGE) != 0;
}

bool month_books_list(struct month_run *run, struct month_files *out)
{
	*out = (struct month_files){ 0 };
	return match_list_folder(records_folder(run), is_book, &out->books, run->arena, run->diag);
}

bool month_files_list(struct month_run *run, struct month_files *out)
{
	return month_books_list(run, out) &&
		match_list_folder(output_folder(run), month_output_counts, &out->output, run->arena, run->diag);
}

static const enum message of_books[] = { MSG_BOOK_CHANGED, MSG_BOOK_GONE, MSG_BOOK_EXTRA };
static const enum message of_output[] = { MSG_OUTPUT_CHANGED, MSG_OUTPUT_GONE, MSG_OUTPUT_EXTRA };

/* True if there is nothing to report. */
static bool report(struct month_run *run, const struct matches *matches, const char *folder, const enum message *messages)
{
	for (size_t i = 0; i < matches->count; i++) {
		struct place place = { .file = arena_printf(run->arena, "%s/%s", folder, matches->rows[i].path) };

		diag_add(run->diag, messages[matches->rows[i].match], place, run->name, options_again(run->place), NULL);
	}
	return !matches->count;
}

/* What stands in both folders: ledger, lines, movements, run.xml. */
static bool is_shared(const char *path)
{
	static const char *const names[] = { "ledger.csv", "movements.csv", "run.xml" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(path, names[i]))
			return true;
	return !strncmp(path, "lines-", 6) && !strchr(path, '/');
}

bool month_files_match(struct month_run *run, const struct run_record *record, const struct month_files *files)
{
	struct book_files manifest = { NULL, 0, 0 }, books = { NULL, 0, 0 }, published = { NULL, 0, 0 };
	struct matches output = { NULL, 0, 0 }, book = { NULL, 0, 0 };
	bool ok;

	if (!manifest_read(arena_printf(run->arena, "%s/SHA256SUMS", output_folder(run)), &manifest, run->arena, run->diag))
		return false;
	for (size_t i = 0; i < files->output.count; i++)
		if (strcmp(files->output.files[i].path, "SHA256SUMS") != 0)
			book_files_add(&published, files->output.files[i].path, files->output.files[i].sha256, run->arena);
	for (size_t i = 0; i < manifest.count; i++)
		if (is_shared(manifest.files[i].path))
			book_files_add(&books, manifest.files[i].path, manifest.files[i].sha256, run->arena);
	for (size_t i = 0; i < record->inputs.count; i++)
		book_files_add(&books, arena_printf(run->arena, "input/%s", record->inputs.files[i].path),
			record->inputs.files[i].sha256, run->arena);
	match_lists(&manifest, &published, &output, run->arena);
	match_lists(&books, &files->books, &book, run->arena);
	ok = report(run, &output, output_folder(run), of_output);
	return report(run, &book, records_folder(run), of_books) && ok;
}

bool month_files_match_seal(struct month_run *run, const struct seal *seal, const struct month_files *files)
{
	struct matches output = { NULL, 0, 0 }, book = { NULL, 0, 0 };
	bool ok;

	match_lists(&seal->books, &files->books, &book, run->arena);
	ok = report(run, &book, records_folder(run), of_books);
	if (!files->output.count)
		return ok;
	match_lists(&seal->output, &files->output, &output, run->arena);
	return report(run, &output, output_folder(run), of_output) && ok;
}
