#ifndef SALESPAY_RENDER_PDF_TAGS_H
#define SALESPAY_RENDER_PDF_TAGS_H

#include <stdbool.h>
#include <stddef.h>

struct pdf_file;

/*
 * The structure of a tagged PDF: a tree of elements whose leaves are pieces
 * of marked content on pages (ISO 32000-1, 14.7). Element 0 is the document.
 */
struct pdf_tags;

struct pdf_tags *pdf_tags_new(void);
void pdf_tags_free(struct pdf_tags *tags); /* NULL is fine */

/* Objects of pages, in order; the last is the present one. */
void pdf_tags_page(struct pdf_tags *tags, int page_object);
/* tag: a name that lives; alt: text alternative of a Figure, scope of a TH, or NULL. */
void pdf_tags_begin(struct pdf_tags *tags, const char *tag, const char *alt);
void pdf_tags_end(struct pdf_tags *tags);
/* A piece of marked content of the open element; its number on the page. */
int pdf_tags_content(struct pdf_tags *tags);
const char *pdf_tags_open(const struct pdf_tags *tags); /* the open element's tag */

/* Writes the tree into object `root`. */
void pdf_tags_put(struct pdf_tags *tags, struct pdf_file *file, int root);

#endif
