#ifndef SALESPAY_TABLE_RECALL_H
#define SALESPAY_TABLE_RECALL_H

#include <stdbool.h>
#include <stddef.h>

#include "value/value.h"

struct arena;

/*
 * Cells of large files that were typed before. A column of dates, people,
 * kinds or percents says the same again and again, and looking a short text up
 * costs a fraction of typing it. A column that seldom repeats itself (order
 * numbers) is left alone after a while. The same text in the same column has
 * the same value, so nothing but time depends on what is remembered.
 */
struct recall;
/* One for each of `columns` columns, in a few MiB however many they are. */
struct recall *recall_new(struct arena *arena, size_t columns);
bool recall_is_useless(const struct recall *recall, size_t column);
/* NULL if it is not remembered. */
const struct value *recall_find(struct recall *recall, size_t column, const char *text, size_t length);
/* To be called after recall_find gave NULL, for a value that is sound, not missing and without a warning. */
void recall_keep(struct recall *recall, size_t column, const char *text, size_t length, const struct value *value);

#endif
