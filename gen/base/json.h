#ifndef SALESPAY_BASE_JSON_H
#define SALESPAY_BASE_JSON_H

#include <stdbool.h>
#include <stdio.h>

/* The text as a JSON string, quotes included; NULL is null. Control characters become spaces, but line ends are kept. */
void json_print_text(FILE *out, const char *text);
struct text_buffer;
void json_put_text(struct text_buffer *out, const char *text);
/* One member of an object, a comma before all but the first. */
void json_put_member(struct text_buffer *out, const char *name, const char *text, bool first);

#endif
