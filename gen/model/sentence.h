#ifndef SALESPAY_MODEL_SENTENCE_H
#define SALESPAY_MODEL_SENTENCE_H

struct pen;

/*
 * Sentences with figures in them, in both languages: what a page or chart
 * finds. Words without figures stand in templates/messages.LANG.xml.
 */
enum sentence {
#define SENTENCE(id, zh, en) SAY_##id,
#include "model/sentences.def"
#undef SENTENCE
	SAY_COUNT
};

/* The sentence with {0} {1} … put in; arguments are const char *, then NULL. In the pen's scratch. */
const char *say(struct pen *pen, enum sentence id, ...)
	__attribute__((sentinel));

#endif
