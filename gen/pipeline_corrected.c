#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "model/model.h"
#include "pipeline_corrections.h"
#include "pipeline_model.h"
#include "pipeline_month.h"
#include "table/sheet.h"
#include "value/date.h"

/*
 * What the month's corrections make good, by the books: a correction stands
 * for what was due less what the ledger of its month and the corrections since
 * have paid. For slips and pages, which name all three.
 */
struct book { /* of a month that is corrected */
	int32_t month;
	const struct csv_sheet *ledger; /* NULL: not in the books */
	struct run_record record;
};
struct correcting {
	struct month_run *run;
	struct diag *quiet; /* a slip without these words is still a slip */
	struct map *since; /* "id\nmonth\nfigure" -> what later months have corrected */
	struct book *books;
	size_t book_count;
	struct model_corrected *rows;
	size_t row_count;
};

static bool is_net(const struct rulebook *rulebook, const char *figure)
{
	for (size_t c = 0; c < rulebook->column_count; c++)
		for (size_t s = 0; !strcmp(rulebook->columns[c].name, figure) && s < rulebook->scheme_count; s++) {
			const struct item *item = rulebook->columns[c].items[s];

			if (item && (item->kind == ITEM_TOTAL ? item->total_of : item->section) == SECTION_NET)
				return true;
		}
	return false;
}

static const struct book *book_of(struct correcting *correcting, int32_t month)
{
	struct month_run *run = correcting->run;
	struct book *book;
	const char *folder;
	char name[8];

	for (size_t i = 0; i < correcting->book_count; i++)
		if (correcting->books[i].month == month)
			return &correcting->books[i];
	book = &correcting->books[correcting->book_count++];
	folder = arena_printf(run->arena, "%s/%s", run->place->records, month_format(month, name));
	book->month = month;
	if (file_exists(arena_printf(run->arena, "%s/ledger.csv", folder)) &&
		run_record_read(arena_printf(run->arena, "%s/run.xml", folder), &book->record, run->arena, correcting->quiet))
		book->ledger = csv_sheet_read(arena_printf(run->arena, "%s/ledger.csv", folder), run->arena, correcting->quiet);
	return book;
}

/* A ledger is sorted by id. SIZE_MAX: not there. */
static size_t row_of(const struct csv_sheet *ledger, size_t id, const char *person)
{
	size_t low = 0, high = ledger->row_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(csv_sheet_field(ledger, middle, id), person) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < ledger->row_count && !strcmp(csv_sheet_field(ledger, low, id), person) ? low : SIZE_MAX;
}

/* Who was held was paid no net; who was not there was paid nothing. False if the books do not know the figure. */
static bool paid_then(struct correcting *correcting, const struct correction_row *row, struct decimal *out)
{
	const struct book *book = book_of(correcting, row->month);
	const struct rulebook *rulebook = correcting->run->rulebook;
	int id = book->ledger ? csv_sheet_column(book->ledger, table_spec_role(rulebook->staff, ROLE_ID)->name) : -1;
	int figure = book->ledger ? csv_sheet_column(book->ledger, row->figure) : -1;
	const char *text;
	size_t at;

	*out = decimal_zero();
	if (id < 0 || figure < 0)
		return false;
	for (size_t i = 0; is_net(rulebook, row->figure) && i < book->record.held; i++)
		if (!strcmp(book->record.held_ids[i], row->id))
			return true;
	at = row_of(book->ledger, (size_t)id, row->id);
	text = at == SIZE_MAX ? "" : csv_sheet_field(book->ledger, at, (size_t)figure);
	return !*text || decimal_parse(text, strlen(text), out);
}

static struct decimal *corrected_since(struct correcting *correcting, const struct correction_row *row)
{
	struct arena *arena = correcting->run->arena;
	const char *key = arena_printf(arena, "%s\n%d\n%s", row->id, row->month, row->figure);
	struct decimal *sum = map_get(correcting->since, key);

	if (!sum) {
		sum = arena_alloc(arena, sizeof(*sum));
		*sum = decimal_zero();
		map_put(correcting->since, key, sum);
	}
	return sum;
}

static void add_since(void *context, const struct correction_row *row)
{
	struct decimal *sum = corrected_since(context, row);

	*sum = decimal_add(*sum, row->amount);
}

/* A month between that cannot be read leaves open what it paid. */
static bool read_between(struct correcting *correcting, int32_t first)
{
	const struct month_run *run = correcting->run;
	bool ok = true;

	for (size_t i = 0; ok && i < run->place->month_count; i++) {
		const struct corrections_of of = { run->place, run->place->months[i], true, true };

		if (of.month > first && of.month < run->month)
			ok = corrections_visit(&of, add_since, correcting);
	}
	return ok;
}

static void add_row(struct correcting *correcting, size_t table, size_t row, const struct correction_row *what)
{
	struct decimal *since = corrected_since(correcting, what), paid;

	if (paid_then(correcting, what, &paid)) {
		paid = decimal_add(paid, *since);
		correcting->rows[correcting->row_count++] = (struct model_corrected){ table, row,
			decimal_add(paid, what->amount), paid };
	}
	*since = decimal_add(*since, what->amount);
}

/* How many rows; the first month that they correct. */
static size_t count_rows(const struct month_run *run, int32_t *first)
{
	struct correction_row what;
	size_t count = 0;

	*first = run->month;
	for (size_t t = 0; t < run->rulebook->table_count; t++) {
		const struct table *table = run->facts->tables[t];

		for (size_t row = 0; table->spec->role == TABLE_CORRECTIONS && row < table->row_count; row++)
			if (correction_read(table, row, &what)) {
				count++;
				*first = what.month < *first ? what.month : *first;
			}
	}
	return count;
}

void month_corrected(struct month_run *run, struct model_input *input)
{
	struct correcting correcting = { .run = run };
	struct correction_row what;
	int32_t first;
	size_t count = count_rows(run, &first);

	if (!count)
		return;
	correcting.quiet = diag_new(run->arena);
	correcting.since = map_new();
	correcting.books = arena_array(run->arena, count, sizeof(*correcting.books));
	correcting.rows = arena_array(run->arena, count, sizeof(*correcting.rows));
	if (read_between(&correcting, first))
		for (size_t t = 0; t < run->rulebook->table_count; t++) {
			const struct table *table = run->facts->tables[t];

			for (size_t row = 0; table->spec->role == TABLE_CORRECTIONS && row < table->row_count; row++)
				if (correction_read(table, row, &what))
					add_row(&correcting, t, row, &what);
		}
	input->corrected = correcting.rows;
	input->corrected_count = correcting.row_count;
	map_free(correcting.since);
	diag_free(correcting.quiet);
}
