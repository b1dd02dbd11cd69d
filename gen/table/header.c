#include "table/header.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/text.h"
#include "table/csv.h"
#include "table/encoding.h"
#include "table/excerpt.h"
#include "table/names.h"

#define PREVIEW_ROWS 40 /* a header stands among the first that are not blank */
/* Shorter names are near to any other: 病假 is not a mistyped 事假. */
#define NEAR_MISS_LETTERS 4

struct preview_row {
	struct excerpt_row at;
	const char **cells;
	size_t count;
};

struct preview {
	struct preview_row rows[PREVIEW_ROWS];
	size_t count;
	enum csv_problem problem; /* of the first broken row, CSV_FINE if none is */
	struct excerpt_row broken;
	size_t broken_field;
};

/* One or two rows taken as the header, and what each field means then. */
struct layout {
	const struct preview *preview;
	size_t first, last;
	size_t fields;
	const struct column **of_field;
	size_t score; /* distinct columns found */
};

struct search {
	const struct header_request *request;
	struct names names;
	struct arena *scratch;
	struct header *header;
};

static struct preview *preview_read(const struct search *search, const struct encoding_text *text, char delimiter)
{
	struct preview *preview = arena_alloc(search->scratch, sizeof(*preview));
	struct csv_reader *reader = csv_reader_new(text->text, text->size, delimiter);
	struct csv_row row;

	while (preview->count < PREVIEW_ROWS && csv_reader_next(reader, &row)) {
		struct preview_row *copy = &preview->rows[preview->count];

		if (row.blank)
			continue;
		copy->at = (struct excerpt_row){ search->request->path, row.line, row.bytes, row.size, delimiter };
		if (row.problem != CSV_FINE) {
			if (preview->problem == CSV_FINE) {
				preview->broken = copy->at;
				preview->broken_field = row.problem_field;
				preview->problem = row.problem;
			}
			continue;
		}
		copy->count = row.count;
		copy->cells = arena_array(search->scratch, row.count, sizeof(*copy->cells));
		for (size_t i = 0; i < row.count; i++) {
			size_t length = row.fields[i].length;
			const char *trimmed = text_trim(row.fields[i].text, &length);

			copy->cells[i] = arena_strndup(search->scratch, trimmed, length);
		}
		preview->count++;
	}
	csv_reader_free(reader);
	return preview;
}

static const char *cell(const struct preview_row *row, size_t field)
{
	return field < row->count ? row->cells[field] : "";
}

/* In a merged cell of the upper row only the leftmost field keeps the text. */
static const char *merged_cell(const struct preview_row *row, size_t field)
{
	if (field >= row->count)
		return "";
	while (field && !*row->cells[field])
		field--;
	return row->cells[field];
}

/* What the lower cell adds to the upper one: 请假 over 事假 may be called 请假事假, 请假(事假) or 事假. */
static const struct column *match_below(const struct search *search, const char *upper, const char *lower)
{
	const struct column *column;

	column = names_match(&search->names, arena_printf(search->scratch, "%s%s", upper, lower));
	if (!column)
		column = names_match(&search->names, arena_printf(search->scratch, "%s(%s)", upper, lower));
	return column ? column : names_match(&search->names, lower);
}

static const struct column *resolve(const struct search *search, const struct layout *layout, size_t field)
{
	const struct preview_row *upper = &layout->preview->rows[layout->first];
	const struct preview_row *lower = &layout->preview->rows[layout->last];
	const struct column *column = NULL;

	if (layout->first != layout->last && *cell(lower, field))
		column = match_below(search, merged_cell(upper, field), cell(lower, field));
	return column ? column : names_match(&search->names, cell(upper, field));
}

static void layout_build(const struct search *search, struct layout *layout)
{
	const struct table_spec *spec = search->request->spec;
	const struct preview *preview = layout->preview;
	bool *seen = arena_array(search->scratch, spec->column_count, sizeof(*seen));

	layout->fields = preview->rows[layout->first].count;
	if (layout->fields < preview->rows[layout->last].count)
		layout->fields = preview->rows[layout->last].count;
	layout->of_field = arena_array(search->scratch, layout->fields, sizeof(const struct column *));
	layout->score = 0;
	for (size_t i = 0; i < layout->fields; i++) {
		const struct column *column = resolve(search, layout, i);

		layout->of_field[i] = column;
		if (!column || seen[column->index])
			continue;
		seen[column->index] = true;
		layout->score++;
	}
}

/* Is the row below a header row its second half, and not already the first row of values? */
static bool is_second_half(const struct search *search, const struct preview_row *upper,
	const struct preview_row *lower)
{
	bool useful = false;

	for (size_t i = 0; i < lower->count; i++) {
		const struct column *above = names_match(&search->names, cell(upper, i));
		const struct column *below;

		if (!*lower->cells[i])
			continue;
		below = match_below(search, merged_cell(upper, i), lower->cells[i]);
		if (above && !below && !names_is_unit(&search->names, above, lower->cells[i]))
			return false;
		useful = useful || above || below || !*cell(upper, i);
	}
	return useful;
}

static struct layout best_layout(const struct search *search, const struct preview *preview)
{
	struct layout best = { .preview = preview }, pair;

	for (size_t i = 0; i < preview->count; i++) {
		struct layout one = { .preview = preview, .first = i, .last = i };

		layout_build(search, &one);
		if (one.score > best.score)
			best = one;
	}
	if (!best.score)
		return best;
	pair = (struct layout){ .preview = preview, .first = best.first, .last = best.first + 1 };
	if (pair.last < preview->count && is_second_half(search, &preview->rows[pair.first], &preview->rows[pair.last])) {
		layout_build(search, &pair);
		if (pair.score >= best.score)
			return pair;
	}
	if (best.first > 0) {
		pair = (struct layout){ .preview = preview, .first = best.first - 1, .last = best.first };
		layout_build(search, &pair);
		if (pair.score > best.score)
			return pair;
	}
	return best;
}

static const char *written_name(const struct search *search, const struct layout *layout, size_t field)
{
	const struct preview_row *upper = &layout->preview->rows[layout->first];
	const struct preview_row *lower = &layout->preview->rows[layout->last];
	const char *below = layout->first == layout->last ? "" : cell(lower, field);

	if (*below && *cell(upper, field) && layout->of_field[field] == names_match(&search->names, cell(upper, field)))
		below = "";
	return arena_strdup(search->request->arena, *below ? below : cell(upper, field));
}

/* The place of the header's field, in the row that names it. */
static struct place name_place(const struct search *search, const struct layout *layout, size_t field)
{
	const struct preview_row *row = &layout->preview->rows[layout->first];

	if (layout->last != layout->first && *cell(&layout->preview->rows[layout->last], field))
		row = &layout->preview->rows[layout->last];
	return excerpt_place(&row->at, field + 1, search->header->names[field], search->request->arena);
}

static void report_doubled(const struct search *search, const struct layout *layout, size_t first, size_t second)
{
	const struct header_request *request = search->request;
	const struct column *column = layout->of_field[second];
	const struct header *header = search->header;
	const char *numbers[2] = { arena_printf(search->scratch, "%zu", first + 1),
		arena_printf(search->scratch, "%zu", second + 1) };

	diag_add(request->diag, MSG_COLUMN_DOUBLED, name_place(search, layout, second), column->name, header->names[first], numbers[0],
		header->names[second], numbers[1], NULL);
	search->header->usable = false;
}

/*
 * A field too many, even an empty last one, is a number whose comma was not
 * quoted; only where all the rows in sight have it, it is the system's habit.
 */
static size_t fields_allowed(const struct layout *layout)
{
	size_t allowed = 0;

	for (size_t i = layout->last + 1; i < layout->preview->count; i++) {
		size_t count = layout->preview->rows[i].count;

		if (!allowed || count < allowed)
			allowed = count;
	}
	return allowed > layout->fields ? allowed : layout->fields;
}

static void fill_header(const struct search *search, const struct layout *layout)
{
	struct arena *arena = search->request->arena;
	struct header *header = search->header;

	header->fields_known = layout->fields;
	header->fields_allowed = fields_allowed(layout);
	header->names = arena_array(arena, layout->fields, sizeof(*header->names));
	header->unknown = arena_array(arena, layout->fields, sizeof(*header->unknown));
	header->field_of_column = arena_array(arena, search->request->spec->column_count, sizeof(int));
	for (size_t i = 0; i < layout->fields; i++) {
		const struct column *column = layout->of_field[i];

		header->names[i] = written_name(search, layout, i);
		if (*header->names[i])
			header->fields_needed = i + 1;
		if (!column && *header->names[i])
			header->unknown[header->unknown_count++] = header->names[i];
		if (!column)
			continue;
		if (header->field_of_column[column->index])
			report_doubled(search, layout, (size_t)header->field_of_column[column->index] - 1, i);
		else
			header->field_of_column[column->index] = (int)i + 1;
	}
}

/* An unclaimed header that would be the column but for its unit. */
static const char *other_unit(const struct search *search, const struct column *column, const char **unit)
{
	for (size_t i = 0; i < search->header->unknown_count; i++)
		if (names_match_but_unit(&search->names, search->header->unknown[i], unit) == column)
			return search->header->unknown[i];
	return NULL;
}

/* Where a name that no column claims stands: it is one of header->names itself. */
static struct place unknown_place(const struct search *search, const struct layout *layout, const char *name)
{
	size_t field = 0;

	while (search->header->names[field] != name)
		field++;
	return name_place(search, layout, field);
}

static void report_absent(const struct search *search, const struct layout *layout, const struct column *column)
{
	const struct header_request *request = search->request;
	const struct header *header = search->header;
	const char *near = names_near(column, header->unknown, header->unknown_count);
	const char *unit, *other = other_unit(search, column, &unit);

	if (other) {
		diag_add(request->diag, MSG_COLUMN_UNIT, unknown_place(search, layout, other), column->name, other, unit, NULL);
		search->header->usable = false;
	} else if (column->required && !column->has_fallback) {
		diag_add_nearest(request->diag, MSG_COLUMN_MISSING,
			excerpt_place(&layout->preview->rows[layout->last].at, 0, NULL, request->arena), near, column->name,
			names_accepted(column, search->scratch), request->spec->name, NULL);
		search->header->usable = false;
	} else if (near && text_length(near) >= NEAR_MISS_LETTERS) {
		diag_add(request->diag, MSG_COLUMN_NEAR_MISS, unknown_place(search, layout, near), column->name, near, NULL);
	}
}

static void check_absent(const struct search *search, const struct layout *layout)
{
	const struct header_request *request = search->request;

	for (size_t i = 0; i < request->spec->column_count; i++)
		if (!search->header->field_of_column[i] && &request->spec->columns[i] != request->absent)
			report_absent(search, layout, &request->spec->columns[i]);
}

/* Would the names be found if the row were parted at `mark`? */
static bool parts_at(const struct search *search, const struct preview_row *row, const char *mark)
{
	size_t found = 0, length;
	const char *at = arena_strndup(search->scratch, row->at.bytes, row->at.size), *next;

	do {
		next = strstr(at, mark);
		length = next ? (size_t)(next - at) : strlen(at);
		found += names_match(&search->names, arena_strndup(search->scratch, at, length)) != NULL;
		at = next ? next + strlen(mark) : NULL;
	} while (at);
	return found > 1;
}

static void report_not_found(const struct search *search, const struct preview *preview)
{
	static const char *const other_marks[] = { "|", "，", "；", "、", "^" };
	const struct header_request *request = search->request;
	const struct preview_row *row = &preview->rows[0];
	const struct table_spec *spec = request->spec;
	struct place at = PLACE_NONE;
	const char *near = NULL, *expected = "";

	if (preview->problem != CSV_FINE) {
		/* The broken row may be the header. */
		diag_add(request->diag, csv_problem_message(preview->problem),
			excerpt_place(&preview->broken, preview->broken_field, NULL, request->arena), NULL);
		return;
	}
	at.file = request->path;
	if (preview->count)
		at = excerpt_place(&row->at, 0, NULL, request->arena);
	for (size_t i = 0; preview->count && i < sizeof(other_marks) / sizeof(*other_marks); i++)
		if (parts_at(search, row, other_marks[i])) {
			diag_add(request->diag, MSG_DELIMITER_UNKNOWN, at, other_marks[i], NULL);
			return;
		}
	for (size_t i = 0; i < spec->column_count; i++) {
		if (!near && preview->count)
			near = names_near(&spec->columns[i], row->cells, row->count);
		if (spec->columns[i].required)
			expected = arena_printf(search->scratch, "%s%s%s", expected, *expected ? "、" : "",
				spec->columns[i].name);
	}
	if (!*expected && spec->column_count)
		expected = spec->columns[0].name;
	diag_add_nearest(request->diag, MSG_HEADER_NOT_FOUND, at, near, spec->name, expected, NULL);
}

static bool find(const struct search *search, const struct encoding_text *text)
{
	static const char delimiters[] = { ',', '\t', ';' };
	struct layout best = { 0 };
	const struct preview *first = NULL;

	for (size_t i = 0; i < sizeof(delimiters); i++) {
		const struct preview *preview = preview_read(search, text, delimiters[i]);
		struct layout layout = best_layout(search, preview);

		if (!first)
			first = preview;
		if (layout.score > best.score || (layout.score && layout.score == best.score && layout.fields > best.fields)) {
			best = layout;
			search->header->delimiter = delimiters[i];
		}
	}
	if (!best.score) {
		report_not_found(search, first);
		return false;
	}
	search->header->line = best.preview->rows[best.first].at.line;
	search->header->last_line = best.preview->rows[best.last].at.line;
	search->header->usable = true;
	fill_header(search, &best);
	check_absent(search, &best);
	return true;
}

bool header_find(struct header *header, const struct header_request *request, const struct encoding_text *text)
{
	struct search search = { .request = request, .scratch = arena_new(), .header = header };
	bool found;

	memset(header, 0, sizeof(*header));
	header->delimiter = ',';
	names_init(&search.names, request->spec, search.scratch);
	found = find(&search, text);
	names_release(&search.names);
	arena_free(search.scratch);
	return found;
}
