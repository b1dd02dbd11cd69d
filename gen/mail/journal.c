#include "mail/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/file_fault.h"
#include "base/map.h"
#include "base/text.h"
#include "books/seal.h"
#include "value/date.h"

#define SUM_LENGTH 16
#define REPLY_MAX 400 /* bytes of the server's words that are kept */

/* The first line names the columns. */
static const char first_line[] = "salespay mail journal 1\tstate\tperson\taddress\tattempt\tcode\treply\tslip\tsum\n";
enum column { COLUMN_WHEN, COLUMN_STATE, COLUMN_PERSON, COLUMN_ADDRESS, COLUMN_ATTEMPT, COLUMN_CODE, COLUMN_REPLY, COLUMN_SLIP,
	COLUMN_SUM, COLUMNS };

struct journal {
	struct arena *arena;
	const char *path;
	int fd; /* -1: only read, or an addition failed */
	char sum[SUM_LENGTH + 1]; /* of the last line */
	off_t size; /* of what is good */
	struct map *standings; /* by slip and person */
	struct mail_standing **rows;
	size_t count;
};

/* ---- lines ---- */

/* The first characters of the sum over the line before, by its own sum, and this one up to its own. */
static void chain_sum(const char *before, const char *line, size_t length, char out[SUM_LENGTH + 1])
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	char sum[65];

	text_buffer_printf(&text, "%s\t", before);
	text_buffer_add(&text, line, length);
	bytes_sha256(text.data, text.length, sum);
	text_buffer_release(&text);
	snprintf(out, SUM_LENGTH + 1, "%.*s", SUM_LENGTH, sum);
}

/* As it may stand between two tabs. */
static const char *cleaned(struct arena *arena, const char *text, size_t most)
{
	struct text_buffer out = TEXT_BUFFER_INIT;
	size_t length = strlen(text);
	const char *clean;

	diag_clean(&out, text, length < most ? length : most);
	clean = text_buffer_take(&out, arena);
	text_buffer_release(&out);
	return clean;
}

static const char *key_of(struct arena *arena, const char *id, const char *slip_sha256)
{
	return arena_printf(arena, "%s %s", slip_sha256, id);
}

static void take_standing(struct journal *journal, const struct mail_standing *standing)
{
	const char *key = key_of(journal->arena, standing->id, standing->slip_sha256);
	struct mail_standing *known = map_get(journal->standings, key);
	int attempts = known && known->attempts > standing->attempts ? known->attempts : standing->attempts;

	if (!known) {
		known = arena_alloc(journal->arena, sizeof(*known));
		journal->rows = arena_append(journal->arena, journal->rows, journal->count, sizeof(*journal->rows));
		journal->rows[journal->count++] = known;
		map_put(journal->standings, key, known);
	}
	*known = *standing;
	known->attempts = attempts;
}

/* False if the line is none of the journal's, or does not follow from the one before. */
static bool take_line(struct journal *journal, char *line)
{
	struct mail_standing standing = { .state = MAIL_QUEUED };
	char *fields[COLUMNS], sum[SUM_LENGTH + 1];
	size_t state = 0;

	for (int i = 0; i < COLUMNS; i++) {
		fields[i] = line;
		line += strcspn(line, "\t");
		if ((*line == '\t') != (i + 1 < COLUMNS))
			return false;
		if (i + 1 == COLUMN_SUM)
			chain_sum(journal->sum, fields[0], (size_t)(line - fields[0]), sum);
		if (*line)
			line++;
	}
	if (strcmp(fields[COLUMN_SUM], sum) != 0)
		return false;
	for (int i = 0; i + 1 < COLUMNS; i++)
		fields[i][strcspn(fields[i], "\t")] = '\0';
	while (state < MAIL_STATES && strcmp(fields[COLUMN_STATE], mail_state_word((enum mail_state)state)) != 0)
		state++;
	if (state == MAIL_STATES)
		return false;
	memcpy(journal->sum, sum, sizeof(sum));
	standing = (struct mail_standing){ .id = fields[COLUMN_PERSON], .slip_sha256 = fields[COLUMN_SLIP], .state = (enum mail_state)state,
		.address = fields[COLUMN_ADDRESS], .when = fields[COLUMN_WHEN], .reply = *fields[COLUMN_REPLY] ? fields[COLUMN_REPLY] : NULL,
		.code = atoi(fields[COLUMN_CODE]), .attempts = atoi(fields[COLUMN_ATTEMPT]) };
	take_standing(journal, &standing);
	return true;
}

/* Local time, since clerks read it, with its distance from UTC. */
static const char *now(struct arena *arena)
{
	time_t seconds = time(NULL);
	struct tm parts;
	char day[32], zone[8];

	localtime_r(&seconds, &parts);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &parts);
	strftime(zone, sizeof(zone), "%z", &parts);
	return arena_printf(arena, "%s%.3s:%s", day, zone, zone + 3);
}

static void put_line(struct journal *journal, struct text_buffer *out, const struct journal_record *record, char sum[SUM_LENGTH + 1],
	struct mail_standing *standing)
{
	struct arena *arena = journal->arena;
	size_t start = out->length;

	*standing = (struct mail_standing){ .id = cleaned(arena, record->id, SIZE_MAX), .slip_sha256 = arena_strdup(arena, record->slip_sha256),
		.state = record->state, .address = cleaned(arena, record->address, SIZE_MAX), .when = now(arena),
		.reply = record->reply && *record->reply ? cleaned(arena, record->reply, REPLY_MAX) : NULL, .code = record->code,
		.attempts = record->attempt };
	text_buffer_printf(out, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s", standing->when, mail_state_word(standing->state), standing->id,
		standing->address, standing->attempts, standing->code, standing->reply ? standing->reply : "", standing->slip_sha256);
	chain_sum(sum, out->data + start, out->length - start, sum);
	text_buffer_printf(out, "\t%s\n", sum);
}

/* ---- the file ---- */

/* A crash leaves a line without its end, or blocks of zeros where the disk had not got its bytes yet. */
static bool is_torn(const char *line, size_t length, bool ended)
{
	return !ended || memchr(line, '\0', length);
}

/* Up to the first line that is not well; torn: that line is the last, and a crash's. */
static bool take_lines(struct journal *journal, const struct file_bytes *bytes, bool *torn, struct diag *diag)
{
	struct place place = { .file = journal->path };

	*torn = false;
	for (size_t at = 0, next; at < bytes->size; at = next) {
		const char *line = bytes->data + at, *end = memchr(line, '\n', bytes->size - at);
		size_t length = end ? (size_t)(end - line) : bytes->size - at;
		bool good;

		next = at + length + !!end;
		place.line++;
		if (is_torn(line, length, end) && next == bytes->size) {
			*torn = true;
			return true;
		}
		good = at ? take_line(journal, arena_strndup(journal->arena, line, length)) :
			    !strncmp(line, first_line, sizeof(first_line) - 1);
		if (!good) {
			diag_add(diag, MSG_JOURNAL_BROKEN, place, NULL);
			return false;
		}
		journal->size = (off_t)next;
	}
	return true;
}

static struct journal *journal_new(const char *records, int32_t month, struct arena *arena, struct diag *diag)
{
	struct journal *journal = arena_alloc(arena, sizeof(*journal));
	char name[8], seal[65];

	journal->arena = arena;
	journal->path = arena_printf(arena, "%s/%s/" MAIL_FOLDER "/" JOURNAL_FILE, records, month_format(month, name));
	journal->fd = -1;
	if (!file_sha256(seal_path(records, month, arena), seal, diag))
		return NULL;
	snprintf(journal->sum, sizeof(journal->sum), "%.*s", SUM_LENGTH, seal);
	journal->standings = map_new();
	return journal;
}

void journal_close(struct journal *journal)
{
	if (!journal)
		return;
	if (journal->fd >= 0)
		close(journal->fd);
	map_free(journal->standings);
}

static bool mend(struct journal *journal, struct diag *diag)
{
	struct place place = { .file = journal->path };

	if (ftruncate(journal->fd, journal->size) || fsync(journal->fd))
		return fault_writing(diag, journal->path, errno);
	diag_add(diag, MSG_JOURNAL_MENDED, place, NULL);
	return true;
}

static bool open_to_add(struct journal *journal, struct diag *diag)
{
	bool torn = false, there = file_exists(journal->path);
	struct file_bytes bytes;

	if (there && (!file_read(journal->path, journal->arena, &bytes, diag) || !take_lines(journal, &bytes, &torn, diag)))
		return false;
	journal->fd = open(journal->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (journal->fd < 0)
		return fault_writing(diag, journal->path, errno);
	if (!there && !file_sync_parent(journal->path))
		return fault_syncing(diag, journal->path, errno);
	return !torn || mend(journal, diag);
}

struct journal *journal_open(const char *records, int32_t month, struct arena *arena, struct diag *diag)
{
	struct journal *journal = journal_new(records, month, arena, diag);
	const char *folder;
	char name[8];

	if (!journal)
		return NULL;
	folder = arena_printf(arena, "%s/%s/" MAIL_FOLDER, records, month_format(month, name));
	if (folder_make(folder, 0700, diag) && (file_sync_parent(folder) || fault_syncing(diag, folder, errno)) && open_to_add(journal, diag))
		return journal;
	journal_close(journal);
	return NULL;
}

const struct mail_standing *journal_standing(const struct journal *journal, const char *id, const char *slip_sha256)
{
	return map_get(journal->standings, key_of(journal->arena, cleaned(journal->arena, id, SIZE_MAX), slip_sha256));
}

/* 0, or why not all of it is on the disk. */
static int write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno != EINTR)
			return errno;
		data += written > 0 ? written : 0;
		size -= written > 0 ? (size_t)written : 0;
	}
	return fsync(fd) ? errno : 0;
}

/* What was written of it goes again; where even that fails, the next opening finds the torn line. */
static bool take_back(struct journal *journal, int error, struct diag *diag)
{
	if (ftruncate(journal->fd, journal->size) || fsync(journal->fd)) {
		close(journal->fd);
		journal->fd = -1;
	}
	return fault_writing(diag, journal->path, error);
}

bool journal_add(struct journal *journal, const struct journal_record *records, size_t count, struct diag *diag)
{
	struct mail_standing *standings = arena_array(journal->arena, count + 1, sizeof(*standings));
	struct text_buffer out = TEXT_BUFFER_INIT;
	char sum[SUM_LENGTH + 1];
	int error;

	if (!count)
		return true;
	if (!journal->size)
		text_buffer_puts(&out, first_line);
	memcpy(sum, journal->sum, sizeof(sum));
	for (size_t i = 0; i < count; i++)
		put_line(journal, &out, &records[i], sum, &standings[i]);
	error = journal->fd < 0 ? EBADF : write_all(journal->fd, out.data, out.length);
	if (!error) {
		journal->size += (off_t)out.length;
		memcpy(journal->sum, sum, sizeof(sum));
		for (size_t i = 0; i < count; i++)
			take_standing(journal, &standings[i]);
	}
	text_buffer_release(&out);
	return !error || take_back(journal, error, diag);
}

/* ---- for whoever only looks ---- */

static int by_person(const void *a, const void *b)
{
	const struct mail_standing *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : strcmp(x->slip_sha256, y->slip_sha256);
}

bool mail_journal_states(const char *records, int32_t month, struct mail_standings *out, struct arena *arena, struct diag *diag)
{
	struct journal *journal;
	struct file_bytes bytes;
	char name[8];
	bool torn, ok;

	*out = (struct mail_standings){ NULL, 0 };
	if (!file_exists(arena_printf(arena, "%s/%s/" MAIL_FOLDER "/" JOURNAL_FILE, records, month_format(month, name))))
		return true;
	journal = journal_new(records, month, arena, diag);
	if (!journal)
		return false;
	ok = file_read(journal->path, arena, &bytes, diag) && take_lines(journal, &bytes, &torn, diag);
	out->rows = arena_array(arena, journal->count + 1, sizeof(*out->rows));
	for (size_t i = 0; ok && i < journal->count; i++)
		out->rows[out->count++] = *journal->rows[i];
	qsort(out->rows, out->count, sizeof(*out->rows), by_person);
	journal_close(journal);
	return ok;
}
