#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "policy/company.h"
#include "unit.h"

/* tests/bad_policies/formulas/README says what the files are. */
#define FOLDER "tests/bad_policies/formulas"

/* The column counts characters of the line up to the mark. */
static void check_column(const struct place *place)
{
	if (place->text)
		g_assert_cmpint(place->column, ==, (long)text_length_n(place->text, place->mark_start) + 1);
}

static char *messages_of(struct diag *diag)
{
	GString *out = g_string_new(NULL);
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(diag, i)) != NULL; i++) {
		const struct place *place = &item->place;

		g_string_append_printf(out, "%ld %s «%.*s» %s\n", place->line, item->entry->code,
			(int)(place->mark_end - place->mark_start), place->text ? place->text + place->mark_start : "", item->text);
		check_column(place);
	}
	return g_string_free(out, FALSE);
}

static char *read_policy(const char *path)
{
	struct arena *arena = arena_new();
	struct text_pool *pool = text_pool_new();
	struct diag *diag = diag_new(arena);
	struct policy_reader reader = { .arena = arena, .pool = pool, .diag = diag, .roots = { FOLDER, NULL }, .from = 2026 * 12 };
	struct policy *policy;
	char *messages;

	diag_set_language(diag, "en");
	policy = policy_read(path, &reader);
	if (policy)
		rulebook_of_policy(policy, arena, pool, diag);
	messages = messages_of(diag);
	diag_free(diag);
	text_pool_free(pool);
	arena_free(arena);
	return messages;
}

static void check_file(const char *name)
{
	char *path = g_build_filename(FOLDER, name, NULL), *stem = g_strndup(path, strlen(path) - strlen(".xml"));
	char *expected_path = g_strconcat(stem, ".expected", NULL), *expected = NULL, *got = read_policy(path);

	g_assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
	if (g_strcmp0(got, expected)) {
		g_test_message("%s gives\n%snot\n%s", path, got, expected ? expected : "(no file)");
		g_test_fail();
	}
	g_free(got);
	g_free(expected);
	g_free(expected_path);
	g_free(stem);
	g_free(path);
}

static void test_all(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	size_t count = 0, tried = 0;
	const char **names = folder_list(FOLDER, arena, &count, diag);

	for (size_t i = 0; names && i < count; i++)
		if (g_str_has_suffix(names[i], ".xml")) {
			check_file(names[i]);
			tried++;
		}
	g_assert_cmpuint(tried, >=, 60);
	diag_free(diag);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/policy/each bad policy has its own message at its own place", test_all);
	return g_test_run();
}
