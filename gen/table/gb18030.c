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
	return size >= 4 && at[1] >= 0x30 && at[1] <= 0x39 && at[2] >= 0x81 && at[2] <= 0xFE && at[3] >= 0x30 &&
	       at[3] <= 0x39;
}

/* The character at `at`, its length in *length; 0 if there is none. */
static uint32_t decode(iconv_t door, const uint32_t *table, const unsigned char *at, size_t size, size_t *length)
{
	if (at[0] < 0x81 || at[0] > 0xFE || size < 2)
		return 0;
	if (at[1] >= 0x40 && at[1] <= 0xFE) {
		*length = 2;
		return table[(at[0] - 0x81) * TRAILS + at[1] - 0x40];
	}
	*length = 4;
	return is_four(at, size) ? ask(door, at, 4) : 0;
}

/* Where the bytes end; *bad is size if all were good. */
static char *convert(iconv_t door, const char *data, size_t size, char *to, size_t *bad)
{
	const uint32_t *table = pairs(door);
	size_t at = 0, length = 0;

	if (size >= 4 && !memcmp(data, "\x84\x31\x95\x33", 4))
		at = 4;
	while (at < size) {
		uint32_t c;

		if (!((unsigned char)data[at] & 0x80)) {
			length = encoding_ascii_run(data + at, size - at);
			memcpy(to, data + at, length);
			to += length;
			at += length;
			continue;
		}
		c = decode(door, table, (const unsigned char *)data + at, size - at, &length);
		if (!c)
			break;
		to += encoding_put(to, c);
		at += length;
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
