#ifndef SALESPAY_RENDER_CHARACTER_H
#define SALESPAY_RENDER_CHARACTER_H

#include <stdint.h>

/*
 * The next character of UTF-8 that is known to be valid, as all text of a
 * model is; 0 at the end, where *at stays. As text_next of base, but inline:
 * it is the innermost loop of all drawing.
 */
static inline uint32_t character_next(const char **at)
{
	const unsigned char *bytes = (const unsigned char *)*at;
	uint32_t character = *bytes;

	if (character < 0x80) {
		*at += character != 0;
		return character;
	}
	if (character < 0xe0) {
		*at += 2;
		return (character & 0x1f) << 6 | (bytes[1] & 0x3fu);
	}
	if (character < 0xf0) {
		*at += 3;
		return (character & 0x0f) << 12 | (bytes[1] & 0x3fu) << 6 | (bytes[2] & 0x3fu);
	}
	*at += 4;
	return (character & 0x07) << 18 | (bytes[1] & 0x3fu) << 12 | (bytes[2] & 0x3fu) << 6 |
	       (bytes[3] & 0x3fu);
}

#endif
