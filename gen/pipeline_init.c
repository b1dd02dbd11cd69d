#include "pipeline_init.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "pipeline_month.h"
#include "pipeline_place.h"
#include "publish/tree.h"

struct copying {
	const char *to;
	struct arena *arena;
	struct diag *diag;
};

static bool copy_one(const char *path, const char *below, void *context)
{
	struct copying *copying = context;
	const char *to = arena_printf(copying->arena, "%s/%s", copying->to, below);
	size_t folder = (size_t)(strrchr(to, '/') - to);

	return folder_make(arena_strndup(copying->arena, to, folder), 0755, copying->diag) &&
		file_copy(path, to, 0644, copying->diag);
}

static bool is_free(const char *to, struct arena *arena, struct diag *diag)
{
	size_t count;

	if (!file_exists(to))
		return true;
	if (!folder_list(to, arena, &count, diag))
		return false;
	if (count)
		diag_add(diag, MSG_FOLDER_NOT_EMPTY, PLACE_NONE, to, NULL);
	return !count;
}

/* The folder was empty, so everything in it is ours. */
static void take_back(const char *to, struct arena *arena)
{
	struct diag *quiet = diag_new(arena);
	size_t count;
	const char **names = folder_list(to, arena, &count, quiet);

	for (size_t i = 0; names && i < count; i++)
		folder_remove(arena_printf(arena, "%s/%s", to, names[i]), quiet);
	diag_free(quiet);
}

static void say_next(const struct workplace *place, const char *to)
{
	const char *word = shell_word(to, place->arena), *out = shell_word(arena_printf(place->arena, "%s-output", to), place->arena);

	if (place->options->quiet)
		return;
	if (!strcmp(language_of(place->options), "zh-CN"))
		printf("“%s”里有了一个样板公司。接下来:\n  salespay run -i %s -o %s\n说明在 %s/README.md\n", to, word, out, to);
	else
		printf("a starter company is in '%s'. Next:\n  salespay run -i %s -o %s\n%s/README.md says how to make it yours\n", to,
			word, out, to);
}

bool init_company(const struct workplace *place, struct diag *diag)
{
	struct arena *arena = place->arena;
	const char *named = place->options->operands[0];
	size_t length = strlen(named);
	struct copying copying = { NULL, arena, diag };
	const char *starter = arena_printf(arena, "%s/templates/starter", own_folder(arena));

	while (length > 1 && named[length - 1] == '/')
		length--;
	copying.to = arena_strndup(arena, named, length);
	if (!is_free(copying.to, arena, diag))
		return false;
	if (!folder_make(copying.to, 0755, diag) || !tree_walk(starter, copy_one, &copying, diag)) {
		take_back(copying.to, arena);
		return false;
	}
	say_next(place, copying.to);
	return true;
}
