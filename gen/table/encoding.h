#ifndef SALESPAY_TABLE_ENCODING_H
#define SALESPAY_TABLE_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

struct diag;

/*
 * The bytes of an export as UTF-8. Decided once per file, never per line or
 * cell: a mark (BOM) first, then strict UTF-8, then GB18030, the superset of
 * GBK that Chinese Excel writes. A file whose only non-ASCII characters are
 * two-byte UTF-8 that read as common hanzi in GBK ("郑" alone is the Hebrew
 * accent U+05A3) is taken for GBK, with a warning.
 */
struct encoding_text {
	const char *name; /* "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "GB18030"; static */
	const char *text; /* valid UTF-8 without NUL and mark, NUL-terminated one past size */
	size_t size;
	char *owned; /* what text points into if it had to be converted, else NULL */
};
/*
 * data must be NUL-terminated one past size and outlive *out. False with the
 * reason in diag: bytes valid in no encoding (named by offset and line), NUL,
 * a workbook or a web page named .csv, nothing in it. path is for messages.
 */
bool encoding_read(struct encoding_text *out, const char *path, const char *data, size_t size, struct diag *diag);
void encoding_release(struct encoding_text *text);

#endif
