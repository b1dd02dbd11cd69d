#include "mail/receipts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/map.h"
#include "base/text.h"
#include "table/table.h"
#include "value/date.h"

enum { COLUMN_OF_MONTH, COLUMN_OF_PERSON, COLUMN_OF_RECEIPT, COLUMN_OF_DATE, COLUMN_OF_NOTE, COLUMN_COUNT };

static const struct table_spec *spec_of_receipts(void)
{
	static const char *months[] = { "month", "工资月份", "所属月份" }, *people[] = { "id", "员工编号", "人员编号", "编号" };
	static const char *receipts[] = { "receipt", "回执", "确认结果" }, *dates[] = { "date", "提交时间", "时间" }, *notes[] = { "note", "备注", "原因" };
	static const char *choices[] = { "确认", "异议", "confirmed", "objected" };
	static struct column columns[COLUMN_COUNT] = {
		{ .name = "月份", .type = COLUMN_MONTH, .required = true, .aliases = months, .alias_count = 3 },
		{ .name = "工号", .type = COLUMN_ID, .role = ROLE_PERSON, .required = true, .aliases = people, .alias_count = 4, .index = 1 },
		{ .name = "结果", .type = COLUMN_CHOICE, .required = true, .aliases = receipts, .alias_count = 3, .choices = choices,
			.choice_count = 4, .index = 2 },
		{ .name = "日期", .type = COLUMN_DATE, .aliases = dates, .alias_count = 3, .index = 3 },
		{ .name = "说明", .type = COLUMN_TEXT, .aliases = notes, .alias_count = 3, .index = 4 },
	};
	static const struct table_spec spec = { .name = "receipts", .file = RECEIPTS_FILE, .columns = columns, .column_count = COLUMN_COUNT,
		.person = &columns[COLUMN_OF_PERSON] };

	return &spec;
}

struct receiving {
	const struct receipts_source *source;
	const struct table *table;
	struct map *people; /* of the standings */
	struct map *known; /* their receipts so far */
	struct mail_receipts *out;
};

/* A row that is of no slip of the month is most often a mistyped id: an objection would be lost unseen. */
static void warn_of_stranger(const struct receiving *receiving, size_t row, const char *id)
{
	const struct receipts_source *source = receiving->source;
	const struct mail_standings *standings = source->standings;
	const char **ids = arena_array(source->arena, standings->count + 1, sizeof(*ids));
	char month[8];

	for (size_t i = 0; i < standings->count; i++)
		ids[i] = standings->rows[i].id;
	diag_add_nearest(source->diag, MSG_RECEIPT_STRANGER,
		table_place(receiving->table, row, &receiving->table->spec->columns[COLUMN_OF_PERSON], source->arena),
		text_nearest(id, ids, standings->count), id, arena_strdup(source->arena, month_format(source->month, month)), NULL);
}

static const char *date_text(const struct value *date, struct arena *arena)
{
	char room[11];

	return date->missing ? "" : arena_strdup(arena, date_format(date->day, room));
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct mail_receipt *)a)->id, ((const struct mail_receipt *)b)->id);
}

/* A later row takes the place of that person's earlier one. */
static void take_row(const struct receiving *receiving, size_t row)
{
	const struct table *table = receiving->table;
	const struct value *note = table_cell(table, row, COLUMN_OF_NOTE);
	const char *id = table_cell(table, row, COLUMN_OF_PERSON)->text, *said = table_cell(table, row, COLUMN_OF_RECEIPT)->text;
	struct mail_receipt *receipt = map_get(receiving->known, id);

	if (!map_get(receiving->people, id)) {
		warn_of_stranger(receiving, row, id);
		return;
	}
	if (!receipt) {
		receipt = &receiving->out->rows[receiving->out->count++];
		map_put(receiving->known, id, receipt);
	}
	*receipt = (struct mail_receipt){ .id = id, .note = note->missing ? "" : note->text,
		.receipt = !strcmp(said, "确认") || !strcmp(said, "confirmed") ? RECEIPT_CONFIRMED : RECEIPT_OBJECTED,
		.date = date_text(table_cell(table, row, COLUMN_OF_DATE), receiving->source->arena) };
}

static void take_rows(struct receiving *receiving)
{
	const struct receipts_source *source = receiving->source;
	struct mail_receipts *out = receiving->out;

	receiving->people = map_new();
	receiving->known = map_new();
	out->rows = arena_array(source->arena, receiving->table->row_count + 1, sizeof(*out->rows));
	for (size_t i = 0; i < source->standings->count; i++)
		map_put(receiving->people, source->standings->rows[i].id, &source->standings->rows[i]);
	for (size_t row = 0; row < receiving->table->row_count; row++)
		if (month_of_date(table_cell(receiving->table, row, COLUMN_OF_MONTH)->day) == source->month)
			take_row(receiving, row);
	qsort(out->rows, out->count, sizeof(*out->rows), by_id);
	for (size_t i = 0; i < out->count; i++) {
		out->confirmed += out->rows[i].receipt == RECEIPT_CONFIRMED;
		out->objected += out->rows[i].receipt == RECEIPT_OBJECTED;
	}
	map_free(receiving->known);
	map_free(receiving->people);
}

bool mail_receipts_read(const struct receipts_source *source, struct mail_receipts *out)
{
	struct table_reader reader = { .arena = source->arena, .pool = source->pool, .diag = source->diag };
	struct receiving receiving = { .source = source, .out = out };
	size_t errors = diag_errors(source->diag);
	struct table *table;

	*out = (struct mail_receipts){ NULL, 0, 0, 0 };
	if (!file_exists(source->path))
		return true;
	receiving.table = table = table_new(spec_of_receipts(), source->arena);
	if (!table_read_file(table, source->path, &reader))
		return false;
	take_rows(&receiving);
	return diag_errors(source->diag) == errors;
}

const struct mail_receipt *mail_receipt_of(const struct mail_receipts *receipts, const char *id)
{
	const struct mail_receipt key = { .id = id };

	return receipts->count ? bsearch(&key, receipts->rows, receipts->count, sizeof(key), by_id) : NULL;
}
