#ifndef SALESPAY_RENDER_PAYSLIP_H
#define SALESPAY_RENDER_PAYSLIP_H

#include <libxml/tree.h>

struct file_writer;
struct fonts;

/*
 * The payslips of one unit document: page 1 what is paid, from page 2 on how
 * it was computed. Company, month and provenance are read from the document's
 * head, the rest from the <person>. Amounts, words for numbers and formulas
 * with their values stand in the model: nothing is computed here.
 *
 * payslips_new prepares what the slips of a document have in common (some
 * milliseconds). It and the drawing may run in forked workers, by whole
 * documents or not: the same document, person and fonts give the same bytes.
 */
struct payslips;
/* model: the root of a managers' unit document; it and the fonts must outlive the payslips. */
struct payslips *payslips_new(const struct fonts *fonts, const xmlNode *model);
void payslips_free(struct payslips *payslips); /* NULL is fine */

/* A tagged PDF into the writer, which the caller opens (mode 0600) and commits: its errors are sticky. */
void payslip_draw(struct payslips *payslips, const xmlNode *person, struct file_writer *out);

/* All people of the document as strips, several a sheet, with cutting lines. */
void payslips_draw_strips(struct payslips *payslips, struct file_writer *out);

#endif
