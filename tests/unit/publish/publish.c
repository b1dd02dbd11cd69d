#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "publish/leak.h"
#include "publish/manifest.h"
#include "publish/tree.h"

#include "unit.h"

struct place_of_test {
	char *folder;
	struct arena *arena;
	struct diag *diag;
};

static void begin(struct place_of_test *t)
{
	char *below;

	*t = (struct place_of_test){ .folder = unit_folder_new(), .arena = arena_new() };
	t->diag = diag_new(t->arena);
	diag_set_language(t->diag, "en");
	below = g_build_filename(t->folder, "site", "units", NULL);
	g_assert_cmpint(g_mkdir_with_parents(below, 0755), ==, 0);
	g_free(below);
}

static void end(struct place_of_test *t)
{
	diag_free(t->diag);
	arena_free(t->arena);
	unit_folder_remove(t->folder);
}

/* What stands in a page and whether the search must find it. */
static void test_leaks(void)
{
	static const struct {
		const char *page;
		bool found;
	} rows[] = {
		{ "nothing here", false }, { "", false }, { "622202123456789", false }, { "6222021234567890", true },
		{ "x6222021234567890y", true }, { "<td>6222 0212 3456 7890</td>", false }, { "京市朝阳区某路 1 号", false },
		{ "北京市朝阳区某路 1 号", true }, { "1101051949123100", false }, { "a11010519491231002Xb", true }, { "0012", false },
		{ "6222021234567891 62220212345678 6222021234567890", true }, /* the last window of all */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct leak_search *search = leak_search_new();
		struct place_of_test t;

		begin(&t);
		leak_search_add(search, "6222021234567890", "account");
		leak_search_add(search, "6222021234567899", "account");
		leak_search_add(search, "北京市朝阳区某路 1 号", "address");
		leak_search_add(search, "11010519491231002X", "identity");
		leak_search_add(search, "0012", "account"); /* too short to prove anything */
		unit_write(t.folder, "site/index.html", "<html>clean</html>");
		unit_write(t.folder, "site/units/u.html", rows[i].page);
		g_test_message("%s", rows[i].page);
		g_assert_cmpint(leak_search_folder(search, t.folder, t.diag), ==, !rows[i].found);
		g_assert_cmpuint(diag_errors(t.diag), ==, rows[i].found);
		if (rows[i].found) {
			g_assert_nonnull(strstr(diag_item(t.diag, 0)->text, "site/units/u.html"));
			g_assert_null(strstr(diag_item(t.diag, 0)->text, "6222021234567890")); /* never the secret itself */
		}
		leak_search_free(search);
		end(&t);
	}
}

static void test_many_secrets(void)
{
	struct leak_search *search = leak_search_new();
	char secrets[3000][24];
	struct place_of_test t;

	begin(&t);
	for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
		g_snprintf(secrets[i], sizeof(secrets[i]), "%zu", 62220200000000000u + i * 7919);
		leak_search_add(search, secrets[i], "account");
	}
	unit_write(t.folder, "site/index.html", "62220200000000001 62220200000007918");
	g_assert_true(leak_search_folder(search, t.folder, t.diag));
	unit_write(t.folder, "site/units/u.html", secrets[2999]);
	g_assert_false(leak_search_folder(search, t.folder, t.diag));
	leak_search_free(search);
	end(&t);
}

/* sha256 of "abc" and of nothing are published with the standard (FIPS 180-4 examples). */
static void test_manifest(void)
{
	struct place_of_test t;
	char *text;

	begin(&t);
	unit_write(t.folder, "site/b.html", "abc");
	unit_write(t.folder, "site/a b.html", "");
	unit_write(t.folder, "site/units/u.html", "abc");
	g_assert_true(manifest_write(t.folder, t.diag));
	text = unit_read(t.folder, "SHA256SUMS");
	g_assert_cmpstr(text, ==,
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  site/a b.html\n"
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  site/b.html\n"
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  site/units/u.html\n");
	g_free(text);
	text = g_strconcat(t.folder, ".sums", NULL);
	g_assert_false(file_exists(text)); /* nothing is left beside the folder */
	g_free(text);
	end(&t);
}

static bool count_until(const char *path, const char *below, void *context)
{
	size_t *left = context;

	(void)path, (void)below;
	return --*left > 0;
}

static void test_tree(void)
{
	struct place_of_test t;
	size_t left = 1;
	char *none;

	begin(&t);
	unit_write(t.folder, "site/a", "");
	unit_write(t.folder, "site/b", "");
	g_assert_false(tree_walk(t.folder, count_until, &left, t.diag)); /* stopped at the first */
	g_assert_cmpuint(left, ==, 0);
	left = 10;
	g_assert_true(tree_walk(t.folder, count_until, &left, t.diag));
	g_assert_cmpuint(left, ==, 8);
	none = g_build_filename(t.folder, "none", NULL);
	g_assert_false(tree_walk(none, count_until, &left, t.diag));
	g_free(none);
	end(&t);
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/publish/a number, account or address in a page is found", test_leaks);
	g_test_add_func("/publish/among thousands of secrets, too", test_many_secrets);
	g_test_add_func("/publish/SHA256SUMS lists every file in order", test_manifest);
	g_test_add_func("/publish/a walk stops where it is told", test_tree);
	return g_test_run();
}
