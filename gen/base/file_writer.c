#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bug.h"
#include "base/file.h"
#include "base/file_fault.h"

#define BUFFER_SIZE ((size_t)64 * 1024)

struct file_writer {
	char *path;
	int fd; /* -1: could not be opened */
	int error; /* the first errno, 0 while all is well */
	bool ours; /* a regular file, to be removed if it fails; never a device */
	size_t length;
	char buffer[BUFFER_SIZE];
};

struct file_writer *file_writer_new(const char *path, mode_t mode)
{
	struct file_writer *writer = malloc(sizeof(*writer));
	struct stat status;

	if (!writer || !(writer->path = strdup(path)))
		bug("out of memory");
	writer->length = 0;
	writer->error = 0;
	writer->ours = false;
	writer->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
	if (writer->fd < 0 || fstat(writer->fd, &status))
		writer->error = errno;
	else
		writer->ours = S_ISREG(status.st_mode);
	return writer;
}

static void write_out(struct file_writer *writer, const char *data, size_t size)
{
	while (size && !writer->error) {
		ssize_t written = write(writer->fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0) {
			writer->error = errno;
			return;
		}
		data += written;
		size -= (size_t)written;
	}
}

static void flush(struct file_writer *writer)
{
	write_out(writer, writer->buffer, writer->length);
	writer->length = 0;
}

void file_write(struct file_writer *writer, const void *data, size_t size)
{
	if (writer->error || !size)
		return;
	if (size > BUFFER_SIZE - writer->length)
		flush(writer);
	if (size > BUFFER_SIZE) {
		write_out(writer, data, size);
		return;
	}
	memcpy(writer->buffer + writer->length, data, size);
	writer->length += size;
}

void file_puts(struct file_writer *writer, const char *text)
{
	file_write(writer, text, strlen(text));
}

void file_printf(struct file_writer *writer, const char *format, ...)
{
	va_list arguments;
	char *text = NULL;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		bug("cannot format '%s'", format);
	file_write(writer, text, (size_t)length);
	free(text);
}

bool file_writer_failed(const struct file_writer *writer)
{
	return writer->error != 0;
}

static void release(struct file_writer *writer)
{
	free(writer->path);
	free(writer);
}

bool file_writer_commit(struct file_writer *writer, struct diag *diag)
{
	bool done;

	flush(writer);
	/* A network file system may tell only here that nothing was stored. */
	if (writer->fd >= 0 && close(writer->fd) && !writer->error)
		writer->error = errno;
	done = !writer->error;
	if (!done) {
		if (writer->ours)
			unlink(writer->path);
		fault_writing(diag, writer->path, writer->error);
	}
	release(writer);
	return done;
}

void file_writer_abort(struct file_writer *writer)
{
	if (!writer)
		return;
	if (writer->fd >= 0)
		close(writer->fd);
	if (writer->ours)
		unlink(writer->path);
	release(writer);
}
