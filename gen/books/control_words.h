#ifndef SALESPAY_BOOKS_CONTROL_WORDS_H
#define SALESPAY_BOOKS_CONTROL_WORDS_H

#include <stdbool.h>

/* What controls and their sides are called, in pages and messages; an id that has no word is its own. */
const char *control_word(const char *id, bool chinese);

#endif
