#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/file_fault.h"

/* A holder that is just beginning or ending has not written its number yet, or is about to let go. */
#define TRIES 20
#define PAUSE_US 5000

struct lock {
	int fd;
	char *path;
};

/* The file may have been removed between opening and locking it: then the lock is on nothing. */
static bool is_still_there(int fd, const char *path)
{
	struct stat ours, there;

	return !fstat(fd, &ours) && !stat(path, &there) && ours.st_dev == there.st_dev && ours.st_ino == there.st_ino;
}

/* The number in the file; "" where there is none yet. */
static void read_holder(int fd, char out[16])
{
	ssize_t got = pread(fd, out, 15, 0);

	out[got > 0 ? got : 0] = '\0';
	out[strspn(out, "0123456789")] = '\0';
}

static int write_holder(int fd)
{
	char number[16];
	int length = snprintf(number, sizeof(number), "%d\n", (int)getpid());

	if (ftruncate(fd, 0))
		return errno;
	for (int done = 0; done < length;) {
		ssize_t written = pwrite(fd, number + done, (size_t)(length - done), done);

		if (written < 0 && errno != EINTR)
			return errno;
		done += written > 0 ? (int)written : 0;
	}
	return 0;
}

/* 0 with *fd; EWOULDBLOCK with the holder's number, if it has one; or another errno. */
static int try_once(const char *path, int *fd, char holder[16])
{
	int error = 0;

	*holder = '\0';
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (*fd < 0)
		return errno;
	if (flock(*fd, LOCK_EX | LOCK_NB)) {
		error = errno;
		if (error == EWOULDBLOCK)
			read_holder(*fd, holder);
	} else if (!is_still_there(*fd, path)) {
		error = EWOULDBLOCK;
	} else {
		error = write_holder(*fd);
		if (error)
			unlink(path);
	}
	if (error)
		close(*fd);
	return error;
}

struct lock *lock_take(const char *folder, mode_t mode, struct diag *diag)
{
	char holder[16] = "";
	char *path = NULL;
	struct lock *lock;
	int error, fd = -1;

	if (!folder_make(folder, mode, diag))
		return NULL;
	if (asprintf(&path, "%s/.lock", folder) < 0)
		bug("out of memory");
	for (int i = 0; (error = try_once(path, &fd, holder)) == EWOULDBLOCK && !*holder && i < TRIES; i++)
		usleep(PAUSE_US);
	if (error == EWOULDBLOCK)
		diag_add(diag, MSG_LOCK_HELD, PLACE_NONE, folder, *holder ? holder : "?", NULL);
	else if (error)
		fault_writing(diag, path, error);
	if (error) {
		free(path);
		return NULL;
	}
	lock = malloc(sizeof(*lock));
	if (!lock)
		bug("out of memory");
	*lock = (struct lock){ fd, path };
	return lock;
}

void lock_drop(struct lock *lock)
{
	if (!lock)
		return;
	unlink(lock->path); /* while it is still ours: whoever opened it meanwhile sees that it is gone */
	close(lock->fd);
	free(lock->path);
	free(lock);
}
