#include "table/encoding.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/diag.h"
#include "table/gb18030.h"

#define HIGH_BITS UINT64_C(0x8080808080808080)

/* Files that a clerk renamed, or a system misnamed, by their first bytes. */
static const struct {
	const char *magic;
	size_t size;
	enum message message;
} impostors[] = {
	{ "PK\x03\x04", 4, MSG_FILE_IS_XLSX },
	{ "PK\x05\x06", 4, MSG_FILE_IS_XLSX },
	{ "\xD0\xCF\x11\xE0", 4, MSG_FILE_IS_XLS },
	{ "%PDF-", 5, MSG_FILE_IS_PDF },
	{ "<html", 5, MSG_FILE_IS_HTML },
	{ "<HTML", 5, MSG_FILE_IS_HTML },
	{ "<!DOCTYPE", 9, MSG_FILE_IS_HTML },
	{ "<!doctype", 9, MSG_FILE_IS_HTML },
	{ "<table", 6, MSG_FILE_IS_HTML },
	{ "<?xml", 5, MSG_FILE_IS_HTML },
};

static struct place whole_file(const char *path)
{
	struct place at = PLACE_NONE;

	at.file = path;
	return at;
}

static long line_at(const char *text, size_t offset)
{
	long line = 1;

	for (size_t i = 0; i < offset; i++)
		line += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
	return line;
}

static void report_byte(const char *path, long line, const char *data, size_t offset, enum message message,
	const char *encoding, struct diag *diag)
{
	struct place at = whole_file(path);
	char number[32], hex[8];

	at.line = line;
	snprintf(number, sizeof(number), "%zu", offset + 1);
	snprintf(hex, sizeof(hex), "0x%02X", (unsigned)(unsigned char)data[offset]);
	diag_add(diag, message, at, number, hex, encoding, NULL);
}

size_t encoding_ascii_run(const char *data, size_t size)
{
	size_t i = 0;
	uint64_t word;

	for (; i + 8 <= size; i += 8) {
		memcpy(&word, data + i, 8);
		if (word & HIGH_BITS)
			break;
	}
	while (i < size && !((unsigned char)data[i] & 0x80))
		i++;
	return i;
}

/* Length of the strict UTF-8 sequence at data (RFC 3629, table in section 4), 0 if there is none. */
static size_t utf8_sequence(const unsigned char *data, size_t size)
{
	unsigned char lead = data[0], low = 0x80, high = 0xBF;
	size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC2 || lead > 0xF4 || length > size)
		return 0;
	if (lead == 0xE0)
		low = 0xA0;
	else if (lead == 0xED)
		high = 0x9F;
	else if (lead == 0xF0)
		low = 0x90;
	else if (lead == 0xF4)
		high = 0x8F;
	if (data[1] < low || data[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if ((data[i] & 0xC0) != 0x80)
			return 0;
	return length;
}

static bool is_alphanumeric(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/*
 * Could these two bytes, valid UTF-8, be a hanzi of GB2312 instead? Not where
 * they touch a Latin letter or digit ("José", "¥20", "3·5"), and not the yen
 * sign before a blank and a sum, not a sign between blanks.
 */
static bool reads_as_hanzi(const char *data, size_t at, size_t size)
{
	unsigned char lead = (unsigned char)data[at], trail = (unsigned char)data[at + 1];
	unsigned char before = at ? (unsigned char)data[at - 1] : 0;
	unsigned char behind = at + 2 < size ? (unsigned char)data[at + 2] : 0;

	if (lead < 0xB0 || lead > 0xF7 || trail < 0xA1)
		return false;
	if (lead == 0xC2 && trail == 0xA5 && (behind == ' ' || behind == '-'))
		return false;
	if (before == ' ' && behind == ' ')
		return false;
	return !is_alphanumeric(before) && !is_alphanumeric(behind);
}

struct utf8_verdict {
	size_t bad; /* offset of the first invalid byte; size if none */
	bool ambiguous; /* all non-ASCII characters, and there are some, read as GBK too */
};

static struct utf8_verdict utf8_judge(const char *data, size_t size)
{
	struct utf8_verdict verdict = { 0, false };
	bool all_hanzi = true;
	size_t wide = 0, at = 0;

	while ((at += encoding_ascii_run(data + at, size - at)) < size) {
		size_t length = utf8_sequence((const unsigned char *)data + at, size - at);

		if (!length)
			break;
		if (all_hanzi)
			all_hanzi = length == 2 && reads_as_hanzi(data, at, size);
		wide++;
		at += length;
	}
	verdict.bad = at;
	verdict.ambiguous = at == size && wide && all_hanzi;
	return verdict;
}

static char *room_for(struct encoding_text *out, size_t size)
{
	out->owned = malloc(size + 1);
	if (!out->owned)
		bug("out of memory for %zu bytes of text", size);
	out->text = out->owned;
	return out->owned;
}

size_t encoding_put(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xC0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xE0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static uint32_t utf16_unit(const unsigned char *data, bool big)
{
	return big ? (uint32_t)data[0] << 8 | data[1] : (uint32_t)data[1] << 8 | data[0];
}

/* False with the offset of the first bad unit in *bad. */
static bool utf16_convert(struct encoding_text *out, const char *data, size_t size, bool big, size_t *bad)
{
	const unsigned char *bytes = (const unsigned char *)data;
	char *to = room_for(out, size / 2 * 3 + 4);
	size_t at = 0;

	for (; at + 2 <= size; at += 2) {
		uint32_t c = utf16_unit(bytes + at, big);

		if (c >= 0xD800 && c < 0xE000) {
			uint32_t low = c < 0xDC00 && at + 4 <= size ? utf16_unit(bytes + at + 2, big) : 0;

			if (low < 0xDC00 || low >= 0xE000)
				break;
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			at += 2;
		}
		to += encoding_put(to, c);
	}
	*to = '\0';
	out->size = (size_t)(to - out->owned);
	*bad = at;
	return at == size;
}

static bool gb18030_take(struct encoding_text *out, const char *data, size_t size, size_t *bad)
{
	out->name = "GB18030";
	out->owned = gb18030_convert(data, size, &out->size, bad);
	out->text = out->owned;
	return out->owned != NULL;
}

static bool is_utf16_without_mark(const char *data, size_t size)
{
	size_t zeros[2] = { 0, 0 }, seen = size < 4096 ? size & ~(size_t)1 : 4096;

	for (size_t i = 0; i < seen; i++)
		zeros[i & 1] += !data[i];
	/* ASCII punctuation and digits make a good part of any export's units; 开 (U+5F00) and its like are few. */
	return seen >= 4 && (zeros[0] > seen / 8 || zeros[1] > seen / 8) &&
		(zeros[0] > 8 * zeros[1] || zeros[1] > 8 * zeros[0]);
}

static bool is_impostor(const char *path, const char *data, size_t size, struct diag *diag)
{
	size_t blank = strspn(data, " \t\r\n");

	for (size_t i = 0; i < sizeof(impostors) / sizeof(*impostors); i++) {
		if (size - blank < impostors[i].size || memcmp(data + blank, impostors[i].magic, impostors[i].size) != 0)
			continue;
		diag_add(diag, impostors[i].message, whole_file(path), NULL);
		return true;
	}
	return false;
}

static bool check_content(const struct encoding_text *out, const char *path, struct diag *diag)
{
	const char *zero = memchr(out->text, '\0', out->size);

	/* A web page may have a mark or be UTF-16. */
	if (is_impostor(path, out->text, out->size, diag))
		return false;
	if (zero) {
		size_t offset = (size_t)(zero - out->text);

		report_byte(path, line_at(out->text, offset), out->text, offset, MSG_FILE_HAS_NUL, out->name, diag);
		return false;
	}
	if (out->text[strspn(out->text, " \t\r\n")] == '\0') {
		diag_add(diag, MSG_FILE_EMPTY, whole_file(path), NULL);
		return false;
	}
	return true;
}

static bool read_marked(struct encoding_text *out, const char *path, const char *data, size_t size, struct diag *diag)
{
	bool big = !memcmp(data, "\xFE\xFF", 2);
	size_t bad;

	if (!memcmp(data, "\xEF\xBB", 2)) {
		out->name = "UTF-8 BOM";
		out->text = data + 3;
		out->size = size - 3;
		bad = utf8_judge(out->text, out->size).bad;
		if (bad == out->size)
			return true;
		report_byte(path, line_at(data, bad + 3), data, bad + 3, MSG_BYTES_AGAINST_MARK, "UTF-8", diag);
		return false;
	}
	out->name = big ? "UTF-16BE" : "UTF-16LE";
	if (utf16_convert(out, data + 2, size - 2, big, &bad))
		return true;
	if (bad + 2 >= size)
		bad = size - 3;
	report_byte(path, line_at(out->owned, out->size), data, bad + 2, MSG_BYTES_AGAINST_MARK, out->name, diag);
	return false;
}

static bool read_unmarked(struct encoding_text *out, const char *path, const char *data, size_t size,
	struct diag *diag)
{
	struct utf8_verdict verdict;
	size_t bad;

	if (memchr(data, '\0', size) && is_utf16_without_mark(data, size)) {
		diag_add(diag, MSG_UTF16_WITHOUT_MARK, whole_file(path), NULL);
		return false;
	}
	verdict = utf8_judge(data, size);
	if (verdict.ambiguous && gb18030_take(out, data, size, &bad)) {
		diag_add(diag, MSG_ENCODING_GUESSED, whole_file(path), NULL);
		return true;
	}
	if (verdict.bad == size) {
		out->name = "UTF-8";
		out->text = data;
		out->size = size;
		return true;
	}
	if (gb18030_take(out, data, size, &bad))
		return true;
	/* The reading that came further is the one the file was meant in. */
	if (bad < verdict.bad)
		bad = verdict.bad;
	report_byte(path, line_at(data, bad), data, bad, MSG_BYTES_IN_NO_ENCODING, "", diag);
	return false;
}

static bool has_mark(const char *data, size_t size)
{
	return (size >= 2 && (!memcmp(data, "\xFF\xFE", 2) || !memcmp(data, "\xFE\xFF", 2))) ||
	       (size >= 3 && !memcmp(data, "\xEF\xBB\xBF", 3));
}

bool encoding_read(struct encoding_text *out, const char *path, const char *data, size_t size, struct diag *diag)
{
	memset(out, 0, sizeof(*out));
	/* Before looking for an encoding: a workbook's bytes have none. */
	if (is_impostor(path, data, size, diag))
		return false;
	if (has_mark(data, size) ? read_marked(out, path, data, size, diag) : read_unmarked(out, path, data, size, diag))
		if (check_content(out, path, diag))
			return true;
	encoding_release(out);
	return false;
}

void encoding_release(struct encoding_text *text)
{
	free(text->owned);
	memset(text, 0, sizeof(*text));
}
