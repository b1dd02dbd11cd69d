#include "render/words.h"
#include "base/arena.h"
#include "base/text.h"
#include "render/charset.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const struct {
	const char *zh, *en;
} words[WORD_COUNT] = {
#define WORD(id, zh, en) [WORD_##id] = { zh, en },
#include "render/words.def"
#undef WORD
};

/* What drawing code writes beside the words: marks, arrows, signs. */
static const char marks[] = "\u00a0\u3000…·×÷−+=≤≥≠±→▲▼＝●○◆◇—–¥￥€£%％‰（）()《》“”‘’、，。；：？！";

const char *word(const char *language, enum word id)
{
	return strcmp(language, "zh-CN") ? words[id].en : words[id].zh;
}

const char *word_with(struct arena *arena, const char *language, enum word id, const char *const *arguments)
{
	struct text_buffer text = TEXT_BUFFER_INIT;
	char *result;

	for (const char *at = word(language, id); *at; at++) {
		if (at[0] == '{' && at[1] >= '0' && at[1] <= '3' && at[2] == '}') {
			text_buffer_puts(&text, arguments[at[1] - '0']);
			at += 2;
		} else {
			text_buffer_putc(&text, *at);
		}
	}
	result = text_buffer_take(&text, arena);
	text_buffer_release(&text);
	return result;
}

void words_add_characters(struct charset *set)
{
	for (uint32_t c = ' '; c < 0x7f; c++)
		charset_put(set, c);
	charset_add(set, marks, strlen(marks));
	for (size_t i = 0; i < WORD_COUNT; i++) {
		charset_add(set, words[i].zh, strlen(words[i].zh));
		charset_add(set, words[i].en, strlen(words[i].en));
	}
}
