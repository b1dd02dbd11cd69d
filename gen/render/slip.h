#ifndef SALESPAY_RENDER_SLIP_H
#define SALESPAY_RENDER_SLIP_H

#include "render/field.h"
#include "render/flow.h"
#include "render/words.h"

/* One payslip being drawn: shared by payslips.c, payslip.c (page 1) and payslip_how.c (the following ones). */
struct slip {
	struct flow flow;
	const xmlNode *person, *company, *page, *provenance;
};

/* A word of the slip's language; with arguments, in its arena. */
const char *slip_word(const struct slip *slip, enum word id);
const char *slip_say(const struct slip *slip, enum word id, const char *first, const char *second);
/* Bold heading of a part (H2), with room for something below it on the same page. */
void slip_heading(struct slip *slip, const char *text);

void payslip_page(struct slip *slip);
void payslip_how(struct slip *slip);

#endif
