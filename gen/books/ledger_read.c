#include "books/ledger_read.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "table/csv.h"
#include "value/date.h"

/* A book open at its first row: what the tool itself wrote, UTF-8 with commas. */
struct book {
	struct arena *arena;
	struct csv_reader *csv;
	struct csv_row row;
	const char **header;
	size_t field_count;
};

static bool book_open(struct book *book, const char *path, struct diag *diag)
{
	struct file_bytes bytes;

	*book = (struct book){ .arena = arena_new() };
	if (!file_read(path, book->arena, &bytes, diag)) {
		arena_free(book->arena);
		return false;
	}
	book->csv = csv_reader_new(bytes.data, bytes.size, ',');
	if (csv_reader_next(book->csv, &book->row)) {
		book->field_count = book->row.count;
		book->header = arena_array(book->arena, book->field_count + 1, sizeof(*book->header));
		for (size_t i = 0; i < book->field_count; i++)
			book->header[i] = arena_strndup(book->arena, book->row.fields[i].text, book->row.fields[i].length);
	}
	return true;
}

static void book_close(struct book *book)
{
	csv_reader_free(book->csv);
	arena_free(book->arena);
}

static int book_field(const struct book *book, const char *name)
{
	for (size_t i = 0; i < book->field_count; i++)
		if (!strcmp(book->header[i], name))
			return (int)i;
	return -1;
}

/* The next sound row that holds the bytes. */
static bool book_next(struct book *book, const char *needle)
{
	while (csv_reader_seek(book->csv, needle, &book->row))
		if (book->row.problem == CSV_FINE && book->row.count == book->field_count)
			return true;
	return false;
}

/* A doubled quote within quotes is not what the id looks like. */
static const char *needle_of(const char *text)
{
	return strchr(text, '"') ? "" : text;
}

static struct value parse(enum value_type type, const struct csv_field *field, struct text_pool *pool)
{
	struct value value = value_missing(type);
	int32_t day;

	if (!field->length)
		return value;
	if (value_type_is_numeric(type))
		value.missing = !decimal_parse(field->text, field->length, &value.number);
	else if (type == VALUE_YESNO)
		return value_yesno(!strcmp(field->text, "yes"));
	else if (type == VALUE_DATE)
		return date_parse(field->text, field->length, &day) ? value_date(day) : value;
	else if (type == VALUE_GRADE)
		return value_grade(text_intern(pool, field->text, field->length));
	else
		return value_text(text_intern(pool, field->text, field->length));
	return value;
}

static void find_fields(struct ledger_rows *rows, const struct book *book, const struct results *results, const char *path)
{
	const struct rulebook *rulebook = results->facts->rulebook;
	struct arena *arena = results->arena;

	rows->path = path;
	rows->field_count = book->field_count;
	rows->names = arena_array(arena, book->field_count + 1, sizeof(*rows->names));
	for (size_t i = 0; i < book->field_count; i++)
		rows->names[i] = arena_strdup(arena, book->header[i]);
	rows->fields = arena_array(arena, rulebook->column_count + 1, sizeof(*rows->fields));
	rows->line = arena_array(arena, results->facts->person_count + 1, sizeof(*rows->line));
	for (size_t c = 0; c < rulebook->column_count; c++)
		rows->fields[c] = book_field(book, rulebook->columns[c].name);
}

static void take_row(struct results *results, const struct book *book, struct ledger_rows *rows, size_t person,
	const bool *columns)
{
	const struct rulebook *rulebook = results->facts->rulebook;

	rows->line[person] = book->row.line;
	for (size_t c = 0; c < rulebook->column_count; c++)
		if (rows->fields[c] >= 0 && (!columns || columns[c]))
			results->values[person * rulebook->column_count + c] =
				parse(rulebook->columns[c].type, &book->row.fields[rows->fields[c]], results->facts->pool);
}

bool ledger_read(struct results *results, const char *path, size_t person, const bool *columns, struct ledger_rows *rows,
	struct diag *diag)
{
	const struct facts *facts = results->facts;
	const char *name = table_spec_role(facts->rulebook->staff, ROLE_ID)->name;
	struct book book;
	int id;

	if (!book_open(&book, path, diag))
		return false;
	find_fields(rows, &book, results, path);
	id = book_field(&book, name);
	while (id >= 0 && book_next(&book, columns ? "" : needle_of(facts->people[person].id))) {
		const struct csv_field *field = &book.row.fields[id];
		size_t own = facts_person(facts, text_intern(facts->pool, field->text, field->length));

		if (own == person)
			take_row(results, &book, rows, own, NULL);
		else if (own != SIZE_MAX && columns)
			take_row(results, &book, rows, own, columns);
	}
	book_close(&book);
	return true;
}

bool lines_read(struct results *results, const struct item *line, const char *path, size_t person, struct diag *diag)
{
	const struct facts *facts = results->facts;
	struct row_span span = facts_rows(facts, line->table->index, person);
	struct line_values *values = results_line(results, line);
	size_t done = 0;
	struct book book;
	int id, value;

	if (!span.count)
		return true;
	if (!book_open(&book, path, diag))
		return false;
	id = book_field(&book, "id");
	value = book_field(&book, "value");
	/* The book has the person's rows as the file does: the n-th is the n-th. */
	while (id >= 0 && value >= 0 && done < span.count && book_next(&book, needle_of(facts->people[person].id)))
		if (!strcmp(book.row.fields[id].text, facts->people[person].id))
			values->values[span.rows[done++]] = parse(line->type, &book.row.fields[value], facts->pool);
	book_close(&book);
	return true;
}

size_t ledger_find(const char *path, const struct table_spec *staff, const char *word, struct ledger_person **found,
	struct arena *arena, struct diag *diag)
{
	const struct column *name = table_spec_role(staff, ROLE_NAME);
	size_t count = 0, room = 0;
	struct book book;
	int id_field, name_field;

	*found = NULL;
	if (!book_open(&book, path, diag))
		return 0;
	id_field = book_field(&book, table_spec_role(staff, ROLE_ID)->name);
	name_field = name ? book_field(&book, name->name) : -1;
	while (id_field >= 0 && book_next(&book, needle_of(word))) {
		const char *id = book.row.fields[id_field].text;
		const char *own = name_field < 0 ? "" : book.row.fields[name_field].text;
		bool is_id = !strcmp(id, word);

		if (!is_id && strcmp(own, word) != 0)
			continue;
		if (is_id)
			count = 0;
		if (count == room) {
			room = room ? room * 2 : 8;
			*found = arena_grow(arena, *found, count, room, sizeof(**found));
		}
		(*found)[count++] = (struct ledger_person){ arena_strdup(arena, id), arena_strdup(arena, own) };
		if (is_id)
			break;
	}
	book_close(&book);
	return count;
}
