#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "unit.h"

struct fixture {
	struct arena *arena;
	struct diag *diag;
	char *folder;
};

static void set_up(struct fixture *fixture, const void *unused)
{
	(void)unused;
	fixture->arena = arena_new();
	fixture->diag = diag_new(fixture->arena);
	fixture->folder = unit_folder_new();
}

static void tear_down(struct fixture *fixture, const void *unused)
{
	(void)unused;
	unit_folder_remove(fixture->folder);
	diag_free(fixture->diag);
	arena_free(fixture->arena);
}

static const char *in(struct fixture *fixture, const char *name)
{
	return arena_printf(fixture->arena, "%s/%s", fixture->folder, name);
}

/* The codes so far, in the order of the messages' texts. */
static void check_codes(struct fixture *fixture, const char *expected, int status)
{
	GString *codes = g_string_new(NULL);
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(fixture->diag, i)); i++)
		g_string_append_printf(codes, "%s%s", i ? " " : "", item->entry->code);
	g_assert_cmpstr(codes->str, ==, expected);
	g_assert_cmpint(diag_status(fixture->diag), ==, status);
	g_string_free(codes, TRUE);
}

static unsigned mode_of(struct fixture *fixture, const char *name)
{
	struct stat status = { 0 };

	g_assert_cmpint(stat(in(fixture, name), &status), ==, 0);
	return status.st_mode & 07777;
}

static void test_read(struct fixture *fixture, const void *unused)
{
	struct file_bytes bytes = { 0 };

	(void)unused;
	unit_write(fixture->folder, "甲.csv", "工号,姓名\n");
	unit_write(fixture->folder, "empty", "");
	g_assert_true(file_read(in(fixture, "甲.csv"), fixture->arena, &bytes, fixture->diag));
	g_assert_cmpuint(bytes.size, ==, 14);
	g_assert_cmpstr(bytes.data, ==, "工号,姓名\n");
	g_assert_true(file_read(in(fixture, "empty"), fixture->arena, &bytes, fixture->diag));
	g_assert_cmpuint(bytes.size, ==, 0);
	g_assert_cmpstr(bytes.data, ==, "");
	/* It has no size beforehand. */
	g_assert_true(file_read("/proc/self/status", fixture->arena, &bytes, fixture->diag));
	g_assert_cmpuint(bytes.size, ==, strlen(bytes.data));
	g_assert_nonnull(strstr(bytes.data, "VmSize"));
	check_codes(fixture, "", 0);
}

static void test_read_wrong(struct fixture *fixture, const void *unused)
{
	struct file_bytes bytes;
	size_t count;

	(void)unused;
	unit_write(fixture->folder, "file", "x");
	g_assert_false(file_read(in(fixture, "none"), fixture->arena, &bytes, fixture->diag));
	g_assert_false(file_read(in(fixture, "file/x"), fixture->arena, &bytes, fixture->diag));
	g_assert_false(file_read(fixture->folder, fixture->arena, &bytes, fixture->diag));
	g_assert_null(folder_list(in(fixture, "none"), fixture->arena, &count, fixture->diag));
	g_assert_null(folder_list(in(fixture, "file"), fixture->arena, &count, fixture->diag));
	check_codes(fixture, "E0102 E0101 E0101 E0104 E0105", 1);
}

static void test_writer(struct fixture *fixture, const void *unused)
{
	struct file_writer *writer = file_writer_new(in(fixture, "out"), 0600);
	GString *expected = g_string_new(NULL);
	char *big = g_strnfill(200000, 'b'), *got;

	(void)unused;
	for (int i = 0; i < 20000; i++) {
		file_printf(writer, "%d,", i);
		g_string_append_printf(expected, "%d,", i);
	}
	file_write(writer, big, 200000);
	file_puts(writer, "end");
	g_string_append(expected, big);
	g_string_append(expected, "end");
	g_assert_false(file_writer_failed(writer));
	g_assert_true(file_writer_commit(writer, fixture->diag));
	got = unit_read(fixture->folder, "out");
	g_assert_true(!strcmp(got, expected->str));
	g_assert_cmpuint(mode_of(fixture, "out"), ==, 0600);
	g_free(got);
	g_free(big);
	g_string_free(expected, TRUE);
	check_codes(fixture, "", 0);
}

static void test_writer_abort(struct fixture *fixture, const void *unused)
{
	struct file_writer *writer = file_writer_new(in(fixture, "out"), 0644);

	(void)unused;
	file_puts(writer, "half");
	file_writer_abort(writer);
	g_assert_false(file_exists(in(fixture, "out")));
	file_writer_abort(NULL);
}

static void test_writer_full(struct fixture *fixture, const void *unused)
{
	struct file_writer *writer = file_writer_new("/dev/full", 0644);

	(void)unused;
	for (int i = 0; i < 100000; i++)
		file_puts(writer, "0123456789");
	g_assert_true(file_writer_failed(writer));
	g_assert_false(file_writer_commit(writer, fixture->diag));
	/* A device is not ours to remove. */
	g_assert_true(file_exists("/dev/full"));
	check_codes(fixture, "E0502", 3);
}

static void test_writer_nowhere(struct fixture *fixture, const void *unused)
{
	struct file_writer *writer = file_writer_new(in(fixture, "none/out"), 0644);

	(void)unused;
	g_assert_true(file_writer_failed(writer));
	file_puts(writer, "x");
	g_assert_false(file_writer_commit(writer, fixture->diag));
	check_codes(fixture, "E0501", 3);
}

static void test_replace(struct fixture *fixture, const void *unused)
{
	const char **names;
	size_t count = 0;
	char *got;

	(void)unused;
	unit_write(fixture->folder, "index.html", "old");
	g_assert_true(file_replace(in(fixture, "index.html"), "new!", 4, 0640, fixture->diag));
	got = unit_read(fixture->folder, "index.html");
	g_assert_cmpstr(got, ==, "new!");
	g_free(got);
	g_assert_cmpuint(mode_of(fixture, "index.html"), ==, 0640);
	names = folder_list(fixture->folder, fixture->arena, &count, fixture->diag);
	g_assert_nonnull(names);
	g_assert_cmpuint(count, ==, 1);
	/* A folder stands in the place: nothing is left lying about. */
	g_assert_true(folder_make(in(fixture, "taken/sub"), 0755, fixture->diag));
	g_assert_false(file_replace(in(fixture, "taken"), "x", 1, 0644, fixture->diag));
	g_assert_false(file_exists(in(fixture, ".taken.new")));
	check_codes(fixture, "E0501", 3);
}

static void test_folders(struct fixture *fixture, const void *unused)
{
	const char **names;
	size_t count = 0;

	(void)unused;
	g_assert_true(folder_make(in(fixture, "a/b/c"), 0700, fixture->diag));
	g_assert_true(folder_make(in(fixture, "a/b/c/"), 0700, fixture->diag));
	g_assert_cmpuint(mode_of(fixture, "a/b/c"), ==, 0700);
	unit_write(fixture->folder, "a/乙", "1");
	unit_write(fixture->folder, "a/Z", "1");
	unit_write(fixture->folder, "a/.hidden", "1");
	names = folder_list(in(fixture, "a"), fixture->arena, &count, fixture->diag);
	g_assert_cmpuint(count, ==, 4);
	g_assert_cmpstr(names[0], ==, ".hidden");
	g_assert_cmpstr(names[1], ==, "Z");
	g_assert_cmpstr(names[2], ==, "b");
	g_assert_cmpstr(names[3], ==, "乙");
	g_assert_true(folder_sync(in(fixture, "a"), fixture->diag));
	check_codes(fixture, "", 0);
	g_assert_false(folder_make(in(fixture, "a/Z/d"), 0755, fixture->diag));
	g_assert_false(folder_sync(in(fixture, "none"), fixture->diag));
	check_codes(fixture, "E0504 E0507", 3);
}

static void test_remove(struct fixture *fixture, const void *unused)
{
	(void)unused;
	unit_write(fixture->folder, "kept", "1");
	g_assert_true(folder_make(in(fixture, "a/b/c"), 0755, fixture->diag));
	unit_write(fixture->folder, "a/b/x", "1");
	/* Links are removed themselves, not what they lead to. */
	g_assert_cmpint(symlink(fixture->folder, in(fixture, "a/loop")), ==, 0);
	g_assert_true(folder_remove(in(fixture, "a"), fixture->diag));
	g_assert_false(file_exists(in(fixture, "a")));
	g_assert_true(file_exists(in(fixture, "kept")));
	g_assert_true(folder_remove(in(fixture, "a"), fixture->diag));
	check_codes(fixture, "", 0);
}

static void make_month(struct fixture *fixture, const char *folder, const char *text)
{
	char *name = g_build_filename(folder, "ledger.csv", NULL);

	g_assert_true(folder_make(in(fixture, folder), 0755, fixture->diag));
	unit_write(fixture->folder, name, text);
	g_free(name);
}

static void check_month(struct fixture *fixture, const char *expected, size_t entries)
{
	char *got = unit_read(fixture->folder, "2026-10/ledger.csv");
	size_t count = 0;

	g_assert_cmpstr(got, ==, expected);
	g_free(got);
	folder_list(fixture->folder, fixture->arena, &count, fixture->diag);
	g_assert_cmpuint(count, ==, entries);
}

static void test_swap(struct fixture *fixture, const void *unused)
{
	(void)unused;
	make_month(fixture, ".stage", "first");
	g_assert_true(folder_swap(in(fixture, ".stage"), in(fixture, "2026-10"), fixture->diag));
	check_month(fixture, "first", 1);
	make_month(fixture, ".stage", "second");
	g_assert_true(folder_swap(in(fixture, ".stage"), in(fixture, "2026-10"), fixture->diag));
	check_month(fixture, "second", 1);
	check_codes(fixture, "", 0);
	g_assert_false(folder_swap(in(fixture, ".stage"), in(fixture, "2026-10"), fixture->diag));
	check_month(fixture, "second", 1);
	check_codes(fixture, "E0506", 3);
}

static void test_repair(struct fixture *fixture, const void *unused)
{
	(void)unused;
	/* Killed between the two renames: only the old month stands, under its other name. */
	make_month(fixture, ".2026-10.old", "old");
	g_assert_true(folder_repair(in(fixture, "2026-10"), fixture->diag));
	check_month(fixture, "old", 1);
	/* Killed before the old month was removed. */
	make_month(fixture, ".2026-10.old", "older");
	g_assert_true(folder_repair(in(fixture, "2026-10"), fixture->diag));
	check_month(fixture, "old", 1);
	g_assert_true(folder_repair(in(fixture, "2026-10"), fixture->diag));
	check_codes(fixture, "", 0);
}

static void test_copy(struct fixture *fixture, const void *unused)
{
	char *got;

	(void)unused;
	unit_write(fixture->folder, "a", "内容");
	unit_write(fixture->folder, "kept", "kept");
	g_assert_true(file_copy(in(fixture, "a"), in(fixture, "b"), 0600, fixture->diag));
	got = unit_read(fixture->folder, "b");
	g_assert_cmpstr(got, ==, "内容");
	g_free(got);
	g_assert_cmpuint(mode_of(fixture, "b"), ==, 0600);
	g_assert_false(file_copy(in(fixture, "none"), in(fixture, "kept"), 0600, fixture->diag));
	got = unit_read(fixture->folder, "kept");
	g_assert_cmpstr(got, ==, "kept");
	g_free(got);
	check_codes(fixture, "E0101", 1);
}

static void test_sha256(struct fixture *fixture, const void *unused)
{
	char out[65], million[1000];

	(void)unused;
	/* FIPS 180-4's examples. */
	bytes_sha256("abc", 3, out);
	g_assert_cmpstr(out, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	bytes_sha256("", 0, out);
	g_assert_cmpstr(out, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	memset(million, 'a', sizeof(million));
	{
		struct file_writer *writer = file_writer_new(in(fixture, "m"), 0644);

		for (int i = 0; i < 1000; i++)
			file_write(writer, million, sizeof(million));
		g_assert_true(file_writer_commit(writer, fixture->diag));
	}
	g_assert_true(file_sha256(in(fixture, "m"), out, fixture->diag));
	g_assert_cmpstr(out, ==, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	g_assert_false(file_sha256(in(fixture, "none"), out, fixture->diag));
	check_codes(fixture, "E0101", 1);
}

static void test_denied(struct fixture *fixture, const void *unused)
{
	(void)unused;
	g_assert_true(folder_make(in(fixture, "shut"), 0500, fixture->diag));
	g_assert_cmpint(chmod(fixture->folder, 0755), ==, 0);
	/* root may write everywhere: be nobody for a moment. */
	if (!getuid())
		g_assert_cmpint(seteuid(65534), ==, 0);
	g_assert_false(file_replace(in(fixture, "shut/x"), "x", 1, 0644, fixture->diag));
	g_assert_false(folder_make(in(fixture, "shut/y"), 0755, fixture->diag));
	if (!getuid())
		g_assert_cmpint(seteuid(0), ==, 0);
	check_codes(fixture, "E0503 E0503", 3);
}

#define ADD(name, function) g_test_add("/base/file/" name, struct fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	umask(022);
	ADD("whole files are read with a NUL behind", test_read);
	ADD("a missing file and a folder are the input's fault", test_read_wrong);
	ADD("a writer stores every byte under its mode", test_writer);
	ADD("an aborted writer leaves no file", test_writer_abort);
	ADD("a full disk is told once at commit", test_writer_full);
	ADD("a file that cannot be made is told at commit", test_writer_nowhere);
	ADD("a file is replaced whole or not at all", test_replace);
	ADD("folders are made with parents and listed by bytes", test_folders);
	ADD("a folder is removed with all in it and nothing outside", test_remove);
	ADD("a staged folder takes the place of the old one", test_swap);
	ADD("a swap killed half-way is repaired", test_repair);
	ADD("a copy of a missing file spoils nothing", test_copy);
	ADD("SHA-256 agrees with the standard's examples", test_sha256);
	ADD("a folder without leave to write is told so", test_denied);
	return g_test_run();
}
