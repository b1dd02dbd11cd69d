#ifndef SALESPAY_RENDER_PAYSLIP_H
#define SALESPAY_RENDER_PAYSLIP_H

#include <libxml/tree.h>

struct file_writer;
struct fonts;

/*
 * The payslip of one person: page 1 what is paid, from page 2 on how it was
 * computed. person is a <person> of a managers' unit document; company, month
 * and provenance are read from that document's head. Amounts, words for
 * numbers and formulas with their values stand in the model: nothing is
 * computed here.
 *
 * Draws a tagged PDF into the writer, which the caller opens with mode 0600
 * and commits (its errors are sticky). Safe in forked workers; the same bytes
 * for the same document and fonts.
 */
void payslip_draw(const struct fonts *fonts, const xmlNode *person, struct file_writer *out);

#endif
