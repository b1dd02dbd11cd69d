#include "books/chain.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "value/date.h"

static const char *list_path(const struct chain *chain, struct arena *arena)
{
	return arena_printf(arena, "%s/SEALS", chain->records);
}

/* "SUM  2026-05/seal.txt"; 0 for anything else. */
static int32_t listed_month(const char *path)
{
	int32_t month;

	return strlen(path) == 7 + sizeof("/" SEAL_FILE) - 1 && !strcmp(path + 7, "/" SEAL_FILE) && month_parse(path, 7, &month) ?
		month : 0;
}

static void read_list(struct chain *chain, struct arena *arena, struct diag *diag)
{
	struct place place = { .file = list_path(chain, arena) };
	struct file_bytes bytes;

	if (!file_exists(place.file) || !file_read(place.file, arena, &bytes, diag))
		return;
	for (const char *at = bytes.data, *end; *at; at = end) {
		size_t length = strcspn(at, "\n");
		const char *line = arena_strndup(arena, at, length);

		end = at + length + (at[length] == '\n');
		place.line++;
		if (length > 66 && strspn(line, "0123456789abcdef") == 64 && listed_month(line + 66))
			book_files_add(&chain->listed, line + 66, arena_strndup(arena, line, 64), arena);
		else
			diag_add(diag, MSG_SEAL_BROKEN, place, NULL);
	}
}

bool chain_read(struct chain *chain, const char *records, struct arena *arena, struct diag *diag)
{
	size_t count = 0, errors = diag_errors(diag);
	const char **names = file_is_folder(records) ? folder_list(records, arena, &count, diag) : NULL;

	*chain = (struct chain){ records, arena_array(arena, count + 1, sizeof(*chain->months)), 0, { NULL, 0, 0 } };
	for (size_t i = 0; i < count; i++) {
		struct chain_month entry = { 0, false, NULL };

		if (!month_parse(names[i], strlen(names[i]), &entry.month))
			continue;
		entry.sealed = seal_exists(records, entry.month, arena);
		if (!entry.sealed && !file_exists(arena_printf(arena, "%s/%s/ledger.csv", records, names[i])))
			continue;
		entry.seal = entry.sealed ? seal_read(seal_path(records, entry.month, arena), arena, diag) : NULL;
		chain->months[chain->count++] = entry; /* names are sorted, so months ascend */
	}
	read_list(chain, arena, diag);
	return diag_errors(diag) == errors;
}

const struct chain_month *chain_find(const struct chain *chain, int32_t month)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->months[i].month == month)
			return &chain->months[i];
	return NULL;
}

const struct chain_month *chain_last(const struct chain *chain)
{
	const struct chain_month *last = NULL;

	for (size_t i = 0; i < chain->count; i++)
		if (chain->months[i].sealed)
			last = &chain->months[i];
	return last;
}

static const char *month_text(struct arena *arena, int32_t month)
{
	char name[8];

	return arena_strdup(arena, month_format(month, name));
}

static void check_link(const struct chain *chain, const struct chain_month *entry, bool first, struct arena *arena,
	struct diag *diag)
{
	const struct seal *seal = entry->seal;
	const struct chain_month *before;
	struct place place = { .file = seal_path(chain->records, entry->month, arena) };

	if (!seal)
		return;
	before = chain_find(chain, seal->previous_month);
	if (seal->month != entry->month)
		diag_add(diag, MSG_SEAL_OF_OTHER, place, month_text(arena, entry->month), month_text(arena, seal->month), NULL);
	else if (!seal->previous_month && !first)
		diag_add(diag, MSG_CHAIN_TWO_BEGINNINGS, place, month_text(arena, entry->month), NULL);
	else if (seal->previous_month && (!before || !before->sealed || seal->previous_month != entry->month - 1))
		diag_add(diag, MSG_CHAIN_GAP, place, month_text(arena, entry->month), month_text(arena, seal->previous_month), NULL);
	else if (seal->previous_month && before->seal && strcmp(before->seal->own, seal->previous) != 0)
		diag_add(diag, MSG_CHAIN_BROKEN, place, month_text(arena, entry->month), month_text(arena, seal->previous_month), NULL);
}

static const struct book_file *listed(const struct chain *chain, int32_t month)
{
	for (size_t i = 0; i < chain->listed.count; i++)
		if (listed_month(chain->listed.files[i].path) == month)
			return &chain->listed.files[i];
	return NULL;
}

static void check_list(const struct chain *chain, struct arena *arena, struct diag *diag)
{
	struct place place = { .file = list_path(chain, arena) };

	for (size_t i = 0; i < chain->listed.count; i++) {
		int32_t month = listed_month(chain->listed.files[i].path);
		const struct chain_month *entry = chain_find(chain, month);

		place.line = (long)i + 1;
		if (!entry || !entry->sealed)
			diag_add(diag, MSG_SEAL_GONE, place, month_text(arena, month), NULL);
		else if (entry->seal && strcmp(entry->seal->own, chain->listed.files[i].sha256) != 0)
			diag_add(diag, MSG_SEAL_REPLACED, place, month_text(arena, month), NULL);
	}
	place.line = 0;
	for (size_t i = 0; i < chain->count; i++)
		if (chain->months[i].sealed && !listed(chain, chain->months[i].month))
			diag_add(diag, MSG_SEAL_UNLISTED, place, month_text(arena, chain->months[i].month), NULL);
}

void chain_check(const struct chain *chain, struct arena *arena, struct diag *diag)
{
	bool first = true;

	for (size_t i = 0; i < chain->count; i++) {
		if (!chain->months[i].sealed)
			continue;
		check_link(chain, &chain->months[i], first, arena, diag);
		first = false;
	}
	check_list(chain, arena, diag);
}

/* The newest seal, if SEALS has no line for it. */
static const struct chain_month *unlisted(const struct chain *chain)
{
	const struct chain_month *last = chain_last(chain);

	return last && last->seal && !listed(chain, last->month) ? last : NULL;
}

static void take_as_listed(struct chain *chain, const struct chain_month *last, struct arena *arena)
{
	book_files_add(&chain->listed, arena_printf(arena, "%s/" SEAL_FILE, month_text(arena, last->month)), last->seal->own, arena);
}

bool chain_list_last(struct chain *chain, struct arena *arena, struct diag *diag)
{
	const struct chain_month *last = unlisted(chain);
	struct text_buffer out = TEXT_BUFFER_INIT;
	bool done;

	if (!last)
		return true;
	take_as_listed(chain, last, arena);
	for (size_t i = 0; i < chain->listed.count; i++)
		text_buffer_printf(&out, "%s  %s\n", chain->listed.files[i].sha256, chain->listed.files[i].path);
	done = file_replace(list_path(chain, arena), out.data, out.length, 0600, diag);
	text_buffer_release(&out);
	return done;
}

bool chain_sound(struct chain *chain, const char *records, struct arena *arena, struct diag *diag)
{
	size_t errors = diag_errors(diag);
	const struct chain_month *last;

	if (!chain_read(chain, records, arena, diag))
		return false;
	last = unlisted(chain);
	if (last)
		take_as_listed(chain, last, arena);
	chain_check(chain, arena, diag);
	return diag_errors(diag) == errors;
}

bool chain_mend(const char *records, struct arena *arena, struct diag *diag)
{
	struct diag *quiet = diag_new(arena);
	struct chain chain;
	bool sound = chain_read(&chain, records, arena, quiet);

	diag_free(quiet);
	return !sound || chain_list_last(&chain, arena, diag);
}
