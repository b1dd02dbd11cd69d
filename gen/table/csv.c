#include "table/csv.h"

#include <csv.h>
#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

/* libcsv's own step of 128 bytes copies a field of a megabyte eight thousand times. */
#define FIELD_BLOCK ((size_t)16 * 1024)

struct csv_reader {
	const char *at;
	const char *end;
	long line;
	char delimiter;
	struct csv_parser parser;
	struct csv_row *row; /* being filled by libcsv's callback */
	struct csv_field *fields;
	size_t field_room;
	char *buffer; /* the row's field texts one after the other */
	size_t buffer_room;
	size_t buffer_used;
	const char *hit, *quote; /* of csv_reader_seek: the next ones known at or behind `at`; NULL: not sought yet */
};

size_t csv_line_length(const char *at, const char *end, size_t *with_end)
{
	size_t left = (size_t)(end - at), window = 0, length = 0;
	const char *feed = NULL, *carriage = NULL;

	/* In growing windows: a file without one of the two must not be searched to its end for every line. */
	while (!feed && !carriage && length < left) {
		window = window ? window * 2 : 256;
		if (window > left - length)
			window = left - length;
		feed = memchr(at + length, '\n', window);
		carriage = memchr(at + length, '\r', feed ? (size_t)(feed - at) - length : window);
		length += window;
	}
	if (carriage)
		length = (size_t)(carriage - at);
	else if (feed)
		length = (size_t)(feed - at);
	if (with_end)
		*with_end = length + (carriage && carriage + 1 < end && carriage[1] == '\n') + (feed || carriage);
	return length;
}

static void *bigger(void *old, size_t *room, size_t wanted, size_t size)
{
	size_t next = *room ? *room : 64;
	void *grown;

	if (wanted <= *room)
		return old;
	while (next < wanted)
		next *= 2;
	grown = realloc(old, next * size);
	if (!grown)
		bug("out of memory for a row of %zu", next);
	*room = next;
	return grown;
}

struct csv_reader *csv_reader_new(const char *text, size_t size, char delimiter)
{
	struct csv_reader *reader = calloc(1, sizeof(*reader));

	if (!reader || csv_init(&reader->parser, 0))
		bug("libcsv does not start");
	csv_set_delim(&reader->parser, (unsigned char)delimiter);
	csv_set_blk_size(&reader->parser, FIELD_BLOCK);
	reader->at = text;
	reader->end = text + size;
	reader->line = 1;
	reader->delimiter = delimiter;
	reader->fields = bigger(NULL, &reader->field_room, 64, sizeof(*reader->fields));
	return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
	if (!reader)
		return;
	csv_free(&reader->parser);
	free(reader->fields);
	free(reader->buffer);
	free(reader);
}

/* How a field ends: at a delimiter, a line end, the end of the text, or badly. */
struct field_end {
	const char *at; /* the delimiter, line end or end of text behind it */
	bool quoted;
	bool open; /* its closing quote never came */
	bool stray; /* something stands behind its closing quote */
};

static const char *skip_blanks(const char *at, const char *end, char delimiter)
{
	while (at < end && (*at == ' ' || *at == '\t') && *at != delimiter)
		at++;
	return at;
}

static bool ends_field(const char *at, const char *end, char delimiter)
{
	return at == end || *at == delimiter || *at == '\n' || *at == '\r';
}

/* As libcsv reads: blanks may stand around quotes; a quote inside an unquoted field is a character. */
static struct field_end field_scan(const char *at, const char *end, char delimiter)
{
	struct field_end field = { skip_blanks(at, end, delimiter), false, false, false };

	if (field.at == end || *field.at != '"') {
		while (!ends_field(field.at, end, delimiter))
			field.at++;
		return field;
	}
	field.quoted = true;
	for (at = field.at + 1;; at += 2) {
		at = at < end ? memchr(at, '"', (size_t)(end - at)) : NULL;
		if (!at) {
			field.at = end;
			field.open = true;
			return field;
		}
		if (at + 1 == end || at[1] != '"')
			break;
	}
	field.at = skip_blanks(at + 1, end, delimiter);
	field.stray = !ends_field(field.at, end, delimiter);
	return field;
}

static long count_lines(const char *at, const char *end)
{
	long lines = 0;
	size_t whole;

	while (at < end) {
		size_t length = csv_line_length(at, end, &whole);

		lines += whole > length;
		at += whole;
	}
	return lines;
}

/* The row's bytes where quotes may hide line ends. A broken row is cut at its first line. */
static void scan_quoted(const struct csv_reader *reader, struct csv_row *row)
{
	const char *at = reader->at;
	size_t first = csv_line_length(at, reader->end, NULL);

	for (size_t number = 1;; number++) {
		struct field_end field = field_scan(at, reader->end, reader->delimiter);

		if (field.open || field.stray) {
			bool spans = field.open || count_lines(at, field.at) > 0;

			row->problem = spans ? CSV_QUOTE_OPEN : CSV_QUOTE_STRAY;
			row->problem_field = number;
			row->size = (size_t)(at - reader->at) > first ? (size_t)(at - reader->at) : first;
			if (row->size > first)
				row->size += csv_line_length(at, reader->end, NULL);
			return;
		}
		at = field.at;
		if (at == reader->end || *at != reader->delimiter)
			break;
		at++;
	}
	row->size = (size_t)(at - reader->at);
}

/* Does the field count as one of the row's? */
static bool check_field(struct csv_row *row, size_t length)
{
	if (length > CSV_LARGEST_FIELD && row->problem == CSV_FINE) {
		row->problem = CSV_FIELD_LARGE;
		row->problem_field = row->count + 1;
	}
	row->blank = row->blank && !length;
	if (row->count == CSV_MOST_COLUMNS) {
		/* Columns beyond the limit do no harm while they are empty. */
		if (length && row->problem == CSV_FINE) {
			row->problem = CSV_COLUMNS_MANY;
			row->problem_field = CSV_MOST_COLUMNS + 1;
		}
		return false;
	}
	return true;
}

static void take_field(void *text, size_t length, void *context)
{
	struct csv_reader *reader = context;
	struct csv_row *row = reader->row;
	char *copy = reader->buffer + reader->buffer_used;

	if (!check_field(row, length))
		return;
	memcpy(copy, text, length);
	copy[length] = '\0';
	reader->buffer_used += length + 1;
	reader->fields = bigger(reader->fields, &reader->field_room, row->count + 1, sizeof(*reader->fields));
	reader->fields[row->count++] = (struct csv_field){ copy, length };
}

static void take_end(int end, void *context)
{
	(void)end;
	(void)context;
}

static void parse_row(struct csv_reader *reader, struct csv_row *row)
{
	static const char line_end[] = "\n";

	reader->row = row;
	reader->buffer_used = 0;
	/* Each field adds a NUL; there are at most size + 1 of them. */
	reader->buffer = bigger(reader->buffer, &reader->buffer_room, 2 * row->size + 2, 1);
	if (csv_parse(&reader->parser, row->bytes, row->size, take_field, take_end, reader) != row->size ||
		csv_parse(&reader->parser, line_end, 1, take_field, take_end, reader) != 1)
		bug("libcsv: %s", csv_strerror(csv_error(&reader->parser)));
	row->fields = reader->fields;
}

static bool is_blank(char c, char delimiter)
{
	return (c == ' ' || c == '\t') && c != delimiter;
}

/* The next delimiter before the end, eight bytes a step: fields are too short for memchr to pay. Eight bytes behind the end must be readable. */
static char *find_delimiter(char *at, const char *end, uint64_t delimiters)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);

	for (; at < end; at += 8) {
		uint64_t word, hit;

		memcpy(&word, at, 8);
		word = le64toh(word) ^ delimiters;
		hit = (word - ones) & ~word & ones << 7;
		if (hit) {
			at += __builtin_ctzll(hit) / 8;
			return at < end ? at : NULL;
		}
	}
	return NULL;
}

/* A row without quotes, as libcsv would read it: one of blanks alone has no field. */
static void part_row(struct csv_reader *reader, struct csv_row *row)
{
	const uint64_t delimiters = UINT64_C(0x0101010101010101) * (unsigned char)reader->delimiter;
	char delimiter = reader->delimiter, *at, *end;

	reader->buffer = bigger(reader->buffer, &reader->buffer_room, row->size + 8, 1);
	memcpy(reader->buffer, row->bytes, row->size);
	at = reader->buffer;
	end = at + row->size;
	memset(end, '\0', 8);
	if (skip_blanks(at, end, delimiter) == end)
		return;
	for (;;) {
		char *stop = find_delimiter(at, end, delimiters), *behind = stop ? stop : end;

		while (at < behind && is_blank(*at, delimiter))
			at++;
		while (behind > at && is_blank(behind[-1], delimiter))
			behind--;
		*behind = '\0';
		if (check_field(row, (size_t)(behind - at))) {
			reader->fields = bigger(reader->fields, &reader->field_room, row->count + 1,
				sizeof(*reader->fields));
			reader->fields[row->count++] = (struct csv_field){ at, (size_t)(behind - at) };
		}
		if (!stop)
			break;
		at = stop + 1;
	}
	row->fields = reader->fields;
}

/* Moves behind the row and its line end. */
static void step_over(struct csv_reader *reader, const struct csv_row *row, bool quoted)
{
	const char *end = row->bytes + row->size;

	if (quoted)
		reader->line += count_lines(row->bytes, end);
	if (end < reader->end) {
		reader->line++;
		end += *end == '\r' && end + 1 < reader->end && end[1] == '\n' ? 2 : 1;
	}
	reader->at = end;
}

bool csv_reader_next(struct csv_reader *reader, struct csv_row *row)
{
	bool quoted;

	memset(row, 0, sizeof(*row));
	if (reader->at == reader->end)
		return false;
	row->line = reader->line;
	row->bytes = reader->at;
	row->blank = true;
	row->size = csv_line_length(reader->at, reader->end, NULL);
	quoted = row->size && memchr(row->bytes, '"', row->size);
	if (quoted)
		scan_quoted(reader, row);
	if (row->problem != CSV_FINE)
		row->blank = false;
	else if (quoted)
		parse_row(reader, row);
	else if (row->size)
		part_row(reader, row);
	step_over(reader, row, quoted);
	return true;
}

/* The next place of the bytes, or the end; a place already known is used until it is passed. */
static const char *next_place(const struct csv_reader *reader, const char **known, const char *bytes)
{
	if (!*known || *known < reader->at)
		*known = memmem(reader->at, (size_t)(reader->end - reader->at), bytes, strlen(bytes));
	if (!*known)
		*known = reader->end;
	return *known;
}

bool csv_reader_seek(struct csv_reader *reader, const char *needle, struct csv_row *row)
{
	do {
		const char *stop = next_place(reader, &reader->hit, needle), *quote = next_place(reader, &reader->quote, "\"");

		/* Lines within quotes are no rows: from the first quote on row by row. */
		if (quote < stop)
			stop = quote;
		if (stop == reader->end)
			return false;
		while (stop > reader->at && stop[-1] != '\n' && stop[-1] != '\r')
			stop--;
		reader->line += count_lines(reader->at, stop);
		reader->at = stop;
		if (!csv_reader_next(reader, row))
			return false;
	} while (!memmem(row->bytes, row->size, needle, strlen(needle)));
	return true;
}

enum message csv_problem_message(enum csv_problem problem)
{
	static const enum message messages[] = { [CSV_FINE] = MSG_COUNT, [CSV_QUOTE_OPEN] = MSG_QUOTE_OPEN,
		[CSV_QUOTE_STRAY] = MSG_QUOTE_STRAY, [CSV_FIELD_LARGE] = MSG_FIELD_LARGE,
		[CSV_COLUMNS_MANY] = MSG_COLUMNS_MANY };

	return messages[problem];
}

struct csv_span csv_field_span(const char *bytes, size_t size, char delimiter, size_t number)
{
	const char *end = bytes + size, *at = bytes, *line = bytes, *stop;
	struct csv_span span = { 0, bytes, 0, 0, 0 };
	size_t whole;

	for (size_t i = 1; i < number; i++) {
		struct field_end field = field_scan(at, end, delimiter);

		if (field.at == end || *field.at != delimiter) {
			at = end;
			break;
		}
		at = field.at + 1;
	}
	stop = number ? field_scan(at, end, delimiter).at : end;
	for (;;) {
		span.length = csv_line_length(line, end, &whole);
		if (line + whole > at || whole == span.length)
			break;
		line += whole;
		span.line++;
	}
	span.text = line;
	at = skip_blanks(at, stop, delimiter);
	span.start = (size_t)(at - line);
	span.end = (size_t)(stop - line) < span.length ? (size_t)(stop - line) : span.length;
	while (span.end > span.start && (line[span.end - 1] == ' ' || line[span.end - 1] == '\t'))
		span.end--;
	return span;
}
