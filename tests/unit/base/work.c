#include "base/work.h"

#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "unit.h"

enum how { NOT_AT_ALL, RETURN_FALSE, SEGFAULT, EXIT };

struct job {
	unsigned char *times; /* shared with the workers: how often each item was done */
	size_t stumble; /* this item fails, by `how` */
	enum how how;
	size_t messages; /* by every item */
};

static bool do_item(void *context, size_t item, struct diag *diag)
{
	struct job *job = context;
	char text[600];

	job->times[item]++;
	memset(text, 'x', sizeof(text) - 1);
	for (size_t i = 0; i < job->messages; i++) {
		g_snprintf(text, 32, "%05zu/%zu ", item, i);
		text[strlen(text)] = 'x';
		text[sizeof(text) - 1] = '\0';
		diag_add(diag, MSG_FILE_MISSING, (struct place){ .file = "f", .line = (long)item + 1 }, text, NULL);
	}
	if (item != job->stumble)
		return true;
	if (job->how == SEGFAULT) {
		/* The sanitizers would catch the fault and tell it in their own way. */
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
	}
	if (job->how == EXIT)
		_exit(7);
	return job->how == NOT_AT_ALL;
}

static struct job new_job(size_t count)
{
	void *times = mmap(NULL, count + 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	g_assert_true(times != MAP_FAILED);
	return (struct job){ .times = times, .stumble = (size_t)-1 };
}

static char *run(int jobs, size_t count, struct job *job, bool *done)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	struct diag_style json = { DIAG_JSON, false, false, false };
	char *text = NULL;
	size_t size;
	FILE *out;

	*done = work_run(jobs, count, do_item, job, diag);
	out = open_memstream(&text, &size);
	diag_print(diag, out, &json);
	fclose(out);
	diag_free(diag);
	arena_free(arena);
	return text;
}

static void check_once(int jobs, size_t count)
{
	struct job job = new_job(count);
	bool done;

	free(run(jobs, count, &job, &done));
	g_assert_true(done);
	for (size_t i = 0; i < count; i++)
		if (job.times[i] != 1)
			g_error("item %zu of %zu was done %d times by %d workers", i, count, job.times[i], jobs);
	munmap(job.times, count + 1);
}

static void test_once(void)
{
	for (int jobs = -1; jobs < 6; jobs++) {
		check_once(jobs, 0);
		check_once(jobs, 1);
		check_once(jobs, 2);
		check_once(jobs, 5);
		check_once(jobs, 1000);
		check_once(jobs, 10007);
	}
}

static void test_messages(void)
{
	struct job job = new_job(300);
	char *alone, *together;
	bool done;

	/* 300 x 6 x 600 bytes are many times what a pipe holds. */
	job.messages = 6;
	alone = run(1, 300, &job, &done);
	g_assert_true(done);
	together = run(4, 300, &job, &done);
	g_assert_true(done);
	g_assert_cmpuint(strlen(alone), >, 1000000);
	g_assert_true(!strcmp(alone, together));
	free(alone);
	free(together);
	munmap(job.times, 301);
}

static void check_stumble(enum how how, int jobs, const char *expected)
{
	struct rlimit no_core = { 0, 0 };
	struct job job = new_job(100);
	char *text;
	bool done;

	setrlimit(RLIMIT_CORE, &no_core);
	job.stumble = 40;
	job.how = how;
	text = run(jobs, 100, &job, &done);
	g_assert_false(done);
	if (*expected)
		g_assert_nonnull(strstr(text, expected));
	else
		g_assert_cmpstr(text, ==, "");
	free(text);
	munmap(job.times, 101);
}

static void test_failure(void)
{
	check_stumble(RETURN_FALSE, 1, "");
	check_stumble(RETURN_FALSE, 3, "");
}

static void test_crash(void)
{
	check_stumble(SEGFAULT, 3, "a worker process died: signal 11 (SIGSEGV)");
	check_stumble(EXIT, 3, "a worker process died: exit status 7");
}

static bool do_nothing(void *context, size_t item, struct diag *diag)
{
	(void)context;
	(void)item;
	(void)diag;
	return true;
}

static void test_output_once(void)
{
	char *folder = unit_folder_new(), *path = g_build_filename(folder, "out", NULL), *got;
	FILE *out = fopen(path, "w");
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	g_assert_nonnull(out);
	fputs("once\n", out);
	g_assert_true(work_run(3, 10, do_nothing, NULL, diag));
	fclose(out);
	got = unit_read(folder, "out");
	g_assert_cmpstr(got, ==, "once\n");
	g_free(got);
	g_free(path);
	diag_free(diag);
	arena_free(arena);
	unit_folder_remove(folder);
}

static void test_cores(void)
{
	g_assert_cmpint(work_cores(), >=, 1);
	g_assert_cmpint(work_cores(), <=, (int)sysconf(_SC_NPROCESSORS_CONF));
}

int main(int argc, char **argv)
{
	unit_init(&argc, &argv);
	g_test_add_func("/base/workers/every item is done exactly once by any number of workers", test_once);
	g_test_add_func("/base/workers/messages of many workers come back whole and in one order", test_messages);
	g_test_add_func("/base/workers/an item that fails makes the run fail", test_failure);
	g_test_add_func("/base/workers/a crash is an error message, not the end of the run", test_crash);
	g_test_add_func("/base/workers/what was buffered before is written once", test_output_once);
	g_test_add_func("/base/workers/there is at least one core", test_cores);
	return g_test_run();
}
