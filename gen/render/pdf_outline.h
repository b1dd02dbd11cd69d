#ifndef SALESPAY_RENDER_PDF_OUTLINE_H
#define SALESPAY_RENDER_PDF_OUTLINE_H

#include <stddef.h>

struct pdf_file;

/* Bookmarks of a PDF, in reading order; each belongs to the nearest earlier one of a lower level. */
struct pdf_bookmark {
	const char *title;
	int level; /* 0, 1, … */
	int page_object;
};
/* Writes the tree; the number of its root object. count is at least 1. */
int pdf_outline_put(struct pdf_file *file, const struct pdf_bookmark *bookmarks, size_t count);

#endif
