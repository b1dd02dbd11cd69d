#include "base/work.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/diag.h"
#include "base/file_fault.h"
#include "base/text.h"

/* Small enough that all workers end together, large enough that the counter costs nothing. */
#define BLOCKS_PER_WORKER 16
#define LARGEST_BLOCK 64

struct worker {
	pid_t pid;
	int pipe; /* -1 when read to its end */
	struct text_buffer heard; /* one byte 'y' or 'n' (all items done?), then the pack */
};

struct job {
	size_t count;
	size_t block;
	work_fn *work;
	void *context;
	atomic_size_t *next; /* shared by all workers */
};

static bool run_items(const struct job *job, struct diag *diag)
{
	bool done = true;

	for (;;) {
		size_t from = atomic_fetch_add(job->next, job->block);

		if (from >= job->count)
			return done;
		for (size_t i = from; i < job->count && i < from + job->block; i++)
			done &= job->work(job->context, i, diag);
	}
}

static void write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			_exit(1);
		data += written;
		size -= (size_t)written;
	}
}

static _Noreturn void be_worker(const struct job *job, int fd)
{
	struct arena *arena = arena_new();
	struct diag *diag = diag_new(arena);
	size_t size;
	char *pack;
	bool done;

	/* A killed parent must not leave workers that go on writing into its staging folder. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	done = run_items(job, diag);
	pack = diag_pack(diag, &size);
	write_all(fd, done ? "y" : "n", 1);
	write_all(fd, pack, size);
	/* The parent's buffers, handlers and temporary files are not ours to flush or remove. */
	_exit(0);
}

static bool start(struct worker *workers, size_t index, const struct job *job)
{
	struct worker *worker = &workers[index];
	int ends[2];

	*worker = (struct worker){ .pipe = -1 };
	if (pipe(ends))
		return false;
	worker->pid = fork();
	if (worker->pid < 0) {
		int error = errno;

		close(ends[0]);
		close(ends[1]);
		errno = error;
		return false;
	}
	if (!worker->pid) {
		close(ends[0]);
		for (size_t i = 0; i < index; i++)
			close(workers[i].pipe);
		be_worker(job, ends[1]);
	}
	close(ends[1]);
	worker->pipe = ends[0];
	return true;
}

/* All pipes at once: a worker whose pipe is full waits for us. */
static void hear_all(struct worker *workers, size_t count)
{
	struct pollfd *fds = calloc(count, sizeof(*fds));
	char piece[16384];
	size_t open = count;

	if (!fds)
		bug("out of memory");
	for (size_t i = 0; i < count; i++)
		fds[i] = (struct pollfd){ .fd = workers[i].pipe, .events = POLLIN };
	while (open) {
		if (poll(fds, count, -1) < 0) {
			if (errno == EINTR)
				continue;
			bug("poll: %s", fault_text(errno));
		}
		for (size_t i = 0; i < count; i++) {
			ssize_t got;

			if (fds[i].fd < 0 || !fds[i].revents)
				continue;
			got = read(fds[i].fd, piece, sizeof(piece));
			if (got > 0) {
				text_buffer_add(&workers[i].heard, piece, (size_t)got);
			} else if (got == 0 || errno != EINTR) {
				close(fds[i].fd);
				fds[i].fd = workers[i].pipe = -1;
				open--;
			}
		}
	}
	free(fds);
}

static bool report_death(struct diag *diag, int status)
{
	char reason[64];

	if (WIFSIGNALED(status))
		snprintf(reason, sizeof(reason), "signal %d (SIG%s)", WTERMSIG(status),
			sigabbrev_np(WTERMSIG(status)) ? sigabbrev_np(WTERMSIG(status)) : "?");
	else
		snprintf(reason, sizeof(reason), "exit status %d", WEXITSTATUS(status));
	diag_add(diag, MSG_WORKER_DIED, PLACE_NONE, reason, NULL);
	return false;
}

static bool finish(struct worker *worker, struct diag *diag)
{
	int status = 0;
	bool done;

	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status) || !worker->heard.length) {
		text_buffer_release(&worker->heard);
		return report_death(diag, status);
	}
	done = worker->heard.data[0] == 'y';
	diag_unpack(diag, worker->heard.data + 1, worker->heard.length - 1);
	text_buffer_release(&worker->heard);
	return done;
}

static bool run_workers(struct worker *workers, size_t wanted, const struct job *job, struct diag *diag)
{
	size_t count = 0;
	bool done = true;

	/* What is buffered now would be written once by each worker. */
	fflush(NULL);
	while (count < wanted && start(workers, count, job))
		count++;
	if (!count) {
		diag_add(diag, MSG_WORKER_START_FAILED, PLACE_NONE, fault_text(errno), NULL);
		return false;
	}
	hear_all(workers, count);
	for (size_t i = 0; i < count; i++)
		done &= finish(&workers[i], diag);
	return done;
}

bool work_run(int jobs, size_t count, work_fn *work, void *context, struct diag *diag)
{
	struct job job = { count, 1, work, context, NULL };
	size_t wanted = jobs < 1 ? 1 : (size_t)jobs;
	struct worker *workers;
	atomic_size_t own;
	bool done;

	if (wanted > count)
		wanted = count;
	if (wanted < 2) {
		atomic_init(&own, 0);
		job.next = &own;
		return run_items(&job, diag);
	}
	job.block = count / (wanted * BLOCKS_PER_WORKER);
	job.block = job.block < 1 ? 1 : job.block > LARGEST_BLOCK ? LARGEST_BLOCK : job.block;
	job.next = work_memory_new(sizeof(*job.next));
	workers = calloc(wanted, sizeof(*workers));
	if (!workers)
		bug("out of memory for %zu workers", wanted);
	done = run_workers(workers, wanted, &job, diag);
	free(workers);
	work_memory_free(job.next, sizeof(*job.next));
	return done;
}

void *work_memory_new(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		bug("out of memory for %zu bytes shared by workers", size);
	return memory;
}

void work_memory_free(void *memory, size_t size)
{
	if (memory)
		munmap(memory, size);
}

int work_cores(void)
{
	cpu_set_t set;
	int count = 1;

	if (!sched_getaffinity(0, sizeof(set), &set))
		count = CPU_COUNT(&set);
	return count < 1 ? 1 : count;
}
