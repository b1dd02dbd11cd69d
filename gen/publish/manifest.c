#include "publish/manifest.h"

#include "base/arena.h"
#include "base/file.h"
#include "publish/tree.h"

struct writing {
	struct file_writer *out;
	const char *folder;
	struct diag *diag;
};

static bool write_sum(const char *path, const char *below, void *context)
{
	struct writing *writing = context;
	char sum[65];

	if (!file_sha256(path, sum, writing->diag))
		return false;
	file_printf(writing->out, "%s  %s\n", sum, below);
	return true;
}

bool manifest_write(const char *folder, struct diag *diag)
{
	struct arena *arena = arena_new();
	const char *aside = arena_printf(arena, "%s.sums", folder), *final = arena_printf(arena, "%s/SHA256SUMS", folder);
	struct writing writing = { file_writer_new(aside, 0644), folder, diag };
	struct file_bytes bytes;
	bool ok = tree_walk(folder, write_sum, &writing, diag);

	/* Written beside the folder, so that the list does not hold itself half-written. */
	if (ok)
		ok = file_writer_commit(writing.out, diag) && file_read(aside, arena, &bytes, diag) &&
			file_replace(final, bytes.data, bytes.size, 0644, diag) && folder_remove(aside, diag);
	else
		file_writer_abort(writing.out);
	arena_free(arena);
	return ok;
}
