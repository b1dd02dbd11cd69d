#include "publish/tree.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"

static bool walk(const char *folder, const char *below, struct arena *arena, tree_fn *visit, void *context,
	struct diag *diag)
{
	size_t count;
	const char **names = folder_list(folder, arena, &count, diag);

	for (size_t i = 0; names && i < count; i++) {
		const char *path = arena_printf(arena, "%s/%s", folder, names[i]);
		const char *inner = *below ? arena_printf(arena, "%s/%s", below, names[i]) : names[i];
		bool ok = file_is_folder(path) ? walk(path, inner, arena, visit, context, diag) : visit(path, inner, context);

		if (!ok)
			return false;
	}
	return names;
}

bool tree_walk(const char *folder, tree_fn *visit, void *context, struct diag *diag)
{
	struct arena *arena = arena_new();
	bool ok = walk(folder, "", arena, visit, context, diag);

	arena_free(arena);
	return ok;
}
