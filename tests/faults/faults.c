/*
 * Preloaded by tests/faults.py: the n-th call of one kind that changes files
 * below $FAULT_ROOT fails, is cut short, kills or stops the process. Calls are
 * counted over all processes of a run, in a file of counters that they share:
 *
 *     FAULT_ROOT=DIR FAULT_COUNTS=FILE FAULT_AT=KIND:N:HOW [FAULT_NO_EXCHANGE=1] LD_PRELOAD=faults.so salespay run
 *
 * HOW: an errno's name (that one call fails), "full" (it and all later ones that
 * need room say ENOSPC), "short" (half is written), "shortfull" (half is
 * written, then the disk is full), "kill", "stop". Reading is never disturbed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { OPEN, WRITE, FSYNC, SYNCFS, RENAME, UNLINK, MKDIR, LINK, KINDS };
static const char *const kinds[] = { "open", "write", "fsync", "syncfs", "rename", "unlink", "mkdir", "link" };

static struct shared {
	atomic_long counts[KINDS];
	atomic_int full;
} *shared;

static const char *root;
static bool no_exchange;
static int kind_wanted = -1, error_wanted;
static long at_wanted;
static char how_wanted[16];

static void *next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	return found;
}
#define NEXT(type, name) ((type)next(name))

__attribute__((constructor)) static void begin(void)
{
	static const struct { const char *name; int value; } errors[] = { { "EIO", EIO }, { "EACCES", EACCES }, { "ENOSPC", ENOSPC },
		{ "EINTR", EINTR }, { "EDQUOT", EDQUOT } };
	const char *path = getenv("FAULT_COUNTS"), *wanted = getenv("FAULT_AT");
	char kind[16];
	int fd;

	root = getenv("FAULT_ROOT");
	no_exchange = getenv("FAULT_NO_EXCHANGE") != NULL;
	if (!root || !path)
		return;
	fd = NEXT(int (*)(const char *, int, ...), "open")(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		abort();
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (shared == MAP_FAILED)
		abort();
	close(fd);
	if (!wanted || sscanf(wanted, "%15[a-z]:%ld:%15s", kind, &at_wanted, how_wanted) != 3)
		return;
	for (int i = 0; i < KINDS; i++)
		if (!strcmp(kinds[i], kind))
			kind_wanted = i;
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (!strcmp(errors[i].name, how_wanted))
			error_wanted = errors[i].value;
}

static bool is_below(const char *path)
{
	return shared && path && !strncmp(path, root, strlen(root));
}

static bool fd_is_below(int fd)
{
	char link[64], path[PATH_MAX];
	ssize_t length;

	if (!shared)
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length < 0)
		return false;
	path[length] = '\0';
	return is_below(path);
}

static bool needs_room(enum kind kind)
{
	return kind == OPEN || kind == WRITE || kind == MKDIR || kind == LINK;
}

/* False: the call is to fail with errno; *cut: only half of it is to be done. */
static bool may(enum kind kind, bool *cut)
{
	long n = atomic_fetch_add(&shared->counts[kind], 1) + 1;

	if (atomic_load(&shared->full) && needs_room(kind)) {
		errno = ENOSPC;
		return false;
	}
	if ((int)kind != kind_wanted || n != at_wanted)
		return true;
	if (!strcmp(how_wanted, "kill"))
		kill(getpid(), SIGKILL);
	if (!strcmp(how_wanted, "stop"))
		kill(getpid(), SIGSTOP);
	if (!strncmp(how_wanted, "short", 5) && cut)
		*cut = true;
	if (!strcmp(how_wanted, "shortfull"))
		atomic_store(&shared->full, 1);
	if (!strcmp(how_wanted, "full")) {
		atomic_store(&shared->full, 1);
		errno = ENOSPC;
		return false;
	}
	errno = error_wanted;
	return !error_wanted;
}

static bool writes(int flags)
{
	return (flags & O_ACCMODE) != O_RDONLY || flags & O_CREAT;
}

#define OPEN_AS(name) \
	int name(const char *path, int flags, ...) \
	{ \
		va_list list; \
		mode_t mode; \
		\
		va_start(list, flags); \
		mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; \
		va_end(list); \
		if (is_below(path) && writes(flags) && !may(OPEN, NULL)) \
			return -1; \
		return NEXT(int (*)(const char *, int, ...), #name)(path, flags, mode); \
	}
OPEN_AS(open)
OPEN_AS(open64)

#define OPENAT_AS(name) \
	int name(int folder, const char *path, int flags, ...) \
	{ \
		va_list list; \
		mode_t mode; \
		\
		va_start(list, flags); \
		mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; \
		va_end(list); \
		if ((is_below(path) || (*path != '/' && fd_is_below(folder))) && writes(flags) && !may(OPEN, NULL)) \
			return -1; \
		return NEXT(int (*)(int, const char *, int, ...), #name)(folder, path, flags, mode); \
	}
OPENAT_AS(openat)
OPENAT_AS(openat64)

/* stdio opens within the C library: nobody here writes files through it, and this would say so. */
#define FOPEN_AS(name) \
	FILE *name(const char *path, const char *mode) \
	{ \
		if (is_below(path) && strpbrk(mode, "wa+")) { \
			fprintf(stderr, "faults.c: " #name " to write '%s' goes past the counted calls\n", path); \
			abort(); \
		} \
		return NEXT(FILE *(*)(const char *, const char *), #name)(path, mode); \
	}
FOPEN_AS(fopen)
FOPEN_AS(fopen64)

ssize_t write(int fd, const void *data, size_t size)
{
	bool cut = false;

	if (fd_is_below(fd) && !may(WRITE, &cut))
		return -1;
	return NEXT(ssize_t (*)(int, const void *, size_t), "write")(fd, data, cut && size > 1 ? size / 2 : size);
}

#define PWRITE_AS(name) \
	ssize_t name(int fd, const void *data, size_t size, off_t at) \
	{ \
		bool cut = false; \
		\
		if (fd_is_below(fd) && !may(WRITE, &cut)) \
			return -1; \
		return NEXT(ssize_t (*)(int, const void *, size_t, off_t), #name)(fd, data, cut && size > 1 ? size / 2 : size, at); \
	}
PWRITE_AS(pwrite)
PWRITE_AS(pwrite64)

#define FD_AS(name, kind) \
	int name(int fd) \
	{ \
		if (fd_is_below(fd) && !may(kind, NULL)) \
			return -1; \
		return NEXT(int (*)(int), #name)(fd); \
	}
FD_AS(fsync, FSYNC)
FD_AS(fdatasync, FSYNC)
FD_AS(syncfs, SYNCFS)

int rename(const char *from, const char *to)
{
	if (is_below(to) && !may(RENAME, NULL))
		return -1;
	return NEXT(int (*)(const char *, const char *), "rename")(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags)
{
	if (is_below(to) && flags && no_exchange) {
		errno = EINVAL;
		return -1;
	}
	if (is_below(to) && !may(RENAME, NULL))
		return -1;
	return NEXT(int (*)(int, const char *, int, const char *, unsigned), "renameat2")(a, from, b, to, flags);
}

#define PATH_AS(name, kind) \
	int name(const char *path) \
	{ \
		if (is_below(path) && !may(kind, NULL)) \
			return -1; \
		return NEXT(int (*)(const char *), #name)(path); \
	}
PATH_AS(unlink, UNLINK)
PATH_AS(rmdir, UNLINK)
PATH_AS(remove, UNLINK)

int unlinkat(int folder, const char *path, int flags)
{
	if ((is_below(path) || (*path != '/' && fd_is_below(folder))) && !may(UNLINK, NULL))
		return -1;
	return NEXT(int (*)(int, const char *, int), "unlinkat")(folder, path, flags);
}

int mkdir(const char *path, mode_t mode)
{
	if (is_below(path) && !may(MKDIR, NULL))
		return -1;
	return NEXT(int (*)(const char *, mode_t), "mkdir")(path, mode);
}

int symlink(const char *target, const char *path)
{
	if (is_below(path) && !may(LINK, NULL))
		return -1;
	return NEXT(int (*)(const char *, const char *), "symlink")(target, path);
}
