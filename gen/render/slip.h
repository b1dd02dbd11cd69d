#ifndef SALESPAY_RENDER_SLIP_H
#define SALESPAY_RENDER_SLIP_H

#include "render/field.h"
#include "render/flow.h"
#include "render/words.h"

/*
 * One payslip being drawn: shared by payslips.c, payslip.c and payslip_head.c
 * (page 1) and payslip_how.c (the following ones).
 */
struct slip {
	struct flow flow;
	const xmlNode *person, *company, *page, *provenance;
	struct canvas *dry; /* draws nothing: for measuring */
	bool dense;	    /* many lines: set closer together */
	bool has_waterfall; /* already drawn, on page 1 */
	const xmlNode *facts; /* the first that did not fit at the head; NULL: none */
};

/* A word of the slip's language; with arguments, in its arena. */
const char *slip_word(const struct slip *slip, enum word id);
const char *slip_say(const struct slip *slip, enum word id, const char *first, const char *second);
/* Bold heading of a part (H2) with its bookmark, and room for something below it on the same page. */
void slip_part(struct slip *slip, const char *heading, const char *bookmark);

/* Earnings, deductions …; NULL if there is none. */
const xmlNode *payslip_section(const struct slip *slip, const char *kind);
/* What the policy wants on the slip beside pay (days, bases, totals of the year), in rows of columns, so many rows at
 * most. Returns the first that is left over. */
const xmlNode *payslip_facts(struct slip *slip, const xmlNode *first, int rows);
void payslip_head(struct slip *slip);
void payslip_page(struct slip *slip);
/* C13: on page 1 if there is room for it below everything else, else at the end. */
double payslip_waterfall_pt(struct slip *slip); /* what it takes in height, 0: there is none */
void payslip_waterfall(struct slip *slip);
void payslip_how(struct slip *slip);

/* Strips to cut apart (strips.c), a bookmark for each of the first pages. */
#define SLIP_BOOKMARKS 60
void slip_strips(struct slip *slip, const xmlNode *people);

#endif
