#ifndef SALESPAY_BASE_TEXT_H
#define SALESPAY_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Text is UTF-8, valid (checked where bytes enter), NUL-terminated unless a
 * length is given. GLib's types stay inside text.c.
 */

/* Growing text; data is NUL-terminated, NULL when never written to. */
struct text_buffer {
	char *data;
	size_t length;
	size_t room;
};
#define TEXT_BUFFER_INIT { NULL, 0, 0 }
void text_buffer_release(struct text_buffer *buffer);
void text_buffer_add(struct text_buffer *buffer, const char *text, size_t length);
void text_buffer_puts(struct text_buffer *buffer, const char *text);
void text_buffer_putc(struct text_buffer *buffer, char byte);
void text_buffer_printf(struct text_buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* As a string of the arena; the buffer is emptied but keeps its room. */
char *text_buffer_take(struct text_buffer *buffer, struct arena *arena);

bool text_valid(const char *text, size_t length); /* strict UTF-8 without NUL */
size_t text_length(const char *text); /* characters */
size_t text_length_n(const char *text, size_t bytes);
/* Columns on a terminal: East Asian wide and full-width count two, combining marks none. */
size_t text_width_n(const char *text, size_t bytes);
/* Decodes one character at *at, moves *at behind it. 0 at the end. */
uint32_t text_next(const char **at);

/* Pointer and length without white space at both ends (U+3000, U+00A0, U+FEFF and tabs included). */
const char *text_trim(const char *text, size_t *length);
/* A path from the folder on; one that is not below it as it is. */
const char *text_below(const char *folder, const char *path);
/* NFKC, for headers, choices and formulas. */
char *text_nfkc(struct arena *arena, const char *text, size_t length);
/* NFKC, all white space out, ASCII lower case, leading '*' out: how headers are compared. */
char *text_fold_header(struct arena *arena, const char *text, size_t length);

/* NFKC and case folded, without white space and invisible characters: two ways to write one person's name are equal. */
char *text_fold_name(struct arena *arena, const char *text, size_t length);

/*
 * The candidate nearest to `wanted` for a "did you mean", or NULL if none is
 * near: Damerau distance of characters at most 1 for short names, a third of
 * the length for long ones; ties go to the earlier candidate.
 */
const char *text_nearest(const char *wanted, const char *const *candidates, size_t count);

/* Byte order; NULL sorts first. For qsort over char pointers. */
int text_compare(const void *a, const void *b);

/* For tables in memory only: it differs between machines. */
uint32_t text_hash(uint64_t seed, const char *text, size_t length);

/*
 * Interning: the same text gives the same pointer for the life of the pool,
 * so that names and keys compare by pointer.
 */
struct text_pool;
struct text_pool *text_pool_new(void);
void text_pool_free(struct text_pool *pool);
const char *text_intern(struct text_pool *pool, const char *text, size_t length);
/* It will be interned soon: a large pool's memory is slow, and is asked for beforehand. */
void text_expect(const struct text_pool *pool, const char *text, size_t length);

#endif
