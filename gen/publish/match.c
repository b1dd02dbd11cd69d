#include "publish/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "publish/tree.h"

static void add_row(struct matches *out, enum match match, const char *path, struct arena *arena)
{
	if (out->count == out->room) {
		out->room = out->room ? out->room * 2 : 16;
		out->rows = arena_grow(arena, out->rows, out->count, out->room, sizeof(*out->rows));
	}
	out->rows[out->count++] = (struct match_row){ match, path };
}

static int by_path(const void *a, const void *b)
{
	const struct match_row *x = a, *y = b;

	return strcmp(x->path, y->path);
}

static struct map *map_of(const struct book_files *list)
{
	struct map *map = map_new();

	for (size_t i = 0; i < list->count; i++)
		map_put(map, list->files[i].path, &list->files[i]);
	return map;
}

void match_lists(const struct book_files *recorded, const struct book_files *found, struct matches *out, struct arena *arena)
{
	struct map *before = map_of(recorded), *now = map_of(found);

	for (size_t i = 0; i < recorded->count; i++) {
		const struct book_file *file = map_get(now, recorded->files[i].path);

		if (!file)
			add_row(out, MATCH_MISSING, recorded->files[i].path, arena);
		else if (strcmp(file->sha256, recorded->files[i].sha256) != 0)
			add_row(out, MATCH_CHANGED, file->path, arena);
	}
	for (size_t i = 0; i < found->count; i++)
		if (!map_get(before, found->files[i].path))
			add_row(out, MATCH_EXTRA, found->files[i].path, arena);
	if (out->count)
		qsort(out->rows, out->count, sizeof(*out->rows), by_path);
	map_free(before);
	map_free(now);
}

struct listing {
	struct book_files *files;
	bool (*passes)(const char *below);
	struct arena *arena;
	struct diag *diag;
};

static bool add_file(const char *path, const char *below, void *context)
{
	struct listing *listing = context;
	char sum[65];

	if (listing->passes && !listing->passes(below))
		return true;
	if (!file_sha256(path, sum, listing->diag))
		return false;
	book_files_add(listing->files, arena_strdup(listing->arena, below), sum, listing->arena);
	return true;
}

bool match_list_folder(const char *folder, bool (*passes)(const char *below), struct book_files *out, struct arena *arena,
	struct diag *diag)
{
	struct listing listing = { out, passes, arena, diag };

	return !file_is_folder(folder) || tree_walk(folder, add_file, &listing, diag);
}

bool match_folder(const struct book_files *recorded, const char *folder, bool (*passes)(const char *below),
	struct matches *out, struct arena *arena, struct diag *diag)
{
	struct book_files found = { NULL, 0, 0 };

	if (!match_list_folder(folder, passes, &found, arena, diag))
		return false;
	match_lists(recorded, &found, out, arena);
	return true;
}

bool manifest_read(const char *path, struct book_files *out, struct arena *arena, struct diag *diag)
{
	struct place place = { .file = path };
	struct file_bytes bytes;

	if (!file_read(path, arena, &bytes, diag))
		return false;
	for (const char *at = bytes.data, *end; *at; at = end) {
		size_t length = strcspn(at, "\n");
		const char *line = arena_strndup(arena, at, length);

		end = at + length + (at[length] == '\n');
		place.line++;
		if (length <= 66 || strspn(line, "0123456789abcdef") != 64 || strncmp(line + 64, "  ", 2) != 0) {
			diag_add(diag, MSG_MANIFEST_BROKEN, place, NULL);
			return false;
		}
		book_files_add(out, line + 66, arena_strndup(arena, line, 64), arena);
	}
	return true;
}
