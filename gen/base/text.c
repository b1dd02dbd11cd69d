#include "base/text.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bug.h"

/* g_utf8_next_char without its cast, which drops const. */
static const char *behind(const char *at)
{
	return at + g_utf8_skip[(unsigned char)*at];
}

bool text_valid(const char *text, size_t length)
{
	return g_utf8_validate_len(text, length, NULL);
}

size_t text_length_n(const char *text, size_t bytes)
{
	size_t count = 0;

	for (size_t i = 0; i < bytes; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

size_t text_length(const char *text)
{
	return text_length_n(text, strlen(text));
}

static size_t char_width(gunichar c)
{
	if (c < 0x300)
		return 1;
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

size_t text_width_n(const char *text, size_t bytes)
{
	const char *end = text + bytes;
	size_t width = 0;

	for (const char *at = text; at < end; at = behind(at))
		width += char_width(g_utf8_get_char(at));
	return width;
}

uint32_t text_next(const char **at)
{
	uint32_t c = g_utf8_get_char(*at);

	if (c)
		*at = behind(*at);
	return c;
}

static bool is_space(gunichar c)
{
	/* What copying out of web pages and office programs leaves at the ends of cells. */
	return g_unichar_isspace(c) || c == 0xFEFF || c == 0x200B || c == 0x2060;
}

const char *text_trim(const char *text, size_t *length)
{
	const char *start = text, *end = text + *length;

	while (start < end && is_space(g_utf8_get_char(start)))
		start = behind(start);
	while (end > start) {
		const char *last = g_utf8_prev_char(end);

		if (!is_space(g_utf8_get_char(last)))
			break;
		end = last;
	}
	*length = (size_t)(end - start);
	return start;
}

const char *text_below(const char *folder, const char *path)
{
	size_t length = strlen(folder);

	return length && !strncmp(path, folder, length) && path[length] == '/' ? path + length + 1 : path;
}

static bool is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/*
 * GLib's time grows with the square of the length where marks combine, so long
 * texts go to it in pieces. Nothing combines with an ASCII character or a CJK
 * ideograph before it: a piece ends in front of one, or, where none comes for
 * long, anywhere.
 */
#define PIECE 256
#define PIECE_MOST 1024

static size_t piece_length(const char *text, size_t length)
{
	const char *at = text, *end = text + length;

	while (at < end) {
		size_t done = (size_t)(at - text);
		gunichar c = text_next(&at);

		if (!c)
			return length;
		if (done >= PIECE_MOST || (done >= PIECE && (c < 0x80 || (c >= 0x4E00 && c <= 0x9FFF))))
			return done;
	}
	return length;
}

char *text_nfkc(struct arena *arena, const char *text, size_t length)
{
	struct text_buffer buffer = TEXT_BUFFER_INIT;
	char *copy;

	if (is_ascii(text, length))
		return arena_strndup(arena, text, length);
	while (length) {
		size_t piece = piece_length(text, length);
		char *normal = g_utf8_normalize(text, (gssize)piece, G_NORMALIZE_ALL_COMPOSE);

		if (!normal)
			bug("text to normalise is not UTF-8");
		text_buffer_puts(&buffer, normal);
		g_free(normal);
		text += piece;
		length -= piece;
	}
	copy = text_buffer_take(&buffer, arena);
	text_buffer_release(&buffer);
	return copy;
}

char *text_fold_header(struct arena *arena, const char *text, size_t length)
{
	char *folded = text_nfkc(arena, text, length);
	char *to = folded;
	gunichar c;

	/* text_next has gone on before the character is written, perhaps over itself. */
	for (const char *at = folded; (c = text_next(&at));) {
		if (is_space(c) || (c == '*' && to == folded))
			continue;
		if (c < 0x80)
			*to++ = g_ascii_tolower((char)c);
		else
			to += g_unichar_to_utf8(c, to);
	}
	*to = '\0';
	return folded;
}

char *text_fold_name(struct arena *arena, const char *text, size_t length)
{
	char *normal = g_utf8_normalize(text, (gssize)length, G_NORMALIZE_ALL_COMPOSE);
	char *lower = normal ? g_utf8_casefold(normal, -1) : NULL;
	char *folded, *to;
	gunichar c;

	if (!lower)
		bug("name to fold is not UTF-8");
	folded = to = arena_strdup(arena, lower);
	for (const char *at = lower; (c = text_next(&at));)
		if (!is_space(c) && g_unichar_type(c) != G_UNICODE_FORMAT)
			to += g_unichar_to_utf8(c, to);
	*to = '\0';
	g_free(normal);
	g_free(lower);
	return folded;
}

int text_compare(const void *a, const void *b)
{
	const char *left = *(const char *const *)a, *right = *(const char *const *)b;

	if (!left || !right)
		return (left != NULL) - (right != NULL);
	return strcmp(left, right);
}
