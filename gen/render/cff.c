#include "render/cff.h"
#include "base/arena.h"
#include "base/text.h"
#include <string.h>

/* Operators of dictionaries; two-byte ones as 12 << 8 | second byte. */
enum {
	OP_CHARSET = 15,
	OP_CHARSTRINGS = 17,
	OP_PRIVATE = 18,
	OP_SUBRS = 19,
	OP_ROS = 12 << 8 | 30,
	OP_CID_COUNT = 12 << 8 | 34,
	OP_FONT_ARRAY = 12 << 8 | 36,
	OP_FONT_SELECT = 12 << 8 | 37,
};
#define FIRST_CUSTOM_STRING 391

struct reader {
	const uint8_t *data;
	size_t size, at;
	bool bad;
};

static uint32_t take(struct reader *reader, size_t bytes)
{
	uint32_t value = 0;

	if (reader->at > reader->size || bytes > reader->size - reader->at) {
		reader->bad = true;
		return 0;
	}
	while (bytes--)
		value = value << 8 | reader->data[reader->at++];
	return value;
}

struct index {
	size_t count;
	size_t offset_size, offsets, base; /* entry i: base + offset i */
};

static struct index read_index(struct reader *reader)
{
	struct index index = { take(reader, 2), 0, 0, 0 };

	if (!index.count)
		return index;
	index.offset_size = take(reader, 1);
	index.offsets = reader->at;
	index.base = index.offsets + (index.count + 1) * index.offset_size - 1;
	if (index.offset_size < 1 || index.offset_size > 4 || index.base >= reader->size) {
		reader->bad = true;
		return (struct index){ 0, 0, 0, 0 };
	}
	reader->at = index.offsets + index.count * index.offset_size;
	reader->at = index.base + take(reader, index.offset_size);
	return index;
}

static struct cff_part index_entry(struct reader *reader, const struct index *index, size_t entry)
{
	size_t from, to;

	reader->at = index->offsets + entry * index->offset_size;
	from = index->base + take(reader, index->offset_size);
	to = index->base + take(reader, index->offset_size);
	if (reader->bad || from > to || to > reader->size) {
		reader->bad = true;
		return (struct cff_part){ reader->data, 0 };
	}
	return (struct cff_part){ reader->data + from, to - from };
}

/* Length of the number at data; its value if it is an integer. */
static size_t number_length(const uint8_t *data, size_t size, int32_t *value)
{
	size_t length = 1;

	*value = 0;
	if (data[0] >= 32 && data[0] <= 246) {
		*value = data[0] - 139;
	} else if (data[0] >= 247 && data[0] <= 254 && size > 1) {
		*value = data[0] < 251 ? (data[0] - 247) * 256 + data[1] + 108
				       : -(data[0] - 251) * 256 - data[1] - 108;
		length = 2;
	} else if (data[0] == 28 && size > 2) {
		*value = (int16_t)(data[1] << 8 | data[2]);
		length = 3;
	} else if (data[0] == 29 && size > 4) {
		*value = (int32_t)((uint32_t)data[1] << 24 | (uint32_t)data[2] << 16 |
				   (uint32_t)data[3] << 8 | data[4]);
		length = 5;
	} else if (data[0] == 30) {
		while (length < size && (data[length] & 0x0f) != 0x0f && data[length] >> 4 != 0x0f)
			length++;
		length++;
	}
	return length < size ? length : size;
}

/* The last two operands of the operator; false if the dictionary has none. */
static bool dictionary_find(struct cff_part dictionary, int wanted, int32_t operands[2])
{
	size_t at = 0;
	int32_t last[2] = { 0, 0 };

	while (at < dictionary.size) {
		uint8_t byte = dictionary.data[at];

		if (byte <= 21) {
			int op = byte == 12 && at + 1 < dictionary.size ? 12 << 8 | dictionary.data[at + 1]
									: byte;

			if (op == wanted) {
				memcpy(operands, last, sizeof last);
				return true;
			}
			at += op > 255 ? 2 : 1;
			continue;
		}
		last[0] = last[1];
		at += number_length(dictionary.data + at, dictionary.size - at, &last[1]);
	}
	return false;
}

static void read_select(struct cff *cff, struct reader *reader, size_t at)
{
	reader->at = at;
	if (take(reader, 1) == 0) {
		for (size_t i = 0; i < cff->glyph_count; i++)
			cff->font_of[i] = (uint8_t)take(reader, 1);
		return;
	}
	size_t ranges = take(reader, 2), first = take(reader, 2);

	while (ranges-- && !reader->bad) {
		uint8_t font = (uint8_t)take(reader, 1);
		size_t next = take(reader, 2);

		for (; first < next && first < cff->glyph_count; first++)
			cff->font_of[first] = font;
	}
}

static void read_privates(struct cff *cff, struct reader *reader, size_t at, struct arena *arena)
{
	struct index fonts;

	reader->at = at;
	fonts = read_index(reader);
	cff->private_count = fonts.count;
	cff->privates = arena_array(arena, fonts.count + 1, sizeof *cff->privates);
	for (size_t i = 0; i < fonts.count; i++) {
		int32_t where[2];

		if (!dictionary_find(index_entry(reader, &fonts, i), OP_PRIVATE, where) || where[0] < 0 ||
			where[1] < 0 || (size_t)where[0] + (size_t)where[1] > reader->size) {
			reader->bad = true;
			return;
		}
		cff->privates[i] = (struct cff_part){ reader->data + where[1], (size_t)where[0] };
	}
}

bool cff_read(struct cff *cff, const uint8_t *data, size_t size, struct arena *arena)
{
	struct reader reader = { data, size, 0, false };
	struct index top, glyphs;
	struct cff_part dictionary;
	int32_t strings[2], fonts[2], select[2], ros[2];

	if (size < 4)
		return false;
	reader.at = data[2];
	read_index(&reader); /* names */
	top = read_index(&reader);
	if (reader.bad || !top.count)
		return false;
	dictionary = index_entry(&reader, &top, 0);
	if (!dictionary_find(dictionary, OP_ROS, ros) ||
		!dictionary_find(dictionary, OP_CHARSTRINGS, strings) ||
		!dictionary_find(dictionary, OP_FONT_ARRAY, fonts) ||
		!dictionary_find(dictionary, OP_FONT_SELECT, select))
		return false;
	reader.at = (size_t)strings[1];
	glyphs = read_index(&reader);
	cff->glyph_count = glyphs.count;
	cff->charstrings = arena_array(arena, glyphs.count + 1, sizeof *cff->charstrings);
	cff->font_of = arena_alloc(arena, glyphs.count + 1);
	for (size_t i = 0; i < glyphs.count; i++)
		cff->charstrings[i] = index_entry(&reader, &glyphs, i);
	read_select(cff, &reader, (size_t)select[1]);
	read_privates(cff, &reader, (size_t)fonts[1], arena);
	for (size_t i = 0; i < glyphs.count; i++)
		reader.bad |= cff->font_of[i] >= cff->private_count;
	return !reader.bad && glyphs.count;
}

static void put(struct text_buffer *out, size_t bytes, size_t value)
{
	while (bytes--)
		text_buffer_putc(out, (char)(value >> 8 * bytes & 0xff));
}

/* A number of five bytes whatever its value, so that dictionaries have known sizes. */
static void put_number(struct text_buffer *out, size_t value)
{
	put(out, 1, 29);
	put(out, 4, value);
}

static void put_operator(struct text_buffer *out, int operator)
{
	put(out, operator> 255 ? 2 : 1, (size_t) operator);
}

static void put_index_head(struct text_buffer *out, const size_t *sizes, size_t count)
{
	size_t offset = 1;

	put(out, 2, count);
	put(out, 1, 4);
	put(out, 4, offset);
	for (size_t i = 0; i < count; i++)
		put(out, 4, offset += sizes[i]);
}

/* Without the place of subroutines, of which there are none. */
static size_t put_private(struct text_buffer *out, struct cff_part dictionary)
{
	size_t at = 0, from = 0, start = out->length;

	while (at < dictionary.size) {
		int32_t value;

		if (dictionary.data[at] > 21) {
			at += number_length(dictionary.data + at, dictionary.size - at, &value);
			continue;
		}
		if (dictionary.data[at] != OP_SUBRS)
			text_buffer_add(out, (const char *)dictionary.data + from,
				at + (dictionary.data[at] == 12 ? 2 : 1) - from);
		at += dictionary.data[at] == 12 ? 2 : 1;
		from = at;
	}
	return out->length - start;
}

#define TOP_SIZE (3 * 5 + 2 + 5 + 2 + 2 * (5 + 1) + 2 * (5 + 2))
#define FONT_SIZE (2 * 5 + 1)
#define INDEX_SIZE(count) (3 + 4 * ((count) + 1))

static void put_charstrings(
	const struct cff *cff, const uint16_t *glyphs, size_t count, struct text_buffer *out)
{
	size_t offset = 1;

	put(out, 2, count);
	put(out, 1, 4);
	put(out, 4, offset);
	for (size_t i = 0; i < count; i++)
		put(out, 4, offset += cff->charstrings[glyphs[i]].size);
	for (size_t i = 0; i < count; i++)
		text_buffer_add(out, (const char *)cff->charstrings[glyphs[i]].data,
			cff->charstrings[glyphs[i]].size);
}

void cff_write(const struct cff *cff, const uint16_t *glyphs, size_t count, struct text_buffer *out)
{
	static const char name[] = "NotoSansCJKsc", strings[] = "AdobeIdentity";
	size_t start = out->length, fonts = cff->private_count, font_sizes[256] = { 0 }, charset, select,
	       charstrings, array, privates, data = 0;

	put(out, 4, 0x01000404);
	put_index_head(out, (const size_t[]){ sizeof name - 1 }, 1);
	text_buffer_puts(out, name);
	put_index_head(out, (const size_t[]){ TOP_SIZE }, 1);
	charset = out->length - start + TOP_SIZE + INDEX_SIZE(2) + sizeof strings - 1 + 2;
	select = charset + 1 + 2 * (count - 1);
	charstrings = select + 1 + count;
	for (size_t i = 0; i < count; i++)
		data += cff->charstrings[glyphs[i]].size;
	array = charstrings + INDEX_SIZE(count) + data;
	privates = array + INDEX_SIZE(fonts) + fonts * FONT_SIZE;

	put_number(out, FIRST_CUSTOM_STRING);
	put_number(out, FIRST_CUSTOM_STRING + 1);
	put_number(out, 0);
	put_operator(out, OP_ROS);
	put_number(out, 0x10000);
	put_operator(out, OP_CID_COUNT);
	put_number(out, charset);
	put_operator(out, OP_CHARSET);
	put_number(out, charstrings);
	put_operator(out, OP_CHARSTRINGS);
	put_number(out, array);
	put_operator(out, OP_FONT_ARRAY);
	put_number(out, select);
	put_operator(out, OP_FONT_SELECT);
	put_index_head(out, (const size_t[]){ 5, 8 }, 2);
	text_buffer_puts(out, strings);
	put(out, 2, 0); /* global subroutines: none */

	put(out, 1, 0);
	for (size_t i = 1; i < count; i++)
		put(out, 2, glyphs[i]);
	put(out, 1, 0);
	for (size_t i = 0; i < count; i++)
		put(out, 1, cff->font_of[glyphs[i]]);
	put_charstrings(cff, glyphs, count, out);

	for (size_t i = 0; i < fonts; i++)
		font_sizes[i] = FONT_SIZE;
	put_index_head(out, font_sizes, fonts);
	struct text_buffer dictionaries = TEXT_BUFFER_INIT;

	for (size_t i = 0; i < fonts; i++) {
		size_t at = dictionaries.length;

		put_number(out, put_private(&dictionaries, cff->privates[i]));
		put_number(out, privates + at);
		put_operator(out, OP_PRIVATE);
	}
	text_buffer_add(out, dictionaries.data, dictionaries.length);
	text_buffer_release(&dictionaries);
}
