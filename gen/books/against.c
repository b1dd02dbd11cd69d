#include "books/against.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "books/against_columns.h"
#include "table/names.h"
#include "table/sheet.h"
#include "value/date.h"

#define NEAR_MAX 50 /* strangers for whom somebody near is looked for */

/* A row of the file by its id, for the merge with the ledger, which is sorted. */
struct entry {
	const char *id;
	size_t row;
};

struct comparing {
	const struct against_input *input;
	struct against *out;
	struct against_columns columns;
	const struct csv_sheet *ledger;
	const struct table *table;
	struct entry *entries;
	int id, name; /* of the ledger */
	size_t cell_room;
};

static int entry_compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct value parse(const struct comparing *comparing, enum value_type type, const char *text)
{
	struct value value = value_missing(type);
	int32_t day;

	if (!*text)
		return value;
	if (value_type_is_numeric(type))
		value.missing = !decimal_parse(text, strlen(text), &value.number);
	else if (type == VALUE_YESNO)
		return value_yesno(!strcmp(text, "yes"));
	else if (type == VALUE_DATE)
		return date_parse(text, strlen(text), &day) ? value_date(day) : value;
	else
		return value_text(text_intern(comparing->input->pool, text, strlen(text)));
	return value;
}

static bool is_same(const struct value *a, const struct value *b)
{
	if (value_type_is_numeric(a->type) && !a->missing && !b->missing)
		return !decimal_compare(a->number, b->number);
	return value_equal(a, b);
}

static enum against_result judge(const struct value *here, const struct value *there)
{
	if (is_same(here, there))
		return AGAINST_EQUAL;
	return here->missing ? AGAINST_MISSING_HERE : there->missing ? AGAINST_MISSING_THERE : AGAINST_DIFFERENT;
}

static void add_sums(struct against_figure *figure, const struct against_cell *cell)
{
	if (!value_type_is_numeric(figure->type))
		return;
	if (!cell->here.missing)
		figure->here = decimal_add(figure->here, cell->here.number);
	if (!cell->there.missing)
		figure->there = decimal_add(figure->there, cell->there.number);
}

static void add_cell(struct comparing *comparing, const struct against_cell *cell)
{
	struct against *out = comparing->out;

	if (out->cell_count == comparing->cell_room) {
		comparing->cell_room = comparing->cell_room ? comparing->cell_room * 2 : 1024;
		out->cells = arena_grow(comparing->input->arena, out->cells, out->cell_count, comparing->cell_room,
			sizeof(*out->cells));
	}
	out->cells[out->cell_count++] = *cell;
}

/* One person: their row in the ledger and in the file, SIZE_MAX where there is none. */
struct standing {
	const char *id, *name;
	size_t here, there;
};

static void compare_figure(struct comparing *comparing, const struct standing *who, struct against_figure *figure)
{
	struct against_cell cell = { .id = who->id, .name = who->name, .figure = figure,
		.here = value_missing(figure->type), .there = value_missing(figure->type), .difference = value_missing(figure->type),
		.whole = who->here == SIZE_MAX || who->there == SIZE_MAX };

	if (who->here != SIZE_MAX)
		cell.here = parse(comparing, figure->type, csv_sheet_field(comparing->ledger, who->here, figure->field));
	if (who->there != SIZE_MAX) {
		cell.there = *table_cell(comparing->table, who->there, figure->column);
		cell.line = (long)comparing->table->line[who->there];
	}
	if (cell.whole) {
		cell.result = who->here == SIZE_MAX ? AGAINST_MISSING_HERE : AGAINST_MISSING_THERE;
	} else {
		cell.result = judge(&cell.here, &cell.there);
		figure->counts[cell.result]++;
		comparing->out->counts[cell.result]++;
		add_sums(figure, &cell);
	}
	if (value_type_is_numeric(figure->type) && !cell.here.missing && !cell.there.missing)
		cell.difference = value_number(figure->type, decimal_subtract(cell.here.number, cell.there.number));
	add_cell(comparing, &cell);
}

static const char *name_there(const struct comparing *comparing, size_t row)
{
	const struct value *name = comparing->columns.has_name ? table_cell(comparing->table, row, 1) : NULL;

	return name && !name->missing ? name->text : "";
}

static void compare_person(struct comparing *comparing, const struct standing *who)
{
	struct against *out = comparing->out;

	if (who->there == SIZE_MAX)
		out->here[out->here_count++] = (struct against_stray){ who->id, who->name, NULL };
	else if (who->here == SIZE_MAX)
		out->there[out->there_count++] = (struct against_stray){ who->id, who->name, NULL };
	else
		out->both++;
	for (size_t i = 0; i < out->figure_count; i++)
		compare_figure(comparing, who, &out->figures[i]);
}

static void compare_people(struct comparing *comparing)
{
	const struct csv_sheet *ledger = comparing->ledger;
	const struct table *table = comparing->table;
	size_t here = 0, there = 0;

	while (here < ledger->row_count || there < table->row_count) {
		struct standing who = { NULL, "", SIZE_MAX, SIZE_MAX };
		const char *ours = here < ledger->row_count ? csv_sheet_field(ledger, here, (size_t)comparing->id) : NULL;
		const char *theirs = there < table->row_count ? comparing->entries[there].id : NULL;
		int order = !ours ? 1 : !theirs ? -1 : strcmp(ours, theirs);

		if (order >= 0) {
			who.id = theirs;
			who.there = comparing->entries[there++].row;
			who.name = name_there(comparing, who.there);
		}
		if (order <= 0) {
			who.id = ours;
			who.here = here;
			if (comparing->name >= 0)
				who.name = csv_sheet_field(ledger, here, (size_t)comparing->name);
			here++;
		}
		compare_person(comparing, &who);
	}
}

/* ---- did you mean ---- */

/* A stranger of the same name, else one whose id is mistyped. */
static void find_near(struct comparing *comparing)
{
	struct against *out = comparing->out;
	const char **ids = arena_array(comparing->input->arena, out->here_count + 1, sizeof(*ids));

	for (size_t i = 0; i < out->here_count; i++)
		ids[i] = out->here[i].text;
	for (size_t i = 0; i < out->there_count && i < NEAR_MAX; i++) {
		struct against_stray *stray = &out->there[i];

		for (size_t k = 0; k < out->here_count && *stray->name && !stray->nearest; k++)
			if (!strcmp(out->here[k].name, stray->name))
				stray->nearest = out->here[k].text;
		if (!stray->nearest)
			stray->nearest = text_nearest(stray->text, ids, out->here_count);
	}
}

/* Headers that are no figure, nor a column of the staff table. Nearest are figures that no other column is. */
static void list_headers(struct comparing *comparing, const struct against_columns *all, const struct table_file *file)
{
	struct arena *arena = comparing->input->arena;
	struct against *out = comparing->out;
	const char **spare = arena_array(arena, all->spec.column_count + 1, sizeof(*spare));
	size_t count = 0;
	struct names staff;

	for (size_t i = 1; i < all->spec.column_count; i++)
		if (!file->field_of_column[i])
			spare[count++] = all->spec.columns[i].name;
	out->headers = arena_array(arena, file->unknown_count + 1, sizeof(*out->headers));
	names_init(&staff, comparing->input->rulebook->staff, arena);
	for (size_t i = 0; i < file->unknown_count; i++)
		if (!names_match(&staff, file->unknown_columns[i]))
			out->headers[out->header_count++] = (struct against_stray){ file->unknown_columns[i], "",
				text_nearest(file->unknown_columns[i], spare, count) };
	names_release(&staff);
}

/* ---- reading ---- */

static void set_figures(struct comparing *comparing)
{
	const struct against_columns *columns = &comparing->columns;
	const struct table_file *file = &comparing->table->files[0];
	struct against *out = comparing->out;

	out->figures = arena_array(comparing->input->arena, columns->spec.column_count + 1, sizeof(*out->figures));
	for (size_t i = 1 + columns->has_name; i < columns->spec.column_count; i++) {
		struct against_figure *figure = &out->figures[out->figure_count++];
		const struct column *column = &columns->spec.columns[i];

		*figure = (struct against_figure){ .name = comparing->ledger->header[columns->fields[i]], .header = file->column_names[i],
			.type = column_value_type(column), .field = columns->fields[i], .column = i, .here = decimal_zero(),
			.there = decimal_zero() };
	}
}

static bool report_nothing(struct comparing *comparing)
{
	const struct against_input *input = comparing->input;
	const char *names = "";

	for (size_t i = 0; i < comparing->out->header_count && i < 8; i++)
		names = arena_printf(input->arena, "%s%s%s", names, i ? ", " : "", comparing->out->headers[i].text);
	diag_add(input->diag, MSG_NOTHING_COMPARED, (struct place){ .file = input->file }, input->month, names, NULL);
	return false;
}

/* Which of the columns the file has: read once with all of them, what is wrong being said the second time. */
static bool find_columns(struct comparing *comparing)
{
	const struct against_input *input = comparing->input;
	struct against_columns all = comparing->columns;
	struct diag *quiet = diag_new(input->arena);
	struct table_reader reader = { .arena = input->arena, .pool = input->pool, .diag = quiet };
	struct table *table;

	all.spec.columns = arena_array(input->arena, all.spec.column_count, sizeof(struct column));
	memcpy(all.spec.columns, comparing->columns.spec.columns, all.spec.column_count * sizeof(struct column));
	all.spec.key = &all.spec.columns[0];
	table = table_new(&all.spec, input->arena);
	table_read_file(table, input->file, &reader);
	diag_free(quiet);
	if (!table->file_count || !table->files[0].field_of_column)
		return true; /* the second reading says why */
	list_headers(comparing, &all, &table->files[0]);
	against_columns_check(&all, &table->files[0]);
	against_columns_keep(&comparing->columns, &table->files[0]);
	return comparing->columns.spec.column_count > 1U + comparing->columns.has_name || report_nothing(comparing);
}

static bool read_file(struct comparing *comparing)
{
	const struct against_input *input = comparing->input;
	struct table_reader reader = { .arena = input->arena, .pool = input->pool, .diag = input->diag };
	struct table *table;

	if (!against_columns_build(&comparing->columns, input, comparing->ledger) || !find_columns(comparing))
		return false;
	comparing->table = table = table_new(&comparing->columns.spec, input->arena);
	if (!table_read_file(table, input->file, &reader))
		return false;
	table_check_keys(table, &reader);
	if (diag_errors(input->diag))
		return false;
	comparing->entries = arena_array(input->arena, table->row_count + 1, sizeof(*comparing->entries));
	for (size_t row = 0; row < table->row_count; row++)
		comparing->entries[row] = (struct entry){ table_cell(table, row, 0)->text, row };
	qsort(comparing->entries, table->row_count, sizeof(*comparing->entries), entry_compare);
	return true;
}

bool against_compare(const struct against_input *input, struct against *out)
{
	struct comparing comparing = { .input = input, .out = out };
	const struct column *name = table_spec_role(input->rulebook->staff, ROLE_NAME);

	*out = (struct against){ 0 };
	comparing.ledger = csv_sheet_read(input->ledger, input->arena, input->diag);
	if (!comparing.ledger)
		return false;
	comparing.id = csv_sheet_column(comparing.ledger, table_spec_role(input->rulebook->staff, ROLE_ID)->name);
	comparing.name = name ? csv_sheet_column(comparing.ledger, name->name) : -1;
	if (comparing.id < 0 || !read_file(&comparing))
		return false;
	set_figures(&comparing);
	out->here = arena_array(input->arena, comparing.ledger->row_count + 1, sizeof(*out->here));
	out->there = arena_array(input->arena, comparing.table->row_count + 1, sizeof(*out->there));
	out->encoding = comparing.table->files[0].encoding;
	out->rows = comparing.table->row_count;
	compare_people(&comparing);
	find_near(&comparing);
	return true;
}

bool against_differs(const struct against *against)
{
	return against->counts[AGAINST_EQUAL] < against->both * against->figure_count || against->here_count || against->there_count;
}
