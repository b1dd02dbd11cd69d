#ifndef SALESPAY_RENDER_SLIP_H
#define SALESPAY_RENDER_SLIP_H

#include "render/field.h"
#include "render/flow.h"
#include "render/words.h"

/* One payslip being drawn: shared by payslips.c, payslip.c (page 1) and payslip_how.c (the following ones).
 */
struct slip {
	struct flow flow;
	const xmlNode *person, *company, *page, *provenance;
	struct canvas *dry; /* draws nothing: for measuring */
	bool dense;	    /* many lines: set closer together */
	bool has_waterfall; /* already drawn, on page 1 */
};

/* A word of the slip's language; with arguments, in its arena. */
const char *slip_word(const struct slip *slip, enum word id);
const char *slip_say(const struct slip *slip, enum word id, const char *first, const char *second);
/* Bold heading of a part (H2), with room for something below it on the same page. */
void slip_heading(struct slip *slip, const char *text);

void payslip_page(struct slip *slip);
/* C13: on page 1 if there is room for it below everything else, else at the end. */
#define SLIP_STEP_PT 12.6
void payslip_waterfall(struct slip *slip);
void payslip_how(struct slip *slip);

#endif
