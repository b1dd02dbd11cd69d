#include "render/pdf_file.h"
#include "base/bug.h"
#include "base/file.h"
#include "render/character.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Where an object is: at an offset of the file, or as the n-th of an object stream. */
struct entry {
	int stream; /* number of the object stream, 0: none */
	size_t at;
};

#define STREAM_OBJECTS 200

struct pdf_file {
	struct text_buffer out, packed, heads, work;
	struct entry *entries;
	int count, room; /* entries, 0 being the free one */
	int stream;	 /* number of the object stream being filled */
	size_t in_stream;
	z_stream quick, slow;
};

static void start_deflate(z_stream *stream, int level)
{
	if (deflateInit(stream, level) != Z_OK)
		bug("out of memory");
}

struct pdf_file *pdf_file_new(void)
{
	struct pdf_file *file = calloc(1, sizeof *file);

	if (!file)
		bug("out of memory");
	start_deflate(&file->quick, 1);
	start_deflate(&file->slow, 9);
	return file;
}

void pdf_file_free(struct pdf_file *file)
{
	if (!file)
		return;
	deflateEnd(&file->quick);
	deflateEnd(&file->slow);
	text_buffer_release(&file->out);
	text_buffer_release(&file->packed);
	text_buffer_release(&file->heads);
	text_buffer_release(&file->work);
	free(file->entries);
	free(file);
}

void pdf_file_begin(struct pdf_file *file)
{
	file->out.length = file->packed.length = file->heads.length = 0;
	file->count = 1;
	file->stream = 0;
	file->in_stream = 0;
	/* the comment's high bytes tell transfer programs that the file is binary */
	text_buffer_puts(&file->out, "%PDF-1.5\n%\xe2\xe3\xcf\xd3\n");
}

int pdf_object(struct pdf_file *file)
{
	if (file->count >= file->room) {
		file->room = file->room ? 2 * file->room : 512;
		file->entries = realloc(file->entries, (size_t)file->room * sizeof *file->entries);
		if (!file->entries)
			bug("out of memory");
	}
	file->entries[file->count] = (struct entry){ 0, 0 };
	return file->count++;
}

void pdf_deflate(struct pdf_file *file, const void *data, size_t size, bool thorough, struct text_buffer *out)
{
	z_stream *stream = thorough ? &file->slow : &file->quick;
	const unsigned char *from = data;
	unsigned char piece[16384];
	int status;

	deflateReset(stream);
	/* zlib promises not to write to what it reads, though old headers do not say so */
	memcpy(&stream->next_in, &from, sizeof from);
	stream->avail_in = (uInt)size;
	do {
		stream->next_out = piece;
		stream->avail_out = sizeof piece;
		status = deflate(stream, Z_FINISH);
		if (status == Z_STREAM_ERROR)
			bug("deflate failed");
		text_buffer_add(out, (const char *)piece, sizeof piece - stream->avail_out);
	} while (status != Z_STREAM_END);
}

void pdf_put_deflated(struct pdf_file *file, int number, const char *entries, const void *data, size_t size)
{
	file->entries[number] = (struct entry){ 0, file->out.length };
	text_buffer_printf(&file->out, "%d 0 obj\n<</Length %zu/Filter/FlateDecode%s>>\nstream\n", number,
		size, entries);
	text_buffer_add(&file->out, data, size);
	text_buffer_puts(&file->out, "\nendstream\nendobj\n");
}

void pdf_put_stream(struct pdf_file *file, int number, const char *entries, const void *data, size_t size)
{
	file->work.length = 0;
	pdf_deflate(file, data, size, false, &file->work);
	pdf_put_deflated(file, number, entries, file->work.data, file->work.length);
}

static void end_object_stream(struct pdf_file *file)
{
	char entries[80];
	size_t first = file->heads.length;

	if (!file->stream)
		return;
	text_buffer_add(&file->heads, file->packed.data, file->packed.length);
	snprintf(entries, sizeof entries, "/Type/ObjStm/N %zu/First %zu", file->in_stream, first);
	pdf_put_stream(file, file->stream, entries, file->heads.data, file->heads.length);
	file->stream = 0;
	file->in_stream = 0;
	file->packed.length = file->heads.length = 0;
}

/* Decimal digits, as this is called for each number of each page. */
static void put_int(struct text_buffer *out, unsigned long value)
{
	char digits[24];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + value % 10);
	while (value /= 10);
	text_buffer_add(out, digits + at, sizeof digits - at);
}

void pdf_put(struct pdf_file *file, int number, const char *text, size_t length)
{
	if (!file->stream)
		file->stream = pdf_object(file);
	file->entries[number] = (struct entry){ file->stream, file->in_stream++ };
	put_int(&file->heads, (unsigned long)number);
	text_buffer_putc(&file->heads, ' ');
	put_int(&file->heads, file->packed.length);
	text_buffer_putc(&file->heads, ' ');
	text_buffer_add(&file->packed, text, length);
	text_buffer_putc(&file->packed, '\n');
	if (file->in_stream == STREAM_OBJECTS)
		end_object_stream(file);
}

static void put_bytes(struct text_buffer *out, size_t bytes, size_t value)
{
	while (bytes--)
		text_buffer_putc(out, (char)(value >> 8 * bytes & 0xff));
}

/* Tells files apart and nothing more, so sums do; a cryptographic hash would take longer than drawing a page.
 */
static void name_file(const struct pdf_file *file, char name[40])
{
	const unsigned char *data = (const unsigned char *)file->out.data;
	uInt size = (uInt)file->out.length;

	snprintf(name, 40, "%08lX%08lX%08lX%08X", crc32(0, data, size), crc32(1, data, size),
		adler32(1, data, size), size);
}

void pdf_file_end(struct pdf_file *file, int root, int info, struct file_writer *out)
{
	struct text_buffer table = TEXT_BUFFER_INIT;
	char entries[240], name[40];
	size_t at;
	int number;

	end_object_stream(file);
	number = pdf_object(file);
	at = file->out.length;
	file->entries[number] = (struct entry){ 0, at };
	put_bytes(&table, 1, 0);
	put_bytes(&table, 4, 0);
	put_bytes(&table, 2, 65535);
	for (int i = 1; i < file->count; i++) {
		const struct entry *entry = &file->entries[i];

		put_bytes(&table, 1, entry->stream ? 2 : 1);
		put_bytes(&table, 4, entry->stream ? (size_t)entry->stream : entry->at);
		put_bytes(&table, 2, entry->stream ? entry->at : 0);
	}
	name_file(file, name);
	snprintf(entries, sizeof entries, "/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]",
		file->count, root, info, name, name);
	pdf_put_stream(file, number, entries, table.data, table.length);
	text_buffer_printf(&file->out, "startxref\n%zu\n%%%%EOF\n", at);
	text_buffer_release(&table);
	file_write(out, file->out.data, file->out.length);
}

void pdf_string(struct text_buffer *out, const char *utf8)
{
	text_buffer_puts(out, "<FEFF");
	for (uint32_t c = character_next(&utf8); c; c = character_next(&utf8)) {
		if (c >= 0x10000)
			text_buffer_printf(
				out, "%04X%04X", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + (c & 0x3ff));
		else
			text_buffer_printf(out, "%04X", c);
	}
	text_buffer_putc(out, '>');
}

void pdf_int(struct text_buffer *out, int value)
{
	put_int(out, (unsigned long)value);
}

void pdf_number(struct text_buffer *out, double value)
{
	long hundredths = lround(value * 100);
	unsigned long plain = hundredths < 0 ? 0ul - (unsigned long)hundredths : (unsigned long)hundredths;
	unsigned long rest = plain % 100;

	if (hundredths < 0)
		text_buffer_putc(out, '-');
	put_int(out, plain / 100);
	if (!rest)
		return;
	text_buffer_putc(out, '.');
	text_buffer_putc(out, (char)('0' + rest / 10));
	if (rest % 10)
		text_buffer_putc(out, (char)('0' + rest % 10));
}
