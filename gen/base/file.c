#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file_fault.h"
#include "base/sha256.h"
#include "base/text.h"

/* Reads until the end or an error (then its errno, else 0); a pipe or /proc file has no size beforehand. */
static int read_all(int fd, size_t expected, struct arena *arena, struct file_bytes *out)
{
	size_t room = expected + 1, size = 0;
	char *data = arena_alloc(arena, room + 1);

	for (;;) {
		ssize_t got = read(fd, data + size, room - size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			break;
		size += (size_t)got;
		if (size == room) {
			data = arena_grow(arena, data, size, room * 2 + 4096, 1);
			room = room * 2 + 4095;
		}
	}
	data[size] = '\0';
	*out = (struct file_bytes){ data, size };
	return 0;
}

static int open_to_read(const char *path, struct stat *status)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error;

	if (fd < 0)
		return -1;
	if (!fstat(fd, status) && !S_ISDIR(status->st_mode))
		return fd;
	error = S_ISDIR(status->st_mode) ? EISDIR : errno;
	close(fd);
	errno = error;
	return -1;
}

bool file_read(const char *path, struct arena *arena, struct file_bytes *out, struct diag *diag)
{
	struct stat status = { 0 };
	int fd = open_to_read(path, &status);
	int error;

	if (fd < 0)
		return fault_reading(diag, path, errno);
	error = read_all(fd, S_ISREG(status.st_mode) ? (size_t)status.st_size : 0, arena, out);
	close(fd);
	return error ? fault_reading(diag, path, error) : true;
}

bool file_exists(const char *path)
{
	struct stat status;

	return !lstat(path, &status);
}

bool file_is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

const char *file_real_path(const char *path, struct arena *arena)
{
	char *real = realpath(path, NULL);
	const char *kept = real ? arena_strdup(arena, real) : NULL;

	free(real);
	return kept;
}

bool file_sync_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *parent = slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : strdup(".");
	int fd, error = 0;

	if (!parent)
		bug("out of memory");
	fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(parent);
	if (fd < 0)
		return false;
	/* Some file systems cannot sync a folder and say EINVAL: nothing more can be done there. */
	if (fsync(fd) && errno != EINVAL)
		error = errno;
	close(fd);
	errno = error;
	return !error;
}

/* The new file stands complete beside its place before the name changes. */
static bool write_beside(const char *path, const char *beside, const void *data, size_t size, mode_t mode,
	struct diag *diag)
{
	struct file_writer *writer = file_writer_new(beside, mode);
	int fd, error = 0;

	file_write(writer, data, size);
	if (!file_writer_commit(writer, diag))
		return false;
	fd = open(beside, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fsync(fd))
		error = errno;
	if (fd >= 0)
		close(fd);
	if (!error && rename(beside, path))
		error = errno;
	if (!error)
		return true;
	unlink(beside);
	return fault_writing(diag, path, error);
}

bool file_replace(const char *path, const void *data, size_t size, mode_t mode, struct diag *diag)
{
	const char *slash = strrchr(path, '/');
	int head = slash ? (int)(slash - path) + 1 : 0;
	struct text_buffer beside = TEXT_BUFFER_INIT;
	bool done;

	text_buffer_printf(&beside, "%.*s.%s.new", head, path, path + head);
	done = write_beside(path, beside.data, data, size, mode, diag);
	text_buffer_release(&beside);
	if (!done)
		return false;
	return file_sync_parent(path) || fault_syncing(diag, path, errno);
}

typedef void bytes_fn(void *context, const void *data, size_t size);

/* A whole file in pieces, so that its size does not matter. */
static bool read_pieces(const char *path, bytes_fn *take, void *context, struct diag *diag)
{
	struct stat status = { 0 };
	int fd = open_to_read(path, &status);
	char piece[32768];
	ssize_t got;

	if (fd < 0)
		return fault_reading(diag, path, errno);
	do {
		got = read(fd, piece, sizeof(piece));
		if (got > 0)
			take(context, piece, (size_t)got);
	} while (got > 0 || (got < 0 && errno == EINTR));
	if (got < 0)
		fault_reading(diag, path, errno);
	close(fd);
	return got == 0;
}

static void copy_piece(void *context, const void *data, size_t size)
{
	file_write(context, data, size);
}

bool file_copy(const char *from, const char *to, mode_t mode, struct diag *diag)
{
	struct file_writer *writer;

	/* Look first: a missing source must not leave an empty copy or spoil an old one. */
	if (access(from, R_OK))
		return fault_reading(diag, from, errno);
	writer = file_writer_new(to, mode);
	if (!read_pieces(from, copy_piece, writer, diag)) {
		file_writer_abort(writer);
		return false;
	}
	return file_writer_commit(writer, diag);
}

bool file_sha256(const char *path, char out[65], struct diag *diag)
{
	struct sha256 *sha256 = sha256_new();
	bool done = read_pieces(path, sha256_piece, sha256, diag);

	sha256_finish(sha256, out);
	return done;
}
