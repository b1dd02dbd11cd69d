#ifndef SALESPAY_RENDER_PDF_FILE_H
#define SALESPAY_RENDER_PDF_FILE_H

#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

struct file_writer;

/*
 * A PDF 1.5 being written: numbered objects, of which those that are no
 * streams go together into compressed object streams, and a compressed
 * cross-reference at the end. One is used for many files, one after the
 * other, as setting up compression costs more than a payslip's page.
 */
struct pdf_file;

struct pdf_file *pdf_file_new(void);
void pdf_file_free(struct pdf_file *file); /* NULL is fine */

void pdf_file_begin(struct pdf_file *file); /* forgets all */
/* The number of a new object; it is put later. */
int pdf_object(struct pdf_file *file);
/* The object's text, a dictionary or an array. */
void pdf_put(struct pdf_file *file, int number, const char *text, size_t length);
/* A stream; entries: further entries of its dictionary, e.g. "/Subtype/CIDFontType0C". */
void pdf_put_stream(struct pdf_file *file, int number, const char *entries, const void *data, size_t size);
/* The same for data that pdf_deflate has already compressed. */
void pdf_put_deflated(struct pdf_file *file, int number, const char *entries, const void *data, size_t size);
void pdf_file_end(struct pdf_file *file, int root, int info, struct file_writer *out);

/* Appends the compressed bytes. thorough: slowly and as small as can be. */
void pdf_deflate(
	struct pdf_file *file, const void *data, size_t size, bool thorough, struct text_buffer *out);

/* A text string: UTF-16 with its mark, in hexadecimal. */
void pdf_string(struct text_buffer *out, const char *utf8);
void pdf_int(struct text_buffer *out, int value); /* not negative */
/* Hundredths, without trailing zeros. */
void pdf_number(struct text_buffer *out, double value);

#endif
