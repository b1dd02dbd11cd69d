#ifndef SALESPAY_BASE_SHA256_H
#define SALESPAY_BASE_SHA256_H

#include <stddef.h>

/* SHA-256 over pieces. sha256_piece has the form of a callback. */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_piece(void *sha256, const void *data, size_t size);
/* Lower-case hex into out; frees. */
void sha256_finish(struct sha256 *sha256, char out[65]);

#endif
