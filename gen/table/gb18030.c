#include "table/gb18030.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/bug.h"

#define LEADS (0xFE - 0x81 + 1)
#define TRAILS (0xFE - 0x40 + 1)

/* One character; 0 if iconv knows none. */
static uint32_t ask(iconv_t door, const unsigned char *data, size_t size)
{
	char copy[4], result[8];
	char *in = copy, *out = result;
	size_t in_left = size, out_left = sizeof(result);
	const unsigned char *r = (const unsigned char *)result;

	memcpy(copy, data, size);
	if (iconv(door, &in, &in_left, &out, &out_left) == (size_t)-1 || in_left || out_left != 4) {
		iconv(door, NULL, NULL, NULL, NULL);
		return 0;
	}
	return (uint32_t)r[0] | (uint32_t)r[1] << 8 | (uint32_t)r[2] << 16 | (uint32_t)r[3] << 24;
}

static const uint32_t *pairs(iconv_t door)
{
	static uint32_t table[LEADS * TRAILS];
	static bool filled;

	for (unsigned lead = 0x81; !filled && lead <= 0xFE; lead++)
		for (unsigned trail = 0x40; trail <= 0xFE; trail++) {
			unsigned char pair[2] = { (unsigned char)lead, (unsigned char)trail };

			if (trail != 0x7F)
				table[(lead - 0x81) * TRAILS + trail - 0x40] = ask(door, pair, 2);
		}
	filled = true;
	return table;
}

static bool is_four(const unsigned char *at, size_t size)
{
	for (size_t i = 0; i < 4; i++) {
		unsigned char least = i & 1 ? 0x30 : 0x81, most = i & 1 ? 0x39 : 0xFE;

		if (i >= size || at[i] < least || at[i] > most)
			return false;
	}
	return true;
}

/* A run of two-byte characters, nearly all there is beside ASCII; stops before anything else. */
static size_t convert_pairs(const uint32_t *table, const unsigned char *data, size_t size, char **to)
{
	char *out = *to;
	size_t at = 0;

	while (at + 1 < size && data[at] >= 0x81 && data[at] <= 0xFE && data[at + 1] >= 0x40 && data[at + 1] <= 0xFE) {
		uint32_t c = table[(data[at] - 0x81) * TRAILS + data[at + 1] - 0x40];

		if (c >= 0x800 && c < 0x10000) {
			out[0] = (char)(0xE0 | c >> 12);
			out[1] = (char)(0x80 | (c >> 6 & 0x3F));
			out[2] = (char)(0x80 | (c & 0x3F));
			out += 3;
		} else if (c) {
			out += encoding_put(out, c);
		} else {
			break;
		}
		at += 2;
	}
	*to = out;
	return at;
}

/* Where the bytes end; *bad is size if all were good. */
static char *convert(iconv_t door, const char *data, size_t size, char *to, size_t *bad)
{
	const unsigned char *bytes = (const unsigned char *)data;
	const uint32_t *table = pairs(door);
	size_t at = 0, length;

	if (size >= 4 && !memcmp(data, "\x84\x31\x95\x33", 4))
		at = 4;
	while (at < size) {
		uint32_t c;

		length = encoding_ascii_run(data + at, size - at);
		memcpy(to, data + at, length);
		to += length;
		at += length;
		length = convert_pairs(table, bytes + at, size - at, &to);
		at += length;
		if (length || at == size)
			continue;
		c = is_four(bytes + at, size - at) ? ask(door, bytes + at, 4) : 0;
		if (!c)
			break;
		to += encoding_put(to, c);
		at += 4;
	}
	*bad = at;
	return to;
}

char *gb18030_convert(const char *data, size_t size, size_t *length, size_t *bad)
{
	iconv_t door = iconv_open("UTF-32LE", "GB18030");
	char *text, *end, *fitting;

	if (door == (iconv_t)-1)
		bug("the C library does not know GB18030");
	/* Two bytes become four at most; memory not written to costs nothing. */
	text = malloc(size * 2 + 1);
	if (!text)
		bug("out of memory for %zu bytes of text", size * 2);
	end = convert(door, data, size, text, bad);
	iconv_close(door);
	if (*bad < size) {
		free(text);
		return NULL;
	}
	*end = '\0';
	*length = (size_t)(end - text);
	fitting = realloc(text, *length + 1);
	return fitting ? fitting : text;
}
