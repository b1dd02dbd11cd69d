#ifndef SALESPAY_RENDER_PDF_FINISH_H
#define SALESPAY_RENDER_PDF_FINISH_H

#include <stddef.h>

struct file_writer;

/*
 * What cairo 1.16 leaves out of a tagged PDF: the document's language, that
 * its title is to be shown, text alternatives of figures, scopes of header
 * cells, an identifier. The objects are copied, the few concerned get their
 * entries, and the cross-reference table is written anew: some 50 µs a file,
 * where a pass through a PDF library costs a millisecond.
 */
struct pdf_note {
	const char *tag; /* "Figure", "TH" */
	const char *text;
};

/*
 * pdf: cairo's output, restricted to PDF 1.4 (a plain cross-reference table).
 * notes: one for each structure element of a noted tag, in the order in which
 * they were begun; text may be NULL.
 */
struct pdf_finish {
	const char *pdf;
	size_t size;
	const char *language;
	const struct pdf_note *notes;
	size_t note_count;
};
void pdf_finish_write(const struct pdf_finish *finish, struct file_writer *out);

#endif
