#include "render/typeset.h"
#include "base/arena.h"
#include "base/text.h"
#include "render/character.h"
#include "render/font.h"
#include <stdint.h>
#include <string.h>

/* Simplified from JIS X 4051 and GB/T 15834: what must not begin, what must not end a line. */
static const char closing[] = "，。、；：？！）》〉」』】〕〗”’％‰…·,.;:?!)]}%°℃";
static const char opening[] = "（《〈「『【〔〖“‘¥￥$([{";
static const char after_break[] = "-/|—";

#define NO_BREAK_SPACE 0xa0

static bool is_one_of(const char *set, uint32_t character)
{
	uint32_t c;

	while ((c = character_next(&set)))
		if (c == character)
			return true;
	return false;
}

static bool is_ideographic(uint32_t c)
{
	return (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) ||
	       (c >= 0xfe30 && c < 0xfe50) || (c >= 0xff00 && c < 0xfff0) || c >= 0x20000;
}

static bool is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= 0xc0 && c < 0x2000);
}

static bool may_break(uint32_t before, uint32_t after, uint32_t after_next)
{
	if (before == NO_BREAK_SPACE || after == NO_BREAK_SPACE)
		return false;
	if (before == ' ')
		return true;
	if (after == ' ' || is_one_of(closing, after) || is_one_of(opening, before))
		return false;
	if (is_one_of(after_break, before))
		return !(after >= '0' && after <= '9') || after_next == 0;
	return is_ideographic(before) || is_ideographic(after) ||
	       (!is_word(before) && is_one_of(opening, after));
}

double text_width_pt(
	const struct fonts *fonts, const struct lettering *letters, const char *utf8, size_t length)
{
	return fonts_width_em(fonts, letters->bold, utf8, length) * letters->size_pt;
}

double text_width_of(const struct fonts *fonts, const struct lettering *letters, const char *utf8)
{
	return utf8 ? text_width_pt(fonts, letters, utf8, strlen(utf8)) : 0;
}

struct wrap {
	const struct fonts *fonts;
	const struct lettering *letters;
	struct arena *arena;
	double width_pt;
	size_t room;
	struct text_lines lines;
};

static void add_line(struct wrap *wrap, const char *from, const char *to)
{
	struct text_lines *lines = &wrap->lines;

	while (to > from && to[-1] == ' ')
		to--;
	if (lines->count == wrap->room) {
		size_t room = wrap->room ? 2 * wrap->room : 4;

		lines->lines =
			arena_grow(wrap->arena, lines->lines, lines->count, room, sizeof *lines->lines);
		wrap->room = room;
	}
	lines->lines[lines->count++] = (struct text_line){ from, (size_t)(to - from),
		text_width_pt(wrap->fonts, wrap->letters, from, (size_t)(to - from)) };
}

static bool fits(const struct wrap *wrap, const char *from, const char *to)
{
	return text_width_pt(wrap->fonts, wrap->letters, from, (size_t)(to - from)) <= wrap->width_pt + 1e-6;
}

/* The end of the line that starts at `from`: the last place to break that fits, else as many characters as
 * fit, at least one. */
static const char *line_end(const struct wrap *wrap, const char *from)
{
	const char *at = from, *broken = NULL, *whole = NULL;
	uint32_t before = character_next(&at);

	while (*at) {
		const char *next = at, *peek;
		uint32_t after = character_next(&next);

		peek = next;
		if (before != ' ' && !fits(wrap, from, at))
			return broken ? broken : whole ? whole : at;
		whole = at;
		if (may_break(before, after, character_next(&peek)))
			broken = at;
		before = after;
		at = next;
	}
	return fits(wrap, from, at) || !whole ? at : broken ? broken : whole;
}

struct text_lines text_wrap(const struct fonts *fonts, const struct lettering *letters, const char *utf8,
	double width_pt, struct arena *arena)
{
	struct wrap wrap = { fonts, letters, arena, width_pt, 0, { NULL, 0 } };
	const char *end = utf8 + strlen(utf8);

	if (*utf8 != ' ' && fits(&wrap, utf8, end)) {
		add_line(&wrap, utf8, end);
		return wrap.lines;
	}
	do {
		while (*utf8 == ' ')
			utf8++;
		end = *utf8 ? line_end(&wrap, utf8) : utf8;
		add_line(&wrap, utf8, end);
		utf8 = end;
		while (*utf8 == ' ')
			utf8++;
	} while (*utf8);
	return wrap.lines;
}

static const char *skip(const char *text, size_t characters)
{
	while (characters--)
		character_next(&text);
	return text;
}

struct text_lines text_fit(const struct fonts *fonts, const struct lettering *letters, const char *utf8,
	const char *unique, double width_pt, size_t max_lines, struct arena *arena)
{
	struct text_lines lines = text_wrap(fonts, letters, utf8, width_pt, arena);
	size_t all = lines.count > max_lines ? text_length(utf8) : 0;

	for (size_t kept = all; lines.count > max_lines && kept > 1; kept--) {
		const char *head_end = skip(utf8, kept / 2), *tail = skip(utf8, all - (kept - 1 - kept / 2));
		const char *shortened = arena_printf(arena, "%.*s…%s%s%s%s", (int)(head_end - utf8), utf8,
			tail, unique ? " (" : "", unique ? unique : "", unique ? ")" : "");

		lines = text_wrap(fonts, letters, shortened, width_pt, arena);
	}
	return lines;
}
