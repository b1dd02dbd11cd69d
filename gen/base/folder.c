#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/file_fault.h"
#include "base/text.h"

/* An existing folder (or a link to one) is fine. */
static bool make_one(const char *path, mode_t mode)
{
	return !mkdir(path, mode) || (errno == EEXIST && file_is_folder(path));
}

bool folder_make(const char *path, mode_t mode, struct diag *diag)
{
	char *copy = strdup(path);
	int error = 0;

	if (!copy)
		bug("out of memory");
	for (char *slash = strchr(copy + (*copy == '/'), '/'); slash && !error; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		/* Parents must let us in; only the last folder has the mode asked for. */
		if (*copy && !make_one(copy, mode | 0700))
			error = errno;
		*slash = '/';
	}
	if (!error && !make_one(path, mode))
		error = errno;
	free(copy);
	return error ? fault_making(diag, path, error) : true;
}

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *ftw)
{
	(void)status;
	(void)ftw;
	/* A folder that cannot be read comes as FTW_DNR; remove() then gives the reason. */
	(void)kind;
	return remove(path) ? errno : 0;
}

bool folder_remove(const char *path, struct diag *diag)
{
	int error;

	if (!file_exists(path))
		return true;
	error = nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	if (error < 0)
		error = errno;
	return error ? fault_removing(diag, path, error) : true;
}

const char **folder_list(const char *path, struct arena *arena, size_t *count, struct diag *diag)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	const char **names;
	size_t room = 32;

	*count = 0;
	if (!folder) {
		fault_listing(diag, path, errno);
		return NULL;
	}
	names = arena_array(arena, room, sizeof(*names));
	while (errno = 0, (entry = readdir(folder))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (*count == room) {
			names = arena_grow(arena, names, room, room * 2, sizeof(*names));
			room *= 2;
		}
		names[(*count)++] = arena_strdup(arena, entry->d_name);
	}
	if (errno) {
		fault_listing(diag, path, errno);
		names = NULL;
		*count = 0;
	}
	closedir(folder);
	if (names)
		qsort(names, *count, sizeof(*names), text_compare);
	return names;
}

bool folder_sync(const char *path, struct diag *diag)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = 0;

	if (fd < 0)
		return fault_syncing(diag, path, errno);
	if (syncfs(fd))
		error = errno;
	close(fd);
	return error ? fault_syncing(diag, path, error) : true;
}

/* Where the old folder waits between the two renames: hidden, beside the new one. */
static char *old_name(const char *final)
{
	const char *slash = strrchr(final, '/');
	size_t head = slash ? (size_t)(slash - final) + 1 : 0;
	char *name = NULL;

	if (asprintf(&name, "%.*s.%s.old", (int)head, final, final + head) < 0)
		bug("out of memory");
	return name;
}

bool folder_repair(const char *final, struct diag *diag)
{
	char *old = old_name(final);
	bool done = true;

	if (file_exists(old)) {
		if (file_exists(final))
			done = folder_remove(old, diag);
		else if (rename(old, final))
			done = fault_renaming(diag, old, final, errno);
	}
	free(old);
	return done;
}

/* For file systems that cannot exchange. Between the renames final is missing; folder_repair mends that. */
static bool swap_by_renames(const char *staged, const char *final, struct diag *diag)
{
	char *old = old_name(final);
	bool done = false;

	if (!folder_remove(old, diag))
		goto out;
	if (rename(final, old)) {
		fault_renaming(diag, final, old, errno);
		goto out;
	}
	if (rename(staged, final)) {
		int error = errno;

		if (rename(old, final))
			fault_renaming(diag, old, final, errno);
		fault_renaming(diag, staged, final, error);
		goto out;
	}
	done = file_sync_parent(final) || fault_syncing(diag, final, errno);
	if (done)
		done = folder_remove(old, diag);
out:
	free(old);
	return done;
}

bool folder_swap(const char *staged, const char *final, struct diag *diag)
{
	if (!file_exists(staged))
		return fault_renaming(diag, staged, final, ENOENT);
	if (!folder_repair(final, diag))
		return false;
	if (!file_exists(final)) {
		if (rename(staged, final))
			return fault_renaming(diag, staged, final, errno);
		return file_sync_parent(final) || fault_syncing(diag, final, errno);
	}
	if (!renameat2(AT_FDCWD, staged, AT_FDCWD, final, RENAME_EXCHANGE)) {
		if (!file_sync_parent(final))
			return fault_syncing(diag, final, errno);
		return folder_remove(staged, diag);
	}
	if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP)
		return fault_renaming(diag, staged, final, errno);
	return swap_by_renames(staged, final, diag);
}
