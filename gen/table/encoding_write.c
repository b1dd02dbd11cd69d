#include "table/encoding_write.h"

#include <glib.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"

bool encoding_rewrite_gb18030(const char *path, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct file_bytes bytes;
	bool ok = file_read(path, arena, &bytes, diag);
	gsize size;
	gchar *converted;

	if (ok) {
		converted = g_convert(bytes.data, (gssize)bytes.size, "GB18030", "UTF-8", NULL, &size, NULL);
		if (!converted) /* GB18030 has every Unicode character */
			bug("text of ours does not convert to GB18030");
		ok = file_replace(path, converted, size, 0600, diag);
		g_free(converted);
	}
	arena_free(arena);
	return ok;
}
