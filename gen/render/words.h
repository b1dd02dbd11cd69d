#ifndef SALESPAY_RENDER_WORDS_H
#define SALESPAY_RENDER_WORDS_H

struct charset;

/*
 * The fixed words of charts and payslips in both languages. What the company
 * names (figures, articles, units) comes from the model, already in words.
 */
enum word {
#define WORD(id, zh, en) WORD_##id,
#include "render/words.def"
#undef WORD
	WORD_COUNT
};

/* language: "zh-CN"; any other is English. */
const char *word(const char *language, enum word id);
/* {0} … {3} of the word replaced by the arguments, in the arena. */
struct arena;
const char *word_with(struct arena *arena, const char *language, enum word id, const char *const *arguments);

/* All characters that the words, the axes and the marks need, ASCII among them. */
void words_add_characters(struct charset *set);

#endif
