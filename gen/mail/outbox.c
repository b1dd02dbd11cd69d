#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "mail/envelope.h"
#include "table/sheet.h"

static const char *const columns[] = { "id", "name", "address", "message_id", "slip_sha256", "eml", "eml_sha256" };
#define COLUMN_COUNT (sizeof(columns) / sizeof(columns[0]))

static const char *list_path(const struct outbox *outbox, struct arena *arena)
{
	return arena_printf(arena, "%s/" OUTBOX_LIST, outbox->folder);
}

bool outbox_write(const struct outbox *outbox, struct diag *diag)
{
	struct arena *arena = arena_new();
	struct file_writer *writer = file_writer_new(list_path(outbox, arena), 0600);
	bool ok;

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		csv_write_field(writer, columns[i], !i);
	csv_write_end(writer);
	for (size_t i = 0; i < outbox->count; i++) {
		const struct envelope *envelope = &outbox->envelopes[i];

		csv_write_field(writer, envelope->id, true);
		csv_write_field(writer, envelope->name, false);
		csv_write_field(writer, envelope->address, false);
		csv_write_field(writer, envelope->message_id, false);
		csv_write_field(writer, envelope->slip_sha256, false);
		csv_write_field(writer, strrchr(envelope->eml, '/') + 1, false);
		csv_write_field(writer, envelope->eml_sha256, false);
		csv_write_end(writer);
	}
	ok = file_writer_commit(writer, diag);
	arena_free(arena);
	return ok;
}

static bool has_columns(const struct csv_sheet *sheet, struct diag *diag)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (i >= sheet->column_count || strcmp(sheet->header[i], columns[i]) != 0) {
			diag_add(diag, MSG_OUTBOX_CHANGED, (struct place){ .file = sheet->path, .line = 1 }, NULL);
			return false;
		}
	return true;
}

bool outbox_read(struct outbox *outbox, struct arena *arena, struct diag *diag)
{
	const struct csv_sheet *sheet = csv_sheet_read(list_path(outbox, arena), arena, diag);
	struct envelope *envelopes;

	if (!sheet || !has_columns(sheet, diag))
		return false;
	envelopes = arena_array(arena, sheet->row_count + 1, sizeof(*envelopes));
	for (size_t i = 0; i < sheet->row_count; i++)
		envelopes[i] = (struct envelope){ csv_sheet_field(sheet, i, 0), csv_sheet_field(sheet, i, 1), csv_sheet_field(sheet, i, 2),
			csv_sheet_field(sheet, i, 3), csv_sheet_field(sheet, i, 4),
			arena_printf(arena, "%s/%s", outbox->folder, csv_sheet_field(sheet, i, 5)), csv_sheet_field(sheet, i, 6) };
	outbox->envelopes = envelopes;
	outbox->count = sheet->row_count;
	return true;
}

bool envelope_read(const struct envelope *envelope, struct file_bytes *out, struct arena *arena, struct diag *diag)
{
	char sum[65];

	if (!file_read(envelope->eml, arena, out, diag))
		return false;
	bytes_sha256(out->data, out->size, sum);
	if (!strcmp(sum, envelope->eml_sha256))
		return true;
	diag_add(diag, MSG_OUTBOX_CHANGED, (struct place){ .file = envelope->eml }, NULL);
	return false;
}
