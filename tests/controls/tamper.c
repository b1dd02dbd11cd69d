/*
 * Preloaded by tests/controls.py: what a run writes into one file is not what
 * comes back when the run reads it.
 *
 *     TAMPER_FILE=PART-OF-PATH TAMPER_FROM=TEXT TAMPER_TO=TEXT LD_PRELOAD=tamper.so salespay run
 *
 * In each file whose path has that part, the first place in a call's bytes that
 * reads FROM is written as TO. Without TAMPER_FROM the file is gone as soon as
 * it is closed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool path_of(int fd, char path[PATH_MAX])
{
	const char *wanted = getenv("TAMPER_FILE");
	char link[64];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, PATH_MAX - 1);
	path[length < 0 ? 0 : length] = '\0';
	return wanted && strstr(path, wanted);
}

ssize_t write(int fd, const void *data, size_t size)
{
	ssize_t (*next)(int, const void *, size_t) = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	const char *from = getenv("TAMPER_FROM"), *to = getenv("TAMPER_TO"), *at;
	char path[PATH_MAX];
	size_t before;

	if (!from || !to || !path_of(fd, path) || !(at = memmem(data, size, from, strlen(from))))
		return next(fd, data, size);
	before = (size_t)(at - (const char *)data);
	at += strlen(from);
	if (next(fd, data, before) < 0 || next(fd, to, strlen(to)) < 0 ||
		next(fd, at, size - before - strlen(from)) < 0)
		return -1;
	return (ssize_t)size;
}

int close(int fd)
{
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, "close");
	char path[PATH_MAX];
	bool gone = !getenv("TAMPER_FROM") && path_of(fd, path);
	int result = next(fd);

	if (gone)
		unlink(path);
	return result;
}
