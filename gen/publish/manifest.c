#include "publish/manifest.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "publish/tree.h"

struct summing {
	struct text_buffer list;
	struct diag *diag;
};

static bool add_sum(const char *path, const char *below, void *context)
{
	struct summing *summing = context;
	char sum[65];

	if (!file_sha256(path, sum, summing->diag))
		return false;
	text_buffer_printf(&summing->list, "%s  %s\n", sum, below);
	return true;
}

bool manifest_write(const char *folder, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct summing summing = { TEXT_BUFFER_INIT, diag };
	/* Whole before it is written: the list does not hold itself. */
	bool ok = tree_walk(folder, add_sum, &summing, diag) && file_replace(arena_printf(arena, "%s/SHA256SUMS", folder),
		summing.list.data, summing.list.length, 0644, diag);

	text_buffer_release(&summing.list);
	arena_free(arena);
	return ok;
}
