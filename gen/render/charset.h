#ifndef SALESPAY_RENDER_CHARSET_H
#define SALESPAY_RENDER_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The characters of a run: what the face is subset to. Fixed size (140 KB),
 * however many documents are added.
 */
struct charset;

struct charset *charset_new(void);
void charset_free(struct charset *set); /* NULL is fine */
/*
 * All characters of valid UTF-8. A whole serialized model document may be
 * passed: its markup is ASCII, which every subset holds anyway, and the
 * serializer writes characters as themselves.
 */
void charset_add(struct charset *set, const char *utf8, size_t length);
void charset_put(struct charset *set, uint32_t character);
bool charset_has(const struct charset *set, uint32_t character);
/* The smallest member >= from, or UINT32_MAX past the last. */
uint32_t charset_next(const struct charset *set, uint32_t from);
/* Into the other one: b's characters join a's, for sets gathered by parts. */
void charset_join(struct charset *a, const struct charset *b);

#endif
