#include "base/sha256.h"

#include <glib.h>
#include <string.h>

#include "base/file.h"

struct sha256 {
	GChecksum *checksum;
};

struct sha256 *sha256_new(void)
{
	struct sha256 *sha256 = g_new0(struct sha256, 1);

	sha256->checksum = g_checksum_new(G_CHECKSUM_SHA256);
	return sha256;
}

void sha256_piece(void *context, const void *data, size_t size)
{
	struct sha256 *sha256 = context;

	g_checksum_update(sha256->checksum, data, (gssize)size);
}

void sha256_finish(struct sha256 *sha256, char out[65])
{
	memcpy(out, g_checksum_get_string(sha256->checksum), 65);
	g_checksum_free(sha256->checksum);
	g_free(sha256);
}

void bytes_sha256(const void *data, size_t size, char out[65])
{
	struct sha256 *sha256 = sha256_new();

	sha256_piece(sha256, data, size);
	sha256_finish(sha256, out);
}
