#include "fuzz.h"

#include <fcntl.h>
#include <locale.h>
#include <sanitizer/allocator_interface.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

#define MEMORY_FLOOR ((size_t)64 * 1024 * 1024)
#define MEMORY_FACTOR ((size_t)64)

static atomic_bool watching;
static atomic_llong held;
static long long most;
static const char *allowed; /* with its slash */
static char *scratch;

_Noreturn void fuzz_broken(const char *file, int line, const char *what)
{
	atomic_store(&watching, false);
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
	abort();
}

static void on_malloc(const volatile void *memory, size_t size)
{
	(void)memory;
	if (!atomic_load_explicit(&watching, memory_order_relaxed))
		return;
	if (atomic_fetch_add_explicit(&held, (long long)size, memory_order_relaxed) + (long long)size > most)
		fuzz_broken(__FILE__, __LINE__, "memory within 64 times the input and 64 MiB");
}

static void on_free(const volatile void *memory)
{
	if (memory && atomic_load_explicit(&watching, memory_order_relaxed))
		atomic_fetch_sub_explicit(&held, (long long)__sanitizer_get_allocated_size(memory), memory_order_relaxed);
}

/* The linker puts this before open(2) in all that is ours (--wrap=open). */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	va_list arguments;
	mode_t mode = 0;

	if (atomic_load(&watching) && allowed && (strncmp(path, allowed, strlen(allowed)) != 0 || strstr(path, "/../")))
		fuzz_broken(__FILE__, __LINE__, "files are opened in the scratch folder only");
	if (flags & O_CREAT) {
		va_start(arguments, flags);
		mode = va_arg(arguments, mode_t);
		va_end(arguments);
	}
	return __real_open(path, flags, mode);
}

static void start_once(void)
{
	static bool started;

	if (started)
		return;
	started = true;
	setlocale(LC_ALL, "C.UTF-8");
	if (!__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free))
		fuzz_broken(__FILE__, __LINE__, "memory can be watched");
}

void fuzz_begin(struct fuzz_run *run, size_t size, const char *language)
{
	start_once();
	most = (long long)(MEMORY_FLOOR + MEMORY_FACTOR * size);
	atomic_store(&held, 0);
	atomic_store(&watching, true);
	run->arena = arena_new();
	run->pool = text_pool_new();
	run->diag = diag_new(run->arena);
	diag_set_language(run->diag, language);
}

/* Every caret stands under its own line, on whole characters; every text is one. */
static void check_message(const struct diag_item *item)
{
	const struct place *at = &item->place;

	FUZZ_CHECK(item->text && text_valid(item->text, strlen(item->text)));
	if (!at->text)
		return;
	FUZZ_CHECK(text_valid(at->text, strlen(at->text)));
	FUZZ_CHECK(at->mark_start <= at->mark_end && at->mark_end <= strlen(at->text));
	FUZZ_CHECK(((unsigned char)at->text[at->mark_start] & 0xC0) != 0x80 && ((unsigned char)at->text[at->mark_end] & 0xC0) != 0x80);
}

/* Line by line: kept whole, what is printed would itself fill the memory. */
static ssize_t take_printed(void *context, const char *data, size_t size)
{
	struct text_buffer *line = context;
	const char *end = memrchr(data, '\n', size);
	size_t whole = end ? (size_t)(end - data) + 1 : 0;

	text_buffer_add(line, data, whole ? whole : size);
	if (whole) {
		FUZZ_CHECK(text_valid(line->data, line->length));
		line->length = 0;
		text_buffer_add(line, data + whole, size - whole);
	}
	return (ssize_t)size;
}

static void print_messages(struct diag *diag, enum diag_format format)
{
	struct diag_style style = { .format = format, .color = format == DIAG_TEXT };
	struct text_buffer line = TEXT_BUFFER_INIT;
	FILE *out = fopencookie(&line, "w", (cookie_io_functions_t){ .write = take_printed });

	FUZZ_CHECK(out != NULL);
	diag_print(diag, out, &style);
	fclose(out);
	FUZZ_CHECK(!line.length);
	text_buffer_release(&line);
}

void fuzz_end(struct fuzz_run *run)
{
	const struct diag_item *item;

	for (size_t i = 0; (item = diag_item(run->diag, i)); i++)
		check_message(item);
	print_messages(run->diag, DIAG_TEXT);
	print_messages(run->diag, DIAG_JSON);
	diag_free(run->diag);
	text_pool_free(run->pool);
	arena_free(run->arena);
	atomic_store(&watching, false);
}

void fuzz_allow_folder(const char *folder)
{
	static char with_slash[4096];

	snprintf(with_slash, sizeof(with_slash), "%s/", folder);
	allowed = with_slash;
}

static void remove_scratch(void)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);

	folder_remove(scratch, diag);
	diag_free(diag);
	arena_free(arena);
}

const char *fuzz_scratch(void)
{
	static char name[64];

	if (scratch)
		return scratch;
	strcpy(name, access("/dev/shm", W_OK) ? "/tmp/salespay-fuzz-XXXXXX" : "/dev/shm/salespay-fuzz-XXXXXX");
	scratch = mkdtemp(name);
	FUZZ_CHECK(scratch != NULL);
	atexit(remove_scratch);
	return scratch;
}

void fuzz_write(const char *path, const void *data, size_t size)
{
	int fd = __real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	FUZZ_CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	close(fd);
}

const char *fuzz_company(void)
{
	const char *folder = getenv("FUZZ_COMPANY");

	return folder ? folder : "build/fuzz/seeds/company";
}
