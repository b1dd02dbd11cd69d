#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "pipeline_say.h"
#include "pipeline_seal.h"
#include "publish/manifest.h"
#include "value/date.h"

bool month_is_frozen(const struct chain *chain, int32_t month)
{
	const struct chain_month *last = chain_last(chain);

	return last && month <= last->month;
}

/* ---- inputs that have changed since ---- */

#define NAMED_MAX 8 /* files in one warning */

/* Files that have a say in what was paid; templates and styles have not. */
static bool is_own(const char *path, const char *month)
{
	return !strncmp(path, month, 7) && path[7] == '/';
}

static bool is_shared(const char *path)
{
	int32_t month;

	return strncmp(path, "templates/", 10) && strncmp(path, "styles/", 7) &&
		!(strlen(path) > 7 && path[7] == '/' && month_parse(path, 7, &month));
}

struct naming {
	struct text_buffer text;
	size_t count;
	bool chinese;
};

static void name_file(struct naming *naming, const struct match_row *row)
{
	static const char *const words[][3] = { { "changed", "gone", "new" }, { "有变", "不见了", "新增" } };

	if (naming->count++ < NAMED_MAX)
		text_buffer_printf(&naming->text, naming->chinese ? "%s%s（%s）" : "%s%s (%s)",
			naming->count == 1 ? "" : naming->chinese ? "、" : ", ", row->path, words[naming->chinese][row->match]);
}

static const char *names_of(struct naming *naming, struct arena *arena)
{
	if (naming->count > NAMED_MAX)
		text_buffer_printf(&naming->text, naming->chinese ? " 等 %zu 个文件" : " and %zu more",
			naming->chinese ? naming->count : naming->count - NAMED_MAX);
	return text_buffer_take(&naming->text, arena);
}

void sealed_changes(const struct workplace *place, const struct chain_month *entry, struct matches *out, struct arena *arena)
{
	struct month_run *run = month_run_new(place, entry->month);
	struct book_files before = { NULL, 0, 0 }, now = { NULL, 0, 0 };
	bool archived = !file_is_folder(arena_printf(arena, "%s/%s", place->options->input, run->name));

	for (size_t i = 0; i < entry->seal->books.count; i++) {
		const char *path = entry->seal->books.files[i].path;

		if (!strncmp(path, "input/", 6) && (is_shared(path + 6) || (!archived && is_own(path + 6, run->name))))
			book_files_add(&before, path + 6, entry->seal->books.files[i].sha256, arena);
	}
	if (month_inputs(run))
		for (size_t i = 0; i < run->record.inputs.count; i++) {
			const char *path = run->record.inputs.files[i].path;

			if (is_shared(path) || is_own(path, run->name))
				book_files_add(&now, arena_strdup(arena, path), run->record.inputs.files[i].sha256, arena);
		}
	if (!diag_errors(run->diag))
		match_lists(&before, &now, out, arena);
	month_run_free(run);
}

/* Of one month its own files at once; the shared ones are gathered, since one new price list concerns all sealed months alike. */
static void warn_own(const struct workplace *place, int32_t month, const struct matches *changes, struct arena *arena,
	struct diag *diag)
{
	struct naming naming = { TEXT_BUFFER_INIT, 0, !strcmp(language_of(place->options), "zh-CN") };
	char name[8];

	month_format(month, name);
	for (size_t i = 0; i < changes->count; i++)
		if (is_own(changes->rows[i].path, name))
			name_file(&naming, &changes->rows[i]);
	if (naming.count)
		diag_add(diag, MSG_SEALED_INPUT_CHANGED, PLACE_NONE, name, names_of(&naming, arena), options_again(place), NULL);
	text_buffer_release(&naming.text);
}

static bool has_row(const struct matches *all, const char *path)
{
	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(all->rows[i].path, path))
			return true;
	return false;
}

struct shared {
	struct matches files;
	int32_t first, last;
};

static void gather_shared(struct shared *shared, int32_t month, const struct matches *changes, struct arena *arena)
{
	for (size_t i = 0; i < changes->count; i++) {
		if (!is_shared(changes->rows[i].path))
			continue;
		shared->first = shared->first ? shared->first : month;
		shared->last = month;
		if (has_row(&shared->files, changes->rows[i].path))
			continue;
		if (shared->files.count == shared->files.room) {
			shared->files.room = shared->files.room * 2 + 16;
			shared->files.rows = arena_grow(arena, shared->files.rows, shared->files.count, shared->files.room,
				sizeof(*shared->files.rows));
		}
		shared->files.rows[shared->files.count++] = changes->rows[i];
	}
}

static void warn_shared(const struct workplace *place, const struct shared *shared, struct arena *arena, struct diag *diag)
{
	struct naming naming = { TEXT_BUFFER_INIT, 0, !strcmp(language_of(place->options), "zh-CN") };
	char first[8], last[8];
	const char *months;

	month_format(shared->first, first);
	month_format(shared->last, last);
	months = shared->first == shared->last ? arena_strdup(arena, first) :
		arena_printf(arena, naming.chinese ? "%s 至 %s" : "%s to %s", first, last);
	for (size_t i = 0; i < shared->files.count; i++)
		name_file(&naming, &shared->files.rows[i]);
	diag_add(diag, MSG_SEALED_SHARED_CHANGED, PLACE_NONE, months, names_of(&naming, arena), options_again(place), NULL);
	text_buffer_release(&naming.text);
}

void sealed_warn(const struct workplace *place, const struct chain *chain, struct diag *diag)
{
	struct arena *arena = place->arena;
	struct shared shared = { { NULL, 0, 0 }, 0, 0 };

	for (size_t i = 0; i < chain->count; i++) {
		struct matches changes = { NULL, 0, 0 };

		if (!chain->months[i].seal)
			continue;
		sealed_changes(place, &chain->months[i], &changes, arena);
		warn_own(place, chain->months[i].month, &changes, arena, diag);
		gather_shared(&shared, chain->months[i].month, &changes, arena);
	}
	if (shared.files.count)
		warn_shared(place, &shared, arena, diag);
}

/* ---- the output of a sealed month ---- */

/* The quick look that run takes at every sealed month: the list of sums is the sealed one. verify looks at each file. */
static bool is_published(struct month_run *run, const struct seal *seal)
{
	const char *path = arena_printf(run->arena, "%s/%s/SHA256SUMS", run->place->options->output, run->name);
	char sum[65];

	if (!file_exists(path) || !file_sha256(path, sum, run->diag))
		return false;
	for (size_t i = 0; i < seal->output.count; i++)
		if (!strcmp(seal->output.files[i].path, "SHA256SUMS"))
			return !strcmp(seal->output.files[i].sha256, sum);
	return false;
}

/* Every file; what differs is no error here, since it is made again. */
static bool is_published_whole(struct month_run *run, const struct seal *seal)
{
	struct matches matches = { NULL, 0, 0 };

	return match_folder(&seal->output, arena_printf(run->arena, "%s/%s", run->place->options->output, run->name), month_output_counts,
		&matches, run->arena, run->diag) && !matches.count;
}

static bool books_hold(struct month_run *run, const struct seal *seal)
{
	struct month_files files;

	if (!month_files_list(run, &files))
		return false;
	files.output.count = 0;
	return month_files_match_seal(run, seal, &files);
}

/* What was staged against what was sealed: other bytes under the old name are never published. */
static bool is_as_sealed(struct month_run *run, const struct seal *seal)
{
	struct matches matches = { NULL, 0, 0 };
	struct naming naming = { TEXT_BUFFER_INIT, 0, !strcmp(month_language(run), "zh-CN") };

	if (!match_folder(&seal->output, run->stage, NULL, &matches, run->arena, run->diag))
		return false;
	for (size_t i = 0; i < matches.count; i++)
		name_file(&naming, &matches.rows[i]);
	if (naming.count)
		diag_add(run->diag, MSG_REBUILT_DIFFERS, PLACE_NONE, run->name, seal->tool, salespay_version,
			names_of(&naming, run->arena), NULL);
	text_buffer_release(&naming.text);
	return !matches.count;
}

/* A month as it was sealed: its own copies of the inputs, the options and the months beside it of then. */
static bool publish_again(struct month_run *run, const struct seal *seal)
{
	bool ok;

	run->record.settings = seal->settings;
	ok = month_prepare(run) && month_press(run) && manifest_write(run->stage, run->diag) && is_as_sealed(run, seal) &&
		folder_sync(run->stage, run->diag) && month_swap_output(run);
	return folder_remove(run->stage, run->diag) && folder_remove(run->books, run->diag) && ok;
}

static void say_frozen(struct month_run *run, bool again)
{
	static const char *const words[][2] = { { "is sealed", "is sealed; published again from its books" },
		{ "已封账", "已封账,已由账簿重新发布" } };

	if (!run->place->options->quiet)
		printf("%s  %s\n", run->name, words[!strcmp(month_language(run), "zh-CN")][again]);
}

static int end_with(struct month_run *run, int status)
{
	say_messages(run);
	month_run_free(run);
	return status;
}

static int make_again(const struct workplace *place, int32_t month, const struct seal *seal)
{
	struct options options = *place->options;
	struct workplace copies = *place;
	struct month_run *run;
	char name[8];
	int status;

	options.input = arena_printf(place->arena, "%s/%s/input", place->records, month_format(month, name));
	options.language = seal->settings.language;
	copies.options = &options;
	run = month_run_new(&copies, month);
	if (!publish_again(run, seal)) {
		status = diag_status(run->diag);
		return end_with(run, status ? status : 3);
	}
	say_frozen(run, true);
	month_run_free(run); /* what there was to say about its data was said before it was sealed */
	return 0;
}

int sealed_run(const struct workplace *place, const struct chain *chain, int32_t month, bool asked)
{
	const struct chain_month *entry = chain_find(chain, month);
	struct month_run *run = month_run_new(place, month);
	char last[8];

	month_company(run);
	if (!entry || !entry->seal) { /* before the first sealed one, or a hole in the chain */
		diag_add(run->diag, MSG_BEFORE_SEALED, PLACE_NONE, run->name, month_format(chain_last(chain)->month, last), NULL);
		return end_with(run, asked ? 4 : 0);
	}
	if (!month_repair(run))
		return end_with(run, 3);
	if (asked ? is_published_whole(run, entry->seal) : is_published(run, entry->seal)) {
		if (asked)
			diag_add(run->diag, MSG_MONTH_SEALED, PLACE_NONE, run->name, options_again(place), NULL);
		else
			say_frozen(run, false);
		return end_with(run, asked ? 4 : diag_status(run->diag));
	}
	if (!books_hold(run, entry->seal))
		return end_with(run, diag_status(run->diag) ? diag_status(run->diag) : 3);
	month_run_free(run);
	return make_again(place, month, entry->seal);
}
