#ifndef SALESPAY_TESTS_UNIT_H
#define SALESPAY_TESTS_UNIT_H

#include <glib.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Before anything else in main: names with Chinese in them print, and a failed assertion does not end the run. */
static inline void unit_init(int *argc, char ***argv)
{
	setlocale(LC_ALL, "C.UTF-8");
	g_test_init(argc, argv, NULL);
	g_test_set_nonfatal_assertions();
}

/* A new empty folder; unit_folder_remove takes it away with all in it. */
static inline char *unit_folder_new(void)
{
	char *folder = g_dir_make_tmp("salespay-unit-XXXXXX", NULL);

	g_assert_nonnull(folder);
	return folder;
}

static inline void unit_folder_remove(char *folder)
{
	const char *const command[] = { "chmod", "-R", "u+rwX", folder, NULL };
	const char *const remove[] = { "rm", "-rf", folder, NULL };
	const char *const *const both[] = { command, remove };

	for (int i = 0; i < 2; i++) {
		char **copy = g_strdupv((char **)(guintptr)both[i]);

		g_spawn_sync(NULL, copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
		g_strfreev(copy);
	}
	g_free(folder);
}

static inline void unit_write(const char *folder, const char *name, const char *text)
{
	char *path = g_build_filename(folder, name, NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	g_free(path);
}

/* The file's text, to be freed by g_free; "" and a failed test if there is none. */
static inline char *unit_read(const char *folder, const char *name)
{
	char *path = g_build_filename(folder, name, NULL), *text = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_free(path);
	return text ? text : g_strdup("");
}

#endif
