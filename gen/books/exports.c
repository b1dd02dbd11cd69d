#include "books/exports.h"

#include <string.h>

#include "base/arena.h"
#include "base/bug.h"
#include "base/file.h"
#include "base/text.h"
#include "table/encoding_write.h"
#include "table/sheet.h"

static struct export_file *find_or_add(struct export_file *files, size_t *count, const struct export *export,
	size_t schemes, struct arena *arena)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp(files[i].file, export->file))
			return &files[i];
	files[*count] = (struct export_file){ export->file, export->title, 0, arena_array(arena, schemes, sizeof(struct export *)) };
	return &files[(*count)++];
}

static size_t rows_of_person(const struct results *results, const struct export *export, size_t person)
{
	return export->of ? facts_rows(results->facts, export->of->index, person).count : 1;
}

static const struct export *part_for(const struct results *results, const struct export_file *file, size_t person)
{
	const struct person *p = &results->facts->people[person];

	return p->state == PERSON_PAID ? file->parts[p->scheme] : NULL;
}

const struct export_file *exports_list(const struct results *results, struct arena *arena, size_t *count)
{
	const struct rulebook *rulebook = results->facts->rulebook;
	struct export_file *files;
	size_t room = 1;

	*count = 0;
	for (size_t s = 0; s < rulebook->scheme_count; s++)
		room += rulebook->schemes[s].policy->export_count;
	files = arena_array(arena, room, sizeof(*files));
	for (size_t s = 0; s < rulebook->scheme_count; s++) {
		const struct policy *policy = rulebook->schemes[s].policy;

		for (size_t i = 0; i < policy->export_count; i++)
			find_or_add(files, count, policy->exports[i], rulebook->scheme_count, arena)->parts[s] = policy->exports[i];
	}
	for (size_t i = 0; i < *count; i++)
		for (size_t person = 0; person < results->facts->person_count; person++) {
			const struct export *part = part_for(results, &files[i], person);

			files[i].rows += part ? rows_of_person(results, part, person) : 0;
		}
	return files;
}

static void write_cell(struct file_writer *out, const struct value *value, bool first)
{
	char room[VALUE_TEXT_SIZE];
	struct value plain = *value;

	if (plain.type == VALUE_MONEY && !plain.missing) {
		plain.number = decimal_cut(plain.number);
		if (!decimal_is_integer(decimal_multiply(plain.number, decimal_from_int(100))))
			plain.type = VALUE_NUMBER;
	}
	if (plain.missing || (value_type_is_numeric(plain.type) && !decimal_in_range(plain.number)))
		csv_write_field(out, "", first);
	else if (plain.type == VALUE_TEXT || plain.type == VALUE_GRADE)
		csv_write_defused(out, plain.text, first);
	else
		csv_write_field(out, value_format(&plain, room), first);
}

static void write_row(struct file_writer *out, const struct results *results, const struct export *export, size_t person,
	const struct table *table, size_t row)
{
	for (size_t c = 0; c < export->column_count; c++) {
		struct value value = calc_formula(results, export->columns[c].formula, person, table, row);

		write_cell(out, &value, c == 0);
	}
	csv_write_end(out);
}

static void write_person(struct file_writer *out, const struct results *results, const struct export *export, size_t person)
{
	struct row_span span;

	if (!export->of) {
		write_row(out, results, export, person, NULL, 0);
		return;
	}
	span = facts_rows(results->facts, export->of->index, person);
	for (size_t i = 0; i < span.count; i++)
		write_row(out, results, export, person, results->facts->tables[export->of->index], span.rows[i]);
}

static const struct export *first_part(const struct export_file *file, size_t schemes)
{
	for (size_t s = 0; s < schemes; s++)
		if (file->parts[s])
			return file->parts[s];
	bug("export without a policy");
}

static bool write_file(const struct results *results, const struct export_file *file, const char *path, struct diag *diag)
{
	const struct export *any = first_part(file, results->facts->rulebook->scheme_count);
	struct file_writer *out = file_writer_new(path, 0600);

	if (any->bom)
		file_puts(out, "\xEF\xBB\xBF");
	for (size_t c = 0; c < any->column_count; c++)
		csv_write_field(out, any->columns[c].title, c == 0);
	csv_write_end(out);
	for (size_t person = 0; person < results->facts->person_count; person++) {
		const struct export *part = part_for(results, file, person);

		if (part)
			write_person(out, results, part, person);
	}
	return file_writer_commit(out, diag) && (strcmp(any->encoding, "GB18030") != 0 || encoding_rewrite_gb18030(path, diag));
}

static bool same_form(const struct export *a, const struct export *b)
{
	if (a->column_count != b->column_count || a->bom != b->bom || strcmp(a->encoding, b->encoding) != 0 ||
		!a->of != !b->of || (a->of && strcmp(a->of->name, b->of->name) != 0))
		return false;
	for (size_t c = 0; c < a->column_count; c++)
		if (strcmp(a->columns[c].title, b->columns[c].title) != 0)
			return false;
	return true;
}

/* One file of several schemes has one header. */
static bool check_parts(const struct export_file *file, size_t schemes, struct diag *diag)
{
	const struct export *first = first_part(file, schemes);
	bool same = true;

	for (size_t s = 0; s < schemes; s++) {
		if (!file->parts[s] || same_form(first, file->parts[s]))
			continue;
		diag_add(diag, MSG_EXPORT_DIFFERS, file->parts[s]->place, file->file, NULL);
		same = false;
	}
	return same;
}

bool exports_write(const struct results *results, const char *folder, struct arena *arena, struct diag *diag)
{
	size_t count;
	const struct export_file *files = exports_list(results, arena, &count);
	bool ok = true;

	for (size_t i = 0; i < count; i++)
		ok = check_parts(&files[i], results->facts->rulebook->scheme_count, diag) && ok;
	for (size_t i = 0; i < count && ok; i++)
		ok = write_file(results, &files[i], arena_printf(arena, "%s/%s", folder, files[i].file), diag);
	return ok;
}
