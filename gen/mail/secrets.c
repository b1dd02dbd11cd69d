#include "mail/secrets.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/text.h"
#include "table/sheet.h"

#define SECRET_MIN 10 /* characters, of those that people choose */

static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz"; /* no 0 o 1 l i */
#define ALPHABET_SIZE (sizeof(alphabet) - 1)

bool secret_draw(char out[SECRET_SIZE])
{
	size_t count = 0;

	while (count < 14) {
		unsigned char byte;

		if (getrandom(&byte, 1, 0) != 1)
			return false;
		if (byte >= 256 - 256 % ALPHABET_SIZE)
			continue; /* or some would come more often */
		if (count == 4 || count == 9)
			out[count++] = '-';
		out[count++] = alphabet[byte % ALPHABET_SIZE];
	}
	out[count] = '\0';
	return true;
}

static int by_id(const void *a, const void *b)
{
	const struct secret *left = a, *right = b;

	return strcmp(left->id, right->id);
}

static bool is_own(const char *path, struct diag *diag)
{
	struct stat status;

	if (stat(path, &status) || !(status.st_mode & 077))
		return true;
	diag_add(diag, MSG_SECRETS_OPEN, (struct place){ .file = path }, path, NULL);
	return false;
}

/* Nothing of a row is ever quoted: messages end in logs. */
static bool check_rows(const struct secrets *secrets, struct diag *diag)
{
	size_t errors = diag_errors(diag);

	for (size_t i = 0; i < secrets->count; i++) {
		const struct secret *row = &secrets->rows[i];
		struct place place = { .file = secrets->path, .line = row->line };

		if (!*row->id || text_length(row->secret) < SECRET_MIN)
			diag_add(diag, MSG_SECRET_SHORT, place, row->id, NULL);
		if (i && !strcmp(secrets->rows[i - 1].id, row->id))
			diag_add(diag, MSG_SECRET_DOUBLED, place, row->id, NULL);
	}
	return diag_errors(diag) == errors;
}

bool secrets_read(struct secrets *secrets, const char *path, struct arena *arena, struct diag *diag)
{
	struct csv_sheet *sheet;
	struct secret *rows;
	int id, secret;

	*secrets = (struct secrets){ .path = path };
	if (!file_exists(path))
		return true;
	sheet = is_own(path, diag) ? csv_sheet_read(path, arena, diag) : NULL;
	if (!sheet)
		return false;
	id = csv_sheet_column(sheet, "id");
	secret = csv_sheet_column(sheet, "secret");
	if (id < 0 || secret < 0) {
		diag_add(diag, MSG_SECRETS_HEADER, (struct place){ .file = path, .line = 1 }, NULL);
		return false;
	}
	rows = arena_array(arena, sheet->row_count + 1, sizeof(*rows));
	for (size_t i = 0; i < sheet->row_count; i++)
		rows[i] = (struct secret){ csv_sheet_field(sheet, i, (size_t)id), "", csv_sheet_field(sheet, i, (size_t)secret), sheet->line[i] };
	qsort(rows, sheet->row_count, sizeof(*rows), by_id);
	*secrets = (struct secrets){ path, rows, sheet->row_count, sheet };
	return check_rows(secrets, diag);
}

const char *secrets_find(const struct secrets *secrets, const char *id)
{
	const struct secret key = { .id = id }, *found = NULL;

	if (secrets->count)
		found = bsearch(&key, secrets->rows, secrets->count, sizeof(*secrets->rows), by_id);
	return found ? found->secret : NULL;
}

/* As it was, whatever further columns somebody put in, and the new ones behind. */
static void put_old(struct text_buffer *text, const struct csv_sheet *sheet)
{
	for (size_t column = 0; column < sheet->column_count; column++)
		csv_put_field(text, sheet->header[column], !column);
	text_buffer_putc(text, '\n');
	for (size_t row = 0; row < sheet->row_count; row++) {
		for (size_t column = 0; column < sheet->column_count; column++)
			csv_put_field(text, csv_sheet_field(sheet, row, column), !column);
		text_buffer_putc(text, '\n');
	}
}

static void put_new(struct text_buffer *text, const struct csv_sheet *sheet, const struct secret *person)
{
	for (size_t column = 0; column < sheet->column_count; column++) {
		const char *name = sheet->header[column];

		csv_put_field(text, !strcmp(name, "id") ? person->id : !strcmp(name, "secret") ? person->secret :
			!strcmp(name, "name") ? person->name : "", !column);
	}
	text_buffer_putc(text, '\n');
}

bool secrets_add(struct secrets *secrets, struct secret *people, size_t count, struct arena *arena, struct diag *diag)
{
	static const char *header[] = { "id", "name", "secret" };
	const struct csv_sheet empty = { .header = header, .column_count = 3 };
	const struct csv_sheet *sheet = secrets->sheet ? secrets->sheet : &empty;
	struct text_buffer text = TEXT_BUFFER_INIT;
	bool ok = true;

	text_buffer_puts(&text, "\xEF\xBB\xBF"); /* or Excel garbles the names */
	put_old(&text, sheet);
	for (size_t i = 0; ok && i < count; i++) {
		char *drawn = arena_alloc(arena, SECRET_SIZE);

		ok = secret_draw(drawn);
		people[i].secret = drawn;
		put_new(&text, sheet, &people[i]);
	}
	if (!ok)
		diag_add(diag, MSG_NOT_RANDOM, PLACE_NONE, strerror(errno), NULL);
	ok = ok && file_replace(secrets->path, text.data, text.length, 0600, diag);
	text_buffer_release(&text);
	return ok && secrets_read(secrets, secrets->path, arena, diag);
}
