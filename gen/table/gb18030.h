#ifndef SALESPAY_TABLE_GB18030_H
#define SALESPAY_TABLE_GB18030_H

#include <stddef.h>
#include <stdint.h>

/*
 * GB18030 to UTF-8. The C library's iconv knows the characters; its two-byte
 * half is asked once and kept as a table, which makes a large file several
 * times cheaper. A GB18030 mark is left out.
 */

/* malloced and NUL-terminated, its length in *length; NULL with the offset of the first bad byte in *bad. */
char *gb18030_convert(const char *data, size_t size, size_t *length, size_t *bad);

/* Shared with encoding.c: bytes before the first non-ASCII one; one character as UTF-8, returning its length. */
size_t encoding_ascii_run(const char *data, size_t size);
size_t encoding_put(char *to, uint32_t c);

#endif
