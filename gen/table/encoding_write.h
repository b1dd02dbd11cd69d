#ifndef SALESPAY_TABLE_ENCODING_WRITE_H
#define SALESPAY_TABLE_ENCODING_WRITE_H

#include <stdbool.h>

struct diag;

/* A UTF-8 file of ours into GB18030, for bank and tax clients that read nothing else. */
bool encoding_rewrite_gb18030(const char *path, struct diag *diag);

#endif
